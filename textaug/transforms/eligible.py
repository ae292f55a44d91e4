"""Which units may be edited, and how many they are."""

from __future__ import annotations

import numpy as np

from textaug.batch import U8, Batch, Mask
from textaug.units import Units


def allowed(eligible: U8 | Mask, free: Mask | None) -> U8:
    """Return which units are eligible and not protected: uint8."""
    return (eligible if free is None else eligible.astype(bool) & free).view(np.uint8)


def unprotected(batch: Batch, units: Units) -> U8 | None:
    """Return which units may be edited: uint8; None means all of them."""
    free = batch.free(units.start, units.end)
    return None if free is None else free.view(np.uint8)


def counted(units: Units, eligible: U8 | None) -> int:
    """Return how many units are eligible."""
    return len(units) if eligible is None else int(np.count_nonzero(eligible))
