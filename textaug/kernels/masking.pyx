"""Masking of token ids, compiled: see `reference/masking.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

cdef extern from "philox.h" nogil:
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)
    void philox_from(uint64_t key, uint64_t row, uint32_t purpose, int64_t first, int64_t n, uint32_t *out)

cdef extern from "hits.h" nogil:
    uint64_t hits(const uint32_t *draw, int64_t n, uint32_t most)
    uint64_t flags(const uint8_t *flag, int64_t n)
    uint64_t equal(const uint8_t *bytes, int64_t n, uint8_t byte)
    void borders(const uint8_t *marks, int64_t n, uint64_t *begin, uint64_t *end)
    int64_t unit_end(const uint64_t *end, int64_t place)
    void steps(const uint32_t *draw, int64_t n, const uint64_t *limits, int64_t count, uint8_t *step)
    void above(const uint32_t *draw, int64_t n, uint32_t one, uint32_t two, uint8_t least, uint8_t *kind)
    void count_bits()
    int32_t places_of(const uint64_t *bits, int64_t n, int32_t *places)
    void mark_words(const uint8_t *kind, int64_t n, uint8_t *marks)
    void mark_runs(const int32_t *numbers, const uint8_t *kind, int64_t n, uint8_t *marks)
    int laid(const uint8_t *upper, const uint8_t *lower, int64_t n, uint8_t *marks)
    int32_t without(const uint8_t *marks, int64_t n)
    void running(const uint8_t *marks, int64_t n, int32_t *first)

cdef extern from "weighed.h" nogil:
    uint64_t weighed(const void *ids, int wide, int64_t n, int64_t pad, const uint64_t *weight)

cdef extern from "masks.h" nogil:
    int lowest_bit(uint64_t mask)

cdef enum:
    ROOM = 128                         # behind the draws of a row: they are made and compared many at a time

cdef enum:
    SPECIAL = 1
    CONTINUES = 2
    ALONE = 4

cdef enum:
    BEGINS = 1
    NONE = 2

cdef enum:
    MASK = 1
    RANDOM = 2
    KEEP = 3

ctypedef fused ids_t:
    int32_t
    int64_t


cdef struct Kinds:                     # what a token is
    const uint8_t *table
    int64_t size
    const uint8_t *special


cdef inline uint8_t _kind(Kinds kinds, int64_t id, Py_ssize_t t) noexcept nogil:
    cdef uint8_t kind = kinds.table[id] if <uint64_t> id < <uint64_t> kinds.size else 0
    if kinds.special != NULL and kinds.special[t]:
        kind |= SPECIAL
    return kind


cdef Kinds _kinds(const uint8_t[::1] table, const uint8_t[::1] special):
    cdef Kinds kinds
    kinds.table, kinds.size, kinds.special = NULL, table.shape[0], NULL
    if table.shape[0]:
        kinds.table = &table[0]
    if special is not None and special.shape[0]:
        kinds.special = &special[0]
    return kinds


cdef Py_ssize_t _longest(const int32_t[::1] offsets):
    cdef Py_ssize_t r, longest = 0
    for r in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[r + 1] - offsets[r])
    return longest


count_bits()

include "numbering.pxi"
include "selecting.pxi"
include "corrupting.pxi"
