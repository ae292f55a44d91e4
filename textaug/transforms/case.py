"""Case: letters and words written small or in capitals."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import U8, Batch
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.kernels import cases as kernel
from textaug.kernels.reference.cases import LOWER, TITLE, UPPER
from textaug.kernels.reference.draws import U32
from textaug.languages.cases import cases, swapped
from textaug.languages.character_tables import CharacterTable
from textaug.transform import About, Proposal, register
from textaug.transforms.eligible import allowed
from textaug.transforms.tables import TableTransform
from textaug.units import Kind, words

ADDRESSES = (Kind.URL, Kind.EMAIL, Kind.MENTION)
SLOTS = 6  # as many as can be shared by one, two or three styles


@register
class CaseNoise(TableTransform):
    """Change the case of letters, or of whole words: `Good` becomes `good` or `GOOD`.

    Letters without a counterpart of their own (ß, ς) stay. Addresses and @names are no words here.

    Args:
        unit: what changes: "char", a letter by itself, or "word", which becomes small, capitals, or one capital and
            small letters, each as likely, but never what it was.

    >>> from textaug import CaseNoise
    >>> CaseNoise(rate=0.2)("A fine piece of work.", seed=3)
    'A fiNe piece of WoRk.'
    >>> CaseNoise(rate=0.4, unit="word")("A fine piece of work.", seed=4)
    'A fine Piece Of work.'
    """

    about: ClassVar[About] = About("letter", "cased scripts", "Unicode")

    unit: str = "char"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_choice("unit", self.unit, ("char", "word"))

    def table(self) -> CharacterTable:
        """Return the letter of the other case for each letter."""
        return swapped()

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Change the case of the selected letters or words."""
        return super().propose(batch, draws) if self.unit == "char" else self._words(batch, draws)

    def _words(self, batch: Batch, draws: Draws) -> Proposal:
        units = words(batch)
        cased = kernel.cased(batch.data, units.start, units.end, *cases())
        cased[units.is_in(ADDRESSES)] = 0
        eligible = allowed(cased, batch.free(units.start, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        styles = kernel.styles(batch.data, units.start[unit], units.end[unit], *cases())
        style = _chosen(styles, draws.corrupting(units.row_offsets, unit, row))
        made = kernel.recased(batch.data, units.start, units.end, unit, style, *cases())
        edits = Edits.of(row, len(batch), units.start[unit], units.end[unit], made[0], made[1], text=made[2])
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))


def _chosen(styles: U8, draw: U32) -> U8:
    """Return the one of each word's styles that its draw chooses."""
    held = [[style for style in (LOWER, UPPER, TITLE) if some & style] or [0] for some in range(8)]
    slots = np.array([[some[k * len(some) // SLOTS] for k in range(SLOTS)] for some in held], np.uint8)
    chosen: U8 = slots[styles, (draw.astype(np.uint64) * np.uint64(SLOTS)) >> np.uint64(32)]
    return chosen
