"""The words of a Chinese sentence, with what grammar needs to know of each.

jieba's vocabulary and frequencies, cut for this purpose: jieba's dictionary holds many words that hide grammar (`不会`,
`看过`, `吃了饭`, `很快`); they are left out, so that a negator, an aspect or a degree is always a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from textaug.languages.dictionary import installed
from textaug.languages.negation_zh.words import among, kinds, sections, simplified

RARE = 4
"""Words of the dictionary that are met less often than this are left out: most of them are accidents."""
LONGEST = 8
OURS = 1000
"""How often a word of our own is met at least."""
HIDING_FIRST = frozenset("我你他她它不没很太最更较挺极别请勿是也都又就还再才只未有")
VERBS = ("verb", "stative", "event", "imperative", "gradable")
"""Sections whose words are verbs, whatever their tag."""
HIDING_LAST = frozenset("是了过着得的地不没在")
_TAGS = {
    **dict.fromkeys(("a", "z", "ag", "an"), "a"),
    **dict.fromkeys(("d", "dg", "ad"), "inn"),
    **dict.fromkeys(("y", "e"), "par"),
    **dict.fromkeys(("v", "vg", "vi", "vq", "vd"), "v"),
    **dict.fromkeys(("i", "l"), "idiom"),
    **dict.fromkeys(("m", "mq"), "num"),
    "vn": "vn",
    "p": "cov",
    "c": "cnj",
    "q": "meas",
    "r": "pron",
    "t": "time",
    "f": "loc",
}
"""The kind of a word by its tag in jieba's dictionary; any other is a noun's."""
_WORD = r"[^\W\u3400-\u9fff]+"
_PIECE = re.compile(rf"([\u3400-\u9fff]+)|({_WORD}(?:[-_.+#/&%:@=]+{_WORD})*)|(\s+)|(.)", re.DOTALL)
"""A run of Chinese, a word that is none, a blank, a mark."""
_ASKING = re.compile(r"(?!动不动|时不时|不|一|得)([\u3400-\u9fff]{1,2})[不没]\1")
"""A verb asked for by saying it twice: `去不去`, `喜欢不喜欢`, and the beginning of `喜不喜欢`."""
_WEARING = re.compile("著(?![名作者述])(?<![名原显专土论巨昭合编]著)")


class Token(NamedTuple):
    """A word.

    Attributes:
        word: in simplified characters.
        kind: a section of the list of words, or `v`, `vn` (verb or noun), `a`, `n`, `x` (no Chinese), `mark`, `space`.
        start, end: where it stands, in code points.
    """

    word: str
    kind: str
    start: int
    end: int


class Entry(NamedTuple):
    """A word of the vocabulary.

    Attributes:
        cost: what it costs to cut it out, in 1/16 bit.
        kind: its kind, empty for what is merely the beginning of a word.
    """

    cost: int
    kind: str


def tokens(sentence: str) -> list[Token]:
    """Cut a sentence into words.

    >>> [(token.word, token.kind) for token in tokens("我沒看過電影。")]
    [('我', 'pron'), ('没', 'neg'), ('看', 'v'), ('过', 'guo'), ('电影', 'n'), ('。', 'mark')]
    """
    plain = _WEARING.sub("着", sentence.translate(simplified()))
    held: list[Token] = []
    for match in _PIECE.finditer(plain):
        start = match.start()
        if match.lastindex == 1:
            held += _run(match.group(), start)
        else:
            kind = ("x", "space", "mark")[(match.lastindex or 0) - 2]
            held.append(Token(match.group(), kind, start, match.end()))
    return held


def _run(text: str, offset: int) -> Iterator[Token]:
    """Yield the words of a run of Chinese, `去不去` one of them."""
    at = 0
    for match in _ASKING.finditer(text):
        yield from _cut(text[at : match.start()], offset + at)
        yield Token(match.group(), "asks", offset + match.start(), offset + match.end())
        at = match.end()
    yield from _cut(text[at:], offset + at)


def _cut(text: str, offset: int) -> Iterator[Token]:
    """Yield the words of a run of Chinese along the cheapest route, the longest first among equals."""
    vocabulary, unknown = _vocabulary()
    size = len(text)
    best = [0] * (size + 1)
    stop = [0] * size
    kind = [""] * size
    for at in range(size - 1, -1, -1):
        best[at] = -1
        for end in range(at + 1, min(at + LONGEST, size) + 1):
            entry = vocabulary.get(text[at:end])
            if entry is None:
                if end > at + 1:
                    break
                entry = Entry(unknown, "n")
            if entry.kind and (best[at] < 0 or entry.cost + best[end] <= best[at]):
                best[at], stop[at], kind[at] = entry.cost + best[end], end, entry.kind
    at = 0
    while at < size:
        yield Token(text[at : stop[at]], kind[at], offset + at, offset + stop[at])
        at = stop[at]


@cache
def _vocabulary() -> tuple[dict[str, Entry], int]:
    """Return the vocabulary, and the cost of a character that is no word."""
    found = dict(_read())
    for name, words in sections().items():
        for word in words if name != "never" else ():
            count, tag = found.get(word, (0, "n"))
            found[word] = max(count, OURS), tag
    total = _bits(sum(count for count, _ in found.values()))
    table: dict[str, Entry] = {}
    for word, (count, tag) in found.items():
        table[word] = Entry(total - _bits(count), _kind(word, tag))
        for end in range(1, len(word)):
            table.setdefault(word[:end], Entry(total, "n" if end == 1 else ""))
    return table, total


def _kind(word: str, tag: str) -> str:
    """Return a word's kind: by our own lists, and by its tag where they do not hold it."""
    if kind := kinds().get(word):
        return kind
    if among("noun", word):
        return "n"
    if among("adjective", word):
        return "a"
    return "v" if tag != "vn" and any(among(name, word) for name in VERBS) else _TAGS.get(tag, "n")


def _bits(count: int) -> int:
    """Return 16 log2(count), to a whole number, without floating point."""
    return int(count**16).bit_length()


def _read() -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield word, count and tag of jieba's dictionary, as far as a word hides no grammar."""
    never = sections()["never"]
    kept = frozenset().union(*sections().values()) - never
    for line in (installed() / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        common = int(count) >= RARE and len(word) <= LONGEST
        if word not in never and (word in kept or (common and not _hides(word, tag, int(count)))):
            yield word, (int(count), tag)


def _hides(word: str, tag: str, count: int) -> bool:
    """Say whether a word of the dictionary hides a word of grammar."""
    if len(word) == 1:
        return False
    denies = "不" in word or "没" in word
    name = tag[0] in "nts" and count >= 20 and word[0] not in "我你他她它"
    if name and not denies and word[-1] not in "了过着的":
        return False
    if len(word) >= 4:
        return tag == "l" and any(letter in "不没了过着的很太" for letter in word)
    inside = len(word) == 3 and word[1] in "不得没了"
    return denies or inside or word[0] in HIDING_FIRST or word[-1] in HIDING_LAST
