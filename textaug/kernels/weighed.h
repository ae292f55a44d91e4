/* The sum of the low halves of ids + 1, each times its weight; ids that are padding do not count. */
#ifndef TEXTAUG_WEIGHED_H
#define TEXTAUG_WEIGHED_H

#include <stdint.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* Four at a time, a product of 32 and 64 bits as two of 32 and 32. */
__attribute__((target("avx2"))) static uint64_t weighed_avx2(const void *ids, int wide, int64_t n, int64_t pad,
                                                             const uint64_t *weight) {
    const __m256i one = _mm256_set1_epi64x(1), none = _mm256_set1_epi64x(pad);
    __m256i low = _mm256_setzero_si256(), high = low;
    for (int64_t k = 0; k < n; k += 4) {
        __m256i id = wide ? _mm256_loadu_si256((const __m256i *)((const int64_t *)ids + k))
                          : _mm256_cvtepi32_epi64(_mm_loadu_si128((const __m128i *)((const int32_t *)ids + k)));
        __m256i x = _mm256_andnot_si256(_mm256_cmpeq_epi64(id, none), _mm256_add_epi64(id, one));
        __m256i w = _mm256_loadu_si256((const __m256i *)(weight + k));
        low = _mm256_add_epi64(low, _mm256_mul_epu32(x, w));
        high = _mm256_add_epi64(high, _mm256_mul_epu32(x, _mm256_srli_epi64(w, 32)));
    }
    uint64_t sum[4];
    _mm256_storeu_si256((__m256i *)sum, _mm256_add_epi64(low, _mm256_slli_epi64(high, 32)));
    return sum[0] + sum[1] + sum[2] + sum[3];
}
#endif

static uint64_t weighed(const void *ids, int wide, int64_t n, int64_t pad, const uint64_t *weight) {
    uint64_t sum = 0;
    int64_t k = 0;
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2")) sum = weighed_avx2(ids, wide, k = n & ~INT64_C(3), pad, weight);
#endif
    for (; k < n; k++) {
        int64_t id = wide ? ((const int64_t *)ids)[k] : ((const int32_t *)ids)[k];
        if (id != pad) sum += (uint64_t)(uint32_t)(id + 1) * weight[k];
    }
    return sum;
}
#endif
