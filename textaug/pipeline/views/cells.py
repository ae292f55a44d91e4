"""Columns of lists and structs as Python values, whether Arrow holds them or JSON text does; and back."""

from __future__ import annotations

from typing import Any

import msgspec
import pyarrow as pa

from textaug.errors import DataError
from textaug.pipeline.views import Bad


def is_json(kind: pa.DataType) -> bool:
    """Say whether a column of this type holds JSON text: a CSV's cells, and what JSON lines hold of mixed types."""
    if pa.types.is_dictionary(kind):
        return is_json(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def values(batch: pa.RecordBatch, name: str, bad: dict[int, Bad]) -> list[Any]:
    """Return a column's values; a cell that is no JSON is noted as bad."""
    column = batch.column(name)
    held: list[Any] = column.to_pylist()
    if not is_json(column.type):
        return held
    for row, cell in enumerate(held):
        if cell is None:
            continue
        try:
            held[row] = msgspec.json.decode(cell)
        except ValueError as error:
            bad.setdefault(row, Bad(name, f"{cell!r:.80} is no JSON: {error}", cell[:200]))
            held[row] = None
    return held


def renewed(batch: pa.RecordBatch, name: str, rows: dict[int, Any]) -> pa.Array:
    """Return a column with new values in some of its rows; the others are as they were, to the letter of their JSON.

    Raises:
        DataError: the column's type cannot hold them.
    """
    field = batch.schema.field(name)
    if not rows and not is_json(field.type):
        return batch.column(name)
    if is_json(field.type):
        return cells(batch, name, {row: _json(value) for row, value in rows.items()})
    held = batch.column(name).to_pylist()
    for row, value in rows.items():
        held[row] = value
    try:
        return pa.array(held, field.type)
    except (pa.ArrowException, OverflowError) as error:
        raise DataError(f"column '{name}' of {field.type} cannot hold what came out: {error}") from error


def cells(batch: pa.RecordBatch, name: str, rows: dict[int, str | None]) -> pa.Array:
    """Return a column of text with some cells anew; its own type is given back to it when all its rows are together."""
    held = batch.column(name).to_pylist()
    for row, cell in rows.items():
        held[row] = cell
    return pa.array(held, pa.large_string())


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
