"""From an affirmative clause to a negative one: judgements, possession, modals and causatives."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.doubts import clear_before, embedded
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.negating_qualities import adjective, complement, degree
from textaug.languages.negation_zh.negating_verbs import SIMPLE_CAUSES, verb
from textaug.languages.negation_zh.grammar import ASPECT, KNOWING, VERBAL
from textaug.languages.negation_zh.words import among

MODALS = {"难以": "不难", "难于": "不难", "能够": "不能够", "必须": "不必", "须": "无须", "需": "无需", "可以": "不能"}
"""Modals whose negative is another word."""
EMPHATIC = listed(
    """
    才 又 倒 偏 偏偏 再也 终 几乎 难免 即将 刚 刚刚 终究 毕竟 原来 简直 无非 幸好 幸亏 好在 难怪 怪不得 至少 起码 从 不愧 单 光 何其 即 竟 居然 竟然 果然
    屡 屡屡 素 好歹 反倒 反而 甚至 倒是 至多 便是 真是 明明 恰好 恰恰 无疑
    """
)
"""Adverbs that go with no negator, or mean something else with it."""
HARMLESS = listed("不同 不断 不少 不错 不过 不久 不锈钢 不动产 无线 无数 无线网 无限 无论 无线电 无锡 无私 无线网卡 无比 未来 非常 非洲 非法 没收 不良 不便 不足 不利 不安 不幸 不满")
"""Words that begin like a negation and are none, or are one of a noun alone."""
OPINIONS = listed("观点 说法 看法 想法 消息 论断 论点 意见 结论 主张 印象 思想 理论")
"""Nouns that hold what is said."""
MEANS = listed("保证 基础 条件 关键 前提 途径 标志 体现 目标 根本 办法 手段")
"""Nouns that an earlier 是 may wait for."""
AGAIN = listed("下次 以后 再 再次 有机会 一定 肯定 仍 继续 下回 今后 将来")
"""Words with which 还 says that it goes on, and does not merely add."""
ADDRESSED = listed("您 你 大家 各位 你们 用户 顾客 客人 读者 朋友 朋友们 同学们 同志们 旅客 乘客")


def negated(clause: Clause) -> Edits | str:
    """Return the edits that negate a clause, or why there is no safe place."""
    rest = clause.tokens[clause.predicate.head + 1 : clause.end]
    if any(token.kind == "idiom" and any(letter in token.word for letter in "不无没未莫") for token in rest):
        return "a second negation follows"
    if _tries(clause):
        return "a try"
    if embedded(clause):
        return "what may be a noun phrase"
    if any((token.kind == "neg" and token.word != "非") or (token.word[0] in "不没无未" and token.word not in HARMLESS and len(token.word) > 1) for token in rest):
        return "a second negation follows"
    head = clause.head
    if clause.predicate.kind in ("you", "mod", "piv") and any(
        clause.kind(at) == "de" and (clause.kind(at + 1) in ("out", "shi", "mod") or clause.word(at + 1) == "约") for at in range(head, clause.end - 2)
    ):
        return "what may be a noun phrase"
    if any(token.word in ("就", "就是", "便", "才", "才能", "竟", "竟然", "居然") for token in rest):
        return "a condition"
    asked = any(token.kind == "wh" for token in clause.tokens[clause.predicate.site : clause.end])
    if asked and (clause.word(clause.predicate.head) not in KNOWING or clause.question):
        return "asks"
    if any(token.kind == "adverb" for token in clause.tokens[: clause.predicate.head]):
        return "an adverb that goes with no negation"
    if clause.predicate.kind in ("v", "a") and clause.has(("就是", "真是"), 0, clause.head):
        return "an adverb that goes with no negation"
    if clause.word(clause.predicate.head - 1) in ("方", "这才"):
        return "an adverb that goes with no negation"
    if any(clause.word(at) in EMPHATIC for at in clause.adverbs()) or "才" in clause.words(0, clause.predicate.head):
        return "an adverb that goes with no negation"
    rules = {
        "shi": _judgement, "you": _possession, "mod": _modal, "deg": degree, "a": adjective, "v": verb, "piv": _causative,
        "degree": complement, "only": _only,
    }  # fmt: skip
    return rules[clause.predicate.kind](clause)


def _tries(clause: Clause) -> bool:
    """Say whether a verb is said twice, or of a little: `看看`, `看一看`, `帮点忙`."""
    if clause.predicate.kind not in ("mod", "v", "piv"):
        return False
    for at in range(clause.head, clause.end):
        word, following = clause.word(at), clause.word(at + 1)
        verbal = clause.kind(at) in ("v", "vn", "say") or (len(word) == 2 and word[0] == word[1] and among("single", word[0]))
        again = following == word or (following == "一" and clause.word(at + 2) == word) or (len(word) == 2 and word[0] == word[1])
        if verbal and (again or (len(word) == 1 and following == "点" and clause.kind(at + 2) == "n")):
            return True
    return False


def _only(clause: Clause) -> Edits | str:
    """只有 that says how little there is."""
    head = clause.predicate.head
    if clause.adverbs() or any(token.kind in ("v", "mod", "shi", "deg") for token in clause.tokens[head + 1 : clause.end]):
        return "只有 as a condition"
    return Edits(clause.tokens).insert(head, "不")


def _judgement(clause: Clause) -> Edits | str:
    head = clause.predicate.head
    edits = Edits(clause.tokens)
    word = clause.word(head)
    if word == "就是" and clause.word(head - 1) == clause.word(head + 1):
        return "a thing that is itself"
    if word == "就是" and clause.kind(head + 1) in ("v", "a", "mod", "vn", "cov"):
        return "就是"
    if word == "就是" and "一" in clause.words(0, head):
        return "就是"
    if word == "就是":
        return edits.insert(head, "不", inside=1) if clause.kind(head - 1) in ("n", "pron", "time", "loc") else "就是"
    if clause.final("de") > head and (clause.kind(head + 1) == "mod" or among("stative", clause.word(head + 1))):
        return "是 … 的 round a state"
    if (often := clause.adverb("总是")) >= 0:
        return edits.insert(often, "不")
    if word != "是" or clause.word(head - 1) in ("还", "只", "仅", "再", "真", "可", "要"):
        return "a judgement that does not take 不"
    if clause.end == head + 1 or any(token.kind == "wh" for token in clause.tokens[head + 1 : clause.end]):
        return "nothing behind 是"
    if clause.has(("多么", "何等", "那么"), head):
        return "an exclamation"
    if clause.word(head - 1) in ("当成", "当作", "看成", "看作", "看做", "当做", "视为", "说成", "叫做", "称", "定"):
        return "a judgement within"
    if clause.kind(head + 1) in ("a", "deg") and not any(clause.kind(at) == "de" for at in range(head, clause.end)):
        return "an emphatic 是"
    if clause.has(("不错",), head + 1, head + 4) and clause.final("de") > 0:
        return "不错 within"
    if clause.kind(head - 1) == "deg" or clause.word(head - 1) in ("无愧", "不愧"):
        return "a degree before 是"
    if clause.word(head - 1) == "上" and clause.kind(head - 2) == "dei":
        return "a judgement within"
    if not clause.subject() and any(clause.word(at) in ("使", "让", "令", "让人", "令人", "使人") for at in range(head, clause.end)):
        return "a judgement about who did it"
    if clause.some(("say",), 0, head) and clause.word(clause.end - 1) in OPINIONS and clause.kind(clause.end - 2) == "de":
        return "what may be a noun phrase"
    if clause.kind(clause.end - 1) == "idiom" and head == clause.end - 2:
        return "an idiom behind 是"
    if clause.kind(head - 1) == "num" and head == 1:
        return "an item of a list"
    if (sure := clause.adverb("一定")) >= 0:
        return edits.insert(sure, "不")
    return edits.replace(head - 1, "并不") if clause.word(head - 1) == "的确" else edits.insert(head, "不")


def _possession(clause: Clause) -> Edits | str:
    head = clause.predicate.head
    edits = Edits(clause.tokens).insert(head, "没")
    following = clause.word(head + 1)
    if clause.kind(head + 1) in ("num", "x", "meas") and not clause.subject():
        return "有 with an amount"
    far = any(clause.kind(at) == "x" and clause.kind(at + 1) in ("num", "meas") for at in range(head + 1, head + 5))
    amount = far or clause.kind(head + 1) == "x" or (clause.kind(head + 1) == "num" and following[0] in "二三四五六七八九十百千万亿两上几多近数")
    if clause.some(("shi", "xshi"), head + 1, clause.end):
        return "a judgement follows"
    if clause.kind(head + 1) == "n" and clause.kind(head + 2) == "meas":
        return "有 with an amount"
    if clause.has(("像", "如同", "似"), 0, head) or clause.word(head - 1) == "心" or clause.has(("有",), head + 1):
        return "有 within"
    if clause.kind(head + 1) == "meas" and following != "个":
        return "有 with an amount"
    if following == "个":
        edits.delete(head + 1).lossy()
    if clause.has(("不少", "许多", "很多"), head):
        return "有 with an amount"
    if clause.word(head - 1) == "主要" or "、" in clause.words(head, clause.end):
        return "a list follows"
    if following in ("如下", "以下", "下列", "下面", "更", "更多") or amount:
        return "a list follows"
    if clause.kind(head + 1) in ("num", "x") and clause.adverb("就", "竟", "共", "总共") >= 0:
        return "有 with an amount"
    if clause.adverb("就") >= 0 and clause.adverb("已经", "已") >= 0:
        return "an adverb that goes with no negation"
    if (often := clause.adverb("总是")) >= 0:
        return Edits(clause.tokens).insert(often, "不")
    if clause.kind(head + 1) == "le" and head + 2 >= clause.end:
        return "nothing behind 有"
    if head + 1 >= clause.end:
        return edits if clause.word(head - 1) in ("都", "也", "就") else "nothing behind 有"
    still, already, le = clause.adverb("还"), clause.adverb("已经", "已"), clause.final("le")
    if still >= 0:
        if not (clause.kind(head + 1) == "n" and clause.end - head <= 3 and clause.last and clause.subject()) or le > 0 or clause.final("de") > 0:
            return "还 adds"
        return edits.delete(still).after(clause.end - 1, "了")
    if already >= 0:
        if clause.kind(head + 1) == "le":
            edits.delete(head + 1).lossy()
        elif le > head:
            edits.delete(le).lossy()
        return edits.replace(already, "还")
    if clause.kind(head + 1) in ASPECT:
        return edits.delete(head + 1).lossy() if clause.kind(head + 1) != "guo" else edits
    if le > head and clause.adverb("就") >= 0:
        return "a change with 了"
    if le > head:
        return Edits(clause.tokens).insert(head, "还没").delete(le).lossy()
    if following in ("一些", "若干"):
        return edits.delete(head + 1).lossy()
    return edits


def _modal(clause: Clause) -> Edits | str:
    head = clause.predicate.head
    word, le, still = clause.word(head), clause.final("le"), clause.adverb("还")
    edits = Edits(clause.tokens)
    rest = clause.tokens[head + 1 : clause.end]
    if clause.word(head + 1) == "将" or clause.adverb("最好", "有时", "偶尔", "有时候") >= 0 and word != "要":
        return "an adverb that goes with no negation"
    if clause.word(head - 1) in ("立即", "立刻", "马上", "突然", "忽然"):
        return "an adverb that goes with no negation"
    relative = clause.kind(clause.end - 2) == "de" and clause.kind(clause.end - 3) in ("v", "vn") and clause.end - head > 3
    if relative and clause.kind(head - 1) not in ("n", "pron", "x", "out", "vn"):
        return "what may be a noun phrase"
    if clause.word(clause.end - 1) in ("有关", "无关"):
        return "more than a modal"
    if clause.some(("xshi",), head + 1, head + 3):
        return "a judgement follows"
    later = [at for at in range(head + 1, clause.end) if clause.kind(at) == "shi"]
    if later and not any(clause.kind(at) == "say" for at in range(head, later[0])) or clause.adverb("立即", "即") >= 0:
        return "a judgement follows"
    if word == "会" and le > head and clause.alone and clause.subject() and clause.end - head <= 5 and not clause.adverbs():
        return edits.insert(head, "还不").delete(le)
    if word in ("要", "会", "该", "应该", "应当", "得") and le > head:
        return "an expectation with 了"
    if clause.kind(head - 1) == "deg" or clause.word(head - 1) in ("所", "算") or (clause.word(head + 1) == "说" and head + 2 >= clause.end):
        return "a degree before the modal"
    if any(word in ("更", "更加", "最", "太", "更好", "更快", "更多", "更大") for word in clause.words(head + 1, head + 3)) or clause.word(head + 1) == clause.word(head + 2) or _doubled(clause.word(head + 1)):
        return "a degree behind the modal"
    if any(token.kind == "wh" for token in clause.tokens[head : clause.end]):
        return "asks"
    if any(token.word == "请" for token in rest) or (word == "想" and clause.kind(head + 1) == "deg"):
        return "an order follows"
    if (clause.kind(head + 1) == "out" and clause.word(head + 1) != "再") or (not clause.subject() and clause.kind(clause.end - 1) in ("n", "x") and "de" in (clause.kind(head + 2), clause.kind(head + 3))) or (clause.kind(head + 2) == "de" and (head + 3 < clause.end or not clause.subject())):
        return "what may be a noun phrase"
    if "比" in clause.words(head, clause.end) or clause.adverb("尚", "曾", "曾经", "便", "才", "正") >= 0:
        return "a comparison"
    if any(token.kind == "idiom" and ("不" in token.word or "无" in token.word) for token in clause.tokens[head:]):
        return "a second negation follows"
    if (word == "想" and clause.has(("会", "应该", "能", "可能"), head + 1)) or clause.has(("注定", "命定"), 0, head):
        return "a clause within"
    if clause.wished and not clause.subject():
        return "an earlier modal reaches here"
    if clause.has(("期待", "盼望", "期盼", "盼", "祝", "祝愿"), 0, head) or (word == "可" and clause.kind(head + 2) == "dei"):
        return "a clause within"
    if clause.some(("say",), 0, head) and clause.word(clause.end - 1) in OPINIONS and clause.kind(clause.end - 2) == "de":
        return "what may be a noun phrase"
    if "之" in clause.words(head, clause.end) and clause.kind(clause.end - 1) == "n":
        return "what may be a noun phrase"
    if any(clause.word(at) in ("仍", "仍然", "依然", "还", "也") and clause.kind(at + 1) in ("mod", "v", "vn", "you") for at in range(head + 2, clause.end)):
        return "two predicates"
    if clause.kind(head + 1) in ("mod", "cnj") or any(token.word in ("怎么", "无论") for token in clause.tokens[:head]):
        return "two modals"
    if (often := clause.adverb("总是", "总")) >= 0 and clause.kind(often - 1) == "n":
        return "what may be a name"
    if often >= 0:
        return edits.insert(often, "不")
    if word in ("要", "应", "必须", "需", "须") and clause.governed and not clause.subject():
        return "an earlier modal reaches here"
    if word == "要":
        return _want(clause, edits)
    if clause.adverb("只", "仅", "再") >= 0:
        return "an adverb that goes with no negation"
    if (sure := clause.adverb("一定", "必", "必然", "必定")) >= 0:
        return edits.insert(sure, "不" if clause.word(sure) == "一定" else "未")
    if clause.has(("蛮", "挺", "相当"), head):
        return "a degree behind the modal"
    if word == "可以" and head == clause.end - 1 and not clause.question:
        return _passable(clause, edits, still)
    if still >= 0:
        if any(clause.word(at) == "再" and clause.kind(at + 1) in ("a", "deg") for at in range(head, clause.end)) or "再" in clause.words(clause.end - 3, clause.end):
            return "还"
        if le > head or not clause.last or (clause.end != len(clause.tokens) and clause.kind(clause.end) == "par"):
            return "还"
        lasting = clause.alone and clause.end - head <= 3
        if not lasting and not any(token.word in AGAIN for token in clause.tokens):
            negative = {"可以": "不能", "能够": "无法"}.get(word, "不" + word)
            return edits.delete(still).replace(head, negative).lossy()
        edits.replace(still, "不").after(clause.end - 1, "了")
        return edits.replace(head, "能").lossy() if word == "可以" else edits
    if word in ("能", "可以", "想", "敢", "愿意") and le > head + 1:
        edits.replace(head, "还不能").delete(le) if word == "可以" else edits.insert(head, "还不").delete(le).lossy()
        return edits if clause.end - head <= 6 and not clause.adverbs() else "a change with 了"
    if word == "将会":
        return edits.insert(head, "不", inside=1)
    if word in ("有可能", "有必要", "有权"):
        return edits.insert(head, "没")
    if word == "可以":
        return edits.insert(head, "不") if clause.question else edits.replace(head, "不能")
    if word == "能" and not clause.question:
        short = head + 2 >= clause.end and len(clause.word(head + 1)) < 2
        return edits.insert(head, "不").lossy() if short else edits.replace(head, "无法")
    if word in MODALS:
        edits.replace(head, MODALS[word])
        return edits.lossy() if word in ("难以", "难于") else edits
    if word == "可":
        amount = any((clause.word(at).isdigit() or clause.kind(at) == "num") and clause.kind(at + 1) in ("meas", "n", "num") for at in range(head, clause.end))
        if amount:
            return "可 with an amount"
        return edits.insert(head, "不")
    if word in ("得以", "必需", "愿"):
        return "a modal that does not take 不"
    return edits.insert(head, "不")


def _passable(clause: Clause, edits: Edits, still: int) -> Edits | str:
    """可以 with nothing behind: passable, after a noun; allowed, after 这样."""
    head = clause.predicate.head
    if still >= 0 and clause.kind(still - 1) in ("n", "vn", "out", "x"):
        return edits.delete(still).replace(head, "不怎么样").lossy()
    return edits.insert(head, "不") if clause.word(head - 1) in ("这样", "那样", "都", "也") else "可以 alone"


def _want(clause: Clause, edits: Edits) -> Edits | str:
    """要: want to, have to, do."""
    head = clause.predicate.head
    if clause.kind(head + 1) in ("a", "deg") or "比" in clause.words(0, head) or clause.adverb("还", "就", "只", "将", "又", "快", "都") >= 0:
        return "要 compares or expects"
    if clause.adverb("势必", "必然", "必定", "必", "肯定", "终究") >= 0:
        return "要 compares or expects"
    if clause.word(head + 1) in ("记得", "注意", "小心", "记住") and clause.adverb("一定", "千万", "务必") >= 0:
        return "an order that is not negated"
    if clause.has(("需要", "要", "必须"), head + 2) or clause.word(head + 1) == "用" or clause.kind(head + 1) in ("n", "pron"):
        return "要 compares or expects"
    if clause.adverb("一定", "千万", "务必") >= 0 or clause.question:
        return edits.insert(head, "不")
    return edits.replace(head, "不用")


def _causative(clause: Clause) -> Edits | str:
    head, site = clause.predicate.head, clause.predicate.site
    edits = Edits(clause.tokens)
    word = clause.word(head)
    if word == "请":
        return _request(clause)
    if word in ("让", "叫") and clause.kind(site) == "piv" and (clause.kind(head - 1) not in ("n", "pron", "x", "out") or clause.word(head - 1) in ("你", "您")):
        return "an invitation"
    if any(token.word in ("更", "更加", "最") for token in clause.tokens) or clause.final("de") > head or clause.adverb("已", "已经") >= 0:
        return "a degree before the verb"
    if clause.kind(head - 1) == "deg" or any(word in ("有点", "有些", "有点儿", "一点") for word in clause.words(0, clause.end)):
        return "a degree before the verb"
    les = [at for at in range(head, clause.end) if clause.kind(at) == "le" and not any(clause.kind(i) == "bou" for i in range(at, clause.end))]
    if clause.word(clause.end) == "吧":
        return "an invitation"
    if not clear_before(clause) or "还" in clause.words(head, clause.end):
        return "something unread stands before the verb"
    if clause.governed and not clause.subject():
        return "an earlier modal reaches here"
    if not clause.subject() and clause.kind(clause.end - 2) == "de" and clause.word(clause.end - 1) in MEANS:
        return "what may be a noun phrase"
    if word == "叫" and (clause.kind(head + 1) in VERBAL or head + 2 == clause.end):
        return "two verbs"
    if clause.kind(head + 1) == "bou":
        return "a time"
    if clause.kind(head - 1) in ("v", "vn", "say") or clause.has(("被",), 0, head):
        return "two verbs"
    if len(les) > 1 or clause.word(site) in ("一再", "多次", "反复", "再三", "屡次") or clause.adverb("正在", "正", "必将", "必", "势必", "已经", "已", "只", "仅", "还", "再", "将", "一直", "终于", "最终") >= 0:
        return "two events"
    if word in SIMPLE_CAUSES or les or clause.dated:
        return edits.insert(site, "没有").delete(*les).lossy() if les else edits.insert(site, "没有")
    usual = clause.manual or word in ("要求", "鼓励", "帮助", "指导", "协助")
    return edits.insert(site, "不") if usual else "a habit or an event"


def _request(clause: Clause) -> Edits | str:
    at = clause.predicate.head + 1
    if any(token.kind not in ("cnj", "out", "mark", "time", "x", "num") and token.word != "那" for token in clause.tokens[: at - 1]):
        return "an invitation"
    while clause.word(at) in ADDRESSED:
        at += 1
    if clause.kind(at) not in ("v", "vn", "cov", "say", "inn") and not (clause.kind(at) == "a" and clause.kind(at + 1) in ("v", "vn")) or clause.word(at) in ("问", "自觉", "原谅", "谅解", "放心", "见谅", "理解"):
        return "a request that does not take a negation"
    if any(word in ("下", "一下", "点", "一点") for word in clause.words(at + 1, at + 3)):
        return "a request that does not take a negation"
    formal = not clause.said and clause.kind(at) in ("v", "vn") and not clause.exclaimed and at == clause.predicate.head + 1
    return Edits(clause.tokens).insert(at, "勿" if formal else "不要")


def _doubled(word: str) -> bool:
    return len(word) == 2 and word[0] == word[1]
