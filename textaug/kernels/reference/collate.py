"""Batches, defined: ragged rows of ids laid into arrays of one width, and what was masked written into them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import I32

I64 = npt.NDArray[np.int64]


def flatten(rows: Sequence[Sequence[int]]) -> tuple[I64, I32]:
    """Put lists of integers end to end: their values, and where each list begins.

    Raises:
        TypeError: something else is in a list.
    """
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    values = np.empty(offsets[-1], np.int64)
    for row, held in enumerate(rows):
        for k, value in enumerate(held):
            if not hasattr(value, "__index__"):
                raise TypeError(f"row {row} holds {value!r} at place {k}, not an integer")
            values[offsets[row] + k] = value
    return values, offsets


def pad(values: npt.NDArray[Any], offsets: I32, width: int, fill: int, left: bool) -> I64:
    """Lay rows into an array, filled up on the right, or on the left: int64, shape (rows, width)."""
    made = np.full((len(offsets) - 1, width), fill, np.int64)
    made[_inside(offsets, width, left)] = values[offsets[0] : offsets[-1]]
    return made


def attention(offsets: I32, width: int, left: bool) -> I64:
    """Return 1 where a row has a token, 0 where it is filled up: int64, shape (rows, width)."""
    return _inside(offsets, width, left).astype(np.int64)


def write(
    values: npt.NDArray[Any],
    offsets: I32,
    width: int,
    fill: int,
    left: bool,
    row_offsets: I32,
    at: I32,
    token: I64,
    ignore: int,
) -> tuple[I64, I64]:
    """Lay rows into an array, the selected tokens written over; return it, and the labels.

    A label is what stood where something is written, and elsewhere `ignore`: both int64, shape (rows, width).
    """
    made = pad(values, offsets, width, fill, left)
    row = np.repeat(np.arange(len(offsets) - 1), np.diff(row_offsets))
    place = at - offsets[row] + (width - np.diff(offsets)[row] if left else 0)
    labels = np.full(made.shape, ignore, np.int64)
    made[row, place] = token
    labels[row, place] = values[at]
    return made, labels


def _inside(offsets: I32, width: int, left: bool) -> npt.NDArray[np.bool_]:
    lengths = np.diff(offsets)[:, None]
    place = np.arange(width)[None, :]
    return place >= width - lengths if left else place < lengths
