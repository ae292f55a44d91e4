"""What commands share that write files: options of a run, its progress, what is told of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from textaug.pipeline.job import Task
    from textaug.pipeline.run import Options, Summary
    from textaug.pipeline.target import Target

SET_ASIDE = 3
F = TypeVar("F", bound=Callable[..., Any])

_RUN = [
    click.option("--to", "to", metavar="FORMAT", help="The output's format, where its name does not tell it."),
    click.option(
        "--workers", "-w", default=1, show_default=True, type=click.IntRange(min=1), help="Parts worked on at once.",
    ),
    click.option("--resume", is_flag=True, help="Go on with a run that was ended."),
    click.option("--force", is_flag=True, help="Replace an output that is there."),
    click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing."),
    click.option("--expect-rows", type=click.IntRange(min=0), metavar="N", help="Fail unless so many rows were read."),
    click.option(
        "--rejected", type=click.Path(path_type=Path),
        help="Where rows go that are set aside.  [default: beside the output]",
    ),
    click.option(
        "--json", "as_json", is_flag=True,
        help="Print the summary as JSON: on standard output, unless the data goes there.",
    ),
]  # fmt: skip


def run_options(command: F) -> F:
    """Let a command write files."""
    for option in reversed(_RUN):
        option(command)  # notes itself on the function
    return command


def go(job: Task, files: Any, target: Target, given: dict[str, Any]) -> int:
    """Run a job, or say what it would do; return the exit code."""
    from textaug.pipeline.run import Options

    names = ("workers", "resume", "force", "expect_rows", "rejected")
    options = Options(**{name: given[name] for name in names})
    if given["dry_run"]:
        return _dry_run(job, files, target, options, given["as_json"])
    done = _run(job, files, target, options)
    _tell(done, given["as_json"])
    return SET_ASIDE if done.counts.rows_rejected else 0


def _run(job: Task, files: Any, target: Target, options: Options) -> Summary:
    from textaug.pipeline.run import run
    from textaug.report.terminal import Progress

    shown = Progress()
    try:
        return run(job, files, target, options, lambda counts: shown.add(counts.rows_in, counts.bytes_in))
    finally:
        shown.close()


def _tell(done: Summary, as_json: bool) -> None:
    """Put the summary where it is not taken for data."""
    if as_json:
        click.echo(json.dumps(done.to_dict(), ensure_ascii=False), err=done.output == "-")
        return
    from textaug.report.terminal import console, summary

    console(sys.stderr).print(summary(done.to_dict()))


def _dry_run(job: Task, files: Any, target: Target, options: Options, as_json: bool) -> int:
    from textaug.pipeline.estimate import estimate

    found = estimate(job, files, target, options)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return 0
    about = "" if found["exact"] else "about "
    click.echo(
        f"{found['files']} files, {found['bytes_in'] / 1e6:,.1f} MB, "
        f"{about}{found['rows_in']:,} rows, {found['parts']} parts"
    )
    click.echo(
        f"→ {found['output']}: {about}{found['rows_out']:,} rows, "
        f"about {found['bytes_out'] / 1e6:,.1f} MB of {found['format']}"
    )
    return 0
