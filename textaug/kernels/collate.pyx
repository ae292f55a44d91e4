"""Batches, compiled: see `reference/collate.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from cpython.list cimport PyList_GET_ITEM, PyList_GET_SIZE
from cpython.long cimport PyLong_AsLongLong, PyLong_CheckExact
from libc.stdint cimport int32_t, int64_t

cdef extern from "fast_strings.h" nogil:
    void fill_longs(int64_t *to, int64_t n, int64_t value)
    void copy_longs(int64_t *to, const int64_t *held, int64_t n)

ctypedef fused ids_t:
    int32_t
    int64_t


def flatten(list rows not None):
    """Put lists of integers end to end; return (values, offsets)."""
    cdef Py_ssize_t r, k, n, total = 0, count = len(rows)
    begins = np.zeros(count + 1, np.int32)
    cdef int32_t[::1] offsets = begins
    cdef list held
    for r in range(count):
        if not isinstance(rows[r], list):
            rows = [list(row) for row in rows]
            return flatten(rows)
        total += PyList_GET_SIZE(rows[r])
        offsets[r + 1] = <int32_t> total
    made = empty(total, np.int64)
    cdef int64_t[::1] values = made
    cdef object value
    total = 0
    for r in range(count):
        held = rows[r]
        n = PyList_GET_SIZE(held)
        for k in range(n):
            value = <object> PyList_GET_ITEM(held, k)
            if not PyLong_CheckExact(value):
                if not hasattr(value, "__index__"):
                    raise TypeError(f"row {r} holds {value!r} at place {k}, not an integer")
                value = value.__index__()
            values[total + k] = PyLong_AsLongLong(value)
        total += n
    return made, begins


def pad(const ids_t[::1] values, const int32_t[::1] offsets, Py_ssize_t width, int64_t fill, bint left):
    """Lay rows into an array, filled up on the right, or on the left."""
    cdef Py_ssize_t rows = offsets.shape[0] - 1, r
    made = empty(rows * width, np.int64)
    cdef int64_t[::1] out = made
    with nogil:
        for r in range(rows if width else 0):
            _lay(&values[0] + offsets[r], offsets[r + 1] - offsets[r], &out[r * width], width, fill, left)
    return made.reshape(rows, width)


cdef inline void _lay(const ids_t *held, Py_ssize_t length, int64_t *to, Py_ssize_t width, int64_t fill,
                      bint left) noexcept nogil:
    """Write a row."""
    cdef Py_ssize_t k, shift = width - length if left else 0
    fill_longs(to, shift, fill)
    if ids_t is int64_t:
        copy_longs(to + shift, held, length)
    else:
        for k in range(length):
            to[shift + k] = held[k]
    fill_longs(to + shift + length, width - shift - length, fill)


def attention(const int32_t[::1] offsets, Py_ssize_t width, bint left):
    """Return 1 where a row has a token, 0 where it is filled up."""
    cdef Py_ssize_t rows = offsets.shape[0] - 1, r, k, length
    made = empty(rows * width, np.int64)
    cdef int64_t[::1] out = made
    cdef int64_t *row
    with nogil:
        for r in range(rows if width else 0):
            row, length = &out[r * width], offsets[r + 1] - offsets[r]
            if left:
                length = width - length
            fill_longs(row, length, not left)
            fill_longs(row + length, width - length, left)
    return made.reshape(rows, width)


def write(const ids_t[::1] values, const int32_t[::1] offsets, Py_ssize_t width, int64_t fill, bint left,
          const int32_t[::1] row_offsets, const int32_t[::1] at, const int64_t[::1] token, int64_t ignore):
    """Lay rows into an array, the selected tokens written over; return it, and the labels."""
    cdef Py_ssize_t rows = offsets.shape[0] - 1, r, k, shift
    made, kept = empty(rows * width, np.int64), empty(rows * width, np.int64)
    cdef int64_t[::1] out = made, labels = kept
    cdef int64_t *to
    cdef int64_t *label
    with nogil:
        for r in range(rows if width else 0):
            to, label = &out[r * width], &labels[r * width]
            _lay(&values[0] + offsets[r], offsets[r + 1] - offsets[r], to, width, fill, left)
            fill_longs(label, width, ignore)
            shift = width - offsets[r + 1] if left else -offsets[r]
            for k in range(row_offsets[r], row_offsets[r + 1]):
                label[at[k] + shift] = to[at[k] + shift]
                to[at[k] + shift] = token[k]
    return made.reshape(rows, width), kept.reshape(rows, width)
