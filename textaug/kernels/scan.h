/* Eight characters at a time: which of them may be selected, and what is passed by on the way to the first of those. */
#ifndef TEXTAUG_SCAN_H
#define TEXTAUG_SCAN_H
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* draw * sites < wanted * 2**32 for wanted > 0; only very long rows need more than 64 bits for it. */
static inline int drawn(uint32_t draw, int64_t sites, int64_t wanted) {
    if (sites <= 0) return 1;
    if (((sites | wanted) >> 31) == 0) return (uint64_t)draw * (uint64_t)sites < (uint64_t)wanted << 32;
    return (unsigned __int128)draw * (uint64_t)sites < (unsigned __int128)wanted << 32;
}

/* Which of 8 draws are at most `limit`, as bits. */
static inline uint32_t at_most8(const uint32_t *draw, uint32_t limit) {
#if defined(__SSE2__)
    const __m128i sign = _mm_set1_epi32((int)0x80000000u), bound = _mm_set1_epi32((int)(limit ^ 0x80000000u));
    __m128i low = _mm_xor_si128(_mm_loadu_si128((const __m128i *)draw), sign);
    __m128i high = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(draw + 4)), sign);
    uint32_t above = (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpgt_epi32(low, bound))) |
                     (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpgt_epi32(high, bound))) << 4;
    return ~above & 0xFF;
#else
    uint32_t bits = 0;
    for (int i = 0; i < 8; i++) bits |= (uint32_t)(draw[i] <= limit) << i;
    return bits;
#endif
}

/* Eight bytes as one number, the first the lowest: one load, where bytes lie so. */
static inline uint64_t eight(const uint8_t *bytes) {
    uint64_t x = 0;
    for (int i = 0; i < 8; i++) x |= (uint64_t)bytes[i] << (8 * i);
    return x;
}

/* The sum of the first n <= 8 of eight flags. */
static inline int32_t first_of(uint64_t flags, int n) {
    if (n < 8) flags &= ((uint64_t)1 << (8 * n)) - 1;
    return (int32_t)((flags * 0x0101010101010101u) >> 56);
}

/* What the next `ahead` characters must draw at most for `drawn` to select them, each taking `cost` of the sites away:
 * the bound with the fewest sites that are left among them. One division serves them all. */
static inline uint32_t limit_ahead(int64_t sites, int64_t wanted, int32_t cost, int32_t ahead) {
    sites -= (int64_t)ahead * cost;
    if (sites <= 0 || wanted >= sites || ((sites | wanted) >> 31) != 0) return 0xFFFFFFFFu;
    return (uint32_t)((((uint64_t)wanted << 32) - 1) / (uint64_t)sites);
}

/* How far ahead one bound is tight enough. */
static inline int32_t horizon(int64_t sites, int32_t cost) { return sites > 1024 * (int64_t)cost ? 64 : 8; }

/* Which of the next 8 flagged characters draw at most the limit, as bits. */
static inline uint32_t maybe8(const uint32_t *draw, const uint8_t *flags, uint32_t limit) {
    return (uint32_t)((eight(flags) * 0x0102040810204080u) >> 56) & at_most8(draw, limit);
}

/* How many of the first n <= 8 flags are set. */
static inline int32_t sum_of(const uint8_t *flags, int n) { return first_of(eight(flags), n); }

/* How many of the first n <= 8 flags are set, or the one before them. */
static inline int32_t either_of(const uint8_t *flags, int n) { return first_of(eight(flags) | eight(flags - 1), n); }

/* How often the first n <= 8 letters change from the one before; all 8 may be read. */
static inline int32_t changes_of(const int32_t *letters, int32_t previous, int n) {
    int32_t total = letters[0] != previous;
    for (int i = 1; i < 8; i++) total += (letters[i] != letters[i - 1]) & (i < n);
    return total;
}

/* The lowest of 8 bits, 8 where none is set. */
static inline int lowest8(uint32_t bits) {
#if defined(__GNUC__)
    return __builtin_ctz(bits | 0x100);
#else
    int i = 0;
    while (i < 8 && !(bits >> i & 1)) i++;
    return i;
#endif
}
#endif
