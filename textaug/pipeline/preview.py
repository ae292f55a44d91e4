"""The first rows of a job, before and after, without an output."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from textaug.engine import Outcome
from textaug.pipeline import columns, plan, sources
from textaug.pipeline.augment import outcomes, rejected
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Job
from textaug.pipeline.slices import Slice
from textaug.pipeline.views import Seen, seen

FIRST_BYTES = 1 << 20  # enough for what anyone looks at


def preview(job: Job, files: Sequence[File], count: int) -> Iterator[dict[str, Any]]:
    """Yield what becomes of the first `count` rows: before, after, edits, applied, effect, rejected, id and copy.

    The job must ask for edits. Raises what the run itself would raise for these rows.
    """
    small = replace(job, slice_bytes=FIRST_BYTES)
    with spooled(tuple(files)) as found:
        left = count
        for file in found:
            reader = sources.open_reader(file, small)
            columns.check(reader.schema, small, file.place)
            for piece in reader.read(plan.whole(file, reader)):
                head = Slice(piece.batch.slice(0, left), piece.rows[:left])
                yield from _pairs(seen(head, file, small), file, small)
                left -= len(piece.rows[:left])
                if left <= 0:
                    return


def _pairs(given: Seen, file: File, job: Job) -> Iterator[dict[str, Any]]:
    made, count = outcomes(given, file, job), len(given.text)
    ids = given.piece.rows.tolist() if job.id_column is None else given.piece.batch.column(job.id_column).to_pylist()
    before, told = given.text.to_pylist(), [_told(one, count) for one in made]
    for row in range(count):
        for copy, (after, edits, applied, effect, left) in enumerate(told, 1):
            yield {
                "id": ids[row],
                "copy": copy,
                "copies": job.copies,
                "before": before[row],
                "after": after[row],
                "edits": [tuple(edit.values()) for edit in edits[row]],
                "applied": applied[row],
                "effect": effect[row],
                "rejected": left[row],
            }


def _told(one: Outcome, count: int) -> list[list[Any]]:
    """Return what a copy is, its edits, by which transforms, what that does to labels, and whether it is rejected."""
    about = (columns.applied_names(one.applied, count), columns.effects(one.applied, count), pa.array(rejected(one)))
    return [[] if array is None else array.to_pylist() for array in (one.text, one.edits, *about)]
