"""Words that a rule must know, a few hundred of them, numbered so that a kernel finds them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from textaug.errors import DataError
from textaug.kernels.reference.lexical import U64, padded_words
from textaug.kernels.reference.roles import MAX_WORD, U16, places


class Numbered(NamedTuple):
    """Words with numbers, as `textaug.kernels.roles` takes them."""

    slots: U16
    low: U64
    high: U64


def numbered(words: Sequence[str]) -> Numbered:
    """Number words, given in lower case, from 1 on.

    Raises:
        DataError: a word has more than 16 bytes, or none.

    >>> from textaug.kernels import roles
    >>> data, offsets = np.frombuffer(b"Am I not", np.uint8), np.array([0, 3, 5, 8], np.int32)
    >>> roles.numbers(data, offsets[:-1], np.array([2, 4, 8], np.int32), *numbered(["am", "not"])).tolist()
    [1, 0, 2, 0]
    """
    encoded = [word.encode() for word in words]
    for word in encoded:
        if not 0 < len(word) <= MAX_WORD:
            raise DataError(f"{word.decode()!r} has {len(word)} bytes; a rule knows words of 1 to {MAX_WORD}")
    end = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    data = np.frombuffer(b"".join(encoded), np.uint8)
    low, high = (np.append(np.uint64(0), padded_words(data, end[:-1], end[1:], k)) for k in (0, 1))
    slots = np.zeros(1 << max(3, (8 * len(words)).bit_length()), np.uint16)  # at most an eighth full
    for k, at in enumerate(places(low, high, len(slots)).tolist()[1:], 1):
        while slots[at]:
            at = (at + 1) & (len(slots) - 1)
        slots[at] = k
    return Numbered(slots, low, high)
