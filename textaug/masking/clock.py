"""The epoch and the step of a training run, in memory that workers share."""

from __future__ import annotations

from multiprocessing import context
from multiprocessing.sharedctypes import RawArray
from typing import Any


class Clock:
    """Two numbers that every worker of a loader sees, forked or spawned, as soon as they are set.

    Pickled on the way to a new process it goes along; pickled into a file it is a copy.

    >>> clock = Clock()
    >>> clock.epoch = 3
    >>> clock
    Clock(epoch=3, step=0)
    """

    __slots__ = ("_held",)

    def __init__(self, epoch: int = 0, step: int = 0) -> None:
        self._held: Any = RawArray("q", [epoch, step])

    @property
    def epoch(self) -> int:
        """The pass over the data."""
        return int(self._held[0])

    @epoch.setter
    def epoch(self, value: int) -> None:
        self._held[0] = value

    @property
    def step(self) -> int:
        """The step of a schedule."""
        return int(self._held[1])

    @step.setter
    def step(self, value: int) -> None:
        self._held[1] = value

    def __repr__(self) -> str:
        return f"Clock(epoch={self.epoch}, step={self.step})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Clock) and (self.epoch, self.step) == (other.epoch, other.step)

    __hash__ = None  # type: ignore[assignment]

    def __deepcopy__(self, memo: dict[int, Any]) -> Clock:
        return Clock(self.epoch, self.step)

    def __getstate__(self) -> Any:
        if context.get_spawning_popen() is None:
            return (self.epoch, self.step)
        return self._held  # this one travels to a process that is being started

    def __setstate__(self, state: Any) -> None:
        self._held = RawArray("q", list(state)) if isinstance(state, tuple) else state
