"""From a negative clause to an affirmative one: 未, 不要, 别, and negators that are words of their own."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import FIXED, Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import VERBAL, group_end
from textaug.languages.negation_zh.words import known

INSTEAD = {
    "无法": "能",
    "不必": "必须",
    "无须": "须",
    "无需": "需",
    "不用": "要",
    "不再": "仍然",
    "未曾": "曾",
    "尚未": "已",
    "不怎么样": "不错",
}
"""What stands in a negator's place, back and forth."""
NEARLY = {
    "未能": "能",
    "没能": "能",
    "没法": "能",
    "没法儿": "能",
    "无权": "有权",
    "不得": "可以",
    "不许": "可以",
    "不准": "可以",
    "并非": "是",
    "绝非": "是",
    "决非": "是",
    "非": "是",
    "未必": "一定",
    "从未": "曾",
    "尚无": "已有",
    "并无": "有",
    "无": "有",
    "毫无": "很有",
    "无意": "有意",
    "无人": "有人",
    "没人": "有人",
    "互不": "互相",
    "从不": "经常",
    "绝不": "一定",
    "决不": "一定",
    "永不": "永远",
    "切勿": "",
    "勿": "",
    "甭": "",
    "莫": "",
}
"""What stands in a negator's place, and does not come back."""
ADDRESSING = listed("请 希望 建议 最好 大家 你 您 你们 千万")
UNDOUBTED = listed("疑问 顾忌 保留 疑义")
"""Nouns that 毫无 makes a fixed phrase with."""


def wei(clause: Clause, edits: Edits) -> Edits | str:
    """未: what is told of an event needs no 了."""
    head, before, following = clause.head, clause.word(clause.head - 1), clause.word(clause.head + 1)
    edits.delete(head)
    if before == "还":
        edits.replace(head - 1, "已经")
        whole = group_end(clause.tokens, head + 1, clause.end) == clause.end
        return edits.after(clause.end - 1, "了").lossy() if whole else edits
    if before in ("尚", "仍"):
        return edits.replace(head - 1, "已").lossy()
    if before in ("从", "并", "均", "皆"):
        return edits.replace(head - 1, {"从": "曾", "并": ""}.get(before, before)).lossy()
    if clause.kind(head + 1) == "out" or following == "必":
        return edits
    if following in ("免", "尝", "及", "见", "有"):
        return FIXED
    return edits if clause.kind(head + 1) in (*VERBAL, "cov", "inn", "a") else "no verb behind 未"


def imperative(clause: Clause, edits: Edits) -> Edits | str:
    """不要, 别: an order when nobody else is the subject."""
    head, word, before = clause.head, clause.word(clause.head), clause.word(clause.head - 1)
    if word == "别" and clause.final("le") == head + 2 and not head:
        return edits.delete(head).replace(head + 2, "吧")
    described = clause.kind(head + 1) == "a" and clause.kind(head + 2) not in VERBAL
    if clause.final("le") > head or clause.kind(head + 1) == "deg" or described or before in ("再", "也", "更"):
        return "a change with 了"
    if before in ("千万", "一定"):
        return edits.replace(head, "要").lossy(word != "不要")
    subject = clause.some(("pron", "n"), 0, head)
    if word == "不要" and subject and before not in ADDRESSING:
        return edits.replace(head, "要" if clause.some(("pron", "piv"), 0, head) else "可以").lossy()
    if clause.kind(head + 1) == "idiom" and head + 2 == clause.end:
        return "idiom"
    if before == "都" and not subject:
        return FIXED
    usual = before in ("", "大家", "您") and word == ("别" if clause.exclaimed else "不要")
    return edits.delete(head).lossy(not (usual or (before == "请" and not _notice(clause))))


def _notice(clause: Clause) -> bool:
    """Say whether a request reads like a notice, which is negated by 请勿."""
    return not clause.said and not clause.exclaimed and clause.kind(clause.head + 1) in ("v", "vn")


def other(clause: Clause, edits: Edits) -> Edits | str:
    """Put a negator's opposite in its place."""
    head, word = clause.head, clause.word(clause.head)
    if reason := _fixed(clause):
        return reason
    if word in ("绝不", "决不", "永不") and clause.kind(head + 1) == "mod" and clause.word(head + 1) != "会":
        return edits.delete(head).lossy()
    if word == "无法" and clause.word(head - 1) in ("可能", "也许", "应该", "会", "将"):
        return edits.replace(head, "可以" if clause.word(head - 1) != "会" else "能够").lossy()
    if word == "请勿":
        return edits.replace(head, "请").lossy(head > 0 or not _notice(clause))
    if word in INSTEAD:
        return edits.replace(head, INSTEAD[word])
    if word == "并未":
        verb = next((at for at in range(head + 1, clause.end) if clause.kind(at) in VERBAL), head)
        if verb == head:
            return "no verb behind 未"
        edits.delete(head).lossy()
        known_by = clause.word(verb - 1) == "所"
        return edits if known_by else edits.after(group_end(clause.tokens, verb, clause.end) - 1, "了")
    return edits.replace(head, NEARLY[word]).lossy() if word in NEARLY else "a negation that cannot be taken away"


def _fixed(clause: Clause) -> str:
    """Return why a negator stays."""
    head, word, following = clause.head, clause.word(clause.head), clause.word(clause.head + 1)
    if word not in ("无法", "不再") and clause.kind(head + 2) == "idiom" and head + 3 == clause.end:
        return "idiom"
    if clause.has(("任何", "丝毫"), head) or following == "再":
        return FIXED
    if clause.final("le") >= 0 or (word == "毫无" and following in UNDOUBTED):
        return "a change with 了"
    if word == "无" and clause.kind(head - 1) == "meas":
        return FIXED
    if word == "无" and following == "一" and clause.kind(head + 2) not in ("n", "meas"):
        return FIXED
    if word in ("无", "尚无", "并无") and clause.kind(head + 1) not in ("n", "vn", "num", "a", "x"):
        return "no noun behind 无"
    if word == "不怎么样" and head != clause.end - 1:
        return FIXED
    if word != "不再":
        return ""
    unknown = clause.kind(head + 1) in ("v", "vn") and not known(following)
    certain = clause.adverb("绝对", "永远", "再也", "一定") >= 0
    return FIXED if unknown or certain or clause.kind(head - 1) in VERBAL else ""
