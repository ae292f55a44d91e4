"""What a pass does at verbs."""

from __future__ import annotations

from textaug.languages.en import listed
from textaug.languages.negation_zh.grammar import (
    ASPECT,
    COMPOUNDS,
    DREAD,
    FEELING,
    KNOWING,
    MATRIX,
    VERBAL,
    Predicate,
    doubled,
    gradable,
    group_end,
)
from textaug.languages.negation_zh.scan import Scan
from textaug.languages.negation_zh.steps_grammar import noun
from textaug.languages.negation_zh.tokens import Token
from textaug.languages.negation_zh.words import among

ANY = listed("各种 各项 一切 任何 所有 某种 种种 某些")
SUFFIXES = listed("器 者 员 率 性 法 表 号 码 机 室 台 费 量 度")
"""Characters that make a noun of the verb before them."""
LASTING = listed("到 了 起 出 上 住 下")
"""Complements of a potential that a verb of two characters takes: `满足不了`."""
NAMEABLE = listed("组织 鼓励 帮助 指导 协助 要求 安排")
"""Causatives that are nouns behind `这些`."""
MENTIONED = listed("要求 帮助 请求 麻烦 鼓励")
"""Causatives that are nouns in an object."""
ASIDE = frozenset(["cov", "attributive", "bou", "loc", "time", "out"])


def verb(scan: Scan, token: Token) -> Predicate | None:
    """A verb: a part of a noun phrase, a complement, or the predicate so far."""
    at, following = scan.at, scan.kind(scan.at + 1)
    if following == "de":
        return scan.refuse() if at + 2 >= scan.end else scan.take_noun(at + 2)
    if token.word == "占" and scan.has(("比重", "比例", "份额"), at, scan.end - 1):
        return scan.refuse()
    past = group_end(scan.tokens, at, scan.end)
    firm = scan.kind(past) in ASPECT
    if firm and scan.kind(past + 1) == "de" and past + 2 < scan.end:
        return scan.take_noun(past + 2)
    if nominal(scan, token):
        return noun(scan, token)
    if token.word == "算" and at + 2 == scan.end and gradable(scan.tokens[at + 1]):
        return scan.skip()
    joined = scan.word(at - 1) in ("和", "与", "及", "以及", "、")
    if joined and scan.kind(scan.end - 2) == "de" and scan.kind(scan.end - 1) == "n":
        return scan.take_noun(scan.end - 1)
    if token.word in ("来", "去") and following in VERBAL and scan.site >= 0:
        return scan.skip()
    need = 3 if firm else 1 if token.word in ("来自", "出自") and not scan.subject else 2
    if (scan.weak is None or firm) and (after := scan.relative(at, need)):
        return scan.take_noun(after)
    if scan.word(at + 1) == "不" and scan.kind(at + 3) == "de" and at + 4 < scan.end:
        return scan.take_noun(at + 4)
    if _potential(scan, token):
        return scan.over(Predicate("potential", at, scan.before(at)))
    if following == "dei":
        return scan.over(Predicate("degree", at, scan.before(at)))
    return _plain(scan, token, firm)


def _potential(scan: Scan, token: Token) -> bool:
    at = scan.at
    lasting = len(token.word) == 1 or scan.word(at + 2) in LASTING
    complement = scan.word(at + 1) == "不" and among("potential", scan.word(at + 2))
    return lasting and complement and scan.kind(at + 3) not in (*VERBAL, "a")


def _plain(scan: Scan, token: Token, firm: bool) -> Predicate | None:
    """Take a verb for the predicate for the time being, unless an earlier one is likelier."""
    at, weak = scan.at, scan.weak
    if weak is not None and not scan.firm:
        compound = firm and weak.head == at - 1 and len(scan.word(at - 1)) > 1
        named = scan.kind(at - 2) in ("n", "x") or scan.unsure
        if compound and named and not among("catenative", scan.word(at - 1)):
            scan.weak, scan.site = None, scan.site if scan.site < at - 1 else -1
        if scan.weak is not None and among("relational", token.word) and not scan.modifies(at):
            scan.weak, scan.site = None, -1
    if scan.weak is None:
        scan.unsure = token.kind == "vn" and scan.word(at + 1) not in ("于", "到", "为", "成")
        scan.weak = Predicate("v", at, scan.before(at), weak=True)
        scan.firm = firm or scan.word(scan.weak.site) in ("把", "将", "被", "给")
    return scan.skip()


def nominal(scan: Scan, token: Token) -> bool:
    """Say whether a verb is used as a noun: behind 的 or an amount, or a verbal noun at the end."""
    at, following = scan.at, scan.kind(scan.at + 1)
    before, word_before = (scan.kind(at - 1) if at > scan.start else ""), scan.word(at - 1)
    if word_before == "所" and following in ("", "de"):
        return True
    if _counted(scan, before) or (word_before == "一" and scan.word(at - 2) == "这"):
        return True
    if before == "de":
        return not (doubled(scan.word(at - 2)) and scan.kind(at - 2) in ("a", "inn", "deg"))
    if token.word in COMPOUNDS and before in ("n", "vn", "v") and following in (*VERBAL, "inn", "a"):
        return True
    if before == "attributive" or (before == "pron" and word_before in ANY):
        return True
    if _modified(scan, before) or (before == "meas" and token.kind == "vn"):
        return True
    listing = token.word == "等" and before in ("n", "x", "mark", "v", "vn", "a", "idiom")
    if listing or (word_before == "年" and token.word == "来"):
        return True
    return _joined(scan, token, before) or (
        token.kind == "vn" and following == "" and before in ("n", "x", "vn", "v", "a", "pron")
    )


def _counted(scan: Scan, before: str) -> bool:
    """Say whether an amount makes a noun of a verb: `一次检查`."""
    at, following = scan.at, scan.kind(scan.at + 1)
    amount = before == "meas" or (before == "num" and len(scan.word(at - 1)) > 1)
    last = following == "" or (following == "n" and scan.kind(at + 2) == "")
    return amount and (last or following in ("cov", "deg", "neg", "mod", "shi", "a"))


def _modified(scan: Scan, before: str) -> bool:
    """Say whether a modifier or a place makes a noun of a verb: `的正确使用`, `一个完整检查`, `工作中`."""
    at, following = scan.at, scan.kind(scan.at + 1)
    if following == "loc" and scan.word(at + 1) in ("中", "里", "内"):
        return True
    owned = at - 2 >= scan.start and scan.kind(at - 2) == "de"
    if before in ("a", "inn", "out") and owned and (scan.weak is not None or following in ("", *VERBAL)):
        return True
    return before in ("a", "inn") and scan.kind(at - 2) in ("num", "meas") and following == ""


def _joined(scan: Scan, token: Token, before: str) -> bool:
    """Say whether a verb is a part of a compound, or joined with a noun: `文件操作工具`, `安装和使用`."""
    at, following, next_word = scan.at, scan.kind(scan.at + 1), scan.word(scan.at + 1)
    if next_word in SUFFIXES and scan.kind(at + 2) != "":
        return True
    named = before in ("n", "vn", "x", "pron", "time", "attributive", "meas")
    if named and next_word in COMPOUNDS and not among("stative", token.word):
        return True
    if scan.word(at - 1) in ("和", "与", "及", "、", "或", "以及") and following == "":
        return True
    paired = next_word in ("和", "与", "及", "或", "以及") and scan.kind(at + 2) in ("n", "v", "vn", "x")
    return paired and scan.weak is None


def saying(scan: Scan, token: Token) -> Predicate | None:
    """A verb that takes a clause; what is said in it counts, unless the verb is one that is negated itself."""
    at, word, following = scan.at, token.word, scan.kind(scan.at + 1)
    if at > scan.start and scan.kind(at - 1) == "n" and following in ("x", "num"):
        return noun(scan, token)
    if following == "de" or nominal(scan, token):
        return verb(scan, token)
    if after := scan.relative(at, 3):
        return scan.take_noun(after)
    said = scan.inner(at + 1)
    if following in ASPECT and scan.kind(at + 2) not in ("neg", "mod"):
        return verb(scan, token)
    itself = Predicate("v", at, scan.before(at))
    if scan.some(("wh", "asks"), at + 1, scan.end):
        return itself if word in KNOWING else verb(scan, token)
    if said is None or said.kind in ("asks", "idiom") or _sensed(scan, word, said):
        return verb(scan, token)
    if said.weak and word in MATRIX and not scan.firm and following in ASIDE:
        return scan.over(itself)
    if said.weak and not _is_clause(scan, said):
        return verb(scan, token)
    if scan.firm and word in DREAD:
        return scan.refuse()
    if scan.firm and word not in FEELING:
        return verb(scan, token)
    if word in DREAD or (word in MATRIX and said.kind not in ("neg", "potential")):
        return scan.over(itself)
    return said


def _sensed(scan: Scan, word: str, said: Predicate) -> bool:
    """Say whether an adjective right behind a verb is its complement: `说清楚`."""
    return said.kind == "a" and said.head == scan.at + 1 and not word.startswith(("感", "觉", "总", "认"))


def _is_clause(scan: Scan, said: Predicate) -> bool:
    """Say whether a subject stands between the verb and what follows, which is no noun phrase with 的."""
    if said.weak and said.head == scan.end - 1 and scan.kind(said.head - 1) in ("n", "x", "loc"):
        return False
    return scan.some(("pron", "n", "out"), scan.at + 1, said.head) and not scan.modifies(said.head)


def causing(scan: Scan, token: Token) -> Predicate | None:
    """A verb whose object does something itself: `让他走`; 请 asks for something."""
    at, word, following = scan.at, token.word, scan.kind(scan.at + 1)
    if following in ("de", "") or nominal(scan, token):
        return verb(scan, token)
    if word == "要求" and scan.has(("按", "按照", "根据", "依照", "依"), scan.start, at):
        return noun(scan, token)
    if word == "麻烦":
        return scan.refuse()
    if word != "请" and following in ("out", "shi", "neg"):
        return noun(scan, token)
    if word in NAMEABLE and scan.word(at - 1) in ("这些", "那些", "各", "各项", "该"):
        return noun(scan, token)
    if scan.word(at - 1) == "、" or following == "time":
        return scan.refuse()
    if among("result", scan.word(at + 1)) and following != "cov":
        return verb(scan, token)
    if following == "a" and word != "请":
        return noun(scan, token)
    if after := scan.relative(at, 3):
        return scan.take_noun(after)
    if scan.weak is not None and word in MENTIONED:
        return noun(scan, token)
    done = scan.inner(at + 1)
    asked = word == "请" and following in ("cov", "v", "vn", "inn", "a")
    if done is None and not asked:
        return verb(scan, token)
    return done if done is not None and done.kind in ("neg", "potential") else Predicate("piv", at, scan.before(at))
