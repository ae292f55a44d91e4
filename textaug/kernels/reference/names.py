"""Names in a text, defined: the longest ones that begin where a word does, or anywhere among Han.

The names are a *trie* of their bytes. `slots` (a power of two of uint64, some of them 0) holds
`node << 32 | byte << 24 | child` of every edge, at the first free place from `place_of` on; node 0 is the root.
`name[node]` is the name that ends at a node, -1 where none does. `filter` has a bit for the letters with which names
begin (`code_of`), and spares most places the search. A name has at least two bytes.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.slots import place_of

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
U64 = npt.NDArray[np.uint64]

HAN = 5
KINDS = (HAN, 16, 17, 18, 23)
"""The kinds of unit with which a name may begin: Han, word, number, abbreviation, other script."""
NODES = 1 << 24
"""How many nodes a trie may have."""
FILTER_BITS = 1 << 16
APOSTROPHES = (b"'", "’".encode())


def code_of(text: bytes) -> int:
    """Return the bit in the filter of what begins with these bytes: of two, or of three where they are one letter."""
    held = text[0] | text[1] << 8 | (text[2] << 16 if text[0] >= 0xE0 else 0)
    return (held * 0x9E3779B1 & 0xFFFFFFFF) >> 16


def find(
    data: U8,
    offsets: I32,
    row_offsets: I32,
    start: I32,
    end: I32,
    kind: U8,
    slots: U64,
    name: I32,
    filter: U64,
) -> tuple[I32, I32, I32, I32, I32, I32]:
    """Return (row, start, end, name, first unit, last unit) of the names in the rows, which do not overlap.

    A name begins where a unit does, or at any character of a unit of Han, and behind the name before it. It ends where
    a unit does, before an apostrophe, at any character of Han, or outside of all units. The longest such name counts.
    """
    text, found = data.tobytes(), list[tuple[int, ...]]()
    for r in range(len(row_offsets) - 1):
        free = 0
        for u in range(row_offsets[r], row_offsets[r + 1]):
            for at in _starts(text, int(start[u]), int(end[u]), int(kind[u])):
                if at < free or at + 2 > offsets[r + 1]:
                    continue
                bit = code_of(text[at : at + 3])
                if not int(filter[bit >> 6]) >> (bit & 63) & 1:
                    continue
                held = _longest(
                    text[at : offsets[r + 1]], at, u, int(row_offsets[r + 1]), start, end, kind, slots, name
                )
                if held is not None:
                    free = held[0]
                    found.append((r, at, held[0], held[1], u, held[2]))
    table = np.array(found, np.int32).reshape(-1, 6)
    return tuple(np.ascontiguousarray(column) for column in table.T)  # type: ignore[return-value]


def _starts(text: bytes, start: int, end: int, kind: int) -> list[int]:
    if kind not in KINDS:
        return []
    return [at for at in range(start, end) if text[at] & 0xC0 != 0x80] if kind == HAN else [start]


def _longest(
    text: bytes, first: int, u: int, last: int, start: I32, end: I32, kind: U8, slots: U64, name: I32
) -> tuple[int, int, int] | None:
    """Return (end, name, last unit) of the longest name with which a text begins that stands at `first`."""
    node, best = 0, None
    for k, byte in enumerate(text, 1):
        node = step(node, byte, slots)
        if not node:
            break
        while u + 1 < last and start[u + 1] < first + k:
            u += 1
        if name[node] >= 0 and (kind[u] == HAN or first + k >= end[u] or text[k:].startswith(APOSTROPHES)):
            best = (first + k, int(name[node]), u)
    return best


def step(node: int, byte: int, slots: U64) -> int:
    """Return a node's child, 0 where it has none for this byte."""
    key = node << 8 | byte
    at = int(place_of(np.array([key], np.uint64))[0])
    while True:
        slot = int(slots[at & len(slots) - 1])
        if slot >> 24 == key or not slot:
            return slot & (NODES - 1)
        at += 1


def exact(data: U8, start: I32, end: I32, slots: U64, name: I32) -> I32:
    """Return the name that each range of bytes is, -1 where it is none."""
    found = np.full(len(start), -1, np.int32)
    for i, (first, last) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        node = 0
        for byte in data[first:last].tolist():
            node = step(node, byte, slots)
            if not node:
                break
        found[i] = name[node] if node else -1
    return found
