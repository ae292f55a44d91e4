"""What a run would do, told from its plan and from its first slice."""

import io
from collections.abc import Sequence
from typing import Any

from textaug.pipeline import plan, sinks, sources
from textaug.pipeline.augment import augmented
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Job, Part
from textaug.pipeline.run import Options, check
from textaug.pipeline.slices import Slice
from textaug.pipeline.target import Target
from textaug.pipeline.validate import checked


def estimate(job: Job, files: Sequence[File], target: Target, options: Options) -> dict[str, Any]:
    """Return how many rows will be read and written, and about how many bytes; nothing is written.

    Raises what the run itself would raise before its first row, and for its first slice.
    """
    check(job, files, target, options)
    with spooled(tuple(files)) as found:
        planned = plan.make(job, found, target)
        first, whole = _first(planned.parts, planned.job)
        rows_in, exact = _rows(planned, first, whole)
        times = job.copies + job.keep_original
        return {
            "files": len(found),
            "parts": len(planned.parts),
            "bytes_in": planned.bytes,
            "rows_in": rows_in,
            "rows_out": rows_in * times,
            "exact": exact,
            "bytes_out": _bytes_out(planned, first, rows_in),
            "output": "standard output" if target.path is None else str(target.path),
            "format": target.format,
        }


def _first(parts: Sequence[Part], job: Job) -> tuple[tuple[Part, Slice] | None, bool]:
    """Return the first slice, and whether it is all that there is."""
    for part in parts:
        pieces = sources.open_reader(part.file, job).read(part)
        for piece in pieces:
            only = len(parts) == 1 and next(pieces, None) is None
            return (part, checked(piece, job.on_invalid, part.file.place)), only
    return None, True


def _rows(planned: plan.Plan, first: tuple[Part, Slice] | None, whole: bool) -> tuple[int, bool]:
    if planned.rows is not None:
        return planned.rows, True
    if first is None:
        return 0, True
    _, piece = first
    seen = piece.batch.num_rows + len(piece.rejected)
    return (seen, True) if whole else (round(seen * planned.bytes / max(1, piece.batch.nbytes)), False)


def _bytes_out(planned: plan.Plan, first: tuple[Part, Slice] | None, rows: int) -> int:
    """Write the first slice into memory, and extrapolate."""
    if first is None or not first[1].batch.num_rows:
        return 0
    (part, piece), stream = first, io.BytesIO()
    with sinks.writing(stream, planned.schema, planned.job) as writer:
        writer.write(augmented(piece, part.file, planned.job)[0])
    rate = len(stream.getvalue()) / int(piece.batch.num_rows)
    return round(rate * rows)
