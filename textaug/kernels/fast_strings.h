/* Rows of whole cache lines written by the processor's string instructions: they take a line without reading it first,
 * as ordinary stores do. Short rows go the ordinary way, which begins sooner. */
#ifndef TEXTAUG_FAST_STRINGS_H
#define TEXTAUG_FAST_STRINGS_H

#include <stdint.h>
#include <string.h>

enum { ORDINARY = 128 }; /* up to so many numbers */

static inline void fill_longs(int64_t *to, int64_t n, int64_t value) {
#if defined(__x86_64__) && defined(__GNUC__)
    if (n > ORDINARY) {
        __asm__ volatile("rep stosq" : "+D"(to), "+c"(n) : "a"(value) : "memory");
        return;
    }
#endif
    for (int64_t k = 0; k < n; k++) to[k] = value;
}

static inline void copy_longs(int64_t *to, const int64_t *from, int64_t n) {
#if defined(__x86_64__) && defined(__GNUC__)
    if (n > ORDINARY) {
        __asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
        return;
    }
#endif
    if (n > 0) memcpy(to, from, (size_t)n * sizeof *to);
}
#endif
