"""Arrow IPC out, file and stream."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from textaug.pipeline.job import Task
from textaug.pipeline.sinks.chunks import Chunks


class ArrowWriter:
    """One IPC stream, of batches cut by content."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._chunks = Chunks(schema)
        self._writer = pa.ipc.new_stream(stream, schema)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows."""
        for chunk in self._chunks.add(batch):
            self._writer.write_batch(chunk.batch)

    def close(self) -> None:
        """Write the last batch and the end-of-stream mark."""
        for chunk in self._chunks.flush():
            self._writer.write_batch(chunk.batch)
        self._writer.close()

    def abandon(self) -> None:
        """A stream that is not closed writes nothing more."""


def open_writer(stream: BinaryIO, schema: pa.Schema, job: Task, *, head: bool = True) -> ArrowWriter:
    """Begin a part: always a stream, since only a stream may change its dictionaries on the way."""
    return ArrowWriter(stream, schema)


def join(parts: Sequence[Path], stream: BinaryIO, job: Task) -> None:
    """Write the parts' batches as one stream, or as one file with an index.

    A file has one dictionary a column: those of all batches are gathered first.
    """
    with pa.ipc.open_stream(pa.OSFile(str(parts[0]))) as first:
        schema = first.schema
    coded = any(pa.types.is_dictionary(kind) for kind in schema.types)
    kind = pa.ipc.new_stream if job.output == "arrow-stream" else pa.ipc.new_file
    with kind(stream, schema) as writer:
        if coded and job.output == "arrow":
            tables = [pa.ipc.open_stream(pa.memory_map(str(part))).read_all() for part in parts]
            for batch in pa.concat_tables(tables).unify_dictionaries().to_batches():
                writer.write_batch(batch)
            return
        for part in parts:
            with pa.ipc.open_stream(pa.OSFile(str(part))) as reader:
                for batch in reader:
                    writer.write_batch(batch)
