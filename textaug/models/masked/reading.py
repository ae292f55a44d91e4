"""The words of a batch as a masked language model sees them: which may be replaced, and which tokens they have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from textaug.batch import Batch
from textaug.languages import en, negators, zh_words
from textaug.lexicon.store import POS
from textaug.models.masked import MaskedLM, comes_with
from textaug.models.masked.candidates import PIECES, opposites, parts_of_speech, words_of
from textaug.models.masked.sites import Site, tokens_of
from textaug.models.masked.wordpiece import Pieces
from textaug.units import Kind, Units

LANGUAGES = {"en": Kind.WORD, "zh": Kind.HAN}
"""The kind of the words of each language."""
_TOLD = {"en": sum(POS.values()), "zh": POS["noun"] | POS["verb"] | POS["adj"]}
"""The parts of speech of words that give way to others of the same; adverbs of Chinese carry grammar."""
MANY = 1000
"""Of so many words no word bars all."""
_LEFT_ALONE = {"en": en.STOP_WORDS | negators.ENGLISH, "zh": zh_words.STOP_WORDS | negators.CHINESE}


def languages(model: str | None) -> list[str]:
    """Return the languages whose words are replaced: where no model is named, those that one comes with textaug for."""
    return [language for language in LANGUAGES if model is not None or comes_with(language)] or [*LANGUAGES]


def unread(units: Units, model: str | None) -> dict[str, int]:
    """Count the words that no model reads: of languages that none comes for, and in rows of another language."""
    counts = {}
    for language, kind in LANGUAGES.items():
        here = units.kind == kind
        if language not in languages(model):
            counts[f"no model for '{language}'"] = int(np.count_nonzero(here))
        else:
            here &= ~np.isin(units.rows(), rows_of(units, language, model))
            counts[f"'{language}' in a row of another language"] = int(np.count_nonzero(here))
    return {reason: count for reason, count in counts.items() if count}


def rows_of(units: Units, language: str, model: str | None) -> list[int]:
    """Return the rows with words of a language; where no model is named, at least half of their words are of it.

    The models that come with textaug read one language: the rest of such a row would be strange to them.
    """
    rows, count = units.rows(), len(units.row_offsets) - 1
    here = np.bincount(rows[units.kind == LANGUAGES[language]], minlength=count)
    every = np.bincount(rows[np.isin(units.kind, [*LANGUAGES.values()])], minlength=count)
    return np.flatnonzero((here > 0) & (here >= every / 2 if model is None else True)).tolist()


@dataclass(frozen=True, slots=True)
class Found:
    """A word that may be replaced: its unit and its number in the row, its text and tokens, the words beside it."""

    unit: int
    number: int
    row: int
    text: str
    site: Site
    beside: tuple[str, str]


class Reader:
    """Reads the words of a batch as a model sees them.

    Args:
        batch, units: the words.
        model: the model.
        language: that of the words.
        inserts: whether words are sought to be put before others, not in their place.
        same_pos: whether those that give way do so to words of their part of speech, which is then known.
        rows: those that are read.

    Attributes:
        model: the model.
        language: that of the words.
        groups: the words that it may propose, by the number of their tokens.
        pieces: the tokens of each row that has such words.
    """

    def __init__(
        self,
        batch: Batch,
        units: Units,
        model: MaskedLM,
        language: str,
        inserts: bool,
        same_pos: bool,
        rows: list[int],
    ) -> None:
        self._batch, self._units, self._inserts, self._rows = batch, units, inserts, rows
        self._kinds = _TOLD[language] if same_pos and not inserts else 0
        self.model, self.language = model, language
        self.pieces: dict[int, Pieces] = {}
        self._special = frozenset(model.vocabulary.special)
        self.groups = words_of(model, language)

    def found(self) -> Iterator[Found]:
        """Yield the words that may be replaced, or before which one may be put."""
        units, kind, rows = self._units, LANGUAGES[self.language], self._rows
        texts = [self._row(row).decode() for row in rows]
        self.pieces = dict(zip(rows, self.model.pieces(texts), strict=True))
        for row, text in zip(rows, texts, strict=True):
            first, stop = units.row_offsets[row : row + 2].tolist()
            spans = self._points(row, first, stop, text)
            held = [text[a:b] for a, b in spans]
            for k in np.flatnonzero(units.kind[first:stop] == kind).tolist():
                if not self._plain(held[k]):
                    continue
                before, after = held[k - 1] if k else "", held[k + 1] if k + 1 < len(held) else ""
                site = self._site(self.pieces[row], text, *spans[k], held[k])
                if site is not None:
                    found = Found(first + k, k, row, held[k], site, (before.lower(), after.lower()))
                    if self._any(found):
                        yield found

    def barred(self, one: Found) -> list[int]:
        """Return the words that may not stand there: itself, those beside, and what says the contrary."""
        number = self.groups[one.site.masks].number
        against = () if self._inserts else opposites(self.language).get(one.text, ())
        return [number[text] for text in {one.text, *one.beside, *against} if text in number]

    def vowel(self, one: Found) -> bool | None:
        """Say which first sound a word must have there; None: any."""
        return one.beside[0] == "an" if self.language == "en" and one.beside[0] in ("a", "an") else None

    def _any(self, one: Found) -> bool:
        """Say whether there is a word that may stand there."""
        some = self.groups[one.site.masks].like(0, None, self.vowel(one))
        return len(some) > MANY or not set(some.tolist()) <= set(self.barred(one))

    def _row(self, row: int) -> bytes:
        begin, end = self._batch.offsets[row : row + 2]
        return self._batch.data[begin:end].tobytes()

    def _points(self, row: int, first: int, stop: int, text: str) -> list[tuple[int, int]]:
        """Return where units stand, in code points of their row."""
        base = int(self._batch.offsets[row])
        start, end = (one[first:stop] - base for one in (self._units.start, self._units.end))
        if len(text) != self._batch.offsets[row + 1] - base:
            data = np.frombuffer(self._row(row), np.uint8)
            points = np.concatenate([[0], np.cumsum((data & 0xC0) != 0x80)])
            start, end = points[start], points[end]
        return list(zip(start.tolist(), end.tolist(), strict=True))

    def _plain(self, text: str) -> bool:
        """Say whether a word is one of those that are replaced: no name, nothing that carries grammar or negates."""
        if text in _LEFT_ALONE[self.language]:
            return False
        if self._kinds and not parts_of_speech(text, self.language) & self._kinds:
            return False
        if self.language == "en":
            return len(text) > 1 and text.isascii() and text.isalpha() and text.islower()
        return len(text) <= PIECES["zh"] and text[0] not in "不没无未非别莫勿"

    def _site(self, pieces: Pieces, text: str, start: int, end: int, word: str) -> Site | None:
        """Return the tokens of a word, where they are its own and known."""
        tokens = tokens_of(pieces, start, end)
        if tokens is None:
            return None
        first, stop = tokens
        vocabulary = self.model.vocabulary
        if not self._special.isdisjoint(pieces.ids[first:stop]):
            return None
        if (
            vocabulary.style in ("bytes", "blanks")
            and self.language == "en"
            and not vocabulary.opens[pieces.ids[first]]
        ):
            return None
        if self._inserts:
            masks = 1 if self.language == "en" else 2
            clear = self.language == "zh" or start == 0 or text[start - 1] == " "
            return Site(first, first, masks) if clear and masks in self.groups else None
        masks = stop - first if stop - first in self.groups else 1
        return Site(first, stop, masks) if masks in self.groups and len(self.groups[masks].texts) > 8 else None
