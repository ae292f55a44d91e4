"""The user's cache: files that are compiled once from what is installed, and mapped by every process from then on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock, get_ident

from textaug.errors import DataError

_MAKING = Lock()


def folder() -> Path:
    """Return the folder of compiled files: `TEXTAUG_CACHE`, or else the user's cache as the system has it."""
    if named := os.environ.get("TEXTAUG_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("textaug")


def cached(name: str, make: Callable[[Path], object]) -> Path:
    """Return a file of the cache; have it made where it is not there.

    The file is whole or not there: it is made beside its place and renamed, so that processes which make it at the same
    time do the work twice and nothing worse.

    Args:
        name: the file's name, which holds the hash of all that it is made of.
        make: writes the file to the path that it is given.

    Raises:
        DataError: the folder cannot be written to.
    """
    path = folder() / name
    with _MAKING:
        if path.exists():
            return path
        beside = path.with_name(f".{name}.{os.getpid()}.{get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                make(beside)
                os.replace(beside, path)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            raise DataError(
                f"cannot write {path}: {error.strerror}; name a folder that can be written to in TEXTAUG_CACHE"
            ) from None
    return path
