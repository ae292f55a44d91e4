"""Documents cut into sentences, once they are tokens: each token is of one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textaug.batch import I32, Mask
from textaug.masking.rows import Rows

if TYPE_CHECKING:
    import pyarrow as pa

I64 = npt.NDArray[np.int64]
SENTENCES = "sentence_ids"


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """Sentences of tokens, in the order of their documents.

    Attributes:
        columns: int32, shape (tokens,): `input_ids`, and the unit columns.
        offsets: int64, shape (sentences + 1,).
        document: int64, shape (sentences,): the number of each one's document in its source.
        place: int64, shape (sentences,): where in the document it begins, in tokens.
    """

    columns: dict[str, I32]
    offsets: I64
    document: I64
    place: I64

    @classmethod
    def none(cls, names: tuple[str, ...]) -> Sentences:
        """Return no sentences, of these columns."""
        none = np.zeros(0, np.int64)
        return cls({name: np.zeros(0, np.int32) for name in names}, np.zeros(1, np.int64), none, none)

    def __len__(self) -> int:
        return len(self.document)

    @property
    def lengths(self) -> I64:
        """How many tokens each has."""
        return np.diff(self.offsets)

    @property
    def fresh(self) -> Mask:
        """Which of them belong to another document than the one before."""
        found = np.ones(len(self), bool)
        found[1:] = self.document[1:] != self.document[:-1]
        return found

    def part(self, first: int, last: int) -> Sentences:
        """Return the sentences from `first` to before `last`."""
        begin, end = self.offsets[first], self.offsets[last]
        columns = {name: column[begin:end] for name, column in self.columns.items()}
        offsets = self.offsets[first : last + 1] - begin
        return Sentences(columns, offsets, self.document[first:last], self.place[first:last])

    def joined(self, other: Sentences) -> Sentences:
        """Put others behind these."""
        columns = {name: np.concatenate([column, other.columns[name]]) for name, column in self.columns.items()}
        offsets = np.concatenate([self.offsets, self.offsets[-1] + other.offsets[1:]])
        document = np.concatenate([self.document, other.document])
        return Sentences(columns, offsets, document, np.concatenate([self.place, other.place]))


def cut(table: pa.Table, names: tuple[str, ...], documents: I64, room: int) -> Sentences:
    """Cut documents into sentences of at most `room` tokens.

    A longer one is cut where it must be, but not inside of a unit, unless that is longer by itself. What stands between
    two sentences, as markup does, belongs to the one before.

    Args:
        table: what `annotate(…, sentences=True, add_special_tokens=False)` made of them.
        names: the columns that are kept, `input_ids` first.
        documents: int64: the number of each document.
        room: how many tokens a sequence has room for.
    """
    sentence = Rows.of(table.column(SENTENCES))
    columns = {name: Rows.of(table.column(name)).values.astype(np.int32, copy=False) for name in names}
    row = np.repeat(np.arange(len(documents)), sentence.lengths)
    number = np.maximum.accumulate((row << 32) + np.maximum(sentence.values, 0))
    begins = np.flatnonzero(np.append(True, number[1:] != number[:-1])) if len(number) else np.zeros(0, np.int64)
    offsets = _shortened(np.append(begins, len(number)), _together(columns), room)
    head = row[offsets[:-1]]
    return Sentences(columns, offsets, documents[head], offsets[:-1] - sentence.offsets[head])


def _together(columns: dict[str, I32]) -> Mask:
    """Say which tokens go on with a unit of the token before."""
    found = np.zeros(len(columns["input_ids"]), bool)
    for name, column in columns.items():
        if name != "input_ids":
            found[1:] |= (column[1:] == column[:-1]) & (column[1:] >= 0)
    return found


def _shortened(offsets: I64, together: Mask, room: int) -> I64:
    """Cut what is longer than the room."""
    more: list[int] = []
    for long in np.flatnonzero(np.diff(offsets) > room):
        at, end = int(offsets[long]), int(offsets[long + 1])
        while end - at > room:
            places = np.flatnonzero(~together[at + 1 : at + room + 1])
            at += room if not len(places) else int(places[-1]) + 1
            more.append(at)
    return np.sort(np.concatenate([offsets, np.array(more, np.int64)]))
