"""Where the predicate of a Chinese clause stands: a scan from left to right over words and their kinds.

A plain verb is taken for the predicate for the time being only: `停车` in `停车很方便` turns out to be the subject, `用卡` in
`用卡可以打折` an adverbial. A noun phrase with 的 is passed over with whatever stands in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textaug.languages.en import listed
from textaug.languages.negation_zh.tokens import Token
from textaug.languages.negation_zh.words import among

NOMINAL = frozenset("n pron num meas loc x mark time attributive".split())
VERBAL = frozenset("v vn say piv".split())
PREDICATIVE = VERBAL | frozenset("shi xshi you mod a deg neg".split())
ASPECT = frozenset("le guo zhe".split())
EASE = listed("方便 便利 容易 难 不错 值得 贵 快 慢 便宜 划算 舒服 一流 简单 麻烦")
"""Adjectives whose subject may be a verb, and which take one: `停车方便`, `容易坏`."""
TOPICAL = listed(
    """
    对于 关于 至于 根据 依据 依照 按照 按 据 随着 经过 经 除 除了 因 因为 由于 为了 针对 当 自从 鉴于 基于 凭 凭借 沿 沿着 连 本着 顺着 较 随 作为 以
    """
)
"""Prepositions whose phrase stands outside of what is negated."""
OPENING = listed("在 对 于 自 与 和 由 从 用 通过 为")
"""Prepositions whose phrase stands outside when it opens the sentence."""
MATRIX = listed("希望 建议 担心 怕 怀疑 相信 知道 主张 确保 保证 看到 听到 想到 意味着 确认 强调 猜")
"""Verbs that are negated themselves, rather than the clause behind them."""
DREAD = listed("担心 怕 怀疑")
LINKS = listed("并 和 及 以及 或 或者 并且 而 且")
"""Conjunctions that join two verbs of one predicate."""
CONDITIONS = listed("虽然 虽说 虽 尽管 如果 要是 假如 若 倘若 即使 就算 哪怕 即便 只要 既然 无论 不管 不论 每当 一旦 若是 如若 假使 万一")
CONSEQUENCES = listed("就 便 则 也 都 却 还是 才 仍 仍然 那么 均")
LIGHT = listed("多 少 大 小 高 长 好 新 早 深 远 短 低")
"""Adjectives that stand before a noun without 的: `很多人`."""


class Predicate(NamedTuple):
    """The predicate of a clause.

    Attributes:
        kind: `shi`, `you`, `mod`, `deg`, `a`, `v`, `piv`, `neg`, `potential` (看不见), `degree` (跑得快), or why there is
            no safe one: `idiom`, `asks`.
        head: the word that makes it: 是, a modal, the degree, the adjective, the verb, the negator.
        site: the word that a negator of the verb stands before.
        weak: whether it is a plain verb, and might be a part of something else.
    """

    kind: str
    head: int
    site: int
    weak: bool = False


def find(tokens: list[Token], start: int = 0, subject: bool = False) -> Predicate | None:
    """Return the predicate of the clause `tokens[start:]`, None where there is none.

    Args:
        tokens: the words of a clause.
        start: where to begin.
        subject: whether the subject stands before already.
    """
    return _Scan(tokens, start, subject).run()


def tail(tokens: list[Token]) -> int:
    """Return where the final particles and marks of a clause begin."""
    end = len(tokens)
    while end and tokens[end - 1].kind in ("par", "mark", "space"):
        end -= 1
    return end


def gradable(token: Token) -> bool:
    """Say whether a word takes a degree."""
    return token.kind == "a" or among("adjective", token.word) or among("gradable", token.word)


def group_end(tokens: list[Token], verb: int, end: int) -> int:
    """Return where a verb with its complements of result and direction ends: `走 进 来`, `挂 满`."""
    at = verb + 1
    while at < end and (
        (tokens[at].kind in ("v", "loc", "a", "inn", "deg", "cov") and among("result", tokens[at].word))
        or (tokens[at].kind in ("v", "vn") and len(tokens[at].word) == 1 == len(tokens[at - 1].word))
    ):
        at += 1
    return at


class _Scan:
    """One pass over a clause."""

    def __init__(self, tokens: list[Token], start: int, subject: bool) -> None:
        self.tokens = tokens
        self.start = start
        self.at = start
        self.end = tail(tokens)
        self.site = -1  # where the verb's preposition phrases and inner adverbs begin
        self.subject = subject
        self.weak: Predicate | None = None
        self.firm = False  # whether the weak one has an aspect

    def run(self) -> Predicate | None:
        steps: dict[str, Callable[[Token], Predicate | None]] = {
            "asks": self._asks, "fixed": self._fixed, "idiom": self._idiom, "de": self._of, "cnj": self._conjunction,
            "out": self._outer, "inn": self._inner, "bou": self._boundary, "wh": self._question_word, "xshi": self._also_is,
            "shi": self._is, "you": self._have, "mod": self._modal, "deg": self._degree, "a": self._adjective_here,
            "neg": self._negator, "v": self._verb, "vn": self._verb, "say": self._saying, "piv": self._causing,
            "cov": self._preposition, "time": self._time,
        }  # fmt: skip
        steps |= dict.fromkeys(("par", "le", "guo", "zhe", "dei", "di", "adverb"), self._skip)
        while self.at < self.end:
            token = self.tokens[self.at]
            if self._kind(self.at + 1) == "di":
                self._opens(self.at + 2)
                continue
            found = steps.get(token.kind, self._noun)(token)
            if found is not None:
                return found
        return self.weak

    # -- looking around

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if at < self.end else ""

    def _word(self, at: int) -> str:
        return self.tokens[at].word if at < self.end else ""

    def _restart(self, at: int) -> None:
        self.at, self.site, self.weak, self.firm = at, -1, None, False

    def _take_noun(self, until: int) -> None:
        """Take what stands before `until` for a noun phrase."""
        if self.weak is None:
            self.site, self.subject = -1, True
        self.at = until

    def _opens(self, at: int) -> None:
        """Let the verb's negator stand here, before an adverb or a preposition, unless it stands earlier already."""
        if self.weak is None and self.site < 0:
            self.site = self.at
        self.at = at

    def _site(self, at: int) -> int:
        return self.site if self.site >= 0 else at

    def _than(self, at: int) -> int:
        """Return where a negator of an adjective stands: before 比, or before the adjective itself."""
        return self.site if self.site >= 0 and self._word(self.site) == "比" else at

    def _modifies(self, at: int) -> bool:
        """Say whether 的 with a noun follows: what stands here belongs to a noun phrase."""
        return any(self._kind(i) == "de" for i in range(at + 1, self.end - 1))

    def _over(self, found: Predicate) -> Predicate | None:
        """Give what was found, unless it stands in the object of an earlier verb."""
        if self.weak is not None and self._modifies(found.head):
            self.at += 1
            return None
        return found

    def _relative(self, at: int, need: int) -> int:
        """Return where the relative clause that holds `at` ends, behind its 的; 0 where it is none."""
        for i in range(at + 1, self.end - 1):
            if self._kind(i) == "de" and self._behind(i) >= (1 if i == at + 1 else need):
                return i + 1
        return 0

    def _behind(self, de: int) -> int:
        """Return how surely a predicate follows the noun phrase behind a 的: 0 not, 3 surely."""
        at = self._past_noun(de + 1)
        least = 0
        while self._kind(at) in ("out", "inn"):
            least = 2 if self._kind(at) == "out" else least
            at += 1
        kind, following = self._kind(at), self._kind(at + 1)
        if kind == "de" and at < self.end - 1:
            return self._behind(at)
        if kind == "neg":
            return 3 if following in ("a", "shi", "deg") or self._word(at) == "没有" else 2
        if kind in ("shi", "you", "xshi"):
            return 3
        if kind == "deg":
            return 3 if at + 1 < self.end and gradable(self.tokens[at + 1]) and self._kind(at + 2) != "de" else least
        if kind == "a":
            return 3 if following in ("", "le") else least
        if kind in ("mod", "piv"):
            return 2
        if kind in ("v", "say", "vn"):
            return 2 if least or self._kind(group_end(self.tokens, at, self.end)) in (*ASPECT, "dei") else 1
        return least

    def _past_noun(self, at: int) -> int:
        """Return where the noun phrase that begins here ends; a verb right behind 的 is a noun."""
        begin = at
        while at < self.end:
            kind, following = self._kind(at), self._kind(at + 1)
            modifier = kind in ("a", "v", "vn") and following in ("n", "x", "vn", "de") and self._kind(at - 1) in ("de", "mark")
            noun = kind in NOMINAL or kind == "idiom" or self._word(at) in ("和", "或", "与", "及")
            nominal = kind in VERBAL and at == begin and following not in (*NOMINAL, *ASPECT, "")
            if not (noun or modifier or nominal or (kind == "vn" and following != "")):
                break
            at += 1
        return at

    # -- words of grammar

    def _skip(self, token: Token) -> None:
        self.at += 1

    def _noun(self, token: Token) -> None:
        self._take_noun(self.at + 1)

    def _time(self, token: Token) -> None:
        self.at += 1
        if self.weak is None:
            self.site = -1

    def _of(self, token: Token) -> None:
        self._take_noun(self.at + 1)

    def _idiom(self, token: Token) -> Predicate | None:
        if self.weak is None and self.at == self.end - 1 and self.subject:
            return Predicate("idiom", self.at, self.at)
        return self._noun(token)

    def _fixed(self, token: Token) -> Predicate:
        return Predicate("idiom", self.at, self.at)

    def _asks(self, token: Token) -> Predicate | None:
        if any(self._word(at) in ("都", "也") for at in range(self.at, self.end)):
            return self._noun(token)
        return Predicate("asks", self.at, self.at)

    def _question_word(self, token: Token) -> Predicate | None:
        if self.weak is None and not any(self._word(at) in ("都", "也") for at in range(self.at, self.end)):
            return Predicate("asks", self.at, self.at)
        return self._noun(token)

    def _conjunction(self, token: Token) -> None:
        if token.word in CONDITIONS:
            consequence = next((at for at in range(self.at + 1, self.end) if self._word(at) in CONSEQUENCES), -1)
            if consequence > 0:
                self._restart(consequence)
                return
        if self.weak is not None and token.word not in LINKS:
            self._restart(self.at + 1)
        else:
            self.at += 1

    def _outer(self, token: Token) -> None:
        if self.weak is None:
            self.site = -1
        elif not self.firm or token.word in ("就", "才", "都", "却", "则", "便"):
            self._restart(self.at)
        self.at += 1

    def _inner(self, token: Token) -> None:
        if self._kind(self.at + 1) == "de":
            self._take_noun(self.at + 2)
        else:
            self._opens(self.at + 1)

    def _boundary(self, token: Token) -> None:
        self._restart(self.at + 1)

    def _also_is(self, token: Token) -> Predicate | None:
        """就是, 还是, …: 是 with a noun behind, an adverb before a predicate, a conjunction at the beginning."""
        rest = find(self.tokens, self.at + 1, self.subject)
        if self.subject and (rest is None or (rest.weak and token.word == "就是")):
            return Predicate("shi", self.at, self.at)
        self._outer(token)
        return None

    # -- predicates

    def _is(self, token: Token) -> Predicate | None:
        return self._over(Predicate("shi", self.at, self.at))

    def _have(self, token: Token) -> Predicate | None:
        if self.firm:
            return self._skip(token)
        if after := self._relative(self.at, 3):
            return self._take_noun(after)
        return self._over(Predicate("you", self.at, self.at))

    def _modal(self, token: Token) -> Predicate | None:
        following = self._kind(self.at + 1)
        if token.word == "该" and following in NOMINAL:
            return self._noun(token)
        if token.word == "可" and (following not in VERBAL and self._word(self.at + 1) not in ("被", "在", "直接", "自动", "随时")):
            return self._conjunction(token)
        if after := self._relative(self.at, 3):
            return self._take_noun(after)
        if following == "de" or (token.word in ("可能", "需要", "打算") and following in ("", "shi")) or self._kind(self.at - 1) == "de":
            return self._noun(token)
        if token.word in ("要", "想", "会", "需", "需要") and not self._verbal(self.at + 1):
            return self._verb(token)
        return self._over(Predicate("mod", self.at, self.at))

    def _verbal(self, at: int) -> bool:
        return any(self._kind(i) in PREDICATIVE for i in range(at, self.end))

    def _degree(self, token: Token) -> Predicate | None:
        last = self.at
        while self._kind(last + 1) == "deg":
            last += 1
        target = last + 1
        if self._kind(target) == "de" and target + 1 < self.end and last - self.at < 2 and self._word(last) in ("非常", "十分", "特别", "相当", "无比") and gradable(self.tokens[target + 1]):
            target += 1
        if target >= self.end or not self._takes_degree(last, target):
            if not (among("adjective", self._word(last)) and self._kind(target) not in (*VERBAL, "n", "pron", "x", "cov", "shi")):
                return self._amount(target)
            target = last
        following = self._kind(target + 1)
        if following == "de" and target + 1 < self.end:
            return self._take_noun(target + 2)
        governs = among("gradable", self._word(target)) or self._word(target) in EASE
        if following in (*VERBAL, "cov") and not governs:
            return self._opens(target + 1)
        if following in NOMINAL and following != "num" and self._word(target) in LIGHT:
            return self._take_noun(target + 1)
        if target == self.at:
            return self._adjective(target)
        return self._over(Predicate("deg", self.at, self._than(self.at)))

    def _takes_degree(self, last: int, target: int) -> bool:
        """Say whether a degree belongs to the word behind it: one that is known to, or the clause's last."""
        if gradable(self.tokens[target]):
            return True
        ends = self._kind(target + 1) in ("", "le") or (self._kind(target + 1) == "de" and target + 2 >= self.end)
        return ends and among("plain-degree", self._word(last)) and self._kind(target) in ("n", "v", "vn", "idiom", "inn")

    def _amount(self, after: int) -> None:
        """Pass over a degree that belongs to a noun (`有些人`) or to a verb that takes none."""
        if self._kind(after) in VERBAL:
            self._opens(after)
        else:
            self._take_noun(after)

    def _adjective_here(self, token: Token) -> Predicate | None:
        return self._adjective(self.at)

    def _adjective(self, at: int) -> Predicate | None:
        following = self._kind(at + 1)
        if following == "de" or following in ("n", "x", "vn", "mark", "pron", "loc"):
            return self._take_noun(at + 1)
        if following in ("v", "say", "piv", "cov", "inn") and self._word(at) not in EASE:
            return self._opens(at + 1)
        if self.weak is not None and not self._sums_up(at):
            self.at = at + 1
            return None
        return self._over(Predicate("a", at, self._than(at)))

    def _sums_up(self, at: int) -> bool:
        """Say whether an adjective is the predicate of the verb phrase before it: `停车方便`, `上网速度快`."""
        if self.firm or self.weak is None:
            return False
        if self._kind(at - 1) in ("n", "x", "loc"):
            return self.weak.head == self.start
        return self._word(at) in EASE and at == self.weak.head + 1 and self._word(at) != "麻烦"

    def _negator(self, token: Token) -> Predicate | None:
        following = self._kind(self.at + 1)
        if token.word == "不" and self._word(self.at + 1) in ("到", "足", "超过", "少于", "低于") and self._kind(self.at + 2) in ("num", "x"):
            return self._take_noun(self.at + 2)
        if token.word in ("非", "无", "未") and (following in ("x", "mark", "") or (token.word == "非" and self._word(self.at - 1) not in ("并", "绝", "决", "实"))):
            return self._skip(token)
        if following != "shi" and (after := self._relative(self.at, 3 if token.word in ("没有", "没", "无") else 2)):
            return self._take_noun(after)
        return self._over(Predicate("neg", self.at, self._site(self.at)))

    # -- verbs

    def _verb(self, token: Token) -> Predicate | None:
        at = self.at
        following = self._kind(at + 1)
        if following == "de":
            return Predicate("idiom", at, at) if at + 2 >= self.end else self._take_noun(at + 2)
        if self._nominal_here(token):
            return self._noun(token)
        if token.word in ("来", "去") and following in VERBAL and self.site >= 0:
            return self._skip(token)
        firm = self._kind(group_end(self.tokens, at, self.end)) in ASPECT
        if (self.weak is None or firm) and (after := self._relative(at, 2)):
            return self._take_noun(after)
        if self._word(at + 1) == "不" and among("potential", self._word(at + 2)) and self._kind(at + 3) not in (*VERBAL, "a"):
            return self._over(Predicate("potential", at, self._site(at)))
        if following == "dei":
            return self._over(Predicate("degree", at, self._site(at)))
        if self.weak is None:
            self.weak, self.firm = Predicate("v", at, self._site(at), weak=True), firm
        self.at = at + 1
        return None

    def _nominal_here(self, token: Token) -> bool:
        """Say whether a verb is used as a noun: behind 的 or an amount, or a verbal noun at the end."""
        before, following = self._kind(self.at - 1) if self.at > self.start else "", self._kind(self.at + 1)
        if before == "de" or (before == "meas" and token.kind == "vn"):
            return following in (*PREDICATIVE, "out", "inn", "cov", "") or token.kind == "vn"
        if self._word(self.at - 1) == "年" and token.word == "来":
            return True
        return token.kind == "vn" and following == "" and before in ("n", "x", "vn", "v", "a", "pron")

    def _saying(self, token: Token) -> Predicate | None:
        """A verb that takes a clause; what is said in it counts, unless the verb is one that is negated itself."""
        if self._kind(self.at + 1) == "de" or self._nominal_here(token):
            return self._verb(token)
        if after := self._relative(self.at, 2):
            return self._take_noun(after)
        inner = find(self.tokens, self.at + 1)
        if inner is None or inner.kind in ("asks", "idiom") or (inner.weak and not self._is_clause(inner)):
            return self._verb(token)
        if token.word in DREAD or (token.word in MATRIX and inner.kind not in ("neg", "potential")):
            return self._over(Predicate("v", self.at, self._site(self.at)))
        return inner

    def _is_clause(self, inner: Predicate) -> bool:
        """Say whether a subject stands between the verb and what follows, which is no noun phrase with 的."""
        between = any(self._kind(i) in ("pron", "n", "out") for i in range(self.at + 1, inner.head))
        return between and not self._modifies(inner.head)

    def _causing(self, token: Token) -> Predicate | None:
        if self._kind(self.at + 1) in ("de", "") or self._nominal_here(token):
            return self._verb(token)
        if after := self._relative(self.at, 2):
            return self._take_noun(after)
        if self.weak is not None and token.word in ("要求", "帮助", "请求", "麻烦", "鼓励"):
            return self._noun(token)
        inner = find(self.tokens, self.at + 1)
        if inner is None:
            return self._verb(token)
        if inner.kind in ("neg", "potential"):
            return inner
        return Predicate("piv", self.at, self._site(self.at))

    # -- prepositions

    def _preposition(self, token: Token) -> Predicate | None:
        word, following = token.word, self._kind(self.at + 1)
        if self.weak is not None:
            return self._skip(token)
        if word == "将" and following in (*PREDICATIVE, "cov", "out", "inn"):
            return self._outer(token)
        if word == "被" and following in VERBAL:
            return self._opens(self.at + 1)
        if word == "在" and following in VERBAL and self._progressive(self.at + 2):
            return self._opens(self.at + 1)
        end = self._object_end(self.at + 1)
        if word in ("和", "与", "跟", "同") and self.subject and self.site < 0:
            return self._take_noun(end)
        if end == self.at + 1 or self._kind(end) in ("le", "par", ""):
            return self._main(token)
        if word in TOPICAL or (word in OPENING and not self.subject):
            self.site, self.at = -1, end
            return None
        return self._opens(end)

    def _progressive(self, at: int) -> bool:
        return self._kind(at) not in ("bou", "loc", "de") and self._word(at) not in ("中", "上", "过程")

    def _main(self, token: Token) -> Predicate | None:
        """Take a preposition for what it also is: an adjective, a verb, or a conjunction of nouns."""
        if token.word == "对":
            return self._adjective(self.at)
        if token.word in ("在", "给", "用", "像", "离", "按"):
            return self._verb(token)
        return self._noun(token)

    def _object_end(self, at: int) -> int:
        """Return where the noun phrase behind a preposition ends."""
        begin = at
        while at < self.end:
            kind, following = self._kind(at), self._kind(at + 1)
            if kind == "bou" and at > begin:
                return at + 1
            if kind == "pron" and at > begin and self._kind(at - 1) in ("loc", "bou"):
                return at
            if kind in NOMINAL or kind in ("de", "idiom") or self._word(at) in ("和", "及", "以及", "或", "或者", "与", "同"):
                at += 1
            elif kind in ("a", "vn") and following in ("n", "x"):
                at += 1
            elif kind in (*PREDICATIVE, "inn", "wh") and (after := self._relative(at, 1) if kind != "inn" or following == "de" else 0):
                at = after
            elif kind in ("v", "vn", "a") and at == begin and following in ("bou", "loc", "v", "neg", "you", "deg", "piv", "say", "mod"):
                at += 1
            else:
                return at
        return at
