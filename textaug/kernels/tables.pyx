"""Tables of characters, compiled: see `reference/tables.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, uint8_t, uint16_t

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)


cdef struct Table:
    const uint16_t *block_of
    const int32_t *blocks
    const int32_t *pairs    # NULL where there are none


cdef Table _open(const uint16_t[::1] block_of, const int32_t[::1] blocks, const int32_t[::1] pairs) noexcept:
    cdef Table table = Table(&block_of[0], &blocks[0], NULL)
    if pairs.shape[0]:
        table.pairs = &pairs[0]
    return table


cdef inline int32_t _width(uint8_t lead) noexcept nogil:
    return 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


cdef inline int32_t _entry(const uint8_t *text, int32_t size, const Table *table) noexcept nogil:
    cdef int32_t point
    if size == _width(text[0]):
        point = utf8_decode(text)
        return table.blocks[(<int32_t> table.block_of[point >> 7] << 7) | (point & 127)]
    if size == 2 and table.pairs != NULL and (text[0] | text[1]) < 0x80:
        return table.pairs[text[0] << 7 | text[1]]
    return -1


def sizes(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
          const uint16_t[::1] block_of, const int32_t[::1] blocks, const int32_t[::1] pairs):
    """Return how many units the source that begins at each unit takes."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef int32_t size
    cdef uint8_t byte
    cdef uint8_t[256] ascii
    cdef Table table = _open(block_of, blocks, pairs)
    out = empty(n, np.uint8)
    if n == 0:
        return out
    cdef uint8_t[::1] taken = out
    with nogil:
        for u in range(256):
            ascii[u] = u < 0x80 and blocks[(<int32_t> block_of[0] << 7) | u] >= 0
        if n == data.shape[0]:  # as many as bytes: each is one
            for u in range(n):
                taken[u] = ascii[data[start[u]]]
        else:
            for u in range(n):
                byte, size = data[start[u]], end[u] - start[u]
                if byte < 0x80:
                    taken[u] = ascii[byte] & (size == 1)
                else:
                    taken[u] = size == _width(byte) and _entry(&data[start[u]], size, &table) >= 0
        if table.pairs != NULL:
            _pairs(&data[0], row_offsets, start, end, table.pairs, &taken[0])
    return out


cdef void _pairs(const uint8_t *data, const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
                 const int32_t *pairs, uint8_t *taken) noexcept nogil:
    cdef Py_ssize_t r, u, last
    for r in range(row_offsets.shape[0] - 1):
        u, last = row_offsets[r], row_offsets[r + 1] - 1
        while u < last:
            if end[u + 1] - start[u] == 2 and pairs[data[start[u]] << 7 | data[start[u] + 1]] >= 0:  # two of one byte
                taken[u], taken[u + 1] = 2, 0
                u += 1
            u += 1


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
