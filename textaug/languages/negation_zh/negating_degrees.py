"""From an affirmative clause to a negative one: degrees, and what 得 says of a verb."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import gradable
from textaug.languages.negation_zh.words import among

OPPOSITE = {
    "很": "不",
    "比较": "不太",
    "较": "不那么",
    "有点": "一点也不",
    "有点儿": "一点儿都不",
    "挺": "并不怎么",
    "太": "并不太",
}
"""Degrees and what stands in their place, back and forth."""
PRAISING = {"相当": "很不", "极其": "非常不"}
"""The same before an adjective that praises."""
NEARLY = {
    "颇": "不",
    "好": "不",
    "甚": "不",
    "较为": "不那么",
    "蛮": "不怎么",
    "有一点": "一点也不",
    **dict.fromkeys(
        listed("相当 极 极其 极为 极度 异常 格外 尤为 颇为 超 超级 过于 略 稍 稍微 略微 分外 贼 很是 甚为"), "并不"
    ),
}
"""Degrees that do not come back."""
KEPT = {"非常": "不是", "十分": "不是", "特别": "不是", "最": "不是", "最为": "不是"}
"""Degrees that stay behind the negator."""
AMOUNTS = listed("一点 点 一些 些 多 得 极 死 很多 一点儿 许多 坏 不少 倍 多了 不得了 极了 无比")
LEXICAL = listed(
    """
    死 够用 不同 不足 不便 少 无聊 无奈 无语 一般 难免 可惜 不少 感谢 感激 欢迎 抱歉 对 行 错 有限 差不多 必要 相当
    """
)
"""Adjectives that are not negated, or not without another sense."""
_LEXICAL, _MORE = "a degree that does not take a negation", "another predicate follows"


def degree(clause: Clause) -> Edits | str:
    """Negate a predicate like 很好."""
    head, site = clause.head, clause.site
    target = target_of(clause, head)
    following = clause.kind(target + 1)
    counted = following in ("num", "meas") and clause.word(target) in ("多", "少")
    if counted or following in ("dei", "deg") or clause.word(target + 1) in AMOUNTS:
        return "an amount"
    if clause.some(("out", "cnj", "deg"), target + 1, clause.end) or clause.adverb("总", "老是") >= 0:
        return _MORE
    if (often := clause.adverb("总是")) >= 0:
        return Edits(clause.tokens).insert(often, "不")
    having = clause.word(target) == "有" and clause.word(target - 1) not in ("很", *KEPT)
    if clause.word(target + 1) == "、" or having:
        return _MORE
    if clause.word(site) in ("为", "替"):
        return "a reason before the degree"
    return Edits(clause.tokens).insert(site, "不") if site < head else graded(clause, head, target)


def target_of(clause: Clause, head: int) -> int:
    """Return where the word stands that a degree belongs to, itself where it is the adjective."""
    at, end = head, clause.end
    while clause.kind(at + 1) == "deg":
        at += 1
    if clause.kind(at + 1) == "de" and at + 2 < end:
        return at + 2
    if at + 1 >= end:
        return at
    belongs = gradable(clause.tokens[at + 1]) or not among("adjective", clause.word(at))
    return at + 1 if belongs or at == head else at


def graded(clause: Clause, head: int, target: int) -> Edits | str:
    """Negate a degree with what it belongs to."""
    edits, last = Edits(clause.tokens), target - 1
    word, le = clause.word(last), clause.final("le")
    if clause.word(target) == "不错":
        return _not_bad(clause, edits, head, target)
    if clause.word(target) in LEXICAL or clause.word(target).startswith(("不", "无")):
        return _LEXICAL
    if clause.adverb("还") >= 0 or clause.word(head - 1) == "还":
        return "还"
    if word == "太" and le > target and last == head:
        return edits.replace(last, "一点都不").delete(le)
    if clause.kind(target + 1) == "le" and le < 0:
        return "a degree with 了"
    if le > target:
        return _no_longer(clause, edits, last)
    if (of := clause.final("de")) > target:
        if word not in ("挺", "蛮") or last != head:
            return "的 at the end"
        edits.replace(last, "不怎么" if word == "挺" else "不是很").delete(of)
        return edits.lossy(not gradable(clause.tokens[target]))
    if head != last:
        return _two(clause, edits, head, target)
    return _one(clause, edits, target)


def _two(clause: Clause, edits: Edits, head: int, target: int) -> Edits | str:
    """Two degrees in a row: `非常非常好`, `真的很好`."""
    if clause.word(head) in KEPT and len(set(clause.words(head, target))) == 1:
        return edits.insert(head, "不是")
    if clause.word(head) not in ("真的", "真", "实在", "实在是"):
        return "two degrees"
    if clause.word(target - 1) in KEPT or clause.kind(target - 1) == "de":
        return edits.insert(head, "不是")
    return _one(clause, edits, target) if clause.word(target - 1) != "真" else _LEXICAL


def _one(clause: Clause, edits: Edits, target: int) -> Edits | str:
    """One degree: what stands in its place."""
    last, quality = target - 1, clause.word(target)
    word, praised = clause.word(last), among("positive", quality)
    if word in KEPT or clause.kind(last) == "de":
        return edits.insert(last, "不是")
    if word in ("够", "足够"):
        return edits.insert(last, "不").lossy()
    if word == "真":
        return edits.insert(target, "不")
    if word == "很" and not among("adjective", quality) and clause.kind(target) != "a":
        return edits.replace(last, "不太") if quality == "可能" else edits.insert(last, "不是")
    if word == "有些":
        return edits.replace(last, "一点也不" if praised else "不算").lossy(praised)
    if word in PRAISING and praised:
        return edits.replace(last, PRAISING[word])
    if word == "挺" and clause.kind(last - 1) in ("out", "xshi"):
        return edits.replace(last, "不怎么").lossy()
    if word in OPPOSITE:
        return edits.replace(last, OPPOSITE[word])
    return edits.replace(last, NEARLY[word]).lossy() if word in NEARLY else _LEXICAL


def _not_bad(clause: Clause, edits: Edits, head: int, target: int) -> Edits | str:
    """很不错: no negation, but 不怎么样 is one."""
    if clause.final("le") >= 0 or (target + 1 < clause.end and clause.final("de") != target + 1):
        return "不错 within"
    if clause.final("de") == target + 1:
        edits.delete(target + 1)
    if clause.word(head - 1) == "还":
        edits.delete(head - 1)
    return edits.delete(*range(head, target)).replace(target, "不怎么样").lossy()


def _no_longer(clause: Clause, edits: Edits, last: int) -> Edits | str:
    """已经很…了, 还不…."""
    already = clause.adverb("已经", "已")
    if clause.word(last) != "很" or already < 0:
        return "a degree with 了"
    return edits.replace(already, "还").replace(last, "不").delete(clause.final("le")).lossy()


def complement(clause: Clause) -> Edits | str:
    """Negate a verb with 得: 看得见, 看不见; 跑得快, 跑得不快."""
    at, end, edits = clause.head + 2, clause.end, Edits(clause.tokens)
    word, target = clause.word(at), target_of(clause, at)
    if clause.adverb("还", "只", "才") >= 0:
        return "an adverb that goes with no negation"
    if word == "比" and clause.kind(end - 1) == "a" and end - at <= 4:
        return edits.insert(at, "不")
    if clause.kind(at) == "deg" and target > at:
        last = target == end - 1 or (target == end - 2 and clause.kind(target + 1) in ("le", "de"))
        return graded(clause, at, target) if last else "a long complement"
    if clause.final("le") >= 0:
        return "得 with 了"
    if word == "不错" and at == end - 1:
        return edits.replace(at, "不怎么样")
    if among("potential", word):
        return edits.replace(at - 1, "不")
    described = at == end - 1 and among("adjective", word)
    return edits.insert(at, "不").lossy() if described else "a complement that does not take a negation"
