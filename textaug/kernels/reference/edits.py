"""Edits, defined: apply a set of edits to a tile; compose two sets into one."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]


def row_offsets(rows: I32, count: int) -> I32:
    """Return where the edits of each row begin, from the row of each edit."""
    return np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))]).astype(np.int32)


def apply(
    data: U8, offsets: I32, row_offsets: I32, start: I32, end: I32, text_start: I32, text_end: I32, moved: U8, text: U8
) -> tuple[U8, I32]:
    """Return (data, offsets) with every edit made.

    Edit k of row r (`row_offsets[r] <= k < row_offsets[r + 1]`) puts a replacement where `data[start:end]` stood: the
    range `text_start:text_end` of `text`, or of `data` itself where `moved`.
    """
    growth = (text_end - text_start).astype(np.int64) - (end - start)
    if len(data) + growth.sum() > 0x7FFFFFFF:
        raise OverflowError(f"{len(data) + growth.sum()} bytes in one tile")
    pieces, at = [], 0
    for k in range(len(start)):
        pieces += [data[at : start[k]], (data if moved[k] else text)[text_start[k] : text_end[k]]]
        at = int(end[k])
    pieces.append(data[at:])
    shift = np.concatenate([[0], np.cumsum(growth)])
    return np.concatenate(pieces), (offsets + shift[row_offsets]).astype(np.int32)


class _Writer:
    """Collects composed edits."""

    def __init__(self) -> None:
        self.rows = [0]
        self.edits: list[tuple[int, int, int, int, int, int]] = []
        self.text = bytearray()

    def write(self, start: int, end: int, replacement: bytes, origin: int) -> None:
        self.edits.append((start, end, len(self.text), len(self.text) + len(replacement), 0, origin))
        self.text += replacement

    def move(self, start: int, end: int, source_start: int, source_end: int, origin: int) -> None:
        self.edits.append((start, end, source_start, source_end, 1, origin))

    def arrays(self) -> tuple[I32, I32, I32, I32, I32, U8, U8, I32]:
        table = np.array(self.edits, np.int32).reshape(-1, 6)
        start, end, text_start, text_end, moved, origin = (np.ascontiguousarray(column) for column in table.T)
        text = np.frombuffer(bytes(self.text), np.uint8)
        return np.array(self.rows, np.int32), start, end, text_start, text_end, moved.astype(np.uint8), text, origin


class Set(NamedTuple):
    """The arrays of one set of edits, in the order of `apply`."""

    row_offsets: I32
    start: I32
    end: I32
    text_start: I32
    text_end: I32
    moved: U8
    text: U8


def compose(first: Set, second: Set, before: U8, between: U8) -> tuple[I32, I32, I32, I32, I32, U8, U8, I32]:
    """Return the one set of edits that does what `first` and then `second` do, and where each came from.

    `first` edits `before` and gives `between`, which `second` edits. Edits that do not overlap stay apart, and moves
    stay moves where their source was not edited; edits that overlap in `between` become one.
    """
    size = first.text_end - first.text_start
    shift = np.concatenate(
        [[0], np.cumsum(size - (first.end - first.start))]
    )  # before edit k; between = before + shift
    begin, stop = first.start + shift[:-1], first.end + shift[1:]  # of edit k in `between`
    out = _Writer()

    def source(k: int) -> bytes:
        held = before if first.moved[k] else first.text
        return held[first.text_start[k] : first.text_end[k]].tobytes()

    def replacement(j: int) -> bytes:
        held = between if second.moved[j] else second.text
        return held[second.text_start[j] : second.text_end[j]].tobytes()

    def keep_first(k: int) -> None:
        if first.moved[k]:
            out.move(first.start[k], first.end[k], first.text_start[k], first.text_end[k], k)
        else:
            out.write(first.start[k], first.end[k], source(k), k)

    def keep_second(j: int, k: int) -> None:
        start, end = second.start[j] - shift[k], second.end[j] - shift[k]
        low, high = second.text_start[j], second.text_end[j]
        n = int(np.searchsorted(stop, low, side="right"))  # edits that end before the moved range
        if second.moved[j] and (n == len(begin) or begin[n] >= high):
            out.move(start, end, low - shift[n], high - shift[n], -1 - j)
        else:
            out.write(start, end, replacement(j), -1 - j)

    def merge(j: int, k: int, last_j: int, last_k: int) -> tuple[int, int]:
        """Join the overlapping edits that begin with `second[j]` and `first[k]`; return the next of both."""
        low = min(second.start[j], begin[k])
        start, high, at, text, origin = low - shift[k], low, low, b"", -1 - j
        while True:
            if j < last_j and (second.start[j] < high or high == low):
                text += between[at : second.start[j]].tobytes() + replacement(j)
                at, high, j = second.end[j], max(high, second.end[j]), j + 1
            elif k < last_k and (begin[k] < high or high == low):
                high, k = max(high, stop[k]), k + 1
            else:
                break
        out.write(start, high - shift[k], text + between[at:high].tobytes(), origin)
        return j, k

    for row in range(len(first.row_offsets) - 1):
        k, last_k = first.row_offsets[row], first.row_offsets[row + 1]
        j, last_j = second.row_offsets[row], second.row_offsets[row + 1]
        while k < last_k or j < last_j:
            if j == last_j or (k < last_k and stop[k] <= second.start[j]):
                keep_first(k)
                k += 1
            elif k == last_k or second.end[j] <= begin[k]:
                keep_second(j, k)
                j += 1
            else:
                j, k = merge(j, k, last_j, last_k)
        out.rows.append(len(out.edits))
    return out.arrays()
