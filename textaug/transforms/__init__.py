"""The transforms, a family a file."""

from textaug.transforms.affixes import Derive, Inflect, NegatingPrefix, PrefixReplace, SuffixReplace
from textaug.transforms.backtranslation import BackTranslation
from textaug.transforms.case import CaseNoise
from textaug.transforms.chinese import Homophone, SimilarShape
from textaug.transforms.contextual import MaskedLMInsert, MaskedLMReplace
from textaug.transforms.contract import Contract
from textaug.transforms.entities import EntitySwap
from textaug.transforms.expand import Expand
from textaug.transforms.insertion import RandomInsert
from textaug.transforms.invisible import ZeroWidth
from textaug.transforms.keyboard import KeyboardTypo
from textaug.transforms.letters import CharDelete, CharInsert, CharSubstitute, CharSwap
from textaug.transforms.lookalikes import Homoglyph, Leetspeak, OCRNoise
from textaug.transforms.negation import NegationInsert, NegationRemove, NegationToggle
from textaug.transforms.noise import CharNoise
from textaug.transforms.numbers import NumberPerturb
from textaug.transforms.order import ClauseShuffle, SentenceShuffle
from textaug.transforms.pinyin import PinyinSlip
from textaug.transforms.sentences import SentenceDelete, SentenceDuplicate
from textaug.transforms.spacing import WordMerge, WordSplit
from textaug.transforms.spelling import SpellingError
from textaug.transforms.subword import SubwordDropout
from textaug.transforms.synonyms import AntonymReplace, SynonymInsert, SynonymReplace
from textaug.transforms.variants import ChineseVariant
from textaug.transforms.words import PunctuationInsert, WordDelete, WordShuffle, WordSwap

__all__ = [
    "AntonymReplace",
    "BackTranslation",
    "CaseNoise",
    "CharDelete",
    "CharInsert",
    "CharNoise",
    "CharSubstitute",
    "CharSwap",
    "ChineseVariant",
    "ClauseShuffle",
    "Contract",
    "Derive",
    "EntitySwap",
    "Expand",
    "Homoglyph",
    "Homophone",
    "Inflect",
    "KeyboardTypo",
    "Leetspeak",
    "MaskedLMInsert",
    "MaskedLMReplace",
    "NegatingPrefix",
    "NegationInsert",
    "NegationRemove",
    "NegationToggle",
    "NumberPerturb",
    "OCRNoise",
    "PinyinSlip",
    "PrefixReplace",
    "PunctuationInsert",
    "RandomInsert",
    "SentenceDelete",
    "SentenceDuplicate",
    "SentenceShuffle",
    "SimilarShape",
    "SpellingError",
    "SubwordDropout",
    "SuffixReplace",
    "SynonymInsert",
    "SynonymReplace",
    "WordDelete",
    "WordMerge",
    "WordShuffle",
    "WordSplit",
    "WordSwap",
    "ZeroWidth",
]
