"""Spans and edits as Arrow columns: what users see, in code points of a row; what kernels see, in bytes of a tile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from textaug.batch import I32, Batch
from textaug.edits import Edits, Spans
from textaug.errors import DataError, UsageError
from textaug.units import to_bytes, to_code_points

if TYPE_CHECKING:
    import pyarrow as pa


def read_spans(column: pa.Array, batch: Batch, first_row: int = 0) -> Spans:
    """Read list<struct<start, end, label>> in code points as byte spans of a batch; null lists are empty.

    Raises:
        UsageError: the column has another type.
        DataError: a span lies outside of its text.
    """
    import pyarrow as pa

    kind = column.type
    if (
        not (pa.types.is_list(kind) or pa.types.is_large_list(kind))
        or not pa.types.is_struct(kind.value_type)
        or {"start", "end", "label"} - {field.name for field in kind.value_type}
    ):
        raise UsageError(f"spans are {kind}; give list<struct<start, end, label>>, in code points")
    counts = np.asarray(column.value_lengths().fill_null(0), dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    rows = np.repeat(np.arange(len(batch), dtype=np.int32), counts)
    held = column.flatten()
    start, end = (np.asarray(held.field(name), dtype=np.int64) for name in ("start", "end"))
    lengths = to_code_points(batch.data, batch.offsets, batch.offsets[1:], np.arange(len(batch), dtype=np.int32))
    bad = np.flatnonzero((start < 0) | (end < start) | (end > lengths[rows]))
    if len(bad):
        row, k = first_row + int(rows[bad[0]]), bad[0]
        raise DataError(
            f"row {row}: the span ({start[k]}, {end[k]}) lies outside of its text of {lengths[rows[k]]} characters"
        )
    begin, stop = (to_bytes(batch.data, batch.offsets, side.astype(np.int32), rows) for side in (start, end))
    return Spans(offsets, begin, stop, np.array(held.field("label").to_pylist(), object))


def spans_column(spans: Spans, batch: Batch) -> pa.Array:
    """Write byte spans of a batch as list<struct<start, end, label>> in code points."""
    import pyarrow as pa

    start, end = (to_code_points(batch.data, batch.offsets, side, spans.rows) for side in (spans.start, spans.end))
    fields = {"start": pa.array(start), "end": pa.array(end), "label": pa.array(spans.label, pa.string())}
    return _lists(spans.row_offsets, fields)


def edits_column(edits: Edits, batch: Batch, nodes: list[str]) -> pa.Array:
    """Write the edits of a batch as list<struct<start, end, text, by>> in code points of the batch's own text.

    Args:
        edits: what was done to the batch.
        batch: the batch before it was edited.
        nodes: the names that `edits.by` counts.
    """
    import pyarrow as pa

    start, end = (to_code_points(batch.data, batch.offsets, side, edits.rows) for side in (edits.start, edits.end))
    text, offsets = edits.replacements(batch.data)
    put_in = pa.StringArray.from_buffers(len(edits), pa.py_buffer(offsets), pa.py_buffer(text))
    by = pa.array(nodes, pa.string()).take(pa.array(edits.by)) if len(edits) else pa.array([], pa.string())
    return _lists(edits.row_offsets, {"start": pa.array(start), "end": pa.array(end), "text": put_in, "by": by})


def _lists(row_offsets: I32, fields: dict[str, Any]) -> pa.Array:
    import pyarrow as pa

    return pa.ListArray.from_arrays(
        pa.array(row_offsets), pa.StructArray.from_arrays(list(fields.values()), list(fields))
    )
