"""What stands beside a word, for rules that must know: the words that one blank parts from it, and their roles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textaug.batch import I32, Batch, Mask
from textaug.kernels import roles as kernel
from textaug.languages.contractions import Roles
from textaug.transforms.spacing import behind_one_blank
from textaug.units import Units, runs


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The words of a batch with their roles, and which of them follow each other behind one blank.

    In what is given and returned, -1 stands for no word.

    Attributes:
        batch: the text.
        units: its words.
        number: uint16, of each, and 0 at the end.
        roles: uint64, the roles of each number, as bits.
        linked: which words have the next one of their row behind one blank.
    """

    batch: Batch
    units: Units
    number: npt.NDArray[np.uint16]
    roles: npt.NDArray[np.uint64]
    linked: Mask

    @classmethod
    def of(cls, batch: Batch, known: Roles) -> Neighbours:
        """Find the words, Chinese runs uncut, and look them up."""
        units = runs(batch)
        number = kernel.numbers(batch.data, units.start, units.end, *known.words)
        return cls(batch, units, number, known.bits, behind_one_blank(batch, units))

    def numbered(self, first: int, count: int) -> I32:
        """Return the words that have so many numbers, from the first on."""
        found = np.flatnonzero(self.number[:-1] - np.uint16(first) < count)  # what is below the first wraps around
        return found.astype(np.int32)

    def only(self, unit: I32) -> Units:
        """Return some words, which are sorted, as units of their own."""
        offsets = np.searchsorted(unit, self.units.row_offsets).astype(np.int32)
        return Units(offsets, self.units.start[unit], self.units.end[unit], self.units.kind[unit])

    def after(self, unit: I32) -> I32:
        """Return the words that follow these."""
        return np.where((unit >= 0) & self.linked[unit], unit + 1, -1)

    def before(self, unit: I32) -> I32:
        """Return the words that these follow."""
        return np.where((unit > 0) & self.linked[unit - 1], unit - 1, -1)

    def has(self, unit: I32, roles: int) -> Mask:
        """Say which of these words have one of some roles."""
        found: Mask = (self.roles[self.number[unit]] & np.uint64(roles)) != 0
        return found

    def ends_in(self, unit: I32, ending: bytes, least: int) -> Mask:
        """Say which of these words have an ending, in lower case, and so many bytes at least."""
        end = self.units.end[unit]
        same = (unit >= 0) & (end - self.units.start[unit] >= least)
        for k, letter in enumerate(reversed(ending), 1):
            same &= self.batch.data[end - np.where(same, k, 1)] == letter
        return same
