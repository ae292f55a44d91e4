"""The bridge to `transformers.Trainer`: it tells collators which epoch and which step it is."""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback

from textaug.masking.collator import Collator


class EpochCallback(TrainerCallback):  # type: ignore[misc]  # transformers has no types of its own
    """Set the epoch and the step of collators as a `Trainer` goes, and after it has resumed.

    Args:
        *collators: the collators of the training set.

    A `Trainer` that is given one says so:

        Trainer(..., data_collator=collator, callbacks=[EpochCallback(collator)])
    """

    def __init__(self, *collators: Collator) -> None:
        self.collators = collators

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        """Set the epoch, and the step that it begins with."""
        for collator in self.collators:
            collator.set_epoch(int((state.epoch or 0) + 1e-6))
            collator.set_step(state.global_step)

    def on_step_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        """Set the step."""
        for collator in self.collators:
            collator.set_step(state.global_step)
