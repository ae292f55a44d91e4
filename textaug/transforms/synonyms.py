"""Words: replaced by synonyms or antonyms from a lexicon, or joined by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from textaug.batch import I32, Batch
from textaug.draws import Draws, Purpose
from textaug.edits import Edits
from textaug.errors import DataError
from textaug.kernels import lexical as kernel
from textaug.languages import en, zh_words
from textaug.lexicon.store import Lexicon, Relation, View, pos_bits
from textaug.transform import About, LabelEffect, Proposal, RateTransform, register
from textaug.transforms.eligible import unprotected
from textaug.transforms.scripts import by_script
from textaug.units import Kind, Units, some, words

_STOP_WORDS = {"en": tuple(sorted(en.STOP_WORDS)), "zh": tuple(sorted(zh_words.STOP_WORDS))}


@dataclass(frozen=True, kw_only=True)
class LexicalTransform(RateTransform):
    """The base of transforms that take candidates from a lexicon.

    A word is eligible when it has a candidate. The candidate is in the word's own form (`walked` meets
    `strolled`), takes over its case, and mends an `a` or `an` before it. Names are left alone: words with one
    capital inside a sentence or before another such, and words in capitals among others that are not.

    Args:
        candidates: how many candidates of a word, the best ones, are considered.
        min_share: how well a candidate must fit to be considered, from 0 to 1: the share of the word's uses
            that have this sense, less where the candidate is rare or mostly means something else.
        pos: only candidates of these parts of speech (noun, verb, adj, adv); empty for all.
        stop_words: the words that are left alone; True for those of the language, False for none.
        names: whether names may be replaced too.
        lexicon: the path of a lexicon from `textaug lexicon build`; None for those that come with textaug.
    """

    inserts: ClassVar[bool] = False  # candidates go behind other words, instead of in the place of their own
    chinese: ClassVar[bool] = False  # there are Chinese candidates: traditional text gets no simplified ones
    bilingual: ClassVar[bool] = False  # Chinese words are looked up in the Chinese lexicon
    mends: ClassVar[bool] = True  # an article before the candidate is mended
    merged: ClassVar[bool] = False  # a word uses all of the relations, instead of the first in which it has candidates

    candidates: int = 5
    min_share: float = 0.1
    pos: tuple[str, ...] = ()
    stop_words: bool | tuple[str, ...] = True
    names: bool = False
    lexicon: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_count("candidates", self.candidates, 1)
        if self.candidates > 255:
            raise self._refuse("candidates", self.candidates, "give a number from 1 to 255")
        self._check_share("min_share", self.min_share)
        self._check_words("pos")
        if not isinstance(self.stop_words, bool):
            self._check_words("stop_words")
        if not isinstance(self.names, bool):
            raise self._refuse("names", self.names, "give True or False")
        pos_bits(self.pos)
        if self.lexicon is not None:
            try:  # a wrong path is refused here, and not in the middle of a run
                Lexicon.open(self.lexicon)
            except DataError as error:
                raise self._refuse("lexicon", self.lexicon, str(error)) from None

    def opened(self) -> Lexicon:
        """Return the lexicon, opened once a process."""
        return Lexicon.english() if self.lexicon is None else Lexicon.open(self.lexicon)

    def reads(self) -> dict[str, str]:
        """Return the lexicon's path and its hash."""
        lexicon = self.opened()
        return {lexicon.path: lexicon.hash}

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Replace the selected words that have candidates, or put these in."""
        if self.chinese and self.lexicon is None:
            return by_script(batch, lambda rows, traditional: self._propose(rows, draws, traditional))
        return self._propose(batch, draws, False)

    def _propose(self, batch: Batch, draws: Draws, traditional: bool) -> Proposal:
        units = words(batch)
        entry, view = self._found(batch, units, traditional)
        return substituted(self, batch, draws, units, entry, view, mends=self.mends, inserts=self.inserts)

    def relations(self) -> tuple[Relation, ...]:
        """Return the relations that candidates may have; a word uses the first in which it has any."""
        return (Relation.SYNONYM,)

    def _found(self, batch: Batch, units: Units, traditional: bool) -> tuple[I32, View]:
        """Return the entry of every unit, -1 where it has none, and the view that the entries are of."""
        view = self._view(self.opened(), traditional)
        entry = found(batch, units, view, self.names)
        han = units.kind == Kind.HAN
        if not self.bilingual or self.lexicon is not None or not han.any():
            return entry, view
        chinese = found(batch, some(units, han), self._view(Lexicon.chinese(traditional), traditional), self.names)
        entry[han] = np.where(chinese >= 0, chinese + len(view.count), -1)
        return entry, _both(self, traditional)

    def _view(self, lexicon: Lexicon, traditional: bool) -> View:
        without = self.stop_words if isinstance(self.stop_words, tuple) else ()
        if self.stop_words is True:
            without = _STOP_WORDS.get(lexicon.language, ())
        return lexicon.view(
            self.relations(),
            pos=self.pos,
            top=self.candidates,
            share=self.min_share,
            without=without,
            merged=self.merged,
            traditional=traditional,
        )


@lru_cache(maxsize=32)
def _both(transform: LexicalTransform, traditional: bool) -> View:
    """Return what a transform may take from the English lexicon, with what it may take from the Chinese one behind."""
    chinese = transform._view(Lexicon.chinese(traditional), traditional)
    return transform._view(transform.opened(), traditional).then(chinese)


def found(batch: Batch, units: Units, view: View, names: bool) -> I32:
    """Return the entry of every unit, -1 where it has none with candidates.

    Args:
        batch: the rows.
        units: their words.
        view: the candidates.
        names: whether words may be names.
    """
    look_up: Callable[..., I32] = kernel.lookup
    return look_up(batch.data, units.row_offsets, units.start, units.end, units.kind, names, *view.index)


def substituted(
    transform: RateTransform,
    batch: Batch,
    draws: Draws,
    units: Units,
    entry: I32,
    view: View,
    *,
    mends: bool = False,
    inserts: bool = False,
) -> Proposal:
    """Select among the units that have candidates, and let the kernel write the edits.

    Args:
        transform: what selects.
        batch: the rows.
        draws: the node's draws.
        units: the words.
        entry: the entry of each, -1 where it has none.
        view: the candidates.
        mends: whether an article before a candidate is mended.
        inserts: whether the candidates go behind other words, instead of in the place of their own.
    """
    free = unprotected(batch, units)
    eligible = (entry >= 0).view(np.uint8)
    if free is not None:
        eligible &= free
    unit, row = transform.select(batch, draws, units, eligible)
    locked = (None if free is None else 1 - free) if mends else np.ones(len(units), np.uint8)
    address = (draws.key, batch.row_ids, Purpose.CORRUPT)
    places = (batch.data, units.row_offsets, units.start, units.end)
    write: Callable[..., Any] = kernel.insert if inserts else kernel.replace
    rows, start, end, text_start, text_end, text = write(*address, *places, entry, locked, unit, row, *view.choice)
    edits = Edits.of(rows, len(batch), start, end, text_start, text_end, text=text)
    return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))


@register
class SynonymReplace(LexicalTransform):
    """Replace words by synonyms.

    The synonym replacement of EDA (Wei and Zou, EMNLP 2019), with candidates in the right form, the likely
    sense first.

    >>> from textaug import SynonymReplace
    >>> SynonymReplace(rate=0.5)("The movie was terrible, a huge waste of time.", seed=1)
    'The film was terrible, a vast waste of time.'
    """

    about: ClassVar[About] = About("word", "English, Chinese", "EDA (Wei and Zou 2019); WordNet 3.0, Cilin")
    version: ClassVar[int] = 2
    chinese: ClassVar[bool] = True
    bilingual: ClassVar[bool] = True


@register
class SynonymInsert(LexicalTransform):
    """Put synonyms of words behind other words of the text; the words themselves stay.

    The random insertion of EDA (Wei and Zou, EMNLP 2019).

    >>> from textaug import SynonymInsert
    >>> SynonymInsert(rate=0.3)("The movie was terrible, a huge waste of time.", seed=6)
    'The immense movie was terrible, a huge waste of time.'
    """

    about: ClassVar[About] = About("word", "English, Chinese", "EDA; WordNet 3.0, Cilin")
    version: ClassVar[int] = 2
    chinese: ClassVar[bool] = True
    bilingual: ClassVar[bool] = True
    inserts: ClassVar[bool] = True


@register
class AntonymReplace(LexicalTransform):
    """Replace words by antonyms, so that the text says something else.

    One antonym may turn a label round, or one of many words may not matter: look at the label effect that
    travels with the output before you train on it.

    Args:
        indirect: whether an adjective without an antonym of its own takes that of the one to which it is
            similar (`huge` is like `large`: `small`).

    >>> from textaug import AntonymReplace
    >>> AntonymReplace(rate=1.0)("A good film with a happy ending.", seed=1)
    'A bad film with an unhappy beginning.'
    """

    about: ClassVar[About] = About("word", "English, Chinese", "WordNet 3.0; by hand")
    version: ClassVar[int] = 2
    chinese: ClassVar[bool] = True
    bilingual: ClassVar[bool] = True
    label_effect: ClassVar[LabelEffect] = "may change"

    indirect: bool = True

    def relations(self) -> tuple[Relation, ...]:
        """Return the direct antonyms, then the indirect ones."""
        return (Relation.ANTONYM, Relation.INDIRECT_ANTONYM) if self.indirect else (Relation.ANTONYM,)
