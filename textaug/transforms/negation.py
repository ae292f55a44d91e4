"""Negation: put into sentences, taken out of them, or turned round, in English and Chinese."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from textaug.batch import Batch
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.languages.negation import Change, Reading
from textaug.transform import About, LabelEffect, Proposal, RateTransform, register
from textaug.units import Units, sentences

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


@lru_cache(maxsize=1 << 14)
def read(sentence: str, contract: bool | None) -> Reading:
    """Read a sentence in its language: Chinese if it has a Han character, else English."""
    if _HAN.search(sentence):
        from textaug.languages import negation_zh

        return negation_zh.read(sentence)
    from textaug.languages import negation_en

    return negation_en.read(sentence, contract=contract)


@dataclass(frozen=True, kw_only=True)
class Negation(RateTransform):
    """The base of transforms that turn the polarity of sentences round.

    A sentence is eligible if its main clause has a safe place for the change; why others stay as they are stands in the
    result's `skipped`.

    Args:
        contract: whether English negations are contracted (`isn't`) or not (`is not`); None follows the writer.
    """

    label_effect: ClassVar[LabelEffect] = "flips"
    native: ClassVar[bool] = False

    contract: bool | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.contract not in (True, False, None) or isinstance(self.contract, int) != isinstance(
            self.contract, bool
        ):
            raise self._refuse("contract", self.contract, "give True, False or None")

    def wanted(self, reading: Reading) -> str:
        """Return why a sentence of this polarity is left alone; nothing if it is not."""
        return ""

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Turn the selected sentences round."""
        units = sentences(batch)
        texts = [batch.data[a:b].tobytes().decode() for a, b in zip(units.start, units.end, strict=True)]
        readings = [read(text, self.contract) for text in texts]
        reasons = [self.wanted(reading) or reading.reason for reading in readings]
        changes = [
            [] if reason else [_placed(int(first), text, change) for change in reading.changes]
            for first, text, reading, reason in zip(units.start, texts, readings, reasons, strict=True)
        ]
        reasons = [reason or self._protected(batch, made) for reason, made in zip(reasons, changes, strict=True)]
        eligible = np.array([not reason for reason in reasons], np.uint8)
        unit, _ = self.select(batch, draws, units, eligible)
        edits = _edits(batch, units, unit, [changes[u] for u in unit])
        return Proposal(edits, int(eligible.sum()), len(unit), skipped=Counter(filter(None, reasons)))

    def _protected(self, batch: Batch, changes: list[tuple[int, int, bytes]]) -> str:
        start, end = (np.array([change[side] for change in changes], np.int32) for side in (0, 1))
        return "protected" if batch.overlaps(start, end).any() else ""


def _placed(first: int, text: str, change: Change) -> tuple[int, int, bytes]:
    """Return (start, end, replacement) of a change in bytes of the tile."""
    start = first + len(text[: change.start].encode())
    return start, start + len(text[change.start : change.end].encode()), change.text.encode()


def _edits(batch: Batch, units: Units, unit: np.ndarray, made: list[list[tuple[int, int, bytes]]]) -> Edits:
    rows = np.repeat(units.rows()[unit], [len(changes) for changes in made]).astype(np.int32)
    flat = [change for changes in made for change in changes]
    start, end = (np.array([change[side] for change in flat], np.int32) for side in (0, 1))
    stop = np.cumsum([0, *(len(text) for *_, text in flat)], dtype=np.int32)
    pool = np.frombuffer(b"".join(text for *_, text in flat), np.uint8)
    return Edits.of(rows, len(batch), start, end, stop[:-1], stop[1:], text=pool)


@register
class NegationInsert(Negation):
    """Negate sentences: `is → is not`, `walked → did not walk`, `吃了 → 没吃`; auxiliaries, questions, commands.

    >>> from textaug import NegationInsert
    >>> NegationInsert(rate=1.0, contract=False)("The film was good. I walked home.")
    'The film was not good. I did not walk home.'
    >>> NegationInsert(rate=1.0)("这部电影很好看。")
    '这部电影不好看。'
    """

    about: ClassVar[About] = About("sentence", "English, Chinese", "rules")

    def wanted(self, reading: Reading) -> str:
        """Leave alone what is negated already."""
        return "negated already" if reading.negative else ""


@register
class NegationRemove(Negation):
    """Take negations out of sentences: `isn't → is`, `never saw → saw`, `没吃 → 吃了`.

    >>> from textaug import NegationRemove
    >>> NegationRemove(rate=1.0)("I didn't like it. It was long.")
    'I liked it. It was long.'
    """

    about: ClassVar[About] = About("sentence", "English, Chinese", "rules")

    def wanted(self, reading: Reading) -> str:
        """Leave alone what is not negated."""
        return "" if reading.negative else "not negated"


@register
class NegationToggle(Negation):
    """Turn sentences round: negate those that are not negated, and take the negation out of those that are.

    >>> from textaug import NegationToggle
    >>> NegationToggle(rate=1.0)("I didn't like it. It was long.")
    "I liked it. It wasn't long."
    """

    about: ClassVar[About] = About("sentence", "English, Chinese", "rules")
