"""CSV and TSV out: every text quoted, nulls as nothing, lists as JSON; formulas disarmed on request."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from textaug.errors import UsageError
from textaug.pipeline.job import Task

DELIMITERS = {"csv": ",", "tsv": "\t"}
FORMULA = r"^[=+\-@\t\r]"  # what a spreadsheet would run (OWASP, "CSV injection")


class CsvWriter:
    """One CSV file."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema, job: Task, head: bool) -> None:
        self._stream, self._safe = stream, job.csv_safe
        self._options = pacsv.WriteOptions(include_header=False, delimiter=DELIMITERS[job.output])
        if head:
            names = [name.replace('"', '""') for name in schema.names]
            stream.write((DELIMITERS[job.output].join(f'"{name}"' for name in names) + "\n").encode())

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows."""
        columns = [_cells(column, name) for name, column in zip(batch.schema.names, batch.columns, strict=True)]
        if self._safe:
            columns = [_disarmed(column) if _is_text(column.type) else column for column in columns]
        plain = pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
        sink = pa.BufferOutputStream()
        pacsv.write_csv(plain, sink, self._options)
        self._stream.write(sink.getvalue())

    def close(self) -> None:
        """There is nothing behind the last row."""

    def abandon(self) -> None:
        """Nothing is held back."""


def _cells(column: pa.Array, name: str) -> pa.Array:
    """Return a column as CSV can hold it."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _cells(column.cast(kind.value_type), name)
    if pa.types.is_string_view(kind):
        return column.cast(pa.large_string())
    if pa.types.is_nested(kind):
        rows = column.to_pylist()
        return pa.array([None if row is None else msgspec.json.encode(row).decode() for row in rows], pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise UsageError(f"column '{name}' holds bytes, which CSV cannot; write Parquet or Arrow instead")
    return column


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _disarmed(column: pa.Array) -> pa.Array:
    """Put an apostrophe before cells that a spreadsheet would take for a formula."""
    risky = pc.match_substring_regex(column, FORMULA)
    return pc.if_else(
        risky,
        pc.binary_join_element_wise(pa.scalar("'", column.type), column, pa.scalar("", column.type)),
        column,
    )


def open_writer(stream: BinaryIO, schema: pa.Schema, job: Task, *, head: bool = True) -> CsvWriter:
    """Begin a CSV file, with the names of its columns or, further on, without."""
    return CsvWriter(stream, schema, job, head)


def join(parts: Sequence[Path], stream: BinaryIO, job: Task) -> None:
    """Put the parts behind each other; only the first has a header."""
    for part in parts:
        with open(part, "rb") as source:
            shutil.copyfileobj(source, stream, 1 << 20)
