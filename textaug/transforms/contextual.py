"""Words that a masked language model proposes: in the place of others, or between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from textaug.batch import I32, Batch
from textaug.draws import Draws, Purpose
from textaug.edits import Edits
from textaug.languages import en, negators, zh_words
from textaug.lexicon.store import POS
from textaug.models.masked import MaskedLM, opened
from textaug.models.masked.candidates import PIECES, Words, ending, opposites, words_of
from textaug.models.masked.choosing import best, choose, gumbel
from textaug.models.masked.sites import Site, asks_of, tokens_of
from textaug.models.masked.wordpiece import Pieces
from textaug.transform import About, LabelEffect, Proposal, RateTransform, register
from textaug.transforms.eligible import unprotected
from textaug.units import Kind, Units, words

_LANGUAGES = {"en": Kind.WORD, "zh": Kind.HAN}
_LEFT_ALONE = {"en": en.STOP_WORDS | negators.ENGLISH, "zh": zh_words.STOP_WORDS | negators.CHINESE}


@dataclass(frozen=True, slots=True)
class Found:
    """A word that may be replaced: its unit, text and tokens, and the words beside it."""

    unit: int
    row: int
    text: str
    site: Site
    beside: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class ContextualTransform(RateTransform):
    """The base of transforms that ask a masked language model.

    The selected words of a row are masked together, at most a quarter of its tokens at a time, and the model says what
    fits. One of the best is drawn. Rows are computed in batches, whose rounding could decide between two words that
    are as good; where it could, the row is computed again by itself: the outcome is always that of the row alone.

    Args:
        model: a folder or name, as `textaug.models.masked.opened` takes it; None: those that come with textaug.
        top_k: the word is drawn from so many of the best.
        top_p: and from those only that the better ones leave this share of the likelihood.
        same_pos: only words of the same part of speech, and with the same ending, as far as the lexicons know.
    """

    native: ClassVar[bool] = False
    label_effect: ClassVar[LabelEffect] = "may change"
    inserts: ClassVar[bool] = False

    model: str | None = None
    top_k: int = 10
    top_p: float = 1.0
    same_pos: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.model is not None and (not isinstance(self.model, str) or not self.model):
            raise self._refuse("model", self.model, "give a folder, or a name of Hugging Face")
        self._check_count("top_k", self.top_k, 1)
        self._check_share("top_p", self.top_p)
        if not self.top_p:
            raise self._refuse("top_p", self.top_p, "give a share above 0")
        if not isinstance(self.same_pos, bool):
            raise self._refuse("same_pos", self.same_pos, "give True or False")

    def reads(self) -> dict[str, str]:
        """Return the models and their hashes."""
        if self.model is not None:
            return {self.model: opened(self.model).identity}
        return {f"masked language model '{language}'": opened(None, language).identity for language in _LANGUAGES}

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Select words, and ask what fits in their place."""
        if self.max_units == 0 or not self.thresholds(batch, draws).any():  # nothing can be selected
            return Proposal(Edits.none(len(batch)), 0, 0)
        units = words(batch)
        found: dict[int, Found] = {}
        models: dict[str, MaskedLM] = {}
        row_pieces: dict[tuple[str, int], Pieces] = {}
        for language, kind in _LANGUAGES.items():
            if (units.kind == kind).any():
                models[language] = opened(self.model, language)
                seen = Reader(batch, units, models[language], language, self.inserts)
                found |= {one.unit: one for one in seen.found(kind)}
                row_pieces |= {(language, row): pieces for row, pieces in seen.pieces.items()}
        eligible = np.zeros(len(units), np.uint8)
        eligible[list(found)] = 1
        free = unprotected(batch, units)
        if free is not None:
            eligible &= free
        unit, _ = self.select(batch, draws, units, eligible)
        chosen: dict[int, str] = {}
        for language, kind in _LANGUAGES.items():
            some = [found[u] for u in unit.tolist() if units.kind[u] == kind]
            if some:
                chosen |= self._chosen(some, models[language], language, row_pieces, units, draws)
        return Proposal(self._edits(batch, units, unit, chosen), int(eligible.sum()), len(unit))

    def _chosen(
        self,
        found: list[Found],
        model: MaskedLM,
        language: str,
        pieces: dict[tuple[str, int], Pieces],
        units: Units,
        draws: Draws,
    ) -> dict[int, str]:
        """Return the word of each unit."""
        rows: dict[int, list[Found]] = {}
        for one in found:
            rows.setdefault(one.row, []).append(one)
        asked, sought = [], []
        for row, held in rows.items():
            sites = [one.site for one in held]
            for ask, numbers in asks_of(pieces[language, row].ids, sites, model.vocabulary.mask, model.limit):
                asked.append(ask)
                sought.append([held[k] for k in numbers])
        groups = words_of(model, language)
        chosen: dict[int, str] = {}
        for k, logits in model.logits(asked):
            made = self._draw(sought[k], logits, groups, units, draws, language, model.engine.noise)
            if None in made:
                made = self._draw(sought[k], model.alone(asked[k]), groups, units, draws, language, 0.0)
            for one, text in zip(sought[k], made, strict=True):
                assert text is not None  # without an error nothing is left open
                chosen[one.unit] = text
        return chosen

    def _draw(
        self,
        found: list[Found],
        logits: Any,
        groups: dict[int, Words],
        units: Units,
        draws: Draws,
        language: str,
        error: float,
    ) -> list[str | None]:
        """Draw a word for each site; None where the rounding of the logits could decide."""
        made: list[str | None] = []
        at = 0
        for one in found:
            held = groups[one.site.masks]
            scores = held.scores(logits[at : at + one.site.masks])
            at += one.site.masks
            scores = np.where(self._fits(one, held, language), scores, -np.inf)
            order = best(scores, self.top_k)
            index = (one.unit - int(units.row_offsets[one.row])) << 16
            drawn = draws.blocks(np.full(len(order), one.row, np.int32), Purpose.CORRUPT, (index + order) & 0xFFFFFFFF)
            top = scores[order].astype(np.float64)
            total = _total(scores) if self.top_p < 1 else 0.0
            number = choose(top, gumbel(drawn[:, 0]), self.top_k, self.top_p, total, error * one.site.masks)
            made.append(None if number is None else held.texts[order[number]])
        return made

    def _fits(self, one: Found, held: Words, language: str) -> Any:
        """Say which words may stand there; where none of the same kind may, others may."""
        barred = {one.text, *one.beside, *(() if self.inserts else opposites(language).get(one.text, ()))}
        may = np.ones(len(held.texts), bool)
        may[[held.number[text] for text in barred if text in held.number]] = False
        if language == "en" and one.beside[0] in ("a", "an"):
            may &= held.vowel == (one.beside[0] == "an")
        wanted = self._kind(one, held)
        return may & wanted if (may & wanted).any() else may

    def _kind(self, one: Found, held: Words) -> Any:
        """Say which words are of the kind that is sought."""
        if not self.same_pos:
            return held.like(0, None)
        known = held.number.get(one.text)
        return held.like(0 if known is None else int(held.pos[known]), ending(one.text))

    def _edits(self, batch: Batch, units: Units, unit: I32, chosen: dict[int, str]) -> Edits:
        """Return the edits that put words in."""
        texts = [self._text(chosen[u], units.kind[u] == Kind.HAN).encode() for u in unit.tolist()]
        stop = np.cumsum([0, *map(len, texts)], dtype=np.int32)
        data = np.frombuffer(b"".join(texts), np.uint8)
        start = units.start[unit]
        end = start if self.inserts else units.end[unit]
        return Edits.of(units.rows()[unit], len(batch), start, end, stop[:-1], stop[1:], text=data)

    def _text(self, word: str, chinese: bool) -> str:
        return word if chinese or not self.inserts else word + " "


def _total(scores: Any) -> float:
    """Return the logarithm of the likelihood of all candidates together."""
    best = float(scores.max())
    return best + float(np.log(np.exp(scores - best, dtype=np.float64).sum()))


class Reader:
    """Reads the words of a batch as a model sees them.

    Attributes:
        pieces: the tokens of each row that has such words.
    """

    def __init__(self, batch: Batch, units: Units, model: MaskedLM, language: str, inserts: bool) -> None:
        self._batch, self._units, self._language, self._inserts = batch, units, language, inserts
        self._model, self.pieces = model, {}
        self._special = frozenset(model.vocabulary.special)
        self._groups = words_of(model, language)

    def found(self, kind: Kind) -> Iterator[Found]:
        """Yield the words that may be replaced, or before which one may be put."""
        units = self._units
        rows = np.unique(units.rows()[units.kind == kind]).tolist()
        texts = [self._row(row).decode() for row in rows]
        self.pieces = dict(zip(rows, self._model.pieces(texts), strict=True))
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
                    yield Found(first + k, row, held[k], site, (before.lower(), after.lower()))

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
        if text in _LEFT_ALONE[self._language]:
            return False
        if self._language == "en":
            return len(text) > 1 and text.isascii() and text.isalpha() and text.islower()
        return len(text) <= PIECES["zh"] and text[0] not in "不没无未非别莫勿"

    def _site(self, pieces: Pieces, text: str, start: int, end: int, word: str) -> Site | None:
        """Return the tokens of a word, where they are its own and known."""
        tokens = tokens_of(pieces, start, end)
        if tokens is None:
            return None
        first, stop = tokens
        vocabulary = self._model.vocabulary
        if not self._special.isdisjoint(pieces.ids[first:stop]):
            return None
        if (
            vocabulary.style in ("bytes", "blanks")
            and self._language == "en"
            and not vocabulary.opens[pieces.ids[first]]
        ):
            return None
        if self._inserts:
            masks = 1 if self._language == "en" else 2
            clear = self._language == "zh" or start == 0 or text[start - 1] == " "
            return Site(first, first, masks) if clear and masks in self._groups else None
        masks = stop - first if stop - first in self._groups else 1
        return Site(first, stop, masks) if masks in self._groups and len(self._groups[masks].texts) > 8 else None


@register
class MaskedLMReplace(ContextualTransform):
    """Replace words by others that a masked language model finds fitting.

    A model knows what fits, not what means the same: *fine* may become *awful*. So the label may change; but antonyms
    that the lexicons know and words that negate are never put in nor taken out. Words in small letters give way;
    names and words that carry grammar stay.

    Source:
        Kobayashi, "Contextual Augmentation" (NAACL 2018); Wu et al., "Conditional BERT" (ICCS 2019).

    >>> from textaug import MaskedLMReplace
    >>> MaskedLMReplace(model="bert-base-uncased", top_k=5).to_dict()
    {'transform': 'MaskedLMReplace', 'model': 'bert-base-uncased', 'top_k': 5}
    """

    about: ClassVar[About] = About("model", "English, Chinese", "Kobayashi 2018; Wu et al. 2019")


@register
class MaskedLMInsert(ContextualTransform):
    """Put words that a masked language model finds fitting before others; all words of the text stay.

    Adjectives and adverbs are put in, no words that negate.

    Source:
        Kobayashi 2018; the insertion of nlpaug and of CLARE (Li et al., NAACL 2021).

    >>> from textaug import MaskedLMInsert
    >>> MaskedLMInsert(model="bert-base-uncased", rate=0.2).to_dict()
    {'transform': 'MaskedLMInsert', 'rate': 0.2, 'model': 'bert-base-uncased'}
    """

    about: ClassVar[About] = About("model", "English, Chinese", "Kobayashi 2018; Li et al. 2021")
    inserts: ClassVar[bool] = True

    def _kind(self, one: Found, held: Words) -> Any:
        return held.like(POS["adj"] | POS["adv"] if self.same_pos else 0, None)
