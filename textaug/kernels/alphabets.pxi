# Alphabets: runs of letters, and the letters that may stand in for them (`textaug.languages.alphabets`).

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
