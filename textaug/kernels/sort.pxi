# Sorting of few numbers, mostly.

from libc.stdint cimport int64_t, uint64_t
from libc.stdlib cimport qsort

cdef enum:
    FEW = 64                           # to sort by insertion


cdef int _ascending(const void *a, const void *b) noexcept nogil:
    cdef uint64_t x = (<const uint64_t *> a)[0], y = (<const uint64_t *> b)[0]
    return (x > y) - (x < y)


cdef void _sort(uint64_t *items, int64_t n) noexcept nogil:
    cdef int64_t i, j
    cdef uint64_t held
    if n > FEW:
        qsort(items, n, sizeof(uint64_t), _ascending)
        return
    for i in range(1, n):
        held = items[i]
        j = i
        while j > 0 and items[j - 1] > held:
            items[j] = items[j - 1]
            j -= 1
        items[j] = held
