"""Negate questions, and take their negation out."""

from __future__ import annotations

import re

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.negators import NOUNS
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import AUXILIARIES

_TAG = re.compile(
    r"""
    (?:^|[\s,;]) (?: (?:is|are|was|were|do|does|did|has|have|had|ca|could|wo|would|should|must|ai)n['’]?t | am | is | are
      | was | were | do | does | did | has | have | had | can | could | will | would | should )
    \s+ (?:i|you|he|she|it|we|they|there|that) \s* \?+ \W* $
  | [,;–—-] \s* (?:right|huh|eh|yes|no|ok|okay|yeah|correct|innit|or\s+not|or\s+what|hmm) \s* \?+ \W* $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASKED_ABOUT = listed("why who what which whose")
_NONE = {"someone": "no one", "somebody": "nobody", "something": "nothing"}
_OFFERS = listed("shall may")


def tagged(sentence: Sentence) -> bool:
    """Say whether a sentence ends in a tag: `isn't it?`."""
    found = _TAG.search(sentence.text[-60:])
    return found is not None and len(sentence.words) > 4


def inverted(sentence: Sentence, start: int) -> int:
    """Return the auxiliary of a question that stands before its subject; -1 where none does."""
    kinds, words = sentence.kinds, sentence.words
    i = start
    if kinds[i] == "W":
        i += 1
        while i < len(kinds) and kinds[i] in "NJQDAI" and i < start + 5:
            i += 1
        if i >= len(kinds) or kinds[i] not in "BHZM":
            return -1
        if words[start] in ("who", "what", "which", "whose"):
            needed = {"Z": "V", "H": "Eb"}.get(kinds[i], "")
            if not _subject_follows(sentence, i) or (needed and not set(needed) & set(kinds[i:])):
                return -1
        return i
    if i < len(kinds) and kinds[i] in "BHZM" and i + 1 < len(kinds) and kinds[i + 1] not in ".,;:":
        return i
    return -1


def _subject_follows(sentence: Sentence, i: int) -> bool:
    j = i + 1
    while j < len(sentence.kinds) and sentence.kinds[j] in "An":
        j += 1
    return j < len(sentence.kinds) and sentence.kinds[j] in "PDQN"


def insert(draft: Draft, start: int, verb: int, style: Style) -> str:
    """Negate a question: `Is it` becomes `Isn't it` or `Is it not`."""
    sentence = draft.sentence
    words = sentence.words
    reason = _unsafe(sentence, start, verb)
    if reason:
        return reason
    if verb + 1 < len(words) and words[verb + 1] in _NONE:
        draft.replace(verb + 1, _NONE[words[verb + 1]])
        return ""
    contracted = AUXILIARIES[words[verb]].contracted
    if contracted and (style.forced if style.forced is not None else style.seen >= 0):
        draft.replace(verb, style.text(contracted))
        return ""
    place = _place(sentence, verb)
    if place < 0:
        return "no place for not"
    draft.before(place, "not")
    return ""


def _unsafe(sentence: Sentence, start: int, verb: int) -> str:
    words, kinds = sentence.words, sentence.kinds
    opener = words[start] if kinds[start] == "W" else ""
    if opener and (opener not in _ASKED_ABOUT or (opener != "why" and kinds[verb] in "BH")):
        return "a question that is not negated"
    if opener == "what" and {"think", "mean", "say", "happen", "about"} & set(words[verb:]):
        return "a question that is not negated"
    if words[verb] in ("need", "dare"):
        return "a question that is not negated"
    if "please" in words or words[verb] in _OFFERS or words[verb : verb + 3] == ["would", "you", "mind"]:
        return "an offer or a wish"
    if words[verb] in ("'s", "'re", "'d", "'ll", "'ve", "'m") or "or" in words[verb:]:
        return "a question that is not negated"
    if kinds[verb] == "H" and "E" not in kinds[verb:] and "b" not in kinds[verb:]:
        return "a question that is not negated"
    following = [word for word in words[verb + 1 : verb + 6] if word in ("ever", "even", "only", "just", "any", "either")]
    if following[:1] in (["only"], ["either"]):
        return "a question that is not negated"
    return ""


def _place(sentence: Sentence, verb: int) -> int:
    """Return the word before which an uncontracted `not` stands: the one behind the subject."""
    kinds = sentence.kinds
    if kinds[verb + 1] == "P":
        return verb + 2 if verb + 2 < len(kinds) else -1
    if kinds[verb] in "MZH":
        wanted = "E" if kinds[verb] == "H" else "V"
        place = next((i for i in range(verb + 1, len(kinds)) if kinds[i] in wanted or kinds[i] in ",;.STW"), -1)
        if place < 0 or kinds[place] not in wanted:
            return -1
        while kinds[place - 1] == "A":
            place -= 1
        return place
    i = verb + 1
    while i < len(kinds) and kinds[i] in "DQ":
        i += 1
    while i < len(kinds) and kinds[i] == "J":
        i += 1
    if i < len(kinds) and kinds[i] == "N" and i + 1 < len(kinds) and kinds[i + 1] in "JGEAD":
        return i + 1
    return -1


def negated(sentence: Sentence, verb: int) -> int:
    """Return what negates a question: its auxiliary, or a `not` or `never` behind the subject; -1 where nothing does."""
    if AUXILIARIES[sentence.words[verb]].negative:
        return verb
    for i in range(verb + 1, min(verb + 8, len(sentence.words))):
        if sentence.words[i] in ("not", "never") or sentence.words[i] in NOUNS:
            return i
        if sentence.kinds[i] not in "PDQNJA" or sentence.words[i] == "so":
            return -1
    return -1


def remove(draft: Draft, start: int, verb: int, at: int, style: Style) -> str:
    """Take the negation out of a question."""
    sentence = draft.sentence
    words = sentence.words
    if {"until", "but", "only", "nor"} & set(words[at:]) or (words[at + 1 : at + 2] == ["a"] and sentence.kinds[start] == "W"):
        return "an idiom or a contrast"
    if at == verb:
        found = AUXILIARIES[words[at]]
        if words[at] in ("ain't", "aint"):
            return "ain't may be has or is"
        plain = "am" if words[at] in ("aren't", "arent") and words[at + 1 : at + 2] == ["i"] else found.plain
        draft.replace(at, plain)
    elif words[at] in NOUNS:
        draft.replace(at, NOUNS[words[at]])
    else:
        draft.delete(at)
    for i in range(at + 1, len(words)):
        if words[i : i + 2] == ["at", "all"] and i + 2 >= len(words) - 1:
            draft.delete(i)
            draft.delete(i + 1)
        elif words[i] == "either" and i + 2 >= len(words):
            draft.replace(i, "too")
    return ""


def statement(sentence: Sentence, start: int) -> Clause | None:
    """Return the clause of a question that asks for its subject: `Who came?`; its subject is the question word."""
    kinds = sentence.kinds
    if kinds[start] != "W":
        return None
    for i in range(start + 1, min(start + 6, len(kinds))):
        if kinds[i] in "BHZMFfv":
            return Clause(start, start, i, len(kinds))
        if kinds[i] not in "NJA":
            return None
    return None
