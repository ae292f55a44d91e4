"""Order: sentences and clauses shuffled, sentences deleted and said twice."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.draws import Draws, Purpose
from textaug.edits import Edits
from textaug.transform import About, LabelEffect, Proposal, RateTransform, Transform, register
from textaug.units import Units, clauses, sentences, some

_FULL_STOPS = np.frombuffer("。.".encode(), np.uint8)  # a wide one, and one of ASCII


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
    source = np.lexsort((keys, group)).astype(np.int32)
    unlike = _differ(batch, units, index, source)
    return index[unlike], source[unlike]


def _differ(batch: Batch, units: Units, one: I32, other: I32) -> Mask:
    """Say which pairs of units differ in a byte."""
    sizes = units.end - units.start
    unlike: Mask = sizes[one] != sizes[other]
    for k in np.flatnonzero(~unlike & (one != other)):
        a, b = (units.start[side[k]] for side in (one, other))
        unlike[k] = not np.array_equal(batch.data[a : a + sizes[one[k]]], batch.data[b : b + sizes[one[k]]])
    unlike &= one != other
    return unlike


def moves(batch: Batch, units: Units, unit: I32, source: I32) -> Edits:
    """Return the edits that put each source unit in a unit's place, its spans along with it."""
    ones = np.ones(len(unit), np.uint8)
    begin, end = units.start[source], units.end[source]
    return Edits.of(units.rows()[unit], len(batch), units.start[unit], units.end[unit], begin, end, ones)


def placed(edits: Edits) -> I32:
    """Return where each replacement begins in what the edits make."""
    growth = (edits.text_end - edits.text_start) - (edits.end - edits.start)
    at: I32 = (edits.start + np.cumsum(growth) - growth).astype(np.int32)
    return at


def put(rows: I32, count: int, at: I32, end: I32, begin: I32, stop: I32, text: U8) -> Edits:
    """Return edits in the order of their places."""
    order = np.argsort(at, kind="stable")
    return Edits.of(rows[order], count, at[order], end[order], begin[order], stop[order], text=text)


def marked(batch: Batch, units: Units) -> Mask:
    """Say which units end with a mark, or with a closing quote or bracket behind it."""
    from textaug.kernels.reference.sentences import CLOSE, DOTS, LOUD, QUOTE, SORTS, STOP, WIDE

    ends = {mark.encode()[-3:] for sort in (STOP, LOUD, DOTS, WIDE, CLOSE, QUOTE) for mark in SORTS[sort]}
    held = [batch.data[max(end - 3, 0) : end].tobytes() for end in units.end]
    return np.array([tail[-1:] in ends or tail in ends for tail in held], bool)


def wide(batch: Batch, units: Units) -> Mask:
    """Say which units end with a wide character: Chinese puts no blank between sentences."""
    return batch.data[np.maximum(units.end - 3, 0)] >= 0xE3


@register
class SentenceShuffle(Transform):
    """Shuffle the sentences of a text.

    Spans inside a sentence go along with it; a sentence that a protected range sticks out of stays where it is. One
    without a full stop that comes to stand before another gets one.

    Args:
        window: how many places a sentence may move; None for any number.

    >>> from textaug import SentenceShuffle
    >>> SentenceShuffle()("It rained. Dr. Smith paid $3.50. We left.", seed=1)
    'We left. Dr. Smith paid $3.50. It rained.'
    """

    about: ClassVar[About] = About("order", "any")

    window: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.window is not None:
            self._check_count("window", self.window)

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Shuffle the sentences that may move."""
        units = some(found := sentences(batch), whole(batch, found))
        unit, source = permuted(batch, draws, units, units.rows(), self.window)
        edits = moves(batch, units, unit, source)
        return Proposal(edits, len(units), len(unit), self._stops(batch, units, unit, source, edits))

    def _stops(self, batch: Batch, units: Units, unit: I32, source: I32, edits: Edits) -> Edits:
        """Return the edits that put full stops behind sentences without one that are the last of their row no more."""
        moved = Units(units.row_offsets, units.start[source], units.end[source], units.kind[source])
        last = np.isin(unit, units.row_offsets[1:] - 1)
        bare = np.flatnonzero(~marked(batch, moved) & ~last)
        at = placed(edits)[bare] + (moved.end - moved.start)[bare]
        begin = np.where(wide(batch, moved)[bare], 0, 3).astype(np.int32)
        stop = np.where(begin == 0, 3, 4).astype(np.int32)
        return put(edits.rows[bare], len(batch), at, at, begin, stop, _FULL_STOPS)


@register
class ClauseShuffle(RateTransform):
    """Shuffle the clauses of some sentences: what stands between commas, semicolons and conjunctions.

    The marks stay in their places, capitals are mended, and spans inside a clause go along with it. The rate is that of
    the sentences that have two clauses which may move and differ.

    >>> from textaug import ClauseShuffle
    >>> ClauseShuffle(rate=1.0)("When I saw it, I laughed.", seed=1)
    'I laughed, when I saw it.'
    >>> ClauseShuffle(rate=1.0)("剧情拖沓，演员还行！", seed=1)
    '演员还行，剧情拖沓！'
    """

    about: ClassVar[About] = About("order", "English, Chinese")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Shuffle the clauses of the selected sentences."""
        found = clauses(batch)
        rows = found.units.rows()
        new = np.ones(len(rows), bool)
        new[1:] = (np.diff(rows) != 0) | (np.diff(found.sentence) != 0)
        group = np.cumsum(new, dtype=np.int32) - np.int32(1)  # the sentence that each clause belongs to
        free = whole(batch, found.units)
        heads = some(found.units, new)
        eligible = self._able(batch, found.units, group, free, len(heads))
        picked, _ = self.select(batch, draws, heads, eligible)
        chosen = np.isin(group, picked) & free
        units, group = some(found.units, chosen), group[chosen]
        unit, source = changed(batch, draws, units, group)
        edits = moves(batch, units, unit, source)
        first = np.ones(len(units), bool)
        first[1:] = np.diff(group) != 0
        mends = self._capitals(batch, units, first & new[chosen], found.lowered[chosen], unit, source, edits)
        return Proposal(edits, int(eligible.sum()), len(picked), mends)

    def _able(self, batch: Batch, units: Units, group: I32, free: Mask, groups: int) -> U8:
        """Say which sentences have two free clauses that differ."""
        index = np.flatnonzero(free).astype(np.int32)
        first = index[np.searchsorted(group[index], group[index])] if len(index) else index
        unlike = _differ(batch, units, index, first)
        able = np.zeros(groups, np.uint8)
        able[group[index[unlike]]] = 1
        return able

    def _capitals(
        self, batch: Batch, units: Units, first: Mask, lowered: U8, unit: I32, source: I32, edits: Edits
    ) -> Edits:
        """Return the edits that give a sentence's new first clause its capital, and take the old one's away."""
        head = batch.data[units.start[source]]
        old = batch.data[units.start[unit]]
        next_letter = batch.data[np.minimum(units.start[source] + 1, len(batch.data) - 1)]
        free = ~batch.overlaps(units.start[source], units.start[source] + 1)
        raised = first[unit] & _capital(old) & _small(head) & free
        sunk = first[source] & ~first[unit] & _capital(head) & (lowered[source] != 0) & ~_capital(next_letter) & free
        at = placed(edits)
        mended = np.flatnonzero(raised | sunk)
        text = head[mended] ^ np.uint8(32)
        index = np.arange(len(mended), dtype=np.int32)
        return put(edits.rows[mended], len(batch), at[mended], at[mended] + 1, index, index + 1, text)


def _capital(letter: U8) -> Mask:
    return (letter >= ord("A")) & (letter <= ord("Z"))


def _small(letter: U8) -> Mask:
    return (letter >= ord("a")) & (letter <= ord("z"))


def changed(batch: Batch, draws: Draws, units: Units, group: I32) -> tuple[I32, I32]:
    """Return (unit, its new content's unit): each group shuffled, and turned by one where that would change nothing."""
    unit, source = permuted(batch, draws, units, group, None)
    stuck = np.flatnonzero(~np.isin(group, group[unit])).astype(np.int32)
    if len(stuck):
        last = np.append(np.diff(group[stuck]) != 0, True)
        turned = np.where(last, stuck[np.searchsorted(group[stuck], group[stuck])], np.append(stuck[1:], stuck[:1]))
        unlike = _differ(batch, units, stuck, turned.astype(np.int32))
        unit, source = np.append(unit, stuck[unlike]), np.append(source, turned[unlike])
        order = np.argsort(unit, kind="stable")
        unit, source = unit[order].astype(np.int32), source[order].astype(np.int32)
    return unit, source


@register
class SentenceDelete(RateTransform):
    """Delete sentences, each with the blanks beside it.

    What a text says may hang on one sentence: look at the label effect that travels with the output.

    >>> from textaug import SentenceDelete
    >>> SentenceDelete(rate=0.5)("It rained. Dr. Smith paid $3.50. We left.", seed=1)
    'It rained. We left.'
    """

    about: ClassVar[About] = About("sentence", "any")
    label_effect: ClassVar[LabelEffect] = "may change"

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Delete the selected sentences."""
        units = sentences(batch)
        free = batch.free(units.start, units.end)
        eligible = None if free is None else free.view(np.uint8)
        unit, row = self.select(batch, draws, units, eligible)
        start, end = _with_blanks(units, unit, row)
        start, end, row = joined(start, end, row)
        if batch.guarded is not None:
            start, end, row = batch.guarded.left_out(start, end, row)  # blanks that are protected stay
        nothing = np.zeros(len(start), np.int32)
        edits = Edits.of(row, len(batch), start, end, nothing, nothing)
        return Proposal(edits, len(units) if eligible is None else int(np.count_nonzero(eligible)), len(unit))


def _with_blanks(units: Units, unit: I32, row: I32) -> tuple[I32, I32]:
    """Return what goes with each deleted sentence: the blanks behind it, or else those behind the last that is kept."""
    kept = np.arange(len(units))
    kept[unit] = -1
    before = np.maximum.accumulate(kept)[unit] if len(unit) else unit  # the sentence that is kept before each
    last = unit == units.row_offsets[row + 1] - 1
    after_kept = last & (before >= units.row_offsets[row])
    start = np.where(after_kept, units.end[before], units.start[unit])
    end = np.where(last, units.end[unit], units.start[np.minimum(unit + 1, len(units) - 1)])
    return start.astype(np.int32), end.astype(np.int32)


def joined(start: I32, end: I32, row: I32) -> tuple[I32, I32, I32]:
    """Merge the ranges (start, end, row), sorted by their ends, that overlap or touch in a row."""
    if not len(start):
        return start, end, row
    start = np.minimum.accumulate(start[::-1])[::-1]
    first = np.append(True, (start[1:] > end[:-1]) | (row[1:] != row[:-1]))
    last = np.append(first[1:], True)
    return start[first], end[last], row[first]


@register
class SentenceDuplicate(RateTransform):
    """Say sentences twice, one behind the other.

    A sentence that holds something protected is not repeated: its copy would have no spans.

    >>> from textaug import SentenceDuplicate
    >>> SentenceDuplicate(rate=0.5)("It rained. Dr. Smith paid $3.50. We left.", seed=2)
    'It rained. It rained. Dr. Smith paid $3.50. We left.'
    """

    about: ClassVar[About] = About("sentence", "any")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Repeat the selected sentences."""
        units = sentences(batch)
        free = batch.free(units.start, units.end)
        eligible = None if free is None else free.view(np.uint8)
        unit, row = self.select(batch, draws, units, eligible)
        picked = Units(units.row_offsets, units.start[unit], units.end[unit], units.kind[unit])
        stop = np.where(marked(batch, picked), b"", np.where(wide(batch, picked), "。".encode(), b"."))
        gap = np.where(wide(batch, picked), b"", b" ")
        copies = [batch.data[a:b].tobytes() for a, b in zip(picked.start, picked.end, strict=True)]
        texts = [one + two + copy for one, two, copy in zip(stop.tolist(), gap.tolist(), copies, strict=True)]
        ends = np.cumsum([0, *map(len, texts)], dtype=np.int32)
        pool = np.frombuffer(b"".join(texts), np.uint8)
        edits = Edits.of(row, len(batch), picked.end, picked.end, ends[:-1], ends[1:], text=pool)
        return Proposal(edits, len(units) if eligible is None else int(np.count_nonzero(eligible)), len(unit))
