"""Edits, compiled: see `reference/edits.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t
from libc.string cimport memcpy


cdef inline void _copy(uint8_t *to, const uint8_t *source, int64_t size, const uint8_t *end) noexcept nogil:
    """Copy `size` bytes. `to` has 16 bytes of slack; `source` may be read up to `end`."""
    cdef int64_t i = 0
    if size <= 64 and end - source >= size + 16:
        while i < size:  # most pieces are short: fixed 16 byte moves beat a call
            memcpy(to + i, source + i, 16)
            i += 16
    elif size > 0:
        memcpy(to, source, size)


def row_offsets(const int32_t[::1] rows, Py_ssize_t count):
    """Return where the edits of each row begin, from the row of each edit."""
    cdef Py_ssize_t i
    out = np.zeros(count + 1, np.int32)
    cdef int32_t[::1] offsets = out
    with nogil:
        for i in range(rows.shape[0]):
            offsets[rows[i] + 1] += 1
        for i in range(count):
            offsets[i + 1] += offsets[i]
    return out


def apply(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] row_offsets,
          const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] text_start,
          const int32_t[::1] text_end, const uint8_t[::1] moved, const uint8_t[::1] text):
    """Return (data, offsets) with every edit made."""
    cdef Py_ssize_t rows = offsets.shape[0] - 1, k, r, edits = start.shape[0]
    cdef const uint8_t *source = &data[0] if data.shape[0] else NULL
    cdef const uint8_t *pool = &text[0] if text.shape[0] else NULL
    cdef const uint8_t *source_end = source + data.shape[0]
    cdef const uint8_t *pool_end = pool + text.shape[0]
    cdef int64_t size = data.shape[0], at = 0, length
    cdef uint8_t *out
    for k in range(edits):
        size += (text_end[k] - text_start[k]) - (end[k] - start[k])
    if size > 0x7FFFFFFF:
        raise OverflowError(f"{size} bytes in one tile")
    result, result_offsets = empty(size + 16, np.uint8), empty(rows + 1, np.int32)
    cdef uint8_t[::1] to = result
    cdef int32_t[::1] to_offsets = result_offsets
    out = &to[0]
    with nogil:
        to_offsets[0] = 0
        for r in range(rows):
            for k in range(row_offsets[r], row_offsets[r + 1]):
                _copy(out, source + at, start[k] - at, source_end)
                out += start[k] - at
                length = text_end[k] - text_start[k]
                if moved[k]:
                    _copy(out, source + text_start[k], length, source_end)
                else:
                    _copy(out, pool + text_start[k], length, pool_end)
                out += length
                at = end[k]
            if offsets[r + 1] > at:
                _copy(out, source + at, offsets[r + 1] - at, source_end)
                out += offsets[r + 1] - at
                at = offsets[r + 1]
            to_offsets[r + 1] = <int32_t> (out - &to[0])
    return result[:size], result_offsets


cdef struct Pool:                      # one set of edits, and where they lie in the text between the two sets
    const int32_t *start
    const int32_t *end
    const int32_t *text_start
    const int32_t *text_end
    const uint8_t *moved
    const uint8_t *text
    const uint8_t *data                # what the set edits: the source of its moves


cdef struct Composed:
    int32_t *start
    int32_t *end
    int32_t *text_start
    int32_t *text_end
    uint8_t *moved
    int32_t *origin
    uint8_t *text
    int64_t count
    int64_t written


cdef Pool _pool(const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] text_start,
                const int32_t[::1] text_end, const uint8_t[::1] moved, const uint8_t[::1] text,
                const uint8_t[::1] data) noexcept:
    cdef Pool pool
    pool.start = &start[0] if start.shape[0] else NULL
    pool.end = &end[0] if start.shape[0] else NULL
    pool.text_start = &text_start[0] if start.shape[0] else NULL
    pool.text_end = &text_end[0] if start.shape[0] else NULL
    pool.moved = &moved[0] if start.shape[0] else NULL
    pool.text = &text[0] if text.shape[0] else NULL
    pool.data = &data[0] if data.shape[0] else NULL
    return pool


cdef inline void _append(Composed *out, const uint8_t *source, int64_t start, int64_t end) noexcept nogil:
    if end > start:
        memcpy(out.text + out.written, source + start, end - start)
        out.written += end - start


cdef inline void _replacement(Composed *out, const Pool *pool, int64_t k) noexcept nogil:
    _append(out, pool.data if pool.moved[k] else pool.text, pool.text_start[k], pool.text_end[k])


cdef inline void _edit(Composed *out, int64_t start, int64_t end, int64_t text_start, int64_t text_end, bint moved,
                       int64_t origin) noexcept nogil:
    out.start[out.count] = <int32_t> start
    out.end[out.count] = <int32_t> end
    out.text_start[out.count] = <int32_t> text_start
    out.text_end[out.count] = <int32_t> text_end
    out.moved[out.count] = moved
    out.origin[out.count] = <int32_t> origin
    out.count += 1


cdef int64_t _ending_by(const int64_t *stop, int64_t n, int64_t position) noexcept nogil:
    """The number of edits that end at or before a position."""
    cdef int64_t low = 0, middle
    while low < n:
        middle = (low + n) >> 1
        if stop[middle] <= position:
            low = middle + 1
        else:
            n = middle
    return low


cdef void _keep_first(Composed *out, const Pool *first, int64_t k) noexcept nogil:
    cdef int64_t at = out.written
    if first.moved[k]:
        _edit(out, first.start[k], first.end[k], first.text_start[k], first.text_end[k], True, k)
    else:
        _replacement(out, first, k)
        _edit(out, first.start[k], first.end[k], at, out.written, False, k)


cdef void _keep_second(Composed *out, const Pool *second, int64_t j, int64_t k, const int64_t *shift,
                       const int64_t *begin, const int64_t *stop, int64_t edits) noexcept nogil:
    cdef int64_t low = second.text_start[j], high = second.text_end[j], at = out.written, n
    cdef int64_t start = second.start[j] - shift[k], end = second.end[j] - shift[k]
    if second.moved[j]:
        n = _ending_by(stop, edits, low)
        if n == edits or begin[n] >= high:  # what moves was not edited before: it stays a move
            _edit(out, start, end, low - shift[n], high - shift[n], True, -1 - j)
            return
    _replacement(out, second, j)
    _edit(out, start, end, at, out.written, False, -1 - j)


def compose(first, second, const uint8_t[::1] before, const uint8_t[::1] between):
    """Return the one set of edits that does what `first` and then `second` do, and where each came from."""
    cdef Pool a = _pool(first.start, first.end, first.text_start, first.text_end, first.moved, first.text, before)
    cdef Pool b = _pool(second.start, second.end, second.text_start, second.text_end, second.moved, second.text, between)
    cdef const int32_t[::1] rows_a = first.row_offsets, rows_b = second.row_offsets
    cdef Py_ssize_t rows = rows_a.shape[0] - 1, r, n = rows_a[rows], m = rows_b[rows]
    size_a = first.text_end.astype(np.int64) - first.text_start
    shifts = np.concatenate([[0], np.cumsum(size_a - (first.end - first.start))])
    cdef int64_t[::1] shift = shifts, begin = first.start + shifts[:n], stop = first.end + shifts[1:]
    cdef int64_t need = size_a.sum() + (second.text_end.astype(np.int64) - second.text_start).sum() + 1
    offsets, tables = np.zeros(rows + 1, np.int32), [empty(n + m + 1, np.int32) for _ in range(5)]
    moved, pool = empty(n + m + 1, np.uint8), empty(need, np.uint8)
    cdef int32_t[::1] out_rows = offsets, t0 = tables[0], t1 = tables[1], t2 = tables[2], t3 = tables[3], t4 = tables[4]
    cdef uint8_t[::1] moves = moved, text = pool
    cdef Composed out = Composed(&t0[0], &t1[0], &t2[0], &t3[0], &moves[0], &t4[0], &text[0], 0, 0)
    cdef const int64_t *begins = &begin[0] if n else NULL
    cdef const int64_t *stops = &stop[0] if n else NULL
    cdef int64_t k = 0, j = 0, low, high, at, start, origin, written
    with nogil:
        for r in range(rows):
            while k < rows_a[r + 1] or j < rows_b[r + 1]:
                if j == rows_b[r + 1] or (k < rows_a[r + 1] and stops[k] <= b.start[j]):
                    _keep_first(&out, &a, k)
                    k += 1
                elif k == rows_a[r + 1] or b.end[j] <= begins[k]:
                    _keep_second(&out, &b, j, k, &shift[0], begins, stops, n)
                    j += 1
                else:  # they overlap: join all that hang together
                    low = min(<int64_t> b.start[j], begins[k])
                    start, high, at, origin, written = low - shift[k], low, low, -1 - j, out.written
                    while True:
                        if j < rows_b[r + 1] and (b.start[j] < high or high == low):
                            _append(&out, b.data, at, b.start[j])
                            _replacement(&out, &b, j)
                            at = b.end[j]
                            high = max(high, at)
                            j += 1
                        elif k < rows_a[r + 1] and (begins[k] < high or high == low):
                            high = max(high, stops[k])
                            k += 1
                        else:
                            break
                    _append(&out, b.data, at, high)
                    _edit(&out, start, high - shift[k], written, out.written, False, origin)
            out_rows[r + 1] = <int32_t> out.count
    arrays = [table[:out.count] for table in tables]
    return offsets, arrays[0], arrays[1], arrays[2], arrays[3], moved[:out.count], pool[:out.written], arrays[4]
