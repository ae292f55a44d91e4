"""Find what negates a main clause."""

from __future__ import annotations

from typing import NamedTuple

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import AUXILIARIES, WEAK_NEGATORS

NOUNS = {"nobody": "somebody", "nothing": "something", "none": "some", "noone": "someone", "nowhere": "somewhere"}
"""Negative pronouns, and what they are without the negation."""


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
    made = _before(sentence, clause)
    verb = clause.verb
    found = AUXILIARIES.get(sentence.words[verb])
    if found is not None and found.negative and sentence.kinds[verb] in "BHZM":
        made.append(Negator("auxiliary", verb))
    return made + _behind(sentence, clause)


def _before(sentence: Sentence, clause: Clause) -> list[Negator]:
    words, kinds = sentence.words, sentence.kinds
    made = []
    first = clause.subject if clause.subject >= 0 else clause.start
    if first != clause.start and (words[clause.start] in NOUNS or words[clause.start] in ("no", "neither")):
        return [Negator("part", clause.start)]
    if first > clause.start and words[first - 1] == "not":
        made.append(Negator("quantifier", first - 1))
    for i in range(first, clause.verb):
        word = words[i]
        if i == first and (word in NOUNS or (word in ("no", "neither") and kinds[i] in "DQ")):
            made.append(Negator("subject", i))
        elif word == "no" and words[i + 1] == "longer":
            made.append(Negator("longer", i))
        elif kinds[i] == "n":
            made.append(Negator("quantifier" if i == first else "part", i))
        elif all(kind in "An" for kind in kinds[i : clause.verb]):
            if word == "never":
                made.append(Negator("never", i))
            elif word in WEAK_NEGATORS:
                made.append(Negator("weak", i))
    return made


def _behind(sentence: Sentence, clause: Clause) -> list[Negator]:
    """Go on behind the verb; behind an infinitive or a gerund, a negation is of that part."""
    words, kinds = sentence.words, sentence.kinds
    made = []
    near, direct = sentence.kinds[clause.verb] in "BHZMm" or clause.imperative, True
    for i in range(clause.verb + 1, min(clause.end, len(words))):
        word, kind = words[i], kinds[i]
        if kind == "n":
            made.append(Negator("not" if near else "part", i))
        elif word == "never":
            made.append(Negator("never" if near else "part", i))
        elif word in WEAK_NEGATORS and near:
            made.append(Negator("weak", i))
        elif word == "no" and words[i + 1 : i + 2] == ["longer"]:
            made.append(Negator("longer" if near else "part", i))
        elif word in NOUNS or (word == "no" and kind == "D"):
            made.append(Negator("object" if direct else "part", i))
        elif word in ("neither", "nor"):
            made.append(Negator("part", i))
        near = near and kind in "AnVbEPH"
        direct = direct and kind not in "tG"
    return made


FEW = listed("few little zero")


def scarce(sentence: Sentence, clause: Clause) -> bool:
    """Say whether `few` or `little`, half a negation, stands in a clause."""
    words = sentence.words
    first = clause.subject if clause.subject >= 0 else clause.start
    return any(
        words[i] in FEW and (i == 0 or sentence.kinds[i - 1] not in "DJ" and words[i - 1] not in ("a", "an", "the", "these", "those", "this", "that", "my", "his", "her", "our", "last", "first", "next", "past"))
        and (words[i] in ("few", "zero") or (i + 1 < len(words) and sentence.kinds[i + 1] in "NJG"))
        for i in range(first, min(clause.end, len(words)))
    )


def contrasted(sentence: Sentence, clause: Clause, at: int) -> bool:
    """Say whether what is negated, or would be, is set against something else: `not a comedy but a drama`."""
    words = sentence.words
    for i in range(at, len(words)):
        if i > clause.end and (sentence.kinds[i] in "BHMZFv;:STW" or i > clause.end + 20):
            break
        if words[i] == "but" and not _opens(sentence, i + 1):
            return True
        if words[i] == "rather" and words[i - 1 : i] == [","]:
            return True
    behind = words[clause.end : clause.end + 2]
    if behind[:1] == [","] and behind[1:] and behind[1] in ("not", "just", "only", "merely", "simply", "nor", "much"):
        return True
    return "nor" in behind or behind == ["let", "alone"]


def _opens(sentence: Sentence, i: int) -> bool:
    """Say whether a clause of its own begins here."""
    kinds = sentence.kinds
    while kinds[i : i + 1] in (["A"], [","]):
        i += 1
    if i >= len(kinds):
        return False
    if kinds[i] in "PDQNJSGTI":
        for kind in kinds[i + 1 : i + 10]:
            if kind in "BHMZFfv":
                return True
            if kind in ";:." or (kind in ",C" and kinds[i] in "JG"):
                return False
        return False
    return kinds[i] in "BHMZFv"
