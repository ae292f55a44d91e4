"""The whole way: inputs → plan → parts → one committed output, from the beginning or from where it ended."""

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textaug.errors import DataError, UsageError
from textaug.pipeline import executors, plan, sinks
from textaug.pipeline.commit import locked, read_json, sweep, whole_file, write_json
from textaug.pipeline.counts import Counts
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Part, Task
from textaug.pipeline.parts import Done, Progress, batches, committed, gather_rejected, write_rejected
from textaug.pipeline.plan import Plan
from textaug.pipeline.slices import Rejected
from textaug.pipeline.target import PLAN, SUCCESS, Target, check_apart, check_free, clear


@dataclass(slots=True)
class Summary:
    """What a run did. Counts include the parts that an interrupted run had done before."""

    output: str
    counts: Counts = field(default_factory=Counts)
    parts: int = 0
    parts_resumed: int = 0
    seconds: float = 0.0
    bytes_out: int = 0
    rejected: str | None = None
    fresh_rows: int = 0
    fresh_bytes: int = 0

    @property
    def peak_memory(self) -> int:
        """The most memory that this process or one of its workers held, in bytes."""
        scale = 1 if sys.platform == "darwin" else 1024
        return scale * max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        counts = self.counts
        return {
            "output": self.output,
            "rows_in": counts.rows_in,
            "rows_out": counts.rows_out,
            "rows_changed": counts.rows_changed,
            "rows_rejected": counts.rows_rejected,
            "rejected": self.rejected,
            "rows_dropped": dict(sorted(counts.rows_dropped.items())),
            "transforms": [
                {
                    "name": name,
                    "asked": asked,
                    "realised": changed / eligible if eligible else None,
                    "eligible": eligible,
                    "changed": changed,
                    "rows": rows,
                    "skipped": dict(sorted(counts.skipped.get(name, {}).items())),
                }
                for name, (asked, eligible, changed, rows) in counts.nodes.items()
            ],
            "parts": self.parts,
            "parts_resumed": self.parts_resumed,
            "seconds": round(self.seconds, 3),
            "rows_per_second": round(self.fresh_rows / self.seconds) if self.seconds else None,
            "megabytes_per_second": round(self.fresh_bytes / 1e6 / self.seconds, 1) if self.seconds else None,
            "bytes_out": self.bytes_out,
            "peak_memory": self.peak_memory,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run goes about its work; none of it changes a byte of the output."""

    workers: int = 1
    resume: bool = False
    force: bool = False
    expect_rows: int | None = None
    rejected: Path | None = None


def run(
    job: Task,
    files: Sequence[File],
    target: Target,
    options: Options = Options(),
    progress: Progress | None = None,
) -> Summary:
    """Do a job: files into an output; return what was done.

    The output is whole or not there. A run that was ended, however roughly, goes on with `options.resume`,
    and its output is that of an undisturbed run. Raises UsageError where nothing has been written, DataError
    where what was written waits to be resumed.
    """
    report = progress or (lambda counts: None)
    check(job, files, target, options)
    began = time.perf_counter()
    with spooled(tuple(files)) as found:
        planned = plan.make(job, found, target)
        go = _stream if target.path is None else _commit
        summary = go(planned, target, options, report)
    summary.seconds = time.perf_counter() - began
    return summary


def check(job: Task, files: Sequence[File], target: Target, options: Options) -> None:
    """Refuse what cannot go well before anything is read or written."""
    if options.workers < 1:
        raise UsageError(f"workers={options.workers}: at least one worker is needed")
    if options.resume and options.force:
        raise UsageError("--resume goes on with a run, --force begins it again; give one of them")
    if target.path is None:
        if options.resume:
            raise UsageError("standard output cannot be resumed; write to a file with -o")
        if job.on_invalid == "skip" and options.rejected is None:
            raise UsageError(
                "rows that are set aside cannot go to standard output; name a file for them with --rejected"
            )
        return
    if files[0].piped and options.resume:
        raise UsageError(f"{files[0].place} cannot be resumed; save it to a file first")
    check_apart(target, files)
    if not options.force and not options.resume:
        check_free(target)


def _stream(planned: Plan, target: Target, options: Options, report: Progress) -> Summary:
    """Write everything to standard output, in order."""
    job, stream = planned.job, sys.stdout.buffer
    total, aside = Counts(), list[Rejected]()

    def count(counts: Counts) -> None:
        total.add(counts)
        report(counts)

    with sinks.writing(stream, planned.schema, job) as writer:
        for part in planned.parts:
            for batch in batches(part, job, aside, count):
                writer.write(batch)
    stream.flush()
    _check_rows(total, options)
    if aside and options.rejected is not None:
        with whole_file(options.rejected) as kept:
            write_rejected(aside, kept)
    return Summary(
        "-",
        total,
        len(planned.parts),
        fresh_rows=total.rows_in,
        fresh_bytes=total.bytes_in,
        rejected=str(options.rejected) if aside else None,
    )


def _commit(planned: Plan, target: Target, options: Options, report: Progress) -> Summary:
    """Write to a file or a folder, part by part, under a lock."""
    with locked(target.work, target.place):
        with _tidy(target, keep=(target.work / PLAN).exists()):
            done = _begin(planned, target, options)
        return _go_on(planned, target, options, report, done)


def _go_on(planned: Plan, target: Target, options: Options, report: Progress, done: dict[int, Done]) -> Summary:
    """Do the parts that are missing, and put the output in its place."""
    with _tidy(target):
        todo = [part for part in planned.parts if part.index not in done]
        made = executors.pick(planned.job, options.workers)(todo, planned.job, target, report)
        summary = _summary(planned, target, list(done.values()), made)
        _check_rows(summary.counts, options)
        summary.rejected = _gather(planned.parts, target, options)
        summary.bytes_out = _finish(planned, target)
    return summary


@contextmanager
def _tidy(target: Target, *, keep: bool = False) -> Iterator[None]:
    """Leave no temporary file, and where no part was finished, no trace at all, unless told to."""
    try:
        yield
    except BaseException:
        if not keep and not any((target.work / "done").glob("*.json")):
            shutil.rmtree(target.work, ignore_errors=True)
        raise
    finally:
        sweep(target.place if target.folder else target.work, target.place, target.rejected)
        if target.folder and target.place.is_dir() and not any(target.place.iterdir()):
            target.place.rmdir()


def _begin(planned: Plan, target: Target, options: Options) -> dict[int, Done]:
    """Write the plan, or compare it with the one that is there; return the parts that are done already."""
    new, old = json.loads(json.dumps(planned.to_dict())), read_json(target.work / PLAN)
    if options.force:
        clear(target)
    elif old is None:
        if target.exists():
            raise UsageError(f"'{target.place}' is there and holds no unfinished run; replace it with --force")
        clear(target)
    elif options.resume:
        _check_same(old, new, target)
    elif any((target.work / "done").glob("*.json")):
        raise UsageError(f"'{target.place}' holds {_state(target)} with --force")
    elif target.exists() and not target.folder:
        raise UsageError(f"'{target.place}': the file exists; replace it with --force, or choose another name")
    write_json(target.work / PLAN, new)
    found = {part.index: committed(part, target) for part in planned.parts}
    return {index: done for index, done in found.items() if done is not None}


def _state(target: Target) -> str:
    if (target.place / SUCCESS).exists():
        return "a finished run; replace it"
    return "an unfinished run; go on with --resume, or begin again"


def _check_same(old: dict[str, Any], new: dict[str, Any], target: Target) -> None:
    found = plan.changes(old, new)
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise UsageError(
            f"'{target.place}' was begun with another plan ({found[0]}{more}); "
            "resume it with what it was begun with, or begin again with --force"
        )


def _summary(planned: Plan, target: Target, before: Sequence[Done], made: Sequence[Done]) -> Summary:
    summary = Summary(str(target.place), parts=len(planned.parts), parts_resumed=len(before))
    for done in sorted([*before, *made], key=lambda one: one.index):
        summary.counts.add(done.counts)
    summary.fresh_rows = sum(one.counts.rows_in for one in made)
    summary.fresh_bytes = sum(one.counts.bytes_in for one in made)
    return summary


def _check_rows(counts: Counts, options: Options) -> None:
    if options.expect_rows is not None and counts.rows_in != options.expect_rows:
        raise DataError(
            f"{counts.rows_in} rows were read where --expect-rows says {options.expect_rows}; the output was "
            "not put in place: is the input whole? (a stream that was cut short tells nothing of it)"
        )


def _gather(parts: Sequence[Part], target: Target, options: Options) -> str | None:
    """Put the rows that were set aside into one file."""
    found = [target.aside(part.index) for part in parts if target.aside(part.index).exists()]
    path = options.rejected or target.rejected
    if not found:
        if options.force:
            path.unlink(missing_ok=True)
        return None
    gather_rejected(found, path)
    return str(path)


def _finish(planned: Plan, target: Target) -> int:
    """Put the output in its place, whole; return its size."""
    paths = [target.part(part.name) for part in planned.parts]
    if target.folder:
        with whole_file(target.place / SUCCESS):
            pass
        return sum(path.stat().st_size for path in paths)
    if len(paths) == 1 and target.format != "arrow":
        os.replace(paths[0], target.place)
    else:
        with whole_file(target.place) as stream:
            sinks.join(paths, stream, planned.job)
    (target.work / PLAN).unlink()  # from here on there is nothing to resume
    shutil.rmtree(target.work)
    return target.place.stat().st_size
