"""Rows that come padded: the padding is taken off, so that it has no say."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.masking.features import Columns
from textaug.masking.rows import Rows
from textaug.masking.vocabulary import Vocabulary


def told_pad(tokenizer: Any, vocabulary: Vocabulary) -> int:
    """Return the id of padding where it is told from all other tokens by its id alone, else -1."""
    others = (getattr(tokenizer, f"{name}_token_id", None) for name in ("eos", "bos"))
    return vocabulary.pad if vocabulary.pad in vocabulary.special and vocabulary.pad not in others else -1


def begins_padded(ids: Rows, pad: int) -> bool:
    """Say whether a row begins with padding."""
    return bool((ids.values[ids.offsets[:-1][ids.lengths > 0]] == pad).any())


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
