"""From an affirmative clause to a negative one: 是 and 有."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import ASPECT
from textaug.languages.negation_zh.words import among

OPINIONS = listed("观点 说法 看法 想法 消息 论断 论点 意见 结论 主张 印象 思想 理论")
"""Nouns that hold what is said."""
TAKEN_FOR = listed("形容 比作 誉为 当成 当作 看成 看作 看做 当做 视为 说成 叫做 称 定")
"""Verbs behind which 是 says what something is taken for."""
CAUSING = listed("使 让 令 让人 令人 使人")
PLURAL = frozenset("二三四五六七八九十百千万亿两上几多近数")
"""First characters of an amount that is more than one."""
_AMOUNT, _LIST = "有 with an amount", "a list follows"


def judgement(clause: Clause) -> Edits | str:
    """Put 不 before 是."""
    head, edits = clause.head, Edits(clause.tokens)
    if clause.word(head) == "就是":
        return _emphasis(clause) or edits.insert(head, "不", inside=1)
    if clause.final("de") > head and (clause.kind(head + 1) == "mod" or among("stative", clause.word(head + 1))):
        return "是 … 的 round a state"
    if (often := clause.adverb("总是")) >= 0:
        return edits.insert(often, "不")
    if reason := _judged_within(clause) or _judged_behind(clause):
        return reason
    if (sure := clause.adverb("一定")) >= 0:
        return edits.insert(sure, "不")
    return edits.replace(head - 1, "并不") if clause.word(head - 1) == "的确" else edits.insert(head, "不")


def _emphasis(clause: Clause) -> str:
    """Return why 就是 is no judgement."""
    head = clause.head
    if clause.word(head - 1) == clause.word(head + 1):
        return "a thing that is itself"
    if clause.kind(head + 1) in ("v", "a", "mod", "vn", "cov") or clause.has(("一",), 0, head):
        return "就是"
    return "" if clause.kind(head - 1) in ("n", "pron", "time", "loc") else "就是"


def _judged_within(clause: Clause) -> str:
    """Return why what stands before 是 bars a negation."""
    head = clause.head
    before = clause.word(head - 1)
    if clause.word(head) != "是" or before in ("还", "只", "仅", "再", "真", "可", "要"):
        return "a judgement that does not take 不"
    if before in TAKEN_FOR or (before == "上" and clause.kind(head - 2) == "dei"):
        return "a judgement within"
    if clause.kind(head - 1) == "deg" or before in ("无愧", "不愧"):
        return "a degree before 是"
    if not clause.subject() and clause.has(CAUSING, head, clause.end):
        return "a judgement about who did it"
    if clause.some(("say",), 0, head) and clause.last_of(OPINIONS):
        return "what may be a noun phrase"
    return "an item of a list" if clause.kind(head - 1) == "num" and head == 1 else ""


def _judged_behind(clause: Clause) -> str:
    """Return why what stands behind 是 bars a negation."""
    head, end = clause.head, clause.end
    if end == head + 1 or clause.some(("wh",), head + 1, end):
        return "nothing behind 是"
    if clause.has(("多么", "何等", "那么"), head):
        return "an exclamation"
    if clause.kind(head + 1) in ("a", "deg") and not clause.some(("de",), head, end):
        return "an emphatic 是"
    if clause.has(("不错",), head + 1, head + 4) and clause.final("de") > 0:
        return "不错 within"
    return "an idiom behind 是" if clause.kind(end - 1) == "idiom" and head == end - 2 else ""


def possession(clause: Clause) -> Edits | str:
    """Make 没有 of 有."""
    head, edits = clause.head, Edits(clause.tokens)
    if reason := _had_within(clause) or _amount(clause):
        return reason
    if (often := clause.adverb("总是")) >= 0:
        return edits.insert(often, "不")
    edits.insert(head, "没")
    if clause.word(head + 1) == "个":
        edits.delete(head + 1).lossy()
    if clause.kind(head + 1) == "le" and head + 2 >= clause.end:
        return "nothing behind 有"
    if head + 1 >= clause.end:
        return edits if clause.word(head - 1) in ("都", "也", "就") else "nothing behind 有"
    return _had(clause, edits)


def _had(clause: Clause, edits: Edits) -> Edits | str:
    """What 还, 已经 and an aspect make of 没有."""
    head, le = clause.head, clause.final("le")
    if (still := clause.adverb("还")) >= 0:
        short = clause.kind(head + 1) == "n" and clause.end - head <= 3 and clause.last and clause.subject()
        lasting = short and le <= 0 and clause.final("de") <= 0
        return edits.delete(still).after(clause.end - 1, "了") if lasting else "还 adds"
    if (already := clause.adverb("已经", "已")) >= 0:
        if clause.kind(head + 1) == "le":
            edits.delete(head + 1).lossy()
        elif le > head:
            edits.delete(le).lossy()
        return edits.replace(already, "还")
    if clause.kind(head + 1) in ASPECT:
        return edits.delete(head + 1).lossy() if clause.kind(head + 1) != "guo" else edits
    if le > head:
        no_more = Edits(clause.tokens).insert(head, "还没").delete(le).lossy()
        return no_more if clause.adverb("就") < 0 else "a change with 了"
    return edits.delete(head + 1).lossy() if clause.word(head + 1) in ("一些", "若干") else edits


def _had_within(clause: Clause) -> str:
    """Return why 有 is no plain possession."""
    head = clause.head
    if clause.some(("shi", "xshi"), head + 1, clause.end):
        return "a judgement follows"
    if clause.has(("像", "如同", "似"), 0, head) or clause.word(head - 1) == "心" or clause.has(("有",), head + 1):
        return "有 within"
    if clause.adverb("就") >= 0 and clause.adverb("已经", "已") >= 0:
        return "an adverb that goes with no negation"
    return ""


def _amount(clause: Clause) -> str:
    """Say whether 有 tells an amount or begins a list, neither of which is denied."""
    head, following = clause.head, clause.word(clause.head + 1)
    kind, beyond = clause.kind(head + 1), clause.kind(head + 2)
    if (kind in ("num", "x", "meas") and not clause.subject()) or (kind == "meas" and following != "个"):
        return _AMOUNT
    if (kind == "n" and beyond == "meas") or clause.has(("不少", "许多", "很多"), head):
        return _AMOUNT
    if clause.word(head - 1) == "主要" or clause.has(("、",), head, clause.end):
        return _LIST
    if following in ("如下", "以下", "下列", "下面", "更", "更多"):
        return _LIST
    far = any(clause.kind(at) == "x" and clause.kind(at + 1) in ("num", "meas") for at in range(head + 1, head + 5))
    if far or kind == "x" or (kind == "num" and following[0] in PLURAL):
        return _AMOUNT
    return _AMOUNT if kind == "num" and clause.adverb("就", "竟", "共", "总共") >= 0 else ""
