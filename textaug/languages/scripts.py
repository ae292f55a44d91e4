"""Scripts: which one a character is of, by where it stands in Unicode."""

import numpy as np
import numpy.typing as npt

I64 = npt.NDArray[np.int64]

# Where a script begins; what lies between letters, digits among them, counts as Latin.
_BLOCKS = [
    (0, "Latin"), (0x370, "Greek"), (0x400, "Cyrillic"), (0x530, "Armenian"), (0x590, "Hebrew"), (0x600, "Arabic"),
    (0x900, "Devanagari"), (0x980, "Bengali"), (0xA00, "Gurmukhi"), (0xA80, "Gujarati"), (0xB00, "Oriya"),
    (0xB80, "Tamil"), (0xC00, "Telugu"), (0xC80, "Kannada"), (0xD00, "Malayalam"), (0xD80, "Sinhala"),
    (0xE00, "Thai"), (0xE80, "Lao"), (0xF00, "Tibetan"), (0x1000, "Burmese"), (0x10A0, "Georgian"),
    (0x1100, "Hangul"), (0x1200, "Ethiopic"), (0x1400, "other"), (0x1780, "Khmer"), (0x1800, "other"),
    (0x1E00, "Latin"), (0x1F00, "Greek"), (0x2000, "Latin"), (0x2E80, "Han"), (0x3040, "kana"), (0x3100, "Han"),
    (0x3130, "Hangul"), (0x3190, "Han"), (0x31F0, "kana"), (0x3200, "Han"), (0xA000, "other"), (0xAC00, "Hangul"),
    (0xD800, "other"), (0xF900, "Han"), (0xFB00, "Latin"), (0xFB1D, "Hebrew"), (0xFB50, "Arabic"), (0xFF00, "Latin"),
    (0x10000, "other"), (0x20000, "Han"),
]  # fmt: skip
SCRIPTS = tuple(sorted({script for _, script in _BLOCKS}))
_BEGINS = np.array([first for first, _ in _BLOCKS])
_SCRIPT = np.array([SCRIPTS.index(script) for _, script in _BLOCKS])
HAN = SCRIPTS.index("Han")


def script_of(points: I64) -> I64:
    """Return the number in `SCRIPTS` of the script of each code point; what is of none counts as Latin.

    >>> [SCRIPTS[number] for number in script_of(np.array([ord("é"), ord("中"), ord("7")]))]
    ['Latin', 'Han', 'Latin']
    """
    found: I64 = _SCRIPT[np.searchsorted(_BEGINS, points, side="right") - 1]
    return found
