"""Which unit each token belongs to: units are ranges of bytes of a tile, tokens lie over them.

A token belongs to the unit over which it lies, however many blanks it takes along before it; units that share a token
are one. A token that is nothing but blanks (`▁`) goes with the token behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textaug.batch import I32, U8, Batch, Mask, Ranges
from textaug.masking.annotate.encoding import Encoded
from textaug.units import to_bytes

I64 = npt.NDArray[np.int64]
_BLANK = ord(" ")
_ALPHANUMERIC = np.array([chr(byte).isascii() and chr(byte).isalnum() for byte in range(256)])


@dataclass(frozen=True, slots=True)
class Alignment:
    """The tokens of a tile that stand for text, in their order; all others are special or blank.

    Attributes:
        count: how many tokens there are in all.
        at: int64: which of them these are.
        start, end: int32: the bytes over which each lies.
        apart: bool: it begins a text, or a special token stands before it: no unit reaches from the one before to it.
        row_first: bool: it begins a text.
        blank: int64: which of all tokens are nothing but blanks, with a token behind them.
        behind: int64: that token.
        data: the tile's bytes.
    """

    count: int
    at: I64
    start: I32
    end: I32
    apart: Mask
    row_first: Mask
    blank: I64
    behind: I64
    data: U8

    def words(self, units: Ranges) -> I32:
        """Return the word of each token, counted from 0 in each text, -1 for none.

        What is in no word is a word of its own: a mark, a symbol. Tokens of one character are one, and so are letters
        that stand together (`br` in `<br />`).
        """
        first, last, inside = self._under(units)
        together = self._shared(first, last, inside)
        out = ~inside[1:] & ~inside[:-1] & (self.start[1:] == self.end[:-1])
        out[out] = _ALPHANUMERIC[self.data[self.start[1:][out]]] & _ALPHANUMERIC[self.data[self.end[:-1][out] - 1]]
        together[1:] |= out | (self.start[1:] < self.end[:-1])
        return self._numbered(np.ones(len(self.at), bool), together & ~self.apart)

    def marked(self, units: Ranges) -> I32:
        """Return the unit of each token, counted from 0 in each text, -1 where it belongs to none of these."""
        first, last, inside = self._under(units)
        return self._numbered(inside, self._shared(first, last, inside) & ~self.apart)

    def scattered(self, units: Ranges, number: I32) -> I32:
        """Return for each token the number of its unit, which other units may have too; -1 for none."""
        first, _, inside = self._under(units)
        held = np.full(len(self.at), -1, np.int32)
        held[inside] = number[first[inside]]
        return self._spread(held)

    def _under(self, units: Ranges) -> tuple[I32, I32, Mask]:
        """Return the first and the last unit under each token, and whether there is any."""
        first = _counted(units.end, len(self.data))[self.start]
        last = _counted(units.start, len(self.data))[self.end - 1] - 1
        return first, last, first <= last

    def _shared(self, first: I32, last: I32, inside: Mask) -> Mask:
        """Say which tokens lie over a unit over which the token before lies too."""
        shared = np.zeros(len(first), bool)
        shared[1:] = inside[1:] & inside[:-1] & (first[1:] <= last[:-1])
        return shared

    def _numbered(self, inside: Mask, together: Mask) -> I32:
        begins = inside & ~together
        number = np.cumsum(begins, dtype=np.int32)
        before = np.maximum.accumulate(np.where(self.row_first, number - begins, 0))
        return self._spread(np.where(inside, number - before - 1, np.int32(-1)))

    def _spread(self, held: I32) -> I32:
        """Give all tokens what these have; blank ones what stands behind them."""
        spread = np.full(self.count, -1, np.int32)
        spread[self.at] = held
        spread[self.blank] = held[self.behind]
        return spread


def _counted(places: I32, size: int) -> I32:
    """Return for each byte of a tile how many of some places, each another, lie before it or at it."""
    marks = np.zeros(size + 1, np.int8)
    marks[places] = 1
    return np.cumsum(marks, dtype=np.int32)


def aligned(tokens: Encoded, tile: Batch) -> Alignment:
    """Lay the tokens of a tile's texts over its bytes."""
    rows = tokens.rows
    start, end = (_bytes(tile, side, rows) for side in (tokens.start, tokens.end))
    inked = np.append(np.int32(0), np.cumsum(tile.data != _BLANK, dtype=np.int32))
    blank = (inked[end] == inked[start]) & ~tokens.special
    at = np.flatnonzero(~blank & ~tokens.special)
    segment = np.cumsum(tokens.special, dtype=np.int32) + rows  # grows with each special token and each text
    apart, row_first = np.ones(len(at), bool), np.ones(len(at), bool)
    apart[1:] = segment[at[1:]] != segment[at[:-1]]
    row_first[1:] = rows[at[1:]] != rows[at[:-1]]
    lone = np.flatnonzero(blank)
    behind = np.searchsorted(at, lone)
    led = behind < len(at)
    led[led] = segment[at[behind[led]]] == segment[lone[led]]
    return Alignment(len(rows), at, start[at], end[at], apart, row_first, lone[led], behind[led], tile.data)


def _bytes(tile: Batch, positions: I32, rows: I32) -> I32:
    """Return the bytes of a tile at which code points of its rows stand."""
    if int(tile.data.max(initial=0)) < 0x80:
        return positions + tile.offsets[rows]
    return to_bytes(tile.data, tile.offsets, positions, rows)
