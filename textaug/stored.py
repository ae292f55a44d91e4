"""Arrays in a file: one Arrow IPC file, one row, a list a column; every list is an array in the mapped memory.

A file says of itself what it is (`about`): its format, and the hash of all that it holds. It is written whole or not at
all, and nothing in it is ever run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError

Array = npt.NDArray[Any]
_KEY = b"textaug"


def digest(arrays: Sequence[Array], about: dict[str, Any]) -> str:
    """Return the hash of everything that a file says."""
    held = blake2b(json.dumps({**about, "hash": ""}, sort_keys=True).encode(), digest_size=16)
    for array in arrays:
        held.update(array.nbytes.to_bytes(8, "little"))
        held.update(array.tobytes())
    return held.hexdigest()


def file_hash(path: str | Path) -> str:
    """Return the hash of a file's bytes."""
    return blake2b(Path(path).read_bytes(), digest_size=16).hexdigest()


def write(path: Path, names: Sequence[str], arrays: Sequence[Array], about: dict[str, Any]) -> None:
    """Write named arrays, whole or not at all; a file that is there is replaced."""
    import pyarrow as pa

    about = {**about, "hash": digest(arrays, about)}
    columns = [
        pa.LargeListArray.from_arrays(pa.array([0, len(array)], pa.int64()), pa.array(array)) for array in arrays
    ]
    batch = pa.RecordBatch.from_arrays(columns, names=list(names))
    batch = batch.replace_schema_metadata({_KEY: json.dumps(about, sort_keys=True).encode()})
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(beside, "wb") as file:
            with pa.ipc.new_file(file, batch.schema) as writer:
                writer.write_batch(batch)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        raise DataError(f"cannot write {path}: {error.strerror}; choose another place") from None
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path, types: dict[str, str], kind: str, version: str, remedy: str) -> tuple[list[Array], dict[str, Any]]:
    """Map a file into memory; return its arrays and what it says of itself.

    Args:
        path: the file.
        types: the arrays' names, in their order, and NumPy types.
        kind: what the file should be, for messages.
        version: the format that it should have, as `name/number`.
        remedy: what to do about a file that is none.

    Raises:
        DataError: there is no such file, or it is none of this kind, one of another version, or a damaged one.
    """
    import pyarrow as pa

    try:
        batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
        about = json.loads((batch.schema.metadata or {}).get(_KEY, b"null"))
    except FileNotFoundError:
        raise DataError(f"{path}: no such {kind}; {remedy}") from None
    except (pa.ArrowException, OSError, ValueError, IndexError) as error:
        raise DataError(f"{path} is no {kind}, or a damaged one ({error}); {remedy}") from None
    family = version.partition("/")[0]
    if not isinstance(about, dict) or not str(about.get("format", "")).startswith(f"{family}/"):
        raise DataError(f"{path} is no {kind} of textaug; {remedy}")
    if about["format"] != version:
        raise DataError(f"{path} is {about['format']}, this textaug reads {version}; {remedy}")
    try:
        batch.validate(full=True)
        return [_column(batch, name, np.dtype(held)) for name, held in types.items()], about
    except (pa.ArrowException, KeyError, ValueError) as error:
        raise DataError(f"{path} is damaged: {error}; {remedy}") from None


def _column(batch: Any, name: str, kind: np.dtype[Any]) -> Array:
    """Return a column as the array that it is in the file; `flatten` and `to_numpy` would import half of the world."""
    import pyarrow as pa

    column = batch.column(name)
    if column.type != pa.large_list(pa.from_numpy_dtype(kind)) or len(column) != 1 or column.null_count:
        raise KeyError(f"column {name} is {column.type}, and not one list of {kind}")
    held = column.values
    if held.null_count or held.offset or column.offsets.to_pylist() != [0, len(held)]:
        raise KeyError(f"column {name} is not one whole list")
    return np.frombuffer(held.buffers()[1], kind, len(held)) if len(held) else np.zeros(0, kind)
