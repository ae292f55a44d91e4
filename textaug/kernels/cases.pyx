"""Case, compiled: see `reference/cases.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)
    int utf8_encode(int32_t c, uint8_t *to)

cdef enum:
    LOWER = 1
    UPPER = 2
    TITLE = 4

cdef struct Cases:
    const uint16_t *block_of
    const int32_t *blocks
    int32_t[128] ascii
    uint64_t[128] count     # 1 for a letter, and 1 << 32 for a capital: sums of both at once


cdef Cases _open(const uint16_t[::1] block_of, const int32_t[::1] blocks) noexcept:
    cdef Cases cases
    cdef int32_t letter
    cases.block_of, cases.blocks = &block_of[0], &blocks[0]
    for letter in range(128):
        cases.ascii[letter] = blocks[(<int32_t> block_of[0] << 7) | letter]
        cases.count[letter] = _counted(cases.ascii[letter])
    return cases


cdef inline uint64_t _counted(int32_t other) noexcept nogil:
    return 0 if other < 0 else 1 | <uint64_t> (other & 1) << 32


cdef inline int32_t _width(uint8_t lead) noexcept nogil:
    return 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


cdef inline int32_t _other(const uint8_t *at, const Cases *cases) noexcept nogil:
    cdef int32_t letter
    if at[0] < 0x80:
        return cases.ascii[at[0]]
    letter = utf8_decode(at)
    return cases.blocks[(<int32_t> cases.block_of[letter >> 7] << 7) | (letter & 127)]


def cased(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end,
          const uint16_t[::1] block_of, const int32_t[::1] blocks):
    """Say which words have a letter of two cases."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef int32_t i
    cdef Cases cases = _open(block_of, blocks)
    out = empty(n, np.uint8)
    cdef uint8_t[::1] some = out
    with nogil:
        for u in range(n):
            i = start[u]
            while i < end[u] and _other(&data[i], &cases) < 0:
                i += _width(data[i])
            some[u] = i < end[u]
    return out


def styles(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end,
           const uint16_t[::1] block_of, const int32_t[::1] blocks):
    """Return the styles that change each word, added up."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef uint64_t count
    cdef uint32_t letters, capitals
    cdef Cases cases = _open(block_of, blocks)
    out = empty(n, np.uint8)
    cdef uint8_t[::1] style = out
    with nogil:
        for u in range(n):
            count = _count(&data[start[u]], end[u] - start[u], &cases)
            letters, capitals = <uint32_t> count, <uint32_t> (count >> 32)
            style[u] = LOWER * (capitals > 0) + UPPER * (letters > capitals)
            if letters > 1 and not (capitals == 1 and _is_titled(&data[start[u]], &cases)):
                style[u] += TITLE
    return out


cdef inline uint64_t _count(const uint8_t *word, int32_t size, const Cases *cases) noexcept nogil:
    cdef int32_t i = 0
    cdef uint64_t count = 0
    while i < size:
        if word[i] < 0x80:
            count += cases.count[word[i]]
            i += 1
        else:
            count += _counted(_other(word + i, cases))
            i += _width(word[i])
    return count


cdef inline bint _is_titled(const uint8_t *word, const Cases *cases) noexcept nogil:
    """Say whether the first letter of a word that has some is a capital."""
    cdef int32_t other = _other(word, cases)
    while other < 0:
        word += _width(word[0])
        other = _other(word, cases)
    return other & 1


def recased(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] unit,
            const uint8_t[::1] style, const uint16_t[::1] block_of, const int32_t[::1] blocks):
    """Return (text_start, text_end, text): each picked word in its style."""
    cdef Py_ssize_t i, n = unit.shape[0]
    cdef int32_t size = 0
    cdef Cases cases = _open(block_of, blocks)
    for i in range(n):
        size += end[unit[i]] - start[unit[i]]
    text_start, text_end, out = empty(n, np.int32), empty(n, np.int32), empty(size, np.uint8)
    cdef int32_t[::1] begins = text_start, ends = text_end
    cdef uint8_t[::1] text = out
    size = 0
    with nogil:
        for i in range(n):
            begins[i] = size
            _write(&data[0] + start[unit[i]], end[unit[i]] - start[unit[i]], style[i], &cases, &text[0] + size)
            size += end[unit[i]] - start[unit[i]]
            ends[i] = size
    return text_start, text_end, out


cdef void _write(const uint8_t *word, int32_t size, uint8_t style, const Cases *cases, uint8_t *to) noexcept nogil:
    """Write a word in a style; letters of both cases are equally long."""
    cdef int32_t i = 0, other
    cdef bint first = True
    memcpy(to, word, size)
    while i < size:
        other = _other(word + i, cases)
        if other >= 0:
            if (other & 1) != (style == UPPER or (style == TITLE and first)):
                utf8_encode(other >> 1, to + i)
            first = False
        i += _width(word[i])
