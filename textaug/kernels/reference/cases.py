"""Case, defined: how a word may be written, and the word written so.

The letters' case comes in two stages (`textaug.languages.cases`): twice the letter of the other case, and 1 for a
capital.
"""

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import I32, U8

U16 = npt.NDArray[np.uint16]

LOWER, UPPER, TITLE = 1, 2, 4
"""all small · ALL CAPITALS · The first letter a capital, the others small."""


def other_case(letter: str, block_of: U16, blocks: I32) -> int:
    """Return twice the letter of the other case, and 1 for a capital; -1 where the letter has none."""
    return int(blocks[(int(block_of[ord(letter) >> 7]) << 7) | (ord(letter) & 127)])


def written(word: str, style: int, block_of: U16, blocks: I32) -> str:
    """Return the word in a style."""
    made, first = [], True
    for letter in word:
        other = other_case(letter, block_of, blocks)
        capital = style == UPPER or (style == TITLE and first)
        made.append(chr(other >> 1) if other >= 0 and (other & 1) != capital else letter)
        first = first and other < 0
    return "".join(made)


def cased(data: U8, start: I32, end: I32, block_of: U16, blocks: I32) -> U8:
    """Say which words have a letter of two cases: uint8, shape (words,)."""
    words = (data[a:b].tobytes().decode() for a, b in zip(start, end, strict=True))
    return np.array([any(other_case(letter, block_of, blocks) >= 0 for letter in word) for word in words], np.uint8)


def styles(data: U8, start: I32, end: I32, block_of: U16, blocks: I32) -> U8:
    """Return the styles that change each word, added up; of one letter, a title is no style of its own."""
    found = []
    for a, b in zip(start, end, strict=True):
        word = data[a:b].tobytes().decode()
        made = {style: written(word, style, block_of, blocks) for style in (LOWER, UPPER, TITLE)}
        if made[TITLE] == made[UPPER]:
            del made[TITLE]
        found.append(sum(style for style, text in made.items() if text != word))
    return np.array(found, np.uint8)


def recased(data: U8, start: I32, end: I32, unit: I32, style: U8, block_of: U16, blocks: I32) -> tuple[I32, I32, U8]:
    """Return (text_start, text_end, text): each picked word in its style."""
    words = [data[start[u] : end[u]].tobytes().decode() for u in unit]
    made = [written(word, int(one), block_of, blocks).encode() for word, one in zip(words, style, strict=True)]
    stop = np.cumsum([0, *map(len, made)], dtype=np.int32)
    return stop[:-1], stop[1:], np.frombuffer(b"".join(made), np.uint8)
