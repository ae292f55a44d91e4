"""The clauses of a Chinese sentence, and which of them carries its statement."""

from __future__ import annotations

from typing import NamedTuple

from textaug.languages.en import listed
from textaug.languages.negation_zh.grammar import CONDITIONS, CONSEQUENCES
from textaug.languages.negation_zh.tokens import Token

BREAKS = frozenset("，,；;：:。．.！!？?…～~\n")
DASHES = frozenset("—－-")
"""Marks that separate clauses where two stand together."""
OPENS, CLOSES = "“「『《〈‘（([【{", "”」』》〉’）)]】}"
QUOTES = frozenset('“「『‘"”」』’')
SUBORDINATE = listed(
    """
    因为 由于 虽然 虽说 虽 尽管 如果 要是 假如 若 倘若 即使 就算 哪怕 即便 只要 只有 既然 无论 不管 不论 除非 当 每当
    一旦 为了 随着 根据 除了 如若 假使 倘使 万一 与其 关于 至于 固然 纵然 若是 自从 自 因
    """
)
"""Words that begin a clause that another one waits for."""
SUPPLEMENT = listed(
    """
    以备 而是 直至 直到 图为 右图 左图 上图 下图 以求 以期 旨在 用以 借以 以此 为的是 例如 比如 譬如 如 包括 特别是
    尤其 尤其是 以便 以免 免得 省得 以 以及 其中 即 比如说 以致 以至 以至于 从而 或者 或 及 和 甚至 甚至于 何况 况且
    """
)
"""Words that begin a mere addition."""
OPINIONS = listed("应该说 应当说 可以说 老实说 不得不说 必须指出 应该看到 应当看到")
TIMES = listed("时候 当晚 当天 当日 情况下 来说 而言 起见")
"""Last words of a clause that tells when, or for whom."""


class Part(NamedTuple):
    """What stands between two commas.

    Attributes:
        tokens: its words, without what stands in brackets; what stands in quotation marks counts as a noun.
        quoted: whether it begins or ends inside of quotation marks.
        colon: whether a colon ends it.
    """

    tokens: list[Token]
    quoted: bool
    colon: bool

    def has(self, words: frozenset[str]) -> bool:
        """Say whether one of these words stands in it."""
        return any(token.word in words for token in self.tokens)


class _Splitter:
    """The state while a sentence is split."""

    def __init__(self) -> None:
        self.found: list[Part] = []
        self.held: list[Token] = []
        self.open_marks: list[str] = []
        self.quoted = self.opened = False

    def mark(self, word: str) -> None:
        """Open or close a quotation or a bracket."""
        if word in OPENS:
            self.open_marks.append(word)
            self.opened = True
        elif self.open_marks:
            self.open_marks.pop()
        else:
            self.quoted = True

    def cut(self, colon: bool) -> None:
        """End a clause here, unless a bracket is open."""
        inside = any(mark in QUOTES for mark in self.open_marks)
        if inside or not self.open_marks:
            self.found.append(Part(self.held, inside or (self.quoted and not self.opened), colon))
            self.held, self.quoted, self.opened = [], inside, False

    def hold(self, token: Token) -> None:
        """Take a word in, as a noun inside of quotation marks, not at all inside of brackets."""
        if token.kind == "space" or any(mark not in QUOTES and mark not in "《〈" for mark in self.open_marks):
            return
        self.held.append(token._replace(kind="n") if self.open_marks and token.kind != "mark" else token)


def clauses(tokens: list[Token]) -> list[Part]:
    """Split a sentence at its commas, and at its blanks where those separate clauses.

    >>> from textaug.languages.negation_zh.tokens import tokens
    >>> ["".join(token.word for token in part.tokens) for part in clauses(tokens("虽然累，但是高兴。"))]
    ['虽然累', '但是高兴']
    """
    blanks = _blanks_separate(tokens)
    splitter = _Splitter()
    for index, token in enumerate(tokens):
        word, mark = token.word, token.kind == "mark"
        if mark and (word in OPENS or word in CLOSES):
            splitter.mark(word)
        elif (mark and _breaks(tokens, index)) or (
            blanks and 0 < index < len(tokens) - 1 and _between_words(*tokens[index - 1 : index + 2])
        ):
            splitter.cut(word in "：:")
        else:
            splitter.hold(token)
    splitter.open_marks = [mark for mark in splitter.open_marks if mark in QUOTES]
    splitter.cut(colon=False)
    parts = [part for part in splitter.found if part.tokens]
    if parts and parts[-1].tokens[-1].word == "的话":
        parts[-1].tokens[-1:] = _split(parts[-1].tokens[-1])
    return [part._replace(quoted=part.quoted or part.tokens[0].kind == "de") for part in parts]


def _split(token: Token) -> list[Token]:
    """Cut 的话 at the end of a sentence, where it makes no condition: `他的话`."""
    middle = token.start + 1
    return [Token("的", "de", token.start, middle), Token("话", "n", middle, token.end)]


def _breaks(tokens: list[Token], at: int) -> bool:
    """Say whether a mark ends a clause."""
    word = tokens[at].word
    if word in BREAKS:
        return not _inner_point(tokens, at)
    neighbours = (tokens[at - 1].word if at else "", tokens[at + 1].word if at + 1 < len(tokens) else "")
    return word in DASHES and word in neighbours


def _blanks_separate(tokens: list[Token]) -> bool:
    """Say whether blanks stand between clauses, rather than between words."""
    blanks = sum(map(_between_words, tokens, tokens[1:], tokens[2:]))
    return blanks > 0 and len(tokens) >= 5 * (blanks + 1)


def _between_words(before: Token, token: Token, after: Token) -> bool:
    """Say whether a token is a blank between two Chinese words."""
    return token.kind == "space" and before.kind not in ("x", "mark") and after.kind not in ("x", "mark")


def _inner_point(tokens: list[Token], at: int) -> bool:
    """Say whether a point or a colon stands inside of a name or a number, rather than at a clause's end."""
    if tokens[at].word not in ".．:：" or at + 1 >= len(tokens):
        return False
    before, after = tokens[max(at - 1, 0)], tokens[at + 1]
    if tokens[at].word == "：":
        return before.word.isdigit() and after.word.isdigit()
    return after.kind != "space" and before.kind in ("x", "mark")


def candidates(found: list[Part]) -> list[Part]:
    """Return the clauses that may carry the statement, the likeliest first: the last one that is no mere addition."""
    open_ones = [part for part in found if not part.quoted and not part.colon]
    main = [part for part in open_ones if not _aside(part.tokens)]
    return main[::-1] or [part for part in open_ones if part.tokens[0].word in ("因为", "由于")]


def _aside(tokens: list[Token]) -> bool:
    """Say whether a clause is an addition, a condition, a reason or a time."""
    words = [token.word for token in tokens if token.kind != "mark"]
    if not words or "".join(words) in OPINIONS:
        return True
    says = words[0] == "和" and any(token.kind in ("neg", "a", "deg") for token in tokens)
    if words[0] in SUPPLEMENT and not says:
        return True
    depends = words[0] in SUBORDINATE or any(word in CONDITIONS or word in ("因为", "由于") for word in words[:3])
    if depends and not any(word in CONSEQUENCES for word in words[2:]):
        return True
    return (tokens[-1].kind == "bou" or tokens[-1].word in TIMES) and len(tokens) > 1
