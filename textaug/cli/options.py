"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from textaug.errors import UsageError

if TYPE_CHECKING:
    from textaug.transform import Transform

F = TypeVar("F", bound=Callable[..., Any])

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def _listed(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """Read names that commas part."""
    return None if value is None else tuple(filter(None, (name.strip() for name in value.split(","))))


_LOAD = click.option(
    "--load", "modules", multiple=True, metavar="MODULE", help="A Python module that holds transforms.",
)  # fmt: skip
_RECIPE: list[Option] = [
    click.option("--recipe", "-r", metavar="RECIPE", help="A ready recipe (eda, aeda) or a recipe's file."),
    click.option(
        "--transform", "-t", "transforms", multiple=True, metavar="TRANSFORM",
        help='A transform, as "SynonymReplace(rate=0.1)"; several are applied in their order.',
    ),
    _LOAD,
]  # fmt: skip
_TEXT: list[Option] = [
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    click.option("--column", "-c", default="text", show_default=True, help="The column that holds the text."),
    click.option("--format", "form", metavar="FORMAT", help="The inputs' format, if not told by names."),
]
_INVALID = click.option(
    "--on-invalid", default="error", show_default=True, type=click.Choice(["error", "replace", "skip"]),
    help="What becomes of rows that are no valid text: stop, put U+FFFD, or set them aside.",
)  # fmt: skip
_FILES: list[Option] = [
    *_TEXT,
    click.option("--spans", metavar="COLUMN", help="A column of (start, end, label) to keep in step."),
    click.option("--tokens", metavar="COLUMN", help="A column of tokens, instead of --column; with --tags."),
    click.option("--tags", metavar="COLUMN", help="A column of the tokens' tags: BIO, BIOES and the like."),
    click.option(
        "--tag-names", metavar="NAMES", callback=_listed, default="",
        help="The names of tags that are numbers: O,B-PER,I-PER …  [default: what the schema says]",
    ),
    click.option(
        "--join", default="auto", show_default=True, type=click.Choice(["auto", "blank", "none"]),
        help="What stands between tokens; auto: a blank, but none beside Chinese and the like.",
    ),
    _INVALID,
]  # fmt: skip
_RUN: list[Option] = [
    click.option(
        "--answers", metavar="COLUMN", callback=_listed,
        help="A column of answers (text, answer_start) to keep in step, or two: TEXTS,STARTS.",
    ),
    click.option(
        "--token-column", "token_columns", multiple=True, metavar="COLUMN",
        help="Another column with a value for each token; new tokens get null.",
    ),
    click.option("--id", "id_column", metavar="COLUMN", help="A column of ids.  [default: row numbers]"),
    click.option("--seed", default=0, show_default=True, help="Another seed is another augmentation."),
    click.option("--epoch", default=0, show_default=True, help="So is another epoch."),
    click.option(
        "--copies", "-n", default=1, show_default=True, type=click.IntRange(min=1), help="Outputs for each row.",
    ),
]  # fmt: skip


def recipe_options(command: F) -> F:
    """Let a command take a recipe."""
    return _all(_RECIPE, command)


def load_option(command: F) -> F:
    """Let a command load transforms of the user's."""
    return _all([_LOAD], command)


def text_options(command: F) -> F:
    """Let a command take files of text."""
    return _all([*_TEXT, _INVALID], command)


def file_options(command: F) -> F:
    """Let a command take files with annotations."""
    return _all(_FILES, command)


def input_options(command: F) -> F:
    """Let a command take files, and say how they are augmented."""
    return _all(_FILES + _RUN, command)


def _all(options: list[Option], command: F) -> F:
    for option in reversed(options):
        option(command)  # notes itself on the function
    return command


JOB = (
    "id_column", "spans", "answers", "tags", "tag_names", "token_columns", "join", "seed", "epoch", "copies",
    "on_invalid",
)  # fmt: skip


def job_options(given: dict[str, Any]) -> dict[str, Any]:
    """Return what the input options say, as a job takes it."""
    if (given["tokens"] is None) != (given["tags"] is None):
        raise UsageError("--tokens and --tags belong together; give both")
    held = {name: given[name] for name in JOB if name in given}
    return held | {"column": given["tokens"] or given["column"]}


def recipe(name: str | None, transforms: tuple[str, ...], modules: tuple[str, ...]) -> Transform:
    """Return what the options ask for; raise UsageError where they ask for nothing, or for two things."""
    from textaug.compose import Compose
    from textaug.recipe import load, parse

    load_modules(modules)
    if name and transforms:
        raise UsageError("--recipe and --transform exclude each other; write the recipe's steps as --transform")
    if name:
        return load(name)
    if not transforms:
        raise UsageError(
            'nothing to do; give --recipe eda, or --transform "SynonymReplace(rate=0.1)"; see: textaug list'
        )
    made = tuple(parse(line) for line in transforms)
    return made[0] if len(made) == 1 else Compose(steps=made)


def load_modules(modules: tuple[str, ...]) -> None:
    """Import the user's modules, which may stand in the working directory.

    Raises:
        UsageError: there is no such module.
    """
    from importlib import import_module

    sys.path.insert(0, "")
    for name in modules:
        try:
            import_module(name)
        except ImportError as error:
            raise UsageError(f"--load {name}: {error}; give a module's name, as for import") from None
