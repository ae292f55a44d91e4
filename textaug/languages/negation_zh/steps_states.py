"""What a pass does at judgements, 有, modals and negators."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.grammar import NOMINAL, VERBAL, Predicate, gradable
from textaug.languages.negation_zh.scan import Scan
from textaug.languages.negation_zh.steps_grammar import conjunction, noun, outer
from textaug.languages.negation_zh.steps_verbs import saying, verb
from textaug.languages.negation_zh.tokens import Token
from textaug.languages.negation_zh.words import among

BY = listed("根据 按 按照 依据 依照 因")
"""Prepositions behind which 需要 is a noun."""
RESUMING = listed("就 还 再 都 也 才 一定 肯定 便")
"""Adverbs that begin a predicate behind 有."""
SUPPOSING = listed("可能 应该 应 该 应当 也许")


def judgement(scan: Scan, token: Token) -> Predicate | None:
    """是; what 遗憾的是 introduces counts, rather than 是."""
    at = scan.at
    if scan.kind(at - 1) == "de" and at > scan.start + 1 and gradable(scan.tokens[at - 2]):
        said = scan.inner(at + 1)
        if said is not None and not said.weak and said.kind != "shi":
            return said
    return scan.over(Predicate("shi", at, at))


def possession(scan: Scan, token: Token) -> Predicate | None:
    """有, unless it belongs to the subject: `有的人`, `有钱就去`."""
    at = scan.at
    if scan.firm:
        return scan.skip()
    if scan.kind(at + 1) == "de" and at + 2 < scan.end:
        return scan.take_noun(at + 2)
    little = scan.word(at + 1) in ("一点", "一些", "点", "些") and at + 3 >= scan.end
    if little and among("adjective", scan.word(at + 2)):
        return scan.refuse()
    behind = next((place for place in range(at + 1, scan.end) if scan.kind(place) == "out"), scan.end)
    if scan.word(behind) in ("都", "也") and scan.word(behind - 1) != "有" and scan.verbal(behind):
        return scan.refuse()
    if scan.word(behind) in RESUMING and scan.kind(behind - 1) != "de" and scan.verbal(behind):
        return scan.restart(behind)
    owner = scan.kind(at + 1) == "n" and scan.kind(at + 2) == "de"
    if after := scan.relative(at, 2 if owner else 3):
        return scan.take_noun(after)
    return scan.over(Predicate("you", at, at))


def modal(scan: Scan, token: Token) -> Predicate | None:
    """A modal, unless it is a noun, a verb or an adverb here."""
    at, word = scan.at, token.word
    following, before = scan.kind(at + 1), scan.kind(at - 1)
    if word == "需要" and scan.word(at - 1) in BY:
        return noun(scan, token)
    first = at == scan.start or before == "cnj" or following in NOMINAL
    if word == "该" and (first or scan.weak is not None or before in VERBAL):
        return noun(scan, token)
    if following == "guo":
        return scan.over(Predicate("mod", at, at))
    if following == "dei" or (word == "想" and following == "le"):
        return verb(scan, token)
    if following == "cov":
        return scan.over(Predicate("mod", at, at))
    manner = scan.word(at + 1) in ("被", "在", "直接", "自动", "随时")
    if word == "可" and following not in VERBAL and not manner:
        return conjunction(scan, token)
    if after := scan.relative(at, 3):
        return scan.take_noun(after)
    return _modal_or_not(scan, token)


def _modal_or_not(scan: Scan, token: Token) -> Predicate | None:
    at, word, following = scan.at, token.word, scan.kind(scan.at + 1)
    if (
        following == "de"
        or (word in ("可能", "需要", "打算") and following in ("", "shi"))
        or scan.kind(at - 1) == "de"
    ):
        return noun(scan, token)
    if scan.firm and scan.kind(at - 1) == "zhe":
        return scan.refuse()
    needed = word in ("要", "需", "需要") and following in ("num", "meas", "pron")
    if needed or (word in ("要", "想", "会", "需", "需要") and not scan.verbal(at + 1)):
        return verb(scan, token)
    if word in ("能", "可以", "能够") and following == "n" and not scan.verbal(at + 1):
        return noun(scan, token)
    if word == "想" and following in ("pron", "time"):
        return saying(scan, token)
    if word == "可能" and following in ("n", "pron", "num", "x"):
        return outer(scan, token)
    if word == "可" and scan.kind(scan.end - 1) == "de":
        return noun(scan, token)
    if (following == "neg" and word in SUPPOSING) or (following == "mod" and word in ("可能", "应该", "应", "应当")):
        return scan.skip()
    return scan.over(Predicate("mod", at, at))


def negator(scan: Scan, token: Token) -> Predicate | None:
    """A negator, unless it belongs to a noun phrase."""
    at, word, following = scan.at, token.word, scan.kind(scan.at + 1)
    measured = scan.word(at + 1) in ("到", "足", "超过", "少于", "低于") and scan.kind(at + 2) in ("num", "x")
    if word == "不" and measured:
        return scan.take_noun(at + 2)
    prefix = word == "非" and scan.word(at - 1) not in ("并", "绝", "决", "实")
    if prefix or (word in ("非", "无", "未") and following in ("x", "mark", "")):
        return scan.skip()
    if following == "a" and scan.kind(at + 2) in ("shi", "xshi", "neg"):
        return scan.take_noun(at + 2)
    if following in ("v", "vn", "a") and scan.kind(at + 2) == "mod" and not scan.modifies(at + 2):
        return scan.restart(at + 2)
    if word == "无" and scan.kind(at - 1) in VERBAL and at > scan.start:
        return scan.refuse()
    if _prefixed(scan, word):
        return noun(scan, token)
    if word == "无" and scan.kind(at + 2) == "de" and at + 3 < scan.end:
        return scan.take_noun(at + 3)
    if following != "shi" and (after := scan.relative(at, 3 if word in ("没有", "没", "无") else 2)):
        return scan.take_noun(after)
    return scan.over(Predicate("neg", at, scan.before(at)))


def _prefixed(scan: Scan, word: str) -> bool:
    """Say whether a negator belongs to a noun phrase, or is none: `三家无人商店`, `别是`."""
    at, before = scan.at, scan.kind(scan.at - 1)
    if word == "别" and scan.kind(at + 1) == "shi":
        return True
    if at == scan.start:
        return False
    if (
        at > scan.start + 1
        and before == "de"
        and scan.kind(at - 2) not in (*VERBAL, "le", "guo")
        and scan.weak is not None
    ):
        return True
    if scan.word(at - 1) == "、" or (word == "别" and before in ("n", "x", "meas")):
        return True
    return before in ("meas", "num") and scan.kind(at + 1) != "shi" and scan.modifies(at)
