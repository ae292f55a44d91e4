"""Foreign text: every batch is checked before a kernel sees it; what is not UTF-8 is treated by policy."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from textaug.errors import DataError
from textaug.pipeline.job import Policy
from textaug.pipeline.slices import Rejected, Slice, taken

BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
REASON = "invalid UTF-8"


def checked(piece: Slice, policy: Policy, place: str) -> Slice:
    """Return the slice with nothing but valid text in its columns.

    `error` raises DataError with the row and the remedy, `replace` puts U+FFFD, `skip` sets the row aside.
    """
    try:
        piece.batch.validate(full=True)
    except pa.ArrowInvalid as error:
        return _treated(piece, policy, place, str(error))
    return piece


def _treated(piece: Slice, policy: Policy, place: str, reason: str) -> Slice:
    batch = piece.batch
    bad = {
        name: _bad_rows(batch.column(name)) for name in batch.schema.names if _is_text(batch.schema.field(name).type)
    }
    bad = {name: rows for name, rows in bad.items() if rows}
    if not bad:  # inside of lists or structs, where no row can be mended
        raise DataError(f"{place}, rows {piece.rows[0]} to {piece.rows[-1]}: {reason}")
    if policy == "error":
        name, rows = next(iter(bad.items()))
        raise DataError(
            f"{place}, row {piece.rows[rows[0]]}, column '{name}': {REASON}; "
            "go on with --on-invalid=replace or --on-invalid=skip"
        )
    if policy == "skip":
        return _without(piece, bad, place)
    for name, rows in bad.items():
        at = batch.schema.get_field_index(name)
        batch = batch.set_column(at, batch.schema.field(at), _replaced(batch.column(at), rows))
    return checked(Slice(batch, piece.rows, piece.rejected), "error", place)


def _without(piece: Slice, bad: dict[str, list[int]], place: str) -> Slice:
    """Set the bad rows aside."""
    keep = np.ones(len(piece.rows), bool)
    rejected = []
    for name, rows in bad.items():
        for row in rows:
            if keep[row]:
                shown = _as_bytes(piece.batch.column(name))[row].as_py()[:200].decode("utf-8", "replace")
                rejected.append(Rejected(place, int(piece.rows[row]), name, REASON, shown))
            keep[row] = False
    rejected.sort(key=lambda one: one.row)
    rows = pa.array(np.flatnonzero(keep))
    columns = [taken(column, rows) for column in piece.batch.columns]
    for at, column in enumerate(columns):  # what no row names any more may still stand in a dictionary
        if pa.types.is_dictionary(column.type) and piece.batch.schema.names[at] in bad:
            columns[at] = _replaced(column, [])
    batch = pa.RecordBatch.from_arrays(columns, schema=piece.batch.schema)
    kept = Slice(batch, piece.rows[keep], (*piece.rejected, *rejected))
    return checked(kept, "error", place)


def _is_text(kind: pa.DataType) -> bool:
    return kind in BYTES or (pa.types.is_dictionary(kind) and kind.value_type in BYTES)


def _as_bytes(column: pa.Array) -> pa.Array:
    """View text as bytes."""
    if pa.types.is_dictionary(column.type):
        return _as_bytes(column.dictionary).take(column.indices)
    return column.view(BYTES[column.type])


def _bad_rows(column: pa.Array) -> list[int]:
    """Find the rows that are not UTF-8, by halving: sound stretches are passed over at memory speed."""
    if pa.types.is_dictionary(column.type):
        bad = pa.array(_bad_rows(column.dictionary), column.type.index_type)
        return np.flatnonzero(np.asarray(pc.is_in(column.indices, value_set=bad).fill_null(False))).tolist()
    found, todo = [], [(0, len(column))]
    while todo:
        start, stop = todo.pop()
        if _sound(column.slice(start, stop - start)):
            continue
        if stop - start == 1:
            found.append(start)
            continue
        middle = (start + stop) // 2
        todo += [(middle, stop), (start, middle)]
    return found


def _sound(column: pa.Array) -> bool:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _replaced(column: pa.Array, rows: list[int]) -> pa.Array:
    """Put U+FFFD for every ill-formed sequence of the bad rows."""
    if pa.types.is_dictionary(column.type):
        values = _replaced(column.dictionary, _bad_rows(column.dictionary))
        return pa.DictionaryArray.from_arrays(column.indices, values, ordered=column.type.ordered)
    texts: list[Any] = _as_bytes(column).to_pylist()
    for row in rows:
        texts[row] = texts[row].decode("utf-8", "replace").encode()
    return pa.array(texts, BYTES[column.type]).view(column.type)
