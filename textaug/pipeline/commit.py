"""Files that are whole or not there: a unique name beside the target, fsync, rename. And the lock."""

import glob
import json
import os
import secrets
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from textaug.errors import DataError

TEMPORARY = ".textaug-tmp"
BUFFER = 1 << 20


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a stream that becomes the file `path` when all of it is safe on the disk; else nothing is left.

    Raises DataError where it cannot be written, as on a full disk.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}{TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb", buffering=BUFFER) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        if error.filename not in (None, str(temporary), str(path), str(path.parent)):
            raise  # not ours: an input that cannot be read
        reason = error.strerror or error
        raise DataError(f"cannot write '{path}': {reason}; mend that, then run again with --resume") from error
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename last: it is the folder that changes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, data: Any) -> None:
    """Write plain data, whole or not at all."""
    with whole_file(path) as stream:
        stream.write((json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "surrogateescape"))


def read_json(path: Path) -> Any:
    """Read plain data; None where there is no such file or it is not whole."""
    try:
        return json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def checksum(path: Path) -> tuple[int, int]:
    """Return a file's length and CRC-32."""
    total = length = 0
    with open(path, "rb") as stream:
        while block := stream.read(BUFFER):
            total, length = zlib.crc32(block, total), length + len(block)
    return length, total


def sweep(folder: Path, *beside: Path) -> None:
    """Remove what killed runs left in a folder and beside files; only the holder of the lock may."""
    for path in folder.rglob(f".*{TEMPORARY}"):
        path.unlink(missing_ok=True)
    for file in beside:
        for path in file.parent.glob(f".{glob.escape(file.name)}.*{TEMPORARY}"):
            path.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path, shown: Path) -> Iterator[None]:
    """Hold the folder's lock, which a killed process gives up by itself; DataError where another holds it."""
    import fcntl

    while True:
        path = folder / "lock"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stream = open(path, "a+")  # noqa: SIM115  (held as long as the lock)
        except OSError as error:
            raise DataError(f"cannot write '{shown}': {error.strerror} ('{error.filename}')") from error
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            stream.seek(0)
            holder = stream.read().strip() or "unknown"
            stream.close()
            raise DataError(f"'{shown}' is being written by another textaug (process {holder}); wait for it") from None
        if path.exists() and os.path.samestat(os.fstat(stream.fileno()), path.stat()):
            break
        stream.close()  # the former holder has just finished and removed its folder
    stream.truncate(0)
    stream.write(f"{os.getpid()}\n")
    stream.flush()
    try:
        yield
    finally:
        stream.close()
