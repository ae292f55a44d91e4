"""Words: textaug's own, jieba's with a dictionary of the user's, or those of any segmenter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from textaug.batch import Batch, Ranges
from textaug.kernels import segment
from textaug.languages.zh import Segmenter
from textaug.units import Kind, Units, runs


@dataclass(frozen=True, kw_only=True)
class Segmented:
    """Words as `textaug.units.words` finds them, Chinese with a dictionary of one's own.

    Args:
        hmm: whether words that the dictionary lacks are recognised by jieba's hidden Markov model.
        dictionary: the path of a dictionary in jieba's format instead of its own.
        user_dict: the path of further words, `word [count] [tag]` a line.

    >>> from textaug.masking.annotate import annotate
    >>> annotate(tokenizer, words=Segmented(user_dict="films.txt"))  # doctest: +SKIP
    """

    hmm: bool = True
    dictionary: str | None = None
    user_dict: str | None = None

    def __post_init__(self) -> None:
        segmenter(self)  # a wrong path is refused here

    def find(self, tile: Batch) -> Units:
        """Find the words of a tile."""
        units, held = runs(tile), segmenter(self)
        found = (units.row_offsets, units.start, units.end, units.kind)
        return Units(*segment.split(tile.data, tile.offsets, *found, Kind.HAN, held.hmm, held.compiled.trie))


@lru_cache(maxsize=4)
def segmenter(given: Segmented) -> Segmenter:
    """Return a segmenter, compiled once a process."""
    return Segmenter(hmm=given.hmm, dictionary=given.dictionary, user_dict=given.user_dict)


def given_words(ranges: Ranges, tile: Batch) -> Units:
    """Return ranges that somebody else calls words."""
    offsets = np.searchsorted(ranges.start, tile.offsets).astype(np.int32)
    return Units(offsets, ranges.start, ranges.end, np.full(len(ranges.start), Kind.WORD, np.uint8))
