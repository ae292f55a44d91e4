"""Spelling: words misspelled as people misspell them."""

from __future__ import annotations

from typing import ClassVar

from textaug.lexicon.store import Lexicon, Relation
from textaug.transform import About, register
from textaug.transforms.synonyms import LexicalTransform


@register
class SpellingError(LexicalTransform):
    """Misspell words as people do: receive, recieve; their, there; don't, dont.

    The errors come from a list of misspellings written for textaug, which holds for inflected forms too. Chinese words
    are confused with those that sound or look alike where that is common (`的`, `得`; `账号`, `帐号`); errors of single
    characters are the work of `Homophone`, `SimilarShape` and `PinyinSlip`.

    Args:
        real_words: whether a misspelling may be another word, which no spelling checker sees: their for there.
        stop_words: the words that are left alone; none by default, since short words are misspelled too.
        names: whether names may be misspelled too: words with one capital, inside a sentence.

    >>> from textaug import SpellingError
    >>> SpellingError(rate=0.5)("I definitely believe that their separate apartments weren't too weird.", seed=6)
    'I definatly belive that there seperat apartments werent too wierd.'
    """

    about: ClassVar[About] = About("word", "English, Chinese", "list written for textaug")
    chinese: ClassVar[bool] = True
    mends: ClassVar[bool] = False  # `an hour` misspelled stays `an huor`
    merged: ClassVar[bool] = True

    real_words: bool = True
    stop_words: bool | tuple[str, ...] = False
    names: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.real_words, bool):
            raise self._refuse("real_words", self.real_words, "give True or False")

    def opened(self) -> Lexicon:
        """Return the lexicon, opened once a process."""
        return Lexicon.misspellings() if self.lexicon is None else Lexicon.open(self.lexicon)

    def relations(self) -> tuple[Relation, ...]:
        """Return the relations that candidates may have."""
        return (Relation.MISSPELLING, Relation.CONFUSION) if self.real_words else (Relation.MISSPELLING,)
