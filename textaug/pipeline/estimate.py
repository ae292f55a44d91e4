"""What a run would do, told from its plan and from its first slice."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from textaug.pipeline import plan, sinks, sources
from textaug.pipeline.augment import Counts, augmented
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Job
from textaug.pipeline.run import Options, check
from textaug.pipeline.target import Target
from textaug.pipeline.views import Seen, seen


def estimate(job: Job, files: Sequence[File], target: Target, options: Options) -> dict[str, Any]:
    """Return how many rows will be read and written, and about how many bytes; nothing is written.

    Raises what the run itself would raise before its first row, and for its first slice.
    """
    check(job, files, target, options)
    with spooled(tuple(files)) as found:
        planned = plan.make(job, found, target)
        first = _first(planned)
        rows_in, exact = _rows(planned, first)
        rows_out, known = _rows_out(planned.job, first, rows_in)
        return {
            "files": len(found),
            "parts": len(planned.parts),
            "bytes_in": planned.bytes,
            "rows_in": rows_in,
            "rows_out": rows_out,
            "exact": exact and known,
            "bytes_out": _bytes_out(planned, first, rows_in),
            "output": "standard output" if target.path is None else str(target.path),
            "format": target.format,
        }


class First(NamedTuple):
    """The first slice, what becomes of it, and whether it is all that there is."""

    given: Seen
    made: pa.RecordBatch
    counts: Counts
    whole: bool


def _first(planned: plan.Plan) -> First | None:
    """Return the first slice, if there is any."""
    for part in planned.parts:
        pieces = sources.open_reader(part.file, planned.job).read(part)
        for piece in pieces:
            given = seen(piece, part.file, planned.job)
            made, counts = augmented(given, part.file, planned.job)
            return First(given, made, counts, len(planned.parts) == 1 and next(pieces, None) is None)
    return None


def _rows(planned: plan.Plan, first: First | None) -> tuple[int, bool]:
    if planned.rows is not None:
        return planned.rows, True
    if first is None:
        return 0, True
    read = first.counts.rows_in
    about = round(read * planned.bytes / max(1, first.given.piece.batch.nbytes))
    return (read, True) if first.whole else (about, False)


def _rows_out(job: Job, first: First | None, rows_in: int) -> tuple[int, bool]:
    """Return the rows that will be written; where some are dropped, about as many of all as of the first slice."""
    if first is None or not first.counts.rows_dropped:
        return rows_in * (job.copies + job.keep_original), True
    return round(rows_in * first.counts.rows_out / first.counts.rows_in), first.whole


def _bytes_out(planned: plan.Plan, first: First | None, rows: int) -> int:
    """Write what the first slice becomes into memory, and extrapolate."""
    if first is None or not first.given.piece.batch.num_rows:
        return 0
    stream = io.BytesIO()
    with sinks.writing(stream, planned.schema, planned.job) as writer:
        writer.write(first.made)
    rate = len(stream.getvalue()) / int(first.given.piece.batch.num_rows)
    return round(rate * rows)
