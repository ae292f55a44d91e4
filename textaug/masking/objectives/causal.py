"""Causal and prefix language modelling: every token is told from those before it, or those behind a prefix are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from textaug.draws import Purpose
from textaug.errors import DataError, UsageError
from textaug.kernels.reference.draws import U64
from textaug.masking import attention
from textaug.masking.collator import SPENT, Collator, padded
from textaug.masking.features import Columns
from textaug.masking.layout import Padding
from textaug.masking.mask import IGNORE
from textaug.masking.objectives.prepare import SENTENCES
from textaug.masking.objectives.segments import I64, below, draws
from textaug.masking.pack import pack
from textaug.masking.rows import Rows, ragged
from textaug.masking.unpad import unpadded

NODE = "prefix/1"
LENGTH = "prefix_length"
"""The column of the features that says how many tokens of a row are its prefix."""


@dataclass
class DataCollatorForCausalLanguageModeling(Collator):
    """Pad or pack rows for a decoder; with `prefix`, only what follows a row's prefix is to be told.

    Labels stand at their tokens: models of transformers shift them by themselves. Padding is told by the attention mask
    and by lengths, not by its id: so a token that ends texts and fills rows up, as GPT's, is learned where it ends.

    Args:
        tokenizer: of transformers or of the library `tokenizers`.
        prefix: whether rows have a prefix, with -100 for labels: as long as the column `prefix_length` says (a prompt,
            of which nothing is to be learned), else drawn: each length from 1 to all tokens but one as likely.
        full_mask: with `prefix`, give as `attention_mask` who may attend to whom, in the form in which models add it
            to scores (float32, shape (rows, 1, width, width)): the prefix all of itself, the rest what is before it.
        pack_to: lay rows end to end into bins of so many tokens instead of padding each, or "flat": all in one row.
        pad_to_multiple_of: rounds the width of the batch up.
        return_tensors: "pt" or "np".
        seed: any integer; None is 0.
        source: the file or data set that the rows come from: part of the address of draws.

    Returns:
        When called, a mapping: `input_ids`, `labels` and `attention_mask` (int64, shape (rows, width)), with `prefix`
        and without `full_mask` `prefix_lengths` (int64, shape (rows,), in the order of the features), and every other
        column, padded. Packed, `position_ids` and `cu_seqlens`, and no label for the first token of a row: the one
        before is not its own.

    Raises:
        UsageError: an argument is wrong, or does not go with the others.
        DataError: a row's prefix is longer than the row, or less than nothing.

    Source: Raffel et al., T5's `prefix_lm` (JMLR 2020); Liu et al. (ICLR 2018) for decoders without encoders.

    >>> from textaug.masking import Vocabulary
    >>> tokenizer = Vocabulary(("[EOS]", *"abcdefgh"), (0,), mask=-1, pad=0)
    >>> collate = DataCollatorForCausalLanguageModeling(tokenizer, return_tensors="np")
    >>> collate([{"input_ids": [1, 2, 0]}, {"input_ids": [3]}])["labels"].tolist()
    [[1, 2, 0], [3, -100, -100]]
    >>> collate = DataCollatorForCausalLanguageModeling(tokenizer, prefix=True, return_tensors="np")
    >>> collate([{"input_ids": [1, 2, 3, 4, 5], "prefix_length": 2}])["labels"].tolist()
    [[-100, -100, 3, 4, 5]]
    """

    tokenizer: Any
    prefix: bool = False
    full_mask: bool = False
    pack_to: int | Literal["flat"] | None = None
    pad_to_multiple_of: int | None = None
    return_tensors: str = "pt"
    seed: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.full_mask and (not self.prefix or self.pack_to is not None):
            raise UsageError("full_mask=True is for prefixes of padded rows: set prefix=True, and leave pack_to")

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns."""
        given = columns.scalars.pop(LENGTH, None) if self.prefix else None
        addresses = self.row_ids(columns, columns.ids)
        unpadded(columns, -1)  # by the attention mask alone: an id that fills rows up may end texts, too
        ids = columns.ids
        for name in ("input_ids", "attention_mask", "labels", SENTENCES, *SPENT):
            columns.pop(name)
            columns.others.pop(name, None)
        lengths = self._prefixes(ids, addresses, given)
        labels = ids.values.astype(np.int64)
        labels[ragged(ids.offsets[:-1].astype(np.int64), lengths)] = IGNORE
        if self.pack_to is not None:
            return self._packed(columns, ids, labels)
        padding = self.padding(ids)
        made = {
            "input_ids": padding.pad(ids, self.vocabulary.pad),
            "attention_mask": padding.attention(ids.offsets),
            **padded(columns, padding, ids),
            "labels": padding.pad(Rows(labels, ids.offsets), IGNORE),
        }
        if not self.prefix:
            return made
        if self.full_mask:
            return {**made, "attention_mask": _full(made["attention_mask"], lengths, padding)}
        return {**made, "prefix_lengths": lengths}

    def _prefixes(self, ids: Rows, addresses: U64, given: Any) -> I64:
        """Return how long the prefix of each row is."""
        lengths = ids.lengths.astype(np.int64)
        if not self.prefix:
            return np.zeros_like(lengths)
        if given is None:
            four = draws(self.key(NODE), addresses, Purpose.LENGTH, np.zeros_like(lengths))
            return np.where(lengths > 1, 1 + below(four[:, 0], np.maximum(lengths - 1, 1)), 0)
        held: I64 = given.astype(np.int64)
        bad = np.flatnonzero((held < 0) | (held > lengths))
        if len(bad):
            row = bad[0]
            raise DataError(f"row {row}: {LENGTH} is {held[row]}, and the row has {lengths[row]} tokens")
        return held

    def _packed(self, columns: Columns, ids: Rows, labels: I64) -> dict[str, Any]:
        assert self.pack_to is not None
        bins = pack(ids, self.pack_to)
        labels[ids.offsets[:-1][ids.lengths > 0]] = IGNORE
        made = bins.columns(ids, ids.values, labels, self.vocabulary.pad, IGNORE)
        for name, rows in columns.lists.items():
            rows.check_like(ids, name)
            made[name] = bins.lay(rows.values, 0)
        return {**made, **columns.scalars, **columns.others}


def _full(valid: I64, lengths: I64, padding: Padding) -> Any:
    """Return who may attend to whom, in the form in which it is added to scores."""
    before = padding.width - valid.sum(axis=1) if padding.left else 0
    return attention.as_additive(attention.prefix(before + lengths, padding.width) & attention.bidirectional(valid))
