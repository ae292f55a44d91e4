"""Whether a verb is plain enough to be negated: what stands before it, itself, and behind it."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.grammar import KNOWING, MATRIX, OPENING, TOPICAL, VERBAL
from textaug.languages.negation_zh.words import among

UNSAFE = listed(
    """
    起来 下来 出来 过来 下去 共有 为 如 即 达 计 共 系 称 感谢 祝 见 欢迎 愿 有待 算 当 据 特此 在此 说到 谈到 总结 补充 加油 注意 强烈推荐 佩服 晕 赞 支持一下
    顶 请问 无愧 祝愿 凑合 深受 备受 倍受 饱受 打搅 打扰 辛苦
    """
)
"""Verbs that are hardly ever negated, or are no verbs where they are the only one."""
FERVENT = listed("着实 慕名 热切 由衷 衷心 深深 高度 极力 竭力 真心 热烈 强烈 诚挚 大大 紧紧 牢牢 轻轻 静静 默默 匆匆")
"""Adverbs of manner that say how much is meant, and go with no negator."""
ABRUPT = listed("随即 随后 旋即 当即 顿时 突然 忽然 接着 一下子 白白 无端 平白 大概 大约 共 总共 一共 终于 最终 前来 前往 即 边 特 连 只是 害 害得 慕名 实地 毅然 起码 至少 首次 第一次")
"""Words that go with no negated verb behind them."""
HASTY = listed("立即 立刻 马上 赶紧 赶快 赶忙 连忙")
EXACT = listed("正好 恰好 恰恰 刚好 正巧")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔康毛邱秦顾侯邵孟龙万段钱汤尹黎易武乔贺赖龚"
)
SETTLED = MATRIX | listed("决定 推荐 注重 善于 致力于 计划 打算 决心 同意 要求 争取 力争 力求 设法")
"""Verbs that take a clause: one before the verb makes it a part of that clause."""
BEYOND = listed("足够 够 最好 在内 还是 一遍又一遍")
"""Words behind the verb that say something of their own."""
THANKS = listed("歉意 谢意 感谢 敬意 祝贺 慰问 问候 哀悼")
LENGTHS = listed("天 年 月 小时 分钟 周 星期 秒 秒钟 钟头 会儿")
OPEN = frozenset("deg inn a v piv mod neg shi you idiom dei le guo zhe".split())
"""Kinds of words that say something: before the verb they are understood in a clause with 的 or of time only."""


def doubt(clause: Clause) -> str:
    """Return why a verb is not plain enough to be negated, nothing where it is."""
    return next((reason for check in _CHECKS if (reason := check(clause))), "")


def clear_before(clause: Clause) -> bool:
    """Say whether what stands before the verb was understood: a subject, times, adverbs, whole clauses with 的."""
    site = clause.site
    for at in range(site):
        token = clause.tokens[at]
        loose = token.kind == "cov" and token.word not in TOPICAL | OPENING | listed("将 和 与 跟 同 及")
        closed = clause.some(("de", "bou", "cnj", "say", "wh"), at, site) or clause.has("则", at, site)
        if (token.kind in OPEN or loose) and not closed:
            return False
    return True


def embedded(clause: Clause) -> bool:
    """Say whether the predicate may stand in a noun phrase that a preposition opens: `为这样没有信誉的员工`."""
    ends = clause.kind(clause.end - 1) == "n" and clause.some(("de",), clause.head, clause.end - 1)
    return ends and clause.word(0) in ("为", "因", "因为", "由于", "把", "将", "给", "为了") and clause.predicate.kind in ("neg", "you", "deg", "a")


def _itself(clause: Clause) -> str:
    head, word = clause.head, clause.word(clause.head)
    if clause.final("de") > head:
        return "的 at the end"
    verbal = clause.kind(head - 1) in ("v", "vn") or (clause.kind(head - 1) == "n" and word in ("出", "上", "下", "起"))
    if among("result", word) and len(word) == 1 and verbal:
        return "a complement without its verb"
    known = len(word) > 1 or clause.kind(head) != "v" or among("single", word)
    if (word in UNSAFE and clause.kind(head + 1) != "guo") or clause.word(head + 1) == word or not known or word.startswith(("有", "无", "不")):
        return "a verb that does not take a negation"
    if word in ("怕", "担心") and clause.word(head + 1) in ("有", "是"):
        return "a verb that does not take a negation"
    if word in ("喜欢", "爱", "迷") and clause.word(head + 1) == "上" or (len(word) == 1 and clause.word(head + 1) == "得到"):
        return "a verb that does not take a negation"
    return ""


def _before(clause: Clause) -> str:
    """What stands before the verb and its adverbs."""
    head, site = clause.head, clause.site
    if clause.kind(head - 1) == "deg" or clause.kind(site) == "deg" or clause.word(site).startswith(("不", "无", "没", "未", "有")):
        return "a degree before the verb"
    if not clear_before(clause):
        return "something unread stands before the verb"
    settled = [at for at in range(site) if clause.word(at) in SETTLED and not clause.some(("de",), at, min(at + 4, site))]
    if settled and clause.word(head) not in SETTLED:
        return "a clause within"
    if clause.has(("在此", "特此"), 0, head) or (clause.has(THANKS, head, clause.end) and clause.final("le") < 0):
        return "what saying it does"
    if len(clause.word(head)) > 1 and clause.word(head - 1) in SURNAMES and clause.kind(head - 1) == "n":
        return "what may be a name"
    if clause.has(("把", "被", "以"), 0, site) or clause.word(site - 1) in ("而", "之"):
        return "something unread stands before the verb"
    if clause.word(site - 1) == "一个" and clause.word(head + 1) == "一个":
        return "an amount"
    if clause.has(("将",), 0, site - 1) and clause.word(site - 1) != "将" and clause.word(site) != "将":
        return "something unread stands before the verb"
    if clause.word(site - 1) == "一":
        return "two events"
    if clause.word(site) == "来" and site < head:
        return "no plain verb"
    if clause.word(site) == "在" and clause.kind(site + 1) in VERBAL and clause.some(("bou",), site, clause.end):
        return "a time"
    if clause.word(head) == "在" and (site < head or not clause.subject()):
        return "no plain verb"
    return ""


def _adverbs(clause: Clause) -> str:
    """Adverbs and prepositions that go with no negator."""
    head, site = clause.head, clause.site
    reason = "an adverb that goes with no negation"
    if clause.adverb(*EXACT) >= 0 or clause.word(site) in EXACT or clause.has(ABRUPT, 0, head):
        return reason
    if clause.word(site) in FERVENT or (clause.word(site) in HASTY and not clause.manual):
        return reason
    if clause.word(site - 1) == "的" and len(clause.word(site - 2)) > 1 and clause.word(site - 2)[-1] == clause.word(site - 2)[-2]:
        return reason
    if any(clause.kind(at) == "inn" and not among("inn", clause.word(at)) for at in range(site, head)):
        return reason
    if any(clause.kind(at) == "a" and clause.kind(at + 1) != "di" and not among("inn", clause.word(at)) for at in range(site, head)):
        return reason
    if any(clause.word(at) in ("便", "就") and clause.word(at - 1) in LENGTHS for at in range(head)):
        return reason
    if clause.has("比", 0, head) and clause.final("a") < head:
        return "a comparison"
    if clause.word(site) in ("把", "将") and clause.some(("cov",), head, clause.end):
        return "no plain verb"
    return "no plain verb" if clause.word(head - 1) == "所" else ""


def _behind(clause: Clause) -> str:
    head, end = clause.head, clause.end
    if clause.word(head)[-1] == "到" and clause.kind(head + 1) == "time":
        return "a time"
    if clause.word(clause.group) == "、":
        return "what may be a noun"
    if clause.kind(clause.group) == "bou" or clause.has("之", head + 1, head + 4):
        return "no plain verb"
    if clause.kind(clause.group) == "de" and clause.group + 1 < end:
        return "what may be a noun phrase"
    if any(clause.kind(at) == "de" and clause.kind(at + 1) in ("v", "shi", "you", "out", "neg", "mod") for at in range(head, end - 2)):
        return "what may be a noun phrase"
    verbless = clause.some(("mod", "shi", "xshi"), head + 1, end) or clause.has(("等于", "意味着", "参见", "参阅"), head + 1, end)
    if not clause.subject() and verbless and clause.word(head) not in KNOWING:
        return "more than a verb"
    if clause.has(("感到", "表示", "感觉", "觉得"), head + 1, end):
        return "two verbs"
    return "more than a verb" if clause.has(BEYOND, head, end) else ""


def _several(clause: Clause) -> str:
    """Two verbs in a row."""
    head, site, word = clause.head, clause.site, clause.word(clause.head)
    les = [at for at in range(head + 1, clause.end) if clause.kind(at) == "le"]
    if len(les) > 1:
        return "two events"
    if len(les) == 1 and clause.kind(les[0] + 1) in ("v", "a") and les[0] + 2 < clause.end and clause.kind(les[0] + 2) not in ("n", "de"):
        return "two verbs"
    if clause.word(site - 1) in ("或", "或者", "和", "与", "及", "/") and clause.kind(site - 2) in VERBAL:
        return "two verbs"
    if les and clause.some(("piv",), les[0], clause.end):
        return "two verbs"
    if site == head and clause.kind(head - 1) == "v" and not among("catenative", clause.word(head - 1)):
        return "two verbs"
    if clause.kind(head + 1) == "v" and len(clause.word(head + 1)) > 1 and head + 2 < clause.end:
        if not clause.subject() and not among("catenative", word) and not among("result", clause.word(head + 1)):
            return "two verbs"
        follows = among("result", clause.word(head + 1)) or among("catenative", word)
        if among("event", word) and not follows:
            return "two verbs"
    if word == "来" and clause.kind(head + 1) in VERBAL and clause.kind(head - 1) in ("n", "x"):
        return "no plain verb"
    return ""


def _noun(clause: Clause) -> str:
    """What may be a noun: `映射定义`, `被共享的物件`."""
    head, end, site = clause.head, clause.end, clause.site
    following = clause.word(head + 1)
    compound = clause.kind(head + 1) in ("v", "vn") and head + 2 == end and len(following) > 1 and clause.kind(head - 1) in ("n", "x")
    if compound and not among("catenative", clause.word(head)) and not among("result", following):
        return "no plain verb"
    if clause.word(head) == "代表" and head + 1 == end:
        return "what may be a noun"
    if clause.adverb("只") >= 0 and not clause.subject() and clause.kind(end - 1) == "n" and clause.some(("de",), head, end):
        return "what may be a noun phrase"
    if clause.word(site) in ("对", "对于") and clause.some(("de",), site, head) and clause.kind(head - 1) == "n":
        return "what may be a noun phrase"
    if clause.word(site) == "被" and not clause.subject() and clause.some(("de",), head, end - 1):
        return "what may be a noun phrase"
    return ""


_CHECKS: tuple[Callable[[Clause], str], ...] = (_itself, _several, _before, _adverbs, _noun, _behind)
