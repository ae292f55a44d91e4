"""The first step of masking, units: which tokens are masked together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

import numpy as np

from textaug.draws import Purpose, threshold
from textaug.errors import UsageError
from textaug.kernels import draws as kernel_draws
from textaug.kernels import masking as kernel
from textaug.kernels.reference import masking as definition  # gaps are rare: no kernel has them
from textaug.kernels.reference.draws import I32, U32, U64
from textaug.kernels.reference.masking import HAN, NONE
from textaug.masking.numbering import gapped, marked, numbered, over_others
from textaug.masking.rows import Rows
from textaug.masking.sheet import Numbering, Sheet


@runtime_checkable
class Units(Protocol):
    """What says which tokens belong together."""

    def number(self, sheet: Sheet) -> Numbering:
        """Number the tokens of a batch by their units."""


@dataclass(frozen=True)
class Tokens:
    """Every token by itself (BERT, RoBERTa).

    >>> Tokens()
    Tokens()
    """

    def number(self, sheet: Sheet) -> Numbering:
        """Number the tokens."""
        return Numbering(None)


@dataclass(frozen=True)
class Words:
    """Whole words: those of a column, else as the vocabulary marks them, Chinese ones as jieba cuts them.

    Without a column, WordPiece marks what goes on (`##`), byte-level and Metaspace models what begins a word;
    punctuation is a word by itself. Runs of Han tokens are cut by the segmenter, whose words are jieba's; a token that
    lies in two of its words joins them.

    Args:
        column: the column of word numbers, taken where the features have it.
        chinese: whether Han tokens are joined into words; else each is one by itself, as in BERT.

    Source:
        BERT's whole word masking (google-research/bert, 2019); Cui et al., "Pre-Training with Whole Word Masking for
        Chinese BERT" (2019).

    >>> Words(chinese=False)
    Words(column='word_ids', chinese=False)
    """

    column: str = "word_ids"
    chinese: bool = True

    def number(self, sheet: Sheet) -> Numbering:
        """Number the words."""
        if self.column in sheet.columns:
            return Column(self.column).number(sheet)
        marks, met = kernel.words(*sheet.known)
        if self.chinese and met & HAN:
            from textaug.masking.chinese import joined

            marks = joined(marks, sheet)
        return Numbering(marks)


@dataclass(frozen=True)
class Column:
    """The units of any int32 list column: equal numbers side by side are one unit, -1 is none.

    Args:
        name: the column.
        over: the units of tokens that the column leaves out; None: they are never masked.
        scattered: equal numbers anywhere in a row are one unit.
    """

    name: str
    over: Units | None = None
    scattered: bool = False

    def number(self, sheet: Sheet) -> Numbering:
        """Number the column's units, and those below it."""
        numbers = np.ascontiguousarray(sheet.column(self.name).values, np.int32)
        if self.scattered:
            own = gapped(definition.gathered(*sheet.known, numbers), True, sheet)
        else:
            own = Numbering(kernel.column(*sheet.known, numbers))
        return laid(own, self.over, sheet)


@dataclass(frozen=True)
class Entities:
    """Entities, over words (ERNIE's third stage).

    Args:
        column: the column of entity numbers; see `textaug.masking.annotate`.
        over: the units of all other tokens; None: they are never masked.

    Source:
        Sun et al., "ERNIE: Enhanced Representation through Knowledge Integration" (2019).
    """

    column: str = "entity_ids"
    over: Units | None = field(default_factory=Words)

    def number(self, sheet: Sheet) -> Numbering:
        """Number the entities."""
        return Column(self.column, self.over).number(sheet)


@dataclass(frozen=True)
class Phrases:
    """Phrases, over words (ERNIE's second stage; PMI-masking).

    Args:
        column: the column of phrase numbers; see `textaug.masking.annotate`.
        over: the units of all other tokens; None: they are never masked.

    Source:
        Sun et al. 2019; Levine et al., "PMI-Masking: Principled Masking of Correlated Spans" (ICLR 2021).
    """

    column: str = "phrase_ids"
    over: Units | None = field(default_factory=Words)

    def number(self, sheet: Sheet) -> Numbering:
        """Number the phrases."""
        return Column(self.column, self.over).number(sheet)


@dataclass(frozen=True)
class NGrams:
    """Runs of units, of drawn lengths: the row is cut into n-grams, and these are what is selected.

    So the lengths of what is masked are distributed as the weights say, except where a row or a special token ends
    one early, and every token is as likely as any other.

    Args:
        weights: how likely an n-gram has 1, 2, 3 … units; they need not sum to 1.
        over: the units that are joined.

    Raises:
        UsageError: there are no weights, or some are negative.

    Source:
        Cui et al., "Revisiting Pre-Trained Models for Chinese Natural Language Processing" (MacBERT, 2020).

    >>> round(NGrams((0.4, 0.3, 0.2, 0.1)).mean, 9)
    2.0
    """

    weights: tuple[float, ...] = (0.4, 0.3, 0.2, 0.1)
    over: Units = field(default_factory=Words)

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", tuple(self.weights))
        if not self.weights or min(self.weights) < 0 or not 0 < sum(self.weights) < float("inf"):
            raise UsageError(f"NGrams({self.weights}): give weights of at least 0, not all of them 0")
        if len(self.weights) > 255:
            raise UsageError(f"NGrams of {len(self.weights)} lengths: an n-gram has 255 units at most")

    @property
    def mean(self) -> float:
        """The expected length, in units."""
        return sum(n * weight for n, weight in enumerate(self.weights, 1)) / sum(self.weights)

    def number(self, sheet: Sheet) -> Numbering:
        """Number the n-grams."""
        below = self.over.number(sheet)
        if below.first is not None:
            raise UsageError("n-grams join units that stand side by side, and these may have gaps; give others")
        asked = (marked(below, sheet), sheet.ids.offsets, sheet.key, sheet.row_ids, Purpose.LENGTH)
        return Numbering(kernel.grams(*asked, self._limits))

    @cached_property
    def _limits(self) -> U64:
        return shares(self.weights)[:-1]


@dataclass(frozen=True)
class Spans:
    """Spans of whole words with geometric lengths (SpanBERT): n-grams with the weights of its paper.

    Args:
        p: the chance that a span ends with each word.
        longest: the most words in a span.
        over: the units that are joined.

    Source:
        Joshi et al., "SpanBERT: Improving Pre-training by Representing and Predicting Spans" (TACL 2020).

    >>> [round(weight, 4) for weight in Spans().weights[:3]], round(NGrams(Spans().weights).mean, 4)
    ([0.2241, 0.1792, 0.1434], 3.7971)
    """

    p: float = 0.2
    longest: int = 10
    over: Units = field(default_factory=Words)

    def __post_init__(self) -> None:
        if not 0 < self.p <= 1 or self.longest < 1:
            raise UsageError(f"Spans(p={self.p}, longest={self.longest}): give 0 < p <= 1 and a longest of at least 1")

    @property
    def weights(self) -> tuple[float, ...]:
        """How likely each length is, the truncated rest spread over all."""
        weights = [self.p * (1 - self.p) ** n for n in range(self.longest)]
        return tuple(weight / sum(weights) for weight in weights)

    def number(self, sheet: Sheet) -> Numbering:
        """Number the spans."""
        return self._grams.number(sheet)

    @cached_property
    def _grams(self) -> NGrams:
        return NGrams(self.weights, self.over)


@dataclass(frozen=True)
class Mixture:
    """One kind of units for each row, by a draw (ERNIE: words or characters; a token, a phrase or an entity at a time).

    Args:
        choices: the units.
        weights: how likely each is; the same for all if left out.

    Raises:
        UsageError: there are no choices, or not one weight for each.
    """

    choices: tuple[Units, ...]
    weights: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", tuple(self.choices))
        object.__setattr__(self, "weights", tuple(self.weights) or (1.0,) * len(self.choices))
        if not self.choices or len(self.weights) != len(self.choices) or min(self.weights) < 0 or not sum(self.weights):
            raise UsageError(f"Mixture of {len(self.choices)} units with weights {self.weights}: give one weight each")
        if any(isinstance(choice, Mixture) for choice in self.choices):  # one draw for all, else they would agree
            flat = [part for pair in zip(self.choices, self.weights, strict=True) for part in _parts(*pair)]
            object.__setattr__(self, "choices", tuple(choice for choice, _ in flat))
            object.__setattr__(self, "weights", tuple(weight for _, weight in flat))

    def number(self, sheet: Sheet) -> Numbering:
        """Number each row's units in the way that it draws."""
        draw = row_draws(sheet, Purpose.LEVEL)
        which = np.searchsorted(shares(self.weights)[:-1], draw.astype(np.uint64), side="right")
        token = np.repeat(which, sheet.ids.lengths)
        found = [choice.number(sheet) for choice in self.choices]
        here = [token == k for k in range(len(found))]
        marks, first, rank = np.select(here, [marked(one, sheet) for one in found]), None, None
        if any(one.first is not None for one in found):
            first = np.select(here, [numbered(one, sheet) for one in found])
        if any(one.rank is not None for one in found):
            rank = np.select(here, [np.uint8(0) if one.rank is None else one.rank for one in found])
        return Numbering(marks, first, rank)


def _parts(choice: Units, weight: float) -> list[tuple[Units, float]]:
    """Return the units of a mixture inside of another, with their weights there."""
    if not isinstance(choice, Mixture):
        return [(choice, weight)]
    return [
        (one, weight * part / sum(choice.weights)) for one, part in zip(choice.choices, choice.weights, strict=True)
    ]


@dataclass(frozen=True)
class Sentiment:
    """Aspects with their sentiment words first, then sentiment words, then all the rest (SKEP).

    With an `Exact` budget the ranks are spent in this order.

    Args:
        pairs: at most so many pairs of an aspect and its sentiment word are units; None: all of them.
        words: the column of sentiment words.
        aspects: the column of pairs: the tokens of a pair, which may stand apart, share a number.
        over: the units of all other tokens; None: they are never masked.

    Source:
        Tian et al., "SKEP: Sentiment Knowledge Enhanced Pre-training for Sentiment Analysis" (ACL 2020).
    """

    pairs: int | None = 2
    words: str = "sentiment_ids"
    aspects: str = "pair_ids"
    over: Units | None = field(default_factory=Tokens)

    def number(self, sheet: Sheet) -> Numbering:
        """Number the pairs, the sentiment words and what is left."""
        upper = numbered(Column(self.aspects, scattered=True).number(sheet), sheet)
        lower = Column(self.words).number(sheet)
        pair = _fewest(upper, self.pairs, sheet)
        rank = np.where(pair >= 0, 0, np.where(marked(lower, sheet) & NONE, 2, 1)).astype(np.uint8)
        found = over_others(gapped(pair, True, sheet), laid(lower, self.over, sheet), sheet)
        return Numbering(found.marks, found.first, rank)


def _fewest(first: I32, most: int | None, sheet: Sheet) -> I32:
    """Keep the units of each row that draw least, up to a number."""
    if most is None or not (first >= 0).any():
        return first
    offsets = sheet.ids.offsets
    row = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    begins = np.flatnonzero(first == np.arange(len(first)) - offsets[row]).astype(np.int32)
    draw = kernel_draws.blocks(
        sheet.key, sheet.row_ids[row[begins]], Purpose.LEVEL, 1 + first[begins].astype(np.uint32)
    )
    order = np.lexsort((draw[:, 0], row[begins]))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - np.searchsorted(row[begins][order], row[begins][order])
    keep = np.zeros(len(first), bool)
    keep[begins[rank < most]] = True
    return np.where((first >= 0) & keep[offsets[row] + np.maximum(first, 0)], first, np.int32(-1))


def laid(upper: Numbering, over: Units | None, sheet: Sheet) -> Numbering:
    """Lay units over others: what they leave free is these others'."""
    return upper if over is None else over_others(upper, over.number(sheet), sheet)


def numbers(units: Units, sheet: Sheet) -> Rows:
    """Return the units of each row as a column of numbers, for looking at."""
    return Rows(numbered(units.number(sheet), sheet), sheet.ids.offsets)


def shares(weights: tuple[float, ...]) -> U64:
    """Return the rising thresholds of a choice with these weights; the last is 2**32.

    >>> shares((1, 1)).tolist() == [2**31, 2**32]
    True
    """
    total, limits = sum(weights), []
    for n in range(1, len(weights) + 1):
        limits.append(threshold(sum(weights[:n]) / total))
    return np.array(limits, np.uint64)


def row_draws(sheet: Sheet, purpose: int) -> U32:
    """Return one draw for each row: uint32, shape (rows,)."""
    index = np.zeros(len(sheet.row_ids), np.uint32)
    drawn: Any = kernel_draws.blocks(sheet.key, sheet.row_ids, purpose, index)
    return np.ascontiguousarray(drawn[:, 0])
