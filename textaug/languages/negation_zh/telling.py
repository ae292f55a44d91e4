"""What a verb without an aspect tells: a state or a habit takes 不, an event 未 or 没有."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import VERBAL
from textaug.languages.negation_zh.words import among, known

FREQUENT = listed("经常 常常 常 时常 每天 天天 每次 频繁 往往 定期 总 随时 自动 主动")
SPEAKING = listed("说 宣布 告诉 提出 发现 选择 回答 透露 反映 提到 感到 感觉 确认 指出 显示 得知")
GROWING = listed("增长 增加 减少 下降 上升 上涨 提高 降低 下跌")
"""Verbs that are as often nouns, and come with an amount."""
DELIBERATE = listed("特地 特意 专程 亲自 亲手 亲眼 当场 当面")
REFERRING = listed("参见 参考 参阅 参照 查看")
RESULTS = listed("到 见 完 掉 起 下 出 成 在 上 进 回 入 走 满")
"""Complements that make an event of a verb."""
DIRECTIONS = listed("起来 下来 出来 下去 过来")
_NOUN = "what may be a noun phrase"


def told(clause: Clause, edits: Edits) -> Edits | str:
    """Negate a verb that tells of a state, a habit or an event."""
    if reason := next((reason for check in _CHECKS if (reason := check(clause))), ""):
        return reason
    site = clause.site
    before = clause.word(site)
    if before in ("每天", "天天", "每次", "每年", "年年"):
        return edits.insert(site, "不是")
    if before in DELIBERATE:
        return edits.insert(site, "没有").lossy()
    if before == "用":
        return "a habit or an event"
    if _state(clause) and clause.word(site - 1) == "的确":
        return edits.replace(site - 1, "并不")
    if _event(clause) and clause.adverb("将") >= 0:
        near = clause.word(clause.head - 1) == "将"
        return edits.insert(clause.head, "不会").lossy() if near else "no plain verb"
    if before == "由":
        return edits.insert(site, "不是").lossy()
    return edits.insert(site, "不") if _habit(clause) else _happened(clause, edits)


def _state(clause: Clause) -> bool:
    return among("stative", clause.word(clause.head)) and not _event(clause)


def _event(clause: Clause) -> bool:
    return among("event", clause.word(clause.head))


def _habit(clause: Clause) -> bool:
    """Say whether a state or a habit is told, or what is to come."""
    every = "每" in "".join(clause.words(0, clause.site))
    if _state(clause) or every or clause.adverb("将", "会") >= 0:
        return True
    then = clause.adverb("则") >= 0 and (clause.manual or not _event(clause))
    return then or clause.has(FREQUENT, clause.site, clause.head)


def _happened(clause: Clause, edits: Edits) -> Edits | str:
    """An event: 未, 没有 in somebody's own voice; 不 where a manual or a person tells what is done."""
    head, site, end = clause.head, clause.site, clause.end
    if clause.kind(end - 2) == "de" and clause.kind(end - 3) in ("v", "vn") and end - head > 3:
        return _NOUN
    single = len(clause.word(head)) == 1
    if single and clause.kind(head - 1) == "loc" and clause.kind(head + 1) == "num":
        return edits.insert(site, "没有").lossy()
    if _event(clause) and not clause.subject() and not clause.dated:
        return "a verb without a subject"
    if clause.dated or (_event(clause) and not clause.manual):
        return edits.insert(site, "没有").lossy() if clause.said else edits.insert(site, "未")
    if _has_result(clause) or clause.word(end - 1) in DIRECTIONS:
        return edits.insert(site, "没有").lossy()
    spoken = clause.alone and (clause.some(("pron",), 0, site) or (end <= 8 and clause.subject()))
    usual = clause.manual or spoken or clause.adverb("都", "也") >= 0
    return edits.insert(site, "不") if usual else "a habit or an event"


def _has_result(clause: Clause) -> bool:
    following = clause.head + 1
    result = clause.word(following) in RESULTS and clause.kind(following) in ("v", "loc", "cov")
    return result and not clause.some(("x",))


def _noun_phrase(clause: Clause) -> str:
    """Return why a verb may belong to a noun phrase."""
    head, end, word = clause.head, clause.end, clause.word(clause.head)
    before = clause.kind(head - 1)
    last = head == end - 1
    if last and before in ("n", "x") and clause.some(("de",), 0, head) and not _event(clause):
        return _NOUN
    if last and before == "n" and (among("imperative", word) or word == "实现"):
        return _NOUN
    impersonal = not clause.said and not clause.exclaimed and not clause.adverbs()
    described = not clause.subject() and clause.kind(end - 1) == "n" and clause.some(("de",), head)
    if described and ((_state(clause) and impersonal) or (not clause.alone and word != "喜欢")):
        return _NOUN
    verb_behind = any(clause.kind(at) == "v" and len(clause.word(at)) > 1 for at in range(head + 2, end))
    if before == "n" and clause.kind(head + 1) == "n" and verb_behind:
        return "a verb that may be part of a noun"
    compound = clause.kind(head) == "vn" and before == "n" and clause.kind(head + 1) in VERBAL
    return "what may be a noun" if compound and not among("catenative", word) else ""


def _crowded(clause: Clause) -> str:
    """Return why too much stands in a clause."""
    head, word = clause.head, clause.word(clause.head)
    if clause.word(clause.site) in ("约", "大约", "近") or clause.busy() > 2:
        return "no plain verb"
    if clause.end - (head if clause.subject() else 0) > 24:
        return "no plain verb"
    if not _state(clause) and clause.adverb("就") >= 0 and not clause.conditional:
        return "no plain verb"
    if word == "代表" and clause.some(("v", "cov"), head + 1, clause.end):
        return "no plain verb"
    long_verbs = any(clause.kind(at) == "v" and len(clause.word(at)) > 1 for at in range(clause.group, clause.end))
    return "two verbs" if _event(clause) and long_verbs and not clause.some(("de",), head, clause.end) else ""


def _unfit(clause: Clause) -> str:
    """Return why a verb of this sense is not negated without an aspect."""
    head, word = clause.head, clause.word(clause.head)
    decided = word == "决定" and clause.some(VERBAL, head + 1, clause.end)
    if word in SPEAKING or decided or word == "到":
        return "a verb of saying without an aspect"
    if not known(word) or clause.has(("一样", "似的", "一般"), 0, head):
        return "a verb that is not known well"
    if word in GROWING:
        return "an amount"
    past = clause.has(("曾", "曾经", "早年", "早已"), 0, head)
    return "an adverb that goes with no negation" if past else ""


def _subjectless(clause: Clause) -> str:
    """Return why a verb asks for a subject, or for an object."""
    head, word, subject = clause.head, clause.word(clause.head), clause.subject()
    if clause.governed and not subject:
        return "an earlier modal reaches here"
    short = len(word) == 1 and not (clause.alone and among("single", word))
    if head == clause.end - 1 and (not subject or short):
        return "a verb alone"
    if subject and word in REFERRING and clause.final("x") < 0 and not clause.some(("pron",), 0, head):
        return "an order with its topic"
    free = _state(clause) or (_event(clause) and clause.dated) or clause.alone
    return "a verb without a subject" if not subject and (clause.exclaimed or not free) else ""


_CHECKS: tuple[Callable[[Clause], str], ...] = (_noun_phrase, _crowded, _unfit, _subjectless)
