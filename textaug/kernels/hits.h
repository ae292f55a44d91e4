/* Which of up to 64 draws are at most a limit, which of up to 64 bytes are so and so, as the bits of a word. */
#ifndef TEXTAUG_HITS_H
#define TEXTAUG_HITS_H

#include <stdint.h>

#include "masks.h"

/* Compiled for AVX2 too, chosen where the library is loaded: for loops that a compiler turns into vectors by itself. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__linux__)
#define TEXTAUG_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define TEXTAUG_CLONES
#endif

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

/* What a mark says of a token: a unit begins there; it has none. */
enum { BEGINS = 1, NONE = 2 };

/* Marks as bits: where a unit begins, and where the one before it ends: at its begin, or at a token without a unit.
 * Writes words for n places and one more, in which every bit is an end. */
static inline void borders(const uint8_t *marks, int64_t n, uint64_t *begin, uint64_t *end) {
    int64_t word = 0;
    for (int64_t p = 0; p < n; p += 64, word++) {
        uint64_t begins = 0, ends = 0;
        int64_t most = n - p < 64 ? n - p : 64, k = 0;
#ifdef __SSE2__
        for (; k + 16 <= most; k += 16) {
            __m128i held = _mm_loadu_si128((const __m128i *)(marks + p + k));
            __m128i nothing = _mm_cmpeq_epi8(held, _mm_setzero_si128());
            begins |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_slli_epi16(held, 7)) << k;
            ends |= (uint64_t)(~(uint32_t)_mm_movemask_epi8(nothing) & 0xFFFFu) << k;
        }
#endif
        for (; k < most; k++) {
            begins |= (uint64_t)(marks[p + k] & BEGINS) << k;
            ends |= (uint64_t)(marks[p + k] != 0) << k;
        }
        begin[word] = begins;
        end[word] = most < 64 ? ends | ~UINT64_C(0) << most : ends;
    }
    end[word] = ~UINT64_C(0);
}

/* Where the unit ends that begins at a place. */
static inline int64_t unit_end(const uint64_t *end, int64_t place) {
    int64_t word = (place + 1) >> 6;
    uint64_t found = end[word] & (~UINT64_C(0) << ((place + 1) & 63));
    while (!found) found = end[++word];
    return 64 * word + lowest_bit(found);
}

/* Where the unit of each token begins, -1 where it has none: a running maximum of the places of begins. */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("avx2"))) static int64_t running_avx2(const uint8_t *marks, int64_t n, int32_t *first) {
    const __m256i zero = _mm256_setzero_si256(), step = _mm256_set1_epi32(8);
    const __m256i by1 = _mm256_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6), by2 = _mm256_setr_epi32(0, 0, 0, 1, 2, 3, 4, 5);
    const __m256i last = _mm256_set1_epi32(7);
    __m256i place = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), carry = zero;
    int64_t p = 0;
    for (; p + 8 <= n; p += 8) {
        __m256i m = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(marks + p)));
        __m256i v = _mm256_and_si256(place, _mm256_srai_epi32(_mm256_slli_epi32(m, 31), 31)); /* BEGINS as a sign */
        v = _mm256_max_epi32(v, _mm256_permutevar8x32_epi32(v, by1)); /* the lowest lanes meet themselves */
        v = _mm256_max_epi32(v, _mm256_permutevar8x32_epi32(v, by2));
        v = _mm256_max_epi32(v, _mm256_permute2x128_si256(v, v, 0x08)); /* the low half before the high one */
        __m256i high = _mm256_blend_epi32(zero, _mm256_permutevar8x32_epi32(v, _mm256_set1_epi32(3)), 0xF0);
        v = _mm256_max_epi32(_mm256_max_epi32(v, high), carry);
        carry = _mm256_permutevar8x32_epi32(v, last);
        __m256i none = _mm256_srai_epi32(_mm256_slli_epi32(m, 30), 31);
        _mm256_storeu_si256((__m256i *)(first + p), _mm256_or_si256(v, none));
        place = _mm256_add_epi32(place, step);
    }
    return p;
}
#endif

static inline void running(const uint8_t *marks, int64_t n, int32_t *first) {
    int64_t p = 0;
    int32_t begun = 0;
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2")) {
        p = running_avx2(marks, n, first);
        for (int64_t q = p; q-- > 0;)
            if (marks[q] & BEGINS) {
                begun = (int32_t)q;
                break;
            }
    }
#endif
    for (; p < n; p++) {
        begun = marks[p] & BEGINS ? (int32_t)p : begun;
        first[p] = marks[p] & NONE ? -1 : begun;
    }
}

/* Mark words: a token begins one unless it goes on with the one before, and that one may be gone on with; `kind` says
 * that it is special (1), goes on (2), is a word by itself (4), and that before the first is special. */
TEXTAUG_CLONES static void mark_words(const uint8_t *restrict kind, int64_t n, uint8_t *restrict marks) {
    for (int64_t p = 0; p < n; p++) {
        uint8_t held = kind[p], before = kind[p - 1];
        uint8_t begins = ((uint8_t)(~held >> 1) | held >> 2 | before | before >> 2) & ~held & BEGINS;
        marks[p] = (uint8_t)(begins | (held & 1) << 1);
    }
}

/* Mark runs of equal numbers; behind a special token one begins, and those below 0 are none. */
TEXTAUG_CLONES static void mark_runs(const int32_t *restrict numbers, const uint8_t *restrict kind, int64_t n,
                                     uint8_t *restrict marks) {
    if (n == 0) return;
    marks[0] = BEGINS;
    for (int64_t p = 1; p < n; p++) marks[p] = (uint8_t)(numbers[p] != numbers[p - 1]);
    for (int64_t p = 1; p < n; p++) marks[p] |= kind[p - 1] & 1;
    for (int64_t p = 0; p < n; p++) {
        uint8_t none = (uint8_t)((uint32_t)numbers[p] >> 31) | (kind[p] & 1);
        marks[p] = (uint8_t)((marks[p] & ~none) | none << 1);
    }
}

/* Lay marks over others: return whether a unit below is torn: it goes on behind a token that it has lost. */
TEXTAUG_CLONES static int laid(const uint8_t *restrict upper, const uint8_t *restrict lower, int64_t n,
                               uint8_t *restrict marks) {
    uint8_t torn = 0;
    for (int64_t p = 0; p < n; p++) {
        uint8_t free = (uint8_t)-(uint8_t)(upper[p] >> 1);
        marks[p] = (uint8_t)((upper[p] & ~free) | (lower[p] & free));
    }
    for (int64_t p = 1; p < n; p++) torn |= (uint8_t)((lower[p] == 0) & upper[p] >> 1 & ~(upper[p - 1] >> 1));
    return torn;
}

/* How many of the rising limits each draw does not stay under, and one more; none of 2^32 is reached. */
TEXTAUG_CLONES static void steps(const uint32_t *restrict draw, int64_t n, const uint64_t *limits, int64_t count,
                                 uint8_t *restrict step) {
    int64_t k = 0;
    while (count && limits[count - 1] >> 32) count--;
    for (; k + 16 <= n; k += 16) { /* counted as wide as they are compared, made narrow once */
        uint32_t many[16];
        for (int j = 0; j < 16; j++) many[j] = 1;
        for (int64_t l = 0; l < count; l++) {
            uint32_t limit = (uint32_t)limits[l];
            for (int j = 0; j < 16; j++) many[j] += draw[k + j] >= limit;
        }
        for (int j = 0; j < 16; j++) step[k + j] = (uint8_t)many[j];
    }
    for (; k < n; k++) {
        step[k] = 1;
        for (int64_t l = 0; l < count; l++) step[k] = (uint8_t)(step[k] + (draw[k] >= (uint32_t)limits[l]));
    }
}

/* `least`, and one more for each of two limits that a draw is above. */
TEXTAUG_CLONES static void above(const uint32_t *restrict draw, int64_t n, uint32_t one, uint32_t two, uint8_t least,
                                 uint8_t *restrict kind) {
    for (int64_t k = 0; k < n; k++) kind[k] = (uint8_t)(least + (draw[k] > one) + (draw[k] > two));
}

/* How many tokens have no unit. */
static inline int32_t without(const uint8_t *marks, int64_t n) {
    int32_t count = 0;
    int64_t p = 0;
#ifdef __SSE2__
    __m128i sum = _mm_setzero_si128();
    for (; p + 16 <= n; p += 16) {
        __m128i none = _mm_and_si128(_mm_loadu_si128((const __m128i *)(marks + p)), _mm_set1_epi8(NONE));
        sum = _mm_add_epi64(sum, _mm_sad_epu8(none, _mm_setzero_si128()));
    }
    count = (_mm_cvtsi128_si32(sum) + _mm_cvtsi128_si32(_mm_srli_si128(sum, 8))) / NONE;
#endif
    for (; p < n; p++) count += (marks[p] & NONE) != 0;
    return count;
}

/* Which bits of a byte are set, in order, and how many. */
static uint8_t set_bits[256][8], bit_counts[256];

static inline void count_bits(void) { /* once, where the library is loaded */
    for (int byte = 0; byte < 256; byte++) {
        bit_counts[byte] = 0;
        for (int bit = 0; bit < 8; bit++)
            if (byte >> bit & 1) set_bits[byte][bit_counts[byte]++] = (uint8_t)bit;
    }
}

/* Where bits of n are set, as a list, eight at a time: no branch for each; return how many. Room is asked for 8 more. */
TEXTAUG_CLONES static int32_t places_of(const uint64_t *restrict bits, int64_t n, int32_t *restrict places) {
    int32_t *at = places;
    for (int64_t p = 0; p < n; p += 8) {
        uint8_t byte = (uint8_t)(bits[p >> 6] >> (p & 63));
        const uint8_t *set = set_bits[byte];
        int32_t eight[8], base = (int32_t)p;
        for (int k = 0; k < 8; k++) eight[k] = base + set[k];
        memcpy(at, eight, sizeof eight);
        at += bit_counts[byte];
    }
    return (int32_t)(at - places);
}

/* Which of 64 bytes are equal to one. */
static inline uint64_t equal_64(const uint8_t *bytes, uint8_t byte) {
    uint64_t found = 0;
#ifdef __SSE2__
    for (int k = 0; k < 64; k += 16) {
        __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + k)), _mm_set1_epi8((char)byte));
        found |= (uint64_t)(uint32_t)_mm_movemask_epi8(same) << k;
    }
#else
    for (int k = 0; k < 64; k++) found |= (uint64_t)(bytes[k] == byte) << k;
#endif
    return found;
}

/* The first n bits, n from 1 up. */
static inline uint64_t first_bits(uint64_t found, int64_t n) {
    return n < 64 ? found & ((UINT64_C(1) << n) - 1) : found;
}

/* The same as above of n, if they are fewer than 64, and of the first 64 else; all read 64. */
static inline uint64_t equal(const uint8_t *bytes, int64_t n, uint8_t byte) {
    return first_bits(equal_64(bytes, byte), n);
}

static inline uint64_t flags(const uint8_t *flag, int64_t n) { return first_bits(~equal_64(flag, 0), n); }

static inline uint64_t hits(const uint32_t *draw, int64_t n, uint32_t most) {
    return first_bits(hits_64(draw, most), n);
}
#endif
