"""Cut a stream of batches anew, by what the rows hold: so that files do not tell how the work was cut."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from textaug.pipeline.slices import batch_row_bytes

CHUNK_BYTES = 4 << 20
CHUNK_ROWS = 1 << 17


class Chunk(NamedTuple):
    """Some rows, and their bytes as `row_bytes` estimates them."""

    batch: pa.RecordBatch
    bytes: int


class Chunks:
    """Turns batches of any size into chunks that end with the row that fills 4 MB (or 131,072 rows)."""

    def __init__(self, schema: pa.Schema) -> None:
        self.schema = schema
        self._held: list[pa.RecordBatch] = []
        self._bytes = self._rows = 0

    def add(self, batch: pa.RecordBatch) -> Iterator[Chunk]:
        """Take a batch; yield the chunks that it fills."""
        ends = np.cumsum(batch_row_bytes(batch))
        start = 0
        while start < batch.num_rows:
            before = ends[start - 1] if start else 0
            stop = int(np.searchsorted(ends, before + CHUNK_BYTES - self._bytes)) + 1
            stop = min(stop, start + CHUNK_ROWS - self._rows, batch.num_rows)
            self._held.append(batch.slice(start, stop - start))
            self._bytes += int(ends[stop - 1] - before)
            self._rows += stop - start
            start = stop
            if self._bytes >= CHUNK_BYTES or self._rows >= CHUNK_ROWS:
                yield from self.flush()

    def flush(self) -> Iterator[Chunk]:
        """Yield what is left."""
        if self._held:
            whole = self._held[0] if len(self._held) == 1 else joined(self._held)
            yield Chunk(whole, self._bytes)
        self._held, self._bytes, self._rows = [], 0, 0


def joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    """Return the rows of several batches as one."""
    columns = [pa.concat_arrays(columns) for columns in zip(*(one.columns for one in batches), strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=batches[0].schema)
