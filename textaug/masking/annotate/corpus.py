"""The words of a corpus as a stream: windows that end where rows do, whatever pieces the rows come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.batch import Batch, Mask, flat, tiles
from textaug.edits import gathered
from textaug.masking.annotate.listed import lowered
from textaug.units import Kind, sentences, words

if TYPE_CHECKING:
    import pyarrow as pa

I64 = npt.NDArray[np.int64]
WINDOW = 1 << 20
"""So many words are counted at once."""
COUNTED = (Kind.HAN, Kind.WORD, Kind.NUMBER, Kind.ABBREVIATION, Kind.OTHER)
"""What is a word of a phrase: no address, name of a user, tag or emoji is."""
_BLANK = ord(" ")


class Window(NamedTuple):
    """The words of some rows.

    Attributes:
        words: their text, ASCII letters in lower case.
        joined: bool: whether a word follows the one before with one blank between, or none beside Chinese.
        han: bool: whether it is Chinese.
        sentence: int64: the sentence of each, counted in the window.
        name: bool: whether it has a capital without beginning a sentence.
    """

    words: pa.Array
    joined: Mask
    han: Mask
    sentence: I64
    name: Mask

    def __len__(self) -> int:
        return len(self.joined)


def windows(columns: Iterable[Any], size: int = WINDOW) -> Iterator[Window]:
    """Yield the words of columns of text, in windows that end with the row in which `size` words are reached."""
    held: list[Window] = []
    count = 0
    for column in columns:
        text = flat(column)
        for _, tile in tiles(text, np.zeros(len(text), np.uint64)):
            piece, ends = read(tile)
            at = 0
            while count + len(piece) - at >= size:
                last = int(ends[np.searchsorted(ends, size - count + at)])
                yield joined_up([*held, part(piece, at, last)])
                held, count, at = [], 0, last
            held.append(part(piece, at, len(piece)))
            count += len(held[-1])
    if count:
        yield joined_up(held)


def read(tile: Batch) -> tuple[Window, I64]:
    """Return the words of a tile, and where those of each row end."""
    import pyarrow as pa

    units = words(tile)
    kept = units.is_in(COUNTED)
    begins = sentences(tile).start
    sentence = np.searchsorted(begins, units.start, side="right")
    first = np.ones(len(units), bool)
    first[1:] = sentence[1:] != sentence[:-1]
    capital = (tile.data[units.start] >= ord("A")) & (tile.data[units.start] <= ord("Z"))
    han = units.kind == Kind.HAN
    joined = np.zeros(len(units), bool)
    gap = units.start[1:] - units.end[:-1]
    blank = (gap == 1) & (tile.data[np.minimum(units.end[:-1], max(len(tile.data) - 1, 0))] == _BLANK)
    chinese = han[1:] | han[:-1]
    joined[1:] = kept[1:] & kept[:-1] & np.where(chinese, gap == 0, blank)
    joined[units.row_offsets[:-1][np.diff(units.row_offsets) > 0]] = False
    size = (units.end - units.start)[kept]
    text, offsets = gathered(lowered(tile.data), units.start[kept], size)
    held = pa.StringArray.from_buffers(len(size), pa.py_buffer(offsets), pa.py_buffer(text))
    ends = np.append(0, np.cumsum(kept))[units.row_offsets[1:]]
    return Window(held, joined[kept], han[kept], sentence[kept].astype(np.int64), (capital & ~first)[kept]), ends


def part(window: Window, first: int, last: int) -> Window:
    """Return some words of a window."""
    words, joined, han, sentence, name = window
    held = slice(first, last)
    return Window(words.slice(first, last - first), joined[held], han[held], sentence[held], name[held])


def joined_up(pieces: list[Window]) -> Window:
    """Return windows as one, their sentences numbered on."""
    import pyarrow as pa

    far = np.cumsum([0, *(int(one.sentence[-1]) + 1 if len(one) else 0 for one in pieces[:-1])])
    return Window(
        pa.concat_arrays([one.words for one in pieces]),
        np.concatenate([one.joined for one in pieces]),
        np.concatenate([one.han for one in pieces]),
        np.concatenate([one.sentence + base for one, base in zip(pieces, far, strict=True)]),
        np.concatenate([one.name for one in pieces]),
    )


def chunks_of(texts: Any) -> Iterator[Any]:
    """Yield columns of text as Arrow arrays."""
    from textaug.call import shape_of

    for column in texts if isinstance(texts, Iterator) else (texts,):
        yield from shape_of(column).chunks
