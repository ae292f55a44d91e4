"""Edits, compiled: see `reference/edits.py` for the definitions."""

import numpy as np

from libc.stdint cimport int32_t, int64_t, uint8_t
from libc.string cimport memcpy


cdef inline void _copy(uint8_t *to, const uint8_t *source, int64_t size, int64_t readable) noexcept nogil:
    """Copy `size` bytes. `to` has 16 bytes of slack; `readable` bytes may be read from `source`."""
    cdef int64_t i = 0
    if size <= 64 and readable >= size + 16:
        while i < size:  # most pieces are short: fixed 16 byte moves beat a call
            memcpy(to + i, source + i, 16)
            i += 16
    elif size > 0:
        memcpy(to, source, size)


def apply(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] row_offsets,
          const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] text_start,
          const int32_t[::1] text_end, const uint8_t[::1] moved, const uint8_t[::1] text):
    """Return (data, offsets) with every edit made."""
    cdef Py_ssize_t rows = offsets.shape[0] - 1, k, r, edits = start.shape[0]
    cdef int64_t size = data.shape[0], out = 0, at = 0, length, source_size = data.shape[0], text_size = text.shape[0]
    for k in range(edits):
        size += (text_end[k] - text_start[k]) - (end[k] - start[k])
    if size > 0x7FFFFFFF:
        raise OverflowError(f"{size} bytes in one tile")
    result, result_offsets = np.empty(size + 16, np.uint8), np.empty(rows + 1, np.int32)
    cdef uint8_t[::1] to = result
    cdef int32_t[::1] to_offsets = result_offsets
    with nogil:
        to_offsets[0] = 0
        for r in range(rows):
            for k in range(row_offsets[r], row_offsets[r + 1]):
                _copy(&to[out], &data[at], start[k] - at, source_size - at)
                out += start[k] - at
                length = text_end[k] - text_start[k]
                if length == 0:
                    pass
                elif moved[k]:
                    _copy(&to[out], &data[text_start[k]], length, source_size - text_start[k])
                else:
                    _copy(&to[out], &text[text_start[k]], length, text_size - text_start[k])
                out += length
                at = end[k]
            if offsets[r + 1] > at:
                _copy(&to[out], &data[at], offsets[r + 1] - at, source_size - at)
                out += offsets[r + 1] - at
                at = offsets[r + 1]
            to_offsets[r + 1] = <int32_t> out
    return result[:size], result_offsets
