"""textaug preview: the first rows, and what a recipe makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from textaug.cli.options import input_options, job_options, recipe, recipe_options


@click.command("preview")
@input_options
@recipe_options
@click.option("--rows", "-k", default=5, show_default=True, type=click.IntRange(min=1), help="How many rows.")
@click.option("--width", type=click.IntRange(min=20), help="The width of the lines.  [default: the terminal's]")
@click.option(
    "--context",
    default=30,
    show_default=True,
    type=click.IntRange(min=0),
    help="Characters beside each change; 0: the whole text.",
)
@click.option("--colour/--no-colour", default=None, help="Colours  [default: on a terminal, unless NO_COLOR is set]")
def command(rows: int, width: int | None, context: int, colour: bool | None, **given: Any) -> None:
    """Show what a recipe makes of the first rows: what goes struck through in red, what comes in green."""
    from textaug.pipeline import inputs
    from textaug.pipeline.job import Job
    from textaug.report.terminal import console

    made = recipe(given["recipe"], given["transforms"], given["modules"])
    files = inputs.find(given["inputs"], given["form"])
    job = Job(transform=made, output="parquet", edits=True, several=len(files) > 1, **job_options(given))
    screen = console(width=width)
    for row in _rows(job, files, rows):
        _print(screen, row, context, screen.is_terminal and not screen.no_color if colour is None else colour)


def _rows(job: Any, files: Any, count: int) -> Iterator[dict[str, Any]]:
    """Yield the first augmented rows, each with its original; read no more than they need."""
    from textaug.pipeline.preview import preview

    return preview(job, files, count)


def _print(screen: Any, row: dict[str, Any], context: int, colour: bool) -> None:
    from rich.text import Text

    from textaug.report.segments import around, segments
    from textaug.report.terminal import QUIET, diff_text

    copy = f" copy {row['copy']}" if row["copies"] > 1 else ""
    what = "rejected by a filter" if row["rejected"] else ", ".join(row["applied"]) or "unchanged"
    effect = "" if row["effect"] == "preserves" else f" · label {row['effect']}"
    screen.print(Text(f"{row['id']}{copy} · {what}{effect}", QUIET if colour else ""))
    if row["before"] is None:
        screen.print(Text("null"))
        return
    parts = segments(row["before"], row["edits"])
    screen.print(diff_text(around(parts, context) if context else parts, colour=colour), "", sep="\n")
