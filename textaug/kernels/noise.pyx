"""Noise at a character error rate, compiled: see `reference/noise.py` for the definition."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t

cdef extern from "philox.h" nogil:
    uint32_t philox_draw(uint64_t key, uint64_t row, uint32_t purpose, uint32_t index)
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)
    int utf8_encode(int32_t c, uint8_t *to)

cdef extern from "scan.h" nogil:
    bint drawn(uint32_t draw, int64_t sites, int64_t wanted)
    uint32_t limit_ahead(int64_t sites, int64_t wanted, int32_t cost, int32_t ahead)
    int32_t horizon(int64_t sites, int32_t cost)
    uint32_t maybe8(const uint32_t *draw, const uint8_t *flags, uint32_t limit)
    int lowest8(uint32_t bits)
    int32_t sum_of(const uint8_t *flags, int n)
    int32_t changes_of(const int32_t *letters, int32_t previous, int n)

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

include "alphabets.pxi"
include "rows.pxi"


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
    const int32_t *letters  # code points
    const int32_t *start
    const int32_t *end
    const uint8_t *usable
    int64_t size
    int64_t i
    bint strict
    Shift shift


cdef struct Out:
    int32_t *start
    int32_t *end
    int32_t *text_start
    int32_t *text_end
    uint8_t *text
    int64_t count
    int32_t written


cdef int32_t _run_in_use(const Row *row, const Alphabets *held) noexcept nogil:
    """The alphabet of the last letter up to here."""
    cdef int64_t at = row.i
    cdef int32_t run = -1
    while at >= 0 and run < 0:
        run = _run_of(held, row.letters[at])
        at -= 1
    return run if run >= 0 else held.ascii[LATIN]


cdef int32_t _novel(const Row *row, const Alphabets *held, uint32_t draw) noexcept nogil:
    """A letter of the alphabet in use that no character nearby equals, so that nothing can match it."""
    cdef int32_t run = _run_in_use(row, held), size = held.runs[4 * run + 3], letter
    cdef int32_t k = <int32_t> ((<uint64_t> draw * size) >> 32)
    cdef int64_t at, first = max(row.i - WINDOW, 0), last = min(row.i + WINDOW + 1, row.size)
    cdef bint taken
    while True:
        letter = _member(held, run, k)
        taken = False
        for at in range(first, last):
            taken |= row.letters[at] == letter
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
    cdef int32_t letter = row.letters[row.i], new
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
    if row.i + 1 == row.size or not row.usable[row.i + 1] or row.letters[row.i + 1] == letter:
        return 0
    row.shift = Shift(1, letter, 0, 0)
    new = row.letters[row.i + 1]
    _emit(out, row.start[row.i], row.end[row.i + 1], new)
    out.written += utf8_encode(letter, out.text + out.written)
    out.text_end[out.count - 1] = out.written
    return 2


cdef int _act(Row *row, const Alphabets *held, int64_t k, uint32_t first_draw, uint32_t second_draw,
              const int32_t *actions, int32_t count, Out *out) noexcept nogil:
    """Try the drawn action, then the others; return how many characters were used up."""
    cdef int32_t first = <int32_t> ((<uint64_t> first_draw * count) >> 32), t, action
    cdef int used
    for t in range(count):
        action = actions[first + t if first + t < count else first + t - count]
        if 1 + (action == SWAP) <= k:
            used = _try(row, held, action, second_draw, out)
            if used:
                return used
    return 0


cdef inline int32_t _pass(const Row *row, int64_t i, int n, Shift *shift) noexcept nogil:
    """Keep the next n <= 8 characters; return how many of them are usable."""
    if row.strict:
        shift[0] = Shift(shift.open, row.letters[i + n - 1],
                         shift.excess + changes_of(row.letters + i, shift.previous, n), shift.kept + n)
    return sum_of(row.usable + i, n)


cdef int64_t _fill(Row *row, const Alphabets *held, int64_t budget, uint64_t key, uint64_t row_id,
                   const uint32_t *draw, uint32_t *corrupt, const int32_t *actions, int32_t count, int32_t cost,
                   int32_t footprint, Out *out) noexcept nogil:
    """Spend the row's budget from left to right; return what was spent."""
    cdef int64_t left = 0, k = budget, i, tries = 0, made = min(budget + 8, row.size)
    cdef int64_t sites, wanted = k * count, known = 0
    cdef uint32_t limit
    cdef int32_t used
    cdef uint32_t bits
    cdef int passed
    cdef Shift shift = row.shift  # a local stays in registers; memory would make every step wait for the last
    philox_row(key, row_id, CORRUPT_PURPOSE, 2 * made, corrupt)
    i = 0
    while i + 8 <= row.size:
        left += sum_of(row.usable + i, 8)
        i += 8
    for i in range(i, row.size):
        left += row.usable[i]
    sites = left * cost - k * footprint
    i = 0
    while i < row.size and k > 0:
        if i + 8 <= row.size:  # pass by what cannot be selected
            if i + 8 > known:
                known = i + horizon(sites, cost)
                limit = limit_ahead(sites, wanted, cost, <int32_t> (known - i))
            bits = maybe8(draw + i, row.usable + i, limit)
            if bits == 0:  # a branch of its own, so that the next eight need not wait for these
                sites -= _pass(row, i, 8, &shift) * cost
                i += 8
                continue
            passed = lowest8(bits)
            if passed:
                sites -= _pass(row, i, passed, &shift) * cost
                i += passed
        used = 0
        if row.usable[i] & drawn(draw[i], sites, wanted):
            if tries == made:  # more failed than foreseen
                made = row.size
                philox_row(key, row_id, CORRUPT_PURPOSE, 2 * made, corrupt)
            row.i = i
            row.shift = shift
            used = _act(row, held, k, corrupt[2 * tries], corrupt[2 * tries + 1], actions, count, out)
            shift = row.shift
            tries += 1
            k -= used  # a swap uses two characters and costs 2, the others one and 1
            wanted = k * count
            known = 0
            sites += used * footprint - (used == 2) * cost
        sites -= row.usable[i] * cost
        if used == 0:
            if row.strict:
                _keep(&shift, row.letters[i])
            i += 1
        else:
            i += used
    return budget - k


cdef void _read(const uint8_t *data, Row *row, int32_t *letters) noexcept nogil:
    """Decode the row's characters."""
    cdef int64_t i
    cdef int32_t first = row.start[0]
    if row.end[row.size - 1] - first == row.size:
        for i in range(row.size):
            letters[i] = data[first + i]
    else:
        for i in range(row.size):
            letters[i] = utf8_decode(data + row.start[i])


def lengths(const uint8_t[::1] data, const int32_t[::1] offsets):
    """Return the code points of each row."""
    cdef Py_ssize_t r, i
    cdef int32_t n
    out = empty(offsets.shape[0] - 1, np.int32)
    cdef int32_t[::1] counts = out
    with nogil:
        for r in range(offsets.shape[0] - 1):
            n = 0
            for i in range(offsets[r], offsets[r + 1]):
                n += (data[i] & 0xC0) != 0x80
            counts[r] = n
    return out


def noise(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
          const uint8_t[::1] usable, uint64_t key, const uint64_t[::1] row_ids, const int32_t[::1] lengths,
          const uint64_t[::1] thresholds, int32_t actions, const int32_t[:, ::1] runs, const int32_t[::1] hanzi):
    """Return (row_offsets, start, end, text_start, text_end, text, errors)."""
    cdef Py_ssize_t r, rows = row_ids.shape[0], n = start.shape[0]
    cdef int32_t chosen[4]
    cdef int32_t count = 0, cost = 0, footprint = 0, action
    cdef int64_t longest = _longest(row_offsets)
    cdef int32_t[::1] held_letters = empty(longest + 4, np.int32)
    cdef uint32_t[::1] held_draws = empty(3 * longest + 8, np.uint32)
    cdef int32_t *letters = &held_letters[0]
    cdef uint32_t *draw = &held_draws[0]
    cdef bint strict = (actions & SWAP) != 0 or actions & (INSERT | DELETE) == INSERT | DELETE
    cdef int64_t k, errors = 0
    cdef uint32_t drawn_budget
    cdef Alphabets held
    cdef Row row
    for action in (SUBSTITUTE, INSERT, DELETE, SWAP):
        if actions & action:
            chosen[count] = action
            count += 1
            cost += 1 + (action == SWAP)
            footprint += strict * (0 if action == SUBSTITUTE else 1 + (action == SWAP))
    offsets_out, tables = np.zeros(rows + 1, np.int32), [empty(n + 1, np.int32) for _ in range(4)]
    text_out = empty(4 * n + 16, np.uint8)
    cdef int32_t[::1] out_offsets = offsets_out, a = tables[0], b = tables[1], c = tables[2], d = tables[3]
    cdef uint8_t[::1] text = text_out
    cdef Out out = Out(&a[0], &b[0], &c[0], &d[0], &text[0], 0, 0)
    _open(&held, runs, hanzi)
    with nogil:
        for r in range(rows):
            drawn_budget = philox_draw(key, row_ids[r], BUDGET_PURPOSE, 0)
            if actions == SWAP:
                k = <int64_t> ((thresholds[r] * <uint64_t> lengths[r] + 2 * <uint64_t> drawn_budget) >> 33 << 1)
            else:
                k = <int64_t> ((thresholds[r] * <uint64_t> lengths[r] + drawn_budget) >> 32)
            if k > 0 and row_offsets[r + 1] > row_offsets[r]:
                row.letters = letters
                row.start = &start[row_offsets[r]]
                row.end = &end[row_offsets[r]]
                row.usable = &usable[row_offsets[r]]
                row.size = row_offsets[r + 1] - row_offsets[r]
                row.strict = strict
                row.shift = Shift(0, -1, 0, 0)
                _read(&data[0], &row, letters)
                philox_row(key, row_ids[r], SELECT_PURPOSE, row.size, draw)
                errors += _fill(&row, &held, k, key, row_ids[r], draw, draw + longest + 4, chosen, count, cost,
                                footprint, &out)
            out_offsets[r + 1] = <int32_t> out.count
    arrays = [table[:out.count] for table in tables]
    return offsets_out, arrays[0], arrays[1], arrays[2], arrays[3], text_out[:out.written], errors
