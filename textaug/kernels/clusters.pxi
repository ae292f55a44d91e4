"""Grapheme clusters: part of `units.pyx`, a state machine for the rules GB3 to GB13 of UAX #29."""

cdef struct Table:  # `textaug.languages.unicode`
    const uint16_t *block_of
    const uint16_t *blocks


cdef inline int32_t _decode(const uint8_t *p, int32_t i, int32_t end, uint32_t *point) noexcept nogil:
    """Read a code point and return the position behind it; invalid bytes never run over `end`."""
    cdef uint32_t lead = p[i]
    cdef int32_t length = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    if length == 1 or length > end - i:
        point[0] = lead if lead < 0x80 else 0xFFFD
        return i + 1
    if length == 2:
        point[0] = (lead & 0x1F) << 6 | (p[i + 1] & 0x3F)
    elif length == 3:
        point[0] = (lead & 0x0F) << 12 | (p[i + 1] & 0x3F) << 6 | (p[i + 2] & 0x3F)
    else:
        point[0] = (lead & 0x07) << 18 | (p[i + 1] & 0x3F) << 12 | (p[i + 2] & 0x3F) << 6 | (p[i + 3] & 0x3F)
        if point[0] > 0x10FFFF:
            point[0] = 0xFFFD
    return i + length


cdef inline uint16_t _entry(const Table *table, uint32_t point) noexcept nogil:
    return table.blocks[(<uint32_t>table.block_of[point >> 7] << 7) | (point & 127)]


cdef struct Joint:  # what the code points of a cluster so far ask of the next
    uint8_t last
    uint8_t pictograph  # 1: an emoji and its extenders, 2: and a joiner
    uint8_t flags       # regional indicators in a row
    bint linked         # an Indic linker and its extenders


cdef inline void _advance(Joint *joint, uint8_t class_) noexcept nogil:
    joint.linked = class_ == c'k' or class_ == c'j' or (joint.linked and (class_ == c'e' or class_ == c'z'))
    if class_ == c'P':
        joint.pictograph = 1
    elif class_ == c'z':
        joint.pictograph = 2 if joint.pictograph == 1 else 0
    elif not (joint.pictograph == 1 and (class_ == c'e' or class_ == c'k' or class_ == c'x')):
        joint.pictograph = 0
    joint.flags = joint.flags + 1 if class_ == c'i' else 0
    joint.last = class_


cdef inline bint _is_line(uint8_t class_) noexcept nogil:
    return class_ == c'r' or class_ == c'n' or class_ == c'c'


cdef bint _joins(const Joint *joint, uint8_t next) noexcept nogil:
    """UAX #29, GB3 to GB13: no border between what was read and the next code point."""
    cdef uint8_t last = joint.last
    if _is_line(last) or _is_line(next):
        return last == c'r' and next == c'n'
    if last == c'p' or next == c'e' or next == c'k' or next == c'x' or next == c'z' or next == c's':
        return True
    if next == c'C':
        return joint.linked
    if next == c'P':
        return joint.pictograph == 2
    if next == c'i':
        return joint.flags == 1
    if last == c'L':
        return next == c'L' or next == c'V' or next == c'A' or next == c'B'
    if last == c'V' or last == c'A':
        return next == c'V' or next == c'T'
    return (last == c'T' or last == c'B') and next == c'T'


cdef int32_t _cluster(const uint8_t *p, int32_t i, int32_t end, const Table *table,
                      uint8_t *class_) noexcept nogil:
    """Return where the cluster that begins at i ends, and its class."""
    cdef uint32_t first, second = 0, last = 0, point
    cdef int32_t behind = _decode(p, i, end, &first), further
    cdef uint16_t entry = _entry(table, first)
    cdef uint8_t next
    cdef Joint joint = Joint(0, 0, 0, False)
    _advance(&joint, entry & 0xFF)
    while behind < end:
        further = _decode(p, behind, end, &point)
        next = _entry(table, point) & 0xFF
        if (joint.last == c'o' and next == c'o') or not _joins(&joint, next):
            break
        _advance(&joint, next)
        behind, last = further, point
        second = second or point
    class_[0] = entry >> 8 if second == 0 else CLASS_OF_SEVERAL[entry >> 8]
    if second == 0xFE0F and entry & 0xFF == c'P':
        class_[0] = EMOJI_CLASS
    elif last == 0x20E3 and (c'0' <= first <= c'9' or first == c'#' or first == c'*'):
        class_[0] = EMOJI_CLASS
    return behind


cdef int32_t _clusters(const uint8_t *p, int32_t i, int32_t end, const Table *table,
                       int32_t *start, uint8_t *classes) noexcept nogil:
    """Write where the clusters of a row begin and their classes; return how many there are."""
    cdef int32_t n = 0, k, run
    while i < end:
        run = ascii_run(p + i, end - i)
        if i + run < end:
            run -= 1  # the last one may be the base of what follows
        if run > 0 and memchr(p + i, c'\r', run) == NULL:
            memcpy(classes + n, p + i, run)
            for k in range(run):
                start[n + k] = i + k
            n += run
            i += run
        if i < end:
            start[n] = i
            i = _cluster(p, i, end, table, classes + n)
            n += 1
    return n
