"""Slices: byte-bounded runs of rows, the only thing that is ever held in memory."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

RAW = "__textaug_row__"  # the column that carries a JSON line as it was written


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was set aside, where it stood, and why."""

    file: str
    row: int
    column: str
    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a source, their numbers in it, and those that a reader had to set aside on the way."""

    batch: pa.RecordBatch
    rows: NDArray[np.int64]
    rejected: tuple[Rejected, ...] = ()


def numbered(batch: pa.RecordBatch, first: int) -> Slice:
    """Number the rows of a batch from `first` on."""
    return Slice(batch, np.arange(first, first + batch.num_rows, dtype=np.int64))


def row_bytes(array: pa.Array) -> NDArray[np.int64]:
    """Estimate how many bytes each row takes: a function of its value alone, wherever the array was cut."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return row_bytes(array.indices)
    if _is_text(kind):
        lengths = pc.binary_length(_viewless(array)).fill_null(0)
        return np.asarray(lengths).astype(np.int64) + 4
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_map(kind):
        return np.asarray(pc.list_value_length(array).fill_null(0)).astype(np.int64) * _width(kind.value_type) + 4
    return np.full(len(array), _width(kind), dtype=np.int64)


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_string_view(kind)
        or types.is_binary_view(kind)
    )


def _viewless(array: pa.Array) -> pa.Array:
    """Give views offsets: a view's lengths cannot be asked for."""
    if pa.types.is_string_view(array.type):
        return array.cast(pa.large_string())
    return array.cast(pa.large_binary()) if pa.types.is_binary_view(array.type) else array


def _width(kind: pa.DataType) -> int:
    """Return the bytes of a fixed-width value; a rough figure for the rest."""
    try:
        return max(1, int(kind.bit_width) // 8)
    except ValueError:
        return 64


def batch_row_bytes(batch: pa.RecordBatch) -> NDArray[np.int64]:
    """Estimate how many bytes each row of a batch takes, over all its columns."""
    total = np.zeros(batch.num_rows, dtype=np.int64)
    for column in batch.columns:
        total += row_bytes(column)
    return total


def cut(piece: Slice, limit: int) -> Iterator[Slice]:
    """Cut a slice where it is longer than `limit` bytes; a row is never cut."""
    if piece.batch.nbytes <= 2 * limit or piece.batch.num_rows < 2:
        yield piece
        return
    ends = np.cumsum(batch_row_bytes(piece.batch))
    start, rejected = 0, piece.rejected
    while start < len(ends):
        before = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + limit, side="right")))
        yield Slice(piece.batch.slice(start, stop - start), piece.rows[start:stop], rejected)
        start, rejected = stop, ()


def taken(array: pa.Array, rows: pa.Array) -> pa.Array:
    """Take rows by number from an array of any type: Arrow cannot, where there are views."""
    try:
        return array.take(rows)
    except pa.ArrowNotImplementedError:
        plain = _viewless(array)
        if plain is array:  # views inside of something else
            values = array.to_pylist()
            return pa.array([values[row] for row in rows.to_pylist()], array.type)
        return plain.take(rows).cast(array.type)
