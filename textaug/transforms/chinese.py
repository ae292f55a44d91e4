"""Chinese: characters and words that sound the same, and characters that look alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

import numpy as np

from textaug.batch import Batch
from textaug.draws import Draws, Purpose
from textaug.edits import Edits
from textaug.kernels import lexical as kernel
from textaug.languages.character_tables import CharacterTable
from textaug.languages.shapes import alike
from textaug.lexicon.sounds import OTHER, SAME, homophones, words_alike
from textaug.lexicon.store import Relation
from textaug.transform import About, Proposal, register
from textaug.transforms.eligible import allowed
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
        return super().propose(batch, draws) if self.unit == "char" else self._words(batch, draws)

    def _words(self, batch: Batch, draws: Draws) -> Proposal:
        units = words(batch)
        share = (SAME if self.tone == "same" else OTHER) / 255
        view = words_alike().view((Relation.HOMOPHONE,), top=self.candidates, share=share)
        places = (batch.data, units.row_offsets, units.start, units.end)
        look_up: Callable[..., Any] = kernel.lookup
        entry = look_up(*places, units.kind, True, *view.index)
        eligible = allowed(entry >= 0, batch.free(units.start, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        locked = np.ones(len(units), np.uint8)  # nothing else is mended
        address = (draws.key, batch.row_ids, Purpose.CORRUPT)
        write: Callable[..., Any] = kernel.replace
        rows, start, end, begin, stop, text = write(*address, *places, entry, locked, unit, row, *view.choice)
        edits = Edits.of(rows, len(batch), start, end, begin, stop, text=text)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))


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

    def table(self) -> CharacterTable:
        """Return the characters that look like each character."""
        return alike()
