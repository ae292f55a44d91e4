"""Take the negation out of a negative clause."""

from __future__ import annotations

import re

from textaug.languages.en import listed
from textaug.languages.negation_en.clause import Clause, past
from textaug.languages.negation_en.do_support import supported, without_do
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.items import without_negation
from textaug.languages.negation_en.negative_nouns import affirm_object, affirm_quantifier, affirm_subject
from textaug.languages.negation_en.negators import Negator, contrasted
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import BASE, forms
from textaug.languages.negation_en.words import AUXILIARIES

_BEHIND = re.compile(
    r"""
    (?:only|merely|to\ mention|so\ much|because|simply\ because|a\ clue|get\ me\ wrong|(?:even\ )?get\ me\ started
      |even\ one|even\ a|just\ a|exactly)(?:\ |$)
    """,
    re.VERBOSE,
)
"""What, right behind a negation, makes it a contrast or an idiom."""

_ANYWHERE = re.compile(
    r"""
    \b(?:until|till|budge|one\ bit|be\ bothered|bat\ an|lift\ a\ finger|hold\ a\ candle|hurt\ a\ fly|put\ it\ past
      |give\ a\ (?:damn|shit|crap|hoot|fuck)|much\ of\ an?|make\ heads|thank\ you\ enough|take\ long|be\ long|get\ past
      |stop\ at|in\ (?:a\ (?:very\ )?long\ (?:time|while)|years|ages|decades|months|weeks)|even\ an?|even\ one
      |so\ much\ as|so\ much\ an?)\b
    """,
    re.VERBOSE,
)
"""What, anywhere behind a negation, stands with a negation only."""

_COULD = re.compile(r"(?:have )?\w+(?: [\w']+){0,3} ?\b(?:more|less|better|worse|further|happier|\w+ier)\b")
_CAN = re.compile(r"help\b|wait (?:to|for|until)\b|(?:get|recommend|praise|stress|say) (?:\w+ ){0,2}enough\b")
_BE = {"i": "am", "you": "are", "we": "are", "they": "are", "these": "are", "those": "are"}
_SHORT = {"have": "'ve", "had": "'d", "will": "'ll", "would": "'d"}
_NOT_NEVER = listed("mind before once again , . ;")
_IDIOM = "an idiom"
_CONTRAST = "an idiom or a contrast"


def remove(draft: Draft, clause: Clause, found: list[Negator], style: Style) -> str:
    """Take out what negates a clause; return why not where it cannot be."""
    reason = _unsafe(draft.sentence, clause, found)
    if reason:
        return reason
    if all(one.sort == "object" for one in found):
        reason = next(filter(None, [affirm_object(draft, one.at) for one in found]), "")
    elif len(found) > 1:
        return "more than one negation"
    else:
        reason = _one(draft, clause, found[0], style)
    return reason or without_negation(draft, clause, found[0])


def _unsafe(sentence: Sentence, clause: Clause, found: list[Negator]) -> str:
    """Say why the sentence without its negation would not be the opposite; nothing where it would."""
    words, at = sentence.words, found[0].at
    if any(one.sort == "part" for one in found):
        return "a part of the clause is negated" if len(found) == 1 else "more than one negation"
    behind = " ".join(words[at + 1 : clause.end + 2])
    modal = AUXILIARIES[words[clause.verb]].plain if sentence.kinds[clause.verb] == "M" else ""
    could = modal == "could" and _COULD.match(behind)
    can = modal in ("can", "could") and _CAN.match(behind)
    if _BEHIND.match(behind) or _ANYWHERE.search(behind) or could or can:
        return _CONTRAST
    if clause.imperative and sentence.word(at + 1) == "even":
        return _CONTRAST
    if sentence.word(at + 1) == "that" and sentence.kind(at + 1) == "T" and words[clause.verb - 1] == "it":
        return _IDIOM
    return "a contrast" if contrasted(sentence, clause, at) else ""


def _one(draft: Draft, clause: Clause, found: Negator, style: Style) -> str:
    at = found.at
    match found.sort:
        case "auxiliary":
            return _auxiliary(draft, clause, at, style)
        case "not":
            return _not(draft, clause, at)
        case "never":
            return _never(draft, clause, at)
        case "weak":
            return _weak(draft, at)
        case "subject":
            return affirm_subject(draft, clause, at)
        case "quantifier":
            return affirm_quantifier(draft, at)
    draft.replace(at, "still")  # no longer
    draft.delete(at + 1)
    return ""


def _auxiliary(draft: Draft, clause: Clause, at: int, style: Style) -> str:
    """Turn `isn't` into `is`, `didn't walk` into `walked`, `I won't` into `I'll`."""
    sentence = draft.sentence
    word, before = sentence.words[at], sentence.word(at - 1)
    found = AUXILIARIES[word]
    if found.kind == "Z" and supported(sentence, clause, at) >= 0:
        return without_do(draft, clause, at, found.plain)
    subject = before if at and sentence.kinds[at - 1] in "PQ" else ""
    plain = found.plain
    if plain in ("need", "dare"):
        plain = "needs to" if before in ("he", "she", "it") and plain == "need" else f"{plain} to"
    if word in ("ain't", "aint"):
        if sentence.kind(at + 1) == "E":
            return "ain't may be has or is"
        plain = _BE.get(subject, "is")
    short = _short(sentence, at, plain, subject) if style.forced is not False else ""
    if short and sentence.text[sentence.ends[at - 1] : sentence.starts[at]] == " ":
        draft.attach(at, style.text(short))
    else:
        draft.replace(at, plain)
    return ""


def _short(sentence: Sentence, at: int, plain: str, subject: str) -> str:
    """Return the clitic to which a writer of `n't` contracts what is left: `I won't go`, `I'll go`."""
    third = subject in ("he", "she", "it")
    if not (third or subject in ("i", "you", "we", "they")):
        return ""
    i = sentence.past_adverbs(at + 1)
    form = forms().get(sentence.word(i))
    if plain == "had" and form is not None and form.slots & BASE:
        return ""  # `'d come` would be `would come`
    if plain == "has":
        return "'s" if sentence.word(i) in ("got", "been") else ""
    if plain in ("have", "had"):
        return _SHORT[plain] if sentence.kind(i) in "Eb" else ""
    return _SHORT.get(plain, "") if sentence.kind(i) in "Vb" and sentence.word(i) != "been" else ""


def _not(draft: Draft, clause: Clause, at: int) -> str:
    """Take `not` out, with the `do` that it needs."""
    sentence, verb = draft.sentence, clause.verb
    if sentence.kinds[verb] == "Z" or (clause.imperative and sentence.words[verb] == "do"):
        if supported(sentence, clause, verb) > at:
            draft.delete(at)
            return without_do(draft, clause, verb, sentence.words[verb])
        if at + 1 < clause.end and sentence.kinds[at + 1] not in ".,;":
            return "a verb of unknown form"
    if sentence.kinds[verb] == "H" and sentence.word(at + 1) in ("a", "the", "any"):
        return "have as a full verb"
    draft.delete(at)
    return ""


def _never(draft: Draft, clause: Clause, at: int) -> str:
    """Turn `never goes` into `always goes`, but `never went` into `went`."""
    sentence = draft.sentence
    following = sentence.word(at + 1)
    if following in _NOT_NEVER or sentence.word(at - 1) in ("almost", "nearly", "rarely"):
        return _IDIOM
    present = at < clause.verb and sentence.kinds[clause.verb] in "Fv" and not past(sentence, clause.verb)
    command = clause.imperative and at < clause.verb
    future = sentence.words[clause.verb] in ("will", "'ll") and at == clause.verb + 1
    if (present or command or future) and following != "ever":
        draft.replace(at, "always")
        return ""
    draft.delete(at)
    if following == "ever":
        draft.delete(at + 1)
    return ""


def _weak(draft: Draft, at: int) -> str:
    """Turn `rarely` into `often`, take `hardly` out."""
    sentence = draft.sentence
    following = sentence.word(at + 1)
    if sentence.words[at] in ("rarely", "seldom"):
        if following in ("if", "do", "does", "have", "ever"):
            return _IDIOM
        draft.replace(at, "often")
    elif sentence.kind(at + 1) not in "VEFfvJG" or following in ("wait", "any"):
        return "hardly is not about the verb"
    else:
        draft.delete(at)
    return ""
