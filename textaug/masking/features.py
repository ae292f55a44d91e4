"""What a collator is given: features in whatever form, read into columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError, UsageError
from textaug.masking.rows import Rows


@dataclass(slots=True)
class Columns:
    """Features, column by column.

    Attributes:
        rows: how many there are.
        lists: the columns with a row of numbers for each feature.
        scalars: the columns with one number for each.
        others: all the rest, as lists.
    """

    rows: int
    lists: dict[str, Rows] = field(default_factory=dict)
    scalars: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    others: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def ids(self) -> Rows:
        """The token ids.

        Raises:
            DataError: there are none, or they are no integers.
        """
        held = [*self.lists, *self.scalars, *self.others]
        if "input_ids" not in held:
            names = ", ".join(held) or "nothing"
            raise DataError(f"the features have no 'input_ids', but {names}; tokenise the data set first")
        if "input_ids" not in self.lists:
            first = (self.scalars if "input_ids" in self.scalars else self.others)["input_ids"][0]
            raise DataError(f"'input_ids' has {first!r} in row 0; it takes a row of integers there")
        if self.lists["input_ids"].values.dtype.kind == "f":
            raise DataError("'input_ids' are floating-point numbers; ids are integers")
        return self.lists["input_ids"]

    def pop(self, name: str) -> Rows | npt.NDArray[Any] | None:
        """Take a column of numbers out; None where there is none."""
        return self.lists.pop(name, None) if name in self.lists else self.scalars.pop(name, None)


def read(features: Any, tokenizer: Any = None) -> Columns:
    """Read features.

    Args:
        features: a sequence of mappings, of rows of ids or of texts; a mapping of columns; a `pa.Table` or
            `pa.RecordBatch`, a data frame of pandas or polars; an array or tensor of ids of two dimensions.
        tokenizer: cuts texts into tokens, where texts are given.

    Raises:
        DataError: the features make no columns: none at all, or some that lack what others have.
        UsageError: texts are given, and no tokenizer that can be called.

    >>> columns = read([{"input_ids": [5, 6], "label": 1}, {"input_ids": [7], "label": 0}])
    >>> columns.ids.lists(), columns.scalars["label"].tolist()
    ([[5, 6], [7]], [1, 0])
    """
    if isinstance(features, Mapping):
        return _columns(dict(features))
    if hasattr(features, "to_arrow"):  # polars
        features = features.to_arrow()
    if hasattr(features, "column_names") and hasattr(features, "column"):
        return _columns({name: features.column(name) for name in features.column_names})
    if hasattr(features, "columns") and hasattr(features, "iloc"):  # pandas
        return _columns({str(name): list(features[name]) for name in features.columns})
    if hasattr(features, "shape") and getattr(features, "ndim", 0) == 2:
        return _columns({"input_ids": features})
    features = list(features)
    if not features:
        raise DataError("there are no features; a batch has one row at least")
    first = features[0]
    if isinstance(first, str):
        return read_texts(features, tokenizer)
    if isinstance(first, Mapping):
        return _columns(_turned(features))
    return _columns({"input_ids": features})


def read_texts(texts: Sequence[str], tokenizer: Any) -> Columns:
    """Tokenise texts, with the tokens that the tokenizer puts around them."""
    if hasattr(tokenizer, "encode_batch"):  # of the library `tokenizers`
        return _columns({"input_ids": [one.ids for one in tokenizer.encode_batch(list(texts))]})
    if not callable(tokenizer):
        raise UsageError("texts were given, and no tokenizer that takes them; tokenise them first")
    limit = getattr(tokenizer, "model_max_length", None)
    return _columns(dict(tokenizer(list(texts), truncation=limit is not None and limit < 1_000_000)))


def _turned(features: list[Mapping[str, Any]]) -> dict[str, list[Any]]:
    names = list(features[0])
    more = next((k for k, feature in enumerate(features) if len(feature) > len(names)), None)
    if more is not None:
        name = next(name for name in features[more] if name not in features[0])
        raise DataError(f"feature {more} has '{name}', which the first one lacks; give it to all, or to none")
    try:
        return {name: [feature[name] for feature in features] for name in names}
    except KeyError as error:
        bad = next(k for k, feature in enumerate(features) if error.args[0] not in feature)
        raise DataError(f"feature {bad} has no '{error.args[0]}', which the first one has") from None


def _columns(given: dict[str, Any]) -> Columns:
    made = Columns(-1)
    for name, column in given.items():
        count = _put(made, name, column)
        if made.rows not in (-1, count):
            raise DataError(f"'{name}' has {count} rows, and other columns {made.rows}")
        made.rows = count
    if made.rows < 1:
        raise DataError("there are no features; a batch has one row at least")
    return made


def _put(made: Columns, name: str, column: Any) -> int:
    """Put a column where it belongs; return its length."""
    if hasattr(column, "to_numpy") and hasattr(column, "type"):
        return _put_arrow(made, name, column)
    if getattr(column, "ndim", 0) == 2:
        made.lists[name] = Rows.of(column)
    elif getattr(column, "ndim", 0) == 1 and not _is_object(column):
        _put_values(made, name, _array(column))
    else:
        held = list(column)
        if held and _are_rows(held):
            made.lists[name] = Rows.of(held, _missing(name))
        elif held and all(map(_is_number, held)):
            made.scalars[name] = np.array([one.item() if hasattr(one, "item") else one for one in held])
        else:
            made.others[name] = held
    return len(column)


def _put_values(made: Columns, name: str, values: npt.NDArray[Any]) -> None:
    """Put numbers among the scalars; what is no tensor, as text or dates, among the others."""
    if values.dtype.kind in "biuf":
        made.scalars[name] = values
    else:
        made.others[name] = values.tolist()


def _put_arrow(made: Columns, name: str, column: Any) -> int:
    import pyarrow as pa

    kind = column.type
    listed = pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    if isinstance(kind, pa.ExtensionType) or (listed and pa.types.is_primitive(kind.value_type)):
        made.lists[name] = Rows.of(column, _missing(name))
    elif (pa.types.is_primitive(kind)) and not column.null_count:
        _put_values(made, name, column.to_numpy() if isinstance(column, pa.ChunkedArray) else column.to_numpy(False))
    else:
        made.others[name] = column.to_pylist()
    return len(column)


def _missing(name: str) -> int | None:
    """Return what stands for None in a column: as in a fast tokenizer's `word_ids`, a token that belongs nowhere."""
    return None if name == "input_ids" else -1


def _array(column: Any) -> npt.NDArray[Any]:
    return np.asarray(column.detach().cpu().numpy() if hasattr(column, "detach") else column)


def _are_rows(held: list[Any]) -> bool:
    """Say whether a column holds rows of numbers, by the first of them."""
    value = held[0]
    if isinstance(value, list | tuple):
        values = (one for row in held if isinstance(row, list | tuple) for one in row if one is not None)
        return _is_number(next(values, 0))
    return getattr(value, "ndim", None) == 1 and not _is_object(value)


def _is_number(value: Any) -> bool:
    if isinstance(value, int | float | np.generic):
        return not isinstance(value, np.flexible | np.datetime64)
    return getattr(value, "ndim", None) == 0


def _is_object(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "O"
