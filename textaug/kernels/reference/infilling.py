"""Text infilling, defined: sentences in another order, spans of words that become masks, rows that begin elsewhere."""

from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import I32, U8, U64, indexed
from textaug.kernels.reference.subsets import row_draws, subset

I64 = npt.NDArray[np.int64]
GOES_ON, BEGINS, NEVER = 0, 1, 2
"""What a token is to a word, as `masking` marks it; NEVER is in none, and stays where it is at either end of a row."""
KEPT = -1
"""In place of a span's length: a word that is in no span."""


def extent(part: U8, offsets: I32) -> tuple[I32, I32, I32]:
    """Count the words of each row, and the tokens before and behind all of them: int32 thrice, shape (rows,).

    A row without words begins with all of its tokens.
    """
    counts = np.zeros((3, len(offsets) - 1), np.int32)
    for r, (start, end) in enumerate(pairwise(offsets.tolist())):
        words = np.flatnonzero(part[start:end] != NEVER)
        counts[0, r] = np.count_nonzero(part[start:end] == BEGINS)
        counts[1, r] = words[0] if len(words) else end - start
        counts[2, r] = end - start - 1 - words[-1] if len(words) else 0
    return counts[0], counts[1], counts[2]


def sentences(
    ids: I64,
    part: U8,
    offsets: I32,
    lead: I32,
    trail: I32,
    ends: U8,
    key: int,
    row_ids: U64,
    purposes: tuple[int, int],
    share: tuple[int, int],
) -> tuple[I64, U8]:
    """Put sentences of each row in another order: return the ids, and their parts.

    A sentence ends behind a token of which `ends` says so, or if that is inside a word, behind the word. Of a row's
    sentences, their number times the share (a fraction), rounded up, change places among themselves: those that draw
    least of the first purpose, in the order of their draw of the second.
    """
    source = np.arange(len(part), dtype=np.int32)
    for r in range(len(offsets) - 1):
        start, end = int(offsets[r] + lead[r]), int(offsets[r + 1] - trail[r])
        cuts = _cuts(part, start, end, ends)
        total = len(cuts) - 1
        moving = -(-total * share[0] // share[1])
        chosen, turn = (row_draws(key, row_ids[r], purpose, total) for purpose in purposes)
        slots = np.sort(np.lexsort((np.arange(total), np.array(chosen)))[:moving])
        order = np.arange(total)
        order[slots] = slots[np.lexsort((slots, np.array(turn)[slots]))]
        source[start:end] = np.concatenate([source[:0], *(np.arange(cuts[s], cuts[s + 1]) for s in order)])
    return ids[source], part[source]


def _cuts(part: U8, start: int, end: int, ends: U8) -> list[int]:
    """Return where the sentences of a row begin, and where the last one ends."""
    cuts, pending = [start], False
    for t in range(start, end):
        pending |= bool(ends[t])
        if t + 1 == end or (pending and part[t + 1] != GOES_ON):
            cuts.append(t + 1)
            pending = False
    return cuts


def lengths(budget: I32, limits: U64, key: int, row_ids: U64, purposes: tuple[int, int]) -> tuple[I32, I32]:
    """Draw the lengths of each row's spans until they sum to its budget.

    A span is as long as there are limits that its draw does not stay under. The last one is cut to fit; where it comes
    among the others, a draw of the second purpose says. Limits of 2**32 alone never end: the last is less.

    Returns:
        The offsets of the rows' spans, int32, shape (rows + 1,), and their lengths, int32.
    """
    found, offset = [], [0]
    for r, left in enumerate(budget.tolist()):
        row: list[int] = []
        for index in count():
            if left == 0:
                break
            draw = indexed(key, row_ids[r : r + 1], purposes[0], np.array([index], np.int32))[0]
            row.append(min(int(np.searchsorted(limits, draw, side="right")), left))
            left -= row[-1]
        if row:
            place = row_draws(key, row_ids[r], purposes[1], 1)[0] * len(row) >> 32
            row[place], row[-1] = row[-1], row[place]
        found += row
        offset.append(len(found))
    return np.array(offset, np.int32), np.array(found, np.int32)


def fill(
    ids: I64,
    part: U8,
    offsets: I32,
    words: I32,
    lead: I32,
    span_offsets: I32,
    length: I32,
    key: int,
    row_ids: U64,
    purposes: tuple[int, int, int],
    replace: int,
    mask: int,
    random: int,
    pool: I64,
) -> tuple[I64, I32]:
    """Put masks in place of spans of words.

    The spans of a row, in order, and the words that are in none are shuffled, every way as likely, by the draws of the
    first purpose; so no spans overlap. A span of no words is one mask, another one mask (`replace` 1), none (0), or as
    many as it has tokens (-1). A mask whose draw of the second purpose is under `random` is a token of the pool
    instead, by its draw of the third; draws are numbered by the masks of the row. A token that is in no word stays;
    inside a span it parts it in two.

    Returns:
        The new ids, int64, and the offsets of the rows, int32.
    """
    made: list[int] = []
    ends = [0]
    for r in range(len(offsets) - 1):
        spans = length[span_offsets[r] : span_offsets[r + 1]]
        is_span = subset(row_draws(key, row_ids[r], purposes[0], len(spans)), int(words[r] - spans.sum()) + len(spans))
        order = np.full(len(is_span), KEPT)
        order[is_span] = spans
        start, at, end = int(offsets[r]), int(offsets[r] + lead[r]), int(offsets[r + 1])
        row = ids[start:at].tolist() + _mask(ids[at:end].tolist(), part[at:end].tolist(), order.tolist(), replace)
        made += _tokens(row, key, row_ids[r], purposes[1:], mask, random, pool)
        ends.append(len(made))
    return np.array(made, np.int64), np.array(ends, np.int32)


def _mask(ids: list[int], part: list[int], order: list[int], replace: int) -> list[int]:
    """Return a row where -1 stands for masks; `order` has the spans' lengths, and KEPT for a word that is in none."""
    row: list[int] = []
    at = 0
    for size in order:
        if size == 0:
            row.append(-1)
        fresh = replace == 1
        for _ in range(abs(size)):
            while part[at] == NEVER:
                row.append(ids[at])
                at, fresh = at + 1, replace == 1
            end = at + 1
            while end < len(ids) and part[end] == GOES_ON:
                end += 1
            if size == KEPT:
                row += ids[at:end]
            else:
                row += [-1] * (end - at if replace == -1 else int(fresh))
            at, fresh = end, False
    return row + ids[at:]


def _tokens(
    row: list[int], key: int, row_id: np.uint64, purposes: tuple[int, ...], mask: int, random: int, pool: I64
) -> list[int]:
    """Put masks and random tokens in place of -1."""
    places = [k for k, token in enumerate(row) if token == -1]
    kind, which = (row_draws(key, row_id, purpose, len(places)) for purpose in purposes)
    for k, place in enumerate(places):
        row[place] = int(pool[which[k] * len(pool) >> 32]) if kind[k] < random else mask
    return row


def rotate(ids: I64, offsets: I32, lead: I32, trail: I32, key: int, row_ids: U64, purpose: int, limit: int) -> I64:
    """Let rows begin with another token: those whose draw number 0 is under the limit; draw 1 says with which."""
    made = ids.copy()
    for r in range(len(offsets) - 1):
        start, end = int(offsets[r] + lead[r]), int(offsets[r + 1] - trail[r])
        whether, where = row_draws(key, row_ids[r], purpose, 2)
        if whether < limit and start < end:
            made[start:end] = np.roll(ids[start:end], -(where * (end - start) >> 32))
    return made
