# The most units that a row has: the size of scratch memory for one row.

cdef int64_t _longest(const int32_t[::1] row_offsets) noexcept nogil:
    cdef int64_t most = 0
    cdef Py_ssize_t r
    for r in range(row_offsets.shape[0] - 1):
        most = max(most, row_offsets[r + 1] - row_offsets[r])
    return most
