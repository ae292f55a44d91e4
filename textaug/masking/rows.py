"""Ragged rows of token ids, whatever they come as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError
from textaug.kernels import collate as kernel
from textaug.kernels.reference.draws import I32
from textaug.kernels.reference.masking import I64

Values = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of numbers of unequal lengths, end to end.

    Attributes:
        values: shape (tokens,): int64 or int32 for ids, else what it came as. It may be the caller's own memory and is
            not to be written to.
        offsets: int32, shape (rows + 1,): where each row begins; `offsets[0]` is 0.

    >>> rows = Rows.of([[101, 7, 102], [101, 102]])
    >>> len(rows), rows.lengths.tolist(), rows.lists()
    (2, [3, 2], [[101, 7, 102], [101, 102]])
    """

    values: Values
    offsets: I32

    @classmethod
    def of(cls, data: Any, missing: int | None = None) -> Rows:
        """Make rows of lists, arrays or tensors, of an array or tensor of two dimensions, or of an Arrow list column.

        Args:
            data: the rows.
            missing: what stands for None or null; None: they are refused.

        Raises:
            DataError: a row holds something else than numbers.
        """
        if isinstance(data, Rows):
            return data
        if hasattr(data, "to_numpy") and hasattr(data, "type"):
            return _of_arrow(data, missing)
        if hasattr(data, "detach"):
            data = data.detach().cpu().numpy()
        if isinstance(data, np.ndarray) and data.dtype != object:
            if data.ndim != 2:
                raise DataError(f"an array of ids has {data.ndim} dimensions; give one of two, (rows, tokens)")
            return cls(_contiguous(data), np.arange(len(data) + 1, dtype=np.int32) * np.int32(data.shape[1]))
        return _of_sequences(data, missing)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[Values]:
        for first, last in zip(self.offsets[:-1].tolist(), self.offsets[1:].tolist(), strict=True):
            yield self.values[first:last]

    @property
    def lengths(self) -> I32:
        """How many numbers each row has: int32, shape (rows,)."""
        return np.diff(self.offsets)

    def lists(self) -> list[list[int]]:
        """Return the rows as lists."""
        return [row.tolist() for row in self]

    def check_like(self, other: Rows, name: str, what: str = "input_ids") -> None:
        """Refuse rows that are not as long as another's.

        Raises:
            DataError: they are not.
        """
        if np.array_equal(self.offsets, other.offsets):
            return
        if len(self) != len(other):
            raise DataError(f"'{name}' has {len(self)} rows, and {what} {len(other)}")
        row = int(np.flatnonzero(self.lengths != other.lengths)[0])
        raise DataError(
            f"row {row}: '{name}' has {self.lengths[row]} values, and {what} {other.lengths[row]}; "
            "each token needs one (cut and pad both in the same way)"
        )


def taken(rows: Rows, order: I32 | I64) -> Rows:
    """Return some rows, in another order.

    >>> taken(Rows.of([[1], [2, 3], [4]]), np.array([1, 0])).lists()
    [[2, 3], [1]]
    """
    lengths = rows.lengths[order].astype(np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return Rows(rows.values[ragged(rows.offsets[:-1][order].astype(np.int64), lengths)], offsets)


def ragged(first: I64, size: I64) -> I64:
    """Return the numbers of ranges, end to end.

    >>> ragged(np.array([5, 1]), np.array([2, 3])).tolist()
    [5, 6, 1, 2, 3]
    """
    total = np.cumsum(size)
    return np.asarray(np.arange(total[-1] if len(total) else 0) + np.repeat(first - (total - size), size), np.int64)


def _of_arrow(column: Any, missing: int | None) -> Rows:
    """Read a list column where it lies."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # it still is one where it is empty, or too large for one piece
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    kind = column.type
    if not (pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)):
        raise DataError(f"a column of token ids is a list of integers for each row, not {kind}")
    if column.null_count or pa.types.is_fixed_size_list(kind):
        column = column.cast(pa.large_list(kind.value_type)).fill_null([])
    bounds = column.offsets.to_numpy()
    values = column.values.slice(bounds[0], bounds[-1] - bounds[0])
    if values.null_count and missing is not None:
        values = values.fill_null(missing)
    if values.null_count:
        raise DataError("a list of token ids holds null; fill it, or drop the row")
    return Rows(_contiguous(values.to_numpy(zero_copy_only=False)), (bounds - bounds[0]).astype(np.int32))


def _of_sequences(data: Sequence[Any], missing: int | None) -> Rows:
    if not isinstance(data, list):
        data = list(data)
    if data and (isinstance(data[0], np.ndarray) or hasattr(data[0], "detach")):
        parts = [one.detach().cpu().numpy() if hasattr(one, "detach") else np.asarray(one) for one in data]
        bad = next((k for k, one in enumerate(parts) if one.ndim != 1), None)
        if bad is not None:
            raise DataError(f"row {bad} of the ids has {parts[bad].ndim} dimensions; give one row of tokens each")
        offsets = np.cumsum([0, *map(len, parts)], dtype=np.int32)
        return Rows(_contiguous(np.concatenate(parts)), offsets)
    if _floats(data):
        offsets = np.cumsum([0, *map(len, data)], dtype=np.int32)
        return Rows(np.array([value for row in data for value in row], np.float32), offsets)
    try:
        return Rows(*kernel.flatten(data))
    except (TypeError, OverflowError) as error:
        if missing is not None and any(value is None for row in data for value in row):
            return _of_sequences([[missing if value is None else value for value in row] for row in data], None)
        raise DataError(f"ids are rows of integers: {error}") from None


def _floats(data: list[Any]) -> bool:
    return isinstance(next((row[0] for row in data if len(row)), None), float | np.floating)


def _contiguous(values: Values) -> Values:
    """Return numbers in one piece, in a width that the kernels read."""
    flat = np.ascontiguousarray(values).reshape(-1)
    if flat.dtype in (np.int32, np.int64) or flat.dtype.kind == "f":
        return flat
    if flat.dtype.kind not in "biu":
        raise DataError(f"ids are integers, not {flat.dtype}")
    return flat.astype(np.int32 if flat.dtype.itemsize < 4 else np.int64)
