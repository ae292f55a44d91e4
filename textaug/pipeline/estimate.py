"""What a run would do, told from its plan and from its first slice."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from textaug.pipeline import plan, sinks, sources
from textaug.pipeline.counts import Counts
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Task
from textaug.pipeline.run import Options, check
from textaug.pipeline.target import Target
from textaug.pipeline.work import Made, work_of


def estimate(job: Task, files: Sequence[File], target: Target, options: Options) -> dict[str, Any]:
    """Return how many rows will be read and written, and about how many bytes; nothing is written.

    Raises what the run itself would raise before its first row, and for its first slice.
    """
    check(job, files, target, options)
    with spooled(tuple(files)) as found:
        planned = plan.make(job, found, target)
        first = _first(planned)
        rows_in, exact = _rows(planned, first)
        rows_out, known = _rows_out(planned, first, rows_in)
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

    size: int
    made: list[Made]
    counts: Counts
    whole: bool


def _first(planned: plan.Plan) -> First | None:
    """Return the first slice, if there is any."""
    work = work_of(planned.job)
    for part in planned.parts:
        pieces = sources.open_reader(part.file, planned.job).read(part)
        for piece in pieces:
            made, counts = list(work.run(iter([piece]), part)), Counts()
            for one in made:
                counts.add(one.counts)
            return First(piece.batch.nbytes, made, counts, len(planned.parts) == 1 and next(pieces, None) is None)
    return None


def _rows(planned: plan.Plan, first: First | None) -> tuple[int, bool]:
    if planned.rows is not None:
        return planned.rows, True
    if first is None:
        return 0, True
    read = first.counts.rows_in
    about = round(read * planned.bytes / max(1, first.size))
    return (read, True) if first.whole else (about, False)


def _rows_out(planned: plan.Plan, first: First | None, rows_in: int) -> tuple[int, bool]:
    """Return the rows that will be written; where only the rows tell, about as many of all as of the first slice."""
    each = work_of(planned.job).rows_each
    if each is not None and (first is None or not first.counts.rows_dropped):
        return rows_in * each, True
    if first is None or not first.counts.rows_in:
        return 0, first is None
    return round(rows_in * first.counts.rows_out / first.counts.rows_in), first.whole


def _bytes_out(planned: plan.Plan, first: First | None, rows: int) -> int:
    """Write what the first slice becomes into memory, and extrapolate."""
    if first is None or not first.counts.rows_in:
        return 0
    stream = io.BytesIO()
    with sinks.writing(stream, planned.schema, planned.job) as writer:
        for one in first.made:
            writer.write(one.batch)
    return round(len(stream.getvalue()) / first.counts.rows_in * rows)
