"""The transforms, a family a file."""

from textaug.transforms.keyboard import KeyboardTypo
from textaug.transforms.letters import CharDelete, CharInsert, CharSubstitute, CharSwap
from textaug.transforms.noise import CharNoise
from textaug.transforms.synonyms import AntonymReplace, SynonymInsert, SynonymReplace
from textaug.transforms.words import PunctuationInsert, WordDelete, WordShuffle, WordSwap

__all__ = [
    "AntonymReplace",
    "CharDelete",
    "CharInsert",
    "CharNoise",
    "CharSubstitute",
    "CharSwap",
    "KeyboardTypo",
    "PunctuationInsert",
    "SynonymInsert",
    "SynonymReplace",
    "WordDelete",
    "WordShuffle",
    "WordSwap",
]
