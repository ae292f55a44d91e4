# Which units are selected: part of masking.pyx.

cdef inline int32_t _tokens(const ids_t[::1] ids, Kinds kinds, int32_t base, const uint32_t *draw, int32_t length,
                            uint32_t most, int32_t *at) noexcept nogil:
    """Write the tokens of a row that draw at most this and are not special; return their number."""
    cdef int32_t p, token, n = 0
    cdef uint64_t found
    for p in range(0, length, 64):
        found = hits(draw + p, length - p, most)
        while found:
            token = base + p + lowest_bit(found)
            at[n] = token              # written always, kept if it may be: no branch to mispredict
            n += not _kind(kinds, ids[token], token) & SPECIAL
            found &= found - 1
    return n


cdef inline int32_t _whole(const uint64_t *begin, const uint64_t *end, int32_t base, const uint32_t *draw,
                           int32_t length, uint32_t most, int32_t *at) noexcept nogil:
    """Write the tokens of the units without gaps that draw at most this."""
    cdef int32_t p, n = 0
    cdef uint64_t found
    for p in range(0, length, 64):
        found = hits(draw + p, length - p, most) & begin[p >> 6]
        while found:
            n += _unit(end, base, p + lowest_bit(found), at + n)
            found &= found - 1
    return n


cdef inline int32_t _unit(const uint64_t *end, int32_t base, int32_t place, int32_t *at) noexcept nogil:
    """Write the tokens of the unit that begins at a place, and up to four; return their number."""
    cdef int32_t n = <int32_t> unit_end(end, place) - place, k
    for k in range(4):                 # most are short: no branch for each token
        at[k] = base + place + k
    for k in range(4, n):
        at[k] = base + place + k
    return n


cdef inline int32_t _scattered(const int32_t *first, int32_t base, int32_t length, const uint8_t *hit,
                               int32_t *at) noexcept nogil:
    """Write the tokens whose unit is hit, and one more; `hit[-1]` stands for tokens without a unit."""
    cdef int32_t t, n = 0
    for t in range(length):
        at[n] = base + t
        n += hit[first[t]]
    return n


def bernoulli(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special,
              const uint8_t[::1] marks, const int32_t[::1] first, uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose,
              const uint64_t[::1] limits):
    """Select the units that draw less than the limit of their row; return (row offsets, tokens)."""
    cdef Py_ssize_t longest = _longest(offsets), r, rows = offsets.shape[0] - 1
    begins, found = np.zeros(rows + 1, np.int32), empty(ids.shape[0] + 4, np.int32)
    draws, hit_at = np.empty(longest + ROOM, np.uint32), np.zeros(longest + 1, np.uint8)
    bits = np.empty((2, longest // 64 + 2), np.uint64)
    cdef int32_t[::1] row_offsets = begins, at = found
    cdef uint32_t[::1] draw = draws
    cdef uint8_t[::1] hit = hit_at
    cdef uint64_t[:, ::1] border = bits
    cdef Kinds known = _kinds(kinds, special)
    cdef int32_t base, length, p, n = 0
    cdef uint32_t most
    with nogil:
        for r in range(rows):
            base = offsets[r]
            length = offsets[r + 1] - base
            if limits[r] and length:
                most = <uint32_t> (limits[r] - 1)
                philox_row(key, row_ids[r], purpose, length, &draw[0])
                if first is not None:
                    for p in range(length):
                        hit[p + 1] = draw[p] <= most
                    n += _scattered(&first[base], base, length, &hit[1], &at[n])
                elif marks is not None:
                    borders(&marks[base], length, &border[0, 0], &border[1, 0])
                    n += _whole(&border[0, 0], &border[1, 0], base, &draw[0], length, most, &at[n])
                else:
                    n += _tokens(ids, known, base, &draw[0], length, most, &at[n])
            row_offsets[r + 1] = n
    return begins, found[:n]


cdef enum:
    BUCKETS = 64


cdef struct Choice:                    # what is chosen in a row
    int32_t *size                      # of each unit, by its place
    uint8_t *chosen
    int64_t left                       # of the budget


cdef enum:
    FEW = 48


cdef inline void _consider(uint64_t unit, Choice *choice) noexcept nogil:
    """Take a unit if it fits."""
    cdef int64_t place = unit & 0xFFFFFF
    if choice.size[place] <= choice.left:
        choice.chosen[place] = 1
        choice.left -= choice.size[place]


cdef void _fill_few(uint64_t *units, int64_t n, Choice *choice) noexcept nogil:
    """Take units in order as long as the budget lasts, the least one each time: it lasts for few."""
    cdef int64_t k, least
    cdef uint64_t held
    while n > 0 and choice.left > 0:
        least = 0
        for k in range(1, n):
            least = k if units[k] < units[least] else least
        n -= 1
        held = units[least]
        units[least] = units[n]
        units[n] = held                # they are all kept
        _consider(held, choice)


cdef void _fill(uint64_t *units, int64_t n, Choice *choice) noexcept nogil:
    """Take units in order as long as the budget lasts: by parting, not sorting, since order matters at its edge only."""
    cdef uint64_t pivot, held
    cdef int64_t i, j, total
    while n > FEW and choice.left > 0:
        pivot = units[(n - 1) >> 1]
        i, j = -1, n
        while True:                    # Hoare's partition: units[:j + 1] <= units[j + 1:]
            i += 1
            while units[i] < pivot:
                i += 1
            j -= 1
            while units[j] > pivot:
                j -= 1
            if i >= j:
                break
            held = units[i]
            units[i] = units[j]
            units[j] = held
        j += 1
        total = 0
        for i in range(j):
            total += choice.size[units[i] & 0xFFFFFF]
        if total <= choice.left:
            for i in range(j):
                choice.chosen[units[i] & 0xFFFFFF] = 1
            choice.left -= total
        else:
            _fill(units, j, choice)
        units += j
        n -= j
    _fill_few(units, n, choice)


cdef int64_t _units(const uint64_t *begin, const uint64_t *end, const uint32_t *draw, int32_t length, uint32_t low,
                    uint32_t high, int32_t *size, uint64_t *units) noexcept nogil:
    """Write (draw, place) and the sizes of units without gaps that draw from low to high."""
    cdef int32_t p, q
    cdef int64_t m = 0
    cdef uint64_t found
    for p in range(0, length, 64):
        found = hits(draw + p, length - p, high) & begin[p >> 6]
        if low:
            found &= ~hits(draw + p, length - p, low - 1)
        while found:
            q = p + lowest_bit(found)
            size[q] = <int32_t> unit_end(end, q) - q
            units[m] = <uint64_t> draw[q] << 24 | <uint64_t> q
            m += 1
            found &= found - 1
    return m


cdef void _fill_spread(uint64_t *units, int64_t n, uint64_t part, Choice *choice) noexcept nogil:
    """Do what `_fill` does for units whose draws are spread evenly below `part`: whole buckets of them at a time."""
    cdef int32_t total[BUCKETS]
    cdef uint64_t scale = (<uint64_t> BUCKETS << 32) // part, edge, held
    cdef int64_t k, m = 0, b = 0, sum = 0
    memset(total, 0, sizeof(total))
    for k in range(n):
        total[((units[k] >> 24) * scale) >> 32] += choice.size[units[k] & 0xFFFFFF]
    while b < BUCKETS and sum + total[b] <= choice.left:
        sum += total[b]
        b += 1
    choice.left -= sum
    edge = ((<uint64_t> b << 32) + scale - 1) // scale  # the least draw that is not below bucket b
    for k in range(n):                 # those behind the edge to the front
        held = units[k]
        choice.chosen[held & 0xFFFFFF] = held >> 24 < edge
        units[k] = units[m]
        units[m] = held
        m += held >> 24 >= edge
    if choice.left > 0:
        _fill(units, m, choice)


cdef int64_t _gather(const int32_t *size, const uint32_t *draw, const uint8_t *rank, int32_t length,
                     uint64_t *units) noexcept nogil:
    """Write (rank, draw, place) of all units."""
    cdef int32_t p
    cdef int64_t n = 0
    for p in range(length):
        units[n] = (<uint64_t> (0 if rank == NULL else rank[p]) << 56) | (<uint64_t> draw[p] << 24) | <uint64_t> p
        n += size[p] > 0
    return n


cdef void _shortest(const uint64_t *units, int64_t n, Choice *choice) noexcept nogil:
    """Choose the shortest unit, of several the first in order."""
    cdef int64_t k
    cdef uint64_t best = 0
    cdef int32_t held, least = 0x7FFFFFFF
    for k in range(n):
        held = choice.size[units[k] & 0xFFFFFF]
        if held < least or held == least and units[k] < best:
            least, best = held, units[k]
    if n:
        choice.chosen[best & 0xFFFFFF] = 1


cdef void _sized(const int32_t *first, const uint32_t *draw, const uint8_t *rank, int32_t length, Choice *choice,
                 uint64_t *units, int64_t budget, bint some) noexcept nogil:
    """Choose among units of any form."""
    cdef int32_t t
    cdef int64_t m
    memset(choice.size - 1, 0, (length + 1) * sizeof(int32_t))
    for t in range(length):
        choice.size[first[t]] += 1
    m = _gather(choice.size, draw, rank, length, units)
    _fill(units, m, choice)
    if some and choice.left == budget:
        _shortest(units, m, choice)


cdef void _unsized(const uint64_t *begin, const uint64_t *end, const uint32_t *draw, int32_t length, Choice *choice,
                   uint64_t *units, int64_t budget, bint some) noexcept nogil:
    """Choose among units without gaps: first those that draw little, which will mostly do."""
    cdef uint64_t part = <uint64_t> 1 << 32
    cdef int64_t m, more
    if 3 * budget < length:
        part = ((<uint64_t> 1 << 32) // length) * <uint64_t> (budget + (budget >> 2) + 4)
        part = min(part, <uint64_t> 1 << 32)
    m = _units(begin, end, draw, length, 0, <uint32_t> (part - 1), choice.size, units)
    _fill_spread(units, m, part, choice)
    if choice.left > 0 and part >> 32 == 0:
        more = _units(begin, end, draw, length, <uint32_t> part, 0xFFFFFFFF, choice.size, units + m)
        _fill(units + m, more, choice)
        m += more
    if some and choice.left == budget:
        _shortest(units, m, choice)


cdef int32_t _taken(Choice *choice, int32_t base, int32_t length, int32_t *at) noexcept nogil:
    """Write the tokens of the chosen units without gaps, and up to four more; choose none any longer."""
    cdef int32_t p, q, k, n = 0, size
    cdef uint64_t found
    for p in range(0, length, 64):
        found = flags(choice.chosen + p, length - p)
        while found:
            q = p + lowest_bit(found)
            size = choice.size[q]
            for k in range(4):         # most are short: no branch for each token
                at[n + k] = base + q + k
            for k in range(4, size):
                at[n + k] = base + q + k
            n += size
            choice.chosen[q] = 0
            found &= found - 1
    return n


def exact(const uint8_t[::1] marks, const int32_t[::1] first, const uint8_t[::1] rank, const int32_t[::1] offsets,
          uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] budget, bint some):
    """Select units up to a number of tokens in each row; return (row offsets, tokens)."""
    cdef Py_ssize_t longest = _longest(offsets), r, rows = offsets.shape[0] - 1
    begins, found = np.zeros(rows + 1, np.int32), empty(offsets[rows] + 4, np.int32)
    draws, hit_at = np.empty(longest + ROOM, np.uint32), np.zeros(longest + ROOM, np.uint8)
    counts, listed = np.empty(longest + 2, np.int32), np.empty(longest + 2, np.uint64)
    bits = np.empty((2, longest // 64 + 2), np.uint64)
    cdef uint64_t[:, ::1] border = bits
    cdef int32_t[::1] row_offsets = begins, at = found, size = counts
    cdef uint32_t[::1] draw = draws
    cdef uint8_t[::1] hit = hit_at
    cdef uint64_t[::1] units = listed
    cdef Choice choice = Choice(&size[1], &hit[1], 0)  # at -1: the tokens without a unit
    cdef int32_t base, length, n = 0
    if longest > 0xFFFFFF:
        raise ValueError("a row of more than 16 million tokens")
    with nogil:
        for r in range(rows):
            base = offsets[r]
            length = offsets[r + 1] - base
            if budget[r] > 0 and length:
                philox_row(key, row_ids[r], purpose, length, &draw[0])
                choice.left = budget[r]
                if first is not None:
                    memset(&hit[0], 0, length + 1)
                    _sized(&first[base], &draw[0], NULL if rank is None else &rank[base], length, &choice, &units[0],
                           budget[r], some)
                    n += _scattered(&first[base], base, length, choice.chosen, &at[n])
                else:
                    borders(&marks[base], length, &border[0, 0], &border[1, 0])
                    _unsized(&border[0, 0], &border[1, 0], &draw[0], length, &choice, &units[0], budget[r], some)
                    n += _taken(&choice, base, length, &at[n])
            row_offsets[r + 1] = n
    return begins, found[:n]
