"""What a pass does at words of grammar: adverbs, conjunctions, times, question words, 的."""

from __future__ import annotations

from textaug.languages.negation_zh.grammar import CONDITIONS, CONSEQUENCES, LINKS, VERBAL, Predicate
from textaug.languages.negation_zh.scan import Scan
from textaug.languages.negation_zh.tokens import Token

HELD = frozenset(["把", "将", "被", "给", "对", "向"])
"""Prepositions that an adverb may follow."""
TURNING = frozenset(["就", "才", "都", "却", "则", "便"])
"""Adverbs that begin a predicate behind a verb with an aspect."""


def pass_time(scan: Scan) -> None:
    """Begin behind a temporal clause: `开机时声音很大`."""
    words = range(scan.start, scan.end)
    if any(scan.kind(at) == "mod" and (at == scan.start or scan.word(at + 1) == "在") for at in words):
        return
    if scan.some(("shi", "piv"), scan.start, scan.end):
        return
    for at in range(scan.end - 2, scan.start, -1):
        ends = scan.kind(at) == "bou" and scan.kind(at + 1) not in ("de", "mark", "bou", "loc")
        if ends and scan.predicative(scan.start, at) and scan.predicative(at + 1, scan.end):
            scan.at = at + 1
            return


def skip(scan: Scan, token: Token) -> Predicate | None:
    """Pass over a particle."""
    return scan.skip()


def noun(scan: Scan, token: Token) -> Predicate | None:
    """A noun, or what counts as one."""
    if token.word in ("有关", "相关") and scan.at == scan.end - 1 and scan.subject:
        return scan.refuse()
    return scan.take_noun(scan.at + 1)


def must(scan: Scan, token: Token) -> Predicate | None:
    """得 that follows no verb is a modal, which has no negative."""
    if scan.weak is None and scan.kind(scan.at + 1) in (*VERBAL, "mod", "cov", "you"):
        return scan.refuse()
    return scan.skip()


def time(scan: Scan, token: Token) -> Predicate | None:
    """A time stands before the negator."""
    if scan.weak is None:
        scan.site = -1
    return scan.skip()


def idiom(scan: Scan, token: Token) -> Predicate | None:
    """An idiom is a predicate at the end, an adverb before a verb, a noun elsewhere."""
    if scan.at == scan.end - 1 and (scan.subject or scan.weak is not None) and not scan.firm:
        return scan.refuse()
    if scan.kind(scan.at + 1) in VERBAL and len(token.word) > 3:
        return scan.opens(scan.at + 1)
    return noun(scan, token)


def fixed(scan: Scan, token: Token) -> Predicate | None:
    """A word that is left alone; 只有 may say how little there is."""
    little = scan.subject and scan.weak is None and scan.kind(scan.at + 1) in ("num", "x", "n", "pron")
    return Predicate("only", scan.at, scan.at) if token.word == "只有" and little else scan.refuse()


def asks(scan: Scan, token: Token) -> Predicate | None:
    """A question, unless 都 or 也 makes it `whoever`."""
    if scan.has(("都", "也"), scan.at, scan.end):
        return noun(scan, token)
    return Predicate("asks", scan.at, scan.at)


def question_word(scan: Scan, token: Token) -> Predicate | None:
    """A question word asks, unless it stands in an object."""
    return noun(scan, token) if scan.weak is not None else asks(scan, token)


def conjunction(scan: Scan, token: Token) -> Predicate | None:
    """Begin behind a condition, and behind a conjunction that joins clauses."""
    if token.word in ("直到", "直至"):
        return scan.refuse()
    if token.word in CONDITIONS:
        at = next((at for at in range(scan.at + 1, scan.end) if scan.word(at) in CONSEQUENCES), 0)
        if at:
            return scan.restart(at)
    if scan.weak is not None and token.word not in LINKS:
        return scan.restart(scan.at + 1)
    return scan.skip()


def outer(scan: Scan, token: Token) -> Predicate | None:
    """An adverb that stands before the negator: it begins the predicate, whatever verb was read before."""
    following = scan.kind(scan.at + 1)
    if scan.weak is None:
        if scan.site < 0 or scan.word(scan.site) not in HELD:
            scan.site = -1
    elif token.word in ("已", "已经") and scan.weak.head == scan.at - 1 and scan.modifies(scan.at):
        return scan.skip()
    elif scan.kind(scan.at - 1) != "de" and following != "de" and scan.verbal(scan.at + 1):
        if scan.firm and token.word in ("就", "才", "便"):
            return scan.refuse()
        if not scan.firm or token.word in TURNING:
            scan.restart(scan.at)
    return scan.skip()


def inner(scan: Scan, token: Token) -> Predicate | None:
    """An adverb that stands behind the negator."""
    following = scan.kind(scan.at + 1)
    if following == "de":
        return scan.take_noun(scan.at + 2)
    if scan.unsure and scan.weak is not None and not scan.firm and following in VERBAL:
        scan.forget()
    return scan.opens(scan.at + 1)


def boundary(scan: Scan, token: Token) -> Predicate | None:
    """Begin behind a word that ends a temporal clause."""
    plain = scan.at > scan.start and scan.kind(scan.at - 1) in ("pron", "n")
    if plain and token.word in ("以后", "以前", "之前", "之后"):
        return time(scan, token)
    return scan.restart(scan.at + 1)


def also_is(scan: Scan, token: Token) -> Predicate | None:
    """就是, 还是, …: 是 with a noun behind, an adverb before a predicate, a conjunction at the beginning."""
    rest = scan.inner(scan.at + 1, scan.subject)
    always = token.word == "总是" and scan.kind(scan.at + 1) in (*VERBAL, "inn", "cov")
    if scan.subject and (rest is None or rest.weak) and not always:
        return Predicate("shi", scan.at, scan.at)
    return outer(scan, token)
