# cython: language_level=3
"""Where the pieces are, compiled: the same units as `textaug.kernels.reference.units`, their definition.

A row of pure ASCII is its own string of classes; of any other row the clusters' classes are written down
first. Words are then found 64 classes at a time: a run of letters before a blank or plain punctuation is a
word at once, the rest goes to `_unit`, which reads what the reference's regular expression says.
"""

from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memchr, memcpy

import numpy as np

from textaug.kernels.pool import empty

from textaug.kernels.reference import units as definition

cdef extern from "masks.h" nogil:
    ctypedef struct masks_t:
        uint64_t letters, starters, joiners
    masks_t masks_of(const uint8_t *p)
    masks_t masks_of_tail(const uint8_t *p, int32_t length)
    int lowest_bit(uint64_t mask)
    int32_t ascii_run(const uint8_t *p, int32_t length)

cdef enum:
    EMOJI_CLASS = 0x84

cdef uint8_t CLASS_OF_SEVERAL[256]
cdef uint8_t KIND_OF_CLASS[256]


cdef void _fill_classes():
    for k in range(256):
        CLASS_OF_SEVERAL[k], KIND_OF_CLASS[k] = definition.CLASS_OF_SEVERAL[k], definition.KIND_OF_CLASS[k]


_fill_classes()

include "clusters.pxi"
include "grammar.pxi"


_arange = np.arange(1 << 18, dtype=np.int32)
_arange.flags.writeable = False


def _every_byte(const uint8_t[::1] data, const int32_t[::1] offsets):
    """The characters of pure ASCII without line ends of two: one a byte, on arrays shared by all callers."""
    global _arange
    cdef Py_ssize_t size = data.shape[0], k
    if len(_arange) <= size:
        grown = np.arange(size + 1, dtype=np.int32)
        grown.flags.writeable = False
        _arange = grown
    shared = _arange
    kind = empty(size, np.uint8)
    cdef uint8_t[::1] kinds = kind
    with nogil:
        for k in range(size):
            kinds[k] = KIND_OF_CLASS[data[k]]
    return np.array(offsets, np.int32), shared[:size], shared[1:size + 1], kind


def chars(const uint8_t[::1] data, const int32_t[::1] offsets, const uint8_t[::1] active,
          const uint16_t[::1] block_of, const uint16_t[::1] blocks):
    """Return (row_offsets, start, end, kind) of the extended grapheme clusters of every active row."""
    cdef int32_t size = <int32_t>data.shape[0], rows = <int32_t>offsets.shape[0] - 1, row, m = 0, n, k
    counts, starts, ends, kinds = _buffers(size, rows)
    cdef int32_t[::1] count = counts, start = starts, end = ends
    cdef uint8_t[::1] kind = kinds
    if size == 0:
        return counts, starts, ends, kinds
    if active is None and ascii_run(&data[0], size) == size and memchr(&data[0], c'\r', size) == NULL:
        return _every_byte(data, offsets)
    cdef Table table = Table(&block_of[0], &blocks[0])
    with nogil:
        for row in range(rows):
            if offsets[row] < offsets[row + 1] and (active is None or active[row]):
                n = _clusters(&data[0], offsets[row], offsets[row + 1], &table, &start[m], &kind[m])
                for k in range(m, m + n - 1):
                    end[k] = start[k + 1]
                m += n
                end[m - 1] = offsets[row + 1]
            count[row + 1] = m
        for k in range(m):
            kind[k] = KIND_OF_CLASS[kind[k]]
    return counts, starts[:m], ends[:m], kinds[:m]


def _buffers(size, rows):
    return np.zeros(rows + 1, np.int32), empty(size, np.int32), empty(size, np.int32), empty(size, np.uint8)


cdef int32_t _scan(const uint8_t *c, int32_t begin, int32_t end, int32_t *start, int32_t *stop,
                   uint8_t *kind) noexcept nogil:
    """Write the words of one row of classes; return how many there are."""
    cdef int32_t i = begin, n = 0, first, last, next
    cdef masks_t masks
    cdef uint64_t left
    while i < end:  # never inside of a unit
        masks = masks_of(c + i) if end - i >= 64 else masks_of_tail(c + i, end - i)
        left = masks.letters | masks.starters
        next = i + 64 if end - i >= 64 else end
        while left:
            first = i + lowest_bit(left)
            last = first + lowest_bit(~(masks.letters >> (first - i)) | (<uint64_t>1 << 63))
            if last - i >= 63 and first > i:
                next = first  # it may go on beyond these 64
                break
            if last == first or last - i >= 63 or (masks.starters | masks.joiners) >> (last - i) & 1:
                last = _unit(c, begin, first, end, kind + n)
            else:
                kind[n] = WORD
            start[n], stop[n] = first, last
            n += kind[n] != 0
            if last - i >= 64:
                next = last
                break
            left &= ~<uint64_t>0 << (last - i)
        i = next
    return n


def words(const uint8_t[::1] data, const int32_t[::1] offsets, const uint8_t[::1] active,
          const uint16_t[::1] block_of, const uint16_t[::1] blocks):
    """Return (row_offsets, start, end, kind) of the word units of every active row."""
    cdef int32_t size = <int32_t>data.shape[0], rows = <int32_t>offsets.shape[0] - 1, row, m = 0
    counts, starts, ends, kinds = _buffers(size, rows)
    cdef int32_t[::1] count = counts, start = starts, end = ends
    cdef uint8_t[::1] kind = kinds
    if size == 0:
        return counts, starts, ends, kinds
    cdef Table table = Table(&block_of[0], &blocks[0])
    cdef Scratch scratch = Scratch(offsets)
    with nogil:
        for row in range(rows):
            if offsets[row] < offsets[row + 1] and (active is None or active[row]):
                m += _words_of_row(&data[0], offsets[row], offsets[row + 1], &table,
                                   scratch.bounds, scratch.classes, &start[m], &end[m], &kind[m])
            count[row + 1] = m
    return counts, starts[:m], ends[:m], kinds[:m]


cdef int32_t _words_of_row(const uint8_t *p, int32_t begin, int32_t end, const Table *table,
                           int32_t *bounds, uint8_t *classes, int32_t *start, int32_t *stop,
                           uint8_t *kind) noexcept nogil:
    cdef int32_t n, k
    if ascii_run(p + begin, end - begin) == end - begin:
        return _scan(p, begin, end, start, stop, kind)
    n = _clusters(p, begin, end, table, bounds, classes)
    bounds[n] = end
    n = _scan(classes, 0, n, start, stop, kind)
    for k in range(n):
        start[k], stop[k] = bounds[start[k]], bounds[stop[k]]
    return n


cdef class Scratch:
    """Room for the clusters of the longest row."""

    cdef int32_t *bounds
    cdef uint8_t *classes

    def __cinit__(self, offsets):
        longest = int(np.diff(offsets).max(initial=0))
        self.bounds = <int32_t *>malloc((longest + 1) * sizeof(int32_t))
        self.classes = <uint8_t *>malloc(longest + 1)
        if self.bounds == NULL or self.classes == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.bounds)
        free(self.classes)


cdef int32_t _count(const uint8_t *p, int32_t i, int32_t end) noexcept nogil:
    """How many code points begin between two positions."""
    cdef int32_t n = 0
    for i in range(i, end):
        n += p[i] & 0xC0 != 0x80
    return n


def to_code_points(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] positions,
                   const int32_t[::1] rows):
    """Count a row's code points before each byte position; -1 where no code point begins or ends."""
    cdef int32_t k, row, position, at_row = -1, at = 0, points = 0
    cdef const uint8_t *p = &data[0] if data.shape[0] else NULL
    found = empty(positions.shape[0], np.int32)
    cdef int32_t[::1] result = found
    with nogil:
        for k in range(<int32_t>positions.shape[0]):
            row, position = rows[k], positions[k]
            if position < offsets[row] or position > offsets[row + 1] or (
                    position < offsets[row + 1] and p[position] & 0xC0 == 0x80):
                result[k] = -1
                continue
            if row != at_row or position < at:  # ascending positions are counted once
                at_row, at, points = row, offsets[row], 0
            points += _count(p, at, position)
            at = position
            result[k] = points
    return found


def to_bytes(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] positions,
             const int32_t[::1] rows):
    """Return the byte position of each code point of a row; -1 where the row has fewer."""
    cdef int32_t k, row, at_row = -1, at = 0, points = 0
    cdef const uint8_t *p = &data[0] if data.shape[0] else NULL
    found = empty(positions.shape[0], np.int32)
    cdef int32_t[::1] result = found
    with nogil:
        for k in range(<int32_t>positions.shape[0]):
            row = rows[k]
            if row != at_row or positions[k] < points:
                at_row, at, points = row, offsets[row], 0
            while points < positions[k] and at < offsets[row + 1]:
                at += 1
                while at < offsets[row + 1] and p[at] & 0xC0 == 0x80:
                    at += 1
                points += 1
            result[k] = at if points == positions[k] else -1
    return found
