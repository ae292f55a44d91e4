"""Text infilling, compiled: see `reference/infilling.py` for the definitions."""

import numpy as np

from textaug.kernels.pool import empty

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy

include "rows.pxi"
include "sort.pxi"
include "subset.pxi"

cdef extern from "philox.h" nogil:
    void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *out)
    uint32_t philox_draw(uint64_t key, uint64_t row, uint32_t purpose, uint32_t index)

cdef enum:
    GOES_ON = 0
    BEGINS = 1
    NEVER = 2
    AHEAD = 128                        # draws that are made together


def extent(const uint8_t[::1] part, const int32_t[::1] offsets):
    """Count the words of each row, and the tokens before and behind all of them."""
    cdef Py_ssize_t r, rows = offsets.shape[0] - 1
    cdef int32_t t, count, start, end
    counts = np.empty((3, rows), np.int32)
    cdef int32_t[:, ::1] rows_of = counts
    with nogil:
        for r in range(rows):
            start, end, count = offsets[r], offsets[r + 1], 0
            for t in range(start, end):
                count += part[t] & BEGINS
            while start < end and part[start] == NEVER:
                start += 1
            while start < end and part[end - 1] == NEVER:
                end -= 1
            rows_of[0, r], rows_of[1, r], rows_of[2, r] = count, start - offsets[r], offsets[r + 1] - end
    return counts[0], counts[1], counts[2]


cdef int64_t _cuts(const uint8_t *part, const uint8_t *ends, int32_t start, int32_t end, int32_t *cuts) noexcept nogil:
    """Write where the sentences of a row begin, and where the last one ends; return their number."""
    cdef int64_t n = 0
    cdef int32_t t
    cdef bint pending = False
    cuts[0] = start
    for t in range(start, end):
        pending |= ends[t] != 0
        if t + 1 == end or (pending and part[t + 1] != GOES_ON):
            n += 1
            cuts[n] = t + 1
            pending = False
    return n


cdef void _arrange(uint64_t *listed, int64_t total, int64_t moving, const uint32_t *chosen, const uint32_t *turn,
                   int32_t *order) noexcept nogil:
    """Write which sentence comes to stand in each place."""
    cdef int64_t s, n = 0
    cdef uint64_t last = <uint64_t> -1
    for s in range(total):
        listed[s] = (<uint64_t> chosen[s] << 32) | <uint64_t> s
        order[s] = <int32_t> s
    if moving < total:
        _sort(listed, total)
        last = listed[moving]
    for s in range(total):             # those that move, in order: their places behind, their turns before
        if ((<uint64_t> chosen[s] << 32) | <uint64_t> s) < last:
            listed[total + n] = s
            listed[n] = (<uint64_t> turn[s] << 32) | <uint64_t> s
            n += 1
    _sort(listed, n)
    for s in range(n):
        order[listed[total + s]] = <int32_t> <uint32_t> listed[s]


def sentences(const int64_t[::1] ids, const uint8_t[::1] part, const int32_t[::1] offsets, const int32_t[::1] lead,
              const int32_t[::1] trail, const uint8_t[::1] ends, uint64_t key, const uint64_t[::1] row_ids, purposes,
              share):
    """Put sentences of each row in another order; return (ids, parts)."""
    cdef Py_ssize_t r
    cdef int64_t longest = _longest(offsets), total, s, parts_of = share[1], taken = share[0]
    cdef int32_t start, end, n, cut, size
    cdef uint32_t for_choice = purposes[0], for_turn = purposes[1]
    made, made_parts = empty(part.shape[0], np.int64), empty(part.shape[0], np.uint8)
    cut_at, ordered = np.empty(longest + 2, np.int32), np.empty(longest + 2, np.int32)
    draws, items = np.empty((2, longest + 8), np.uint32), empty(2 * longest + 2, np.uint64)
    cdef int64_t[::1] new = made
    cdef uint8_t[::1] new_part = made_parts
    cdef int32_t[::1] cuts = cut_at, order = ordered
    cdef uint32_t[:, ::1] draw = draws
    cdef uint64_t[::1] listed = items
    if part.shape[0] == 0:
        return made, made_parts
    with nogil:
        memcpy(&new[0], &ids[0], ids.shape[0] * sizeof(int64_t))
        memcpy(&new_part[0], &part[0], part.shape[0])
        for r in range(row_ids.shape[0]):
            start, end = offsets[r] + lead[r], offsets[r + 1] - trail[r]
            if start == end:
                continue
            total = _cuts(&part[0], &ends[0], start, end, &cuts[0])
            philox_row(key, row_ids[r], for_choice, total, &draw[0, 0])
            philox_row(key, row_ids[r], for_turn, total, &draw[1, 0])
            _arrange(&listed[0], total, (total * taken + parts_of - 1) // parts_of, &draw[0, 0], &draw[1, 0], &order[0])
            n = start
            for s in range(total):
                cut, size = cuts[order[s]], cuts[order[s] + 1] - cuts[order[s]]
                memcpy(&new[n], &ids[cut], size * sizeof(int64_t))
                memcpy(&new_part[n], &part[cut], size)
                n += size
    return made, made_parts


cdef int64_t _lengths(uint64_t key, uint64_t row, uint32_t purpose, const uint64_t *limits, int32_t most, int32_t left,
                      int32_t *out, int64_t room) noexcept nogil:
    """Write lengths that sum to `left`; return their number, or -1 where there is not enough room for them."""
    cdef uint32_t drawn[AHEAD]
    cdef uint32_t draw
    cdef int64_t n = 0, made = min(<int64_t> left, <int64_t> AHEAD)
    cdef int32_t length
    philox_row(key, row, purpose, made, drawn)
    while left > 0:
        if n == room:
            return -1
        draw = drawn[n] if n < made else philox_draw(key, row, purpose, <uint32_t> n)
        length = 0
        while length < most and draw >= limits[length]:
            length += 1
        out[n] = min(length, left)
        left -= out[n]
        n += 1
    return n


cdef inline void _exchange(int32_t *length, int64_t n, uint32_t draw) noexcept nogil:
    """Put the last one anywhere."""
    cdef int64_t at = <int64_t> ((<uint64_t> draw * <uint64_t> n) >> 32)
    cdef int32_t held = length[at]
    length[at] = length[n - 1]
    length[n - 1] = held


def lengths(const int32_t[::1] budget, const uint64_t[::1] limits, uint64_t key, const uint64_t[::1] row_ids, purposes):
    """Draw the lengths of each row's spans until they sum to its budget; return (row offsets, lengths)."""
    cdef Py_ssize_t r = 0, rows = row_ids.shape[0]
    cdef int32_t most = <int32_t> limits.shape[0]
    cdef uint32_t for_length = purposes[0], for_last = purposes[1]
    cdef int64_t n, count = 0
    offset, made = np.zeros(rows + 1, np.int32), empty(int(np.asarray(budget).sum()) + AHEAD, np.int32)
    cdef int32_t[::1] begins = offset, length = made
    while r < rows:
        with nogil:
            while r < rows:
                n = _lengths(key, row_ids[r], for_length, &limits[0], most, budget[r], &length[count],
                             length.shape[0] - 1 - count)
                if n < 0:
                    break
                if n > 0:
                    _exchange(&length[count], n, philox_draw(key, row_ids[r], for_last, 0))
                count += n
                r += 1
                begins[r] = <int32_t> count
        if r < rows:                   # many of no words at all
            made = np.concatenate([made, made])
            length = made
    return offset, made[:count]


cdef struct Masks:                     # what stands in place of a span, and where it is written
    uint64_t key
    uint64_t row
    uint32_t for_kind
    uint32_t for_token
    uint64_t random
    int64_t mask
    const int64_t *pool
    uint64_t tokens
    uint32_t nth
    uint32_t *kinds                    # the first draws of the row
    uint32_t ahead
    int64_t *out
    int32_t n


cdef inline void _put(Masks *masks) noexcept nogil:
    """Write a mask, or a random token in its place."""
    cdef int64_t token = masks.mask
    cdef uint32_t draw
    if masks.random:
        draw = masks.kinds[masks.nth] if masks.nth < masks.ahead else philox_draw(masks.key, masks.row, masks.for_kind,
                                                                                   masks.nth)
        if draw < masks.random:
            token = masks.pool[(philox_draw(masks.key, masks.row, masks.for_token, masks.nth) * masks.tokens) >> 32]
    masks.out[masks.n] = token
    masks.nth += 1
    masks.n += 1


cdef int32_t _span(const int64_t *ids, const uint8_t *part, int32_t at, int32_t end, int32_t size, int replace,
                   Masks *masks) noexcept nogil:
    """Write masks in place of so many words; return where they end."""
    cdef bint fresh = replace == 1
    cdef int32_t begun
    if size == 0:
        _put(masks)
    while size > 0:
        while part[at] == NEVER:
            masks.out[masks.n] = ids[at]
            masks.n += 1
            at += 1
            fresh = replace == 1
        begun = at
        at += 1
        while at < end and part[at] == GOES_ON:
            at += 1
        if fresh:
            _put(masks)
        fresh = False
        while replace == -1 and begun < at:
            _put(masks)
            begun += 1
        size -= 1
    return at


cdef inline void _keep(Masks *masks, const int64_t *ids, int32_t begin, int32_t end) noexcept nogil:
    cdef int32_t t
    for t in range(begin, end):        # few, mostly: to call memcpy would take longer
        masks.out[masks.n + t - begin] = ids[t]
    masks.n += max(end - begin, 0)


cdef void _row(const int64_t *ids, const uint8_t *part, const int32_t *begins, int32_t start, int32_t first,
               int32_t end, const uint64_t *bits, const int32_t *length, int64_t count, int replace,
               Masks *masks) noexcept nogil:
    """Write a row: the spans, and what is kept between them."""
    cdef int32_t at
    cdef int64_t s, item = -1, word = 0
    for s in range(count):
        word -= item + 1               # of the items between this span and the one before, each is a word
        item = _next(bits, item + 1)
        word += item
        at = begins[word]
        while at > max(first, start) and part[at - 1] == NEVER:
            at -= 1
        _keep(masks, ids, start, at)
        start = _span(ids, part, at, end, length[s], replace, masks)
        word += length[s]
    _keep(masks, ids, start, end)


def fill(const int64_t[::1] ids, const uint8_t[::1] part, const int32_t[::1] offsets, const int32_t[::1] words,
         const int32_t[::1] lead, const int32_t[::1] span_offsets, const int32_t[::1] length, uint64_t key,
         const uint64_t[::1] row_ids, purposes, int replace, int64_t mask, uint64_t random, const int64_t[::1] pool):
    """Put masks in place of spans of words; return (ids, row offsets)."""
    cdef Py_ssize_t r, rows = row_ids.shape[0]
    cdef int64_t most = _longest(span_offsets), longest = _longest(offsets), items, i, n
    cdef int32_t t, count
    cdef uint32_t for_place = purposes[0]
    made, ends = empty(ids.shape[0] + length.shape[0] + 1, np.int64), np.zeros(rows + 1, np.int32)
    draws, chosen = np.empty(most + 8, np.uint32), np.empty((longest + most >> 6) + 2, np.uint64)
    listed, spans = np.empty(longest + 1, np.int32), np.append(length, np.int32(0))
    cdef int64_t[::1] out = made
    cdef int32_t[::1] new_offsets = ends, begins = listed, span = spans
    cdef uint32_t[::1] draw = draws
    cdef uint64_t[::1] bits = chosen
    cdef uint32_t[::1] kinds = np.empty(AHEAD, np.uint32)
    cdef uint32_t for_kind = purposes[1], for_token = purposes[2]
    cdef Masks masks = Masks(key, 0, for_kind, for_token, random, mask, NULL, pool.shape[0], 0, NULL, 0, &out[0], 0)
    masks.kinds = &kinds[0]
    if pool.shape[0]:
        masks.pool = &pool[0]
    with nogil:
        for r in range(rows):
            n, count, items = 0, span_offsets[r + 1] - span_offsets[r], words[r]
            for t in range(offsets[r], offsets[r + 1]):
                begins[n] = t
                n += part[t] == BEGINS
            begins[n] = offsets[r + 1] # what stands behind the last word is none of them
            for i in range(span_offsets[r], span_offsets[r + 1]):
                items += 1 - length[i]
            philox_row(key, row_ids[r], for_place, count, &draw[0])
            _subset(&draw[0], count, items, &bits[0])
            masks.row, masks.nth = row_ids[r], 0
            if random:                 # as many masks as spans, or more where they stand for tokens
                masks.ahead = AHEAD if replace == -1 else min(count, <int32_t> AHEAD)
                philox_row(key, row_ids[r], masks.for_kind, masks.ahead, masks.kinds)
            if offsets[r] < offsets[r + 1]:
                _row(&ids[0], &part[0], &begins[0], offsets[r], offsets[r] + lead[r], offsets[r + 1], &bits[0],
                     &span[span_offsets[r]], count, replace, &masks)
            new_offsets[r + 1] = masks.n
    return made[:masks.n], ends


def rotate(const int64_t[::1] ids, const int32_t[::1] offsets, const int32_t[::1] lead, const int32_t[::1] trail,
           uint64_t key, const uint64_t[::1] row_ids, uint32_t purpose, uint64_t limit):
    """Let rows begin with another token; return the ids."""
    cdef Py_ssize_t r
    cdef int32_t start, size, by
    made = empty(ids.shape[0], np.int64)
    cdef int64_t[::1] out = made
    if ids.shape[0] == 0:
        return made
    with nogil:
        memcpy(&out[0], &ids[0], ids.shape[0] * sizeof(int64_t))
        for r in range(row_ids.shape[0]):
            start, size = offsets[r] + lead[r], offsets[r + 1] - trail[r] - offsets[r] - lead[r]
            if size > 0 and philox_draw(key, row_ids[r], purpose, 0) < limit:
                by = <int32_t> ((<uint64_t> philox_draw(key, row_ids[r], purpose, 1) * <uint64_t> size) >> 32)
                if by > 0:
                    memcpy(&out[start], &ids[start + by], (size - by) * sizeof(int64_t))
                    memcpy(&out[start + size - by], &ids[start], by * sizeof(int64_t))
    return made
