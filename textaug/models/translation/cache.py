"""Translations that were made once, kept on disk: what is run again or resumed translates nothing twice."""

from __future__ import annotations

import os
import sqlite3
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from textaug.cache import folder
from textaug.errors import DataError
from textaug.models.translation.asking import Answers, answered
from textaug.models.translation.protocol import Failure, Translator

_NAME = "translations.sqlite"
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_WAIT = 60.0  # seconds for which a process lets another write
_ASKED = 500  # keys in a query; SQLite takes 999 where it is old
_CHUNK = 1024  # texts after which what was made is written down, unless a translator says so: as many may be lost


class Cached:
    """A translator that looks on disk first, and writes down what it had to translate; failures are tried again.

    The file lies in the user's cache (`TEXTAUG_CACHE`) and may be used by any number of processes and threads.

    Args:
        translator: what translates; its identity is part of every key.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    @property
    def identity(self) -> str:
        """The translator's own."""
        return self._translator.identity

    def translate(self, texts: Sequence[str], source: str, target: str) -> Answers:
        """Translate what no run has translated before.

        Raises:
            DataError: the cache cannot be read or written.
        """
        keys = [_key(self.identity, source, target, text) for text in texts]
        held = _told(keys)
        new = [k for k, key in enumerate(keys) if key not in held]
        made: dict[int, Failure] = {}
        size = getattr(self._translator, "few", _CHUNK)
        for first in range(0, len(new), size):
            some = new[first : first + size]
            answers = answered(self._translator, [texts[k] for k in some], source, target)
            _keep((keys[k], answer) for k, answer in zip(some, answers, strict=True) if isinstance(answer, str))
            held |= _told([keys[k] for k in some])  # another process may have been first with another answer
            made |= {k: answer for k, answer in zip(some, answers, strict=True) if isinstance(answer, Failure)}
        return [held[key] if key in held else made[k] for k, key in enumerate(keys)]


def _key(*parts: str) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:
        content = part.encode()
        digest.update(len(content).to_bytes(8, "little") + content)
    return digest.digest()


def _told(keys: Sequence[bytes]) -> dict[bytes, str]:
    """Return what is known of the keys."""
    held: dict[bytes, str] = {}
    with _database() as file:
        for first in range(0, len(keys), _ASKED):
            some = keys[first : first + _ASKED]
            marks = ",".join("?" * len(some))
            held |= dict(file.execute(f"SELECT key, text FROM translation WHERE key IN ({marks})", some))
    return held


def _keep(rows: Iterator[tuple[bytes, str]]) -> None:
    """Write translations down; where another process was first, its own stays."""
    with _database() as file, file:
        file.executemany("INSERT OR IGNORE INTO translation VALUES (?, ?)", rows)


@contextmanager
def _database() -> Iterator[sqlite3.Connection]:
    """Open the file for one thing to do: so no connection is shared by threads or goes through a fork."""
    path = folder() / _NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_sound(path)) as file:
            yield file
    except (sqlite3.Error, OSError) as error:
        raise DataError(
            f"the cache of translations {path}: {error}; name a folder that can be written to in TEXTAUG_CACHE, or "
            "give cache=False"
        ) from None


def _sound(path: Path) -> sqlite3.Connection:
    """Open the file; one that is broken is set aside, and a new one is begun."""
    try:
        return _opened(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _BROKEN:
            raise
        aside = path.with_name(f"{path.name}.broken-{time.time_ns()}-{os.getpid()}")
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):  # another process was first
                os.replace(f"{path}{end}", f"{aside}{end}")
        warnings.warn(
            f"the cache of translations {path} is broken ({error}); it was set aside as {aside.name}, and a new one "
            "is begun",
            stacklevel=2,
        )
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_WAIT)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        file.execute("CREATE TABLE IF NOT EXISTS translation (key BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID")
        file.execute("SELECT 1 FROM translation LIMIT 1").fetchone()
    except sqlite3.Error:
        file.close()
        raise
    return file
