"""Batches, compiled: see `reference/collate.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from cpython.list cimport PyList_GET_ITEM, PyList_GET_SIZE
from cpython.long cimport PyLong_AsLongLong, PyLong_CheckExact
from libc.stdint cimport int32_t, int64_t
from libc.string cimport memcpy

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
    cdef Py_ssize_t rows = offsets.shape[0] - 1, r, k
    made = empty(rows * width, np.int64)
    cdef int64_t[::1] out = made
    cdef int64_t *to
    cdef const ids_t *held
    cdef Py_ssize_t length
    with nogil:
        for r in range(rows):
            to = &out[0] + r * width if width else NULL
            length = offsets[r + 1] - offsets[r]
            held = &values[0] + offsets[r] if length else NULL
            if left:
                for k in range(width - length):
                    to[k] = fill
                to += width - length
            if ids_t is int64_t:
                memcpy(to, held, length * sizeof(int64_t))
            else:
                for k in range(length):
                    to[k] = held[k]
            if not left:
                for k in range(length, width):
                    to[k] = fill
    return made.reshape(rows, width)


def attention(const int32_t[::1] offsets, Py_ssize_t width, bint left):
    """Return 1 where a row has a token, 0 where it is filled up."""
    cdef Py_ssize_t rows = offsets.shape[0] - 1, r, k, length
    made = empty(rows * width, np.int64)
    cdef int64_t[::1] out = made
    with nogil:
        for r in range(rows):
            length = offsets[r + 1] - offsets[r]
            for k in range(width):
                out[r * width + k] = (k >= width - length) if left else (k < length)
    return made.reshape(rows, width)


def write(int64_t[:, ::1] ids, const int32_t[::1] offsets, bint left, const ids_t[::1] values,
          const int32_t[::1] row_offsets, const int32_t[::1] at, const int64_t[::1] token, int64_t ignore):
    """Write the selected tokens into padded ids, in place; return the labels."""
    cdef Py_ssize_t r, k, width = ids.shape[1], rows = ids.shape[0], shift
    made = empty(rows * width, np.int64)
    cdef int64_t[::1] labels = made
    cdef int64_t *row
    with nogil:
        for r in range(rows):
            row = &labels[0] + r * width if width else NULL
            for k in range(width):
                row[k] = ignore
            shift = -offsets[r]
            if left:
                shift += width - (offsets[r + 1] - offsets[r])
            for k in range(row_offsets[r], row_offsets[r + 1]):
                ids[r, at[k] + shift] = token[k]
                row[at[k] + shift] = values[at[k]]
    return made.reshape(rows, width)
