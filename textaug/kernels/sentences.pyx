"""Sentences and clauses, compiled: see `reference/sentences.py` for the definition."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memset

from textaug.kernels.reference import sentences as definition

cdef enum:
    OTHER = 0
    BLANK = 1
    BREAK = 2
    TAG = 3
    STOP = 4
    LOUD = 5
    DOTS = 6
    WIDE = 7
    CLOSE = 8
    OPEN = 9
    COMMA = 10
    WIDE_COMMA = 11
    QUOTE = 12
    GAP = 1 << BLANK | 1 << BREAK | 1 << TAG
    ENDERS = 1 << STOP | 1 << LOUD | 1 << DOTS | 1 << WIDE
    MARKS = ENDERS | GAP | 1 << CLOSE | 1 << QUOTE
    LONG = 64                          # the most characters above ASCII that are of some sort
    NUMBER = 17
    ABBREVIATION = 18

cdef uint8_t SORT[128]
cdef uint32_t POINT[LONG]
cdef uint8_t POINT_SORT[LONG]
cdef int POINTS = 0
cdef uint8_t LEAD[256]                 # may such a byte begin one of them?
cdef uint32_t OPENER[16]               # quotes and brackets, and those that close them
cdef uint32_t CLOSER[16]
cdef int PAIRS = 0
cdef uint32_t SAYING[16]
cdef int SAYINGS = 0
cdef int FAR = definition.FAR
cdef int SAID_WITHIN = definition.SAID_WITHIN


def _fill_sorts():
    global POINTS
    for sort, marks in definition.SORTS.items():
        for mark in marks:
            raw = mark.encode()
            if len(raw) == 1:
                SORT[raw[0]] = sort
            else:
                POINT[POINTS] = int.from_bytes(raw, "little")
                POINT_SORT[POINTS] = sort
                POINTS += 1
                LEAD[raw[0]] = 1


def _fill_pairs():
    global PAIRS, SAYINGS
    for opener, closer in definition._PAIRS.items():
        OPENER[PAIRS] = int.from_bytes(opener.encode(), "little")
        CLOSER[PAIRS] = int.from_bytes(closer.encode(), "little")
        PAIRS += 1
    for word in definition.SAYING:
        SAYING[SAYINGS] = int.from_bytes(word.encode(), "little")
        SAYINGS += 1


_fill_sorts()
_fill_pairs()


cdef struct Row:
    const uint8_t *text
    int32_t first, last
    const int32_t *start               # its units
    const int32_t *end
    const uint8_t *kind
    int64_t units
    bint cased


cdef struct List:                      # of packed words
    const uint64_t *word
    int64_t size


cdef struct Rules:
    List titles, numbered, starters, subordinate, coordinate, subjects, adhering, lowered
    uint16_t conjunction[26 * 26]      # the lengths of those that begin with two letters, a bit each


cdef struct Table:                     # of what was found
    int32_t *start
    int32_t *end
    int32_t *number
    uint8_t *lowered
    int64_t count


cdef bint _listed(const List *words, uint64_t word) noexcept nogil:
    cdef int64_t low = 0, high = words.size, middle
    if word == 0:
        return False
    while low < high:
        middle = (low + high) >> 1
        if words.word[middle] < word:
            low = middle + 1
        else:
            high = middle
    return low < words.size and words.word[low] == word


cdef inline uint64_t _packed(const uint8_t *text, int32_t start, int32_t end) noexcept nogil:
    """Up to eight bytes as an integer, ASCII letters in lower case; 0 for longer words."""
    cdef uint64_t value = 0
    cdef int32_t k
    cdef uint8_t c
    if end - start > 8:
        return 0
    for k in range(end - start):
        c = text[start + k]
        if <uint8_t> (c - 65) < 26:
            c |= 32
        value |= <uint64_t> c << (8 * k)
    return value


cdef inline bint _tag(const Row *row, int32_t at, int32_t *behind) noexcept nogil:
    """Say whether HTML's <br> or <p> stands here."""
    cdef const uint8_t *p = row.text + at
    cdef const uint8_t *close
    cdef int32_t last = min(at + 64, row.last)
    cdef uint8_t a, b
    if row.last - at < 3:
        return False
    a = p[1] | 32 if <uint8_t> (p[1] - 65) < 26 else p[1]
    b = p[2] | 32 if <uint8_t> (p[2] - 65) < 26 else p[2]
    if not ((a == c'b' and b == c'r') or (a == c'p' and (b == c'>' or b == c' ')) or (a == c'/' and b == c'p')):
        return False
    close = <const uint8_t *> memchr(p, c'>', last - at)
    if close == NULL:
        return False
    behind[0] = <int32_t> (close - row.text) + 1
    return True


cdef inline uint32_t _point(const Row *row, int32_t at, int size) noexcept nogil:
    """The bytes of a character, as they stand, in an integer."""
    cdef uint32_t point = row.text[at]
    if size > 1:
        point |= <uint32_t> row.text[at + 1] << 8
    if size > 2:
        point |= <uint32_t> row.text[at + 2] << 16
    return point


cdef inline bint _figure(const Row *row, int32_t at) noexcept nogil:
    """Say whether a full-width digit stands at a byte."""
    return (row.first <= at <= row.last - 3 and row.text[at] == 0xEF and row.text[at + 1] == 0xBC
            and 0x90 <= row.text[at + 2] <= 0x99)


cdef inline int _sort(const Row *row, int32_t at, int32_t *behind) noexcept nogil:
    """Return what the character at a byte is, and the byte behind it."""
    cdef uint8_t c = row.text[at]
    cdef uint32_t point
    cdef int k, size
    if c < 0x80:
        behind[0] = at + 1
        if c == c'<' and _tag(row, at, behind):
            return TAG
        return SORT[c]
    size = 2 if c < 0xE0 else 3 if c < 0xF0 else 4
    behind[0] = at + size
    if LEAD[c] and size < 4:
        point = _point(row, at, size)
        if (point == 0x8EBCEF or point == 0x8CBCEF) and _figure(row, at - 3) and _figure(row, at + 3):
            return OTHER
        for k in range(POINTS):
            if POINT[k] == point:
                return POINT_SORT[k]
    return OTHER


cdef inline int32_t _skip(const Row *row, int32_t at, uint32_t sorts) noexcept nogil:
    """Return the first byte from `at` on that is of none of these sorts."""
    cdef int32_t behind = at
    while at < row.last and sorts >> _sort(row, at, &behind) & 1:
        at = behind
    return at


cdef inline uint64_t _word(const Row *row, int64_t u) noexcept nogil:
    return _packed(row.text, row.start[u], row.end[u]) if 0 <= u < row.units else 0


cdef inline bint _wide_before(const Row *row, int32_t at) noexcept nogil:
    return at - row.first >= 3 and row.text[at - 3] >= 0xE3


cdef int32_t _gap(const Row *row, int32_t at, int32_t tail, bint *parts) noexcept nogil:
    """Return the end of a gap, and say whether it parts sentences."""
    cdef int32_t behind = at, lines = 0
    cdef int sort
    parts[0] = False
    while at < row.last:
        sort = _sort(row, at, &behind)
        if not GAP >> sort & 1:
            break
        lines += row.text[at] == c'\n'
        if sort == TAG:
            parts[0] = True
        at = behind
    if lines > 1 or (lines and _wide_before(row, tail)):
        parts[0] = True
    return at


cdef bint _full_stop(const Row *row, int32_t at, int32_t follows, int64_t u, int32_t start,
                     const Rules *rules) noexcept nogil:
    """Say whether a lone full stop ends a sentence: not behind a title or an initial, nor in `No. 5`, `1. One`."""
    cdef uint64_t word
    cdef uint8_t letter
    cdef bint single, initial
    cdef int32_t stop
    cdef int64_t v
    if u < 0 or (row.end[u] != at + 1 and _skip(row, row.end[u], 1 << BLANK) != at):
        return True
    stop = min(row.end[u], at)
    word = _packed(row.text, row.start[u], stop)
    if _listed(&rules.titles, word):
        return False
    if _listed(&rules.numbered, word) and c'0' <= row.text[follows] <= c'9':
        return False
    letter = row.text[row.start[u]]
    single = stop - row.start[u] == 1 and <uint8_t> ((letter | 32) - 97) < 26
    if row.start[u] == start and (single or row.kind[u] == NUMBER):
        return False
    initial = single and (letter < 97 or row.end[u] < at)
    if row.end[u] <= at and not initial:
        return True
    if initial and letter | 32 != c'i':
        return False
    v = u + 1
    while v < row.units and row.start[v] < follows:
        v += 1
    return _listed(&rules.starters, _word(row, v))


cdef bint _said(const Row *row, int32_t at) noexcept nogil:
    """Say whether who said it follows a quote."""
    cdef int k, i
    for k in range(SAID_WITHIN):
        if at >= row.last or not 0xE4 <= row.text[at] <= 0xE9:
            return False
        for i in range(SAYINGS):
            if SAYING[i] == _point(row, at, 3):
                return True
        at += 3
    return False


cdef bint _ends(const Row *row, int32_t at, int32_t tail, int64_t u, int32_t start, const Rules *rules) noexcept nogil:
    """Say whether the marks at a byte end the sentence that begins at `start`.

    Unit u holds the marks (an abbreviation) or stands before them.
    """
    cdef int32_t behind = at, follows, k = at
    cdef uint32_t sorts = 0
    cdef int sort, marks = 0
    while k < row.last:
        sort = _sort(row, k, &behind)
        if not ENDERS >> sort & 1:
            break
        sorts |= 1 << sort
        marks += 1
        k = behind
    if sorts >> WIDE & 1:
        return tail == k or not _said(row, tail)
    follows = _skip(row, tail, 1 << BLANK)
    if follows == row.last:
        return True
    sort = _sort(row, follows, &behind)
    if sort == BREAK or sort == TAG:
        return True
    if follows == tail:
        if row.text[tail] < 0xE3:
            return False
        return sorts >> LOUD & 1 or (sorts == 1 << STOP and marks == 1 and u >= 0 and _wide_before(row, at))
    follows = _skip(row, follows, 1 << OPEN | 1 << QUOTE)
    if follows == row.last:
        return True
    if row.cased:
        if c'a' <= row.text[follows] <= c'z':
            return False
        if row.text[follows] == 0xC3 and row.text[follows + 1] >= 0x9F:
            return False
    return sorts != 1 << STOP or marks > 1 or _full_stop(row, at, follows, u, start, rules)


cdef int32_t _closing(const Row *row, int32_t at, int32_t behind) noexcept nogil:
    """Return where the quote or bracket that opens at a byte is closed, -1 where it is not, or far away."""
    cdef uint32_t opener = _point(row, at, behind - at)
    cdef int32_t limit = min(behind + FAR, row.last), k
    cdef int i, size
    for i in range(PAIRS):
        if OPENER[i] == opener:
            size = 1 if CLOSER[i] < 0x80 else 2 if CLOSER[i] < 0x10000 else 3
            for k in range(behind, limit - size + 1):
                if row.text[k] == (CLOSER[i] & 0xFF) and _point(row, k, size) == CLOSER[i]:
                    return k
            return -1
    return -1


cdef int32_t _marks(const Row *row, int32_t at) noexcept nogil:
    """Return the end of some marks, of the closing quotes and brackets behind them, and of marks behind blanks."""
    cdef int32_t further, behind = at
    while True:
        at = _skip(row, _skip(row, at, ENDERS), 1 << CLOSE | 1 << QUOTE)
        further = _skip(row, at, 1 << BLANK)
        if further == row.last or not ENDERS >> _sort(row, further, &behind) & 1:
            return at
        at = further


cdef inline void _put(Table *made, int32_t start, int32_t end, int32_t number) noexcept nogil:
    made.start[made.count] = start
    made.end[made.count] = end
    made.number[made.count] = number
    made.count += 1


cdef inline void _finish(Table *made, int32_t start, int32_t tail, int64_t units, bint whole) noexcept nogil:
    """Put a sentence, and how many units of the row end before it does; marks alone go with the sentence before."""
    if whole:
        _put(made, start, tail, <int32_t> units)
    else:
        made.end[made.count - 1] = tail


cdef void _sentences(Row *row, const Rules *rules, Table *made) noexcept nogil:
    """Put the sentences of a row; `hold` is where the quote or bracket closes that the sentence stands in."""
    cdef int32_t at = row.first, start = -1, tail = row.first, behind = row.first, hold = -1
    cdef int64_t u = 0
    cdef int sort
    cdef bint inside, parts = False, worded = False, apart = True
    row.cased = False
    for at in range(row.first, row.last):
        if <uint8_t> (row.text[at] - 65) < 26:
            row.cased = True
            break
    at = row.first
    while at < row.last:
        while u < row.units and row.end[u] <= at:
            u += 1
        inside = u < row.units and row.start[u] <= at
        if not inside:
            if u < row.units and at + 1 == row.start[u] and row.text[at] == c' ':  # most words stand so
                at += 1
                continue
            sort = _sort(row, at, &behind)
            if GAP >> sort & 1:
                at = _gap(row, at, tail, &parts)
                if parts:
                    if start >= 0:
                        _put(made, start, tail, <int32_t> u)
                    start = hold = -1
                    worded = False
                    apart = True
                continue
        if start < 0:
            start = at
        if inside:
            at = tail = row.end[u]
            worded = True
            if row.kind[u] != ABBREVIATION or row.text[at - 1] != c'.':
                continue
            at -= 1
        elif not ENDERS >> sort & 1:
            if sort == OPEN:
                hold = max(hold, _closing(row, at, behind))
            at = tail = behind
            continue
        tail = _marks(row, at)
        if tail > hold and _ends(row, at, tail, u if inside else u - 1, start, rules):
            _finish(made, start, tail, u + inside, worded or apart)
            start = -1
            worded = apart = False
        at = tail
    if start >= 0:
        _finish(made, start, tail, row.units, worded or apart)


cdef int32_t _body(const Row *row, int32_t start, int32_t end, int64_t units) noexcept nogil:
    """Return where a sentence ends without its marks and the quotes around them; so many units end before it does."""
    cdef int32_t at = start, behind = start, stop = start
    if units > 0 and row.end[units - 1] > start:
        at = stop = row.end[units - 1]
    while at < end:
        if not MARKS >> _sort(row, at, &behind) & 1:
            stop = behind
        at = behind
    return stop


cdef inline bint _may_be(const Rules *rules, const uint8_t *text, int32_t size) noexcept nogil:
    """Say whether a conjunction has these first two letters and this length: few other words do."""
    cdef uint8_t one, two
    if size < 2 or size > 8:
        return False
    one = (text[0] | 32) - 97
    two = (text[1] | 32) - 97
    return one < 26 and two < 26 and rules.conjunction[26 * one + two] >> size & 1


cdef bint _conjunction(const Row *row, int64_t u, const Rules *rules) noexcept nogil:
    cdef int32_t size = row.end[u] - row.start[u]
    cdef const uint8_t *text = row.text + row.start[u]
    cdef uint64_t word
    cdef bint subordinate
    if not _may_be(rules, text, size):
        return False
    word = _word(row, u)
    subordinate = _listed(&rules.subordinate, word)
    if not subordinate and not _listed(&rules.coordinate, word):
        return False
    if _listed(&rules.adhering, _word(row, u - 1)):
        return False
    return subordinate or _listed(&rules.subjects, _word(row, u + 1))


cdef struct Cut:                       # how far a sentence has been read
    int32_t at, begin, tail            # the next byte; where the clause begins, and ends so far
    int32_t depth, number              # of brackets; the so-manieth sentence of the row
    bint quoted, lowered


cdef void _clauses(const Row *row, int32_t start, int32_t end, int64_t u, int64_t last, int32_t number,
                   const Rules *rules, Table *made) noexcept nogil:
    """Put the clauses of a sentence, the so-manieth, whose units are those from u to the last."""
    cdef int32_t stop = _body(row, start, end, last)
    cdef Cut cut = Cut(start, start, start, 0, number, False, False)
    while u < last:
        if cut.at < row.start[u]:
            if cut.at + 1 == row.start[u] and row.text[cut.at] == c' ':  # most words stand so
                cut.at += 1
            else:
                _between(row, row.start[u], &cut, made)
            if cut.depth == 0 and not cut.quoted and cut.begin < cut.at and cut.tail < cut.at \
                    and _conjunction(row, u, rules):
                _clause(made, &cut, cut.tail)
                cut.begin = cut.at
        if cut.at == cut.begin:
            cut.lowered = row.start[u] == cut.at and _listed(&rules.lowered, _word(row, u))
        cut.at = cut.tail = row.end[u]
        u += 1
    _between(row, stop, &cut, made)
    if cut.begin < cut.tail:
        _clause(made, &cut, max(cut.tail, _closed(row, stop, end, cut.depth, cut.quoted)))


cdef void _between(const Row *row, int32_t stop, Cut *cut, Table *made) noexcept nogil:
    """Read what stands between two words: a comma or semicolon outside of quotes and brackets ends a clause."""
    cdef int32_t behind = cut.at, blank
    cdef int sort
    while cut.at < stop:
        sort = _sort(row, cut.at, &behind)
        if cut.depth == 0 and not cut.quoted and cut.begin < cut.tail and (sort == WIDE_COMMA or (
                sort == COMMA and behind < row.last and GAP >> _sort(row, behind, &blank) & 1)):
            _clause(made, cut, cut.tail)
            cut.at = cut.begin = cut.tail = _skip(row, behind, GAP)
            cut.lowered = False
            continue
        if sort == OPEN:
            cut.depth += 1
        elif sort == CLOSE:
            cut.depth = max(cut.depth - 1, 0)
        elif sort == QUOTE:
            cut.quoted = not cut.quoted
        cut.at = behind
        if not GAP >> sort & 1:
            cut.tail = behind


cdef inline void _clause(Table *made, const Cut *cut, int32_t end) noexcept nogil:
    made.lowered[made.count] = cut.lowered
    _put(made, cut.begin, end, cut.number)


cdef int32_t _closed(const Row *row, int32_t at, int32_t end, int32_t depth, bint quoted) noexcept nogil:
    """Return the end of the last quote or bracket behind a clause that one inside of the sentence has opened."""
    cdef int32_t tail = at, behind = at
    cdef int sort
    while at < end:
        sort = _sort(row, at, &behind)
        at = behind
        if sort == CLOSE and depth > 0:
            depth -= 1
            tail = at
        elif sort == QUOTE and quoted:
            quoted = False
            tail = at
    return tail


cdef List _list(const uint64_t[::1] words):
    cdef List held = List(NULL, words.shape[0])
    if held.size:
        held.word = &words[0]
    return held


cdef Rules _rules(rules):
    cdef Rules held
    held.titles = _list(rules[0])
    held.numbered = _list(rules[1])
    held.starters = _list(rules[2])
    held.subordinate = _list(rules[3])
    held.coordinate = _list(rules[4])
    held.subjects = _list(rules[5])
    held.adhering = _list(rules[6])
    held.lowered = _list(rules[7])
    memset(held.conjunction, 0, sizeof(held.conjunction))
    for word in (*rules[3].tolist(), *rules[4].tolist()):
        held.conjunction[26 * ((word & 255) - 97) + (word >> 8 & 255) - 97] |= 1 << ((word.bit_length() + 7) // 8)
    return held


def sentences(const uint8_t[::1] data, const int32_t[::1] offsets, const uint8_t[::1] active,
              const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
              const uint8_t[::1] kind, rules):
    """Return (row_offsets, start, end) of the sentences of every active row."""
    counts, starts, ends, _ = _found(data, offsets, active, row_offsets, start, end, kind, _rules(rules))
    return counts, starts, ends


cdef _found(const uint8_t[::1] data, const int32_t[::1] offsets, const uint8_t[::1] active,
            const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
            const uint8_t[::1] kind, Rules rules):
    cdef Py_ssize_t rows = offsets.shape[0] - 1, r, size = data.shape[0]
    counts, starts, ends = np.zeros(rows + 1, np.int32), empty(size, np.int32), empty(size, np.int32)
    numbers = empty(size, np.int32)
    cdef int32_t[::1] count = counts, start_to = starts, end_to = ends, number_to = numbers
    if size == 0:
        return counts, starts, ends, numbers
    cdef Table made = Table(&start_to[0], &end_to[0], &number_to[0], NULL, 0)
    cdef Row row
    cdef bint some = start.shape[0] > 0
    with nogil:
        for r in range(rows):
            if active is None or active[r]:
                row = _row(data, offsets, row_offsets, start, end, kind, r, some)
                _sentences(&row, &rules, &made)
            count[r + 1] = <int32_t> made.count
    return (counts, *(column[:made.count].copy() for column in (starts, ends, numbers)))


cdef inline Row _row(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] row_offsets,
                     const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] kind, Py_ssize_t r,
                     bint some) noexcept nogil:
    cdef int32_t first = row_offsets[r]
    cdef Row row
    row.text, row.first, row.last = &data[0], offsets[r], offsets[r + 1]
    row.start = row.end = NULL
    row.kind = NULL
    row.units, row.cased = row_offsets[r + 1] - first, False
    if some:
        row.start, row.end, row.kind = &start[0] + first, &end[0] + first, &kind[0] + first
    return row


def clauses(const uint8_t[::1] data, const int32_t[::1] offsets, const uint8_t[::1] active,
            const int32_t[::1] row_offsets, const int32_t[::1] start, const int32_t[::1] end,
            const uint8_t[::1] kind, rules):
    """Return (row_offsets, start, end, sentence, lowered) of the clauses of every active row."""
    cdef Py_ssize_t rows = offsets.shape[0] - 1, r, size = data.shape[0]
    cdef int64_t s, u
    cdef Rules lists = _rules(rules)
    found = _found(data, offsets, active, row_offsets, start, end, kind, lists)
    cdef const int32_t[::1] held = found[0], begins = found[1], stops = found[2], units = found[3]
    counts, starts, ends = np.zeros(rows + 1, np.int32), empty(size, np.int32), empty(size, np.int32)
    numbers, lows = empty(size, np.int32), empty(size, np.uint8)
    cdef int32_t[::1] count = counts, start_to = starts, end_to = ends, number_to = numbers
    cdef uint8_t[::1] low_to = lows
    if size == 0:
        return counts, starts, ends, numbers, lows
    cdef Table made = Table(&start_to[0], &end_to[0], &number_to[0], &low_to[0], 0)
    cdef Row row
    cdef bint some = start.shape[0] > 0
    with nogil:
        for r in range(rows):
            row = _row(data, offsets, row_offsets, start, end, kind, r, some)
            u = 0
            for s in range(held[r], held[r + 1]):
                _clauses(&row, begins[s], stops[s], u, units[s], <int32_t> (s - held[r]), &lists, &made)
                u = units[s]
            count[r + 1] = <int32_t> made.count
    return (counts, starts[:made.count].copy(), ends[:made.count].copy(), numbers[:made.count].copy(),
            lows[:made.count].copy())
