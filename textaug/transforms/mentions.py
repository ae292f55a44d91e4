"""Which entities a batch has: those that are annotated, or names of a gazetteer that are found in the text."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.edits import Spans
from textaug.kernels import edits as rows_kernel
from textaug.kernels import names as kernel
from textaug.lexicon.gazetteer import Gazetteer
from textaug.units import Kind, Units, runs, words


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
    """Return the names of the gazetteer that stand in the active rows."""
    words = runs(batch)
    places = (words.row_offsets, words.start, words.end, words.kind)
    row, start, end, name, first, last = kernel.find(batch.data, batch.offsets, *places, *_trie(held))
    alone = ~_goes_on(batch, words, row, start, end, first, last) & (held.kind[name] >= 0)
    alone[alone] = _uncut(batch, words.kind[first[alone]], row[alone], start[alone], end[alone])
    row, start, end, name = (column[alone] for column in (row, start, end, name))
    units = Units(rows_kernel.row_offsets(row, len(batch)), start, end, np.zeros(len(start), np.uint8))
    return Entities(units, name, held.kind[name])


def _trie(held: Gazetteer) -> tuple[Any, ...]:
    return held.trie.slots, held.trie.name, held.trie.filter


def _goes_on(batch: Batch, words: Units, row: I32, start: I32, end: I32, first: I32, last: I32) -> Mask:
    """Say which names stand beside a further word with a capital: they are part of a name that the gazetteer lacks.

    No part of it are another name that was found, the first word of a sentence, and short forms like Mr.
    """
    further = (words.kind == Kind.WORD) & _capital(batch.data[words.start])
    further[first] = further[last] = False
    before, behind = np.maximum(first - 1, 0), np.minimum(last + 1, max(len(words) - 1, 0))
    led = (first > words.row_offsets[row]) & further[before] & _parted(batch.data, words.end[before], start)
    led &= ~_begins(batch.data, words.start[before], batch.offsets[row])
    followed = (last + 1 < words.row_offsets[row + 1]) & further[behind] & _parted(batch.data, end, words.start[behind])
    beside: Mask = led | followed
    return beside


def _parted(data: U8, end: I32, start: I32) -> Mask:
    """Say between which words there is one blank and nothing else."""
    parted: Mask = (start - end == 1) & (data[np.minimum(end, len(data) - 1)] == ord(" "))
    return parted


def _capital(letter: U8) -> Mask:
    capital: Mask = (letter >= ord("A")) & (letter <= ord("Z"))
    return capital


def _begins(data: U8, start: I32, row_start: I32) -> Mask:
    """Say which words begin a row or a sentence, or stand behind a quotation mark, a bracket and the like."""
    before, mark = (data[np.maximum(start - k, 0)] for k in (1, 2))
    begins: Mask = (start - row_start < 2) | (before != ord(" ")) | np.isin(mark, list(b'.!?:;>"\n'))
    return begins


def _uncut(batch: Batch, kind: U8, row: I32, start: I32, end: I32) -> Mask:
    """Say which names cut no word of Chinese: 日本 does in 今日本地, and does not in 日本人."""
    sound = np.ones(len(start), bool)
    han = np.flatnonzero(kind == Kind.HAN)
    if not len(han):
        return sound
    some = np.zeros(len(batch), bool)
    some[row[han]] = True
    cut = words(batch.only(some))
    head = np.searchsorted(cut.start, start[han], side="right") - 1  # the words in which a name begins and ends
    tail = np.searchsorted(cut.start, end[han], side="left") - 1
    sound[han] = (head == tail) | ((start[han] == cut.start[head]) & (end[han] >= cut.end[tail]))
    return sound


def _no_entities(rows: int) -> Entities:
    nothing = np.zeros(0, np.int32)
    return Entities(Units(np.zeros(rows + 1, np.int32), nothing, nothing, np.zeros(0, np.uint8)), nothing, nothing)
