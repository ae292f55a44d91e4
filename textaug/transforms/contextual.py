"""Words that a masked language model proposes: in the place of others, or between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

import numpy as np

from textaug.batch import I32, Batch
from textaug.draws import Draws, Purpose
from textaug.edits import Edits
from textaug.lexicon.store import POS
from textaug.models.masked import opened
from textaug.models.masked.candidates import Words, ending, parts_of_speech
from textaug.models.masked.choosing import best, choose, gumbel
from textaug.models.masked.model import F32
from textaug.models.masked.reading import Found, Reader, languages, rows_of, unread
from textaug.models.masked.sites import asks_of
from textaug.transform import About, LabelEffect, Proposal, RateTransform, register
from textaug.transforms.eligible import unprotected
from textaug.units import Kind, Units, words

NEAR = 8.0
"""How much nearness in meaning counts where nothing else is said. Without it the shipped models put *bad* in place of
*informative*, with it *important*."""


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
        same_pos: only words of the same part of speech, and with the same ending, as the lexicons tell; words of which
            they tell none stay, and Chinese adverbs.
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
        return {f"masked language model '{one}'": opened(None, one).identity for one in languages(None)}

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Select words, and ask what fits in their place."""
        if self.max_units == 0 or not self.thresholds(batch, draws).any():  # nothing can be selected
            return Proposal(Edits.none(len(batch)), 0, 0)
        units = words(batch)
        readers = [
            Reader(batch, units, opened(self.model, language), language, self.inserts, self.same_pos, rows)
            for language in languages(self.model)
            if (rows := rows_of(units, language, self.model))
        ]
        found = {one.unit: (one, reader) for reader in readers for one in reader.found()}
        eligible = np.zeros(len(units), np.uint8)
        eligible[list(found)] = 1
        free = unprotected(batch, units)
        if free is not None:
            eligible &= free
        unit, _ = self.select(batch, draws, units, eligible)
        chosen: dict[int, str] = {}
        for reader in readers:
            some = [one for one, its in map(found.__getitem__, unit.tolist()) if its is reader]
            chosen |= self._chosen(some, reader, draws)
        skipped = unread(units, self.model)
        return Proposal(self._edits(batch, units, unit, chosen), int(eligible.sum()), len(unit), skipped=skipped)

    def _chosen(self, found: list[Found], reader: Reader, draws: Draws) -> dict[int, str]:
        """Return the word of each unit."""
        model = reader.model
        self._meet(found, reader)
        asked, sought = [], []
        for row, held in groupby(found, lambda one: one.row):
            some = list(held)
            sites = [one.site for one in some]
            for ask, numbers in asks_of(reader.pieces[row].ids, sites, model.vocabulary.mask, model.limit):
                asked.append(ask)
                sought.append([some[k] for k in numbers])
        chosen: dict[int, str] = {}
        for k, logits in model.logits(asked):
            made = self._draw(sought[k], logits, reader, draws, model.engine.noise)
            if None in made:
                made = self._draw(sought[k], model.alone(asked[k]), reader, draws, 0.0)
            for one, text in zip(sought[k], made, strict=True):
                assert text is not None  # without an error nothing is left open
                chosen[one.unit] = text
        return chosen

    def _draw(self, found: list[Found], logits: Any, reader: Reader, draws: Draws, error: float) -> list[str | None]:
        """Draw a word for each site; None where the rounding of the logits could decide."""
        made: list[str | None] = []
        at = 0
        for one in found:
            words, here = reader.groups[one.site.masks], logits[at : at + one.site.masks]
            at += one.site.masks
            near = self._near(one, reader)
            order, top = self._best(one, words, here, near, reader)
            index = (one.number << 16) + order & 0xFFFFFFFF
            drawn = draws.blocks(np.full(len(order), one.row, np.int32), Purpose.CORRUPT, index)
            total = self._total(words, here, near) if self.top_p < 1 else 0.0
            number = choose(top, gumbel(drawn[:, 0]), self.top_k, self.top_p, total, error * one.site.masks)
            made.append(None if number is None else words.texts[order[number]])
        return made

    def _meet(self, found: list[Found], reader: Reader) -> None:
        """Prepare for the words that give way."""

    def _near(self, one: Found, reader: Reader) -> F32 | None:
        """Return how near each token is to the word that gives way; None if that does not count."""
        return None

    def _scores(self, words: Words, logits: Any, near: F32 | None, some: Any) -> F32:
        scores = words.scores(logits, some)
        return scores if near is None else scores + near[words.ids[some, 0]]

    def _total(self, words: Words, logits: Any, near: F32 | None) -> float:
        """Return the logarithm of the likelihood of all words together."""
        scores = self._scores(words, logits, near, np.arange(len(words.texts))).astype(np.float64)
        return float(scores.max() + np.log(np.exp(scores - scores.max()).sum()))

    def _best(self, one: Found, words: Words, logits: Any, near: F32 | None, reader: Reader) -> tuple[Any, Any]:
        """Return the words that fit best, of the kind that is sought if there are any, and their scores."""
        numbers, vowel = reader.barred(one), reader.vowel(one)
        for kind in (self._kind(one, words, reader.language), (0, None)):
            some = words.like(*kind, vowel)
            scores = self._scores(words, logits, near, some)
            order = best(scores, self.top_k + len(numbers))
            order = order[[number not in numbers for number in some[order].tolist()]]
            if len(order):
                break
        return some[order], scores[order].astype(np.float64)

    def _kind(self, one: Found, words: Words, language: str) -> tuple[int, int | None]:
        """Say which words are sought: the bits of their parts of speech, and their ending."""
        if not self.same_pos:
            return 0, None
        known = words.number.get(one.text)
        return (0 if known is None else int(words.pos[known])), ending(one.text)

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


def _tokens(one: Found, reader: Reader) -> list[int]:
    return list(reader.pieces[one.row].ids[one.site.first : one.site.stop])


@register
class MaskedLMReplace(ContextualTransform):
    """Replace words by others that a masked language model finds fitting.

    A model knows what fits, not what means the same: *fine* may become *awful*. So the label may change; but antonyms
    that the lexicons know and words that negate are never put in nor taken out. Words in small letters give way;
    names and words that carry grammar stay.

    Args:
        near: how much it counts that a word means what the other meant, by the model's own embeddings: the logarithm
            of a word's likelihood is raised by so much times their cosine. 0: only the model's guess counts. None: 8,
            or 0 where the engine does not tell the embeddings (ONNX Runtime). It does not count for Chinese words of
            several characters, whose vectors tell little of them.

    Source:
        Kobayashi, "Contextual Augmentation" (NAACL 2018); Wu et al., "Conditional BERT" (ICCS 2019). That a proposal be
        near to what it replaces: Zhou et al., "BERT-based Lexical Substitution" (ACL 2019).

    >>> from textaug import MaskedLMReplace
    >>> MaskedLMReplace(model="bert-base-uncased", top_k=5).to_dict()
    {'transform': 'MaskedLMReplace', 'model': 'bert-base-uncased', 'top_k': 5}
    """

    about: ClassVar[About] = About("model", "English, Chinese", "Kobayashi 2018; Wu et al. 2019")

    near: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.near is None:
            return
        if isinstance(self.near, bool) or not isinstance(self.near, int | float) or not 0 <= self.near < float("inf"):
            raise self._refuse("near", self.near, "give a number of at least 0")

    def _near(self, one: Found, reader: Reader) -> F32 | None:
        nearness, much = reader.model.nearness, NEAR if self.near is None else self.near
        if nearness is None or not much or one.site.masks > 1:  # characters alone tell little of a Chinese word
            return None
        tokens = _tokens(one, reader)
        made = np.float32(much / len(tokens)) * nearness.of(tokens[0])
        for token in tokens[1:]:
            made += np.float32(much / len(tokens)) * nearness.of(token)
        return made

    def _meet(self, found: list[Found], reader: Reader) -> None:
        nearness = reader.model.nearness
        if nearness is None and self.near:
            raise self._refuse("near", self.near, "the model's engine does not tell its embeddings; leave it out")
        if nearness is not None and self.near != 0:
            nearness.meet(token for one in found if one.site.masks == 1 for token in _tokens(one, reader))


@register
class MaskedLMInsert(ContextualTransform):
    """Put words that a masked language model finds fitting before others; all words of the text stay.

    Adjectives are put before nouns, adverbs before other words; no words that negate.

    Source:
        Kobayashi 2018; the insertion of nlpaug and of CLARE (Li et al., NAACL 2021).

    >>> from textaug import MaskedLMInsert
    >>> MaskedLMInsert(model="bert-base-uncased", rate=0.2).to_dict()
    {'transform': 'MaskedLMInsert', 'rate': 0.2, 'model': 'bert-base-uncased'}
    """

    about: ClassVar[About] = About("model", "English, Chinese", "Kobayashi 2018; Li et al. 2021")
    inserts: ClassVar[bool] = True

    def _kind(self, one: Found, words: Words, language: str) -> tuple[int, int | None]:
        if not self.same_pos:
            return 0, None
        behind = parts_of_speech(one.text, language)
        wanted = POS["adj"] if behind & POS["noun"] else 0
        wanted |= POS["adv"] if behind & ~POS["noun"] else 0
        return wanted or POS["adj"] | POS["adv"], None
