"""The documents of a corpus as one line of tokens: where each lies, and its pieces behind one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.masking.objectives import corpus
from textaug.masking.rows import ragged

I64 = npt.NDArray[np.int64]
Ids = npt.NDArray[Any]
PIECE = 1 << 24  # tokens of a flat array that are searched for the ends of documents at a time


@dataclass(frozen=True, slots=True)
class Documents:
    """Where the documents of a corpus lie.

    Attributes:
        chunks: the ids, in one array or more.
        chunk: shape (documents,), which of them holds a document.
        start: shape (documents,), where in it.
        length: shape (documents,), how many tokens it has; 1 and more.
        behind: the token that is put behind each document, if any; it counts in `sizes`, not in `length`.
    """

    chunks: tuple[Ids, ...]
    chunk: I64
    start: I64
    length: I64
    behind: int | None

    @classmethod
    def of(cls, source: Any, column: str, end: int | None) -> Documents:
        """Find the documents: rows of a column, or of a flat array what ends with the token `end`."""
        flat = _flat(source)
        found = corpus.read(source, column, 1) if flat is None else [(flat, (_edges(flat, end),))]
        chunks, starts, lengths = [], [], []
        for ids, (offsets,) in found:
            length = np.diff(offsets)
            chunks.append(ids)
            starts.append(offsets[:-1][length > 0])
            lengths.append(length[length > 0])
        number = np.repeat(np.arange(len(chunks)), [len(part) for part in starts])
        none = [np.zeros(0, np.int64)]
        behind = end if flat is None else None
        return cls(tuple(chunks), number, np.concatenate(starts or none), np.concatenate(lengths or none), behind)

    def sizes(self) -> I64:
        """Return how many tokens each document has in the line."""
        return self.length + (self.behind is not None)

    def gathered(self, document: I64, first: I64, count: I64) -> I64:
        """Return pieces of documents behind one another: `count` tokens each, from the place `first` on."""
        chunk, start = self.chunk[document], self.start[document] + first
        begin = np.cumsum(count) - count
        out = np.empty(int(count.sum()), np.int64)
        for one in np.unique(chunk):
            of = chunk == one
            from_there = ragged(start[of], count[of])
            to = slice(None) if of.all() else ragged(begin[of], count[of])
            out[to] = self.chunks[one].take(from_there, mode="clip")
        if self.behind is not None:
            ends = first + count > self.length[document]
            out[(begin + count - 1)[ends]] = self.behind
        return out


def _flat(source: Any) -> Ids | None:
    """Return a flat array of ids as NumPy sees it; None if the source is something else."""
    kind = getattr(source, "type", None)
    if kind is not None and str(kind) in ("int16", "int32", "int64", "uint16", "uint32"):
        source = source.combine_chunks() if hasattr(source, "combine_chunks") else source
        return np.asarray(source)
    if isinstance(source, np.ndarray) or type(source).__module__.split(".")[0] == "torch":
        held = np.asarray(source)
        if held.ndim == 1 and np.issubdtype(held.dtype, np.integer):
            return held
    return None


def _edges(ids: Ids, end: int | None) -> I64:
    """Return where the documents of a flat array begin and end; without an end of documents it is one."""
    edges = [np.zeros(1, np.int64)]
    for first in range(0, len(ids) if end is not None else 0, PIECE):
        edges.append(np.flatnonzero(ids[first : first + PIECE] == end) + first + 1)
    return np.unique(np.concatenate([*edges, np.array([len(ids)])]))
