"""Where the borders of subwords stand in the text: only some are borders of characters there, inside of a word."""

from __future__ import annotations

import numpy as np

from textaug.batch import I32, Batch, Mask
from textaug.subword.symbols import Symbols, Words
from textaug.units import Kind, chars, to_bytes

_BLANK = (Kind.SPACE, Kind.CONTROL)


def borders(batch: Batch, symbols: Symbols, words: Words) -> I32:
    """Return the byte before which a separator may stand that parts a symbol from the one before, -1 where none may.

    None may at the begin of a word, beside a blank, inside of a character as readers see it, nor where the library has
    made several symbols of one character or has put them into another order.
    """
    row = words.row[words.of].astype(np.int64)
    start, end = symbols.start, symbols.end
    if start is None or end is None:
        raise ValueError("the symbols were read without their places")
    reach = np.maximum.accumulate(row << 32 | np.maximum(end, start + 1))
    inside = np.ones(len(symbols), bool)
    inside[words.offsets[:-1]] = False
    inside[1:] &= (row << 32 | start)[1:] >= reach[:-1]
    found = np.flatnonzero(inside)
    places = np.full(len(symbols), -1, np.int32)
    places[found] = to_bytes(batch.data, batch.offsets, start[found], row[found].astype(np.int32))
    return np.where(_visible(batch, places), places, np.int32(-1))


def _visible(batch: Batch, places: I32) -> Mask:
    """Say which of these bytes begin a character with another one before it in its row, and neither a blank."""
    units = chars(batch)
    if not len(units):
        return np.zeros(len(places), bool)
    solid = ~units.is_in(_BLANK)
    behind = np.zeros(len(units), bool)
    behind[1:] = solid[1:] & solid[:-1]
    behind[units.row_offsets[:-1][np.diff(units.row_offsets) > 0]] = False
    begins = np.zeros(len(batch.data) + 1, bool)
    begins[units.start[behind]] = True
    visible: Mask = begins[np.maximum(places, 0)] & (places >= 0)
    return visible


def free(batch: Batch, symbols: Symbols, words: Words) -> Mask:
    """Say which words meet nothing that is guarded; a blank that the tokenizer puts before a word does not count."""
    if batch.guarded is None:
        return np.ones(len(words), bool)
    if symbols.start is None or symbols.end is None:
        raise ValueError("the symbols were read without their places")
    first = np.minimum.reduceat(symbols.start, words.offsets[:-1]) if len(words) else words.at
    last = np.maximum.reduceat(symbols.end, words.offsets[:-1]) if len(words) else words.at
    start, end = (to_bytes(batch.data, batch.offsets, side, words.row) for side in (first, last))
    start = start + (batch.data[np.minimum(start, len(batch.data) - 1)] == ord(" ")).astype(np.int32)
    return ~batch.guarded.overlap(start, np.maximum(start, end))
