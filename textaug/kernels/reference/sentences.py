"""Sentences and clauses, defined: where they begin and end in the bytes of a tile.

A *sentence* ends behind a run of marks (`.` `!` `?` `…` `。` `！` `？`) with the closing quotes and brackets behind it,
unless they stand inside of a quote or bracket; before a blank line, or any line break behind a wide character; and
before `<br>` and `<p>` of HTML. Marks inside of a word or number (`3.5`, `７．４`, `U.S.`, a URL) end nothing; behind
an abbreviation, an initial, or before a small letter the full stop ends a sentence only where the rules say so.

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
_NUMBER, _ABBREVIATION = 17, 18
_PAIRS = {"“": "”", "「": "」", "『": "』", "«": "»", "（": "）", "【": "】", "《": "》", "(": ")", "[": "]", "{": "}"}
FAR = 1200
"""How many bytes a quote or bracket is looked for that closes one."""
SAYING = "说說道问問喊叫答"
SAID_WITHIN = 6


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
        mark = self.text[at : at + size].decode()
        if mark in "．，" and self._figure(at - 3) and self._figure(at + 3):
            return OTHER, at + size  # ７．４, １，０００
        return _SORT.get(mark, OTHER), at + size

    def _figure(self, at: int) -> bool:
        """Say whether a full-width digit stands at a byte."""
        return (
            self.first <= at <= self.last - 3
            and self.text[at : at + 2] == b"\xef\xbc"
            and (0x90 <= self.text[at + 2] <= 0x99)
        )

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

    def sentences(self) -> list[list[int]]:
        """Return [start, end] of each sentence.

        Marks without a word go with the sentence before them. Between a quote or bracket and the one that closes it, no
        sentence ends: `hold` is where the latter stands.
        """
        made: list[list[int]] = []
        at, start, tail, u, hold, worded, apart = self.first, -1, self.first, 0, -1, False, True
        while at < self.last:
            while u < len(self.units) and self.units[u].end <= at:
                u += 1
            inside = u < len(self.units) and self.units[u].start <= at
            sort, behind = self.sort(at)
            if not inside and sort in (BLANK, BREAK, TAG):
                at, parts = self._gap(at, tail)
                if parts:
                    if start >= 0:
                        made.append([start, tail])
                    start, hold, worded, apart = -1, -1, False, True
                continue
            start = at if start < 0 else start
            if inside:
                at = tail = self.units[u].end
                worded = True
                if self.units[u].kind != _ABBREVIATION or self.text[at - 1] != 0x2E:
                    continue
                at -= 1
            elif sort not in ENDERS:
                hold = max(hold, self._closing(at, behind)) if sort == OPEN else hold
                at = tail = behind
                continue
            tail = self._marks(at)
            if tail > hold and self._ends(at, tail, u if inside else u - 1, start):
                if worded or apart:
                    made.append([start, tail])
                else:
                    made[-1][1] = tail
                start, worded, apart = -1, False, False
            at = tail
        if start >= 0:
            if worded or apart:
                made.append([start, tail])
            else:
                made[-1][1] = tail
        return made

    def _closing(self, at: int, behind: int) -> int:
        """Return where the quote or bracket that opens at a byte is closed, -1 where it is not, or far away."""
        close = _PAIRS.get(self.text[at:behind].decode(), "")
        return self.text.find(close.encode(), behind, min(behind + FAR, self.last)) if close else -1

    def _marks(self, at: int) -> int:
        """Return the end of some marks, of the closing quotes and brackets behind them, and of marks behind blanks."""
        while True:
            at = self.skip(self.skip(at, *ENDERS), CLOSE, QUOTE)
            further = self.skip(at, BLANK)
            if further == self.last or self.sort(further)[0] not in ENDERS:
                return at
            at = further

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

    def _ends(self, at: int, tail: int, u: int, start: int) -> bool:
        """Say whether the marks at a byte end the sentence that begins at `start`.

        Unit u holds the marks (an abbreviation) or stands before them.
        """
        marks = [self.sort(at)]
        while marks[-1][1] < self.last and self.sort(marks[-1][1])[0] in ENDERS:
            marks.append(self.sort(marks[-1][1]))
        sorts = [sort for sort, _ in marks]
        if WIDE in sorts:
            return tail == marks[-1][1] or not self._said(tail)
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
        return sorts != [STOP] or self._full_stop(at, follows, u, start)

    def _said(self, at: int) -> bool:
        """Say whether who said it follows a quote: `“好！”他说。`"""
        for _ in range(SAID_WITHIN):
            if at >= self.last or not 0xE4 <= self.text[at] <= 0xE9:
                return False
            if self.text[at : at + 3].decode() in SAYING:
                return True
            at += 3
        return False

    def _wide_before(self, at: int) -> bool:
        return at - self.first >= 3 and self.text[at - 3] >= 0xE3

    def _small(self, at: int) -> bool:
        small = 0x61 <= self.text[at] <= 0x7A
        return small or (self.text[at] == 0xC3 and self.text[at + 1] >= 0x9F)

    def _full_stop(self, at: int, follows: int, u: int, start: int) -> bool:
        """Say whether a lone full stop ends a sentence: not behind a title or an initial, nor in `No. 5`, `1. One`."""
        if u < 0 or (self.units[u].end != at + 1 and self.skip(self.units[u].end, BLANK) != at):
            return True
        unit = self.units[u]
        stop = min(unit.end, at)
        word = packed(self.text[unit.start : stop])
        if word in self.titles:
            return False
        if word in self.numbered and 0x30 <= self.text[follows] <= 0x39:
            return False
        single = (
            stop - unit.start == 1 and chr(self.text[unit.start]).isascii() and chr(self.text[unit.start]).isalpha()
        )
        if unit.start == start and (single or unit.kind == _NUMBER):
            return False
        initial = single and (self.text[unit.start] < 0x61 or unit.end < at)
        if unit.end <= at and not initial:
            return True
        following = next((v for v in range(u + 1, len(self.units)) if self.units[v].start >= follows), -1)
        return self.word(following) in self.starters and not (initial and self.text[unit.start] | 0x20 != 0x69)

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
            yield begin, max(tail, self._closed(stop, end, depth, quoted))

    def _closed(self, at: int, end: int, depth: int, quoted: bool) -> int:
        """Return the end of the last quote or bracket behind a clause that one inside of the sentence has opened."""
        tail = at
        while at < end:
            sort, at = self.sort(at)
            if (sort == CLOSE and depth > 0) or (sort == QUOTE and quoted):
                depth -= sort == CLOSE
                quoted &= sort != QUOTE
                tail = at
        return tail

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
    made: list[list[int]] = []
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
