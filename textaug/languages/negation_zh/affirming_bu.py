"""From a negative clause to an affirmative one: 不."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.affirming_qualities import counts, hardly, not_very, quality
from textaug.languages.negation_zh.clause import BOUND, FIXED, Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import KNOWING, VERBAL, WITH, gradable
from textaug.languages.negation_zh.words import among, known

WORDS = listed("仅 但 光 止 单 必 如 及 愧 料 外 妨")
"""Characters with which 不 makes a word."""
ASKING = listed("怎么 知道 清楚 明白 记得 确定 了解")
"""Words that a question word may follow."""
WHOEVER = listed("什么 谁 哪里 哪儿 哪 怎么")
SURELY = listed("千万 切 决 万万")
INDISPENSABLE = listed("缺少 忽视 避免 替代 分割 估量 低估 多得")
"""Verbs behind 不可 that make a fixed phrase."""
PHRASES = listed("一般 一点 一星半点 闹着玩 吹 盖")
"""What 不是 makes a fixed phrase with."""
HENCEFORTH = listed("从此 以后 今后 再")


def bu(clause: Clause, edits: Edits) -> Edits | str:
    """Take 不 away, with what comes in its place before an adjective."""
    head = clause.head
    following, word, before = clause.kind(head + 1), clause.word(head + 1), clause.word(head - 1)
    if reason := _barred(clause):
        return reason
    if before == "也" and clause.has(WHOEVER, 0, head):
        edits.replace(head - 1, "都").lossy()
    if word == "只有":
        return edits.delete(head)
    if following == "shi":
        return _is_not(clause, edits)
    if before == "并":
        return _merely(clause, edits)
    if (le := clause.final("le")) > head + 1:
        return _no_more(clause, edits, le)
    if following == "mod":
        return _modal(clause, edits)
    if before in ("还", "再"):
        return "还"
    if word == "算":
        return counts(clause, edits)
    graded = head + 2 < clause.end and gradable(clause.tokens[head + 2])
    if word == "大" and (graded or clause.kind(head + 2) == "deg"):
        return edits.delete(head).replace(head + 1, "很").lossy()
    if word == "怎么" or (following == "deg" and graded):
        return not_very(clause, edits)
    if gradable(clause.tokens[head + 1]) or following == "a":
        return quality(clause, edits, head)
    if word in ("知", "值"):
        return edits.delete(head).after(head + 1, {"知": "道", "值": "得"}[word]).lossy()
    verbal = following in (*VERBAL, "cov", "inn", "out", "deg", "xshi") and word not in ("大", "甚")
    return _habit(clause, edits) if verbal else "no verb behind 不"


def _barred(clause: Clause) -> str:
    """Return why 不 stays."""
    head, word, before = clause.head, clause.word(clause.head + 1), clause.word(clause.head - 1)
    if clause.has(BOUND, head + 1, clause.end) and word not in ASKING:
        return FIXED
    if word in WORDS:
        return "not a negation"
    if word == "一定" and head + 2 == clause.end:
        return "an answer"
    if before in ("保持", "维持") or word in ("所", "加") or before in WITH:
        return FIXED
    return FIXED if clause.kind(head + 1) == "mod" and before in SURELY else ""


def _merely(clause: Clause, edits: Edits) -> Edits | str:
    """并不, 的确."""
    head, word = clause.head, clause.word(clause.head + 1)
    graded = head + 2 < clause.end and gradable(clause.tokens[head + 2])
    if word == "能":
        return edits.delete(head - 1, head).replace(head + 1, "可以").lossy()
    if word == "太":
        return edits.delete(head - 1, head) if graded else FIXED
    if word == "怎么":
        return hardly(clause, edits.delete(head - 1))
    if gradable(clause.tokens[head + 1]):
        return quality(clause, edits, head)
    return edits.replace(head - 1, "的确").delete(head)


def _modal(clause: Clause, edits: Edits) -> Edits | str:
    """不 before a modal: 不能, 可以."""
    head, word = clause.head, clause.word(clause.head + 1)
    if clause.some(("wh",), head, clause.end):
        return "asks"
    if clause.has(("连",), 0, head):
        return FIXED
    if clause.word(head - 1) == "还":
        if not clause.last or clause.end - head > 6:
            return "还"
        edits.delete(head - 1, head).after(clause.end - 1, "了")
        return edits.replace(head + 1, "可以") if word == "能" else edits
    if word == "能" and not clause.question:
        return edits.delete(head).replace(head + 1, "可以")
    if word == "可" and (clause.end - head <= 4 or clause.word(head + 2) in INDISPENSABLE):
        return "a fixed phrase"
    return edits.delete(head).lossy(word == "可以" and not clause.question)


def _habit(clause: Clause, edits: Edits) -> Edits | str:
    """不 before a verb."""
    head, end = clause.head, clause.end
    following, word = clause.kind(head + 1), clause.word(head + 1)
    if (word == "说" and head + 2 == end) or clause.word(head + 2) in ("这么", "那么"):
        return FIXED
    at = head + 1
    if following in ("inn", "cov"):
        at = next((at for at in range(head + 1, end) if clause.kind(at) in VERBAL), at)
    if following in ("v", "vn", "inn", "cov") and word != "比" and not known(clause.word(at)):
        return "a verb that is not known well"
    if head + 2 == end and len(word) == 1 and not (clause.alone and among("single", word)):
        return "a verb alone"
    exact = among("stative", word) and (word in KNOWING or not clause.some(("wh",)))
    return edits.delete(head).lossy(not exact)


def _is_not(clause: Clause, edits: Edits) -> Edits | str:
    """不是 before a degree is a negator as a whole; before anything else 是 stays."""
    head, of = clause.head, clause.word(clause.head + 2)
    if of in PHRASES or "一点半点" in "".join(clause.words(head, clause.end)):
        return "a fixed phrase"
    target = _graded(clause)
    if clause.word(head - 1) == "并":
        return (
            edits.delete(head - 1, head, head + 1).lossy() if target else edits.replace(head - 1, "的确").delete(head)
        )
    if of == "太":
        return edits.delete(head, head + 1).replace(head + 2, "很").lossy() if target == head + 3 else "a fixed phrase"
    if of == "很" and target == head + 3 == clause.end - 1 and gradable(clause.tokens[target]):
        return edits.delete(head, head + 1).replace(head + 2, "蛮").after(target, "的")
    if of in ("每天", "天天", "每次", "每年", "年年"):
        return edits.delete(head, head + 1)
    return edits.delete(head, head + 1).lossy() if target else edits.delete(head)


def _graded(clause: Clause) -> int:
    """Return where the adjective stands that a degree behind 不是 makes the predicate, 0 for none: `不是很好的书`."""
    first = target = clause.head + 2
    while clause.kind(target) == "deg" and target + 1 < clause.end:
        if among("adjective", clause.word(target)) and clause.kind(target + 1) == "de":
            break
        target += 1
    target += clause.kind(target) == "de"
    graded = first < target < clause.end and (gradable(clause.tokens[target]) or target == clause.end - 1)
    return target if graded and clause.final("de") < 0 and clause.kind(target + 1) != "de" else 0


def _no_more(clause: Clause, edits: Edits, le: int) -> Edits | str:
    """不…了: no more; 还 says that it goes on."""
    head, following = clause.head, clause.kind(clause.head + 1)
    if clause.kind(head - 1) == "deg" and clause.word(head - 1) == "太":
        return edits.delete(head)
    verbs_before = following == "v" and (clause.has(HENCEFORTH, 0, head) or clause.some(("v", "say"), 0, head))
    if verbs_before or following not in ("mod", "v") or clause.has(("算",), head, clause.end):
        return "a change with 了"
    if clause.adverb("还", "再", "也", "都", "就", "已经", "已") >= 0:
        return "a change with 了"
    return edits.replace(head, "还").delete(le).lossy()
