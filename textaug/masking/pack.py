"""Packing: rows end to end instead of padded each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from textaug.errors import UsageError
from textaug.kernels.reference.draws import I32
from textaug.kernels.reference.masking import I64
from textaug.masking.rows import Rows


@dataclass(frozen=True, slots=True)
class Packed:
    """Where rows lie in bins of one size.

    Attributes:
        order: int32: the rows, in the order in which they lie.
        source: int64, shape (tokens,): the ragged token of each packed one.
        place: int64, shape (tokens,): where it lies in the bins, put end to end.
        shape: (bins, size).
    """

    order: I32
    source: I64
    place: I64
    shape: tuple[int, int]

    def lay(self, values: npt.NDArray[Any], fill: int) -> npt.NDArray[Any]:
        """Lay values, one for each token, into the bins."""
        kind = np.int64 if values.dtype.kind in "iub" else values.dtype
        made = np.full(self.shape[0] * self.shape[1], fill, kind)
        made[self.place] = values[self.source]
        return made.reshape(self.shape)

    def columns(self, ids: Rows, new: I64, labels: I64, pad: int, ignore: int) -> dict[str, Any]:
        """Return the columns of a packed batch.

        `cu_seqlens` (int32) are where rows begin in the bins put end to end, and the end of the last; what is left of a
        bin counts as a row, so that they cover all of it. `position_ids` begin anew with every row.
        """
        lengths = ids.lengths[self.order]
        lengths = lengths[lengths > 0]  # a row without tokens lies nowhere
        begins = self.place[np.cumsum(lengths) - lengths]
        ends = begins + lengths
        size = self.shape[0] * self.shape[1]
        bounds = np.unique(np.concatenate([[0], begins, ends, [size]])).astype(np.int32)
        filled = np.arange(size) - np.repeat(bounds[:-1], np.diff(bounds))
        return {
            "input_ids": self.lay(new, pad),
            "labels": self.lay(labels, ignore),
            "attention_mask": self.lay(np.ones(len(new), np.int64), 0),
            "position_ids": filled.astype(np.int64).reshape(self.shape),
            "cu_seqlens": bounds,
            "max_seqlen": int(np.diff(bounds).max(initial=0)),
        }


def pack(rows: Rows, size: int | Literal["flat"]) -> Packed:
    """Lay rows into bins: the longest first, each into the first bin with room; or all of them into one, in order.

    Raises:
        UsageError: a row is longer than a bin.

    >>> pack(Rows.of([[1, 2], [3, 4, 5], [6]]), 4).order.tolist()
    [1, 2, 0]
    """
    lengths = rows.lengths
    if size == "flat":
        total = int(rows.offsets[-1])
        every = np.arange(total, dtype=np.int64)
        return Packed(np.arange(len(rows), dtype=np.int32), every, every, (1, total))
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise UsageError(f"pack_to={size!r}: give the number of tokens in a bin, or 'flat'")
    if len(lengths) and lengths.max() > size:
        row = int(lengths.argmax())
        raise UsageError(f"row {row} has {lengths[row]} tokens, and pack_to={size}; cut it, or pack to more")
    bins, used = _first_fit(lengths, size)
    order = np.argsort(bins, kind="stable").astype(np.int32)
    begins = bins[order].astype(np.int64) * size + _before(lengths[order], bins[order])
    step = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths[order]) - lengths[order], lengths[order])
    source = np.repeat(rows.offsets[:-1][order], lengths[order]) + step
    return Packed(order, source, np.repeat(begins, lengths[order]) + step, (used, size))


def _first_fit(lengths: I32, size: int) -> tuple[I32, int]:
    """Return the bin of each row, and how many bins there are."""
    free: list[int] = []
    bins = np.empty(len(lengths), np.int32)
    for row in np.argsort(-lengths, kind="stable").tolist():
        length = int(lengths[row])
        held = next((k for k, room in enumerate(free) if room >= length), len(free))
        if held == len(free):
            free.append(size)
        free[held] -= length
        bins[row] = held
    return bins, len(free)


def _before(lengths: I32, bins: I32) -> I64:
    """Return how many tokens lie before each row in its bin; rows are sorted by bin."""
    total = np.cumsum(lengths, dtype=np.int64) - lengths
    heads = np.searchsorted(bins, bins)
    return total - total[heads]
