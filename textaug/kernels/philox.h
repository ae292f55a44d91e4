/* Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 * `philox4x32` is one block; `philox_many` is many blocks at once, as a struct of arrays, so that the compiler fills
 * vector registers with independent blocks. The loader picks the AVX-512, AVX2 or baseline clone at run time. */
#ifndef TEXTAUG_PHILOX_H
#define TEXTAUG_PHILOX_H
#include <stdint.h>

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define TEXTAUG_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TEXTAUG_CLONES
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

/* x0..x3 come in as the counters of n blocks and go out as their draws. */
TEXTAUG_CLONES
static void philox_many(uint32_t *restrict x0, uint32_t *restrict x1, uint32_t *restrict x2, uint32_t *restrict x3,
                        int64_t n, uint64_t key) {
    uint32_t w0 = (uint32_t)key, w1 = (uint32_t)(key >> 32);
    for (int64_t i = 0; i < n; i++) {
        uint32_t c0 = x0[i], c1 = x1[i], c2 = x2[i], c3 = x3[i], k0 = w0, k1 = w1;
        for (int round = 0; round < 10; round++) {
            uint64_t p0 = (uint64_t)PHILOX_M0 * c0, p1 = (uint64_t)PHILOX_M1 * c2;
            uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
            c1 = (uint32_t)p1;
            c3 = (uint32_t)p0;
            c0 = n0;
            c2 = n2;
            k0 += PHILOX_W0;
            k1 += PHILOX_W1;
        }
        x0[i] = c0;
        x1[i] = c1;
        x2[i] = c2;
        x3[i] = c3;
    }
}

/* The draws 0 to n - 1 of one row and purpose; `out` has room for n rounded up to a multiple of 4. */
TEXTAUG_CLONES
static void philox_row(uint64_t key, uint64_t row, uint32_t purpose, int64_t n, uint32_t *restrict out) {
    uint32_t x[4][64];
    for (int64_t first = 0; first < n; first += 256) {
        int64_t blocks = n - first >= 256 ? 64 : (n - first + 3) / 4;
        for (int64_t i = 0; i < blocks; i++) {
            x[0][i] = (uint32_t)(first / 4 + i);
            x[1][i] = purpose;
            x[2][i] = (uint32_t)row;
            x[3][i] = (uint32_t)(row >> 32);
        }
        philox_many(x[0], x[1], x[2], x[3], blocks, key);
        for (int64_t i = 0; i < blocks; i++)
            for (int lane = 0; lane < 4; lane++) out[first + 4 * i + lane] = x[lane][i];
    }
}

/* Which of four lanes draw at most `limit`, as bits, for n blocks. */
TEXTAUG_CLONES
static void philox_hits(const uint32_t *restrict x0, const uint32_t *restrict x1, const uint32_t *restrict x2,
                        const uint32_t *restrict x3, const uint32_t *restrict limit, int64_t n,
                        uint32_t *restrict hits) {
    for (int64_t i = 0; i < n; i++)
        hits[i] = (x0[i] <= limit[i]) | (x1[i] <= limit[i]) << 1 | (x2[i] <= limit[i]) << 2 | (x3[i] <= limit[i]) << 3;
}
#endif
