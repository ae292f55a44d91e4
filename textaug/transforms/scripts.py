"""Rows in traditional Chinese get traditional candidates: what both scripts write alike has others in each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from textaug.batch import I32, Batch
from textaug.edits import Edits
from textaug.languages.traditional import is_traditional
from textaug.transform import Proposal


def by_script(batch: Batch, propose: Callable[[Batch, bool], Proposal]) -> Proposal:
    """Return what is proposed for the rows in traditional Chinese and for all others together.

    Args:
        batch: the rows.
        propose: makes the edits of the active rows of a batch; told whether these are in traditional Chinese.
    """
    traditional = is_traditional(batch.data, batch.offsets)
    if traditional is None:
        return propose(batch, False)
    if traditional.all():
        return propose(batch, True)
    one, other = propose(batch.only(traditional == 0), False), propose(batch.only(traditional != 0), True)
    return Proposal(_beside(one.edits, other.edits), one.eligible + other.eligible, one.changed + other.changed)


def _beside(one: Edits, other: Edits) -> Edits:
    """Return two sets of edits of different rows as one."""
    rows = np.concatenate([one.rows, other.rows])
    order = np.argsort(rows, kind="stable")
    shift = np.where(other.moved == 0, len(one.text), 0).astype(np.int32)  # the texts lie one behind the other

    def both(first: I32, second: I32) -> I32:
        return np.concatenate([first, second])[order]

    return Edits.of(
        rows[order],
        len(one.row_offsets) - 1,
        both(one.start, other.start),
        both(one.end, other.end),
        both(one.text_start, other.text_start + shift),
        both(one.text_end, other.text_end + shift),
        np.concatenate([one.moved, other.moved])[order],
        np.concatenate([one.text, other.text]),
    )
