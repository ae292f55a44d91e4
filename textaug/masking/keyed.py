"""Row ids for data sets: so that a mask belongs to a row, whichever worker, batch or order it comes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.draws import row_id
from textaug.errors import UsageError
from textaug.kernels import masking as kernel
from textaug.kernels.reference.draws import U64
from textaug.masking.rows import Rows

ROW_ID = "row_id"


def keyed(dataset: Any, column: str = ROW_ID) -> Any:
    """Give every row of a data set its number, as a feature that collators take for the address of its draws.

    Without it they take a hash of the row's ids, which is as reproducible, but gives equal rows equal masks.
    In a `Trainer`, set `remove_unused_columns=False`: else it drops the number before the collator sees it.

    Args:
        dataset: a `datasets.Dataset` or `IterableDataset`, or any data set of mappings that has a length.
        column: the name of the feature.

    Returns:
        The data set, of the same kind, with the feature.

    Raises:
        UsageError: its rows cannot be told apart by a number: an iterable one that is not of `datasets`.

    >>> keyed([{"input_ids": [5, 6]}, {"input_ids": [7]}])[1]
    {'input_ids': [7], 'row_id': 1}
    """
    if hasattr(dataset, "add_column"):
        format = dataset.format
        made = dataset.with_format(None).add_column(column, np.arange(len(dataset), dtype=np.int64))
        columns = format["columns"]
        if columns is not None and len(columns) < len(dataset.column_names):
            return made.with_format(format["type"], columns=[*columns, column], **format["format_kwargs"])
        return made.with_format(format["type"], **format["format_kwargs"])
    if hasattr(dataset, "map") and hasattr(dataset, "_ex_iterable"):  # datasets.IterableDataset
        return dataset.map(_Numbered(column), with_indices=True)
    if hasattr(dataset, "__getitem__") and hasattr(dataset, "__len__"):
        return Keyed(dataset, column)
    raise UsageError(
        f"rows of a {type(dataset).__name__} have no number that all workers agree on; "
        f"put a feature '{column}' into the rows where they are made"
    )


class _Numbered:
    def __init__(self, column: str) -> None:
        self.column = column

    def __call__(self, row: dict[str, Any], index: int) -> dict[str, Any]:
        return {self.column: index}


class Keyed:
    """A data set of mappings with their numbers."""

    def __init__(self, dataset: Any, column: str = ROW_ID) -> None:
        self.dataset, self.column = dataset, column

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: int) -> dict[str, Any]:
        index = range(len(self))[index]
        return {**self.dataset[index], self.column: index}

    def __getitems__(self, indices: Sequence[int]) -> list[dict[str, Any]]:
        """Return several rows, in one go where the data set has a way."""
        many = getattr(self.dataset, "__getitems__", None)
        rows = many(indices) if many else [self.dataset[index] for index in indices]
        return [{**row, self.column: int(index)} for row, index in zip(rows, indices, strict=True)]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(len(self)))


def row_ids(given: npt.NDArray[Any] | Sequence[int | str] | None, ids: Rows, pad: int) -> U64:
    """Return the address of each row: the user's, or a hash of its ids in which padding does not count."""
    if given is None:
        return kernel.hashes(ids.values, ids.offsets, pad)
    if isinstance(given, np.ndarray) and given.dtype.kind in "iu":
        return given.astype(np.uint64)
    return np.array([row_id(one) for one in given], np.uint64)
