"""Take the negation out of a negative clause."""

from __future__ import annotations

import re

from textaug.languages.en import listed
from textaug.languages.negation_en import nouns
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.clause import past as tense
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.negators import NOUNS, Negator, contrasted
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import past, third
from textaug.languages.negation_en.words import AUXILIARIES

_SOME = {
    "any": "some", "anyone": "someone", "anybody": "somebody", "anything": "something", "anywhere": "somewhere",
}  # fmt: skip
_COMPARED = listed("more less better worse further different good closer longer other")
_BEHIND = frozenset(["only", "merely", "to mention", "so much", "because", "simply because", "a clue", "get me wrong", "even get me started", "get me started", "even one", "even a", "just a", "exactly"])
"""What, right behind a negation, makes it a contrast or an idiom."""

_ANYWHERE = re.compile(
    r"""
    \b(?:until|till|budge|one\ bit|be\ bothered|bat\ an|lift\ a\ finger|hold\ a\ candle|hurt\ a\ fly|put\ it\ past
      |give\ a\ (?:damn|shit|crap|hoot|fuck)|much\ of\ an?|make\ heads|thank\ you\ enough|take\ long|be\ long|get\ past|stop\ at|in\ (?:a\ (?:very\ )?long\ (?:time|while)|years|ages|decades|months|weeks)|even\ an?|even\ one|so\ much\ as|so\ much\ an?)\b
    """,
    re.VERBOSE,
)
_COULD = re.compile(r"(?:have )?\w+(?: [\w']+){0,3} ?\b(?:more|less|better|worse|further|happier|\w+ier)\b")
_CAN = re.compile(r"help\b|wait (?:to|for|until)\b|(?:get|recommend|praise|stress|say) (?:\w+ ){0,2}enough\b")
NEGATIVE_SUBJECTS = listed("nobody nothing none noone no")
_FIXED = listed("doubt wonder matter means avail longer sooner two brainer less fewer more")


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
    return reason or _polarity_items(draft, clause, found) or _complement(draft, clause, found)


def _unsafe(sentence: Sentence, clause: Clause, found: list[Negator]) -> str:
    words = sentence.words
    if any(one.sort == "part" for one in found):
        return "a part of the clause is negated" if len(found) == 1 else "more than one negation"
    at = found[0].at
    behind = " ".join(words[at + 1 : clause.end + 2])
    if any(f"{behind} ".startswith(f"{idiom} ") for idiom in _BEHIND) or _ANYWHERE.search(behind):
        return "an idiom or a contrast"
    modal = AUXILIARIES[words[clause.verb]].plain if sentence.kinds[clause.verb] == "M" else ""
    if (modal == "could" and _COULD.match(behind)) or (modal in ("can", "could") and _CAN.match(behind)):
        return "an idiom or a contrast"
    if clause.imperative and words[at + 1 : at + 2] == ["even"]:
        return "an idiom or a contrast"
    if behind.startswith("that") and sentence.kinds[at + 1] == "T" and words[clause.verb - 1] == "it":
        return "an idiom"
    return "a contrast" if contrasted(sentence, clause, found[0].at) else ""


# what negates


def _auxiliary(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    sentence = draft.sentence
    found = AUXILIARIES[sentence.words[at]]
    if found.kind == "Z" and _verb(sentence, clause, at) >= 0:
        return _undo(draft, clause, at, found.plain)
    plain = found.plain
    if plain in ("need", "dare"):
        plain = f"{'needs' if sentence.words[at - 1] in ('he', 'she', 'it') else 'need'} to"
    subject = sentence.words[at - 1] if at and sentence.kinds[at - 1] in "PQ" else ""
    if sentence.words[at] in ("ain't", "aint"):
        plain = {"i": "am", "you": "are", "we": "are", "they": "are", "these": "are", "those": "are"}.get(subject, "is")
        if sentence.kinds[at + 1 : at + 2] == ["E"]:
            return "ain't may be has or is"
    short = _short(sentence, at, plain, subject) if style.forced is not False else ""
    if short and sentence.text[sentence.ends[at - 1] : sentence.starts[at]] == " ":
        draft.attach(at, style.text(short))
    else:
        draft.replace(at, plain)
    return ""


def _short(sentence: Sentence, at: int, plain: str, subject: str) -> str:
    """Return the clitic to which a writer of `n't` contracts what is left: `I won't go`, `I'll go`."""
    if subject not in ("i", "you", "we", "they", "he", "she", "it") or (subject in ("he", "she", "it") and plain == "had"):
        return ""
    i = at + 1
    while sentence.kinds[i : i + 1] == ["A"]:
        i += 1
    following = sentence.kinds[i] if i < len(sentence.kinds) else "."
    if plain == "has" and sentence.words[i : i + 1] in (["got"], ["been"]):
        return "'s"
    if plain in ("have", "had") and following in "Eb":
        return {"have": "'ve", "had": "'d"}[plain]
    if plain in ("will", "would") and following in "Vb" and sentence.words[i] != "been":
        return {"will": "'ll", "would": "'d"}[plain]
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
    if helper != "do" and any(
        kind == "C" and sentence.kinds[i + 1 : i + 2] in (["V"], ["v"], ["u"], ["m"])
        for i, kind in enumerate(sentence.kinds[verb : clause.end], verb)
    ):
        return "verbs that share do"
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
    if at < clause.verb and following != "ever" and _habitual(draft.sentence, clause):
        draft.replace(at, "always")
        return ""
    draft.delete(at)
    if following == "ever":
        draft.delete(at + 1)
    return ""


def _habitual(sentence: Sentence, clause: Clause) -> bool:
    """Say whether a verb speaks of what always is so: a command, or a present tense."""
    kinds = sentence.kinds
    return clause.imperative or (kinds[clause.verb] in "Fv" and not tense(sentence, clause.verb))


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
    if not number or following in ("such", "other"):
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
    if words[at - 1 : at] in (["by"], ["if"], ["next"], ["almost"], ["virtually"], ["practically"], ["like"], ["or"], ["in"], ["nearly"], ["absolutely"]) and words[at - 1] != "absolutely" and following not in _COMPARED:
        if words[at - 1] not in ("by", "in") or word != "no" or following in ("means", "time", "way", "uncertain"):
            return "an idiom"
    if word in NOUNS:
        if following in ("but", "bar", "much", "short", "more", "less", "other", "near", "like", "if", "except", "too", "better", "to") and not words[at + 1 : at + 3] == ["to", "do"]:
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
            reason = _some(draft, found[0].at, i, following)
        elif word == "yet" and sentence.kinds[i] == "A" and following not in ("another", "again", "more"):
            draft.replace(i, "already")
        elif word == "either" and sentence.kinds[i + 1 : i + 2] in (["."], [","], [";"], []):
            draft.replace(i, "too")
        elif word == "either":
            return "alternatives"
        elif (word, following) == ("at", "all") and words[i + 2 : i + 3] not in (["costs"], ["times"], ["the"], ["of"]):
            draft.delete(i)
            draft.delete(i + 1)
        elif word == "quite" and sentence.kinds[i + 1 : i + 2] and sentence.kinds[i + 1] in "VFfvEuGN":
            return "quite does not stand before an affirmative verb"
        elif word == "whatsoever" or (word == "ever" and _near(sentence, found[0].at, i)):
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
    last = max((j for j, kind in enumerate(sentence.kinds) if kind not in ",;:."), default=0)
    if last >= end and words[last] == "either":
        draft.replace(last, "too")
    if last > end and words[last - 1 : last + 1] == ["at", "all"]:
        return "a word that needs the negation"
    return ""


def _some(draft: Draft, at: int, i: int, following: str) -> str:
    """Write `some` for an `any` near the negation; one further off may mean whichever, as in `the best of any year`."""
    words, kinds = draft.sentence.words, draft.sentence.kinds
    if words[i] == "any" and following in _COMPARED:
        if following in ("more", "longer") and kinds[i + 2 : i + 3] in (["."], [","], []):
            return "a negation that belongs to any more"
        draft.delete(i)
        return ""
    if words[i - 1] in ("without", "than", "if", "as") or (following in ("who", "that", "of", "which") and words[i] != "any"):
        return ""
    if following == "other" and words[i] == "any":
        return "an idiom"
    if not _near(draft.sentence, at, i) and words[at] not in NEGATIVE_SUBJECTS:
        return "" if {"most", "best", "worst", "as", "than"} & set(words[at:i]) else "any is far from the negation"
    if words[i - 1] in ("if", "hardly") or (words[i] == "any" and following in ("means", "time", "case", "which")):
        return "an idiom"
    draft.replace(i, _SOME[words[i]])
    return ""


def _near(sentence: Sentence, at: int, i: int) -> bool:
    """Say whether no noun stands between a negation and a word."""
    return all(kind in "AnVEbGtPOI" for kind in sentence.kinds[at + 1 : i])


def _complement(draft: Draft, clause: Clause, found: list[Negator]) -> str:
    """Mend the object clause of `I do not think there is any reason`, the relative clause of `nobody who has any sense`."""
    sentence = draft.sentence
    words, kinds = sentence.words, sentence.kinds
    end = clause.end
    if end >= len(words) or not (kinds[end] in "TW" or kinds[end] in "PDQNJ"):
        return ""
    if found[0].sort in ("auxiliary", "not", "never") and kinds[end - 1] in "NO,;":
        return ""
    for i in range(end, len(words)):
        if kinds[i] in ",;:.SW" or (kinds[i] == "C" and words[i] == "but"):
            return ""
        if words[i] in ("ever", "yet") or words[i : i + 2] == ["at", "all"] or words[i] in ("anymore", "until", "either", "much"):
            return "a word that needs the negation"
        if words[i] in _SOME and words[i - 1] not in ("without", "than", "if", "as"):
            if words[i + 1 : i + 2] and words[i + 1] in _COMPARED:
                return "a word that needs the negation"
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
    if sentence.words[i : i + 3] == ["much", "of", "a"]:
        return "an idiom"
    if sentence.words[i - 1] in ("very", "so", "too", "as", "how", "pretty", "that", "this"):
        return ""
    kind = sentence.kinds[i + 1] if i + 1 < len(sentence.kinds) else "."
    if following.endswith("er") or following in ("more", "less", "worse", "inferior", "too"):
        return ""
    if kind == "N":
        draft.replace(i, "a lot of")
    elif kind in ".,;" or following in ("of", "to", "in", "for", "about", "from", "at", "on"):
        draft.replace(i, "a lot")
    return ""
