"""Nouns, for the aspects of which something good or bad is said.

An English form is one if WordNet's readings count its plural or singular in two of five of its uses or more, or, where
it has none (`music`, `acting`), if its synonyms are mostly nouns; a Chinese word by its tag in jieba's dictionary: a
noun, a name, or a noun of action (`服务`).
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

import textaug.stored as stored
from textaug.batch import I32, U8, Mask
from textaug.cache import cached
from textaug.kernels import names as kernel
from textaug.languages.dictionary import installed
from textaug.lexicon.store import POS, Lexicon, Relation
from textaug.lexicon.trie import Trie, compiled

FORMAT = "textaug.nouns/1"
ENOUGH = 0.4
"""What share of its uses makes a form a noun: `work` and `play` are nouns often enough, `watch` and `love` are not."""
_TYPES = {"slots": "u8", "name": "i4", "filter": "u8"}
_VERBS = (Relation.PERSON, Relation.TENSE)


def are_nouns(lowered: U8, start: I32, end: I32) -> Mask:
    """Say which ranges of bytes, ASCII letters in lower case, are nouns.

    >>> text = np.frombuffer("acting lovely 服务".encode(), np.uint8)
    >>> are_nouns(text, np.array([0, 7, 14], np.int32), np.array([6, 13, 20], np.int32)).tolist()
    [True, False, True]
    """
    trie = _trie()
    found: Mask = kernel.exact(lowered, start, end, trie.slots, trie.name) >= 0
    return found


@cache
def _trie() -> Trie:
    """Return the nouns, compiled once a machine and mapped once a process."""
    english, affixes, chinese = Lexicon.english(), Lexicon.affixes(), installed() / "dict.txt"
    held = blake2b(
        f"{FORMAT} {ENOUGH} {english.hash} {affixes.hash} {stored.file_hash(chinese)}".encode(), digest_size=12
    )

    def write(path: Path) -> None:
        nouns = sorted({*_english(english, affixes), *_chinese(chinese)})
        stored.write(path, list(_TYPES), compiled([noun.encode() for noun in nouns]), {"format": FORMAT})

    path = cached(f"nouns-{held.hexdigest()}.arrow", write)
    arrays, _ = stored.read(path, _TYPES, "list of nouns", FORMAT, "delete it, and it is compiled again")
    return Trie(*arrays)


def _chinese(path: Path) -> list[str]:
    lines = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return [word for word, _, tag in lines if tag.startswith("n") or tag == "vn"]


def _english(english: Lexicon, affixes: Lexicon) -> list[str]:
    number, verb = (_shares(affixes, relations) for relations in ((Relation.NUMBER,), _VERBS))
    counted = [form for form, share in number.items() if share >= ENOUGH]
    noun, *others = (_shares(english, (Relation.SYNONYM,), pos) for pos in ("noun", "adj", "adv", "verb"))
    uncounted = [
        form
        for form, share in noun.items()
        if form not in number
        and share > max(one.get(form, 0.0) for one in (others[:2] if form in verb else others))
        and verb.get(form, 0.0) <= 1 - ENOUGH
    ]
    return [form for form in counted + uncounted if len(form) > 1]


def _shares(held: Lexicon, relations: tuple[Relation, ...], pos: str | None = None) -> dict[str, float]:
    """Return, for each form in lower case that has any, in what share of its uses it has candidates like these.

    Of inflections the largest share counts, since each is that of a whole reading; shares of synonyms, one a sense, are
    added up.
    """
    arrays = held.arrays
    entry = np.repeat(np.arange(len(arrays.entry_start) - 1), np.diff(arrays.entry_start))
    use = np.isin(arrays.relation, relations) & (entry % 2 == 0)
    if pos is not None:
        use &= (arrays.pos & POS[pos]) != 0
    total = np.zeros(len(arrays.entry_start) // 2, np.int64)
    (np.maximum if pos is None else np.add).at(total, entry[use] // 2, arrays.share[use])
    some = np.flatnonzero(total)
    return {_form(held, int(key)): int(total[key]) / 255 for key in some}


def _form(held: Lexicon, key: int) -> str:
    first, last = held.arrays.starts[key : key + 2]
    return held.arrays.words[first:last].astype("<u8").tobytes().rstrip(b"\0").decode()
