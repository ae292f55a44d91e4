"""Tables of characters, defined: which units have candidates, and which entry of a table is theirs.

A table is what `textaug.languages.character_tables` builds: two stages from a code point to its entry, and the entries
of pairs of ASCII characters.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import I32, U8, U32

I8 = npt.NDArray[np.int8]
U16 = npt.NDArray[np.uint16]


def entry_of(text: str, block_of: U16, blocks: I32, pairs: I32) -> int:
    """Return the entry of a character, or of two ASCII ones; -1 where there is none."""
    if len(text) == 1:
        return int(blocks[(int(block_of[ord(text) >> 7]) << 7) | (ord(text) & 127)])
    if len(text) == 2 and text.isascii() and len(pairs):
        return int(pairs[ord(text[0]) << 7 | ord(text[1])])
    return -1


def sizes(data: U8, row_offsets: I32, start: I32, end: I32, block_of: U16, blocks: I32, pairs: I32) -> U8:
    """Return how many units the source that begins at each unit takes: pairs first, from left to right: uint8."""
    texts = [data[a:b].tobytes().decode() for a, b in zip(start, end, strict=True)]
    taken = [len(text) == 1 and entry_of(text, block_of, blocks, pairs) >= 0 for text in texts]
    size = np.array(taken, np.uint8)
    for first, last in pairwise(row_offsets):
        u = int(first)
        while u + 1 < last:
            both = texts[u] + texts[u + 1]
            if len(texts[u]) == len(texts[u + 1]) == 1 and entry_of(both, block_of, blocks, pairs) >= 0:
                size[u : u + 2] = 2, 0
                u += 1
            u += 1
    return size


def pick(
    data: U8,
    start: I32,
    end: I32,
    size: U8,
    unit: I32,
    draw: U32,
    block_of: U16,
    blocks: I32,
    pairs: I32,
    first: I32,
    begin: I32,
    stop: I32,
) -> tuple[I32, I32, I32, I32]:
    """Return (start, end, text_start, text_end): the picked sources, and the candidate that each draw chooses."""
    source, behind = start[unit], end[unit + size[unit] - np.int32(1)]
    entry = entries(data, source, behind, block_of, blocks, pairs)
    count = (first[entry + 1] - first[entry]).astype(np.uint64)
    chosen = first[entry] + ((draw * count) >> np.uint64(32)).astype(np.int32)
    return source, behind, begin[chosen], stop[chosen]


def entries(data: U8, start: I32, end: I32, block_of: U16, blocks: I32, pairs: I32) -> I32:
    """Return the entry of what stands in each range, -1 where there is none: int32."""
    texts = [data[a:b].tobytes().decode() for a, b in zip(start, end, strict=True)]
    return np.array([entry_of(text, block_of, blocks, pairs) for text in texts], np.int32)


def signs(data: U8, offsets: I32, sign: I8, first: int) -> I32:
    """Return the sum of the signs of each row's characters: int32; `sign` has code points from `first` on."""
    total = np.zeros(len(offsets) - 1, np.int32)
    for row, (begin, end) in enumerate(pairwise(offsets)):
        for character in data[begin:end].tobytes().decode():
            if first <= ord(character) < first + len(sign):
                total[row] += sign[ord(character) - first]
    return total
