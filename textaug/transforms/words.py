"""Words: swapped, deleted, shuffled, or parted by punctuation."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.draws import NO_LIMIT, Draws
from textaug.edits import Edits
from textaug.kernels import words as kernel
from textaug.languages.negators import negators
from textaug.transform import About, Proposal, RateTransform, Transform, register
from textaug.transforms.eligible import allowed, counted, unprotected
from textaug.transforms.moving import moved
from textaug.units import Kind, Units, words

MARKS = ".;?:!,"  # AEDA's
MARKS_HAN = "。；？：！，"


@register
class WordDelete(RateTransform):
    """Delete words, each with one blank beside it.

    Where a word that negates goes (not, never, 不, 没), the label of that text may change.

    >>> from textaug import WordDelete
    >>> WordDelete(rate=0.3)("The plot is thin, but the actors save it.", seed=6)
    'thin, but the actors it.'
    """

    about: ClassVar[About] = About("word", "any", "EDA")
    version: ClassVar[int] = 2

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Delete the selected words."""
        units = words(batch)
        eligible = unprotected(batch, units)
        unit, row = self.select(batch, draws, units, eligible)
        unsure = np.zeros(len(batch), bool)
        unsure[row[negators(batch.data, units.start[unit], units.end[unit])]] = True
        start, end, row = kernel.delete(batch.data, batch.offsets, units.start, units.end, unit, row)
        if batch.guarded is not None:
            start, end, row = batch.guarded.left_out(start, end, row)  # blanks that are protected stay
        nothing = np.zeros(len(start), np.int32)
        edits = Edits.of(row, len(batch), start, end, nothing, nothing)
        return Proposal(edits, counted(units, eligible), len(unit), unsure=unsure)


@register
class WordSwap(RateTransform):
    """Swap words with words elsewhere in the text; the rate counts both of a pair.

    The random swap of EDA (Wei and Zou, EMNLP 2019).

    >>> from textaug import WordSwap
    >>> WordSwap(rate=0.4)("The plot is thin, but the actors save it.", seed=1)
    'The plot is save, but the actors thin it.'
    """

    about: ClassVar[About] = About("order", "any", "EDA")
    version: ClassVar[int] = 2

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Swap the selected words in pairs."""
        units = words(batch)
        eligible = unprotected(batch, units)
        able = np.diff(units.row_offsets) if eligible is None else _counts(eligible, units.row_offsets)
        limits = self.thresholds(batch, draws)
        pairs = kernel.budget(draws.key, batch.row_ids, able, limits)
        pairs = self._limited(pairs, able, limits > 0)
        unit, row = kernel.exactly(draws.key, batch.row_ids, units.row_offsets, eligible, 2 * pairs)
        unit, source, row = kernel.partners(
            batch.data, units.start, units.end, draws.key, batch.row_ids, units.row_offsets, unit, row
        )
        able = np.where(able > 1, able, 0)  # a word alone in its row has nothing to swap with
        return Proposal(moved(batch, units, unit, source, row), int(able.sum()), len(unit))

    def _limited(self, pairs: I32, able: I32, rows: Mask) -> I32:
        limit = NO_LIMIT if self.max_units is None else self.max_units
        pairs = np.minimum(np.clip(pairs, self.min_units // 2, limit // 2), able // 2)
        return np.where(rows, pairs, 0).astype(np.int32)


@register
class WordShuffle(Transform):
    """Shuffle the words, none farther than `window` places.

    The noise of Lample et al., "Unsupervised machine translation using monolingual corpora only" (ICLR 2018). It has no
    rate: how many words leave their place follows from the window.

    Args:
        window: how many places a word may move, counted in words that are not protected.

    >>> from textaug import WordShuffle
    >>> WordShuffle(window=2)("The plot is thin, but the actors save it.", seed=4)
    'The plot thin is, the but actors save it.'
    """

    about: ClassVar[About] = About("order", "any", "Lample et al. 2018")
    version: ClassVar[int] = 2

    window: int = 3

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_count("window", self.window)

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Shuffle the words that are not protected."""
        units = words(batch)
        eligible = unprotected(batch, units)
        unit, source, row = kernel.shuffle(
            batch.data, units.start, units.end, draws.key, batch.row_ids, units.row_offsets, eligible, self.window
        )
        able = counted(units, eligible)
        return Proposal(moved(batch, units, unit, source, row), able, len(unit))


@register
class PunctuationInsert(RateTransform):
    """Put a punctuation mark before words: one of . ; ? : ! , and of 。；？：！， before Chinese ones.

    The only operation of AEDA (Karimi et al., Findings of EMNLP 2021), whose marks stand apart between blanks.

    >>> from textaug import PunctuationInsert
    >>> PunctuationInsert(rate=0.3)("The plot is thin, but the actors save it.", seed=3)
    '; The plot is ! thin, but the actors save it.'
    """

    about: ClassVar[About] = About("word", "any", "AEDA (Karimi et al. 2021)")
    version: ClassVar[int] = 2

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Put marks before the selected words."""
        units = words(batch)
        eligible = self._eligible(batch, units)
        unit, row = self.select(batch, draws, units, eligible)
        draw = draws.corrupting(units.row_offsets, unit, row).astype(np.uint64)
        mark = ((draw * np.uint64(len(MARKS))) >> np.uint64(32)).astype(np.int32)
        han = units.kind[unit] == Kind.HAN
        begin = np.where(han, 2 * len(MARKS) + 3 * mark, 2 * mark).astype(np.int32)
        pool = np.frombuffer(("".join(f"{mark} " for mark in MARKS) + MARKS_HAN).encode(), np.uint8)
        at = units.start[unit]
        edits = Edits.of(row, len(batch), at, at, begin, begin + np.where(han, 3, 2).astype(np.int32), text=pool)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))

    def _eligible(self, batch: Batch, units: Units) -> U8:
        """Say which words a mark can stand before: those behind a blank or at the row's start, and Chinese ones."""
        before = batch.data[np.maximum(units.start - 1, 0)]
        starts = np.isin(before, (9, 10, 13, 32)) | (units.start == batch.offsets[units.rows()])
        may = starts | (units.kind == Kind.HAN)
        free = batch.free(units.start, units.start)
        return allowed(may, free)


def _counts(eligible: U8, row_offsets: I32) -> I32:
    total = np.concatenate([[0], np.cumsum(eligible, dtype=np.int32)])
    return np.diff(total[row_offsets]).astype(np.int32)
