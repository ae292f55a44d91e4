"""The clauses of a Chinese sentence, and which of them carries its statement."""

from __future__ import annotations

from typing import NamedTuple

from textaug.languages.negation_zh.grammar import CONDITIONS, CONSEQUENCES
from textaug.languages.negation_zh.tokens import Token

BREAKS = frozenset("，,；;：:。．.！!？?…～~\n")
DASHES = frozenset("—－-")
"""Marks that separate clauses where two stand together."""
OPENS, CLOSES = "“「『《〈‘（([【{", "”」』》〉’）)]】}"
QUOTES = frozenset("“「『‘\"”」』’")


class Clause(NamedTuple):
    """What stands between two commas.

    Attributes:
        tokens: its words, without what stands in brackets; what stands in quotation marks counts as a noun.
        quoted: whether it begins or ends inside of quotation marks.
        colon: whether a colon ends it.
    """

    tokens: list[Token]
    quoted: bool
    colon: bool


def clauses(tokens: list[Token]) -> list[Clause]:
    """Split a sentence at its commas, and at its blanks where those separate clauses."""
    blanks = _blanks_separate(tokens)
    found: list[Clause] = []
    held: list[Token] = []
    open_marks: list[str] = []
    quoted = opened = False
    for index, token in enumerate(tokens):
        word = token.word
        if word in OPENS and token.kind == "mark":
            open_marks.append(word)
            opened = True
        elif word in CLOSES and token.kind == "mark":
            if open_marks:
                open_marks.pop()
            else:
                quoted = True
        elif (token.kind == "mark" and (word in BREAKS and not _inner_point(tokens, index) or _dash(tokens, index))) or (
            blanks and 0 < index < len(tokens) - 1 and _between_words(*tokens[index - 1 : index + 2])
        ):
            inside = any(mark in QUOTES for mark in open_marks)
            if not open_marks or inside:
                found.append(Clause(held, inside or (quoted and not opened), word in "：:"))
                held, quoted, opened = [], inside, False
        elif token.kind == "space" or any(mark not in QUOTES and mark not in "《〈" for mark in open_marks):
            continue
        else:
            held.append(token._replace(kind="n") if open_marks and token.kind != "mark" else token)
    found.append(Clause(held, any(mark in QUOTES for mark in open_marks) or (quoted and not opened), False))
    last = next((clause.tokens for clause in reversed(found) if clause.tokens), [])
    if last and last[-1].word == "的话":
        last[-1:] = _split(last[-1])
    return [clause._replace(quoted=clause.quoted or clause.tokens[0].kind == "de") for clause in found if clause.tokens]


def _split(token: Token) -> list[Token]:
    """Cut 的话 at the end of a sentence, where it makes no condition: `他的话`."""
    middle = token.start + 1
    return [Token("的", "de", token.start, middle), Token("话", "n", middle, token.end)]


def _blanks_separate(tokens: list[Token]) -> bool:
    """Say whether blanks stand between clauses, rather than between words."""
    blanks = sum(map(_between_words, tokens, tokens[1:], tokens[2:]))
    return blanks > 0 and len(tokens) >= 5 * (blanks + 1)


def _between_words(before: Token, token: Token, after: Token) -> bool:
    """Say whether a token is a blank between two Chinese words."""
    return token.kind == "space" and before.kind not in ("x", "mark") and after.kind not in ("x", "mark")


def _dash(tokens: list[Token], at: int) -> bool:
    """Say whether a dash stands beside another one."""
    word = tokens[at].word
    return word in DASHES and word in (tokens[at - 1].word if at else "", tokens[at + 1].word if at + 1 < len(tokens) else "")


def _inner_point(tokens: list[Token], at: int) -> bool:
    """Say whether a point or a colon stands inside of a name or a number, rather than at a clause's end."""
    return tokens[at].word in ".．:：" and at + 1 < len(tokens) and tokens[at + 1].kind != "space" and tokens[at - 1 if at else 0].kind in ("x", "mark") and (tokens[at].word != "：" or tokens[at - 1].word.isdigit() and tokens[at + 1].word.isdigit())


SUBORDINATE = frozenset(
    ["因为", "由于", "虽然", "虽说", "虽", "尽管", "如果", "要是", "假如", "若", "倘若", "即使", "就算", "哪怕", "即便", "只要", "只有", "既然", "无论", "不管", "不论", "除非", "当", "每当", "一旦", "为了", "随着", "根据", "除了", "如若", "假使", "倘使", "万一", "与其", "关于", "至于", "固然", "纵然", "若是", "自从", "自", "因"]
)
SUPPLEMENT = frozenset(["以备", "而是", "直至", "直到", "图为", "右图", "左图", "上图", "下图", "以求", "以期", "旨在", "用以", "借以", "以此", "为的是", "例如", "比如", "譬如", "如", "包括", "特别是", "尤其", "尤其是", "以便", "以免", "免得", "省得", "以", "以及", "其中", "即", "比如说", "以致", "以至", "以至于", "从而", "或者", "或", "及", "和", "甚至", "甚至于"])
CORRELATIVE = frozenset(["不仅", "不但", "不光", "不只", "不单", "非但", "不仅仅", "与其", "宁可", "宁愿", "要么", "除非", "只有"])


def candidates(found: list[Clause]) -> list[Clause]:
    """Return the clauses that may carry the statement, the likeliest first: the last one that is no mere addition."""
    open_ones = [clause for clause in found if not clause.quoted and not clause.colon]
    main = [clause for clause in open_ones if not _aside(clause.tokens)]
    reasons = [clause for clause in open_ones if clause.tokens[0].word in ("因为", "由于")]
    return main[::-1] or reasons


def _aside(tokens: list[Token]) -> bool:
    words = [token.word for token in tokens if token.kind != "mark"]
    says = words and words[0] == "和" and any(token.kind in ("neg", "a", "deg") for token in tokens)
    if not words or (words[0] in SUPPLEMENT and not says) or "".join(words) in ("应该说", "应当说", "可以说", "老实说", "不得不说", "必须指出", "应该看到", "应当看到"):
        return True
    if (words[0] in SUBORDINATE or any(word in CONDITIONS or word in ("因为", "由于") for word in words[:3])) and not any(word in CONSEQUENCES for word in words[2:]):
        return True
    last = tokens[-1]
    return (last.kind == "bou" or last.word in ("时候", "当晚", "当天", "当日", "情况下", "来说", "而言", "起见")) and len(tokens) > 1
