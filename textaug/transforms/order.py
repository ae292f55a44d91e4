"""Order: sentences and clauses shuffled."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import ClassVar

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.languages.sentences import full_stop, stopped
from textaug.lexicon.gazetteer import Gazetteer
from textaug.lexicon.store import Lexicon
from textaug.transform import About, Proposal, RateTransform, Transform, register
from textaug.transforms.moving import differ, moved, permuted, placed, put, turned, whole
from textaug.units import Units, clauses, sentences, some

_WORD = re.compile(rb"[A-Za-z]+(?:['-][A-Za-z]+)*")


@register
class SentenceShuffle(Transform):
    """Shuffle the sentences of a text.

    Spans inside a sentence go along with it; a sentence that a protected range sticks out of stays where it is. One
    without a full stop that comes to stand before another gets one. It has no rate: how many sentences leave their
    place follows from the window.

    Args:
        window: how many places a sentence may move; None for any number.

    >>> from textaug import SentenceShuffle
    >>> SentenceShuffle()("It rained. Dr. Smith paid $3.50. We left.", seed=4)
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
        rows = units.rows()
        unit, source = permuted(batch, draws, units, rows, self.window)
        edits = moved(batch, units, unit, source, rows[unit])
        return Proposal(edits, len(units), len(unit), self._stops(batch, units, unit, source, edits))

    def _stops(self, batch: Batch, units: Units, unit: I32, source: I32, edits: Edits) -> Edits:
        """Return the edits that put full stops behind sentences without one that are the last of their row no more."""
        last = np.zeros(len(units) + 1, bool)
        last[units.row_offsets[1:] - 1] = True
        bare = np.flatnonzero(~last[unit] & ~stopped(batch.data, units.end[source]))
        held = source[bare]
        texts = [full_stop(batch.data[a:b].tobytes()) for a, b in zip(units.start[held], units.end[held], strict=True)]
        at = placed(edits)[bare] + (units.end - units.start)[held]
        return put(edits.rows[bare], len(batch), at, at, texts)


@register
class ClauseShuffle(RateTransform):
    """Shuffle the clauses of some sentences: what stands between commas, semicolons and conjunctions.

    The marks stay in their places, and spans inside a clause go along with it. Quotes and brackets are not cut. The
    first clause's capital is mended, unless it may be a name's. The rate is that of the sentences that have two clauses
    which may move and differ.

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
        eligible = self._able(batch, found.units, group, free, new)
        picked, _ = self.select(batch, draws, heads, eligible)
        selected = np.zeros(len(heads), bool)
        selected[picked] = True
        chosen = selected[group] & free
        units = some(found.units, chosen)
        unit, source = turned(batch, draws, units, group[chosen])
        edits = moved(batch, units, unit, source, units.rows()[unit])
        mends = self._capitals(batch, units, new[chosen], found.lowered[chosen], unit, source, edits)
        return Proposal(edits, int(eligible.sum()), len(picked), mends)

    def _able(self, batch: Batch, units: Units, group: I32, free: Mask, new: Mask) -> U8:
        """Say which sentences have two free clauses that differ."""
        index = np.flatnonzero(free).astype(np.int32)
        if len(index) == len(free):
            first = np.flatnonzero(new).astype(np.int32)[group]
        else:
            first = index[np.searchsorted(group[index], group[index])]
        unlike = differ(batch, units, index, first)
        able = np.zeros(int(new.sum()), np.uint8)
        able[group[index[unlike]]] = 1
        return able

    def _capitals(
        self, batch: Batch, units: Units, first: Mask, lowered: U8, unit: I32, source: I32, edits: Edits
    ) -> Edits:
        """Return the edits that give a sentence's new first clause its capital, and take the old one's away."""
        start = units.start[source]
        head, old = batch.data[start], batch.data[units.start[unit]]
        free = ~batch.overlaps(start, start + np.int32(1))
        raised = first[unit] & _capital(old) & _small(head) & free
        sunk = first[source] & ~first[unit] & _capital(head) & free
        sunk &= ~_capital(batch.data[np.minimum(start + 1, len(batch.data) - 1)])  # WHEN, and I
        for k in np.flatnonzero(sunk & (lowered[source] == 0)).tolist():
            sunk[k] = _is_common(_first_word(batch.data[start[k] : start[k] + 32].tobytes()))
        mended = np.flatnonzero(raised | sunk)
        at = placed(edits)[mended]
        texts = [bytes([letter ^ 32]) for letter in head[mended].tolist()]
        return put(edits.rows[mended], len(batch), at, at + np.int32(1), texts)


def _capital(letter: U8) -> Mask:
    return (letter >= ord("A")) & (letter <= ord("Z"))


def _small(letter: U8) -> Mask:
    return (letter >= ord("a")) & (letter <= ord("z"))


def _first_word(text: bytes) -> str:
    found = _WORD.match(text)
    return found[0].decode() if found else ""


@lru_cache(maxsize=1 << 14)
def _is_common(word: str) -> bool:
    """Say whether a word with a capital is a common one, and not a name."""
    small, capital = (Lexicon.english().lookup(form) for form in (word.lower(), word))
    return small == capital != [] and word not in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(name.decode() for name in Gazetteer.shipped().names)
