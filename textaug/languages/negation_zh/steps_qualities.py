"""What a pass does at degrees and adjectives."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.grammar import ASPECT, EASE, LIGHT, NOMINAL, TAKES_VERB, VERBAL, Predicate, gradable
from textaug.languages.negation_zh.scan import Scan
from textaug.languages.negation_zh.tokens import Token
from textaug.languages.negation_zh.words import among

KEEPING = listed("维持 保持 处于 趋于 显示 呈")
"""Verbs whose object is a state: `保持很低`."""
FRAMING = frozenset(["n", "x", "vn", "mark", "pron", "loc", "mod", "shi", "you", "xshi", "piv", "de"])
"""Kinds of words that make an adjective before them a part of a noun phrase."""


def degree(scan: Scan, token: Token) -> Predicate | None:
    """A degree with what it belongs to."""
    last, target = _described(scan)
    if target < 0:
        return _amount(scan, last + 1)
    at, word, following = scan.at, scan.word(target), scan.kind(target + 1)
    if following == "di":
        return scan.opens(target + 2)
    if scan.kind(at - 1) == "de" and at > scan.start and not gradable(scan.tokens[target]):
        return scan.take_noun(target + 1)
    if token.word in ("有些", "有一些") and following not in ("", "le"):
        return _amount(scan, at + 1)
    if scan.weak is not None and scan.word(at - 1) in KEEPING:
        return scan.refuse()
    if scan.word(last) == "好" and scan.kind(at - 1) == "meas" and word in ("习惯", "感觉"):
        return scan.take_noun(target + 1)
    if scan.firm and scan.word(scan.end - 1) == "之一":
        return scan.refuse()
    if scan.weak is not None and scan.kind(at - 1) in ASPECT and word in LIGHT:
        return scan.take_noun(target + 1)
    if following == "de" and target + 2 < scan.end:
        return scan.take_noun(target + 2)
    return _degree_of_a_predicate(scan, last, target)


def _described(scan: Scan) -> tuple[int, int]:
    """Return where the last degree in a row stands, and the word that it belongs to, -1 for none."""
    last = scan.at
    while scan.kind(last + 1) == "deg":
        last += 1
    target = last + 1
    joined = scan.kind(target) == "de" and target + 1 < scan.end and last - scan.at < 2
    if joined and scan.word(last) in ("非常", "十分", "特别", "相当", "无比") and gradable(scan.tokens[target + 1]):
        target += 1
    if target < scan.end and _takes_degree(scan, last, target):
        return last, target
    alone = scan.kind(target) not in (*VERBAL, "n", "pron", "x", "cov", "shi")
    if among("adjective", scan.word(last)) and alone:
        return last, last
    return target - 1, -1


def _takes_degree(scan: Scan, last: int, target: int) -> bool:
    """Say whether a degree belongs to the word behind it: one that is known to, or the clause's last."""
    if gradable(scan.tokens[target]):
        return True
    final = scan.kind(target + 1) == "de" and target + 2 >= scan.end
    kinds = {"v", "vn", "idiom", "inn"}
    if scan.weak is None and scan.word(last) not in ("最", "最为", "更"):
        kinds.add("n")
    ends = final or scan.kind(target + 1) in ("", "le")
    return ends and among("plain-degree", scan.word(last)) and scan.kind(target) in kinds


def _degree_of_a_predicate(scan: Scan, last: int, target: int) -> Predicate | None:
    """Give a degree as the predicate, unless its adjective belongs to a noun or to a verb that follows."""
    at, word, following = scan.at, scan.word(target), scan.kind(target + 1)
    if word in TAKES_VERB and following in VERBAL and (after := scan.relative(target, 2)):
        return scan.take_noun(after)
    if following in (*VERBAL, "cov") and not among("gradable", word) and word not in TAKES_VERB:
        return scan.opens(target + 1)
    if scan.word(last) == "最" and word in LIGHT and following not in ("", "le", "par"):
        return scan.take_noun(target + 1)
    if word in ("多", "少") and following in ("a", "v", "vn", "deg") and scan.kind(target + 2) in ("n", "x"):
        return scan.take_noun(target + 1)
    adjective_here = scan.kind(target) == "a" or among("adjective", word)
    named = following in ("n", "x") and adjective_here and not among("gradable", word)
    if named or (following in NOMINAL and following != "num" and word in LIGHT):
        return scan.take_noun(target + 1)
    if target == at:
        return described(scan, target)
    if word == "有" and scan.modifies(target) and not scan.subject:
        return scan.skip()
    return scan.over(Predicate("deg", at, scan.than(at)))


def _amount(scan: Scan, after: int) -> Predicate | None:
    """Pass over a degree that belongs to a noun (`有些人`) or to a verb that takes none."""
    return scan.opens(after) if scan.kind(after) in VERBAL else scan.take_noun(after)


def adjective(scan: Scan, token: Token) -> Predicate | None:
    """A bare adjective."""
    return described(scan, scan.at)


def described(scan: Scan, at: int) -> Predicate | None:
    """Give a bare adjective as the predicate, unless it belongs to a noun or to a verb."""
    word, following = scan.word(at), scan.kind(at + 1)
    if following in FRAMING:
        return scan.take_noun(at + 1)
    if following in ("v", "say", "piv", "cov", "inn") and word not in TAKES_VERB:
        return scan.opens(at + 1)
    if following in ("neg", "out") and among("nounlike", word):
        return scan.take_noun(at + 1)
    if following == "" and at > scan.start:
        quality = scan.kind(at - 1) == "de" and scan.kind(at - 2) not in VERBAL
        if quality or scan.word(at - 1) in ("和", "、", "与", "及", "之"):
            return scan.take_noun(at + 1)
    if scan.weak is None or _sums_up(scan, at):
        return scan.over(Predicate("a", at, scan.than(at)))
    noun_before = scan.kind(at - 1) in ("n", "x", "loc", "v", "vn")
    if not scan.firm and following in ("", "le") and not among("result", word) and noun_before:
        return Predicate("idiom", at, at)
    scan.at = at + 1
    return None


def _sums_up(scan: Scan, at: int) -> bool:
    """Say whether an adjective is the predicate of the verb phrase before it: `停车方便`, `上网速度快`."""
    if scan.firm or scan.weak is None:
        return False
    if scan.kind(at - 1) in ("n", "x", "loc"):
        return scan.weak.head == scan.start and (scan.unsure or among("plain", scan.word(at)))
    return scan.word(at) in EASE and at == scan.weak.head + 1
