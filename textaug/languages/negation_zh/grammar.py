"""What the rules of Chinese negation share: kinds of words, lists of words, and the predicate of a clause.

A word's kind is a section of the list of words (`neg`, `mod`, `deg`, `cov`, …), or `v`, `vn` (verb or noun), `a`, `n`,
`x` (no Chinese), `mark`, `space`. `say` takes a clause, `piv` an object that does something itself (`让他走`), `out`
are adverbs that stand before a negator, `inn` those that stand behind it, `bou` ends a temporal clause, `fixed` and
`idiom` are left alone.
"""

from __future__ import annotations

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
    如同 犹如 对于 关于 至于 根据 依据 依照 按照 按 据 随着 经过 经 除 除了 因 因为 由于 为了 针对 当 自从 鉴于 基于
    凭 凭借 沿 沿着 连 本着 顺着 较 随 作为
    """
)
"""Prepositions whose phrase stands outside of what is negated."""
OPENING = listed("在 对 于 通过")
"""Prepositions whose phrase stands outside when it opens the sentence."""
MATRIX = listed(
    """
    防止 避免 杜绝 希望 建议 担心 怕 怀疑 相信 知道 主张 确保 保证 看到 听到 想到 意味着 确认 强调 猜
    """
)
"""Verbs that are negated themselves, rather than the clause behind them."""
KNOWING = listed("知道 晓得")
"""Verbs whose object may be a question."""
DREAD = listed("担心 怕 怀疑")
FEELING = listed("觉得 感觉 发现 认为 感到")
LINKS = listed("并 和 及 以及 或 或者 并且 而 且")
"""Conjunctions that join two verbs of one predicate."""
CONDITIONS = listed(
    """
    凡是 凡 虽然 虽说 虽 尽管 如果 要是 假如 若 倘若 即使 就算 哪怕 即便 只要 既然 无论 不管 不论 每当 一旦 若是 如若
    假使 万一
    """
)
CONSEQUENCES = listed("就 便 则 也 都 却 还是 才 仍 仍然 那么 均")
COMPOUNDS = listed(
    """
    工作 活动 问题 情况 事业 工具 程式 软体 软件 引擎 守护程序 计划 方案 政策 能力 水平 系统 制度 机制 任务 过程 方法
    方式 技术 设备 人员 部门 时间 速度 条件 费用 价格 数量 标准 要求 结果 效果 原因 方面 领域 行为 措施 程序 功能 命令
    参数 选项 文件 模式 状态 现象 事件 项目 工程 体系 规模 力度 成本 质量 效率 经验 习惯 环境 市场 行业 产业 公司 机构
    中心 基地 地点 日期
    """
)
"""Nouns that a verb before them modifies, with a noun before that: `案件查处工作`."""
LIGHT = listed("多 少 大 小 高 长 好 新 早 深 远 短 低")
"""Adjectives that stand before a noun without 的: `很多人`."""
AND = listed("和 与 及 以及 或 或者")
WITH = listed("和 与 跟 同")


class Predicate(NamedTuple):
    """The predicate of a clause.

    Attributes:
        kind: `shi`, `you`, `mod`, `deg`, `a`, `v`, `piv`, `neg`, `only`, `potential` (看不见), `degree` (跑得快), or
            why there is no safe one: `idiom`, `asks`.
        head: the word that makes it: 是, a modal, the degree, the adjective, the verb, the negator.
        site: the word that a negator of the verb stands before.
        weak: whether it is a plain verb, and might be a part of something else.
    """

    kind: str
    head: int
    site: int
    weak: bool = False


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
    while at < end and _completes(tokens, at, end):
        at += 1
    return at


def _completes(tokens: list[Token], at: int, end: int) -> bool:
    kind, word = tokens[at].kind, tokens[at].word
    if kind in ("v", "loc", "a", "inn", "deg", "cov") and among("result", word):
        return True
    short = len(word) == 1 == len(tokens[at - 1].word)
    return short and (kind in ("v", "vn") or (kind == "a" and at + 1 < end and tokens[at + 1].kind == "le"))


def doubled(word: str) -> bool:
    """Say whether a word says its last character twice, as adverbs of manner do: `慢慢`."""
    return len(word) > 1 and word[-1] == word[-2]
