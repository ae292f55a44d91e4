/* Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 * `philox4x32` is one block; `philox_many` is many blocks at once, as a struct of arrays, so that vector registers
 * fill with independent blocks; the processor's AVX-512 or AVX2 is found at run time. All give the same draws. */
#ifndef TEXTAUG_PHILOX_H
#define TEXTAUG_PHILOX_H
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define TEXTAUG_WIDE
#endif

#define PHILOX_M0 0xD2511F53u
#define PHILOX_M1 0xCD9E8D57u
#define PHILOX_W0 0x9E3779B9u
#define PHILOX_W1 0xBB67AE85u

static inline void philox4x32(uint32_t c[4], uint64_t key) {
    uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)PHILOX_M0 * c[0], p1 = (uint64_t)PHILOX_M1 * c[2];
        uint32_t n0 = (uint32_t)(p1 >> 32) ^ c[1] ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c[3] ^ k1;
        c[1] = (uint32_t)p1;
        c[3] = (uint32_t)p0;
        c[0] = n0;
        c[2] = n2;
        k0 += PHILOX_W0;
        k1 += PHILOX_W1;
    }
}

/* The draw of one address: lane `index & 3` of block `index >> 2`. */
static inline uint32_t philox_draw(uint64_t key, uint64_t row, uint32_t purpose, uint32_t index) {
    uint32_t c[4] = {index >> 2, purpose, (uint32_t)row, (uint32_t)(row >> 32)};
    philox4x32(c, key);
    return c[index & 3];
}

#if defined(TEXTAUG_WIDE)
/* One vector holds one counter word of several blocks, each in the low half of a 64 bit lane. A product needs only the
 * low halves of its factors, so the high halves may hold anything: no masks, no shuffles between the rounds. */
#define PHILOX_WIDE(NAME, TARGET, VECTOR, WIDTH, LOAD, STORE, MUL, SHIFT, XOR, SET)                                  \
    __attribute__((target(TARGET))) static int64_t NAME(uint32_t *x0, uint32_t *x1, uint32_t *x2, uint32_t *x3,      \
                                                        int64_t n, uint64_t key) {                                   \
        VECTOR m0 = SET(PHILOX_M0), m1 = SET(PHILOX_M1), k0[10], k1[10];                                             \
        int64_t i = 0;                                                                                               \
        for (int round = 0; round < 10; round++) {                                                                   \
            k0[round] = SET((uint32_t)((uint32_t)key + (uint32_t)round * PHILOX_W0));                                \
            k1[round] = SET((uint32_t)((uint32_t)(key >> 32) + (uint32_t)round * PHILOX_W1));                        \
        }                                                                                                            \
        for (; i + WIDTH <= n; i += WIDTH) {                                                                         \
            VECTOR c0 = LOAD(x0 + i), c1 = LOAD(x1 + i), c2 = LOAD(x2 + i), c3 = LOAD(x3 + i);                       \
            for (int round = 0; round < 10; round++) {                                                               \
                VECTOR p0 = MUL(m0, c0), p1 = MUL(m1, c2);                                                           \
                c0 = XOR(XOR(SHIFT(p1, 32), c1), k0[round]);                                                         \
                c2 = XOR(XOR(SHIFT(p0, 32), c3), k1[round]);                                                         \
                c1 = p1;                                                                                             \
                c3 = p0;                                                                                             \
            }                                                                                                        \
            STORE(x0 + i, c0);                                                                                       \
            STORE(x1 + i, c1);                                                                                       \
            STORE(x2 + i, c2);                                                                                       \
            STORE(x3 + i, c3);                                                                                       \
        }                                                                                                            \
        return i;                                                                                                    \
    }
#define LOAD_4(at) _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(at)))
#define STORE_4(at, v)                                                                                               \
    _mm_storeu_si128((__m128i *)(at), _mm256_castsi256_si128(                                                        \
                                          _mm256_permutevar8x32_epi32(v, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6))))
#define LOAD_8(at) _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(at)))
#define STORE_8(at, v) _mm256_storeu_si256((__m256i *)(at), _mm512_cvtepi64_epi32(v))
PHILOX_WIDE(philox_avx2, "avx2", __m256i, 4, LOAD_4, STORE_4, _mm256_mul_epu32, _mm256_srli_epi64, _mm256_xor_si256,
            _mm256_set1_epi64x)
PHILOX_WIDE(philox_avx512, "avx512f", __m512i, 8, LOAD_8, STORE_8, _mm512_mul_epu32, _mm512_srli_epi64,
            _mm512_xor_si512, _mm512_set1_epi64)

static int64_t philox_wide(uint32_t *x0, uint32_t *x1, uint32_t *x2, uint32_t *x3, int64_t n, uint64_t key) {
    if (__builtin_cpu_supports("avx512f")) return philox_avx512(x0, x1, x2, x3, n, key);
    if (__builtin_cpu_supports("avx2")) return philox_avx2(x0, x1, x2, x3, n, key);
    return 0;
}
#else
#define philox_wide(x0, x1, x2, x3, n, key) 0
#endif

/* x0..x3 come in as the counters of n blocks and go out as their draws. */
static void philox_many(uint32_t *x0, uint32_t *x1, uint32_t *x2, uint32_t *x3, int64_t n, uint64_t key) {
    for (int64_t i = philox_wide(x0, x1, x2, x3, n, key); i < n; i++) {
        uint32_t c[4] = {x0[i], x1[i], x2[i], x3[i]};
        philox4x32(c, key);
        x0[i] = c[0];
        x1[i] = c[1];
        x2[i] = c[2];
        x3[i] = c[3];
    }
}

#if defined(TEXTAUG_WIDE)
/* Blocks of one row, and their draws in order: in each of `wide` vectors four blocks, so that the vectors hide each
 * other's waits. Of the first two rounds most is the same for all blocks of a row. `blocks` is a multiple of 4 * wide. */
__attribute__((target("avx2"), always_inline)) static inline void philox_row_wide(
    const int wide, uint64_t key, uint64_t row, uint32_t purpose, int64_t first, int64_t blocks, uint32_t *restrict out) {
    const __m256i m0 = _mm256_set1_epi64x(PHILOX_M0), m1 = _mm256_set1_epi64x(PHILOX_M1);
    const __m256i step = _mm256_set1_epi64x(4);
    __m256i place = _mm256_add_epi64(_mm256_set1_epi64x((uint32_t)first), _mm256_setr_epi64x(0, 1, 2, 3));
    __m256i k0[10], k1[10];
    for (int round = 0; round < 10; round++) {
        k0[round] = _mm256_set1_epi64x((uint32_t)((uint32_t)key + (uint32_t)round * PHILOX_W0));
        k1[round] = _mm256_set1_epi64x((uint32_t)((uint32_t)(key >> 32) + (uint32_t)round * PHILOX_W1));
    }
    uint64_t q = (uint64_t)PHILOX_M1 * (uint32_t)row; /* of the first round */
    uint64_t p = (uint64_t)PHILOX_M0 * (uint32_t)((uint32_t)(q >> 32) ^ purpose ^ (uint32_t)key); /* of the second */
    const __m256i high = _mm256_xor_si256(_mm256_set1_epi64x((uint32_t)(row >> 32)), k1[0]);
    const __m256i low = _mm256_xor_si256(_mm256_set1_epi64x((uint32_t)q), k0[1]);
    const __m256i over = _mm256_xor_si256(_mm256_set1_epi64x((uint32_t)(p >> 32)), k1[1]);
    const __m256i under = _mm256_set1_epi64x((uint32_t)p);
    for (int64_t i = 0; i < blocks; i += 4 * wide) {
        __m256i c0[4], c1[4], c2[4], c3[4];
#pragma GCC unroll 4
        for (int w = 0; w < wide; w++) {
            __m256i held = _mm256_mul_epu32(m0, place);
            place = _mm256_add_epi64(place, step);
            c1[w] = _mm256_mul_epu32(m1, _mm256_xor_si256(_mm256_srli_epi64(held, 32), high));
            c0[w] = _mm256_xor_si256(_mm256_srli_epi64(c1[w], 32), low);
            c2[w] = _mm256_xor_si256(held, over);
            c3[w] = under;
        }
#pragma GCC unroll 8
        for (int round = 2; round < 10; round++) {
#pragma GCC unroll 4
            for (int w = 0; w < wide; w++) {
                __m256i pw = _mm256_mul_epu32(m0, c0[w]), qw = _mm256_mul_epu32(m1, c2[w]);
                c0[w] = _mm256_xor_si256(_mm256_srli_epi64(qw, 32), _mm256_xor_si256(c1[w], k0[round]));
                c2[w] = _mm256_xor_si256(_mm256_srli_epi64(pw, 32), _mm256_xor_si256(c3[w], k1[round]));
                c1[w] = qw, c3[w] = pw;
            }
        }
#pragma GCC unroll 4
        for (int w = 0; w < wide; w++) {
            __m256i c01 = _mm256_blend_epi32(c0[w], _mm256_slli_epi64(c1[w], 32), 0xAA);
            __m256i c23 = _mm256_blend_epi32(c2[w], _mm256_slli_epi64(c3[w], 32), 0xAA);
            __m256i even = _mm256_unpacklo_epi64(c01, c23), odd = _mm256_unpackhi_epi64(c01, c23);
            uint32_t *at = out + 4 * i + 16 * w;
            _mm256_storeu_si256((__m256i *)at, _mm256_permute2x128_si256(even, odd, 0x20));
            _mm256_storeu_si256((__m256i *)(at + 8), _mm256_permute2x128_si256(even, odd, 0x31));
        }
    }
}

/* The same with vectors of eight blocks, four at a time: `blocks` is a multiple of 32. */
__attribute__((target("avx512f"))) static void philox_row_32(uint64_t key, uint64_t row, uint32_t purpose, int64_t first,
                                                             int64_t blocks, uint32_t *restrict out) {
    const __m512i m0 = _mm512_set1_epi64(PHILOX_M0), m1 = _mm512_set1_epi64(PHILOX_M1), step = _mm512_set1_epi64(8);
    const __m512i lower = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11), upper = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
    __m512i place = _mm512_add_epi64(_mm512_set1_epi64((uint32_t)first), _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
    __m512i k0[10], k1[10];
    for (int round = 0; round < 10; round++) {
        k0[round] = _mm512_set1_epi64((uint32_t)((uint32_t)key + (uint32_t)round * PHILOX_W0));
        k1[round] = _mm512_set1_epi64((uint32_t)((uint32_t)(key >> 32) + (uint32_t)round * PHILOX_W1));
    }
    uint64_t q = (uint64_t)PHILOX_M1 * (uint32_t)row; /* of the first round */
    uint64_t p = (uint64_t)PHILOX_M0 * (uint32_t)((uint32_t)(q >> 32) ^ purpose ^ (uint32_t)key); /* of the second */
    const __m512i high = _mm512_xor_si512(_mm512_set1_epi64((uint32_t)(row >> 32)), k1[0]);
    const __m512i low = _mm512_xor_si512(_mm512_set1_epi64((uint32_t)q), k0[1]);
    const __m512i over = _mm512_xor_si512(_mm512_set1_epi64((uint32_t)(p >> 32)), k1[1]);
    const __m512i under = _mm512_set1_epi64((uint32_t)p);
    for (int64_t i = 0; i < blocks; i += 32) {
        __m512i c0[4], c1[4], c2[4], c3[4];
#pragma GCC unroll 4
        for (int w = 0; w < 4; w++) {
            __m512i held = _mm512_mul_epu32(m0, place);
            place = _mm512_add_epi64(place, step);
            c1[w] = _mm512_mul_epu32(m1, _mm512_xor_si512(_mm512_srli_epi64(held, 32), high));
            c0[w] = _mm512_xor_si512(_mm512_srli_epi64(c1[w], 32), low);
            c2[w] = _mm512_xor_si512(held, over);
            c3[w] = under;
        }
#pragma GCC unroll 8
        for (int round = 2; round < 10; round++) {
#pragma GCC unroll 4
            for (int w = 0; w < 4; w++) {
                __m512i pw = _mm512_mul_epu32(m0, c0[w]), qw = _mm512_mul_epu32(m1, c2[w]);
                c0[w] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(qw, 32), c1[w], k0[round], 0x96); /* xor of three */
                c2[w] = _mm512_ternarylogic_epi64(_mm512_srli_epi64(pw, 32), c3[w], k1[round], 0x96);
                c1[w] = qw, c3[w] = pw;
            }
        }
#pragma GCC unroll 4
        for (int w = 0; w < 4; w++) {
            __m512i c01 = _mm512_mask_blend_epi32(0xAAAA, c0[w], _mm512_slli_epi64(c1[w], 32));
            __m512i c23 = _mm512_mask_blend_epi32(0xAAAA, c2[w], _mm512_slli_epi64(c3[w], 32));
            __m512i even = _mm512_unpacklo_epi64(c01, c23), odd = _mm512_unpackhi_epi64(c01, c23);
            uint32_t *at = out + 4 * i + 32 * w;
            _mm512_storeu_si512(at, _mm512_permutex2var_epi64(even, lower, odd));
            _mm512_storeu_si512(at + 16, _mm512_permutex2var_epi64(even, upper, odd));
        }
    }
}

__attribute__((target("avx2"))) static void philox_row_16(uint64_t key, uint64_t row, uint32_t purpose, int64_t first,
                                                          int64_t blocks, uint32_t *restrict out) {
    philox_row_wide(4, key, row, purpose, first, blocks, out);
}

__attribute__((target("avx2"))) static void philox_row_8(uint64_t key, uint64_t row, uint32_t purpose, int64_t first,
                                                         uint32_t *restrict out) {
    philox_row_wide(2, key, row, purpose, first, 8, out);
}
#endif

/* n draws of one row and purpose, from number `first` on, a multiple of 4; `out` has room for n rounded up to one. */
static void philox_from(uint64_t key, uint64_t row, uint32_t purpose, int64_t first, int64_t n,
                        uint32_t *restrict out) {
    int64_t begin = first / 4, blocks = (n + 3) / 4, i = 0;
#if defined(TEXTAUG_WIDE)
    if (__builtin_cpu_supports("avx2")) {
        uint32_t rest[32];
        if (blocks >= 32 && __builtin_cpu_supports("avx512f")) {
            i = blocks & ~INT64_C(31);
            philox_row_32(key, row, purpose, begin, i, out);
        }
        int64_t more = (blocks - i) & ~INT64_C(15);
        philox_row_16(key, row, purpose, begin + i, more, out + 4 * i);
        i += more;
        for (; i + 8 <= blocks; i += 8) philox_row_8(key, row, purpose, begin + i, out + 4 * i);
        if (i == blocks) return;
        philox_row_8(key, row, purpose, begin + i, rest);
        memcpy(out + 4 * i, rest, (size_t)(blocks - i) * 16);
        return;
    }
#endif
    for (; i < blocks; i++) {
        uint32_t *c = out + 4 * i;
        c[0] = (uint32_t)(begin + i);
        c[1] = purpose;
        c[2] = (uint32_t)row;
        c[3] = (uint32_t)(row >> 32);
        philox4x32(c, key);
    }
}

/* The draws 0 to n - 1 of one row and purpose; `out` has room for n rounded up to a multiple of 4. */
static void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *restrict out) {
    philox_from(key, row, purpose, 0, n, out);
}

/* Which of four lanes draw at most `limit`, as bits, for n blocks. */
static void philox_hits(const uint32_t *restrict x0, const uint32_t *restrict x1, const uint32_t *restrict x2,
                        const uint32_t *restrict x3, const uint32_t *restrict limit, int64_t n,
                        uint32_t *restrict hits) {
    for (int64_t i = 0; i < n; i++)
        hits[i] = (x0[i] <= limit[i]) | (x1[i] <= limit[i]) << 1 | (x2[i] <= limit[i]) << 2 | (x3[i] <= limit[i]) << 3;
}
#endif
