"""Where the pieces are, defined: grapheme clusters, word units, and positions in code points.

A row becomes two strings of classes (`textaug.languages.unicode`): one regular expression finds the grapheme
clusters in the break classes of its code points (UAX #29, table 1c), another one the words in the word
classes of its clusters.
"""

import re
import string
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from textaug.languages.unicode import CONTROL, EMOJI, HAN, LATIN, OTHER, PUNCT

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
I32 = npt.NDArray[np.int32]

CLUSTER = re.compile(
    rb"""
    rn | [rnc]
  | p* (?: L* (?: V+ | A V* | B ) T*  |  L+  |  T+     # Hangul syllables
         | ii                                          # a flag
         | P (?: [ekx]* z P )*                         # an emoji sequence
         | [jk] [ez]* C                                # an Indic conjunct that begins with its linker
         | [^rnc] )
    (?: [ekxzs]* k [ez]* C )*                          # Indic conjuncts
    [ekxzs]*
""",
    re.VERBOSE,
)
"""The grapheme clusters of a string of break classes."""

SPACE_KIND, PUNCT_KIND, LETTER_KIND, DIGIT_KIND, HAN_KIND, EMOJI_KIND, CONTROL_KIND, CLUSTER_KIND = range(1, 9)
SEVERAL = 0x10
"""Set in the class of a cluster of several code points: `LATIN | SEVERAL` is an é of two."""
DIGIT, SPACE = 0x82, 0x87  # of several code points; one alone is its ASCII class


def _class_of_several() -> U8:
    table = np.full(256, PUNCT | SEVERAL, np.uint8)
    for class_, first in (
        (LATIN, string.ascii_letters.encode() + bytes([LATIN])),
        (DIGIT, string.digits.encode()),
        (SPACE, b" "),
        (HAN, bytes([HAN])),
        (OTHER, bytes([OTHER])),
        (CONTROL, bytes([CONTROL])),
    ):
        table[list(first)] = class_ | SEVERAL
    table[EMOJI], table[ord("\r")] = EMOJI, ord("\n")
    return table


def _kind_of_class() -> U8:
    table = np.full(256, CLUSTER_KIND, np.uint8)
    for kind, classes in (
        (CONTROL_KIND, bytes([*range(0x20), 0x7F, CONTROL])),
        (SPACE_KIND, b" "),
        (PUNCT_KIND, string.punctuation.encode() + bytes([PUNCT])),
        (LETTER_KIND, string.ascii_letters.encode() + bytes([LATIN, OTHER])),
        (DIGIT_KIND, string.digits.encode()),
        (HAN_KIND, bytes([HAN])),
        (EMOJI_KIND, bytes([EMOJI])),
    ):
        table[list(classes)] = kind
    return table


CLASS_OF_SEVERAL = _class_of_several()
"""From the class of a cluster's first code point to the class of the cluster, where it has several."""
KIND_OF_CLASS = _kind_of_class()
"""From the class of a cluster to the kind of a character unit."""

_L, _D, _H, _O = r"A-Za-z\x81\x91", r"0-9\x92", r"\x83\x93", r"\x85\x95"
_LABEL = r"[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{1,8}}+"
_URL_REST = r"[!\#-;=?-\[\]_a-z~]* [A-Za-z0-9/_=\#&%~+@$-]"  # sentence punctuation does not end it
TOP_LEVEL = "com|org|net|COM|ORG|NET|edu|gov|info|biz|io|uk|de|fr|cn|jp|ru|eu|au|ca"
"""What ends a bare domain: no words that may follow a full stop without a space (me, in, it, is, to)."""
ABBREVIATIONS = "mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|inc|ltd|corp|lt|sgt|capt|gen|col|rev|mt|cf"
"""What keeps its full stop, in any case; dotted letters (U.S., e.g.) do so anyway."""

_TOP_LEVEL = "|".join(rf"(?<=[.]{name})" for name in TOP_LEVEL.split("|"))

WORD = re.compile(
    rf"""
    (?P<skip>   < /?+ [A-Za-z] [A-Za-z0-9]{{0,15}}+                         # HTML: <br />, &amp;
                (?: \s [^<>=]{{0,64}}+ = [^<>]{{0,512}}+ )?+ \s{{0,8}}+ /?+ >
              | & \#?+ [A-Za-z0-9]{{1,10}}+ ; )
  | (?P<url>    (?: (?i:https?|ftp):// | (?i:www)\. ) {_URL_REST} )
  | (?P<email>  [A-Za-z0-9] [A-Za-z0-9._%+-]{{0,63}}+ @ {_HOST} )
  | (?P<domain> {_HOST} (?: {_TOP_LEVEL} ) (?![_@\x81\x91\x92]) (?: [/:?\#] {_URL_REST} | / )?+ )
  | (?P<abbreviation>
                [A-Za-z] (?: \.[A-Za-z] ){{1,8}}+ \.?+ (?![{_L}{_D}])       # U.S., e.g.
              | (?i: Ph\.D ) (?: \. | (?![{_L}{_D}]) )
              | (?i: {ABBREVIATIONS} ) \. )
  | (?P<number> \$?+ [{_D}]                                                # $3.50, 9/10, 3.5%, 90s
                (?: [{_L}{_D}] | (?<=[{_D}])[.,:/](?=[{_D}]) | ['-](?=[{_L}{_D}]) | _++(?=[{_L}{_D}]) )*+
                %?+ )
  | (?P<word>   [{_L}]                                                     # don't, well-known, a_b, AT&T
                (?: [{_L}{_D}] | ['-](?=[{_L}{_D}]) | _++(?=[{_L}{_D}]) | (?<=[A-Z])&(?=[A-Z](?![a-z])) )*+ )
  | (?P<mention> (?<![{_L}{_D}_])  @ [{_D}_]*+ [{_L}{_H}{_O}] [{_L}{_D}{_H}{_O}_]*+ )
  | (?P<hashtag> (?<![{_L}{_D}_]) \# [{_D}_]*+ [{_L}{_H}{_O}] [{_L}{_D}{_H}{_O}_]*+ )
  | (?P<han>    [{_H}]++ )
  | (?P<emoji>  \x84 )
  | (?P<other>  [{_O}] (?: [{_O}{_D}] | ['-](?=[{_O}]) )*+ )
""".encode("latin-1"),
    re.VERBOSE,
)
"""The word units of a string of cluster classes."""

KIND_OF_GROUP = {
    "word": 16,
    "number": 17,
    "abbreviation": 18,
    "url": 19,
    "domain": 19,
    "email": 20,
    "mention": 21,
    "hashtag": 22,
    "other": 23,
    "han": HAN_KIND,
    "emoji": EMOJI_KIND,
}


def _clusters(row: bytes, index: U16, blocks: U16) -> tuple[I32, U8]:
    """Return where the clusters of a row begin, with the row's end behind them, and the class of each."""
    points = np.frombuffer(row.decode().encode("utf-32-le"), "<u4").astype(np.int32)
    entries = blocks[(index[points >> 7].astype(np.int32) << 7) | (points & 127)]
    breaks = (entries & 0xFF).astype(np.uint8)
    cuts = np.array([*(found.start() for found in CLUSTER.finditer(breaks.tobytes())), len(points)], np.int32)
    widths = 1 + (points >= 0x80).astype(np.int32) + (points >= 0x800) + (points >= 0x10000)
    first, second, last = cuts[:-1], np.minimum(cuts[:-1] + 1, len(points) - 1), cuts[1:] - 1
    classes = (entries >> 8).astype(np.uint8)[first]
    drawn = (breaks[first] == ord("P")) & (points[second] == 0xFE0F)
    keycap = np.isin(points[first], list(b"0123456789#*")) & (points[last] == 0x20E3)
    several = np.where(drawn | keycap, np.uint8(EMOJI), CLASS_OF_SEVERAL[classes])
    behind = np.append(np.zeros(1, np.int32), np.cumsum(widths, dtype=np.int32))
    return behind[cuts], np.where(first < last, several, classes)


def _rows(data: U8, offsets: I32, active: U8 | None) -> list[tuple[int, bytes]]:
    """Return (begin, bytes) of each row; an inactive row is empty."""
    text = data.tobytes()
    borders = enumerate(pairwise(offsets.tolist()))
    return [(begin, text[begin:end] if active is None or active[row] else b"") for row, (begin, end) in borders]


def _collect(found: list[tuple[I32, I32, U8]]) -> tuple[I32, I32, I32, U8]:
    counts = np.cumsum([0, *(len(start) for start, _, _ in found)], dtype=np.int32)
    empty = (np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.uint8))
    start, end, kind = (np.concatenate(parts) for parts in zip(empty, *found, strict=True))
    return counts, start, end, kind


def chars(data: U8, offsets: I32, active: U8 | None, index: U16, blocks: U16) -> tuple[I32, I32, I32, U8]:
    """Return (row_offsets, start, end, kind) of the extended grapheme clusters of every active row."""
    found = []
    for begin, row in _rows(data, offsets, active):
        bounds, classes = _clusters(row, index, blocks)
        found.append((begin + bounds[:-1], begin + bounds[1:], KIND_OF_CLASS[classes]))
    return _collect(found)


def words(data: U8, offsets: I32, active: U8 | None, index: U16, blocks: U16) -> tuple[I32, I32, I32, U8]:
    """Return (row_offsets, start, end, kind) of the word units of every active row."""
    found = []
    for begin, row in _rows(data, offsets, active):
        bounds, classes = _clusters(row, index, blocks)
        matches = [(match.span(), match.lastgroup) for match in WORD.finditer(classes.tobytes())]
        units = [(*span, KIND_OF_GROUP[group]) for span, group in matches if group in KIND_OF_GROUP]
        start, end, kind = np.array(units, np.int32).reshape(-1, 3).T
        found.append((begin + bounds[start], begin + bounds[end], kind.astype(np.uint8)))
    return _collect(found)


def _leads(data: U8) -> tuple[npt.NDArray[np.bool_], I32]:
    """Return which bytes begin a code point, and how many do so before each position."""
    leads = (data & 0xC0) != 0x80
    return leads, np.append(0, np.cumsum(leads)).astype(np.int32)


def to_code_points(data: U8, offsets: I32, positions: I32, rows: I32) -> I32:
    """Count a row's code points before each byte position; -1 where no code point begins or ends."""
    leads, before = _leads(data)
    outside = (positions < offsets[rows]) | (positions > offsets[rows + 1])
    inside = np.where(outside, offsets[rows], positions)
    within = (inside < offsets[rows + 1]) & ~np.append(leads, True)[inside]
    return np.where(outside | within, -1, before[inside] - before[offsets[rows]]).astype(np.int32)


def to_bytes(data: U8, offsets: I32, positions: I32, rows: I32) -> I32:
    """Return the byte position of each code point of a row; -1 where the row has fewer."""
    leads, before = _leads(data)
    begins = np.append(np.flatnonzero(leads), len(data))
    first, last = before[offsets[rows]], before[offsets[rows + 1]]
    outside = (positions < 0) | (positions > last - first)
    point = first + np.where(outside, 0, positions)
    return np.where(outside, -1, np.where(point < last, begins[point], offsets[rows + 1])).astype(np.int32)
