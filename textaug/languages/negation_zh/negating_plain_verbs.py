"""From an affirmative clause to a negative one: a verb without an aspect, by its adverbs, and orders."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import ASPECT, VERBAL
from textaug.languages.negation_zh.telling import FREQUENT, SPEAKING, told
from textaug.languages.negation_zh.words import among

UNHURRIED = listed(
    """
    共 共同 各 记得 为 先后 陆续 相继 多次 再三 分别 日益 日渐 逐年 越来越 不断 逐步 逐渐 渐渐 慢慢 纷纷
    """
)
"""Words before a verb that a negator does not go before."""
PERSISTING = listed("仍 仍然 依然 仍旧")
SELDOM = listed("偶尔 有时 有时候 仅 还 终于 最终 必须 先 再 再次 曾 曾经 早就 还是 就是 正")
"""Adverbs that go with no negated verb."""
URGING = listed("就 先 再 也 最好 务必 千万")
LIKE = listed("一样 似的 一般")
_ADVERB = "an adverb that goes with no negation"


def plain(clause: Clause, edits: Edits) -> Edits | str:
    """Negate a verb without an aspect: by its adverbs, its mood, then its sense."""
    if clause.word(clause.end - 1) in LIKE and clause.adverb(*PERSISTING) < 0:
        return _ADVERB
    turned = _with_adverb(clause, edits)
    if turned is not None:
        return turned
    head, site = clause.head, clause.site
    if _little(clause):
        return "an amount"
    if _links(clause) or clause.word(site) in UNHURRIED or clause.word(head - 1) == "现":
        return "no plain verb"
    if clause.word(head) == "在" and not clause.last:
        return "no plain verb"
    invited = clause.word(clause.end) == "吧"
    told_to = among("imperative", clause.word(head)) or among("single", clause.word(head))
    if invited and clause.end == 1 and clause.alone and told_to:
        return edits.insert(site, "别").replace(clause.end, "了")
    if order(clause) and not invited:
        return edits.insert(site, "别" if clause.exclaimed else "不要")
    if clause.question and clause.kind(head) == "say" and clause.word(head) in SPEAKING:
        return "asks about what is said"
    if clause.question and not invited:
        return edits.insert(site, "不")
    if invited or (clause.exclaimed and clause.has(("你", "您", "你们", "大家"), 0, site)):
        return "an invitation"
    return told(clause, edits)


def _with_adverb(clause: Clause, edits: Edits) -> Edits | str | None:
    """Return what an adverb makes of the negation, None without one."""
    if (still := clause.adverb(*PERSISTING)) >= 0:
        if among("event", clause.word(clause.head)) or clause.word(clause.site) == "在":
            return _ADVERB
        edits.replace(still, "不再")
        return edits if clause.word(still) == "仍然" else edits.lossy()
    if clause.adverb("总") >= 0:
        return _ADVERB
    if (always := clause.adverb("总是")) >= 0:
        return edits.replace(always, "从来不") if always == clause.site - 1 else _ADVERB
    if (only := clause.adverb("只")) >= 0:
        return edits.insert(only, "不")
    if clause.adverb(*SELDOM) >= 0:
        return _ADVERB
    if (sure := clause.adverb("一定", "必", "必定", "必将", "必然", "肯定")) >= 0:
        if clause.word(sure) in ("必然", "肯定"):
            return edits.replace(sure, "不一定").lossy()
        return edits.insert(sure, "不" if clause.word(sure) == "一定" else "未")
    return None


def _little(clause: Clause) -> bool:
    """Say whether a little is done, or something once."""
    head = clause.head
    if clause.has(("一些", "若干", "一点", "些", "点"), head + 1, head + 3):
        return True
    once = clause.word(clause.end - 1) in ("一次", "一遍", "一下", "一趟")
    return once or clause.word(head + 1) in ("一下", "一会儿", "一番")


def _links(clause: Clause) -> bool:
    """Say whether the verb only links: `来查看`, `就像`."""
    head, word = clause.head, clause.word(clause.head)
    own = clause.alone and clause.kind(head - 1) == "pron"
    if word in ("来", "去") and clause.kind(head + 1) in VERBAL and not own:
        return True
    return word in ("像", "好像", "如同") and clause.adverb("就", "正", "便") >= 0


def order(clause: Clause) -> bool:
    """Say whether a verb without a subject gives an order."""
    head, site = clause.head, clause.site
    if clause.question or not clause.alone or clause.led or clause.some(ASPECT, head) or _noun_behind(clause):
        return False
    for token in clause.tokens[:site]:
        if not (token.kind in ("inn", "cnj", "mark", "num") or token.word.isdigit() or token.word in URGING):
            return False
    if clause.word(site) in FREQUENT or clause.word(site) == "被":
        return False
    return among("imperative", clause.word(head)) or clause.word(site) in ("把", "将")


def _noun_behind(clause: Clause) -> bool:
    """Say whether what stands behind a verb makes it no order: an amount, a judgement, a place of a noun phrase."""
    head, end = clause.head, clause.end
    if clause.final("a") >= 0 or clause.final("deg") >= 0 or clause.has(("旨在",), head, end):
        return True
    if clause.kind(end - 1) == "meas" and clause.kind(end - 2) in ("num", "x"):
        return True
    if clause.kind(head + 1) == "cov" and clause.kind(end - 1) in ("v", "vn"):
        return True
    placed = clause.has(("在", "于"), head, clause.group + 1) and clause.kind(end - 1) == "n"
    return clause.some(("de",), head) and (placed or clause.word(end - 1) == "上")
