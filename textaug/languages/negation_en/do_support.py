"""Negate with `do`, and take it out again: `walked`, `did not walk`."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_en.auxiliaries import conceded
from textaug.languages.negation_en.clause import Clause, past
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.looks import plural
from textaug.languages.negation_en.negators import first_word
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tokens import Sentence
from textaug.languages.negation_en.verbs import BASE, PAST, forms
from textaug.languages.negation_en.verbs import past as past_form
from textaug.languages.negation_en.verbs import third as third_form
from textaug.languages.negation_en.words import AUXILIARIES, BLOCKING_ADVERBS, SENTENCE_ADVERBS

_INTENSE = listed("very so too more most much highly")
_BLOCKING = listed("plenty somewhat almost only nothing rather")
_BLOCKING_PAIRS = frozenset(("a bit", "a little", "a few", "quite a"))


def with_do(draft: Draft, clause: Clause, style: Style) -> str:
    """Negate a verb that takes `do`: `walked` becomes `did not walk`; return why not where it cannot be."""
    sentence, verb = draft.sentence, clause.verb
    words, kinds = sentence.words, sentence.kinds
    base, helper = _base(sentence, clause)
    first = _first_adverb(sentence, clause)
    blocking = _blocking(sentence, first, verb)
    if blocking or not base:
        return f"'{blocking}' does not stand behind a negation" if base else "a verb of unknown form"
    if words[first] == "still" and first < verb:
        if not conceded(sentence, clause):
            draft.replace(first, "no longer")
            return ""
        first += 1
    if words[first] == "always" and first < verb and helper != "did":
        draft.replace(first, "never")
        return ""
    if clause.subject < 0 and kinds[clause.start] == "A" and first == clause.start:
        return "an adverb without a subject"
    pronoun = first > 0 and kinds[first - 1] in "PQA"
    contracted = style.contracts(helper, pronoun)
    draft.before(first, style.text(AUXILIARIES[helper].contracted) if contracted else f"{helper} not")
    if words[verb - 1] == "already" and first < verb:
        draft.replace(verb - 1, "yet")
    if base != words[verb]:
        draft.replace(verb, base)
    return ""


def _first_adverb(sentence: Sentence, clause: Clause) -> int:
    """Return where `do` goes: before the adverbs of the verb, behind those of the sentence."""
    first, stop = clause.verb, first_word(clause) + (clause.subject >= 0)
    while first > stop and sentence.kinds[first - 1] == "A" and sentence.words[first - 1] not in SENTENCE_ADVERBS:
        first -= 1
    return first


def _blocking(sentence: Sentence, first: int, verb: int) -> str:
    """Return a word by the verb that no negation goes before; nothing where there is none."""
    words = sentence.words
    for i in range(verb - 1, first - 1, -1):
        if words[i] in BLOCKING_ADVERBS or words[i] in _INTENSE:
            return words[i]
    following = sentence.word(verb + 1)
    return following if following in _BLOCKING or f"{following} {sentence.word(verb + 2)}" in _BLOCKING_PAIRS else ""


def _base(sentence: Sentence, clause: Clause) -> tuple[str, str]:
    """Return the base form of a finite verb and the `do` that goes with it."""
    word = sentence.words[clause.verb]
    if sentence.kinds[clause.verb] in "HZ":
        base = "have" if word in ("has", "have", "had") else "do"
        return base, {"has": "does", "does": "does", "had": "did", "did": "did"}.get(word, "do")
    found = forms().get(word)
    if found is None:
        return "", ""
    if found.slots & PAST and not (found.slots & BASE and _present(sentence, clause)):
        return found.base, "did"
    return (word, "do") if found.slots & BASE else (found.base, "does")


def _present(sentence: Sentence, clause: Clause) -> bool:
    """Say whether `put`, `read`, `set` are present tense: other verbs of the sentence are, and its subject can be."""
    before, kind = sentence.word(clause.verb - 1), sentence.kinds[clause.verb - 1]
    if before in ("he", "she", "it", "this", "that") or (kind in "NG" and not plural(before)):
        return False
    others = [i for i, kind in enumerate(sentence.kinds) if kind in "BHZMFfv" and i != clause.verb]
    return before in ("they", "we", "you", "to") or (bool(others) and not any(past(sentence, i) for i in others))


def supported(sentence: Sentence, clause: Clause, at: int) -> int:
    """Return the base form that a `do` at a place supports; -1 where there is none."""
    for i in range(at + 1, min(clause.end, len(sentence.words))):
        if sentence.kinds[i] in "Vm" or sentence.words[i] in ("be", "have", "do"):
            return i
        if sentence.kinds[i] not in "An":
            return -1
    return -1


def without_do(draft: Draft, clause: Clause, at: int, helper: str) -> str:
    """Take `do` out again: `did not walk` becomes `walked`; return why not where it cannot be."""
    sentence = draft.sentence
    verb = supported(sentence, clause, at)
    behind = range(verb, min(clause.end, len(sentence.words)))
    if helper != "do" and any(sentence.kinds[i] == "C" and sentence.kind(i + 1) in "Vvum" for i in behind):
        return "verbs that share do"
    draft.delete(at)
    base = sentence.words[verb]
    form = _finite(base, helper)
    if form != base:
        draft.replace(verb, form)
    return ""


def _finite(base: str, helper: str) -> str:
    """Return the form of a verb that stands for `do` and its base form."""
    if helper == "do":
        return base
    if base in ("have", "do"):
        return {("have", "did"): "had", ("have", "does"): "has"}.get((base, helper), helper)
    return past_form(base) if helper == "did" else third_form(base)
