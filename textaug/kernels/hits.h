/* Which of up to 64 draws are at most a limit, and which of up to 64 flags are set, as the bits of a word. */
#ifndef TEXTAUG_HITS_H
#define TEXTAUG_HITS_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>

static inline uint64_t hits_16(const uint32_t *draw, __m128i limit, __m128i flip) {
    __m128i m[4];
    for (int k = 0; k < 4; k++) /* the sign bit turned over: unsigned as signed comparison */
        m[k] = _mm_cmpgt_epi32(_mm_xor_si128(_mm_loadu_si128((const __m128i *)(draw + 4 * k)), flip), limit);
    __m128i above = _mm_packs_epi16(_mm_packs_epi32(m[0], m[1]), _mm_packs_epi32(m[2], m[3]));
    return (uint64_t)(~(uint32_t)_mm_movemask_epi8(above) & 0xFFFFu);
}

static inline uint64_t hits_64(const uint32_t *draw, uint32_t most) { /* reads 64 draws */
    __m128i flip = _mm_set1_epi32((int32_t)0x80000000u);
    __m128i limit = _mm_set1_epi32((int32_t)(most ^ 0x80000000u));
    return hits_16(draw, limit, flip) | hits_16(draw + 16, limit, flip) << 16 | hits_16(draw + 32, limit, flip) << 32 |
           hits_16(draw + 48, limit, flip) << 48;
}
#else
static inline uint64_t hits_64(const uint32_t *draw, uint32_t most) {
    uint64_t found = 0;
    for (int k = 0; k < 64; k++) found |= (uint64_t)(draw[k] <= most) << k;
    return found;
}
#endif

/* Which of up to 64 flags are set; reads 64. */
static inline uint64_t flags_64(const uint8_t *flag) {
    uint64_t found = 0;
#ifdef __SSE2__
    for (int k = 0; k < 64; k += 16) {
        __m128i none = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(flag + k)), _mm_setzero_si128());
        found |= (uint64_t)(~(uint32_t)_mm_movemask_epi8(none) & 0xFFFFu) << k;
    }
#else
    for (int k = 0; k < 64; k++) found |= (uint64_t)(flag[k] != 0) << k;
#endif
    return found;
}

static inline uint64_t flags(const uint8_t *flag, int64_t n) {
    uint64_t found = flags_64(flag);
    return n < 64 ? found & ((UINT64_C(1) << n) - 1) : found;
}

/* The same of the n first ones, n from 1 up. */
static inline uint64_t hits(const uint32_t *draw, int64_t n, uint32_t most) {
    uint64_t found = hits_64(draw, most);
    return n < 64 ? found & ((UINT64_C(1) << n) - 1) : found;
}
#endif
