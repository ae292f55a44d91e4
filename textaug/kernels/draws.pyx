"""Addressed draws, compiled: see `reference/draws.py` for the definition."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport qsort

cdef extern from "philox.h" nogil:
    void philox4x32(uint32_t *c, uint64_t key)
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)
    void philox_many(uint32_t *x0, uint32_t *x1, uint32_t *x2, uint32_t *x3, int64_t n, uint64_t key)
    void philox_hits(const uint32_t *x0, const uint32_t *x1, const uint32_t *x2, const uint32_t *x3,
                     const uint32_t *limit, int64_t n, uint32_t *hits)

cdef enum:
    LOAD = 256                         # blocks drawn at a time


def blocks(uint64_t key, const uint64_t[::1] rows, uint32_t purpose, const uint32_t[::1] index):
    """Return the four draws of block `index[i]` of row `rows[i]`: uint32, shape (n, 4)."""
    cdef Py_ssize_t i, n = rows.shape[0]
    out = np.empty((n, 4), np.uint32)
    cdef uint32_t[:, ::1] draws = out
    cdef uint32_t *c
    with nogil:
        for i in range(n):
            c = &draws[i, 0]
            c[0] = index[i]
            c[1] = purpose
            c[2] = <uint32_t> rows[i]
            c[3] = <uint32_t> (rows[i] >> 32)
            philox4x32(c, key)
    return out


def lanes(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] row_offsets,
          const int32_t[::1] unit, const int32_t[::1] row):
    """Return the first draw of each unit's own block: uint32, shape (n,)."""
    cdef Py_ssize_t i, n = unit.shape[0], first = 0, size
    out = empty(n, np.uint32)
    cdef uint32_t[::1] draw = out
    cdef uint32_t x[3][LOAD]
    cdef uint64_t id
    with nogil:
        while first < n:
            size = min(n - first, LOAD)
            for i in range(size):
                id = row_ids[row[first + i]]
                draw[first + i] = unit[first + i] - row_offsets[row[first + i]]
                x[0][i] = purpose
                x[1][i] = <uint32_t> id
                x[2][i] = <uint32_t> (id >> 32)
            philox_many(&draw[first], x[0], x[1], x[2], size, key)
            first += size
    return out


cdef struct Blocks:                    # a load of blocks, and what each draws for
    uint32_t x0[LOAD]
    uint32_t x1[LOAD]
    uint32_t x2[LOAD]
    uint32_t x3[LOAD]
    uint32_t limit[LOAD]               # a unit is selected that draws at most this
    uint32_t hits[LOAD]
    int32_t unit[LOAD]                 # the first unit of the block
    int32_t row[LOAD]
    int32_t last[LOAD]                 # the end of the row
    int64_t filled


cdef struct Picks:
    int32_t *unit
    int32_t *row
    Py_ssize_t count


cdef inline void _keep(Picks *picks, int32_t unit, int32_t row, bint selected) noexcept nogil:
    picks.unit[picks.count] = unit     # written always, kept if selected: no branch to mispredict
    picks.row[picks.count] = row
    picks.count += selected


cdef void _compare(Blocks *load, uint64_t key, const uint8_t *eligible, Picks *picks) noexcept nogil:
    cdef int64_t b
    cdef int32_t unit, row
    cdef uint32_t hits, lane
    philox_many(load.x0, load.x1, load.x2, load.x3, load.filled, key)
    philox_hits(load.x0, load.x1, load.x2, load.x3, load.limit, load.filled, load.hits)
    for b in range(load.filled):
        hits = load.hits[b]
        if hits == 0:
            continue
        unit = load.unit[b]
        row = load.row[b]
        if eligible != NULL and unit + 4 <= load.last[b]:
            for lane in range(4):
                _keep(picks, unit + lane, row, (hits >> lane & 1) & (eligible[unit + lane] != 0))
        else:
            for lane in range(min(4, load.last[b] - unit)):
                if hits >> lane & 1 and (eligible == NULL or eligible[unit + lane]):
                    _keep(picks, unit + lane, row, True)
    load.filled = 0


cdef void _bernoulli(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] row_offsets,
                     const uint8_t *eligible, const uint64_t *thresholds, Picks *picks) noexcept nogil:
    cdef Blocks load
    cdef int32_t first, last
    cdef int64_t block, blocks, n, i, at
    cdef Py_ssize_t r
    load.filled = 0
    for r in range(row_ids.shape[0]):
        if thresholds[r] == 0:
            continue
        first = row_offsets[r]
        last = row_offsets[r + 1]
        blocks = (last - first + 3) >> 2
        block = 0
        while block < blocks:
            at = load.filled
            n = min(blocks - block, LOAD - at)
            for i in range(n):
                load.x0[at + i] = <uint32_t> (block + i)
                load.x1[at + i] = purpose
                load.x2[at + i] = <uint32_t> row_ids[r]
                load.x3[at + i] = <uint32_t> (row_ids[r] >> 32)
                load.limit[at + i] = <uint32_t> (thresholds[r] - 1)
                load.unit[at + i] = <int32_t> (first + 4 * (block + i))
                load.row[at + i] = <int32_t> r
                load.last[at + i] = last
            block += n
            load.filled += n
            if load.filled == LOAD:
                _compare(&load, key, eligible, picks)
    _compare(&load, key, eligible, picks)


cdef int _ascending(const void *a, const void *b) noexcept nogil:
    cdef uint64_t x = (<const uint64_t *> a)[0], y = (<const uint64_t *> b)[0]
    return (x > y) - (x < y)


cdef void _smallest(uint64_t key, uint64_t row_id, uint32_t purpose, int32_t first, int32_t last,
                    const uint8_t *eligible, int32_t row, int64_t k, uint32_t *draw, uint64_t *order,
                    Picks *picks) noexcept nogil:
    """Pick the k eligible units of one row that drew least, or all; ties on the draw are broken by the unit."""
    cdef int32_t unit
    cdef int64_t n = 0
    cdef uint64_t last_pair
    philox_row(key, row_id, purpose, last - first, draw)
    for unit in range(first, last):
        if eligible == NULL or eligible[unit]:
            order[n] = (<uint64_t> draw[unit - first] << 32) | <uint32_t> unit
            n += 1
    k = min(k, n)
    if k == 0:
        return
    qsort(order, n, sizeof(uint64_t), _ascending)
    last_pair = order[k - 1]
    for unit in range(first, last):  # once more, to keep the units' order
        if eligible == NULL or eligible[unit]:
            if (<uint64_t> draw[unit - first] << 32 | <uint32_t> unit) <= last_pair:
                _keep(picks, unit, row, True)


cdef void _limited(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] row_offsets,
                   const uint8_t *eligible, const uint64_t *thresholds, const Picks *drawn, int64_t at_least,
                   int64_t at_most, uint32_t *draw, uint64_t *order, Picks *picks) noexcept nogil:
    """Copy what was drawn, but for the rows with too few or too many: those are picked anew."""
    cdef Py_ssize_t r, first = 0, last = 0, i
    for r in range(row_ids.shape[0]):
        while last < drawn.count and drawn.row[last] == r:
            last += 1
        if thresholds[r] > 0 and not at_least <= last - first <= at_most:
            _smallest(key, row_ids[r], purpose, row_offsets[r], row_offsets[r + 1], eligible, <int32_t> r,
                      at_least if last - first < at_least else at_most, draw, order, picks)
        else:
            for i in range(first, last):
                _keep(picks, drawn.unit[i], drawn.row[i], True)
        first = last


def select(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] row_offsets,
           const uint8_t[::1] eligible, const uint64_t[::1] thresholds, int32_t at_least, int32_t at_most):
    """Return (unit, row) of every selected unit, in order: int32, int32."""
    cdef Py_ssize_t units = row_offsets[row_offsets.shape[0] - 1]
    cdef const uint8_t *may = NULL if eligible is None or units == 0 else &eligible[0]
    cdef const uint64_t *limits = &thresholds[0] if thresholds.shape[0] else NULL
    unit_out, row_out = empty(units + 4, np.int32), empty(units + 4, np.int32)
    cdef int32_t[::1] unit = unit_out, row = row_out, unit_kept, row_kept
    cdef Picks picks = Picks(&unit[0], &row[0], 0), kept
    cdef uint32_t[::1] draw
    cdef uint64_t[::1] order
    with nogil:
        _bernoulli(key, row_ids, purpose, row_offsets, may, limits, &picks)
    if at_least == 0 and at_most == 0x7FFFFFFF:
        return unit_out[:picks.count], row_out[:picks.count]
    unit_out, row_out = empty(units + 4, np.int32), empty(units + 4, np.int32)
    unit_kept, row_kept = unit_out, row_out
    draw, order = empty(units + 4, np.uint32), empty(units + 1, np.uint64)
    kept = Picks(&unit_kept[0], &row_kept[0], 0)
    with nogil:
        _limited(key, row_ids, purpose, row_offsets, may, limits, &picks, at_least, at_most, &draw[0], &order[0], &kept)
    return unit_out[:kept.count], row_out[:kept.count]
