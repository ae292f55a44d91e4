"""Readers, one file a format: each knows its columns, how it can be cut into parts, how to yield slices."""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

import pyarrow as pa

from textaug.pipeline.inputs import File
from textaug.pipeline.job import Job, Part
from textaug.pipeline.slices import Slice

_MODULES = {
    "parquet": "parquet",
    "arrow": "arrow",
    "arrow-stream": "arrow",
    "csv": "csv",
    "tsv": "csv",
    "jsonl": "jsonl",
}
Range = tuple[tuple[int, int], int, int | None]  # (groups, first row, rows) as in Part


class Reader(Protocol):
    """One open input."""

    schema: pa.Schema

    def fingerprint(self) -> str:
        """Return what changes when the file's contents change, without reading all of it."""

    def ranges(self) -> list[Range]:
        """Return how the file can be cut into parts of a size that suits one worker."""

    def read(self, part: Part) -> Iterator[Slice]:
        """Yield the rows of a part, in order."""


def open_reader(file: File, job: Job) -> Reader:
    """Open an input of any format; raise DataError, naming the file, where it cannot be read."""
    module = import_module(f"textaug.pipeline.sources.{_MODULES[file.format]}")
    reader: Reader = module.open_reader(file, job)
    return reader
