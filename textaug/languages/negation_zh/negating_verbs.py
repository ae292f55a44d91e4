"""From an affirmative clause to a negative one: a verb by its aspect, 没 or 没有 before what happened."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.doubts import doubt
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import VERBAL, WITH
from textaug.languages.negation_zh.negating_plain_verbs import plain
from textaug.languages.negation_zh.words import among

POSTURES = listed(
    """
    开 关 挂 放 坐 站 躺 穿 戴 拿 写 贴 亮 睡 停 摆 锁 盖 住 带 围 等 笑 哭 插 装 印 画 刻 堆 铺 跟 陪 抱 背
    """
)
"""Verbs that 着 makes a state of."""
MUTUAL = listed(
    """
    见面 结婚 离婚 合作 交流 交谈 会谈 会晤 联系 竞争 吵架 谈判 对话 沟通 交手 分手 商量 讨论 打交道 接触 聊天 相处
    来往 磋商 谈话
    """
)
"""Verbs that two do: the negator stands before 与, 和."""
BARRING = listed(
    """
    再 只 仅 早已 早就 就 一直 仍 仍然 依然 始终 将 最终 终于 正 又 总 总是 一向 往往 先 曾 曾经 再次 完全 多少 必
    一定 还是 就是
    """
)
"""Adverbs that do not stand before 没."""
LITTLE = listed("一下 一会儿 点 点儿 一点 一点儿 一些 些")
_ADVERB = "an adverb that goes with no negation"


def verb(clause: Clause) -> Edits | str:
    """Negate a verb, by what its aspect, its adverbs and its sense ask for."""
    clause = _with_partner(clause)
    if reason := doubt(clause):
        return reason
    edits, aspect = Edits(clause.tokens), clause.kind(clause.group)
    if aspect == "guo":
        return _experience(clause, edits)
    if le := next((at for at in range(clause.head + 1, clause.end) if clause.kind(at) == "le"), 0):
        return _not_yet_perfect(clause, le) or _perfect(clause, edits, le)
    if (already := clause.adverb("已经", "已", "早已", "早就")) >= 0:
        if clause.word(already) not in ("已", "已经") or clause.adverb("就", "现") >= 0:
            return _ADVERB
        return edits.replace(already, "尚未" if clause.word(already) == "已" else "还未").lossy()
    if aspect == "zhe":
        return _lasting(clause, edits)
    going_on = clause.kind(clause.site + 1) in (*VERBAL, "cov") and clause.kind(clause.site + 2) != "de"
    if clause.word(clause.site) == "在" and going_on:
        return _under_way(clause, edits)
    if (now := clause.adverb("正在")) >= 0:
        event = among("event", clause.word(clause.head))
        return edits.replace(now, "没有在") if not event else "an event under way"
    return plain(clause, edits)


def _with_partner(clause: Clause) -> Clause:
    """Let the negator stand before 与 and whom a thing is done with."""
    mutual = clause.word(clause.head) in MUTUAL
    for at in range(clause.site):
        if clause.word(at) in WITH and (mutual or clause.kind(at - 1) in ("cnj", "out", "time")):
            return clause._replace(predicate=clause.predicate._replace(site=at)) if at else clause
    return clause


def _lasting(clause: Clause, edits: Edits) -> Edits | str:
    """着: a state goes without it, a posture keeps it."""
    word = clause.word(clause.head)
    if clause.adverb(*BARRING, "还") >= 0:
        return _ADVERB
    if among("stative", word):
        return edits.insert(clause.site, "不").delete(clause.group).lossy()
    serial = clause.some(VERBAL, clause.group, clause.end) and not clause.alone
    return edits.insert(clause.site, "没") if word in POSTURES and not serial else _ADVERB


def _under_way(clause: Clause, edits: Edits) -> Edits | str:
    """在 before a verb."""
    if clause.adverb(*BARRING) >= 0:
        return _ADVERB
    still = clause.adverb("还")
    return edits.replace(still, "没").lossy() if still >= 0 else edits.insert(clause.site, "没")


def _experience(clause: Clause, edits: Edits) -> Edits | str:
    """过 stays behind 没."""
    guo, le = next(at for at in range(clause.head, clause.end) if clause.kind(at) == "guo"), clause.final("le")
    already, once = clause.adverb("已经", "已"), clause.adverb("曾", "曾经")
    if clause.kind(guo + 1) in ("num", "x") or clause.has(("次", "遍", "趟", "回"), guo, clause.end):
        return "an amount"
    if already >= 0 and le > 0:
        return edits.replace(already, "还没").delete(guo, le).lossy()
    if clause.word(clause.site) in ("多次", "屡次", "再三", "一再", "反复"):
        return "an amount"
    if le >= 0 or clause.kind(guo + 1) == "le" or clause.adverb("还", "只", "就", "再") >= 0:
        return "过 with 了"
    if once >= 0:
        return edits.insert(once, "未") if clause.word(once) == "曾" else edits.replace(once, "从来没")
    return edits.insert(clause.site, "没")


def _not_yet_perfect(clause: Clause, le: int) -> str:
    """Return why a verb with 了 is not negated."""
    head, following = clause.head, clause.word(le + 1)
    if clause.adverb("只") >= 0 and clause.adverb("一直", "将", "又", "再") < 0:
        return ""
    if clause.adverb(*BARRING) >= 0:
        return _ADVERB
    if le == clause.end - 1 and clause.some(("deg",), head, le):
        return "a degree with 了"
    if following in LITTLE or clause.word(le - 1) in ("极", "死", "多") or clause.word(head) == following:
        return "an amount"
    if clause.word(head) == "到" and clause.end - le > 3:
        return "a time"
    if clause.kind(head) == "say" and le > clause.group and clause.some(("pron", "v"), head + 1, le):
        return "an event within what is said"
    if clause.adverb("已", "已经") < 0 and clause.has(("已", "已经"), 0, clause.site):
        return _ADVERB
    return ""


def _perfect(clause: Clause, edits: Edits, le: int) -> Edits | str:
    """了 goes, 没 or 没有 comes: 没 where 了 was last, so that it turns back to its place."""
    head, last = clause.head, le == clause.end - 1
    only = clause.adverb("只")
    if only >= 0 and clause.adverb("一直", "将", "又", "再") < 0:
        return edits.insert(only, "不")
    if clause.word(head) == "忘" or among("verb", clause.word(head) + clause.word(le + 1)):
        edits.lossy()
    edits.delete(le)
    if (still := clause.adverb("还")) >= 0:
        adds = not last and clause.word(still - 1) not in ("竟", "都")
        return edits.replace(still, "没有").lossy() if adds else "还"
    if (already := clause.adverb("已经", "已")) >= 0:
        late = "还没" if last else "还没有"
        return edits.replace(already, late if clause.word(already) == "已经" else "尚未").lossy()
    return edits.insert(clause.site, "没" if last else "没有")
