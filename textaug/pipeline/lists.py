"""What a masking's units are read from: lists that are given, that come with textaug, or that the corpus teaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textaug.errors import UsageError
from textaug.lexicon.gazetteer import Gazetteer
from textaug.masking.annotate import learn_phrases, mine_sentiment
from textaug.masking.mask import Masking
from textaug.masking.static.needs import needs
from textaug.masking.static.tokenizer import Source
from textaug.pipeline.corpus import texts, write_table
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Policy

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Where entities, phrases and sentiment words are looked up: as the fields of `Static`."""

    spans: bool = False
    gazetteer: Source | None = None
    phrases: Source | None = None
    sentiment: Source | None = None


@contextmanager
def lists(
    masking: Masking,
    files: Sequence[File],
    column: str,
    on_invalid: Policy,
    *,
    spans: bool = False,
    gazetteer: Path | None = None,
    phrases: Path | None = None,
    sentiment: Path | None = None,
    tell: Tell,
) -> Iterator[Lists]:
    """Yield the lists that a masking needs, as long as they are wanted.

    What is needed and not given is the gazetteer that comes with textaug, and phrases and sentiment words that are
    learned from the corpus, in a pass before; `tell` is told.

    Raises:
        UsageError: a file cannot be read, the corpus can be read but once, or teaches nothing.
    """
    wanted = needs(masking.units)
    with TemporaryDirectory(prefix="textaug-lists-") as folder:

        def learned(name: str, what: str, learn: Callable[[Any], Any]) -> Source:
            if files[0].piped:
                raise UsageError(f"{files[0].place} is read once, and {what} are learned before; name them: --{name}")
            tell(f"learning {what} from the corpus; to keep them: textaug {name} … -o {name}.arrow, then --{name}")
            table, path = learn(texts(files, column, on_invalid)), Path(folder, f"{name}.arrow")
            if not len(table):
                raise UsageError(f"the corpus has no {what} that come often enough to be learned; name some: --{name}")
            write_table(table, path)
            return Source.file(path)

        yield Lists(
            spans=spans,
            gazetteer=None if spans or "entity_ids" not in wanted else _names(gazetteer, tell),
            phrases=None
            if "phrase_ids" not in wanted
            else _given(phrases) or learned("phrases", "phrases", learn_phrases),
            sentiment=None
            if not {"sentiment_ids", "pair_ids"} & set(wanted)
            else _given(sentiment) or learned("sentiment", "sentiment words", mine_sentiment),
        )


def _given(path: Path | None) -> Source | None:
    return None if path is None else Source.file(path)


def _names(path: Path | None, tell: Tell) -> Source:
    if path is None:
        tell("entities are the names that come with textaug; name your own with --gazetteer, or a column: --entities")
    held = Gazetteer.shipped() if path is None else Gazetteer.open(path)
    return Source(held.path, held.hash)
