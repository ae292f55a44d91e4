"""Documents of sentences: read from lists of lists, or from rows of ids whose sentences are numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError, UsageError
from textaug.masking.objectives import corpus
from textaug.masking.objectives.prepare import SENTENCES
from textaug.masking.objectives.segments import CLS, MOST, Laid

I64 = npt.NDArray[np.int64]
Ids = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]
NESTED = "sentences"
"""The column that holds sentences of ids."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Documents of sentences of tokens, end to end; none of the sentences is empty, but a document may be.

    Attributes:
        ids: shape (tokens,).
        sentences: shape (sentences + 1,), where each begins, in tokens.
        documents: shape (documents + 1,), where each begins, in sentences.
        units: more columns with a number for each token, by name.
    """

    ids: Ids
    sentences: I64
    documents: I64
    units: Mapping[str, Ids] = field(default_factory=dict)

    def laid(self, rows: Laid, begin: int, between: int) -> dict[str, Ids]:
        """Return the columns of rows that were put together of these tokens, end to end.

        Args:
            rows: the rows.
            begin: the id before the first segment.
            between: the id behind each segment.
        """
        added = np.flatnonzero(rows.source < 0)
        ids = self._taken(self.ids, rows)
        ids[added] = np.where(rows.source[added] == CLS, begin, between)
        special = np.zeros(len(ids), np.int8)
        special[added] = 1
        made: dict[str, Ids] = {"input_ids": ids, "token_type_ids": (rows.segment & 1).astype(np.int8)}
        for name, numbers in self.units.items():
            held = self._taken(numbers, rows)
            held[added] = -1
            if name == "pair_ids":  # its equal numbers are one unit wherever they stand: keep segments apart
                held = np.where(held >= 0, held * MOST + rows.segment, -1).astype(np.int32)
            if name == "special_tokens_mask":
                special |= held != 0
            made[name] = held
        made["special_tokens_mask"] = special
        return made

    def _taken(self, numbers: Ids, rows: Laid) -> Ids:
        """Return the number of each token of rows: int32; any for those that were added."""
        held = numbers if len(numbers) else np.zeros(1, np.int32)
        return held.take(rows.source, mode="clip").astype(np.int32, copy=False)


def nested(chunks: Iterable[corpus.Nested]) -> Paragraphs:
    """Read lists of sentences.

    >>> nested(corpus.read([[[1, 2], []], [[3]]], "sentences", 2)).sentences.tolist()
    [0, 2, 3]
    """
    ids, lengths, counts = [], [], []
    for held, (documents, sentences) in chunks:
        size = np.diff(sentences)
        some = np.concatenate([[0], np.cumsum(size > 0)])
        first, last = sentences[documents[0]], sentences[documents[-1]]
        ids.append(held[first:last])
        size = size[documents[0] : documents[-1]]
        lengths.append(size[size > 0])
        counts.append(np.diff(some[documents]))
    return Paragraphs(_joined(ids), _offsets(lengths), _offsets(counts))


def numbered(ids: Ids, offsets: I64, ends: Flags, keep: Flags, units: Mapping[str, Ids]) -> Paragraphs:
    """Read rows of ids.

    Args:
        ids: shape (tokens,).
        offsets: shape (rows + 1,), where rows begin.
        ends: shape (tokens,), whether a sentence ends with a token.
        keep: shape (tokens,), whether it is to be kept; special tokens are not.
        units: more columns with a number for each token.

    >>> held = numbered(np.array([0, 5, 6, 7, 1]), np.array([0, 5]), np.array([0, 0, 1, 0, 0], bool),
    ...                 np.array([0, 1, 1, 1, 0], bool), {})
    >>> held.ids.tolist(), held.sentences.tolist(), held.documents.tolist()
    ([5, 6, 7], [0, 2, 3], [0, 2])
    """
    row = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))[keep]
    ended = np.concatenate([[0], np.cumsum(ends)])[np.flatnonzero(keep)]  # so many sentences ended before each token
    begins = np.ones(len(row), bool)
    begins[1:] = (ended[1:] != ended[:-1]) | (row[1:] != row[:-1])
    sentences = np.append(np.flatnonzero(begins), len(row))
    counts = np.bincount(row[begins], minlength=len(offsets) - 1)
    kept = {name: numbers[keep] for name, numbers in units.items()}
    return Paragraphs(ids[keep], sentences, np.concatenate([[0], np.cumsum(counts)]), kept)


def ends_by_number(numbers: Ids, offsets: I64) -> Flags:
    """Say with which tokens a sentence ends, where each has the number of its own; -1 goes on with the one before.

    >>> ends_by_number(np.array([-1, 0, 0, -1, 1, -1]), np.array([0, 6])).astype(int).tolist()
    [0, 0, 0, 1, 0, 1]
    """
    at = np.flatnonzero(numbers >= 0)
    some = numbers[at]
    new = at[1:][some[1:] != some[:-1]]  # here another sentence begins, or another row
    row = np.searchsorted(offsets, new, side="right") - 1
    before = at[np.searchsorted(at, new) - 1]
    ends = np.zeros(len(numbers), bool)
    ends[new[before >= offsets[row]] - 1] = True
    ends[offsets[1:][offsets[1:] > offsets[:-1]] - 1] = True
    return ends


def turned(dataset: Any) -> Any:
    """Return rows that are dicts as a dict of columns; other data sets as they are, but no longer as iterators."""
    if isinstance(dataset, Mapping) or hasattr(dataset, "to_iterable_dataset") or hasattr(dataset, "schema"):
        return dataset
    if hasattr(dataset, "type"):
        return dataset
    rows = list(dataset)
    return {name: [row[name] for row in rows] for name in rows[0]} if rows and isinstance(rows[0], Mapping) else rows


def read(dataset: Any, special: Iterable[int], units: Iterable[str]) -> Paragraphs:
    """Read a data set: a column `sentences`, or `input_ids` with `sentence_ids`, or a sequence of lists of sentences.

    Args:
        dataset: Arrow, `datasets.Dataset`, a dict of columns, or a list of lists of sentences.
        special: the ids that stand around texts and are none of them.
        units: the columns with a number for each token that come along, where they are.

    Raises:
        UsageError: the sentences cannot be told.
        DataError: a column does not fit to the ids.
    """
    names = list(dataset) if isinstance(dataset, Mapping) else getattr(dataset, "column_names", None)
    if names is None or NESTED in names:
        return nested(corpus.read(dataset, NESTED, 2))
    if "input_ids" not in names or SENTENCES not in names:
        raise UsageError(
            f"the data set has {', '.join(names)}: give a column '{NESTED}' of lists of sentences of ids, or "
            f"'input_ids' and '{SENTENCES}', which annotate(..., sentences=True) makes"
        )
    ids, offsets = _column(dataset, "input_ids")
    found = {name: _column(dataset, name) for name in (SENTENCES, *units) if name in names}
    for name, (_, other) in found.items():
        if not np.array_equal(other, offsets):
            raise DataError(f"the rows of '{name}' are not as long as those of 'input_ids'; each token needs a number")
    columns = {name: numbers for name, (numbers, _) in found.items()}
    keep = ~np.isin(ids, np.array(sorted(special)))
    return numbered(ids, offsets, ends_by_number(columns.pop(SENTENCES), offsets), keep, columns)


def _column(dataset: Any, name: str) -> tuple[Ids, I64]:
    ids, lengths = [], []
    for held, (offsets,) in corpus.read(dataset, name, 1):
        ids.append(held[offsets[0] : offsets[-1]])
        lengths.append(np.diff(offsets))
    return _joined(ids), _offsets(lengths)


def _joined(parts: list[Ids]) -> Ids:
    return parts[0] if len(parts) == 1 else np.concatenate(parts or [np.zeros(0, np.int32)])


def _offsets(parts: list[I64]) -> I64:
    return np.concatenate([[0], np.cumsum(np.concatenate(parts))]) if parts else np.zeros(1, np.int64)
