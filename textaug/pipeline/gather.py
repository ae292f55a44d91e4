"""Gather the names that a data set's annotations cover, slice after slice."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from textaug.batch import tiles
from textaug.columns import read_spans, surfaces
from textaug.lexicon.names import Collector, Table
from textaug.pipeline import columns, plan, sources
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Job
from textaug.pipeline.views import seen


def gather(job: Job, files: Sequence[File]) -> tuple[Table, int]:
    """Return what the annotations of files cover, by label, sorted; and how many rows were passed over, by policy.

    It is the same, however the files are cut. Raises what a run itself would raise for these columns and rows.
    """
    held, skipped = Collector(), 0
    with spooled(tuple(files)) as found:
        for file in found:
            reader = sources.open_reader(file, job)
            columns.check(reader.schema, job, file.place)
            for piece in reader.read(plan.whole(file, reader)):
                given = seen(piece, file, job)
                skipped += len(given.piece.rejected)
                if given.spans is not None:
                    _collect(given.text, given.spans, held)
    return held.table(), skipped


def _collect(text: pa.Array, spans: pa.Array, held: Collector) -> None:
    for first, batch in tiles(text, np.zeros(len(text), np.uint64)):
        found = read_spans(spans.slice(first, len(batch)), batch, first)
        for label, name in zip(found.label, surfaces(found, batch).to_pylist(), strict=True):
            held.add(label, name)
