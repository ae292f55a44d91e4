"""The collator of sentence order prediction and sentence reordering: both need nothing but the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from textaug.kernels.reference.draws import U64
from textaug.masking.collator import SPENT, Collator, padded
from textaug.masking.collators import DataCollatorForLanguageModeling
from textaug.masking.features import Columns
from textaug.masking.mask import Masking
from textaug.masking.objectives import corpus
from textaug.masking.objectives.pairs import LABELS, NODE, Objective, around_text, check, ordered, special_ids
from textaug.masking.objectives.paragraphs import NESTED, Paragraphs, ends_by_number, nested, numbered
from textaug.masking.objectives.prepare import SENTENCES, sheet_of
from textaug.masking.objectives.sentences import ends_of, stops_of
from textaug.masking.row_ids import ROW_ID
from textaug.masking.rows import Rows

MADE = ("token_type_ids", "special_tokens_mask", "attention_mask")


@dataclass
class DataCollatorForSentencePairs(Collator):
    """Cut each row into segments, put them into an order that is to be told, and mask the result if asked.

    What becomes of a row depends on the seed, the epoch and the row's id alone. Pairs with a segment of another
    document (next sentence prediction) are made of a whole corpus by `pairs`: a collator has only its batch to draw
    from, and so what a row becomes would depend on the rows beside it.

    Args:
        tokenizer: of transformers or of the library `tokenizers`; it names the tokens around segments.
        objective: "order": two segments, swapped or not (ALBERT); the label of a row of one sentence is -100.
            "reorder": 1 to `max_segments` segments, permuted (ERNIE 2.0), with `classes(max_segments)` labels.
        max_length: the most tokens of a row. Too long ones lose tokens of their longest segment, from either end.
        max_segments: the most segments, with "reorder".
        masking: units × budget × corruption, run over the rows that were made; None masks nothing.
        sentence_ends: the ids that end sentences, where no column `sentence_ids` tells them; None: full stops.
        pad_to_multiple_of: rounds the width of the batch up.
        return_tensors: "pt" or "np".
        seed: any integer; None is 0.
        source: the file or data set that the rows come from: part of the address of draws.

    Features have `input_ids`, with or without the tokens around them, and may have `sentence_ids` and units
    (`annotate(..., sentences=True)` makes both); or `sentences`: lists of sentences of ids.

    Returns:
        When called, a mapping: `input_ids`, `attention_mask`, `token_type_ids` (int64, shape (rows, width); segments
        have 0 and 1 in turn), `sentence_order_label` (int64, shape (rows,)), with masking `labels`, and every other
        column; units are moved along with their tokens.

    Raises:
        UsageError: an argument is wrong, or the tokenizer lacks a token.

    Source: Lan et al., "ALBERT" (ICLR 2020); Sun et al., "ERNIE 2.0" (AAAI 2020).

    >>> from textaug.masking import Vocabulary
    >>> tokenizer = Vocabulary(("[PAD]", "[CLS]", "[SEP]", "."), (0, 1, 2), mask=-1, pad=0)
    >>> collate = DataCollatorForSentencePairs(tokenizer, return_tensors="np")
    >>> batch = collate([{"sentences": [[5, 6], [7, 8, 9]]}, {"sentences": [[5], [6]]}])
    >>> batch["input_ids"].tolist(), batch["sentence_order_label"].tolist()
    ([[1, 7, 8, 9, 2, 5, 6, 2], [1, 5, 2, 6, 2, 0, 0, 0]], [1, 0])
    """

    tokenizer: Any
    objective: Objective = "order"
    max_length: int = 512
    max_segments: int = 3
    masking: Masking | None = None
    sentence_ends: Sequence[int] | None = None
    pad_to_multiple_of: int | None = None
    return_tensors: str = "pt"
    seed: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        check(self.objective, self.max_length, self.max_segments, ("order", "reorder"))
        self._around, self._dropped = special_ids(self.tokenizer), np.array(sorted(around_text(self.tokenizer)))
        self._stops = stops_of(self.vocabulary, self.sentence_ends)
        self._masker = None
        if self.masking is not None:
            self._masker = DataCollatorForLanguageModeling(
                self.tokenizer,
                masking=self.masking,
                pad_to_multiple_of=self.pad_to_multiple_of,
                return_tensors=self.return_tensors,
                seed=self.seed,
                source=self.source,
            )
            self._masker.clock = self.clock

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns."""
        held, addresses = self._nested(columns) if NESTED in columns.others else self._flat(columns)
        sides = held.sentences, held.documents[:-1], held.documents[1:]
        rows, label = ordered(self.key(NODE), addresses, *sides, self.objective, self.max_length, self.max_segments)
        for name, values in held.laid(rows, *self._around).items():
            columns.lists[name] = Rows(values.astype(np.int64), rows.offsets)
        columns.scalars[LABELS[self.objective]] = label
        if self._masker is not None:
            columns.scalars[ROW_ID] = addresses
            return self._masker.collate(columns)
        for name in SPENT:
            columns.pop(name)
        ids = columns.lists.pop("input_ids")
        padding = self.padding(ids)
        made = {"input_ids": padding.pad(ids, self.vocabulary.pad), "attention_mask": padding.attention(rows.offsets)}
        return {**made, **padded(columns, padding, ids)}

    def _nested(self, columns: Columns) -> tuple[Paragraphs, U64]:
        """Take lists of sentences out of the columns."""
        held = nested(corpus.read(columns.others.pop(NESTED), NESTED, 2))
        ids = Rows(held.ids.astype(np.int64), held.sentences[held.documents].astype(np.int32))
        return held, self.row_ids(columns, ids)

    def _flat(self, columns: Columns) -> tuple[Paragraphs, U64]:
        """Take rows of ids out of the columns, and what numbers their tokens."""
        sheet = sheet_of(self, columns)
        offsets = sheet.ids.offsets.astype(np.int64)
        tied = {name: rows.values for name, rows in sheet.columns.items() if np.array_equal(rows.offsets, offsets)}
        ends = ends_by_number(tied[SENTENCES], offsets) if SENTENCES in tied else ends_of(sheet, self._stops) != 0
        units = {name: numbers for name, numbers in tied.items() if name not in (SENTENCES, "labels", "token_type_ids")}
        keep = ~np.isin(sheet.ids.values, self._dropped)
        for name in MADE:
            columns.pop(name)
        return numbered(sheet.ids.values, offsets, ends, keep, units), sheet.row_ids
