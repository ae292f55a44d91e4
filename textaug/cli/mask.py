"""textaug mask: text in, masked sequences out; and a look at them."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from textaug.cli.options import text_options
from textaug.cli.running import go, run_options
from textaug.errors import UsageError

if TYPE_CHECKING:
    from textaug.masking.presets import Preset
    from textaug.pipeline.masked import Shown
    from textaug.pipeline.masking import MaskJob

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("mask")
@text_options
@click.option("--output", "-o", metavar="OUT", help="A folder (a file a part), a file, or - for standard output.")
@click.option("--tokenizer", metavar="DIR", help="A folder that transformers has saved, or a tokenizer.json.")
@click.option("--preset", metavar="PRESET", help="A paper: bert, roberta, ernie …, or \"ernie(stage='phrase')\".")
@click.option("--rate", type=click.FloatRange(0, 1), help="How much is masked.  [default: the preset's]")
@click.option(
    "--max-predictions",
    "cap",
    type=click.IntRange(min=1),
    metavar="N",
    help="Tokens masked in a sequence at most, by an exact budget.  [default: the preset's]",
)
@click.option(
    "--dupe-factor", "-n", "copies", type=click.IntRange(min=1), help="Masked copies.  [default: the preset's]"
)
@click.option(
    "--seq-length",
    "length",
    default=512,
    show_default=True,
    type=click.IntRange(min=1),
    help="Tokens of a sequence at most, special ones included.",
)
@click.option(
    "--sentences",
    type=click.Choice(["full", "document"]),
    help="Sequences go on in the next document, or do not.  [default: the preset's; pairs are documents]",
)
@click.option(
    "--short",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The chance that a sequence has a shorter limit; BERT's is 0.1.",
)
@click.option("--entities", "spans", metavar="COLUMN", help="A column of (start, end, label): entities.")
@click.option("--gazetteer", type=_FILE, help="Entities are its names.  [default: the one that comes with textaug]")
@click.option("--phrases", type=_FILE, help="A list of phrases.  [default: learned from the corpus]")
@click.option("--sentiment", type=_FILE, help="A list of sentiment words.  [default: learned from the corpus]")
@click.option("--seed", default=0, show_default=True, help="Another seed is another masking.")
@click.option("--epoch", default=0, show_default=True, help="So is another epoch.")
@run_options
@click.option("--preview", is_flag=True, help="Show the first sequences, and write nothing; masked files, too.")
@click.option("--rows", "-k", default=3, show_default=True, type=click.IntRange(min=1), help="How many to show.")
@click.option("--width", type=click.IntRange(min=20), help="The width of the lines.  [default: the terminal's]")
@click.option("--colour/--no-colour", default=None, help="Colours  [default: on a terminal, unless NO_COLOR is set]")
@click.option("--summary", is_flag=True, help="Count what was masked in files that this command has written.")
def command(**given: Any) -> int:
    """Mask text for pre-training: sequences of full sentences, masked several times over, and stored.

    INPUT is a file, a glob, a folder, or - for standard input. A mask depends on the seed and on where its
    sequence begins: on no number of workers, no interruption.

    \b
    textaug mask corpus.parquet -o masked/ --tokenizer bert/ --preset ernie --dupe-factor 10
    textaug mask corpus.parquet --preview --tokenizer bert/ --preset spanbert
    textaug mask --summary masked/
    """  # fmt: skip
    from textaug.pipeline import inputs

    files = inputs.find(given["inputs"], given["form"])
    if given["summary"]:
        return _summary(files, given)
    if given["tokenizer"] is None:
        raise UsageError("name the tokenizer with --tokenizer: a folder, or a tokenizer.json")
    if given["preview"]:
        return _preview(files, given)
    return _mask(files, given)


def _mask(files: Any, given: dict[str, Any]) -> int:
    from textaug.pipeline import formats
    from textaug.pipeline.target import choose

    if given["output"] is None:
        raise UsageError("nothing says where the output goes; give -o OUT, or --preview")
    told = given["to"] or (None if formats.guess(given["output"]) else "parquet")
    target = choose(given["output"], files, told)
    with ExitStack() as held:
        return go(_job(files, target.format, given, held), files, target, given)


def _job(files: Any, output: str, given: dict[str, Any], held: ExitStack) -> MaskJob:
    """Return the job that is asked for; its lists last as long as `held`."""
    from textaug.masking.static.fill import Packing
    from textaug.masking.static.recipe import Static
    from textaug.masking.static.tokenizer import Source, digest, open_tokenizer
    from textaug.pipeline.lists import lists
    from textaug.pipeline.masking import MaskJob

    tokenizer = open_tokenizer(given["tokenizer"])
    preset = _chosen(tokenizer, given)
    sentences: Any = given["sentences"] or ("full" if preset.sentences == "full" else "document")
    packing = Packing(given["length"], sentences, given["short"])
    names = {name: given[name] for name in ("gazetteer", "phrases", "sentiment")}
    where = (preset.masking, files, given["column"], given["on_invalid"])
    found = held.enter_context(lists(*where, spans=given["spans"] is not None, **names, tell=_tell))
    about = {name: getattr(found, name) for name in ("spans", "gazetteer", "phrases", "sentiment")}
    static = Static(
        tokenizer=Source(given["tokenizer"], digest(tokenizer)), masking=preset.masking, packing=packing, **about
    )
    static.open()
    return MaskJob(
        static=static,
        output=output,
        copies=given["copies"] or preset.dupe_factor or 1,
        several=len(files) > 1,
        **{name: given[name] for name in ("column", "spans", "seed", "epoch", "on_invalid")},
    )


def _chosen(tokenizer: Any, given: dict[str, Any]) -> Preset:
    """Return the preset, at the rate and with the cap that are asked for."""
    from dataclasses import replace

    from textaug.masking.budget import Exact
    from textaug.masking.presets import PRESETS
    from textaug.masking.static.recipe import parse

    if given["preset"] is None:
        raise UsageError(f"name a preset with --preset: {', '.join(sorted(PRESETS))}")
    preset = parse(given["preset"], tokenizer)
    asked = {name: given[option] for name, option in (("p", "rate"), ("cap", "cap")) if given[option] is not None}
    budget: Any = preset.masking.budget
    if "cap" in asked and not isinstance(budget, Exact):
        raise UsageError(f"--max-predictions caps an exact budget, and {preset.name} has {budget}; leave it out")
    budget = replace(budget, **asked)
    cap = getattr(budget, "cap", None)
    if cap is not None and cap < budget.p * given["length"] - 1:
        share = f"{cap / given['length']:.1%} of {given['length']}"
        _tell(f"{preset.name} masks {cap} tokens of a sequence at most, {share}; change that with --max-predictions")
    return replace(preset, masking=replace(preset.masking, budget=budget))


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _preview(files: Any, given: dict[str, Any]) -> int:
    from textaug.pipeline.masked import first_sequences, is_masked, stored_sequences

    if is_masked(files):
        _show(stored_sequences(files, given["tokenizer"], given["rows"]), given)
        return 0
    with ExitStack() as held:
        _show(first_sequences(_job(files, "parquet", given, held), files, given["rows"]), given)
    return 0


def _show(shown: Shown, given: dict[str, Any]) -> None:
    from rich.text import Text

    from textaug.report.masked import legend_text, tokens_text
    from textaug.report.terminal import QUIET, console

    screen = console(width=given["width"], colour=given["colour"])
    colour = screen.is_terminal and not screen.no_color if given["colour"] is None else given["colour"]
    screen.print(legend_text(shown.preview.mask, colour=colour), "", sep="\n")
    for row, (document, place, copy) in zip(shown.preview.rows, shown.places, strict=True):
        screen.print(Text(f"row {document}, from token {place} on · copy {copy}", QUIET if colour else ""))
        screen.print(tokens_text(row, colour=colour), "", sep="\n")


def _summary(files: Any, given: dict[str, Any]) -> int:
    from textaug.pipeline.masked import summarised
    from textaug.report.masked import summary_text
    from textaug.report.terminal import console

    done = summarised(files, given["tokenizer"])
    if given["as_json"]:
        click.echo(json.dumps(done.to_dict(), ensure_ascii=False))
    else:
        console(width=given["width"]).print(summary_text(done))
    return 0
