"""Chinese: characters and words that sound the same, and characters that look alike."""

from __future__ import annotations

from typing import ClassVar, Literal

from textaug.batch import Batch
from textaug.draws import Draws
from textaug.languages.character_tables import CharacterTable
from textaug.languages.shapes import alike
from textaug.lexicon.sounds import OTHER, SAME, homophones, words_alike
from textaug.lexicon.store import Relation
from textaug.transform import About, Proposal, register
from textaug.transforms.scripts import by_script
from textaug.transforms.synonyms import found, substituted
from textaug.transforms.tables import TableTransform
from textaug.units import words


@register
class Homophone(TableTransform):
    """Replace Chinese characters or words by others that sound the same, as whoever types pinyin picks the wrong one.

    Characters become common ones, by the most frequent reading of each; words become words of jieba's dictionary with
    the same reading as a whole. The readings are those of pypinyin.

    Args:
        unit: "char" or "word".
        tone: "same" for the same tones only; "any" for other tones too: half as likely for characters, and for words
            behind those of the same tones.
        candidates: so many of the most frequent candidates are considered.

    >>> from textaug import Homophone
    >>> Homophone(rate=0.3)("我非常喜欢男主角的表演。", seed=5)
    '我非常洗欢男主角的表演。'
    >>> Homophone(rate=0.5, unit="word")("这部电影的公式在事实上没有意义。", seed=3)
    '这部电影的工事在事实上没有意义。'
    """

    about: ClassVar[About] = About("letter", "Chinese", "pypinyin, jieba")
    chinese: ClassVar[bool] = True

    unit: Literal["char", "word"] = "char"
    tone: Literal["same", "any"] = "same"
    candidates: int = 5

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_choice("unit", self.unit, ("char", "word"))
        self._check_choice("tone", self.tone, ("same", "any"))
        self._check_count("candidates", self.candidates, 1)
        if self.candidates > 255:
            raise self._refuse("candidates", self.candidates, "give a number from 1 to 255")

    def table(self) -> CharacterTable:
        """Return the characters that sound like each character."""
        return homophones(self.tone, self.candidates)

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Replace the selected characters or words."""
        if self.unit == "char":
            return super().propose(batch, draws)
        return by_script(batch, lambda rows, traditional: self._words(rows, draws, traditional))

    def _words(self, batch: Batch, draws: Draws, traditional: bool) -> Proposal:
        units = words(batch)
        share = (SAME if self.tone == "same" else OTHER) / 255
        view = words_alike().view((Relation.HOMOPHONE,), top=self.candidates, share=share, traditional=traditional)
        return substituted(self, batch, draws, units, found(batch, units, view, names=True), view)


@register
class SimilarShape(TableTransform):
    """Replace Chinese characters by ones that look alike: 己 by 已, 末 by 未, 拔 by 拨.

    What optical character recognition and hasty readers confuse. Derived from the groups of pycorrector, for common
    characters of simplified Chinese.

    >>> from textaug import SimilarShape
    >>> SimilarShape(rate=0.2)("我非常喜欢男主角的表演。", seed=8)
    '找非常喜戏男主角约表演。'
    """

    about: ClassVar[About] = About("letter", "Chinese", "pycorrector")
    chinese: ClassVar[bool] = True

    def table(self) -> CharacterTable:
        """Return the characters that look like each character."""
        return alike()
