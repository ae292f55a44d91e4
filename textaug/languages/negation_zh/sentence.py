"""What holds of a Chinese sentence as a whole, and of the clauses around the one that is read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from textaug.languages.en import listed
from textaug.languages.negation_zh.clauses import Part, candidates, clauses
from textaug.languages.negation_zh.grammar import CONDITIONS
from textaug.languages.negation_zh.predicates import find
from textaug.languages.negation_zh.tokens import Token, tokens
from textaug.languages.negation_zh.words import simplified

_CORRELATED = re.compile(
    "而不|而非|不是.*就是|[不没未非].*而是|宁.*也不|再[^，,]{0,4}不过|一(.)比一\\1|一个比一个|一(.)高于一\\2|一(.)高过一\\3"
    "|多好|又得|一个是一个|一天是一天|既.*[又也]|一边.*一边|一面.*一面|一会儿.*一会儿|时而.*时而|非.*不可|越(?!来越)[^，,]*越"
    "|只有.*才|才.*只有"
)
"""Clauses that depend on one another: to negate one of them says something else."""
CORRELATIVE = listed("不仅 不但 不光 不只 不单 非但 不仅仅 与其 宁可 宁愿 要么 除非 只有")
DAYS = listed("昨天 日前 近日 去年 前天 今晨 昨晚 昨日 今日")
OURSELVES = listed("我 你 您 我们 咱们 俺")
FURTHER = listed("尤其 尤其是 特别是 甚至")
APOLOGIES = listed("对不起 抱歉 不好意思")
CAPTIONS = listed("图为 右图 左图 上图 下图")
INQUIRING = listed("如何 怎样 怎么")
WISHING = listed("但愿 希望 期望 盼望 期待 力争 争取")
GOVERNING = listed("急需 有待 有待于 必须 务必 想 为了 请 力争 力求 希望 争取 努力 确保")
"""Words whose force may reach a later clause."""
SPEAKING = listed("来说 而言 来讲 来看 说 看")
CARRYING = listed("以 把 将 向 给 从 被")
"""Prepositions that wait for a verb."""


class Sentence(NamedTuple):
    """A sentence.

    Attributes:
        words: its words.
        parts: its clauses.
        main: those that may carry the statement, the likeliest first.
        question: whether it asks.
        traditional: whether it is written in traditional characters.
        dated: whether a day or an hour is told.
        said: whether it is in somebody's own voice: `我`, `你`.
        exclaimed: whether it ends in an exclamation mark.
        conditional: whether a condition stands in it.
        manual: whether a Latin word stands in it, as in manuals.
    """

    words: list[Token]
    parts: list[Part]
    main: list[Part]
    question: bool
    traditional: bool
    dated: bool
    said: bool
    exclaimed: bool
    conditional: bool
    manual: bool


def parse(text: str) -> Sentence:
    """Cut a sentence into words and clauses, and see what holds of it."""
    words = tokens(text)
    parts = clauses(words)
    dates = any(date.word in ("年", "月", "日") and number.kind == "x" for number, date in pairwise(words))
    return Sentence(
        words,
        parts,
        candidates(parts),
        any(token.word in ("？", "?", "吗", "么") for token in words[-3:]),
        any(ord(character) in simplified() for character in text),
        dates or any(token.word in DAYS for token in words),
        any(token.word in OURSELVES for token in words),
        any(token.word in ("！", "!") for token in words[-2:]),
        any(token.word in CONDITIONS or token.word in ("只有", "的话") for token in words),
        any(token.kind == "x" and not token.word.isdigit() and token.word.isascii() for token in words),
    )


def barred(sentence: Sentence) -> str:
    """Return why a sentence as a whole is left alone, nothing where it may be read."""
    words = sentence.words
    plain = "".join(token.word for token in words if token.kind != "space")
    correlative = any(token.word in CORRELATIVE and token.kind == "cnj" for token in words)
    if correlative or (sentence.question and "还是" in plain) or _CORRELATED.search(plain):
        return "clauses that depend on one another"
    if sentence.question and any(token.kind == "wh" or token.word in ("到底", "究竟") for token in words):
        return "asks"
    if words and words[0].word in APOLOGIES:
        return "an apology"
    return "a caption" if words and words[0].word in CAPTIONS else ""


def place(sentence: Sentence, part: Part) -> int:
    """Return which clause of its sentence this one is."""
    return next(at for at, other in enumerate(sentence.parts) if other is part)


def unfinished(sentence: Sentence, part: Part, kind: str) -> str:
    """Return why other clauses keep this one, with a predicate of this kind, from being read alone."""
    at = place(sentence, part)
    later = sentence.parts[at + 1 :]
    if any(other.tokens[0].word == "是" for other in later):
        return "a judgement follows"
    if any(other.tokens[0].word in FURTHER and any(t.kind == "neg" for t in other.tokens) for other in later):
        return "a second negation follows"
    inquired = at > 0 and sentence.parts[at - 1].has(INQUIRING) and part.tokens[0].kind not in ("pron", "n")
    if inquired and kind in ("v", "piv", "mod"):
        return "asks"
    if any(other.colon or other.quoted for other in sentence.parts[at:]):
        return "a quotation follows"
    return "a phrase that a comma cuts" if at > 0 and _dangling(sentence.parts[at - 1].tokens) else ""


def _dangling(before: list[Token]) -> bool:
    """Say whether a clause is a prepositional phrase that waits for the next one's verb."""
    if before[-1].kind == "bou" or before[-1].word in SPEAKING:
        return False
    carried = any(token.kind == "cov" and token.word in CARRYING for token in before)
    return carried and find(before, 0, True) is None


def contrasts(sentence: Sentence, part: Part) -> bool:
    """Say whether this clause and one before say 不是 and 是 of the same thing."""
    here = [token.word for token in part.tokens]
    before = [[token.word for token in other.tokens] for other in sentence.parts[: place(sentence, part)]]
    return "是" in here and any("是" in words and _denies(words) != _denies(here) for words in before)


def _denies(words: list[str]) -> bool:
    return ("不", "是") in pairwise(words)


def governed(sentence: Sentence, part: Part) -> bool:
    """Say whether a modal stands in a clause before, which may reach this one."""
    at = place(sentence, part)
    near = (token for other in sentence.parts[max(at - 3, 0) : at] for token in other.tokens)
    return any(token.kind in ("mod", "piv") or token.word in GOVERNING for token in near)


def wished(sentence: Sentence, part: Part) -> bool:
    """Say whether a wish in the clause before waits for this one's verb."""
    at = place(sentence, part)
    return at > 0 and sentence.parts[at - 1].has(WISHING)


def alone(sentence: Sentence, part: Part) -> bool:
    """Say whether a clause is the only one, but for subordinate ones."""
    before = (token for other in sentence.parts[: place(sentence, part)] for token in other.tokens)
    joined = any(token.kind in ("say", "piv", "cnj") and token.word not in CONDITIONS for token in before)
    return len(sentence.main) == 1 and not joined
