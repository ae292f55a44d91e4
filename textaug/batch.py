"""Batches: the rows of an Arrow text array as bytes and offsets, cut into tiles that fit a core's cache."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from textaug.edits import Spans

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
U64 = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

TILE_BYTES = 1 << 18  # a tile, its units and its edits together stay in a core's second-level cache
TILE_ROWS = 1 << 14
MAX_BYTES = 0x7FFFFFFF  # positions are int32


@dataclass(frozen=True, slots=True)
class Ranges:
    """Sorted, disjoint byte ranges of a tile that no edit may touch."""

    start: I32
    end: I32

    @classmethod
    def union(cls, start: I32, end: I32) -> Ranges:
        """Merge ranges that overlap; touching ones stay apart, so that text may still be put in between."""
        order = np.argsort(start, kind="stable")
        start, end = start[order], np.maximum.accumulate(end[order]) if len(end) else end
        first = np.ones(len(start), bool)
        first[1:] = start[1:] >= end[:-1]
        last = np.append(first[1:], True) if len(first) else first
        return cls(start[first], end[last])

    def overlap(self, start: I32, end: I32) -> Mask:
        """Say which of the given ranges meet one of these; an empty range (an insertion) only meets one around it."""
        if not len(self.start):
            return np.zeros(len(start), bool)
        near = np.searchsorted(self.end, start, side="right")
        inside = near < len(self.end)
        return inside & (self.start[np.minimum(near, len(self.end) - 1)] < end)

    def inside(self, at: I32) -> Mask:
        """Say which positions lie inside of one of these, not at its edge."""
        if not len(self.start):
            return np.zeros(len(at), bool)
        near = np.minimum(np.searchsorted(self.end, at, side="right"), len(self.end) - 1)
        return (self.start[near] < at) & (at < self.end[near])

    def left_out(self, start: I32, end: I32, row: I32) -> tuple[I32, I32, I32]:
        """Return the pieces (start, end, row) of the given ranges that lie between these."""
        first = np.searchsorted(self.end, start, side="right")
        inside = np.maximum(np.searchsorted(self.start, end, side="left") - first, 0)  # so many cut each of them
        piece = np.arange(np.sum(inside + 1)) - np.repeat(np.cumsum(inside + 1) - inside - 1, inside + 1)
        given = np.repeat(np.arange(len(start)), inside + 1)
        near = first[given] + piece
        begins = np.where(piece == 0, start[given], np.append(self.end, np.int32(0))[near - 1])
        ends = np.where(piece == inside[given], end[given], np.append(self.start, np.int32(0))[near])
        some = begins < ends
        return begins[some], ends[some], row[given][some]


@dataclass(frozen=True, slots=True)
class Batch:
    """A tile: the text of some rows, as a transform sees it.

    Attributes:
        data: uint8, the UTF-8 bytes of all rows.
        offsets: int32, shape (rows + 1,); row r is `data[offsets[r]:offsets[r + 1]]`.
        row_ids: uint64, shape (rows,), the rows' part of the address of every draw.
        active: bool as uint8, shape (rows,), or None for all: the rows that may be touched now.
        guarded: byte ranges that no edit may touch.
        spans: the annotated spans, where they are now; None if none were given.
    """

    data: U8
    offsets: I32
    row_ids: U64
    active: U8 | None = None
    guarded: Ranges | None = None
    spans: Spans | None = None

    def __len__(self) -> int:
        return len(self.row_ids)

    def only(self, rows: Mask) -> Batch:
        """Return the same batch with only these of its active rows active."""
        mask = rows.astype(np.uint8)
        return replace(self, active=mask if self.active is None else self.active & mask)

    def overlaps(self, start: I32, end: I32) -> Mask:
        """Say which of these ranges meet a guarded one."""
        return np.zeros(len(start), bool) if self.guarded is None else self.guarded.overlap(start, end)

    def free(self, start: I32, end: I32) -> Mask | None:
        """Say which of these ranges may be edited; None means all of them."""
        return None if self.guarded is None else ~self.guarded.overlap(start, end)


def flat(array: pa.Array) -> pa.Array:
    """Return a text array as `string` or `large_string`, whatever type of text it is.

    Raises:
        UsageError: the array does not hold text.
    """
    import pyarrow as pa

    kind = array.type
    if pa.types.is_dictionary(kind):
        return flat(array.dictionary).cast(pa.large_string()).take(array.indices)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return array
    if pa.types.is_string_view(kind) or pa.types.is_null(kind):
        return array.cast(pa.large_string())
    raise UsageError(f"{kind} is not text; give a column of strings")


def restored(array: pa.Array, kind: pa.DataType) -> pa.Array:
    """Give a text array the type that it came with.

    Raises:
        DataError: a dictionary's index has too few numbers for all the texts.
    """
    import pyarrow as pa

    if array.type == kind:
        return array
    if pa.types.is_null(kind):
        return pa.nulls(len(array))
    if not pa.types.is_dictionary(kind):
        return array.cast(kind)
    coded = array.dictionary_encode()
    try:
        index = coded.indices.cast(kind.index_type)
    except pa.ArrowInvalid:
        raise DataError(
            f"the result has {len(coded.dictionary)} different texts, too many for an index of "
            f"{kind.index_type}; cast the column to string"
        ) from None
    return pa.DictionaryArray.from_arrays(index, coded.dictionary.cast(kind.value_type), ordered=kind.ordered)


def tiles(array: pa.Array, row_ids: U64) -> Iterator[tuple[int, Batch]]:
    """Yield (first row, batch) for tile after tile of a flat array.

    Raises:
        DataError: one text has more than 2 GiB.
    """
    data, offsets = buffers(array)
    valid = None if array.null_count == 0 else np.asarray(array.is_valid()).astype(np.uint8)
    first, rows = 0, len(array)
    while first < rows:
        last = int(np.searchsorted(offsets, offsets[first] + TILE_BYTES, side="right")) - 1
        last = min(max(last, first + 1), first + TILE_ROWS, rows)
        size = int(offsets[last] - offsets[first])
        if size > MAX_BYTES:
            raise DataError(f"the text in row {first} has {size} bytes; the limit for one text is {MAX_BYTES}")
        yield (
            first,
            Batch(
                data[offsets[first] : offsets[last]],
                (offsets[first : last + 1] - offsets[first]).astype(np.int32),
                row_ids[first:last],
                None if valid is None else valid[first:last],
            ),
        )
        first = last


def buffers(array: pa.Array) -> tuple[U8, npt.NDArray[Any]]:
    """Return a flat array's bytes and its n + 1 offsets into them, without a copy."""
    import pyarrow as pa

    _, offsets, data = array.buffers()
    width = np.int64 if pa.types.is_large_string(array.type) else np.int32
    if offsets is None or len(array) == 0:
        return np.zeros(0, np.uint8), np.zeros(len(array) + 1, width)
    held = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    return held, np.frombuffer(offsets, width)[array.offset : array.offset + len(array) + 1]


class Output:
    """Tiles put behind one another: the result of a run, in one piece of memory that grows."""

    def __init__(self, rows: int, size: int) -> None:
        self._offsets = np.zeros(rows + 1, np.int64)
        self._data = np.empty(size + size // 8 + 64, np.uint8)
        self._rows = self._size = 0

    def append(self, data: U8, offsets: I32) -> None:
        """Add a tile."""
        size, rows = self._size + len(data), self._rows + len(offsets) - 1
        if size > len(self._data):
            grown = np.empty(size + size // 2, np.uint8)
            grown[: self._size] = self._data[: self._size]
            self._data = grown
        self._data[self._size : size] = data
        np.add(offsets[1:], self._size, out=self._offsets[self._rows + 1 : rows + 1], dtype=np.int64)
        self._rows, self._size = rows, size

    def array(self, like: pa.Array) -> pa.Array:
        """Return all of it with the type and the nulls of a flat array.

        Raises:
            DataError: a `string` array would outgrow its 2 GiB.
        """
        import pyarrow as pa

        offsets: npt.NDArray[Any] = self._offsets
        if not pa.types.is_large_string(like.type):
            if self._size > MAX_BYTES:
                raise DataError(
                    f"the result has {self._size} bytes, too many for one array of type string; "
                    "cast the column to large_string or give it in chunks"
                )
            offsets = offsets.astype(np.int32)
        valid = pa.array(np.asarray(like.is_valid())).buffers()[1] if like.null_count else None
        held = [valid, pa.py_buffer(offsets), pa.py_buffer(self._data[: self._size])]
        return pa.Array.from_buffers(like.type, len(like), held, null_count=like.null_count)


def text_size(array: pa.Array) -> int:
    """Return the bytes of a flat array's text."""
    _, offsets = buffers(array)
    return int(offsets[-1] - offsets[0])
