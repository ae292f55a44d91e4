"""Word order, compiled: see `reference/words.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport qsort
from libc.string cimport memcmp

cdef extern from "philox.h" nogil:
    uint32_t philox_draw(uint64_t key, uint64_t row, uint32_t purpose, uint32_t index)
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)

cdef enum:
    SELECT_PURPOSE = 2
    ORDER_PURPOSE = 5
    BUDGET_PURPOSE = 6
    BLANK = 32


include "rows.pxi"


cdef inline bint _blank(const uint8_t *data, int32_t start, int32_t end) noexcept nogil:
    cdef int32_t i
    for i in range(start, end):
        if data[i] != BLANK:
            return False
    return True


def delete(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] start, const int32_t[::1] end,
           const int32_t[::1] picked, const int32_t[::1] rows):
    """Return (start, end, row) of what goes when the picked words go."""
    cdef Py_ssize_t i, n = picked.shape[0], count = 0
    cdef int32_t before, after
    starts, ends, in_row = empty(n, np.int32), empty(n, np.int32), empty(n, np.int32)
    cdef int32_t[::1] a = starts, b = ends, r = in_row
    with nogil:
        for i in range(n):
            if count and r[count - 1] == rows[i] and _blank(&data[0], b[count - 1], start[picked[i]]):
                b[count - 1] = end[picked[i]]
            else:
                a[count], b[count], r[count] = start[picked[i]], end[picked[i]], rows[i]
                count += 1
        for i in range(count):
            before = data[a[i] - 1] if a[i] > offsets[r[i]] else -1
            after = data[b[i]] if b[i] < offsets[r[i] + 1] else -1
            if after == BLANK and (before == -1 or before == BLANK or before == 9 or before == 10 or before == 13):
                b[i] += 1
            elif before == BLANK and after != BLANK:
                a[i] -= 1
    return starts[:count], ends[:count], in_row[:count]


def exactly(uint64_t key, const uint64_t[::1] row_ids, const int32_t[::1] row_offsets, const uint8_t[::1] eligible,
            const int32_t[::1] wanted):
    """Return (unit, row): exactly `wanted` of a row's eligible units, every choice equally likely."""
    cdef Py_ssize_t r, total = 0, count = 0
    cdef int64_t u, k, m
    cdef bint all_may = eligible is None
    cdef int64_t first
    cdef uint32_t[::1] draw = empty(_longest(row_offsets) + 4, np.uint32)
    for r in range(wanted.shape[0]):
        total += wanted[r]
    unit_out, row_out = empty(total, np.int32), empty(total, np.int32)
    cdef int32_t[::1] unit = unit_out, row = row_out
    with nogil:
        for r in range(row_ids.shape[0]):
            k = wanted[r]
            if k == 0:
                continue
            m = 0
            for u in range(row_offsets[r], row_offsets[r + 1]):
                m += all_may or eligible[u] != 0
            first = row_offsets[r]
            philox_row(key, row_ids[r], SELECT_PURPOSE, row_offsets[r + 1] - first, &draw[0])
            for u in range(first, row_offsets[r + 1]):
                if k == 0:
                    break
                if all_may or eligible[u]:
                    if <uint64_t> draw[u - first] * <uint64_t> m < <uint64_t> k << 32:
                        unit[count] = <int32_t> u
                        row[count] = r
                        count += 1
                        k -= 1
                    m -= 1
    return unit_out[:count], row_out[:count]


def budget(uint64_t key, const uint64_t[::1] row_ids, const int32_t[::1] eligible, const uint64_t[::1] thresholds):
    """Return for each row a number of pairs: rate * eligible / 2, rounded by a draw."""
    cdef Py_ssize_t r, n = row_ids.shape[0]
    cdef uint64_t pairs
    out = np.zeros(n, np.int32)
    cdef int32_t[::1] wanted = out
    with nogil:
        for r in range(n):
            if thresholds[r] > 0:
                pairs = (thresholds[r] * <uint64_t> eligible[r]
                         + 2 * <uint64_t> philox_draw(key, row_ids[r], BUDGET_PURPOSE, 0)) >> 33
                wanted[r] = min(<int32_t> pairs, eligible[r] // 2)
    return out


cdef int _ascending(const void *a, const void *b) noexcept nogil:
    cdef uint64_t x = (<const uint64_t *> a)[0], y = (<const uint64_t *> b)[0]
    return (x > y) - (x < y)


cdef void _sort(uint64_t *keys, int64_t n) noexcept nogil:
    """Insertion for the few that a row usually has, and for what is nearly in order."""
    cdef int64_t i, j
    cdef uint64_t held
    if n > 48:
        qsort(keys, n, sizeof(uint64_t), _ascending)
        return
    for i in range(1, n):
        held = keys[i]
        j = i
        while j > 0 and keys[j - 1] > held:
            keys[j] = keys[j - 1]
            j -= 1
        keys[j] = held


cdef inline bint _same(const uint8_t *data, const int32_t *start, const int32_t *end, int32_t a, int32_t b) noexcept nogil:
    cdef int32_t size = end[a] - start[a]
    return size == end[b] - start[b] and memcmp(data + start[a], data + start[b], size) == 0


def partners(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, uint64_t key,
             const uint64_t[::1] row_ids, const int32_t[::1] row_offsets, const int32_t[::1] picked,
             const int32_t[::1] rows):
    """Return (unit, its new content's unit, row), sorted: the picked units of each row in pairs that swap."""
    cdef Py_ssize_t n = picked.shape[0], i, j, k, first = 0, last, count = 0
    cdef int32_t r, one, other
    units, sources, in_row = empty(n, np.int32), empty(n, np.int32), empty(n, np.int32)
    cdef int32_t[::1] unit = units, source = sources, row = in_row
    cdef uint64_t[::1] keys = empty(n + 1, np.uint64)
    cdef int32_t[::1] to = empty(n + 1, np.int32)  # each picked unit's partner, -1 for none
    with nogil:
        while first < n:
            r = rows[first]
            last = first
            while last < n and rows[last] == r:
                keys[last] = <uint64_t> philox_draw(key, row_ids[r], ORDER_PURPOSE, picked[last] - row_offsets[r]) << 32 | <uint64_t> last
                to[last] = -1
                last += 1
            _sort(&keys[first], last - first)
            for i in range(first, last):
                one = <int32_t> <uint32_t> keys[i]
                if to[one] != -1:
                    continue
                for j in range(i + 1, last):
                    other = <int32_t> <uint32_t> keys[j]
                    if to[other] == -1 and not _same(&data[0], &start[0], &end[0], picked[one], picked[other]):
                        to[one] = other
                        to[other] = one
                        break
            for k in range(first, last):
                if to[k] != -1:
                    unit[count], source[count], row[count] = picked[k], picked[to[k]], r
                    count += 1
            first = last
    return units[:count], sources[:count], in_row[:count]


def shuffle(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, uint64_t key,
            const uint64_t[::1] row_ids, const int32_t[::1] row_offsets, const uint8_t[::1] eligible, int64_t window):
    """Return (unit, its new content's unit, row), sorted: the eligible units of each row shuffled within a window."""
    cdef Py_ssize_t total = row_offsets[row_offsets.shape[0] - 1], r, count = 0
    cdef int64_t i, j, n, longest = _longest(row_offsets)
    cdef int32_t u, a, b, first
    cdef bint all_may = eligible is None
    cdef uint64_t held
    units, sources, in_row = empty(total, np.int32), empty(total, np.int32), empty(total, np.int32)
    cdef int32_t[::1] unit = units, source = sources, row = in_row
    cdef uint32_t[::1] draw = empty(longest + 4, np.uint32)
    cdef uint64_t[::1] keys = empty(longest + 1, np.uint64)
    cdef int32_t[::1] free_units = empty(longest + 1, np.int32), order = empty(longest + 1, np.int32)
    with nogil:
        for r in range(row_ids.shape[0]):
            first = row_offsets[r]
            n = 0
            philox_row(key, row_ids[r], ORDER_PURPOSE, row_offsets[r + 1] - first, &draw[0])
            for u in range(first, row_offsets[r + 1]):
                if not (all_may or eligible[u]):
                    continue
                free_units[n] = u
                held = (<uint64_t> n << 32) + <uint64_t> draw[u - first] * (window + 1)
                j = n
                while j > 0 and keys[j - 1] > held:  # at most `window` places back
                    keys[j] = keys[j - 1]
                    order[j] = order[j - 1]
                    j -= 1
                keys[j] = held
                order[j] = <int32_t> n
                n += 1
            for i in range(n):
                a = free_units[i]
                b = free_units[order[i]]
                if a != b and not _same(&data[0], &start[0], &end[0], a, b):
                    unit[count], source[count], row[count] = a, b, r
                    count += 1
    return units[:count], sources[:count], in_row[:count]
