"""textaug lexicon: build one, show what it is, look words up."""

from __future__ import annotations

import re
from pathlib import Path

import click

from textaug.errors import UsageError, unknown

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Sections(click.Group):
    """Suggests the command that was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which there are."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise unknown("command of textaug lexicon", args[0], self.commands)
        return super().resolve_command(ctx, args)


@click.group("lexicon", cls=Sections)
def command() -> None:
    """Build lexicons, show what they hold, look words up."""


@command.command("build")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="The lexicon's file.")
@click.option(
    "--from",
    "kind",
    type=click.Choice(["wordnet", "tsv", "json"]),
    help="What the source is.  [default: what its name tells]",
)
@click.option("--language", default="en", show_default=True, help="The language of the words.")
@click.option("--licence", default="", help="The licence of the source, kept in the lexicon.")
@click.option("--force", is_flag=True, help="Replace a lexicon that is there.")
def build(source: Path, output: Path, kind: str | None, language: str, licence: str, force: bool) -> None:
    """Compile a lexicon from WordNet's files (a folder), from TSV or from JSON."""
    from textaug import lexicon

    if output.exists() and not force:
        raise UsageError(f"'{output}' exists; replace it with --force, or choose another name")
    found = kind or _kind(source)
    if found == "wordnet":
        done = lexicon.build_wordnet(source, output)
    else:
        make = lexicon.build_tsv if found == "tsv" else lexicon.build_json
        done = make(source, output, language=language, licence=licence)
    for name, value in done._asdict().items():
        click.echo(f"{name}: {value}")


def _kind(source: Path) -> str:
    if source.is_dir():
        return "wordnet"
    found = {".tsv": "tsv", ".json": "json"}.get(source.suffix.lower())
    if found is None:
        raise UsageError(f"'{source}': its name does not tell what it is; say it with --from wordnet, tsv or json")
    return found


@command.command("show")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(path: Path | None, as_json: bool) -> None:
    """Say what a lexicon is and holds, after checking its hash; without PATH, the English one."""
    import json

    from textaug.lexicon import describe
    from textaug.lexicon.store import ENGLISH

    about = describe(path or ENGLISH)
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False))
        return
    for name, value in about.items():
        if isinstance(value, dict):
            value = ", ".join(f"{count:,} {what}" for what, count in value.items())
        click.echo(f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}")


@command.command("lookup")
@click.argument("word")
@click.option(
    "--lexicon",
    "path",
    type=click.Path(path_type=Path),
    help="A lexicon's file.  [default: the English one, for a word in Han characters the Chinese one]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def lookup(word: str, path: Path | None, as_json: bool) -> None:
    """Show the candidates of a word, in the order in which they fit."""
    import json

    from textaug.lexicon import Lexicon

    shipped = Lexicon.chinese if _HAN.search(word) else Lexicon.english
    opened = Lexicon.open(path) if path else shipped()
    found = [_shown(candidate._asdict()) for candidate in opened.lookup(word)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    if not found:
        click.echo(f"'{word}' is not in {opened.path}", err=True)
    for row in found:
        click.echo("\t".join(", ".join(value) if isinstance(value, list) else str(value) for value in row.values()))


def _shown(fields: dict[str, object]) -> dict[str, object]:
    """Name relations by their names."""
    fields["relation"] = str(getattr(fields.get("relation"), "name", "")).lower()
    return {
        name: list(value) if isinstance(value, tuple | set | frozenset) else value for name, value in fields.items()
    }
