"""From a negative clause to an affirmative one: what lives with a negation, `从来不`, `一点也不`, `根本没有`."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.affirming_bu import bu
from textaug.languages.negation_zh.affirming_mei import mei
from textaug.languages.negation_zh.clause import FIXED, Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import gradable

NEGATIVE = listed("再也 几乎 差点 丝毫 从来 历来 毫 万万 迟迟 无论如何 何尝 根本 绝 决 才")
"""Adverbs that live with a negation only, or mean something else without it."""
LEAST = listed("一点 一点儿 丝毫 半点 毫")
UNITS = listed("一点 一点儿 丝毫 半点 一句 一个 一次 一")
"""Least amounts: `一句话也没说`."""


def lives_with_it(clause: Clause) -> bool:
    """Say whether an adverb stands before the negator that lives with it, or a least amount: `一点也不`."""
    head = clause.head
    if clause.adverb(*NEGATIVE) >= 0 or clause.word(head - 1) in LEAST:
        return True
    return clause.has(UNITS, 0, head - 1) and clause.word(head - 1) in ("也", "都")


def polar(clause: Clause, edits: Edits) -> Edits | str:
    """Take such an adverb away with the negator, or put its opposite in its place."""
    head, word, before = clause.head, clause.word(clause.head), clause.word(clause.head - 1)
    quality = word == "不" and head + 2 == clause.end and gradable(clause.tokens[head + 1])
    if before in LEAST:
        return edits.delete(head).replace(head - 1, "有点").lossy() if quality else FIXED
    if quality and clause.word(head - 2) in ("一点", "一点儿"):
        return _not_a_bit(clause, edits)
    if (before == "根本" and word in ("不", "没有", "没")) or before in ("绝", "决"):
        plain = (bu if word == "不" else mei)(clause, edits.delete(head - 1))
        return plain.lossy() if isinstance(plain, Edits) else plain
    return _never(clause, edits)


def _not_a_bit(clause: Clause, edits: Edits) -> Edits:
    """一点也不 and 一点都不 before an adjective."""
    head, amount, before = clause.head, clause.word(clause.head - 2), clause.word(clause.head - 1)
    edits.delete(head, head - 1)
    if amount == "一点儿" and before == "都":
        return edits.replace(head - 2, "有点儿")
    edits.lossy(amount != "一点")
    if before == "也":
        return edits.replace(head - 2, "有点")
    return edits.replace(head - 2, "太").after(clause.end - 1, "了")


def _never(clause: Clause, edits: Edits) -> Edits | str:
    """从来没…过, 曾经…过; 从来不, 总是."""
    head, word, ever = clause.head, clause.word(clause.head), clause.adverb("从来")
    if ever < 0 or clause.final("le") >= 0 or clause.word(ever - 1) == "还":
        return FIXED
    if word in ("没", "没有"):
        edits.replace(ever, "曾经").delete(head).lossy(word == "没有" or clause.word(head + 1) in ("见", "听说"))
        return edits if clause.some(("guo",), head, clause.end) else FIXED
    if word != "不" or clause.kind(head + 1) not in ("v", "vn", "cov"):
        return FIXED
    return edits.delete(head).replace(ever, "总是") if head == ever + 1 else edits.delete(ever, head).lossy()
