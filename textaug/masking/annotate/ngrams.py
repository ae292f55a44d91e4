"""N-grams of words, counted in one pass and in bounded memory.

N-grams are the paths of a tree: one of n words is the number of its first n - 1 and its last word, 64 bits in all. When
there are more of them than the limit, the rarest are left out, those that were met at most c times, with c as small
as halves the limit. As no n-gram is met more often than a part of it, its parts stay as long as it does. A count is
then too low by at most the sum of all c (`missed`); until the first n-gram is left out, counts are exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from textaug.batch import Mask
from textaug.masking.annotate.corpus import Window
from textaug.masking.annotate.lexemes import Lexemes

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
_WORD = 32


@dataclass
class Level:
    """The n-grams of one length.

    Attributes:
        keys: int64, sorted: the number of the first words among their own length's n-grams << 32 | the last word.
        counts: int64: how often each was met.
        numbers: int32: the number of each, in the order in which they were met.
    """

    keys: I64 = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: I64 = field(default_factory=lambda: np.zeros(0, np.int64))
    numbers: I32 = field(default_factory=lambda: np.zeros(0, np.int32))

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, keys: I64, counts: I64) -> I32:
        """Count n-grams, each another and sorted; return their numbers."""
        at = np.searchsorted(self.keys, keys)
        known = at < len(self.keys)
        known[known] = self.keys[at[known]] == keys[known]
        self.counts[at[known]] += counts[known]
        numbers = np.empty(len(keys), np.int32)
        numbers[known] = self.numbers[at[known]]
        numbers[~known] = len(self) + np.arange(len(keys) - np.count_nonzero(known))
        new = at[~known]
        self.counts = np.insert(self.counts, new, counts[~known])
        self.numbers = np.insert(self.numbers, new, numbers[~known])
        self.keys = np.insert(self.keys, new, keys[~known])
        return numbers

    def find(self, keys: I64) -> I64:
        """Return the numbers of n-grams that are there."""
        return self.numbers[np.searchsorted(self.keys, keys)].astype(np.int64)


class NGrams:
    """Counts words and n-grams.

    Args:
        longest: of so many words at most.
        limit: so many are held, words included; 20 bytes each.
    """

    def __init__(self, longest: int, limit: int) -> None:
        self.lexemes, self.counts, self.han = Lexemes(), np.zeros(0, np.int64), np.zeros(0, bool)
        self.levels = [Level() for _ in range(2, longest + 1)]
        self.total, self.missed, self._limit = 0, 0, limit

    def __len__(self) -> int:
        return len(self.lexemes) + sum(map(len, self.levels))

    def add(self, window: Window) -> None:
        """Count what is in a window."""
        word = self.lexemes.numbers(window.words)
        counts = np.bincount(word, minlength=len(self.lexemes))
        counts[: len(self.counts)] += self.counts
        han = np.zeros(len(counts), bool)
        han[: len(self.han)] = self.han
        han[word] = window.han
        self.counts, self.han, self.total = counts, han, self.total + len(word)
        at, node = np.arange(len(word)), word
        for n, level in enumerate(self.levels, 1):
            goes_on = at + n < len(word)
            goes_on[goes_on] = window.joined[at[goes_on] + n]
            at, node = at[goes_on], node[goes_on]
            keys, inverse, counts = np.unique(node << _WORD | word[at + n], return_inverse=True, return_counts=True)
            node = level.add(keys, counts)[inverse].astype(np.int64)
        if len(self) > self._limit:
            self.missed += self._prune()

    def _prune(self) -> int:
        """Halve what is held; return up to which count n-grams were left out."""
        counts = np.sort(np.concatenate([self.counts, *(level.counts for level in self.levels)]))
        rarest = int(counts[len(counts) - self._limit // 2])
        self.leave_out(rarest)
        return rarest

    def leave_out(self, rarest: int) -> None:
        """Leave out what was met at most so many times, and number the others anew, in their order."""
        kept = self.counts > rarest
        word = parent = _renumbered(kept)
        self.lexemes.keep(kept)
        self.counts, self.han = self.counts[kept], self.han[kept]
        for level in self.levels:
            kept = level.counts > rarest
            keys, numbers = level.keys[kept], level.numbers[kept]
            level.keys = parent[keys >> _WORD] << _WORD | word[keys & (1 << _WORD) - 1]
            there = np.zeros(len(level.counts), bool)
            there[numbers] = True
            parent = _renumbered(there)
            level.counts, level.numbers = level.counts[kept], parent[numbers].astype(np.int32)

    def parts(self) -> Iterator[tuple[Level, I64, I64, I64]]:
        """Yield, length after length: the n-grams in the order of their numbers, the number of what each is without its
        last word, without its first word, and its last word.
        """
        behind = np.zeros(0, np.int64)
        before: Level | None = None
        for level in self.levels:
            order = np.argsort(level.numbers)
            ordered = Level(level.keys[order], level.counts[order], level.numbers[order])
            front, last = ordered.keys >> _WORD, ordered.keys & (1 << _WORD) - 1
            behind = last if before is None else before.find(behind[front] << _WORD | last)
            yield ordered, front, behind, last
            before = level


def _renumbered(kept: Mask) -> I64:
    """Return the new number of each that is kept."""
    return np.cumsum(kept, dtype=np.int64) - 1
