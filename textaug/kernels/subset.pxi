# Subsets of a given size, each as likely: Robert Floyd's algorithm (Bentley and Floyd, CACM 30:9, 1987).

from libc.stdint cimport int64_t, uint32_t, uint64_t
from libc.string cimport memset

cdef extern from "masks.h" nogil:
    int lowest_bit(uint64_t mask)

cdef inline bint _has(const uint64_t *bits, int64_t i) noexcept nogil:
    return (bits[i >> 6] >> (i & 63)) & 1


cdef void _subset(const uint32_t *draw, int64_t count, int64_t size, uint64_t *bits) noexcept nogil:
    """Choose `count` of the numbers below `size`, as bits; one word more than they need is cleared."""
    cdef int64_t i, last, one
    memset(bits, 0, ((size >> 6) + 1) * sizeof(uint64_t))
    for i in range(count):
        last = size - count + i
        one = <int64_t> ((<uint64_t> draw[i] * <uint64_t> (last + 1)) >> 32)
        if _has(bits, one):
            one = last
        bits[one >> 6] |= <uint64_t> 1 << (one & 63)


cdef inline int64_t _next(const uint64_t *bits, int64_t i) noexcept nogil:
    """Return the first number from here on that was chosen: there is one."""
    cdef int64_t word = i >> 6
    cdef uint64_t rest = bits[word] >> (i & 63)
    if rest:
        return i + lowest_bit(rest)
    word += 1
    while bits[word] == 0:
        word += 1
    return (word << 6) + lowest_bit(bits[word])
