"""Look-alikes: what print, other scripts and leetspeak offer in a character's place."""

from __future__ import annotations

from typing import ClassVar

from textaug.languages.character_tables import CharacterTable
from textaug.languages.confusables import confusables, scripts
from textaug.languages.lookalikes import leet, printed
from textaug.transform import About, register
from textaug.transforms.tables import TableTransform


@register
class OCRNoise(TableTransform):
    """Misread characters as optical character recognition does: `rn` for `m`, `0` for `O`, `cl` for `d`.

    A pair that is read as one, `rn`, `cl` or `li`, is one unit. Letters, digits and marks of Latin script; for Chinese,
    where characters are taken for others of a similar shape, there is `SimilarShape`.

    The confusions are those that Kukich (ACM Computing Surveys 1992), Rice, Nagy and Nartker (1999) and Nguyen et al.
    (JCDL 2019) report, and those that Tesseract 5 made most in small, blurred print.

    >>> from textaug import OCRNoise
    >>> OCRNoise(rate=0.2)("A modern clock in the corner.", seed=4)
    'A rnoclern cloek in the corner,'
    """

    about: ClassVar[About] = About("letter", "Latin", "Kukich 1992, Rice et al. 1999, Nguyen et al. 2019")

    def table(self) -> CharacterTable:
        """Return what each character and pair is read as."""
        return printed()


@register
class Homoglyph(TableTransform):
    """Put a character of another script in the place of one that it looks like: a Cyrillic `о` for `o`.

    The confusables of UTS #39, Unicode Security Mechanisms, for the letters, digits and marks of ASCII, and for Chinese
    characters, whose likes are the forms of radicals and katakana. People read on; a tokenizer does not. Eger et al.,
    "Text processing like humans do" (NAACL 2019), attack models with such characters.

    Args:
        scripts: the scripts that are drawn from: "Latin" (letters beyond ASCII), "Greek", "Cyrillic", "Armenian",
            "Cherokee", "Han" (radicals), "Katakana", "Common" (marks), and "Styled" (full-width, mathematical and Roman
            forms, which normalisation to NFKC undoes).

    >>> from textaug import Homoglyph
    >>> Homoglyph(rate=0.2, scripts=("Cyrillic",))("A fine piece of work.", seed=1)
    'A fіne piеce оf woгk.'
    """

    about: ClassVar[About] = About("letter", "English, Chinese", "Unicode UTS #39; Eger et al. 2019")

    scripts: tuple[str, ...] = ("Latin", "Greek", "Cyrillic", "Han", "Katakana", "Common")

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_words("scripts")
        for script in self.scripts:
            self._check_choice("scripts", script, scripts())
        if not self.scripts:
            raise self._refuse("scripts", self.scripts, f"give some of {', '.join(scripts())}")

    def table(self) -> CharacterTable:
        """Return the look-alikes of each character."""
        return confusables(self.scripts)


@register
class Leetspeak(TableTransform):
    """Write letters as the digits and marks that stand for them in leetspeak: `l33t 5p34k`.

    >>> from textaug import Leetspeak
    >>> Leetspeak(rate=0.5)("A fine piece of work.", seed=3)
    '4 f1n3 p13(3 of w0rk.'
    """

    about: ClassVar[About] = About("letter", "English")

    def table(self) -> CharacterTable:
        """Return what stands for each letter."""
        return leet()
