"""Permutation language modelling (XLNet): some tokens are predicted in a random order, each from those before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from textaug.draws import Purpose
from textaug.errors import UsageError, unknown
from textaug.kernels import masking
from textaug.kernels import permutation as kernel
from textaug.kernels.reference.draws import I32
from textaug.kernels.reference.masking import NONE
from textaug.kernels.reference.permutation import CONTEXT, F32, UNSEEN
from textaug.masking.budget import Exact
from textaug.masking.collator import Collator, padded
from textaug.masking.features import Columns
from textaug.masking.layout import Padding
from textaug.masking.mask import IGNORE
from textaug.masking.numbering import numbered
from textaug.masking.objectives.prepare import sheet_of
from textaug.masking.rows import Rows
from textaug.masking.sheet import Sheet
from textaug.masking.units import Tokens, Units, shares

Scheme = Literal["huggingface", "xlnet"]
Flags = npt.NDArray[np.bool_]
FARTHEST = 2**30


@dataclass(frozen=True)
class Permutation:
    """Which tokens are predicted, and in which turn.

    Args:
        probability: the share that is predicted: a span has a context of its length over the share.
        longest: the most units in a span.
        scheme: "huggingface": spans of 1 to `longest` tokens, each length as likely, each anywhere in its own context.
            "xlnet": n-grams with P ∝ 1/n, their context on both sides, up to exactly the share of the row's tokens
            (85 of 512), filled up singly.
        most: of "xlnet" only: no row has more predictions.
        block: tokens take their turns in blocks of so many places, one after the other; None: half of the row, as
            published, so that a row's first half may be the memory of its second.
        units: what is predicted as a whole.

    Raises:
        UsageError: an argument is out of its range, or does not go with the others.

    >>> Permutation(longest=2).contexts.tolist()
    [6, 12]
    """

    probability: float = 1 / 6
    longest: int = 5
    scheme: Scheme = "huggingface"
    most: int | None = None
    block: int | None = None
    units: Units = field(default_factory=Tokens)

    def __post_init__(self) -> None:
        if self.scheme not in ("huggingface", "xlnet"):
            raise unknown("scheme", self.scheme, ("huggingface", "xlnet"))
        if not 1e-6 <= self.probability <= 1:
            raise UsageError(f"plm_probability={self.probability}: give a share from 0.000001 to 1")
        if not 1 <= self.longest <= 255:
            raise UsageError(f"max_span_length={self.longest}: give a length from 1 to 255")
        if self.most is not None and (self.scheme != "xlnet" or self.most < 1):
            raise UsageError(
                f"num_predict={self.most} with scheme '{self.scheme}': give at least 1, and scheme='xlnet', "
                "which counts; the spans of 'huggingface' are as many as they are"
            )
        if self.block is not None and self.block < 1:
            raise UsageError(f"perm_size={self.block}: give at least 1, or None for half of each row")

    @property
    def contexts(self) -> I32:
        """How many places a span of each length has to itself."""
        share = Fraction(repr(float(self.probability))).limit_denominator(1_000_000)
        return np.array([min(n // share, FARTHEST) for n in range(1, self.longest + 1)], np.int32)

    def select(self, sheet: Sheet) -> tuple[I32, I32]:
        """Select tokens: return the offsets of the rows' selected tokens, and the tokens."""
        numbering = self.units.number(sheet)
        if numbering.first is not None:
            raise UsageError("spans are of units that stand side by side, and these may have gaps; give others")
        asked = (numbered(numbering, sheet), sheet.ids.offsets, sheet.key, sheet.row_ids)
        if self.scheme == "huggingface":
            limits = shares((1.0,) * self.longest)[:-1]
            return kernel.spread(*asked, (Purpose.LENGTH, Purpose.PLACE), limits, self.contexts)
        limits = shares(tuple(1 / n for n in range(1, self.longest + 1)))[:-1]
        goals = Exact(self.probability, "floor", 1, self.most).budgets(sheet.ids.lengths)
        return kernel.goal(*asked, (Purpose.LENGTH, Purpose.PLACE, Purpose.SELECT), limits, self.contexts, goals)

    def turns(self, sheet: Sheet, row_offsets: I32, at: I32) -> I32:
        """Give some tokens of each row their turns: int32, shape (tokens,)."""
        halves = np.maximum((sheet.ids.lengths + 1) // 2, 1)
        sizes = halves if self.block is None else np.full(len(halves), self.block, np.int32)
        return kernel.turns(
            sheet.ids.offsets, row_offsets, at, sheet.key, sheet.row_ids, Purpose.ORDER, sizes.astype(np.int32)
        )


def permutation_mask(offsets: I32, at: I32, turns: I32, padding: Padding, unseen: Flags | None = None) -> F32:
    """Say who may not see whom: 1 where the query (second axis) may not see the key (third).

    A token with a turn sees what is not predicted, and what was predicted before. All others see, and are seen as, the
    context: so nothing gets around the order by way of them.

    Args:
        offsets: int32, shape (rows + 1,): where each row begins.
        at: int32: the tokens that have a turn.
        turns: int32, shape (tokens,): the turn of each in its row.
        padding: how rows are laid out.
        unseen: bool, as many: which of them are not predicted; each sees what was predicted before it, and all see it,
            as transformers has it of special tokens.

    Returns:
        float32, shape (rows, width, width).

    >>> permutation_mask(np.array([0, 3], np.int32), np.array([0, 2], np.int32), np.array([1, 0], np.int32), Padding(3))
    array([[[1., 0., 0.],
            [1., 0., 1.],
            [1., 0., 1.]]], dtype=float32)
    """
    queries, keys = np.full(offsets[-1], CONTEXT, np.int32), np.full(offsets[-1], UNSEEN, np.int32)
    queries[at] = turns
    keys[at] = turns if unseen is None else np.where(unseen, np.int32(UNSEEN), turns)
    return kernel.forbidden(queries, keys, offsets, padding.width, padding.left)


@dataclass
class DataCollatorForPermutationLanguageModeling(Collator):
    """Pad rows and choose what XLNet predicts: in the place of the collator of the same name in transformers.

    Rows may have any length, an odd one too. What is predicted depends on the seed, the epoch and the row's id alone.

    Args:
        tokenizer: of transformers or of the library `tokenizers`.
        plm_probability: the share of tokens that is predicted.
        max_span_length: the most tokens in a span.
        scheme: "huggingface" or "xlnet"; see `Permutation`.
        num_predict: of "xlnet": so many predictions a row, and no more: then `target_mapping` has the shape
            (rows, num_predict, width) and `labels` (rows, num_predict), as XLNet's own data has them.
        perm_size: tokens take their turns in blocks of so many places; None: half of each row.
        units: what is predicted as a whole: `Words()` for whole words.
        published: as transformers has it. There predicted tokens are masks in `input_ids` too, so that no prediction
            sees the ones before it; and special tokens see what is predicted, and are seen by all.
        pad_to_multiple_of: rounds the width of the batch up.
        return_tensors: "pt" or "np".
        seed: any integer; None is 0.
        source: the file or data set that the rows come from: part of the address of draws.

    Returns:
        When called, a mapping: `input_ids` (int64, shape (rows, width)), `attention_mask`, `perm_mask` (float32, shape
        (rows, width, width), 1 where a token may not see another), `target_mapping` (float32: which place each
        prediction is of), `labels` (-100 where nothing is predicted), and every other column, padded. Without
        `num_predict`, `target_mapping` is one identity that all rows share: (rows, width, width) that take no memory,
        and are not to be written to.

    Raises:
        UsageError: an argument is wrong, or `published` and the tokenizer has no mask token.

    Source:
        Yang et al., "XLNet: Generalized Autoregressive Pretraining for Language Understanding" (NeurIPS 2019).

    >>> from textaug.masking import Vocabulary
    >>> tokenizer = Vocabulary(("[PAD]", "a", "b", "c"), (0,), mask=-1, pad=0)
    >>> collate = DataCollatorForPermutationLanguageModeling(
    ...     tokenizer, scheme="xlnet", num_predict=2, return_tensors="np"
    ... )
    >>> batch = collate([{"input_ids": [1, 2, 3] * 5}])
    >>> {name: batch[name].shape for name in ("perm_mask", "target_mapping", "labels")}
    {'perm_mask': (1, 15, 15), 'target_mapping': (1, 2, 15), 'labels': (1, 2)}
    """

    tokenizer: Any
    plm_probability: float = 1 / 6
    max_span_length: int = 5
    scheme: Scheme = "huggingface"
    num_predict: int | None = None
    perm_size: int | None = None
    units: Units = field(default_factory=Tokens)
    published: bool = False
    pad_to_multiple_of: int | None = None
    return_tensors: str = "pt"
    seed: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.permutation = Permutation(
            self.plm_probability, self.max_span_length, self.scheme, self.num_predict, self.perm_size, self.units
        )
        if self.published:
            self.vocabulary.needs_mask()

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns."""
        sheet = sheet_of(self, columns)
        chosen = self.permutation.select(sheet)
        padding = self.padding(sheet.ids)
        ids, labels = self._written(sheet.ids, chosen, padding)
        made = {
            "input_ids": ids,
            "attention_mask": padding.attention(sheet.ids.offsets),
            "perm_mask": self._perm_mask(sheet, chosen, padding),
            **padded(columns, padding, sheet.ids, self.tokenizer),
        }
        if self.num_predict is None:
            eye = np.eye(padding.width, dtype=np.float32)
            shared = np.lib.stride_tricks.as_strided(eye, (len(ids), *eye.shape), (0, *eye.strides))
            return {**made, "target_mapping": shared, "labels": labels}
        return {**made, **_compact(sheet.ids, chosen, padding, self.num_predict)}

    def _written(self, ids: Rows, chosen: tuple[I32, I32], padding: Padding) -> tuple[Any, Any]:
        """Return padded ids and labels."""
        token = ids.values[chosen[1]].astype(np.int64)
        if self.published:
            token[:] = self.vocabulary.mask
        return padding.write(ids, self.vocabulary.pad, (*chosen, token), IGNORE)

    def _perm_mask(self, sheet: Sheet, chosen: tuple[I32, I32], padding: Padding) -> F32:
        offsets, at = sheet.ids.offsets, chosen[1]
        if not self.published:
            return permutation_mask(offsets, at, self.permutation.turns(sheet, *chosen), padding)
        marks = masking.tokens(*sheet.known)
        held = marks == NONE  # special tokens
        taken = held.copy()
        taken[at] = True
        both = np.flatnonzero(taken).astype(np.int32)
        begins = np.concatenate([[0], np.cumsum(taken)])[offsets].astype(np.int32)
        return permutation_mask(offsets, both, self.permutation.turns(sheet, begins, both), padding, held[both])


def _compact(ids: Rows, chosen: tuple[I32, I32], padding: Padding, most: int) -> dict[str, Any]:
    """Return the target mapping and the labels of so many predictions a row."""
    row_offsets, at = chosen
    row = np.repeat(np.arange(len(ids), dtype=np.int32), np.diff(row_offsets))
    nth = np.arange(len(at)) - row_offsets[row]
    mapping = np.zeros((len(ids), most, padding.width), np.float32)
    mapping[row, nth, padding.places(ids.offsets, at, row)] = 1
    labels = np.full((len(ids), most), IGNORE, np.int64)
    labels[row, nth] = ids.values[at]
    return {"target_mapping": mapping, "labels": labels}
