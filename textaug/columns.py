"""Spans and edits as Arrow columns: what users see, in code points of a row; what kernels see, in bytes of a tile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from textaug.annotations.values import span_problem
from textaug.batch import I32, Batch
from textaug.edits import Edits, Spans, gathered
from textaug.errors import DataError, UsageError
from textaug.units import to_bytes, to_code_points

if TYPE_CHECKING:
    import pyarrow as pa

I64 = np.ndarray[Any, np.dtype[np.int64]]


def read_spans(column: pa.Array, batch: Batch, first_row: int = 0) -> Spans:
    """Read list<struct<start, end, label>> in code points as byte spans of a batch; null lists are empty.

    Raises:
        UsageError: the column has another type.
        DataError: a span does not lie in its text, or its field `text`, where it has one, is not what stands there.
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
    start, end = (_positions(held.field(name), rows, first_row) for name in ("start", "end"))
    lengths = to_code_points(batch.data, batch.offsets, batch.offsets[1:], np.arange(len(batch), dtype=np.int32))
    bad = np.flatnonzero((start < 0) | (end < start) | (end > lengths[rows]))
    if len(bad):
        k = bad[0]
        problem = span_problem(int(start[k]), int(end[k]), int(lengths[rows[k]]))
        raise DataError(f"row {first_row + int(rows[k])}: {problem}")
    begin, stop = (to_bytes(batch.data, batch.offsets, side.astype(np.int32), rows) for side in (start, end))
    spans = Spans(
        offsets, begin, stop, np.array(held.field("label").to_pylist(), object), np.arange(len(rows), dtype=np.int32)
    )
    _check_surfaces(held, spans, batch, first_row)
    return spans


def _positions(column: pa.Array, rows: I32, first_row: int) -> I64:
    if column.null_count:
        row = first_row + int(rows[np.flatnonzero(np.asarray(column.is_null()))[0]])
        raise DataError(f"row {row}: a span has no start or no end; give both")
    return np.asarray(column, dtype=np.int64)


def _check_surfaces(held: pa.Array, spans: Spans, batch: Batch, first_row: int) -> None:
    """Refuse spans that say another text than the one on which they lie: their positions count something else."""
    import pyarrow.compute as pc

    if not _has_text(held.type):
        return
    said, found = held.field("text"), surfaces(spans, batch)
    wrong = np.flatnonzero(np.asarray(pc.not_equal(said.cast(found.type), found).fill_null(False)))
    if len(wrong):
        k = wrong[0]
        raise DataError(
            f"row {first_row + int(spans.rows[k])}: a span says {said[k].as_py()!r}, and on {found[k].as_py()!r} it "
            "lies; start and end count code points of the text, from 0"
        )


def _has_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    at = kind.get_field_index("text")
    return bool(at >= 0 and (pa.types.is_string(kind[at].type) or pa.types.is_large_string(kind[at].type)))


def surfaces(spans: Spans, batch: Batch) -> pa.Array:
    """Return the text of each span."""
    import pyarrow as pa

    text, offsets = gathered(batch.data, spans.start, spans.end - spans.start)
    return pa.StringArray.from_buffers(len(spans.start), pa.py_buffer(offsets), pa.py_buffer(text))


def spans_column(spans: Spans, batch: Batch, given: pa.Array | None = None) -> pa.Array:
    """Write byte spans of a batch as list<struct<start, end, label>> in code points.

    Args:
        spans: where they are now.
        batch: the text as it is now.
        given: the column that they were read from: its type is kept, and its further fields come along.
    """
    import pyarrow as pa

    start, end = (to_code_points(batch.data, batch.offsets, side, spans.rows) for side in (spans.start, spans.end))
    if given is None:
        fields = {"start": pa.array(start), "end": pa.array(end), "label": pa.array(spans.label, pa.string())}
        return _lists(spans.row_offsets, fields)
    new = {"start": pa.array(start), "end": pa.array(end)}
    held = given.flatten()
    if _has_text(held.type):
        new["text"] = surfaces(spans, batch)
    origin = pa.array(spans.origin)
    arrays = [
        new[field.name].cast(field.type) if field.name in new else held.field(field.name).take(origin)
        for field in held.type
    ]
    values = pa.StructArray.from_arrays(arrays, fields=list(held.type))
    made = pa.LargeListArray if pa.types.is_large_list(given.type) else pa.ListArray
    nulls = given.is_null() if given.null_count else None
    offsets = pa.array(spans.row_offsets, pa.int64() if made is pa.LargeListArray else pa.int32())
    return made.from_arrays(offsets, values, type=given.type, mask=nulls)


def edits_column(edits: Edits, batch: Batch, nodes: list[str]) -> pa.Array:
    """Write the edits of a batch as list<struct<start, end, text, by, moved_from>> in code points of its own text.

    Args:
        edits: what was done to the batch.
        batch: the batch before it was edited.
        nodes: the names that `edits.by` counts.
    """
    import pyarrow as pa

    rows, still = edits.rows, edits.moved == 0
    source = np.where(still, edits.start, edits.text_start)
    start, end, moved_from = (
        to_code_points(batch.data, batch.offsets, at, rows) for at in (edits.start, edits.end, source)
    )
    text, offsets = edits.replacements(batch.data)
    put_in = pa.StringArray.from_buffers(len(edits), pa.py_buffer(offsets), pa.py_buffer(text))
    by = pa.array(nodes, pa.string()).take(pa.array(edits.by)) if len(edits) else pa.array([], pa.string())
    fields = {"start": pa.array(start), "end": pa.array(end), "text": put_in, "by": by}
    return _lists(edits.row_offsets, fields | {"moved_from": pa.array(moved_from, mask=still)})


def _lists(row_offsets: I32, fields: dict[str, Any]) -> pa.Array:
    import pyarrow as pa

    return pa.ListArray.from_arrays(
        pa.array(row_offsets), pa.StructArray.from_arrays(list(fields.values()), list(fields))
    )
