"""Read the negation of a Chinese sentence, and what would turn it round.

The last clause that says something carries the statement: conditions, reasons, times and mere additions (`以便`,
`其中`) do not. Behind 说, 觉得, 认为 what is said counts; 希望, 建议, 担心 are negated themselves. Most changes turn
back: reading the outcome gives the original again, as 很 stands for 不 before an adjective, 不能 for 可以, 没 for a
了 at the end, 没有 for one behind the verb. A sentence is left alone where there is no safe place: fragments, questions
with a question word or `V不V`, idioms, quotations, double negations, clauses that depend on one another (`不但`,
`只有…才`), words that live with a negation.
"""

from __future__ import annotations

from textaug.languages.negation import Change, Reading
from textaug.languages.negation_zh.affirming import affirmed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.clauses import Part
from textaug.languages.negation_zh.grammar import Predicate, tail
from textaug.languages.negation_zh.negating import negated
from textaug.languages.negation_zh.predicates import find
from textaug.languages.negation_zh.sentence import (
    Sentence,
    alone,
    barred,
    contrasts,
    governed,
    parse,
    place,
    unfinished,
    wished,
)

LONGEST = 400
"""A sentence of more characters is none."""
SOMETHING = frozenset(["v", "vn", "a", "idiom", "mod", "neg", "deg", "shi", "you", "say", "piv", "wh"])
"""Kinds of words that make a clause say something, though its predicate was not found."""


def read(sentence: str) -> Reading:
    """Say whether the main clause of a Chinese sentence is negated, and how to turn that round.

    Args:
        sentence: one sentence, in simplified or traditional characters.

    >>> read("房间很干净。")
    Reading(negative=False, changes=(Change(start=2, end=3, text='不'),), reason='')
    >>> read("他昨天没来。").changes
    (Change(start=3, end=4, text=''), Change(start=5, end=5, text='了'))
    >>> read("你去不去？").reason
    'asks'
    """
    if len(sentence) > LONGEST:
        return Reading(False, (), "too long for one sentence")
    reading, one_way = _read(sentence)
    if not reading.changes:
        return reading
    turned = _changed(sentence, reading.changes)
    back, _ = _read(turned)
    if back.negative == reading.negative:
        return Reading(reading.negative, (), "would not read as its opposite")
    if not one_way and _changed(turned, back.changes) != sentence:
        return Reading(reading.negative, (), "would not turn back")
    return reading


def _changed(sentence: str, changes: tuple[Change, ...]) -> str:
    for change in reversed(changes):
        sentence = sentence[: change.start] + change.text + sentence[change.end :]
    return sentence


def _read(text: str) -> tuple[Reading, bool]:
    """Read a sentence; say too whether its changes need not turn back."""
    sentence = parse(text)
    if reason := barred(sentence):
        return Reading(False, (), reason), False
    for part in sentence.main:
        predicate = find(part.tokens, 0, part is not sentence.parts[0])
        if predicate is not None:
            return _turned(sentence, part, predicate)
        if any(token.kind in SOMETHING for token in part.tokens) or sum(len(token.word) for token in part.tokens) > 3:
            break
    return Reading(False, (), "no predicate"), False


def _turned(sentence: Sentence, part: Part, predicate: Predicate) -> tuple[Reading, bool]:
    """Read the clause that carries the statement."""
    if predicate.kind in ("idiom", "asks"):
        return Reading(False, (), predicate.kind), False
    clause = _clause(sentence, part, predicate)
    denied = predicate.kind == "degree" and clause.word(predicate.head + 2) == "不"
    negative = denied or predicate.kind in ("neg", "potential")
    reason = unfinished(sentence, part, predicate.kind)
    if clause.word(predicate.head) in ("是", "不") and contrasts(sentence, part):
        reason = "a contrast"
    result = reason or (affirmed(clause) if negative else negated(clause))
    if isinstance(result, str):
        return Reading(negative, (), result), False
    return Reading(negative, result.changes(sentence.traditional)), result.one_way


def _clause(sentence: Sentence, part: Part, predicate: Predicate) -> Clause:
    parts = sentence.parts
    return Clause(
        part.tokens,
        predicate,
        tail(part.tokens),
        question=sentence.question,
        last=part is parts[-1],
        alone=alone(sentence, part),
        dated=sentence.dated,
        governed=governed(sentence, part),
        said=sentence.said,
        exclaimed=sentence.exclaimed,
        conditional=sentence.conditional,
        wished=wished(sentence, part),
        manual=sentence.manual,
        led=place(sentence, part) > 0 and parts[0].tokens[0].kind in ("n", "x"),
    )
