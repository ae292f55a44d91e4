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

NOMINAL = frozenset(["n", "pron", "num", "meas", "loc", "x", "mark", "time", "attributive"])
VERBAL = frozenset(["v", "vn", "say", "piv"])
PREDICATIVE = VERBAL | frozenset(["shi", "xshi", "you", "mod", "a", "deg", "neg"])
ASPECT = frozenset(["le", "guo", "zhe"])
EASE = listed("方便 便利 不错 贵 快 慢 便宜 划算 舒服 一流 简单")
"""Adjectives whose subject may be a verb: `停车方便`."""
TAKES_VERB = listed("合适 适宜 难 容易 方便 适合 值得 麻烦 易")
"""Adjectives that take a verb: `容易坏`."""
TOPICAL = listed(
    """
    如同 犹如     对于 关于 至于 根据 依据 依照 按照 按 据 随着 经过 经 除 除了 因 因为 由于 为了 针对 当 自从 鉴于 基于 凭 凭借 沿 沿着 连 本着 顺着 较 随 作为
    """
)
"""Prepositions whose phrase stands outside of what is negated."""
OPENING = listed("在 对 于 通过")
"""Prepositions whose phrase stands outside when it opens the sentence."""
MATRIX = listed("防止 避免 杜绝 希望 建议 担心 怕 怀疑 相信 知道 主张 确保 保证 看到 听到 想到 意味着 确认 强调 猜")
"""Verbs that are negated themselves, rather than the clause behind them."""
KNOWING = listed("知道 晓得")
"""Verbs whose object may be a question."""
DREAD = listed("担心 怕 怀疑")
LINKS = listed("并 和 及 以及 或 或者 并且 而 且")
"""Conjunctions that join two verbs of one predicate."""
CONDITIONS = listed("凡是 凡 虽然 虽说 虽 尽管 如果 要是 假如 若 倘若 即使 就算 哪怕 即便 只要 既然 无论 不管 不论 每当 一旦 若是 如若 假使 万一")
CONSEQUENCES = listed("就 便 则 也 都 却 还是 才 仍 仍然 那么 均")
COMPOUNDS = listed(
    """
    工作 活动 问题 情况 事业 工具 程式 软体 软件 引擎 守护程序 计划 方案 政策 能力 水平 系统 制度 机制 任务 过程 方法 方式 技术 设备 人员 部门 时间 速度 条件 费用 价格 数量 标准 要求 结果 效果 原因
    方面 领域 行为 措施 程序 功能 命令 参数 选项 文件 模式 状态 现象 事件 项目 工程 体系 规模 力度 成本 质量 效率 经验 习惯 环境 市场 行业 产业 公司 机构 中心 基地 地点 日期
    """
)
"""Nouns that a verb before them modifies, with a noun before that: `案件查处工作`."""
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
        or (tokens[at].kind == "a" and len(tokens[at].word) == 1 == len(tokens[at - 1].word) and at + 1 < end and tokens[at + 1].kind == "le")
        or (tokens[at].kind in ("v", "vn") and len(tokens[at].word) == 1 == len(tokens[at - 1].word))
    ):
        at += 1
    return at


def _twice(word: str) -> bool:
    """Say whether a word says its last character twice, as adverbs of manner do: `慢慢`."""
    return len(word) > 1 and word[-1] == word[-2]


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
        self.unsure = False  # whether it is as likely a noun
        self.hazy = False
        self.outside = -1  # where a prepositional phrase begins that opens the clause

    def run(self) -> Predicate | None:
        """Return the predicate; a refusal where a verb was passed over that may have been it."""
        found = self._search()
        doubtful = self.hazy and found is not None and found.kind in ("v", "mod", "piv", "you")
        return Predicate("idiom", found.head, found.site) if found is not None and doubtful else found

    def _search(self) -> Predicate | None:
        self._pass_time()
        steps: dict[str, Callable[[Token], Predicate | None]] = {
            "asks": self._asks, "fixed": self._fixed, "idiom": self._idiom, "de": self._of, "cnj": self._conjunction,
            "out": self._outer, "inn": self._inner, "bou": self._boundary, "wh": self._question_word, "xshi": self._also_is,
            "shi": self._is, "you": self._have, "mod": self._modal, "deg": self._degree, "a": self._adjective_here,
            "neg": self._negator, "v": self._verb, "vn": self._verb, "say": self._saying, "piv": self._causing,
            "cov": self._preposition, "time": self._time, "dei": self._must,
        }  # fmt: skip
        steps |= dict.fromkeys(("par", "le", "guo", "zhe", "di", "adverb"), self._skip)
        while self.at < self.end:
            token = self.tokens[self.at]
            if self._kind(self.at + 1) == "di":
                self._opens(self.at + 2)
                continue
            found = steps.get(token.kind, self._noun)(token)
            if found is not None:
                return found
        return self.weak

    def _pass_time(self) -> None:
        """Begin behind a temporal clause: `开机时声音很大`."""
        if any(self._kind(i) == "mod" and (i == self.start or self._word(i + 1) == "在") for i in range(self.start, self.end)):
            return
        if any(self._kind(i) in ("shi", "piv") for i in range(self.start, self.end)):
            return
        for at in range(self.end - 2, self.start, -1):
            if self._kind(at) == "bou" and self._kind(at + 1) not in ("de", "mark", "bou", "loc") and any(
                self._kind(i) in PREDICATIVE for i in range(self.start, at)
            ) and any(self._kind(i) in PREDICATIVE for i in range(at + 1, self.end)):
                self.at = at + 1
                return

    # -- looking around

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < self.end else ""

    def _word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < self.end else ""

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
        if self.outside >= 0 and self._kind(group_end(self.tokens, at, self.end)) in ASPECT:
            return self.outside
        return self.site if self.site >= 0 else at

    def _than(self, at: int) -> int:
        """Return where a negator of an adjective stands: before 比, or before the adjective itself."""
        return self.site if self.site >= 0 and self._word(self.site) in ("比", "为", "替") else at

    def _modifies(self, at: int) -> bool:
        """Say whether 的 with a noun follows: what stands here belongs to a noun phrase."""
        return any(self._kind(i) == "de" for i in range(at + 1, self.end - 1))

    def _over(self, found: Predicate) -> Predicate | None:
        """Give what was found, unless it stands in the object of an earlier verb."""
        if found.kind == "you" and not self.firm and self.weak is not None and self._kind(found.head - 1) in ("n", "x"):
            return found
        if found.kind == "shi" and self.weak is not None and not self.firm and self.weak.site == self.start and among("single", self._word(self.weak.head)):
            return found
        adjacent = self.weak is not None and not self.firm and self.weak.head == found.head - 1
        if adjacent and (found.kind == "shi" or (found.kind == "mod" and not among("stative", self._word(found.head - 1)))):
            return found
        if self.weak is not None and self._modifies(found.head):
            if not self.firm and found.kind in ("mod", "potential", "neg", "degree") and self.unsure:
                return found
            self.at += 1
            return None
        return found

    def _relative(self, at: int, need: int) -> int:
        """Return where the relative clause that holds `at` ends, behind its 的; 0 where it is none."""
        for i in range(at + 1, self.end - 1):
            if self._kind(i) == "de" and (sure := self._behind(i)) >= (1 if i == at + 1 else need):
                self.hazy = self.hazy or (sure < 3 and i > at + 1)
                return i + 1
        return 0

    def _behind(self, de: int) -> int:
        """Return how surely a predicate follows the noun phrase behind a 的: 0 not, 3 surely."""
        at = self._past_noun(de + 1)
        if self._kind(at) in VERBAL and at + 1 >= self.end and at == de + 1:
            return 0
        least = 0
        while self._kind(at) in ("out", "inn"):
            least, at = 2, at + 1
        if least and at + 1 >= self.end and self._kind(at) in VERBAL and self._kind(at - 1) == "inn":
            return 0
        kind, following = self._kind(at), self._kind(at + 1)
        if self._word(de + 1) in ("那么", "这么", "那样", "这样") and self._kind(de + 2) in ("a", "deg"):
            return 0
        if kind == "de" and at < self.end - 1:
            return self._behind(at)
        if kind == "neg":
            return 3 if following in ("a", "shi", "deg") or self._word(at) == "没有" else 2
        if kind in ("shi", "you", "xshi") or self._word(at) in ("叫做", "称为", "称作", "叫作"):
            return 3
        if kind == "deg":
            return 3 if at + 1 < self.end and gradable(self.tokens[at + 1]) and self._kind(at + 2) != "de" else least
        if kind == "a":
            return (3 if least else 2) if following in ("", "le") else least
        if kind in ("mod", "piv") or self._word(at) in ("把", "将", "被", "向", "给", "对", "为", "在"):
            return 2
        if self._word(at) in ("来", "去") and following in VERBAL:
            return 0
        if kind in ("v", "say", "vn"):
            return 2 if least or any(self._kind(i) in (*ASPECT, "dei") for i in range(at + 1, self.end)) else 1
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

    def _must(self, token: Token) -> Predicate | None:
        """得 that follows no verb is a modal, which has no negative."""
        if self.weak is None and self._kind(self.at + 1) in (*VERBAL, "mod", "cov", "you"):
            return Predicate("idiom", self.at, self.at)
        return self._skip(token)

    def _noun(self, token: Token) -> Predicate | None:
        if token.word in ("有关", "相关") and self.at == self.end - 1 and self.subject:
            return Predicate("idiom", self.at, self.at)
        return self._take_noun(self.at + 1)

    def _time(self, token: Token) -> None:
        self.at += 1
        if self.weak is None:
            self.site = -1

    def _of(self, token: Token) -> None:
        self._take_noun(self.at + 1)

    def _idiom(self, token: Token) -> Predicate | None:
        if self.at == self.end - 1 and (self.subject or self.weak is not None) and not self.firm:
            return Predicate("idiom", self.at, self.at)
        if self._kind(self.at + 1) in VERBAL and len(token.word) > 3:
            return self._opens(self.at + 1)
        return self._noun(token)

    def _fixed(self, token: Token) -> Predicate:
        if token.word == "只有" and self.subject and self.weak is None and self._kind(self.at + 1) in ("num", "x", "n", "pron"):
            return Predicate("only", self.at, self.at)
        return Predicate("idiom", self.at, self.at)

    def _asks(self, token: Token) -> Predicate | None:
        if any(self._word(at) in ("都", "也") for at in range(self.at, self.end)):
            return self._noun(token)
        return Predicate("asks", self.at, self.at)

    def _question_word(self, token: Token) -> Predicate | None:
        if self.weak is None and not any(self._word(at) in ("都", "也") for at in range(self.at, self.end)):
            return Predicate("asks", self.at, self.at)
        return self._noun(token)

    def _conjunction(self, token: Token) -> Predicate | None:
        if token.word in ("直到", "直至"):
            return Predicate("idiom", self.at, self.at)
        if token.word in CONDITIONS:
            consequence = next((at for at in range(self.at + 1, self.end) if self._word(at) in CONSEQUENCES), -1)
            if consequence > 0:
                return self._restart(consequence)
        if self.weak is not None and token.word not in LINKS:
            return self._restart(self.at + 1)
        return self._skip(token)

    def _outer(self, token: Token) -> None:
        if self._kind(self.at - 1) == "de" and self.at > self.start and self.weak is not None:
            pass
        elif self.weak is None:
            if not (self.site >= 0 and self._word(self.site) in ("把", "将", "被", "给", "对", "向")):
                self.site = -1
        elif self._kind(self.at + 1) == "de" or not self._verbal(self.at + 1):
            pass
        elif not self.firm or token.word in ("就", "才", "都", "却", "则", "便"):
            if self.firm and token.word in ("就", "才", "便"):
                self.weak, self.at = Predicate("idiom", self.at, self.at), self.end
                return
            self._restart(self.at)
        self.at += 1

    def _inner(self, token: Token) -> None:
        if self._kind(self.at + 1) == "de":
            self._take_noun(self.at + 2)
            return
        if self.unsure and self.weak is not None and not self.firm and self._kind(self.at + 1) in VERBAL:
            self.weak, self.site, self.subject = None, -1, True
        self._opens(self.at + 1)

    def _boundary(self, token: Token) -> None:
        if token.word in ("以后", "以前", "之前", "之后") and self._kind(self.at - 1) in ("pron", "n") and self.at > self.start:
            return self._time(token)
        self._restart(self.at + 1)

    def _also_is(self, token: Token) -> Predicate | None:
        """就是, 还是, …: 是 with a noun behind, an adverb before a predicate, a conjunction at the beginning."""
        rest = find(self.tokens, self.at + 1, self.subject)
        always = token.word == "总是" and self._kind(self.at + 1) in (*VERBAL, "inn", "cov")
        if self.subject and (rest is None or rest.weak) and not always:
            return Predicate("shi", self.at, self.at)
        self._outer(token)
        return None

    # -- predicates

    def _is(self, token: Token) -> Predicate | None:
        """是; what 遗憾的是 introduces counts, rather than 是."""
        if self._kind(self.at - 1) == "de" and self.at > self.start + 1 and gradable(self.tokens[self.at - 2]):
            inner = find(self.tokens, self.at + 1)
            if inner is not None and not inner.weak and inner.kind != "shi":
                return inner
        return self._over(Predicate("shi", self.at, self.at))

    def _have(self, token: Token) -> Predicate | None:
        if self.firm:
            return self._skip(token)
        if self._kind(self.at + 1) == "de" and self.at + 2 < self.end:
            return self._take_noun(self.at + 2)
        if self._word(self.at + 1) in ("一点", "一些", "点", "些") and self.at + 3 >= self.end and among("adjective", self._word(self.at + 2)):
            return Predicate("idiom", self.at, self.at)
        behind = next((i for i in range(self.at + 1, self.end) if self._kind(i) == "out"), self.end)
        if self._word(behind) in ("都", "也") and self._word(behind - 1) != "有" and self._verbal(behind):
            return Predicate("idiom", self.at, self.at)
        if self._word(behind) in ("就", "还", "再", "都", "也", "才", "一定", "肯定", "便") and self._kind(behind - 1) != "de" and self._verbal(behind):
            return self._restart(behind)
        owner = self._kind(self.at + 1) == "n" and self._kind(self.at + 2) == "de"
        if after := self._relative(self.at, 2 if owner else 3):
            return self._take_noun(after)
        return self._over(Predicate("you", self.at, self.at))

    def _modal(self, token: Token) -> Predicate | None:
        following = self._kind(self.at + 1)
        if token.word == "需要" and self._word(self.at - 1) in ("根据", "按", "按照", "依据", "依照", "因"):
            return self._noun(token)
        if token.word == "该" and (self.at == self.start or self._kind(self.at - 1) == "cnj" or following in NOMINAL or self.weak is not None or self._kind(self.at - 1) in VERBAL):
            return self._noun(token)
        if following == "guo":
            return self._over(Predicate("mod", self.at, self.at))
        if following == "dei" or (token.word == "想" and following == "le"):
            return self._verb(token)
        if following == "cov":
            return self._over(Predicate("mod", self.at, self.at))
        if token.word == "可" and (following not in VERBAL and self._word(self.at + 1) not in ("被", "在", "直接", "自动", "随时")):
            return self._conjunction(token)
        if after := self._relative(self.at, 3):
            return self._take_noun(after)
        if following == "de" or (token.word in ("可能", "需要", "打算") and following in ("", "shi")) or self._kind(self.at - 1) == "de":
            return self._noun(token)
        if self.firm and self._kind(self.at - 1) == "zhe":
            return Predicate("idiom", self.at, self.at)
        if token.word in ("要", "想", "会", "需", "需要") and ((following in ("num", "meas", "pron") and token.word in ("要", "需", "需要")) or not self._verbal(self.at + 1)):
            return self._verb(token)
        if token.word in ("能", "可以", "能够") and not self._verbal(self.at + 1) and self.at + 1 < self.end and following == "n":
            return self._noun(token)
        if token.word == "想" and following in ("pron", "time"):
            return self._saying(token)
        if token.word == "可能" and following in ("n", "pron", "num", "x"):
            return self._outer(token)
        if token.word == "可" and self._kind(self.end - 1) == "de":
            return self._noun(token)
        if following == "neg" and token.word in ("可能", "应该", "应", "该", "应当", "也许"):
            return self._skip(token)
        if following == "mod" and token.word in ("可能", "应该", "应", "应当"):
            return self._skip(token)
        return self._over(Predicate("mod", self.at, self.at))

    def _verbal(self, at: int) -> bool:
        return any(self._kind(i) in PREDICATIVE or self._word(i) == "在" for i in range(at, self.end))

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
        if following == "di":
            return self._opens(target + 2)
        if self._kind(self.at - 1) == "de" and self.at > self.start and not gradable(self.tokens[target]):
            return self._take_noun(target + 1)
        if token.word in ("有些", "有一些") and following not in ("", "le"):
            return self._amount(self.at + 1)
        if self.weak is not None and self._word(self.at - 1) in ("维持", "保持", "处于", "趋于", "显示", "呈"):
            return Predicate("idiom", self.at, self.at)
        if self._word(last) == "好" and self._kind(self.at - 1) == "meas" and self._word(target) in ("习惯", "感觉"):
            return self._take_noun(target + 1)
        if self.firm and self._word(self.end - 1) == "之一":
            return Predicate("idiom", self.at, self.at)
        if self.weak is not None and self._kind(self.at - 1) in ASPECT and self._word(target) in LIGHT:
            return self._take_noun(target + 1)
        if following == "de" and target + 2 < self.end:
            return self._take_noun(target + 2)
        if self._word(target) in TAKES_VERB and following in VERBAL and (after := self._relative(target, 2)):
            return self._take_noun(after)
        governs = among("gradable", self._word(target)) or self._word(target) in TAKES_VERB
        if following in (*VERBAL, "cov") and not governs:
            return self._opens(target + 1)
        if self._word(last) == "最" and self._word(target) in LIGHT and following not in ("", "le", "par"):
            return self._take_noun(target + 1)
        if self._word(target) in ("多", "少") and following in ("a", "v", "vn", "deg") and self._kind(target + 2) in ("n", "x"):
            return self._take_noun(target + 1)
        named = following in ("n", "x") and (self._kind(target) == "a" or among("adjective", self._word(target))) and not among("gradable", self._word(target))
        if named or (following in NOMINAL and following != "num" and self._word(target) in LIGHT):
            return self._take_noun(target + 1)
        if target == self.at:
            return self._adjective(target)
        if self._word(target) == "有" and self._modifies(target) and not self.subject:
            return self._skip(token)
        return self._over(Predicate("deg", self.at, self._than(self.at)))

    def _takes_degree(self, last: int, target: int) -> bool:
        """Say whether a degree belongs to the word behind it: one that is known to, or the clause's last."""
        if gradable(self.tokens[target]):
            return True
        ends = self._kind(target + 1) in ("", "le") or (self._kind(target + 1) == "de" and target + 2 >= self.end)
        kinds = ("v", "vn", "idiom", "inn") if self.weak is not None or self._word(last) in ("最", "最为", "更") else ("n", "v", "vn", "idiom", "inn")
        return ends and among("plain-degree", self._word(last)) and self._kind(target) in kinds

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
        if following == "de" or following in ("n", "x", "vn", "mark", "pron", "loc", "mod", "shi", "you", "xshi", "piv"):
            return self._take_noun(at + 1)
        if following in ("v", "say", "piv", "cov", "inn") and self._word(at) not in TAKES_VERB:
            return self._opens(at + 1)
        if following in ("neg", "out") and among("nounlike", self._word(at)):
            return self._take_noun(at + 1)
        if self._kind(at - 1) == "de" and at > self.start and self._kind(at - 2) not in VERBAL and following == "":
            return self._take_noun(at + 1)
        if self._word(at - 1) in ("和", "、", "与", "及", "之") and at > self.start and following == "":
            return self._take_noun(at + 1)
        if self.weak is not None and not self._sums_up(at):
            if not self.firm and following in ("", "le") and not among("result", self._word(at)) and self._kind(at - 1) in ("n", "x", "loc", "v", "vn"):
                return Predicate("idiom", at, at)
            self.at = at + 1
            return None
        return self._over(Predicate("a", at, self._than(at)))

    def _sums_up(self, at: int) -> bool:
        """Say whether an adjective is the predicate of the verb phrase before it: `停车方便`, `上网速度快`."""
        if self.firm or self.weak is None:
            return False
        if self._kind(at - 1) in ("n", "x", "loc"):
            return self.weak.head == self.start and (self.unsure or among("plain", self._word(at)))
        return self._word(at) in EASE and at == self.weak.head + 1

    def _negator(self, token: Token) -> Predicate | None:
        following = self._kind(self.at + 1)
        if token.word == "不" and self._word(self.at + 1) in ("到", "足", "超过", "少于", "低于") and self._kind(self.at + 2) in ("num", "x"):
            return self._take_noun(self.at + 2)
        if token.word in ("非", "无", "未") and (following in ("x", "mark", "") or (token.word == "非" and self._word(self.at - 1) not in ("并", "绝", "决", "实"))):
            return self._skip(token)
        if following == "a" and self._kind(self.at + 2) in ("shi", "xshi", "neg"):
            return self._take_noun(self.at + 2)
        if following in ("v", "vn", "a") and self._kind(self.at + 2) == "mod" and not self._modifies(self.at + 2):
            return self._restart(self.at + 2)
        if token.word == "无" and self._kind(self.at - 1) in VERBAL and self.at > self.start:
            return Predicate("idiom", self.at, self.at)
        if token.word == "别" and following == "shi":
            return self._noun(token)
        if self.at > self.start + 1 and self._kind(self.at - 1) == "de" and self._kind(self.at - 2) not in (*VERBAL, "le", "guo") and self.weak is not None:
            return self._noun(token)
        if self.at > self.start and (self._word(self.at - 1) == "、" or (token.word == "别" and self._kind(self.at - 1) in ("n", "x", "meas"))):
            return self._noun(token)
        measured = self.at > self.start and self._kind(self.at - 1) in ("meas", "num")
        if measured and following != "shi" and self._modifies(self.at):
            return self._noun(token)
        if token.word == "无" and self._kind(self.at + 2) == "de" and self.at + 3 < self.end:
            return self._take_noun(self.at + 3)
        if following != "shi" and (after := self._relative(self.at, 3 if token.word in ("没有", "没", "无") else 2)):
            return self._take_noun(after)
        return self._over(Predicate("neg", self.at, self._site(self.at)))

    # -- verbs

    def _verb(self, token: Token) -> Predicate | None:
        at = self.at
        following = self._kind(at + 1)
        if following == "de":
            return Predicate("idiom", at, at) if at + 2 >= self.end else self._take_noun(at + 2)
        if token.word == "占" and any(self._word(i) in ("比重", "比例", "份额") for i in range(at, self.end - 1)):
            return Predicate("idiom", at, at)
        past = group_end(self.tokens, at, self.end) + 1
        if self._kind(past - 1) in ("guo", "zhe", "le") and self._kind(past) == "de" and past + 1 < self.end:
            return self._take_noun(past + 1)
        if self._nominal_here(token):
            return self._noun(token)
        if self._word(at - 1) in ("和", "与", "及", "以及", "、") and self._kind(self.end - 2) == "de" and self._kind(self.end - 1) == "n":
            return self._take_noun(self.end - 1)
        if token.word in ("来", "去") and following in VERBAL and self.site >= 0:
            return self._skip(token)
        firm = self._kind(group_end(self.tokens, at, self.end)) in ASPECT
        if (self.weak is None or firm) and (after := self._relative(at, 3 if firm else 1 if token.word in ("来自", "出自") and not self.subject else 2)):
            return self._take_noun(after)
        if self._word(at + 1) == "不" and self._kind(at + 3) == "de" and at + 4 < self.end:
            return self._take_noun(at + 4)
        lasting = len(token.word) == 1 or self._word(at + 2) in ("到", "了", "起", "出", "上", "住", "下")
        if lasting and self._word(at + 1) == "不" and among("potential", self._word(at + 2)) and self._kind(at + 3) not in (*VERBAL, "a"):
            return self._over(Predicate("potential", at, self._site(at)))
        if following == "dei":
            return self._over(Predicate("degree", at, self._site(at)))
        compound = self.weak is not None and not self.firm and firm and self.weak.head == at - 1 and len(self._word(at - 1)) > 1
        if compound and (self._kind(at - 2) in ("n", "x") or self.unsure) and not among("catenative", self._word(at - 1)):
            self.weak, self.site = None, self.site if self.site < at - 1 else -1
        if self.weak is not None and not self.firm and among("relational", token.word) and not self._modifies(at):
            self.weak, self.site = None, -1
        if self.weak is None:
            self.unsure = token.kind == "vn" and self._word(at + 1) not in ("于", "到", "为", "成")
            self.weak = Predicate("v", at, self._site(at), weak=True)
            self.firm = firm or self._word(self.weak.site) in ("把", "将", "被", "给")
        self.at = at + 1
        return None

    def _nominal_here(self, token: Token) -> bool:
        """Say whether a verb is used as a noun: behind 的 or an amount, or a verbal noun at the end."""
        before, following = self._kind(self.at - 1) if self.at > self.start else "", self._kind(self.at + 1)
        if self._word(self.at - 1) == "所" and following in ("", "de"):
            return True
        amount = before == "meas" or (before == "num" and len(self._word(self.at - 1)) > 1)
        if amount and following in ("cov", "deg", "neg", "mod", "shi", "a"):
            return True
        if amount and (following == "" or (following == "n" and self._kind(self.at + 2) == "")):
            return True
        if self._word(self.at - 1) == "一" and self._word(self.at - 2) == "这":
            return True
        if before == "de":
            return not (_twice(self._word(self.at - 2)) and self._kind(self.at - 2) in ("a", "inn", "deg"))
        if before == "pron" and self._word(self.at - 1) in ("各种", "各项", "一切", "任何", "所有", "某种", "种种", "某些"):
            return True
        if before == "attributive" or (following == "loc" and self._word(self.at + 1) in ("中", "里", "内")):
            return True
        if before in ("a", "inn", "out") and self.at - 2 >= self.start and self._kind(self.at - 2) == "de" and (self.weak is not None or following in ("", *VERBAL)):
            return True
        if before in ("a", "inn") and self._kind(self.at - 2) in ("num", "meas") and following == "":
            return True
        if before == "meas" and token.kind == "vn":
            return True
        if (self._word(self.at - 1) == "年" and token.word == "来") or (token.word == "等" and before in ("n", "x", "mark", "v", "vn", "a", "idiom")):
            return True
        if self._word(self.at + 1) in ("器", "者", "员", "率", "性", "法", "表", "号", "码", "机", "室", "台", "费", "量", "度") and self._kind(self.at + 2) != "":
            return True
        if before in ("n", "vn", "x", "pron", "time", "attributive", "meas") and self._word(self.at + 1) in COMPOUNDS and not among("stative", token.word):
            return True
        if self._word(self.at - 1) in ("和", "与", "及", "、", "或", "以及") and following == "":
            return True
        if self._word(self.at + 1) in ("和", "与", "及", "或", "以及") and self.weak is None and self._kind(self.at + 2) in ("n", "v", "vn", "x"):
            return True
        return token.kind == "vn" and following == "" and before in ("n", "x", "vn", "v", "a", "pron")

    def _saying(self, token: Token) -> Predicate | None:
        """A verb that takes a clause; what is said in it counts, unless the verb is one that is negated itself."""
        if self._kind(self.at - 1) == "n" and self.at > self.start and self._kind(self.at + 1) in ("x", "num"):
            return self._noun(token)
        if self._kind(self.at + 1) == "de" or self._nominal_here(token):
            return self._verb(token)
        if after := self._relative(self.at, 3):
            return self._take_noun(after)
        inner = find(self.tokens, self.at + 1)
        if self._kind(self.at + 1) in ASPECT and self._kind(self.at + 2) not in ("neg", "mod"):
            return self._verb(token)
        if any(self._kind(at) in ("wh", "asks") for at in range(self.at + 1, self.end)):
            return Predicate("v", self.at, self._site(self.at)) if token.word in KNOWING else self._verb(token)
        if inner is not None and inner.kind == "a" and inner.head == self.at + 1 and not token.word.startswith(("感", "觉", "总", "认")):
            return self._verb(token)
        if token.word in MATRIX and inner is not None and inner.weak and not self.firm and self._kind(self.at + 1) in ("cov", "attributive", "bou", "loc", "time", "out"):
            return self._over(Predicate("v", self.at, self._site(self.at)))
        if inner is None or inner.kind in ("asks", "idiom") or (inner.weak and not self._is_clause(inner)):
            return self._verb(token)
        if self.firm and token.word in DREAD:
            return Predicate("idiom", self.at, self.at)
        if self.firm and token.word not in ("觉得", "感觉", "发现", "认为", "感到"):
            return self._verb(token)
        if token.word in DREAD or (token.word in MATRIX and inner.kind not in ("neg", "potential")):
            return self._over(Predicate("v", self.at, self._site(self.at)))
        return inner

    def _is_clause(self, inner: Predicate) -> bool:
        """Say whether a subject stands between the verb and what follows, which is no noun phrase with 的."""
        if inner.weak and inner.head == self.end - 1 and self._kind(inner.head - 1) in ("n", "x", "loc"):
            return False
        between = any(self._kind(i) in ("pron", "n", "out") for i in range(self.at + 1, inner.head))
        return between and not self._modifies(inner.head)

    def _causing(self, token: Token) -> Predicate | None:
        if self._kind(self.at + 1) in ("de", "") or self._nominal_here(token):
            return self._verb(token)
        if token.word == "要求" and any(self._word(i) in ("按", "按照", "根据", "依照", "依") for i in range(self.start, self.at)):
            return self._noun(token)
        if token.word == "麻烦":
            return Predicate("idiom", self.at, self.at)
        if token.word != "请" and self._kind(self.at + 1) in ("out", "shi", "neg"):
            return self._noun(token)
        if self._word(self.at - 1) in ("这些", "那些", "各", "该") and token.word == "组织":
            return self._noun(token)
        if self._word(self.at - 1) == "、" or self._kind(self.at + 1) == "time":
            return Predicate("idiom", self.at, self.at)
        if among("result", self._word(self.at + 1)) and self._kind(self.at + 1) != "cov":
            return self._verb(token)
        if self._kind(self.at + 1) == "a" and token.word != "请":
            return self._noun(token)
        if after := self._relative(self.at, 3):
            return self._take_noun(after)
        if self.weak is not None and token.word in ("要求", "帮助", "请求", "麻烦", "鼓励"):
            return self._noun(token)
        inner = find(self.tokens, self.at + 1)
        if token.word == "请" and self._kind(self.at + 1) in ("cov", "v", "vn", "inn", "a") and (inner is None or inner.kind not in ("neg", "potential")):
            return Predicate("piv", self.at, self._site(self.at))
        if inner is None:
            return self._verb(token)
        if inner.kind in ("neg", "potential"):
            return inner
        return Predicate("piv", self.at, self._site(self.at))

    # -- prepositions

    def _preposition(self, token: Token) -> Predicate | None:
        word, following = token.word, self._kind(self.at + 1)
        if self._word(self.at + 1) in ("不", "得") and among("potential", self._word(self.at + 2)):
            return self._verb(token)
        if not among("cov", word):
            return self._noun(token)
        if word == "将" and following == "a" and self._kind(self.at + 2) in VERBAL:
            return self._outer(token)
        if word == "将" and self._kind(self.at + 2) != "de" and following in (*(PREDICATIVE - {"a"}), "cov", "out", "inn", "idiom"):
            return self._outer(token)
        if self.unsure and self.weak is not None and not self.firm:
            self.weak, self.site, self.subject = None, -1, True
        if self.weak is not None and not self.firm and word in ("由", "被") and following not in VERBAL:
            self.weak, self.site, self.subject = None, -1, True
        if self.weak is not None:
            return self._skip(token)
        if word == "被" and following in VERBAL:
            return self._opens(self.at + 1)
        if word == "在" and following in VERBAL and self._progressive(self.at + 2):
            return self._opens(self.at + 1)
        if word == "于" and following not in ("x", "num", "time", "pron"):
            return self._noun(token)
        end = self._object_end(self.at + 1)
        if word == "在" and end == self.at + 1:
            within = next((i for i in range(end + 1, min(end + 8, self.end - 1)) if self._kind(i) in ("loc", "bou") or self._word(i) == "中"), -1)
            end = within + 1 if within > 0 and not any(self._kind(i) in ("neg", "mod", "shi", "out") for i in range(end, within)) else end
        if word in ("和", "与", "跟", "同") and self.at > self.start and self._kind(self.at - 1) in (*NOMINAL, "vn", "a") and self.site < 0:
            return self._take_noun(end)
        if end == self.at + 1 or self._kind(end) in ("le", "par", ""):
            return self._main(token)
        if word in TOPICAL or (word in OPENING and not self.subject):
            self.outside = self.at if word == "对" and self.at == self.start + (self._kind(self.start) in ("cnj", "out")) else -1
            self.site, self.at = -1, end
            return None
        return self._opens(end)

    def _progressive(self, at: int) -> bool:
        """Say whether 在 before a verb tells what is going on, rather than where: `在运行中`."""
        return not (self._kind(at - 1) == "vn" and at >= self.end) and not any(self._kind(i) in ("bou", "loc") or self._word(i) in ("中", "上", "过程") for i in range(at, self.end))

    def _main(self, token: Token) -> Predicate | None:
        """Take a preposition for what it also is: an adjective, a verb, or a conjunction of nouns."""
        if token.word == "对":
            return self._adjective(self.at)
        if token.word in ("在", "给", "用", "像", "离", "按", "当"):
            return self._verb(token)
        return self._noun(token)

    def _inside(self, at: int) -> int:
        """Return where the relative clause in a preposition's object ends, 0 where none begins here."""
        if self._kind(group_end(self.tokens, at, self.end)) in ASPECT or (self._kind(at) == "inn" and self._kind(at + 1) != "de"):
            return 0
        return self._relative(at, 1 if self._kind(at) in ("cov", "mod", "neg") else 2)

    def _object_end(self, at: int) -> int:
        """Return where the noun phrase behind a preposition ends."""
        begin = at
        while at < self.end:
            kind, following = self._kind(at), self._kind(at + 1)
            if kind == "bou" and at > begin:
                return at + 1
            if kind == "pron" and at > begin and self._kind(at - 1) in ("loc", "bou"):
                return at
            if kind in NOMINAL or kind in ("de", "idiom") or self._word(at) in ("和", "及", "以及", "或", "或者", "与", "同", "另外") or (kind in VERBAL and at > begin and self._kind(at - 1) == "de") or (kind in ("a", "vn") and (following in ("n", "x", "mark") or self._word(at + 1) in ("和", "与", "及"))) or (kind in ("a", "v", "vn") and self._word(at - 1) in ("和", "与", "及", "、") and at > begin):
                at += 1
            elif kind in (*PREDICATIVE, "inn", "wh", "cov", "out") and (after := self._inside(at)):
                at = after
            elif kind in ("v", "vn", "a") and at == begin and following in ("bou", "loc", "v", "neg", "you", "deg", "piv", "say", "mod"):
                at += 1
            else:
                return at
        return at
