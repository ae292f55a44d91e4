"""Masking of token ids, compiled: see `reference/masking.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

cdef extern from "philox.h" nogil:
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)

cdef extern from "hits.h" nogil:
    uint64_t hits(const uint32_t *draw, int64_t n, uint32_t most)
    uint64_t flags(const uint8_t *flag, int64_t n)
    void borders(const int32_t *first, int64_t n, uint64_t *begin, uint64_t *end)
    int64_t unit_end(const uint64_t *end, int64_t place)
    void running(const uint8_t *begins, const uint8_t *none, int64_t n, int32_t *first)

cdef extern from "masks.h" nogil:
    int lowest_bit(uint64_t mask)

cdef enum:
    ROOM = 128                         # behind the draws of a row: they are made and compared many at a time

cdef enum:
    SPECIAL = 1
    CONTINUES = 2
    ALONE = 4

cdef enum:
    MASK = 1
    RANDOM = 2
    KEEP = 3

ctypedef fused ids_t:
    int32_t
    int64_t


cdef struct Kinds:                     # what a token is
    const uint8_t *table
    int64_t size
    const uint8_t *special


cdef inline uint8_t _kind(Kinds kinds, int64_t id, Py_ssize_t t) noexcept nogil:
    cdef uint8_t kind = kinds.table[id] if <uint64_t> id < <uint64_t> kinds.size else 0
    if kinds.special != NULL and kinds.special[t]:
        kind |= SPECIAL
    return kind


cdef Kinds _kinds(const uint8_t[::1] table, const uint8_t[::1] special):
    cdef Kinds kinds
    kinds.table, kinds.size, kinds.special = NULL, table.shape[0], NULL
    if table.shape[0]:
        kinds.table = &table[0]
    if special is not None and special.shape[0]:
        kinds.special = &special[0]
    return kinds


cdef Py_ssize_t _longest(const int32_t[::1] offsets):
    cdef Py_ssize_t r, longest = 0
    for r in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[r + 1] - offsets[r])
    return longest


def tokens(const ids_t[::1] ids, const int32_t[::1] offsets, const uint8_t[::1] kinds, const uint8_t[::1] special):
    """Number the tokens: each is a unit."""
    made = empty(ids.shape[0], np.int32)
    cdef int32_t[::1] first = made
    cdef Kinds known = _kinds(kinds, special)
    cdef Py_ssize_t r
    cdef int32_t t
    with nogil:
        for r in range(offsets.shape[0] - 1):
            for t in range(offsets[r], offsets[r + 1]):
                first[t] = -1 if _kind(known, ids[t], t) & SPECIAL else t - offsets[r]
    return made


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
                _run(&numbers[base], &kind[1], length, &border[0, 0], &border[1, 0])
                running(&border[0, 0], &border[1, 0], length, &first[base])
    return made


cdef void _run(const int32_t *numbers, const uint8_t *kind, int32_t length, uint8_t *begins, uint8_t *none) noexcept nogil:
    """Write where runs of equal numbers begin, behind a special token too, and which tokens have none."""
    cdef int32_t p
    begins[0] = 1
    none[0] = (numbers[0] < 0) | (kind[0] & SPECIAL)
    for p in range(1, length):
        begins[p] = (numbers[p] != numbers[p - 1]) | (kind[p - 1] & SPECIAL)
        none[p] = (numbers[p] < 0) | (kind[p] & SPECIAL)


def layer(const int32_t[::1] upper, const int32_t[::1] lower, const int32_t[::1] offsets):
    """Lay one numbering over another; return (numbers, whether a unit has a gap)."""
    made, begins = empty(upper.shape[0], np.int32), np.empty(_longest(offsets) + 1, np.int32)
    cdef int32_t[::1] first = made, begun = begins
    cdef Py_ssize_t r
    cdef int32_t t, base, unit, before, free, held, place
    cdef int32_t spare = <int32_t> begun.shape[0] - 1  # where what is not asked for is written
    cdef bint gaps = False
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base, before = offsets[r], -1
            memset(&begun[0], 0xFF, (offsets[r + 1] - base) * sizeof(int32_t))
            for t in range(base, offsets[r + 1]):
                place = t - base
                free = -<int32_t> ((upper[t] < 0) & (lower[t] >= 0))
                unit = (lower[t] & free) | (spare & ~free)
                held = begun[unit]
                held ^= (held ^ place) & -<int32_t> (held < 0)
                begun[unit] = held
                unit = (held & free) | (upper[t] & ~free)
                gaps |= (unit >= 0) & (unit != before) & (unit != place)
                first[t] = unit
                before = unit
    return made, gaps


def grams(const int32_t[::1] first, const int32_t[::1] offsets, uint64_t key, const uint64_t[::1] row_ids,
          uint32_t purpose, const uint64_t[::1] limits):
    """Join units that stand side by side into n-grams, whose lengths are drawn."""
    cdef Py_ssize_t longest = _longest(offsets), r
    made, draws = empty(first.shape[0], np.int32), np.empty(longest + ROOM, np.uint32)
    bits, marks, listed = np.empty((2, longest // 64 + 2), np.uint64), np.empty((2, longest), np.uint8), np.empty(longest, np.int32)
    cdef int32_t[::1] joined = made, units = listed
    cdef uint32_t[::1] draw = draws
    cdef uint8_t[:, ::1] mark = marks
    cdef uint64_t[:, ::1] border = bits
    cdef int32_t base, length
    with nogil:
        for r in range(offsets.shape[0] - 1):
            base = offsets[r]
            length = offsets[r + 1] - base
            if length == 0:
                continue
            philox_row(key, row_ids[r], purpose, length, &draw[0])
            borders(&first[base], length, &border[0, 0], &border[1, 0])
            _join(&first[base], length, &border[0, 0], &draw[0], limits, &units[0], &mark[0, 0], &mark[1, 0],
                  &joined[base])
    return made


cdef void _join(const int32_t *first, int32_t length, const uint64_t *begin, const uint32_t *draw,
                const uint64_t[::1] limits, int32_t *units, uint8_t *begins, uint8_t *none, int32_t *joined) noexcept nogil:
    """Write where the n-gram of each token begins: from unit to unit, so many at a time as each draws."""
    cdef int32_t p, n = 0, u = 0, stop, gaps = 0
    cdef uint64_t found
    for p in range(0, length, 64):
        found = begin[p >> 6]
        while found:
            units[n] = p + lowest_bit(found)
            n += 1
            found &= found - 1
    for p in range(length):
        none[p] = first[p] < 0
    for p in range(units[0] if n else length, units[n - 1] if n else length):
        gaps += none[p]
    memset(begins, 0, length)
    while u < n:
        begins[units[u]] = 1
        stop = min(u + _units_of(draw[units[u]], limits), n)
        if gaps:                       # an n-gram ends before one
            u += 1
            while u < stop and first[units[u] - 1] >= 0:
                u += 1
        else:
            u = stop
    running(begins, none, length, joined)


cdef inline int32_t _units_of(uint32_t draw, const uint64_t[::1] limits) noexcept nogil:
    """Return how many units an n-gram has that begins with a unit of this draw."""
    cdef Py_ssize_t k
    cdef int32_t n = 1
    for k in range(limits.shape[0]):
        n += draw >= limits[k]
    return n


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
              const int32_t[::1] first, bint scattered, uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose,
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
                if first is None:
                    n += _tokens(ids, known, base, &draw[0], length, most, &at[n])
                elif scattered:
                    for p in range(length):
                        hit[p + 1] = draw[p] <= most
                    n += _scattered(&first[base], base, length, &hit[1], &at[n])
                else:
                    borders(&first[base], length, &border[0, 0], &border[1, 0])
                    n += _whole(&border[0, 0], &border[1, 0], base, &draw[0], length, most, &at[n])
            row_offsets[r + 1] = n
    return begins, found[:n]


cdef enum:
    BUCKETS = 64


cdef struct Choice:                    # what is chosen in a row
    int32_t *size                      # of each unit, by its place
    uint8_t *chosen
    int64_t left                       # of the budget


cdef void _fill(uint64_t *units, int64_t n, Choice *choice) noexcept nogil:
    """Take units in order as long as the budget lasts: by parting, not sorting, since order matters at its edge only."""
    cdef uint64_t pivot, held
    cdef int64_t i, j, total
    while n > 0 and choice.left > 0:
        if n == 1:
            i = units[0] & 0xFFFFFF
            if choice.size[i] <= choice.left:
                choice.chosen[i] = 1
                choice.left -= choice.size[i]
            return
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


def exact(const int32_t[::1] first, bint scattered, const uint8_t[::1] rank, const int32_t[::1] offsets, uint64_t key,
          const uint64_t[::1] row_ids, uint32_t purpose, const int32_t[::1] budget, bint some):
    """Select units up to a number of tokens in each row; return (row offsets, tokens)."""
    cdef Py_ssize_t longest = _longest(offsets), r, rows = offsets.shape[0] - 1
    begins, found = np.zeros(rows + 1, np.int32), empty(first.shape[0] + 4, np.int32)
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
                if scattered or rank is not None:
                    memset(&hit[0], 0, length + 1)
                    _sized(&first[base], &draw[0], NULL if rank is None else &rank[base], length, &choice, &units[0],
                           budget[r], some)
                    n += _scattered(&first[base], base, length, choice.chosen, &at[n])
                else:
                    borders(&first[base], length, &border[0, 0], &border[1, 0])
                    _unsized(&border[0, 0], &border[1, 0], &draw[0], length, &choice, &units[0], budget[r], some)
                    n += _taken(&choice, base, length, &at[n])
            row_offsets[r + 1] = n
    return begins, found[:n]


def corrupt(const ids_t[::1] ids, const int32_t[::1] row_offsets, const int32_t[::1] at, const int32_t[::1] unit,
            uint64_t key, const uint64_t[::1] row_ids, purposes, limits, int64_t mask, const int64_t[::1] pool,
            const uint32_t[::1] weights):
    """Say what becomes of the selected tokens; return (new ids, what happened)."""
    cdef Py_ssize_t n = at.shape[0], r, longest = _longest(row_offsets)
    made, happened = empty(n, np.int64), empty(n, np.uint8)
    draws, others = np.empty(longest + ROOM, np.uint32), np.empty(longest + ROOM, np.uint32)
    happens = np.empty(longest + 1, np.uint8)
    cdef int64_t held
    cdef int64_t[::1] token = made
    cdef uint8_t[::1] kind = happened, happen = happens
    cdef uint32_t[::1] draw = draws, other = others
    cdef uint32_t what = purposes[0], which = purposes[1]
    cdef uint64_t masked = limits[0], random = limits[1]
    cdef int32_t i, base, count
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
                held = ids[at[base + i]]
                token[base + i] = held ^ ((held ^ mask) & -<int64_t> (kind[base + i] == MASK))
            if random > masked:
                philox_row(key, row_ids[r], which, count, &other[0])
                for i in range(count):
                    if kind[base + i] == RANDOM:
                        token[base + i] = _drawn(pool, weights, other[i])
    return made, happened


cdef void _happens(const uint32_t *draw, int32_t count, uint64_t masked, uint64_t random, uint8_t *kind) noexcept nogil:
    """Write what draws say: below the first limit, below the second, or neither."""
    cdef uint32_t one = <uint32_t> (masked - 1), two = <uint32_t> (random - 1)
    cdef uint8_t least = MASK + (masked == 0) + (random == 0)
    cdef int32_t i
    if masked == 0:
        one = 0xFFFFFFFF               # no draw is above it: counted in `least`
    if random == 0:
        two = 0xFFFFFFFF
    for i in range(count):
        kind[i] = least + (draw[i] > one) + (draw[i] > two)


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
    made, weights = np.empty(offsets.shape[0] - 1, np.uint64), np.empty(longest, np.uint64)
    cdef uint64_t[::1] found = made, weight = weights
    cdef uint64_t total
    cdef Py_ssize_t r
    cdef int32_t t
    with nogil:
        for t in range(longest):
            weight[t] = _mix(<uint64_t> t) | 1
        for r in range(offsets.shape[0] - 1):
            total = 0
            for t in range(offsets[r], offsets[r + 1]):
                total += (<uint64_t> <int64_t> ids[t] + 1) * (weight[t - offsets[r]] & -<uint64_t> (ids[t] != pad))
            found[r] = _mix(total)
    return made
