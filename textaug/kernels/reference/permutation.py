"""Permutation language modelling, defined: which tokens are predicted, in which turn, and what each may not see.

`first[t]` is the place in its row of the first token of t's unit, -1 where t may never be predicted; `purposes` are the
numbers of what the draws are for.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import I32, U64, indexed
from textaug.kernels.reference.subsets import row_draws

F32 = npt.NDArray[np.float32]
CONTEXT, UNSEEN = -1, -2
"""In place of a turn: sees nothing that is predicted; is forbidden to nobody."""


def spread(
    first: I32, offsets: I32, key: int, row_ids: U64, purposes: tuple[int, int], limits: U64, contexts: I32
) -> tuple[I32, I32]:
    """Select units by spans, each placed at random inside a context of its own.

    The contexts follow one another from the row's first place to its end. Draw number k of the first purpose gives the
    k-th span its length, one more than the limits it does not stay under; `contexts[length - 1]` is its context's, and
    draw k of the second purpose says where in it the span begins. Units are selected whose first token is in a span.

    Returns:
        The offsets of the rows' selected tokens, int32, shape (rows + 1,), and the tokens, int32, in order.
    """
    taken = np.zeros(len(first), bool)
    for r, (start, end) in enumerate(pairwise(offsets.tolist())):
        size, at, k = end - start, 0, 0
        hit = np.zeros(size + 1, bool)
        most = size // int(contexts.min()) + 1
        lengths, places = (row_draws(key, row_ids[r], purpose, most) for purpose in purposes)
        grams = 1 + np.searchsorted(limits, lengths, side="right")
        while at < size:
            length = int(grams[k])
            context = int(contexts[length - 1])
            begin = at + (places[k] * (context - length + 1) >> 32)
            hit[begin : min(begin + length, size)] = True
            at, k = at + context, k + 1
        taken[start:end] = (first[start:end] >= 0) & hit[first[start:end]]
    return _selected(taken, offsets)


def goal(
    first: I32,
    offsets: I32,
    key: int,
    row_ids: U64,
    purposes: tuple[int, int, int],
    limits: U64,
    contexts: I32,
    goals: I32,
) -> tuple[I32, I32]:
    """Select units by n-grams up to a number of tokens in each row, and fill up singly.

    An n-gram, drawn as in `spread` but of no more units than tokens are left of the goal, has its context on both
    sides: the second draw parts it. The n-gram begins with the first unit that begins there or behind, and ends with
    the row, or before a unit that does not fit in what is left; the next context begins behind both. At the row's end,
    units are taken singly in the order of their draw of the third purpose, then of their place, where they fit. Returns
    what `spread` returns.
    """
    taken = np.zeros(len(first), bool)
    for r, (start, end) in enumerate(pairwise(offsets.tolist())):
        numbers, size = first[start:end], end - start
        tokens = np.bincount(numbers[numbers >= 0], minlength=size + 1)
        lengths, places, singly = (row_draws(key, row_ids[r], purpose, size + 1) for purpose in purposes)
        grams = 1 + np.searchsorted(limits, lengths, side="right")
        hit, left = _grams(numbers, tokens, int(goals[r]), grams.tolist(), places, contexts)
        for unit in np.lexsort((np.arange(size), np.array(singly[:size]))).tolist():
            if 0 < tokens[unit] <= left and not hit[unit]:
                hit[unit] = True
                left -= int(tokens[unit])
        taken[start:end] = (numbers >= 0) & hit[numbers]
    return _selected(taken, offsets)


def _grams(
    numbers: I32, tokens: npt.NDArray[np.int64], left: int, lengths: list[int], places: list[int], contexts: I32
) -> tuple[npt.NDArray[np.bool_], int]:
    """Return which units of a row are in an n-gram, and what is left of the goal."""
    size, at, k = len(numbers), 0, 0
    hit = np.zeros(size + 1, bool)
    while at < size and left > 0:
        length = min(lengths[k], left)
        context = int(contexts[length - 1])
        before = places[k] * context >> 32
        at, k = at + before, k + 1
        while at < size and numbers[at] != at:
            at += 1
        while at < size and length > 0:
            unit = int(numbers[at])
            if unit == at and tokens[unit] > left:
                break
            if unit == at:
                hit[unit], left, length = True, left - int(tokens[unit]), length - 1
            at += 1
            while at < size and numbers[at] == unit:
                at += 1
        at += context - before
    return hit, left


def turns(offsets: I32, row_offsets: I32, at: I32, key: int, row_ids: U64, purpose: int, sizes: I32) -> I32:
    """Give each of some tokens its turn among those of its row: int32, shape (tokens,).

    `row_offsets` and `at` are what `spread` returns. A row is cut into blocks of `sizes[r]` places; a block comes after
    the block before it, and inside one the tokens come in the order of their draw, then of their place.
    """
    row = np.repeat(np.arange(len(row_ids), dtype=np.int32), np.diff(row_offsets))
    place = at - offsets[row]
    order = np.lexsort((place, indexed(key, row_ids[row], purpose, place), place // sizes[row], row))
    turn = np.empty(len(at), np.int32)
    turn[order] = np.arange(len(at)) - row_offsets[row]
    return turn


def forbidden(queries: I32, keys: I32, offsets: I32, size: int, left: bool) -> F32:
    """Say what each token may not see: float32, shape (rows, size, size), 1 where the query may not see the key.

    A query may not see the keys with a turn that is its own or a later one. Rows are padded to `size`, on the left if
    asked; padding sees no key with a turn, and every query may see it.
    """
    rows = len(offsets) - 1
    query, held = np.full((rows, size), CONTEXT, np.int32), np.full((rows, size), UNSEEN, np.int32)
    for r, (start, end) in enumerate(pairwise(offsets.tolist())):
        begin = size - (end - start) if left else 0
        query[r, begin : begin + end - start] = queries[start:end]
        held[r, begin : begin + end - start] = keys[start:end]
    return (query[:, :, None] <= held[:, None, :]).astype(np.float32)


def _selected(taken: npt.NDArray[np.bool_], offsets: I32) -> tuple[I32, I32]:
    total = np.concatenate([[0], np.cumsum(taken)]).astype(np.int32)
    return total[offsets], np.flatnonzero(taken).astype(np.int32)
