"""Letters: single characters substituted, put in, deleted, or swapped."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import I32, Batch
from textaug.draws import NO_LIMIT, Draws
from textaug.edits import Edits
from textaug.kernels import letters as kernel
from textaug.languages.alphabets import alphabets, hanzi
from textaug.languages.negators import negators
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.eligible import allowed
from textaug.transforms.scripts import by_script
from textaug.units import Kind, Units, chars

IN_WORDS = (Kind.LETTER, Kind.DIGIT, Kind.HAN, Kind.CLUSTER)


@register
class CharSubstitute(RateTransform):
    """Put another letter of the same alphabet in a letter's place: Latin, Chinese and others; case is kept.

    >>> from textaug import CharSubstitute
    >>> CharSubstitute(rate=0.2)("A fine piece of work.", seed=3)
    'A fine pibce df wolk.'
    """

    about: ClassVar[About] = About("letter", "any alphabet, Chinese")
    version: ClassVar[int] = 2

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Replace the selected letters."""
        return by_script(batch, lambda rows, traditional: self._propose(rows, draws, traditional))

    def _propose(self, batch: Batch, draws: Draws, traditional: bool) -> Proposal:
        units, runs, pool = chars(batch), alphabets(traditional), hanzi(traditional)
        known = kernel.alphabetic(batch.data, units.start, units.end, units.kind, runs)
        eligible = allowed(known, batch.free(units.start, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        draw = draws.corrupting(units.row_offsets, unit, row)
        made = kernel.substitute(batch.data, units.start, units.end, unit, draw, runs, pool)
        begin, end = self.places(units, unit)
        return Proposal(
            Edits.of(row, len(batch), begin, end, made[0], made[1], text=made[2]),
            int(np.count_nonzero(eligible)),
            len(unit),
        )

    def places(self, units: Units, unit: I32) -> tuple[I32, I32]:
        """Return what the new letters replace."""
        return units.start[unit], units.end[unit]


@register
class CharInsert(CharSubstitute):
    """Put a letter of the same alphabet behind a letter.

    >>> from textaug import CharInsert
    >>> CharInsert(rate=0.2)("A fine piece of work.", seed=3)
    'A fine pievce oyfe wxork.'
    """

    about: ClassVar[About] = About("letter", "any alphabet, Chinese")
    version: ClassVar[int] = 2

    def places(self, units: Units, unit: I32) -> tuple[I32, I32]:
        """Return the places behind the selected letters."""
        return units.end[unit], units.end[unit]


@register
class CharDelete(RateTransform):
    """Delete letters and digits.

    Where a Chinese character that negates goes (不, 没), the label of that text may change.

    >>> from textaug import CharDelete
    >>> CharDelete(rate=0.2)("A fine piece of work.", seed=3)
    'A fne iece of work.'
    """

    about: ClassVar[About] = About("letter", "any")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Delete the selected letters."""
        units = chars(batch)
        eligible = allowed(units.is_in(IN_WORDS), batch.free(units.start, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        nothing = np.zeros(len(unit), np.int32)
        edits = Edits.of(row, len(batch), units.start[unit], units.end[unit], nothing, nothing)
        han = units.kind[unit] == Kind.HAN
        unsure = np.zeros(len(batch), bool)
        unsure[row[han][negators(batch.data, units.start[unit[han]], units.end[unit[han]])]] = True
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit), unsure=unsure)


@register
class CharSwap(RateTransform):
    """Swap neighbouring letters of a word; the rate counts both of a pair.

    >>> from textaug import CharSwap
    >>> CharSwap(rate=0.2)("A fine piece of work.", seed=3)
    'A fine piece of owkr.'
    """

    about: ClassVar[About] = About("letter", "any")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Swap pairs of letters."""
        units = chars(batch)
        free = batch.free(units.start, units.end)
        joins = kernel.joinable(
            batch.data,
            units.row_offsets,
            units.start,
            units.end,
            units.kind,
            None if free is None else free.astype(np.uint8),
        )
        if batch.guarded is not None:  # nor a pair around an empty span
            joins[:-1] &= ~batch.overlaps(units.start[:-1], units.end[1:])
        limit = NO_LIMIT if self.max_units is None else self.max_units
        unit, row, eligible = kernel.pairs(
            draws.key, batch.row_ids, units.row_offsets, joins, self.thresholds(batch, draws), self.min_units, limit
        )
        start, end, begin, stop, text = kernel.swapped(batch.data, units.start, units.end, unit)
        return Proposal(Edits.of(row, len(batch), start, end, begin, stop, text=text), eligible, 2 * len(unit))
