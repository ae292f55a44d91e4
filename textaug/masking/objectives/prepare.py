"""What the objectives share: rows without their padding, and the form of inputs that are not as long as the rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError
from textaug.masking.collator import SPENT, Collator, padded
from textaug.masking.features import Columns
from textaug.masking.layout import Padding
from textaug.masking.mask import IGNORE, flags
from textaug.masking.rows import Rows
from textaug.masking.sheet import NODE, Sheet

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
    addresses = collator.row_ids(columns, columns.ids)
    eos, bos = (getattr(collator.tokenizer, f"{name}_token_id", None) for name in ("eos", "bos"))
    unpadded(columns, collator.vocabulary.pad if _is_told(collator, eos, bos) else -1)
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


def _is_told(collator: Collator, *others: int | None) -> bool:
    """Say whether the padding is told from all other tokens by its id alone."""
    return collator.vocabulary.pad in collator.vocabulary.special and collator.vocabulary.pad not in others


def unpadded(columns: Columns, pad: int) -> None:
    """Take the padding off columns: what their attention mask leaves out, else `pad` at either end of the ids.

    >>> columns = Columns(1, {"input_ids": Rows.of([[0, 5, 0, 6, 0]]), "word_ids": Rows.of([[-1, 0, 0, 1, -1]])})
    >>> unpadded(columns, 0)
    >>> [rows.lists() for rows in columns.lists.values()]
    [[[5, 0, 6]], [[0, 0, 1]]]
    """
    ids = columns.ids
    keep = _attended(columns.lists["attention_mask"], ids) if "attention_mask" in columns.lists else _inside(ids, pad)
    if keep is None:
        return
    offsets = np.concatenate([[0], np.cumsum(keep)])[ids.offsets].astype(np.int32)
    for name, rows in columns.lists.items():
        if np.array_equal(rows.offsets, ids.offsets):
            columns.lists[name] = Rows(rows.values[keep], offsets)


def _attended(attention: Rows, ids: Rows) -> npt.NDArray[np.bool_] | None:
    attention.check_like(ids, "attention_mask")
    keep: npt.NDArray[np.bool_] = attention.values != 0
    return None if keep.all() else keep


def _inside(ids: Rows, pad: int) -> npt.NDArray[np.bool_] | None:
    """Say of each token whether another one than padding stands both before and behind it, or it is such a one."""
    some = ids.offsets[:-1][ids.lengths > 0]
    last = ids.offsets[1:][ids.lengths > 0] - 1
    if not ((ids.values[some] == pad) | (ids.values[last] == pad)).any():
        return None
    keep = np.zeros(len(ids.values), bool)
    for first, end in zip(ids.offsets[:-1].tolist(), ids.offsets[1:].tolist(), strict=True):
        tokens = np.flatnonzero(ids.values[first:end] != pad)
        if len(tokens):
            keep[first + tokens[0] : first + tokens[-1] + 1] = True
    return keep


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
