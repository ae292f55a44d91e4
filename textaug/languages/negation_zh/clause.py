"""A clause with its predicate: what the rules look at."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from textaug.languages.en import listed
from textaug.languages.negation_zh.grammar import Predicate, group_end
from textaug.languages.negation_zh.tokens import Token

BOUND = listed("任何 什么 丝毫 半点 啥 多少 几 怎么")
"""Words that mean `any` with a negation."""
FIXED = "a word that lives with a negation"


class Clause(NamedTuple):
    """A clause with its predicate, and what holds of its sentence.

    Attributes:
        tokens: its words.
        predicate: where its predicate stands.
        end: where its final particles begin.
        question: whether the sentence asks.
        last: whether it is the sentence's last clause.
        alone: whether it is its only one, but for subordinate ones.
        dated: whether a day or an hour is told.
        governed: whether a modal of an earlier clause may reach it.
        said: whether the sentence is in somebody's own voice: `我`, `你`.
        conditional: whether an earlier clause is a condition.
        exclaimed: whether it ends in an exclamation mark.
        wished: whether a wish stands in the clause before: `希望新的一年里，`.
        manual: whether a Latin word stands in the sentence, as in manuals.
        led: whether the sentence begins with a noun, in an earlier clause.
    """

    tokens: list[Token]
    predicate: Predicate
    end: int
    question: bool
    last: bool
    alone: bool
    dated: bool = False
    governed: bool = False
    said: bool = False
    exclaimed: bool = False
    conditional: bool = False
    wished: bool = False
    led: bool = False
    manual: bool = False

    @property
    def head(self) -> int:
        """Where the word stands that makes the predicate."""
        return self.predicate.head

    @property
    def site(self) -> int:
        """Where the word stands that a negator of the verb goes before."""
        return self.predicate.site

    @property
    def group(self) -> int:
        """Where the verb with its complements ends."""
        return group_end(self.tokens, self.head, self.end)

    def word(self, at: int) -> str:
        """Return a word, empty beyond the clause."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """Return a word's kind, empty beyond the clause."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def words(self, start: int, end: int) -> Iterator[str]:
        """Yield the words of a range."""
        return (token.word for token in self.tokens[max(start, 0) : end])

    def kinds(self, start: int, end: int) -> Iterator[str]:
        """Yield the kinds of a range of words."""
        return (token.kind for token in self.tokens[max(start, 0) : end])

    def has(self, words: Container[str], start: int = 0, end: int = 999) -> bool:
        """Say whether one of these words stands in a range."""
        return any(word in words for word in self.words(start, end))

    def some(self, kinds: Container[str], start: int = 0, end: int = 999) -> bool:
        """Say whether a word of one of these kinds stands in a range."""
        return any(kind in kinds for kind in self.kinds(start, end))

    def last_of(self, words: Container[str]) -> bool:
        """Say whether the clause ends in 的 and one of these words."""
        return self.kind(self.end - 2) == "de" and self.word(self.end - 1) in words

    def adverb(self, *words: str) -> int:
        """Return where one of these adverbs stands before the predicate, -1 for nowhere."""
        return next((at for at in self.adverbs() if self.word(at) in words), -1)

    def subject(self) -> bool:
        """Say whether a noun stands before the predicate."""
        return any(token.kind in ("n", "pron", "x", "vn", "num") for token in self.tokens[: self.predicate.site])

    def busy(self) -> int:
        """Return how many other verbs, modals and judgements stand in the clause."""
        head = self.predicate.head
        kinds = ("v", "say", "piv", "mod", "neg", "shi", "you")
        return sum(
            token.kind in kinds and len(token.word) > 1
            for at, token in enumerate(self.tokens)
            if at not in (head, head + 1)
        )

    def adverbs(self) -> list[int]:
        """Return the adverbs between the subject and the predicate, from right to left."""
        found = []
        for at in range(self.predicate.head - 1, -1, -1):
            kind = self.kind(at)
            if kind in ("out", "xshi") or (kind == "cov" and self.word(at) == "将"):
                found.append(at)
            elif at < self.predicate.site and kind not in ("inn", "deg", "time"):
                break
        return found

    def final(self, kind: str) -> int:
        """Return where a last word of this kind stands, -1 where the clause does not end in one."""
        return self.end - 1 if self.end and self.kind(self.end - 1) == kind else -1
