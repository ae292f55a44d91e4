"""Row by row, one of two versions of a tile: its text, its spans, its edits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from textaug.batch import I32, Batch, Mask
from textaug.edits import Edits, Spans, gathered
from textaug.kernels import edits as kernel


def either_text(rows: Mask, one: Batch, other: Batch) -> Batch:
    """Return a batch that has these rows of one and the remaining rows of the other; else it is as the other."""
    begin = np.where(rows, one.offsets[:-1], other.offsets[:-1].astype(np.int64) + len(one.data))
    size = np.where(rows, np.diff(one.offsets), np.diff(other.offsets))
    data, offsets = gathered(np.concatenate([one.data, other.data]), begin, size)
    return replace(other, data=data, offsets=offsets)


def either_spans(rows: Mask, one: Spans, other: Spans, cut_one: I32, cut_other: I32, cut: I32) -> Spans:
    """Return the spans of these rows from one and those of the remaining rows from the other.

    Args:
        rows: bool, shape (rows,).
        one, other: the two versions.
        cut_one, cut_other, cut: the offsets of the rows of both tiles, and of the one that is made of them.
    """
    keep = np.concatenate([rows[one.rows], ~rows[other.rows]])
    row = np.concatenate([one.rows, other.rows])[keep]
    order = np.argsort(row, kind="stable")
    shift = np.concatenate([(cut - cut_one)[one.rows], (cut - cut_other)[other.rows]])
    start, end = (np.concatenate([getattr(held, side) for held in (one, other)]) + shift for side in ("start", "end"))
    label = np.concatenate([one.label, other.label])[keep][order]
    origin = None
    if one.origin is not None and other.origin is not None:
        origin = np.concatenate([one.origin, other.origin])[keep][order]
    offsets = kernel.row_offsets(row[order], len(rows))
    return Spans(offsets, start[keep][order], end[keep][order], label, origin)


def either_edits(rows: Mask, one: Edits, other: Edits) -> Edits:
    """Return the edits of these rows from one and those of the remaining rows from the other, of the same text."""
    keep = np.concatenate([rows[one.rows], ~rows[other.rows]])
    row = np.concatenate([one.rows, other.rows])[keep]
    order = np.argsort(row, kind="stable")
    shift = np.where(other.moved != 0, np.int32(0), np.int32(len(one.text)))  # the pool of one comes first

    def joined(left: I32, right: I32) -> I32:
        both: I32 = np.concatenate([left, right])[keep][order].astype(np.int32)
        return both

    return Edits(
        kernel.row_offsets(row[order], len(rows)),
        joined(one.start, other.start),
        joined(one.end, other.end),
        joined(one.text_start, other.text_start + shift),
        joined(one.text_end, other.text_end + shift),
        np.concatenate([one.moved, other.moved])[keep][order],
        np.concatenate([one.text, other.text]),
        joined(*(np.zeros(len(held), np.int32) if held.by is None else held.by for held in (one, other))),
    )
