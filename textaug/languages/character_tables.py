"""Tables of characters: what may stand in for a character, looked up for a whole batch at once.

A table is built from plain pairs, once a process, by a function with `functools.cache`:

    @cache
    def lookalikes() -> CharacterTable:
        return CharacterTable.of({"o": ("0", "о"), "rn": ("m",)})

`textaug.transforms.tables.TableTransform` turns it into a transform; what it does by hand is

    size = table.sizes(batch.data, units.row_offsets, units.start, units.end)  # 0: no candidate here
    ...select some units...
    draw = draws.corrupting(units.row_offsets, unit, row)
    places = table.pick(batch.data, units.start, units.end, size, unit, draw)
    Edits.of(row, len(batch), *places, text=table.pool)                        # straight out of the pool
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textaug.errors import UsageError
from textaug.kernels import tables as kernel
from textaug.languages.unicode import BLOCK_BITS, CODE_POINTS

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
I32 = npt.NDArray[np.int32]

ASCII = 0x80


@dataclass(frozen=True, slots=True, eq=False)
class CharacterTable:
    """Candidates for characters, and for pairs of ASCII characters; never written to.

    Attributes:
        block_of: uint16, for every 128 code points their block of `blocks`.
        blocks: int32, each code point's entry, -1 where it has none; equal blocks are kept once.
        pairs: int32, shape (128 * 128,), the entry of two ASCII characters; empty where the table has no pairs.
        first: int32, shape (entries + 1,); the candidates of entry e are `first[e]:first[e + 1]`.
        begin, end: int32, where each candidate's text stands in the pool.
        pool: uint8, the candidates' text as UTF-8.
    """

    block_of: U16
    blocks: I32
    pairs: I32
    first: I32
    begin: I32
    end: I32
    pool: U8

    @classmethod
    def of(cls, candidates: Mapping[str, Iterable[str]]) -> CharacterTable:
        """Build from what each character, or pair of ASCII characters, may become.

        Args:
            candidates: a candidate may have any length; one that is listed twice is drawn twice as often. A character
                for which none is listed gets no entry.

        Raises:
            UsageError: a source has more characters than that, or is its own candidate.

        >>> table = CharacterTable.of({"o": ("0", "о"), "rn": ("m",)})
        >>> table.candidates("o"), table.candidates("rn"), table.candidates("n")
        (('0', 'о'), ('m',), ())
        """
        held = {source: texts for source, given in candidates.items() if (texts := tuple(given))}
        for source, texts in held.items():
            _check(source, texts)
        entry = {source: number for number, source in enumerate(held)}
        placed, pool = _pooled(text for texts in held.values() for text in texts)
        first = np.cumsum([0, *map(len, held.values())], dtype=np.int32)
        begin, end = np.ascontiguousarray(placed.T)
        return cls(*staged(entry), _paired(entry), first, begin, end, pool)

    def sizes(self, data: U8, row_offsets: I32, start: I32, end: I32) -> U8:
        """Return how many units the source that begins at each unit takes: 0 is none, 2 a pair with the next unit.

        Pairs go first, from left to right: in `rrn` the last two are one, and nothing begins at the `n`. Units of
        several code points (a letter with its marks) have no candidates.

        Args:
            data: the UTF-8 bytes of a tile.
            row_offsets: int32, where the units of each row begin, and the end of the last.
            start, end: int32, the bytes of each character unit.
        """
        return kernel.sizes(data, row_offsets, start, end, self.block_of, self.blocks, self.pairs)

    def pick(self, data: U8, start: I32, end: I32, size: U8, unit: I32, draw: U32) -> tuple[I32, I32, I32, I32]:
        """Return (start, end, begin, stop): where each picked source stands, and where in the pool its candidate.

        Args:
            data: the UTF-8 bytes of a tile.
            start, end: int32, the bytes of each character unit.
            size: what `sizes` says of each.
            unit: int32, the picked ones; each has a size.
            draw: uint32, the draw that chooses for each of them.
        """
        table = self.block_of, self.blocks, self.pairs, self.first, self.begin, self.end
        return kernel.pick(data, start, end, size, unit, draw, *table)

    def only(self, keep: Callable[[str], bool]) -> CharacterTable:
        """Return the table without the candidates that are not kept, and without what has none then.

        >>> CharacterTable.of({"o": ("0", "о"), "s": ("ѕ",)}).only(str.isascii).candidates("o")
        ('0',)
        """
        places = zip(self.begin.tolist(), self.end.tolist(), strict=True)
        kept = np.array([keep(self.pool[begin:end].tobytes().decode()) for begin, end in places], bool)
        first = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)[self.first]
        some = np.append(np.diff(first) > 0, False)  # the last for an entry of -1
        blocks, pairs = (np.where(some[entry], entry, -1).astype(np.int32) for entry in (self.blocks, self.pairs))
        return CharacterTable(self.block_of, blocks, pairs, first, self.begin[kept], self.end[kept], self.pool)

    def candidates(self, source: str) -> tuple[str, ...]:
        """Return what a character, or pair, may become."""
        data = np.frombuffer(source.encode(), np.uint8)
        whole = np.zeros(1, np.int32), np.array([len(data)], np.int32)
        (entry,) = kernel.entries(data, *whole, self.block_of, self.blocks, self.pairs)
        held = range(self.first[entry], self.first[entry + 1]) if entry >= 0 else ()
        return tuple(self.pool[self.begin[k] : self.end[k]].tobytes().decode() for k in held)


def _check(source: str, texts: tuple[str, ...]) -> None:
    if len(source) != 1 and not (len(source) == 2 and source.isascii()):
        raise UsageError(f"a table has candidates for {source!r}; give one character or two ASCII ones")
    if source in texts:
        raise UsageError(f"a table has {source!r} as a candidate for itself; leave it out")


def _pooled(texts: Iterable[str]) -> tuple[I32, U8]:
    """Return (begin, end) of each text in a pool that holds every different one once, and the pool."""
    pool, place = bytearray(), dict[str, tuple[int, int]]()
    placed = []
    for text in texts:
        if text not in place:
            place[text] = len(pool), len(pool) + len(text.encode())
            pool += text.encode()
        placed.append(place[text])
    return np.array(placed, np.int32).reshape(-1, 2), np.frombuffer(bytes(pool), np.uint8)


def staged(entry: Mapping[str, int]) -> tuple[U16, I32]:
    """Return the two stages, `block_of` and `blocks`, that lead from a code point to its entry, or -1."""
    flat = np.full(CODE_POINTS, -1, np.int32)
    for source, number in entry.items():
        if len(source) == 1:
            flat[ord(source)] = number
    rows = flat.reshape(-1, 1 << BLOCK_BITS)
    some = np.flatnonzero((rows >= 0).any(axis=1))
    block_of = np.zeros(len(rows), np.uint16)  # block 0 is the empty one
    block_of[some] = np.arange(1, len(some) + 1)
    return block_of, np.concatenate([np.full(1 << BLOCK_BITS, -1, np.int32), rows[some].reshape(-1)])


def _paired(entry: Mapping[str, int]) -> I32:
    held = {source: number for source, number in entry.items() if len(source) == 2}
    pairs = np.full(ASCII * ASCII if held else 0, -1, np.int32)
    for source, number in held.items():
        pairs[ord(source[0]) * ASCII + ord(source[1])] = number
    return pairs
