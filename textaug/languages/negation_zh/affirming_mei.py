"""From a negative clause to an affirmative one: 没 and 没有."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import BOUND, FIXED, Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import ASPECT, VERBAL, Predicate, group_end
from textaug.languages.negation_zh.negating_causatives import SIMPLE_CAUSES
from textaug.languages.negation_zh.predicates import find
from textaug.languages.negation_zh.words import known

TIMELESS = listed("觉得 感觉 感到 喜欢 想 知道 认为 属于 具有 需要 愿意")
"""Verbs that take no 了."""
ROOM = listed(
    """
    地方 时候 机会 时间 办法 方法 必要 理由 人 东西 可能 空间 条件 能力 迹象 意思 打算 资格 权利 余地 心情 勇气 欲望
    """
)
"""Nouns that 没有 denies, whatever stands before their 的."""
SIGNS = listed("现象 情况 问题 事件 迹象 痕迹 功能 要求 打算 意思")
DOINGS = listed("帮助 需要 感觉 保障 保证 反应 要求 意见")
"""Verbs that are nouns behind 没有."""
WHOEVER = listed("什么 谁 哪里 哪儿 哪")
LATELY = listed("暂时 至今 迄今 一直 目前为止 始终")
"""Times that go with 还没 only."""
UNITS = listed("天 年 月 小时 夜 晚 分钟 周 星期")
COMPLEMENTS = listed("到 出来 起来 完 见 成 掉 下来 上")
NAMING = frozenset(["n", "num", "x", "meas", "mark", "attributive", "pron", "wh", "de"])


def mei(clause: Clause, edits: Edits) -> Edits | str:
    """没 before a noun is 有, before a verb it goes, and 了 comes."""
    head, word = clause.head, clause.word(clause.head)
    before, following = clause.word(head - 1), clause.word(head + 1)
    if clause.kind(head - 1) == "deg":
        return FIXED
    if before == "也" and clause.has(WHOEVER, 0, head):
        edits.replace(head - 1, "都").lossy()
    if before == "并":
        edits.delete(head - 1).lossy()
    if any(other in BOUND or other[0] == "几" for other in clause.words(head + 1, clause.end)):
        plain = clause.kind(head + 2) in ("n", "vn", "a") or head + 3 == clause.end
        return edits.replace(head, "有").delete(head + 1).lossy() if following == "任何" and plain else FIXED
    if following == "听说" and clause.some(("guo",), head + 1, clause.end):
        return edits.delete(head)
    if clause.kind(head + 2) == "guo":
        return _ever(clause, edits.delete(head))
    if (following == "用" and head + 2 == clause.end) or following == "必要":
        return edits.replace(head, "有").lossy(word != "没有" or following != "用")
    inner = find(clause.tokens, head + 1, True)
    if word == "没" and following == "有":
        return edits.delete(head)
    if inner is not None and _done(clause, inner):
        return _did_not(clause, edits, inner)
    if inner is None and clause.kind(head + 1) == "cov" and head + 2 < clause.end:
        return "no verb behind 没"
    if inner is not None and clause.kind(head + 1) == "say":
        return "a question within"
    return _had_not(clause, edits)


def _done(clause: Clause, inner: Predicate) -> bool:
    """Say whether 没 denies a verb, rather than a noun behind it."""
    at, end = clause.head + 1, clause.end
    kind, following = clause.kind(at), clause.kind(at + 1)
    if kind in NAMING or (kind == "a" and (following in ("n", "de", "vn") or clause.word(at + 1) == "到")):
        return False
    if kind == "a" and following == "":
        return True
    if kind in ("v", "vn") and clause.kind(group_end(clause.tokens, at, end)) == "de":
        return False
    if clause.last_of(ROOM) or _nominal(clause, at):
        return False
    if kind == "deg":
        return inner.kind not in ("deg", "a") and not clause.some(("de",), at, end)
    if inner.weak and inner.head == at and not clause.some(ASPECT, at, end):
        rest = list(clause.kinds(at + 1, end))
        if len(rest) < 2 and set(rest) <= {"n"} and (rest or kind == "vn") and not known(clause.word(at)):
            return False
    return inner.kind in ("v", "degree", "piv", "mod", "a", "you")


def _nominal(clause: Clause, at: int) -> bool:
    """Say whether a verb behind 没有 is a noun: `没有帮助`, `没有漏水现象`."""
    kind, following, end = clause.kind(at), clause.kind(at + 1), clause.end
    noun = kind == "vn" or (kind in ("v", "inn") and following in ("de", "vn")) or clause.word(at) in DOINGS
    if noun and kind != "deg":
        return following in ("", "de", "par") or (following in ("n", "vn", "x") and clause.some(("de",), at, end))
    return kind != "deg" and clause.word(end - 1) in SIGNS and end - at == 2


def _had_not(clause: Clause, edits: Edits) -> Edits | str:
    """没 before a noun."""
    head, before, le = clause.head, clause.word(clause.head - 1), clause.final("le")
    if clause.some(("le",), head, clause.end - 1):
        return "an event behind what is not had"
    if clause.kind(head + 1) == "idiom":
        return "idiom"
    if before in ("搞", "弄", "整", "玩") or clause.word(head + 1) in ("上去", "上来", "下去", "进去"):
        return FIXED
    if clause.word(head + 2) in COMPLEMENTS:
        return "a verb that is not known well"
    if le > head + 1:
        alone = not clause.adverbs() and not clause.question
        return edits.replace(head, "还有").delete(le).lossy() if alone else "a change with 了"
    if before == "还":
        return edits.replace(head - 1, "已经").replace(head, "有") if not _lately(clause) else FIXED
    if _compares(clause):
        return "a comparison"
    if before == "从" or clause.word(head + 1) in ("比", "多久"):
        return FIXED
    return edits.replace(head, "有").lossy(clause.word(head) != "没有")


def _compares(clause: Clause) -> bool:
    """Say whether 没有 compares: `没有他高`, `没有图片这么好看`."""
    head, quality = clause.head, clause.kind(clause.end - 1) in ("a", "deg")
    if clause.has(("这么", "那么"), head + 2, clause.end) and not quality:
        return True
    return quality and clause.word(head + 1) not in ("那么", "这么", "一点")


def _lately(clause: Clause) -> bool:
    return clause.has(LATELY, 0, clause.head)


def _did_not(clause: Clause, edits: Edits, inner: Predicate) -> Edits | str:
    """没 before a verb: 过 and 着 stay, otherwise the verb takes 了."""
    head, short = clause.head, clause.word(clause.head) == "没"
    if reason := _unfinished(clause, inner):
        return reason
    if clause.word(head + 1) == "在" and clause.kind(head + 2) in VERBAL:
        return edits.delete(head) if short else edits.replace(head, "正")
    edits.delete(head)
    if inner.kind == "piv" and clause.word(inner.head) not in SIMPLE_CAUSES:
        return edits.after(inner.head, "了").lossy(short)
    end = group_end(clause.tokens, inner.head, clause.end)
    if clause.some(("guo",), inner.head + 1, clause.end) and clause.kind(end) != "guo":
        return edits.lossy()
    if inner.kind in ("mod", "piv") or clause.word(inner.head) in TIMELESS:
        return edits
    if clause.word(end - 1) in ("在", "于", "自", "向") and end - 1 > inner.head:
        return edits.lossy()
    if clause.kind(end) in ASPECT or clause.kind(inner.head + 1) in ASPECT:
        return _ever(clause, edits) if clause.kind(end) == "guo" else edits.lossy(not short)
    if clause.adverb("一直", "始终", "再", "总") >= 0:
        return "an adverb that goes with no event"
    return _finished(clause, edits, end)


def _ever(clause: Clause, edits: Edits) -> Edits | str:
    """过 stays; 从没 is 曾经."""
    head, before = clause.head, clause.word(clause.head - 1)
    if before == "从":
        return edits.replace(head - 1, "曾经").lossy()
    return edits.lossy(clause.word(head) != "没") if before not in ("还", "一直", "再") else FIXED


def _finished(clause: Clause, edits: Edits, end: int) -> Edits | str:
    """Put 了 where the verb ends, or the clause: where `没` was taken from a short clause that ends the sentence."""
    head, before, short = clause.head, clause.word(clause.head - 1), clause.word(clause.head) == "没"
    late = end == clause.end or (short and clause.end - end <= 3 and clause.last)
    if before in ("还", "尚"):
        if _lately(clause):
            return FIXED
        edits.replace(head - 1, "已经").lossy()
    return edits.after(clause.end - 1 if late else end - 1, "了").lossy(short != late)


def _unfinished(clause: Clause, inner: Predicate) -> str:
    """Return why a verb behind 没 takes no 了."""
    head, before = clause.head, clause.word(clause.head - 1)
    described = inner.weak and clause.kind(clause.end - 1) == "a" and clause.end - head > 3
    if clause.final("le") > head or inner.kind == "degree" or described:
        return "a change with 了"
    lasting = clause.kind(head - 1) == "num" and before[-1] in "天年月夜晚周"
    counted = clause.kind(head - 1) == "meas" and clause.kind(head - 2) in ("num", "x", "pron")
    return "a time without it" if lasting or (counted and before in UNITS) else ""
