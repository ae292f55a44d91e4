"""Negate questions, and take their negation out."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.negators import NOUNS
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.words import AUXILIARIES, NONE

_ASKED_ABOUT = listed("why who what which whose")
_NOT_NEGATED = listed("'s 're 'd 'll 've 'm need dare")
_ABOUT_WHAT = listed("think mean say happen about")
_CLOSING = listed("until but only nor")
_EMPHATIC = listed("ever even only just any either")
_OTHER = "a question that is not negated"


def begins(sentence: Sentence, start: int) -> int:
    """Return where a question begins behind what is put before it: `If so, why did he go?`."""
    kinds = sentence.kinds
    for i in range(start, len(kinds) - 2):
        if kinds[i] == "," and inverted(sentence, start) < 0:
            verb = inverted(sentence, i + 1)
            if verb >= 0 and (kinds[i + 1] == "W" or kinds[verb + 1] == "P"):
                start = i + 1 if kinds[start] in "SIAGNX" else start
                break
    while start < len(kinds) - 1 and kinds[start] in "A,;:":
        start += 1
    return start


def inverted(sentence: Sentence, start: int) -> int:
    """Return the auxiliary of a question that stands before its subject; -1 where none does."""
    kinds, i = sentence.kinds, start
    if kinds[i] != "W":
        return i if kinds[i] in "BHZM" and sentence.kind(i + 1) not in ".,;:" else -1
    i += 1
    while sentence.kind(i) in "NJQDAI" and i < start + 5:
        i += 1
    if sentence.kind(i) not in "BHZM":
        return -1
    if sentence.words[start] in ("who", "what", "which", "whose"):
        subject = next((kind for kind in kinds[i + 1 :] if kind not in "An"), ".")
        needed = {"Z": "V", "H": "Eb"}.get(kinds[i], "")
        if subject not in "PDQN" or (needed and set(needed).isdisjoint(kinds[i:])):
            return -1
    return i


def insert(draft: Draft, start: int, verb: int, style: Style) -> str:
    """Negate a question: `Is it` becomes `Isn't it` or `Is it not`; return why not where it cannot be."""
    sentence = draft.sentence
    reason = _unsafe(sentence, start, verb)
    if reason:
        return reason
    subject = sentence.word(verb + 1)
    if subject in NONE:
        draft.replace(verb + 1, NONE[subject])
        return ""
    contracted = AUXILIARIES[sentence.words[verb]].contracted
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
        return _OTHER
    if opener == "what" and not _ABOUT_WHAT.isdisjoint(words[verb:]):
        return _OTHER
    if words[verb] in _NOT_NEGATED or "or" in words[verb:]:
        return _OTHER
    if "please" in words or words[verb] in ("shall", "may") or words[verb : verb + 3] == ["would", "you", "mind"]:
        return "an offer or a wish"
    full_verb = kinds[verb] == "H" and {"E", "b"}.isdisjoint(kinds[verb:])
    emphatic = next((word for word in words[verb + 1 : verb + 6] if word in _EMPHATIC), "")
    return _OTHER if full_verb or emphatic in ("only", "either") else ""


def _place(sentence: Sentence, verb: int) -> int:
    """Return the word before which an uncontracted `not` stands: the one behind the subject."""
    kinds = sentence.kinds
    if kinds[verb + 1] == "P":
        return verb + 2 if verb + 2 < len(kinds) else -1
    if kinds[verb] in "MZH":
        return _before_verb(sentence, verb, "E" if kinds[verb] == "H" else "V")
    i = verb + 1
    while sentence.kind(i) in "DQ":
        i += 1
    while sentence.kind(i) == "J":
        i += 1
    return i + 1 if sentence.kind(i) == "N" and sentence.kind(i + 1) in "JGEAD" else -1


def _before_verb(sentence: Sentence, verb: int, wanted: str) -> int:
    kinds = sentence.kinds
    place = next((i for i in range(verb + 1, len(kinds)) if kinds[i] in wanted or kinds[i] in ",;.STW"), -1)
    if place < 0 or kinds[place] not in wanted:
        return -1
    while kinds[place - 1] == "A":
        place -= 1
    return place


def negated(sentence: Sentence, verb: int) -> int:
    """Return what negates a question: its auxiliary, or a `not` or `never` behind the subject; -1: nothing."""
    if AUXILIARIES[sentence.words[verb]].negative:
        return verb
    for i in range(verb + 1, min(verb + 8, len(sentence.words))):
        word = sentence.words[i]
        if word in ("not", "never") or word in NOUNS:
            return i
        if sentence.kinds[i] not in "PDQNJA" or word == "so":
            return -1
    return -1


def remove(draft: Draft, start: int, verb: int, at: int) -> str:
    """Take the negation out of a question; return why not where it cannot be."""
    sentence = draft.sentence
    words = sentence.words
    rhetorical = sentence.kinds[start] == "W" and sentence.word(at + 1) == "a"
    if rhetorical or not _CLOSING.isdisjoint(words[at:]):
        return "an idiom or a contrast"
    if words[at] in ("ain't", "aint"):
        return "ain't may be has or is"
    if at == verb:
        first = words[at] in ("aren't", "arent") and sentence.word(at + 1) == "i"
        draft.replace(at, "am" if first else AUXILIARIES[words[at]].plain)
    elif words[at] in NOUNS:
        draft.replace(at, NOUNS[words[at]])
    else:
        draft.delete(at)
    _last_words(draft, at)
    return ""


def _last_words(draft: Draft, at: int) -> None:
    """Mend what went with the negation at the end of the question."""
    words = draft.sentence.words
    for i in range(at + 1, len(words)):
        if words[i : i + 2] == ["at", "all"] and i + 2 >= len(words) - 1:
            draft.delete(i)
            draft.delete(i + 1)
        elif words[i] == "either" and i + 2 >= len(words):
            draft.replace(i, "too")


def about_subject(sentence: Sentence, start: int) -> Clause | str | None:
    """Return the clause of a question that asks for its subject, `Who came?`, or why it is not negated.

    None: it is no such question.
    """
    kinds = sentence.kinds
    verb = start + 1
    while sentence.kind(verb) in "NJA" and verb < start + 5:
        verb += 1
    if kinds[start] != "W" or verb >= min(start + 6, len(kinds)) or kinds[verb] not in "BHZMFfv":
        return None
    if any(kinds[i] in "BHMZF" and kinds[i - 1] not in "PNTWSC" for i in range(verb + 1, len(kinds))):
        return "a question of another form"
    predicate = "EGn" if sentence.words[start] == "what" else "EGnJ"
    if kinds[verb] == "B" and sentence.kind(verb + 1) not in predicate:
        return _OTHER
    return Clause(start, start, verb, len(kinds))
