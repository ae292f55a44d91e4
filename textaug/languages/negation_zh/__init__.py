"""Read the negation of a Chinese sentence."""

from __future__ import annotations

from textaug.languages.negation import Change, Reading
from textaug.languages.negation_zh.affirming import affirmed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.clauses import CORRELATIVE, candidates, clauses
from textaug.languages.negation_zh.negating import negated
from textaug.languages.negation_zh.predicates import find, tail
from textaug.languages.negation_zh.tokens import tokens
from textaug.languages.negation_zh.words import simplified

LONGEST = 400


def read(sentence: str) -> Reading:
    """Say whether the main clause of a Chinese sentence is negated, and how to turn that round."""
    if len(sentence) > LONGEST:
        return Reading(False, (), "too long for one sentence")
    reading, one_way = _read(sentence)
    if not reading.changes:
        return reading
    turned = applied(sentence, reading.changes)
    back, _ = _read(turned)
    if back.negative == reading.negative:
        return Reading(reading.negative, (), "would not read as its opposite")
    if not one_way and applied(turned, back.changes) != sentence:
        return Reading(reading.negative, (), "would not turn back")
    return reading


def applied(sentence: str, changes: tuple[Change, ...]) -> str:
    """Return a sentence with its changes."""
    for change in reversed(changes):
        sentence = sentence[: change.start] + change.text + sentence[change.end :]
    return sentence


def _read(sentence: str) -> tuple[Reading, bool]:
    held = tokens(sentence)
    found = clauses(held)
    question = any(token.word in "？?" for token in held[-3:]) or (bool(held) and any(t.word in ("吗", "么") for t in held[-3:]))
    if any(token.word in CORRELATIVE and token.kind == "cnj" for token in held) or ("而不" in sentence or "而非" in sentence):
        return Reading(False, (), "clauses that depend on one another"), False
    if question and any(token.kind == "wh" for token in held):
        return Reading(False, (), "asks"), False
    traditional = any(ord(c) in simplified() for c in sentence)
    for clause in candidates(found):
        predicate = find(clause.tokens, 0, clause is not found[0])
        if predicate is None:
            if len(clause.tokens) > 3:
                break
            continue
        if predicate.kind in ("idiom", "asks"):
            return Reading(False, (), "idiom" if predicate.kind == "idiom" else "asks"), False
        c = Clause(clause.tokens, predicate, tail(clause.tokens), question, clause is found[-1], len(found) == 1)
        negative = predicate.kind in ("neg", "potential") or (predicate.kind == "degree" and c.word(predicate.head + 2) == "不")
        result = affirmed(c) if negative else negated(c)
        if isinstance(result, str):
            return Reading(negative, (), result), False
        return Reading(negative, result.changes(traditional)), result.one_way
    return Reading(False, (), "no predicate"), False
