"""What the negation of a sentence is, in any language: its polarity, and the edits that turn it round."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """A replacement in a sentence: `text` stands where `start:end`, in code points, stood."""

    start: int
    end: int
    text: str


class Reading(NamedTuple):
    """How a sentence was read.

    Attributes:
        negative: whether its main clause is negated.
        changes: the edits, sorted and not overlapping, that turn its polarity round; none where there is no safe place.
        reason: why there are none, in a few words; empty where there are some.
    """

    negative: bool
    changes: tuple[Change, ...] = ()
    reason: str = ""
