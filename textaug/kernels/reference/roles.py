"""Words that rules must know, defined: a few hundred short ones, each with a number.

Word k, of 16 bytes at most and ASCII letters in lower case, is `low[k]` and `high[k]`: little-endian 64 bit words,
padded with zeros. There is no word 0. `slots` (a power of two, most of them 0) holds the number of every word at the
first free place from its hash on. It all stays in a core's caches.
"""

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.lexical import I32, U8, U64, padded_words

U16 = npt.NDArray[np.uint16]

MAX_WORD = 16
"""Longer words, in bytes, have no number."""

_LOW, _HIGH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


def places(low: U64, high: U64, slots: int) -> npt.NDArray[np.int64]:
    """Return where the search for each word begins."""
    mixed = (low * _LOW) ^ (high * _HIGH)
    return ((mixed >> np.uint64(40)) & np.uint64(slots - 1)).astype(np.int64)


def numbers(data: U8, start: I32, end: I32, slots: U16, low: U64, high: U64) -> U16:
    """Return the number of every range, 0 for what is none of the words, and a 0 behind them all."""
    one, other = (padded_words(data, start, end, k) for k in (0, 1))
    at, size = places(one, other, len(slots)), end - start
    found = np.zeros(len(start) + 1, np.uint16)
    looking = np.flatnonzero((size > 0) & (size <= MAX_WORD))
    while len(looking):
        held = slots[at[looking]]
        same = (held != 0) & (low[held] == one[looking]) & (high[held] == other[looking])
        found[looking[same]] = held[same]
        looking = looking[(held != 0) & ~same]
        at[looking] = (at[looking] + 1) & (len(slots) - 1)
    return found
