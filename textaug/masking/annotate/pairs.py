"""Aspects and what is said of them: a sentiment word and the nearest noun of its sentence.

Source:
    Tian et al., "SKEP: Sentiment Knowledge Enhanced Pre-training for Sentiment Analysis", ACL 2020: a pair is a
    sentiment word with the nearest noun, at most three tokens away. Tokens are words and marks here.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textaug.batch import I32, U8, Batch, Mask, Ranges
from textaug.masking.annotate.listed import Matches
from textaug.masking.annotate.nouns import are_nouns
from textaug.units import Units, sentences

I64 = npt.NDArray[np.int64]
NEAR = 3
"""How many words and marks away the noun may be."""


def paired(lower: U8, tile: Batch, words: Units, found: Matches) -> tuple[Ranges, I32]:
    """Return the ranges of sentiment words and nouns that make pairs, and the pair of each, counted in its row.

    Args:
        lower: the tile's bytes, ASCII letters in lower case.
        tile: the text.
        words: its words.
        found: its sentiment words.
    """
    noun = are_nouns(lower, words.start, words.end)
    noun[_inside(found, len(words))] = False  # what says that something is good is not what it is said of
    sentence = np.searchsorted(sentences(tile).start, words.start, side="right")
    of = nearest(found.first, found.last, noun, sentence, _places(tile, words))
    held = np.flatnonzero(of >= 0)
    rows = found.row[held]
    number = (np.arange(len(held)) - np.searchsorted(rows, rows)).astype(np.int32)
    start = np.concatenate([found.start[held], words.start[of[held]]])
    end = np.concatenate([found.end[held], words.end[of[held]]])
    order = np.argsort(start, kind="stable")
    return Ranges(start[order], end[order]), np.concatenate([number, number])[order]


def nearest(first: I32, last: I32, noun: Mask, sentence: I64, place: I64) -> I64:
    """Return for each sentiment word the noun that it goes with, -1 for none.

    The nearest pairs are made first; of two nouns as near, the one behind is taken; a noun is in one pair only.

    Args:
        first, last: int32: the first and the last word of each sentiment word.
        noun: which words are nouns.
        sentence: the sentence of each word.
        place: the place of each word, counting marks too.

    >>> words = "good film and lovely music".split()  # 0 and 3 are sentiment words, 1 and 4 nouns
    >>> at, noun = np.array([0, 3], np.int32), np.array([False, True, False, False, True])
    >>> nearest(at, at, noun, np.zeros(5, np.int64), np.arange(5)).tolist()
    [1, 4]
    """
    of, free = np.full(len(first), -1, np.int64), noun.copy()
    for distance in range(1, NEAR + 1):
        for side, edge in ((1, last.astype(np.int64)), (-1, first.astype(np.int64))):
            for step in range(1, distance + 1):
                beside = edge + side * step
                near = np.clip(beside, 0, max(len(noun) - 1, 0))
                fits = (of < 0) & (near == beside)
                at, held = near[fits], edge[fits]
                fits[fits] = free[at] & (sentence[at] == sentence[held]) & (abs(place[at] - place[held]) == distance)
                of[fits] = near[fits]
                free[of[fits]] = False
    return of


def _places(tile: Batch, words: Units) -> I64:
    """Return the place of each word among words and the marks between them; marks side by side are one."""
    inked = np.append(0, np.cumsum(tile.data != ord(" ")))
    marked = np.zeros(len(words), np.int64)
    marked[1:] = inked[words.start[1:]] > inked[words.end[:-1]]
    return np.arange(len(words)) + np.cumsum(marked)


def _inside(found: Matches, count: int) -> Mask:
    """Say which words lie in what was found."""
    edge = np.zeros(count + 1, np.int64)
    np.add.at(edge, found.first, 1)
    np.add.at(edge, found.last + 1, -1)
    inside: Mask = np.cumsum(edge[:-1]) > 0
    return inside
