"""Take the negation out of a noun phrase: `nobody`, `no plot`, `not everyone`."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en import nouns
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.items import COMPARED
from textaug.languages.negation_en.negators import NOUNS

_FIXED = listed("doubt wonder matter means avail longer sooner two brainer less fewer more")
_EXCEPTIONS = listed("but except other save besides nor")
_NOT_ALL = listed("everyone everybody everything every all many much")
_BEFORE = listed("if next almost virtually practically like or nearly")
_FIXED_PHRASES = listed("means time way uncertain")
_BEHIND_NOUNS = listed("but bar much short more less other near like if except too better to")
_NO_NOUN = "no noun to go with no"


def affirm_subject(draft: Draft, clause: Clause, at: int) -> str:
    """Turn `nobody came` into `somebody came`; return why not where it cannot be."""
    sentence = draft.sentence
    word, following = sentence.words[at], sentence.word(at + 1)
    if word == "neither" or not _EXCEPTIONS.isdisjoint(sentence.words[at : clause.verb]):
        return "a contrast"
    if word in NOUNS or following in _FIXED or following == "one":
        return _pronoun(draft, at, word, following)
    number = nouns.count(sentence, at + 1)
    if not number or following in ("such", "other"):
        return _NO_NOUN
    draft.replace(at, "some" if number != "single" else nouns.with_article(sentence, at + 1))
    return ""


def affirm_quantifier(draft: Draft, at: int) -> str:
    """Turn `not everyone came` into `everyone came`; return why not where it cannot be."""
    if draft.sentence.word(at + 1) not in _NOT_ALL:
        return "a part of the clause is negated"
    draft.delete(at)
    return ""


def affirm_object(draft: Draft, at: int) -> str:
    """Turn `has no plot` into `has a plot`, `saw nothing` into `saw something`; return why not where it cannot be."""
    sentence = draft.sentence
    word, before, following = sentence.words[at], sentence.word(at - 1), sentence.word(at + 1)
    if following not in COMPARED:
        phrase = before in ("by", "in") and (word != "no" or following in _FIXED_PHRASES)
        if before in _BEFORE or phrase:
            return "an idiom"
    if word in NOUNS:
        to_do = following == "to" and sentence.word(at + 2) == "do"
        fixed = before in ("of", "to", "for") and word in ("nowhere", "none", "nothing")
        if fixed or (following in _BEHIND_NOUNS and not to_do):
            return "an idiom"
    if word in NOUNS or following in _FIXED or following == "one":
        return _pronoun(draft, at, word, following)
    return _no(draft, at, following)


def _pronoun(draft: Draft, at: int, word: str, following: str) -> str:
    """Turn `nothing` into `something`, `no one` into `someone`."""
    if word in NOUNS:
        draft.replace(at, NOUNS[word])
        return ""
    if following in _FIXED:
        return "an idiom"
    draft.replace(at, "someone")
    draft.delete(at + 1)
    return ""


def _no(draft: Draft, at: int, following: str) -> str:
    """Turn `no plot` into `a plot`, `no characters` into `characters`."""
    sentence = draft.sentence
    number = nouns.count(sentence, at + 1)
    if following in ("such", "other"):
        _no_such(draft, at, following, nouns.count(sentence, at + 2) or number)
    elif following in COMPARED or number in ("plural", "mass"):
        if number == "mass" and sentence.kinds[at + 1] == "G":
            return "an idiom"
        draft.delete(at)
    elif number == "single":
        draft.replace(at, nouns.with_article(sentence, at + 1))
    else:
        return _NO_NOUN
    return ""


def _no_such(draft: Draft, at: int, following: str, number: str) -> None:
    """Turn `no such film` into `such a film`, `no other film` into `another film`."""
    if number == "single" and following == "other":
        draft.replace(at, "another")
        draft.delete(at + 1)
        return
    draft.delete(at)
    if number == "single":
        draft.after(at + 1, nouns.with_article(draft.sentence, at + 2))
