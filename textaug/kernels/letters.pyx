"""Letters, compiled: see `reference/letters.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy

cdef extern from "philox.h" nogil:
    uint32_t philox_draw(uint64_t key, uint64_t row, uint32_t purpose, uint32_t index)
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)
    int utf8_encode(int32_t c, uint8_t *to)

cdef extern from "scan.h" nogil:
    bint drawn(uint32_t draw, int64_t sites, int64_t wanted)
    uint32_t limit_ahead(int64_t sites, int64_t wanted, int32_t cost, int32_t ahead)
    int32_t horizon(int64_t sites, int32_t cost)
    uint32_t maybe8(const uint32_t *draw, const uint8_t *flags, uint32_t limit)
    int lowest8(uint32_t bits)
    int32_t either_of(const uint8_t *flags, int n)

cdef enum:
    SELECT_PURPOSE = 2
    BUDGET_PURPOSE = 6

include "alphabets.pxi"
include "rows.pxi"


cdef inline bint _is_letter(uint8_t kind) noexcept nogil:
    return <uint8_t> (kind - 3) <= 2     # LETTER, DIGIT, HAN


cdef inline bint _in_word(uint8_t kind) noexcept nogil:
    return _is_letter(kind) | (kind == 8)  # CLUSTER: a letter and its marks


def alphabetic(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] kind,
               const int32_t[:, ::1] runs):
    """Say which characters are single letters or digits of a known alphabet."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef Alphabets held
    cdef int32_t nothing = 0
    out = empty(n, np.uint8)
    cdef uint8_t[::1] known = out
    _open(&held, runs, <const int32_t[:1]> &nothing)
    with nogil:
        for u in range(n):
            known[u] = _is_letter(kind[u])
            if data[start[u]] >= 0x80:
                known[u] &= _run_of(&held, utf8_decode(&data[start[u]])) >= 0
    return out


def substitute(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] picked,
               const uint32_t[::1] draw, const int32_t[:, ::1] runs, const int32_t[::1] hanzi):
    """Return (text_start, text_end, text): for each picked letter another of its alphabet."""
    cdef Py_ssize_t i, n = picked.shape[0]
    cdef Alphabets held
    cdef int32_t letter, run, size, k, at = 0
    text_start, text_end, out = empty(n, np.int32), empty(n, np.int32), empty(4 * n + 4, np.uint8)
    cdef int32_t[::1] begins = text_start, ends = text_end
    cdef uint8_t[::1] text = out
    _open(&held, runs, hanzi)
    with nogil:
        for i in range(n):
            letter = utf8_decode(&data[start[picked[i]]])
            run = _run_of(&held, letter)
            size = held.runs[4 * run + 3]
            k = <int32_t> ((<uint64_t> draw[i] * size) >> 32)
            if _member(&held, run, k) == letter:
                k = k + 1 if k + 1 < size else 0
            begins[i] = at
            at += utf8_encode(_member(&held, run, k), &text[at])
            ends[i] = at
    return text_start, text_end, out[:at]


cdef bint _differ(const uint8_t *data, int32_t a, int32_t b, int32_t end) noexcept nogil:
    return b - a != end - b or memcmp(data + a, data + b, b - a) != 0


def joinable(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start,
             const int32_t[::1] end, const uint8_t[::1] kind, const uint8_t[::1] free):
    """Say which characters could swap with the next one: both in one word, different, and free."""
    cdef Py_ssize_t r, u, n = start.shape[0]
    cdef bint guarded = free is not None, single, next_single
    cdef uint8_t here, after, byte, next_byte
    out = empty(n, np.uint8)
    cdef uint8_t[::1] joins = out
    with nogil:
        for r in range(row_offsets.shape[0] - 1):
            if row_offsets[r] < row_offsets[r + 1]:
                joins[row_offsets[r + 1] - 1] = 0
                here = _in_word(kind[row_offsets[r]])
                byte = data[start[row_offsets[r]]]
                single = byte < 0x80 and kind[row_offsets[r]] != 8
            for u in range(row_offsets[r], row_offsets[r + 1] - 1):
                after = _in_word(kind[u + 1])
                next_byte = data[start[u + 1]]
                next_single = (next_byte < 0x80) & (kind[u + 1] != 8)
                joins[u] = here & after & (end[u] == start[u + 1]) & (byte != next_byte)
                if not (single & next_single):  # the first bytes alone do not tell
                    joins[u] = (here & after & (end[u] == start[u + 1])
                                and _differ(&data[0], start[u], end[u], end[u + 1]))
                here, byte, single = after, next_byte, next_single
        if guarded:
            for u in range(n - 1):
                joins[u] &= free[u] & free[u + 1]
    return out


def swapped(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] unit):
    """Return (start, end, text_start, text_end, text): each unit and its right neighbour in each other's place."""
    cdef Py_ssize_t i, n = unit.shape[0]
    cdef int32_t u, at = 0, size = 0
    for i in range(n):
        size += end[unit[i] + 1] - start[unit[i]]
    tables, out = [empty(n, np.int32) for _ in range(4)], empty(size, np.uint8)
    cdef int32_t[::1] a = tables[0], b = tables[1], c = tables[2], d = tables[3]
    cdef uint8_t[::1] text = out
    with nogil:
        for i in range(n):
            u = unit[i]
            a[i], b[i], c[i] = start[u], end[u + 1], at
            memcpy(&text[at], &data[start[u + 1]], end[u + 1] - start[u + 1])
            at += end[u + 1] - start[u + 1]
            memcpy(&text[at], &data[start[u]], end[u] - start[u])
            at += end[u] - start[u]
            d[i] = at
    return tables[0], tables[1], tables[2], tables[3], out


def pairs(uint64_t key, const uint64_t[::1] row_ids, const int32_t[::1] row_offsets, const uint8_t[::1] joins,
          const uint64_t[::1] thresholds, int64_t at_least, int64_t at_most):
    """Return (unit, row, eligible): units that swap with their right neighbour, no unit twice."""
    cdef Py_ssize_t r, count = 0
    cdef int64_t u, first, n, k, left, known, total = 0
    cdef uint32_t limit
    cdef const uint8_t *join
    cdef uint8_t before
    cdef uint32_t bits
    cdef int passed
    cdef uint32_t[::1] draws = empty(_longest(row_offsets) + 4, np.uint32)
    cdef uint32_t *draw = &draws[0]
    unit_out, row_out = empty(joins.shape[0] // 2 + 1, np.int32), empty(joins.shape[0] // 2 + 1, np.int32)
    cdef int32_t[::1] unit = unit_out, row = row_out
    with nogil:
        for r in range(row_ids.shape[0]):
            first = row_offsets[r]
            n = row_offsets[r + 1] - first
            if thresholds[r] == 0 or n == 0:
                continue
            join = &joins[first]
            left = join[0]
            u = 1
            while u + 8 <= n:
                left += either_of(join + u, 8)
                u += 8
            for u in range(u, n):
                left += join[u] | join[u - 1]
            if left == 0:
                continue
            total += left
            k = <int64_t> ((thresholds[r] * <uint64_t> left
                            + 2 * <uint64_t> philox_draw(key, row_ids[r], BUDGET_PURPOSE, 0)) >> 33)
            k = min(max(k, at_least // 2), at_most // 2)
            if k > 0:
                philox_row(key, row_ids[r], SELECT_PURPOSE, n, draw)
            u = before = known = 0
            while u < n and k > 0:
                if 0 < u <= n - 8:  # pass by what cannot be selected
                    if u + 8 > known:
                        known = u + horizon(left - k, 1)
                        limit = limit_ahead(left - k, k, 1, <int32_t> (known - u))
                    bits = maybe8(draw + u, join + u, limit)
                    if bits == 0:  # a branch of its own, so that the next eight need not wait for these
                        left -= either_of(join + u, 8)
                        u += 8
                        before = join[u - 1]
                        continue
                    passed = lowest8(bits)
                    left -= either_of(join + u, passed)
                    u += passed
                    before = join[u - 1]
                if (join[u] != 0) & drawn(draw[u], left - k, k):  # one rare branch instead of two
                    unit[count] = <int32_t> (first + u)
                    row[count] = r
                    count += 1
                    k -= 1
                    left -= 2
                    u += 2
                    before = join[u - 1]
                    known = 0
                else:
                    left -= join[u] | before
                    before = join[u]
                    u += 1
    return unit_out[:count], row_out[:count], total
