"""Find the main clauses of a statement: where each begins, its subject, its finite verb, where its reach ends.

A finite verb belongs to the last opener before it that has none yet: `who`, `that`, `because`, or a subject right behind a
noun (`the film I saw`). The first that belongs to none is the main verb.
"""

from __future__ import annotations

from dataclasses import dataclass

from textaug.languages.en import listed
from textaug.languages.negation_en.looks import plural
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import BASE, PAST, THIRD, forms
from textaug.languages.negation_en.words import AUXILIARIES, CLAUSE_VERBS, INDEFINITE, INTRANSITIVE, NAMING

_FINITE = frozenset("BHMZFfv")
_SURE = frozenset("BHMZF")
_NOMINAL = frozenset("NGOEQJ")
_TIMES = listed("time year day night week month morning evening moment afternoon weekend summer winter spring today yesterday tomorrow")
_ASIDES = listed("think guess suppose believe say said says know hope bet mean imagine assume feel fear admit add added adds asks asked")
_POINTING = listed("this these those")
_WAITING = listed("sure certain glad afraid aware positive convinced sorry")
_PAST_AUXILIARIES = listed("was were had did could would wasn't weren't hadn't didn't couldn't wouldn't")


@dataclass(slots=True)
class Clause:
    """A main clause.

    Attributes:
        start: its first word.
        subject: the first word of its subject; -1 where it has none, or shares that of the clause before it.
        verb: its finite verb; of an imperative, the base form, `do` or `don't`.
        end: the first word that is out of the reach of its negation.
        imperative: whether it is one.
    """

    start: int
    subject: int
    verb: int
    end: int
    imperative: bool = False


def clauses(sentence: Sentence, start: int = 0) -> list[Clause] | str:
    """Return the main clauses of a statement or command, or why they cannot be told.

    >>> from textaug.languages.negation_en.tags import tag
    >>> from textaug.languages.negation_en.tokens import tokens
    >>> tag(made := tokens("When I saw it, I laughed and he left."))
    >>> [made.words[clause.verb] for clause in clauses(made)]
    ['laughed', 'left']
    """
    found = _Search(sentence).main(start)
    if found is None:
        return "no finite verb"
    if _doubtful(sentence, found):
        return "an unclear verb"
    return _Walk(sentence).clauses(found)


def _doubtful(sentence: Sentence, found: Clause) -> bool:
    """Say whether a word before the verb may be the main verb of a clause before."""
    kinds = sentence.kinds
    first = found.start if kinds[found.start] in "DPNQJ" else found.subject
    for i in range(first, found.verb) if first >= 0 else ():
        if kinds[i] in "uv" and {"C", ","} & set(kinds[i:found.verb]):
            return True
    return False


def past(sentence: Sentence, i: int) -> bool:
    """Say whether a finite verb is in the past."""
    word = sentence.words[i]
    if word in AUXILIARIES:
        return word in _PAST_AUXILIARIES
    found = forms().get(word)
    return bool(found.slots & PAST) if found else word.endswith("ed")


class _Search:
    """The search for the main verb, from left to right.

    Attributes:
        pending: how many openers still wait for their verb.
        opener: the last subordinating conjunction that waits; -1 where none does.
        consumed: whether a subordinate verb came since the last pause.
        leading: whether what is put before the clause may still go on.
        moved: whether a subject was found behind what is put before.
        broken: whether a fragment was followed by a clause: `The worst film I know and it was long`.
    """

    def __init__(self, sentence: Sentence, relaxed: bool = False) -> None:
        self.sentence, self.words, self.kinds = sentence, sentence.words, sentence.kinds
        self.relaxed = relaxed
        self.pending, self.opener, self.subject, self.consumed = 0, -1, -1, False
        self.fronted = self.leading = self.inside = self.moved = self.broken = False

    def main(self, start: int, *, stop: str = ".", strict: bool = False) -> Clause | None:
        """Return the clause whose verb is the first that belongs to no opener."""
        found = self._scan(start, stop)
        if found is None and not strict and not self.relaxed and "u" in self.kinds[start:]:
            found = _Search(self.sentence, relaxed=True)._scan(start, stop)
            if found is not None and self.kinds[found.verb] == "u" and not self._plausible(found):
                found = None
        return None if self.broken else found

    def _plausible(self, found: Clause) -> bool:
        """A word that is hardly a verb is one behind a determined noun or a name, not in `Great special effects`."""
        first = found.subject
        form = forms().get(self.words[found.verb])
        if form is not None and not form.slots & THIRD and not plural(self.words[self._head(first, found.verb)]):
            return False
        return first >= 0 and (self.kinds[first] in "DQP" or self.sentence.written(found.verb - 1)[:1].isupper())

    def _head(self, first: int, verb: int) -> int:
        """Return the head of a subject: the word before its first preposition."""
        return next((i - 1 for i in range(max(first, 0) + 1, verb) if self.kinds[i] == "I"), verb - 1)

    def _scan(self, start: int, stop: str) -> Clause | None:
        kinds = self.kinds
        self.leading = start < len(kinds) and (kinds[start] in "ISGtE" or self._time(start))
        self.fronted = self.leading or (start < len(kinds) and kinds[start] in "AX")
        for i in range(start, len(kinds)):
            kind = kinds[i]
            if kind in stop or kind == ".":
                return None
            if kind in _FINITE or (kind == "u" and self.relaxed):
                found = self._finite(start, i)
                if found is not None:
                    return found
            elif kind in "mb" and self._imperative(start, i):
                return Clause(start, -1, i, i, True)
            else:
                self._other(start, i, kind)
        return None

    def _other(self, start: int, i: int, kind: str) -> None:
        if kind == "S" or kind in "TW":
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

    def _time(self, start: int) -> bool:
        return any(word in _TIMES for word in self.words[start : start + 3]) and self.kinds[start] in "DQNJ"

    def _nominal(self, start: int, i: int, kind: str) -> None:
        before = self.kinds[i - 1] if i > start else "^"
        if before == "C" and kind == "P" and self.subject >= 0 and self.consumed and self.opener < 0:
            self.broken = True
        if before in ",;CAX^:" and (before != "C" or self.consumed or self.subject < 0):
            if not self.pending and not (before == "C" and self.inside) and not (before == "A" and self.subject >= 0 and i - 1 > start and self.kinds[i - 2] not in ","):
                self.subject = i
        elif (kind in "PD" or self.words[i] in _POINTING) and before in "NEQOuv" and not self.pending and self.words[i] != "'s":
            again = self.leading and self.moved and kind == "P"
            if not again and (self.leading or self.subject < 0 or (self.consumed and self.opener >= 0)):
                self.subject, self.moved = i, True
            elif kind == "P" or before in "Nuv":
                self.pending += 1
        elif kind == "P" and self.subject >= 0 and not self.pending and self._superlative(i - 1):
            self.pending += 1
        elif kind == "P" and before == "N" and self.pending and self.kinds[self.opener + 1] in "DQN" and self.opener >= 0:
            self.pending += 1
        elif kind == "P" and before in "FfvVEGA" and self.consumed and not self.pending:
            if before in "FfV" and self._takes_clause(i - 1):
                self.pending += 1
            else:
                self.subject = i
        elif self.subject < 0 and not self.pending and not self.inside:
            self.subject = i

    def _superlative(self, i: int) -> bool:
        return self.words[i] in ("best", "worst", "most", "first", "last", "only", "one")

    def _pause(self, i: int) -> None:
        """A conjunction that has no verb by the pause opened no clause: `While in Paris, …`."""
        if self.pending and self.opener >= 0 and "u" in self.kinds[self.opener : i]:
            self.pending -= 1
            self.opener = -1
        if self.pending and self.opener >= 0 and i > self.opener + 1:
            first = self.kinds[self.opener + 1]
            if (first in "GEIAJ" or (first == "N" and self.kinds[i + 1 : i + 2] in (["P"], ["D"]))) and not any(kind == "P" for kind in self.kinds[self.opener + 1 : i]):
                self.pending -= 1
                self.opener = -1
        self.consumed = self.inside = self.leading = False

    def _coordinated(self, i: int) -> None:
        """A verb joined to a subordinate one belongs to the same opener."""
        j = i + 1
        while j < len(self.kinds) and self.kinds[j] == "A":
            j += 1
        if j >= len(self.kinds):
            return
        if self.kinds[j] in _FINITE or (not self.consumed and self.kinds[j] == "P"):
            self.pending += 1
        elif self.opener >= 0 and self.kinds[j] in "PDQN" and "," in self.kinds[j:]:
            stop = self.kinds.index(",", j)
            self.pending += not _FINITE.isdisjoint(self.kinds[j:stop])

    def _finite(self, start: int, i: int) -> Clause | None:
        kind = self.kinds[i]
        if kind in "HZ" and self._imperative(start, i):
            return Clause(start, -1, i, i, True)
        if self.pending and kind == "f" and self.kinds[i - 1] in "NQ" and not _active(self.sentence, i):
            return None
        if self.pending:
            self.pending -= 1
            self.consumed = True
            return None
        if kind in "fvu" and not self._has_subject(start, i):
            return None
        if self.consumed and self.subject > 0 and self.kinds[self.subject - 1] in "VFfG" and self._takes_clause(self.subject - 1):
            return None
        if kind in "fvu" and self._displaced(i):
            return None
        return Clause(start, self.subject, i, i)

    def _has_subject(self, start: int, i: int) -> bool:
        """Say whether a doubtful verb has a subject; at the very start it may have lost it: `Loved it`."""
        if self.kinds[i] == "f" and i > start and not _active(self.sentence, i):
            return False
        if self.kinds[i - 1] == "," and i > start and not self._after_pause(i):
            return False
        if self.subject < 0 and self.inside and self.kinds[i] == "v" and self.kinds[i - 1] == "N":
            self.subject = i - 1  # `For some reason writers seem`: where the phrase before ends does not show
        return self.subject >= 0 or i == start

    def _after_pause(self, i: int) -> bool:
        found = forms().get(self.words[i])
        return self.kinds[i + 1 : i + 2] in (["D"], ["O"], ["Q"], ["t"], ["T"]) or (found is not None and found.base in INTRANSITIVE)

    def _displaced(self, i: int) -> bool:
        """Say whether a doubtful verb is none, because a sure one comes that has no other subject."""
        subject = False
        for j in range(i + 1, len(self.kinds)):
            kind = self.kinds[j]
            if kind in _SURE:
                return not (subject and self._takes_clause(i))
            if kind in "STWC;:." or (kind == "P" and self.kinds[j - 1] != "I"):
                return False
            if kind == ",":
                return self.kinds[j + 1 : j + 2] != [] and self.kinds[j + 1] in _SURE
            if kind in "DQN" and self.kinds[j - 1] not in "IDJNQG" and not subject:
                subject = True
            elif kind == "I":
                subject = False
        return False

    def _takes_clause(self, i: int) -> bool:
        found = forms().get(self.words[i])
        return found is not None and (found.base in CLAUSE_VERBS or self.words[i] in CLAUSE_VERBS)

    def _imperative(self, start: int, i: int) -> bool:
        """Say whether a base form at the start, or behind what is put before, is an imperative."""
        word = self.words[i]
        if word not in ("be", "have", "do", "don't", "dont") and self.kinds[i] != "m":
            return False
        after = self.kinds[i + 1] if i + 1 < len(self.kinds) else "."
        if self.pending or (after == "P" and word not in ("let",) and self.words[i + 1] not in ("it", "you")):
            return False
        before = self.kinds[i - 1] if i > start else "^"
        if before in "^XAC;:":
            return self.subject < 0
        return before == "," and self.fronted


def _active(sentence: Sentence, i: int) -> bool:
    """Say whether a past form is a verb and no participle: an object follows, or it never has one."""
    following = sentence.kinds[i + 1] if i + 1 < len(sentence.kinds) else "."
    found = forms().get(sentence.words[i])
    if following in "NJ" and found is not None and found.base not in NAMING and sentence.kinds[i - 1] != "A":
        return True
    return following in "DOPQTtW" or (sentence.kinds[i - 1] == "A" and following not in ".,;I") or (found is not None and found.base in INTRANSITIVE)


class _Walk:
    """The walk behind a main verb, to where its reach ends, and to the clauses that are joined to it."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.words, self.kinds = sentence, sentence.words, sentence.kinds
        self.made: list[Clause] = []
        self.opener = -1
        self.inner = self.led = self.conditional = self.relative = False
        self.reason = ""

    def clauses(self, first: Clause) -> list[Clause] | str:
        """Return the first clause and those joined to it."""
        self.made.append(first)
        self.led = self.kinds[first.start] == "S" or (self.kinds[first.start] == "I" and self.kinds[first.verb] in "fvu")
        i = first.verb + 1
        while i < len(self.kinds) and not self.reason:
            i = self._step(i)
        if self.reason:
            return self.reason
        last = self.made[-1]
        if last.end == last.verb:
            last.end = len(self.kinds)
        return self.made

    def _step(self, i: int) -> int:
        kind = self.kinds[i]
        if kind in "STW" or (kind == "P" and self.kinds[i - 1] in "NEFfvVGOJQ" and self._verb_follows(i)):
            self._end(i)
            self.inner = True
            self.conditional = self.conditional or kind == "S"
            self.relative = kind == "W"
            self.opener = i
        elif kind == ",":
            return self._pause(i)
        elif kind == ";":
            self._end(i)
            first = self._skip(i + 1)
            if first < len(self.kinds) and self.kinds[first] in "GEn":
                self.inner = True
                return first
            return self._joined(i + 1, i + 1, certain=True)
        elif kind in ":.":
            self._end(i)
            return len(self.kinds)
        elif kind == "C":
            return self._conjunction(i)
        elif kind in _FINITE and self.kinds[i - 1] == ",":
            self.reason = "an unclear verb"
        elif kind in _SURE and not self.inner:
            self._complement(i)
        elif kind in "vf" and not self.inner and self._awaited(i):
            self._end(self._noun_before(i))
            self.inner = True
        elif kind == "v" and not self.inner and self.kinds[self.made[-1].verb] in "fvu":
            self.reason = "an unclear verb"
        return i + 1

    def _verb_follows(self, i: int) -> bool:
        j = self._skip(i + 1)
        return j < len(self.kinds) and self.kinds[j] in "BHMZFfvu"

    def _complement(self, i: int) -> None:
        """A verb that comes without conjunction is of an object clause, if the verb before it takes one."""
        first = self._noun_before(i)
        last = self.made[-1]
        adjective = self.kinds[first - 1] == "J"
        if first == i or not (self._takes(last.verb) or self._awaited(i) or self.kinds[last.verb] in "HMZ" or adjective):
            self.reason = "an unclear verb"
        self._end(first)
        self.inner = True

    def _awaited(self, i: int) -> bool:
        """Say whether a verb that takes a clause stands right before the subject of this one: `notice the humor falls flat`."""
        first = self._noun_before(i)
        return first < i and self.kinds[first - 1] in "FVG" and self._takes(first - 1)

    def _takes(self, verb: int) -> bool:
        """Say whether a verb takes an object clause."""
        found = forms().get(self.words[verb])
        return found is not None and (found.base in CLAUSE_VERBS or self.words[verb] in CLAUSE_VERBS)

    def _noun_before(self, i: int) -> int:
        """Return where the subject of an inner clause without opener begins."""
        while i > 0 and self.kinds[i - 1] in "DQJNAG":
            i -= 1
        return i

    def _end(self, i: int) -> None:
        last = self.made[-1]
        if last.end == last.verb:
            last.end = max(i, last.verb + 1)

    def _add(self, clause: Clause, end: int) -> int:
        self._end(end)
        self.opener = -1
        self.made.append(clause)
        self.inner = self.conditional = False
        return clause.verb + 1

    def _pause(self, i: int) -> int:
        """A clause may follow a comma without a conjunction; asides such as `, I think,` are none."""
        self._end(i)
        j = self._skip(i + 1)
        kinds, last = self.kinds, self.made[-1]
        if j >= len(kinds):
            return i + 1
        if self.inner and self.opener >= 0 and _FINITE.isdisjoint(kinds[self.opener : i]):
            if kinds[self.opener] != "S":
                return i + 1
            self.inner = self.conditional = False
        if kinds[j] in "PDQNJ" and self._aside(j):
            self.inner = True
            return i + 1
        if kinds[j] == "P":
            verb = self._skip(j + 1)
            if verb < len(kinds) and kinds[verb] in _FINITE:
                if self.led or (self.inner and self.conditional) or self._open(last) or kinds[verb + 1 : verb + 2] == [","]:
                    self.reason = "an unclear verb"
                return self._add(Clause(i + 1, j, verb, verb), i)
        elif kinds[j] in _FINITE and kinds[i - 1] not in "A,":
            if kinds[j] == "F" and kinds[last.verb] in "Ff" and not self.inner:
                return self._add(Clause(i + 1, -1, j, j), i)
            if kinds[j] != "f":
                self.reason = "an unclear verb"
        elif kinds[j] in "DQ" or (kinds[j] == "N" and kinds[j + 1 : j + 2] != [] and kinds[j + 1] in _SURE):
            found = _Search(self.sentence).main(j, stop=".,;:CSTWI", strict=True)
            if found is not None and kinds[found.verb] in _SURE and not self._bare(j, found.verb):
                found.start = i + 1
                if self.led or self.inner or self._open(last):
                    self.reason = "an unclear verb"
                return self._add(found, i)
        elif kinds[j] == "m" and last.imperative:
            return self._add(Clause(i + 1, -1, j, j, True), i)
        self._claim(j)
        return i + 1

    def _bare(self, i: int, verb: int) -> bool:
        """Say whether a name behind a noun is the subject: `the kind Tom would like`."""
        names = [self.sentence.text[self.sentence.starts[j]].isupper() for j in range(i, verb) if self.kinds[j] == "N"]
        return names[:1] == [False] and True in names

    def _claim(self, i: int, *, apart: bool = False) -> None:
        """Refuse the sentence if a verb that may be a main one comes before the next break, and belongs to no opener."""
        if (self.inner and not apart) or (self.kinds[i] == "P" and self._aside(i)):
            return
        for j in range(i, len(self.kinds)):
            kind = self.kinds[j]
            if kind in ",;:.CSTW" or (kind == "P" and j > i and self.kinds[j - 1] in "NOQ"):
                return
            if kind in "BHMZFvu" or (kind == "f" and _active(self.sentence, j)):
                self.reason = "an unclear verb"

    def _open(self, last: Clause) -> bool:
        """Say whether a clause still waits for its object clause: `I am sure, with him, it would work`."""
        words = self.words[last.verb : last.end]
        waits = self._takes(last.verb) and self.kinds[last.verb + 1 : last.verb + 2] not in (["O"], ["P"], ["Q"], ["D"])
        return not self.inner and (waits or not _WAITING.isdisjoint(words))

    def _aside(self, i: int) -> bool:
        verb = i + 1
        while verb < len(self.kinds) and self.kinds[verb] in "DQJNA":
            verb += 1
        if verb >= len(self.kinds) or self.words[verb] not in _ASIDES:
            return False
        behind = self.kinds[verb + 1 : verb + 6]
        return not behind or behind[0] in ",.;:" or (behind[0] in "IAN" and {".", ","} & set(behind) != set())

    def _skip(self, i: int) -> int:
        while i < len(self.kinds) and self.kinds[i] == "A":
            i += 1
        return i

    def _conjunction(self, i: int) -> int:
        word, last, kinds = self.words[i], self.made[-1], self.kinds
        apart = kinds[i - 1] == "," or word in ("but", "yet")
        j = self._skip(i + 1)
        if j >= len(kinds) or (self.inner and self.opener >= 0 and _FINITE.isdisjoint(kinds[self.opener : i])):
            return i + 1
        kind = kinds[j]
        if not self.inner and not apart and kind in "NJ" and self._takes(last.verb) and kinds[i - 1] in "NJ":
            self._end(self._noun_before(i))
            self.inner = True
        if self.inner and not apart and not (self.relative and kind in "PDQN"):
            self._attach(i, j)
            return i + 1
        if kind == "n" and j + 1 < len(kinds) and kinds[j + 1] in "PDQN":
            j += 1
        if kind in "fv" and not self._parallel(last, j):
            if kind == "v" and self.kinds[j + 1 : j + 2] in (["D"], ["O"], ["Q"], ["P"], ["t"], ["T"]):
                self.reason = "an unclear verb"
            return i + 1
        if kind in _FINITE:
            if self.words[j - 1] == "so" and kind in "BHZM":
                self.reason = "inversion"
            if word in ("or", "nor") or self.inner:
                self.reason = "alternatives" if not self.inner else "an unclear verb"
            return self._add(Clause(i + 1, -1, j, j), i)
        if last.imperative and kind in "mV":
            return self._add(Clause(i + 1, -1, j, j, True), i)
        if self.inner and self.relative and not apart and _Search(self.sentence).main(j, stop=",;:.", strict=True) is not None:
            self.reason = "an unclear verb"
        return self._joined(i + 1, j, certain=False)

    def _attach(self, i: int, j: int) -> None:
        """Refuse the sentence if what is joined to an inner clause is in the tense of the main verb, not of the inner one."""
        verb = next((k for k in range(j, len(self.kinds)) if self.kinds[k] in _FINITE or self.kinds[k] in ",;:.STW"), -1)
        inner = next((k for k in range(i, self.made[-1].verb, -1) if self.kinds[k] in _FINITE), -1)
        if verb < 0 or inner < 0 or self.kinds[verb] not in _FINITE or self.kinds[verb] == "M":
            return
        tense = past(self.sentence, verb)
        if tense != past(self.sentence, inner) and tense == past(self.sentence, self.made[-1].verb):
            self.reason = "an unclear verb"

    def _joined(self, start: int, i: int, *, certain: bool) -> int:
        """Go into the clause that begins here, if one does."""
        if i >= len(self.kinds):
            return i
        found = _Search(self.sentence).main(i, stop=".;:", strict=not certain)
        if found is None or not (certain or self._trusted(found, i)):
            if not certain:
                self._claim(i, apart=self.kinds[start - 2 : start - 1] == [","])
            return i
        if not certain and self.words[start - 1] in ("or", "nor"):
            self.reason = "alternatives"
        found.start = start
        return self._add(found, start - 1)

    def _trusted(self, found: Clause, i: int) -> bool:
        """Say whether a verb behind a conjunction is surely that of a new clause."""
        kind = self.kinds[found.verb]
        if self.kinds[i] == "I" and found.subject - i > 5 and "," not in self.kinds[i : found.subject]:
            return False
        if "," in self.kinds[max(found.subject, i) : found.verb] or (found.subject < 0 and not found.imperative):
            return False
        if kind in _SURE or found.imperative:
            return True
        return (self.kinds[i] in "PDQS" or self.words[i] in INDEFINITE) and self.kinds[found.verb + 1 : found.verb + 2] not in (["N"], ["J"], ["G"], ["C"])

    def _parallel(self, last: Clause, j: int) -> bool:
        """Say whether a doubtful verb behind a conjunction matches the verb before it."""
        kind, word = self.kinds[last.verb], self.words[last.verb]
        if self.kinds[j] == "f":
            chain = kind in "BH" and any(kind == "E" for kind in self.kinds[last.verb + 1 : j])
            if chain and self.kinds[j + 1 : j + 2] and self.kinds[j + 1] in "DOPTJ":
                self.reason = "an unclear verb"
            return past(self.sentence, last.verb) and not chain
        if self.words[j - 1] == "but" and self.kinds[j + 1 : j + 2] in (["D"], ["I"], ["J"], ["t"], ["Q"], ["O"]):
            return True
        if past(self.sentence, last.verb) or kind == "M":
            return False
        found = forms().get(self.words[j])
        third = word in ("is", "has", "does", "'s") or (kind in "Fv" and word.endswith("s"))
        return found is not None and bool(found.slots & (THIRD if third else BASE))
