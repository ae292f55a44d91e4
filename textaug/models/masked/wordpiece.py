"""BERT's tokenizer: words, marks and Chinese characters in pieces, and where they stand."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from textaug.errors import DataError

LONGEST = 100
"""Letters in a word; a longer one is unknown."""


class Pieces(NamedTuple):
    """The tokens of a text, without special ones: their ids, and where each begins and ends, in code points."""

    ids: list[int]
    start: list[int]
    end: list[int]


class WordPiece:
    """Cut texts as `BertTokenizer` with lower-casing does (Devlin et al. 2019), with where the tokens stand.

    Args:
        tokens: the ids of the tokens.

    >>> held = WordPiece({"[UNK]": 0, "play": 1, "##ing": 2, "!": 3})
    >>> held(["Playing!"])
    [Pieces(ids=[1, 2, 3], start=[0, 4, 7], end=[4, 7, 8])]
    """

    def __init__(self, tokens: dict[str, int]) -> None:
        self.tokens = tokens
        self._unknown = tokens["[UNK]"]
        self._cut = lru_cache(maxsize=1 << 16)(self._cut_chunk)  # words come again and again

    @classmethod
    def read(cls, folder: Path) -> WordPiece:
        """Read `tokenizer.json`.

        Raises:
            DataError: there is none, or it is not of this kind.
        """
        try:
            held = json.loads((folder / "tokenizer.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise DataError(f"{folder} holds no tokenizer: {error}") from None
        if not cuts(held):
            raise DataError(f"{folder} holds another tokenizer than BERT's with lower-casing")
        return cls(held["model"]["vocab"])

    def __call__(self, texts: Sequence[str]) -> list[Pieces]:
        """Cut texts."""
        return [self._pieces(text) for text in texts]

    def _pieces(self, text: str) -> Pieces:
        ids: list[int] = []
        start: list[int] = []
        end: list[int] = []
        at = 0
        for chunk in text.split(" "):
            if chunk:
                for id, a, b in self._cut(chunk):
                    ids.append(id)
                    start.append(at + a)
                    end.append(at + b)
            at += len(chunk) + 1
        return Pieces(ids, start, end)

    def _cut_chunk(self, chunk: str) -> tuple[tuple[int, int, int], ...]:
        """Cut what stands between two blanks."""
        made: list[tuple[int, int, int]] = []
        begin = 0
        for k, char in enumerate(chunk + " "):
            kind = _kind(char)
            if kind != "letter":
                if begin < k:
                    made += self._cut_word(chunk[begin:k], begin)
                begin = k + 1
            if kind == "mark":
                made.append((self.tokens.get(_folded(char), self._unknown), k, k + 1))
        return tuple(made)

    def _cut_word(self, word: str, at: int) -> list[tuple[int, int, int]]:
        """Cut a word: the longest piece first (Wu et al. 2016)."""
        letters, place = [], []
        for k, char in enumerate(word):
            for one in _folded(char):
                letters.append(one)
                place.append(k)
        folded = "".join(letters)
        if not folded:
            return []
        made: list[tuple[int, int, int]] = []
        begin = 0
        while begin < len(folded):
            stop = len(folded)
            while stop > begin and ("##" if begin else "") + folded[begin:stop] not in self.tokens:
                stop -= 1
            if stop == begin or len(folded) > LONGEST:
                return [(self._unknown, at + place[0], at + place[-1] + 1)]
            id = self.tokens[("##" if begin else "") + folded[begin:stop]]
            made.append((id, at + place[begin], at + place[stop - 1] + 1))
            begin = stop
        return made


def cuts(held: dict[str, dict[str, object] | None]) -> bool:
    """Say whether a `tokenizer.json` describes BERT's tokenizer with lower-casing."""
    model, normalizer, split = (held.get(name) or {} for name in ("model", "normalizer", "pre_tokenizer"))
    lowers = normalizer.get("type") == "BertNormalizer" and bool(normalizer.get("lowercase"))
    return model.get("type") == "WordPiece" and lowers and split.get("type") == "BertPreTokenizer"


@cache
def _kind(char: str) -> str:
    """Say what a character is: a blank, one that is left out, one that stands for itself, or a part of a word."""
    if char in "\t\n\r" or unicodedata.category(char)[0] == "Z":
        return "blank"
    left = _folded(char)
    if len(left) != 1:  # nothing of it, or several letters
        return "letter"
    code = ord(left)
    ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    if ascii_mark or unicodedata.category(left)[0] == "P" or _is_cjk(code):
        return "mark"
    return "letter"


def _is_cjk(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2A6DF
        or 0x2A700 <= code <= 0x2B81F
        or 0x2B920 <= code <= 0x2CEAF  # so the library has it
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


@cache
def _folded(char: str) -> str:
    """Return a character in small letters and without its accents; nothing for what is left out."""
    if char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cf", "Co"):
        return ""
    parts = unicodedata.normalize("NFD", char)
    return "".join(one for one in parts if unicodedata.category(one) != "Mn").lower()
