"""Texts as tokens, cut into batches by length, translated, and put back in order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textaug.models.translation.protocol import Failure

Tokens = TypeVar("Tokens", list[int], list[str])


@dataclass(frozen=True, slots=True)
class Row(Generic[Tokens]):
    """A text on its way: its place among the texts, itself, and its tokens."""

    place: int
    text: str
    tokens: Tokens

    @property
    def room(self) -> int:
        """Return how many tokens its translation may have.

        It depends on nothing but the text's own length, in steps, and a batch has one room: so the company that a
        text keeps has no say in where its translation is cut off.
        """
        return 32 + 3 * (1 << (len(self.tokens) - 1).bit_length())


Work = Callable[[list[Row[Tokens]]], list[str | Failure]]


class Batches(Generic[Tokens]):
    """Cuts rows into batches, by a budget that shrinks where memory does not suffice.

    Args:
        budget: how many tokens a batch may have, with its padding.
        beams: how many times each row is held.
    """

    def __init__(self, budget: int, beams: int) -> None:
        self.budget, self._beams = budget, beams

    def cut(self, rows: Sequence[Row[Tokens]]) -> Iterator[list[Row[Tokens]]]:
        """Yield batches of rows that are alike in length, the longest first: if memory fails, it fails early."""
        queue = sorted(rows, key=lambda row: (-len(row.tokens), row.place))
        begin = 0
        while begin < len(queue):
            first, end = queue[begin], begin + 1
            most = self.budget // (len(first.tokens) * self._beams)
            while end < len(queue) and end - begin < most and queue[end].room == first.room:
                end += 1
            yield queue[begin:end]
            begin = end

    def run(self, rows: Sequence[Row[Tokens]], work: Work[Tokens]) -> dict[int, str | Failure]:
        """Translate rows batch by batch, and return the results by place."""
        done: dict[int, str | Failure] = {}
        for batch in self.cut(rows):
            done |= zip((row.place for row in batch), self._fitting(batch, work), strict=True)
        return done

    def _fitting(self, batch: list[Row[Tokens]], work: Work[Tokens]) -> list[str | Failure]:
        """Translate a batch, in halves if it does not fit into memory; later ones are then cut smaller at once."""
        try:
            return work(batch)
        except (RuntimeError, MemoryError) as error:
            if not _out_of_memory(error):
                raise
        _free()  # not in the handler: the error holds on to the tensors
        if len(batch) == 1:
            return [Failure("out of memory")]
        self.budget = min(self.budget, len(batch) * len(batch[0].tokens) * self._beams // 2)
        half = len(batch) // 2
        return self._fitting(batch[:half], work) + self._fitting(batch[half:], work)


def _out_of_memory(error: BaseException) -> bool:
    """Tell whether memory ran out, on whatever device; only some of them have a class for it."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    text = str(error)
    return any(said in text for said in ("out of memory", "can't allocate memory", "not enough memory"))


def _free() -> None:
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def in_order(
    batches: Batches[Tokens],
    texts: Sequence[str],
    tokens: Callable[[str], Tokens],
    longest: int,
    work: Work[Tokens],
) -> list[str | Failure]:
    """Translate texts by what translates a batch of rows, and return the results in the order of the texts.

    Args:
        batches: cuts the batches.
        texts: the texts.
        tokens: turns a text into tokens.
        longest: texts with more tokens are not translated.
        work: translates the rows of a batch.
    """
    rows = [Row(place, text, tokens(text)) for place, text in enumerate(texts)]
    done = batches.run([row for row in rows if 0 < len(row.tokens) <= longest], work)
    return [done.get(row.place, Failure("too long")) for row in rows]
