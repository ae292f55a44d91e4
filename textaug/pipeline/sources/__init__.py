"""Readers, one file a format: each knows its columns, how it can be cut into parts, how to yield slices."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

import pyarrow as pa

from textaug.pipeline.formats import TEXTUAL
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Part, Task
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


class BlankReader:
    """A file of text with nothing in it, not even names of columns: no rows of the columns that are asked for."""

    def __init__(self, file: File, job: Task) -> None:
        self._file = file
        names = dict.fromkeys(filter(None, (job.column, job.id_column, *job.annotated)))
        self.schema = pa.schema([(name, pa.string()) for name in names])

    def fingerprint(self) -> str:
        """Return what it holds, which is nothing, with the time of the last change."""
        from textaug.pipeline.sources.arrow import ends

        return ends(self._file.path)

    def ranges(self) -> list[Range]:
        """Return the whole file as one part."""
        return [((0, 0), 0, 0)]

    def read(self, part: Part) -> Iterator[Slice]:
        """Yield nothing."""
        return iter(())


def is_blank(file: File) -> bool:
    """Say whether a file of text holds nothing but blanks."""
    if file.format not in TEXTUAL:
        return False
    try:
        with pa.input_stream(file.path, buffer_size=1 << 16) as stream:
            while block := stream.read(1 << 16):
                if block.removeprefix(BOM_UTF8).strip():
                    return False
    except (pa.ArrowException, OSError):
        return False  # its reader says what is wrong with it
    return True


def open_reader(file: File, job: Task) -> Reader:
    """Open an input of any format; raise DataError, naming the file, where it cannot be read."""
    if is_blank(file):
        return BlankReader(file, job)
    module = import_module(f"textaug.pipeline.sources.{_MODULES[file.format]}")
    reader: Reader = module.open_reader(file, job)
    return reader
