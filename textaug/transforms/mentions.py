"""Which entities a batch has: those that are annotated, or names of a gazetteer that are found in the text."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from textaug.batch import I32, Batch, Mask
from textaug.edits import Spans
from textaug.kernels import edits as rows_kernel
from textaug.lexicon.gazetteer import Gazetteer
from textaug.lexicon.mentions import names_in
from textaug.units import Units


class Entities(NamedTuple):
    """The entities of a batch: where they stand, which name each is, and which pool of names it is of; -1 for none."""

    units: Units
    name: I32
    pool: I32


def pools(held: Gazetteer, spans: Spans) -> I32:
    """Return the pool of names that each span's label asks for, -1 where there is none."""
    known = {label: held.pool(label) for label in set(spans.label)}
    return np.array([known[label] for label in spans.label], np.int32)


def unnamed(batch: Batch, held: Gazetteer) -> Counter[str]:
    """Count the annotated spans of the active rows by the labels for which there are no names."""
    spans = batch.spans
    if spans is None:
        return Counter()
    active = np.ones(len(spans.start), bool) if batch.active is None else batch.active[spans.rows] != 0
    lacking = (pools(held, spans) < 0) & (spans.start < spans.end) & active
    return Counter(label for label in spans.label[lacking] if label is not None)


def met_first(batch: Batch, found: Entities) -> I32:
    """Return for each entity the first of its row that is the same name of the same pool: itself, or one before it."""
    places = zip(found.units.rows().tolist(), found.pool.tolist(), strict=True)
    names = zip(found.units.start.tolist(), found.units.end.tolist(), strict=True)
    seen: dict[tuple[int, int, bytes], int] = {}
    return np.array(
        [
            seen.setdefault((row, pool, batch.data[start:end].tobytes()), at)
            for at, ((row, pool), (start, end)) in enumerate(zip(places, names, strict=True))
        ],
        np.int32,
    )


def annotated(batch: Batch, held: Gazetteer) -> Entities:
    """Return the entities that are annotated in the active rows; of those that overlap, the ones inside of others."""
    spans = batch.spans
    if spans is None:
        return _no_entities(len(batch))
    pool, rows = pools(held, spans), spans.rows
    use = (pool >= 0) & (spans.start < spans.end)
    if batch.active is not None:
        use &= batch.active[rows] != 0
    at = np.flatnonzero(use)
    at = at[np.lexsort((-spans.end[at], spans.start[at]))]
    at = at[_innermost(spans.start[at], spans.end[at])]
    start, end = spans.start[at], spans.end[at]
    name = held.exact(batch.data, start, end)
    offsets = rows_kernel.row_offsets(rows[at], len(batch))
    units = Units(offsets, start, end, np.zeros(len(at), np.uint8))
    return Entities(units, name, held.narrowed(batch.data, start, end, name, pool[at]))


def _innermost(start: I32, end: I32) -> Mask:
    """Say which ranges, sorted by start and then the longest first, hold no border of another one.

    A range has one inside of it, or over its end, if the next one begins before it ends; it lies over the end of
    another if any that begins before it ends inside of it.
    """
    apart = np.ones(len(start), bool)
    apart[:-1] = start[1:] >= end[:-1]
    same = np.zeros(len(start), bool)
    same[1:] = (start[1:] == start[:-1]) & (end[1:] == end[:-1])
    stop = np.sort(end)
    ends_before = np.searchsorted(stop, end, side="left") - np.searchsorted(stop, start, side="right")
    alone: Mask = apart & ~same & (ends_before == 0)
    return alone


def in_text(batch: Batch, held: Gazetteer) -> Entities:
    """Return the names of the gazetteer that stand in the active rows; names of several types are none of any."""
    found = names_in(batch, held)
    sure = held.kind[found.name] >= 0
    row, start, end, name = (column[sure] for column in found)
    units = Units(rows_kernel.row_offsets(row, len(batch)), start, end, np.zeros(len(start), np.uint8))
    return Entities(units, name, held.kind[name])


def _no_entities(rows: int) -> Entities:
    nothing = np.zeros(0, np.int32)
    return Entities(Units(np.zeros(rows + 1, np.int32), nothing, nothing, np.zeros(0, np.uint8)), nothing, nothing)
