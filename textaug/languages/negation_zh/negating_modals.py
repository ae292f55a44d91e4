"""From an affirmative clause to a negative one: modals."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import doubled
from textaug.languages.negation_zh.negating_judgements import OPINIONS

MODALS = {"难以": "不难", "难于": "不难", "能够": "不能够", "必须": "不必", "须": "无须", "需": "无需", "可以": "不能"}
"""Modals whose negative is another word."""
AGAIN = listed("下次 以后 再 再次 有机会 一定 肯定 仍 继续 下回 今后 将来")
"""Words with which 还 says that it goes on, and does not merely add."""
COMPARING = listed("更 更加 最 太 更好 更快 更多 更大")
HOPING = listed("恳请 敬请 恭请 迫不及待 期待 盼望 期盼 盼 祝 祝愿 注定 命定")
"""Verbs that take a clause with the modal in it."""
_ADVERB, _NOUN = "an adverb that goes with no negation", "what may be a noun phrase"


def modal(clause: Clause) -> Edits | str:
    """Negate a modal, by its own negative."""
    head, edits = clause.head, Edits(clause.tokens)
    word = clause.word(head)
    new = word == "会" and clause.final("le") > head and clause.alone and clause.subject()
    if new and clause.end - head <= 5 and not clause.adverbs() and not _adverbs(clause):
        return edits.insert(head, "还不").delete(clause.final("le"))
    if reason := next((reason for check in _CHECKS if (reason := check(clause))), ""):
        return reason
    if (often := clause.adverb("总是", "总")) >= 0:
        return edits.insert(often, "不") if clause.kind(often - 1) != "n" else "what may be a name"
    if word in ("要", "应", "必须", "需", "须") and clause.governed and not clause.subject():
        return "an earlier modal reaches here"
    if word == "要":
        return _want(clause, edits)
    if clause.adverb("只", "仅", "再") >= 0:
        return _ADVERB
    if (sure := clause.adverb("一定", "必", "必然", "必定")) >= 0:
        return edits.insert(sure, "不" if clause.word(sure) == "一定" else "未")
    if clause.has(("蛮", "挺", "相当"), head):
        return "a degree behind the modal"
    if word == "可以" and head == clause.end - 1 and not clause.question:
        return _passable(clause, edits)
    if clause.adverb("还") >= 0:
        return _still(clause, edits)
    return _plainly(clause, edits)


def _plainly(clause: Clause, edits: Edits) -> Edits | str:
    """A modal without an adverb."""
    head, word, le = clause.head, clause.word(clause.head), clause.final("le")
    if word in ("能", "可以", "想", "敢", "愿意") and le > head + 1:
        if clause.end - head > 6 or clause.adverbs():
            return "a change with 了"
        edits.delete(le)
        return edits.replace(head, "还不能") if word == "可以" else edits.insert(head, "还不").lossy()
    if word == "将会":
        return edits.insert(head, "不", inside=1)
    if word in ("有可能", "有必要", "有权"):
        return edits.insert(head, "没")
    if word in ("能", "可以") and clause.question:
        return edits.insert(head, "不")
    if word == "能":
        short = head + 2 >= clause.end and len(clause.word(head + 1)) < 2
        return edits.insert(head, "不").lossy() if short else edits.replace(head, "无法")
    if word in MODALS:
        edits.replace(head, MODALS[word])
        return edits.lossy() if word in ("难以", "难于") else edits
    if word == "可" and _counted(clause):
        return "可 with an amount"
    return edits.insert(head, "不") if word not in ("得以", "必需", "愿") else "a modal that does not take 不"


def _counted(clause: Clause) -> bool:
    return any(
        (clause.word(at).isdigit() or clause.kind(at) == "num") and clause.kind(at + 1) in ("meas", "n", "num")
        for at in range(clause.head, clause.end)
    )


def _still(clause: Clause, edits: Edits) -> Edits | str:
    """还 goes away where it adds; what goes on ends with 不 … 了."""
    head, still = clause.head, clause.adverb("还")
    word = clause.word(head)
    more = any(clause.word(at) == "再" and clause.kind(at + 1) in ("a", "deg") for at in range(head, clause.end))
    if more or clause.has(("再",), clause.end - 3, clause.end) or clause.final("le") > head or not clause.last:
        return "还"
    if clause.end != len(clause.tokens) and clause.kind(clause.end) == "par":
        return "还"
    lasting = clause.alone and clause.end - head <= 3
    if not lasting and not clause.has(AGAIN):
        return edits.delete(still).replace(head, {"可以": "不能", "能够": "无法"}.get(word, "不" + word)).lossy()
    edits.replace(still, "不").after(clause.end - 1, "了")
    return edits.replace(head, "能").lossy() if word == "可以" else edits


def _passable(clause: Clause, edits: Edits) -> Edits | str:
    """可以 with nothing behind: passable, after a noun; allowed, after 这样."""
    head, still = clause.head, clause.adverb("还")
    if still >= 0 and clause.kind(still - 1) in ("n", "vn", "out", "x"):
        return edits.delete(still).replace(head, "不怎么样").lossy()
    return edits.insert(head, "不") if clause.word(head - 1) in ("这样", "那样", "都", "也") else "可以 alone"


def _want(clause: Clause, edits: Edits) -> Edits | str:
    """要: want to, have to, do."""
    head, following = clause.head, clause.kind(clause.head + 1)
    urged = clause.adverb("一定", "千万", "务必") >= 0
    if following in ("a", "deg", "n", "pron") or clause.has(("比",), 0, head) or clause.word(head + 1) == "用":
        return "要 compares or expects"
    if clause.adverb(*_EXPECTING) >= 0 or clause.has(("需要", "要", "必须"), head + 2):
        return "要 compares or expects"
    if urged and clause.word(head + 1) in ("记得", "注意", "小心", "记住"):
        return "an order that is not negated"
    return edits.insert(head, "不") if urged or clause.question else edits.replace(head, "不用")


_EXPECTING = listed("还 就 只 将 又 快 都 势必 必然 必定 必 肯定 终究")


def _adverbs(clause: Clause) -> str:
    head, word = clause.head, clause.word(clause.head)
    seldom = word != "要" and clause.adverb("最好", "有时", "偶尔", "有时候") >= 0
    if (
        seldom
        or clause.kind(head - 1) == "di"
        or clause.word(head + 1) == "将"
        or clause.word(head - 1) in ("立即", "立刻", "马上", "突然", "忽然")
    ):
        return _ADVERB
    return _noun_phrase(clause) or _judgement_follows(clause)


def _noun_phrase(clause: Clause) -> str:
    """Return why a modal may stand in a relative clause."""
    head, end = clause.head, clause.end
    relative = clause.kind(end - 2) == "de" and clause.kind(end - 3) in ("v", "vn") and end - head > 3
    if relative and clause.kind(head - 1) not in ("n", "pron", "x", "out", "vn"):
        return _NOUN
    return "more than a modal" if clause.word(end - 1) in ("有关", "无关") else ""


def _judgement_follows(clause: Clause) -> str:
    head = clause.head
    at = next((at for at in range(head + 1, clause.end) if clause.kind(at) == "shi"), 0)
    follows = clause.some(("xshi",), head + 1, head + 3) or (at and not clause.some(("say",), head, at))
    return "a judgement follows" if follows or clause.adverb("立即", "即") >= 0 else ""


def _expected(clause: Clause) -> str:
    due = clause.word(clause.head) in ("要", "会", "该", "应该", "应当", "得")
    return "an expectation with 了" if due and clause.final("le") > clause.head else ""


def _graded(clause: Clause) -> str:
    """Return why a degree or a comparison bars a negation."""
    head = clause.head
    aside = clause.word(head) in ("应该", "应当") or head + 2 >= clause.end
    said = clause.word(head + 1) == "说" and aside
    if clause.kind(head - 1) == "deg" or clause.word(head - 1) in ("所", "算") or said:
        return "a degree before the modal"
    again = clause.word(head + 1) == clause.word(head + 2) or (
        len(clause.word(head + 1)) == 2 and doubled(clause.word(head + 1))
    )
    if clause.has(COMPARING, head + 1, head + 3) or again:
        return "a degree behind the modal"
    if clause.has(("比",), head, clause.end) or clause.adverb("尚", "曾", "曾经", "便", "才", "正") >= 0:
        return "a comparison"
    return ""


def _behind(clause: Clause) -> str:
    """Return why what stands behind a modal bars a negation."""
    head, end, word = clause.head, clause.end, clause.word(clause.head)
    if clause.some(("wh",), head, end):
        return "asks"
    if clause.has(("请",), head + 1, end) or (word == "想" and clause.kind(head + 1) == "deg"):
        return "an order follows"
    if clause.kind(head + 1) == "out" and clause.word(head + 1) != "再":
        return _NOUN
    loose = not clause.subject() and clause.kind(end - 1) in ("n", "x") and clause.some(("de",), head + 2, head + 4)
    if loose or (clause.kind(head + 2) == "de" and (head + 3 < end or not clause.subject())):
        return _NOUN
    if word not in ("可以", "能", "会") and clause.has(("一下", "一番"), head, end):
        return "a try"
    denied = any(t.kind == "idiom" and ("不" in t.word or "无" in t.word) for t in clause.tokens[head:])
    return "a second negation follows" if denied else ""


def _within(clause: Clause) -> str:
    """Return why a modal may stand in the object of another verb, or of a noun."""
    head, word = clause.head, clause.word(clause.head)
    if (word == "想" and clause.has(("会", "应该", "能", "可能", "可以"), head + 1)) or clause.has(HOPING, 0, head):
        return "a clause within"
    if clause.wished:
        return "an earlier modal reaches here"
    if word == "可" and clause.kind(head + 2) == "dei":
        return "a clause within"
    if clause.some(("say",), 0, head) and clause.last_of(OPINIONS):
        return _NOUN
    return _NOUN if clause.has(("之",), head, clause.end) and clause.kind(clause.end - 1) == "n" else ""


def _several(clause: Clause) -> str:
    """Return why there are two predicates."""
    head = clause.head
    resumed = any(
        clause.word(at) in ("仍", "仍然", "依然", "还", "也") and clause.kind(at + 1) in ("mod", "v", "vn", "you")
        for at in range(head + 2, clause.end)
    )
    if resumed:
        return "two predicates"
    if clause.has((clause.word(head),), head + 2, clause.end):
        return "two modals"
    open_one = clause.has(("怎么", "无论"), 0, head)
    return "two modals" if clause.kind(head + 1) in ("mod", "cnj") or open_one else ""


_CHECKS: tuple[Callable[[Clause], str], ...] = (_adverbs, _expected, _graded, _behind, _within, _several)
