"""Compile the lexicon of misspellings: from a word to what people write in its place.

`data/misspellings.txt` is written by hand. What it says of a word holds for the inflected forms that share the
misspelled stem: who writes `recieve` writes `recieving`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from textaug.lexicon.build import Record, Summary, build
from textaug.lexicon.inflect import TAGS, inflected
from textaug.lexicon.store import Relation
from textaug.lexicon.wordnet import WordNet

TABLE = Path(__file__).parent / "data" / "misspellings.txt"
SECTIONS = {
    "misspellings": Relation.MISSPELLING,
    "real words": Relation.CONFUSION,
    "chinese": Relation.CONFUSION,
}


class Line(NamedTuple):
    """A line of the table."""

    section: str
    word: str
    wrong: tuple[str, ...]


def lines() -> Iterator[Line]:
    """Yield the lines of the table.

    >>> next(line for line in lines() if line.word == "separate")
    Line(section='misspellings', word='separate', wrong=('seperate', 'seperat', 'separat'))
    """
    section = ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            word, _, wrong = line.partition(": ")
            yield Line(section, word, tuple(wrong.split(", ")))


def build_misspellings(folder: str | Path, out: str | Path) -> Summary:
    """Compile the lexicon; WordNet's files in the folder say which words are inflected how.

    Raises:
        DataError: a file is missing or is not as WordNet has it.
    """
    return build(records(WordNet.read(folder)), out, language="en, zh", source=TABLE.name, licence="Apache-2.0")


def records(wordnet: WordNet) -> Iterator[Record]:
    """Yield the words of the table, inflected forms that it does not have, and contractions with either apostrophe."""
    held = list(lines())
    known, words = {line.word for line in held}, Vocabulary(wordnet)
    for line in held:
        relation = SECTIONS[line.section]
        for mark in "'’" if "'" in line.word else "'":
            for rank, wrong in enumerate(line.wrong):
                yield Record(line.word.replace("'", mark), wrong.replace("'", mark), relation, rank=rank)
        if relation == Relation.MISSPELLING:
            for form in sorted(forms(wordnet, line.word) - known):
                for rank, wrong in enumerate(line.wrong):
                    made = misspelled(line.word, wrong, form)
                    if made is not None and made not in words:
                        yield Record(form, made, relation, rank=rank)


class Vocabulary:
    """Every word that WordNet knows, and its usual forms."""

    def __init__(self, wordnet: WordNet) -> None:
        self._wordnet = wordnet
        self._listed = {lemma for lemma, _ in wordnet.senses}
        self._listed |= {form for pairs in wordnet.irregular.values() for form, _ in pairs}

    def __contains__(self, text: str) -> bool:
        return text in self._listed or any(text in forms(self._wordnet, lemma) for lemma in _lemmas(text))


def _lemmas(form: str) -> Iterator[str]:
    """Yield what a form may be inflected of, by its ending."""
    for ending in ("s", "es", "d", "ed", "ing", "r", "er", "st", "est", "ly"):
        stem = form.removesuffix(ending)
        if stem != form and stem:
            yield from (stem, stem + "e", stem[:-1] + "y", stem[:-1])


def forms(wordnet: WordNet, word: str) -> set[str]:
    """Return the usual inflected forms of a word, and its adverb."""
    tags = [tag for pos, held in TAGS.items() if (word, pos) in wordnet.senses for tag in held[1:]]
    held = {form for tag in tags for form in inflected(word, tag)[:1]}
    return held | {word + "ly"} if (word + "ly", "r") in wordnet.senses else held


def misspelled(word: str, wrong: str, form: str) -> str | None:
    """Return a form with the misspelling of its word; None where the two do not share the end of the stem.

    >>> misspelled("receive", "recieve", "receiving"), misspelled("definite", "definate", "definitely")
    ('recieving', 'definately')
    >>> misspelled("carry", "cary", "carries"), misspelled("occur", "occure", "occurs")
    ('caries', None)
    """
    stem = next((k for k, (one, other) in enumerate(zip(word, form, strict=False)) if one != other), len(word))
    tail = word[max(stem - 1, 0) :]
    if stem < len(word) - 1 or not wrong.endswith(tail) or " " in wrong:
        return None
    return wrong[: len(wrong) - (len(word) - stem)] + form[stem:]
