"""Permutation language modelling, compiled: see `reference/permutation.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

include "rows.pxi"
include "sort.pxi"

cdef extern from "philox.h" nogil:
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)

cdef enum:
    CONTEXT = -1
    UNSEEN = -2


cdef struct Row:                       # what is drawn for the contexts of a row, and what they hit
    const uint64_t *limits
    int32_t longest                    # how many limits there are
    const int32_t *contexts
    uint32_t *lengths
    uint32_t *places
    uint8_t *hit                       # units, by their place; at -1: the tokens without a unit
    int32_t *tokens                    # of each unit, likewise


cdef inline int32_t _gram(const Row *row, int64_t k) noexcept nogil:
    cdef int32_t i, length = 1
    for i in range(row.longest):
        length += row.lengths[k] >= row.limits[i]
    return length


cdef int32_t _shortest(const int32_t[::1] contexts):
    cdef int32_t least = contexts[0]
    cdef Py_ssize_t i
    for i in range(contexts.shape[0]):
        least = min(least, contexts[i])
    return least


cdef int32_t _emit(const int32_t *first, int32_t base, int32_t length, const uint8_t *hit, int32_t *at) noexcept nogil:
    """Write the tokens of the units that were hit; return their number."""
    cdef int32_t t, n = 0
    for t in range(length):            # written always, kept if selected: no branch to mispredict
        at[n] = base + t
        n += hit[first[t]]
    return n


cdef void _spread(int32_t size, Row *row) noexcept nogil:
    """Hit the places that spans cover."""
    cdef int64_t at = 0, k = 0, begin, context, t
    cdef int32_t length
    while at < size:
        length = _gram(row, k)
        context = row.contexts[length - 1]
        begin = at + <int64_t> ((<uint64_t> row.places[k] * <uint64_t> (context - length + 1)) >> 32)
        for t in range(begin, min(begin + length, size)):
            row.hit[t] = 1
        at += context
        k += 1


def spread(const int32_t[::1] first, const int32_t[::1] offsets, uint64_t key, const uint64_t[::1] row_ids, purposes,
           const uint64_t[::1] limits, const int32_t[::1] contexts):
    """Select units by spans, each placed at random inside a context of its own; return (row offsets, tokens)."""
    cdef Py_ssize_t r, rows = row_ids.shape[0]
    cdef int64_t longest = _longest(offsets)
    cdef int32_t base, size, n = 0, least = _shortest(contexts)
    begins, found = np.zeros(rows + 1, np.int32), empty(first.shape[0] + 1, np.int32)
    hits = np.zeros(longest + 2, np.uint8)
    draws = np.empty((2, longest // least + 8), np.uint32)
    cdef int32_t[::1] row_offsets = begins, chosen = found
    cdef uint8_t[::1] hit = hits
    cdef uint32_t[:, ::1] draw = draws
    cdef uint32_t for_length = purposes[0], for_place = purposes[1]
    cdef Row row = Row(NULL, <int32_t> limits.shape[0], &contexts[0], &draw[0, 0], &draw[1, 0], &hit[1], NULL)
    if limits.shape[0]:
        row.limits = &limits[0]
    with nogil:
        for r in range(rows):
            base, size = offsets[r], offsets[r + 1] - offsets[r]
            if size:
                philox_row(key, row_ids[r], for_length, size // least + 1, row.lengths)
                philox_row(key, row_ids[r], for_place, size // least + 1, row.places)
                memset(row.hit, 0, size)
                _spread(size, &row)
                n += _emit(&first[base], base, size, row.hit, &chosen[n])
            row_offsets[r + 1] = n
    return begins, found[:n]


cdef int32_t _grams(const int32_t *first, int32_t size, int32_t left, Row *row) noexcept nogil:
    """Hit the units that n-grams take; return what is left of the goal."""
    cdef int64_t at = 0, k = 0, context, before
    cdef int32_t length, unit
    while at < size and left > 0:
        length = min(_gram(row, k), left)
        context = row.contexts[length - 1]
        before = <int64_t> ((<uint64_t> row.places[k] * <uint64_t> context) >> 32)
        at += before
        k += 1
        while at < size and first[at] != at:
            at += 1
        while at < size and length > 0:
            unit = first[at]
            if unit == at:
                if row.tokens[unit] > left:
                    break
                row.hit[unit] = 1
                left -= row.tokens[unit]
                length -= 1
            at += 1
            while at < size and first[at] == unit:
                at += 1
        at += context - before
    return left


cdef int32_t _singles(const Row *row, const uint32_t *draw, int32_t size, int32_t left, uint64_t low, uint64_t high,
                      uint64_t *listed) noexcept nogil:
    """Hit units that draw from low to below high, in order, where they fit; return what is left of the goal."""
    cdef int32_t p, unit
    cdef int64_t n = 0, i
    for p in range(size):
        if low <= draw[p] < high and row.tokens[p] > 0 and row.hit[p] == 0:
            listed[n] = (<uint64_t> draw[p] << 32) | <uint64_t> p
            n += 1
    _sort(listed, n)
    for i in range(n):
        unit = <int32_t> <uint32_t> listed[i]
        if row.tokens[unit] <= left:
            row.hit[unit] = 1
            left -= row.tokens[unit]
    return left


def goal(const int32_t[::1] first, const int32_t[::1] offsets, uint64_t key, const uint64_t[::1] row_ids, purposes,
         const uint64_t[::1] limits, const int32_t[::1] contexts, const int32_t[::1] goals):
    """Select units by n-grams up to a number of tokens, and fill up singly; return (row offsets, tokens)."""
    cdef Py_ssize_t r, rows = row_ids.shape[0]
    cdef int64_t longest = _longest(offsets)
    cdef int32_t base, size, left, t, n = 0, least = _shortest(contexts)
    begins, found = np.zeros(rows + 1, np.int32), empty(first.shape[0] + 1, np.int32)
    hits = np.zeros(longest + 2, np.uint8)
    draws, counts = np.empty((3, longest + 8), np.uint32), np.zeros(longest + 2, np.int32)
    items = empty(longest + 1, np.uint64)
    cdef int32_t[::1] row_offsets = begins, chosen = found, tokens = counts
    cdef uint8_t[::1] hit = hits
    cdef uint32_t[:, ::1] draw = draws
    cdef uint64_t[::1] listed = items
    cdef uint32_t for_length = purposes[0], for_place = purposes[1], for_singles = purposes[2]
    cdef uint64_t part, whole = <uint64_t> 1 << 32
    cdef Row row = Row(NULL, <int32_t> limits.shape[0], &contexts[0], &draw[0, 0], &draw[1, 0], &hit[1], &tokens[1])
    if limits.shape[0]:
        row.limits = &limits[0]
    with nogil:
        for r in range(rows):
            base, size = offsets[r], offsets[r + 1] - offsets[r]
            if size and goals[r] > 0:
                philox_row(key, row_ids[r], for_length, size // least + 1, row.lengths)
                philox_row(key, row_ids[r], for_place, size // least + 1, row.places)
                memset(row.hit, 0, size)
                memset(&tokens[0], 0, (size + 1) * sizeof(int32_t))
                for t in range(size):
                    row.tokens[first[base + t]] += 1
                left = _grams(&first[base], size, goals[r], &row)
                if left > 0:
                    philox_row(key, row_ids[r], for_singles, size, &draw[2, 0])
                    part = min(whole, whole // size * (left + (left >> 1) + 8))  # mostly enough: no need to sort all
                    left = _singles(&row, &draw[2, 0], size, left, 0, part, &listed[0])
                    if left > 0:
                        _singles(&row, &draw[2, 0], size, left, part, whole, &listed[0])
                n += _emit(&first[base], base, size, row.hit, &chosen[n])
            row_offsets[r + 1] = n
    return begins, found[:n]


def turns(const int32_t[::1] offsets, const int32_t[::1] row_offsets, const int32_t[::1] at, uint64_t key,
          const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] sizes):
    """Give each of some tokens its turn among those of its row."""
    cdef Py_ssize_t r
    cdef int64_t longest = _longest(offsets), n
    made, draws, items = empty(at.shape[0], np.int32), empty(longest + 8, np.uint32), empty(longest + 1, np.uint64)
    cdef int32_t[::1] turn = made
    cdef uint32_t[::1] draw = draws
    cdef uint64_t[::1] listed = items
    cdef int32_t base, head, block, i, k, nth
    with nogil:
        for r in range(row_ids.shape[0]):
            base, head, i = offsets[r], row_offsets[r], row_offsets[r]
            philox_row(key, row_ids[r], purpose, offsets[r + 1] - base, &draw[0])
            while i < row_offsets[r + 1]:
                n, k, block = 0, i, (at[i] - base) // sizes[r]
                while i < row_offsets[r + 1] and (at[i] - base) // sizes[r] == block:
                    listed[n] = (<uint64_t> draw[at[i] - base] << 32) | <uint64_t> i
                    i += 1
                    n += 1
                _sort(&listed[0], n)
                for nth in range(i - k):
                    turn[<uint32_t> listed[nth]] = k - head + nth
    return made


cdef void _before(int32_t turn, const int32_t *keys, int64_t size, float *out) noexcept nogil:
    cdef int64_t j
    for j in range(size):
        out[j] = <float> (turn <= keys[j])


def forbidden(const int32_t[::1] queries, const int32_t[::1] keys, const int32_t[::1] offsets, int64_t size, bint left):
    """Say what each token may not see: float32, shape (rows, size, size)."""
    cdef Py_ssize_t r, rows = offsets.shape[0] - 1
    made = np.empty((rows, size, size), np.float32)
    padded, context = np.empty(size + 1, np.int32), np.empty(size + 1, np.float32)
    if made.size == 0:
        return made
    cdef float[:, :, ::1] out = made
    cdef int32_t[::1] held = padded
    cdef float[::1] others = context
    cdef int64_t i, begin, end
    cdef int32_t turn
    with nogil:
        for r in range(rows):
            begin = size - (offsets[r + 1] - offsets[r]) if left else 0
            end = begin + offsets[r + 1] - offsets[r]
            for i in range(size):
                held[i] = keys[offsets[r] + i - begin] if begin <= i < end else UNSEEN
            _before(CONTEXT, &held[0], size, &others[0])
            for i in range(size):
                turn = queries[offsets[r] + i - begin] if begin <= i < end else CONTEXT
                if turn == CONTEXT:    # as most are
                    memcpy(&out[r, i, 0], &others[0], size * sizeof(float))
                else:
                    _before(turn, &held[0], size, &out[r, i, 0])
    return made
