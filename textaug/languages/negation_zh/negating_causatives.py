"""From an affirmative clause to a negative one: causatives and requests."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.doubts import clear_before
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import VERBAL

SIMPLE_CAUSES = listed("让 使 令 导致 致使 使得 令人 让人 使人 叫 派 劝 逼 催 带领 率领 组织 动员 安排 促使 迫使")
"""Causatives that 没有 negates without a 了 to take away."""
HABITUAL = listed("要求 鼓励 帮助 指导 协助")
"""Causatives that 不 negates."""
MEANS = listed("保证 基础 条件 关键 前提 途径 标志 体现 目标 根本 办法 手段")
"""Nouns that an earlier 是 may wait for."""
REPEATED = listed("一再 多次 反复 再三 屡次")
TIMED = listed("正在 正 必将 必 势必 已经 已 只 仅 还 再 将 一直 终于 最终")
"""Adverbs that go with no negated causative."""
ADDRESSED = listed("您 你 大家 各位 你们 用户 顾客 客人 读者 朋友 朋友们 同学们 同志们 旅客 乘客")
POLITE = listed("问 自觉 原谅 谅解 放心 见谅 理解")
"""Verbs that are asked for only."""


def causative(clause: Clause) -> Edits | str:
    """Put 没有 or 不 before 让, 使, 要求; 不要 behind 请."""
    word, site = clause.word(clause.head), clause.site
    if word == "请":
        return _request(clause)
    les = [
        at
        for at in range(clause.head, clause.end)
        if clause.kind(at) == "le" and not clause.some(("bou",), at, clause.end)
    ]
    if reason := _invited(clause) or _within(clause) or _two_events(clause, len(les)):
        return reason
    edits = Edits(clause.tokens)
    if les:
        return edits.insert(site, "没有").delete(*les).lossy()
    if word in SIMPLE_CAUSES or clause.dated:
        return edits.insert(site, "没有")
    return edits.insert(site, "不") if clause.manual or word in HABITUAL else "a habit or an event"


def _invited(clause: Clause) -> str:
    """Return why a causative is an invitation, or comes with a degree."""
    head = clause.head
    named = clause.kind(head - 1) in ("n", "pron", "x", "out") and clause.word(head - 1) not in ("你", "您")
    if clause.word(head) in ("让", "叫") and clause.kind(clause.site) == "piv" and not named:
        return "an invitation"
    if clause.word(clause.end) == "吧":
        return "an invitation"
    if clause.has(("更", "更加", "最")) or clause.has(("有点", "有些", "有点儿", "一点"), 0, clause.end):
        return "a degree before the verb"
    return "a degree before the verb" if clause.final("de") > head or clause.kind(head - 1) == "deg" else ""


def _within(clause: Clause) -> str:
    """Return why a causative may belong to something else."""
    head, word = clause.head, clause.word(clause.head)
    if not clear_before(clause) or clause.has(("还",), head, clause.end):
        return "something unread stands before the verb"
    if clause.governed and not clause.subject():
        return "an earlier modal reaches here"
    if not clause.subject() and clause.last_of(MEANS):
        return "what may be a noun phrase"
    if word == "叫" and (clause.kind(head + 1) in VERBAL or head + 2 == clause.end):
        return "two verbs"
    if clause.word(head + 1) in ("·", "・"):
        return "what may be a name"
    if clause.kind(head + 1) == "bou":
        return "a time"
    joined = clause.kind(head - 1) in ("v", "vn", "say") or clause.has(("被",), 0, head)
    return "two verbs" if joined else ""


def _two_events(clause: Clause, les: int) -> str:
    several = les > 1 or clause.word(clause.site) in REPEATED or clause.adverb(*TIMED) >= 0
    return "two events" if several else ""


def _request(clause: Clause) -> Edits | str:
    """请: 勿 in a notice, 不要 otherwise."""
    at = clause.head + 1
    if any(
        t.kind not in ("cnj", "out", "mark", "time", "x", "num") and t.word != "那" for t in clause.tokens[: at - 1]
    ):
        return "an invitation"
    while clause.word(at) in ADDRESSED:
        at += 1
    kind, following = clause.kind(at), clause.kind(at + 1)
    asked = kind in ("v", "vn", "cov", "say", "inn") or (kind == "a" and following in ("v", "vn"))
    if not asked or clause.word(at) in POLITE or clause.has(("下", "一下", "点", "一点"), at + 1, at + 3):
        return "a request that does not take a negation"
    notice = at == clause.head + 1 and kind in ("v", "vn") and not clause.said and not clause.exclaimed
    return Edits(clause.tokens).insert(at, "勿" if notice else "不要")
