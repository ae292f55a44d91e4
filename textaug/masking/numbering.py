"""Numberings: laid over one another, and told as marks, as places, as the units of selected tokens."""

from __future__ import annotations

import numpy as np

from textaug.kernels import masking as kernel
from textaug.kernels.reference import masking as definition  # gaps are rare: no kernel has them
from textaug.kernels.reference.draws import I32, U8
from textaug.kernels.reference.masking import BEGINS
from textaug.masking.sheet import Numbering, Sheet


def over_others(upper: Numbering, lower: Numbering, sheet: Sheet) -> Numbering:
    """Lay a numbering over another; of units below that it tears, what is left is one, with a gap if need be."""
    if upper.first is None and lower.first is None:
        marks, gaps = kernel.layer(marked(upper, sheet), marked(lower, sheet), sheet.ids.offsets)
        if not gaps:
            return Numbering(marks)
    return gapped(*definition.overlay(numbered(upper, sheet), numbered(lower, sheet), sheet.ids.offsets), sheet)


def gapped(first: I32, gaps: bool, sheet: Sheet) -> Numbering:
    """Return a numbering of units that may have gaps."""
    return Numbering(definition.marked(first, sheet.ids.offsets), first if gaps else None)


def marked(numbering: Numbering, sheet: Sheet) -> U8:
    """Return the marks of a numbering, those of plain tokens too."""
    if numbering.marks is not None:
        return numbering.marks
    return kernel.tokens(*sheet.known)


def numbered(numbering: Numbering, sheet: Sheet) -> I32:
    """Return for each token the place in its row where its unit begins, -1 where it has none."""
    if numbering.first is not None:
        return numbering.first
    return kernel.numbered(marked(numbering, sheet), sheet.ids.offsets)


def pieces(numbering: Numbering, sheet: Sheet) -> U8:
    """Return marks of units of which those with gaps are taken apart."""
    if numbering.first is None:
        return marked(numbering, sheet)
    return kernel.column(*sheet.known, numbering.first)


def units_at(at: I32, numbering: Numbering, sheet: Sheet) -> I32:
    """Return a number for the unit of each selected token; in a row, it rises with where units begin."""
    if numbering.first is not None:
        return numbering.first[at]
    return np.cumsum(marked(numbering, sheet)[at] & BEGINS, dtype=np.int32)
