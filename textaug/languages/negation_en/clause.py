"""A clause, and what can be said of its verb."""

from __future__ import annotations

from dataclasses import dataclass

from textaug.languages.en import listed
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import PAST, forms
from textaug.languages.negation_en.words import AUXILIARIES, CLAUSE_VERBS, INTRANSITIVE, NAMING

FINITE = frozenset("BHMZFfv")
"""The kinds of what may be a finite verb."""

SURE = frozenset("BHMZF")
"""The kinds of what is a finite verb."""

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


def past(sentence: Sentence, i: int) -> bool:
    """Say whether a finite verb is in the past."""
    word = sentence.words[i]
    if word in AUXILIARIES:
        return word in _PAST_AUXILIARIES
    found = forms().get(word)
    return bool(found.slots & PAST) if found else word.endswith("ed")


def takes_clause(sentence: Sentence, i: int) -> bool:
    """Say whether a verb takes an object clause: `think`, `say`."""
    found = forms().get(sentence.words[i])
    return found is not None and (found.base in CLAUSE_VERBS or sentence.words[i] in CLAUSE_VERBS)


def intransitive(sentence: Sentence, i: int) -> bool:
    """Say whether a verb never has an object."""
    found = forms().get(sentence.words[i])
    return found is not None and found.base in INTRANSITIVE


def active(sentence: Sentence, i: int) -> bool:
    """Say whether a past form is a verb and no participle: an object follows, or it never has one."""
    before, following, found = sentence.kind(i - 1), sentence.kind(i + 1), forms().get(sentence.words[i])
    if following in "NJ" and before != "A" and found is not None and found.base not in NAMING:
        return True
    object_follows = following in "DOPQTtW" or (before == "A" and following not in ".,;I")
    called_for = found is not None and found.base == "call" and sentence.word(i + 1) == "for"
    return object_follows or called_for or intransitive(sentence, i)
