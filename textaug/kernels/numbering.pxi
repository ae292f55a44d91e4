# Which tokens belong together: part of masking.pyx.

def tokens(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special):
    """Number the tokens: each is a unit."""
    cdef Py_ssize_t r
    made, looked = empty(ids.shape[0], np.int32), np.empty(_longest(offsets) + 1, np.uint8)
    cdef int32_t[::1] first = made
    cdef uint8_t[::1] kind = looked
    cdef Kinds known = _kinds(kinds, special)
    cdef int32_t base, length
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length:
                _look(&ids[base], known, base, length, &kind[0])
                _alone(&kind[0], length, &first[base])
    return made


cdef void _alone(const uint8_t *kind, int32_t length, int32_t *first) noexcept nogil:
    """Write the place of each token that is not special."""
    cdef int32_t p
    for p in range(length):
        first[p] = p | -<int32_t> (kind[p] & SPECIAL)


def words(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special):
    """Number the words; return (numbers, the bits of all kinds that were met)."""
    cdef Py_ssize_t longest = _longest(offsets), r
    made, looked, borders = empty(ids.shape[0], np.int32), np.empty(longest + 1, np.uint8), np.empty((2, longest + 1), np.uint8)
    cdef int32_t[::1] first = made
    cdef uint8_t[::1] kind = looked
    cdef uint8_t[:, ::1] border = borders
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
                _word(&kind[1], length, &border[0, 0], &border[1, 0], &first[offsets[r]])
    return made, met


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


cdef void _word(const uint8_t *kind, int32_t length, uint8_t *begins, uint8_t *none, int32_t *first) noexcept nogil:
    """Write where the word of each token begins; `kind[-1]` is special."""
    cdef int32_t p
    for p in range(length):
        begins[p] = ((~kind[p] >> 1) | (kind[p] >> 2) | kind[p - 1] | (kind[p - 1] >> 2)) & 1
        none[p] = kind[p] & SPECIAL
    running(begins, none, length, first)


def column(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special,
           const int32_t[::1] numbers, bint scattered):
    """Number the units of a column."""
    if scattered:  # rare, and no loop over the row's units would be shorter
        from textaug.kernels.reference.masking import column as define
        return define(np.asarray(ids), np.asarray(offsets), np.asarray(kinds),
                      None if special is None else np.asarray(special), np.asarray(numbers), True)
    made = empty(ids.shape[0], np.int32)
    cdef int32_t[::1] first = made
    cdef Kinds known = _kinds(kinds, special)
    cdef Py_ssize_t r
    cdef Py_ssize_t longest = _longest(offsets)
    borders, looked = np.empty((2, longest + 1), np.uint8), np.empty(longest + 1, np.uint8)
    cdef uint8_t[:, ::1] border = borders
    cdef uint8_t[::1] kind = looked
    cdef int32_t base, length
    with nogil:
        kind[0] = SPECIAL
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length:
                _look(&ids[base], known, base, length, &kind[1])
                runs(&numbers[base], &kind[1], length, &border[0, 0], &border[1, 0])
                running(&border[0, 0], &border[1, 0], length, &first[base])
    return made


def layer(const int32_t[::1] upper, const int32_t[::1] lower, const int32_t[::1] offsets):
    """Lay one numbering over another; return (numbers, whether a unit has a gap)."""
    made, begins = empty(upper.shape[0], np.int32), np.empty(_longest(offsets) + 1, np.int32)
    cdef int32_t[::1] first = made, begun = begins
    cdef Py_ssize_t r
    cdef int32_t base, length
    cdef bint gaps = False
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length and not laid_whole(&upper[base], &lower[base], length, &first[base]):
                gaps |= _laid(&upper[base], &lower[base], length, &begun[0], &first[base])
    return made, gaps


cdef bint _laid(const int32_t *upper, const int32_t *lower, int32_t length, int32_t *begun, int32_t *first) noexcept nogil:
    """Lay a row of one numbering over another, and number what is left of torn units anew; return whether one has a gap."""
    cdef int32_t p, unit, before = -1
    cdef bint gaps = False
    memset(begun, 0xFF, length * sizeof(int32_t))
    for p in range(length):
        unit = upper[p]
        if unit < 0 and lower[p] >= 0:
            if begun[lower[p]] < 0:
                begun[lower[p]] = p
            unit = begun[lower[p]]
        gaps |= (unit >= 0) & (unit != before) & (unit != p)
        first[p] = unit
        before = unit
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


def grams(const int32_t[::1] first, const int32_t[::1] offsets, uint64_t key, const uint64_t[::1] row_ids,
          uint32_t purpose, const uint64_t[::1] limits):
    """Join units that stand side by side into n-grams, whose lengths are drawn."""
    cdef Py_ssize_t longest = _longest(offsets), r
    made, marks, listed = empty(first.shape[0], np.int32), np.empty((2, longest), np.uint8), np.empty(longest + 1, np.int32)
    cdef int32_t[::1] joined = made, units = listed
    cdef uint8_t[:, ::1] mark = marks
    cdef int32_t base, length
    cdef Lengths lengths
    lengths.key, lengths.purpose = key, purpose
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length:
                lengths.row, lengths.drawn = row_ids[r], 0
                _join(&first[base], length, limits, &lengths, &units[0], &mark[0, 0], &mark[1, 0])
                running(&mark[0, 0], &mark[1, 0], length, &joined[base])
    return made


cdef void _join(const int32_t *first, int32_t length, const uint64_t[::1] limits, Lengths *lengths, int32_t *units,
                uint8_t *begins, uint8_t *none) noexcept nogil:
    """Write where n-grams begin: from unit to unit, so many at a time as each draws; and which tokens have no unit."""
    cdef int32_t p, n = begins_of(first, length, units), u = 0, stop, gaps = 0, k = AHEAD
    for p in range(length):
        none[p] = first[p] < 0
    if n:
        for p in range(units[0], units[n - 1]):
            gaps += none[p]
    memset(begins, 0, length)
    while u < n:
        if k == AHEAD:
            philox_from(lengths.key, lengths.row, lengths.purpose, lengths.drawn, AHEAD, lengths.draw)
            steps(lengths.draw, AHEAD, NULL if limits.shape[0] == 0 else &limits[0], limits.shape[0], lengths.length)
            lengths.drawn += AHEAD
            k = 0
        begins[units[u]] = 1
        stop = min(u + lengths.length[k], n)
        k += 1
        if gaps:                       # an n-gram ends before one
            u += 1
            while u < stop and first[units[u] - 1] >= 0:
                u += 1
        else:
            u = stop


def sizes(const int32_t[::1] first, const int32_t[::1] offsets):
    """Count the tokens of each row that have a unit."""
    made = np.empty(offsets.shape[0] - 1, np.int32)
    cdef int32_t[::1] size = made
    cdef Py_ssize_t r
    cdef int32_t t, count
    with nogil:
        for r in range(offsets.shape[0] - 1):
            count = 0
            for t in range(offsets[r], offsets[r + 1]):
                count += first[t] >= 0
            size[r] = count
    return made
