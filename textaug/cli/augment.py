"""textaug augment: files in, augmented files out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from textaug.cli.options import input_options, job_options, recipe, recipe_options
from textaug.cli.running import go, run_options

if TYPE_CHECKING:
    from textaug.pipeline.job import Job
    from textaug.pipeline.target import Target


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
@click.option("--keep-original", is_flag=True, help="Put the original before its copies, as copy 0.")
@click.option(
    "--only-label-preserving", is_flag=True, help="Drop rows whose label may not hold; the summary counts them."
)
@click.option("--edits", is_flag=True, help="Add the column aug_edits: what was put where, and by which transform.")
@click.option("--csv-safe", is_flag=True, help="Put an apostrophe before CSV cells that a spreadsheet would run.")
@run_options
def command(**given: Any) -> int:
    """Augment the text of Parquet, Arrow, CSV or JSONL files.

    INPUT is a file, a glob, a folder, or - for standard input. A row's augmentation depends on the seed and
    on the row alone: on no number of workers, no batch size, no interruption.

    \b
    textaug augment train.parquet -o more.parquet --column text --recipe eda
    textaug augment lake/ -o noisy/ -t "CharNoise(cer=0.05)" --workers 8
    """
    job, files, target = _asked(given)
    return go(job, files, target, given)


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
