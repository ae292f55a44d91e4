"""A masked language model: texts into pieces, rows with masks in them into logits, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from textaug.masking.vocabulary import Vocabulary
from textaug.models.masked.wordpiece import Pieces

if TYPE_CHECKING:
    from textaug.models.masked.nearness import Nearness

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

BATCH_TOKENS = 2048
"""Tokens of a batch, padding counted."""


class Engine(Protocol):
    """What computes logits: see `textaug.models.masked.bert.Bert`."""

    limit: int
    noise: float

    def __call__(self, ids: I64, mask: I64, row: I64, place: I64) -> F32:
        """Return the logits of some tokens: float32, shape (tokens, vocabulary)."""


class Ask(NamedTuple):
    """A row of ids without special tokens, and the places whose logits are asked for; there it holds the mask token."""

    ids: Sequence[int]
    places: Sequence[int]


@dataclass(frozen=True, eq=False)
class MaskedLM:
    """A masked language model with its tokenizer.

    Attributes:
        engine: computes the logits.
        pieces: cuts texts.
        vocabulary: what the tokenizer says of its ids.
        around: the special tokens before and behind a row.
        identity: what decides what the model says: a hash of its files.
    """

    engine: Engine
    pieces: Callable[[Sequence[str]], list[Pieces]]
    vocabulary: Vocabulary
    around: tuple[tuple[int, ...], tuple[int, ...]]
    identity: str

    @cached_property
    def nearness(self) -> Nearness | None:
        """How near tokens are in meaning; None where the engine does not tell its embeddings."""
        from textaug.models.masked.nearness import Nearness

        vectors: F32 | None = getattr(self.engine, "vectors", None)
        return None if vectors is None else Nearness(vectors)

    @property
    def limit(self) -> int:
        """How many tokens a row may have, beside the special ones."""
        return self.engine.limit - sum(map(len, self.around))

    def logits(self, asks: Sequence[Ask]) -> Iterator[tuple[int, F32]]:
        """Yield the number of each row and the logits at its places, in batches of rows of like length.

        What a row's logits are may differ by `engine.noise` with the rows beside it: who decides by less asks `alone`.
        """
        order = np.argsort([len(ask.ids) for ask in asks], kind="stable").tolist()
        while order:
            width = len(asks[order[-1]].ids) + sum(map(len, self.around))
            some = order[-max(1, BATCH_TOKENS // width) :]
            del order[-len(some) :]
            yield from zip(some, self._batch([asks[k] for k in some]), strict=True)

    def alone(self, ask: Ask) -> F32:
        """Return the logits of one row by itself: what they are, whatever else is asked."""
        return self._batch([ask])[0]

    def _batch(self, asks: list[Ask]) -> list[F32]:
        """Compute a batch; what is too large for the memory in two halves."""
        before, behind = self.around
        rows = [[*before, *ask.ids, *behind] for ask in asks]
        ids = np.full((len(rows), max(map(len, rows))), self.vocabulary.pad, np.int64)
        mask = np.zeros_like(ids)
        for k, row in enumerate(rows):
            ids[k, : len(row)], mask[k, : len(row)] = row, 1
        counts = [len(ask.places) for ask in asks]
        places = np.array([place + len(before) for ask in asks for place in ask.places], np.int64)
        try:
            made = self.engine(ids, mask, np.repeat(np.arange(len(rows)), counts), places)
        except (MemoryError, RuntimeError) as error:
            if len(asks) == 1 or not out_of_memory(error):
                raise
            half = len(asks) // 2
            return self._batch(asks[:half]) + self._batch(asks[half:])
        return np.split(made, np.cumsum(counts)[:-1])

    def pseudo_nll(self, texts: Sequence[str]) -> F64:
        """Return how surprising texts are: the mean negative log-likelihood of a token where it is masked, in nats.

        Each token is masked once, several of a row at a time, so far apart that they hardly matter to one another
        (Salazar et al., "Masked Language Model Scoring", ACL 2020, mask one at a time). A text without tokens gets 0.
        """
        total, count = np.zeros(len(texts)), np.zeros(len(texts))
        asks: list[Ask] = []
        sought: list[tuple[int, list[int]]] = []
        for text, pieces in enumerate(self.pieces(texts)):
            for first in range(0, len(pieces.ids), self.limit):
                row = pieces.ids[first : first + self.limit]
                for k in range(min(APART, len(row))):
                    places = list(range(k, len(row), APART))
                    asks.append(Ask(masked(row, places, self.vocabulary.mask), places))
                    sought.append((text, [row[place] for place in places]))
        for k, logits in self.logits(asks):
            text, ids = sought[k]
            total[text] -= log_softmax(logits)[np.arange(len(ids)), ids].sum()
            count[text] += len(ids)
        return total / np.maximum(count, 1)


APART = 8
"""Every so manieth token of a row is masked at a time."""


def masked(ids: Sequence[int], places: Sequence[int], mask: int) -> list[int]:
    """Return ids with the mask token at some places."""
    made = list(ids)
    for place in places:
        made[place] = mask
    return made


def log_softmax(logits: F32) -> F32:
    """Return the logarithms of the chances that logits stand for."""
    held = logits - logits.max(-1, keepdims=True)
    made: F32 = held - np.log(np.exp(held).sum(-1, keepdims=True))
    return made


def out_of_memory(error: Exception) -> bool:
    """Say whether an error means that the memory is not enough, of the processor or of a GPU."""
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError" or "out of memory" in str(error)


def special_around(tokenizer: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the special tokens that a tokenizer of transformers puts before and behind a text."""
    whole, plain = (list(tokenizer("a", add_special_tokens=added)["input_ids"]) for added in (True, False))
    at = next(k for k in range(len(whole)) if whole[k : k + len(plain)] == plain)
    return tuple(whole[:at]), tuple(whole[at + len(plain) :])
