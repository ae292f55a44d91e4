"""From a negative clause to an affirmative one: 不 before adjectives and degrees."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import FIXED, Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import gradable
from textaug.languages.negation_zh.words import among

SLIGHTLY = listed("有点 有点儿 有些 比较 还算")
"""Degrees that do not stay before an adjective without its 不."""
NAMED = frozenset(["n", "v", "vn", "x", "out", "say", "pron", "loc", "meas"])
"""Kinds of words behind which a bare adjective describes."""
_DEGREE = "a degree that lives with a negation"


def quality(clause: Clause, edits: Edits, at: int) -> Edits | str:
    """不 before an adjective: 很 stands in its place, unless a degree stands there already."""
    if at + 1 >= clause.end:
        return "an answer"
    before, word = clause.word(at - 1), clause.word(at + 1)
    if word == "干" or before == "尚" or (word == "轻" and clause.kind(at - 1) in ("dei", "de")):
        return FIXED
    if clause.kind(at - 1) == "deg":
        return _behind_degree(clause, edits, at)
    if clause.final("de") == at + 2 or clause.final("le") >= 0:
        return "的 at the end"
    if word == "比":
        return edits.delete(at)
    if among("gradable", word) and not among("adjective", word):
        edits.delete(at).lossy(clause.final("de") > 0)
        return edits.replace(at - 1, "的确") if before == "并" else edits
    if before == "并":
        edits.delete(at - 1)
        named = at < 2 or clause.kind(at - 2) in NAMED
        return edits.delete(at) if named else edits.replace(at, "很").lossy()
    if among("ungraded", word):
        return edits.delete(at).lossy(clause.final("de") >= 0)
    if not among("adjective", word):
        return "an adjective that is not known well"
    return edits.delete(at) if clause.word(at - 2) == "比" else edits.replace(at, "很")


def _behind_degree(clause: Clause, edits: Edits, at: int) -> Edits | str:
    """很不, 相当; 有点不, 很."""
    before, word = clause.word(at - 1), clause.word(at + 1)
    if before in SLIGHTLY:
        return edits.delete(at).replace(at - 1, "很").lossy() if not among("ungraded", word) else _DEGREE
    if among("positive", word) and before in ("很", "非常"):
        return edits.delete(at).replace(at - 1, "相当" if before == "很" else "极其")
    return edits.delete(at).lossy() if before != "好" else "好不"


def not_very(clause: Clause, edits: Edits) -> Edits | str:
    """不 before a degree: 不太, 比较; 不怎么, 挺…的; 不那么, 较."""
    head, word, target = clause.head, clause.word(clause.head + 1), clause.word(clause.head + 2)
    if among("ungraded", target):
        return _DEGREE
    edits.delete(head)
    if word == "太":
        return edits.replace(head + 1, "很" if target == "可能" else "比较")
    if word == "怎么":
        if head + 2 >= clause.end or not gradable(clause.tokens[head + 2]):
            return "怎么"
        edits.replace(head + 1, "挺")
        return edits.after(clause.end - 1, "的") if clause.end == head + 3 else edits.lossy()
    if word == "那么" and clause.word(head - 1) != "并":
        return edits.replace(head + 1, "较")
    return edits if word not in ("这么", "那么", "大", "甚") else _DEGREE


def hardly(clause: Clause, edits: Edits) -> Edits | str:
    """并不怎么 before an adjective."""
    head = clause.head
    if head + 2 >= clause.end or not gradable(clause.tokens[head + 2]):
        return "怎么"
    return edits.delete(head).replace(head + 1, "挺")


def counts(clause: Clause, edits: Edits) -> Edits | str:
    """不算 before an adjective."""
    head, word = clause.head, clause.word(clause.head + 2)
    if head + 3 != clause.end or not gradable(clause.tokens[head + 2]) or among("ungraded", word):
        return "算"
    return edits.delete(head).replace(head + 1, "还算" if among("positive", word) else "有些")
