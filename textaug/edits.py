"""Edits: the only way in which text changes. Apply them, compose them, move spans along, find them in a diff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from textaug.kernels import edits as kernel
from textaug.kernels.reference.edits import I32, U8, Set

Mask = np.ndarray[Any, np.dtype[np.bool_]]

EMPTY_TEXT = np.zeros(0, np.uint8)


@dataclass(frozen=True, slots=True)
class Edits:
    """The edits of the rows of a tile, sorted and not overlapping inside a row.

    Edit k of row r (`row_offsets[r] <= k < row_offsets[r + 1]`) puts a replacement where bytes `start[k]:end[k]` of the
    tile stood: bytes `text_start[k]:text_end[k]` of `text`, or of the tile itself where `moved[k]` (a moved unit).

    Attributes:
        row_offsets: int32, shape (rows + 1,).
        start, end, text_start, text_end: int32, shape (edits,).
        moved: uint8, shape (edits,).
        text: uint8, the pool of new text.
        by: int32, shape (edits,), or None: which node of the recipe made the edit.
    """

    row_offsets: I32
    start: I32
    end: I32
    text_start: I32
    text_end: I32
    moved: U8
    text: U8 = field(default_factory=lambda: EMPTY_TEXT)
    by: I32 | None = None

    @classmethod
    def of(
        cls,
        rows: I32,
        row_count: int,
        start: I32,
        end: I32,
        text_start: I32,
        text_end: I32,
        moved: U8 | None = None,
        text: U8 = EMPTY_TEXT,
    ) -> Edits:
        """Build from the row of each edit (sorted) instead of the rows' offsets."""
        moved = np.zeros(len(start), np.uint8) if moved is None else moved
        return cls(kernel.row_offsets(rows, row_count), start, end, text_start, text_end, moved, text)

    @classmethod
    def none(cls, row_count: int) -> Edits:
        """Return no edits at all."""
        nothing = np.zeros(0, np.int32)
        return cls(np.zeros(row_count + 1, np.int32), nothing, nothing, nothing, nothing, np.zeros(0, np.uint8))

    def __len__(self) -> int:
        return len(self.start)

    @property
    def arrays(self) -> Set:
        """The arrays in the kernels' order."""
        return Set(self.row_offsets, self.start, self.end, self.text_start, self.text_end, self.moved, self.text)

    @property
    def rows(self) -> I32:
        """The row of each edit."""
        return np.repeat(np.arange(len(self.row_offsets) - 1, dtype=np.int32), np.diff(self.row_offsets))

    @property
    def touched(self) -> Mask:
        """Which rows have an edit: bool, shape (rows,)."""
        return np.diff(self.row_offsets) > 0

    def apply(self, data: U8, offsets: I32) -> tuple[U8, I32]:
        """Return the edited tile: its bytes and the offsets of its rows.

        Raises:
            OverflowError: the result is larger than 2 GiB.
        """
        if not len(self):
            return data, offsets
        data, offsets = kernel.apply(data, offsets, *self.arrays)
        return data, offsets

    def then(self, second: Edits, before: U8, between: U8) -> Edits:
        """Return the one set of edits that does what this one and then `second` do.

        Args:
            second: edits of what this set makes.
            before: the bytes that this set edits.
            between: the bytes that this set makes.
        """
        rows, start, end, text_start, text_end, moved, text, origin = kernel.compose(
            self.arrays, second.arrays, before, between
        )
        by = _made_by(origin, self.by, second.by)
        return Edits(rows, start, end, text_start, text_end, moved, text, by)

    def changing(self, data: U8) -> Edits:
        """Return those edits that change something: not those that put in nothing, or what stood there.

        Args:
            data: the bytes that the set edits.
        """
        size = self.end - self.start
        same = self.text_end - self.text_start == size
        for k in np.flatnonzero(same & (size > 0)):
            pool = data if self.moved[k] else self.text
            old, new = data[self.start[k] : self.end[k]], pool[self.text_start[k] : self.text_end[k]]
            same[k] = old[0] == new[0] and np.array_equal(old, new)
        if not same.any():
            return self
        keep = ~same
        start, end, begin, stop = (one[keep] for one in (self.start, self.end, self.text_start, self.text_end))
        rows = kernel.row_offsets(self.rows[keep], len(self.row_offsets) - 1)
        by = None if self.by is None else self.by[keep]
        return Edits(rows, start, end, begin, stop, self.moved[keep], self.text, by)

    def replacements(self, data: U8) -> tuple[U8, I32]:
        """Return what the edits put in, end to end, and the offsets of each; `data` is what the set edits."""
        pool = np.concatenate([data, self.text])
        begin = np.where(self.moved != 0, self.text_start, self.text_start + len(data))
        return gathered(pool, begin, self.text_end - self.text_start)


def gathered(pool: U8, begin: I32, size: I32) -> tuple[U8, I32]:
    """Return some pieces of a pool, end to end, and the offsets of each."""
    stop = np.concatenate([[0], np.cumsum(size)])
    source = np.arange(stop[-1]) + np.repeat(begin - stop[:-1], size)
    return pool[source], stop.astype(np.int32)


def _made_by(origin: I32, first: I32 | None, second: I32 | None) -> I32 | None:
    if first is None or second is None:
        return None
    made = np.zeros(len(origin), np.int32)
    made[origin >= 0] = first[origin[origin >= 0]]
    made[origin < 0] = second[-1 - origin[origin < 0]]
    return made


_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_READ = re.compile(rf"[{_HAN}]|[^\W{_HAN}]+|\s+|.", re.DOTALL)


def diff(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Yield the edits (start, end, replacement), in code points, that lead from one text to another.

    Compares words, spaces and marks rather than characters, because that is how a person reads a change; of Chinese,
    which has no spaces, characters.

    >>> list(diff("a good film", "a very good movie"))
    [(1, 1, ' very'), (7, 11, 'movie')]
    """
    old, new = (_READ.findall(text) for text in (before, after))
    at = [0]
    for token in old:
        at.append(at[-1] + len(token))
    for tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield at[i], at[j], "".join(new[k:end])


@dataclass(frozen=True, slots=True)
class Spans:
    """Labelled ranges of the rows of a tile, as bytes of the tile; they may nest and overlap.

    Attributes:
        row_offsets: int32, shape (rows + 1,).
        start, end: int32, shape (spans,).
        label: object, shape (spans,).
        origin: int32, shape (spans,), or None: which of the spans that were given each of them is.
    """

    row_offsets: I32
    start: I32
    end: I32
    label: np.ndarray[Any, np.dtype[np.object_]]
    origin: I32 | None = None

    @property
    def rows(self) -> I32:
        """The row of each span."""
        return np.repeat(np.arange(len(self.row_offsets) - 1, dtype=np.int32), np.diff(self.row_offsets))

    @classmethod
    def of(cls, start: I32, end: I32, offsets: I32) -> Spans:
        """Build from ranges that are not empty, without labels; `offsets` are those of the tile's rows."""
        rows = np.searchsorted(offsets, start, side="right").astype(np.int32) - np.int32(1)
        return cls(kernel.row_offsets(rows, len(offsets) - 1), start, end, np.empty(len(start), object))

    def where(self, keep: Mask, start: I32, end: I32) -> Spans:
        """Return those spans that are kept, at their new places."""
        offsets = kernel.row_offsets(self.rows[keep], len(self.row_offsets) - 1)
        origin = None if self.origin is None else self.origin[keep]
        return Spans(offsets, start[keep], end[keep], self.label[keep], origin)

    def shifted(self, edits: Edits, *, drop_touched: bool | Mask) -> Spans:
        """Return the spans where the edits have moved them.

        Text put in at a span's edge stays outside of it; an edit that overlaps a span stretches it; a span inside a
        moved unit goes along with it; a span of which nothing is left is dropped.

        Args:
            edits: the edits that were made.
            drop_touched: drop spans in which something was edited, instead of stretching them; all, or some of them.
        """
        growth = (edits.text_end - edits.text_start) - (edits.end - edits.start)
        shift = np.concatenate([[0], np.cumsum(growth, dtype=np.int64)])
        before = np.searchsorted(edits.end, self.start, side="right")  # edits wholly before the span
        before = np.minimum(before, edits.row_offsets[self.rows + 1])  # the next row may begin where the span ends
        after = np.searchsorted(edits.start, self.end, side="left")  # the first edit at or behind its end
        after = np.maximum(before, after)
        start, end = self.start + shift[before], self.end + shift[after]
        if len(edits):
            first, last = np.minimum(before, len(edits) - 1), np.maximum(after, 1) - 1
            cut = (before < after) & (edits.start[first] < self.start)
            start = np.where(cut, edits.start[first] + shift[first], start)
            cut = (before < after) & (edits.end[last] > self.end)
            end = np.where(cut, edits.end[last] + shift[last + 1], end)
        carried, to = self._carried(edits, shift)
        touched = (before < after) & ~carried
        start = np.where(carried, to, start)
        end = np.where(carried, to + (self.end - self.start), end)
        keep = (end > start) | ((self.end == self.start) & ~touched)
        keep &= ~(touched & drop_touched)
        return self.where(keep, start.astype(np.int32), end.astype(np.int32))

    def _carried(self, edits: Edits, shift: np.ndarray[Any, np.dtype[np.int64]]) -> tuple[Any, Any]:
        """Say which spans lie inside a moved unit, and where their starts go."""
        moves = np.flatnonzero(edits.moved)
        if not len(moves):
            return np.zeros(len(self.start), bool), self.start
        moves = moves[np.argsort(edits.text_start[moves], kind="stable")]
        near = np.maximum(np.searchsorted(edits.text_start[moves], self.start, side="right") - 1, 0)
        move = moves[near]
        inside = (edits.text_start[move] <= self.start) & (self.end <= edits.text_end[move])
        inside &= edits.rows[move] == self.rows
        return inside, edits.start[move] + shift[move] + (self.start - edits.text_start[move])
