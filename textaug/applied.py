"""What the transforms of a recipe did, each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from textaug.batch import Mask

if TYPE_CHECKING:
    from textaug.transform import LabelEffect


@dataclass(frozen=True, slots=True)
class Applied:
    """What one transform of the recipe did.

    Attributes:
        node: its name, with "#2" and so on behind its further occurrences.
        label_effect: what it does to the label of a row that it changes.
        asked: the rate asked for, None where it has none.
        eligible: how many units had a candidate and were not protected.
        changed: how many units it changed.
        rows: bool, shape (rows,), which rows it changed.
        skipped: why units were left as they are: how many for each reason that it gave.
        unsure: bool, shape (rows,), in which rows the label may change; None where the label effect says all.
        left: bool, shape (rows,), the rows to which a filter gave back what they were; None for what is no filter.
    """

    node: str
    label_effect: LabelEffect
    asked: float | None
    eligible: int
    changed: int
    rows: Mask = field(repr=False)
    skipped: Mapping[str, int] = field(default_factory=dict)
    unsure: Mask | None = field(default=None, repr=False)
    left: Mask | None = field(default=None, repr=False)

    @property
    def doubtful(self) -> Mask:
        """The rows that it changed so that their label may change: bool, shape (rows,)."""
        if self.label_effect == "may change":
            return self.rows
        return np.zeros(len(self.rows), bool) if self.unsure is None else self.rows & self.unsure

    @property
    def realised(self) -> float | None:
        """The share of eligible units that changed."""
        return self.changed / self.eligible if self.eligible else None

    def __add__(self, other: Applied) -> Applied:
        """Return what was done to the rows of both, one behind the other."""
        return self._with(other, lambda one, two: np.concatenate([one, two]))

    def beside(self, other: Applied) -> Applied:
        """Return what was done to the same rows twice, each time to others of them."""
        return self._with(other, np.logical_or)

    def without(self, part: Applied, rows: Mask) -> Applied:
        """Return what was done to all but these rows, of which `part` tells."""
        return replace(
            self,
            eligible=self.eligible - part.eligible,
            changed=self.changed - part.changed,
            rows=self.rows & ~rows,
            left=None if self.left is None else self.left & ~rows,
            skipped=dict(Counter(self.skipped) - Counter(part.skipped)),
        )

    def _with(self, other: Applied, join: Callable[[Mask, Mask], Mask]) -> Applied:
        return replace(
            self,
            eligible=self.eligible + other.eligible,
            changed=self.changed + other.changed,
            rows=join(self.rows, other.rows),
            unsure=join(self.doubtful, other.doubtful),
            left=None if self.left is None or other.left is None else join(self.left, other.left),
            skipped=dict(Counter(self.skipped) + Counter(other.skipped)),
        )
