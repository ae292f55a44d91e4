"""From an affirmative clause to a negative one: adjectives, degrees, and what 得 says of a verb."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import gradable
from textaug.languages.negation_zh.words import among

OPPOSITE = {
    "很": "不", "比较": "不太", "较": "不那么", "有点": "一点也不", "有点儿": "一点儿都不", "挺": "并不怎么", "太": "并不太",
}  # fmt: skip
"""Degrees and what stands in their place, back and forth."""
PRAISING = {"相当": "很不", "极其": "非常不"}
"""The same before an adjective that praises."""
NEARLY = {
    "颇": "不", "较为": "不那么", "有一点": "一点也不", "有些": "一点也不", "相当": "并不", "极": "并不",
    "极其": "并不", "极为": "并不", "极度": "并不", "异常": "并不", "格外": "并不", "尤为": "并不", "颇为": "并不", "超": "并不", "超级": "并不", "好": "不",
    "蛮": "不怎么", "过于": "并不", "略": "并不", "稍": "并不", "稍微": "并不", "略微": "并不", "分外": "并不", "贼": "并不", "很是": "并不", "甚为": "并不", "甚": "不",
}  # fmt: skip
"""Degrees that do not come back."""
KEPT = {"非常": "不是", "十分": "不是", "特别": "不是", "最": "不是", "最为": "不是"}
"""Degrees that stay behind the negator."""
CHANGING = listed("黑 亮 熟 坏 好 醒 满 干 饱 醉 破 凉 错 累 瘦 胖 老 饿 乱 脏 堵 松 断 烂 红 湿 热 冷 失败 成功")
"""Adjectives that 了 makes into events: 天黑了, 天没黑."""
AMOUNTS = listed("一点 点 一些 些 多 得 极 死 很多 一点儿 许多 坏 不少 倍 多了 不得了 极了 无比")
LEXICAL = listed("死 够用 不同 不足 不便 少 无聊 无奈 无语 一般 难免 可惜 不少 感谢 感激 欢迎 抱歉 对 行 错 有限 差不多 必要 相当")
"""Adjectives that are not negated, or not without another sense."""


def degree(clause: Clause) -> Edits | str:
    """Negate a predicate like 很好."""
    head, target = clause.predicate.head, target_of(clause, clause.predicate.head)
    if clause.kind(target + 1) in ("dei", "deg") or clause.word(target + 1) in AMOUNTS or (clause.kind(target + 1) in ("num", "meas") and clause.word(target) in ("多", "少")):
        return "an amount"
    if any(clause.kind(at) in ("out", "cnj", "deg") for at in range(target + 1, clause.end)) or clause.adverb("总", "老是") >= 0:
        return "another predicate follows"
    if (often := clause.adverb("总是")) >= 0:
        return Edits(clause.tokens).insert(often, "不")
    if clause.word(target + 1) == "、" or (clause.word(target) == "有" and clause.word(target - 1) not in ("很", *KEPT)):
        return "another predicate follows"
    if clause.word(clause.predicate.site) in ("为", "替"):
        return "a reason before the degree"
    if clause.predicate.site < head:
        return Edits(clause.tokens).insert(clause.predicate.site, "不")
    return graded(clause, head, target)


def target_of(clause: Clause, head: int) -> int:
    """Return where the word stands that a degree belongs to, itself where it is the adjective."""
    at = head
    while clause.kind(at + 1) == "deg":
        at += 1
    if at + 1 < clause.end and clause.kind(at + 1) == "de" and at + 2 < clause.end:
        return at + 2
    if at + 1 < clause.end and (gradable(clause.tokens[at + 1]) or not among("adjective", clause.word(at)) or at == head):
        return at + 1
    return at


def graded(clause: Clause, head: int, target: int) -> Edits | str:
    """Negate a degree with what it belongs to."""
    edits = Edits(clause.tokens)
    last = target - 1
    word, le, of = clause.word(last), clause.final("le"), clause.final("de")
    if clause.word(target) == "不错":
        return _not_bad(clause, edits, head, target)
    if clause.word(target) in LEXICAL or clause.word(target).startswith(("不", "无")):
        return "a degree that does not take a negation"
    if clause.adverb("还") >= 0 or clause.word(head - 1) == "还":
        return "还"
    if word == "太" and le > target and last == head:
        return edits.replace(last, "一点都不").delete(le)
    if clause.kind(target + 1) == "le" and le < 0:
        return "a degree with 了"
    if le > target:
        return _no_longer(clause, edits, last, target)
    if of > target:
        if word in ("挺", "蛮") and last == head:
            edits.replace(last, "不怎么" if word == "挺" else "不是很").delete(of)
            return edits if gradable(clause.tokens[target]) else edits.lossy()
        return "的 at the end"
    if head != last and clause.word(head) in KEPT and len(set(clause.words(head, last + 1))) == 1:
        return edits.insert(head, "不是")
    if head != last and clause.word(head) not in ("真的", "真", "实在", "实在是"):
        return "two degrees"
    if word in KEPT or clause.kind(last) == "de":
        return edits.insert(head, "不是")
    if word in ("够", "足够"):
        return edits.insert(last, "不").lossy()
    if word == "真" and last == head:
        return edits.insert(target, "不")
    if word == "很" and not among("adjective", clause.word(target)) and clause.kind(target) != "a":
        return edits.replace(last, "不太") if clause.word(target) == "可能" else edits.insert(last, "不是")
    praised = among("positive", clause.word(target))
    if word == "有些":
        return edits.replace(last, "不算") if not praised else edits.replace(last, "一点也不").lossy()
    if word in PRAISING and praised:
        return edits.replace(last, PRAISING[word])
    if word == "挺" and clause.kind(last - 1) in ("out", "xshi"):
        return edits.replace(last, "不怎么").lossy()
    if word in OPPOSITE:
        return edits.replace(last, OPPOSITE[word])
    return edits.replace(last, NEARLY[word]).lossy() if word in NEARLY else "a degree that does not take a negation"


def _not_bad(clause: Clause, edits: Edits, head: int, target: int) -> Edits | str:
    """很不错: no negation, but 不怎么样 is one."""
    if clause.final("le") >= 0 or (target + 1 < clause.end and clause.final("de") != target + 1):
        return "不错 within"
    if clause.final("de") == target + 1:
        edits.delete(target + 1)
    if clause.word(head - 1) == "还":
        edits.delete(head - 1)
    return edits.delete(*range(head, target)).replace(target, "不怎么样").lossy()


def _no_longer(clause: Clause, edits: Edits, last: int, target: int) -> Edits | str:
    already = clause.adverb("已经", "已")
    if clause.word(last) != "很" or already < 0:
        return "a degree with 了"
    return edits.replace(already, "还").replace(last, "不").delete(clause.final("le")).lossy()


def adjective(clause: Clause) -> Edits | str:
    """Negate a bare adjective: 并不 before a predicate that described, 没 before one that 了 made an event."""
    head, site = clause.predicate.head, clause.predicate.site
    edits = Edits(clause.tokens)
    word, le, following = clause.word(head), clause.final("le"), clause.word(head + 1)
    if word == "不错" and clause.word(head - 1) == "算":
        return "不错 within"
    if word == "不错" and head == clause.end - 1:
        if clause.word(head - 1) == "还":
            return edits.delete(head - 1).replace(head, "不怎么样").lossy()
        return edits.replace(head, "不怎么样")
    if word == "好" and clause.question:
        return "asks for consent"
    if clause.word(head - 1) == "算":
        praised = clause.word(head - 2) == "还" and among("positive", word) and head == clause.end - 1
        return edits.replace(head - 2, "不") if praised else "a judgement within"
    if clause.word(head - 1) == "一样":
        return edits.insert(head - 1, "不")
    if word == "一样" and head + 2 == clause.end and clause.kind(head + 1) in ("a", "deg"):
        return edits.insert(head, "不")
    if word == "一样" and not any(at in ("跟", "和", "与", "同", "都", "也", "不") for at in clause.words(0, head)):
        return "a likeness"
    if among("ungraded", word) and word not in LEXICAL and head == clause.end - 1:
        return edits.insert(head, "不")
    if clause.kind(head + 1) == "zhe" and head + 2 == clause.end and word in CHANGING:
        return edits.insert(head, "没")
    if word in CHANGING and le == head + 1 and not clause.adverbs() and site >= head:
        return edits.insert(head, "没").delete(le)
    if any(other in ("一直", "始终", "老是") for other in clause.words(0, head)):
        return "an adverb that goes with no negation"
    if clause.kind(head - 1) == "cov" or clause.word(head - 1) == "为" or word in LEXICAL or word.startswith(("不", "无")) or not among("adjective", word) or clause.adverb("还", "更", "只", "再") >= 0:
        return "an adjective that does not take a negation"
    if following in AMOUNTS or (clause.kind(head + 1) == "le" and head + 2 < clause.end):
        return "an amount"
    if site < head:
        return edits.insert(site, "不") if le < 0 and head == clause.end - 1 else "a comparison with an amount"
    if word == "好" and clause.word(head - 1) == "就":
        return "a wish"
    if le == head + 1:
        return edits.insert(head, "没").delete(le) if word in CHANGING and not clause.adverbs() else "a change of state"
    if head + 1 < clause.end or _lively(word):
        return "more than an adjective"
    if clause.word(head - 1) in ("那么", "这么", "多么", "如此", "那样", "这样"):
        return "a degree that does not take a negation"
    if _lively(clause.word(head - 1)):
        return "more than an adjective"
    if among("nounlike", word) and clause.kind(head - 1) in ("n", "vn", "v"):
        return "what may be a noun"
    if (sure := clause.adverb("一定")) >= 0:
        return edits.insert(sure, "不")
    if clause.question or clause.word(head - 1) in ("就", "则", "便", "并"):
        return edits.insert(head, "不").lossy()
    return edits.insert(head, "并不")


def _lively(word: str) -> bool:
    """Say whether a word says something twice: `干干净净`, `慢慢`."""
    return any(word[at] == word[at + 1] for at in range(len(word) - 1)) or (len(word) > 2 and len(set(word)) < len(word))


def complement(clause: Clause) -> Edits | str:
    """Negate a verb with 得: 看得见, 看不见; 跑得快, 跑得不快."""
    at = clause.predicate.head + 2
    edits = Edits(clause.tokens)
    word = clause.word(at)
    if clause.adverb("还", "只", "才") >= 0:
        return "an adverb that goes with no negation"
    if word == "比" and clause.kind(clause.end - 1) == "a" and clause.end - at <= 4:
        return edits.insert(at, "不")
    target = target_of(clause, at)
    if clause.kind(at) == "deg" and target > at:
        if target == clause.end - 1 or (target == clause.end - 2 and clause.kind(target + 1) in ("le", "de")):
            return graded(clause, at, target)
        return "a long complement"
    if clause.final("le") >= 0:
        return "得 with 了"
    if word == "不错" and at == clause.end - 1:
        return edits.replace(at, "不怎么样")
    if among("potential", word):
        return edits.replace(at - 1, "不")
    if at == clause.end - 1 and among("adjective", word):
        return edits.insert(at, "不").lossy()
    return "a complement that does not take a negation"
