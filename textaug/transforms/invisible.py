"""The invisible: characters without width between letters."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import U8, Batch
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.kernels import letters as kernel
from textaug.languages.alphabets import unjoined
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.eligible import allowed
from textaug.units import Units, chars

WIDTHLESS = "\u200b\u200c\u200d\u2060"  # zero-width space, non-joiner, joiner, word joiner
BYTES = 3  # of each


@register
class ZeroWidth(RateTransform):
    r"""Put a character without width between two letters or digits of a word: a reader sees no change.

    One of zero-width space, non-joiner, joiner and word joiner. Only between letters that do not change their shape by
    them: not in Arabic or Indic script, not inside of clusters, nor beside other characters of the sort. Boucher et
    al., "Bad characters: imperceptible NLP attacks" (IEEE S&P 2022), attack models so.

    >>> from textaug import ZeroWidth
    >>> ZeroWidth(rate=0.2)("A fine piece", seed=1).encode("unicode_escape").decode()
    'A fine pie\\u200cc\\u200be'
    """

    about: ClassVar[About] = About("letter", "scripts that do not join", "Boucher et al. 2022")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Put a character behind each selected letter."""
        units = chars(batch)
        eligible = allowed(_inside(batch, units), batch.free(units.end, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        draw = draws.corrupting(units.row_offsets, unit, row).astype(np.uint64)
        begin = BYTES * ((draw * np.uint64(len(WIDTHLESS))) >> np.uint64(32)).astype(np.int32)
        at, pool = units.end[unit], np.frombuffer(WIDTHLESS.encode(), np.uint8)
        edits = Edits.of(row, len(batch), at, at, begin, begin + np.int32(BYTES), text=pool)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))


def _inside(batch: Batch, units: Units) -> U8:
    """Say which characters and their next one are both letters of a word that are not joined."""
    known = kernel.alphabetic(batch.data, units.start, units.end, units.kind, unjoined())
    inside = np.zeros(len(units), np.uint8)
    inside[:-1] = known[:-1] & known[1:]
    ends = units.row_offsets[1:]
    inside[ends[ends > units.row_offsets[:-1]] - 1] = 0
    return inside
