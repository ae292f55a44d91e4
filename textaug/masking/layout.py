"""The form of a batch: rows padded to one width or packed end to end, as arrays or tensors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from textaug.errors import UsageError, missing
from textaug.kernels import collate as kernel
from textaug.kernels.reference.draws import I32
from textaug.kernels.reference.masking import I64
from textaug.masking.rows import Rows

Tensors = Literal["pt", "np"]


@dataclass(frozen=True, slots=True)
class Padding:
    """How rows are made equal.

    Attributes:
        width: the length of every row.
        left: whether they are filled up on the left.
    """

    width: int
    left: bool = False

    @classmethod
    def to_longest(cls, rows: Rows, multiple_of: int | None = None, left: bool = False) -> Padding:
        """Pad to the longest row, rounded up to a multiple."""
        width = int(rows.lengths.max(initial=0))
        if multiple_of:
            width = -(-width // multiple_of) * multiple_of
        return cls(width, left)

    def pad(self, rows: Rows, fill: float = 0) -> npt.NDArray[Any]:
        """Lay rows into an array of shape (rows, width): int64 for integers, else as they came."""
        if rows.values.dtype.kind in "iub":
            return kernel.pad(rows.values, rows.offsets, self.width, int(fill), self.left)
        made = np.full((len(rows), self.width), fill, rows.values.dtype)
        made[self.attention(rows.offsets) != 0] = rows.values
        return made

    def write(self, rows: Rows, fill: int, written: tuple[I32, I32, I64], ignore: int) -> tuple[I64, I64]:
        """Lay rows of ids into an array, some tokens written over, and return it with the labels of these.

        Args:
            rows: the ids.
            fill: the id that fills up.
            written: the offsets of each row's tokens that are written, these tokens, and what is written.
            ignore: the label of all other tokens.

        Returns:
            Both int64, shape (rows, width).
        """
        return kernel.write(rows.values, rows.offsets, self.width, fill, self.left, *written, ignore)

    def attention(self, offsets: I32) -> I64:
        """Return 1 where a row has a token: int64, shape (rows, width)."""
        return kernel.attention(offsets, self.width, self.left)

    def places(self, offsets: I32, tokens: I32, row: I32) -> I32:
        """Return where tokens of the ragged rows come to stand in their row: int32."""
        shift = self.width - np.diff(offsets)[row] if self.left else 0
        return (tokens - offsets[row] + shift).astype(np.int32)


def tensors(arrays: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return arrays as they are ("np"), or as torch tensors over the same memory ("pt"); what is no array stays.

    Raises:
        UsageError: another kind is asked for, or torch is not installed.
    """
    if kind == "np":
        return dict(arrays)
    if kind != "pt":
        raise UsageError(f"return_tensors={kind!r}: give 'pt' for torch tensors, or 'np' for NumPy arrays")
    try:
        import torch
    except ImportError:
        raise missing("torch", "hf", "return_tensors='pt'; or ask for 'np'") from None
    return {name: torch.from_numpy(one) if isinstance(one, np.ndarray) else one for name, one in arrays.items()}
