"""Case: which letter is another's capital."""

from functools import cache
from typing import NamedTuple

from textaug.languages.character_tables import I32, U16, CharacterTable, staged

_BICAMERAL = ((0x41, 0x587), (0x1E00, 0x1EFF), (0xFF21, 0xFF5A))  # Latin, Greek, Cyrillic, Armenian, full-width


class Cases(NamedTuple):
    """The two stages from a code point to its like: twice the letter of the other case, and 1 for a capital."""

    block_of: U16
    blocks: I32


@cache
def pairs() -> dict[str, str]:
    """Return the letters that have one of the other case, and that one; a capital and its small letter are as long.

    Letters without a counterpart of their own (ß, ı, ς, ǅ) have none. The scripts are those on which all versions of
    Unicode since 14 agree.

    >>> pairs()["é"], pairs()["Ж"], "ß" in pairs()
    ('É', 'ж', False)
    """
    letters = [chr(point) for first, last in _BICAMERAL for point in range(first, last + 1)]
    held = {one: one.swapcase() for one in letters if len(one.swapcase()) == 1 and one.swapcase() != one}
    return {
        one: other
        for one, other in held.items()
        if held.get(other) == one and len(one.encode()) == len(other.encode()) and one.isupper() != other.isupper()
    }


@cache
def swapped() -> CharacterTable:
    """Return the letter of the other case as each letter's candidate."""
    return CharacterTable.of({one: (other,) for one, other in pairs().items()})


@cache
def cases() -> Cases:
    """Return the case of all letters, as the kernel takes it."""
    return Cases(*staged({one: 2 * ord(other) + one.isupper() for one, other in pairs().items()}))
