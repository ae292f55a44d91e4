"""What Chinese words do in a sentence: read from the project's own list."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from textaug.languages.en import listed

GRAMMAR = listed(
    """
    asks fixed xshi neg mod deg shi you le guo zhe de di dei say piv cov cnj bou wh par out inn time attributive pron
    loc meas num idiom adverb
    """
)
"""Sections whose words are of a kind of their own."""
KNOWN = ("stative", "event", "imperative", "verb", "catenative", "single", "relational")
"""Sections of verbs whose negation is known."""


@cache
def sections() -> dict[str, frozenset[str]]:
    """Return the words of each section of the list, in its order.

    >>> "没有" in sections()["neg"], list(sections())[:3]
    (True, ['asks', 'fixed', 'xshi'])
    """
    held: dict[str, list[str]] = {}
    name = ""
    for line in _lines("negation_zh.txt"):
        if line.startswith("["):
            name = line.strip("[]")
            held[name] = []
        else:
            held[name] += line.split()
    return {name: frozenset(words) for name, words in held.items()}


@cache
def simplified() -> dict[int, str]:
    """Return what `str.translate` turns traditional characters into simplified ones with.

    >>> "沒有電腦".translate(simplified())
    '没有电脑'
    """
    pairs = "".join(_lines("simplified.txt"))
    return {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}


def _lines(name: str) -> list[str]:
    text = (files("textaug.languages") / "data" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def kinds() -> dict[str, str]:
    """Return the kind of every word of grammar: the first section that it stands in.

    >>> [kinds()[word] for word in ("没有", "可以", "非常", "把", "都")]
    ['neg', 'mod', 'deg', 'cov', 'out']
    """
    table: dict[str, str] = {}
    held = sections()
    for name, words in held.items():
        if name in GRAMMAR:
            for word in sorted(words - held["adjective"] if name == "inn" else words):
                table.setdefault(word, name)
    return table


def among(name: str, word: str) -> bool:
    """Say whether a word stands in a section."""
    return word in sections()[name]


def known(word: str) -> bool:
    """Say whether a word stands in the lists of verbs."""
    return any(among(name, word) for name in KNOWN)
