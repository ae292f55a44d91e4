"""A corpus at hand: lists of ids, or of sentences of ids, from wherever they lie, as plain arrays, nothing copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError, UsageError, unknown

if TYPE_CHECKING:
    import pyarrow as pa

I64 = npt.NDArray[np.int64]
Ids = npt.NDArray[Any]
Nested = tuple[Ids, tuple[I64, ...]]
"""The ids of a chunk, and for each depth, the outermost first, where its lists begin and end (n + 1)."""

BLOCK = 4096  # rows of an iterable that become one chunk


def read(source: Any, column: str, depth: int) -> Iterator[Nested]:
    """Yield the chunks of a corpus.

    Args:
        source: an Arrow array, chunked array, record batch or table, a `datasets.Dataset`, a dict of columns, or an
            iterable of rows: lists of ids, lists of lists, or dicts that hold one. What is in Arrow stays where it
            lies, on disk too; an iterable is read whole, 4 bytes an id.
        column: the column's name, where there are columns.
        depth: 1 for rows of ids, 2 for rows of sentences of ids.

    Raises:
        UsageError: there is no such column, or it has another type.
        DataError: a row or an id is null, or no integer.

    >>> [(ids.tolist(), offsets[0].tolist()) for ids, offsets in read([[1, 2], [], [3]], "input_ids", 1)]
    [([1, 2, 3], [0, 2, 2, 3])]
    """
    first = 0
    for chunk in _chunks(source, column, depth):
        yield _plain(chunk, depth, column, first)
        first += len(chunk)


def _chunks(source: Any, column: str, depth: int) -> Iterable[pa.Array]:
    import pyarrow as pa

    if hasattr(source, "to_iterable_dataset"):  # a `datasets.Dataset`
        source = source.with_format("arrow")[:]
    if isinstance(source, pa.Table | pa.RecordBatch | Mapping):
        names = list(source) if isinstance(source, Mapping) else source.schema.names
        if column not in names:
            raise unknown("column", column, names)
        source = source[column]
    if isinstance(source, pa.Array):
        return [source]
    if isinstance(source, pa.ChunkedArray):
        return source.chunks  # type: ignore[no-any-return]
    if not isinstance(source, Iterable) or isinstance(source, str | bytes):
        raise UsageError(f"a corpus of type {type(source).__name__}; give an Arrow column, a data set or rows of ids")
    return _blocks(iter(source), column, depth)


def _blocks(rows: Iterator[Any], column: str, depth: int) -> Iterator[pa.Array]:
    import pyarrow as pa

    kind: pa.DataType = pa.int32()
    for _ in range(depth):
        kind = pa.large_list(kind)
    first = 0
    while block := list(islice(rows, BLOCK)):
        if isinstance(block[0], Mapping):
            if column not in block[0]:
                raise unknown("column", column, block[0])
            block = [row[column] for row in block]
        try:
            yield pa.array(block, kind)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise DataError(f"rows {first} to {first + len(block) - 1} of '{column}': {error}; give {kind}") from None
        first += len(block)


def _plain(array: pa.Array, depth: int, column: str, first: int) -> Nested:
    """Return an Arrow array's ids and offsets; they point into the memory that is there."""
    import pyarrow as pa

    given, offsets = array.type, []
    for _ in range(depth):
        kind = array.type
        if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
            if not hasattr(kind, "value_type") or pa.types.is_dictionary(kind):
                raise UsageError(f"column '{column}' is {given}; give {'lists of ' * depth}integers")
            array = array.cast(pa.large_list(kind.value_type))
        if array.null_count:
            raise DataError(f"column '{column}' has a null from row {first} on; fill it with an empty list or drop it")
        offsets.append(np.asarray(array.offsets).astype(np.int64))
        array = array.values
    if pa.types.is_null(array.type) and not len(array):
        array = array.cast(pa.int32())
    if not pa.types.is_integer(array.type):
        raise UsageError(f"column '{column}' is {given}; give {'lists of ' * depth}integers")
    if array.null_count:
        raise DataError(f"column '{column}' has an id that is null from row {first} on; ids are integers")
    return array.to_numpy(zero_copy_only=True), tuple(offsets)
