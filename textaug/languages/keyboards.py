"""Keyboards: which keys lie beside which."""

from functools import cache

import numpy as np
import numpy.typing as npt

_QWERTY = (("1234567890-", 0.0), ("qwertyuiop", 0.5), ("asdfghjkl;", 0.75), ("zxcvbnm,.", 1.25))  # a row, its indent
_REACH = 1.2  # in key widths: the keys that touch a key


@cache
def qwerty() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint64]]:
    """Return (neighbours, count): for each byte its neighbouring keys, uint8 (256, 8), and how many; 0 is no key.

    A letter's neighbours are letters, a digit's digits; a finger that slips from one kind to the other is rarer, and
    would make a word into something else.

    >>> keys, count = qwerty()
    >>> bytes(keys[ord("g"), : int(count[ord("g")])])
    b'tyfhvb'
    """
    place = {key: (x + indent, y) for y, (row, indent) in enumerate(_QWERTY) for x, key in enumerate(row)}
    keys, count = np.zeros((256, 8), np.uint8), np.zeros(256, np.uint64)
    for key, (x, y) in place.items():
        beside = [
            other
            for other, (a, b) in place.items()
            if other != key
            and abs(a - x) <= _REACH
            and abs(b - y) <= 1
            and other.isalpha() == key.isalpha()
            and other.isdigit() == key.isdigit()
            and other.isalnum()
        ]
        for case in {key, key.upper()} if key.isalnum() else ():
            turned = "".join(beside) if case == key else "".join(beside).upper()
            keys[ord(case), : len(turned)] = list(turned.encode())
            count[ord(case)] = len(turned)
    return keys, count
