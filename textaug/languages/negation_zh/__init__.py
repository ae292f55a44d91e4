"""Read the negation of a Chinese sentence."""

from __future__ import annotations

import re
from typing import Any

from textaug.languages.negation import Change, Reading
from textaug.languages.negation_zh.affirming import affirmed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.clauses import CORRELATIVE, candidates, clauses
from textaug.languages.negation_zh.negating import negated
from textaug.languages.negation_zh.grammar import CONDITIONS, tail
from textaug.languages.negation_zh.predicates import find
from textaug.languages.negation_zh.tokens import tokens
from textaug.languages.negation_zh.words import simplified

_CORRELATED = re.compile("而不|而非|不是.*就是|[不没未非].*而是|宁.*也不|再[^，,]{0,4}不过|一(.)比一\\1|一个比一个|一(.)高于一\\2|一(.)高过一\\3|多好|又得|一个是一个|一天是一天|既.*[又也]|一边.*一边|一面.*一面|一会儿.*一会儿|时而.*时而|非.*不可|越(?!来越)[^，,]*越")
LONGEST = 400
SOMETHING = frozenset(["v", "vn", "a", "idiom", "mod", "neg", "deg", "shi", "you", "say", "piv", "wh"])
"""Kinds of words that make a clause say something, though its predicate was not found."""


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


FURTHER = frozenset(["尤其", "尤其是", "特别是", "甚至"])
CAPTIONS = frozenset(["图为", "右图", "左图", "上图", "下图"])
DAYS = frozenset(["昨天", "日前", "近日", "去年", "前天", "今晨", "昨晚", "昨日", "今日"])


def _place(found: list[Any], clause: Any) -> int:
    """Return which clause of a sentence this one is."""
    return next(at for at, other in enumerate(found) if other is clause)


def _inquired(found: list[Any], clause: Any) -> bool:
    """Say whether the clause before asks how, and this one may go on with it: `如何把经验，推广到`."""
    at = _place(found, clause)
    return at > 0 and any(t.word in ("如何", "怎样", "怎么") for t in found[at - 1].tokens) and not any(t.kind in ("pron", "n") for t in clause.tokens[:1])


def _wished(found: list[Any], clause: Any) -> bool:
    """Say whether a wish in the clause before waits for this one's verb."""
    at = _place(found, clause)
    return at > 0 and any(t.word in ("希望", "期望", "盼望", "期待", "力争", "争取") for t in found[at - 1].tokens)


def _governed(found: list[Any], clause: Any) -> bool:
    """Say whether a modal stands in the clause before."""
    at = next(i for i, other in enumerate(found) if other is clause)
    return any(t.kind in ("mod", "piv") or t.word in ("急需", "有待", "有待于", "必须", "务必", "想", "为了", "请", "力争", "力求", "希望", "争取", "努力", "确保") for other in found[max(at - 3, 0) : at] for t in other.tokens)


def _alone(found: list[Any], clause: Any, main: list[Any]) -> bool:
    before = found[: next(i for i, other in enumerate(found) if other is clause)]
    return len(main) == 1 and not any(t.kind in ("say", "piv", "cnj") and t.word not in CONDITIONS for other in before for t in other.tokens)


def _dangling(found: list[Any], clause: Any) -> bool:
    """Say whether the clause before is a prepositional phrase that waits for this one's verb."""
    at = next(i for i, other in enumerate(found) if other is clause)
    if at == 0:
        return False
    before = found[at - 1].tokens
    if before[-1].kind in ("bou", "end") or before[-1].word in ("来说", "而言", "来讲", "来看", "说", "看"):
        return False
    return any(t.kind == "cov" and t.word in ("以", "把", "将", "向", "给", "从", "被") for t in before) and find(before, 0, True) is None


def _contrast(found: list[Any], clause: Any) -> bool:
    """Say whether this clause and one before say 不是 and 是 of the same thing."""
    here = [t.word for t in clause.tokens]
    if "是" not in here:
        return False
    before = [[t.word for t in other.tokens] for other in found[: next(i for i, other in enumerate(found) if other is clause)]]
    denied = _denies(here)
    return any("是" in words and _denies(words) != denied for words in before)


def _denies(words: list[str]) -> bool:
    return any(a == "不" and b == "是" for a, b in zip(words, words[1:], strict=False))


def _read(sentence: str) -> tuple[Reading, bool]:
    held = tokens(sentence)
    found = clauses(held)
    question = any(token.word in "？?" for token in held[-3:]) or (bool(held) and any(t.word in ("吗", "么") for t in held[-3:]))
    if any(token.word in CORRELATIVE and token.kind == "cnj" for token in held) or ("只有" in sentence and "才" in sentence) or (question and "还是" in sentence) or _CORRELATED.search("".join(token.word for token in held if token.kind != "space")):
        return Reading(False, (), "clauses that depend on one another"), False
    if question and any(token.kind == "wh" or token.word in ("到底", "究竟") for token in held):
        return Reading(False, (), "asks"), False
    if held and held[0].word in CAPTIONS:
        return Reading(False, (), "a caption"), False
    traditional = any(ord(c) in simplified() for c in sentence)
    main = candidates(found)
    dated = any(t.word in DAYS for t in held) or any((a.word in ("年", "月", "日") and b.kind == "x") for b, a in zip(held, held[1:], strict=False))
    said = any(token.word in ("我", "你", "您", "我们", "咱们", "俺") for token in held)
    conditional = any(token.word in CONDITIONS or token.word in ("只有", "的话") for token in held)
    for clause in main:
        predicate = find(clause.tokens, 0, clause is not found[0])
        if predicate is None:
            if any(token.kind in SOMETHING for token in clause.tokens) or sum(len(t.word) for t in clause.tokens) > 3:
                break
            continue
        if any(other.tokens[0].word == "是" for other in found[_place(found, clause) + 1 :]):
            return Reading(False, (), "a judgement follows"), False
        if any(other.tokens[0].word in FURTHER and any(t.kind == "neg" for t in other.tokens) for other in found[_place(found, clause) + 1 :]):
            return Reading(False, (), "a second negation follows"), False
        asked = _inquired(found, clause)
        if asked and predicate.kind in ("v", "piv", "mod"):
            return Reading(False, (), "asks"), False
        if any(other.colon or other.quoted for other in found[_place(found, clause) :]):
            return Reading(False, (), "a quotation follows"), False
        if predicate.kind in ("idiom", "asks"):
            return Reading(False, (), "idiom" if predicate.kind == "idiom" else "asks"), False
        c = Clause(clause.tokens, predicate, tail(clause.tokens), question, clause is found[-1], _alone(found, clause, main), dated, _governed(found, clause), said, any(t.word in "！!" for t in held[-2:]), conditional, _wished(found, clause), clause is not found[0] and found[0].tokens[0].kind in ("n", "x"))
        if c.word(predicate.head) in ("是", "不") and _contrast(found, clause):
            return Reading(False, (), "a contrast"), False
        if _dangling(found, clause):
            return Reading(False, (), "a phrase that a comma cuts"), False
        negative = predicate.kind in ("neg", "potential") or (predicate.kind == "degree" and c.word(predicate.head + 2) == "不")
        result = affirmed(c) if negative else negated(c)
        if isinstance(result, str):
            return Reading(negative, (), result), False
        return Reading(negative, result.changes(traditional)), result.one_way
    return Reading(False, (), "no predicate"), False
