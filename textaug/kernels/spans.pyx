"""Span corruption, compiled: see `reference/spans.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy

include "rows.pxi"
include "subset.pxi"

cdef extern from "philox.h" nogil:
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)


cdef struct Spans:                     # of all rows
    int32_t *start
    int32_t *end
    int32_t count


cdef void _part(const int32_t *may, int64_t begin, int64_t end, Spans *spans) noexcept nogil:
    """Write the runs that tokens which may be noise make side by side."""
    cdef int64_t i = begin
    while begin < end:
        i = end if may[end - 1] - may[begin] == end - 1 - begin else begin + 1
        while i < end and may[i] == may[i - 1] + 1:
            i += 1
        spans.start[spans.count] = may[begin]
        spans.end[spans.count] = may[i - 1] + 1
        spans.count += 1
        begin = i


cdef void _place(const int32_t *may, int64_t size, int32_t noise, int32_t count, bint published, const uint64_t *cuts,
                 const uint64_t *gaps, Spans *spans) noexcept nogil:
    """Place the spans of a row: the cuts part its noise, the gaps say how many kept tokens stand before each."""
    cdef int64_t k, cut = 0, next_cut, gap = -1
    for k in range(count):
        next_cut = noise if k + 1 == count else _next(cuts, cut) + 1
        if not published:
            gap = _next(gaps, gap + 1)
        elif k + 1 == count:
            gap = size - noise
        else:
            gap = _next(gaps, max(gap, 0)) + 1
        _part(may, gap + cut, gap + next_cut, spans)
        cut = next_cut


def place(const uint8_t[::1] marks, const int32_t[::1] offsets, uint64_t key, const uint64_t[::1] row_ids, purposes,
          const int32_t[::1] noise, const int32_t[::1] spans, const uint8_t[::1] published):
    """Place spans of noise among the tokens of each row; return (row offsets, starts, ends)."""
    cdef Py_ssize_t r, rows = row_ids.shape[0], most = np.asarray(noise).sum()
    cdef int64_t longest = _longest(offsets), size
    cdef int32_t t
    cdef uint32_t for_length = purposes[0], for_place = purposes[1]
    offset, starts, ends = np.zeros(rows + 1, np.int32), empty(most + 1, np.int32), empty(most + 1, np.int32)
    draws, listed = np.empty(longest + 8, np.uint32), empty(longest + 1, np.int32)
    chosen = np.empty((2, (longest >> 6) + 2), np.uint64)
    cdef int32_t[::1] begins = offset, start = starts, end = ends, may = listed
    cdef uint32_t[::1] draw = draws
    cdef uint64_t[:, ::1] bits = chosen
    cdef Spans found = Spans(&start[0], &end[0], 0)
    with nogil:
        for r in range(rows):
            if spans[r]:
                size = 0
                for t in range(offsets[r], offsets[r + 1]):
                    may[size] = t
                    size += marks[t] >> 1 ^ 1
                philox_row(key, row_ids[r], for_length, spans[r] - 1, &draw[0])
                _subset(&draw[0], spans[r] - 1, noise[r] - 1, &bits[0, 0])
                philox_row(key, row_ids[r], for_place, spans[r], &draw[0])
                if published[r]:
                    _subset(&draw[0], spans[r] - 1, size - noise[r] - 1, &bits[1, 0])
                else:
                    _subset(&draw[0], spans[r], size - noise[r] + 1, &bits[1, 0])
                _place(&may[0], size, noise[r], spans[r], published[r], &bits[0, 0], &bits[1, 0], &found)
            begins[r + 1] = found.count
    return offset, starts[:found.count], ends[:found.count]


cdef inline int32_t _copy(int64_t *out, const int64_t *ids, int32_t size) noexcept nogil:
    if size:
        memcpy(out, ids, size * sizeof(int64_t))
    return size


def fill(const int64_t[::1] ids, const int32_t[::1] offsets, const int32_t[::1] span_offsets,
         const int32_t[::1] start, const int32_t[::1] end, const int64_t[::1] sentinels, const int64_t[::1] prefix,
         int64_t eos):
    """Put a sentinel in place of each span; return (inputs, their offsets, labels, their offsets)."""
    cdef Py_ssize_t r, rows = offsets.shape[0] - 1
    cdef int64_t tokens = ids.shape[0], count = start.shape[0]
    cdef int32_t at, k, n = 0, m = 0
    new, wanted = empty(tokens + count + 2 * rows + 1, np.int64), empty(tokens + count + rows + 1, np.int64)
    new_ends, wanted_ends = np.zeros(rows + 1, np.int32), np.zeros(rows + 1, np.int32)
    cdef int64_t[::1] inputs = new, labels = wanted
    cdef int32_t[::1] input_ends = new_ends, label_ends = wanted_ends
    cdef const int64_t *token = NULL
    if tokens:
        token = &ids[0]
    with nogil:
        for r in range(rows):
            if prefix[r] >= 0:
                inputs[n] = prefix[r]
                n += 1
            at = offsets[r]
            for k in range(span_offsets[r], span_offsets[r + 1]):
                n += _copy(&inputs[n], token + at, start[k] - at)
                inputs[n] = labels[m] = sentinels[k - span_offsets[r]]
                n += 1
                m += 1
                m += _copy(&labels[m], token + start[k], end[k] - start[k])
                at = end[k]
            n += _copy(&inputs[n], token + at, offsets[r + 1] - at)
            if eos >= 0:
                if at == offsets[r + 1] or ids[offsets[r + 1] - 1] != eos:
                    inputs[n] = eos
                    n += 1
                labels[m] = eos
                m += 1
            input_ends[r + 1] = n
            label_ends[r + 1] = m
    return new[:n], new_ends, wanted[:m], wanted_ends
