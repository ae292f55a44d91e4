"""What Unicode says of every code point: its word class, and how it joins into grapheme clusters.

The table has two stages: `block_of[code_point >> 7]` names a block of `blocks`, and inside it every code
point has one uint16, `word class << 8 | grapheme break class`. Equal blocks are kept once, so that the whole
of Unicode takes 85 KB. `python -m textaug.languages.unicode` builds it anew; that needs the `regex` package.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

UNICODE_VERSION = "18.0.0"
BLOCK_BITS = 7
CODE_POINTS = 0x110000
PATH = Path(__file__).parent / "data" / "unicode.npy"

PUNCT, LATIN, HAN, EMOJI, OTHER, CONTROL = 0x80, 0x81, 0x83, 0x84, 0x85, 0x86
"""Word classes above ASCII. An ASCII character is its own class, also for what stands for it: `’` is `'`."""

BREAKS = {
    "r": r"\p{GCB=CR}",
    "n": r"\p{GCB=LF}",
    "c": r"\p{GCB=Control}",
    "e": r"\p{GCB=Extend}",
    "x": r"\u200C",  # extends, but parts an Indic conjunct
    "z": r"\p{GCB=ZWJ}",
    "i": r"\p{GCB=RI}",
    "p": r"\p{GCB=Prepend}",
    "s": r"\p{GCB=SpacingMark}",
    "L": r"\p{GCB=L}",
    "V": r"\p{GCB=V}",
    "T": r"\p{GCB=T}",
    "A": r"\p{GCB=LV}",
    "B": r"\p{GCB=LVT}",
    "P": r"\p{ExtPict}",
    "C": r"\p{InCB=Consonant}",
    "j": r"[\p{InCB=Linker}--\p{GCB=Extend}]",  # links on without joining what stands before it
    "k": r"[\p{InCB=Linker}&&\p{GCB=Extend}]",
}
"""Grapheme break classes of UAX #29, each under its letter; later ones win, everything else is `o`."""

CLASSES: tuple[tuple[int, str], ...] = (
    (CONTROL, r"[\p{C}\p{Zl}\p{Zp}]"),
    (OTHER, r"[\p{L}\p{Nl}\p{GCB=Prepend}]"),
    (OTHER, r"[\p{M}--\p{Script=Inherited}]"),
    (CONTROL, r"[\p{M}&&\p{Script=Inherited}]"),
    (LATIN, r"[[\p{Script=Latin}&&[\p{L}\p{Nl}]]\u00B5]"),
    (ord("0"), r"[\p{Nd}\p{No}]"),
    (HAN, r"[\p{Script=Han}&&[\p{L}\p{Nl}]]"),
    (EMOJI, r"[\p{Emoji_Presentation}\p{RI}\p{EMod}]"),
    (EMOJI, r"[\p{ExtPict}&&[\u2600-\u27BF\U0001F000-\U0001FFFF]]"),
    (ord(" "), r"\p{Zs}"),
    (ord("$"), r"\p{Sc}"),
    (ord("'"), r"[\u2019\u02BC\u00B4\uFF07]"),
    (ord("-"), r"[\u2010\u2011\uFF0D]"),
    (ord("%"), r"\uFF05"),
)
"""Word classes of the code points above ASCII, later ones win; everything else is `PUNCT`."""


class Table(NamedTuple):
    """The two stages, as the kernels take them."""

    block_of: npt.NDArray[np.uint16]
    blocks: npt.NDArray[np.uint16]


@cache
def table() -> Table:
    """Load the table, once a process.

    >>> [hex(entry) for entry in look_up(np.array([ord("a"), ord("é"), ord("中")]))]
    ['0x616f', '0x816f', '0x836f']
    """
    stored = np.load(PATH, allow_pickle=False).astype(np.uint16, copy=False)
    stored.flags.writeable = False
    cut = CODE_POINTS >> BLOCK_BITS
    return Table(stored[:cut], stored[cut:])


def look_up(code_points: npt.NDArray[np.integer]) -> npt.NDArray[np.uint16]:
    """Return `word class << 8 | grapheme break class` of each code point."""
    block_of, blocks = table()
    block = block_of[code_points >> BLOCK_BITS].astype(np.int32)
    entries: npt.NDArray[np.uint16] = blocks[(block << BLOCK_BITS) | (code_points & ((1 << BLOCK_BITS) - 1))]
    return entries


def properties() -> npt.NDArray[np.uint16]:
    """Ask the `regex` package for the entry of every code point."""
    import regex

    everything = "".join(" " if 0xD800 <= point < 0xE000 else chr(point) for point in range(CODE_POINTS))

    def members(pattern: str) -> list[int]:
        return [match.start() for match in regex.finditer(pattern, everything, regex.V1)]

    breaks = np.full(CODE_POINTS, ord("o"), np.uint16)
    for letter, pattern in BREAKS.items():
        breaks[members(pattern)] = ord(letter)
    classes = np.full(CODE_POINTS, PUNCT, np.uint16)
    for value, pattern in CLASSES:
        classes[members(pattern)] = value
    breaks[0xD800:0xE000] = ord("c")  # surrogates: no valid text holds one
    classes[0xD800:0xE000] = CONTROL
    classes[:0x80] = range(0x80)
    return (classes << 8 | breaks).astype(np.uint16)


def compress(entries: npt.NDArray[np.uint16]) -> Table:
    """Keep equal blocks once."""
    blocks, block_of = np.unique(entries.reshape(-1, 1 << BLOCK_BITS), axis=0, return_inverse=True)
    return Table(block_of.reshape(-1).astype(np.uint16), blocks.reshape(-1))


def build(path: Path = PATH) -> None:
    """Write the table: both stages in one array of little-endian uint16."""
    path.parent.mkdir(exist_ok=True)
    np.save(path, np.concatenate(compress(properties())).astype("<u2"), allow_pickle=False)


if __name__ == "__main__":
    build()
