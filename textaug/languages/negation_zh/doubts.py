"""Whether a verb is plain enough to be negated: what stands before it, itself, and behind it."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.grammar import KNOWING, MATRIX, OPENING, TOPICAL, VERBAL, doubled
from textaug.languages.negation_zh.words import among

UNSAFE = listed(
    """
    起来 下来 出来 过来 下去 共有 为 如 即 达 计 共 系 称 感谢 祝 见 欢迎 愿 有待 算 当 据 特此 在此 说到 谈到 总结
    补充 加油 注意 强烈推荐 佩服 晕 赞 支持一下 顶 请问 无愧 祝愿 凑合 深受 备受 倍受 饱受 打搅 打扰 辛苦
    """
)
"""Verbs that are hardly ever negated, or are no verbs where they are the only one."""
FERVENT = listed(
    """
    着实 慕名 热切 由衷 衷心 深深 高度 极力 竭力 真心 热烈 强烈 诚挚 大大 紧紧 牢牢 轻轻 静静 默默 匆匆
    """
)
"""Adverbs of manner that say how much is meant, and go with no negator."""
ABRUPT = listed(
    """
    随即 随后 旋即 当即 顿时 突然 忽然 接着 一下子 白白 无端 平白 大概 大约 共 总共 一共 终于 最终 前来 前往 即 边 特
    连 又 只是 害 害得 慕名 实地 毅然 起码 至少 首次 第一次
    """
)
"""Words that go with no negated verb behind them."""
HASTY = listed("立即 立刻 马上 赶紧 赶快 赶忙 连忙")
EXACT = listed("正好 恰好 恰恰 刚好 正巧")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔康毛邱秦顾侯邵孟龙万段钱汤尹黎易武乔贺赖龚"
)
SETTLED = MATRIX | listed("决定 推荐 注重 善于 致力于 计划 打算 决心 同意 要求 争取 力争 力求 设法")
"""Verbs that take a clause: one before the verb makes it a part of that clause."""
BEYOND = listed("如下 凑合 足够 够 最好 在内 还是 一遍又一遍")
"""Words behind the verb that say something of their own."""
EQUATING = listed("等于 意味着 参见 参阅")
FEELING = listed("感到 表示 感觉 觉得")
THANKS = listed("歉意 谢意 感谢 敬意 祝贺 慰问 问候 哀悼")
LENGTHS = listed("天 年 月 小时 分钟 周 星期 秒 秒钟 钟头 会儿")
COORDINATING = listed("或 或者 和 与 及 /")
JOINING = listed("将 和 与 跟 同 及")
OPEN = frozenset(["deg", "inn", "a", "v", "piv", "mod", "neg", "shi", "you", "idiom", "dei", "le", "guo", "zhe"])
"""Kinds of words that say something: before the verb they are understood in a clause with 的 or of time only."""
_ADVERB, _NOUN, _VERB = "an adverb that goes with no negation", "what may be a noun phrase", "no plain verb"
_UNREAD = "something unread stands before the verb"


def doubt(clause: Clause) -> str:
    """Return why a verb is not plain enough to be negated, nothing where it is."""
    return next((reason for check in _CHECKS if (reason := check(clause))), "")


def clear_before(clause: Clause) -> bool:
    """Say whether what stands before the verb was understood: a subject, times, adverbs, whole clauses with 的."""
    site = clause.site
    for at in range(site):
        token = clause.tokens[at]
        loose = token.kind == "cov" and token.word not in TOPICAL | OPENING | JOINING
        closed = clause.some(("de", "bou", "cnj", "say", "wh"), at, site) or clause.has(("则",), at, site)
        if (token.kind in OPEN or loose) and not closed:
            return False
    return True


def embedded(clause: Clause) -> bool:
    """Say whether the predicate may stand in a noun phrase that a preposition opens: `为这样没有信誉的员工`."""
    ends = clause.kind(clause.end - 1) == "n" and clause.some(("de",), clause.head, clause.end - 1)
    held = clause.word(0) == "将" and clause.kind(1) in ("n", "pron", "x", "num")
    opens = held or clause.word(0) in ("为", "因", "因为", "由于", "把", "给", "为了")
    return ends and opens and clause.predicate.kind in ("neg", "you", "deg", "a")


def _itself(clause: Clause) -> str:
    """Doubt the verb itself."""
    head, word, following = clause.head, clause.word(clause.head), clause.word(clause.head + 1)
    if clause.final("de") > head:
        return "的 at the end"
    verbal = clause.kind(head - 1) in ("v", "vn") or (clause.kind(head - 1) == "n" and word in ("出", "上", "下", "起"))
    if among("result", word) and len(word) == 1 and verbal:
        return "a complement without its verb"
    single = len(word) == 1 and clause.kind(head) == "v"
    if (single and not among("single", word)) or following == word or word.startswith(("有", "无", "不")):
        return "a verb that does not take a negation"
    unsafe = word in UNSAFE and clause.kind(head + 1) != "guo"
    inclined = (word in ("怕", "担心") and following in ("有", "是")) or (
        word in ("喜欢", "爱", "迷") and following == "上"
    )
    if unsafe or inclined or (len(word) == 1 and following == "得到"):
        return "a verb that does not take a negation"
    return ""


def _before(clause: Clause) -> str:
    """Doubt what stands before the verb and its adverbs."""
    head, site, before = clause.head, clause.site, clause.word(clause.site - 1)
    negative = clause.word(site).startswith(("不", "无", "没", "未", "有"))
    if clause.kind(head - 1) == "deg" or clause.kind(site) == "deg" or negative:
        return "a degree before the verb"
    if not clear_before(clause) or clause.has(("把", "被", "以"), 0, site) or before in ("而", "之"):
        return _UNREAD
    if clause.has(("将",), 0, site - 1) and "将" not in (before, clause.word(site)):
        return _UNREAD
    if clause.word(head) not in SETTLED and _settled(clause):
        return "a clause within"
    if clause.has(("·", "・"), head, head + 4) or (clause.word(head) == "知道" and clause.adverb("就") >= 0):
        return "what may be a name"
    thanks = clause.has(THANKS, head, clause.end) and clause.final("le") < 0
    if thanks or clause.has(("在此", "特此"), 0, head):
        return "what saying it does"
    if len(clause.word(head)) > 1 and clause.word(head - 1) in SURNAMES and clause.kind(head - 1) == "n":
        return "what may be a name"
    if before == "一" or (before == "一个" and clause.word(head + 1) == "一个"):
        return "two events"
    return _placed(clause)


def _settled(clause: Clause) -> bool:
    """Say whether a verb stands before that takes the clause with this one."""
    for at in range(clause.site):
        if clause.word(at) in SETTLED and not clause.some(("de",), at, min(at + 4, clause.site)):
            return True
    return False


def _placed(clause: Clause) -> str:
    """Doubt 来 and 在 before the verb."""
    head, site = clause.head, clause.site
    if clause.word(site) == "来" and site < head:
        return _VERB
    if clause.word(head) == "在" and (site < head or not clause.subject()):
        return _VERB
    timed = clause.kind(site + 1) in VERBAL and clause.some(("bou",), site, clause.end)
    return "a time" if clause.word(site) == "在" and timed else ""


def _adverbs(clause: Clause) -> str:
    """Doubt adverbs and prepositions that go with no negator."""
    head, site, first = clause.head, clause.site, clause.word(clause.site)
    if clause.adverb(*EXACT) >= 0 or first in EXACT or first in FERVENT or clause.has(ABRUPT, 0, head):
        return _ADVERB
    if first in HASTY and not clause.manual:
        return _ADVERB
    if clause.word(site - 1) == "的" and doubled(clause.word(site - 2)):
        return _ADVERB
    if any(_strange(clause, at) for at in range(site, head)):
        return _ADVERB
    if any(clause.word(at) in ("便", "就") and clause.word(at - 1) in LENGTHS for at in range(head)):
        return _ADVERB
    if clause.has(("比",), 0, head) and clause.final("a") < head:
        return "a comparison"
    carried = first in ("把", "将") and clause.some(("cov",), head, clause.end)
    return _VERB if carried or clause.word(head - 1) == "所" else ""


def _strange(clause: Clause, at: int) -> bool:
    """Say whether a word before the verb is an adverb that no list holds."""
    bare = clause.kind(at) == "inn" or (clause.kind(at) == "a" and clause.kind(at + 1) != "di")
    return bare and not among("inn", clause.word(at))


def _behind(clause: Clause) -> str:
    """Doubt what stands behind the verb."""
    head, end, group = clause.head, clause.end, clause.group
    if clause.word(head)[-1] == "到" and clause.kind(head + 1) == "time":
        return "a time"
    if clause.word(group) == "、":
        return "what may be a noun"
    if clause.kind(group) == "bou" or clause.has(("之",), head + 1, head + 4):
        return _VERB
    heads = ("v", "shi", "you", "out", "neg", "mod")
    resumed = any(clause.kind(at) == "de" and clause.kind(at + 1) in heads for at in range(head, end - 2))
    if resumed or (clause.kind(group) == "de" and group + 1 < end):
        return _NOUN
    if clause.has(FEELING, head + 1, end):
        return "two verbs"
    judged = clause.some(("mod", "shi", "xshi"), head + 1, end) or clause.has(EQUATING, head + 1, end)
    topic = judged and not clause.subject() and clause.word(head) not in KNOWING
    return "more than a verb" if topic or clause.has(BEYOND, head, end) else ""


def _several(clause: Clause) -> str:
    """Doubt two verbs in a row."""
    head, site = clause.head, clause.site
    les = [at for at in range(head + 1, clause.end) if clause.kind(at) == "le"]
    if len(les) > 1:
        return "two events"
    if les and (_goes_on(clause, les[0]) or clause.some(("piv",), les[0], clause.end)):
        return "two verbs"
    if clause.word(site - 1) in COORDINATING and clause.kind(site - 2) in VERBAL:
        return "two verbs"
    if site == head and clause.kind(head - 1) == "v" and not among("catenative", clause.word(head - 1)):
        return "two verbs"
    if _serial(clause):
        return "two verbs"
    linking = clause.word(head) == "来" and clause.kind(head + 1) in VERBAL
    return _VERB if linking and clause.kind(head - 1) in ("n", "x") else ""


def _goes_on(clause: Clause, le: int) -> bool:
    """Say whether a predicate follows 了: `买了后悔一辈子`."""
    follows = clause.kind(le + 1) in ("v", "a") and le + 2 < clause.end
    return follows and clause.kind(le + 2) not in ("n", "de")


def _serial(clause: Clause) -> bool:
    """Say whether another verb follows that is neither object nor complement: `受伤送往医院`."""
    head, following = clause.head, clause.word(clause.head + 1)
    if clause.kind(head + 1) != "v" or len(following) < 2 or head + 2 >= clause.end:
        return False
    if among("result", following) or among("catenative", clause.word(head)):
        return False
    return not clause.subject() or among("event", clause.word(head))


def _noun(clause: Clause) -> str:
    """Doubt what may be a noun: `映射定义`, `被共享的物件`."""
    head, end, site = clause.head, clause.end, clause.site
    word, following = clause.word(head), clause.word(head + 1)
    compound = clause.kind(head + 1) in ("v", "vn") and head + 2 == end and clause.kind(head - 1) in ("n", "x")
    if compound and len(following) > 1 and not among("catenative", word) and not among("result", following):
        return _VERB
    if word == "代表" and head + 1 == end:
        return "what may be a noun"
    named = not clause.subject() and clause.kind(end - 1) == "n" and clause.some(("de",), head, end)
    if clause.adverb("只") >= 0 and named:
        return _NOUN
    if clause.word(site) in ("对", "对于") and clause.some(("de",), site, head) and clause.kind(head - 1) == "n":
        return _NOUN
    shared = clause.word(site) == "被" and not clause.subject() and clause.some(("de",), head, end - 1)
    return _NOUN if shared else ""


_CHECKS: tuple[Callable[[Clause], str], ...] = (_itself, _several, _before, _adverbs, _noun, _behind)
