"""Tables of characters, compiled: see `reference/tables.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int8_t, int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)


cdef struct Table:
    const uint16_t *block_of
    const int32_t *blocks
    const int32_t *pairs    # NULL where there are none
    # Of each byte: 1 where the character has an entry; a bit from 2 to 128 where it begins pairs (some share one), and,
    # shifted by 8, the bits of all that it goes behind. Few places pass that filter which are no pair.
    uint16_t[256] code


cdef Table _open(const uint16_t[::1] block_of, const int32_t[::1] blocks, const int32_t[::1] pairs) noexcept:
    cdef Table table
    cdef int32_t one, other, bit = 0
    memset(&table, 0, sizeof(Table))
    table.block_of, table.blocks = &block_of[0], &blocks[0]
    for one in range(128):
        table.code[one] = _entry_of(one, &table) >= 0
    if pairs.shape[0] == 0:
        return table
    table.pairs = &pairs[0]
    for one in range(128):
        bit = bit + 1 if bit < 7 else 1
        for other in range(128):
            if pairs[one << 7 | other] >= 0:
                table.code[one] |= 1 << bit
                table.code[other] |= 1 << (bit + 8)
        if not table.code[one] & 0xFE:
            bit -= 1
    return table


cdef inline int32_t _entry_of(int32_t point, const Table *table) noexcept nogil:
    return table.blocks[(<int32_t> table.block_of[point >> 7] << 7) | (point & 127)]


cdef inline int32_t _width(uint8_t lead) noexcept nogil:
    return 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


cdef inline int32_t _entry(const uint8_t *text, int32_t size, const Table *table) noexcept nogil:
    if size == _width(text[0]):
        return _entry_of(utf8_decode(text), table)
    if size == 2 and table.pairs != NULL and (text[0] | text[1]) < 0x80:
        return table.pairs[text[0] << 7 | text[1]]
    return -1


def sizes(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
          const uint16_t[::1] block_of, const int32_t[::1] blocks, const int32_t[::1] pairs):
    """Return how many units the source that begins at each unit takes."""
    cdef Py_ssize_t r
    cdef int32_t u, n
    cdef Table table = _open(block_of, blocks, pairs)
    out = empty(start.shape[0], np.uint8)
    if start.shape[0] == 0:
        return out
    cdef uint8_t[::1] taken = out
    with nogil:
        for r in range(row_offsets.shape[0] - 1):
            u, n = row_offsets[r], row_offsets[r + 1] - row_offsets[r]
            if n == 0:
                continue
            if end[u + n - 1] - start[u] == n:  # as many units as bytes: each is one
                _bytes(&data[start[u]], n, &table, &taken[u])
            else:
                _units(&data[0], &start[u], &end[u], n, &table, &taken[u])
    return out


cdef inline bint _is_pair(uint16_t before, uint16_t code, uint8_t one, uint8_t other, const Table *table) noexcept nogil:
    return (before & code >> 8 & 0xFE) and table.pairs[one << 7 | other] >= 0


cdef void _bytes(const uint8_t *data, int32_t n, const Table *table, uint8_t *taken) noexcept nogil:
    cdef int32_t u
    cdef uint8_t byte, last = 0
    cdef uint16_t code, before = 0  # nothing, or what a pair may begin with
    if table.pairs == NULL:
        for u in range(n):
            taken[u] = table.code[data[u]] & 1
        return
    for u in range(n):
        byte = data[u]
        code = table.code[byte]
        taken[u] = code & 1
        if _is_pair(before, code, last, byte, table):
            taken[u - 1], taken[u] = 2, 0
            code = 0
        before, last = code, byte


cdef void _units(const uint8_t *data, const int32_t *start, const int32_t *end, int32_t n, const Table *table,
                 uint8_t *taken) noexcept nogil:
    cdef int32_t u, size
    cdef uint8_t byte, last = 0
    cdef uint16_t code, before = 0
    for u in range(n):
        byte, size = data[start[u]], end[u] - start[u]
        code = table.code[byte] if size == 1 else 0
        taken[u] = code & 1
        if byte >= 0x80:
            taken[u] = size == _width(byte) and _entry(data + start[u], size, table) >= 0
        elif _is_pair(before, code, last, byte, table):
            taken[u - 1], taken[u] = 2, 0
            code = 0
        before, last = code, byte


def pick(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] size,
         const int32_t[::1] unit, const uint32_t[::1] draw, const uint16_t[::1] block_of, const int32_t[::1] blocks,
         const int32_t[::1] pairs, const int32_t[::1] first, const int32_t[::1] begin, const int32_t[::1] stop):
    """Return (start, end, text_start, text_end): the picked sources, and the candidate that the draw of each chooses."""
    cdef Py_ssize_t i, n = unit.shape[0]
    cdef int32_t u, entry, chosen
    cdef Table table = _open(block_of, blocks, pairs)
    tables = [empty(n, np.int32) for _ in range(4)]
    cdef int32_t[::1] a = tables[0], b = tables[1], c = tables[2], d = tables[3]
    with nogil:
        for i in range(n):
            u = unit[i]
            a[i], b[i] = start[u], end[u + size[u] - 1]
            entry = _entry(&data[a[i]], b[i] - a[i], &table)
            chosen = first[entry] + <int32_t> ((<uint64_t> draw[i] * <uint64_t> (first[entry + 1] - first[entry])) >> 32)
            c[i], d[i] = begin[chosen], stop[chosen]
    return tuple(tables)


def entries(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end,
            const uint16_t[::1] block_of, const int32_t[::1] blocks, const int32_t[::1] pairs):
    """Return the entry of what stands in each range, -1 where there is none."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef Table table = _open(block_of, blocks, pairs)
    out = empty(n, np.int32)
    cdef int32_t[::1] entry = out
    with nogil:
        for u in range(n):
            entry[u] = _entry(&data[start[u]], end[u] - start[u], &table) if end[u] > start[u] else -1
    return out


def signs(const uint8_t[::1] data, const int32_t[::1] offsets, const int8_t[::1] sign, int32_t first):
    """Return the sum of the signs of each row's characters."""
    cdef Py_ssize_t r
    cdef int32_t i, total
    cdef uint32_t place, n = sign.shape[0]
    cdef const uint8_t *at
    out = empty(offsets.shape[0] - 1, np.int32)
    cdef int32_t[::1] found = out
    with nogil:
        for r in range(offsets.shape[0] - 1):
            total, i = 0, offsets[r]
            while i < offsets[r + 1]:
                at = &data[i]
                if at[0] & 0xF0 == 0xE0:  # by far the most, where it matters
                    place = <uint32_t> (((at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F)) - first)
                    i += 3
                elif at[0] < 0x80:
                    place = <uint32_t> (at[0] - first)
                    i += 1
                else:
                    place = <uint32_t> (utf8_decode(at) - first)
                    i += _width(at[0])
                if place < n:
                    total += sign[place]
            found[r] = total
    return out
