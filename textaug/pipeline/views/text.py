"""A column of text, and beside it columns that hold places in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from textaug.annotations.values import Mark, marks_column, span_problem
from textaug.batch import Mask, flat
from textaug.engine import Outcome
from textaug.pipeline.job import Task
from textaug.pipeline.views import Bad, Read, View, Written
from textaug.pipeline.views.cells import is_json
from textaug.pipeline.views.sources import AnswerColumns, AnswerSource, Place, Source, SpanSource

LARGE = 1 << 30  # from here on 32-bit offsets might overflow while text grows


def text_view(schema: pa.Schema, job: Task) -> View:
    """Return the view of a text with its spans and answers, if it has any."""
    if job.answers is None and (job.spans is None or _is_plain(schema.field(job.spans).type)):
        return TextView(job.column, job.spans)
    sources: list[Source] = [] if job.spans is None else [SpanSource(job.spans)]
    if job.answers is not None:
        sources.append((AnswerSource if len(job.answers) == 1 else AnswerColumns)(job.answers))
    return MarkedView(job.column, sources)


def _is_plain(kind: pa.DataType) -> bool:
    """Say whether the engine takes such spans as they are, and cannot find more wrong with them than their places."""
    return not is_json(kind) and kind.value_type.get_field_index("text") < 0


def plain(text: pa.Array) -> pa.Array:
    """Return text without dictionary or views, with wide offsets where it is large."""
    text = flat(text)
    return text.cast(pa.large_string()) if text.nbytes > LARGE else text


class TextView:
    """A column of text, and one of spans that Arrow holds."""

    def __init__(self, name: str, spans: str | None) -> None:
        self._name, self._spans = name, spans

    def read(self, batch: pa.RecordBatch) -> Read:
        """Return both columns as they are."""
        text = plain(batch.column(self._name))
        if self._spans is None:
            return Read(text, None, None, {})
        spans = batch.column(self._spans)
        return Read(text, spans, None, {row: Bad(self._spans, *why) for row, why in _outside(text, spans).items()})

    def write(self, batch: pa.RecordBatch, held: Any, outcome: Outcome) -> Written:
        """Return both columns."""
        spans = {} if self._spans is None else {self._spans: outcome.spans}
        return Written({self._name: outcome.text, **spans})


def _outside(text: pa.Array, spans: pa.Array) -> dict[int, tuple[str, str]]:
    """Find the rows with a span that lies outside of its text."""
    counts = np.asarray(spans.value_lengths().fill_null(0), dtype=np.int64)
    rows = np.repeat(np.arange(len(spans)), counts)
    held = spans.flatten()
    start, end = (np.asarray(held.field(name).cast(pa.int64()).fill_null(-1)) for name in ("start", "end"))
    length = np.asarray(pc.utf8_length(text).fill_null(0), dtype=np.int64)[rows]
    found: dict[int, tuple[str, str]] = {}
    for k in np.flatnonzero((start < 0) | (end < start) | (end > length))[::-1].tolist():
        reason = span_problem(int(start[k]), int(end[k]), int(length[k]))
        found[int(rows[k])] = (str(reason), str(held[k].as_py())[:200])
    return found


class Held(NamedTuple):
    """The values of each source, and for each row of which source, and its how manieth, each mark is."""

    values: list[list[Any]]
    keys: list[list[tuple[int, int]]]


class MarkedView:
    """A column of text, and any others that hold places in it, in whatever form."""

    def __init__(self, name: str, sources: Sequence[Source]) -> None:
        self._name, self._sources = name, sources

    def read(self, batch: pa.RecordBatch) -> Read:
        """Gather the marks of all sources; a mark's origin is its place among all those of its row."""
        text, bad = plain(batch.column(self._name)), dict[int, Bad]()
        held = Held([source.read(batch, bad) for source in self._sources], [[] for _ in range(len(text))])
        rows: list[list[Mark]] = [[] for _ in range(len(text))]
        for row, words in enumerate(text.to_pylist()):
            for at, source in enumerate(self._sources):
                value = held.values[at][row]
                try:
                    found = source.marks(value, words or "")
                except ValueError as error:
                    bad.setdefault(row, Bad(source.names[0], str(error), f"{value!r:.200}"))
                    continue
                rows[row] += [one._replace(origin=len(rows[row]) + k) for k, one in enumerate(found)]
                held.keys[row].extend((at, one.origin) for one in found)
        return Read(text, marks_column(rows), held, bad)

    def write(self, batch: pa.RecordBatch, held: Held, outcome: Outcome) -> Written:
        """Give each source its marks back; where nothing was changed, its value is the one that it had."""
        new: list[dict[int, Any]] = [{} for _ in self._sources]
        unanswered = np.zeros(batch.num_rows, bool)
        rows = np.flatnonzero(changed(outcome, batch.num_rows))
        for row, spans in zip(rows.tolist(), taken_rows(outcome.spans, rows), strict=True):
            found: list[dict[int, Place]] = [{} for _ in self._sources]
            for one in spans:
                at, k = held.keys[row][one["origin"]]
                found[at][k] = (one["start"], one["end"], one["text"])
            for at, source in enumerate(self._sources):
                new[at][row] = source.renew(held.values[at][row], found[at])
                had = any(key[0] == at for key in held.keys[row])
                unanswered[row] |= isinstance(source, AnswerSource) and had and not found[at]
        columns = {self._name: outcome.text}
        for source, rows_of_it in zip(self._sources, new, strict=True):
            columns |= source.write(rows_of_it, batch)
        return Written(columns, unanswered)


def changed(outcome: Outcome, rows: int) -> Mask:
    """Say which rows something was done to."""
    found = np.zeros(rows, bool)
    for one in outcome.applied:
        found |= one.rows
    return found


def taken_rows(column: pa.Array | None, rows: Any) -> list[Any]:
    """Return some rows of a column as Python values."""
    return [] if column is None else list(column.take(pa.array(rows)).to_pylist())
