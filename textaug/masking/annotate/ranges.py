"""Ranges of a tile's bytes: sorted, not empty, none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from textaug.batch import I32, U8, Batch, Ranges
from textaug.columns import read_spans

if TYPE_CHECKING:
    import pyarrow as pa


def outermost(start: I32, end: I32) -> Ranges:
    """Sort ranges; of those that lie over one another, keep the one that begins first, and of these the longest.

    >>> outermost(np.array([4, 0, 0], np.int32), np.array([9, 3, 5], np.int32))
    Ranges(start=array([0], dtype=int32), end=array([5], dtype=int32))
    """
    some = np.flatnonzero(start < end)
    order = some[np.lexsort((-end[some], start[some]))]
    start, end = start[order], end[order]
    if np.any(start[1:] < end[:-1]):
        keep, free = [], 0
        for at, (first, last) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):  # as few as annotations are
            if first >= free:
                keep.append(at)
                free = last
        start, end = start[keep], end[keep]
    return Ranges(start, end)


def ranges_of(spans: pa.Array, tile: Batch, first: int, labels: tuple[str, ...] | None = None) -> Ranges:
    """Return the spans of a tile as ranges, without blanks at their edges.

    Args:
        spans: a column of spans in code points, of all rows.
        tile: the text.
        first: the row with which the tile begins.
        labels: only spans with these labels; None for all.

    Raises:
        DataError: a span does not lie in its text.
    """
    found = read_spans(spans.slice(first, len(tile)), tile, first)
    start, end = _trimmed(tile.data, found.start, found.end)
    if labels is None:
        return outermost(start, end)
    wanted = np.array([str(label) in labels for label in found.label], bool)
    return outermost(start[wanted], end[wanted])


def _trimmed(data: U8, start: I32, end: I32) -> tuple[I32, I32]:
    """Leave blanks at the edges out: those of tokenizers that take them along before a word."""
    inked = np.append(np.flatnonzero(data != ord(" ")), len(data)).astype(np.int32)
    behind = inked[np.maximum(np.searchsorted(inked, end) - 1, 0)] + np.int32(1)
    return inked[np.searchsorted(inked, start)], np.minimum(behind, end)
