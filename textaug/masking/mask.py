"""Masking as one object: units × budget × corruption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.draws import Address
from textaug.kernels.reference.draws import U8, U64
from textaug.kernels.reference.masking import I64
from textaug.masking.budget import Bernoulli, Budget
from textaug.masking.corruption import Corruption, Replace, Writes
from textaug.masking.layout import Padding
from textaug.masking.row_ids import row_ids
from textaug.masking.rows import Rows
from textaug.masking.sheet import NODE, Sheet
from textaug.masking.units import Tokens, Units
from textaug.masking.vocabulary import Vocabulary

IGNORE = -100


class Masked(NamedTuple):
    """Masked ids, and what is to be predicted: the original id where a token was selected, -100 elsewhere."""

    input_ids: Any
    labels: Any


@dataclass(frozen=True)
class Masking:
    """A way to mask: which tokens belong together, how many are selected, what becomes of them.

    Args:
        units: which tokens are masked together.
        budget: how many.
        corruption: what becomes of them.

    >>> from textaug.masking import Exact, Masking, Words
    >>> Masking(units=Words(), budget=Exact(0.15)).corruption
    Replace(mask=0.8, random=0.1, per='token', pool=FromVocabulary(specials=False))
    """

    units: Units = field(default_factory=Tokens)
    budget: Budget = field(default_factory=Bernoulli)
    corruption: Corruption = field(default_factory=Replace)

    def writes(self, sheet: Sheet) -> Writes:
        """Say what is to be written into a batch."""
        numbering = self.units.number(sheet)
        return self.corruption.corrupt(numbering, self.budget.select(numbering, sheet), sheet)

    def mask(
        self,
        input_ids: Any,
        tokenizer: Any,
        *,
        columns: Mapping[str, Any] | None = None,
        special_tokens_mask: Any = None,
        ids: Sequence[int | str] | npt.NDArray[Any] | None = None,
        address: Address | None = None,
        step: int = 0,
    ) -> Masked:
        """Mask rows of ids.

        Args:
            input_ids: lists of ids, an array or tensor of two dimensions, or an Arrow list column. It stays as it is.
            tokenizer: the tokenizer, or a `Vocabulary`.
            columns: what units are read from, by name: rows as long as the ids.
            special_tokens_mask: not zero where a token may not be selected, beside special ones.
            ids: the rows' addresses; left out, a hash of their tokens.
            address: where the draws come from: seed, epoch, copy, source; all zero and empty if left out.
            step: the step of the training run, for schedules.

        Returns:
            Ids and labels: lists of lists for lists, a list array for Arrow, else arrays of the same shape.

        Raises:
            DataError: rows and columns do not fit together.

        >>> held = Vocabulary(("[PAD]", "[MASK]", "a", "b", "c"), (0, 1), mask=1, pad=0)
        >>> Masking(budget=Bernoulli(1.0), corruption=Replace(1.0, 0.0)).mask([[2, 3], [4, 0]], held)
        Masked(input_ids=[[1, 1], [1, 0]], labels=[[2, 3], [4, -100]])
        """
        rows, vocabulary = Rows.of(input_ids), Vocabulary.of(tokenizer)
        special = None if special_tokens_mask is None else flags(Rows.of(special_tokens_mask), rows)
        held = {name: Rows.of(column) for name, column in (columns or {}).items()}
        addresses: U64 = row_ids(ids, rows, vocabulary.pad)
        sheet = Sheet(rows, vocabulary, addresses, (address or Address()).key(NODE), special, held, step)
        return _shaped(*written(rows, self.writes(sheet)), input_ids, rows)


def written(rows: Rows, writes: Writes) -> tuple[I64, I64]:
    """Return new ids and labels, end to end: int64, shape (tokens,)."""
    lengths = rows.lengths
    even = len(lengths) > 0 and (lengths == lengths[0]).all()
    offsets = rows.offsets if even else np.array([0, len(rows.values)], np.int32)  # as if in one row
    selected = writes.offsets if even else np.array([0, len(writes.at)], np.int32)
    padding = Padding(int(offsets[1]))
    ids, labels = padding.write(Rows(rows.values, offsets), 0, (selected, writes.at, writes.token), IGNORE)
    return ids.reshape(-1), labels.reshape(-1)


def flags(mask: Rows, rows: Rows) -> U8:
    """Return where a mask of special tokens is set."""
    mask.check_like(rows, "special_tokens_mask")
    flags: U8 = (mask.values != 0).astype(np.uint8)
    return flags


def _shaped(ids: I64, labels: I64, like: Any, rows: Rows) -> Masked:
    """Return both in the shape in which the ids were given."""
    if hasattr(like, "detach"):
        import torch

        return Masked(*(torch.from_numpy(one.reshape(like.shape)) for one in (ids, labels)))
    if isinstance(like, np.ndarray) and like.ndim == 2:
        return Masked(ids.reshape(like.shape), labels.reshape(like.shape))
    if hasattr(like, "to_numpy") and hasattr(like, "type"):
        import pyarrow as pa

        lists = (pa.LargeListArray.from_arrays(rows.offsets.astype(np.int64), pa.array(one)) for one in (ids, labels))
        return Masked(*lists)
    return Masked(Rows(ids, rows.offsets).lists(), Rows(labels, rows.offsets).lists())
