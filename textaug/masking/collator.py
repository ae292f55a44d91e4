"""What all collators share: features read, rows addressed, the epoch kept, the batch given its form."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.draws import Address
from textaug.errors import UsageError
from textaug.masking.clock import Clock
from textaug.masking.features import Columns, read
from textaug.masking.layout import Padding, tensors
from textaug.masking.row_ids import ROW_ID, row_ids
from textaug.masking.rows import Rows
from textaug.masking.vocabulary import Vocabulary

ANNOTATIONS = ("word_ids", "entity_ids", "phrase_ids", "sentiment_ids", "pair_ids")
"""Columns that say what belongs together: for collators, and not for models."""

SPENT = ("special_tokens_mask", "offset_mapping", *ANNOTATIONS)


class Collator:
    """The base of collators: a subclass is a dataclass with these fields, and says what `collate` makes of columns.

    It holds no generator: what it draws depends on the seed, the epoch, the source and the row's id alone. The epoch
    and the step lie in memory that a loader's workers share.

    Attributes:
        tokenizer: of transformers or of the library `tokenizers`, or a `Vocabulary`.
        seed: of the draws; None is 0.
        source: the file or the part of a mixture that the rows come from: part of the address.
        return_tensors: "pt" or "np".
        pad_to_multiple_of: rounds the width of padded batches up.
        clock: the epoch and the step.
        vocabulary: what the tokenizer says of its ids.
    """

    tokenizer: Any
    seed: int | None
    source: str
    return_tensors: str
    pad_to_multiple_of: int | None

    def __post_init__(self) -> None:
        self.clock = Clock()
        self.vocabulary = Vocabulary.of(self.tokenizer)
        if self.return_tensors not in ("pt", "np"):
            raise UsageError(f"return_tensors={self.return_tensors!r}: give 'pt' or 'np'")

    def __call__(self, features: Any, return_tensors: str | None = None) -> Any:
        """Collate features.

        Args:
            features: a list of mappings with `input_ids`, of rows of ids, or of texts; a mapping of columns; a
                `pa.Table` or `pa.RecordBatch`; an array or tensor of two dimensions.
            return_tensors: instead of the collator's own.

        Returns:
            A mapping of tensors or arrays, ready for a model.
        """
        columns = read(features, self.tokenizer)
        return batch_of(tensors(self.collate(columns), return_tensors or self.return_tensors))

    def collate(self, columns: Columns) -> dict[str, Any]:
        """Make a batch of columns, which may be taken apart for it: arrays by name."""
        raise NotImplementedError

    def key(self, node: str) -> int:
        """Return the key of a node's draws, in the epoch that it is."""
        return Address(self.seed or 0, self.clock.epoch, source=self.source).key(node)

    def row_ids(self, columns: Columns, ids: Rows) -> npt.NDArray[np.uint64]:
        """Take the rows' ids out of the columns, or hash the rows."""
        given = columns.others.pop(ROW_ID, None)
        return row_ids(columns.pop(ROW_ID) if given is None else given, ids, self.vocabulary.pad)  # type: ignore[arg-type]

    def padding(self, rows: Rows) -> Padding:
        """Return how rows of the tokenizer are padded."""
        left = getattr(self.tokenizer, "padding_side", "right") == "left"
        return Padding.to_longest(rows, self.pad_to_multiple_of, left)

    def set_epoch(self, epoch: int) -> None:
        """Say which pass over the data it is: workers see it too. Loaders and trainers know this name."""
        self.clock.epoch = epoch

    def set_step(self, step: int) -> None:
        """Say which step it is, for schedules.

        Workers that load ahead see it when they collate: a few batches early. For a schedule that is the same whatever
        loads, set the step at the begin of an epoch only.
        """
        self.clock.step = step

    def state_dict(self) -> dict[str, int]:
        """Return what a run needs to go on with the same masks."""
        return {"seed": self.seed or 0, "epoch": self.clock.epoch, "step": self.clock.step}

    def load_state_dict(self, state: Mapping[str, int]) -> None:
        """Go on where `state_dict` was taken.

        Raises:
            UsageError: it was another seed's.
        """
        if state["seed"] != (self.seed or 0):
            raise UsageError(f"the state is of seed {state['seed']}, and this collator has seed {self.seed or 0}")
        self.clock.epoch, self.clock.step = state["epoch"], state["step"]


def padded(columns: Columns, padding: Padding, like: Rows, tokenizer: Any = None) -> dict[str, Any]:
    """Pad the columns that a batch passes on; those with a number for each token as the ids, others by themselves.

    They are filled up with 0, token types with what the tokenizer takes for them.
    """
    made: dict[str, Any] = {}
    for name, rows in columns.lists.items():
        same = np.array_equal(rows.offsets, like.offsets)
        fill = getattr(tokenizer, "pad_token_type_id", 0) if name == "token_type_ids" else 0
        made[name] = (padding if same else Padding.to_longest(rows)).pad(rows, fill)
    return {**made, **columns.scalars, **columns.others}


def batch_of(made: dict[str, Any]) -> Any:
    """Return a batch as transformers has them, which can be moved to a device, where transformers is in use."""
    if "transformers" in sys.modules:
        from transformers import BatchEncoding

        return BatchEncoding(made)
    return made
