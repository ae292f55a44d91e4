"""Character noise at a character error rate that Levenshtein's distance confirms."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from textaug.batch import Batch
from textaug.draws import Draws, threshold
from textaug.edits import Edits
from textaug.kernels import noise as kernel
from textaug.kernels.reference.noise import DELETE, INSERT, SUBSTITUTE, SWAP
from textaug.languages.alphabets import alphabets, hanzi
from textaug.transform import About, Proposal, Transform, register
from textaug.transforms.eligible import allowed
from textaug.units import Kind, chars

ACTIONS = {"substitute": SUBSTITUTE, "insert": INSERT, "delete": DELETE, "swap": SWAP}


@register
class CharNoise(Transform):
    """Make errors until the character error rate is what was asked: Levenshtein distance over length, in code points.

    Each row's number of errors is its share, rounded up or down by a draw; a swap counts as two. The errors fall on all
    characters alike, blanks and marks too, but not on line breaks, nor inside characters of several code points. New
    letters differ from all those nearby, and insertions, deletions and swaps keep apart, so that hardly ever a cheaper
    way leads from one text to the other than the errors themselves. Other noise generators count operations instead,
    and overshoot or fall short where those cancel out. What a result calls realised are the errors made; no distance is
    computed.

    Args:
        cer: the character error rate. Up to 0.4 the distance measured on real text lies within 1 % of it, whatever
            the actions, and without swaps within the rounding; higher rates are reached as far as
            there is room (about 0.6 for swaps alone).
        actions: any of "substitute", "insert", "delete", "swap"; each is equally likely, but where one would not add
            its full cost, so near another error, the next one takes its place: of all four at a rate of 0.4,
            substitutions are two in five.

    >>> from textaug import CharNoise
    >>> CharNoise(cer=0.15)("A fine piece of work.", seed=3)
    'A fine pieceo f wolk.'
    """

    about: ClassVar[About] = About("letter", "any", "error rate by Levenshtein")

    cer: float = 0.05
    actions: tuple[str, ...] = ("substitute", "insert", "delete", "swap")

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_share("cer", self.cer)
        if isinstance(self.actions, str):
            object.__setattr__(self, "actions", (self.actions,))
        self._check_words("actions")
        for action in self.actions:
            self._check_choice("actions", action, tuple(ACTIONS))
        if not self.actions:
            raise self._refuse("actions", self.actions, f"give some of {', '.join(ACTIONS)}")

    @property
    def asked(self) -> float:
        """The character error rate."""
        return self.cer

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Make the errors of each row."""
        units = chars(batch)
        plain = units.kind <= Kind.HAN  # single code points; emoji, controls and clusters come behind
        usable = allowed(plain, batch.free(units.start, units.end))
        if batch.guarded is not None:  # nor does a pair swap around an empty span
            usable[np.isin(units.start, batch.guarded.start[batch.guarded.start == batch.guarded.end])] = 0
        lengths = kernel.lengths(batch.data, batch.offsets)
        limits = np.full(len(batch), threshold(self.cer), np.uint64)
        if batch.active is not None:
            limits[batch.active == 0] = 0
            lengths[batch.active == 0] = 0
        offsets, start, end, begin, stop, text, errors = kernel.noise(
            batch.data,
            units.row_offsets,
            units.start,
            units.end,
            usable,
            draws.key,
            batch.row_ids,
            lengths,
            limits,
            sum(ACTIONS[action] for action in set(self.actions)),
            alphabets(),
            hanzi(),
        )
        edits = Edits(offsets, start, end, begin, stop, np.zeros(len(start), np.uint8), text)
        return Proposal(edits, int(lengths.sum()), errors)
