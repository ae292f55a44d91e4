"""Names in a text, compiled: see `reference/names.py` for the definitions."""

import numpy as np

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

cdef enum:
    HAN = 5
    FIELDS = 6

cdef uint64_t MULTIPLIER = 0x9E3779B97F4A7C15ULL
cdef uint32_t KINDS = 1 << HAN | 1 << 16 | 1 << 17 | 1 << 18 | 1 << 23


cdef struct Trie:
    const uint64_t *slots
    uint64_t mask
    const int32_t *name
    const uint64_t *filter


cdef struct Units:
    const int32_t *start
    const int32_t *end
    const uint8_t *kind


cdef inline uint32_t _step(uint32_t node, uint8_t byte, const Trie *trie) noexcept nogil:
    cdef uint64_t key = <uint64_t> node << 8 | byte, at = (key * MULTIPLIER) >> 32, slot
    while True:
        slot = trie.slots[at & trie.mask]
        if slot >> 24 == key or slot == 0:
            return slot & 0xFFFFFF
        at += 1


cdef inline bint _may_begin(const uint8_t *text, const Trie *trie) noexcept nogil:
    cdef uint32_t held = text[0] | <uint32_t> text[1] << 8
    if text[0] >= 0xE0:
        held |= <uint32_t> text[2] << 16
    held = (held * <uint32_t> 0x9E3779B1U) >> 16
    return trie.filter[held >> 6] >> (held & 63) & 1


cdef inline bint _apostrophe(const uint8_t *data, int32_t at, int32_t last) noexcept nogil:
    if at < last and data[at] == c"'":
        return True
    return at + 3 <= last and data[at] == 0xE2 and data[at + 1] == 0x80 and data[at + 2] == 0x99


cdef int32_t _longest(const uint8_t *data, int32_t at, int32_t last, int32_t u, int32_t units_end, const Units *units,
                      const Trie *trie, int32_t *found) noexcept nogil:
    """Write end, name and last unit of the longest name at a place; return its end, 0 where there is none."""
    cdef uint32_t node = 0
    cdef int32_t best = 0
    while at < last:
        node = _step(node, data[at], trie)
        if node == 0:
            break
        at += 1
        if trie.name[node] < 0:
            continue
        while u + 1 < units_end and units.start[u + 1] < at:
            u += 1
        if units.kind[u] == HAN or at >= units.end[u] or _apostrophe(data, at, last):
            best = at
            found[0], found[1], found[2] = at, trie.name[node], u
    return best


cdef class _Found:
    """The names as they are found: row, start, end, name, first unit, last unit."""

    cdef object arrays
    cdef int32_t[:, ::1] table
    cdef Py_ssize_t count

    def __cinit__(self):
        self.arrays = np.zeros((256, FIELDS), np.int32)
        self.table = self.arrays
        self.count = 0

    cdef int grow(self) except -1:
        self.arrays = np.concatenate([self.arrays, np.zeros_like(self.arrays)])
        self.table = self.arrays
        return 0

    def columns(self):
        return tuple(np.ascontiguousarray(self.arrays[:self.count, k]) for k in range(FIELDS))


def find(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] row_offsets, const int32_t[::1] start,
         const int32_t[::1] end, const uint8_t[::1] kind, const uint64_t[::1] slots, const int32_t[::1] name,
         const uint64_t[::1] filter):
    """Return (row, start, end, name, first unit, last unit) of the names in the rows, which do not overlap."""
    cdef _Found found = _Found()
    if start.shape[0] == 0:
        return found.columns()
    cdef Trie trie = Trie(&slots[0], slots.shape[0] - 1, &name[0], &filter[0])
    cdef Units units = Units(&start[0], &end[0], &kind[0])
    cdef const uint8_t *text = &data[0]
    cdef int32_t r, u, at, last, stop, free, held
    cdef int32_t[3] hit
    with nogil:
        for r in range(<int32_t> row_offsets.shape[0] - 1):
            free, last = 0, offsets[r + 1]
            for u in range(row_offsets[r], row_offsets[r + 1]):
                if kind[u] > 31 or not KINDS >> kind[u] & 1:
                    continue
                at = start[u]
                stop = end[u] if kind[u] == HAN else at + 1
                while at < stop:
                    if at >= free and at + 2 <= last and _may_begin(text + at, &trie):
                        held = _longest(text, at, last, u, row_offsets[r + 1], &units, &trie, hit)
                        if held:
                            if found.count == found.table.shape[0]:
                                with gil:
                                    found.grow()
                            _put(found.table, found.count, r, at, hit, u)
                            found.count += 1
                            free = held
                    at += 1
                    while at < stop and text[at] & 0xC0 == 0x80:
                        at += 1
    return found.columns()


cdef inline void _put(int32_t[:, ::1] table, Py_ssize_t k, int32_t row, int32_t at, const int32_t *hit,
                      int32_t u) noexcept nogil:
    table[k, 0], table[k, 1], table[k, 2] = row, at, hit[0]
    table[k, 3], table[k, 4], table[k, 5] = hit[1], u, hit[2]


def exact(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint64_t[::1] slots,
          const int32_t[::1] name):
    """Return the name that each range of bytes is, -1 where it is none."""
    found = np.full(start.shape[0], -1, np.int32)
    cdef int32_t[::1] out = found
    cdef Trie trie = Trie(&slots[0], slots.shape[0] - 1, &name[0], NULL)
    cdef Py_ssize_t i
    cdef int32_t at
    cdef uint32_t node
    with nogil:
        for i in range(start.shape[0]):
            node = 0
            for at in range(start[i], end[i]):
                node = _step(node, data[at], &trie)
                if node == 0:
                    break
            if node:
                out[i] = trie.name[node]
    return found
