"""From a negative clause to an affirmative one: what goes with the negator, and what comes in its place."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.doubts import embedded
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.negating_causatives import SIMPLE_CAUSES
from textaug.languages.negation_zh.grammar import ASPECT, KNOWING, VERBAL, Predicate, gradable, group_end
from textaug.languages.negation_zh.predicates import find
from textaug.languages.negation_zh.words import among, known

INSTEAD = {
    "无法": "能", "不必": "必须", "无须": "须", "无需": "需", "不用": "要", "不再": "仍然", "未曾": "曾", "尚未": "已", "不怎么样": "不错",
}  # fmt: skip
"""What stands in a negator's place, back and forth."""
NEARLY = {
    "未能": "能", "没能": "能", "没法": "能", "没法儿": "能", "无权": "有权", "不得": "可以", "不许": "可以", "不准": "可以", "并非": "是", "绝非": "是",
    "决非": "是", "未必": "一定", "从未": "曾", "并未": "", "尚无": "已有", "并无": "有", "无人": "有人", "没人": "有人", "互不": "互相", "从不": "经常",
    "绝不": "一定", "决不": "一定", "永不": "永远", "切勿": "", "勿": "", "别": "", "甭": "", "莫": "", "毫无": "很有", "无": "有", "无意": "有意", "非": "是",
}  # fmt: skip
"""What stands in a negator's place, and does not come back."""
TIMELESS = listed("觉得 感觉 感到 喜欢 想 知道 认为 属于 具有 需要 愿意")
BOUND = listed("任何 什么 丝毫 半点 啥 多少 几 怎么")
ADDRESSING = listed("请 希望 建议 最好 大家 你 您 你们 千万")
LEAST = listed("一点 一点儿 丝毫 半点 毫")
ROOM = listed("地方 时候 机会 时间 办法 方法 必要 理由 人 东西 可能 空间 条件 能力 迹象 意思 打算 资格 权利 余地 心情 勇气 欲望")
"""Nouns that 没有 denies, whatever stands before their 的."""
_FIXED = "a word that lives with a negation"


def affirmed(clause: Clause) -> Edits | str:
    """Return the edits that take a clause's negation away, or why that cannot be done."""
    predicate = clause.predicate
    edits = Edits(clause.tokens)
    if predicate.kind == "potential":
        if clause.final("le") >= 0 or clause.adverb("还", "再", "也") >= 0 or any(word in BOUND for word in clause.words(predicate.head, clause.end)):
            return "a change with 了"
        return edits.replace(predicate.head + 1, "得")
    if predicate.kind == "degree":
        return _quality(clause, edits, predicate.head + 2)
    head = predicate.head
    if any(
        token.kind == "neg" and at != head and not (clause.kind(at + 1) == "a" and at + 2 == head) and not any(clause.kind(i) == "de" or clause.word(i) in ("则", "就") for i in range(at, head))
        for at, token in enumerate(clause.tokens[: clause.end])
        if head - 6 < at
    ):
        return "a second negation"
    if any(clause.kind(at) == "de" and clause.kind(at + 1) in ("mod", "neg", "out") for at in range(head, clause.end)):
        return "what may be a noun phrase"
    if embedded(clause):
        return "what may be a noun phrase"
    if clause.some(("di",), head, head + 3):
        return "an adverbial"
    if clause.word(head) in ("未能", "没能", "不得") and (clause.has(("长时间", "长期", "迟迟", "始终"), 0, head) or clause.kind(head - 1) == "v"):
        return _FIXED
    if any(word in ("因", "因为", "由于") for word in clause.words(head - 5, head)):
        return "a reason within"
    if any(clause.word(at) in ("就", "才", "便", "则", "就是", "便是") for at in range(head + 1, clause.end)):
        return "a condition"
    if _lives_with_it(clause):
        return _polar(clause, edits)
    if head + 1 >= clause.end and clause.word(head) != "不怎么样":
        return _bare(clause, edits)
    rules = {"不": _bu, "没": _mei, "没有": _mei, "未": _wei, "不要": _imperative, "别": _imperative}
    return rules.get(clause.word(head), _other)(clause, edits)


def _lives_with_it(clause: Clause) -> bool:
    """Say whether an adverb stands before that lives with a negation only, or a least amount: `一点也不`."""
    head = clause.predicate.head
    if clause.adverb("再也", "几乎", "差点", "丝毫", "从来", "历来", "毫", "万万", "迟迟", "无论如何", "何尝", "根本", "绝", "决", "才") >= 0:
        return True
    if clause.word(head - 1) in LEAST:
        return True
    amount = any(word in ("一点", "一点儿", "丝毫", "半点", "一句", "一个", "一次", "一") for word in clause.words(0, head - 1))
    return amount and clause.word(head - 1) in ("也", "都")


def _polar(clause: Clause, edits: Edits) -> Edits | str:
    head = clause.predicate.head
    if clause.word(head - 1) in LEAST:
        if clause.word(head) == "不" and head + 2 == clause.end and gradable(clause.tokens[head + 1]):
            return edits.delete(head).replace(head - 1, "有点").lossy()
        return _FIXED
    word, before = clause.word(head), clause.word(head - 1)
    if word == "不" and clause.word(head - 2) == "一点儿" and before == "都" and head + 2 == clause.end and gradable(clause.tokens[head + 1]):
        return edits.delete(head, head - 1).replace(head - 2, "有点儿")
    if word == "不" and clause.word(head - 2) in ("一点", "一点儿") and head + 2 == clause.end and gradable(clause.tokens[head + 1]):
        edits.delete(head, head - 1)
        if clause.word(head - 2) != "一点":
            edits.lossy()
        return edits.replace(head - 2, "有点") if before == "也" else edits.replace(head - 2, "太").after(clause.end - 1, "了")
    if (before == "根本" and word in ("不", "没有", "没")) or before in ("绝", "决"):
        inner = _without(clause, edits.delete(head - 1))
        return inner.lossy() if isinstance(inner, Edits) else inner
    ever = clause.adverb("从来")
    if ever < 0 or clause.final("le") >= 0:
        return _FIXED
    if clause.word(ever - 1) == "还":
        return _FIXED
    if word in ("没", "没有"):
        edits.replace(ever, "曾经").delete(head)
        if word == "没有" or clause.word(head + 1) in ("见", "听说"):
            edits.lossy()
        return edits if "guo" in (clause.kind(at) for at in range(head, clause.end)) else _FIXED
    if word != "不" or clause.kind(head + 1) not in ("v", "vn", "cov"):
        return _FIXED
    return edits.delete(head).replace(ever, "总是") if head == ever + 1 else edits.delete(ever, head).lossy()


def _without(clause: Clause, edits: Edits) -> Edits | str:
    return (_bu if clause.word(clause.predicate.head) == "不" else _mei)(clause, edits)


def _bare(clause: Clause, edits: Edits) -> Edits | str:
    """A negator with nothing behind it."""
    head = clause.predicate.head
    if clause.has(("连",), 0, head):
        return _FIXED
    if clause.word(head) != "没有" or not head or clause.word(head - 1) in ("了", "还") or clause.kind(head - 1) in ("le", "v"):
        return "an answer"
    return edits.replace(head, "有") if clause.word(head - 1) in ("都", "也", "就") else edits.replace(head, "有").lossy()


def _bu(clause: Clause, edits: Edits) -> Edits | str:
    head = clause.predicate.head
    if any(word in BOUND for word in clause.words(head + 1, clause.end)) and clause.word(head + 1) not in ("怎么", "知道", "清楚", "明白", "记得", "确定", "了解"):
        return _FIXED
    if clause.word(head - 1) == "也" and any(word in ("什么", "谁", "哪里", "哪儿", "哪", "怎么") for word in clause.words(0, head)):
        edits.replace(head - 1, "都").lossy()
    following, word, before, le = clause.kind(head + 1), clause.word(head + 1), clause.word(head - 1), clause.final("le")
    if word in ("仅", "但", "光", "止", "单", "必", "如", "及", "愧", "料", "外", "妨"):
        return "not a negation"
    if before in ("保持", "维持"):
        return _FIXED
    if word == "一定" and head + 2 == clause.end:
        return "an answer"
    if word in ("所", "加") or before in ("和", "跟", "与", "同"):
        return _FIXED
    if word == "只有":
        return edits.delete(head)
    if following == "shi":
        return _is_not(clause, edits)
    if following == "mod" and before in ("千万", "切", "决", "万万"):
        return _FIXED
    if before == "并" and word == "能":
        return edits.delete(head - 1, head).replace(head + 1, "可以").lossy()
    if before == "并" and word == "太":
        return edits.delete(head - 1, head) if head + 2 < clause.end and gradable(clause.tokens[head + 2]) else _FIXED
    if before == "并" and word == "怎么":
        return _hardly(clause, edits.delete(head - 1))
    if before == "并":
        return _quality(clause, edits, head) if gradable(clause.tokens[head + 1]) else edits.replace(head - 1, "的确").delete(head)
    if le > head + 1:
        return _no_more(clause, edits, le)
    if following == "mod":
        if any(clause.kind(at) == "wh" for at in range(head, clause.end)):
            return "asks"
        if before == "还" and clause.last and clause.end - head <= 6:
            edits.delete(head - 1, head).after(clause.end - 1, "了")
            return edits.replace(head + 1, "可以") if word == "能" else edits
        if before == "还":
            return "还"
        if word == "能" and not clause.question:
            return edits.delete(head).replace(head + 1, "可以")
        if word == "可" and (clause.end - head <= 4 or clause.word(head + 2) in ("缺少", "忽视", "避免", "替代", "分割", "估量", "低估", "多得")):
            return "a fixed phrase"
        return edits.delete(head).lossy() if word == "可以" and not clause.question else edits.delete(head)
    if before in ("还", "再"):
        return "还"
    if word == "算":
        return _counts(clause, edits)
    if word == "大" and head + 2 < clause.end and (gradable(clause.tokens[head + 2]) or clause.kind(head + 2) == "deg"):
        return edits.delete(head).replace(head + 1, "很").lossy()
    if word == "怎么" or (following == "deg" and head + 2 < clause.end and gradable(clause.tokens[head + 2])):
        return _not_very(clause, edits)
    if gradable(clause.tokens[head + 1]) or following == "a":
        return _quality(clause, edits, head)
    if word in ("知", "值"):
        return edits.delete(head).after(head + 1, {"知": "道", "值": "得"}[word]).lossy()
    if following in (*VERBAL, "cov", "inn", "out", "deg", "xshi") and clause.word(head + 1) not in ("大", "甚"):
        return _habit(clause, edits)
    return "no verb behind 不"


def _habit(clause: Clause, edits: Edits) -> Edits | str:
    """不 before a verb."""
    head = clause.predicate.head
    following, word = clause.kind(head + 1), clause.word(head + 1)
    if (word == "说" and head + 2 == clause.end) or clause.word(head + 2) in ("这么", "那么"):
        return _FIXED
    verb = next((at for at in range(head + 1, clause.end) if clause.kind(at) in VERBAL), head + 1) if following in ("inn", "cov") else head + 1
    if following in ("v", "vn", "inn", "cov") and word != "比" and not known(clause.word(verb)):
        return "a verb that is not known well"
    if head + 2 == clause.end and len(word) == 1 and not (clause.alone and among("single", word)):
        return "a verb alone"
    exact = among("stative", word) and (word in KNOWING or not any(token.kind == "wh" for token in clause.tokens))
    return edits.delete(head) if exact else edits.delete(head).lossy()


def _counts(clause: Clause, edits: Edits) -> Edits | str:
    """不算 before an adjective."""
    head = clause.predicate.head
    if head + 3 != clause.end or not gradable(clause.tokens[head + 2]) or among("ungraded", clause.word(head + 2)):
        return "算"
    return edits.delete(head).replace(head + 1, "还算") if among("positive", clause.word(head + 2)) else edits.delete(head).replace(head + 1, "有些")


def _hardly(clause: Clause, edits: Edits) -> Edits | str:
    """并不怎么 before an adjective."""
    head = clause.predicate.head
    if head + 2 >= clause.end or not gradable(clause.tokens[head + 2]):
        return "怎么"
    return edits.delete(head).replace(head + 1, "挺")


def _is_not(clause: Clause, edits: Edits) -> Edits | str:
    """不是 before a degree is a negator as a whole; before anything else 是 stays."""
    head = clause.predicate.head
    if clause.word(head + 2) in ("一般", "一点", "一星半点", "闹着玩", "吹", "盖") or "一点半点" in "".join(clause.words(head, clause.end)):
        return "a fixed phrase"
    merely = clause.word(head - 1) == "并"
    target = head + 2
    while clause.kind(target) == "deg" and target + 1 < clause.end:
        target += 1
    target += clause.kind(target) == "de"
    if merely:
        edits.delete(head - 1)
    if clause.word(head + 2) == "太":
        return edits.delete(head, head + 1).replace(head + 2, "很").lossy() if head + 2 == target - 1 else "a fixed phrase"
    if clause.word(head + 2) == "很" and target == head + 3 == clause.end - 1 and gradable(clause.tokens[target]) and not merely:
        return edits.delete(head, head + 1).replace(head + 2, "蛮").after(target, "的")
    if clause.word(head + 2) in ("每天", "天天", "每次", "每年", "年年"):
        return edits.delete(head, head + 1)
    described = head + 2 < target < clause.end and gradable_or_last(clause, target) and clause.final("de") < 0 and clause.kind(target + 1) != "de"
    return edits.delete(head, head + 1).lossy() if described else edits.delete(head)


def gradable_or_last(clause: Clause, at: int) -> bool:
    """Say whether a degree before this word belongs to it."""
    return gradable(clause.tokens[at]) or at == clause.end - 1


def _no_more(clause: Clause, edits: Edits, le: int) -> Edits | str:
    """不…了: no more; 还 says that it goes on."""
    head = clause.predicate.head
    if clause.kind(head - 1) == "deg" and clause.word(head - 1) == "太":
        return edits.delete(head)
    if any(word in ("从此", "以后", "今后", "再") for word in clause.words(0, head)) and clause.kind(head + 1) == "v":
        return "a change with 了"
    if clause.kind(head + 1) not in ("mod", "v") or clause.adverb("还", "再", "也", "都", "就", "已经", "已") >= 0:
        return "a change with 了"
    if clause.kind(head + 1) == "v" and any(token.kind in ("v", "say") for token in clause.tokens[:head]) or "算" in clause.words(head, clause.end):
        return "a change with 了"
    return edits.replace(head, "还").delete(le).lossy()


def _not_very(clause: Clause, edits: Edits) -> Edits | str:
    head = clause.predicate.head
    word, target = clause.word(head + 1), clause.word(head + 2)
    if among("ungraded", target):
        return "a degree that lives with a negation"
    if word == "太":
        return edits.delete(head).replace(head + 1, "很" if target == "可能" else "比较")
    if word == "怎么":
        if head + 2 >= clause.end or not gradable(clause.tokens[head + 2]):
            return "怎么"
        edits.delete(head).replace(head + 1, "挺")
        return edits.after(clause.end - 1, "的") if clause.end == head + 3 else edits.lossy()
    if word == "那么" and clause.word(head - 1) != "并":
        return edits.delete(head).replace(head + 1, "较")
    if word in ("这么", "那么", "大", "甚"):
        return "a degree that lives with a negation"
    return edits.delete(head)


def _quality(clause: Clause, edits: Edits, at: int) -> Edits | str:
    """不 before an adjective: 很 stands in its place, unless a degree stands there already."""
    if at + 1 >= clause.end:
        return "an answer"
    before, word = clause.word(at - 1), clause.word(at + 1)
    if word == "干" or before == "尚":
        return _FIXED
    if word == "轻" and clause.kind(at - 1) in ("dei", "de"):
        return _FIXED
    if clause.kind(at - 1) == "deg":
        if before in ("有点", "有点儿", "有些", "比较", "还算"):
            if among("ungraded", word):
                return "a degree that lives with a negation"
            return edits.delete(at).replace(at - 1, "很").lossy()
        if among("positive", word) and before in ("很", "非常"):
            return edits.delete(at).replace(at - 1, "相当" if before == "很" else "极其")
        return edits.delete(at).lossy() if before != "好" else "好不"
    if clause.final("de") == at + 2 or clause.final("le") >= 0:
        return "的 at the end"
    if word == "比":
        return edits.delete(at)
    if among("gradable", word) and not among("adjective", word):
        if clause.final("de") > 0:
            edits.lossy()
        return edits.replace(at - 1, "的确").delete(at) if before == "并" else edits.delete(at)
    if before == "并":
        edits.delete(at - 1)
        named = at < 2 or clause.kind(at - 2) in ("n", "v", "vn", "x", "out", "say", "pron", "loc", "meas")
        return edits.delete(at) if named else edits.replace(at, "很").lossy()
    if among("ungraded", word):
        return edits.delete(at) if clause.final("de") < 0 else edits.delete(at).lossy()
    if not among("adjective", word):
        return "an adjective that is not known well"
    return edits.delete(at) if clause.word(at - 2) == "比" else edits.replace(at, "很")


def _mei(clause: Clause, edits: Edits) -> Edits | str:
    head = clause.predicate.head
    if clause.word(head - 1) == "也" and any(word in ("什么", "谁", "哪里", "哪儿", "哪") for word in clause.words(0, head)):
        edits.replace(head - 1, "都").lossy()
    before, le = clause.word(head - 1), clause.final("le")
    if before == "并":
        edits.delete(head - 1).lossy()
    if any(word in BOUND or word[0] == "几" for word in clause.words(head + 1, clause.end)):
        if clause.word(head + 1) == "任何" and (clause.kind(head + 2) in ("n", "vn", "a") or head + 3 == clause.end):
            return edits.replace(head, "有").delete(head + 1).lossy()
        return _FIXED
    if any(clause.kind(at) == "guo" for at in range(head + 1, clause.end)) and clause.word(head + 1) == "听说":
        return edits.delete(head)
    if clause.kind(head + 2) == "guo":
        return edits.delete(head) if clause.word(head) == "没" else edits.delete(head).lossy()
    if clause.word(head + 1) == "用" and head + 2 == clause.end:
        return edits.replace(head, "有") if clause.word(head) == "没有" else edits.replace(head, "有").lossy()
    if clause.word(head + 1) == "必要":
        return edits.replace(head, "有").lossy()
    inner = find(clause.tokens, head + 1, True)
    if clause.word(head) == "没" and clause.word(head + 1) == "有":
        return edits.delete(head)
    if inner is None and clause.kind(head + 1) == "cov" and head + 2 < clause.end:
        return "no verb behind 没"
    if clause.kind(head + 1) == "say" and inner is not None and not _done(clause, inner):
        return "a question within"
    if inner is None or not _done(clause, inner):
        return _had_not(clause, edits, le)
    return _did_not(clause, edits, inner, le)


def _done(clause: Clause, inner: Predicate) -> bool:
    """Say whether 没 denies a verb, rather than a noun behind it."""
    at = clause.predicate.head + 1
    kind, following = clause.kind(at), clause.kind(at + 1)
    if kind in ("n", "num", "x", "meas", "mark", "attributive", "pron", "wh", "de") or (kind == "a" and following in ("n", "de", "vn", "")):
        return kind == "a" and following == ""
    if kind in ("v", "vn") and clause.kind(group_end(clause.tokens, at, clause.end)) == "de":
        return False
    if clause.kind(clause.end - 2) == "de" and clause.word(clause.end - 1) in ROOM:
        return False
    if kind == "deg":
        return inner.kind not in ("deg", "a") and not any(clause.kind(i) == "de" for i in range(at, clause.end))
    if kind == "vn" or (kind in ("v", "inn") and following in ("de", "vn")) or clause.word(at) in ("帮助", "需要", "感觉", "保障", "保证", "反应", "要求", "意见"):
        return not (following in ("", "de", "par") or (following in ("n", "vn", "x") and any(clause.kind(i) == "de" for i in range(at, clause.end))))
    if clause.word(clause.end - 1) in ("现象", "情况", "问题", "事件", "迹象", "痕迹", "功能", "要求", "打算", "意思") and clause.end - at == 2:
        return False
    if kind == "a" and clause.word(at + 1) == "到":
        return False
    if inner.weak and not any(clause.kind(i) in ASPECT for i in range(at, clause.end)):
        verb, rest = clause.word(inner.head), [clause.kind(i) for i in range(inner.head + 1, clause.end)]
        if inner.head == at and set(rest) <= {"n"} and len(rest) < 2 and (rest or kind == "vn") and not known(verb):
            return False
    return inner.kind in ("v", "degree", "piv", "mod", "a", "you")


def _had_not(clause: Clause, edits: Edits, le: int) -> Edits | str:
    head = clause.predicate.head
    if any(clause.kind(at) == "le" for at in range(head, clause.end - 1)):
        return "an event behind what is not had"
    before, last = clause.word(head - 1), clause.kind(clause.end - 1)
    if clause.kind(head + 1) == "idiom":
        return "idiom"
    if clause.word(head - 1) in ("搞", "弄", "整", "玩") or clause.word(head + 1) in ("上去", "上来", "下去", "进去"):
        return _FIXED
    if clause.word(head + 2) in ("到", "出来", "起来", "完", "见", "成", "掉", "下来", "上"):
        return "a verb that is not known well"
    if le > head + 1:
        return edits.replace(head, "还有").delete(le).lossy() if not clause.adverbs() and not clause.question else "a change with 了"
    if before == "还":
        return edits.replace(head - 1, "已经").replace(head, "有") if not _lately(clause) else _FIXED
    if any(word in ("这么", "那么") for word in clause.words(head + 2, clause.end)) and last not in ("a", "deg"):
        return "a comparison"
    if last in ("a", "deg") and clause.word(head + 1) not in ("那么", "这么", "一点"):
        return "a comparison"
    if before == "从" or clause.word(head + 1) in ("比", "多久"):
        return _FIXED
    return edits.replace(head, "有") if clause.word(head) == "没有" else edits.replace(head, "有").lossy()


def _lately(clause: Clause) -> bool:
    """Say whether a time is told that goes with 还没 only."""
    return any(word in ("暂时", "至今", "迄今", "一直", "目前为止", "始终") for word in clause.words(0, clause.predicate.head))


def _did_not(clause: Clause, edits: Edits, inner: Predicate, le: int) -> Edits | str:
    """没 before a verb: 过 and 着 stay, otherwise the verb takes 了."""
    head = clause.predicate.head
    before = clause.word(head - 1)
    if le > head or inner.kind == "degree" or (inner.weak and clause.kind(clause.end - 1) == "a" and clause.end - head > 3):
        return "a change with 了"
    if clause.kind(head - 1) == "num" and clause.word(head - 1)[-1] in "天年月夜晚周":
        return "a time without it"
    if clause.kind(head - 1) == "meas" and clause.kind(head - 2) in ("num", "x", "pron") and clause.word(head - 1) in ("天", "年", "月", "小时", "夜", "晚", "分钟", "周", "星期"):
        return "a time without it"
    if clause.word(head + 1) == "在" and clause.kind(head + 2) in VERBAL:
        return edits.delete(head) if clause.word(head) == "没" else edits.replace(head, "正")
    edits.delete(head)
    if inner.kind == "piv" and clause.word(inner.head) not in SIMPLE_CAUSES:
        return edits.after(inner.head, "了") if clause.word(head) == "没有" else edits.after(inner.head, "了").lossy()
    if any(clause.kind(at) == "guo" for at in range(inner.head + 1, clause.end)) and clause.kind(group_end(clause.tokens, inner.head, clause.end)) != "guo":
        return edits.lossy()
    end = group_end(clause.tokens, inner.head, clause.end)
    if inner.kind in ("mod", "piv") or clause.word(inner.head) in TIMELESS:
        return edits
    if clause.word(end - 1) in ("在", "于", "自", "向") and end - 1 > inner.head:
        return edits.lossy()
    if clause.kind(end) in ASPECT or clause.kind(inner.head + 1) in ASPECT:
        if clause.kind(end) == "guo" and before in ("从", "还", "一直", "再"):
            return edits.replace(head - 1, "曾经").lossy() if before == "从" else _FIXED
        return edits if clause.word(head) == "没" else edits.lossy()
    if clause.adverb("一直", "始终", "再", "总") >= 0:
        return "an adverb that goes with no event"
    if before in ("还", "尚") and _lately(clause):
        return _FIXED
    if before in ("还", "尚"):
        edits.replace(head - 1, "已经")
        late = end == clause.end or (clause.word(head) == "没" and clause.end - end <= 3 and clause.last)
        return edits.after(clause.end - 1 if late else end - 1, "了").lossy()
    if end == clause.end or (clause.word(head) == "没" and clause.end - end <= 3 and clause.last):
        return edits.after(clause.end - 1, "了") if clause.word(head) == "没" else edits.after(clause.end - 1, "了").lossy()
    return edits.after(end - 1, "了") if clause.word(head) == "没有" else edits.after(end - 1, "了").lossy()


def _wei(clause: Clause, edits: Edits) -> Edits | str:
    """未: what is told of an event needs no 了."""
    head = clause.predicate.head
    before = clause.word(head - 1)
    if before in ("尚", "还", "仍"):
        if before == "还":
            whole = group_end(clause.tokens, head + 1, clause.end) == clause.end
            edits.replace(head - 1, "已经").delete(head)
            return edits.after(clause.end - 1, "了").lossy() if whole else edits
        return edits.replace(head - 1, "已").delete(head).lossy()
    if before in ("从", "并", "均", "皆"):
        return edits.delete(head).replace(head - 1, {"从": "曾", "并": ""}.get(before, before)).lossy()
    if clause.kind(head + 1) == "out":
        return edits.delete(head)
    if clause.word(head + 1) in ("必", "免", "尝", "及", "见", "有"):
        return edits.delete(head) if clause.word(head + 1) == "必" else _FIXED
    if clause.kind(head + 1) not in (*VERBAL, "cov", "inn", "a"):
        return "no verb behind 未"
    return edits.delete(head)


def _imperative(clause: Clause, edits: Edits) -> Edits | str:
    """不要, 别: an order when nobody else is the subject."""
    head = clause.predicate.head
    before = clause.word(head - 1)
    if clause.word(head) == "别" and clause.final("le") == head + 2 and not head:
        return edits.delete(head).replace(head + 2, "吧")
    if clause.final("le") > head or clause.kind(head + 1) == "deg" or (clause.kind(head + 1) == "a" and clause.kind(head + 2) not in VERBAL) or before in ("再", "也", "更"):
        return "a change with 了"
    if before in ("千万", "一定"):
        return edits.replace(head, "要") if clause.word(head) == "不要" else edits.replace(head, "要").lossy()
    subject = any(token.kind in ("pron", "n") for token in clause.tokens[:head])
    if clause.word(head) == "不要" and subject and before not in ADDRESSING:
        own = any(token.kind in ("pron", "piv") for token in clause.tokens[:head])
        return edits.replace(head, "要" if own else "可以").lossy()
    if clause.kind(head + 1) == "idiom" and head + 2 == clause.end:
        return "idiom"
    if before == "都" and not any(token.kind in ("pron", "n") for token in clause.tokens[:head]):
        return _FIXED
    usual = clause.word(head) == ("别" if clause.exclaimed else "不要") if before != "请" else clause.said or clause.exclaimed or clause.kind(head + 1) not in ("v", "vn")
    return edits.delete(head) if usual and before in ("", "请", "您", "大家") else edits.delete(head).lossy()


def _other(clause: Clause, edits: Edits) -> Edits | str:
    head = clause.predicate.head
    word = clause.word(head)
    if word not in ("无法", "不再") and clause.kind(head + 2) == "idiom" and head + 3 == clause.end:
        return "idiom"
    if clause.has(("任何", "丝毫"), head) or clause.word(head + 1) == "再":
        return _FIXED
    if clause.final("le") >= 0 or (word == "毫无" and clause.word(head + 1) in ("疑问", "顾忌", "保留", "疑义")):
        return "a change with 了"
    if word in ("绝不", "决不", "永不") and clause.kind(head + 1) == "mod" and clause.word(head + 1) != "会":
        return edits.delete(head).lossy()
    if word == "无" and clause.kind(head - 1) == "meas":
        return _FIXED
    if word == "无" and clause.word(head + 1) == "一" and clause.kind(head + 2) not in ("n", "meas"):
        return _FIXED
    if word in ("无", "尚无", "并无") and clause.kind(head + 1) not in ("n", "vn", "num", "a", "x"):
        return "no noun behind 无"
    if word == "不怎么样":
        return edits.replace(head, "不错") if head == clause.end - 1 else _FIXED
    if word == "不再" and clause.kind(head + 1) in ("v", "vn") and not known(clause.word(head + 1)):
        return _FIXED
    if word == "不再" and clause.kind(head - 1) in VERBAL:
        return _FIXED
    if word == "不再" and clause.adverb("绝对", "永远", "再也", "一定") >= 0:
        return _FIXED
    if word == "无法" and clause.word(head - 1) in ("可能", "也许", "应该", "会", "将"):
        return edits.replace(head, "可以" if clause.word(head - 1) != "会" else "能够").lossy()
    if word == "请勿":
        edits.replace(head, "请")
        return edits.lossy() if clause.said or clause.exclaimed or head or clause.kind(head + 1) not in ("v", "vn") else edits
    if word in INSTEAD:
        return edits.replace(head, INSTEAD[word])
    if word == "并未" and group_end(clause.tokens, head + 1, clause.end) == clause.end:
        return edits.delete(head).after(clause.end - 1, "了").lossy()
    return edits.replace(head, NEARLY[word]).lossy() if word in NEARLY else "a negation that cannot be taken away"
