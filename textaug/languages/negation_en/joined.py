"""Go on behind a main verb: to where its reach ends, and to the clauses that are joined to it."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import FINITE, SURE, Clause, active, past, takes_clause
from textaug.languages.negation_en.search import main_clause
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import BASE, THIRD, forms
from textaug.languages.negation_en.words import INDEFINITE

_UNCLEAR = "an unclear verb"
_ASIDES = listed(
    """
    think guess suppose believe say said says know hope bet mean imagine assume feel fear admit add added adds asks
    asked
    """
)
_WAITING = listed("sure certain glad afraid aware positive convinced sorry")


def joined(sentence: Sentence, first: Clause) -> list[Clause] | str:
    """Return a clause and those joined to it, with their ends, or why they cannot be told."""
    return _Walk(sentence, first).clauses()


class _Walk:
    """The state of going on from a main verb.

    Attributes:
        made: the clauses found so far.
        inner: whether a subordinate clause is open.
        opener: what opened it; -1 where nothing did.
        conditional: whether one of those open has a conjunction.
        relative: whether the last opened is a relative clause.
        led: whether the sentence begins with a subordinate clause, or may do so.
        reason: why the sentence is refused.
    """

    def __init__(self, sentence: Sentence, first: Clause) -> None:
        self.sentence, self.words, self.kinds = sentence, sentence.words, sentence.kinds
        self.made = [first]
        self.opener, self.reason = -1, ""
        self.inner = self.conditional = self.relative = False
        opening = self.kinds[first.start]
        self.led = opening == "S" or (opening == "I" and self.kinds[first.verb] in "fvu")

    def clauses(self) -> list[Clause] | str:
        """Return the clauses, or the reason."""
        i = self.made[0].verb + 1
        while i < len(self.kinds) and not self.reason:
            i = self._step(i)
        self._end(len(self.kinds))
        return self.reason or self.made

    def _step(self, i: int) -> int:
        """Take a word in, and return the next to look at."""
        kind = self.kinds[i]
        if kind in "STW" or (kind == "P" and self.kinds[i - 1] in "NEFfvVGOJQ" and self._verb_follows(i)):
            self._open(i, kind)
        elif kind == ",":
            return self._pause(i)
        elif kind == ";":
            return self._break(i)
        elif kind in ":.":
            self._end(i)
            return len(self.kinds)
        elif kind == "C":
            return self._conjunction(i)
        elif kind in FINITE:
            self._finite(i, kind)
        return i + 1

    def _open(self, i: int, kind: str) -> None:
        self._end(i)
        self.inner, self.opener, self.relative = True, i, kind == "W"
        self.conditional = self.conditional or kind == "S"

    def _end(self, i: int) -> None:
        """End the reach of the last clause, if it has not ended."""
        last = self.made[-1]
        if last.end == last.verb:
            last.end = max(i, last.verb + 1)

    def _add(self, clause: Clause, end: int) -> int:
        self._end(end)
        self.made.append(clause)
        self.opener, self.inner, self.conditional = -1, False, False
        return clause.verb + 1

    # verbs that come without a conjunction

    def _finite(self, i: int, kind: str) -> None:
        if self.kinds[i - 1] == ",":
            self.reason = _UNCLEAR
        elif self.inner:
            return
        elif kind in SURE:
            self._complement(i)
        elif self._awaited(i):
            self._end(self._noun_before(i))
            self.inner = True
        elif kind == "v" and self.kinds[self.made[-1].verb] in "fvu":
            self.reason = _UNCLEAR

    def _complement(self, i: int) -> None:
        """A sure verb is that of an object clause, if the verb before it takes one."""
        first, verb = self._noun_before(i), self.made[-1].verb
        expected = self.kinds[verb] in "HMZ" or self.kinds[first - 1] == "J"
        if first == i or not (expected or takes_clause(self.sentence, verb) or self._awaited(i)):
            self.reason = _UNCLEAR
        self._end(first)
        self.inner = True

    def _awaited(self, i: int) -> bool:
        """Say whether a verb that takes a clause stands before this one's subject: `notice the humor falls flat`."""
        first = self._noun_before(i)
        return first < i and self.kinds[first - 1] in "FVG" and takes_clause(self.sentence, first - 1)

    def _noun_before(self, i: int) -> int:
        """Return where the subject of an inner clause without opener begins."""
        while i > 0 and self.kinds[i - 1] in "DQJNAG":
            i -= 1
        return i

    def _verb_follows(self, i: int) -> bool:
        return self.sentence.kind(self.sentence.past_adverbs(i + 1)) in "BHMZFfvu"

    # pauses and breaks

    def _break(self, i: int) -> int:
        self._end(i)
        first = self.sentence.past_adverbs(i + 1)
        if self.sentence.kind(first) in "GEn":
            self.inner = True
            return first
        return self._enter(i + 1, i + 1, certain=True)

    def _pause(self, i: int) -> int:
        """A clause may follow a comma without a conjunction; asides such as `, I think,` are none."""
        self._end(i)
        j = self.sentence.past_adverbs(i + 1)
        if j >= len(self.kinds):
            return i + 1
        if self.inner and self._waits(i):
            if self.kinds[self.opener] != "S":
                return i + 1
            self.inner = self.conditional = False
        kind = self.kinds[j]
        if kind in "PDQNJ" and self._aside(j):
            self.inner = True
            return i + 1
        found = self._spliced(i, j, kind)
        if found is None and not self.reason:
            self._claim(j)
        return i + 1 if found is None else self._add(found, i)

    def _waits(self, i: int) -> bool:
        """Say whether the open clause has no verb yet."""
        if self.opener < 0:
            return False
        verbs = [j for j in range(self.opener, i) if self.kinds[j] in FINITE]
        return all(self.kinds[j] == "f" and not active(self.sentence, j) for j in verbs)

    def _spliced(self, i: int, j: int, kind: str) -> Clause | None:
        """Return the clause that follows a comma, if one does."""
        kinds, last = self.kinds, self.made[-1]
        if kind == "P":
            verb = self.sentence.past_adverbs(j + 1)
            if self.sentence.kind(verb) not in FINITE:
                return None
            parted = self.sentence.kind(verb + 1) == ","
            if self.led or parted or (self.inner and self.conditional) or self._object_awaited():
                self.reason = _UNCLEAR
            return Clause(i + 1, j, verb, verb)
        if kind in FINITE and kinds[i - 1] not in "A,":
            if kind == "F" and kinds[last.verb] in "Ff" and not self.inner:
                return Clause(i + 1, -1, j, j)
            self.reason = self.reason if kind == "f" else _UNCLEAR
        elif kind in "DQ" or (kind == "N" and self.sentence.kind(j + 1) in SURE):
            return self._spliced_noun(i, j)
        elif kind == "m" and last.imperative:
            return Clause(i + 1, -1, j, j, True)
        return None

    def _spliced_noun(self, i: int, j: int) -> Clause | None:
        found = main_clause(self.sentence, j, stop=".,;:CSTWI", strict=True)
        if found is None or self.kinds[found.verb] not in SURE or self._bare(j, found.verb):
            return None
        if self.led or self.inner or self._object_awaited():
            self.reason = _UNCLEAR
        found.start = i + 1
        return found

    def _bare(self, i: int, verb: int) -> bool:
        """Say whether a name behind a noun is the subject: `the kind Tom would like`."""
        names = [self.sentence.written(j)[:1].isupper() for j in range(i, verb) if self.kinds[j] == "N"]
        return names[:1] == [False] and True in names

    def _object_awaited(self) -> bool:
        """Say whether a clause still waits for its object clause: `I am sure, with him, it would work`."""
        last = self.made[-1]
        waits = takes_clause(self.sentence, last.verb) and self.sentence.kind(last.verb + 1) not in "OPQD"
        return not self.inner and (waits or not _WAITING.isdisjoint(self.words[last.verb : last.end]))

    def _aside(self, i: int) -> bool:
        """Say whether `I think`, `officials said on Monday` stands here between pauses."""
        verb = i + 1
        while self.sentence.kind(verb) in "DQJNA":
            verb += 1
        if self.sentence.word(verb) not in _ASIDES:
            return False
        behind = self.kinds[verb + 1 : verb + 6]
        return not behind or behind[0] in ",.;:" or (behind[0] in "IAN" and not {".", ","}.isdisjoint(behind))

    def _claim(self, i: int, *, apart: bool = False) -> None:
        """Refuse the sentence if what may be a main verb comes before the next break, and belongs to no opener."""
        if (self.inner and not apart) or (self.sentence.kind(i) == "P" and self._aside(i)):
            return
        for j in range(i, len(self.kinds)):
            kind = self.kinds[j]
            if kind in ",;:.CSTW" or (kind == "P" and j > i and self.kinds[j - 1] in "NOQ"):
                return
            if kind in "BHMZFvu" or (kind == "f" and active(self.sentence, j)):
                self.reason = _UNCLEAR

    # conjunctions

    def _conjunction(self, i: int) -> int:
        """Go on behind `and`, `but`: what is joined is a noun, a verb, or a clause of its own."""
        kinds, last = self.kinds, self.made[-1]
        apart = kinds[i - 1] == "," or self.words[i] in ("but", "yet")
        j = self.sentence.past_adverbs(i + 1)
        if j >= len(kinds) or (self.inner and self._waits(i)):
            return i + 1
        kind = kinds[j]
        nouns = kind in "NJ" and kinds[i - 1] in "NJ"
        if nouns and not self.inner and not apart and takes_clause(self.sentence, last.verb):
            self._end(self._noun_before(i))
            self.inner = True
        if self.inner and not apart and not (self.relative and kind in "PDQN"):
            self._attach(i, j)
            return i + 1
        if kind in FINITE:
            return self._joined_verb(i, j)
        if last.imperative and kind in "mV":
            return self._add(Clause(i + 1, -1, j, j, True), i)
        if kind == "n" and self.sentence.kind(j + 1) in "PDQN":
            j += 1
        if self.inner and self.relative and not apart and main_clause(self.sentence, j, stop=",;:.", strict=True):
            self.reason = _UNCLEAR
        return self._enter(i + 1, j, certain=False)

    def _joined_verb(self, i: int, j: int) -> int:
        """Take a verb joined to the main verb for a clause of its own."""
        kind = self.kinds[j]
        if kind in "fv" and not self._parallel(j):
            if kind == "v" and self.sentence.kind(j + 1) in "DOQPtT":
                self.reason = _UNCLEAR
            return i + 1
        if self.words[j - 1] == "so" and kind in "BHZM":
            self.reason = "inversion"
        if self.inner:
            self.reason = _UNCLEAR
        elif self.words[i] in ("or", "nor"):
            self.reason = "alternatives"
        return self._add(Clause(i + 1, -1, j, j), i)

    def _attach(self, i: int, j: int) -> None:
        """Refuse what is joined to an inner clause, if it is in the tense of the main verb, not in the inner one's."""
        verb = next((k for k in range(j, len(self.kinds)) if self.kinds[k] in FINITE or self.kinds[k] in ",;:.STW"), -1)
        inner = next((k for k in range(i, self.made[-1].verb, -1) if self.kinds[k] in FINITE), -1)
        if verb < 0 or inner < 0 or self.kinds[verb] not in FINITE or self.kinds[verb] == "M":
            return
        tense = past(self.sentence, verb)
        if tense != past(self.sentence, inner) and tense == past(self.sentence, self.made[-1].verb):
            self.reason = _UNCLEAR

    def _enter(self, start: int, i: int, *, certain: bool) -> int:
        """Go into the clause that begins here, if one does."""
        if i >= len(self.kinds):
            return i
        found = main_clause(self.sentence, i, stop=".;:", strict=not certain)
        if found is None or not (certain or self._trusted(found, i)):
            if not certain:
                self._claim(i, apart=self.sentence.kind(start - 2) == ",")
            return i
        if not certain and self.words[start - 1] in ("or", "nor"):
            self.reason = "alternatives"
        found.start = start
        return self._add(found, start - 1)

    def _trusted(self, found: Clause, i: int) -> bool:
        """Say whether a verb behind a conjunction is surely that of a new clause."""
        far = self.kinds[i] == "I" and found.subject - i > 5 and "," not in self.kinds[i : found.subject]
        parted = "," in self.kinds[max(found.subject, i) : found.verb]
        if far or parted or (found.subject < 0 and not found.imperative):
            return False
        if self.kinds[found.verb] in SURE or found.imperative:
            return True
        begins = self.kinds[i] in "PDQS" or self.words[i] in INDEFINITE
        measured = self.sentence.word(found.verb + 1)[:1].isdigit()
        return begins and (measured or self.sentence.kind(found.verb + 1) not in "NJGC")

    def _parallel(self, j: int) -> bool:
        """Say whether a doubtful verb behind a conjunction matches the verb before it."""
        verb = self.made[-1].verb
        kind, word, before = self.kinds[verb], self.words[verb], past(self.sentence, verb)
        following = self.sentence.kind(j + 1)
        if self.kinds[j] == "f":
            chain = kind in "BH" and "E" in self.kinds[verb + 1 : j]
            if chain and following in "DOPTJ":
                self.reason = _UNCLEAR
            return before and not chain
        if self.words[j - 1] == "but" and following in "DIJtQO":
            return True
        found = forms().get(self.words[j])
        third = word in ("is", "has", "does", "'s") or (kind in "Fv" and word.endswith("s"))
        return not before and kind != "M" and found is not None and bool(found.slots & (THIRD if third else BASE))
