# Probes: a word's hash, its slot, its key. Every step fetches ahead what the next one reads, for many words at once.

cdef struct Probe:
    uint64_t hash, word, capitals, place
    int32_t unit, size, key


cdef struct Index:
    const uint64_t *slots
    const int32_t *starts
    const uint64_t *words
    uint64_t mask


cdef inline uint64_t _hash(const uint8_t *data, int64_t size, int64_t at, int64_t n, Probe *probe) noexcept nogil:
    cdef uint64_t value = <uint64_t> n * SEED, word
    cdef int64_t k = 0
    probe.capitals = 0
    probe.word = _eight(data, size, at, min(n, 8), &probe.capitals)
    word = probe.word
    while True:
        value = (value ^ word) * MULTIPLIER
        value ^= value >> 32
        k += 8
        if k >= n:
            return value
        word = _eight(data, size, at + k, min(n - k, 8), &probe.capitals)


cdef inline bint _same(const uint8_t *data, int64_t size, int64_t at, const Probe *probe,
                       const uint64_t *words) noexcept nogil:
    cdef uint64_t capitals = 0
    cdef int64_t k = 8
    if words[0] != probe.word:
        return False
    while k < probe.size:
        if words[k >> 3] != _eight(data, size, at + k, min(probe.size - k, 8), &capitals):
            return False
        k += 8
    return True


cdef inline void _next(Probe *probe, const Index *index) noexcept nogil:
    """Go on to the next slot with the probe's tag; `key` is -1 where there is none."""
    cdef uint32_t tag = <uint32_t> ((probe.hash >> 40) << 8) | <uint32_t> probe.size
    cdef uint64_t slot
    while True:
        slot = index.slots[probe.place & index.mask]
        probe.place += 1
        if slot == 0:
            probe.key = -1
            return
        if <uint32_t> slot == tag:
            probe.key = <int32_t> ((slot >> 32) - 1)
            return


cdef inline void _find(const uint8_t *data, int64_t size, const int32_t *start, Probe *probes, int n,
                       const Index *index) noexcept nogil:
    """Find the keys of some probes. Each step fetches ahead what the next one reads, for all of them."""
    cdef int i
    for i in range(n):
        probes[i].place = probes[i].hash >> 20
        PREFETCH(&index.slots[probes[i].place & index.mask])
    for i in range(n):
        _next(&probes[i], index)
        if probes[i].key >= 0:
            PREFETCH(&index.starts[probes[i].key])
    for i in range(n):
        if probes[i].key >= 0:
            PREFETCH(index.words + index.starts[probes[i].key])
    for i in range(n):
        while probes[i].key >= 0 and not _same(data, size, start[probes[i].unit], &probes[i],
                                               index.words + index.starts[probes[i].key]):
            _next(&probes[i], index)
