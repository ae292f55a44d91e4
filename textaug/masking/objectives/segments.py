"""Segments of rows: cut at the borders of sentences, permuted, trimmed to a length, put together with special tokens.

A segment is a range of tokens; those of a row stand behind one another. Each step is a function of the rows' draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np
import numpy.typing as npt

from textaug.draws import Purpose
from textaug.kernels import draws as kernel
from textaug.kernels.reference.draws import I32, U32, U64
from textaug.masking.rows import ragged

I64 = npt.NDArray[np.int64]
CLS, SEP = -1, -2
"""What stands in `Laid.source` for the token before the first segment of a row, and for the one behind each."""

MOST = 8
"""The most segments of a row: their order has one of 46,233 labels then."""

_FACTORIALS = np.array([factorial(n) for n in range(MOST + 1)])


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments of some rows.

    Attributes:
        offsets: shape (rows + 1,), where those of a row begin.
        start: shape (segments,), the first token of each.
        end: shape (segments,), the token behind its last.
    """

    offsets: I64
    start: I64
    end: I64

    @property
    def row(self) -> I64:
        """The row of each segment."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    @property
    def number(self) -> I64:
        """The number of each in its row."""
        return np.arange(len(self.start)) - self.offsets[self.row]


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows put together.

    Attributes:
        offsets: int32, shape (rows + 1,).
        source: shape (tokens,): which token each is; `CLS` and `SEP` are special ones.
        segment: shape (tokens,): the number of its segment in the row; special tokens have that of the one before.
    """

    offsets: I32
    source: I64
    segment: I64


def draws(key: int, row_ids: U64, purpose: Purpose, index: I64) -> U32:
    """Return the four draws of a block for each row id and index: uint32, shape (n, 4)."""
    return kernel.blocks(key, row_ids, purpose, index.astype(np.uint32))


def below(draw: U32, n: I64) -> I64:
    """Return integers from 0 to n - 1.

    >>> below(np.array([0, 2**31, 2**32 - 1], np.uint32), np.array([10, 10, 10])).tolist()
    [0, 5, 9]
    """
    return np.asarray((draw.astype(np.uint64) * n.astype(np.uint64)) >> np.uint64(32), np.int64)


def cut(key: int, row_ids: U64, sentences: I64, first: I64, last: I64, least: int, most: int) -> Segments:
    """Cut rows of sentences into segments, at borders that are drawn, each set of them as likely.

    Args:
        key: of the draws.
        row_ids: shape (rows,).
        sentences: where sentences begin, as tokens, and the end of the last.
        first: shape (rows,), the first sentence of each row.
        last: shape (rows,), the one behind its last.
        least: the fewest segments,
        most: and the most: each number between is as likely; a row of fewer sentences has as many at most.
    """
    borders = np.maximum(last - first - 1, 0)
    choices = np.maximum(np.minimum(borders + 1, most) - least, 0) + 1
    drawn = below(draws(key, row_ids, Purpose.LENGTH, np.zeros_like(first))[:, 0], choices)
    wanted = np.minimum(least + drawn - 1, borders)
    row = np.repeat(np.arange(len(first)), borders)
    border = ragged(np.ones_like(borders), borders)  # counted from the row's first sentence
    draw = draws(key, row_ids[row], Purpose.PLACE, border)[:, 0]
    order = np.lexsort((border, draw, row))
    rank = np.empty(len(row), np.int64)
    rank[order] = ragged(np.zeros_like(borders), borders)
    taken = rank < wanted[row]
    begins, of = np.append(first, (border + first[row])[taken]), np.append(np.arange(len(first)), row[taken])
    begins = begins[np.lexsort((begins, of))]
    offsets = np.concatenate([[0], np.cumsum(wanted + 1)])
    ends = np.append(begins[1:], 0)[: len(begins)]
    ends[offsets[1:] - 1] = last
    return Segments(offsets, sentences[begins], sentences[ends])


def permute(key: int, row_ids: U64, segments: Segments) -> tuple[Segments, I64]:
    """Put the segments of each row into an order, each as likely; return it as a number too.

    The orders of n segments are numbered as they are sorted: 0 is the one that was.

    Returns:
        The segments, and int64, shape (rows,).
    """
    row, number = segments.row, segments.number
    draw = draws(key, row_ids[row], Purpose.ORDER, number)[:, 0]
    order = np.lexsort((number, draw, row))
    count = np.diff(segments.offsets)
    came = np.full((len(count), MOST), MOST)
    came[row, number] = number[order]
    rank = np.zeros(len(count), np.int64)
    for at in range(MOST - 1):  # Lehmer's code: how many that come later stood before this one
        smaller = (came[:, at + 1 :] < came[:, at : at + 1]).sum(axis=1)
        rank += smaller * _FACTORIALS[np.maximum(count - 1 - at, 0)]
    return Segments(segments.offsets, segments.start[order], segments.end[order]), rank


def trim(key: int, row_ids: U64, segments: Segments, most: I64) -> Segments:
    """Take tokens away where a row has too many: each from its longest segment, from either end by a draw.

    It is what Google's `truncate_seq_pair` does token by token; of equally long segments the last loses one first.

    Args:
        key: of the draws.
        row_ids: shape (rows,).
        segments: the segments, `MOST` of a row at most.
        most: shape (rows,), how many tokens a row may have.
    """
    length = segments.end - segments.start
    row, number = segments.row, segments.number
    kept = _leveled(length, row, number, most)
    lost = length - kept
    of = np.flatnonzero(lost)
    blocks = (lost[of] + 127) // 128
    segment, block = np.repeat(of, blocks), ragged(np.zeros_like(blocks), blocks)
    bits = draws(key, row_ids[row[segment]], Purpose.TRIM, number[segment] << 16 | block)
    left = np.clip(lost[segment, None] - block[:, None] * 128 - np.arange(0, 128, 32), 0, 32).astype(np.uint64)
    counted = np.bitwise_count(bits & ((np.uint64(1) << left) - np.uint64(1)).astype(np.uint32)).sum(axis=1)
    front = np.bincount(segment, counted, len(length)).astype(np.int64)
    return Segments(segments.offsets, segments.start + front, segments.start + front + kept)


def _leveled(length: I64, row: I64, number: I64, most: I64) -> I64:
    """Return how many tokens each keeps: the longest are cut down to one level, the first of them to one more."""
    table = np.zeros((len(most), MOST), np.int64)
    table[row, number] = length
    room, level, more = most.copy(), np.full(len(most), np.iinfo(np.int64).max), np.zeros(len(most), np.int64)
    open_rows = np.ones(len(most), bool)
    for at, size in enumerate(np.sort(table, axis=1).T):
        share = room // (MOST - at)
        stop = open_rows & (size > share)
        level[stop], more[stop] = share[stop], (room - share * (MOST - at))[stop]
        open_rows &= ~stop
        room -= np.where(open_rows, size, 0)
    over = table > level[:, None]
    first = over & (np.cumsum(over, axis=1) <= more[:, None])
    return np.minimum(table, np.where(first, level[:, None] + 1, level[:, None]))[row, number]


def lay(segments: Segments) -> Laid:
    """Put rows together: a token before the first segment, and one behind each.

    >>> laid = lay(Segments(np.array([0, 2]), np.array([0, 2]), np.array([2, 3])))
    >>> laid.source.tolist(), laid.segment.tolist()
    ([-1, 0, 1, -2, 2, -2], [0, 0, 0, 0, 1, 1])
    """
    length = segments.end - segments.start
    opens = (segments.number == 0).astype(np.int64)
    size = opens + length + 1
    begin = np.cumsum(size) - size
    source = np.full(int(size.sum()), SEP, np.int64)
    source[begin[opens != 0]] = CLS
    source[ragged(begin + opens, length)] = ragged(segments.start, length)
    counts = np.add.reduceat(size, segments.offsets[:-1]) if len(size) else np.zeros(0, np.int64)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return Laid(offsets, source, np.repeat(segments.number, size))
