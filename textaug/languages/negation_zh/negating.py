"""From an affirmative clause to a negative one: judgements, possession, modals and causatives."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.negating_qualities import adjective, complement, degree
from textaug.languages.negation_zh.negating_verbs import verb
from textaug.languages.negation_zh.predicates import ASPECT

MODALS = {"能够": "无法", "必须": "不必", "须": "无须", "需": "无需"}
"""Modals whose negative is another word."""
EMPHATIC = listed(
    """
    才 又 倒 偏 偏偏 再也 终 几乎 难免 即将 刚 刚刚 终究 毕竟 原来 简直 无非 幸好 幸亏 好在 难怪 怪不得 至少 起码 从 不愧 单 光 何其 即 竟 居然 竟然 果然
    好歹 反倒 反而 甚至 倒是 至多 便是 真是 明明 恰好 恰恰 无疑
    """
)
"""Adverbs that go with no negator, or mean something else with it."""
ADDRESSED = listed("您 你 大家 各位 你们 用户 顾客 客人 读者 朋友 朋友们 同学们 同志们 旅客 乘客")


def negated(clause: Clause) -> Edits | str:
    """Return the edits that negate a clause, or why there is no safe place."""
    if any(token.kind == "neg" for token in clause.tokens[clause.predicate.head + 1 : clause.end]):
        return "a second negation follows"
    if any(clause.word(at) in EMPHATIC for at in clause.adverbs()):
        return "an adverb that goes with no negation"
    rules = {
        "shi": _judgement, "you": _possession, "mod": _modal, "deg": degree, "a": adjective, "v": verb, "piv": _causative,
        "degree": complement,
    }  # fmt: skip
    return rules[clause.predicate.kind](clause)


def _judgement(clause: Clause) -> Edits | str:
    head = clause.predicate.head
    edits = Edits(clause.tokens)
    word = clause.word(head)
    if word == "就是":
        return edits.insert(head, "不", inside=1)
    if word != "是" or clause.word(head - 1) in ("还", "只", "仅", "再", "真", "可", "要"):
        return "a judgement that does not take 不"
    if clause.end == head + 1:
        return "nothing behind 是"
    if (sure := clause.adverb("一定")) >= 0:
        return edits.insert(sure, "不")
    return edits.insert(head, "不")


def _possession(clause: Clause) -> Edits | str:
    head = clause.predicate.head
    edits = Edits(clause.tokens).insert(head, "没")
    following = clause.word(head + 1)
    if head + 1 >= clause.end:
        return edits if clause.word(head - 1) in ("都", "也", "就") else "nothing behind 有"
    still, already, le = clause.adverb("还"), clause.adverb("已经", "已"), clause.final("le")
    if still >= 0:
        if clause.kind(head + 1) in ("num", "x", "meas") or following in ("一", "个", "些", "很") or not clause.last or le > 0:
            return "还 with an amount"
        return edits.delete(still).after(clause.end - 1, "了")
    if already >= 0:
        if clause.kind(head + 1) == "le":
            edits.delete(head + 1).lossy()
        elif le > head:
            edits.delete(le).lossy()
        return edits.replace(already, "还")
    if clause.kind(head + 1) in ASPECT:
        return edits.delete(head + 1).lossy() if clause.kind(head + 1) != "guo" else edits
    if le > head:
        return edits.delete(le).insert(head, "还").lossy()
    if following in ("一些", "若干"):
        return edits.delete(head + 1).lossy()
    return edits


def _modal(clause: Clause) -> Edits | str:
    head = clause.predicate.head
    word, le, still = clause.word(head), clause.final("le"), clause.adverb("还")
    edits = Edits(clause.tokens)
    if word in ("要", "会", "该", "应该", "应当", "得") and le > head:
        return "an expectation with 了"
    if word == "要":
        return _want(clause, edits)
    if clause.adverb("只", "仅", "再") >= 0:
        return "an adverb that goes with no negation"
    if (sure := clause.adverb("一定", "必", "必然", "必定")) >= 0:
        return edits.insert(sure, "不" if clause.word(sure) == "一定" else "未")
    if still >= 0:
        if le > head or not clause.last or clause.end != len(clause.tokens) and clause.kind(clause.end) == "par":
            return "还"
        return edits.replace(still, "不").after(clause.end - 1, "了")
    if word in ("能", "可以", "想", "敢", "愿意") and le > head + 1:
        return edits.insert(head, "还不").delete(le) if clause.end - head <= 6 and not clause.adverbs() else "a change with 了"
    if word == "将会":
        return edits.insert(head, "不", inside=1)
    if word in ("有可能", "有必要", "有权"):
        return edits.insert(head, "没")
    if word in MODALS:
        return edits.replace(head, MODALS[word])
    if word in ("得以", "必需", "愿"):
        return "a modal that does not take 不"
    return edits.insert(head, "不")


def _want(clause: Clause, edits: Edits) -> Edits | str:
    """要: want to, have to, do."""
    head = clause.predicate.head
    if clause.kind(head + 1) in ("a", "deg") or "比" in clause.words(0, head) or clause.adverb("还", "就", "只", "将", "又", "快", "都") >= 0:
        return "要 compares or expects"
    if clause.adverb("一定", "千万", "务必") >= 0 or clause.question:
        return edits.insert(head, "不")
    if any(token.word in ("我", "他", "她") for token in clause.tokens[: clause.predicate.site]):
        return edits.replace(head, "不想").lossy()
    return edits.replace(head, "不用")


def _causative(clause: Clause) -> Edits | str:
    head, site = clause.predicate.head, clause.predicate.site
    edits = Edits(clause.tokens)
    word = clause.word(head)
    if word == "请":
        return _request(clause)
    if word in ("让", "叫") and clause.kind(site) == "piv" and not any(token.kind in ("n", "pron", "x", "v") for token in clause.tokens[:head]):
        return "an invitation"
    les = [at for at in range(head, clause.end) if clause.kind(at) == "le"]
    if len(les) > 1 or clause.adverb("只", "仅", "还", "再", "将", "一直", "终于", "最终") >= 0:
        return "two events"
    if word in ("让", "使", "令", "导致", "致使", "使得", "令人", "让人", "使人") or les:
        return edits.insert(site, "没有").delete(*les).lossy() if les else edits.insert(site, "没有")
    return edits.insert(site, "不")


def _request(clause: Clause) -> Edits | str:
    at = clause.predicate.head + 1
    if any(token.kind not in ("cnj", "out", "mark", "time", "x", "num") for token in clause.tokens[: at - 1]):
        return "an invitation"
    while clause.word(at) in ADDRESSED or clause.kind(at) == "inn":
        at += 1
    if clause.kind(at) not in ("v", "vn", "cov", "say") or clause.word(at) in ("问", "原谅", "谅解", "放心", "见谅", "理解"):
        return "a request that does not take a negation"
    return Edits(clause.tokens).insert(at, "不要")
