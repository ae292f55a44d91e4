"""Take the negation out of a negative clause."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en import nouns
from textaug.languages.negation_en.clauses import Clause
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.negators import NOUNS, Negator
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import past, third
from textaug.languages.negation_en.words import AUXILIARIES

_SOME = {
    "any": "some", "anyone": "someone", "anybody": "somebody", "anything": "something", "anywhere": "somewhere",
}  # fmt: skip
_COMPARED = listed("more less better worse further different good closer longer other")
_IDIOMS = (
    "only", "just a", "merely", "to mention", "that i", "until", "till", "so much", "because", "simply because",
    "get me wrong", "help but", "help it", "care less", "a clue", "a damn", "give a", "be bothered", "to worry",
    "be better", "be worse", "be more", "be less", "be happier", "be further", "agree more", "have been better",
    "have been more", "have been worse", "have picked", "be long", "put it past", "thank you enough", "wait to",
    "hold a candle", "lift a finger", "hurt a fly", "make heads", "bat an eye", "get enough", "recommend it enough",
    "wait until", "budge", "recommend this enough", "say enough", "stress enough", "one bit", "much of a",
)  # fmt: skip
_FIXED = listed("doubt wonder matter means avail exception accident longer sooner two contest problem surprise secret brainer less fewer more")


def remove(draft: Draft, clause: Clause, found: list[Negator], style: Style) -> str:
    """Take out what negates a clause; return why not where it cannot be."""
    sentence = draft.sentence
    reason = _unsafe(sentence, clause, found)
    if reason:
        return reason
    if all(one.sort == "object" for one in found):
        reason = next(filter(None, (_object(draft, one.at) for one in found)), "")
    elif len(found) > 1:
        return "more than one negation"
    else:
        reason = _REMOVED[found[0].sort](draft, clause, found[0].at, style)
    return reason or _polarity_items(draft, clause, found)


def _unsafe(sentence: Sentence, clause: Clause, found: list[Negator]) -> str:
    words = sentence.words
    if any(one.sort == "part" for one in found):
        return "a part of the clause is negated" if len(found) == 1 else "more than one negation"
    behind = " ".join(words[found[0].at + 1 : clause.end])
    for idiom in _IDIOMS:
        if behind.startswith(idiom) or (idiom in ("until", "till", "one bit", "budge") and f" {idiom}" in f" {behind}"):
            return "an idiom or a contrast"
    if "but" in words[found[0].at : clause.end + 1] and not _joins(sentence, clause, found[0].at):
        return "a contrast"
    after = words[clause.end : clause.end + 2]
    if after and after[0] in (",", "but") and ("but" in after or "rather" in after or "nor" in after):
        if not _joins(sentence, clause, clause.end - 1):
            return "a contrast"
    if {"nor", "let"} & set(words[clause.end : clause.end + 2]) or words[clause.end : clause.end + 2] == [",", "much"]:
        return "a contrast"
    return ""


def _joins(sentence: Sentence, clause: Clause, i: int) -> bool:
    """Say whether a `but` opens a clause of its own rather than the other side of a contrast."""
    kinds, words = sentence.kinds, sentence.words
    for j in range(i, min(len(words), clause.end + 3)):
        if words[j] == "but":
            return any(kind in "BHMZFfv" for kind in kinds[j + 1 : j + 8]) and kinds[j + 1 : j + 2] != ["n"]
    return True


# what negates


def _auxiliary(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    sentence = draft.sentence
    found = AUXILIARIES[sentence.words[at]]
    if found.kind == "Z" and _verb(sentence, clause, at) >= 0:
        return _undo(draft, clause, at, found.plain)
    plain = found.plain
    subject = sentence.words[at - 1] if at and sentence.kinds[at - 1] in "PQ" else ""
    if sentence.words[at] in ("ain't", "aint"):
        plain = {"i": "am", "you": "are", "we": "are", "they": "are", "these": "are", "those": "are"}.get(subject, "is")
        if sentence.kinds[at + 1 : at + 2] == ["E"]:
            return "ain't may be has or is"
    short = _short(sentence, at, plain, subject)
    draft.replace(at, style.text(short) if short and style.forced is not False else plain)
    if short and style.forced is not False and not sentence.text[: sentence.starts[at]].endswith(" "):
        return "words run together"
    return ""


def _short(sentence: Sentence, at: int, plain: str, subject: str) -> str:
    return ""


def _verb(sentence: Sentence, clause: Clause, at: int) -> int:
    """Return the base form that `do` supports; -1 where there is none."""
    for i in range(at + 1, min(clause.end, len(sentence.words))):
        if sentence.kinds[i] in "Vm" or sentence.words[i] in ("be", "have", "do"):
            return i
        if sentence.kinds[i] not in "An":
            return -1
    return -1


def _undo(draft: Draft, clause: Clause, at: int, helper: str) -> str:
    """Take `do` out again: `did not walk` becomes `walked`."""
    sentence = draft.sentence
    verb = _verb(sentence, clause, at)
    base = sentence.words[verb]
    draft.delete(at)
    if base == "have":
        form = {"did": "had", "does": "has"}.get(helper, "have")
    elif base == "do":
        form = {"did": "did", "does": "does"}.get(helper, "do")
    else:
        form = past(base) if helper == "did" else third(base) if helper == "does" else base
    if form != base:
        draft.replace(verb, form)
    return ""


def _not(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    sentence, verb = draft.sentence, clause.verb
    words = sentence.words
    if sentence.kinds[verb] == "Z" or (clause.imperative and words[verb] == "do"):
        if _verb(sentence, clause, verb) > at:
            draft.delete(at)
            return _undo(draft, clause, verb, words[verb])
        if at + 1 < clause.end and sentence.kinds[at + 1] not in ".,;":
            return "a verb of unknown form"
    if sentence.kinds[verb] == "H" and words[at + 1 : at + 2] in (["a"], ["the"], ["any"]):
        return "have as a full verb"
    draft.delete(at)
    return ""


def _never(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    words = draft.sentence.words
    following = words[at + 1] if at + 1 < len(words) else ""
    if following in ("mind", "before", "once", "again", ",", ".", ";") or words[at - 1 : at] in (["almost"], ["nearly"], ["rarely"]):
        return "an idiom"
    draft.delete(at)
    if following == "ever":
        draft.delete(at + 1)
    return ""


def _weak(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    sentence = draft.sentence
    word, following = sentence.words[at], sentence.words[at + 1] if at + 1 < len(sentence.words) else ""
    if word in ("rarely", "seldom"):
        if following in ("if", "do", "does", "have", "ever"):
            return "an idiom"
        draft.replace(at, "often")
        return ""
    if sentence.kinds[at + 1 : at + 2] not in (["V"], ["E"], ["F"], ["f"], ["v"], ["J"], ["G"]) or following in ("wait", "any"):
        return "hardly is not about the verb"
    draft.delete(at)
    return ""


def _longer(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    draft.replace(at, "still")
    draft.delete(at + 1)
    return ""


def _subject(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    sentence = draft.sentence
    words = sentence.words
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if {"but", "except", "other", "save", "besides", "nor"} & set(words[at : clause.verb]) or word == "neither":
        return "a contrast"
    if word in NOUNS:
        draft.replace(at, NOUNS[word])
        return ""
    if following in _FIXED:
        return "an idiom"
    if following == "one":
        draft.replace(at, "someone")
        draft.delete(at + 1)
        return ""
    number = nouns.count(sentence, at + 1)
    if not number:
        return "no noun to go with no"
    draft.replace(at, "some" if number != "single" else nouns.with_article(sentence, at + 1))
    return ""


def _quantifier(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    if draft.sentence.words[at + 1] not in ("everyone", "everybody", "everything", "every", "all", "many", "much"):
        return "a part of the clause is negated"
    draft.delete(at)
    return ""


def _object(draft: Draft, at: int) -> str:
    """Turn `no plot` into `a plot`, `nothing` into `something`."""
    sentence = draft.sentence
    words = sentence.words
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if words[at - 1 : at] in (["by"], ["if"], ["next"], ["almost"], ["virtually"], ["practically"], ["or"], ["in"], ["nearly"], ["absolutely"]) and words[at - 1] != "absolutely" and following not in _COMPARED:
        if words[at - 1] not in ("by", "in") or word != "no" or following in ("means", "time", "way", "uncertain"):
            return "an idiom"
    if word in NOUNS:
        if following in ("but", "short", "more", "less", "other", "near", "like", "if", "except", "too", "better", "to") and not words[at + 1 : at + 3] == ["to", "do"]:
            return "an idiom"
        if words[at - 1 : at] in (["of"], ["to"], ["for"]) and word in ("nowhere", "none", "nothing"):
            return "an idiom"
        draft.replace(at, NOUNS[word])
        return ""
    if following in _FIXED:
        return "an idiom"
    if following == "one":
        draft.replace(at, "someone")
        draft.delete(at + 1)
        return ""
    return _no(draft, at, following)


def _no(draft: Draft, at: int, following: str) -> str:
    sentence = draft.sentence
    number = nouns.count(sentence, at + 1)
    if following in ("such", "other"):
        number = nouns.count(sentence, at + 2) or number
        if number == "single":
            if following == "such":
                draft.delete(at)
                draft.after(at + 1, "an" if nouns.with_article(sentence, at + 2) == "an" else "a")
            else:
                draft.replace(at, "another")
                draft.delete(at + 1)
            return ""
        draft.delete(at)
        return ""
    if following in _COMPARED or number in ("plural", "mass"):
        if number == "mass" and sentence.kinds[at + 1] == "G":
            return "an idiom"
        draft.delete(at)
        return ""
    if number != "single":
        return "no noun to go with no"
    draft.replace(at, nouns.with_article(sentence, at + 1))
    return ""


_REMOVED = {
    "auxiliary": _auxiliary, "not": _not, "never": _never, "weak": _weak, "longer": _longer, "subject": _subject,
    "quantifier": _quantifier,
}  # fmt: skip


# words that went with the negation


def _polarity_items(draft: Draft, clause: Clause, found: list[Negator]) -> str:
    """Write `some` for `any`, `already` for `yet`, leave `at all` out."""
    sentence = draft.sentence
    words, end = sentence.words, min(clause.end, len(sentence.words))
    i = found[0].at + 1
    while i < end:
        word, following = words[i], words[i + 1] if i + 1 < end else ""
        reason = ""
        if word in _SOME:
            reason = _some(draft, clause, i, following)
        elif word == "yet" and sentence.kinds[i] == "A":
            draft.replace(i, "already")
        elif word == "either" and sentence.kinds[i + 1 : i + 2] in (["."], [","], [";"], []):
            draft.replace(i, "too")
        elif word == "either":
            return "alternatives"
        elif (word, following) == ("at", "all"):
            draft.delete(i)
            draft.delete(i + 1)
        elif word in ("whatsoever", "ever"):
            draft.delete(i)
        elif word == "anymore":
            reason = _anymore(draft, clause, found, i, 1)
        elif word == "much":
            reason = _much(draft, i, following)
        elif word == "in" and words[i : i + 3] in (["in", "the", "least"], ["in", "the", "slightest"], ["in", "any", "way"]):
            for j in range(i, i + 3):
                draft.delete(j)
            i += 2
        if reason:
            return reason
        i += 1
    return ""


def _some(draft: Draft, clause: Clause, i: int, following: str) -> str:
    words = draft.sentence.words
    if words[i] == "any" and following in _COMPARED:
        if following in ("more", "longer") and i + 2 >= clause.end:
            return "a negation that belongs to any more"
        draft.delete(i)
        return ""
    if words[i - 1] in ("if", "hardly") or (words[i] == "any" and following in ("means", "time", "case", "which")):
        return "an idiom"
    draft.replace(i, _SOME[words[i]])
    return ""


def _anymore(draft: Draft, clause: Clause, found: list[Negator], i: int, length: int) -> str:
    """Turn `does not work anymore` into `still works`."""
    for j in range(i, i + length):
        draft.delete(j)
    sentence = draft.sentence
    at = found[0].at
    if found[0].sort not in ("auxiliary", "not"):
        return "a negation that belongs to anymore"
    verb = _verb(sentence, clause, at)
    if AUXILIARIES.get(sentence.words[clause.verb], AUXILIARIES["is"]).kind == "Z" and verb >= 0:
        draft.before(verb, "still")
    else:
        draft.after(at if found[0].sort == "auxiliary" else clause.verb, "still")
    return ""


def _much(draft: Draft, i: int, following: str) -> str:
    """Write `a lot` where `much` needs a negation."""
    sentence = draft.sentence
    if sentence.words[i - 1] in ("very", "so", "too", "as", "how", "pretty", "that", "this"):
        return ""
    kind = sentence.kinds[i + 1] if i + 1 < len(sentence.kinds) else "."
    if kind in "N" and following not in ("better", "more"):
        draft.replace(i, "a lot of")
    elif kind in ".,;":
        draft.replace(i, "a lot")
    elif following in ("of", "to", "in", "for", "about", "from", "at", "on"):
        draft.replace(i, "a lot")
    return ""
