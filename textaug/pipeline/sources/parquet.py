"""Parquet in: parts are runs of row groups, rows are numbered from the footer alone."""

import hashlib
import os
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from textaug.errors import DataError
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Part, Task
from textaug.pipeline.slices import Slice, cut, numbered
from textaug.pipeline.sources import Range

PART_BYTES = 128 << 20
MOST_ROWS = 1 << 16  # dictionary pages can hide how long rows really are


class ParquetReader:
    """One Parquet file; page checksums are verified where the writer left them."""

    def __init__(self, file: File, job: Task) -> None:
        self.file, self.job = file, job
        try:
            self._parquet = pq.ParquetFile(
                file.path, pre_buffer=False, buffer_size=1 << 20, page_checksum_verification=True
            )
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{file.place}: not a readable Parquet file: {error}") from error
        self.schema: pa.Schema = self._parquet.schema_arrow

    def fingerprint(self) -> str:
        """Hash the footer, which holds every page's place and every column's statistics."""
        with open(self.file.path, "rb") as stream:
            stream.seek(-8, os.SEEK_END)
            length = int.from_bytes(stream.read(4), "little")
            stream.seek(-8 - length, os.SEEK_END)
            return hashlib.blake2b(stream.read(), digest_size=16).hexdigest()

    def ranges(self) -> list[Range]:
        """Gather row groups until a part has some 128 MB."""
        found: list[Range] = []
        first = row = rows = size = 0
        total = self._parquet.num_row_groups
        for group in range(total):
            about = self._parquet.metadata.row_group(group)
            rows, size = rows + about.num_rows, size + about.total_byte_size
            if size >= PART_BYTES or group == total - 1:
                found.append(((first, group + 1), row, rows))
                first, row, rows, size = group + 1, row + rows, 0, 0
        return found or [((0, 0), 0, 0)]

    def read(self, part: Part) -> Iterator[Slice]:
        """Decode batch after batch; a damaged page is an error, never a row."""
        groups = list(range(*part.groups))
        held = [self._parquet.metadata.row_group(group) for group in groups]
        size, rows = sum(one.total_byte_size for one in held), sum(one.num_rows for one in held)
        most = int(self.job.slice_size * rows / max(size, 1))
        batches = self._parquet.iter_batches(
            batch_size=max(1, min(most, MOST_ROWS)), row_groups=groups, use_threads=False
        )
        row = part.first_row
        try:
            for batch in batches if groups else ():
                yield from cut(numbered(batch, row), self.job.slice_size)
                row += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{self.file.place}: cannot be read after row {row}: {error}") from error


def open_reader(file: File, job: Task) -> ParquetReader:
    """Open a Parquet file."""
    return ParquetReader(file, job)
