"""The first step, units: where are the pieces? Characters as readers see them, and words.

Positions are bytes of a tile here, and code points of a row in the public interface; `to_code_points` and
`to_bytes` are the one place where the two meet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError
from textaug.kernels import segment
from textaug.kernels import sentences as kernel_sentences
from textaug.kernels import units as kernel
from textaug.languages.unicode import table

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]


class Kind(IntEnum):
    """What a unit is. Character units have the kinds below 16; words share `HAN` and `EMOJI` with them."""

    NONE = 0
    """Nothing: no unit has it."""
    SPACE = 1
    """A blank: the ASCII one and Unicode's others, but no tab and no line break."""
    PUNCT = 2
    """Punctuation or a symbol."""
    LETTER = 3
    """A letter of any script but Han."""
    DIGIT = 4
    """A digit or another numeral (½, ²)."""
    HAN = 5
    """A Han character; as a word, one that jieba cuts out."""
    EMOJI = 6
    """An emoji with all that belongs to it: flags, keycaps, skin tones, joined families."""
    CONTROL = 7
    """A control or format character: a tab, a line break (CR LF is one), a zero-width space."""
    CLUSTER = 8
    """A character of several code points, but no emoji: a letter with its marks, Hangul of jamo."""
    WORD = 16
    """A word in Latin letters: café, don't, well-known, AT&T, snake_case."""
    NUMBER = 17
    """A number with what is written to it: 3.5%, $3.50, 1,000, 10:30, 9/10, 1st, 90s."""
    ABBREVIATION = 18
    """Dotted letters or a short form with its full stop: U.S., e.g., Mr., Ph.D."""
    URL = 19
    """An address of the web, without the sentence's punctuation behind it; also a bare imdb.com."""
    EMAIL = 20
    """An e-mail address."""
    MENTION = 21
    """A @name."""
    HASHTAG = 22
    """A #tag; #1 is a number."""
    OTHER = 23
    """A run of letters of another script: Cyrillic, Greek, Arabic, Hangul, kana, Thai."""
    CLAUSE = 32
    """A clause, without the marks around it."""
    SENTENCE = 33
    """A sentence, its marks included."""


class Tile(Protocol):
    """What units are found in: UTF-8 bytes, the rows' offsets, and which rows count (`None`: all of them)."""

    @property
    def data(self) -> U8:
        """The UTF-8 bytes of all rows."""

    @property
    def offsets(self) -> I32:
        """Where the rows begin, and the end of the last."""

    @property
    def active(self) -> U8 | None:
        """Not zero where a row may have units."""


@dataclass(frozen=True, slots=True)
class Units:
    """The pieces of a tile, in reading order; the arrays may be shared and are not to be written to.

    Attributes:
        row_offsets: int32, shape (rows + 1,); the units of row r are `row_offsets[r]:row_offsets[r + 1]`.
        start: int32, the byte position in the tile where each unit begins.
        end: int32, where it ends.
        kind: uint8, its `Kind`.
    """

    row_offsets: I32
    start: I32
    end: I32
    kind: U8

    def __len__(self) -> int:
        return len(self.start)

    def rows(self) -> I32:
        """Return the row of each unit."""
        counts = np.diff(self.row_offsets)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    def is_in(self, kinds: Iterable[Kind]) -> npt.NDArray[np.bool_]:
        """Say which units are of one of these kinds."""
        found = np.zeros(len(self.kind), bool)
        for kind in kinds:  # a few comparisons of bytes, many at a time, beat one look-up each
            found |= self.kind == kind
        return found


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a tile.

    Attributes:
        units: where they are.
        sentence: int32, the sentence of its row that each belongs to.
        lowered: uint8, whether each begins with a word that loses its capital when it begins a sentence no more.
    """

    units: Units
    sentence: I32
    lowered: U8


def words(tile: Tile) -> Units:
    """Find the words: what stands between blanks and punctuation, and some things that hold punctuation.

    Contractions, hyphenated words, numbers, abbreviations, URLs, e-mail addresses, @names, #tags and emoji
    are one unit each; so is a run of another script. Chinese is cut into jieba's words. HTML tags and entities
    (`<br />`, `&amp;`) are none.

    Raises:
        UsageError: there is Chinese, and jieba is not installed.
    """
    units = runs(tile)
    if not (units.kind == Kind.HAN).any():
        return units
    from textaug.languages.dictionary import default  # read once a process, where there is Chinese

    found = (units.row_offsets, units.start, units.end, units.kind)
    return Units(*segment.split(tile.data, tile.offsets, *found, Kind.HAN, True, default().trie))


def some(units: Units, keep: npt.NDArray[np.bool_]) -> Units:
    """Return these units only."""
    total = np.concatenate([[0], np.cumsum(keep)]).astype(np.int32)
    return Units(total[units.row_offsets], units.start[keep], units.end[keep], units.kind[keep])


def runs(tile: Tile) -> Units:
    """Find the words, and runs of Han as they stand."""
    return Units(*kernel.words(tile.data, tile.offsets, tile.active, *table()))


def sentences(tile: Tile) -> Units:
    """Find the sentences, their marks and closing quotes included, the blanks between them not.

    `Dr. Smith`, `3.5`, `U.S.`, initials and `No. 5` do not end one; `。！？`, blank lines and `<br>` do.
    """
    from textaug.languages.sentences import rules

    units = runs(tile)
    found = (units.row_offsets, units.start, units.end, units.kind)
    offsets, start, end = kernel_sentences.sentences(tile.data, tile.offsets, tile.active, *found, rules())
    return Units(offsets, start, end, np.full(len(start), Kind.SENTENCE, np.uint8))


def clauses(tile: Tile) -> Clauses:
    """Find the clauses of the sentences: what stands between commas, semicolons and conjunctions.

    Marks between clauses and at the end of a sentence belong to none; quotes and brackets are not cut.
    """
    from textaug.languages.sentences import rules

    units = runs(tile)
    found = (units.row_offsets, units.start, units.end, units.kind)
    offsets, start, end, sentence, lowered = kernel_sentences.clauses(
        tile.data, tile.offsets, tile.active, *found, rules()
    )
    return Clauses(Units(offsets, start, end, np.full(len(start), Kind.CLAUSE, np.uint8)), sentence, lowered)


def chars(tile: Tile) -> Units:
    """Find the characters as readers see them: extended grapheme clusters.

    Source:
        Unicode Standard Annex #29, of the version `textaug.languages.unicode.UNICODE_VERSION`.
    """
    return Units(*kernel.chars(tile.data, tile.offsets, tile.active, *table()))


def to_code_points(data: U8, offsets: I32, positions: I32, rows: I32) -> I32:
    """Turn byte positions of a tile into code points of their rows.

    Args:
        data: the UTF-8 bytes of all rows.
        offsets: where the rows begin, and the end of the last.
        positions: int32, bytes from the begin of the tile.
        rows: int32, the row of each position.

    Raises:
        DataError: a position lies outside of its row or inside a code point.

    >>> data, offsets = np.frombuffer("né中".encode(), np.uint8), np.array([0, 6], np.int32)
    >>> to_code_points(data, offsets, np.array([1, 3, 6], np.int32), np.zeros(3, np.int32)).tolist()
    [1, 2, 3]
    """
    positions, rows = _int32(positions), _int32(rows)
    found: I32 = kernel.to_code_points(data, offsets, positions, rows)
    _check(found, positions, rows, "byte {} is no border between two characters of the text")
    return found


def to_bytes(data: U8, offsets: I32, positions: I32, rows: I32) -> I32:
    """Turn code points of rows into byte positions of the tile: the inverse of `to_code_points`.

    Raises:
        DataError: a row has fewer code points.

    >>> data, offsets = np.frombuffer("né中".encode(), np.uint8), np.array([0, 6], np.int32)
    >>> to_bytes(data, offsets, np.array([1, 2, 3], np.int32), np.zeros(3, np.int32)).tolist()
    [1, 3, 6]
    """
    positions, rows = _int32(positions), _int32(rows)
    found: I32 = kernel.to_bytes(data, offsets, positions, rows)
    _check(found, positions, rows, "position {} lies outside of the text")
    return found


def _int32(values: npt.NDArray[np.integer]) -> I32:
    return np.ascontiguousarray(values, np.int32)


def _check(found: I32, positions: I32, rows: I32, problem: str) -> None:
    if len(found) and found.min() < 0:
        bad = int(found.argmin())
        raise DataError(f"row {rows[bad]}: {problem.format(positions[bad])}; check the spans' start and end")
