"""From an affirmative clause to a negative one: 不, 没, 没有, 未 or 不要 before a verb."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.doubts import doubt
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import ASPECT, OPENING, TOPICAL, VERBAL, group_end
from textaug.languages.negation_zh.words import among

POSTURES = listed("开 关 挂 放 坐 站 躺 穿 戴 拿 写 贴 亮 睡 停 摆 锁 盖 住 带 围 等 笑 哭 插 装 印 画 刻 堆 铺 跟 陪 抱 背")
FREQUENT = listed("经常 常常 常 时常 每天 天天 每次 频繁 往往 定期 总 随时 自动 主动")
SPEAKING = listed("说 决定 宣布 告诉 提出 发现 选择 回答 透露 反映 提到 感到 感觉 确认 指出 显示 得知")
KNOWN = ("stative", "event", "imperative", "verb", "catenative", "single", "relational")
UNHURRIED = listed("共 共同 各 记得 为 先后 陆续 相继 多次 再三 分别 日益 日渐 逐年 越来越 不断 逐步 逐渐 渐渐 慢慢 纷纷")
"""Words before a verb that a negator does not go before."""
GROWING = listed("增长 增加 减少 下降 上升 上涨 提高 降低 下跌")
"""Verbs that are as often nouns, and come with an amount."""
PERSISTING = listed("仍 仍然 依然 仍旧")
MUTUAL = listed("见面 结婚 离婚 合作 交流 交谈 会谈 会晤 联系 竞争 吵架 谈判 对话 沟通 交手 分手 商量 讨论 打交道 接触 聊天 相处 来往 磋商 谈话")
"""Verbs that two do: the negator stands before 与, 和."""
BARRING = listed("再 只 仅 早已 早就 就 一直 仍 仍然 依然 始终 将 最终 终于 正 又 总 总是 一向 往往 先 曾 曾经 再次 完全 多少 必 一定 还是 就是")
"""Adverbs that do not stand before 没."""


def verb(clause: Clause) -> Edits | str:
    """Negate a verb, by what its aspect, its adverbs and its sense ask for."""
    head, site = clause.predicate.head, clause.predicate.site
    word = clause.word(head)
    free = [at for at in range(site) if clause.word(at) in ("与", "和", "跟", "同") and (word in MUTUAL or clause.kind(at - 1) in ("cnj", "out", "time"))]
    if free and free[0]:
        site = free[0]
        clause = clause._replace(predicate=clause.predicate._replace(site=site))
    if reason := doubt(clause):
        return reason
    edits, end = Edits(clause.tokens), clause.group
    les = [at for at in range(head + 1, clause.end) if clause.kind(at) == "le"]
    if clause.kind(end) == "guo":
        return _experience(clause, edits)
    if les:
        return _perfect(clause, edits, les[0])
    if (already := clause.adverb("已经", "已", "早已", "早就")) >= 0:
        if clause.word(already) not in ("已", "已经") or clause.adverb("就", "现") >= 0:
            return "an adverb that goes with no negation"
        return edits.replace(already, "尚未" if clause.word(already) == "已" else "还未").lossy()
    if clause.kind(end) == "zhe" and among("stative", word):
        return edits.insert(site, "不").delete(end).lossy() if clause.adverb(*BARRING, "还") < 0 else "an adverb that goes with no negation"
    if clause.kind(end) == "zhe":
        serial = any(clause.kind(at) in VERBAL for at in range(end, clause.end)) and not clause.alone
        if clause.adverb(*BARRING, "还") >= 0 or serial or word not in POSTURES:
            return "an adverb that goes with no negation"
        return edits.insert(site, "没")
    if clause.word(site) == "在" and clause.kind(site + 1) in (*VERBAL, "cov") and clause.kind(site + 2) != "de":
        if (still := clause.adverb("还")) >= 0 and clause.adverb(*BARRING) < 0:
            return edits.replace(still, "没").lossy()
        return edits.insert(site, "没") if clause.adverb(*BARRING, "还") < 0 else "an adverb that goes with no negation"
    if (now := clause.adverb("正在")) >= 0:
        return edits.replace(now, "没有在") if not among("event", word) else "an event under way"
    return _plain(clause, edits)


def _experience(clause: Clause, edits: Edits) -> Edits | str:
    once, guo = clause.adverb("曾", "曾经"), next(at for at in range(clause.predicate.head, clause.end) if clause.kind(at) == "guo")
    already, le = clause.adverb("已经", "已"), clause.final("le")
    if already >= 0 and le > 0:
        return edits.replace(already, "还没").delete(guo, le).lossy()
    if clause.kind(guo + 1) in ("num", "x") or any(clause.word(at) in ("次", "遍", "趟", "回") for at in range(guo, clause.end)):
        return "an amount"
    if clause.word(clause.predicate.site) in ("多次", "屡次", "再三", "一再", "反复"):
        return "an amount"
    if clause.final("le") >= 0 or clause.kind(guo + 1) == "le" or clause.adverb("还", "只", "就", "再") >= 0:
        return "过 with 了"
    if once >= 0:
        return edits.insert(once, "未") if clause.word(once) == "曾" else edits.replace(once, "从来没")
    return edits.insert(clause.predicate.site, "没")


def _perfect(clause: Clause, edits: Edits, le: int) -> Edits | str:
    head, site = clause.predicate.head, clause.predicate.site
    if (only := clause.adverb("只")) >= 0 and clause.adverb("一直", "将", "又", "再") < 0:
        return edits.insert(only, "不")
    if clause.adverb(*BARRING) >= 0:
        return "an adverb that goes with no negation"
    if le == clause.end - 1 and clause.some(("deg",), head, le):
        return "a degree with 了"
    following = clause.word(le + 1)
    if following in ("一下", "一会儿", "点", "点儿", "一点", "一点儿", "一些", "些") or clause.word(le - 1) in ("极", "死", "多") or clause.word(head) == following:
        return "an amount"
    if clause.word(head) == "到" and clause.end - le > 3:
        return "a time"
    if clause.kind(head) == "say" and le > group_end(clause.tokens, head, clause.end) and any(clause.kind(at) in ("pron", "v") for at in range(head + 1, le)):
        return "an event within what is said"
    if clause.word(group_end(clause.tokens, head, clause.end) - 1) in ("起来", "来") and clause.kind(group_end(clause.tokens, head, clause.end)) == "guo":
        return "no plain verb"
    if clause.word(head) == "忘" or among("verb", clause.word(head) + following):
        edits.lossy()
    if clause.adverb("已", "已经") < 0 and any(word in ("已", "已经") for word in clause.words(0, site)):
        return "an adverb that goes with no negation"
    edits.delete(le)
    if (still := clause.adverb("还")) >= 0:
        return edits.replace(still, "没有").lossy() if le < clause.end - 1 and clause.word(still - 1) not in ("竟", "都") else "还"
    if (already := clause.adverb("已经", "已")) >= 0:
        late = "还没" if le == clause.end - 1 else "还没有"
        return edits.replace(already, late if clause.word(already) == "已经" else "尚未").lossy()
    return edits.insert(site, "没" if le == clause.end - 1 else "没有")


def _plain(clause: Clause, edits: Edits) -> Edits | str:
    """A verb without an aspect: its adverbs, its mood, then its sense."""
    head, site = clause.predicate.head, clause.predicate.site
    if (still := clause.adverb(*PERSISTING)) >= 0:
        if among("event", clause.word(head)) or clause.word(site) == "在":
            return "an adverb that goes with no negation"
        edits.replace(still, "不再")
        return edits if clause.word(still) == "仍然" else edits.lossy()
    if clause.adverb("总") >= 0 or clause.word(clause.end - 1) in ("一样", "似的", "一般"):
        return "an adverb that goes with no negation"
    if (always := clause.adverb("总是")) >= 0:
        return edits.replace(always, "从来不") if always == site - 1 else "an adverb that goes with no negation"
    if (only := clause.adverb("只")) >= 0:
        return edits.insert(only, "不")
    if any(word in ("一些", "若干", "一点", "些", "点") for word in clause.words(head + 1, head + 3)):
        return "an amount"
    if clause.adverb("偶尔", "有时", "有时候", "仅", "还", "终于", "最终", "必须", "先", "再", "再次", "曾", "曾经", "早就", "还是", "就是", "正") >= 0:
        return "an adverb that goes with no negation"
    if (sure := clause.adverb("一定", "必", "必定", "必将", "必然", "肯定")) >= 0:
        if clause.word(sure) in ("必然", "肯定"):
            return edits.replace(sure, "不一定").lossy()
        return edits.insert(sure, "不" if clause.word(sure) == "一定" else "未")
    if clause.word(head + 1) in ("一下", "一会儿", "一番") or clause.word(clause.end - 1) in ("一次", "一遍", "一下", "一趟"):
        return "an amount"
    if _links(clause) or clause.word(site) in UNHURRIED or clause.word(head - 1) == "现" or (clause.word(head) == "在" and not clause.last):
        return "no plain verb"
    if clause.word(clause.end) == "吧" and clause.end == 1 and clause.alone and (among("imperative", clause.word(head)) or among("single", clause.word(head))):
        return edits.insert(site, "别").replace(clause.end, "了")
    if order(clause):
        if clause.word(clause.end) == "吧":
            return "an invitation"
        return edits.insert(site, "别" if clause.exclaimed else "不要")
    if clause.question and clause.word(clause.end) != "吧":
        return edits.insert(site, "不")
    if clause.word(clause.end) == "吧" or (clause.exclaimed and any(word in ("你", "您", "你们", "大家") for word in clause.words(0, site))):
        return "an invitation"
    return _told(clause, edits)


def _links(clause: Clause) -> bool:
    """Say whether the verb only links: `来查看`, `就像`."""
    head = clause.predicate.head
    word = clause.word(head)
    own = clause.alone and clause.kind(head - 1) == "pron"
    return (word in ("来", "去") and clause.kind(head + 1) in VERBAL and not own) or (word in ("像", "好像", "如同") and clause.adverb("就", "正", "便") >= 0)


def _told(clause: Clause, edits: Edits) -> Edits | str:
    """A verb that tells of a state, a habit or an event."""
    head, site = clause.predicate.head, clause.predicate.site
    word = clause.word(head)
    subject, event = clause.subject(), among("event", word)
    state = among("stative", word) and not event
    if head == clause.end - 1 and clause.kind(head - 1) in ("n", "x") and any(clause.kind(at) == "de" for at in range(head)) and not event:
        return "what may be a noun phrase"
    if head == clause.end - 1 and clause.kind(head - 1) == "n" and (among("imperative", word) or word == "实现"):
        return "what may be a noun phrase"
    if state and not subject and not clause.adverbs() and not clause.said and not clause.exclaimed and clause.kind(clause.end - 1) == "n" and any(t.kind == "de" for t in clause.tokens[head:]):
        return "what may be a noun phrase"
    if clause.word(site) in ("约", "大约", "近") or clause.busy() > 2 or clause.end - (head if subject else 0) > 24:
        return "no plain verb"
    if (not state and clause.adverb("就") >= 0 and not clause.conditional) or (word == "代表" and any(clause.kind(at) in ("v", "cov") for at in range(head + 1, clause.end))):
        return "no plain verb"
    if clause.kind(head - 1) == "n" and clause.kind(head + 1) == "n" and any(clause.kind(at) == "v" and len(clause.word(at)) > 1 for at in range(head + 2, clause.end)):
        return "a verb that may be part of a noun"
    if (word in SPEAKING and not (word == "决定" and not any(clause.kind(at) in VERBAL for at in range(head + 1, clause.end)))) or word == "到":
        return "a verb of saying without an aspect"
    if clause.governed and not subject:
        return "an earlier modal reaches here"
    if head == clause.end - 1 and (not subject or (len(word) == 1 and not (clause.alone and among("single", word)))):
        return "a verb alone"
    if subject and word in ("参见", "参考", "参阅", "参照", "查看") and clause.final("x") < 0 and not any(t.kind == "pron" for t in clause.tokens[:head]):
        return "an order with its topic"
    if not any(among(name, word) for name in KNOWN) or any(word in ("一样", "似的", "一般") for word in clause.words(0, head)):
        return "a verb that is not known well"
    if not subject and (clause.exclaimed or not (state or (event and clause.dated) or clause.alone)):
        return "a verb without a subject"
    if word in GROWING:
        return "an amount"
    if clause.has(("曾", "曾经", "早年", "早已"), 0, head):
        return "an adverb that goes with no negation"
    if clause.kind(head) == "vn" and clause.kind(head - 1) == "n" and clause.kind(head + 1) in VERBAL and not among("catenative", word):
        return "what may be a noun"
    if event and any(clause.kind(at) == "v" and len(clause.word(at)) > 1 for at in range(clause.group, clause.end)) and not clause.some(("de",), head, clause.end):
        return "two verbs"
    if not clause.alone and not subject and clause.kind(clause.end - 1) == "n" and any(t.kind == "de" for t in clause.tokens[head:]) and word != "喜欢":
        return "what may be a noun phrase"
    if clause.word(site) in ("每天", "天天", "每次", "每年", "年年"):
        return edits.insert(site, "不是")
    if clause.word(site) in ("特地", "特意", "专程", "亲自", "亲手", "亲眼", "当场", "当面"):
        return edits.insert(site, "没有").lossy()
    if clause.word(site) == "用":
        return "a habit or an event"
    if state and clause.word(site - 1) == "的确":
        return edits.replace(site - 1, "并不")
    if event and clause.adverb("将") >= 0:
        return edits.insert(head, "不会").lossy() if clause.word(head - 1) == "将" else "no plain verb"
    if clause.word(site) == "由":
        return edits.insert(site, "不是").lossy()
    if state or "每" in "".join(clause.words(0, site)) or clause.adverb("将", "会") >= 0 or (clause.adverb("则") >= 0 and (clause.manual or not event)) or any(clause.word(at) in FREQUENT for at in range(site, head)):
        return edits.insert(site, "不")
    if clause.kind(clause.end - 2) == "de" and clause.kind(clause.end - 3) in ("v", "vn") and clause.end - head > 3:
        return "what may be a noun phrase"
    if clause.kind(head - 1) == "loc" and clause.kind(head + 1) == "num" and len(word) == 1:
        return edits.insert(site, "没有").lossy()
    manual = any(t.kind == "x" and not t.word.isdigit() and t.word.isascii() for t in clause.tokens)
    if event and not subject and not clause.dated:
        return "a verb without a subject"
    if (event and (subject or clause.dated) and not manual) or clause.dated:
        return edits.insert(site, "没有").lossy() if clause.said else edits.insert(site, "未")
    if _has_result(clause) or clause.word(clause.end - 1) in ("起来", "下来", "出来", "下去", "过来"):
        return edits.insert(site, "没有").lossy()
    spoken = clause.alone and (clause.some(("pron",), 0, site) or (clause.end <= 8 and subject))
    return edits.insert(site, "不") if manual or spoken or clause.adverb("都", "也") >= 0 else "a habit or an event"


def _has_result(clause: Clause) -> bool:
    head = clause.predicate.head
    return clause.word(head + 1) in ("到", "见", "完", "掉", "起", "下", "出", "成", "在", "上", "进", "回", "入", "走", "满") and clause.kind(head + 1) in ("v", "loc", "cov") and not any(token.kind == "x" for token in clause.tokens)


def order(clause: Clause) -> bool:
    """Say whether a verb without a subject gives an order."""
    head, site = clause.predicate.head, clause.predicate.site
    if clause.final("a") >= 0 or clause.final("deg") >= 0:
        return False
    counted = clause.kind(clause.end - 1) == "meas" and clause.kind(clause.end - 2) in ("num", "x")
    if counted or clause.question or not clause.alone or clause.led or any(token.kind in ASPECT for token in clause.tokens[head:]):
        return False
    if clause.has(("在", "于"), head, clause.group + 1) and clause.kind(clause.end - 1) == "n" and clause.some(("de",), head):
        return False
    if "旨在" in clause.words(head, clause.end) or (clause.word(clause.end - 1) == "上" and any(t.kind == "de" for t in clause.tokens[head:])):
        return False
    bare = all(token.kind in ("inn", "cnj", "mark", "num") or token.word.isdigit() or token.word in ("就", "先", "再", "也", "最好", "务必", "千万") for token in clause.tokens[:site])
    return bare and clause.word(site) not in FREQUENT and clause.word(site) != "被" and (among("imperative", clause.word(head)) or clause.word(site) in ("把", "将"))
