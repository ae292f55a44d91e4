"""Lexical substitution, defined: find units in a hashed lexicon; write the edits that put candidates in.

An *index* is three arrays. `slots` (a power of two of uint64, some of them 0) holds `key + 1 << 32 | tag << 8
| length` of every key, at the first free place from `hash >> 20` on. Key k is `words[starts[k]:starts[k +
1]]`: its bytes, ASCII letters in lower case, as little-endian 64 bit words, padded with zeros.

Key k has two *entries*: `2k` for any source, `2k + 1` for a capitalised one (`China` is not `china`). Entry e
has `count[e]` candidates: the forms `candidate[first[e]:first[e] + count[e]]`. Form f is
`forms[form_start[f]:form_start[f + 1]]`, and `vowel[f]` says whether it begins with a vowel sound.
"""

import re

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import blocks

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
U64 = npt.NDArray[np.uint64]
Drafts = tuple[I32, I32, I32, I32, I32, U8]

MAX_KEY = 255
"""Longer units, in bytes, are in no lexicon."""
KINDS = (5, 16, 18, 23)
"""The kinds of unit that are looked up: Han, word, abbreviation, other script."""
FILTER_WORDS = 1 << 14
"""A filter has 128 KB: it stays in a core's caches, and spares most units without an entry the search."""
LOWER, TITLE, UPPER, MIXED = range(4)

_SEED, _MULTIPLIER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_ARTICLES = (b"a", b"an")


def padded_words(data: U8, start: I32, end: I32, k: int) -> U64:
    """Return the k-th eight bytes of every range, in lower case, padded with zeros."""
    at = start[:, None].astype(np.int64) + np.arange(8 * k, 8 * k + 8)
    inside = at < end[:, None]
    taken = np.zeros(at.shape, np.uint8)
    taken[inside] = data[at[inside]]
    upper = (taken >= ord("A")) & (taken <= ord("Z"))
    return np.ascontiguousarray(taken | (upper * np.uint8(32))).view("<u8").ravel().astype(np.uint64)


def hashes(data: U8, start: I32, end: I32) -> U64:
    """Return the hash of every range, in lower case."""
    size = (end - start).astype(np.uint64)
    value = size * _SEED
    for k in range(int(size.max(initial=0) + 7) // 8):
        mixed = (value ^ padded_words(data, start, end, k)) * _MULTIPLIER
        value = np.where(size > np.uint64(8 * k), mixed ^ (mixed >> np.uint64(32)), value)
    return value


def find(data: U8, start: I32, end: I32, slots: U64, starts: I32, words: U64) -> I32:
    """Return the key of every range, -1 where there is none."""
    size = (end - start).astype(np.int64)
    value = hashes(data, start, end)
    tag = (value >> np.uint64(40)) << np.uint64(8) | size.astype(np.uint64)
    at, key = value >> np.uint64(20), np.full(len(start), -1, np.int32)
    probing = np.flatnonzero((size > 0) & (size <= MAX_KEY))
    while len(probing):
        slot = slots[at[probing] & np.uint64(len(slots) - 1)]
        probing, slot = probing[slot != 0], slot[slot != 0]
        held = (slot >> np.uint64(32)).astype(np.int64) - 1
        same = (slot & np.uint64(0xFFFFFFFF)) == tag[probing]
        for k in range(MAX_KEY // 8 + 1):
            longer = np.flatnonzero(same & (size[probing] > 8 * k))
            if not len(longer):
                break
            unit = probing[longer]
            same[longer] = words[starts[held[longer]] + k] == padded_words(data, start[unit], end[unit], k)
        key[probing[same]] = held[same]
        probing = probing[~same]
        at[probing] += np.uint64(1)
    return key


def bloom(slots: U64, usable: npt.NDArray[np.bool_]) -> U64:
    """Return the filter of those keys of an index that are usable: bit `hash >> 44` of 2 ** 20 is set."""
    slot = slots[slots != 0]
    slot = slot[usable[(slot >> np.uint64(32)).astype(np.int64) - 1]]
    bit = (slot & np.uint64(0xFFFFFFFF)) >> np.uint64(12)
    filter = np.zeros(FILTER_WORDS, np.uint64)
    np.bitwise_or.at(filter, bit >> np.uint64(6), np.uint64(1) << (bit & np.uint64(63)))
    return filter


def passed(filter: U64, value: U64) -> npt.NDArray[np.bool_]:
    """Say which hashes a filter lets through."""
    bit = value >> np.uint64(44)
    through: npt.NDArray[np.bool_] = filter[bit >> np.uint64(6)] >> (bit & np.uint64(63)) & np.uint64(1) != 0
    return through


def case_of(text: bytes) -> int:
    """Return how the ASCII letters of a text are written: LOWER, TITLE (initials too), UPPER or MIXED."""
    letters = [byte for byte in text if chr(byte).isascii() and chr(byte).isalpha()]
    capitals = sum(byte < ord("a") for byte in letters)
    if not capitals:
        return LOWER
    if capitals == 1 and ord("A") <= text[0] <= ord("Z"):
        return TITLE
    if capitals < len(letters):
        return MIXED
    return UPPER if re.search(b"[A-Z]{2}", text) else TITLE


def begins_sentence(gap: bytes) -> bool:
    """Say whether what stands before a unit, back to the unit before it, ends a sentence, a line or a tag."""
    return any(mark in gap for mark in (b".", b"!", b"?", b":", b">", b"*", b"\n", "…".encode()))


def in_capitals(text: bytes) -> bool:
    """Say whether a text has two ASCII letters or more, and only capital ones."""
    letters = re.findall(b"[A-Za-z]", text)
    return len(letters) > 1 and all(letter < b"a" for letter in letters)


def blank(gap: bytes) -> bool:
    """Say whether what stands between two units is nothing but blanks."""
    return bool(gap) and not gap.strip(b" \t\r\n")


def is_name(case: int, left: bytes | None, before: bytes, right: bytes | None, behind: bytes, chinese: bool) -> bool:
    """Say whether a capitalised unit is mostly a name.

    Args:
        case: TITLE or UPPER.
        left, right: what stands between it and the units beside it; None where its row has none.
        before, behind: these units.
        chinese: whether its row has Chinese, if it is UPPER; whether the unit behind it is, if it is TITLE.
    """
    if case == TITLE:
        if left is not None and not begins_sentence(left):
            return True
        return chinese or (right is not None and blank(right) and re.match(b"[A-Z][a-z][^A-Z]*$", behind) is not None)
    if chinese:
        return True
    shouted = any(
        gap is not None and (blank(gap) or begins_sentence(gap)) and in_capitals(unit)
        for gap, unit in ((left, before), (right, behind))
    )
    return (left is not None or right is not None) and not shouted


def lookup(
    data: U8,
    row_offsets: I32,
    start: I32,
    end: I32,
    kind: U8,
    names: bool,
    slots: U64,
    starts: I32,
    words: U64,
    filter: U64,
    count: U8,
) -> I32:
    """Return the entry of every unit, -1 where it has none with candidates.

    A unit in mixed case has no entry. Unless `names`, a capitalised unit has none either where it is mostly a
    name: one capital in front, inside a sentence, or before another such (`Jack Warden`) or Chinese; all capitals,
    where neither unit beside it shouts too, or the row has Chinese. Nor where `Sun` is one thing and `sun`
    another. A capitalised unit takes the entry of the capitalised key where that has candidates.
    """
    key = find(data, start, end, slots, starts, words)
    key[~passed(filter, hashes(data, start, end))] = -1
    entry = np.full(len(start), -1, np.int32)
    text = data.tobytes()
    firsts = set(row_offsets.tolist())
    for u in np.flatnonzero((key >= 0) & np.isin(kind, KINDS)).tolist():
        case = case_of(text[start[u] : end[u]])
        common, proper = count[2 * key[u] : 2 * key[u] + 2].tolist()
        if case == MIXED or (case != LOWER and not names and common and proper):
            continue
        if case != LOWER and not names:
            left = None if u in firsts else text[end[u - 1] : start[u]]
            right = None if u + 1 in firsts else text[end[u] : start[u + 1]]
            before = b"" if left is None else text[start[u - 1] : end[u - 1]]
            behind = b"" if right is None else text[start[u + 1] : end[u + 1]]
            row = np.searchsorted(row_offsets, u, side="right")
            near = kind[row_offsets[row - 1] : row_offsets[row]] if case == UPPER else kind[u + 1 : row_offsets[row]]
            chinese = bool((near[: None if case == UPPER else 1] == KINDS[0]).any())
            if is_name(case, left, before, right, behind, chinese):
                continue
        if case != LOWER and proper:
            entry[u] = 2 * key[u] + 1
        elif common:
            entry[u] = 2 * key[u]
    return entry


def carried(form: bytes, case: int) -> bytes:
    """Return a candidate in the case of what it replaces."""
    if case == UPPER:
        return form.upper()
    return form[:1].upper() + form[1:] if case == TITLE else form


def mended(article: bytes, vowel: bool, upper: bool) -> bytes | None:
    """Return what `a` or `an` becomes before a vowel sound or another sound; None where nothing changes."""
    if article.lower() not in _ARTICLES or vowel == (len(article) == 2):
        return None
    if not vowel:
        return article[:1]
    return article + (b"N" if upper and article == b"A" else b"n")


def ideographic(text: bytes) -> bool:
    """Say whether a text begins with a character of Chinese or Japanese (U+3000 to U+9FFF)."""
    return len(text) >= 3 and 0xE3 <= text[0] <= 0xE9


class _Drafts:
    """Collects edits: row, start, end, text_start, text_end; and the pool of text."""

    def __init__(self) -> None:
        self.edits: list[tuple[int, int, int, int, int]] = []
        self.text = bytearray()

    def put(self, row: int, start: int, end: int, text: bytes) -> None:
        self.edits.append((row, start, end, len(self.text), len(self.text) + len(text)))
        self.text += text

    def arrays(self) -> Drafts:
        table = np.array(self.edits, np.int32).reshape(-1, 5)
        row, start, end, text_start, text_end = (np.ascontiguousarray(column) for column in table.T)
        return row, start, end, text_start, text_end, np.frombuffer(bytes(self.text), np.uint8)


def replace(
    key: int,
    row_ids: U64,
    purpose: int,
    data: U8,
    row_offsets: I32,
    start: I32,
    end: I32,
    entry: I32,
    locked: U8 | None,
    unit: I32,
    row: I32,
    first: I32,
    count: U8,
    candidate: I32,
    form_start: I32,
    forms: U8,
    vowel: U8,
) -> Drafts:
    """Return the edits that replace every given unit by a candidate.

    `unit` has an entry each and is sorted; `row` is where each stands. The first draw of a unit's block picks
    the candidate, which takes over the unit's case. An article right before the unit is mended, unless it is
    `locked` or is replaced itself. The arrays are row, start, end, text_start, text_end and text.
    """
    draws = blocks(key, row_ids[row], purpose, (unit - row_offsets[row]).astype(np.uint32))
    text, drafts, before = data.tobytes(), _Drafts(), -1
    for u, r, draw in zip(unit.tolist(), row.tolist(), draws.tolist(), strict=True):
        chosen = candidate[first[entry[u]] + (draw[0] * int(count[entry[u]]) >> 32)]
        form = forms[form_start[chosen] : form_start[chosen + 1]].tobytes()
        case = case_of(text[start[u] : end[u]])
        if u > row_offsets[r] and before != u - 1 and not (locked is not None and locked[u - 1]):
            gap = text[end[u - 1] : start[u]]
            article = mended(text[start[u - 1] : end[u - 1]], bool(vowel[chosen]), case == UPPER)
            if article is not None and gap and not gap.strip(b" \t\r\n"):
                drafts.put(r, int(start[u - 1]), int(end[u - 1]), article)
        drafts.put(r, int(start[u]), int(end[u]), carried(form, case))
        before = u
    return drafts.arrays()


def insert(
    key: int,
    row_ids: U64,
    purpose: int,
    data: U8,
    row_offsets: I32,
    start: I32,
    end: I32,
    entry: I32,
    locked: U8 | None,
    unit: I32,
    row: I32,
    first: I32,
    count: U8,
    candidate: I32,
    form_start: I32,
    forms: U8,
    vowel: U8,
) -> Drafts:
    """Return the edits that put a blank and a candidate of every given unit behind a unit of the same row.

    Chinese takes no blank: neither behind a unit that ends with it, nor before a candidate that begins with it.

    The first draw of a unit's block picks the candidate, the second the place among the row's units that are
    not `locked`. Candidates for one place make one edit, in the order of their units. An article at the place
    is mended.
    """
    draws = blocks(key, row_ids[row], purpose, (unit - row_offsets[row]).astype(np.uint32))
    text, drafts = data.tobytes(), _Drafts()
    for r in np.unique(row).tolist():
        free = [w for w in range(row_offsets[r], row_offsets[r + 1]) if locked is None or not locked[w]]
        places: dict[int, list[tuple[int, int]]] = {}
        for i in np.flatnonzero(row == r).tolist() if free else ():
            e = entry[unit[i]]
            chosen = candidate[first[e] + (int(draws[i, 0]) * int(count[e]) >> 32)]
            case = case_of(text[start[unit[i]] : end[unit[i]]])
            places.setdefault(free[int(draws[i, 1]) * len(free) >> 32], []).append((int(chosen), case))
        for w in sorted(places):
            chosen, case = places[w][0]
            article = mended(text[start[w] : end[w]], bool(vowel[chosen]), case == UPPER)
            if article is not None:
                drafts.put(r, int(start[w]), int(end[w]), article)
            put = text[end[w] - 3 : end[w]] if end[w] - start[w] >= 3 else b""
            for f, c in places[w]:
                form = carried(forms[form_start[f] : form_start[f + 1]].tobytes(), c if c == UPPER else LOWER)
                put += form if ideographic(put[-3:]) or ideographic(form) else b" " + form
            drafts.put(r, int(end[w]), int(end[w]), put[3 if end[w] - start[w] >= 3 else 0 :])
    return drafts.arrays()
