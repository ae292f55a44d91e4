"""Filter: outputs that do not pass its checks are given up, or tried again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from textaug.batch import Batch, Mask
from textaug.checks.base import Check
from textaug.checks.texts import Unchanged
from textaug.compose import Composition
from textaug.errors import UsageError
from textaug.transform import Transform, register

if TYPE_CHECKING:
    from textaug.applied import Applied
    from textaug.engine import Run


@register
class Filter(Composition):
    """Apply all the steps, and keep only what passes the checks.

    A row that a check rejects is what it was before, its spans too, or is tried again with other draws. What the
    checks rejected is counted in the result's `skipped`, each output under the first check that it did not pass.

    Args:
        steps: transforms.
        checks: what an output must pass, in this order: the cheap ones first.
        retries: how many further tries a rejected row gets; the first has the draws that the steps have alone.

    >>> from textaug import Filter, LengthRatio, WordDelete
    >>> done = Filter([WordDelete(rate=0.5)], checks=[LengthRatio(0.5, 2.0)]).apply(["keep about half", "of the words"])
    >>> done.text, done.applied[-1].skipped
    (['keep about', 'of the words'], {'length ratio not from 0.5 to 2': 1})
    """

    native = False  # checks are Python

    steps: tuple[Transform, ...] = field(kw_only=False)
    checks: tuple[Check, ...] = (Unchanged(),)
    retries: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        checks = tuple(self.checks) if isinstance(self.checks, Iterable) else (self.checks,)
        object.__setattr__(self, "checks", checks)
        for check in checks:
            if not isinstance(check, Check):
                raise self._refuse("checks", check, "give checks, such as Unchanged()")
        if not checks:
            raise self._refuse("checks", checks, "give at least one check")
        self._check_count("retries", self.retries)

    def leaves(self) -> Iterator[Transform]:
        """Yield the transforms that edit, and behind them the filter itself, which tells what it rejected."""
        yield from super().leaves()
        yield self

    def reads(self) -> dict[str, str]:
        """Return the files that the checks read and a hash of what each says."""
        return {path: digest for check in self.checks for path, digest in check.reads().items()}

    def walk(self, batch: Batch, run: Run) -> Batch:
        """Try the steps on the rows, then again on those that are rejected."""
        node = run.node(self, sum(isinstance(leaf, Filter) for step in self.steps for leaf in step.leaves()))
        gated = self.gate(batch, run.drawing(node, batch))
        tries = _Tries(self, run, gated, node)
        for number in range(self.retries + 1):
            gated = tries.once(gated, number)
            if not tries.waiting.any():
                break
        tries.finish()
        return replace(gated, active=batch.active)

    def judged(self, before: Batch, after: Batch, rows: Mask) -> tuple[Mask, Counter[str]]:
        """Say which of some rows are rejected, and how many for each reason."""
        at = np.flatnonzero(rows)
        old, new = _texts(before, at), _texts(after, at)
        rejected, reasons = np.zeros(len(rows), bool), Counter[str]()
        for check in self.checks:
            left = np.flatnonzero(~rejected[at])
            if not len(left):
                break
            pairs = [(old[k], new[k]) for k in left.tolist()]
            good: Mask = np.asarray(check.passes(*map(list, zip(*pairs, strict=True))), np.bool_)
            if good.shape != left.shape:
                raise UsageError(
                    f"{type(check).__name__}: {good.size} answers for {len(left)} texts; give one for each"
                )
            rejected[at[left[~good]]] = True
            reasons[check.reason] += int(np.count_nonzero(~good))
        return rejected, +reasons


class _Tries:
    """The tries of one filter on one tile: which rows wait for another, what was kept, what was rejected.

    Each try is a fork of the run, as it was before the filter but for the rows that are done: it meets the same nodes.
    """

    def __init__(self, made: Filter, run: Run, batch: Batch, node: str) -> None:
        self.waiting: Mask = np.ones(len(batch), bool) if batch.active is None else batch.active != 0
        self._filter, self._run = made, run
        self._tried = run  # the last try's
        self._node = node  # numbered behind the filters inside, which have the draws that they have without this one
        self._applied: list[Applied] = []
        self._skipped: Counter[str] = Counter()

    def once(self, batch: Batch, number: int) -> Batch:
        """Try the rows that wait; return the batch with those done that pass."""
        again = f"/{self._node}/{number}" if number else ""
        given = replace(batch, active=self.waiting.astype(np.uint8))
        self._tried = self._run.fork(again)
        after = self._walked(self._tried, given)
        rejected, reasons = self._filter.judged(given, after, self.waiting)
        self._count(given, again, rejected)
        last = number == self._filter.retries
        self._skipped.update({why if last else f"{why}, tried again": count for why, count in reasons.items()})
        self.waiting = rejected
        return replace(self._run.take(self._tried, ~rejected, given, after), active=batch.active)

    def _walked(self, run: Run, batch: Batch) -> Batch:
        return run.inside(self._filter, batch, [(step, None) for step in self._filter.steps])

    def _count(self, given: Batch, again: str, rejected: Mask) -> None:
        """Add what a try did to the rows that pass.

        Nodes tell sums over all rows. The smaller part of them goes through the steps once more, to be counted.
        """
        first = len(self._run.applied)
        whole = self._tried.applied[first:]
        passed = self.waiting & ~rejected
        if rejected.any():
            less = passed if passed.sum() < rejected.sum() else rejected
            part = self._run.fork(again)
            self._walked(part, replace(given, active=less.astype(np.uint8)))
            counted = part.applied[first:]
            if less is rejected:
                counted = [one.without(other, rejected) for one, other in zip(whole, counted, strict=True)]
            whole = counted
        held = self._applied
        self._applied = [one.beside(other) for one, other in zip(held, whole, strict=True)] if held else whole

    def finish(self) -> None:
        """Tell the run what was kept, and what was rejected."""
        self._run.finish(self._tried, self._applied)
        self._run.tell(self._filter, self.waiting, self._skipped)


def _texts(batch: Batch, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Sequence[str]:
    """Return some rows of a tile as text."""
    held = batch.data.tobytes()
    return [held[batch.offsets[row] : batch.offsets[row + 1]].decode() for row in rows.tolist()]
