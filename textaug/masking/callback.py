"""The bridge to `transformers.Trainer`: it tells collators which epoch and which step it is."""

from __future__ import annotations

from math import ceil
from typing import Any

from textaug.errors import missing
from textaug.masking.collator import Collator

try:
    from transformers import TrainerCallback
except ImportError:
    raise missing("transformers", "hf", "EpochCallback") from None


class EpochCallback(TrainerCallback):  # type: ignore[misc]  # transformers has no types of its own
    """Set the epoch and the step of collators as a `Trainer` goes, and after it has resumed.

    Without it all epochs have the masks of the first.

    Args:
        *collators: the collators of the training set.
        every_step: set the step, which schedules read, at every step; which one a batch meets then depends on how far
            ahead it is loaded. If not, it is set as an epoch begins: a schedule goes in stairs, and its masks too are
            the same whatever loads, and after a resumption.

    A `Trainer` is given it so:

        Trainer(..., data_collator=collator, callbacks=[EpochCallback(collator)])
    """

    def __init__(self, *collators: Collator, every_step: bool = True) -> None:
        self.collators = collators
        self.every_step = every_step
        self._epoch = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        """Find out which epoch comes, and with which step it began: it may be one that was interrupted.

        Epochs are counted from here on: the trainer's own are fractions of `max_steps` if the data set has no length.
        """
        done = state.epoch or 0.0
        self._epoch = int(done + 1e-6)
        begin = self._epoch * ceil(state.global_step / done - 1e-6) if done else 0
        self._step(state.global_step if self.every_step else begin)

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        """Set the epoch."""
        for collator in self.collators:
            collator.set_epoch(self._epoch)
        self._epoch += 1

    def on_epoch_end(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        """Set the step that the next epoch begins with."""
        self._step(state.global_step)

    def on_step_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        """Set the step."""
        if self.every_step:
            self._step(state.global_step)

    def _step(self, step: int) -> None:
        for collator in self.collators:
            collator.set_step(step)
