"""Addressed draws, compiled: see `reference/draws.py` for the definition."""

import numpy as np

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc, qsort

cdef extern from "philox.h" nogil:
    const int PHILOX_MANY
    void philox4x32(uint32_t *c, uint64_t key)
    uint32_t philox_draw(uint64_t key, uint64_t row, uint32_t purpose, uint32_t index)
    void philox_many(uint32_t *x0, uint32_t *x1, uint32_t *x2, uint32_t *x3, uint64_t key)


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


cdef struct Blocks:                    # a full load for philox_many, and what each block draws for
    uint32_t x0[256]
    uint32_t x1[256]
    uint32_t x2[256]
    uint32_t x3[256]
    int32_t unit[256]                  # the first unit of the block
    int32_t row[256]
    int32_t size[256]                  # how many units it draws for: 1 to 4


cdef struct Picks:
    int32_t *unit
    int32_t *row
    Py_ssize_t count


cdef inline void _keep(Picks *picks, int32_t unit, int32_t row, bint selected) noexcept nogil:
    picks.unit[picks.count] = unit     # written always, kept if selected: no branch to mispredict
    picks.row[picks.count] = row
    picks.count += selected


cdef void _compare(Blocks *load, int filled, uint64_t key, const uint8_t *eligible, const uint64_t *thresholds,
                   Picks *picks) noexcept nogil:
    cdef int b, lane
    cdef int32_t unit, row
    cdef uint64_t t
    cdef uint32_t x[4]
    philox_many(load.x0, load.x1, load.x2, load.x3, key)
    for b in range(filled):
        unit = load.unit[b]
        row = load.row[b]
        t = thresholds[row]
        x[0] = load.x0[b]
        x[1] = load.x1[b]
        x[2] = load.x2[b]
        x[3] = load.x3[b]
        if load.size[b] == 4 and eligible == NULL:
            for lane in range(4):
                _keep(picks, unit + lane, row, x[lane] < t)
        elif load.size[b] == 4:
            for lane in range(4):
                _keep(picks, unit + lane, row, (x[lane] < t) & (eligible[unit + lane] != 0))
        else:
            for lane in range(load.size[b]):
                if x[lane] < t and (eligible == NULL or eligible[unit + lane]):
                    _keep(picks, unit + lane, row, True)


cdef void _bernoulli(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] row_offsets,
                     const uint8_t *eligible, const uint64_t *thresholds, Picks *picks) noexcept nogil:
    cdef Blocks load
    cdef int filled = 0
    cdef int32_t first, last, unit
    cdef Py_ssize_t r
    for r in range(row_ids.shape[0]):
        if thresholds[r] == 0:
            continue
        first = row_offsets[r]
        last = row_offsets[r + 1]
        unit = first
        while unit < last:
            load.x0[filled] = (unit - first) >> 2
            load.x1[filled] = purpose
            load.x2[filled] = <uint32_t> row_ids[r]
            load.x3[filled] = <uint32_t> (row_ids[r] >> 32)
            load.unit[filled] = unit
            load.row[filled] = r
            load.size[filled] = min(4, last - unit)
            filled += 1
            if filled == PHILOX_MANY:
                _compare(&load, filled, key, eligible, thresholds, picks)
                filled = 0
            unit += 4
    _compare(&load, filled, key, eligible, thresholds, picks)


cdef int _ascending(const void *a, const void *b) noexcept nogil:
    cdef uint64_t x = (<const uint64_t *> a)[0], y = (<const uint64_t *> b)[0]
    return (x > y) - (x < y)


cdef void _smallest(uint64_t key, uint64_t row_id, uint32_t purpose, int32_t first, int32_t last,
                    const uint8_t *eligible, uint64_t threshold, int32_t at_least, int32_t at_most, int32_t row,
                    uint64_t *heap, Picks *picks) noexcept nogil:
    """Pick the k eligible units of one row that drew least, k = the number under the threshold, clamped."""
    cdef int32_t unit, n = 0, k = 0, i
    cdef uint64_t limit
    for unit in range(first, last):
        if eligible == NULL or eligible[unit]:
            heap[n] = (<uint64_t> philox_draw(key, row_id, purpose, unit - first) << 32) | <uint32_t> unit
            k += (heap[n] >> 32) < threshold
            n += 1
    k = min(max(k, at_least), at_most, n)
    if k == 0:
        return
    qsort(heap, n, sizeof(uint64_t), _ascending)
    limit = heap[k - 1]
    # Ties on the draw are broken by the unit, so the k-th pair is the exact cut; walk the row again to keep order.
    for unit in range(first, last):
        if eligible == NULL or eligible[unit]:
            if ((<uint64_t> philox_draw(key, row_id, purpose, unit - first) << 32) | <uint32_t> unit) <= limit:
                _keep(picks, unit, row, True)


def select(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] row_offsets,
           const uint8_t[::1] eligible, const uint64_t[::1] thresholds, int32_t at_least, int32_t at_most):
    """Return (unit, row) of every selected unit, in order: int32, int32."""
    cdef Py_ssize_t units = row_offsets[row_offsets.shape[0] - 1], r
    cdef const uint8_t *may = NULL if eligible is None or units == 0 else &eligible[0]
    unit_out, row_out = np.empty(units + 4, np.int32), np.empty(units + 4, np.int32)
    cdef int32_t[::1] unit_view = unit_out, row_view = row_out
    cdef Picks picks = Picks(&unit_view[0], &row_view[0], 0)
    cdef const uint64_t *limits = &thresholds[0] if thresholds.shape[0] else NULL
    cdef uint64_t *heap
    if at_least == 0 and at_most == 0x7FFFFFFF:
        with nogil:
            _bernoulli(key, row_ids, purpose, row_offsets, may, limits, &picks)
    else:
        heap = <uint64_t *> malloc((units + 1) * sizeof(uint64_t))
        if heap == NULL:
            raise MemoryError()
        with nogil:
            for r in range(row_ids.shape[0]):
                if thresholds[r] > 0:
                    _smallest(key, row_ids[r], purpose, row_offsets[r], row_offsets[r + 1], may, limits[r],
                              at_least, at_most, r, heap, &picks)
            free(heap)
    return unit_out[:picks.count], row_out[:picks.count]
