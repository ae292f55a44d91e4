"""Splitting words, defined: where a blank may part a word, and which of these places a draw takes.

A *place* is a border between two letters that stand side by side, both of them seen as readers see them: never between
a letter and its accents. So many letters as `least` says stay together on either side: two of a Latin word, one of a
Chinese one. A word without letters enough has no place.
"""

import numpy as np
import numpy.typing as npt

from textaug.languages.unicode import HAN, LATIN

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
I32 = npt.NDArray[np.int32]

WORD_KIND, HAN_KIND = 16, 5
MOST = 255
"""The places behind the first so many are not counted, and never taken."""
_ALONE = ord("o")  # the grapheme break class of what begins a cluster of its own


def _found(text: str, least: int, block_of: U16, blocks: U16) -> list[int]:
    """Return the places of a word, as bytes from its begin."""
    at, letters, behind_letter = 0, 0, False
    held: list[tuple[int, int]] = []
    for letter in text:
        entry = int(blocks[(int(block_of[ord(letter) >> 7]) << 7) | (ord(letter) & 127)])
        is_letter = entry >> 8 in (LATIN, HAN) or (letter.isascii() and letter.isalpha())
        if is_letter and entry & 255 == _ALONE:
            if behind_letter:
                held.append((at, letters))
            letters, behind_letter = letters + 1, True
        elif entry & 255 == _ALONE:
            behind_letter = False
        at += len(letter.encode())
    return [place for place, before in held if least <= before <= letters - least][:MOST]


def _all(data: U8, start: I32, end: I32, kind: U8, block_of: U16, blocks: U16) -> list[list[int]]:
    """Return the places of every unit; none for what is neither a Latin nor a Chinese word."""
    leasts = {WORD_KIND: 2, HAN_KIND: 1}
    return [
        [a + place for place in _found(data[a:b].tobytes().decode(), leasts[of], block_of, blocks)]
        if of in leasts
        else []
        for a, b, of in zip(start.tolist(), end.tolist(), kind.tolist(), strict=True)
    ]


def count(data: U8, start: I32, end: I32, kind: U8, block_of: U16, blocks: U16) -> U8:
    """Return how many places each unit has, 255 at most."""
    found = _all(data, start, end, kind, block_of, blocks)
    return np.array([len(places) for places in found], np.uint8)


def place(data: U8, start: I32, end: I32, kind: U8, draw: U32, block_of: U16, blocks: U16) -> I32:
    """Return the place that each unit's draw takes; every unit has one."""
    found = _all(data, start, end, kind, block_of, blocks)
    taken = [places[of * len(places) >> 32] for places, of in zip(found, draw.tolist(), strict=True)]
    return np.array(taken, np.int32)
