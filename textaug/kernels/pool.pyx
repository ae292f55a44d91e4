"""Memory for tiles: large arrays that come back as soon as they are let go.

The allocator of the C library gives blocks of this size back to the system, and the next tile pays for fresh pages: as
much time as the kernels themselves take. Here a block waits on a shelf for the next tile. The lock of the interpreter
guards the shelves.
"""

import numpy as np

from cpython.buffer cimport PyBuffer_FillInfo
from libc.stdint cimport int64_t
from libc.stdlib cimport free, malloc

cdef extern from *:
    """
    /* Under AddressSanitizer every block is its own, of its own size, so that no overrun hides in a rounded-up one. */
    #ifdef __SANITIZE_ADDRESS__
    #define TEXTAUG_LARGEST 0
    #else
    #define TEXTAUG_LARGEST 26
    #endif
    """
    const int TEXTAUG_LARGEST          # a power of two, 64 MiB: above, a block goes back at once

cdef enum:
    SMALLEST = 15                      # 32 KiB: below, the C library keeps memory by itself
    LARGEST = 26
    DEPTH = 24                         # blocks on a shelf
    HELD = 1 << 26                     # bytes on all shelves together

cdef void *_shelf[LARGEST + 1][DEPTH]
cdef int _count[LARGEST + 1]
cdef int64_t _held = 0


cdef class Block:
    """A block of memory, seen through the buffer protocol."""

    cdef void *memory
    cdef Py_ssize_t size
    cdef int power

    def __cinit__(self, Py_ssize_t size):
        global _held
        self.size = size
        self.power = SMALLEST
        while (<Py_ssize_t> 1 << self.power) < size:
            self.power += 1
        if self.power <= TEXTAUG_LARGEST and _count[self.power]:
            _count[self.power] -= 1
            _held -= <int64_t> 1 << self.power
            self.memory = _shelf[self.power][_count[self.power]]
        else:
            self.memory = malloc(size if self.power > TEXTAUG_LARGEST else <size_t> 1 << self.power)
        if self.memory == NULL:
            raise MemoryError()

    def __dealloc__(self):
        global _held
        if self.memory == NULL:
            return
        if self.power <= TEXTAUG_LARGEST and _count[self.power] < DEPTH and _held + (<int64_t> 1 << self.power) <= HELD:
            _shelf[self.power][_count[self.power]] = self.memory
            _count[self.power] += 1
            _held += <int64_t> 1 << self.power
        else:
            free(self.memory)

    def __getbuffer__(self, Py_buffer *view, int flags):
        PyBuffer_FillInfo(view, self, self.memory, self.size, 0, flags)


def empty(Py_ssize_t n, dtype):
    """Return an array of n items, not initialised."""
    size = n * np.dtype(dtype).itemsize
    if size < 1 << SMALLEST:
        return np.empty(n, dtype)
    return np.frombuffer(Block(size), dtype)
