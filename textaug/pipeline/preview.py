"""The first rows of a job, before and after, without an output."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from textaug.pipeline import columns, plan, sources
from textaug.pipeline.augment import augmented
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Job
from textaug.pipeline.slices import Slice
from textaug.pipeline.validate import checked

FIRST_BYTES = 1 << 20  # enough for what anyone looks at


def preview(job: Job, files: Sequence[File], count: int) -> Iterator[dict[str, Any]]:
    """Yield what becomes of the first `count` rows: before, after, edits, applied, effect, id and copy.

    The job must keep originals and edits. Raises what the run itself would raise for these rows.
    """
    small = replace(job, slice_bytes=FIRST_BYTES)
    with spooled(tuple(files)) as found:
        left = count
        for file in found:
            reader = sources.open_reader(file, small)
            columns.check(reader.schema, small, file.place)
            for piece in reader.read(plan.whole(file, reader)):
                head = Slice(piece.batch.slice(0, left), piece.rows[:left])
                head = checked(head, job.on_invalid, file.place)
                yield from _pairs(head, file, small)
                left -= len(piece.rows[:left])
                if left <= 0:
                    return


def _pairs(piece: Slice, file: File, job: Job) -> Iterator[dict[str, Any]]:
    rows = augmented(piece, file, job)[0].to_pylist()
    before = None
    for row in rows:
        if row[columns.COPY] == 0:
            before = row[job.column]
            continue
        yield {
            "id": row[columns.ID],
            "copy": row[columns.COPY],
            "copies": job.copies,
            "before": before,
            "after": row[job.column],
            "edits": [tuple(edit.values()) for edit in row[columns.EDITS]],
            "applied": row[columns.APPLIED],
            "effect": row[columns.EFFECT],
        }
