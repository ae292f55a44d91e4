"""Random walks over the positions of words: how unigram sampling and MaxMatch-dropout draw their pieces.

A word's chain says for each position to which other ones a walk may go from there, by which piece, and up to which
64 bit draw. Chains are made of exact integers; the walks of all words go on together, a step at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np

from textaug.batch import I32, U64, Mask
from textaug.draws import Draws, Purpose
from textaug.subword.symbols import CODE_POINTS, HOLE, Law, Symbols, Words

CACHED, SHORT = 1 << 16, 24  # how many distinct words are remembered, and up to how many symbols
ALL = 2**64 - 1  # a draw is never more
T = TypeVar("T")


class Step(NamedTuple):
    """One way on from a position.

    Attributes:
        to: the next position.
        first: where the piece begins.
        piece: its id.
        weight: how likely the step is, beside the other ones.
    """

    to: int
    first: int
    piece: int
    weight: int


class Chain(NamedTuple):
    """The chain of one word; the steps from position i are `offsets[i]:offsets[i + 1]`."""

    offsets: I32
    to: I32
    first: I32
    piece: I32
    limit: U64
    begin: int
    end: int

    @classmethod
    def of(cls, steps: Sequence[Sequence[Step]], begin: int, end: int) -> Chain:
        """Build from the steps from each position; those that no draw could ever reach are left out.

        >>> Chain.of([[], [Step(0, 0, 7, 1), Step(0, 0, 8, 3)]], 1, 0).limit.tolist() == [2**62 - 1, ALL]
        True
        """
        kept = [_limits(some) for some in steps]
        flat = [(step.to, step.first, step.piece) for some in kept for step, _ in some]
        to, first, piece = np.array(flat, np.int32).reshape(-1, 3).T.copy()
        offsets = np.cumsum([0, *map(len, kept)], dtype=np.int32)
        limit = np.array([limit for some in kept for _, limit in some], np.uint64)
        return cls(offsets, to, first, piece, limit, begin, end)


def _limits(steps: Sequence[Step]) -> list[tuple[Step, int]]:
    """Return each step with the greatest draw that takes it."""
    total, so_far, made = sum(step.weight for step in steps), 0, []
    before = -1
    for step in steps:
        so_far += step.weight
        limit = (so_far << 64) // total - 1
        if limit > before:
            made.append((step, limit))
        before = limit
    return made


def remembered(make: Callable[..., T]) -> Callable[..., T]:
    """Remember what is made of the last short words; long ones seldom come again, and would take the memory."""
    held = lru_cache(CACHED)(make)
    return lambda key, *more: held(key, *more) if len(key) <= 4 * SHORT else make(key, *more)


def text_of(key: bytes) -> str | int:
    """Return the text of a word by the bytes of its symbols, or the id of a piece that is whole by itself."""
    point = int.from_bytes(key[:4], "little")
    return point - CODE_POINTS if point >= CODE_POINTS else key.decode("utf-32-le")


def distinct(symbols: Symbols, words: Words, chosen: I32 | None = None) -> tuple[list[bytes], I32]:
    """Return the distinct ones of the chosen words, by the bytes of their symbols, and which of them each is."""
    chosen = np.arange(len(words), dtype=np.int32) if chosen is None else chosen
    data = symbols.ids.astype("<i4").tobytes()
    start, end = (4 * words.offsets[chosen]).tolist(), (4 * words.offsets[chosen + 1]).tolist()
    held: dict[bytes, int] = {}
    which = [held.setdefault(data[a:b], len(held)) for a, b in zip(start, end, strict=True)]
    return list(held), np.array(which, np.int32)


def told(test: Callable[[bytes], bool], symbols: Symbols, words: Words) -> Mask:
    """Say which words pass a test, of which each distinct one is asked once."""
    keys, which = distinct(symbols, words)
    return np.array([test(key) for key in keys], bool)[which]


def redrawn(pieces: I32, symbols: Symbols, words: Words, chosen: I32, chain: Callable[[bytes], Chain], law: Law) -> I32:
    """Return the same pieces, but for the chosen words, which walk along their chains."""
    if not len(chosen):
        return pieces
    keys, which = distinct(symbols, words, chosen)
    word, first, piece = walk([chain(key) for key in keys], which, words.row[chosen], words.at[chosen], law.draws)
    again = np.zeros(len(words), bool)
    again[chosen] = True
    made = np.where(again[words.of], np.int32(HOLE), pieces)
    made[words.offsets[chosen[word]] + first] = piece
    return made


def walk(chains: Sequence[Chain], which: I32, row: I32, at: I32, draws: Draws) -> tuple[I32, I32, I32]:
    """Let each of some words walk along its chain: return (word, where a piece begins in it, piece).

    Args:
        chains: the chains of the distinct words.
        which: int32, the chain of each word.
        row, at: int32, the word's address.
        draws: step t of a word draws at (row, SIMPLE + t, at).
    """
    all_chains = _Joined.of(chains)
    word, node, step = np.arange(len(which), dtype=np.int32), all_chains.begin[which], 0
    made: list[tuple[I32, I32, I32]] = []
    while len(word):
        four = draws.blocks(row[word], Purpose.SIMPLE + step, at[word]).astype(np.uint64)
        edge = all_chains.taken(node, four[:, 0] << np.uint64(32) | four[:, 1])
        made.append((word, all_chains.first[edge], all_chains.piece[edge]))
        node = all_chains.to[edge]
        going = node != all_chains.end[which[word]]
        word, node, step = word[going], node[going], step + 1
    words, first, piece = (np.concatenate(column) for column in zip(*made, strict=True))
    return words, first, piece


class _Joined(NamedTuple):
    """The chains of many words in one, their positions and steps counted through."""

    offsets: I32
    to: I32
    first: I32
    piece: I32
    limit: U64
    begin: I32
    end: I32

    @classmethod
    def of(cls, chains: Sequence[Chain]) -> _Joined:
        nodes = np.cumsum([0, *(len(chain.offsets) - 1 for chain in chains)], dtype=np.int32)[:-1]
        edges = np.cumsum([0, *(len(chain.to) for chain in chains)], dtype=np.int32)[:-1]
        return cls(
            np.concatenate([chain.offsets[:-1] + base for chain, base in zip(chains, edges, strict=True)]),
            np.concatenate([chain.to + base for chain, base in zip(chains, nodes, strict=True)]),
            np.concatenate([chain.first for chain in chains]),
            np.concatenate([chain.piece for chain in chains]),
            np.concatenate([chain.limit for chain in chains]),
            np.array([chain.begin for chain in chains], np.int32) + nodes,
            np.array([chain.end for chain in chains], np.int32) + nodes,
        )

    def taken(self, node: I32, draw: U64) -> I32:
        """Return each position's first step whose limit is not under the draw; the last one's never is."""
        edge = self.offsets[node]
        ahead = np.flatnonzero(draw > self.limit[edge])
        while len(ahead):
            edge[ahead] += 1
            ahead = ahead[draw[ahead] > self.limit[edge[ahead]]]
        return edge
