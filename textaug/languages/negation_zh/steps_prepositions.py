"""What a pass does at prepositions: 把, 在, 对, 将, …"""

from __future__ import annotations

from textaug.languages.negation_zh.grammar import (
    AND,
    ASPECT,
    NOMINAL,
    OPENING,
    PREDICATIVE,
    TOPICAL,
    VERBAL,
    WITH,
    Predicate,
    group_end,
)
from textaug.languages.negation_zh.scan import Scan
from textaug.languages.negation_zh.steps_grammar import noun, outer
from textaug.languages.negation_zh.steps_qualities import described
from textaug.languages.negation_zh.steps_verbs import verb
from textaug.languages.negation_zh.tokens import Token
from textaug.languages.negation_zh.words import among

_VERB_AS_OBJECT = frozenset(["bou", "loc", "v", "neg", "you", "deg", "piv", "say", "mod"])
"""Kinds of words behind a verb that make it a preposition's object."""


def preposition(scan: Scan, token: Token) -> Predicate | None:
    """A preposition with its object; or what it also is."""
    at, word, following = scan.at, token.word, scan.kind(scan.at + 1)
    if scan.word(at + 1) in ("不", "得") and among("potential", scan.word(at + 2)):
        return verb(scan, token)
    if not among("cov", word):
        return noun(scan, token)
    if word == "将" and _shall(scan):
        return outer(scan, token)
    carried = word in ("由", "被") and following not in VERBAL
    if scan.weak is not None and not scan.firm and (scan.unsure or carried):
        scan.forget()
    if scan.weak is not None:
        return scan.skip()
    if following in VERBAL and (word == "被" or (word == "在" and _progressive(scan, at + 2))):
        return scan.opens(at + 1)
    if word == "于" and following not in ("x", "num", "time", "pron"):
        return noun(scan, token)
    end = _phrase_end(scan, word)
    joins = word in WITH and at > scan.start and scan.kind(at - 1) in (*NOMINAL, "vn", "a")
    if joins and scan.site < 0:
        return scan.take_noun(end)
    if end == at + 1 or scan.kind(end) in ("le", "par", ""):
        return _main(scan, token)
    if word in TOPICAL or (word in OPENING and not scan.subject):
        first = at == scan.start + (scan.kind(scan.start) in ("cnj", "out"))
        scan.outside = at if word == "对" and first else -1
        scan.site, scan.at = -1, end
        return None
    return scan.opens(end)


def _shall(scan: Scan) -> bool:
    """Say whether 将 tells of the future."""
    following, beyond = scan.kind(scan.at + 1), scan.kind(scan.at + 2)
    if following == "a":
        return beyond in VERBAL
    return beyond != "de" and following in (*PREDICATIVE, "cov", "out", "inn", "idiom")


def _progressive(scan: Scan, at: int) -> bool:
    """Say whether 在 before a verb tells what is going on, rather than where: `在运行中`."""
    if scan.kind(at - 1) == "vn" and at >= scan.end:
        return False
    return not (scan.some(("bou", "loc"), at, scan.end) or scan.has(("中", "上", "过程"), at, scan.end))


def _main(scan: Scan, token: Token) -> Predicate | None:
    """Take a preposition for what it also is: an adjective, a verb, or a conjunction of nouns."""
    if token.word == "对":
        return described(scan, scan.at)
    if token.word in ("在", "给", "用", "像", "离", "按", "当"):
        return verb(scan, token)
    return noun(scan, token)


def _phrase_end(scan: Scan, word: str) -> int:
    """Return where a preposition's phrase ends; `在 … 上` ends at its place, whatever stands between."""
    end = _object_end(scan, scan.at + 1)
    if word != "在" or end > scan.at + 1:
        return end
    places = range(end + 1, min(end + 8, scan.end - 1))
    within = next((at for at in places if scan.kind(at) in ("loc", "bou") or scan.word(at) == "中"), 0)
    return within + 1 if within and not scan.some(("neg", "mod", "shi", "out"), end, within) else end


def _object_end(scan: Scan, at: int) -> int:
    """Return where the noun phrase behind a preposition ends."""
    begin = at
    while at < scan.end:
        kind = scan.kind(at)
        if kind == "bou" and at > begin:
            return at + 1
        if kind == "pron" and at > begin and scan.kind(at - 1) in ("loc", "bou"):
            return at
        if _in_object(scan, at, begin):
            at += 1
        elif kind in (*PREDICATIVE, "inn", "wh", "cov", "out") and (after := _inside(scan, at)):
            at = after
        elif not (kind in ("v", "vn", "a") and at == begin and scan.kind(at + 1) in _VERB_AS_OBJECT):
            return at
        else:
            at += 1
    return at


def _in_object(scan: Scan, at: int, begin: int) -> bool:
    kind, word, next_word = scan.kind(at), scan.word(at), scan.word(at + 1)
    if kind in NOMINAL or kind in ("de", "idiom") or word in AND or word in ("同", "另外"):
        return True
    if kind in ("a", "vn") and (scan.kind(at + 1) in ("n", "x", "mark") or next_word in ("和", "与", "及")):
        return True
    if at == begin:
        return False
    listed_too = kind in ("a", "v", "vn") and scan.word(at - 1) in ("和", "与", "及", "、")
    return listed_too or (kind in VERBAL and scan.kind(at - 1) == "de")


def _inside(scan: Scan, at: int) -> int:
    """Return where the relative clause in a preposition's object ends, 0 where none begins here."""
    if scan.kind(group_end(scan.tokens, at, scan.end)) in ASPECT:
        return 0
    if scan.kind(at) == "inn" and scan.kind(at + 1) != "de":
        return 0
    return scan.relative(at, 1 if scan.kind(at) in ("cov", "mod", "neg") else 2)
