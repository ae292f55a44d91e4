"""Views: what a job's options make of a slice's columns, a text with its spans; and the way back into the columns."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from textaug.engine import Outcome
from textaug.errors import DataError
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Task
from textaug.pipeline.slices import Rejected, Slice, taken
from textaug.pipeline.validate import checked


class Bad(NamedTuple):
    """Why a row cannot be used, and in which column that stands."""

    column: str
    reason: str
    value: str


class Read(NamedTuple):
    """What a view finds in a batch: the text, its spans, what it needs for the way back, and the rows that are bad."""

    text: pa.Array
    spans: pa.Array | None
    held: Any
    bad: dict[int, Bad]


class Written(NamedTuple):
    """What an outcome makes of a batch's columns, and in which rows it left no answer, None where in none."""

    columns: dict[str, pa.Array]
    unanswered: NDArray[np.bool_] | None = None


class View(Protocol):
    """One way to look at a batch."""

    def read(self, batch: pa.RecordBatch) -> Read:
        """Find the text and its spans."""

    def write(self, batch: pa.RecordBatch, held: Any, outcome: Outcome) -> Written:
        """Put what came out back into the columns."""


class Seen(NamedTuple):
    """A slice through a view."""

    piece: Slice
    text: pa.Array
    spans: pa.Array | None
    view: View
    held: Any

    def written(self, outcome: Outcome) -> Written:
        """Put what came out back into the columns."""
        return self.view.write(self.piece.batch, self.held, outcome)


def seen(piece: Slice, file: File, job: Task) -> Seen:
    """Return a slice as the engine takes it, with nothing in it but what is sound.

    Raises:
        DataError: something in it is not, and the policy does not set it aside.
    """
    piece = checked(piece, job.on_invalid, file.place)
    view = open_view(piece.batch.schema, job)
    read = view.read(piece.batch)
    if read.bad:
        piece = _without(piece, read.bad, file, job)
        read = view.read(piece.batch)
    return Seen(piece, read.text, read.spans, view, read.held)


def open_view(schema: pa.Schema, job: Task) -> View:
    """Choose the view that a job asks for."""
    from textaug.pipeline.views.text import text_view
    from textaug.pipeline.views.tokens import TokenView

    return text_view(schema, job) if job.tags is None else TokenView(schema, job)


def _without(piece: Slice, bad: dict[int, Bad], file: File, job: Task) -> Slice:
    """Set the bad rows aside, or refuse the first."""
    rejected = [Rejected(file.place, int(piece.rows[row]), *one) for row, one in sorted(bad.items())]
    if job.on_invalid != "skip":
        first = rejected[0]
        remedy = "set such rows aside with --on-invalid=skip"
        raise DataError(f"{file.place}, row {first.row}, column '{first.column}': {first.reason}; {remedy}")
    keep = np.ones(len(piece.rows), bool)
    keep[list(bad)] = False
    rows = pa.array(np.flatnonzero(keep))
    columns = [taken(column, rows) for column in piece.batch.columns]
    batch = pa.RecordBatch.from_arrays(columns, schema=piece.batch.schema)
    return Slice(batch, piece.rows[keep], (*piece.rejected, *rejected))
