"""What a tokenizer makes of text before it makes pieces: symbols, which are never cut, and words, which are cut apart.

The normalisation and the cutting into words are the tokenizer's own library's; the pieces are ours. They are held as
one int32 for each symbol: the id of the piece that begins there, or `HOLE` where none does. An id below 0 is that of a
character which the vocabulary lacks: -1 - its code point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from string import ascii_letters
from typing import Protocol

import numpy as np
import numpy.typing as npt

from textaug.batch import I32, U8, U64, Batch, Mask
from textaug.draws import Draws
from textaug.kernels.reference.subword import HOLE
from textaug.languages.unicode import CODE_POINTS, HAN, LATIN, look_up
from textaug.languages.unicode import OTHER as OTHER_LETTER

__all__ = ["CODE_POINTS", "HOLE", "I64", "Law", "Segmenter", "Symbols", "Words", "apart", "code_points", "pair_keys"]

I64 = npt.NDArray[np.int64]
OTHER, LETTER, CHARACTER = range(3)


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of a batch's rows.

    Attributes:
        ids: int32: what a segmenter joins. For byte-pair encoding ids of pieces, else code points; from `CODE_POINTS`
            on, pieces that are whole by themselves.
        row_offsets: int32, shape (rows + 1,).
        breaks: bool, shape (symbols,): where the library begins a new word.
        start, end: int32: which code points of its row each symbol stands for; None if not asked for.
        own: int32: the library's pieces, where it has them at hand.
    """

    ids: I32
    row_offsets: I32
    breaks: Mask
    start: I32 | None = None
    end: I32 | None = None
    own: I32 | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def words(self, borders: Mask) -> Words:
        """Return the words that begin at these symbols."""
        first = np.flatnonzero(borders).astype(np.int32)
        row = (np.searchsorted(self.row_offsets, first, side="right") - 1).astype(np.int32)
        return Words(np.append(first, np.int32(len(self))), row, first - self.row_offsets[row])


@dataclass(frozen=True)
class Words:
    """The words of a batch: runs of symbols; no piece reaches from one into another.

    Attributes:
        offsets: int32, shape (words + 1,), counted in symbols.
        row: int32, the row of each word.
        at: int32, which symbol of its row each begins with: its part of the address of draws.
    """

    offsets: I32
    row: I32
    at: I32

    def __len__(self) -> int:
        return len(self.row)

    @property
    def rows(self) -> int:
        """How many rows have words, at least."""
        return int(self.row.max(initial=-1)) + 1

    @cached_property
    def of(self) -> I32:
        """The word of each symbol."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    def any(self, symbols: Mask) -> Mask:
        """Say which words have one of these symbols."""
        total = np.concatenate([[0], np.cumsum(symbols)])
        return total[self.offsets[1:]] > total[self.offsets[:-1]]


def row_texts(batch: Batch) -> list[str]:
    """Return the text of each row; the empty one where it is not active."""
    data = batch.data.tobytes()
    active = np.ones(len(batch), np.uint8) if batch.active is None else batch.active
    bounds = zip(batch.offsets[:-1].tolist(), batch.offsets[1:].tolist(), active.tolist(), strict=True)
    return [data[start:end].decode() if some else "" for start, end, some in bounds]


def code_points(texts: Sequence[str]) -> tuple[I32, I32]:
    """Return the code points of texts, and the offsets of each.

    >>> [array.tolist() for array in code_points(["ab", "", "中"])]
    [[97, 98, 20013], [0, 2, 2, 3]]
    """
    points = np.frombuffer("".join(texts).encode("utf-32-le"), "<i4").astype(np.int32)
    return points, np.cumsum([0, *map(len, texts)], dtype=np.int32)


def pair_keys(left: I32, right: I32) -> I64:
    """Return one number for each pair of symbols."""
    return (left.astype(np.int64) << 32) | right.astype(np.int64)


@cache
def kinds() -> U8:
    """Return of what kind each code point is: a Han character, another letter, or `OTHER`."""
    known = look_up(np.arange(CODE_POINTS)) >> 8
    made = np.where(np.isin(known, (LATIN, OTHER_LETTER)), LETTER, OTHER)
    made[known == HAN] = CHARACTER
    made[[ord(letter) for letter in ascii_letters]] = LETTER
    return made.astype(np.uint8)


def apart(ids: I32, contacts: I64, letters: Mask) -> Mask:
    """Say which symbols begin a word because no piece holds them together with the one before.

    Two letters belong to one word all the same: where words are written apart, readers know better.

    Args:
        ids: the symbols.
        contacts: the sorted `pair_keys` of symbols that stand side by side inside of a piece.
        letters: which of the symbols are letters of a script that puts blanks between words.
    """
    found = letters[1:] & letters[:-1]
    asked = np.flatnonzero(~found)
    if len(contacts):
        keys = pair_keys(ids[asked], ids[asked + 1])
        near = np.minimum(np.searchsorted(contacts, keys), len(contacts) - 1)
        found[asked] = contacts[near] == keys
    return np.concatenate([np.ones(min(len(ids), 1), bool), ~found])


@dataclass(frozen=True, slots=True)
class Law:
    """How words are to be segmented otherwise than the tokenizer does.

    Attributes:
        limits: uint64, a word's chance, as a 32 bit threshold, that a step of its segmentation is dropped.
        alpha: the exponent of a unigram model's probabilities.
        draws: the draws.
    """

    limits: U64
    alpha: float
    draws: Draws


class Segmenter(Protocol):
    """The second half of a tokenizer: symbols in, pieces out."""

    def words(self, symbols: Symbols) -> Words:
        """Cut the symbols into words."""

    def segment(self, symbols: Symbols, words: Words, law: Law | None = None) -> I32:
        """Return the pieces: the tokenizer's own, or those that a law draws."""

    def choices(self, symbols: Symbols, words: Words, own: I32) -> Mask:
        """Say which words can be segmented in more than one way; `own` are the tokenizer's own pieces."""
