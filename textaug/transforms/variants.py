"""Simplified and traditional Chinese: words written in the other variant."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import U8, Batch
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.languages.variants import VARIANTS, converted
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.eligible import allowed
from textaug.units import Kind, Units, words


@register
class ChineseVariant(RateTransform):
    """Write Chinese words in another variant: simplified, traditional, or that of Taiwan or Hong Kong.

    The conversion is OpenCC's, of the whole text, so that a character is written as its word wants it. A word is
    eligible if it is written otherwise there, in as many bytes.

    Args:
        to: "traditional", "taiwan", "hongkong" or "simplified".

    >>> from textaug import ChineseVariant
    >>> ChineseVariant(rate=1.0)("头发很干净，皇后在后面。")
    '頭髮很乾淨，皇后在後面。'
    """

    about: ClassVar[About] = About("word", "Chinese", "OpenCC")
    native: ClassVar[bool] = False

    to: str = "traditional"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_choice("to", self.to, tuple(VARIANTS))

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Write the selected words otherwise."""
        units = words(batch)
        other = self._other(batch, units)
        unlike = np.concatenate([[0], np.cumsum(other != batch.data)])
        eligible = allowed(unlike[units.end] > unlike[units.start], batch.free(units.start, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        start, end = units.start[unit], units.end[unit]
        return Proposal(
            Edits.of(row, len(batch), start, end, start, end, text=other), int(np.count_nonzero(eligible)), len(unit)
        )

    def _other(self, batch: Batch, units: Units) -> U8:
        """Return the batch's bytes with all its Chinese written otherwise, everything at its place."""
        other = batch.data.copy()
        han = units.kind == Kind.HAN
        for row in np.unique(units.rows()[han]):
            first, last = batch.offsets[row : row + 2]
            if not self._write(other, first, last):
                for u in range(units.row_offsets[row], units.row_offsets[row + 1]):
                    if han[u]:
                        self._write(other, units.start[u], units.end[u])
        return other

    def _write(self, other: U8, first: int, last: int) -> bool:
        """Write a range otherwise, if that takes as many bytes."""
        made = converted(other[first:last].tobytes().decode(), self.to).encode()
        if len(made) == last - first:
            other[first:last] = np.frombuffer(made, np.uint8)
        return len(made) == last - first
