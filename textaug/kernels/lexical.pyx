"""Lexical substitution, compiled: see `reference/lexical.py` for the definition."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc, qsort
from libc.string cimport memchr, memcpy, memset

cdef extern from "philox.h" nogil:
    void philox4x32(uint32_t *c, uint64_t key)

cdef extern from * nogil:
    """
    #if defined(__GNUC__)
    #define PREFETCH(address) __builtin_prefetch(address)
    #else
    #define PREFETCH(address)
    #endif
    """
    void PREFETCH(const void *)

cdef enum:
    BLOCK = 64                         # units whose slots are fetched ahead
    MAX_KEY = 255
    LOWER = 0
    HAN = 5
    TITLE = 1
    UPPER = 2
    MIXED = 3

cdef uint64_t SEED = 0x9E3779B97F4A7C15ULL, MULTIPLIER = 0xD6E8FEB86659FD93ULL, ONES = 0x0101010101010101ULL
cdef uint32_t KINDS = 1 << 5 | 1 << 16 | 1 << 18 | 1 << 23


cdef inline uint64_t _fold(uint64_t x, uint64_t *capitals) noexcept nogil:
    """Put the ASCII letters of eight bytes into lower case, all at once."""
    cdef uint64_t low = x & (0x7F * ONES)
    cdef uint64_t upper = ((low + 0x3F * ONES) ^ (low + 0x25 * ONES)) & ~x & (0x80 * ONES)
    capitals[0] |= upper
    return x | (upper >> 2)


cdef inline uint64_t _eight(const uint8_t *data, int64_t size, int64_t at, int64_t n,
                            uint64_t *capitals) noexcept nogil:
    """Return up to eight bytes from `at` on, of which `n` count, in lower case and padded with zeros."""
    cdef uint64_t x = 0
    if at + 8 <= size:
        memcpy(&x, data + at, 8)
    else:
        memcpy(&x, data + at, size - at)
    if n < 8:
        x &= (<uint64_t> 1 << (8 * n)) - 1
    return _fold(x, capitals)


cdef inline bint _letter(uint8_t c) noexcept nogil:
    return <uint8_t> ((c | 32) - 97) < 26


cdef inline bint _capital(uint8_t c) noexcept nogil:
    return <uint8_t> (c - 65) < 26


cdef int _case_of(const uint8_t *text, int64_t n) noexcept nogil:
    cdef int64_t i, letters = 0, capitals = 0, together = 0
    for i in range(n):
        letters += _letter(text[i])
        capitals += _capital(text[i])
        if i > 0:
            together += _capital(text[i]) & _capital(text[i - 1])
    if capitals == 0:
        return LOWER
    if capitals == 1 and _capital(text[0]):
        return TITLE
    if capitals < letters:
        return MIXED
    return UPPER if together else TITLE


cdef bint _begins_sentence(const uint8_t *data, int64_t start, int64_t end) noexcept nogil:
    cdef int64_t i
    for i in range(start, end):
        if data[i] < 0x80:
            if memchr(".!?:>*\n", data[i], 7) != NULL:
                return True
        elif i + 3 <= end and data[i] == 0xE2 and data[i + 1] == 0x80 and data[i + 2] == 0xA6:
            return True
    return False


cdef bint _blank(const uint8_t *data, int32_t start, int32_t end) noexcept nogil:
    cdef int32_t i
    for i in range(start, end):
        if data[i] != 32 and data[i] != 9 and data[i] != 13 and data[i] != 10:
            return False
    return end > start


cdef struct Text:                      # a tile and its units, one mark more than these
    const uint8_t *data
    const int32_t *start
    const int32_t *end
    const uint8_t *kind
    const uint8_t *marks


cdef enum:
    BEGINS = 1                         # a row, or what is behind the last
    CHINESE = 2                        # the row has some


cdef void _mark(const int32_t[::1] row_offsets, const uint8_t *kinds, uint8_t *marks) noexcept nogil:
    cdef int64_t r
    cdef int32_t begin, n
    for r in range(row_offsets.shape[0] - 1):
        begin, n = row_offsets[r], row_offsets[r + 1] - row_offsets[r]
        if n > 0:
            memset(marks + begin, CHINESE if memchr(kinds + begin, HAN, n) != NULL else 0, n)
            marks[begin] |= BEGINS
    marks[row_offsets[row_offsets.shape[0] - 1]] = BEGINS


include "probes.pxi"


cdef inline const uint8_t *_bytes(const uint8_t[::1] array) noexcept:
    if array is None or array.shape[0] == 0:
        return NULL
    return &array[0]


cdef inline const int32_t *_ints(const int32_t[::1] array) noexcept:
    return &array[0] if array.shape[0] else NULL


cdef inline const uint64_t *_longs(const uint64_t[::1] array) noexcept:
    return &array[0] if array.shape[0] else NULL


cdef bint _in_capitals(const uint8_t *text, int64_t n) noexcept nogil:
    cdef int64_t i, capitals = 0
    for i in range(n):
        if _letter(text[i]):
            if not _capital(text[i]):
                return False
            capitals += 1
    return capitals > 1


cdef bint _titled(const uint8_t *text, int64_t n) noexcept nogil:
    """Say whether a unit begins with a capital and a small letter, and has no other capital."""
    cdef int64_t i
    if n < 2 or not _capital(text[0]) or _capital(text[1]) or not _letter(text[1]):
        return False
    for i in range(2, n):
        if _capital(text[i]):
            return False
    return True


cdef inline bint _shouts(const Text *text, int32_t u, int32_t start, int32_t end) noexcept nogil:
    """Say whether a unit is in capitals, and the gap beside it parts no more than words or sentences."""
    return ((_blank(text.data, start, end) or _begins_sentence(text.data, start, end))
            and _in_capitals(text.data + text.start[u], text.end[u] - text.start[u]))


cdef bint _is_name(const Text *text, int32_t u, int case) noexcept nogil:
    """Say whether a capitalised unit is mostly a name."""
    cdef bint left = not text.marks[u] & BEGINS, right = not text.marks[u + 1] & BEGINS
    if case == TITLE:
        if left and not _begins_sentence(text.data, text.end[u - 1], text.start[u]):
            return True
        return right and (text.kind[u + 1] == HAN or (
            _blank(text.data, text.end[u], text.start[u + 1])
            and _titled(text.data + text.start[u + 1], text.end[u + 1] - text.start[u + 1])))
    if text.marks[u] & CHINESE:
        return True
    if left and _shouts(text, u - 1, text.end[u - 1], text.start[u]):
        return False
    if right and _shouts(text, u + 1, text.end[u], text.start[u + 1]):
        return False
    return left or right


cdef inline int32_t _entry(const Text *text, const Probe *probe, bint names, const uint8_t *count) noexcept nogil:
    """Return the entry of a probe's key for a unit that has capitals."""
    cdef int32_t u = probe.unit, key = probe.key
    cdef int case = _case_of(text.data + text.start[u], probe.size)
    if case == MIXED:
        return -1
    if not names and ((count[2 * key] and count[2 * key + 1]) or _is_name(text, u, case)):
        return -1
    if count[2 * key + 1]:
        return 2 * key + 1
    return 2 * key if count[2 * key] else -1


def lookup(const uint8_t[::1] data, const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
           const uint8_t[::1] kind, bint names, const uint64_t[::1] slots, const int32_t[::1] starts,
           const uint64_t[::1] words, const uint64_t[::1] filter, const uint8_t[::1] count):
    """Return the entry of every unit, -1 where it has none with candidates: int32."""
    cdef int64_t m = start.shape[0], size = data.shape[0], u = 0, n
    cdef const uint8_t *text = _bytes(data)
    cdef const uint8_t *kinds = _bytes(kind)
    cdef const uint8_t *counts = _bytes(count)
    cdef const uint64_t *filters = &filter[0]
    cdef uint64_t place
    cdef const int32_t *begin = _ints(start)
    cdef const int32_t *stop = _ints(end)
    cdef Index index = Index(_longs(slots), _ints(starts), _longs(words), <uint64_t> slots.shape[0] - 1)
    cdef Probe probes[BLOCK]
    cdef int filled, i
    cdef int32_t key
    out = empty(m, np.int32)
    cdef int32_t[::1] entry = out
    cdef uint8_t[::1] marks = empty(m + 1, np.uint8)
    cdef Text tile
    with nogil:
        _mark(row_offsets, kinds, &marks[0])
        tile = Text(text, begin, stop, kinds, &marks[0])
        while u < m:
            filled = 0
            while u < m and filled < BLOCK:
                entry[u] = -1
                n = stop[u] - begin[u]
                if (KINDS >> (kinds[u] & 31)) & (kinds[u] < 32) and 0 < n <= MAX_KEY:
                    probes[filled].hash = _hash(text, size, begin[u], n, &probes[filled])
                    probes[filled].unit = u
                    probes[filled].size = n
                    place = probes[filled].hash >> 44
                    # Kept always, counted if the filter has it: no branch to mispredict.
                    filled += <int> ((filters[place >> 6] >> (place & 63)) & 1)
                u += 1
            _find(text, size, begin, probes, filled, &index)
            for i in range(filled):
                key = probes[i].key
                if key < 0:
                    continue
                if probes[i].capitals:
                    entry[probes[i].unit] = _entry(&tile, &probes[i], names, counts)
                elif counts[2 * key]:
                    entry[probes[i].unit] = 2 * key
    return out


cdef struct Draw:
    int32_t form, case
    uint32_t pick, place


cdef struct Source:                    # what the edits are made of
    const uint8_t *data
    const int32_t *start
    const int32_t *end
    const uint8_t *locked
    const int32_t *form_start
    const uint8_t *forms
    const uint8_t *vowel


cdef struct Drafts:                    # the edits as they are written
    int32_t *row
    int32_t *start
    int32_t *end
    int32_t *text_start
    int32_t *text_end
    uint8_t *text
    int64_t count, size


cdef inline void _open(Drafts *drafts, int32_t row, int32_t start, int32_t end) noexcept nogil:
    drafts.row[drafts.count] = row
    drafts.start[drafts.count] = start
    drafts.end[drafts.count] = end
    drafts.text_start[drafts.count] = <int32_t> drafts.size


cdef inline void _close(Drafts *drafts) noexcept nogil:
    drafts.text_end[drafts.count] = <int32_t> drafts.size
    drafts.count += 1


cdef inline void _byte(Drafts *drafts, uint8_t c) noexcept nogil:
    drafts.text[drafts.size] = c
    drafts.size += 1


cdef void _form(Drafts *drafts, const Source *source, int32_t form, int case) noexcept nogil:
    """Write a form, in the case of what it stands for."""
    cdef int32_t first = source.form_start[form], n = source.form_start[form + 1] - first, i
    cdef uint8_t *out = drafts.text + drafts.size
    memcpy(out, source.forms + first, n)
    for i in range(n if case == UPPER else case == TITLE):
        if _letter(out[i]):
            out[i] &= 0xDF
    drafts.size += n


cdef bint _mend(Drafts *drafts, const Source *source, int32_t row, int32_t u, bint vowel, bint upper) noexcept nogil:
    """Write the edit of an article before a vowel sound or another, if there is one to be made."""
    cdef int32_t start = source.start[u], n = source.end[u] - start
    cdef uint8_t a, other
    if n < 1 or n > 2:
        return False
    a = source.data[start]
    if a | 32 != 97 or (n == 2 and source.data[start + 1] | 32 != 110) or vowel == (n == 2):
        return False
    _open(drafts, row, start, source.end[u])
    _byte(drafts, a)
    if vowel:
        other = 78 if upper and a == 65 else 110
        _byte(drafts, other)
    _close(drafts)
    return True


cdef int64_t _drawn(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const uint8_t[::1] data,
           const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] entry,
           const int32_t[::1] unit, const int32_t[::1] row, const int32_t[::1] first, const uint8_t[::1] count,
           const int32_t[::1] candidate, const int32_t[::1] form_start, const uint8_t[::1] forms,
                    const uint8_t[::1] vowel, Draw *draws) except -1:
    """Draw a candidate and a place for every unit; return how many bytes the candidates have together."""
    cdef int64_t i, total = 0
    cdef int32_t u, e
    cdef uint64_t id
    cdef uint32_t c[4]
    with nogil:                        # a loop a step, so that what the next one reads is fetched ahead
        for i in range(unit.shape[0]):
            u = unit[i]
            PREFETCH(&first[entry[u]])
            PREFETCH(&count[entry[u]])
            id = row_ids[row[i]]
            c[0] = u - row_offsets[row[i]]
            c[1] = purpose
            c[2] = <uint32_t> id
            c[3] = <uint32_t> (id >> 32)
            philox4x32(c, key)
            draws[i].pick = c[0]
            draws[i].place = c[1]
            draws[i].case = _case_of(&data[start[u]], end[u] - start[u])
        for i in range(unit.shape[0]):
            e = entry[unit[i]]
            draws[i].form = first[e] + <int32_t> ((<uint64_t> draws[i].pick * count[e]) >> 32)
            PREFETCH(&candidate[draws[i].form])
        for i in range(unit.shape[0]):
            draws[i].form = candidate[draws[i].form]
            PREFETCH(&form_start[draws[i].form])
            PREFETCH(&vowel[draws[i].form])
        for i in range(unit.shape[0]):
            total += form_start[draws[i].form + 1] - form_start[draws[i].form]
            PREFETCH(&forms[form_start[draws[i].form]])
    return total


cdef class _Out:
    """Room for edits, and the arrays that hold them."""

    cdef Drafts drafts
    cdef object columns, text

    def __cinit__(self, int64_t edits, int64_t size):
        cdef int32_t[:, ::1] columns
        cdef uint8_t[::1] text
        if size > 0x7FFFFFFF:
            raise OverflowError(f"{size} bytes in one tile")
        self.columns, self.text = np.empty((5, edits + 1), np.int32), np.empty(size + 1, np.uint8)
        columns, text = self.columns, self.text
        self.drafts = Drafts(&columns[0, 0], &columns[1, 0], &columns[2, 0], &columns[3, 0], &columns[4, 0],
                             &text[0], 0, 0)

    cdef arrays(self):
        """Return (row, start, end, text_start, text_end, text)."""
        return (*(column[: self.drafts.count] for column in self.columns), self.text[: self.drafts.size])


def replace(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const uint8_t[::1] data,
            const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] entry,
            const uint8_t[::1] locked, const int32_t[::1] unit, const int32_t[::1] row, const int32_t[::1] first,
            const uint8_t[::1] count, const int32_t[::1] candidate, const int32_t[::1] form_start,
            const uint8_t[::1] forms, const uint8_t[::1] vowel):
    """Return (row, start, end, text_start, text_end, text) of edits that replace every given unit by a candidate."""
    cdef int64_t n = unit.shape[0], total
    cdef _Out out
    cdef Draw *draws = <Draw *> malloc((n + 1) * sizeof(Draw))
    if draws == NULL:
        raise MemoryError()
    try:
        total = _drawn(key, row_ids, purpose, data, row_offsets, start, end, entry, unit, row, first, count, candidate,
                       form_start, forms, vowel, draws)
        out = _Out(2 * n, total + 3 * n)
        _replace(&out.drafts, draws, row_offsets, unit, row,
                 Source(_bytes(data), _ints(start), _ints(end), _bytes(locked),
                        _ints(form_start), _bytes(forms), _bytes(vowel)))
        return out.arrays()
    finally:
        free(draws)


cdef _replace(Drafts *drafts, const Draw *draws, const int32_t[::1] row_offsets, const int32_t[::1] unit,
              const int32_t[::1] row, Source source):
    cdef int64_t i
    cdef int32_t u, r, before = -2
    with nogil:
        for i in range(unit.shape[0]):
            u, r = unit[i], row[i]
            if (u > row_offsets[r] and before != u - 1 and not (source.locked != NULL and source.locked[u - 1])
                    and _blank(source.data, source.end[u - 1], source.start[u])):
                _mend(drafts, &source, r, u - 1, source.vowel[draws[i].form] != 0, draws[i].case == UPPER)
            _open(drafts, r, source.start[u], source.end[u])
            _form(drafts, &source, draws[i].form, draws[i].case)
            _close(drafts)
            before = u


cdef int _ascending(const void *a, const void *b) noexcept nogil:
    cdef uint64_t x = (<const uint64_t *> a)[0], y = (<const uint64_t *> b)[0]
    return (x > y) - (x < y)


def insert(uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, const uint8_t[::1] data,
           const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end, const int32_t[::1] entry,
           const uint8_t[::1] locked, const int32_t[::1] unit, const int32_t[::1] row, const int32_t[::1] first,
           const uint8_t[::1] count, const int32_t[::1] candidate, const int32_t[::1] form_start,
           const uint8_t[::1] forms, const uint8_t[::1] vowel):
    """Return the edits that put a blank and a candidate of every given unit behind a unit of the same row."""
    cdef int64_t n = unit.shape[0], m = start.shape[0], total
    cdef _Out out
    cdef Draw *draws = <Draw *> malloc((n + 1) * sizeof(Draw))
    cdef uint64_t *places = <uint64_t *> malloc((n + 1) * sizeof(uint64_t))
    cdef int32_t *open_units = <int32_t *> malloc((m + 1) * sizeof(int32_t))
    try:
        if draws == NULL or places == NULL or open_units == NULL:
            raise MemoryError()
        total = _drawn(key, row_ids, purpose, data, row_offsets, start, end, entry, unit, row, first, count, candidate,
                       form_start, forms, vowel, draws)
        out = _Out(2 * n, total + 3 * n)
        _insert(&out.drafts, draws, places, open_units, row_offsets, row,
                Source(_bytes(data), _ints(start), _ints(end), _bytes(locked),
                       _ints(form_start), _bytes(forms), _bytes(vowel)))
        return out.arrays()
    finally:
        free(draws)
        free(places)
        free(open_units)


cdef _insert(Drafts *drafts, const Draw *draws, uint64_t *places, int32_t *open_units, const int32_t[::1] row_offsets,
             const int32_t[::1] row, Source source):
    """Put the candidates of each row in the order of their places; candidates for one place make one edit."""
    cdef int64_t first = 0, last, n = row.shape[0]
    cdef int32_t u, opened, place
    with nogil:
        while first < n:
            opened = 0
            for u in range(row_offsets[row[first]], row_offsets[row[first] + 1]):
                if source.locked == NULL or not source.locked[u]:
                    open_units[opened] = u
                    opened += 1
            last = first
            while last < n and row[last] == row[first]:
                place = <int32_t> ((<uint64_t> draws[last].place * <uint64_t> opened) >> 32)
                places[last] = (<uint64_t> place << 32) | <uint64_t> last
                last += 1
            if opened:
                qsort(places + first, last - first, sizeof(uint64_t), _ascending)
                _put(drafts, draws, places + first, last - first, open_units, row[first], &source)
            first = last


cdef inline bint _ideographic(const uint8_t *text, int64_t size) noexcept nogil:
    """Say whether a text of at least three bytes begins with a character of Chinese or Japanese."""
    return size >= 3 and 0xE3 <= text[0] <= 0xE9


cdef void _put(Drafts *drafts, const Draw *draws, const uint64_t *places, int64_t n, const int32_t *open_units,
               int32_t row, const Source *source) noexcept nogil:
    cdef int64_t i
    cdef int32_t u, first
    cdef bint wide
    cdef const Draw *draw
    for i in range(n):
        draw = draws + <uint32_t> places[i]
        u = open_units[places[i] >> 32]
        if i == 0 or places[i] >> 32 != places[i - 1] >> 32:
            if i > 0:
                _close(drafts)
            _mend(drafts, source, row, u, source.vowel[draw.form] != 0, draw.case == UPPER)
            _open(drafts, row, source.end[u], source.end[u])
        if drafts.size > drafts.text_start[drafts.count]:
            wide = _ideographic(drafts.text + drafts.size - 3, drafts.size - drafts.text_start[drafts.count])
        else:
            wide = _ideographic(source.data + source.end[u] - 3, source.end[u] - source.start[u])
        first = source.form_start[draw.form]
        if not wide and not _ideographic(source.forms + first, source.form_start[draw.form + 1] - first):
            _byte(drafts, 32)
        _form(drafts, source, draw.form, UPPER if draw.case == UPPER else LOWER)
    _close(drafts)
