# cython: language_level=3
"""Splitting words, compiled: see `reference/splits.py` for the definition."""

from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t

import numpy as np

from textaug.kernels.pool import empty

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)

cdef enum:
    LATIN = 0x81
    HAN = 0x83
    HAN_KIND = 5
    WORD_KIND = 16
    MOST = 255

cdef enum Role:
    APART = 0       # neither: a digit, an apostrophe, a hyphen
    LETTER = 1
    EXTENDER = 2    # belongs to what stands before it

cdef struct Table:  # `textaug.languages.unicode`
    const uint16_t *block_of
    const uint16_t *blocks


cdef inline int _role(const uint8_t *p, const Table *table) noexcept nogil:
    cdef int32_t point
    cdef uint16_t entry
    if p[0] < 0x80:
        return LETTER if <uint8_t> ((p[0] | 32) - 97) < 26 else APART if p[0] >= 32 and p[0] != 127 else EXTENDER
    point = utf8_decode(p)
    entry = table.blocks[(<uint32_t> table.block_of[point >> 7] << 7) | (point & 127)]
    if entry & 0xFF != c'o':
        return EXTENDER
    return LETTER if entry >> 8 == LATIN or entry >> 8 == HAN else APART


cdef inline int32_t _next(const uint8_t *data, int32_t i) noexcept nogil:
    return i + (1 if data[i] < 0xC0 else 2 if data[i] < 0xE0 else 3 if data[i] < 0xF0 else 4)


cdef inline bint _plain(const uint8_t *data, int32_t start, int32_t end) noexcept nogil:
    """Say whether a word is of ASCII letters alone."""
    cdef int32_t i, others = 0
    for i in range(start, end):
        others += <uint8_t> ((data[i] | 32) - 97) >= 26
    return others == 0


cdef int32_t _walk(const uint8_t *data, int32_t start, int32_t end, int32_t least, int32_t letters, int32_t wanted,
                   const Table *table, int32_t *found) noexcept nogil:
    """Count the places before the wanted one, which `found` becomes; return the letters before it."""
    cdef int32_t i = start, before = 0, count = 0
    cdef int role
    cdef bint behind_letter = False
    while i < end:
        role = _role(data + i, table)
        if role == LETTER:
            if behind_letter and least <= before <= letters - least and count < MOST:
                if count == wanted:
                    found[0] = i
                    return before
                count += 1
            before += 1
        if role != EXTENDER:
            behind_letter = role == LETTER
        i = _next(data, i)
    found[0] = count
    return before


cdef inline int32_t _count(const uint8_t *data, int32_t start, int32_t end, int32_t least,
                           const Table *table, int32_t *letters) noexcept nogil:
    cdef int32_t found = 0
    letters[0] = end - start
    if _plain(data, start, end):
        found = end - start - 2 * least + 1
        return 0 if found < 0 else MOST if found > MOST else found
    letters[0] = _walk(data, start, end, least, 0, -1, table, &found)
    if letters[0] >= 2 * least:
        _walk(data, start, end, least, letters[0], -1, table, &found)
    return found


cdef inline int32_t _least(uint8_t kind) noexcept nogil:
    return 2 if kind == WORD_KIND else 1 if kind == HAN_KIND else 0


def count(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] kind,
          const uint16_t[::1] block_of, const uint16_t[::1] blocks):
    """Return how many places each unit has, 255 at most: uint8."""
    cdef Py_ssize_t n = start.shape[0], u
    cdef int32_t least, letters
    made = empty(n, np.uint8)
    cdef uint8_t[::1] held = made
    cdef Table table = Table(&block_of[0], &blocks[0])
    with nogil:
        for u in range(n):
            least = _least(kind[u])
            held[u] = <uint8_t> _count(&data[0], start[u], end[u], least, &table, &letters) if least else 0
    return made


def place(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] kind,
          const uint32_t[::1] draw, const uint16_t[::1] block_of, const uint16_t[::1] blocks):
    """Return the place that each unit's draw takes: int32; every unit has one."""
    cdef Py_ssize_t n = start.shape[0], u
    cdef int32_t least, letters, places, wanted, found = 0
    made = empty(n, np.int32)
    cdef int32_t[::1] held = made
    cdef Table table = Table(&block_of[0], &blocks[0])
    with nogil:
        for u in range(n):
            least = _least(kind[u])
            places = _count(&data[0], start[u], end[u], least, &table, &letters)
            wanted = <int32_t> ((<uint64_t> draw[u] * <uint64_t> places) >> 32)
            _walk(&data[0], start[u], end[u], least, letters, wanted, &table, &found)
            held[u] = found
    return made
