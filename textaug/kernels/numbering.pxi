# Which tokens belong together: part of masking.pyx.

def tokens(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special):
    """Mark the tokens: each is a unit."""
    made = empty(ids.shape[0], np.uint8)
    cdef uint8_t[::1] mark = made
    cdef Kinds known = _kinds(kinds, special)
    cdef int32_t t, n = ids.shape[0]
    with nogil:
        if n:
            _look(&ids[0], known, 0, n, &mark[0])
            for t in range(n):
                mark[t] = BEGINS + (mark[t] & SPECIAL)
    return made


def words(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special):
    """Mark the words; return (marks, the bits of all kinds that were met)."""
    cdef Py_ssize_t longest = _longest(offsets), r
    made, looked = empty(ids.shape[0], np.uint8), np.empty(longest + 1, np.uint8)
    cdef uint8_t[::1] mark = made, kind = looked
    cdef Kinds known = _kinds(kinds, special)
    cdef int32_t length, p
    cdef uint8_t met = 0
    with nogil:
        kind[0] = SPECIAL
        for r in range(offsets.shape[0] - 1):
            length = offsets[r + 1] - offsets[r]
            if length:
                _look(&ids[offsets[r]], known, offsets[r], length, &kind[1])
                for p in range(length):
                    met |= kind[p + 1]
                mark_words(&kind[1], length, &mark[offsets[r]])
    return made, met


def numbered(const uint8_t[::1] marks, const int32_t[::1] offsets):
    """Return where in its row the unit of each token begins."""
    made = empty(marks.shape[0], np.int32)
    cdef int32_t[::1] first = made
    cdef Py_ssize_t r
    with nogil:
        for r in range(offsets.shape[0] - 1):
            if offsets[r + 1] > offsets[r]:
                running(&marks[offsets[r]], offsets[r + 1] - offsets[r], &first[offsets[r]])
    return made


def having(const ids_t[::1] ids, const uint8_t[::1] kinds, uint8_t kind):
    """Return the tokens of a kind."""
    made = np.empty(ids.shape[0] + 1, np.int32)
    cdef int32_t[::1] at = made
    cdef Kinds known = _kinds(kinds, None)
    cdef int32_t t, n = 0
    with nogil:
        for t in range(ids.shape[0]):
            at[n] = t
            n += (_kind(known, ids[t], t) & kind) != 0
    return made[:n]


cdef void _look(const ids_t *ids, Kinds kinds, int32_t base, int32_t length, uint8_t *kind) noexcept nogil:
    """Write what the tokens of a row are."""
    cdef int32_t p
    for p in range(length):
        kind[p] = kinds.table[ids[p]] if <uint64_t> <int64_t> ids[p] < <uint64_t> kinds.size else 0
    if kinds.special != NULL:
        for p in range(length):
            kind[p] |= kinds.special[base + p] != 0


def column(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special,
           const int32_t[::1] numbers):
    """Mark the units of a column."""
    made, looked = empty(ids.shape[0], np.uint8), np.empty(_longest(offsets) + 1, np.uint8)
    cdef uint8_t[::1] mark = made, kind = looked
    cdef Kinds known = _kinds(kinds, special)
    cdef Py_ssize_t r
    cdef int32_t base, length
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length:
                _look(&ids[base], known, base, length, &kind[0])
                mark_runs(&numbers[base], &kind[0], length, &mark[base])
    return made


def layer(const uint8_t[::1] upper, const uint8_t[::1] lower, const int32_t[::1] offsets):
    """Lay marks over others; return (marks, whether a unit is left with a gap)."""
    made = empty(upper.shape[0], np.uint8)
    cdef uint8_t[::1] mark = made
    cdef Py_ssize_t r
    cdef int32_t base, length
    cdef bint gaps = False
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length and laid(&upper[base], &lower[base], length, &mark[base]):
                gaps |= _mended(&upper[base], &lower[base], length, &mark[base])
    return made, gaps


cdef bint _mended(const uint8_t *upper, const uint8_t *lower, int32_t length, uint8_t *mark) noexcept nogil:
    """Let what is left of torn units begin anew; return whether one has a gap."""
    cdef int32_t p
    cdef bint kept = False, gaps = False  # whether something of the unit below stands
    for p in range(length):
        if lower[p]:
            kept = False
        if upper[p] & NONE and not lower[p] & NONE:
            if lower[p] == 0 and not kept:
                mark[p] = BEGINS
            gaps |= lower[p] == 0 and kept and not upper[p - 1] & NONE
            kept = True
    return gaps


cdef enum:
    AHEAD = 64                         # n-grams whose lengths are drawn at a time


cdef struct Lengths:                   # of the n-grams of a row, in order
    uint64_t key
    uint64_t row
    uint32_t purpose
    int64_t drawn
    uint32_t draw[AHEAD]
    uint8_t length[AHEAD]


def grams(const uint8_t[::1] marks, const int32_t[::1] offsets, uint64_t key, const uint64_t[::1] row_ids,
          uint32_t purpose, const uint64_t[::1] limits):
    """Join units that stand side by side into n-grams, whose lengths are drawn."""
    cdef Py_ssize_t r
    cdef Py_ssize_t longest = _longest(offsets)
    made, listed = empty(marks.shape[0], np.uint8), np.empty(longest + 8, np.int32)
    bits = np.empty((2, longest // 64 + 2), np.uint64)
    cdef uint8_t[::1] joined = made
    cdef int32_t[::1] units = listed
    cdef uint64_t[:, ::1] border = bits
    cdef int32_t base, length
    cdef Lengths lengths
    lengths.key, lengths.purpose = key, purpose
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length:
                lengths.row, lengths.drawn = row_ids[r], 0
                borders(&marks[base], length, &border[0, 0], &border[1, 0])
                _join(&marks[base], length, places_of(&border[0, 0], length, &units[0]), limits, &lengths, &units[0],
                      &joined[base])
    return made


cdef void _join(const uint8_t *marks, int32_t length, int32_t n, const uint64_t[::1] limits, Lengths *lengths,
                const int32_t *units, uint8_t *joined) noexcept nogil:
    """Mark n-grams: from unit to unit, so many at a time as each draws."""
    cdef int32_t p, u = 0, stop, k = AHEAD
    cdef bint gaps = n > 0 and memchr(marks + units[0], NONE, units[n - 1] - units[0]) != NULL
    for p in range(length):
        joined[p] = marks[p] & NONE
    while u < n:
        if k == AHEAD:
            philox_from(lengths.key, lengths.row, lengths.purpose, lengths.drawn, AHEAD, lengths.draw)
            steps(lengths.draw, AHEAD, NULL if limits.shape[0] == 0 else &limits[0], limits.shape[0], lengths.length)
            lengths.drawn += AHEAD
            k = 0
        joined[units[u]] = BEGINS
        stop = min(u + lengths.length[k], n)
        k += 1
        if gaps:                       # an n-gram ends before one
            u += 1
            while u < stop and not marks[units[u] - 1] & NONE:
                u += 1
        else:
            u = stop


def sizes(const uint8_t[::1] marks, const int32_t[::1] offsets):
    """Count the tokens of each row that have a unit."""
    made = np.empty(offsets.shape[0] - 1, np.int32)
    cdef int32_t[::1] size = made
    cdef Py_ssize_t r
    cdef int32_t base, length
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            size[r] = length - (without(&marks[base], length) if length else 0)
    return made
