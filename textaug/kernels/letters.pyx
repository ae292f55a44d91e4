"""Letters, compiled: see `reference/letters.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcmp, memcpy

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
    int32_t either_of(const uint8_t *flags, int n)
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
    return <uint8_t> (kind - 3) <= 2     # LETTER, DIGIT, HAN


cdef inline bint _in_word(uint8_t kind) noexcept nogil:
    return _is_letter(kind) | (kind == 8)  # CLUSTER: a letter and its marks


def alphabetic(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] kind,
               const int32_t[:, ::1] runs):
    """Say which characters are single letters or digits of a known alphabet."""
    cdef Py_ssize_t u, n = start.shape[0]
    cdef Alphabets held
    cdef int32_t nothing = 0
    out = empty(n, np.uint8)
    cdef uint8_t[::1] known = out
    _open(&held, runs, <const int32_t[:1]> &nothing)
    with nogil:
        for u in range(n):
            known[u] = _is_letter(kind[u])
            if data[start[u]] >= 0x80:
                known[u] &= _run_of(&held, utf8_decode(&data[start[u]])) >= 0
    return out


def substitute(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] picked,
               const uint32_t[::1] draw, const int32_t[:, ::1] runs, const int32_t[::1] hanzi):
    """Return (text_start, text_end, text): for each picked letter another of its alphabet."""
    cdef Py_ssize_t i, n = picked.shape[0]
    cdef Alphabets held
    cdef int32_t letter, run, size, k, at = 0
    text_start, text_end, out = empty(n, np.int32), empty(n, np.int32), empty(4 * n + 4, np.uint8)
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


cdef bint _differ(const uint8_t *data, int32_t a, int32_t b, int32_t end) noexcept nogil:
    return b - a != end - b or memcmp(data + a, data + b, b - a) != 0


def joinable(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start,
             const int32_t[::1] end, const uint8_t[::1] kind, const uint8_t[::1] free):
    """Say which characters could swap with the next one: both in one word, different, and free."""
    cdef Py_ssize_t r, u, n = start.shape[0]
    cdef bint guarded = free is not None, single, next_single
    cdef uint8_t here, after, byte, next_byte
    out = empty(n, np.uint8)
    cdef uint8_t[::1] joins = out
    with nogil:
        for r in range(row_offsets.shape[0] - 1):
            if row_offsets[r] < row_offsets[r + 1]:
                joins[row_offsets[r + 1] - 1] = 0
                here = _in_word(kind[row_offsets[r]])
                byte = data[start[row_offsets[r]]]
                single = byte < 0x80 and kind[row_offsets[r]] != 8
            for u in range(row_offsets[r], row_offsets[r + 1] - 1):
                after = _in_word(kind[u + 1])
                next_byte = data[start[u + 1]]
                next_single = (next_byte < 0x80) & (kind[u + 1] != 8)
                joins[u] = here & after & (end[u] == start[u + 1]) & (byte != next_byte)
                if not (single & next_single):  # the first bytes alone do not tell
                    joins[u] = (here & after & (end[u] == start[u + 1])
                                and _differ(&data[0], start[u], end[u], end[u + 1]))
                here, byte, single = after, next_byte, next_single
        if guarded:
            for u in range(n - 1):
                joins[u] &= free[u] & free[u + 1]
    return out


def swapped(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] unit):
    """Return (start, end, text_start, text_end, text): each unit and its right neighbour in each other's place."""
    cdef Py_ssize_t i, n = unit.shape[0]
    cdef int32_t u, at = 0, size = 0
    for i in range(n):
        size += end[unit[i] + 1] - start[unit[i]]
    tables, out = [empty(n, np.int32) for _ in range(4)], empty(size, np.uint8)
    cdef int32_t[::1] a = tables[0], b = tables[1], c = tables[2], d = tables[3]
    cdef uint8_t[::1] text = out
    with nogil:
        for i in range(n):
            u = unit[i]
            a[i], b[i], c[i] = start[u], end[u + 1], at
            memcpy(&text[at], &data[start[u + 1]], end[u + 1] - start[u + 1])
            at += end[u + 1] - start[u + 1]
            memcpy(&text[at], &data[start[u]], end[u] - start[u])
            at += end[u] - start[u]
            d[i] = at
    return tables[0], tables[1], tables[2], tables[3], out


cdef int64_t _longest(const int32_t[::1] row_offsets) noexcept nogil:
    cdef int64_t most = 0
    cdef Py_ssize_t r
    for r in range(row_offsets.shape[0] - 1):
        most = max(most, row_offsets[r + 1] - row_offsets[r])
    return most


def pairs(uint64_t key, const uint64_t[::1] row_ids, const int32_t[::1] row_offsets, const uint8_t[::1] joins,
          const uint64_t[::1] thresholds, int64_t at_least, int64_t at_most):
    """Return (unit, row, eligible): units that swap with their right neighbour, no unit twice."""
    cdef Py_ssize_t r, count = 0
    cdef int64_t u, first, n, k, left, known, total = 0
    cdef uint32_t limit
    cdef const uint8_t *join
    cdef uint8_t before
    cdef uint32_t bits
    cdef int passed
    cdef uint32_t[::1] draws = empty(_longest(row_offsets) + 4, np.uint32)
    cdef uint32_t *draw = &draws[0]
    unit_out, row_out = empty(joins.shape[0] // 2 + 1, np.int32), empty(joins.shape[0] // 2 + 1, np.int32)
    cdef int32_t[::1] unit = unit_out, row = row_out
    with nogil:
        for r in range(row_ids.shape[0]):
            first = row_offsets[r]
            n = row_offsets[r + 1] - first
            if thresholds[r] == 0 or n == 0:
                continue
            join = &joins[first]
            left = join[0]
            u = 1
            while u + 8 <= n:
                left += either_of(join + u, 8)
                u += 8
            for u in range(u, n):
                left += join[u] | join[u - 1]
            if left == 0:
                continue
            total += left
            k = <int64_t> ((thresholds[r] * <uint64_t> left
                            + 2 * <uint64_t> philox_draw(key, row_ids[r], BUDGET_PURPOSE, 0)) >> 33)
            k = min(max(k, at_least // 2), at_most // 2)
            if k > 0:
                philox_row(key, row_ids[r], SELECT_PURPOSE, n, draw)
            u = before = known = 0
            while u < n and k > 0:
                if 0 < u <= n - 8:  # pass by what cannot be selected
                    if u + 8 > known:
                        known = u + horizon(left - k, 1)
                        limit = limit_ahead(left - k, k, 1, <int32_t> (known - u))
                    bits = maybe8(draw + u, join + u, limit)
                    if bits == 0:  # a branch of its own, so that the next eight need not wait for these
                        left -= either_of(join + u, 8)
                        u += 8
                        before = join[u - 1]
                        continue
                    passed = lowest8(bits)
                    left -= either_of(join + u, passed)
                    u += passed
                    before = join[u - 1]
                if (join[u] != 0) & drawn(draw[u], left - k, k):  # one rare branch instead of two
                    unit[count] = <int32_t> (first + u)
                    row[count] = r
                    count += 1
                    k -= 1
                    left -= 2
                    u += 2
                    before = join[u - 1]
                    known = 0
                else:
                    left -= join[u] | before
                    before = join[u]
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
