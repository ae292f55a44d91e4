/* Sixty-four bytes at a time: which are ASCII letters, which may begin a unit that is no plain word, and
 * which of the rest may make a word go on. Everything else is a blank or plain punctuation. */
#ifndef TEXTAUG_MASKS_H
#define TEXTAUG_MASKS_H

#include <stdint.h>
#include <string.h>

typedef struct { uint64_t letters, starters, joiners; } masks_t;

#ifdef __SSE2__
#include <emmintrin.h>

static inline __m128i is_byte(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }

static inline __m128i in_range(__m128i v, char low, char high) {
    __m128i above = _mm_sub_epi8(v, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((char)(high - low))), above);
}

static inline __m128i any2(__m128i a, __m128i b) { return _mm_or_si128(a, b); }
static inline __m128i any3(__m128i a, __m128i b, __m128i c) { return any2(any2(a, b), c); }
static inline uint64_t bits(__m128i v) { return (uint64_t)(uint32_t)_mm_movemask_epi8(v); }

static inline masks_t masks_of(const uint8_t *p) {
    masks_t m = {0, 0, 0};
    for (int k = 0; k < 64; k += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(p + k));
        __m128i letters = in_range(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z');
        __m128i starters = any3(any2(in_range(v, '0', '9'), in_range(v, '#', '$')),
                                any2(is_byte(v, '&'), is_byte(v, '<')), is_byte(v, '@'));
        __m128i joiners = any3(any2(in_range(v, '-', '.'), is_byte(v, '\'')),
                               any2(is_byte(v, '_'), is_byte(v, ':')),
                               any2(is_byte(v, '%'), is_byte(v, '+')));
        m.letters |= bits(letters) << k;
        m.starters |= (bits(starters) | bits(v)) << k; /* the sign bit: a class above ASCII */
        m.joiners |= bits(joiners) << k;
    }
    return m;
}
#else
static inline masks_t masks_of(const uint8_t *p) {
    masks_t m = {0, 0, 0};
    for (int k = 0; k < 64; k++) {
        uint8_t c = p[k];
        uint64_t letter = (uint8_t)((c | 0x20) - 'a') < 26;
        uint64_t digit = (uint8_t)(c - '0') < 10;
        uint64_t starter = c == '#' || c == '$' || c == '&' || c == '<' || c == '@';
        uint64_t joiner = c == '-' || c == '.' || c == '\'' || c == '_' || c == ':' || c == '%' || c == '+';
        m.letters |= letter << k;
        m.starters |= (digit | starter | c >> 7) << k;
        m.joiners |= joiner << k;
    }
    return m;
}
#endif

/* The same for fewer bytes; the rest counts as blanks. */
static inline masks_t masks_of_tail(const uint8_t *p, int32_t length) {
    uint8_t padded[64];
    memset(padded, ' ', sizeof padded);
    memcpy(padded, p, (size_t)length);
    return masks_of(padded);
}

static inline int lowest_bit(uint64_t mask) { /* of a mask that is not zero */
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_ctzll(mask);
#else
    int n = 0;
    while (!(mask & 1)) { mask >>= 1; n++; }
    return n;
#endif
}

/* The length of the run of ASCII bytes that begins here. */
static inline int32_t ascii_run(const uint8_t *p, int32_t length) {
    int32_t n = 0;
    uint64_t word;
    for (; n + 8 <= length; n += 8) {
        memcpy(&word, p + n, 8);
        if (word & UINT64_C(0x8080808080808080)) break;
    }
    while (n < length && p[n] < 0x80) n++;
    return n;
}

#endif
