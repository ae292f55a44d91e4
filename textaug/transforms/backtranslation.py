"""Back-translation: a text goes to another language and back, and says the same in other words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, ClassVar

import numpy as np

from textaug.batch import Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.languages.negators import negations
from textaug.models.translation import Failure, Translator, known, opened
from textaug.models.translation.asking import LEFT, Answers, there_and_back
from textaug.models.translation.cache import Cached
from textaug.transform import About, LabelEffect, Proposal, Transform, register
from textaug.transforms.moving import put
from textaug.transforms.rewriting import Piece, pieces

_CODE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*")


@register
class BackTranslation(Transform):
    """Translate texts to another language and back, sentence by sentence.

    What comes back is aligned to the text by words: words that came back as they were keep their bytes and their spans.
    Protected text, addresses and markup go through as placeholders; a row in which one is lost stays as it is, as does
    one that the translator fails on. An English sentence that comes back with words of the other language in it stays
    too, and that sentence only. `skipped` says why, and how many. The label is that of the text: the meaning is
    what a translation keeps. Where the negations of a row are not as many as before, it says that the label may change.

    Args:
        translator: what translates: "apertium", or "kind:argument", the kinds being those of
            `textaug.models.translation`; or an object with their protocol.
        pivot: the language to go through.
        language: the language of the texts.
        cache: keep translations in the user's cache, so that none is made twice.

    >>> from textaug import BackTranslation
    >>> class Toy:
    ...     identity = "toy"
    ...     def translate(self, texts, source, target):
    ...         return [text.replace("film", "movie") for text in texts]
    >>> BackTranslation(translator=Toy(), cache=False)("A good film.  See http://film.org for more.")
    'A good movie.  See http://film.org for more.'
    """

    about: ClassVar[About] = About("model", "the translator's", "Sennrich et al. 2016; Xie et al. 2020 (UDA)")
    label_effect: ClassVar[LabelEffect] = "preserves"
    native: ClassVar[bool] = False

    translator: Any = "apertium"
    pivot: str = "eo"
    language: str = "en"
    cache: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.translator, str):
            known(self.translator)
        elif not isinstance(self.translator, Translator):
            raise self._refuse("translator", self.translator, 'give "apertium", "kind:argument" or a Translator')
        for field in ("pivot", "language"):
            value = getattr(self, field)
            if not isinstance(value, str) or not _CODE.fullmatch(value):
                raise self._refuse(field, value, 'give the code of a language, such as "es"')
        if self.pivot == self.language:
            raise self._refuse("pivot", self.pivot, "give another language than that of the texts")
        if not isinstance(self.cache, bool):
            raise self._refuse("cache", self.cache, "give True or False")

    def opened(self) -> Translator:
        """Return the translator, opened once a process, with the cache before it."""
        made = opened(self.translator) if isinstance(self.translator, str) else self.translator
        return Cached(made) if self.cache else made

    def reads(self) -> dict[str, str]:
        """Return the translator's identity, which holds the hash of its model."""
        return {f"translator {self.translator}": self.opened().identity}

    def to_dict(self) -> dict[str, Any]:
        """Return the transform as plain data.

        Raises:
            UsageError: the translator is an object.
        """
        if not isinstance(self.translator, str):
            remedy = (
                'an object cannot be written down: give "kind:argument"; KINDS in textaug.models.translation is open'
            )
            raise self._refuse("translator", self.translator, remedy)
        return super().to_dict()

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Translate the active rows' pieces, and align what comes back."""
        found = pieces(batch)
        if not found:
            return Proposal(Edits.none(len(batch)), 0, 0)
        answers = there_and_back(self.opened(), [piece.asked for piece in found], self.language, self.pivot)
        kept, refused = _judged(found, answers)
        edits = _aligned(batch, kept)
        if batch.guarded is not None and (spoiled := batch.guarded.overlap(edits.start, edits.end)).any():
            torn = set(edits.rows[spoiled].tolist())  # an empty span in the midst of what was written anew
            refused |= dict.fromkeys(torn, "protected text was lost")
            kept = [one for one in kept if one[0].row not in torn]
            edits = _aligned(batch, kept)
        rows = len({piece.row for piece in found})
        changed = int(np.count_nonzero(edits.touched))
        skipped = Counter([*refused.values(), *[LEFT.reason] * answers.count(LEFT)])
        return Proposal(edits, rows, changed, unsure=_unsure(batch, kept), skipped=skipped)


def _judged(found: list[Piece], answers: Answers) -> tuple[list[tuple[Piece, str]], dict[int, str]]:
    """Return what is put in, and the rows that stay as they are, each with the reason that came first."""
    refused: dict[int, str] = {}
    kept = []
    for piece, answer in zip(found, answers, strict=True):
        if isinstance(answer, str) and not (fault := piece.fault(answer)):
            kept.append((piece, answer))
        elif answer != LEFT:
            refused.setdefault(piece.row, answer.reason if isinstance(answer, Failure) else fault)
    return [one for one in kept if one[0].row not in refused], refused


def _aligned(batch: Batch, kept: list[tuple[Piece, str]]) -> Edits:
    """Return the edits that the answers come to."""
    made = [(piece.row, *edit) for piece, answer in kept for edit in piece.edits(answer)]
    rows, start, end = (np.array([one[k] for one in made], np.int32) for k in range(3))
    return put(rows, len(batch), start, end, [one[3].encode() for one in made])


def _unsure(batch: Batch, kept: list[tuple[Piece, str]]) -> Mask:
    """Say which rows negate more or fewer things than before."""
    unsure = np.zeros(len(batch), bool)
    for piece, answer in kept:
        unsure[piece.row] |= negations(piece.asked) != negations(answer)
    return unsure
