"""Checks that need the two texts and nothing else."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from textaug.checks.base import Check, register_check
from textaug.errors import UsageError, missing, unknown

if TYPE_CHECKING:
    from textaug.batch import Mask

Unit = Literal["letters", "words"]


@register_check
class Unchanged(Check):
    """Reject an output that is its input.

    >>> from textaug import Filter, WordSwap
    >>> Filter([WordSwap(rate=0.1)], checks=[Unchanged()], retries=9)("the dog bit the man")
    'bit dog the the man'
    """

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects."""
        return "unchanged"

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Say which texts have changed."""
        return _each(str.__ne__, before, after)


@register_check
class Duplicate(Check):
    """Reject an output that says its input again: the same letters and digits, but for case, spaces and marks.

    It sees a row and what became of it, so that its answer does not depend on how the work is cut. It does not see
    other rows, nor the other copies of a row: two copies may still be alike.

    >>> from textaug import CaseNoise, Filter
    >>> Filter([CaseNoise(rate=0.5)], checks=[Duplicate()])("the dog bit the man")
    'the dog bit the man'
    """

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects."""
        return "a duplicate of its input"

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Say which texts are others."""
        return _each(lambda old, new: _folded(old) != _folded(new), before, after)


def _folded(text: str) -> str:
    """Return a text without what makes no difference to a reader; where it is marks alone, only without spaces."""
    whole = unicodedata.normalize("NFC", text.casefold())
    bare = "".join(one for one in whole if one.isalnum() or unicodedata.category(one)[0] == "M")
    return bare or "".join(text.split())


@register_check
class LengthRatio(Check):
    """Reject an output that is too short or too long, beside its input.

    Args:
        low: the least length, as a share of the input's.
        high: the greatest.
        unit: what is counted: "letters" (code points) or "words".

    >>> from textaug import Filter, WordDelete
    >>> Filter([WordDelete(rate=0.9)], checks=[LengthRatio(0.5, 2.0)])("a text that would be almost gone")
    'a text that would be almost gone'
    """

    low: float = 0.5
    high: float = 2.0
    unit: Unit = "letters"

    def __post_init__(self) -> None:
        self._number("low", 0, 1)
        self._number("high", 1, math.inf)
        _check_unit(self, self.unit)

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects."""
        return f"length ratio not from {self.low:g} to {self.high:g}" + _said(self.unit)

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Say which texts have a length that is within the bounds."""
        old, new = (np.array([len(text) for text in _cut(texts, self.unit)], np.float64) for texts in (before, after))
        ratio = np.divide(new, old, out=np.where(new > 0, np.inf, 1.0), where=old > 0)  # nothing remains nothing
        within: Mask = (self.low <= ratio) & (ratio <= self.high)
        return within


@register_check
class EditDistance(Check):
    """Reject an output that is too far from its input, or too near: Levenshtein's distance over the longer length.

    Args:
        most: the greatest distance, from 0 (the same) to 1 (nothing in common).
        least: the smallest distance.
        unit: what is compared: "letters" (code points) or "words".

    >>> from textaug import Filter, CharNoise
    >>> Filter([CharNoise(cer=0.5)], checks=[EditDistance(most=0.2)])("noise that nobody could read")
    'noise that nobody could read'
    """

    most: float = 1.0
    least: float = 0.0
    unit: Unit = "letters"

    def __post_init__(self) -> None:
        self._number("most", 0, 1)
        self._number("least", 0, 1)
        if self.least > self.most:
            raise self._refuse("least", self.least, f"give at most {self.most:g}, which is most")
        _check_unit(self, self.unit)

    @property
    def reason(self) -> str:
        """What is wrong with an output that the check rejects."""
        return f"edit distance not from {self.least:g} to {self.most:g}" + _said(self.unit)

    def passes(self, before: Sequence[str], after: Sequence[str]) -> Mask:
        """Say which texts have a distance that is within the bounds."""
        try:
            from rapidfuzz.distance import Levenshtein
        except ImportError:
            raise missing("rapidfuzz", "filter", "EditDistance") from None
        pairs = zip(_cut(before, self.unit), _cut(after, self.unit), strict=True)
        found = np.array([Levenshtein.normalized_distance(old, new) for old, new in pairs], np.float64)
        within: Mask = (self.least <= found) & (found <= self.most)
        return within


def _each(differ: Callable[[str, str], bool], before: Sequence[str], after: Sequence[str]) -> Mask:
    return np.array([differ(old, new) for old, new in zip(before, after, strict=True)], bool)


def _check_unit(check: Check, unit: object) -> None:
    if unit not in get_args(Unit):
        raise UsageError(f"{type(check).__name__}: {unknown('unit', str(unit), get_args(Unit))}")


def _said(unit: Unit) -> str:
    return "" if unit == "letters" else f" in {unit}"


def _cut(texts: Sequence[str], unit: Unit) -> Sequence[Any]:
    """Return what of each text is counted: its letters or its words, in either language."""
    if unit == "letters":
        return texts
    from textaug.batch import Batch
    from textaug.units import words

    held = [text.encode() for text in texts]
    data = np.frombuffer(b"".join(held), np.uint8)
    offsets = np.cumsum([0, *map(len, held)], dtype=np.int32)
    units = words(Batch(data, offsets, np.zeros(len(held), np.uint64)))
    found = [data[a:b].tobytes() for a, b in zip(units.start, units.end, strict=True)]
    return [found[a:b] for a, b in pairwise(units.row_offsets)]
