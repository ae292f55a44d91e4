"""Collators for masked language modelling: one class, and a name for each kind of units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from textaug.errors import UsageError
from textaug.kernels.reference.masking import I64
from textaug.masking.boundary import boundaries
from textaug.masking.budget import Bernoulli, Budget, Exact, Rate
from textaug.masking.collator import SPENT, Collator, padded
from textaug.masking.corruption import Replace, Writes
from textaug.masking.features import Columns
from textaug.masking.layout import Padding
from textaug.masking.mask import IGNORE, Masking, flags, written
from textaug.masking.pack import Packed, pack
from textaug.masking.rows import Rows
from textaug.masking.sheet import NODE, Sheet
from textaug.masking.units import Entities, Phrases, Sentiment, Spans, Tokens, Units, Words
from textaug.masking.unpad import begins_padded, told_pad, unpadded


@dataclass
class DataCollatorForLanguageModeling(Collator):
    """Pad rows and mask tokens: in the place of the collator of the same name in transformers.

    The mask of a row depends on the seed, the epoch and the row's id (`textaug.keyed`), else a hash of its ids, and on
    nothing else: not on the batch it comes in, its order or padding, the worker, or the rank.

    Args:
        tokenizer: of transformers or of the library `tokenizers`.
        mlm: whether tokens are masked; else the labels are the ids themselves, padding ignored.
        whole_word_mask: whether words are masked as a whole.
        mlm_probability: how much is masked: a share, or a schedule (`Linear`, `Cosine`).
        mask_replace_prob: the share of what is selected that becomes the mask token.
        random_replace_prob: the share that becomes a random token; the rest stays as it is.
        pad_to_multiple_of: rounds the width of the batch up.
        return_tensors: "pt" or "np".
        seed: any integer; None is 0.
        masking: units × budget × corruption, or a preset, instead of all of the above.
        pack_to: lays rows end to end into bins of so many tokens instead of padding each, or "flat": all in one row;
            with `position_ids` and `cu_seqlens`, and the same masks as unpacked.
        source: the file or data set that the rows come from: part of the address of draws.

    Returns:
        When called, a mapping: `input_ids`, `labels`, `attention_mask` (int64, shape (rows, width)), and every other
        column of the features, padded.

    Raises:
        UsageError: an argument is wrong, or the tokenizer has no mask token.

    Source:
        Devlin et al., "BERT" (2019); Liu et al., "RoBERTa" (2019).

    >>> from textaug.masking import Vocabulary
    >>> tokenizer = Vocabulary(("[PAD]", "[MASK]", "a", "b", "c"), (0, 1), mask=1, pad=0)
    >>> collate = DataCollatorForLanguageModeling(tokenizer, mlm_probability=0.5, return_tensors="np", seed=3)
    >>> batch = collate([{"input_ids": [2, 3, 4]}, {"input_ids": [4]}])
    >>> batch["input_ids"].shape, batch["attention_mask"].tolist()
    ((2, 3), [[1, 1, 1], [1, 0, 0]])
    """

    units: ClassVar[Units] = Tokens()
    exact: ClassVar[bool] = False

    tokenizer: Any
    mlm: bool = True
    whole_word_mask: bool = False
    mlm_probability: Rate = 0.15
    mask_replace_prob: float = 0.8
    random_replace_prob: float = 0.1
    pad_to_multiple_of: int | None = None
    return_tensors: str = "pt"
    seed: int | None = None
    masking: Masking | None = None
    pack_to: int | Literal["flat"] | None = None
    source: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.whole_word_mask and not self.mlm:
            raise UsageError("whole_word_mask=True masks words, and mlm=False masks nothing; set one of them only")
        if self.masking is None:
            units = Words() if self.whole_word_mask else self.units
            budget: Budget = Exact(self.mlm_probability) if self.exact else Bernoulli(self.mlm_probability)
            self.masking = Masking(units, budget, Replace(self.mask_replace_prob, self.random_replace_prob))
        if self.mlm and getattr(self.masking.corruption, "mask", True):
            self.vocabulary.needs_mask()

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns."""
        padding, pad = self.padding(columns.ids), told_pad(self.tokenizer, self.vocabulary)
        if begins_padded(columns.ids, pad):  # places count from the first token; the layout stays
            padding = Padding(padding.width, left=True)
            unpadded(columns, pad)
        ids = columns.ids
        addresses = self.row_ids(columns, ids)
        sheet = self._sheet(columns, ids, addresses)
        writes = self.masking.writes(sheet) if self.mlm and self.masking else None
        for name in SPENT:
            columns.pop(name)
            columns.others.pop(name, None)
        columns.pop("labels")
        columns.others.pop("labels", None)
        if self.pack_to is not None:
            return self._packed(columns, ids, writes, pack(ids, self.pack_to))
        return self._padded(columns, ids, writes, padding)

    def _sheet(self, columns: Columns, ids: Rows, addresses: Any) -> Sheet:
        special = columns.lists.get("special_tokens_mask")
        return Sheet(
            ids,
            self.vocabulary,
            addresses,
            self.key(NODE),
            None if special is None else flags(special, ids),
            {name: rows for name, rows in columns.lists.items() if name not in ("input_ids", "attention_mask")},
            self.clock.step,
        )

    def _padded(self, columns: Columns, ids: Rows, writes: Writes | None, padding: Padding) -> dict[str, Any]:
        del columns.lists["input_ids"]
        others = padded(columns, padding, ids, self.tokenizer)
        if "attention_mask" not in others:
            others["attention_mask"] = padding.attention(ids.offsets)
        if writes is None:
            new = padding.pad(ids, self.vocabulary.pad)
            labels = np.where(others["attention_mask"] != 0, new, IGNORE)
        else:
            written_over = writes.offsets, writes.at, writes.token
            new, labels = padding.write(ids, self.vocabulary.pad, written_over, IGNORE)
        return {"input_ids": new, **others, "labels": labels, **self.extras(ids, writes, padding)}

    def extras(self, ids: Rows, writes: Writes | None, padding: Padding) -> dict[str, Any]:
        """Return what else the objective needs: arrays by name."""
        return {}

    def _packed(self, columns: Columns, ids: Rows, writes: Writes | None, bins: Packed) -> dict[str, Any]:
        new, labels = _causal(ids) if writes is None else written(ids, writes)
        made = bins.columns(ids, new, labels, self.vocabulary.pad, IGNORE)
        del columns.lists["input_ids"]
        columns.lists.pop("attention_mask", None)
        for name, rows in columns.lists.items():
            rows.check_like(ids, name)
            made[name] = bins.lay(rows.values, 0)
        return {**made, **columns.scalars, **columns.others}


@dataclass
class DataCollatorForWholeWordMask(DataCollatorForLanguageModeling):
    """Mask whole words, as many as make an exact share of each row: `Words()`, `Exact(mlm_probability)`.

    Words come from a column `word_ids` where the features have it, else from the vocabulary's marks (WordPiece,
    byte-level, Metaspace); Chinese ones are cut as jieba cuts them. See `DataCollatorForLanguageModeling` for the
    arguments.

    Source:
        Cui et al., "Pre-Training with Whole Word Masking for Chinese BERT" (2019); NEZHA (Wei et al. 2019).
    """

    units: ClassVar[Units] = Words()
    exact: ClassVar[bool] = True


@dataclass
class DataCollatorForEntityMask(DataCollatorForLanguageModeling):
    """Mask entities and other words as a whole: `Entities()`, by a column `entity_ids`; see `textaug.masking.annotate`.

    Source:
        Sun et al., "ERNIE: Enhanced Representation through Knowledge Integration" (2019).
    """

    units: ClassVar[Units] = Entities()
    exact: ClassVar[bool] = True


@dataclass
class DataCollatorForPhraseMask(DataCollatorForLanguageModeling):
    """Mask phrases and other words as a whole: `Phrases()`, by a column `phrase_ids`; see `textaug.masking.annotate`.

    Source:
        Sun et al. 2019; Levine et al., "PMI-Masking" (ICLR 2021).
    """

    units: ClassVar[Units] = Phrases()
    exact: ClassVar[bool] = True


@dataclass
class DataCollatorForSpanMask(DataCollatorForLanguageModeling):
    """Mask spans of whole words with geometric lengths: `Spans()`; with SpanBERT's boundary objective if asked.

    Args:
        boundary: also give `span_left`, `span_right` and `span_position` (int64, as the ids): for every masked token
            the place of the tokens before and after its span, and its own number in it from 1 on; 0 elsewhere.

    Source:
        Joshi et al., "SpanBERT" (TACL 2020).
    """

    units: ClassVar[Units] = Spans()
    exact: ClassVar[bool] = True

    boundary: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.boundary and self.pack_to is not None:
            raise UsageError("boundary=True gives places in padded rows, and pack_to packs them; set one of them only")

    def extras(self, ids: Rows, writes: Writes | None, padding: Padding) -> dict[str, Any]:
        """Return the targets of the boundary objective."""
        return boundaries(ids, writes, padding) if self.boundary and writes is not None else {}


@dataclass
class DataCollatorForSentimentMask(DataCollatorForLanguageModeling):
    """Mask pairs of aspect and sentiment word first, then sentiment words, then other tokens: `Sentiment()`.

    Source:
        Tian et al., "SKEP" (ACL 2020).
    """

    units: ClassVar[Units] = Sentiment()
    exact: ClassVar[bool] = True


def _causal(ids: Rows) -> tuple[I64, I64]:
    """Return ids and the labels of a causal model, which must not learn a row's first token from the row before."""
    new = ids.values.astype(np.int64)
    labels = new.copy()
    labels[ids.offsets[:-1][ids.lengths > 0]] = IGNORE
    return new, labels
