"""Parquet out: zstd, page checksums, row groups cut by content; no dictionary for the text."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from textaug.pipeline.job import Task
from textaug.pipeline.sinks.chunks import Chunk, Chunks
from textaug.pipeline.sinks.parquet_join import concatenate

GROUP_BYTES = 32 << 20
GROUP_ROWS = 1 << 20


class ParquetWriter:
    """One Parquet file. Columns are stored plain, and come back in the types that they had."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema, job: Task) -> None:
        self._schema = pa.schema([one.with_type(plain_type(one.type)) for one in schema])
        self._chunks = Chunks(self._schema)
        self._group: list[Chunk] = []
        coded = [name for name in _leaves(self._schema) if name != job.column]
        self._writer = pq.ParquetWriter(
            stream,
            self._schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=coded,
            write_page_checksum=True,
            store_schema=False,
        )
        kept = {b"ARROW:schema": base64.b64encode(schema.serialize().to_pybytes())}
        self._writer.add_key_value_metadata({**(schema.metadata or {}), **kept})

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows; a row group is written when it is full."""
        for chunk in self._chunks.add(stored(batch, self._schema)):
            self._group.append(chunk)
            size, rows = sum(one.bytes for one in self._group), sum(one.batch.num_rows for one in self._group)
            if size >= GROUP_BYTES or rows >= GROUP_ROWS:
                self._flush()

    def _flush(self) -> None:
        table = pa.Table.from_batches([chunk.batch for chunk in self._group], self._schema)
        self._group = []
        if table.num_rows:
            self._writer.write_table(table, row_group_size=table.num_rows)

    def close(self) -> None:
        """Write the last row group and the footer."""
        self._group += self._chunks.flush()
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Keep the writer from writing its footer when it is collected."""
        self._writer.is_open = False


def plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the type that values are stored in: what a dictionary holds, text without views.

    >>> plain_type(pa.dictionary(pa.int8(), pa.string_view()))
    DataType(string)
    """
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if pa.types.is_string_view(kind):
        return pa.string()
    return pa.binary() if pa.types.is_binary_view(kind) else kind


def stored(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return the batch with its columns in the types that they are stored in."""
    columns = [
        column if column.type == field.type else column.cast(field.type)
        for column, field in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _leaves(schema: pa.Schema) -> list[str]:
    """Name the columns as Parquet does, down to the innermost."""
    probe = pa.BufferOutputStream()
    pq.write_table(schema.empty_table(), probe)
    found = pq.read_metadata(pa.BufferReader(probe.getvalue())).schema
    return [found.column(at).path for at in range(len(found))]


def open_writer(stream: BinaryIO, schema: pa.Schema, job: Task, *, head: bool = True) -> ParquetWriter:
    """Begin a Parquet file."""
    return ParquetWriter(stream, schema, job)


def join(parts: Sequence[Path], stream: BinaryIO, job: Task) -> None:
    """Put the parts' row groups behind each other as they are, under one footer."""
    concatenate(parts, stream)
