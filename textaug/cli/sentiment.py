"""textaug sentiment: mine the sentiment words of a corpus, for masking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from textaug.cli.options import text_options
from textaug.errors import UsageError

_SEEDS = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("sentiment")
@text_options
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="The words' file: .arrow.")
@click.option("--positive", type=_SEEDS, help="A file of words that are good, one a line.  [default: our own]")
@click.option("--negative", type=_SEEDS, help="A file of words that are bad.  [default: our own]")
@click.option(
    "--min-count", default=10, show_default=True, type=click.IntRange(min=1), help="Met in so many sentences at least."
)
@click.option("--size", type=click.IntRange(min=1), help="The strongest only.  [default: all that are sure]")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(
    inputs: tuple[str, ...], column: str, form: str | None, on_invalid: Any, output: Path, force: bool, **given: Any
) -> None:
    """Mine the sentiment words of a corpus: those in the company of good words, or of bad ones (PMI).

    \b
    textaug sentiment reviews.parquet -o words.arrow
    >>> annotate(tokenizer, sentiment="words.arrow")
    """
    from textaug.masking.annotate import mine_sentiment
    from textaug.masking.annotate.listed import listed
    from textaug.pipeline.corpus import texts, write_table
    from textaug.pipeline.inputs import find

    if output.exists() and not force:
        raise UsageError(f"'{output}' exists; replace it with --force, or choose another name")
    for side in ("positive", "negative"):
        path = given.pop(side)
        if path is not None:
            given[side] = listed(path, f"{side} seeds").entries
    table = mine_sentiment(texts(find(inputs, form), column, on_invalid), **given)
    write_table(table, output)
    good = sum(score > 0 for score in table.column("score").to_pylist())
    click.echo(f"{output}: {good:,} positive and {len(table) - good:,} negative words", err=True)
