"""Names by type as data: read from a file, gathered from spans, written down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from textaug.errors import DataError, UsageError

Table = dict[str, list[str]]
_WANTED = "write {type: [names]} as JSON, or lines of type<TAB>name as TSV"


def gazetteer(texts: Iterable[str | None], spans: Iterable[Sequence[Any] | None]) -> Table:
    """Return what the spans of some texts cover, by label, sorted: the names that `EntitySwap` may take.

    Args:
        texts: the texts.
        spans: for each a list of (start, end, label), in code points, or of dicts with these keys.

    >>> gazetteer(["Ada met Lin in Rome."], [[(0, 3, "PER"), (8, 11, "PER"), (15, 19, "LOC")]])
    {'LOC': ['Rome'], 'PER': ['Ada', 'Lin']}
    """
    from textaug.annotations.values import mark

    held = Collector()
    try:
        for text, row in zip(texts, spans, strict=True):
            for at, value in enumerate(row or ()):
                one = mark(value, at)
                held.add(one.label, (text or "")[one.start : one.end])
    except (TypeError, ValueError) as error:
        raise UsageError(f"gazetteer: give for each text a list of (start, end, label) or of dicts; {error}") from None
    return held.table()


class Collector:
    """Gathers names, each of them once."""

    def __init__(self) -> None:
        self._held: dict[str, set[str]] = {}

    def add(self, label: object, name: str) -> None:
        """Note a name; what has no label, or is nothing but blanks, is none."""
        if label is not None and name.strip():
            self._held.setdefault(str(label), set()).add(name.strip())

    def table(self) -> Table:
        """Return the names by type, sorted by code points."""
        return {label: sorted(names) for label, names in sorted(self._held.items())}


def read(path: Path) -> Table:
    """Read a gazetteer: JSON `{type: [names]}`, or TSV.

    Raises:
        DataError: it cannot be read, or is none.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise DataError(f"cannot read the gazetteer {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8: byte {error.start}; convert it first") from None
    table = _tsv(text, path) if path.suffix.lower() == ".tsv" else _json(text, path)
    if not any(table.values()):
        raise DataError(f"{path} holds no names; {_WANTED}")
    return table


def _json(text: str, path: Path) -> Table:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path} is not JSON: {error}; {_WANTED}") from None
    if not isinstance(table, dict):
        raise DataError(f"{path}: {_WANTED}")
    for label, names in table.items():
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            raise DataError(f"{path}: {label!r} has {names!r:.80}; {_WANTED}")
    return table


def _tsv(text: str, path: Path) -> Table:
    table: Table = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        label, _, name = (part.strip() for part in line.partition("\t"))
        if not label or not name:
            raise DataError(f"{path}, line {number}: {line!r:.80}; {_WANTED}")
        table.setdefault(label, []).append(name)
    return table
