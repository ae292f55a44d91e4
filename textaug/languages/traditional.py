"""Which Chinese is simplified and which traditional: characters that only one of the scripts has, and rows of them.

`data/zh-scripts.txt` has three lines: pairs of a simplified character and its only traditional one; characters that
traditional text has too, but mostly writes otherwise (后, 里, 干), or that stand for several (发, 历); and characters
that only traditional text has. `python -m textaug.languages.traditional` derives it anew with OpenCC.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from textaug.kernels import tables as kernel

U8 = npt.NDArray[np.uint8]
I8 = npt.NDArray[np.int8]
I32 = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

PATH = Path(__file__).parent / "data" / "zh-scripts.txt"
ABOUT = """\
# Simplified characters and, behind each, its only traditional one, that of Taiwan; simplified characters that have
# several, or that traditional text has too; traditional characters. Derived by textaug.languages.traditional from the
# dictionaries of OpenCC (https://github.com/BYVoid/OpenCC, Apache License 2.0).
"""
HAN = 0xE3
"""No character of Chinese begins with a smaller byte."""
FIRST, LAST = 0x4E00, 0x9FFF


@cache
def _read() -> tuple[dict[str, str], str, str]:
    pairs, mixed, traditional = (line for line in PATH.read_text("utf-8").splitlines() if not line.startswith("#"))
    return dict(zip(pairs[::2], pairs[1::2], strict=True)), mixed, traditional


@cache
def foreign() -> frozenset[str]:
    """Return the characters that are not put into traditional text.

    >>> sorted(foreign() & set("这國后發们"))
    ['们', '后', '这']
    """
    pairs, mixed, _ = _read()
    return frozenset(pairs) | frozenset(mixed)


def fits(text: str) -> bool:
    """Say whether a text may be put into traditional text.

    >>> fits("龐大"), fits("庞大"), fits("高大")
    (True, False, True)
    """
    return foreign().isdisjoint(text)


def fitting(data: U8, offsets: I32) -> Mask:
    """Say which rows may be put into traditional text.

    Args:
        data: the UTF-8 bytes of all rows.
        offsets: where the rows begin, and the end of the last.
    """
    signs = np.zeros(LAST + 1 - FIRST, np.int8)
    signs[[ord(character) - FIRST for character in foreign()]] = 1
    none: Mask = kernel.signs(data, offsets, signs, FIRST) == 0
    return none


def converted(text: str) -> str | None:
    """Return a text in traditional characters; None where a character may become one of several.

    >>> converted("电影"), converted("高大"), converted("头发")
    ('電影', '高大', None)
    """
    made = "".join(_read()[0].get(character, character) for character in text)
    return made if fits(made) else None


@cache
def _signs() -> I8:
    """Return, for each character from `FIRST` on, 1 where it is traditional only, -1 where it is simplified only."""
    signs = np.zeros(LAST + 1 - FIRST, np.int8)
    pairs, _, traditional = _read()
    signs[[ord(character) - FIRST for character in traditional]] = 1
    signs[[ord(character) - FIRST for character in pairs]] = -1
    return signs


def is_traditional(data: U8, offsets: I32) -> U8 | None:
    """Say which rows have more traditional than simplified characters: uint8; None where none has.

    Args:
        data: the UTF-8 bytes of all rows.
        offsets: where the rows begin, and the end of the last.

    >>> data = np.frombuffer("電影很好看电影很好看".encode(), np.uint8)
    >>> is_traditional(data, np.array([0, 15, 30], np.int32)).tolist()
    [1, 0]
    """
    if data.max(initial=0) < HAN:
        return None
    rows: Mask = kernel.signs(data, offsets, _signs(), FIRST) > 0
    return rows.view(np.uint8) if rows.any() else None


def derive(path: Path = PATH) -> None:
    """Write the table: the characters of GB 2312, and those that are traditional for them in Big5."""
    from opencc import OpenCC

    simplified, taiwan, china = (OpenCC(name).convert for name in ("s2t", "s2tw", "t2s"))
    characters = [chr(point) for point in range(FIRST, LAST + 1)]
    gb2312 = {one for one in characters if len(one.encode("gb2312", "ignore")) == 2}
    big5 = {one for one in characters if len(one.encode("big5", "ignore")) == 2}
    common = {one for one in big5 if one.encode("big5") <= b"\xc6\x7e"}  # its first level
    rest = big5 - gb2312
    traditional = {one: china(one) for one in characters if one in rest and china(one) != one}
    written = Counter(map(china, big5))
    several = {one for one in gb2312 if written[one] > 1}
    foreign = [one for one in characters if one in gb2312 and simplified(one) != one and taiwan(one) != one]
    pairs = [one for one in foreign if one not in common and one not in several and taiwan(one) in big5]
    mixed = [one for one in foreign if one not in pairs]
    lines = ("".join(one + taiwan(one) for one in pairs), "".join(mixed), "".join(traditional))
    path.write_text(ABOUT + "".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    derive()
