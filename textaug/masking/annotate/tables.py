"""Tables of phrases and of sentiment words: Arrow IPC files that any reader of Arrow opens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textaug.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

ENTRIES = ("phrase", "word")
"""The columns that may hold the entries."""
_KEY = b"textaug"


def described(table: pa.Table, about: Mapping[str, Any]) -> pa.Table:
    """Return a table that says of itself what it was made of."""
    return table.replace_schema_metadata({_KEY: json.dumps(dict(about), sort_keys=True)})


def about(table: pa.Table) -> dict[str, Any]:
    """Return what a table says of itself."""
    held: dict[str, Any] = json.loads((table.schema.metadata or {}).get(_KEY, b"{}"))
    return held


def read_table(path: Path, what: str) -> pa.Table:
    """Read a table from a file.

    Raises:
        DataError: there is no such file, or it is no such table.
    """
    import pyarrow as pa

    try:
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()
    except FileNotFoundError:
        raise DataError(f"cannot read the {what} {path}: no such file") from None
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            f"{path} is no table of {what}, or a damaged one ({error}); make it with textaug {what}"
        ) from None


def entries_of(table: pa.Table, what: str) -> list[str]:
    """Return the entries of a table.

    Raises:
        DataError: it has no column of them.
    """
    name = next((name for name in ENTRIES if name in table.column_names), None)
    if name is None:
        raise DataError(f"{what}: no column {' or '.join(ENTRIES)} among {', '.join(table.column_names)}")
    entries: list[str] = table.column(name).to_pylist()
    return entries
