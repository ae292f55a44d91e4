"""textaug gazetteer: the names in a data set, by type, for EntitySwap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from textaug.cli.options import file_options, job_options
from textaug.errors import UsageError


@click.command("gazetteer")
@file_options
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="The gazetteer's file: .json.")
@click.option("--force", is_flag=True, help="Replace a gazetteer that is there.")
def command(output: Path, force: bool, **given: Any) -> None:
    """Gather the names that are annotated in files, by label.

    \b
    textaug gazetteer train.parquet --spans entities -o entities.json
    textaug augment train.parquet --spans entities -o more.parquet -t "EntitySwap(rate=0.5, gazetteer='entities.json')"
    """
    from textaug.pipeline import inputs
    from textaug.pipeline.commit import whole_file
    from textaug.pipeline.gather import gather
    from textaug.pipeline.job import Job
    from textaug.transform import Transform

    if given["spans"] is None and given["tags"] is None:
        raise UsageError("nothing is annotated; name a column with --spans, or columns with --tokens and --tags")
    if output.exists() and not force:
        raise UsageError(f"'{output}' exists; replace it with --force, or choose another name")
    job = Job(transform=Transform(), output="jsonl", **job_options(given))
    found, skipped = gather(job, inputs.find(given["inputs"], given["form"]))
    with whole_file(output) as stream:
        stream.write((json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    told = ", ".join(f"{len(names):,} {label}" for label, names in found.items()) or "no names"
    click.echo(f"{output}: {told}" + (f"; {skipped:,} rows were passed over" if skipped else ""), err=True)
