"""The targets of SpanBERT's boundary objective: where a masked span begins and ends."""

from __future__ import annotations

import numpy as np

from textaug.kernels.reference.masking import I64
from textaug.masking.corruption import Writes
from textaug.masking.layout import Padding
from textaug.masking.rows import Rows


def boundaries(ids: Rows, writes: Writes, padding: Padding) -> dict[str, I64]:
    """Return for every masked token the places of the tokens around its span, and its number in it.

    Spans that touch are one, as in the published code. A span at an edge of a row has the row's own first or last token
    for a border, so that a row should begin and end with special ones.

    Args:
        ids: the rows.
        writes: what is masked.
        padding: how rows are laid out.

    Returns:
        `span_left`, `span_right`, `span_position`: int64, shape (rows, width); 0 where nothing is masked.

    Source:
        Joshi et al. 2020, section 3.2.
    """
    at = writes.at.astype(np.int64)
    row = np.repeat(np.arange(len(ids)), np.diff(writes.offsets)).astype(np.int32)
    begins = np.ones(len(at), bool)
    begins[1:] = (np.diff(at) != 1) | (np.diff(row) != 0)
    span = np.cumsum(begins) - 1
    head, tail = at[begins], at[np.append(begins[1:], True)] if len(at) else at
    left = np.maximum(head[span] - 1, ids.offsets[:-1][row])
    right = np.minimum(tail[span] + 1, ids.offsets[1:][row] - 1)
    made = {}
    place = padding.places(ids.offsets, writes.at, row)
    for name, values in (
        ("span_left", padding.places(ids.offsets, left.astype(np.int32), row)),
        ("span_right", padding.places(ids.offsets, right.astype(np.int32), row)),
        ("span_position", at - head[span] + 1),
    ):
        made[name] = np.zeros((len(ids), padding.width), np.int64)
        made[name][row, place] = values
    return made
