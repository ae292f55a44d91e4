"""Writers, one file a format. A writer makes one part; `join` makes one file of several, without recoding."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol

import pyarrow as pa

from textaug.pipeline.job import Task

_MODULES = {
    "parquet": "parquet",
    "arrow": "arrow",
    "arrow-stream": "arrow",
    "csv": "csv",
    "tsv": "csv",
    "jsonl": "jsonl",
}


class Writer(Protocol):
    """One output on its way."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows; where batches begin and end leaves no trace in the file."""

    def close(self) -> None:
        """Finish the file; without this it is not one."""

    def abandon(self) -> None:
        """Touch the stream no more: something went wrong, and the file will be removed."""


@contextmanager
def writing(stream: BinaryIO, schema: pa.Schema, job: Task, *, head: bool = True) -> Iterator[Writer]:
    """Begin an output and finish it; `head=False` leaves out what only the first of several parts has."""
    module = import_module(f"textaug.pipeline.sinks.{_MODULES[job.output]}")
    writer: Writer = module.open_writer(stream, schema, job, head=head)
    try:
        yield writer
        writer.close()
    except BaseException:
        writer.abandon()
        raise


def join(parts: Sequence[Path], stream: BinaryIO, job: Task) -> None:
    """Write the parts as one file, in their order."""
    module = import_module(f"textaug.pipeline.sinks.{_MODULES[job.output]}")
    module.join(parts, stream, job)
