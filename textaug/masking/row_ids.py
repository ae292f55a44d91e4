"""Row ids for data sets: so that a mask belongs to a row, whichever worker, batch or order it comes in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.draws import row_id
from textaug.errors import DataError, UsageError
from textaug.kernels import masking as kernel
from textaug.kernels.reference.draws import U64
from textaug.masking.rows import Rows

ROW_ID = "row_id"


def keyed(dataset: Any) -> Any:
    """Give every row of a data set its number, as a feature `row_id` that collators take for the address of its draws.

    Without it they take a hash of the row's ids, which is as reproducible, but gives equal rows equal masks.
    In a `Trainer`, set `remove_unused_columns=False`: else it drops the number before the collator sees it.
    Number the rows first, then shuffle, split or select. In an iterable data set the number tells the shard, and the
    place in it, so that it does not depend on who reads which shard.

    Args:
        dataset: a `datasets.Dataset`, `IterableDataset` or a dictionary of them; a list of mappings, or a map-style
            data set of torch.

    Returns:
        The data set, of the same kind, with the feature.

    Raises:
        UsageError: it has the feature already; or its rows cannot be told apart by a number: an iterable data set of
            torch.

    >>> keyed([{"input_ids": [5, 6]}, {"input_ids": [7]}])[1]
    {'input_ids': [7], 'row_id': 1}
    """
    held = sys.modules.get("datasets")  # who gives one of its data sets has imported it
    if held is not None and isinstance(dataset, held.DatasetDict | held.IterableDatasetDict):
        return type(dataset)({name: keyed(split) for name, split in dataset.items()})
    if ROW_ID in (getattr(dataset, "column_names", None) or ()):
        raise UsageError(
            f"the data set has a column '{ROW_ID}' already, which collators take; rename it, or leave it so"
        )
    if held is not None and isinstance(dataset, held.Dataset):
        return _numbered(dataset)
    if held is not None and isinstance(dataset, held.IterableDataset):
        return _numbered_by_shard(dataset)
    torch = sys.modules.get("torch.utils.data")
    if hasattr(dataset, "__len__") and not (torch is not None and isinstance(dataset, torch.IterableDataset)):
        return Keyed(dataset)
    raise UsageError(
        f"rows of a {type(dataset).__name__} have no number that all workers agree on; "
        f"put a feature '{ROW_ID}' into the rows where they are made, or leave it: collators then hash the rows"
    )


def _numbered(dataset: Any) -> Any:
    """Number the rows of a `datasets.Dataset`, in whatever format."""
    format = dataset.format
    made = dataset.with_format(None).add_column(ROW_ID, np.arange(len(dataset), dtype=np.int64))
    names = [*format["columns"], ROW_ID]
    every = format["output_all_columns"]
    return made.with_format(format["type"], names, output_all_columns=every, **format["format_kwargs"])


def _numbered_by_shard(dataset: Any) -> Any:
    """Number the rows of a `datasets.IterableDataset` in each shard; the shard's own number stands above 40 bits."""
    from datasets import Features, Value, concatenate_datasets

    format = getattr(dataset._formatting, "format_type", None)
    count, plain = dataset._ex_iterable.num_shards, dataset.with_format(None)
    if count > 1:
        plain = plain._resolve_features()  # once, and not for every shard
    features = plain.features and Features({**plain.features, ROW_ID: Value("int64")})
    shards = [plain.shard(num_shards=count, index=k) for k in range(count)] if count > 1 else [plain]
    made = [shard.map(_Numbered(k << 40), with_indices=True, features=features) for k, shard in enumerate(shards)]
    return (concatenate_datasets(made) if count > 1 else made[0]).with_format(format)


class _Numbered:
    def __init__(self, first: int) -> None:
        self.first = first

    def __call__(self, row: dict[str, Any], index: int) -> dict[str, Any]:
        return {ROW_ID: self.first + index}


class Keyed:
    """A data set of mappings with their numbers."""

    def __init__(self, dataset: Any) -> None:
        self.dataset = dataset

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: int) -> dict[str, Any]:
        index = range(len(self))[index]
        return _with_number(self.dataset[index], index)

    def __getitems__(self, indices: Sequence[int]) -> list[dict[str, Any]]:
        """Return several rows, in one go where the data set has a way."""
        many = getattr(self.dataset, "__getitems__", None)
        rows = many(indices) if many else [self.dataset[index] for index in indices]
        return [_with_number(row, int(index)) for row, index in zip(rows, indices, strict=True)]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(len(self)))


def _with_number(row: Any, index: int) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise DataError(
            f"row {index} is a {type(row).__name__}, and a number can be put into a mapping only; "
            "let the data set return mappings such as {'input_ids': ...}"
        )
    return {**row, ROW_ID: index}


def row_ids(given: npt.NDArray[Any] | Sequence[int | str] | None, ids: Rows, pad: int) -> U64:
    """Return the address of each row: the user's, or a hash of its ids in which padding does not count."""
    if given is None:
        return kernel.hashes(ids.values, ids.offsets, pad)
    if len(given) != len(ids):
        raise DataError(f"there are {len(given)} ids for {len(ids)} rows; give each row one")
    return addresses(given)


def addresses(given: npt.NDArray[Any] | Sequence[int | str]) -> U64:
    """Return the addresses of the user's ids: integers as they are, strings hashed."""
    if isinstance(given, np.ndarray) and given.dtype.kind in "iu":
        return given.astype(np.uint64)
    return np.array([row_id(one) for one in given], np.uint64)
