"""Names of a gazetteer in a text: where they stand as names, and not as parts of longer ones or of other words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.kernels import names as kernel
from textaug.lexicon.gazetteer import Gazetteer
from textaug.units import Kind, Units, runs, words


class Mentions(NamedTuple):
    """The names in a tile, in reading order, none over another: the row, the bytes, and which name it is."""

    row: I32
    start: I32
    end: I32
    name: I32


def names_in(batch: Batch, held: Gazetteer) -> Mentions:
    """Return the names of a gazetteer that stand in the active rows."""
    words = runs(batch)
    places = (words.row_offsets, words.start, words.end, words.kind)
    trie = (held.trie.slots, held.trie.name, held.trie.filter)
    row, start, end, name, first, last = kernel.find(batch.data, batch.offsets, *places, *trie)
    alone = ~_goes_on(batch, words, row, start, end, first, last)
    alone[alone] = _uncut(batch, words.kind[first[alone]], row[alone], start[alone], end[alone])
    return Mentions(*(column[alone] for column in (row, start, end, name)))


def _goes_on(batch: Batch, words: Units, row: I32, start: I32, end: I32, first: I32, last: I32) -> Mask:
    """Say which names stand beside a further word with a capital: they are part of a name that the gazetteer lacks.

    No part of it are another name that was found, the first word of a sentence, and short forms like Mr.
    """
    further = (words.kind == Kind.WORD) & _capital(batch.data[words.start])
    further[first] = further[last] = False
    before, behind = np.maximum(first - 1, 0), np.minimum(last + 1, max(len(words) - 1, 0))
    led = (first > words.row_offsets[row]) & further[before] & _parted(batch.data, words.end[before], start)
    led &= ~_begins(batch.data, words.start[before], batch.offsets[row])
    followed = (last + 1 < words.row_offsets[row + 1]) & further[behind] & _parted(batch.data, end, words.start[behind])
    beside: Mask = led | followed
    return beside


def _parted(data: U8, end: I32, start: I32) -> Mask:
    """Say between which words there is one blank and nothing else."""
    parted: Mask = (start - end == 1) & (data[np.minimum(end, len(data) - 1)] == ord(" "))
    return parted


def _capital(letter: U8) -> Mask:
    capital: Mask = (letter >= ord("A")) & (letter <= ord("Z"))
    return capital


def _begins(data: U8, start: I32, row_start: I32) -> Mask:
    """Say which words begin a row or a sentence, or stand behind a quotation mark, a bracket and the like."""
    before, mark = (data[np.maximum(start - k, 0)] for k in (1, 2))
    begins: Mask = (start - row_start < 2) | (before != ord(" ")) | np.isin(mark, list(b'.!?:;>"\n'))
    return begins


def _uncut(batch: Batch, kind: U8, row: I32, start: I32, end: I32) -> Mask:
    """Say which names cut no word of Chinese: 日本 does in 今日本地, and does not in 日本人."""
    sound = np.ones(len(start), bool)
    han = np.flatnonzero(kind == Kind.HAN)
    if not len(han):
        return sound
    some = np.zeros(len(batch), bool)
    some[row[han]] = True
    cut = words(batch.only(some))
    head = np.searchsorted(cut.start, start[han], side="right") - 1  # the words in which a name begins and ends
    tail = np.searchsorted(cut.start, end[han], side="left") - 1
    sound[han] = (head == tail) | ((start[han] == cut.start[head]) & (end[han] >= cut.end[tail]))
    return sound
