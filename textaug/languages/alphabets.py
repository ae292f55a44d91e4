"""Alphabets: which characters may stand in for which, by script."""

from functools import cache

import numpy as np
import numpy.typing as npt

from textaug.languages.traditional import converted

I32 = npt.NDArray[np.int32]

HANZI = -1  # as a pool's first letter: the pool is the table of common Chinese characters

# (first, last) of a run of letters → the letters that may stand in for them. Accented Latin letters draw from the plain
# ones, because a random accented letter is no typing error that anyone makes. Every pool has at least 10 letters: noise
# looks for one that differs from the 9 nearest, and would look for ever among the 7 from Σ to Ω.
_RUNS = {
    ("0", "9"): "09", ("A", "Z"): "AZ", ("a", "z"): "az",
    ("À", "Ö"): "AZ", ("Ø", "Þ"): "AZ", ("ß", "ö"): "az", ("ø", "ÿ"): "az", ("Ā", "ſ"): "az",
    ("Α", "Ρ"): "ΑΡ", ("Σ", "Ω"): "ΑΡ", ("ά", "ώ"): "αω",
    ("А", "Я"): "АЯ", ("а", "я"): "ая", ("א", "ת"): "את", ("ء", "غ"): "ءغ", ("ف", "ي"): "في",
    ("क", "ह"): "कह", ("ก", "ฮ"): "กฮ", ("ぁ", "ん"): "ぁん", ("ァ", "ン"): "ァン", ("가", "힣"): "가힣",
    ("０", "９"): "０９", ("Ａ", "Ｚ"): "ＡＺ", ("ａ", "ｚ"): "ａｚ",
}  # fmt: skip
_UNJOINED = (  # what is no letter or digit among these does not count
    ("0", "9"), ("A", "Z"), ("a", "z"), ("À", "ɏ"), ("Ͱ", "ԯ"), ("Ա", "և"), ("א", "ת"), ("Ḁ", "ỿ"), ("ἀ", "ῼ"),
    ("ぁ", "ヿ"), ("가", "힣"), ("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"),
)  # fmt: skip
_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


@cache
def alphabets(traditional: bool = False) -> I32:
    """Return (first, last, pool's first, pool's size) of each run of letters, sorted: int32, shape (runs, 4).

    Args:
        traditional: whether Chinese letters become traditional ones.
    """
    rows = [(ord(a), ord(b), ord(pool[0]), ord(pool[1]) - ord(pool[0]) + 1) for (a, b), pool in _RUNS.items()]
    rows += [(first, last, HANZI, len(hanzi(traditional))) for first, last in _HAN_BLOCKS]
    return np.array(sorted(rows), np.int32)


@cache
def hanzi(traditional: bool = False) -> I32:
    """Return the 3,755 common Chinese characters of GB 2312, level 1, sorted by code point.

    Args:
        traditional: whether as traditional text writes them; those that it may write in several ways are left out.

    >>> len(hanzi()), "".join(map(chr, hanzi()[:4]))
    (3755, '一丁七万')
    >>> len(hanzi(traditional=True)), "".join(map(chr, hanzi(traditional=True)[:4]))
    (3592, '一丁七丈')
    """
    codes = [bytes((0xA0 + zone, 0xA0 + place)) for zone in range(16, 56) for place in range(1, 95)]
    text = b"".join(codes).decode("gb2312", "ignore")  # zone 55 ends early; the codec drops what is not assigned
    if traditional:
        text = "".join(form for character in text if (form := converted(character)) is not None)
    return np.array(sorted({ord(character) for character in text}), np.int32)


@cache
def unjoined() -> I32:
    """Return (first, last, …), as `alphabets`, of letters and digits whose neighbours do not change their shape."""
    runs = [(ord(first), ord(last)) for first, last in _UNJOINED] + [*_HAN_BLOCKS]
    return np.array([(*run, *run) for run in sorted(runs)], np.int32)
