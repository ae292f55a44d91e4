"""Sentences: deleted, or said twice."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import I32, Batch
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.languages.sentences import full_stop, is_chinese
from textaug.transform import About, LabelEffect, Proposal, RateTransform, register
from textaug.transforms.eligible import counted, unprotected
from textaug.transforms.moving import put
from textaug.units import Units, sentences


@register
class SentenceDelete(RateTransform):
    """Delete sentences, each with the blanks beside it.

    What a text says may hang on one sentence: look at the label effect that travels with the output. A text of which
    all sentences are selected becomes empty.

    >>> from textaug import SentenceDelete
    >>> SentenceDelete(rate=0.5)("It rained. Dr. Smith paid $3.50. We left.", seed=5)
    'It rained. Dr. Smith paid $3.50.'
    """

    about: ClassVar[About] = About("sentence", "any")
    label_effect: ClassVar[LabelEffect] = "may change"

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Delete the selected sentences."""
        units = sentences(batch)
        eligible = unprotected(batch, units)
        unit, row = self.select(batch, draws, units, eligible)
        start, end, row = _joined(*_with_blanks(units, unit, row), row)
        if batch.guarded is not None:
            start, end, row = batch.guarded.left_out(start, end, row)  # blanks that are protected stay
        nothing = np.zeros(len(start), np.int32)
        edits = Edits.of(row, len(batch), start, end, nothing, nothing)
        return Proposal(edits, counted(units, eligible), len(unit))


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


def _joined(start: I32, end: I32, row: I32) -> tuple[I32, I32, I32]:
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
    >>> SentenceDuplicate(rate=0.5)("It rained. Dr. Smith paid $3.50. We left.", seed=3)
    'It rained. Dr. Smith paid $3.50. Dr. Smith paid $3.50. We left.'
    """

    about: ClassVar[About] = About("sentence", "any")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Repeat the selected sentences."""
        units = sentences(batch)
        eligible = unprotected(batch, units)
        unit, row = self.select(batch, draws, units, eligible)
        copies = [batch.data[a:b].tobytes() for a, b in zip(units.start[unit], units.end[unit], strict=True)]
        texts = [full_stop(copy) + (b"" if is_chinese(copy) else b" ") + copy for copy in copies]
        at = units.end[unit]
        return Proposal(put(row, len(batch), at, at, texts), counted(units, eligible), len(unit))
