"""JSON lines out. A row that came as JSON keeps its spelling; the text is put in, the rest comes behind."""

from typing import Any, BinaryIO

import msgspec
import pyarrow as pa

from textaug.errors import DataError
from textaug.pipeline.columns import OUTPUT_COLUMNS
from textaug.pipeline.job import Task
from textaug.pipeline.sinks.csv import join
from textaug.pipeline.slices import RAW
from textaug.pipeline.sources.json_types import JSON

ROWS = 4096
__all__ = ["JsonlWriter", "join", "open_writer"]


class JsonlWriter:
    """One file of JSON lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows."""
        coded = [field.name for field in batch.schema if field.metadata == JSON]
        for start in range(0, batch.num_rows, ROWS):
            rows = [self._row(row, coded) for row in batch.slice(start, ROWS).to_pylist()]
            self._stream.write(self._encoder.encode_lines(rows))

    def _row(self, row: dict[str, Any], coded: list[str]) -> dict[str, Any]:
        for name in coded:
            if row[name] is not None:
                row[name] = msgspec.Raw(row[name].encode())
        raw = row.pop(RAW, None)
        if raw is None:
            return row
        given = self._decoder.decode(raw)
        for name in OUTPUT_COLUMNS:
            if name in row and name in given:
                raise DataError(f"a row has a '{name}' already, which textaug writes: {raw[:200].decode()}")
        return given | {name: value for name, value in row.items() if value is not None}

    def close(self) -> None:
        """There is nothing behind the last row."""

    def abandon(self) -> None:
        """Nothing is held back."""


def open_writer(stream: BinaryIO, schema: pa.Schema, job: Task, *, head: bool = True) -> JsonlWriter:
    """Begin a file of JSON lines."""
    return JsonlWriter(stream)
