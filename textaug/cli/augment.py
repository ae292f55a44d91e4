"""textaug augment: files in, augmented files out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from textaug.cli.options import input_options, job_options, recipe, recipe_options

if TYPE_CHECKING:
    from textaug.pipeline.job import Job
    from textaug.pipeline.run import Options, Summary
    from textaug.pipeline.target import Target

SET_ASIDE = 3


@click.command("augment")
@input_options
@recipe_options
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="OUT",
    help="A file, a folder (a file a part), or - for standard output.",
)
@click.option("--to", "to", metavar="FORMAT", help="The output's format, where its name does not tell it.")
@click.option("--keep-original", is_flag=True, help="Put the original before its copies, as copy 0.")
@click.option(
    "--only-label-preserving", is_flag=True, help="Drop rows whose label may not hold; the summary counts them."
)
@click.option("--edits", is_flag=True, help="Add the column aug_edits: what was put where, and by which transform.")
@click.option(
    "--workers",
    "-w",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    help="Parts worked on at once.",
)
@click.option("--resume", is_flag=True, help="Go on with a run that was ended.")
@click.option("--force", is_flag=True, help="Replace an output that is there.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--expect-rows", type=click.IntRange(min=0), metavar="N", help="Fail unless so many rows were read.")
@click.option(
    "--rejected",
    type=click.Path(path_type=Path),
    help="Where rows go that are set aside.  [default: beside the output]",
)
@click.option("--csv-safe", is_flag=True, help="Put an apostrophe before CSV cells that a spreadsheet would run.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the summary as JSON: on standard output, unless the data goes there.",
)
def command(**given: Any) -> int:
    """Augment the text of Parquet, Arrow, CSV or JSONL files.

    INPUT is a file, a glob, a folder, or - for standard input. A row's augmentation depends on the seed and
    on the row alone: on no number of workers, no batch size, no interruption.

    \b
    textaug augment train.parquet -o more.parquet --column text --recipe eda
    textaug augment lake/ -o noisy/ -t "CharNoise(cer=0.05)" --workers 8
    """
    from textaug.pipeline.run import Options

    job, files, target = _asked(given)
    options = Options(
        workers=given["workers"],
        resume=given["resume"],
        force=given["force"],
        expect_rows=given["expect_rows"],
        rejected=given["rejected"],
    )
    if given["dry_run"]:
        return _dry_run(job, files, target, options, given["as_json"])
    done = _run(job, files, target, options)
    _tell(done, given["as_json"])
    return SET_ASIDE if done.counts.rows_rejected else 0


def _asked(given: dict[str, Any]) -> tuple[Job, Any, Target]:
    from textaug.pipeline import inputs
    from textaug.pipeline.job import Job
    from textaug.pipeline.target import choose

    made = recipe(given["recipe"], given["transforms"], given["modules"])
    files = inputs.find(given["inputs"], given["form"])
    target = choose(given["output"], files, given["to"])
    names = ("keep_original", "edits", "csv_safe", "only_label_preserving")
    job = Job(
        transform=made,
        output=target.format,
        several=len(files) > 1,
        **job_options(given),
        **{name: given[name] for name in names},
    )
    return job, files, target


def _run(job: Job, files: Any, target: Target, options: Options) -> Summary:
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


def _dry_run(job: Job, files: Any, target: Target, options: Options, as_json: bool) -> int:
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
