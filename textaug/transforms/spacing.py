"""Blanks: put into words, and taken from between them."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.kernels import splits as kernel
from textaug.languages.unicode import table
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.eligible import allowed
from textaug.units import Kind, Units, words

BLANK = np.frombuffer(b" ", np.uint8)

_MERGED = (Kind.WORD, Kind.NUMBER, Kind.ABBREVIATION, Kind.HAN, Kind.OTHER)  # a merged address would be another one


def behind_one_blank(batch: Batch, units: Units) -> Mask:
    """Say which units have the next unit of their row behind one blank, and nothing else between.

    >>> from textaug.batch import Batch
    >>> data = np.frombuffer(b"one two, three  four", np.uint8)
    >>> batch = Batch(data, np.array([0, len(data)], np.int32), np.zeros(1, np.uint64))
    >>> behind_one_blank(batch, words(batch)).tolist()
    [True, False, False, False]
    """
    found = np.zeros(len(units), bool)
    if len(units):
        found[:-1] = (units.start[1:] - units.end[:-1] == 1) & (batch.data[units.end[:-1]] == ord(" "))
        found[ends_row(units)] = False
    return found


def ends_row(units: Units) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return the last unit of every row that has one."""
    return units.row_offsets[1:][np.diff(units.row_offsets) > 0] - 1


@register
class WordSplit(RateTransform):
    """Part words by a blank: Latin words of four letters or more, and Chinese words between two characters.

    The blank stands between two letters as readers see them, two of a Latin word at least on either side. Numbers,
    addresses, @names and #tags stay whole.

    >>> from textaug import WordSplit
    >>> WordSplit(rate=0.3)("The plot is thin, but the actors save it.", seed=2)
    'The pl ot is thin, but the ac tors save it.'
    """

    about: ClassVar[About] = About("word", "any")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Put a blank into the selected words."""
        units = words(batch)
        places = kernel.count(batch.data, units.start, units.end, units.kind, *table())
        eligible = allowed(places > 0, batch.free(units.start, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        draw = draws.corrupting(units.row_offsets, unit, row)
        at = kernel.place(batch.data, units.start[unit], units.end[unit], units.kind[unit], draw, *table())
        nothing = np.zeros(len(unit), np.int32)
        edits = Edits.of(row, len(batch), at, at, nothing, nothing + np.int32(1), text=BLANK)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))


@register
class WordMerge(RateTransform):
    """Take the blank between two words away, so that they become one; the rate counts blanks.

    Only single blanks with a word or a number on either side go, and none between two numbers.

    >>> from textaug import WordMerge
    >>> WordMerge(rate=0.3)("The plot is thin, but the actors save it.", seed=2)
    'Theplot is thin, butthe actors save it.'
    """

    about: ClassVar[About] = About("word", "with blanks")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Delete the selected blanks."""
        units = words(batch)
        may = behind_one_blank(batch, units)
        merged, number = units.is_in(_MERGED), units.kind == Kind.NUMBER
        may[:-1] &= merged[:-1] & merged[1:] & ~(number[:-1] & number[1:])
        blank = units.end + np.int32(1)
        eligible = allowed(may, batch.free(units.end, blank))
        unit, row = self.select(batch, draws, units, eligible)
        nothing = np.zeros(len(unit), np.int32)
        edits = Edits.of(row, len(batch), units.end[unit], blank[unit], nothing, nothing)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))
