"""From an affirmative clause to a negative one: what bars a negation of any kind, and whose rule it is."""

from __future__ import annotations

from collections.abc import Callable

from textaug.languages.en import listed
from textaug.languages.negation_zh.clause import Clause
from textaug.languages.negation_zh.doubts import embedded
from textaug.languages.negation_zh.edits import Edits
from textaug.languages.negation_zh.grammar import KNOWING
from textaug.languages.negation_zh.negating_adjectives import adjective
from textaug.languages.negation_zh.negating_causatives import causative
from textaug.languages.negation_zh.negating_degrees import complement, degree
from textaug.languages.negation_zh.negating_judgements import judgement, possession
from textaug.languages.negation_zh.negating_modals import modal
from textaug.languages.negation_zh.negating_verbs import verb
from textaug.languages.negation_zh.words import among

EMPHATIC = listed(
    """
    才 又 倒 偏 偏偏 再也 终 几乎 难免 即将 刚 刚刚 终究 毕竟 原来 简直 无非 幸好 幸亏 好在 难怪 怪不得 至少 起码 从
    不愧 单 光 何其 即 竟 居然 竟然 果然 屡 屡屡 素 好歹 反倒 反而 甚至 倒是 至多 便是 真是 明明 恰好 恰恰 无疑
    """
)
"""Adverbs that go with no negator, or mean something else with it."""
DEPENDENT = listed("就 就是 便 才 才能 竟 竟然 居然")
"""Adverbs that make a condition of what stands before them."""
HARMLESS = listed(
    """
    不同 不断 不少 不错 不过 不久 不锈钢 不动产 无线 无数 无线网 无限 无论 无线电 无锡 无私 无线网卡 无比 未来 非常
    非洲 非法 没收 不良 不便 不足 不利 不安 不幸 不满
    """
)
"""Words that begin like a negation and are none, or are one of a noun alone."""
_ADVERB = "an adverb that goes with no negation"


def negated(clause: Clause) -> Edits | str:
    """Return the edits that negate a clause, or why there is no safe place."""
    return _barred(clause) or _RULES[clause.predicate.kind](clause)


def _barred(clause: Clause) -> str:
    """Return what bars a negation of any kind, nothing where it may be tried."""
    head, kind = clause.head, clause.predicate.kind
    if _negation_follows(clause):
        return "a second negation follows"
    if kind in ("mod", "v", "piv") and _tries(clause):
        return "a try"
    if embedded(clause) or (kind in ("you", "mod", "piv") and _heads_a_subject(clause)):
        return "what may be a noun phrase"
    if clause.has(DEPENDENT, head + 1, clause.end):
        return "a condition"
    asked = clause.some(("wh", "asks"), clause.site, clause.end)
    if asked and (clause.word(head) not in KNOWING or clause.question):
        return "asks"
    if kind in ("v", "a") and clause.has(("就是", "真是"), 0, head):
        return _ADVERB
    if clause.some(("adverb",), 0, head) or clause.word(head - 1) in ("方", "这才") or clause.has(("才",), 0, head):
        return _ADVERB
    return _ADVERB if any(clause.word(at) in EMPHATIC for at in clause.adverbs()) else ""


def _negation_follows(clause: Clause) -> bool:
    for token in clause.tokens[clause.head + 1 : clause.end]:
        if token.kind == "idiom" and any(letter in token.word for letter in "不无没未莫非"):
            return True
        if token.kind == "neg" and (token.word != "非" or clause.has(("并", "绝", "决"), clause.head)):
            return True
        if token.word[0] in "不没无未" and len(token.word) > 1 and token.word not in HARMLESS:
            return True
    return False


def _tries(clause: Clause) -> bool:
    """Say whether a verb is said twice, or of a little: `看看`, `看一看`, `帮点忙`."""
    for at in range(clause.head, clause.end):
        word, following = clause.word(at), clause.word(at + 1)
        twice = len(word) == 2 and word[0] == word[1]
        if not (clause.kind(at) in ("v", "vn", "say") or (twice and among("single", word[0]))):
            continue
        again = twice or following == word or (following == "一" and clause.word(at + 2) == word)
        if again or (len(word) == 1 and following == "点" and clause.kind(at + 2) == "n"):
            return True
    return False


def _heads_a_subject(clause: Clause) -> bool:
    """Say whether a 的 follows that another predicate follows: `有用的是`."""
    return any(
        clause.kind(at) == "de" and (clause.kind(at + 1) in ("out", "shi", "mod") or clause.word(at + 1) == "约")
        for at in range(clause.head, clause.end - 2)
    )


def _only(clause: Clause) -> Edits | str:
    """只有 that says how little there is."""
    if clause.adverbs() or clause.some(("v", "mod", "shi", "deg"), clause.head + 1, clause.end):
        return "只有 as a condition"
    return Edits(clause.tokens).insert(clause.head, "不")


_RULES: dict[str, Callable[[Clause], Edits | str]] = {
    "shi": judgement,
    "you": possession,
    "mod": modal,
    "deg": degree,
    "a": adjective,
    "v": verb,
    "piv": causative,
    "degree": complement,
    "only": _only,
}
