"""Keyboards: which keys lie beside which."""

from collections.abc import Mapping
from functools import cache

from textaug.languages.character_tables import CharacterTable

INDENTS = (0.0, 0.5, 0.75, 1.25)  # of the four rows of keys, in key widths
REACH = 1.2  # in key widths: the keys that touch a key
LAYOUTS: Mapping[str, tuple[str, ...]] = {  # the four rows; a fifth is what else the keys of the first one bear
    "qwerty": ("1234567890-", "qwertyuiop", "asdfghjkl;", "zxcvbnm,."),
    "qwertz": ("1234567890ß", "qwertzuiopü", "asdfghjklöä", "yxcvbnm,.-"),
    "azerty": ("1234567890", "azertyuiop", "qsdfghjklmù", "wxcvbn,;:", " é    è çà"),
    "jcuken": ("1234567890-", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю."),
}


@cache
def neighbours(layout: str) -> CharacterTable:
    """Return the neighbours of each letter and digit of a keyboard, in both cases.

    A letter's neighbours are letters, a digit's digits; a finger that slips from one kind to the other is rarer, and
    would make a word into something else.

    >>> "".join(neighbours("qwerty").candidates("g")), "".join(neighbours("qwertz").candidates("Z"))
    ('tyfhvb', 'TUGH')
    """
    place = places(layout)
    held = {}
    for key, (x, y) in place.items():
        beside = [
            other
            for other, (a, b) in place.items()
            if other != key and abs(a - x) <= REACH and abs(b - y) <= 1 and other.isdigit() == key.isdigit()
        ]
        held[key] = beside
        if len(capital := key.upper()) == 1 and capital != key:  # ß has none
            held[capital] = [turned for other in beside if len(turned := other.upper()) == 1]
    return CharacterTable.of(held)


def places(layout: str) -> dict[str, tuple[float, int]]:
    """Return where the letters and digits of a keyboard lie: key widths from the left, and the row."""
    rows = LAYOUTS[layout]
    return {
        key: (x + INDENTS[y % len(INDENTS)], y % len(INDENTS))
        for y, row in enumerate(rows)
        for x, key in enumerate(row)
        if key.isalnum()
    }
