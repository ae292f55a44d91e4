"""From a negative clause to an affirmative one: what bars it, and whose rule it is."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_zh.affirming_adverbs import lives_with_it, polar
from textaug.languages.negation_zh.affirming_bu import bu
from textaug.languages.negation_zh.affirming_mei import mei
from textaug.languages.negation_zh.affirming_qualities import quality
from textaug.languages.negation_zh.affirming_words import imperative, other, wei
from textaug.languages.negation_zh.clause import BOUND, FIXED, Clause
from textaug.languages.negation_zh.doubts import embedded
from textaug.languages.negation_zh.edits import Edits

CONSEQUENT = listed("就 才 便 则 就是 便是")
"""Adverbs that make a condition of the negation before them."""
DRAGGING = listed("一直 长时间 长期 迟迟 始终")
_RULES: dict[str, Callable[[Clause, Edits], Edits | str]] = {
    "不": bu,
    "没": mei,
    "没有": mei,
    "未": wei,
    "不要": imperative,
    "别": imperative,
}


def affirmed(clause: Clause) -> Edits | str:
    """Return the edits that take a clause's negation away, or why that cannot be done."""
    edits, head = Edits(clause.tokens), clause.head
    if clause.predicate.kind == "potential":
        return _possible(clause, edits)
    if clause.predicate.kind == "degree":
        return quality(clause, edits, head + 2)
    if reason := _barred(clause):
        return reason
    if lives_with_it(clause):
        return polar(clause, edits)
    if head + 1 >= clause.end and clause.word(head) != "不怎么样":
        return _bare(clause, edits)
    return _RULES.get(clause.word(head), other)(clause, edits)


def _possible(clause: Clause, edits: Edits) -> Edits | str:
    """看不见, 看得见."""
    bound = clause.adverb("还", "再", "也") >= 0 or clause.has(BOUND, clause.head, clause.end)
    if clause.final("le") >= 0 or bound:
        return "a change with 了"
    return edits.replace(clause.head + 1, "得")


def _barred(clause: Clause) -> str:
    """Return what bars taking a negation away, nothing where it may be tried."""
    head, end = clause.head, clause.end
    if _second(clause):
        return "a second negation"
    relative = any(clause.kind(at) == "de" and clause.kind(at + 1) in ("mod", "neg", "out") for at in range(head, end))
    if relative or embedded(clause):
        return "what may be a noun phrase"
    if clause.some(("di",), head, head + 3):
        return "an adverbial"
    dragging = clause.has(DRAGGING, 0, head) or clause.kind(head - 1) == "v"
    if clause.word(head) in ("未能", "没能", "不得") and dragging:
        return FIXED
    if clause.has(("因", "因为", "由于"), head - 5, head):
        return "a reason within"
    return "a condition" if clause.has(CONSEQUENT, head + 1, end) else ""


def _second(clause: Clause) -> bool:
    """Say whether another negator stands in the clause, near before the first one or behind it."""
    head = clause.head
    for at in range(max(head - 5, 0), clause.end):
        if clause.kind(at) != "neg" or at == head or (clause.kind(at + 1) == "a" and at + 2 == head):
            continue
        if not (clause.some(("de",), at, head) or clause.has(("则", "就"), at, head)):
            return True
    return False


def _bare(clause: Clause, edits: Edits) -> Edits | str:
    """A negator with nothing behind it."""
    head, before = clause.head, clause.word(clause.head - 1)
    if clause.has(("连",), 0, head):
        return FIXED
    if clause.word(head) != "没有" or not head or before in ("了", "还") or clause.kind(head - 1) in ("le", "v"):
        return "an answer"
    return edits.replace(head, "有").lossy(before not in ("都", "也", "就"))
