"""Subwords, defined: byte-pair encoding of many words at once, with merges that are dropped by addressed draws."""

from typing import NamedTuple

import numpy as np

from textaug.kernels.reference.draws import I32, U64, indexed

HOLE = -(2**31)  # no piece begins at this symbol


class Table(NamedTuple):
    """The merges, as the kernels take them: those of symbol s on the left are `left_offsets[s]:left_offsets[s + 1]`.

    Attributes:
        left_offsets: int32, shape (symbols + 1,).
        right: int32, ascending for each symbol on the left: the symbol on the right.
        rank: int32: the merge with the least is done first, the one farther left among equals.
        made: int32: the symbol that the two become.
    """

    left_offsets: I32
    right: I32
    rank: I32
    made: I32


def find(left: I32, right: I32, table: Table) -> I32:
    """Return the merge of each pair of symbols, -1 where they have none."""
    count = len(table.left_offsets) - 1
    known = (left >= 0) & (left < count)
    low = np.where(known, table.left_offsets[np.where(known, left, 0)], 0)
    end = np.where(known, table.left_offsets[np.where(known, left + 1, 0)], 0)
    high = end
    while (low < high).any():
        middle = (low + high) >> 1
        less = (low < high) & (table.right[np.minimum(middle, len(table.right) - 1)] < right)
        low, high = np.where(less, middle + 1, low), np.where(less, high, np.minimum(high, middle))
    some = low < end
    some[some] = table.right[low[some]] == right[some]
    return np.where(some, low, -1).astype(np.int32)


def merge(
    key: int,
    row_ids: U64,
    purpose: int,
    symbols: I32,
    offsets: I32,
    row: I32,
    at: I32,
    limits: U64,
    left_offsets: I32,
    right: I32,
    rank: I32,
    made: I32,
) -> I32:
    """Join the symbols of words by merges: for each symbol, the piece that begins there, `HOLE` where none does.

    A word goes on step by step. In each, every merge that two neighbours have is dropped when its draw is less than
    the word's limit, for this step alone; of those that are left the first is done. Where none is left, the word ends.
    The draw of step t for a piece that begins at symbol s of its row has the address (row, purpose + t, s).

    Args:
        key, row_ids, purpose: the address of the draws.
        symbols: int32, those of all words; a symbol that no merge knows stays single.
        offsets: int32, shape (words + 1,): where the words begin, and the end of the last.
        row, at: int32, shape (words,): the row of each word, and which symbol of its row it begins with.
        limits: uint64, shape (words,): the chance of a merge to be dropped, as a 32 bit threshold.
        left_offsets, right, rank, made: see `Table`.
    """
    table = Table(left_offsets, right, rank, made)
    pieces = np.full(len(symbols), HOLE, np.int32)
    ids, begin = symbols.copy(), np.arange(len(symbols), dtype=np.int32)
    word = np.repeat(np.arange(len(row), dtype=np.int32), np.diff(offsets))
    step = 0
    while len(ids):
        left = np.flatnonzero(word[1:] == word[:-1])
        entry = find(ids[left], ids[left + 1], table)
        left, entry = left[entry >= 0], entry[entry >= 0]
        of = word[left]
        drawn = indexed(key, row_ids[row[of]], purpose + step, at[of] + begin[left] - offsets[of])
        kept = drawn >= limits[of]
        left, entry, of = left[kept], entry[kept], of[kept]
        order = np.lexsort((left, rank[entry], of))
        first = order[np.flatnonzero(np.diff(of[order], prepend=-1))]  # of each word the first merge
        ids[left[first]] = made[entry[first]]
        going = np.zeros(len(row), bool)
        going[of[first]] = True
        stays = going[word]
        pieces[begin[~stays]] = ids[~stays]
        stays[left[first] + 1] = False
        ids, begin, word = ids[stays], begin[stays], word[stays]
        step += 1
    return pieces
