"""The keyboard: keys mistyped for their neighbours."""

from __future__ import annotations

from typing import ClassVar

from textaug.languages.character_tables import CharacterTable
from textaug.languages.keyboards import LAYOUTS, neighbours
from textaug.transform import About, register
from textaug.transforms.tables import TableTransform


@register
class KeyboardTypo(TableTransform):
    """Put a neighbouring key in a key's place; case is kept.

    Args:
        layout: the keyboard: "qwerty", "qwertz", "azerty", or "jcuken" for Cyrillic.

    >>> from textaug import KeyboardTypo
    >>> KeyboardTypo(rate=0.2)("A fine piece of work.", seed=2)
    'A fine pirce of work.'
    """

    about: ClassVar[About] = About("letter", "Latin, Cyrillic", "QWERTY, QWERTZ, AZERTY, ЙЦУКЕН")

    layout: str = "qwerty"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_choice("layout", self.layout, tuple(LAYOUTS))

    def table(self) -> CharacterTable:
        """Return the neighbours of each key."""
        return neighbours(self.layout)
