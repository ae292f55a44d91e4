"""textaug phrases: learn the phrases of a corpus, for masking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from textaug.cli.options import text_options
from textaug.errors import UsageError


@click.command("phrases")
@text_options
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="The phrases' file: .arrow.")
@click.option("--min-count", default=10, show_default=True, type=click.IntRange(min=1), help="Met so often at least.")
@click.option(
    "--size", type=click.IntRange(min=1), help="So many phrases at most.  [default: half of what is met often enough]"
)
@click.option("--longest", default=5, show_default=True, type=click.IntRange(min=2), help="Of so many words at most.")
@click.option(
    "--limit", default=1 << 24, show_default=True, type=click.IntRange(min=1000),
    help="Count so many words and n-grams at once, 20 bytes each; of more, the rarest are left out.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(
    inputs: tuple[str, ...], column: str, form: str | None, on_invalid: Any, output: Path, force: bool, **given: int
) -> None:
    """Learn the phrases of a corpus: words that come together more often than by chance (PMI).

    \b
    textaug phrases corpus.parquet -o phrases.arrow
    >>> annotate(tokenizer, phrases="phrases.arrow")
    """
    from textaug.masking.annotate import learn_phrases
    from textaug.masking.annotate.tables import about
    from textaug.pipeline.corpus import texts, write_table
    from textaug.pipeline.inputs import find

    if output.exists() and not force:
        raise UsageError(f"'{output}' exists; replace it with --force, or choose another name")
    table = learn_phrases(texts(find(inputs, form), column, on_invalid), **given)
    write_table(table, output)
    told = about(table)
    low = f"; counts may be too low by {told['missed']:,}, see --limit" if told["missed"] else ""
    click.echo(f"{output}: {len(table):,} phrases from {told['words']:,} words{low}", err=True)
