"""Find the main verb of a statement or command.

A finite verb belongs to the last opener before it that has none yet: `who`, `that`, `because`, or a subject right
behind a noun (`the film I saw`). The first that belongs to none is the main verb.
"""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import FINITE, SURE, Clause, active, intransitive, takes_clause
from textaug.languages.negation_en.looks import plural
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import THIRD, forms

_TIMES = listed(
    """
    time year day night week month morning evening moment afternoon weekend summer winter spring today yesterday
    tomorrow
    """
)
_POINTING = listed("this these those")
_DEFINITE = listed("the this that these those my your his her its our their everyone somebody someone")
_SUPERLATIVES = listed("best worst most first last only one")
_COMMANDS = listed("be have do don't dont")


def main_clause(sentence: Sentence, start: int, *, stop: str = ".", strict: bool = False) -> Clause | None:
    """Return the clause whose verb is the first that belongs to no opener.

    Args:
        sentence: a tagged sentence.
        start: its first word to look at.
        stop: the kinds at which to give up.
        strict: whether words that are hardly verbs are out of the question.
    """
    search = _Search(sentence)
    found = search.scan(start, stop)
    if search.broken:
        return None
    if found is None and not strict and "u" in sentence.kinds[start:]:
        found = _Search(sentence, relaxed=True).scan(start, stop)
        if found is not None and sentence.kinds[found.verb] == "u" and not _plausible(sentence, found):
            return None
    return found


def _plausible(sentence: Sentence, found: Clause) -> bool:
    """Say whether a word that is hardly a verb is one: behind a name or `the film`, not in `Great special effects`."""
    first, form = found.subject, forms().get(sentence.words[found.verb])
    head = next((i - 1 for i in range(max(first, 0) + 1, found.verb) if sentence.kinds[i] == "I"), found.verb - 1)
    if form is not None and not form.slots & THIRD and not plural(sentence.words[head]):
        return False
    return first >= 0 and (sentence.kinds[first] in "DQP" or sentence.written(found.verb - 1)[:1].isupper())


class _Search:
    """The state of going from left to right.

    Attributes:
        relaxed: whether words that are hardly verbs count.
        pending: how many openers still wait for their verb.
        opener: the last subordinating conjunction that waits; -1 where none does.
        subject: where the subject begins; -1 where none was seen.
        consumed: whether a subordinate verb came since the last pause.
        fronted: whether something is put before the subject.
        leading: whether that may still go on.
        inside: whether a prepositional phrase may still go on.
        moved: whether a subject was found behind what is put before.
        broken: whether a fragment was followed by a clause: `The worst film I know and it was long`.
    """

    def __init__(self, sentence: Sentence, relaxed: bool = False) -> None:
        self.sentence, self.words, self.kinds = sentence, sentence.words, sentence.kinds
        self.relaxed = relaxed
        self.pending, self.opener, self.subject, self.consumed = 0, -1, -1, False
        self.fronted = self.leading = self.inside = self.moved = self.broken = False

    def scan(self, start: int, stop: str) -> Clause | None:
        """Return the main clause from here to a stop."""
        kinds = self.kinds
        self.leading = self.sentence.kind(start) in "ISGtE" or self._time(start)
        self.fronted = self.leading or self.sentence.kind(start) in "AX"
        for i in range(start, len(kinds)):
            kind = kinds[i]
            if kind in stop or kind == ".":
                return None
            if kind in FINITE or (kind == "u" and self.relaxed):
                found = self._finite(start, i)
                if found is not None:
                    return found
            elif kind in "mb" and self._imperative(start, i):
                return Clause(start, -1, i, i, True)
            else:
                self._other(start, i, kind)
        return None

    def _time(self, start: int) -> bool:
        return self.sentence.kind(start) in "DQNJ" and not _TIMES.isdisjoint(self.words[start : start + 3])

    def _other(self, start: int, i: int, kind: str) -> None:
        if kind in "STW":
            self.pending += 1
            if kind == "S":
                self.opener = i
        elif kind in "PDQNOGJ":
            self._nominal(start, i, kind)
        elif kind == "I":
            self.inside = self.subject < 0
        elif kind == ",":
            self._pause(i)
        elif kind == "C" and (self.consumed or (self.opener >= 0 and self.kinds[i - 1] == ",")):
            self._coordinated(i)

    # what is no verb

    def _nominal(self, start: int, i: int, kind: str) -> None:
        """A noun phrase may be the subject, or that of a relative clause without opener."""
        before = self.kinds[i - 1] if i > start else "^"
        if before == "C" and kind == "P" and self.subject >= 0 and self.consumed and self.opener < 0:
            self.broken = True
        if before in ",;CAX^:" and (before != "C" or self.consumed or self.subject < 0):
            if not self.pending and not (before == "C" and self.inside) and not self._qualified(start, i, before):
                self.subject = i
        elif self._follows_noun(i, kind, before):
            self._behind_noun(i, kind, before)
        elif kind == "P" and self._opens_bare(i, before):
            self.pending += 1
        elif kind == "P" and before in "FfvVEGA" and self.consumed and not self.pending:
            if before in "FfV" and takes_clause(self.sentence, i - 1):
                self.pending += 1
            else:
                self.subject = i
        elif self.subject < 0 and not self.pending and not self.inside:
            self.subject = i

    def _qualified(self, start: int, i: int, before: str) -> bool:
        """Say whether an adverb inside a noun phrase stands before: `the most famous`."""
        return before == "A" and self.subject >= 0 and i - 1 > start and self.kinds[i - 2] != ","

    def _follows_noun(self, i: int, kind: str, before: str) -> bool:
        begins = kind in "PD" or self.words[i] in _POINTING
        return begins and before in "NEQOuv" and not self.pending and self.words[i] != "'s"

    def _behind_noun(self, i: int, kind: str, before: str) -> None:
        """A new noun phrase behind a noun: the subject behind what is put before, else that of a relative clause."""
        again = self.leading and self.moved and kind == "P"
        if not again and (self.leading or self.subject < 0 or (self.consumed and self.opener >= 0)):
            self.subject, self.moved = i, True
        elif kind == "P" or before in "Nuv":
            self.pending += 1

    def _opens_bare(self, i: int, before: str) -> bool:
        """Say whether a pronoun opens a relative clause: `the best I saw`, `when the man I know came`."""
        if self.subject >= 0 and not self.pending and self.words[i - 1] in _SUPERLATIVES:
            return True
        return before == "N" and bool(self.pending) and self.opener >= 0 and self.kinds[self.opener + 1] in "DQN"

    def _pause(self, i: int) -> None:
        """A conjunction that has no verb by the pause opened no clause: `While in Paris, …`."""
        if self.pending and self.opener >= 0 and (self._verbless(i) or "u" in self.kinds[self.opener : i]):
            self.pending -= 1
            self.opener = -1
        self.consumed = self.inside = self.leading = False

    def _verbless(self, i: int) -> bool:
        if i <= self.opener + 1 or "P" in self.kinds[self.opener + 1 : i]:
            return False
        first = self.kinds[self.opener + 1]
        return first in "GEIAJ" or (first == "N" and self.sentence.kind(i + 1) in "PD")

    def _coordinated(self, i: int) -> None:
        """A verb joined to a subordinate one belongs to the same opener."""
        j = self.sentence.past_adverbs(i + 1)
        kind = self.sentence.kind(j)
        if kind in FINITE or (not self.consumed and kind == "P"):
            self.pending += 1
        elif self.opener >= 0 and kind in "PDQN" and "," in self.kinds[j:]:
            self.pending += not FINITE.isdisjoint(self.kinds[j : self.kinds.index(",", j)])

    # verbs

    def _finite(self, start: int, i: int) -> Clause | None:
        """Return the main clause if this verb is its verb."""
        kind = self.kinds[i]
        if kind in "HZ" and self._imperative(start, i):
            return Clause(start, -1, i, i, True)
        if self.pending:
            if not (kind == "f" and self.kinds[i - 1] in "NQ" and not active(self.sentence, i)):
                self.pending -= 1
                self.consumed = True
            return None
        doubtful = kind in "fvu"
        if (doubtful and not self._has_subject(start, i)) or self._is_object(self.subject):
            return None
        return None if doubtful and self._displaced(i) else Clause(start, self.subject, i, i)

    def _is_object(self, i: int) -> bool:
        """Say whether a noun phrase begins the object clause of a subordinate verb: `where you see her hand is`."""
        return self.consumed and i > 0 and self.kinds[i - 1] in "VFfG" and takes_clause(self.sentence, i - 1)

    def _has_subject(self, start: int, i: int) -> bool:
        """Say whether a doubtful verb has a subject; at the very start it may have lost it: `Loved it`."""
        if self.kinds[i] == "f" and i > start and not active(self.sentence, i) and not self._ends(i):
            return False
        if self.kinds[i - 1] == "," and i > start:
            object_follows = self.sentence.kind(i + 1) in "DOQtT"
            if not object_follows and not intransitive(self.sentence, i):
                return False
        if self.subject < 0 and self.inside and self.kinds[i] == "v" and self.kinds[i - 1] == "N":
            self.subject = i - 1  # `For some reason writers seem`: where the phrase before ends does not show
        return self.subject >= 0 or i == start

    def _ends(self, i: int) -> bool:
        """Say whether a verb ends the sentence behind a definite subject: `The team won.`."""
        definite = self.subject >= 0 and self.words[self.subject] in _DEFINITE
        return definite and self.kinds[i - 1] == "N" and self.sentence.kind(i + 1) == "."

    def _displaced(self, i: int) -> bool:
        """Say whether a doubtful verb is none, because a sure one comes that has no other subject."""
        subject = False
        for j in range(i + 1, len(self.kinds)):
            kind = self.kinds[j]
            if kind in SURE:
                return not (subject and takes_clause(self.sentence, i))
            if kind in "STWC;:." or (kind == "P" and self.kinds[j - 1] != "I"):
                return False
            if kind == ",":
                return self.sentence.kind(j + 1) in SURE and self.sentence.kind(i + 1) not in "DOQP"
            if kind in "DQN" and self.kinds[j - 1] not in "IDJNQG":
                subject = True
            elif kind == "I":
                subject = False
        return False

    def _imperative(self, start: int, i: int) -> bool:
        """Say whether a base form at the start, or behind what is put before, is an imperative."""
        word = self.words[i]
        if word not in _COMMANDS and self.kinds[i] != "m":
            return False
        addressed = self.sentence.kind(i + 1) == "P" and word != "let" and self.words[i + 1] not in ("it", "you")
        if self.pending or addressed:
            return False
        before = self.kinds[i - 1] if i > start else "^"
        return self.subject < 0 if before in "^XAC;:" else before == "," and self.fronted
