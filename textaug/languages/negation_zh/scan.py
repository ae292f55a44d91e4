"""One pass over a clause, from left to right: where it stands, what it takes for the predicate, what lies around.

A plain verb is taken for the predicate for the time being only: `停车` in `停车很方便` turns out to be the subject,
`用卡` in `用卡可以打折` an adverbial. A noun phrase with 的 is passed over with whatever stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Container

from textaug.languages.negation_zh.grammar import (
    ASPECT,
    NOMINAL,
    PREDICATIVE,
    VERBAL,
    Predicate,
    gradable,
    group_end,
    tail,
)
from textaug.languages.negation_zh.tokens import Token
from textaug.languages.negation_zh.words import among

Find = Callable[[int, bool], Predicate | None]
"""What gives the predicate of the rest of a clause, from a word on, with a subject before it or without."""
CALLED = frozenset(["叫做", "称为", "称作", "叫作"])
COVERBS = frozenset(["把", "将", "被", "向", "给", "对", "为", "在"])


class Scan:
    """The state of a pass.

    Attributes:
        at: the word to be read next.
        end: where the final particles begin.
        site: where the verb's preposition phrases and inner adverbs begin, -1 for nowhere.
        subject: whether a subject was read.
        weak: a plain verb that may be the predicate.
        firm: whether that has an aspect.
        unsure: whether it is as likely a noun.
        hazy: whether a verb was passed over as a relative clause that may have been the predicate.
        outside: where a prepositional phrase begins that opens the clause, -1 for nowhere.
    """

    def __init__(self, tokens: list[Token], start: int, subject: bool, find: Find) -> None:
        self.tokens = tokens
        self.start = self.at = start
        self.end = tail(tokens)
        self.site = self.outside = -1
        self.subject = subject
        self.weak: Predicate | None = None
        self.firm = self.unsure = self.hazy = False
        self._find = find

    # -- looking around

    def kind(self, at: int) -> str:
        """Return a word's kind, empty beyond the clause."""
        return self.tokens[at].kind if 0 <= at < self.end else ""

    def word(self, at: int) -> str:
        """Return a word, empty beyond the clause."""
        return self.tokens[at].word if 0 <= at < self.end else ""

    def some(self, kinds: Container[str], start: int, end: int) -> bool:
        """Say whether a word of one of these kinds stands in a range."""
        return any(self.kind(at) in kinds for at in range(start, end))

    def has(self, words: Container[str], start: int, end: int) -> bool:
        """Say whether one of these words stands in a range."""
        return any(self.word(at) in words for at in range(start, end))

    def predicative(self, start: int, end: int) -> bool:
        """Say whether anything like a predicate stands in a range."""
        return self.some(PREDICATIVE, start, end)

    def verbal(self, at: int) -> bool:
        """Say whether anything like a predicate stands from here on."""
        return self.predicative(at, self.end) or self.has(("在",), at, self.end)

    def modifies(self, at: int) -> bool:
        """Say whether 的 with a noun follows: what stands here belongs to a noun phrase."""
        return self.some(("de",), at + 1, self.end - 1)

    def inner(self, at: int, subject: bool = False) -> Predicate | None:
        """Return the predicate of what begins here."""
        return self._find(at, subject)

    # -- moving on: each gives None, as nothing was found yet

    def skip(self) -> Predicate | None:
        """Pass over a word."""
        self.at += 1
        return None

    def restart(self, at: int) -> Predicate | None:
        """Begin anew behind a subordinate clause."""
        self.at, self.site, self.weak, self.firm = at, -1, None, False
        return None

    def forget(self) -> None:
        """Take the plain verb so far for a part of the subject."""
        self.weak, self.site, self.subject = None, -1, True

    def take_noun(self, until: int) -> Predicate | None:
        """Take what stands before `until` for a noun phrase."""
        if self.weak is None:
            self.site, self.subject = -1, True
        self.at = until
        return None

    def opens(self, at: int) -> Predicate | None:
        """Let the verb's negator stand here, before an adverb or a preposition, unless it stands earlier already."""
        if self.weak is None and self.site < 0:
            self.site = self.at
        self.at = at
        return None

    # -- giving the predicate

    def refuse(self) -> Predicate:
        """Return that there is no safe predicate."""
        return Predicate("idiom", self.at, self.at)

    def before(self, at: int) -> int:
        """Return where a negator of the verb here stands."""
        if self.outside >= 0 and self.kind(group_end(self.tokens, at, self.end)) in ASPECT:
            return self.outside
        return self.site if self.site >= 0 else at

    def than(self, at: int) -> int:
        """Return where a negator of an adjective stands: before 比, or before the adjective itself."""
        return self.site if self.site >= 0 and self.word(self.site) in ("比", "为", "替") else at

    def over(self, found: Predicate) -> Predicate | None:
        """Give what was found, unless it stands in the object of an earlier verb."""
        weak = self.weak
        if weak is None or (not self.firm and self._outdoes(found, weak)):
            return found
        if not self.modifies(found.head):
            return found
        if not self.firm and found.kind in ("mod", "potential", "neg", "degree") and self.unsure:
            return found
        return self.skip()

    def _outdoes(self, found: Predicate, weak: Predicate) -> bool:
        """Say whether what was found is the predicate, and the verb before it a part of its subject."""
        if found.kind == "you" and self.kind(found.head - 1) in ("n", "x"):
            return True
        if found.kind == "shi" and weak.site == self.start and among("single", self.word(weak.head)):
            return True
        modal = found.kind == "mod" and not among("stative", self.word(found.head - 1))
        return weak.head == found.head - 1 and (found.kind == "shi" or modal)

    # -- relative clauses

    def relative(self, at: int, need: int) -> int:
        """Return where the relative clause that holds `at` ends, behind its 的; 0 where it is none."""
        for de in range(at + 1, self.end - 1):
            if self.kind(de) == "de" and (sure := self._behind(de)) >= (1 if de == at + 1 else need):
                self.hazy = self.hazy or (sure < 3 and de > at + 1)
                return de + 1
        return 0

    def _behind(self, de: int) -> int:
        """Return how surely a predicate follows the noun phrase behind a 的: 0 not, 3 surely."""
        at = self._past_noun(de + 1)
        if self.kind(at) in VERBAL and at + 1 >= self.end and at == de + 1:
            return 0
        least = 0
        while self.kind(at) in ("out", "inn"):
            least, at = 2, at + 1
        if least and at + 1 >= self.end and self.kind(at) in VERBAL and self.kind(at - 1) == "inn":
            return 0
        if self.word(de + 1) in ("那么", "这么", "那样", "这样") and self.kind(de + 2) in ("a", "deg"):
            return 0
        return self._sureness(at, least)

    def _sureness(self, at: int, least: int) -> int:
        """Return how surely the word behind a noun phrase is its predicate, `least` at least for adverbs before."""
        kind, word, following = self.kind(at), self.word(at), self.kind(at + 1)
        if kind == "de" and at < self.end - 1:
            return self._behind(at)
        if kind == "neg":
            return 3 if following in ("a", "shi", "deg") or word == "没有" else 2
        if kind in ("shi", "you", "xshi") or word in CALLED:
            return 3
        if kind == "deg":
            return 3 if at + 1 < self.end and gradable(self.tokens[at + 1]) and self.kind(at + 2) != "de" else least
        if kind == "a":
            return (3 if least else 2) if following in ("", "le") else least
        if kind in ("mod", "piv") or word in COVERBS:
            return 2
        if word in ("来", "去") and following in VERBAL:
            return 0
        if kind in ("v", "say", "vn"):
            return 2 if least or self.some((*ASPECT, "dei"), at + 1, self.end) else 1
        return least

    def _past_noun(self, at: int) -> int:
        """Return where the noun phrase that begins here ends; a verb right behind 的 is a noun."""
        begin = at
        while at < self.end and self._in_noun(at, begin):
            at += 1
        return at

    def _in_noun(self, at: int, begin: int) -> bool:
        kind, following = self.kind(at), self.kind(at + 1)
        if kind in NOMINAL or kind == "idiom" or self.word(at) in ("和", "或", "与", "及"):
            return True
        if kind in ("a", "v", "vn") and following in ("n", "x", "vn", "de") and self.kind(at - 1) in ("de", "mark"):
            return True
        nominal = kind in VERBAL and at == begin and following not in (*NOMINAL, *ASPECT, "")
        return nominal or (kind == "vn" and following != "")
