"""Subwords, compiled: see `reference/subword.py` for the definition."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint32_t, uint64_t

cdef extern from "philox.h" nogil:
    uint32_t philox_draw(uint64_t key, uint64_t row, uint32_t purpose, uint32_t index)

cdef enum:
    HOLE = -2147483648                 # no piece begins at this symbol


cdef struct Table:
    const int32_t *left_offsets
    const int32_t *right
    const int32_t *rank
    const int32_t *made
    int32_t symbols


cdef struct Draw:                      # where a word's draws come from
    uint64_t key
    uint64_t row
    uint64_t limit
    uint32_t purpose
    uint32_t at


cdef struct Heap:                      # merges that can be done: rank << 32 | the symbol where they begin
    uint64_t *items
    Py_ssize_t size


cdef struct Word:                      # the pieces of one word, each at the symbol where it begins
    int32_t *ids                       # HOLE where none begins
    int32_t *following
    int32_t *before
    int32_t *entry                     # the merge of a piece with the following one, or -1
    int32_t size
    Heap heap
    Heap aside                         # those that were dropped in this step


cdef inline int32_t _find(int32_t left, int32_t right, const Table *table) noexcept nogil:
    cdef int32_t low, high, middle, end
    if left < 0 or left >= table.symbols:
        return -1
    low, end = table.left_offsets[left], table.left_offsets[left + 1]
    high = end
    while low < high:
        middle = low + ((high - low) >> 1)
        if table.right[middle] < right:
            low = middle + 1
        else:
            high = middle
    return low if low < end and table.right[low] == right else -1


cdef inline void _push(Heap *heap, uint64_t item) noexcept nogil:
    cdef Py_ssize_t i = heap.size, parent
    heap.size += 1
    while i > 0:
        parent = (i - 1) >> 1
        if heap.items[parent] <= item:
            break
        heap.items[i] = heap.items[parent]
        i = parent
    heap.items[i] = item


cdef inline uint64_t _pop(Heap *heap) noexcept nogil:
    cdef uint64_t top = heap.items[0], item
    cdef Py_ssize_t i = 0, child
    heap.size -= 1
    item = heap.items[heap.size]
    while True:
        child = 2 * i + 1
        if child >= heap.size:
            break
        if child + 1 < heap.size and heap.items[child + 1] < heap.items[child]:
            child += 1
        if heap.items[child] >= item:
            break
        heap.items[i] = heap.items[child]
        i = child
    heap.items[i] = item
    return top


cdef inline void _offer(Word *word, int32_t i, const Table *table) noexcept nogil:
    """Find the merge of a piece with the following one, and put it on the heap."""
    cdef int32_t right = word.following[i]
    word.entry[i] = -1 if right >= word.size else _find(word.ids[i], word.ids[right], table)
    if word.entry[i] >= 0:
        _push(&word.heap, (<uint64_t> <uint32_t> table.rank[word.entry[i]] << 32) | <uint32_t> i)


cdef inline void _join(Word *word, int32_t i, const Table *table) noexcept nogil:
    cdef int32_t right = word.following[i], after = word.following[right]
    word.ids[i] = table.made[word.entry[i]]
    word.ids[right] = HOLE
    word.entry[right] = -1
    word.following[i] = after
    if after < word.size:
        word.before[after] = i
    _offer(word, i, table)
    if word.before[i] >= 0:
        _offer(word, word.before[i], table)


cdef void _segment(Word *word, const Draw *draw, const Table *table) noexcept nogil:
    cdef int32_t i
    cdef uint32_t step = 0
    cdef uint64_t top
    word.heap.size = word.aside.size = 0
    for i in range(word.size):
        word.following[i], word.before[i] = i + 1, i - 1
    for i in range(word.size):
        _offer(word, i, table)
    while word.heap.size:
        top = _pop(&word.heap)
        i = <int32_t> <uint32_t> top
        if word.entry[i] < 0 or <uint32_t> table.rank[word.entry[i]] != <uint32_t> (top >> 32):
            continue                   # one of the two pieces is no more
        if draw.limit and philox_draw(draw.key, draw.row, draw.purpose + step, draw.at + i) < draw.limit:
            word.aside.items[word.aside.size] = top
            word.aside.size += 1
            continue
        _join(word, i, table)
        while word.aside.size:
            word.aside.size -= 1
            _push(&word.heap, word.aside.items[word.aside.size])
        step += 1


def merge(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] symbols,
          const int32_t[::1] offsets, const int32_t[::1] row, const int32_t[::1] at, const uint64_t[::1] limits,
          const int32_t[::1] left_offsets, const int32_t[::1] right, const int32_t[::1] rank,
          const int32_t[::1] made):
    """Join the symbols of words by merges: for each symbol, the piece that begins there, `HOLE` where none does."""
    cdef Py_ssize_t w, words = row.shape[0], count = symbols.shape[0], longest = 0
    cdef Table table
    cdef Word word
    cdef Draw draw
    pieces = np.array(symbols, np.int32)
    if count == 0 or right.shape[0] == 0:
        return pieces
    for w in range(words):
        longest = max(longest, offsets[w + 1] - offsets[w])
    # three items a symbol: the merge it begins with, and the two that a join offers anew
    cdef int32_t[::1] ids = pieces
    cdef int32_t[:, ::1] links = empty(3 * longest, np.int32).reshape(3, longest)
    cdef uint64_t[:, ::1] heaps = empty(6 * longest, np.uint64).reshape(2, 3 * longest)
    table = Table(&left_offsets[0], &right[0], &rank[0], &made[0], <int32_t> (left_offsets.shape[0] - 1))
    word.following, word.before, word.entry = &links[0, 0], &links[1, 0], &links[2, 0]
    word.heap.items, word.aside.items = &heaps[0, 0], &heaps[1, 0]
    with nogil:
        for w in range(words):
            word.ids, word.size = &ids[0] + offsets[w], offsets[w + 1] - offsets[w]
            draw = Draw(key, row_ids[row[w]], limits[w], purpose, <uint32_t> at[w])
            _segment(&word, &draw, &table)
    return pieces
