"""Unigram models, and subword regularization: pieces are sampled by the model's own probabilities.

Kudo, "Subword regularization: improving neural network translation models with multiple subword candidates" (ACL 2018):
forward filtering, backward sampling, over all segmentations of a word.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from textaug.batch import I32, Mask
from textaug.draws import Purpose
from textaug.subword.chains import Chain, Step, redrawn, remembered, text_of, told
from textaug.subword.symbols import (
    CODE_POINTS,
    HOLE,
    I64,
    LETTER,
    Law,
    Symbols,
    Words,
    apart,
    code_points,
    kinds,
    pair_keys,
)

BITS = 62  # of a weight, and of a sum of weights
UNKNOWN = 10.0  # how much less than the least likely piece a character scores that is none
_EXACT = Context(prec=40, Emin=-(10**17), Emax=10**17)  # `exp` of this module is correctly rounded, on every machine
_LN2 = Decimal("0.693147180559945309417232121458176568075500134360255254120680009493393621969694716")


class Weight(NamedTuple):
    """A positive number, `size * 2**power`, in integers."""

    size: int
    power: int


@lru_cache(maxsize=1 << 18)
def weight(score: float, alpha: float) -> Weight:
    """Return exp(alpha * score), rounded to `BITS` bits.

    >>> weight(0.0, 1.0) == Weight(2**61, -61)
    True
    """
    exponent = _EXACT.multiply(Decimal(score), Decimal(alpha))
    power = int(_EXACT.divide(exponent, _LN2).to_integral_value("ROUND_FLOOR"))
    rest = _EXACT.exp(_EXACT.subtract(exponent, _EXACT.multiply(Decimal(power), _LN2)))
    return Weight(int(_EXACT.multiply(rest, Decimal(2 ** (BITS - 1)))), power - BITS + 1)


class Edge(NamedTuple):
    """A piece of a word, by where it begins; -1 - a code point where the model has no such piece."""

    start: int
    piece: int
    score: float


def placed(tokens: Iterable[str], ids: Mapping[str, int], byte: Container[str], symbols: I32) -> I32:
    """Return the library's tokens as pieces, each at the symbol where it begins.

    Args:
        tokens: the tokens of all rows, as text; characters that are no pieces are in one token or are bytes.
        ids: the ids of those that are pieces.
        byte: those that are a byte of a character.
        symbols: the code points of all rows, and what is whole by itself.
    """
    own, at, whole = np.full(len(symbols), HOLE, np.int32), 0, set(np.flatnonzero(symbols >= CODE_POINTS).tolist())
    for token in tokens:
        known = ids.get(token)
        if at in whole:
            own[at] = symbols[at] - CODE_POINTS
            at += 1
        elif token in byte and (known is None or symbols[at : at + len(token)].tolist() != [*map(ord, token)]):
            if int(token[1:-1], 16) & 0xC0 != 0x80:  # the first one of a character
                own[at] = -1 - symbols[at]
                at += 1
        elif known is not None:
            own[at] = known
            at += len(token)
        else:
            own[at : at + len(token)] = -1 - symbols[at : at + len(token)]
            at += len(token)
    return own


class Unigram:
    """A unigram model.

    Args:
        pieces: each piece's id and score, a logarithm of its probability.
        unknown: the score of a character that is no piece.
    """

    def __init__(self, pieces: Mapping[str, tuple[int, float]], unknown: float) -> None:
        self.pieces, self.unknown = pieces, unknown
        self._reach = max(map(len, pieces), default=0)
        self._chain = remembered(self._link)
        self._forks = remembered(lambda key: any(len(edges) > 1 for edges in self._lattice(key)))

    @cached_property
    def contacts(self) -> I64:
        """Which characters stand side by side inside of pieces."""
        points, offsets = code_points(list(self.pieces))
        inside = np.ones(len(points), bool)
        inside[offsets[:-1][np.diff(offsets) > 0]] = False
        inside = np.flatnonzero(inside)
        return np.unique(pair_keys(points[inside - 1], points[inside]))

    def words(self, symbols: Symbols) -> Words:
        """Cut where the library does, and where no piece reaches across, but not between two letters."""
        letters = kinds()[np.minimum(symbols.ids, CODE_POINTS - 1)] == LETTER
        return symbols.words(symbols.breaks | apart(symbols.ids, self.contacts, letters))

    def segment(self, symbols: Symbols, words: Words, law: Law | None = None) -> I32:
        """Take the library's pieces; by a law, some words are sampled instead, each segmentation by its probability.

        The library adds up scores in floats, from the begin of a word or of a text on; only its own sums tell which of
        two equally good segmentations it takes.
        """
        own = symbols.own
        if own is None:
            raise ValueError("the symbols were read without the library's pieces")
        if law is None:
            return own
        drawn = law.draws.blocks(words.row, Purpose.SELECT, words.at)[:, 0]
        chosen = np.flatnonzero(drawn < law.limits).astype(np.int32)
        return redrawn(own, symbols, words, chosen, lambda key: self._chain(key, law.alpha), law)

    def choices(self, symbols: Symbols, words: Words, own: I32) -> Mask:
        """Say which words have more than one segmentation."""
        return told(self._forks, symbols, words)

    def _lattice(self, key: bytes) -> Sequence[Sequence[Edge]]:
        """Return the pieces that end at each position of a word."""
        text = text_of(key)
        if isinstance(text, int):
            return [[], [Edge(0, text, 0.0)]]
        ending: list[list[Edge]] = [[] for _ in range(len(text) + 1)]
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._reach, len(text)) + 1):
                found = self.pieces.get(text[start:end])
                if found is not None:
                    ending[end].append(Edge(start, *found))
            if not ending[start + 1] or ending[start + 1][-1].start != start:
                ending[start + 1].append(Edge(start, -1 - ord(text[start]), self.unknown))
        return ending

    def _link(self, key: bytes, alpha: float) -> Chain:
        """Return the chain that samples segmentations from the end to the begin, each by its probability.

        The weight of all the ways to a position is a sum over those to the positions before; of the pieces that end
        there, each is taken by its share in it.
        """
        ways, steps = [Weight(1, 0)], [list[Step]()]
        for edges in self._lattice(key)[1:]:
            sizes, power = _aligned([_times(ways[edge.start], weight(edge.score, alpha)) for edge in edges])
            ways.append(Weight(sum(sizes), power))
            steps.append([Step(e.start, e.start, e.piece, size) for e, size in zip(edges, sizes, strict=True)])
        return Chain.of(steps, len(steps) - 1, 0)


def _times(one: Weight, other: Weight) -> Weight:
    return Weight(one.size * other.size, one.power + other.power)


def _aligned(weights: Sequence[Weight]) -> tuple[list[int], int]:
    """Return the sizes at one power, the greatest with `BITS` bits."""
    power = max(one.power + one.size.bit_length() for one in weights) - BITS
    return [
        one.size << (one.power - power) if one.power > power else one.size >> (power - one.power) for one in weights
    ], power
