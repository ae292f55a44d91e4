"""Sentences and clauses, defined: where they begin and end in the bytes of a tile.

A *sentence* ends behind a run of marks (`.` `!` `?` `…` `。` `！` `？`) with the closing quotes and brackets behind it;
before a blank line, or any line break behind a wide character; and before HTML's `<br>` and `<p>`. Marks inside of a
word, as of `3.5`, `U.S.` or an address, end nothing; behind an abbreviation, an initial, or before a small letter the
full stop ends a sentence only where the rules below say so.

A *clause* is a piece of a sentence between commas, semicolons and conjunctions that stand outside of quotes and
brackets; the marks between clauses and at the sentence's end belong to none.

Word lists are sorted arrays of words of up to eight letters, *packed* into an integer each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
U64 = npt.NDArray[np.uint64]

OTHER, BLANK, BREAK, TAG, STOP, LOUD, DOTS, WIDE, CLOSE, OPEN, COMMA, WIDE_COMMA, QUOTE = range(13)
"""What a character is: a blank, a line break, a tag that breaks a line; `.`, `!` or `?`, `…`, `。`; a closing or an
opening quote or bracket; a comma or semicolon, a wide one; a quote of either side."""
ENDERS = (STOP, LOUD, DOTS, WIDE)

SORTS = {
    BLANK: " \t\u00a0\u3000", BREAK: "\n\r", STOP: ".", LOUD: "!?‼⁇⁈⁉", DOTS: "…", WIDE: "。！？．｡",
    CLOSE: ")]}’”»」』）】》", OPEN: "([{‘“«「『（【《", COMMA: ",;", WIDE_COMMA: "，；", QUOTE: "\"",
}  # fmt: skip
_SORT = {mark: sort for sort, marks in SORTS.items() for mark in marks}
_BREAKING = (b"<br", b"<p>", b"</p", b"<p ")
_ABBREVIATION, _WORD = 18, 16


def packed(word: bytes) -> int:
    """Return up to eight bytes as an integer, ASCII letters in lower case; 0 for longer words."""
    return int.from_bytes(word.lower(), "little") if len(word) <= 8 else 0


class Unit(NamedTuple):
    """A word unit of a row: where it is, and its kind."""

    start: int
    end: int
    kind: int


class Row:
    """A row of a tile under the rules."""

    def __init__(self, text: bytes, first: int, last: int, units: list[Unit], rules: Any) -> None:
        self.text, self.first, self.last, self.units = text, first, last, units
        self.words = [set(kind.tolist()) for kind in rules]
        self.titles, self.numbered, self.starters, *_ = self.words
        self.cased = any(65 <= byte <= 90 for byte in text[first:last])

    def sort(self, at: int) -> tuple[int, int]:
        """Return what the character at a byte is, and the byte behind it."""
        if self.text[at] == 0x3C and self.text[at : at + 3].lower() in _BREAKING:
            close = self.text.find(b">", at, min(at + 64, self.last))
            if close >= 0:
                return TAG, close + 1
        size = 1 if self.text[at] < 0x80 else 2 if self.text[at] < 0xE0 else 3 if self.text[at] < 0xF0 else 4
        return _SORT.get(self.text[at : at + size].decode(), OTHER), at + size

    def skip(self, at: int, *sorts: int) -> int:
        """Return the first byte from `at` on that is of none of these sorts."""
        while at < self.last:
            sort, behind = self.sort(at)
            if sort not in sorts:
                break
            at = behind
        return at

    def word(self, u: int) -> int:
        """Return unit u, packed; 0 where there is none."""
        return packed(self.text[self.units[u].start : self.units[u].end]) if 0 <= u < len(self.units) else 0

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each sentence."""
        at, start, tail, u = self.first, -1, self.first, 0
        while at < self.last:
            while u < len(self.units) and self.units[u].end <= at:
                u += 1
            inside = u < len(self.units) and self.units[u].start <= at
            sort, behind = self.sort(at)
            if not inside and sort in (BLANK, BREAK, TAG):
                behind, parts = self._gap(at, tail)
                if parts and start >= 0:
                    yield start, tail
                    start = -1
                at = behind
                continue
            start = at if start < 0 else start
            if inside:
                at = tail = self.units[u].end
                if self.units[u].kind != _ABBREVIATION or self.text[at - 1] != 0x2E:
                    continue
                at -= 1
            elif sort not in ENDERS:
                at = tail = behind
                continue
            tail = self.skip(self.skip(at, *ENDERS), CLOSE, QUOTE)
            if self._ends(at, tail, u if inside else u - 1):
                yield start, tail
                start = -1
            at = tail
        if start >= 0:
            yield start, tail

    def _gap(self, at: int, tail: int) -> tuple[int, bool]:
        """Return the end of a gap, and whether it parts sentences."""
        lines = parts = 0
        while at < self.last:
            sort, behind = self.sort(at)
            if sort not in (BLANK, BREAK, TAG):
                break
            lines += self.text[at] == 0x0A
            parts |= sort == TAG
            at = behind
        wide = tail - self.first >= 3 and self.text[tail - 3] >= 0xE3
        return at, bool(parts or lines > 1 or (lines and wide))

    def _ends(self, at: int, tail: int, u: int) -> bool:
        """Say whether the marks at a byte end a sentence; unit u holds them (an abbreviation) or stands before them."""
        marks = [self.sort(at)]
        while marks[-1][1] < self.last and self.sort(marks[-1][1])[0] in ENDERS:
            marks.append(self.sort(marks[-1][1]))
        sorts = [sort for sort, _ in marks]
        if WIDE in sorts:
            return True
        follows = self.skip(tail, BLANK)
        if follows == self.last or self.sort(follows)[0] in (BREAK, TAG):
            return True
        if follows == tail:  # no blank
            return self.text[tail] >= 0xE3 and (LOUD in sorts or (sorts == [STOP] and u >= 0 and self._wide_before(at)))
        follows = self.skip(follows, OPEN, QUOTE)
        if follows == self.last:
            return True
        if self.cased and self._small(follows):
            return False
        return sorts != [STOP] or self._full_stop(at, follows, u)

    def _wide_before(self, at: int) -> bool:
        return at - self.first >= 3 and self.text[at - 3] >= 0xE3

    def _small(self, at: int) -> bool:
        small = 0x61 <= self.text[at] <= 0x7A
        return small or (self.text[at] == 0xC3 and self.text[at + 1] >= 0x9F)

    def _full_stop(self, at: int, follows: int, u: int) -> bool:
        """Say whether a lone full stop ends a sentence: not behind a title or an initial, nor in `No. 5`."""
        if u < 0 or self.units[u].end not in (at, at + 1):
            return True
        unit = self.units[u]
        word = packed(self.text[unit.start : at])
        if word in self.titles:
            return False
        if word in self.numbered and 0x30 <= self.text[follows] <= 0x39:
            return False
        initial = at - unit.start == 1 and 0x41 <= self.text[unit.start] <= 0x5A
        if unit.end == at and not initial:
            return True
        following = next((v for v in range(u + 1, len(self.units)) if self.units[v].start >= follows), -1)
        return self.word(following) in self.starters and not (initial and self.text[unit.start] != 0x49)

    def clauses(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each clause of a sentence."""
        stop = self._body(start, end)
        at, begin, tail, depth, quoted = start, start, start, 0, False
        u = next((v for v, unit in enumerate(self.units) if unit.end > start), len(self.units))
        while at < stop:
            while u < len(self.units) and self.units[u].end <= at:
                u += 1
            outside = depth == 0 and not quoted
            if u < len(self.units) and self.units[u].start <= at:
                if outside and begin < at == self.units[u].start and tail < at and self._conjunction(u):
                    yield begin, tail
                    begin = at
                at = tail = self.units[u].end
                continue
            sort, behind = self.sort(at)
            if outside and begin < tail and (sort == WIDE_COMMA or (sort == COMMA and self._blank(behind))):
                yield begin, tail
                at = begin = tail = self.skip(behind, BLANK, BREAK, TAG)
                continue
            depth = depth + 1 if sort == OPEN else max(depth - 1, 0) if sort == CLOSE else depth
            quoted ^= sort == QUOTE
            at = behind
            tail = tail if sort in (BLANK, BREAK, TAG) else behind
        if begin < tail:
            yield begin, tail

    def _body(self, start: int, end: int) -> int:
        """Return where a sentence ends without its marks and the quotes around them."""
        at = stop = max([unit.end for unit in self.units if start < unit.end and unit.start < end], default=start)
        while at < end:
            sort, at = self.sort(at)
            stop = stop if sort in (*ENDERS, CLOSE, QUOTE, BLANK, BREAK, TAG) else at
        return stop

    def _blank(self, at: int) -> bool:
        return at < self.last and self.sort(at)[0] in (BLANK, BREAK, TAG)

    def _conjunction(self, u: int) -> bool:
        *_, subordinate, coordinate, subjects, adhering, _ = self.words
        word, before = self.word(u), self.word(u - 1)
        if before in adhering:
            return False
        return word in subordinate or (word in coordinate and self.word(u + 1) in subjects)


def sentences(
    data: U8, offsets: I32, active: U8 | None, row_offsets: I32, start: I32, end: I32, kind: U8, rules: Any
) -> tuple[I32, I32, I32]:
    """Return (row_offsets, start, end) of the sentences of every active row.

    Args:
        data, offsets, active: the tile.
        row_offsets, start, end, kind: its word units.
        rules: the word lists, as `textaug.languages.sentences.rules` gives them.
    """
    text, counts = data.tobytes(), [0]
    made: list[tuple[int, int]] = []
    for row in range(len(offsets) - 1):
        if active is None or active[row]:
            made += _row(text, offsets, row, row_offsets, start, end, kind, rules).sentences()
        counts.append(len(made))
    table = np.array(made, np.int32).reshape(-1, 2)
    return np.array(counts, np.int32), np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])


def clauses(
    data: U8,
    offsets: I32,
    active: U8 | None,
    row_offsets: I32,
    start: I32,
    end: I32,
    kind: U8,
    rules: Any,
) -> tuple[I32, I32, I32, I32, U8]:
    """Return (row_offsets, start, end, sentence, lowered) of the clauses of every active row.

    `sentence` counts the sentences of the row; `lowered` says whether the clause begins with a word that loses its
    capital when it begins a sentence no more.
    """
    text, counts = data.tobytes(), [0]
    made: list[tuple[int, int, int, bool]] = []
    for row in range(len(offsets) - 1):
        if active is None or active[row]:
            held = _row(text, offsets, row, row_offsets, start, end, kind, rules)
            units = {unit.start: packed(text[unit.start : unit.end]) for unit in held.units}
            for number, (first, last) in enumerate(held.sentences()):
                for begin, stop in held.clauses(first, last):
                    made.append((begin, stop, number, units.get(begin, 0) in held.words[-1]))
        counts.append(len(made))
    table = np.array(made, np.int32).reshape(-1, 4)
    columns = [np.ascontiguousarray(column) for column in table.T]
    return np.array(counts, np.int32), columns[0], columns[1], columns[2], columns[3].astype(np.uint8)


def _row(text: bytes, offsets: I32, row: int, row_offsets: I32, start: I32, end: I32, kind: U8, rules: Any) -> Row:
    held = range(row_offsets[row], row_offsets[row + 1])
    units = [Unit(int(start[u]), int(end[u]), int(kind[u])) for u in held]
    return Row(text, int(offsets[row]), int(offsets[row + 1]), units, rules)
