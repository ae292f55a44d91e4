"""Span corruption (T5, UL2): spans of noise give way to sentinels, and the labels say what stood there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from textaug.draws import Draws, Purpose
from textaug.errors import DataError, UsageError
from textaug.kernels import masking
from textaug.kernels import spans as kernel
from textaug.kernels.reference.draws import I32
from textaug.kernels.reference.masking import I64
from textaug.masking.collator import Collator
from textaug.masking.features import Columns
from textaug.masking.objectives.denoisers import Denoiser
from textaug.masking.objectives.prepare import batch, sheet_of
from textaug.masking.rows import Rows
from textaug.masking.sheet import Sheet
from textaug.masking.units import shares
from textaug.masking.vocabulary import Vocabulary


@dataclass(frozen=True)
class SpanCorruption:
    """Which tokens are noise, and what inputs and labels come of it.

    Args:
        denoisers: the ways to choose noise; each row draws one of them.
        sentinels: the ids that stand for the first, second … span of a row.
        prefixes: the id that begins the inputs of each denoiser's rows; -1 is none.
        eos: the id that ends labels, and the inputs that do not end so; -1 is none.
        published: rows begin with kept tokens and end with noise, as in T5; see `DataCollatorForSpanCorruption`.
    """

    denoisers: tuple[Denoiser, ...]
    sentinels: tuple[int, ...]
    prefixes: tuple[int, ...]
    eos: int = -1
    published: bool = False

    def place(self, sheet: Sheet) -> tuple[I32, I32, I32, I64]:
        """Return the offsets of the rows' spans, where they begin and end, and what each row's inputs begin with.

        Raises:
            DataError: a row has less than two tokens that may be noise, or more spans than there are sentinels.
        """
        marks = masking.tokens(*sheet.known)
        tokens = masking.sizes(marks, sheet.ids.offsets)
        if len(tokens) and tokens.min() < 2:
            raise DataError(
                f"row {int(tokens.argmin())} has {int(tokens.min())} tokens that may be noise, and span corruption "
                "needs 2 to keep one of them; leave such rows out, or join rows before they are cut"
            )
        draws = Draws(sheet.key, sheet.row_ids).per_row(Purpose.SCHEME)
        limits = shares(tuple(one.weight for one in self.denoisers))[:-1]
        which = np.searchsorted(limits, draws[:, 0].astype(np.uint64), side="right")
        noise, spans = np.zeros_like(tokens), np.zeros_like(tokens)
        for k, one in enumerate(self.denoisers):
            mine = which == k
            noise[mine], spans[mine] = one.sizes(tokens[mine], None if self.published else draws[mine, 1])
        last = np.array([one.sequential or self.published for one in self.denoisers])[which]
        spans = np.minimum(spans, tokens - noise + np.where(last, 0, 1)).astype(np.int32)
        found = kernel.place(
            marks,
            sheet.ids.offsets,
            sheet.key,
            sheet.row_ids,
            (Purpose.LENGTH, Purpose.PLACE),
            noise,
            spans,
            last.astype(np.uint8),
        )
        self._check(np.diff(found[0]))
        return *found, np.array(self.prefixes, np.int64)[which]

    def corrupt(self, sheet: Sheet) -> tuple[Rows, Rows]:
        """Return inputs and labels."""
        offsets, start, end, prefix = self.place(sheet)
        ids, sentinels = sheet.ids.values.astype(np.int64, copy=False), np.array(self.sentinels, np.int64)
        made = kernel.fill(ids, sheet.ids.offsets, offsets, start, end, sentinels, prefix, self.eos)
        return Rows(made[0], made[1]), Rows(made[2], made[3])

    def _check(self, spans: I32) -> None:
        if len(spans) and spans.max() > len(self.sentinels):
            raise DataError(
                f"row {int(spans.argmax())} has {int(spans.max())} spans of noise for {len(self.sentinels)} sentinels; "
                "give more of them (sentinels=range(...)), a longer mean_noise_span_length, or shorter rows"
            )


def sentinels_of(tokenizer: Any, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the sentinels of a tokenizer in their order: `<extra_id_0>` and those that follow, or its own extra ones.

    Raises:
        UsageError: it has none.
    """
    id_of = {token: id for id, token in enumerate(vocabulary.tokens) if token}
    found: list[int] = []
    while (token := f"<extra_id_{len(found)}>") in id_of:
        found.append(id_of[token])
    if not found:
        extra = getattr(tokenizer, "extra_special_tokens", None) or getattr(
            tokenizer, "additional_special_tokens", None
        )
        found = [id_of[str(token)] for token in extra or () if str(token) in id_of]
    if not found:
        raise UsageError(
            "the tokenizer has no sentinels, neither <extra_id_0> and so on nor extra special tokens; name ids, in "
            "their order: sentinels=range(vocab_size - 1, vocab_size - 101, -1) are the last hundred"
        )
    return tuple(found)


@dataclass
class DataCollatorForSpanCorruption(Collator):
    """Take spans of noise out of rows: T5's objective, or a mixture of several (`ul2()`).

    The spans of a row are cut and placed by its address: seed, epoch and row id. Every way to cut the noise into spans
    is as likely, and so is every choice of the gaps between kept tokens that they go into, the row's ends too. T5
    itself lets rows begin with kept text and end with noise, so that the last tokens are noise in every epoch, and in
    rows of 30 tokens and less, which have one span, no others ever are: `published=True` does so. Both have the same
    lengths. Special tokens are never noise; one inside a span parts it in two.

    Args:
        tokenizer: of transformers or of the library `tokenizers`.
        noise_density: the share of tokens that are noise.
        mean_noise_span_length: the noise over this is the number of spans.
        denoisers: instead of both: several ways to choose noise, of which each row draws one.
        sentinels: the ids that stand for the first, second … span; None: `<extra_id_0>` and those that follow, else
            the tokenizer's extra special tokens.
        eos_token_id: ends labels, and the inputs that do not end so; None: the tokenizer's; -1: nothing does.
        published: rows begin with kept text and end with noise.
        pad_to_multiple_of: rounds the widths of the batch up.
        return_tensors: "pt" or "np".
        seed: any integer; None is 0.
        source: the file or data set that the rows come from: part of the address of draws.

    Returns:
        When called, a mapping: `input_ids`, `attention_mask`, `labels` (int64; -100 behind the end), each padded to its
        own width, and the columns that do not have a value for each token.

    Raises:
        UsageError: an argument is wrong, or the tokenizer lacks a token that is needed.
        DataError: when called: a row is too short, or has more spans than there are sentinels.

    Source:
        Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer" (JMLR 2020);
        Tay et al., "UL2" (2022).

    >>> from textaug.masking import Vocabulary
    >>> tokenizer = Vocabulary(("<pad>", "</s>", *"abcdefgh", "<extra_id_0>"), (0, 1, 10), mask=-1, pad=0)
    >>> collate = DataCollatorForSpanCorruption(tokenizer, eos_token_id=1, return_tensors="np")
    >>> batch = collate([{"input_ids": [2, 3, 4, 5, 6, 7, 8, 9, 1], "row_id": 7}])
    >>> batch["input_ids"].tolist(), batch["labels"].tolist()
    ([[2, 10, 4, 5, 6, 7, 8, 9, 1]], [[10, 3, 1]])
    """

    tokenizer: Any
    noise_density: float = 0.15
    mean_noise_span_length: float = 3.0
    denoisers: Sequence[Denoiser] | None = None
    sentinels: Sequence[int] | None = None
    eos_token_id: int | None = None
    published: bool = False
    pad_to_multiple_of: int | None = None
    return_tensors: str = "pt"
    seed: int | None = None
    source: str = ""
    corruption: SpanCorruption = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        denoisers = tuple(self.denoisers or (Denoiser(self.noise_density, self.mean_noise_span_length),))
        sentinels = sentinels_of(self.tokenizer, self.vocabulary) if self.sentinels is None else tuple(self.sentinels)
        eos = getattr(self.tokenizer, "eos_token_id", None) if self.eos_token_id is None else self.eos_token_id
        prefixes = tuple(-1 if one.prefix is None else self._id(one.prefix) for one in denoisers)
        self.corruption = SpanCorruption(denoisers, sentinels, prefixes, -1 if eos is None else eos, self.published)

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns."""
        sheet = sheet_of(self, columns)
        inputs, labels = self.corruption.corrupt(sheet)
        return batch(self, inputs, labels, columns, sheet.ids, "span corruption")

    def _id(self, token: str | int) -> int:
        if isinstance(token, int):
            return token
        if token not in self.vocabulary.tokens:
            raise UsageError(
                f"the tokenizer has no token '{token}', which a denoiser's rows begin with; add it "
                f"(tokenizer.add_special_tokens), give its id, or do without: ul2(prefixes=False)"
            )
        return self.vocabulary.tokens.index(token)
