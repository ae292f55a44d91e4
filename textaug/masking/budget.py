"""The second step of masking, select: how many units, by addressed draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, Protocol, runtime_checkable

import numpy as np

from textaug.draws import Purpose, threshold
from textaug.errors import UsageError
from textaug.kernels import masking as kernel
from textaug.kernels.reference.draws import I32
from textaug.masking.numbering import marked, numbered
from textaug.masking.sheet import Numbering, Sheet
from textaug.masking.units import row_draws

Rounding = Literal["round", "floor", "ceil", "random"]


@runtime_checkable
class Schedule(Protocol):
    """A rate that changes with the steps of a training run."""

    def at(self, step: int) -> float:
        """Return the rate at a step."""


@dataclass(frozen=True)
class Linear:
    """From one rate to another in a straight line, then the latter.

    >>> Linear(0.3, 0.15, steps=100).at(50)
    0.225
    """

    start: float
    end: float
    steps: int

    def __post_init__(self) -> None:
        _check_rates("Linear", self.start, self.end)
        _check_steps("Linear", self.steps)

    def at(self, step: int) -> float:
        """Return the rate at a step."""
        gone = min(max(step, 0), self.steps) / self.steps
        return round(self.start + (self.end - self.start) * gone, 9)


@dataclass(frozen=True)
class Cosine:
    """From one rate to another along half a cosine, then the latter.

    >>> Cosine(0.3, 0.15, steps=100).at(0), Cosine(0.3, 0.15, steps=100).at(100)
    (0.3, 0.15)
    """

    start: float
    end: float
    steps: int

    def __post_init__(self) -> None:
        _check_rates("Cosine", self.start, self.end)
        _check_steps("Cosine", self.steps)

    def at(self, step: int) -> float:
        """Return the rate at a step; rounded, so that machines agree on it."""
        gone = min(max(step, 0), self.steps) / self.steps
        return round(self.end + (self.start - self.end) * (1 + math.cos(math.pi * gone)) / 2, 9)


Rate = float | Linear | Cosine


@runtime_checkable
class Budget(Protocol):
    """What says how much is masked."""

    def select(self, numbering: Numbering, sheet: Sheet) -> tuple[I32, I32]:
        """Select units: return the offsets of the rows' selected tokens, and the tokens."""


@dataclass(frozen=True)
class Bernoulli:
    """Every unit with the same chance (RoBERTa, and the usual collators).

    Args:
        p: the chance, or a schedule of it.

    Raises:
        UsageError: it is no chance.

    >>> Bernoulli(0.15)
    Bernoulli(p=0.15)
    """

    p: Rate = 0.15

    def __post_init__(self) -> None:
        _check_rates("Bernoulli", self.p)

    def select(self, numbering: Numbering, sheet: Sheet) -> tuple[I32, I32]:
        """Select the units that draw less than the chance."""
        limits = np.full(len(sheet.ids), threshold(rate_at(self.p, sheet.step)), np.uint64)
        return kernel.bernoulli(
            *sheet.known,
            numbering.marks,
            numbering.first,
            sheet.key,
            sheet.row_ids,
            Purpose.SELECT,
            limits,
        )


@dataclass(frozen=True)
class Exact:
    """A share of each row's maskable tokens, as exactly as whole units allow (BERT, ERNIE, SpanBERT).

    Units are taken in the order of their draws as long as they fit; one that does not is passed over. Special tokens
    and padding do not count.

    Args:
        p: the share, or a schedule of it.
        rounding: how a row's share becomes a number of tokens; "random" rounds up with the chance of the remainder, so
            that the share is right on average in rows of any length.
        at_least: the smallest budget of a row. If it is 1 or more, every row with a unit has something masked: where no
            unit fits, the shortest one.
        cap: the largest budget of a row.

    Raises:
        UsageError: the share is none, or the limits contradict one another.

    >>> Exact(0.15).budgets(np.array([512, 7, 3], np.int32)).tolist()
    [77, 1, 1]
    """

    p: Rate = 0.15
    rounding: Rounding = "round"
    at_least: int = 1
    cap: int | None = None

    def __post_init__(self) -> None:
        _check_rates("Exact", self.p)
        if self.rounding not in ("round", "floor", "ceil", "random"):
            raise UsageError(f"Exact(rounding={self.rounding!r}): give 'round', 'floor', 'ceil' or 'random'")
        if self.at_least < 0 or (self.cap is not None and self.cap < self.at_least):
            raise UsageError(f"Exact(at_least={self.at_least}, cap={self.cap}): give 0 <= at_least <= cap")

    def budgets(self, tokens: I32, sheet: Sheet | None = None) -> I32:
        """Return how many tokens may be masked in rows with so many maskable ones; ½ rounds up."""
        step = 0 if sheet is None else sheet.step
        share = _share(rate_at(self.p, step))
        over, under = np.int64(share.numerator), np.int64(share.denominator)
        exact = tokens.astype(np.int64) * over
        if self.rounding == "random" and sheet is not None:
            part = (row_draws(sheet, Purpose.BUDGET).astype(np.int64) * under) >> 32
            made = (exact + part) // under
        else:
            made = (exact + {"round": under // 2, "ceil": under - 1}.get(self.rounding, np.int64(0))) // under
        made = np.clip(made, self.at_least, self.cap)
        return np.minimum(made, tokens).astype(np.int32)

    def select(self, numbering: Numbering, sheet: Sheet) -> tuple[I32, I32]:
        """Select the units that draw least, as long as they fit."""
        offsets, marks = sheet.ids.offsets, marked(numbering, sheet)
        first = numbering.first if numbering.rank is None else numbered(numbering, sheet)
        budget = self.budgets(kernel.sizes(marks, offsets), sheet)
        return kernel.exact(
            marks,
            first,
            numbering.rank,
            offsets,
            sheet.key,
            sheet.row_ids,
            Purpose.SELECT,
            budget,
            self.at_least > 0,
        )


@lru_cache(maxsize=64)
def _share(rate: float) -> Fraction:
    """Return a rate as the fraction that it was written as."""
    return Fraction(repr(rate)).limit_denominator(1_000_000)


def rate_at(rate: Rate, step: int) -> float:
    """Return a rate, or what a schedule says it is at a step."""
    return rate.at(step) if isinstance(rate, Linear | Cosine) else float(rate)


def _check_rates(what: str, *rates: Rate) -> None:
    for rate in rates:
        if isinstance(rate, Linear | Cosine):
            continue
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate <= 1:
            raise UsageError(f"{what}({rate!r}): give a share from 0 to 1, or a schedule: Linear or Cosine")


def _check_steps(what: str, steps: int) -> None:
    if steps < 1:
        raise UsageError(f"{what}(steps={steps}): give at least 1")
