"""Case, compiled: see `reference/cases.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, uint8_t, uint16_t
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


cdef Cases _open(const uint16_t[::1] block_of, const int32_t[::1] blocks) noexcept:
    cdef Cases cases
    cdef int32_t letter
    cases.block_of, cases.blocks = &block_of[0], &blocks[0]
    for letter in range(128):
        cases.ascii[letter] = blocks[(<int32_t> block_of[0] << 7) | letter]
    return cases


cdef inline int32_t _width(uint8_t lead) noexcept nogil:
    return 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


cdef inline int32_t _other(const uint8_t *at, const Cases *cases) noexcept nogil:
    cdef int32_t letter
    if at[0] < 0x80:
        return cases.ascii[at[0]]
    letter = utf8_decode(at)
    return cases.blocks[(<int32_t> cases.block_of[letter >> 7] << 7) | (letter & 127)]


def styles(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end,
           const uint16_t[::1] block_of, const int32_t[::1] blocks):
    """Return the styles that change each word, added up."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef int32_t i, other, letters, capitals
    cdef uint8_t byte
    cdef const uint8_t *text = &data[0] if data.shape[0] else NULL
    cdef bint titled
    cdef Cases cases = _open(block_of, blocks)
    out = empty(n, np.uint8)
    cdef uint8_t[::1] style = out
    with nogil:
        for u in range(n):
            letters = capitals = 0
            titled = False  # whether the first letter is a capital
            i = start[u]
            while i < end[u]:
                byte = text[i]
                if byte < 0x80:
                    other = cases.ascii[byte]
                    i += 1
                else:
                    other = _other(text + i, &cases)
                    i += _width(byte)
                if other >= 0:
                    if letters == 0:
                        titled = other & 1
                    letters += 1
                    capitals += other & 1
            style[u] = LOWER * (capitals > 0) + UPPER * (letters > capitals)
            if letters > 1 and not (titled and capitals == 1):
                style[u] += TITLE
    return out


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
