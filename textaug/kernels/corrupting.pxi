# What becomes of selected tokens, and hashes of rows: part of masking.pyx.

def corrupt(const ids_t[::1] ids, const int32_t[::1] row_offsets, const int32_t[::1] at, const int32_t[::1] unit,
            uint64_t key, const uint64_t[::1] row_ids, purposes, limits, int64_t mask, const int64_t[::1] pool,
            const uint32_t[::1] weights):
    """Say what becomes of the selected tokens; return (new ids, what happened)."""
    cdef Py_ssize_t n = at.shape[0], r, longest = _longest(row_offsets)
    made, happened = empty(n, np.int64), empty(n + ROOM, np.uint8)
    draws, others = np.empty(longest + ROOM, np.uint32), np.empty(longest + ROOM, np.uint32)
    happens = np.empty(longest + 1, np.uint8)
    cdef int64_t[::1] token = made
    cdef uint8_t[::1] kind = happened, happen = happens
    cdef uint32_t[::1] draw = draws, other = others
    cdef uint32_t what = purposes[0], which = purposes[1]
    cdef uint64_t masked = limits[0], random = limits[1]
    cdef int32_t i, k, base, count
    cdef uint64_t found
    with nogil:
        for r in range(row_offsets.shape[0] - 1):
            base = row_offsets[r]
            count = row_offsets[r + 1] - base
            if count == 0:
                continue
            philox_row(key, row_ids[r], what, count, &draw[0])
            _happens(&draw[0], count, masked, random, &happen[0])
            if unit is not None:
                _per_unit(&unit[base], count, &happen[0], &kind[base])
            else:
                memcpy(&kind[base], &happen[0], count)
            for i in range(count):
                token[base + i] = mask
            for i in range(0, count, 64):  # as bits: no branch for each to mispredict
                found = equal(&kind[base + i], count - i, KEEP)
                while found:           # few, so that most ids need not be read
                    k = base + i + lowest_bit(found)
                    token[k] = ids[at[k]]
                    found &= found - 1
            if random > masked:
                philox_row(key, row_ids[r], which, count, &other[0])
                for i in range(0, count, 64):
                    found = equal(&kind[base + i], count - i, RANDOM)
                    while found:
                        k = i + lowest_bit(found)
                        token[base + k] = _drawn(pool, weights, other[k])
                        found &= found - 1
    return made, happened[:n]


cdef void _happens(const uint32_t *draw, int32_t count, uint64_t masked, uint64_t random, uint8_t *kind) noexcept nogil:
    """Write what draws say: below the first limit, below the second, or neither."""
    cdef uint32_t one = <uint32_t> (masked - 1), two = <uint32_t> (random - 1)
    cdef uint8_t least = MASK + (masked == 0) + (random == 0)
    if masked == 0:
        one = 0xFFFFFFFF               # no draw is above it: counted in `least`
    if random == 0:
        two = 0xFFFFFFFF
    above(draw, count, one, two, least, kind)


cdef void _per_unit(const int32_t *unit, int32_t count, const uint8_t *happen, uint8_t *kind) noexcept nogil:
    """Give the tokens of a unit the same: that of the token which begins it, where they stand apart too."""
    cdef int32_t i, k, seen = -1, n = -1
    for i in range(count):
        if unit[i] > seen:             # a unit begins at its place, so that new ones have a higher number
            seen = unit[i]
            n += 1
            kind[i] = happen[n]
        else:
            k = i - 1
            while unit[k] != unit[i]:
                k -= 1
            kind[i] = kind[k]


cdef int64_t _drawn(const int64_t[::1] pool, const uint32_t[::1] weights, uint32_t draw) noexcept nogil:
    cdef Py_ssize_t low = 0, high = pool.shape[0] - 1, middle
    if weights is None:
        return pool[<Py_ssize_t> ((<uint64_t> draw * <uint64_t> pool.shape[0]) >> 32)]
    while low < high:                  # the first whose threshold is above the draw
        middle = (low + high) >> 1
        if weights[middle] <= draw:
            low = middle + 1
        else:
            high = middle
    return pool[low]


cdef inline uint64_t _mix(uint64_t x) noexcept nogil:
    x += 0x9E3779B97F4A7C15ULL
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL
    return x ^ (x >> 31)


def hashes(const ids_t[::1] ids, const int32_t[::1] offsets, int64_t pad):
    """Return a hash of the ids of each row, for which padding does not count."""
    cdef Py_ssize_t longest = _longest(offsets)
    made, weights = np.empty(offsets.shape[0] - 1, np.uint64), np.empty(longest + 1, np.uint64)
    cdef uint64_t[::1] found = made, weight = weights
    cdef Py_ssize_t r
    cdef int32_t t
    with nogil:
        for t in range(longest):
            weight[t] = _mix(<uint64_t> t) | 1
        for r in range(offsets.shape[0] - 1):
            found[r] = 0
            if offsets[r + 1] > offsets[r]:
                found[r] = weighed(&ids[offsets[r]], sizeof(ids_t) == 8, offsets[r + 1] - offsets[r], pad, &weight[0])
            found[r] = _mix(found[r])
    return made
