"""A corpus as a stream of columns of text, slice after slice, whatever its format; and tables that are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from textaug.pipeline import columns, plan, sources
from textaug.pipeline.commit import whole_file
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Job, Policy
from textaug.pipeline.views import seen
from textaug.transform import Transform


def texts(files: Sequence[File], column: str, on_invalid: Policy = "error") -> Iterator[pa.Array]:
    """Yield the text of files; no more than a slice is in memory.

    Raises what a run would raise for this column and these rows.
    """
    job = Job(transform=Transform(), column=column, output="jsonl", on_invalid=on_invalid)
    with spooled(tuple(files)) as found:
        for file in found:
            reader = sources.open_reader(file, job)
            columns.check(reader.schema, job, file.place)
            for piece in reader.read(plan.whole(file, reader)):
                yield seen(piece, file, job).text


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table as an Arrow file, whole or not at all."""
    with whole_file(path) as stream, pa.ipc.new_file(stream, table.schema) as writer:
        writer.write_table(table)
