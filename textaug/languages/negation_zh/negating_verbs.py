"""From an affirmative clause to a negative one: 不, 没, 没有, 未 or 不要 before a verb."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.predicates import ASPECT, VERBAL, group_end
from textaug.languages.negation_zh.words import among

UNSAFE = listed("为 如 即 达 计 共 系 称 感谢 祝 见 欢迎 愿 有待 算 当 据 特此 在此 说到 谈到 总结 补充 加油 注意 强烈推荐 佩服 晕 赞 支持一下 顶 请问 无愧 祝愿")
"""Verbs that are hardly ever negated, or are no verbs where they are the only one."""
PERSISTING = listed("仍 仍然 依然 仍旧")
BARRING = listed("再 还 只 仅 早已 早就 就 一直 仍 仍然 依然 始终 将 最终 终于 正 又 总 总是 一向 往往 先 曾 曾经 再次 完全 多少 必 一定 还是 就是")
"""Adverbs that do not stand before 没."""


def verb(clause: Clause) -> Edits | str:
    """Negate a verb, by what its aspect, its adverbs and its sense ask for."""
    head, site = clause.predicate.head, clause.predicate.site
    word = clause.word(head)
    edits = Edits(clause.tokens)
    les = [at for at in range(head + 1, clause.end) if clause.kind(at) == "le"]
    if len(les) > 1:
        return "two events"
    if clause.final("de") > head:
        return "的 at the end"
    if word in UNSAFE or clause.word(head + 1) == word or (len(word) == 1 and clause.tokens[head].kind == "v" and not among("single", word)):
        return "a verb that does not take a negation"
    if clause.kind(site) == "deg":
        return "a degree before the verb"
    end = group_end(clause.tokens, head, clause.end)
    if clause.kind(end) == "guo":
        return _experience(clause, edits)
    if les:
        return _perfect(clause, edits, les[0])
    if (already := clause.adverb("已经", "已", "早已", "早就")) >= 0:
        if clause.word(already) not in ("已", "已经"):
            return "an adverb that goes with no negation"
        return edits.replace(already, "尚未") if clause.word(already) == "已" else edits.replace(already, "还没有").lossy()
    if clause.kind(end) == "zhe":
        return edits.insert(site, "没") if clause.adverb(*BARRING) < 0 else "an adverb that goes with no negation"
    if clause.word(site) == "在" and clause.kind(site + 1) in VERBAL:
        return edits.insert(site, "没") if clause.adverb(*BARRING) < 0 else "an adverb that goes with no negation"
    if (now := clause.adverb("正在")) >= 0:
        return edits.replace(now, "没有在") if not among("event", word) else "an event under way"
    return _plain(clause, edits)


def _experience(clause: Clause, edits: Edits) -> Edits | str:
    once = clause.adverb("曾", "曾经")
    if clause.final("le") >= 0 or clause.adverb("还", "只", "就", "再") >= 0:
        return "过 with 了"
    if once >= 0:
        return edits.insert(once, "未") if clause.word(once) == "曾" else edits.replace(once, "从没")
    return edits.insert(clause.predicate.site, "没")


def _perfect(clause: Clause, edits: Edits, le: int) -> Edits | str:
    head, site = clause.predicate.head, clause.predicate.site
    if clause.adverb(*BARRING) >= 0:
        return "an adverb that goes with no negation"
    following = clause.word(le + 1)
    if following in ("一下", "一会儿", "点", "一点", "一点儿", "一些", "些") or clause.word(le - 1) in ("极", "死", "多") or clause.word(head) == following:
        return "an amount"
    edits.delete(le)
    if (already := clause.adverb("已经", "已")) >= 0:
        edits.replace(already, "还没有" if clause.word(already) == "已经" else "尚未")
        return edits if clause.word(already) == "已经" and le == clause.end - 1 else edits.lossy()
    return edits.insert(site, "没" if le == clause.end - 1 else "没有")


def _plain(clause: Clause, edits: Edits) -> Edits | str:
    head, site = clause.predicate.head, clause.predicate.site
    word = clause.word(head)
    if (still := clause.adverb(*PERSISTING)) >= 0:
        return edits.replace(still, "不再") if clause.word(still) == "仍然" else edits.replace(still, "不再").lossy()
    if (only := clause.adverb("只", "仅")) >= 0:
        return edits.insert(only, "不") if clause.word(only) == "只" else "an adverb that goes with no negation"
    if clause.adverb("还", "终于", "最终", "必须", "先", "再", "再次", "曾", "曾经", "早就") >= 0:
        return "an adverb that goes with no negation"
    if (sure := clause.adverb("一定", "必", "必定", "必将")) >= 0:
        return edits.insert(sure, "不" if clause.word(sure) == "一定" else "未")
    if clause.question:
        return edits.insert(site, "不")
    if order(clause):
        return edits.insert(site, "不要")
    if head == clause.end - 1 and site == 0 and clause.kind(head) != "say":
        return "a verb alone"
    if clause.word(head + 1) in ("一下", "一会儿", "一番"):
        return "an amount"
    if among("event", word) and clause.adverb("将", "会", "能") < 0:
        return edits.insert(site, "未")
    if _has_result(clause) and clause.adverb("将", "则") < 0:
        return edits.insert(site, "没有").lossy()
    return edits.insert(site, "不")


def _has_result(clause: Clause) -> bool:
    head = clause.predicate.head
    return clause.word(head + 1) in ("到", "见", "完", "掉", "起", "下", "出", "成") and clause.kind(head + 1) in ("v", "loc") and not any(token.kind == "x" for token in clause.tokens)


def order(clause: Clause) -> bool:
    """Say whether a verb without a subject gives an order."""
    head, site = clause.predicate.head, clause.predicate.site
    if clause.question or not clause.last or any(token.kind in ASPECT for token in clause.tokens[head:]):
        return False
    bare = all(token.kind in ("inn", "cnj", "mark", "x", "num") or token.word in ("就", "则", "先", "再", "也", "最好", "务必", "千万") for token in clause.tokens[:site])
    return bare and (among("imperative", clause.word(head)) or clause.word(site) in ("把", "将"))
