"""textaug explain: one transform or recipe, with an example made by running it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from textaug.errors import UsageError, unknown

if TYPE_CHECKING:
    from textaug.transform import Transform

EXAMPLES = (
    "The quick brown fox happily jumped over a lazy dog.",
    "This was an interesting film, and I would gladly see it again.",
    "Critics receive an early preview and include the painful details.",
    "She does not believe it's possible. Dr. Smith paid $3.50 in Paris, although I told him to wait.",
    "她说这部电影非常好看，我们明天再去看一次。",
    "他没去过北京。我用iPhone拍了35张照片，头发很干净！",
)
SHOWN = 3
TRIES = 20  # seeds, of which the first that changes most of the examples is shown


@click.command("explain")
@click.argument("name")
@click.option("--seed", default=0, show_default=True, help="Another seed shows another example.")
def command(name: str, seed: int) -> None:
    """Explain a transform or a ready recipe: what it does, its parameters, an example."""
    from textaug.compose import READY
    from textaug.report import docs
    from textaug.transform import registry

    known = registry()
    if name in READY:
        _print_head(name, docs.prose(READY[name]))
        _print_steps(READY[name]())
        _print_example(READY[name](), seed)
    elif name in known:
        _print_head(name, docs.prose(known[name]), docs.stated_effect(known[name]))
        _print_parameters(docs.parameters(known[name]))
        try:
            _print_example(_example(known[name]), seed)
        except UsageError as error:  # it needs a model or a program that is not there
            click.echo(f"No example: {error}")
    else:
        raise unknown("transform or recipe", name, [*known, *READY])


def _example(cls: type[Transform]) -> Transform:
    """Build a transform that changes enough to be seen; one that is made of others gets some."""
    import dataclasses

    from textaug.recipe import parse

    fields = {field.name for field in dataclasses.fields(cls)}
    if "steps" in fields:
        return parse(f"{cls.__name__}([WordSwap(rate=0.3), CharSwap(rate=0.1)])")
    return cls(rate=0.3) if "rate" in fields else cls()  # type: ignore[call-arg]


def _print_head(name: str, prose: str, effect: str = "") -> None:
    from rich.text import Text

    from textaug.report.terminal import console

    title = Text.assemble((name, "bold"), f"  (label: {effect})" if effect else "")
    console().print(title, "", Text(prose), "", sep="\n")


def _print_parameters(rows: list[tuple[str, str, str, str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from textaug.report.terminal import QUIET, console

    table = Table(box=None, pad_edge=False, header_style=QUIET)
    for head in ("parameter", "type", "default", "meaning"):
        table.add_column(head)
    for row in rows:
        table.add_row(*map(Text, row))
    console().print(table, "", sep="\n")


def _print_steps(recipe: Transform) -> None:
    from textaug.report.terminal import console

    for leaf in recipe.leaves():
        console().print(f"  {leaf.to_dict()}", markup=False)
    console().print()


def _print_example(transform: Transform, seed: int) -> None:
    from textaug.report.segments import segments
    from textaug.report.terminal import console, diff_text

    screen = console()
    for text, edits in _shown(transform, seed):
        screen.print(diff_text(segments(text, edits), colour=not screen.no_color and screen.is_terminal))


def _shown(transform: Transform, seed: int) -> list[tuple[str, Any]]:
    """Run the transform under one seed after the other, until enough is to be seen; English and Chinese by turns."""
    best: list[tuple[str, Any]] = []
    for number in range(seed, seed + TRIES):
        edits = transform.apply(list(EXAMPLES), seed=number).edits
        found = [(text, made) for text, made in zip(EXAMPLES, edits, strict=True) if made]
        if len(found) > len(best):
            best = found
        if len(best) >= SHOWN:
            break
    chinese = [one for one in best if not one[0].isascii()]
    english = [one for one in best if one[0].isascii()]
    return [*english[: max(SHOWN - len(chinese), SHOWN - 1)], *chinese][:SHOWN]
