"""Which Arrow type holds the values of a JSON key: found by reading them all, not guessed from the first."""

from typing import Any

import msgspec
import pyarrow as pa

from textaug.errors import DataError

MIXED = pa.binary()  # no JSON value is binary: stands for values of several types
JSON = {b"textaug": b"json"}  # marks a column of JSON text
_SCALARS: dict[type, pa.DataType] = {
    type(None): pa.null(),
    bool: pa.bool_(),
    float: pa.float64(),
    str: pa.string(),
}


def type_of(value: Any) -> pa.DataType:
    """Return the narrowest type for one value.

    >>> type_of({"a": [1, 2.5]})
    StructType(struct<a: list<item: double>>)
    """
    if isinstance(value, list):
        inner = pa.null()
        for item in value:
            inner = merged(inner, type_of(item))
        return MIXED if inner == MIXED else pa.list_(inner)
    if isinstance(value, dict):
        return _struct({key: type_of(item) for key, item in value.items()})
    if type(value) is int:
        return pa.int64() if -(2**63) <= value < 2**63 else MIXED
    return _SCALARS[type(value)]


def merged(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """Return a type that holds the values of both: numbers widen, objects gain keys, the rest is MIXED.

    >>> merged(pa.int64(), pa.float64()), merged(pa.int64(), pa.string()) == MIXED
    (DataType(double), True)
    """
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if {one, other} == {pa.int64(), pa.float64()}:
        return pa.float64()
    if pa.types.is_list(one) and pa.types.is_list(other):
        inner = merged(one.value_type, other.value_type)
        return MIXED if inner == MIXED else pa.list_(inner)
    if pa.types.is_struct(one) and pa.types.is_struct(other):
        kinds = {field.name: field.type for field in one}
        return _struct(kinds | {f.name: merged(kinds.get(f.name, pa.null()), f.type) for f in other})
    return MIXED


def _struct(kinds: dict[str, pa.DataType]) -> pa.DataType:
    """Return a struct; MIXED where a field is, or where there is none: Parquet has no empty structs."""
    return MIXED if MIXED in kinds.values() or not kinds else pa.struct(list(kinds.items()))


def field_of(name: str, kind: pa.DataType) -> pa.Field:
    """Return the column for a key; JSON text, and marked as such, where the values' types are mixed."""
    return pa.field(name, pa.string(), metadata=JSON) if kind == MIXED else pa.field(name, kind)


def column_of(values: list[Any], field: pa.Field, place: str) -> pa.Array:
    """Return the values of a key as a column."""
    if field.metadata == JSON:
        values = [None if value is None else msgspec.json.encode(value).decode() for value in values]
    try:
        return pa.array(values, field.type)
    except (pa.ArrowException, OverflowError) as error:
        raise DataError(f"{place}, column '{field.name}': {error}") from error
