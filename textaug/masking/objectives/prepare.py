"""What the objectives share: rows without their padding, and the form of inputs that are not as long as the rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from textaug.errors import DataError
from textaug.masking.collator import SPENT, Collator, padded
from textaug.masking.features import Columns
from textaug.masking.layout import Padding
from textaug.masking.mask import IGNORE, flags
from textaug.masking.rows import Rows
from textaug.masking.sheet import NODE, Sheet
from textaug.masking.unpad import told_pad, unpadded

SENTENCES = "sentence_ids"
"""The column that says which tokens make a sentence."""

MADE = ("attention_mask", "token_type_ids")
"""What is made anew, or means nothing to models that are given a text and its corruption."""


def sheet_of(collator: Collator, columns: Columns) -> Sheet:
    """Take out of columns what says something of the tokens; what is left is passed on.

    Padding is taken off all columns, so that it has no say: rows may come padded, on either side.

    Raises:
        DataError: there are no ids, or a column does not fit to them.
    """
    unpadded(columns, told_pad(collator.tokenizer, collator.vocabulary))
    addresses = collator.row_ids(columns, columns.ids)
    special = columns.lists.get("special_tokens_mask")
    sheet = Sheet(
        columns.ids,
        collator.vocabulary,
        addresses,
        collator.key(NODE),
        None if special is None else flags(special, columns.ids),
        {name: rows for name, rows in columns.lists.items() if name not in ("input_ids", "attention_mask")},
        collator.clock.step,
    )
    for name in ("input_ids", "attention_mask", "labels", SENTENCES, *SPENT):
        columns.lists.pop(name, None)
        columns.others.pop(name, None)
    return sheet


def batch(collator: Collator, inputs: Rows, labels: Rows, columns: Columns, like: Rows, what: str) -> dict[str, Any]:
    """Pad inputs and labels, each to their own width, and pass the other columns on.

    Args:
        collator: whose padding it is.
        inputs: what the model is given.
        labels: what it is to give; padded with -100, on the right.
        columns: what is left of the features.
        like: the rows that the features had.
        what: the objective, for the error.

    Raises:
        DataError: a column has a value for each token, and these are no longer there.
    """
    for name in MADE:
        columns.pop(name)
    tied = [name for name, rows in columns.lists.items() if np.array_equal(rows.offsets, like.offsets)]
    if tied:
        raise DataError(
            f"'{tied[0]}' has a value for each token, and {what} takes tokens away; "
            f"leave it out: dataset.remove_columns('{tied[0]}')"
        )
    padding, behind = collator.padding(inputs), Padding.to_longest(labels, collator.pad_to_multiple_of)
    return {
        "input_ids": padding.pad(inputs, collator.vocabulary.pad),
        "attention_mask": padding.attention(inputs.offsets),
        "labels": behind.pad(labels, IGNORE),
        **padded(columns, padding, inputs),
    }
