"""Judge the pairs of Cilin by the company that their words keep, when the lexicon's numbers are made.

A pair of synonyms in a dictionary need not be one in a sentence: 研究 is 斟酌 in one of its senses. Words that stand in
the same company have similar vectors, but so have 提高 and 降低. Together, a common group and similar vectors are good
evidence; what they let through was read in real sentences, and what read wrong stands in `zh-vetoes.txt`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError
from textaug.languages.dictionary import installed
from textaug.languages.zh_words import OFFENSIVE
from textaug.lexicon.chinese import antonyms, everyday, table
from textaug.lexicon.cilin import Pairs
from textaug.lexicon.store import POS

F32 = npt.NDArray[np.float32]

LEAST = 0.5
"""Below this cosine nothing is kept."""
GOOD = 26
"""What passes a reader has at least this quality: a tenth, the `min_share` of the transforms."""
RARE = 40
"""Words with a lower count in jieba's dictionary are proposed for nothing."""
_CLASSES = {
    "noun": ("n", "s", "t", "vn", "an"),
    "verb": ("v", "vn", "vd", "vi"),
    "adj": ("a", "an", "ad", "z", "b"),
    "adv": ("d", "ad", "vd"),
}
_PHRASES = ("i", "l")  # idioms: of any part of speech, but only for one another


class Word(NamedTuple):
    """A word of jieba's dictionary.

    Attributes:
        uses: how often it is met.
        pos: the bits of its parts of speech; 0 for an idiom.
    """

    uses: int
    pos: int


def judged(groups: list[tuple[str, list[str]]], vectors: Path) -> Pairs:
    """Return the pairs of words in groups that may be used, with their quality.

    Args:
        groups: (name, words).
        vectors: words and their vectors, as word2vec writes them in binary.

    Raises:
        DataError: there are no such vectors.
    """
    vector = _vectors(vectors)
    words = _words()
    barred = _barred()
    rows: dict[tuple[str, str], tuple[int, int, int, int, float]] = {}
    for number, (name, members) in enumerate(groups):
        usable = [(k, word) for k, word in enumerate(members[:256]) if word in words and word in vector]
        for (i, form), (k, candidate) in permutations(usable if name.endswith("=") else (), 2):
            alike = float(vector[form] @ vector[candidate])
            if alike > LEAST and (form, candidate) not in barred and _fit(form, candidate, words):
                rows.setdefault((form, candidate), (number, i, k, words[form].pos & words[candidate].pos, alike))
    best: dict[str, float] = {}
    for (form, _), row in rows.items():
        best[form] = max(best.get(form, 0.0), row[-1])
    graded = [(*row[:-1], _quality(*key, row[-1], best[key[0]], words)) for key, row in rows.items()]
    columns = np.array(sorted(graded), np.int64).T
    types = (np.uint16, np.uint8, np.uint8, np.uint8, np.uint8)
    return Pairs(*(column.astype(kind) for column, kind in zip(columns, types, strict=True)))


def _fit(form: str, candidate: str, words: dict[str, Word]) -> bool:
    """Say whether two words are alike in grammar, length and age."""
    one, other = words[form], words[candidate]
    phrase = one.pos == 0
    alike = other.pos == 0 if phrase else one.pos & other.pos != 0
    lengths = abs(len(form) - len(candidate)) <= 1
    return alike and lengths and form != candidate and other.uses >= RARE and other.uses * 25 >= one.uses


def _quality(form: str, candidate: str, alike: float, best: float, words: dict[str, Word]) -> int:
    """Return how well a candidate stands for a form: `GOOD` or more where the evidence is good.

    Words that share a character are rarely apart in meaning. Those of another length read worse, as do rarer ones.
    """
    bar = 0.65 if set(form) & set(candidate) else 0.74
    bar += 0.08 * (len(form) != len(candidate)) + 0.05 * (words[candidate].uses * 8 < words[form].uses)
    bar = max(bar, best - 0.12)
    if alike < bar:
        return round(1 + (GOOD - 2) * (alike - LEAST) / (bar - LEAST))
    return round(GOOD + (255 - GOOD) * (alike - bar) / (1.001 - bar))


def _words() -> dict[str, Word]:
    """Return the words of jieba's dictionary that may be replaced or proposed: no names, no function words."""
    held = {}
    for line in (installed() / "dict.txt").read_text("utf-8").splitlines():
        text, count, tag = (*line.split(), "")[:3]
        pos = sum(POS[name] for name, tags in _CLASSES.items() if tag in tags)
        if len(text) > 1 and (pos or tag in _PHRASES) and text not in OFFENSIVE:
            held[text] = Word(int(count), pos)
    return held


def _barred() -> set[tuple[str, str]]:
    """Return the pairs that must not be, in both orders: antonyms, those of synonyms, and what read wrong."""
    opposite: dict[str, set[str]] = {}
    for one, other, _ in antonyms():
        opposite.setdefault(one, set()).add(other)
        opposite.setdefault(other, set()).add(one)
    found = {(word, other) for word, others in opposite.items() for other in others}
    for word, (_, synonyms) in everyday().items():
        found |= {(word, other) for synonym in synonyms for other in opposite.get(synonym, ())}
    found |= {(first, other) for first, *others in table("zh-vetoes.txt") for other in others}
    return found | {(other, one) for one, other in found}


def _vectors(path: Path) -> dict[str, F32]:
    try:
        data = path.read_bytes()
        return dict(_entries(data))
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}") from None
    except ValueError as error:
        raise DataError(f"{path} holds no vectors as word2vec writes them: {error}") from None


def _entries(data: bytes) -> Iterator[tuple[str, F32]]:
    """Yield words and their vectors, of length one."""
    head, _, _ = data.partition(b"\n")
    count, size = map(int, head.split())
    at = len(head) + 1
    for _ in range(count):
        space = data.index(b" ", at)
        vector = np.frombuffer(data, "<f4", size, space + 1)
        yield data[at:space].decode("utf-8", "replace").strip(), vector / np.linalg.norm(vector)
        at = space + 1 + 4 * size
