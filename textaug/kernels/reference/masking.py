"""Masking of token ids, defined: which tokens belong together, which are selected, and what becomes of them.

Rows are ragged: `ids` holds the tokens of all rows, `offsets` (int32, rows + 1) where each begins. `marks` (uint8) says
of each token whether a unit begins there or it has none; every other goes on with the unit before it. `first` (int32)
says it of units that may have gaps: it is the number of a token's unit, which is the place in its row of the unit's
first token, and -1 where it has none. `kinds` says of each id what it is, as bits; `special` (uint8, or None) of each
token whether it may never be selected.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import I32, U8, U32, U64, indexed

I64 = npt.NDArray[np.int64]
Ids = npt.NDArray[Any]

SPECIAL, CONTINUES, ALONE, HAN = 1, 2, 4, 8
"""What an id is: never selected; goes on with the word before it; a word by itself, as a comma; a piece of Han."""

BEGINS, NONE = 1, 2
"""What a token is to its unit: the first of it; without one. 0: it goes on."""

MASK, RANDOM, KEEP, SIMILAR = 1, 2, 3, 4
"""What became of a selected token."""


def _rows(offsets: I32) -> tuple[I32, I32]:
    """Return the row of each token, and its place there."""
    row = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    return row, np.arange(len(row), dtype=np.int32) - offsets[row]


def kinds_of(ids: Ids, kinds: U8, special: U8 | None) -> U8:
    """Return what each token is; ids that the table lacks are plain ones."""
    known = (ids >= 0) & (ids < len(kinds))
    found = np.where(known, kinds[np.where(known, ids, 0)], 0).astype(np.uint8)
    if special is not None:
        found |= np.where(special != 0, SPECIAL, 0).astype(np.uint8)
    return found


def tokens(ids: Ids, offsets: I32, kinds: U8, special: U8 | None) -> U8:
    """Mark the tokens: each is a unit."""
    return np.where(kinds_of(ids, kinds, special) & SPECIAL, NONE, BEGINS).astype(np.uint8)


def words(ids: Ids, offsets: I32, kinds: U8, special: U8 | None) -> tuple[U8, int]:
    """Mark the words: a token begins one unless it goes on with the word before, and that one may be gone on with.

    Returns:
        The marks, and the bits of all kinds that were met.
    """
    _, place = _rows(offsets)
    kind = kinds_of(ids, kinds, special)
    before = np.concatenate([[SPECIAL], kind[:-1]])[: len(kind)]
    begins = (place == 0) | (kind & (CONTINUES | ALONE) != CONTINUES) | (before & (SPECIAL | ALONE) != 0)
    return np.where(kind & SPECIAL, NONE, begins).astype(np.uint8), int(np.bitwise_or.reduce(kind))


def numbered(marks: U8, offsets: I32) -> I32:
    """Return `first` of units without gaps."""
    row, _ = _rows(offsets)
    begun = np.maximum.accumulate(np.where(marks & BEGINS, np.arange(len(marks)), 0)) if len(marks) else row
    return np.where(marks & NONE, -1, begun - offsets[row]).astype(np.int32)


def marked(first: I32, offsets: I32) -> U8:
    """Return the marks of units, which say all if these have no gaps."""
    _, place = _rows(offsets)
    return np.where(first < 0, NONE, first == place).astype(np.uint8)


def having(ids: Ids, kinds: U8, kind: int) -> I32:
    """Return the tokens of a kind: int32, in order."""
    return np.flatnonzero(kinds_of(ids, kinds, None) & kind).astype(np.int32)


def column(ids: Ids, offsets: I32, kinds: U8, special: U8 | None, numbers: I32) -> U8:
    """Mark the units of a column: runs of equal numbers; below 0 is none."""
    _, place = _rows(offsets)
    number = np.where(kinds_of(ids, kinds, special) & SPECIAL, -1, numbers)
    begins = (place == 0) | (number != np.concatenate([[-1], number[:-1]])[: len(number)])
    return np.where(number < 0, NONE, begins).astype(np.uint8)


def gathered(ids: Ids, offsets: I32, kinds: U8, special: U8 | None, numbers: I32) -> I32:
    """Number the units of a column of which all equal numbers of a row are one; below 0 is none."""
    row, place = _rows(offsets)
    number = np.where(kinds_of(ids, kinds, special) & SPECIAL, -1, numbers)
    order = np.lexsort((place, number, row))
    begins = np.ones(len(order), bool)
    begins[1:] = (number[order][1:] != number[order][:-1]) | (row[order][1:] != row[order][:-1])
    begun = order[np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))] if len(order) else order
    found = np.full(len(number), -1, np.int32)
    found[order] = place[begun]
    found[number < 0] = -1
    return found


def overlay(upper: I32, lower: I32, offsets: I32) -> tuple[I32, bool]:
    """Lay units that may have gaps over others: what the upper ones leave free is the lower ones', numbered anew.

    Returns:
        The numbers, and whether a unit has a gap.
    """
    row, place = _rows(offsets)
    token = np.where(upper >= 0, upper, lower).astype(np.int64)
    free = np.flatnonzero((upper < 0) & (lower >= 0))
    key = row[free].astype(np.int64) << 32 | lower[free]
    _, begun, which = np.unique(key, return_index=True, return_inverse=True)
    token[free] = place[free[begun]][which]
    begins = np.flatnonzero((token >= 0) & (token != np.concatenate([[-1], token[:-1]])[: len(token)]) | (place == 0))
    return token.astype(np.int32), bool((token[begins] != place[begins])[token[begins] >= 0].any())


def layer(upper: U8, lower: U8, offsets: I32) -> tuple[U8, bool]:
    """Do what `overlay` does for marks; where a unit is left with a gap, they do not say all."""
    first, gaps = overlay(numbered(upper, offsets), numbered(lower, offsets), offsets)
    return marked(first, offsets), gaps


def grams(marks: U8, offsets: I32, key: int, row_ids: U64, purpose: int, limits: U64) -> U8:
    """Join units that stand side by side into n-grams, whose lengths are drawn.

    An n-gram has one unit more for every one of `limits` that its draw does not stay under; the index of the draw is
    the n-gram's number in its row. It ends early where the row does, or at a token that has no unit.
    """
    row, place = _rows(offsets)
    draw = indexed(key, row_ids[row], purpose, place)
    longest = 1 + np.searchsorted(limits, draw.astype(np.uint64), side="right")
    made = (marks & NONE).astype(np.uint8)
    left, number = 0, 0
    for t in range(len(marks)):
        if place[t] == 0:
            number = 0
        if marks[t] & NONE or place[t] == 0:
            left = 0
        if marks[t] & BEGINS:
            if left == 0:
                made[t] = BEGINS
                left = int(longest[offsets[row[t]] + number])
                number += 1
            left -= 1
    return made


def sizes(marks: U8, offsets: I32) -> I32:
    """Count the tokens of each row that have a unit: int32, shape (rows,)."""
    total = np.concatenate([[0], np.cumsum(marks & NONE == 0)])
    counted: I32 = (total[offsets[1:]] - total[offsets[:-1]]).astype(np.int32)
    return counted


def bernoulli(
    ids: Ids,
    offsets: I32,
    kinds: U8,
    special: U8 | None,
    marks: U8 | None,
    first: I32 | None,
    key: int,
    row_ids: U64,
    purpose: int,
    limits: U64,
) -> tuple[I32, I32]:
    """Select the units that draw less than the limit of their row.

    Units are those of `first`, else those of `marks`; without either, tokens, each by itself.

    Returns:
        The offsets of the rows' selected tokens, int32, shape (rows + 1,), and the tokens, int32, in order.
    """
    if first is None:
        first = numbered(tokens(ids, offsets, kinds, special) if marks is None else marks, offsets)
    row, _ = _rows(offsets)
    draw = indexed(key, row_ids[row], purpose, np.maximum(first, 0))
    return _selected((first >= 0) & (draw < limits[row]), offsets)


def exact(
    marks: U8 | None,
    first: I32 | None,
    rank: U8 | None,
    offsets: I32,
    key: int,
    row_ids: U64,
    purpose: int,
    budget: I32,
    some: bool,
) -> tuple[I32, I32]:
    """Select units up to a number of tokens in each row: those of `first`, else those of `marks`.

    Units come in the order of their rank (then `first` is given), then of their draw, then of their place; each that
    fits into what is left of the budget is taken. Where none fits and `some` is asked, the shortest is, of several the
    first in that order.
    Returns what `bernoulli` returns.
    """
    if first is None:
        assert marks is not None  # one of both is given
        first = numbered(marks, offsets)
    row, place = _rows(offsets)
    draw = indexed(key, row_ids[row], purpose, place)
    taken = np.zeros(len(first), bool)
    for r in range(len(offsets) - 1):
        here = slice(offsets[r], offsets[r + 1])
        numbers = first[here]
        size = np.bincount(numbers[numbers >= 0], minlength=1)
        units = np.flatnonzero(size)
        ranks = np.zeros(len(units), np.uint8) if rank is None else rank[here][units]
        units = units[np.lexsort((units, draw[here][units], ranks))]
        chosen, left = np.zeros(len(numbers) + 1, bool), int(budget[r])
        for unit in units.tolist():
            if size[unit] <= left:
                chosen[unit] = True
                left -= int(size[unit])
        if some and budget[r] > 0 and len(units) and not chosen.any():
            chosen[units[np.argmin(size[units])]] = True
        taken[here] = (numbers >= 0) & chosen[numbers]
    return _selected(taken, offsets)


def _selected(taken: npt.NDArray[np.bool_], offsets: I32) -> tuple[I32, I32]:
    total = np.concatenate([[0], np.cumsum(taken)]).astype(np.int32)
    return total[offsets], np.flatnonzero(taken).astype(np.int32)


def corrupt(
    ids: Ids,
    row_offsets: I32,
    at: I32,
    unit: I32 | None,
    key: int,
    row_ids: U64,
    purposes: tuple[int, int],
    limits: tuple[int, int],
    mask: int,
    pool: I64,
    weights: U32 | None,
) -> tuple[I64, U8]:
    """Say what becomes of the selected tokens: their new ids, and what happened to each.

    A draw under the first limit masks, one under the second puts a random token, else the token stays. Its index is the
    token's number among the row's selected ones, or if `unit` is given, the number of its unit among them: `unit` rises
    in a row with where units begin. A random token is one of the pool, each as likely, or by `weights`: thresholds that
    rise, of a draw with the token's number.
    """
    row = np.repeat(np.arange(len(row_ids), dtype=np.int32), np.diff(row_offsets))
    number = np.arange(len(at), dtype=np.int32) - row_offsets[row]
    which = number if unit is None else _ordinals(row, unit)
    draw = indexed(key, row_ids[row], purposes[0], which).astype(np.uint64)
    other = indexed(key, row_ids[row], purposes[1], number)
    kind = np.where(draw < np.uint64(limits[0]), MASK, np.where(draw < np.uint64(limits[1]), RANDOM, KEEP))
    if weights is None:
        nth = (other.astype(np.uint64) * np.uint64(len(pool))) >> np.uint64(32)
    else:
        nth = np.searchsorted(weights, other, side="right").clip(max=len(pool) - 1).astype(np.uint64)
    token = ids[at].astype(np.int64)
    token[kind == MASK] = mask
    token[kind == RANDOM] = pool[nth[kind == RANDOM]]
    return token, kind.astype(np.uint8)


def _ordinals(row: I32, unit: I32) -> I32:
    """Return the number of each token's unit among the units of its row, by where they begin."""
    key = row.astype(np.int64) << 32 | unit
    distinct, which = np.unique(key, return_inverse=True)
    begins = np.searchsorted(distinct >> 32, np.arange(int(row.max(initial=-1)) + 1))
    ordinal: I32 = (which - begins[row]).astype(np.int32)
    return ordinal


def hashes(ids: Ids, offsets: I32, pad: int) -> U64:
    """Return a hash of the ids of each row, for which padding does not count: uint64, shape (rows,).

    It is the sum of their low halves, each times an odd number of its place, mixed: one product for each token.
    """
    _, place = _rows(offsets)
    weight = _mix(place.astype(np.uint64)) | np.uint64(1)
    mixed = ((ids.astype(np.int64) + 1) & 0xFFFFFFFF).astype(np.uint64) * weight
    mixed[ids == pad] = 0
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    return _mix(total[offsets[1:]] - total[offsets[:-1]])


def _mix(x: U64) -> U64:
    """Finish as SplitMix64 does (Steele, Lea and Flood, OOPSLA 2014)."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
