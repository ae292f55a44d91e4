"""Addressed draws, defined: Philox4x32-10 over NumPy arrays (Salmon et al., SC 2011) and selection by draws."""

import numpy as np
import numpy.typing as npt

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def philox(key: int, counter: U32) -> U32:
    """Return the blocks of 128 bit counters: uint32, shape (n, 4) in, the same out.

    >>> philox(0, np.zeros((1, 4), np.uint32)).tolist() == [[0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]]
    True
    """
    c0, c1, c2, c3 = counter.astype(np.uint64).T
    for turn in range(10):
        k0 = np.uint64((key + turn * _W0) & 0xFFFFFFFF)
        k1 = np.uint64(((key >> 32) + turn * _W1) & 0xFFFFFFFF)
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
    return np.stack([c0, c1, c2, c3], axis=1).astype(np.uint32)


def blocks(key: int, rows: U64, purpose: int, index: U32) -> U32:
    """Return the four draws of block `index[i]` of row `rows[i]`: uint32, shape (n, 4)."""
    counter = np.empty((len(rows), 4), np.uint32)
    counter[:, 0] = index
    counter[:, 1] = purpose
    counter[:, 2] = rows & _LOW
    counter[:, 3] = rows >> _HALF
    return philox(key, counter)


def indexed(key: int, rows: U64, purpose: int, index: I32) -> U32:
    """Return draw number `index[i]` of (row, purpose): lane `index & 3` of block `index >> 2`."""
    four = blocks(key, rows, purpose, (index >> 2).astype(np.uint32))
    draw: U32 = four[np.arange(len(index)), index & 3]
    return draw


def lanes(key: int, row_ids: U64, purpose: int, row_offsets: I32, unit: I32, row: I32) -> U32:
    """Return the first draw of each unit's own block, the block with its index in its row: uint32, shape (n,)."""
    return np.ascontiguousarray(blocks(key, row_ids[row], purpose, (unit - row_offsets[row]).astype(np.uint32))[:, 0])


def select(
    key: int,
    row_ids: U64,
    purpose: int,
    row_offsets: I32,
    eligible: U8 | None,
    thresholds: U64,
    at_least: int,
    at_most: int,
) -> tuple[I32, I32]:
    """Return (unit, row) of every selected unit, in order.

    Of a row's eligible units, those are selected that drew less than the row's threshold. Where their number is
    under `at_least` or over `at_most`, the units that drew least, up to that number. A threshold of 0 selects nothing.
    """
    row = np.repeat(np.arange(len(row_ids), dtype=np.int32), np.diff(row_offsets))
    unit = np.arange(len(row), dtype=np.int32)
    draw = indexed(key, row_ids[row], purpose, unit - row_offsets[row])
    may = (thresholds[row] > 0) if eligible is None else (eligible != 0) & (thresholds[row] > 0)
    unit, row, draw = unit[may], row[may], draw[may]
    wanted = np.bincount(row[draw < thresholds[row]], minlength=len(row_ids)).clip(at_least, at_most)
    order = np.lexsort((unit, draw, row))
    first = np.searchsorted(row[order], np.arange(len(row_ids)))
    rank = np.empty(len(unit), np.int64)
    rank[order] = np.arange(len(unit)) - first[row[order]]
    taken = rank < wanted[row]
    return unit[taken], row[taken]
