"""Pinyin: what an input method makes of a slip."""

from __future__ import annotations

from typing import ClassVar

from textaug.languages.character_tables import CharacterTable
from textaug.languages.pinyin import slips
from textaug.transform import About, register
from textaug.transforms.tables import TableTransform


@register
class PinyinSlip(TableTransform):
    """Mistype the pinyin of a Chinese character: another syllable comes out, as one of its most frequent characters.

    The syllable is one that many speakers do not tell from the right one (zh/z, ch/c, sh/s, n/l, r/l, f/h, an/ang,
    en/eng, in/ing), or has a key beside the right one; the former are three times as likely. Characters of the same
    syllable are no slip: `Homophone` has them. Of a character's readings the most common one counts.

    >>> from textaug import PinyinSlip
    >>> PinyinSlip(rate=0.3)("我非常喜欢男主角的表演。", seed=8)
    '我非常四欢兰主角的表演。'
    """

    about: ClassVar[About] = About("letter", "Chinese", "pypinyin, jieba")
    chinese: ClassVar[bool] = True

    def table(self) -> CharacterTable:
        """Return what the slips of each character lead to."""
        return slips()
