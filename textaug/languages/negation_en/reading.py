"""Read a tagged sentence: is it a question or a statement, what are its clauses, what negates them."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation import Reading
from textaug.languages.negation_en import questions
from textaug.languages.negation_en.clause import Clause
from textaug.languages.negation_en.clauses import clauses
from textaug.languages.negation_en.draft import Draft
from textaug.languages.negation_en.insertion import insert
from textaug.languages.negation_en.negators import negators
from textaug.languages.negation_en.refusals import looks_negative, refused
from textaug.languages.negation_en.removal import remove
from textaug.languages.negation_en.style import Style
from textaug.languages.negation_en.tags import tag
from textaug.languages.negation_en.tokens import Sentence

_MOST = 2  # main clauses of a sentence that are all turned round
_NEGATIVE = listed("not no none nothing nobody never nor")


def reading(sentence: Sentence, contract: bool | None) -> Reading:
    """Tag a sentence and read it."""
    tag(sentence)
    start = _start(sentence)
    if start >= len(sentence.words):
        return Reading(False, (), "no finite verb")
    reason = refused(sentence, start)
    if reason:
        return Reading(looks_negative(sentence), (), reason)
    draft, style = Draft(sentence), Style(sentence, contract)
    asked = _question(draft, start, style) if "?" in sentence.text[sentence.starts[-1] :] else None
    return asked or _statement(draft, start, style)


def _start(sentence: Sentence) -> int:
    """Return the first word behind interjections and conjunctions."""
    i = 0
    while i < len(sentence.words) and sentence.kinds[i] in ",;:.XC" and sentence.words[i] != "nor":
        i += 1
    return i


def _question(draft: Draft, start: int, style: Style) -> Reading | None:
    """Read a question by its form; None: it has the form of a statement."""
    sentence = draft.sentence
    start = questions.begins(sentence, start)
    verb = questions.inverted(sentence, start)
    if verb >= 0:
        at = questions.negated(sentence, verb)
        if at < 0:
            return _made(False, draft, questions.insert(draft, start, verb, style))
        return _made(True, draft, questions.remove(draft, start, verb, at))
    clause = questions.about_subject(sentence, start)
    if isinstance(clause, str):
        return Reading(False, (), clause)
    if clause is not None:
        return _turned(draft, [clause], style)
    return Reading(looks_negative(sentence), (), "a question of another form") if sentence.kinds[start] == "W" else None


def _statement(draft: Draft, start: int, style: Style) -> Reading:
    found = clauses(draft.sentence, start)
    if isinstance(found, str):
        return Reading(looks_negative(draft.sentence), (), found)
    return _turned(draft, found, style)


def _turned(draft: Draft, found: list[Clause], style: Style) -> Reading:
    """Turn every main clause round, if they are of one polarity."""
    sentence = draft.sentence
    negations = [negators(sentence, clause) for clause in found]
    polarity = [any(one.sort != "part" for one in ones) for ones in negations]
    stops = [clause.start for clause in found[1:]] + [len(sentence.words)]
    if any(_trailing(sentence, clause, stop) for clause, stop in zip(found, stops, strict=True)):
        return Reading(polarity[0], (), "another negation behind the clause")
    if len(found) > _MOST or len(set(polarity)) > 1:
        return Reading(polarity[0], (), "many clauses" if len(found) > _MOST else "its clauses differ in polarity")
    for clause, ones in zip(found, negations, strict=True):
        reason = remove(draft, clause, ones, style) if ones else insert(draft, clause, style)
        if reason:
            return Reading(polarity[0], (), reason)
    _answer(draft, polarity[0])
    return _made(polarity[0], draft, "")


def _trailing(sentence: Sentence, clause: Clause, stop: int) -> bool:
    """Say whether a negated fragment follows: `, not a drama`, `, but none as good`."""
    for i in range(clause.end, min(clause.end + 4, stop)):
        if sentence.words[i] in _NEGATIVE:
            return True
        phrase = sentence.words[i] in ("in", "by", "at") and sentence.word(i + 1) == "no"
        if sentence.kinds[i] not in ",;CA" and not phrase:
            return False
    return False


def _answer(draft: Draft, negative: bool) -> None:
    """Turn a `Yes,` or `No,` before the sentence round with it."""
    words = draft.sentence.words
    opposite = {"no": "yes", "nope": "yep"} if negative else {"yes": "no", "yeah": "no", "yep": "nope"}
    if len(words) > 1 and words[0] in opposite and words[1] == ",":
        draft.replace(0, opposite[words[0]])


def _made(negative: bool, draft: Draft, reason: str) -> Reading:
    return Reading(negative, () if reason else draft.changes(), reason)
