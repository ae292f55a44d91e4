"""Find what negates a main clause."""

from __future__ import annotations

from typing import NamedTuple

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import AUXILIARIES, WEAK_NEGATORS

NOUNS = {"nobody": "somebody", "nothing": "something", "none": "some", "noone": "someone", "nowhere": "somewhere"}
"""Negative pronouns, and what they are without the negation."""

_FEW = listed("few little zero")
_NOT_SCARCE = listed("a an the these those this that my his her our last first next past")
_SET_AGAINST = listed("not just only merely simply nor much")


class Negator(NamedTuple):
    """A word that negates.

    Attributes:
        sort: `auxiliary` (isn't), `not`, `never`, `weak` (hardly), `longer` (no longer), `subject` (nobody came),
            `quantifier` (not everyone came), `object` (saw nothing), `part` (a negation of a part of the clause).
        at: where it stands.
    """

    sort: str
    at: int


def negators(sentence: Sentence, clause: Clause) -> list[Negator]:
    """Return what negates a clause, or a part of it, from left to right."""
    found = AUXILIARIES.get(sentence.words[clause.verb])
    negative = found is not None and found.negative and sentence.kinds[clause.verb] in "BHZM"
    at_verb = [Negator("auxiliary", clause.verb)] if negative else []
    return _before(sentence, clause) + at_verb + _behind(sentence, clause)


def _before(sentence: Sentence, clause: Clause) -> list[Negator]:
    words, first = sentence.words, first_word(clause)
    opening = words[clause.start]
    if first != clause.start and (opening in NOUNS or opening in ("no", "neither")):
        return [Negator("part", clause.start)]
    made = [Negator("quantifier", first - 1)] if first > clause.start and words[first - 1] == "not" else []
    for i in range(first, clause.verb):
        sort = _sort_before(sentence, clause, first, i)
        if sort:
            made.append(Negator(sort, i))
    return made


def first_word(clause: Clause) -> int:
    """Return the first word of a clause's subject, or of the clause."""
    return clause.subject if clause.subject >= 0 else clause.start


def _sort_before(sentence: Sentence, clause: Clause, first: int, i: int) -> str:
    word, kinds = sentence.words[i], sentence.kinds
    if i == first and (word in NOUNS or (word in ("no", "neither") and kinds[i] in "DQ")):
        return "subject"
    if word == "no" and sentence.words[i + 1] == "longer":
        return "longer"
    if kinds[i] == "n":
        return "quantifier" if i == first else "part"
    if not all(kind in "An" for kind in kinds[i : clause.verb]):
        return ""
    return "never" if word == "never" else "weak" if word in WEAK_NEGATORS else ""


def _behind(sentence: Sentence, clause: Clause) -> list[Negator]:
    """Go on behind the verb; behind an infinitive or a gerund, a negation is of that part."""
    made = []
    near, direct = sentence.kinds[clause.verb] in "BHZMm" or clause.imperative, True
    for i in range(clause.verb + 1, min(clause.end, len(sentence.words))):
        sort = _sort_behind(sentence, i, near, direct)
        if sort:
            made.append(Negator(sort, i))
        near = near and sentence.kinds[i] in "AnVbEPH"
        direct = direct and sentence.kinds[i] not in "tG"
    return made


def _sort_behind(sentence: Sentence, i: int, near: bool, direct: bool) -> str:
    word, kind = sentence.words[i], sentence.kinds[i]
    if word == "no" and sentence.word(i + 1) == "longer":
        return "longer" if near else "part"
    if kind == "n" or word == "never":
        return ("never" if word == "never" else "not") if near else "part"
    if word in WEAK_NEGATORS:
        return "weak" if near else ""
    named = word == "none" and sentence.written(i) == "None"  # in texts on programs
    if (word in NOUNS and not named) or (word == "no" and kind == "D"):
        return "object" if direct else "part"
    return "part" if word in ("neither", "nor") else ""


def scarce(sentence: Sentence, clause: Clause) -> bool:
    """Say whether `few` or `little`, half a negation, stands in a clause."""
    return any(_scarce(sentence, i) for i in range(first_word(clause), min(clause.end, len(sentence.words))))


def _scarce(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    if word not in _FEW or (i and (sentence.kinds[i - 1] in "DJ" or sentence.words[i - 1] in _NOT_SCARCE)):
        return False
    return word != "little" or sentence.kind(i + 1) in "NJG"


def contrasted(sentence: Sentence, clause: Clause, at: int) -> bool:
    """Say whether what is negated, or would be, is set against something else: `not a comedy but a drama`."""
    words, kinds = sentence.words, sentence.kinds
    for i in range(at, len(words)):
        if i > clause.end and (kinds[i] in "BHMZFv;:STW" or i > clause.end + 20):
            break
        if words[i] == "but" and not _opens(sentence, i + 1):
            return True
        if words[i] == "rather" and sentence.word(i - 1) == ",":
            return True
    behind = (sentence.word(clause.end), sentence.word(clause.end + 1))
    if behind[0] == "," and behind[1] in _SET_AGAINST:
        return True
    return "nor" in behind or behind == ("let", "alone")


def _opens(sentence: Sentence, i: int) -> bool:
    """Say whether a clause of its own begins here."""
    kinds = sentence.kinds
    while sentence.kind(i) in "A,":
        i += 1
    if i >= len(kinds):
        return False
    if kinds[i] not in "PDQNJSGTI":
        return kinds[i] in "BHMZFv"
    for kind in kinds[i + 1 : i + 10]:
        if kind in "BHMZFfv":
            return True
        if kind in ";:." or (kind in ",C" and kinds[i] in "JG"):
            return False
    return False
