"""Lists of words and phrases, and where in a text they stand: whole words, the longest, whatever the case.

A list is a sequence, a dict, a table of `learn_phrases` or `mine_sentiment`, or a file: such a table (`.arrow`), or
text with an entry a line, of which what stands before the first tab counts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from textaug.batch import I32, U8, Batch, Ranges
from textaug.errors import DataError, UsageError
from textaug.kernels import names as kernel
from textaug.lexicon.trie import Trie, compiled
from textaug.masking.annotate.tables import entries_of, read_table
from textaug.units import Kind, Units

_LOWER = np.array([byte | 32 if ord("A") <= byte <= ord("Z") else byte for byte in range(256)], np.uint8)


class Matches(NamedTuple):
    """The entries in a tile, in reading order, none over another: row, bytes, and the first and the last word."""

    row: I32
    start: I32
    end: I32
    first: I32
    last: I32

    @property
    def ranges(self) -> Ranges:
        """The bytes."""
        return Ranges(self.start, self.end)


@dataclass(frozen=True)
class Listed:
    """A list of entries, in lower case, sorted, each once."""

    entries: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Listed({len(self.entries):,} entries)"

    def find(self, lower: U8, tile: Batch, words: Units) -> Matches:
        """Find the entries in a tile: they begin and end where words do.

        Args:
            lower: the tile's bytes, `lowered`.
            tile: the text.
            words: its words.
        """
        trie = _trie(self.entries)
        kind = np.where(words.kind == Kind.HAN, Kind.WORD, words.kind).astype(np.uint8)  # no match inside of words
        places = (words.row_offsets, words.start, words.end, kind)
        row, start, end, _, first, last = kernel.find(lower, tile.offsets, *places, *trie)
        return Matches(row, start, end, first, last)


def listed(given: Any, what: str) -> Listed:
    """Read a list.

    Args:
        given: a path, a table, entries, or a mapping from entries to scores, of which 0 says that it is none.
        what: what it is a list of, for messages.

    Raises:
        DataError: a file cannot be read.
        UsageError: there is nothing in it, or an entry is no text.

    >>> listed(["New  York", "good"], "phrases").entries
    ('good', 'new york')
    """
    if isinstance(given, str | os.PathLike):
        entries = _read(Path(given), what)
    elif isinstance(given, Mapping):
        entries = [entry for entry, score in given.items() if score]
    elif hasattr(given, "column_names"):
        entries = entries_of(given, what)
    else:
        entries = list(given)
    wrong = next((entry for entry in entries if not isinstance(entry, str)), None)
    if wrong is not None:
        raise UsageError(f"{what}: {wrong!r:.80} is no text; give a path, a list of str, or a dict of str to scores")
    names = {" ".join(entry.split()).translate(FOLD) for entry in entries}
    held = tuple(sorted(name for name in names if len(name.encode("utf-8", "replace")) > 1))
    if not held:
        raise UsageError(f"{what}: there is no entry of two letters or of one character of Chinese; give some")
    return Listed(held)


FOLD = {letter: letter | 32 for letter in range(ord("A"), ord("Z") + 1)}


def lowered(data: U8) -> U8:
    """Return bytes with ASCII letters in lower case."""
    return _LOWER[data]


def _read(path: Path, what: str) -> Sequence[str]:
    if path.suffix.lower() == ".arrow":
        return entries_of(read_table(path, what), f"{what} ({path})")
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise DataError(f"cannot read the {what} {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8: byte {error.start}; convert it first") from None
    return [line.partition("\t")[0] for line in lines]


@lru_cache(maxsize=8)
def _trie(entries: tuple[str, ...]) -> Trie:
    return compiled([entry.encode() for entry in entries])
