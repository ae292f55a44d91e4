"""Batches as they come, dicts of lists or Arrow tables: their text, and what is added to them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from textaug.batch import I32, flat
from textaug.errors import DataError, UsageError, unknown

if TYPE_CHECKING:
    import pyarrow as pa

Columns = dict[str, npt.NDArray[Any]]


def is_arrow(batch: Any) -> bool:
    """Say whether a batch is a table or a record batch of Arrow.

    Raises:
        UsageError: it is no batch at all.
    """
    import pyarrow as pa

    if isinstance(batch, pa.Table | pa.RecordBatch):
        return True
    if isinstance(batch, Mapping):
        return False
    raise UsageError(
        f"{type(batch).__name__} is no batch; give a dict of lists, as datasets.map(batched=True) does, or a pa.Table"
    )


def column_of(batch: Any, name: str) -> Any:
    """Return a column: an Arrow array of a table, a list of a dict.

    Raises:
        UsageError: there is none of this name.
    """
    names = batch.schema.names if is_arrow(batch) else list(batch)
    if name not in names:
        raise unknown("column", name, names)
    if not is_arrow(batch):
        return batch[name]
    import pyarrow as pa

    held = batch.column(name)
    if not isinstance(held, pa.ChunkedArray):
        return held
    return held.chunk(0) if held.num_chunks == 1 else held.combine_chunks()


def text_of(batch: Any, name: str) -> tuple[pa.Array, list[str | None]]:
    """Return a column of text, for the kernels and for the tokenizer.

    Raises:
        DataError: something in it is no text.
    """
    import pyarrow as pa

    column = column_of(batch, name)
    if isinstance(column, pa.Array):
        held = flat(column)
        return held, held.to_pylist()
    texts = list(column)
    try:
        return pa.array(texts, pa.large_string()), texts
    except (pa.ArrowException, UnicodeEncodeError, TypeError):
        row = next(row for row, text in enumerate(texts) if not _is_text(text))
        raise DataError(f"row {row} of column '{name}': {texts[row]!r:.80} is no text; make it a str or None") from None


def _is_text(text: Any) -> bool:
    """Say whether Arrow takes it: lone surrogates have no UTF-8."""
    if text is None:
        return True
    try:
        return isinstance(text, str) and text.encode() is not None
    except UnicodeEncodeError:
        return False


def added(batch: Any, offsets: I32, columns: Columns) -> Any:
    """Return what a batch becomes: a table with further columns, or for a dict the further columns alone.

    Args:
        batch: as it came.
        offsets: int32, shape (rows + 1,): where each row begins in the columns.
        columns: their values; a column that the batch has already is replaced.
    """
    if not is_arrow(batch):
        bounds = list(pairwise(offsets.tolist()))
        return {name: [values[a:b] for a, b in bounds] for name, values in columns.items()}
    import pyarrow as pa

    ends = pa.array(offsets)
    lists = {name: pa.ListArray.from_arrays(ends, pa.array(values)) for name, values in columns.items()}
    held = dict(zip(batch.schema.names, batch.columns, strict=True)) | lists
    fields = [batch.schema.field(name) if name not in lists else pa.field(name, one.type) for name, one in held.items()]
    return type(batch).from_arrays(list(held.values()), schema=pa.schema(fields, batch.schema.metadata))
