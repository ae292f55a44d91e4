"""The whole words that a masked language model may propose, by the number of their tokens, with what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

from textaug.languages import en, negators, zh_words
from textaug.languages.dictionary import installed
from textaug.lexicon.store import POS, Lexicon, Relation
from textaug.models.masked.model import F32, MaskedLM
from textaug.models.masked.sites import tokens_of

I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

PIECES = {"en": 1, "zh": 4}
"""The most tokens that a word may have which is proposed. Masks beside one another are guessed as if they did not know
of each other: with what is known of their company that goes well for the characters of Chinese words, and for pieces of
rare English ones it does not."""
COMPANY = 0.6
"""How much the company that the characters of a Chinese word keep counts, beside what a model says of each. Of 985
masked words of two characters that it has not seen, the model that comes with textaug has 33 % among its ten best with
it, and 24 % without."""
RARE = 20
"""How often jieba's dictionary has met a Chinese word, at least, that is proposed."""
_TAGS = {"n": POS["noun"], "v": POS["verb"], "a": POS["adj"], "d": POS["adv"], "z": POS["adj"], "i": 0, "l": 0}
_NAMES = ("nr", "ns", "nt", "nz", "nrt", "nrfg")
_ENDINGS = ("ing", "ed", "s", "ly", "er", "est")
_FORMS = (Relation.NUMBER, Relation.PERSON, Relation.TENSE, Relation.DEGREE, Relation.SYNONYM, Relation.ANTONYM)


@dataclass(frozen=True, eq=False)
class Words:
    """Words of so many tokens.

    Attributes:
        ids: int64, shape (words, tokens).
        texts: the words.
        pos: uint8, the bits of their parts of speech; 0 where they are not known.
        ending: uint8, which of the endings that tell forms apart each has.
        vowel: bool, which of them take `an`.
        company: float32, how much likelier each is than its tokens are by themselves: a logarithm; 0 where unknown.
        number: the place of each word.
    """

    ids: I64
    texts: tuple[str, ...]
    pos: U8
    ending: U8
    vowel: Mask
    company: F32
    number: dict[str, int]
    _kinds: dict[tuple[int, int | None, bool | None], I64] = field(default_factory=dict)

    def like(self, pos: int, ending: int | None, vowel: bool | None) -> I64:
        """Return the words that may have a part of speech, and have an ending and a first sound; 0 and None: any."""
        key = pos, ending, vowel
        if key not in self._kinds:
            may = (self.pos & pos) != 0 if pos else np.ones(len(self.texts), bool)
            for held, wanted in ((self.ending, ending), (self.vowel, vowel)):
                may &= True if wanted is None else held == wanted
            self._kinds[key] = np.flatnonzero(may)
        return self._kinds[key]

    def scores(self, logits: F32, some: I64) -> F32:
        """Return how likely some words are, where the logits of the tokens' places are given."""
        made: F32 = logits[0, self.ids[some, 0]]
        for k in range(1, self.ids.shape[1]):
            made = made + logits[k, self.ids[some, k]]
        return made + self.company[some] if self.ids.shape[1] > 1 else made


@lru_cache(maxsize=8)
def words_of(model: MaskedLM, language: str) -> dict[int, Words]:
    """Return the words that a model may propose: by the number of their tokens, in the order of their text.

    They are words of the lexicons (English), or of jieba's dictionary without names (Chinese); no words that carry
    grammar, none that negate, and for Chinese none that may offend.
    """
    found, company = (_english(), {}) if language == "en" else _chinese()
    known = dict(sorted(found.items()))
    lead = "" if model.vocabulary.style == "wordpiece" else " " if language == "en" else "，"  # what is before a word
    special = set(model.vocabulary.special)
    whole = {token.lstrip("Ġ▁").lower() for token in model.vocabulary.tokens}
    groups: dict[int, list[tuple[str, list[int]]]] = {}
    texts = [text for text in known if PIECES[language] > 1 or text in whole]
    for text, pieces in zip(texts, model.pieces([lead + text for text in texts]), strict=True):
        tokens = tokens_of(pieces, len(lead), len(lead) + len(text))
        ids = pieces.ids[slice(*tokens)] if tokens else []
        if 0 < len(ids) <= PIECES[language] and special.isdisjoint(ids):
            groups.setdefault(len(ids), []).append((text, ids))
    return {n: _group(held, known, company) for n, held in groups.items()}


def _group(held: list[tuple[str, list[int]]], known: dict[str, int], company: dict[str, float]) -> Words:
    texts = tuple(text for text, _ in held)
    return Words(
        np.array([ids for _, ids in held], np.int64),
        texts,
        np.array([known[text] for text in texts], np.uint8),
        np.array([ending(text) for text in texts], np.uint8),
        np.array([en.vowel_sound(text) for text in texts], bool),
        np.array([COMPANY * company.get(text, 0.0) for text in texts], np.float32),
        {text: k for k, text in enumerate(texts)},
    )


def ending(text: str) -> int:
    """Return which ending a word has, by which forms are told apart; 0 for none.

    >>> ending("walked") == ending("moved") != ending("walk")
    True
    """
    text = text.removesuffix("ss")  # no plural: a dress
    return next((k for k, one in enumerate(_ENDINGS, 1) if text.endswith(one) and len(text) > len(one) + 1), 0)


@lru_cache(maxsize=1)
def _english() -> dict[str, int]:
    """Return English words and their parts of speech."""
    without = en.STOP_WORDS | negators.ENGLISH
    made: dict[str, int] = {}
    for lexicon in (Lexicon.english(), Lexicon.affixes()):
        forms = tuple(text for text in _forms(lexicon) if _is_plain(text) and text not in without)
        keys, arrays = lexicon.keys(forms), lexicon.arrays
        bits = np.where(np.isin(arrays.relation, _FORMS), arrays.pos, 0)
        bounds = arrays.entry_start[0 : 2 * len(lexicon) + 1 : 2]
        for text, key in zip(forms, keys.tolist(), strict=True):
            if key >= 0:
                found = int(np.bitwise_or.reduce(bits[bounds[key] : bounds[key + 1]], initial=0))
                made[text] = made.get(text, 0) | found
    return made


def _forms(lexicon: Lexicon) -> Iterable[str]:
    start, data = lexicon.arrays.form_start.tolist(), lexicon.arrays.forms.tobytes()
    return dict.fromkeys(data[a:b].decode() for a, b in pairwise(start))


def _is_plain(text: str) -> bool:
    return len(text) > 1 and text.isascii() and text.isalpha() and text.islower()


@lru_cache(maxsize=1)
def _chinese() -> tuple[dict[str, int], dict[str, float]]:
    """Return Chinese words with their parts of speech, as jieba's dictionary tags them, and with their company."""
    without = zh_words.STOP_WORDS | zh_words.OFFENSIVE | negators.CHINESE
    made: dict[str, int] = {}
    counts: dict[int, dict[str, int]] = {}
    for line in (installed() / "dict.txt").read_text("utf-8").splitlines():
        text, count, tag = line.split()
        counts.setdefault(len(text), {})[text] = int(count)
        common = int(count) >= RARE and tag[0] in _TAGS and tag not in _NAMES
        if common and text not in without and all("一" <= char <= "鿿" for char in text) and not _negates(text):
            made[text] = _TAGS[tag[0]]
    company = {text: one for n in range(2, 1 + PIECES["zh"]) for text, one in _company(counts[n], made).items()}
    return made, company


def _company(counts: dict[str, int], some: dict[str, int]) -> dict[str, float]:
    """Return the pointwise mutual information of the characters of some words, in nats.

    That is how much oftener a word is met than its characters would meet by chance.

    Args:
        counts: how often each word of a length was met.
        some: those that are asked for, and others.
    """
    total = sum(counts.values())
    met: Counter[tuple[int, str]] = Counter()
    for text, count in counts.items():
        for place in enumerate(text):
            met[place] += count
    return {
        text: log(count / total) - sum(log(met[place] / total) for place in enumerate(text))
        for text, count in counts.items()
        if text in some
    }


def parts_of_speech(text: str, language: str) -> int:
    """Return the bits of the parts of speech that a word is known to have."""
    known = _english() if language == "en" else _chinese()[0]
    return known.get(text, 0)


def _negates(text: str) -> bool:
    return text[0] in "不没无未非别莫勿"


@lru_cache(maxsize=2)
def opposites(language: str) -> dict[str, frozenset[str]]:
    """Return the antonyms of each word that has some, those of its synonyms' kind too."""
    if language == "zh":
        return _against(Lexicon.chinese(), (Relation.ANTONYM, Relation.INDIRECT_ANTONYM))
    made = _against(Lexicon.english(), (Relation.ANTONYM, Relation.INDIRECT_ANTONYM))
    for text, others in _against(Lexicon.affixes(), (Relation.NEGATION, Relation.AFFIRMATION)).items():
        made[text] = made.get(text, frozenset()) | others
    return made


def _against(lexicon: Lexicon, relations: tuple[Relation, ...]) -> dict[str, frozenset[str]]:
    """Return the candidates that have one of some relations, by the words whose candidates they are."""
    arrays = lexicon.arrays
    start, data = arrays.form_start, arrays.forms.tobytes()
    forms = [data[a:b].decode() for a, b in pairwise(start.tolist())]
    by_key = dict(zip(lexicon.keys(tuple(forms)).tolist(), forms, strict=True))
    made: dict[str, set[str]] = {}
    found = np.flatnonzero(np.isin(arrays.relation, relations))
    entry = np.searchsorted(arrays.entry_start, found, side="right") - 1
    for key, form in zip((entry // 2).tolist(), arrays.candidate[found].tolist(), strict=True):
        if key in by_key:
            made.setdefault(by_key[key], set()).add(forms[form])
    return {text: frozenset(others) for text, others in made.items()}
