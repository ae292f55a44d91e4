"""Compositions of transforms, and ready recipes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from textaug.batch import Batch, Mask
from textaug.draws import Draws, Purpose, threshold
from textaug.transform import Transform, register

if TYPE_CHECKING:
    from textaug.engine import Run


class Composition(Transform):
    """The base of transforms made of transforms, their `steps`, which inherit what it protects."""

    steps: tuple[Transform, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        steps = self.steps if isinstance(self.steps, Iterable) else (self.steps,)
        object.__setattr__(self, "steps", tuple(steps))
        for step in self.steps:
            if not isinstance(step, Transform):
                raise self._refuse("steps", step, "give transforms")
        if not self.steps:
            raise self._refuse("steps", self.steps, "give at least one transform")
        if self.on_span != "protect":  # here it would do nothing
            raise self._refuse("on_span", self.on_span, "set it on the steps that edit")

    def chosen(self, batch: Batch, draws: Draws) -> Iterable[Mask | None]:
        """Say for each step which rows it gets; None is all of them."""
        return [None] * len(self.steps)

    def walk(self, batch: Batch, run: Run) -> Batch:
        """Walk through the steps, each with the rows that it gets."""
        draws = run.draws(self, batch)
        gated = self.gate(batch, draws)
        done = run.inside(self, gated, zip(self.steps, self.chosen(gated, draws), strict=True))
        return replace(done, active=batch.active)

    def leaves(self) -> Iterator[Transform]:
        """Yield the transforms that edit, in the order of the recipe."""
        for step in self.steps:
            yield from step.leaves()


@register
class Compose(Composition):
    """Apply all the steps, one after the other.

    Args:
        steps: transforms.

    >>> from textaug import Compose, CharSwap, WordDelete
    >>> Compose([WordDelete(rate=0.0), CharSwap(rate=0.0)])("nothing changes")
    'nothing changes'
    """

    steps: tuple[Transform, ...] = field(kw_only=False)


@register
class OneOf(Composition):
    """Apply one of the steps to each row, drawn by weight.

    Args:
        steps: transforms.
        weights: how likely each is, relative to the others; equally by default.

    >>> from textaug import OneOf, WordDelete
    >>> OneOf([WordDelete(rate=1.0), WordDelete(rate=0.0)])(["word"] * 6, seed=1)
    ['word', 'word', '', 'word', '', '']
    """

    steps: tuple[Transform, ...] = field(kw_only=False)
    weights: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.weights is None:
            return
        weights = tuple(self.weights) if isinstance(self.weights, Iterable) else ()
        if len(weights) != len(self.steps) or not all(map(_is_weight, weights)) or not sum(weights):
            raise self._refuse("weights", self.weights, f"give {len(self.steps)} weights, not negative, not all zero")
        object.__setattr__(self, "weights", weights)

    def chosen(self, batch: Batch, draws: Draws) -> Iterable[Mask]:
        """Draw a step for each row."""
        weights = self.weights or (1.0,) * len(self.steps)
        bounds = [threshold(sum(weights[: i + 1]) / sum(weights)) for i in range(len(weights))]
        draw = draws.per_row(Purpose.CHOOSE)[:, 0].astype(np.uint64)
        step = np.searchsorted(np.array(bounds, np.uint64), draw, side="right")
        return [step == i for i in range(len(self.steps))]


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


@register
class SomeOf(Composition):
    """Apply some of the steps to each row, in their order.

    Args:
        steps: transforms.
        n: how many of them; a pair (low, high) lets each row draw its own number.

    >>> from textaug import SomeOf, WordDelete
    >>> SomeOf([WordDelete(rate=0.0), WordDelete(rate=1.0)], n=2)("word")
    ''
    """

    steps: tuple[Transform, ...] = field(kw_only=False)
    n: int | tuple[int, int] = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.n, list):
            object.__setattr__(self, "n", tuple(self.n))
        low, high = self.n if isinstance(self.n, tuple) and len(self.n) == 2 else (self.n, self.n)
        self._check_count("n", low)
        self._check_count("n", high, low)
        if high > len(self.steps):
            raise self._refuse("n", self.n, f"there are only {len(self.steps)} steps")

    def chosen(self, batch: Batch, draws: Draws) -> Iterable[Mask]:
        """Draw a number for each row, and give it the steps that draw least."""
        low, high = self.n if isinstance(self.n, tuple) else (self.n, self.n)
        rows = np.arange(len(batch), dtype=np.int32)
        blocks = [
            draws.blocks(rows, Purpose.CHOOSE, np.full(len(rows), i, np.int32))
            for i in range(1 + (len(self.steps) + 3) // 4)
        ]
        wanted = low + ((blocks[0][:, 0].astype(np.uint64) * np.uint64(high - low + 1)) >> np.uint64(32)).astype(
            np.int64
        )
        drawn = np.concatenate(blocks[1:], axis=1)[:, : len(self.steps)]
        rank = np.argsort(np.argsort(drawn, axis=1, kind="stable"), axis=1)
        return [rank[:, i] < wanted for i in range(len(self.steps))]


def eda(alpha: float = 0.1) -> OneOf:
    """Return EDA: synonym replacement, random insertion, random swap or random deletion, one of them for each row.

    Wei and Zou, "EDA: Easy data augmentation techniques" (EMNLP 2019), with the paper's alpha: the share of words that
    change, at least one. Here it is a share of the *eligible* words (with a synonym, no stop words), and a swap changes
    two words, so its rate is 2 alpha. Deletion may change nothing in a short row, as in the paper.

    Args:
        alpha: the share of eligible words that change.
    """
    from textaug.transforms import SynonymInsert, SynonymReplace, WordDelete, WordSwap

    return OneOf(
        (
            SynonymReplace(rate=alpha, min_units=1),
            SynonymInsert(rate=alpha, min_units=1),
            WordSwap(rate=min(1.0, 2 * alpha), min_units=2),
            WordDelete(rate=alpha),
        )
    )


def aeda() -> Transform:
    """Return AEDA: punctuation marks before randomly chosen words.

    Karimi, Rossi and Prati, "AEDA: An easier data augmentation technique" (Findings of EMNLP 2021): from one mark to a
    third of the words, so each row draws its own rate from 0 to 1/3 and gets at least one mark.
    """
    from textaug.transforms import PunctuationInsert

    return PunctuationInsert(rate=(0.0, 1 / 3), min_units=1)


READY = {"aeda": aeda, "eda": eda}
