"""Chinese segmentation, compiled: see `reference/segment.py` for the definition."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc

cdef extern from "utf8.h" nogil:
    int32_t utf8_decode(const uint8_t *s)

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
    WORD = 1 << 23                     # the flags of a held edge, where they stand
    INNER = 2 << 23
    BARRED = 4 << 23
    CHILD = (1 << 23) - 1
    HELD = (1 << 26) - 1
    FIRST_HAN = 0x4E00
    LAST_HAN = 0x9FD5
    B = 0                              # the hidden states
    E = 1
    M = 2
    S = 3

cdef uint64_t MULTIPLIER = 0x9E3779B97F4A7C15ULL

cdef uint8_t IN_BLOCK[128]
cdef uint8_t ALNUM[128]


def _fill_classes():
    for byte in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789":
        IN_BLOCK[byte] = ALNUM[byte] = 1
    for byte in b"+#&._%-":
        IN_BLOCK[byte] = 1


_fill_classes()


cdef struct Tables:
    const uint64_t *slots
    uint64_t mask
    const uint32_t *root
    const double *weight
    double single
    const double *emit
    const double *start
    const double *follow


cdef struct Scratch:                   # of one block
    uint16_t *text                     # its characters
    int32_t *at                        # the byte where each begins, and the end of the last
    uint64_t *pair                     # where the search for the first two characters begins
    double *score                      # of the best route from each character on
    int32_t *behind                    # the end of that route's first word
    uint8_t *came                      # the state before each state, two bits each


cdef struct Ends:                      # of the words
    int32_t *end
    int64_t count


cdef inline void _put(Ends *ends, int32_t end) noexcept nogil:
    ends.end[ends.count] = end
    ends.count += 1


cdef inline bint _in_block(int32_t c) noexcept nogil:
    return IN_BLOCK[c] if c < 128 else FIRST_HAN <= c <= LAST_HAN


cdef inline uint32_t _step(uint64_t node, uint64_t character, const Tables *tables) noexcept nogil:
    cdef uint64_t key = node << 16 | character, slot
    cdef uint64_t at = (key * MULTIPLIER) >> 32
    while True:
        slot = tables.slots[at & tables.mask]
        if slot >> 26 == key or slot == 0:
            return <uint32_t> (slot & HELD)
        at += 1


cdef uint32_t _find(const uint16_t *text, int32_t n, const Tables *tables) noexcept nogil:
    """Return the held edge to the node of a text, 0 where no word begins with it."""
    cdef uint32_t held = tables.root[text[0]]
    cdef int32_t k
    for k in range(1, n):
        if not held & INNER:
            return 0
        held = _step(held & CHILD, text[k], tables)
    return held


cdef void _fetch(const Scratch *s, int32_t n, const Tables *tables) noexcept nogil:
    """Ask ahead for the slots of all first pairs: nearly every walk ends there, and each would wait for memory."""
    cdef int32_t k
    cdef uint32_t held
    cdef uint64_t key
    for k in range(n - 1):
        held = tables.root[s.text[k]]
        key = <uint64_t> (held & CHILD) << 16 | s.text[k + 1]
        s.pair[k] = (key * MULTIPLIER) >> 32 & tables.mask
        PREFETCH(&tables.slots[s.pair[k]])


cdef void _route(const Scratch *s, int32_t n, const Tables *tables) noexcept nogil:
    """Find the likeliest route, from right to left; of equally likely ones, that with the longer word."""
    cdef int32_t k, last, best
    cdef uint32_t held
    cdef double score, top
    _fetch(s, n, tables)
    s.score[n] = 0.0
    for k in range(n - 1, -1, -1):
        best = 0
        top = 0.0
        held = tables.root[s.text[k]]
        last = k + 1
        while held:
            if held & WORD:
                score = tables.weight[held & CHILD] + s.score[last]
                if best == 0 or score >= top:
                    top = score
                    best = last
            if last == n or not held & INNER:
                break
            held = _step(held & CHILD, s.text[last], tables)
            last += 1
        if best == 0:
            best = k + 1
            top = tables.single + s.score[k + 1]
        s.score[k] = top
        s.behind[k] = best


cdef inline int _better(double one, int state, double other, int state2, double *top) noexcept nogil:
    """Return the likelier of two states, the later letter where they are alike; `state` is the earlier letter."""
    if other >= one:
        top[0] = other
        return state2
    top[0] = one
    return state


cdef void _states(const Scratch *s, int32_t first, int32_t last, const Tables *tables, Ends *ends) noexcept nogil:
    """Put the ends of the words that the likeliest states make of a run of Han (Viterbi)."""
    cdef int32_t k, n = last - first
    cdef const double *seen = tables.emit + 4 * (s.text[first] - FIRST_HAN)
    cdef const double *f = tables.follow
    cdef double score[4]
    cdef double next[4]
    cdef int state, b, e, m, single
    cdef int64_t from_ = ends.count
    for state in range(4):
        score[state] = tables.start[state] + seen[state]
    for k in range(1, n):
        seen = tables.emit + 4 * (s.text[first + k] - FIRST_HAN)
        b = _better(score[E] + f[4 * E + B] + seen[B], E, score[S] + f[4 * S + B] + seen[B], S, &next[B])
        e = _better(score[B] + f[4 * B + E] + seen[E], B, score[M] + f[4 * M + E] + seen[E], M, &next[E])
        m = _better(score[B] + f[4 * B + M] + seen[M], B, score[M] + f[4 * M + M] + seen[M], M, &next[M])
        single = _better(score[E] + f[4 * E + S] + seen[S], E, score[S] + f[4 * S + S] + seen[S], S, &next[S])
        s.came[k] = <uint8_t> (b | e << 2 | m << 4 | single << 6)
        for state in range(4):
            score[state] = next[state]
    state = S if score[S] >= score[E] else E
    for k in range(n - 1, -1, -1):     # the states from the last to the first; the begins are marked
        s.behind[first + k] = state == E or state == S
        if k:
            state = (s.came[k] >> (2 * state)) & 3
    from_ = first
    for k in range(first, last):
        if s.behind[k]:
            _barred(s, <int32_t> from_, k + 1, tables, ends)
            from_ = k + 1


cdef inline void _barred(const Scratch *s, int32_t first, int32_t last, const Tables *tables,
                         Ends *ends) noexcept nogil:
    """Put the end of a word, or those of its characters where the word is barred."""
    cdef int32_t k
    if last - first > 1 and _find(s.text + first, last - first, tables) & BARRED:
        for k in range(first, last):
            _put(ends, s.at[k + 1])
    else:
        _put(ends, s.at[last])


cdef inline bint _alnum(const Scratch *s, int32_t k, int32_t last) noexcept nogil:
    return k < last and s.text[k] < 128 and ALNUM[s.text[k]]


cdef int32_t _latin(const Scratch *s, int32_t k, int32_t last) noexcept nogil:
    """Return the end of the word or number at k, or of what stands before the next one."""
    if not _alnum(s, k, last):
        while k < last and s.text[k] < FIRST_HAN and not _alnum(s, k, last):
            k += 1
        return k
    while _alnum(s, k, last):
        k += 1
    if k + 1 < last and s.text[k] == c'.' and c'0' <= s.text[k + 1] <= c'9':
        k += 1
        while k < last and c'0' <= s.text[k] <= c'9':
            k += 1
    return k + (k < last and s.text[k] == c'%')


cdef void _recognised(const Scratch *s, int32_t first, int32_t last, const Tables *tables, Ends *ends) noexcept nogil:
    """Put the ends of the words that the hidden Markov model sees in a row of single characters."""
    cdef int32_t k = first, run
    while k < last:
        if s.text[k] >= FIRST_HAN:
            run = k + 1
            while run < last and s.text[run] >= FIRST_HAN:
                run += 1
            _states(s, k, run, tables, ends)
            k = run
        else:
            k = _latin(s, k, last)
            _put(ends, s.at[k])


cdef void _row(const Scratch *s, int32_t first, int32_t last, bint hmm, const Tables *tables,
               Ends *ends) noexcept nogil:
    """Put the ends of what becomes of single characters in a row."""
    cdef int32_t k
    if last - first < 2 or not hmm:
        _put(ends, s.at[last])
    elif _find(s.text + first, last - first, tables) & WORD:
        for k in range(first, last):
            _put(ends, s.at[k + 1])
    else:
        _recognised(s, first, last, tables, ends)


cdef void _block(const Scratch *s, int32_t n, bint hmm, const Tables *tables, Ends *ends) noexcept nogil:
    """Put the ends of the words of a block."""
    cdef int32_t k = 0, last, row = 0  # from `row` to k there are single characters
    _route(s, n, tables)
    while k < n:
        last = s.behind[k]
        if last - k > 1 or not (hmm or _alnum(s, k, n)):
            if row < k:
                _row(s, row, k, hmm, tables, ends)
            _put(ends, s.at[last])
            row = last
        k = last
    if row < n:
        _row(s, row, n, hmm, tables, ends)


cdef int32_t _decode(const uint8_t *data, int32_t at, int32_t end, Scratch *s) noexcept nogil:
    """Write down the characters of the block at a byte; return how many there are."""
    cdef int32_t n = 0, c
    while at < end:
        if data[at] < 128:
            c = data[at]
            if not IN_BLOCK[c]:
                break
            s.at[n] = at
            at += 1
        else:
            if data[at] & 0xF0 != 0xE0:
                break
            c = utf8_decode(data + at)
            if not FIRST_HAN <= c <= LAST_HAN:
                break
            s.at[n] = at
            at += 3
        s.text[n] = <uint16_t> c
        n += 1
    s.at[n] = at
    return n


cdef void _range(const uint8_t *data, int32_t start, int32_t end, bint hmm, const Tables *tables, Scratch *s,
                 Ends *ends) noexcept nogil:
    """Put the ends of the words of one text."""
    cdef int32_t at = start, n
    while at < end:
        n = _decode(data, at, end, s)
        if n:
            _block(s, n, hmm, tables, ends)
            at = s.at[n]
        else:
            at += 1 + (data[at] == c'\r' and at + 1 < end and data[at + 1] == c'\n')
            while at < end and data[at] & 0xC0 == 0x80:
                at += 1
            _put(ends, at)


cdef class _Room:
    """Scratch memory for blocks of up to n characters."""

    cdef Scratch s

    def __cinit__(self, int64_t n):
        self.s.text = <uint16_t *> malloc((n + 1) * sizeof(uint16_t))
        self.s.at = <int32_t *> malloc((n + 1) * sizeof(int32_t))
        self.s.pair = <uint64_t *> malloc((n + 1) * sizeof(uint64_t))
        self.s.score = <double *> malloc((n + 1) * sizeof(double))
        self.s.behind = <int32_t *> malloc((n + 1) * sizeof(int32_t))
        self.s.came = <uint8_t *> malloc(n + 1)
        if not (self.s.text and self.s.at and self.s.pair and self.s.score and self.s.behind and self.s.came):
            raise MemoryError()

    def __dealloc__(self):
        free(self.s.text)
        free(self.s.at)
        free(self.s.pair)
        free(self.s.score)
        free(self.s.behind)
        free(self.s.came)


def cut(const uint8_t[::1] data, const int32_t[::1] start, const int32_t[::1] end, bint hmm, trie):
    """Return (offsets, word_end) of the words of every range."""
    cdef Py_ssize_t ranges = start.shape[0], i
    cdef int64_t longest = 0, total = 0
    cdef const uint64_t[::1] slots = trie[0]
    cdef const uint32_t[::1] root = trie[1]
    cdef const double[::1] weight = trie[2], single = trie[3], emit = trie[4], first = trie[5], follow = trie[6]
    cdef Tables tables = Tables(&slots[0], <uint64_t> slots.shape[0] - 1, &root[0], &weight[0], single[0], &emit[0],
                                &first[0], &follow[0])
    for i in range(ranges):
        total += end[i] - start[i]
        longest = max(longest, end[i] - start[i])
    offsets, ends = np.zeros(ranges + 1, np.int32), empty(total, np.int32)
    cdef int32_t[::1] offset = offsets, put = ends
    if total == 0:
        return offsets, ends
    cdef _Room room = _Room(longest)
    cdef Ends out = Ends(&put[0], 0)
    with nogil:
        for i in range(ranges):
            _range(&data[0], start[i], end[i], hmm, &tables, &room.s, &out)
            offset[i + 1] = <int32_t> out.count
    return offsets, ends[:out.count].copy()


cdef struct Table:                     # of units
    int32_t *start
    int32_t *end
    uint8_t *kind
    int64_t count


cdef inline bint _before_in_block(const uint8_t *data, int32_t first, int32_t at, int32_t *begin) noexcept nogil:
    """Say whether the character that ends at a byte belongs to a block; `begin` becomes where it begins."""
    if at <= first:
        return False
    if data[at - 1] < 128:
        begin[0] = at - 1
        return IN_BLOCK[data[at - 1]]
    if at - first < 3 or data[at - 3] & 0xF0 != 0xE0 or data[at - 2] & 0xC0 != 0x80:
        return False
    begin[0] = at - 3
    return _in_block(utf8_decode(data + at - 3))


cdef inline int32_t _left(const uint8_t *data, int32_t first, int32_t at) noexcept nogil:
    cdef int32_t begin = at
    while _before_in_block(data, first, at, &begin):
        at = begin
    return at


cdef inline int32_t _right(const uint8_t *data, int32_t at, int32_t last) noexcept nogil:
    while at < last:
        if data[at] < 128:
            if not IN_BLOCK[data[at]]:
                break
            at += 1
        else:
            if data[at] & 0xF0 != 0xE0 or not _in_block(utf8_decode(data + at)):
                break
            at += 3
    return at


cdef inline bint _holds(const Table *given, int64_t u, int64_t last, int32_t behind, uint8_t han) noexcept nogil:
    """Say whether a word that begins with unit u and ends behind it holds others whole, with a run among them all."""
    cdef bint run = given.kind[u] == han, held = False
    u += 1
    while u < last and given.start[u] < behind:
        held = True
        if given.kind[u] == han:
            run = True
        elif given.end[u] > behind:
            return False
        u += 1
    return held and run


cdef inline void _add(Table *made, int32_t start, int32_t end, uint8_t kind) noexcept nogil:
    made.start[made.count] = start
    made.end[made.count] = end
    made.kind[made.count] = kind
    made.count += 1


cdef int64_t _cut_units(const Table *given, int64_t u, int64_t last, int32_t start, int32_t end, const Ends *words,
                        uint8_t han, Table *made) noexcept nogil:
    """Cut the units that begin in a range by its words; return the first unit behind it."""
    cdef int64_t w = 0                 # the word that `begin` lies in
    cdef int32_t begin, behind, stop, done = 0, from_ = start
    cdef bint mixed
    while u < last and given.start[u] < end:
        begin = max(given.start[u], done)
        stop = given.end[u]
        while begin < stop:
            while words.end[w] <= begin:
                from_ = words.end[w]
                w += 1
            behind = words.end[w]
            mixed = from_ == begin and behind > stop and _holds(given, u, last, behind, han)
            if not mixed:
                behind = stop if given.kind[u] != han else min(behind, stop)
            _add(made, begin, behind, han if mixed else given.kind[u])
            begin = done = behind
        u += 1
    return u


cdef int64_t _copy(const Table *given, int64_t u, int64_t last, int32_t before, Table *made) noexcept nogil:
    """Copy the units that begin before a byte; return the first of the others."""
    while u < last and given.start[u] < before:
        _add(made, given.start[u], given.end[u], given.kind[u])
        u += 1
    return u


cdef void _split_row(const uint8_t *data, int32_t first, int32_t end, const Table *given, int64_t u, int64_t last,
                     uint8_t han, bint hmm, const Tables *tables, Scratch *s, Ends *words, Table *made) noexcept nogil:
    cdef int64_t v = u
    cdef int32_t start
    while v < last:
        if given.kind[v] != han:
            v += 1
            continue
        start = _left(data, first, given.start[v])
        first = _right(data, given.end[v], end)
        while v < last and given.start[v] < first:
            if given.kind[v] == han and given.end[v] > first:  # a run may hold more than blocks do
                first = _right(data, given.end[v], end)
            v += 1
        words.count = 0
        _range(data, start, first, hmm, tables, s, words)
        u = _copy(given, u, last, start, made)
        u = _cut_units(given, u, last, start, first, words, han, made)
        v = u
    _copy(given, u, last, end, made)


def split(const uint8_t[::1] data, const int32_t[::1] offsets, const int32_t[::1] row_offsets,
          const int32_t[::1] start, const int32_t[::1] end, const uint8_t[::1] kind, uint8_t han, bint hmm, trie):
    """Return (row_offsets, start, end, kind) of the units, the runs of Han among them cut into words."""
    cdef Py_ssize_t units = start.shape[0], rows = offsets.shape[0] - 1, r
    cdef int64_t u, room = units + 1, longest = 0
    cdef const uint64_t[::1] slots = trie[0]
    cdef const uint32_t[::1] root = trie[1]
    cdef const double[::1] weight = trie[2], single = trie[3], emit = trie[4], begins = trie[5], follow = trie[6]
    cdef Tables tables = Tables(&slots[0], <uint64_t> slots.shape[0] - 1, &root[0], &weight[0], single[0], &emit[0],
                                &begins[0], &follow[0])
    for u in range(units):
        room += (end[u] - start[u]) // 3 if kind[u] == han else 0
    for r in range(rows):
        longest = max(longest, offsets[r + 1] - offsets[r])
    counts = np.zeros(rows + 1, np.int32)
    starts, ends, kinds = empty(room, np.int32), empty(room, np.int32), empty(room, np.uint8)
    word_ends = empty(longest + 1, np.int32)
    cdef int32_t[::1] count = counts, start_to = starts, end_to = ends, word_end = word_ends
    cdef uint8_t[::1] kind_to = kinds
    if units == 0:
        return counts, starts[:0], ends[:0], kinds[:0]
    cdef Table given = Table(<int32_t *> &start[0], <int32_t *> &end[0], <uint8_t *> &kind[0], units)
    cdef Table made = Table(&start_to[0], &end_to[0], &kind_to[0], 0)
    cdef Ends words = Ends(&word_end[0], 0)
    cdef _Room scratch = _Room(longest)
    with nogil:
        for r in range(rows):
            _split_row(&data[0], offsets[r], offsets[r + 1], &given, row_offsets[r], row_offsets[r + 1], han, hmm,
                       &tables, &scratch.s, &words, &made)
            count[r + 1] = <int32_t> made.count
    return counts, starts[:made.count], ends[:made.count], kinds[:made.count]
