"""Moving: units that change places, spans and all, and what is mended behind them."""

from __future__ import annotations

import numpy as np

from textaug.batch import I32, Batch, Mask
from textaug.draws import Draws, Purpose
from textaug.edits import Edits
from textaug.units import Units


def moved(batch: Batch, units: Units, unit: I32, source: I32, row: I32) -> Edits:
    """Return the edits that put each source unit in a unit's place, its spans along with it."""
    ones = np.ones(len(unit), np.uint8)
    begin, end = units.start[source], units.end[source]
    return Edits.of(row, len(batch), units.start[unit], units.end[unit], begin, end, ones)


def placed(edits: Edits) -> I32:
    """Return where each replacement begins in what the edits make."""
    growth = (edits.text_end - edits.text_start) - (edits.end - edits.start)
    at: I32 = (edits.start + np.cumsum(growth) - growth).astype(np.int32)
    return at


def put(rows: I32, count: int, start: I32, end: I32, texts: list[bytes]) -> Edits:
    """Return edits that put texts in, in the order of their places."""
    stop = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    order = np.argsort(start, kind="stable")
    pool = np.frombuffer(b"".join(texts), np.uint8)
    return Edits.of(rows[order], count, start[order], end[order], stop[:-1][order], stop[1:][order], text=pool)


def whole(batch: Batch, units: Units) -> Mask:
    """Say which units may move: those that no guarded range sticks out of; ranges inside go along."""
    if batch.guarded is None:
        return np.ones(len(units), bool)
    return ~(batch.guarded.inside(units.start) | batch.guarded.inside(units.end))


def permuted(batch: Batch, draws: Draws, units: Units, group: I32, window: int | None) -> tuple[I32, I32]:
    """Return (unit, its new content's unit): the units of each group shuffled, none farther than the window.

    Unit i gets the place that i + a draw from [0, window + 1) has in its group (Lample et al., ICLR 2018); without a
    window, the draw alone decides. Places that get what stood there, to the byte, are left out.

    Args:
        batch: the batch.
        draws: the node's draws.
        units: those that are shuffled; their rows are `units.rows()`.
        group: int32, ascending: the units of one group change places.
        window: how many places a unit may move; None for any number.
    """
    index = np.arange(len(units), dtype=np.int32)
    rows = units.rows()
    drawn = draws.blocks(rows, Purpose.ORDER, index - units.row_offsets[rows])[:, 0].astype(np.uint64)
    first = np.searchsorted(group, group)
    place = (index - first).astype(np.uint64) << np.uint64(32)
    keys = drawn if window is None else place + drawn * np.uint64(window + 1)
    source = settled(batch, units, np.lexsort((keys, group)).astype(np.int32))
    moves = source != index
    return index[moves], source[moves]


def settled(batch: Batch, units: Units, source: I32) -> I32:
    """Return a permutation of units that makes the same text, in which no unit gets its double's place.

    A unit that would get what reads like itself stays, and its double goes where it would have gone: so every unit that
    moves is somewhere in the end, and its spans with it.
    """
    index = np.arange(len(source), dtype=np.int32)
    place = np.empty_like(source)
    place[source] = index
    for k in np.flatnonzero((source != index) & ~differ(batch, units, index, source)).tolist():
        double, to = source[k], place[k]
        source[to], source[k] = double, k
        place[double], place[k] = to, k
    return source


def turned(batch: Batch, draws: Draws, units: Units, group: I32) -> tuple[I32, I32]:
    """Return the same, without a window; a group that a shuffle would leave as it is is turned by one unit."""
    unit, source = permuted(batch, draws, units, group, None)
    stuck = np.flatnonzero(~np.isin(group, group[unit])).astype(np.int32)
    if not len(stuck):
        return unit, source
    last = np.append(np.diff(group[stuck]) != 0, True)
    following = np.where(last, stuck[np.searchsorted(group[stuck], group[stuck])], np.append(stuck[1:], stuck[:1]))
    whole = np.arange(len(units), dtype=np.int32)
    whole[stuck] = following
    moves = np.flatnonzero(settled(batch, units, whole) != np.arange(len(units))).astype(np.int32)
    unit, source = np.append(unit, moves), np.append(source, whole[moves])
    order = np.argsort(unit, kind="stable")
    return unit[order], source[order]


def differ(batch: Batch, units: Units, one: I32, other: I32) -> Mask:
    """Say which pairs of units differ in a byte."""
    sizes = units.end - units.start
    unlike: Mask = sizes[one] != sizes[other]
    for k in np.flatnonzero(~unlike & (one != other)):
        a, b = units.start[one[k]], units.start[other[k]]
        unlike[k] = batch.data[a] != batch.data[b] or not np.array_equal(
            batch.data[a : a + sizes[one[k]]], batch.data[b : b + sizes[one[k]]]
        )
    unlike &= one != other
    return unlike
