"""Whether a writer would contract a negation here."""

from __future__ import annotations

import re

from textaug.languages.en import listed
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import AUXILIARIES

_CASUAL = listed(
    """
    i you my me your we us our gonna wanna gotta kinda stuff guy guys crap yeah ok okay lol really just pretty damn hell
    kid kids mom dad dude oh bother worry care know guess wait anymore remember get gets got else wrong think maybe hate
    want wants wanted buy yourself lot lots waste spend
    """
)
"""Words of everyday talk; the verbs among them come with `n't` rather than `not` twice as often as others do."""
_CLITICS = listed("'s 're 've 'll 'd 'm")
_FULL = re.compile(r"\b(?:[Ii]|[Ww]e|[Yy]ou|[Tt]hey|[Ii]t|[Tt]hat|[Tt]here) (?:am|will|have been|shall)\b")


class Style:
    """How a sentence's writer writes.

    Attributes:
        forced: what the caller asked for, None to follow the writer.
        seen: 1 where the writer contracts in this sentence, -1 where not, 0 where it does not show.
        casual: whether the sentence is everyday talk by its words.
        curly: whether apostrophes are typographic.
        loud: whether the sentence is in capitals.
        chosen: what was chosen for an earlier clause, so that one sentence does not mix.
    """

    __slots__ = ("casual", "chosen", "curly", "forced", "loud", "seen")

    def __init__(self, sentence: Sentence, forced: bool | None) -> None:
        self.forced = forced
        self.curly = "’" in sentence.text
        self.seen = _seen(sentence)
        self.loud = sentence.loud
        self.chosen: bool | None = None
        self.casual = "!" in sentence.text or "?" in sentence.text or not _CASUAL.isdisjoint(sentence.words)

    def contracts(self, auxiliary: str, pronoun: bool) -> bool:
        """Say whether to write `n't`.

        Most writers do behind `do` and modals, and fewer behind `is` and `are`, if nothing else speaks.

        Args:
            auxiliary: the plain auxiliary.
            pronoun: whether its subject is a pronoun.
        """
        if self.forced is not None:
            return self.forced
        if pronoun and auxiliary in ("have", "had", "will", "would"):
            return False  # who contracts would have written I've, I'll
        if self.seen or self.loud:
            return self.seen > 0
        if self.chosen is None and auxiliary not in ("is", "are"):
            self.chosen = self.casual or pronoun
        return self.chosen if self.chosen is not None else False

    def commands(self) -> bool:
        """Say whether to write `Don't` for a command."""
        if self.forced is not None:
            return self.forced
        return self.seen > 0 or (self.seen == 0 and self.casual and not self.loud)

    def text(self, words: str) -> str:
        """Return words with the writer's apostrophes."""
        return words.replace("'", "’") if self.curly else words


def _seen(sentence: Sentence) -> int:
    words, kinds = sentence.words, sentence.kinds
    for i, word in enumerate(words):
        if word in _CLITICS and kinds[i] in "BHM":
            return 1
        if kinds[i] in "BHZM" and "'" in word and AUXILIARIES[word].negative:
            return 1
        if word == "cannot" or (word == "not" and i and kinds[i - 1] in "BHZM" and words[i - 1] not in _CLITICS):
            return -1
    return -1 if _FULL.search(sentence.text) else 0
