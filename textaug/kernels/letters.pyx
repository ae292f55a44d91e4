"""Letters, compiled: see `reference/letters.py` for the definitions."""

import numpy as np

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t

cdef extern from "philox.h" nogil:
    void philox4x32(uint32_t *c, uint64_t key)

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)
    int utf8_encode(int32_t c, uint8_t *to)

cdef extern from *:
    """
    #include <stdint.h>
    /* draw * sites < wanted * 2**32, where the products may need more than 64 bits */
    static inline int drawn(uint32_t draw, int64_t sites, int64_t wanted) {
        return (__int128)draw * sites < (__int128)wanted << 32;
    }
    """
    bint drawn(uint32_t draw, int64_t sites, int64_t wanted) nogil

cdef enum:
    SUBSTITUTE = 1
    INSERT = 2
    DELETE = 4
    SWAP = 8
    WINDOW = 4
    SELECT_PURPOSE = 2
    CORRUPT_PURPOSE = 3
    BUDGET_PURPOSE = 6
    LATIN = 97


cdef struct Alphabets:
    const int32_t *runs     # (first, last, pool's first, pool's size), sorted
    int32_t count
    const int32_t *hanzi
    int32_t ascii[128]      # the run of each ASCII character, or -1


cdef int32_t _run_of(const Alphabets *held, int32_t letter) noexcept nogil:
    cdef int32_t low = 0, high = held.count, middle
    if letter < 128:
        return held.ascii[letter]
    while low < high:  # the last run that begins at or before the letter
        middle = (low + high) >> 1
        if held.runs[4 * middle] <= letter:
            low = middle + 1
        else:
            high = middle
    low -= 1
    return low if low >= 0 and letter <= held.runs[4 * low + 1] else -1


cdef void _open(Alphabets *held, const int32_t[:, ::1] runs, const int32_t[::1] hanzi) noexcept nogil:
    cdef int32_t i, k
    held.runs = &runs[0, 0]
    held.count = runs.shape[0]
    held.hanzi = &hanzi[0]
    for i in range(128):
        held.ascii[i] = -1
        for k in range(held.count):
            if held.runs[4 * k] <= i <= held.runs[4 * k + 1]:
                held.ascii[i] = k


cdef inline int32_t _member(const Alphabets *held, int32_t run, int32_t k) noexcept nogil:
    cdef int32_t first = held.runs[4 * run + 2]
    return held.hanzi[k] if first == -1 else first + k


cdef inline bint _is_letter(uint8_t kind) noexcept nogil:
    return kind == 3 or kind == 4 or kind == 5


def alphabetic(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] kind,
               const int32_t[:, ::1] runs):
    """Say which characters are single letters or digits of a known alphabet."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef Alphabets held
    cdef int32_t nothing = 0
    out = np.empty(n, np.uint8)
    cdef uint8_t[::1] known = out
    _open(&held, runs, <const int32_t[:1]> &nothing)
    with nogil:
        for u in range(n):
            if not _is_letter(kind[u]):
                known[u] = 0
            elif data[start[u]] < 0x80:
                known[u] = held.ascii[data[start[u]]] >= 0
            else:
                known[u] = _run_of(&held, utf8_decode(&data[start[u]])) >= 0
    return out


def substitute(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] picked,
               const uint32_t[::1] draw, const int32_t[:, ::1] runs, const int32_t[::1] hanzi):
    """Return (text_start, text_end, text): for each picked letter another of its alphabet."""
    cdef Py_ssize_t i, n = picked.shape[0]
    cdef Alphabets held
    cdef int32_t letter, run, size, k, at = 0
    text_start, text_end, out = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(4 * n + 4, np.uint8)
    cdef int32_t[::1] begins = text_start, ends = text_end
    cdef uint8_t[::1] text = out
    _open(&held, runs, hanzi)
    with nogil:
        for i in range(n):
            letter = utf8_decode(&data[start[picked[i]]])
            run = _run_of(&held, letter)
            size = held.runs[4 * run + 3]
            k = <int32_t> ((<uint64_t> draw[i] * size) >> 32)
            if _member(&held, run, k) == letter:
                k = k + 1 if k + 1 < size else 0
            begins[i] = at
            at += utf8_encode(_member(&held, run, k), &text[at])
            ends[i] = at
    return text_start, text_end, out[:at]


def joinable(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start,
             const int32_t[::1] end, const uint8_t[::1] kind, const uint8_t[::1] free):
    """Say which characters could swap with the next one: both in one word, different, and free."""
    cdef Py_ssize_t r, u, n = start.shape[0]
    cdef int32_t i, size
    cdef bint guarded = free is not None, here, after
    out = np.zeros(n, np.uint8)
    cdef uint8_t[::1] joins = out
    with nogil:
        for r in range(row_offsets.shape[0] - 1):
            if row_offsets[r] == row_offsets[r + 1]:
                continue
            u = row_offsets[r]
            after = (_is_letter(kind[u]) or kind[u] == 8) and not (guarded and not free[u])
            while u + 1 < row_offsets[r + 1]:
                here = after
                after = (_is_letter(kind[u + 1]) or kind[u + 1] == 8) and not (guarded and not free[u + 1])
                if here and after and end[u] == start[u + 1]:
                    size = end[u] - start[u]
                    joins[u] = size != end[u + 1] - start[u + 1]
                    for i in range(size):
                        if joins[u]:
                            break
                        joins[u] = data[start[u] + i] != data[start[u + 1] + i]
                u += 1
    return out


cdef inline bint _able(const uint8_t *joins, int64_t u) noexcept nogil:
    return joins[u] != 0 or (u > 0 and joins[u - 1] != 0)


def pairs(uint64_t key, const uint64_t[::1] row_ids, const int32_t[::1] row_offsets, const uint8_t[::1] joins,
          const uint64_t[::1] thresholds, int64_t at_least, int64_t at_most):
    """Return (unit, row, eligible): units that swap with their right neighbour, no unit twice."""
    cdef Py_ssize_t r, count = 0
    cdef int64_t u, first, n, k, left, total = 0
    cdef uint32_t x[4]
    unit_out, row_out = np.empty(joins.shape[0] // 2 + 1, np.int32), np.empty(joins.shape[0] // 2 + 1, np.int32)
    cdef int32_t[::1] unit = unit_out, row = row_out
    with nogil:
        for r in range(row_ids.shape[0]):
            first = row_offsets[r]
            n = row_offsets[r + 1] - first
            if thresholds[r] == 0:
                continue
            left = 0
            for u in range(n):
                left += _able(&joins[first], u)
            if left == 0:
                continue
            total += left
            x[0], x[1], x[2], x[3] = 0, BUDGET_PURPOSE, <uint32_t> row_ids[r], <uint32_t> (row_ids[r] >> 32)
            philox4x32(x, key)
            k = <int64_t> ((thresholds[r] * <uint64_t> left + 2 * <uint64_t> x[0]) >> 33)
            k = min(max(k, at_least // 2), at_most // 2)
            u = 0
            while u < n and k > 0:
                if joins[first + u]:
                    x[0], x[1], x[2], x[3] = u >> 2, SELECT_PURPOSE, <uint32_t> row_ids[r], <uint32_t> (row_ids[r] >> 32)
                    philox4x32(x, key)
                    if drawn(x[u & 3], left - k, k):
                        unit[count] = <int32_t> (first + u)
                        row[count] = r
                        count += 1
                        k -= 1
                        left -= 2
                        u += 2
                        continue
                left -= _able(&joins[first], u)
                u += 1
    return unit_out[:count], row_out[:count], total


cdef struct Shift:          # see the reference: what shifting the text since the last indel would cost
    int32_t open
    int32_t previous
    int32_t excess
    int32_t kept


cdef inline void _keep(Shift *shift, int32_t letter) noexcept nogil:
    shift.excess += shift.previous != letter
    shift.previous = letter
    shift.kept += 1


cdef inline void _change(Shift *shift, int32_t old, int32_t new) noexcept nogil:
    if shift.open > 0:
        shift.excess += (shift.previous != old) - 1
        shift.previous = new
    else:
        shift.excess += (shift.previous != new) - 1
        shift.previous = old


cdef inline bint _allows(const Shift *shift, int32_t direction, int32_t letter) noexcept nogil:
    if shift.open == 0:
        return True
    return shift.kept > 0 and (shift.open == direction or shift.excess + (shift.previous != letter) >= 2)


cdef struct Row:            # one row of noise on its way from left to right
    const uint8_t *data
    const int32_t *start
    const int32_t *end
    const uint8_t *usable
    int64_t size
    int64_t i
    bint strict
    int32_t run
    Shift shift


cdef struct Out:
    int32_t *start
    int32_t *end
    int32_t *text_start
    int32_t *text_end
    uint8_t *text
    int64_t count
    int32_t written


cdef inline int32_t _letter(const Row *row, int64_t i) noexcept nogil:
    return utf8_decode(row.data + row.start[i])


cdef int32_t _novel(const Row *row, const Alphabets *held, uint32_t draw) noexcept nogil:
    """A letter of the alphabet in use that no character nearby equals, so that nothing can match it."""
    cdef int32_t near[2 * WINDOW + 1]
    cdef int32_t size = held.runs[4 * row.run + 3], k = <int32_t> ((<uint64_t> draw * size) >> 32), letter, n = 0, i
    cdef int64_t at
    cdef bint taken = True
    for at in range(max(row.i - WINDOW, 0), min(row.i + WINDOW + 1, row.size)):
        near[n] = _letter(row, at)
        n += 1
    while True:
        letter = _member(held, row.run, k)
        taken = False
        for i in range(n):
            taken |= near[i] == letter
        if not taken:
            return letter
        k = k + 1 if k + 1 < size else 0


cdef inline void _emit(Out *out, int32_t start, int32_t end, int32_t letter) noexcept nogil:
    out.start[out.count] = start
    out.end[out.count] = end
    out.text_start[out.count] = out.written
    if letter >= 0:
        out.written += utf8_encode(letter, out.text + out.written)
    out.text_end[out.count] = out.written
    out.count += 1


cdef int _try(Row *row, const Alphabets *held, int32_t action, uint32_t draw, Out *out) noexcept nogil:
    """Do the action at the row's place, if it adds its full cost; return how many characters it used up."""
    cdef int32_t letter = _letter(row, row.i), new
    cdef Shift before
    if action == SUBSTITUTE:
        new = _novel(row, held, draw)
        _change(&row.shift, letter, new)
        _emit(out, row.start[row.i], row.end[row.i], new)
        return 1
    if action == INSERT:
        new = _novel(row, held, draw)
        before = row.shift
        _keep(&before, letter)
        if row.strict and not _allows(&before, 1, new):
            return 0
        row.shift = Shift(1, new, 0, 0)
        _emit(out, row.end[row.i], row.end[row.i], new)
        return 1
    if row.strict and not _allows(&row.shift, -1, letter):
        return 0
    if action == DELETE:
        row.shift = Shift(-1, letter, 0, 0)
        _emit(out, row.start[row.i], row.end[row.i], -1)
        return 1
    if row.i + 1 == row.size or not row.usable[row.i + 1] or _letter(row, row.i + 1) == letter:
        return 0
    row.shift = Shift(1, letter, 0, 0)
    new = _letter(row, row.i + 1)
    _emit(out, row.start[row.i], row.end[row.i + 1], new)
    out.written += utf8_encode(letter, out.text + out.written)
    out.text_end[out.count - 1] = out.written
    return 2


cdef int64_t _fill(Row *row, const Alphabets *held, int64_t budget, uint64_t key, uint64_t row_id,
                   const int32_t *actions, int32_t count, int32_t cost, int32_t footprint, Out *out) noexcept nogil:
    """Spend the row's budget from left to right; return what was spent."""
    cdef int64_t left = 0, k = budget
    cdef int32_t run, first, t, action, used
    cdef uint32_t select[4]
    cdef uint32_t corrupt[4]
    cdef int64_t block = -1
    for row.i in range(row.size):
        left += row.usable[row.i] != 0
    row.i = 0
    while row.i < row.size:
        run = _run_of(held, _letter(row, row.i))
        if run >= 0:
            row.run = run
        used = 0
        if row.usable[row.i]:
            if k > 0:
                if row.i >> 2 != block:
                    block = row.i >> 2
                    select[0], select[1], select[2], select[3] = <uint32_t> block, SELECT_PURPOSE, <uint32_t> row_id, <uint32_t> (row_id >> 32)
                    philox4x32(select, key)
                if drawn(select[row.i & 3], left * cost - k * footprint, k * count):
                    corrupt[0], corrupt[1], corrupt[2], corrupt[3] = <uint32_t> row.i, CORRUPT_PURPOSE, <uint32_t> row_id, <uint32_t> (row_id >> 32)
                    philox4x32(corrupt, key)
                    first = <int32_t> ((<uint64_t> corrupt[0] * count) >> 32)
                    for t in range(count):
                        action = actions[(first + t) % count]
                        if 1 + (action == SWAP) <= k:
                            used = _try(row, held, action, corrupt[1], out)
                            if used:
                                k -= 1 + (action == SWAP)
                                break
            left -= 1
        if used == 0:
            _keep(&row.shift, _letter(row, row.i))
        left -= used == 2
        row.i += max(used, 1)
    return budget - k


def noise(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
          const uint8_t[::1] usable, uint64_t key, const uint64_t[::1] row_ids, const int32_t[::1] lengths,
          const uint64_t[::1] thresholds, int32_t actions, const int32_t[:, ::1] runs, const int32_t[::1] hanzi):
    """Return (row_offsets, start, end, text_start, text_end, text, errors)."""
    cdef Py_ssize_t r, rows = row_ids.shape[0], n = start.shape[0]
    cdef int32_t chosen[4]
    cdef int32_t count = 0, cost = 0, footprint = 0, action, latin
    cdef bint strict = (actions & SWAP) != 0 or actions & (INSERT | DELETE) == INSERT | DELETE
    cdef int64_t k, errors = 0
    cdef uint32_t x[4]
    cdef Alphabets held
    cdef Row row
    for action in (SUBSTITUTE, INSERT, DELETE, SWAP):
        if actions & action:
            chosen[count] = action
            count += 1
            cost += 1 + (action == SWAP)
            footprint += strict * (0 if action == SUBSTITUTE else 1 + (action == SWAP))
    offsets_out, tables = np.zeros(rows + 1, np.int32), [np.empty(n + 1, np.int32) for _ in range(4)]
    text_out = np.empty(4 * n + 16, np.uint8)
    cdef int32_t[::1] out_offsets = offsets_out, a = tables[0], b = tables[1], c = tables[2], d = tables[3]
    cdef uint8_t[::1] text = text_out
    cdef Out out = Out(&a[0], &b[0], &c[0], &d[0], &text[0], 0, 0)
    _open(&held, runs, hanzi)
    latin = held.ascii[LATIN]
    with nogil:
        for r in range(rows):
            x[0], x[1], x[2], x[3] = 0, BUDGET_PURPOSE, <uint32_t> row_ids[r], <uint32_t> (row_ids[r] >> 32)
            philox4x32(x, key)
            if actions == SWAP:
                k = <int64_t> ((thresholds[r] * <uint64_t> lengths[r] + 2 * <uint64_t> x[0]) >> 33 << 1)
            else:
                k = <int64_t> ((thresholds[r] * <uint64_t> lengths[r] + x[0]) >> 32)
            if k > 0 and row_offsets[r + 1] > row_offsets[r]:
                row.data = &data[0]
                row.start = &start[row_offsets[r]]
                row.end = &end[row_offsets[r]]
                row.usable = &usable[row_offsets[r]]
                row.size = row_offsets[r + 1] - row_offsets[r]
                row.strict = strict
                row.run = latin
                row.shift = Shift(0, -1, 0, 0)
                errors += _fill(&row, &held, k, key, row_ids[r], chosen, count, cost, footprint, &out)
            out_offsets[r + 1] = <int32_t> out.count
    arrays = [table[:out.count] for table in tables]
    return offsets_out, arrays[0], arrays[1], arrays[2], arrays[3], text_out[:out.written], errors
