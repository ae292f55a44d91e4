# cython: language_level=3
"""Words that rules must know, compiled: see `reference/roles.py` for the definition."""

from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint64_t
from libc.string cimport memcpy, memset

import numpy as np

from textaug.kernels.pool import empty

cdef enum:
    MAX_WORD = 16

cdef uint64_t LOW = 0x9E3779B97F4A7C15ULL, HIGH = 0xD6E8FEB86659FD93ULL, ONES = 0x0101010101010101ULL
cdef uint64_t MASKS[2][MAX_WORD + 1]    # what counts of the first and of the second eight bytes of a word


cdef void _fill_masks():
    for n in range(MAX_WORD + 1):
        MASKS[0][n] = (1 << 8 * min(n, 8)) - 1
        MASKS[1][n] = (1 << 8 * max(n - 8, 0)) - 1


_fill_masks()


cdef inline uint64_t _fold(uint64_t x) noexcept nogil:
    """Put the ASCII letters of eight bytes into lower case, all at once."""
    cdef uint64_t low = x & (0x7F * ONES)
    return x | ((((low + 0x3F * ONES) ^ (low + 0x25 * ONES)) & ~x & (0x80 * ONES)) >> 2)


cdef inline uint64_t _all_ones(uint64_t x) noexcept nogil:
    """Return all ones where something is set, else 0."""
    return -((x | -x) >> 63)


def numbers(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint16_t[::1] slots,
            const uint64_t[::1] low, const uint64_t[::1] high):
    """Return the number of every range, 0 for what is none of the words, and a 0 behind them all: uint16."""
    cdef Py_ssize_t n = start.shape[0], u
    cdef int64_t size = data.shape[0], length, first
    cdef uint64_t one, other, at, differ, mask = <uint64_t> slots.shape[0] - 1
    cdef uint64_t rest[2]
    cdef uint16_t k
    made = empty(n + 1, np.uint16)
    cdef uint16_t[::1] found = made
    with nogil:
        for u in range(n):
            first = start[u]
            length = end[u] - first
            if first + MAX_WORD <= size:
                memcpy(&one, &data[first], 8)
                memcpy(&other, &data[first + 8], 8)
            else:
                memset(rest, 0, MAX_WORD)
                memcpy(rest, &data[first], size - first)
                one, other = rest[0], rest[1]
            length &= -<int64_t> (length <= MAX_WORD)  # the masks of 0 leave nothing
            one = _fold(one & MASKS[0][length])
            other = _fold(other & MASKS[1][length])
            at = (((one * LOW) ^ (other * HIGH)) >> 40) & mask
            k = slots[at]
            differ = (low[k] ^ one) | (high[k] ^ other)
            while k & _all_ones(differ):  # rarely: one branch, where `k and differ` would be two that nobody predicts
                at = (at + 1) & mask
                k = slots[at]
                differ = (low[k] ^ one) | (high[k] ^ other)
            found[u] = k
        found[n] = 0
    return made
