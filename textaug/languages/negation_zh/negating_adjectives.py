"""From an affirmative clause to a negative one: bare adjectives."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.negating_degrees import AMOUNTS, LEXICAL
from textaug.languages.negation_zh.words import among

CHANGING = listed("黑 亮 熟 坏 好 醒 满 干 饱 醉 破 凉 错 累 瘦 胖 老 饿 乱 脏 堵 松 断 烂 红 湿 热 冷 失败 成功")
"""Adjectives that 了 makes into events: 天黑了, 天没黑."""
LIKENING = listed("跟 和 与 同 都 也 不")
SO = listed("那么 这么 多么 如此 那样 这样")


def adjective(clause: Clause) -> Edits | str:
    """Negate a bare adjective: 并不 before a predicate that described, 没 before one that 了 made an event."""
    head, edits = clause.head, Edits(clause.tokens)
    word, before = clause.word(head), clause.word(head - 1)
    if word == "不错":
        return _not_bad(clause, edits)
    if word == "好" and clause.question:
        return "asks for consent"
    if before == "相":
        return edits.insert(head - 1, "不")
    if before == "算":
        praised = clause.word(head - 2) == "还" and among("positive", word) and head == clause.end - 1
        return edits.replace(head - 2, "不") if praised else "a judgement within"
    if "一样" in (word, before) and (likeness := _likeness(clause, edits)) is not None:
        return likeness
    if among("ungraded", word) and word not in LEXICAL and head == clause.end - 1:
        return edits.insert(head, "不")
    if word in CHANGING and (changed := _changed(clause, edits)) is not None:
        return changed
    return _unfit(clause) or _described(clause, edits)


def _not_bad(clause: Clause, edits: Edits) -> Edits | str:
    """不错, 不怎么样."""
    head, before = clause.head, clause.word(clause.head - 1)
    if before == "算" or head != clause.end - 1:
        return "不错 within"
    if before == "还":
        edits.delete(head - 1).lossy()
    return edits.replace(head, "不怎么样")


def _likeness(clause: Clause, edits: Edits) -> Edits | str | None:
    """一样 alone or before an adjective, None where it is an adjective as any other."""
    head = clause.head
    if clause.word(head - 1) == "一样":
        return edits.insert(head - 1, "不")
    if head + 2 == clause.end and clause.kind(head + 1) in ("a", "deg"):
        return edits.insert(head, "不")
    return None if clause.has(LIKENING, 0, head) else "a likeness"


def _changed(clause: Clause, edits: Edits) -> Edits | None:
    """灯亮着, 天黑了: 没, None for no change."""
    head = clause.head
    if clause.kind(head + 1) == "zhe" and head + 2 == clause.end:
        return edits.insert(head, "没")
    if clause.final("le") == head + 1 and not clause.adverbs() and clause.site >= head:
        return edits.insert(head, "没").delete(head + 1)
    return None


def _unfit(clause: Clause) -> str:
    """Return why an adjective stays as it is."""
    head, word = clause.head, clause.word(clause.head)
    if clause.has(("一直", "始终", "老是"), 0, head):
        return "an adverb that goes with no negation"
    lexical = word in LEXICAL or word.startswith(("不", "无")) or not among("adjective", word)
    if lexical or clause.kind(head - 1) == "cov" or clause.word(head - 1) == "为":
        return "an adjective that does not take a negation"
    if clause.adverb("还", "更", "只", "再", "绝对") >= 0:
        return "an adjective that does not take a negation"
    if clause.word(head + 1) in AMOUNTS or (clause.kind(head + 1) == "le" and head + 2 < clause.end):
        return "an amount"
    return ""


def _described(clause: Clause, edits: Edits) -> Edits | str:
    """A bare adjective that describes."""
    head, site, before = clause.head, clause.site, clause.word(clause.head - 1)
    word, last = clause.word(head), head + 1 == clause.end
    if site < head:
        return edits.insert(site, "不") if last else "a comparison with an amount"
    if word == "好" and before == "就":
        return "a wish"
    if clause.final("le") == head + 1:
        return "a change of state"
    if not last or _lively(word) or _lively(before):
        return "more than an adjective"
    if before in SO:
        return "a degree that does not take a negation"
    if among("nounlike", word) and clause.kind(head - 1) in ("n", "vn", "v"):
        return "what may be a noun"
    if (sure := clause.adverb("一定")) >= 0:
        return edits.insert(sure, "不")
    if clause.question or before in ("就", "则", "便", "并"):
        return edits.insert(head, "不").lossy()
    return edits.insert(head, "并不")


def _lively(word: str) -> bool:
    """Say whether a word says something twice: `干干净净`, `慢慢`."""
    twice = any(word[at] == word[at + 1] for at in range(len(word) - 1))
    return twice or (len(word) > 2 and len(set(word)) < len(word))
