"""Arrow IPC in, the file format and the stream format; which of the two it is, the first bytes tell."""

import hashlib
import os
from collections.abc import Iterator

import pyarrow as pa

from textaug.errors import DataError
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Part, Task
from textaug.pipeline.slices import Slice, cut, numbered
from textaug.pipeline.sources import Range

MAGIC = b"ARROW1"
PART_BYTES = 128 << 20
EDGE = 1 << 16


class ArrowReader:
    """One IPC file. A file is cut at its batches; a stream, which has no index, is one part."""

    def __init__(self, file: File, job: Task) -> None:
        self.file, self.job = file, job
        try:
            with open(file.path, "rb") as stream:
                self._indexed = stream.read(len(MAGIC)) == MAGIC
            self.schema: pa.Schema = self._open().schema
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{file.place}: not a readable Arrow file or stream: {error}") from error

    def _open(self, **options: object) -> pa.RecordBatchFileReader | pa.RecordBatchStreamReader:
        settings = pa.ipc.IpcReadOptions(use_threads=False, **options)
        source = pa.OSFile(self.file.path)
        kind = pa.ipc.open_file if self._indexed else pa.ipc.open_stream
        return kind(source, options=settings)

    def fingerprint(self) -> str:
        """Hash both ends, where the schema and the index stand, and the time of the last change."""
        return ends(self.file.path)

    def ranges(self) -> list[Range]:
        """Gather batches until a part has some 128 MB; one column is enough to count their rows."""
        if not self._indexed:
            return [((0, 0), 0, None)]
        try:
            reader = self._open(included_fields=[0] if len(self.schema) else None)
            counts = [reader.get_batch(index).num_rows for index in range(reader.num_record_batches)]
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{self.file.place}: its index is damaged: {error}") from error
        share = os.path.getsize(self.file.path) // max(1, len(counts))
        step = max(1, PART_BYTES // max(1, share))
        starts = range(0, len(counts), step)
        return [
            ((at, min(at + step, len(counts))), sum(counts[:at]), sum(counts[at : at + step])) for at in starts
        ] or [((0, 0), 0, 0)]

    def read(self, part: Part) -> Iterator[Slice]:
        """Read batch after batch; what they hold is validated before anything looks at it."""
        row = part.first_row
        try:
            for batch in self._batches(part):
                yield from cut(numbered(batch, row), self.job.slice_size)
                row += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{self.file.place}: cannot be read after row {row}: {error}") from error

    def _batches(self, part: Part) -> Iterator[pa.RecordBatch]:
        reader = self._open()
        source = (reader.get_batch(index) for index in range(*part.groups)) if self._indexed else reader
        for batch in source:
            _sound(batch)
            yield batch


def _sound(batch: pa.RecordBatch) -> None:
    """Check every offset of a foreign batch, text as bytes: an offset out of bounds would be a crash."""
    for column in batch.columns:
        _bytes_of(column).validate(full=True)


def _bytes_of(column: pa.Array) -> pa.Array:
    """View text as bytes, so that only its structure is judged here, not its UTF-8."""
    if pa.types.is_dictionary(column.type):
        return pa.DictionaryArray.from_arrays(column.indices, _bytes_of(column.dictionary))
    twins = {
        pa.string(): pa.binary(),
        pa.large_string(): pa.large_binary(),
        pa.string_view(): pa.binary_view(),
    }
    twin = twins.get(column.type)
    return column.view(twin) if twin is not None else column


def ends(path: str) -> str:
    """Hash a file's first and last 64 KB with the time of its last change."""
    stat = os.stat(path)
    digest = hashlib.blake2b(str(stat.st_mtime_ns).encode(), digest_size=16)
    with open(path, "rb") as stream:
        digest.update(stream.read(EDGE))
        stream.seek(max(0, stat.st_size - EDGE))
        digest.update(stream.read())
    return digest.hexdigest()


def open_reader(file: File, job: Task) -> ArrowReader:
    """Open an Arrow IPC file or stream."""
    return ArrowReader(file, job)
