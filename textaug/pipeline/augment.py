"""One slice in, one batch out: the copies of every row, in order, and the columns that say what they are."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from textaug.batch import buffers, flat, restored
from textaug.draws import Address, row_id
from textaug.engine import Outcome, run
from textaug.errors import DataError, TextaugError
from textaug.pipeline import columns
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Job
from textaug.pipeline.slices import Slice
from textaug.pipeline.sources.json_types import JSON

LARGE = 1 << 30  # from here on 32-bit offsets might overflow while text grows


@dataclass(slots=True)
class Counts:
    """What was done so far; adds up over slices, parts and runs that were interrupted."""

    rows_in: int = 0
    rows_out: int = 0
    rows_changed: int = 0
    rows_rejected: int = 0
    bytes_in: int = 0
    nodes: dict[str, list[Any]] = field(default_factory=dict)  # name: [asked, eligible, changed, rows]
    skipped: dict[str, dict[str, int]] = field(default_factory=dict)  # name: why units were left, and how many

    def add(self, other: "Counts") -> None:
        """Count another's work too."""
        self.rows_in += other.rows_in
        self.rows_out += other.rows_out
        self.rows_changed += other.rows_changed
        self.rows_rejected += other.rows_rejected
        self.bytes_in += other.bytes_in
        for name, (asked, *sums) in other.nodes.items():
            held = self.nodes.setdefault(name, [asked, 0, 0, 0])
            held[1:] = [mine + theirs for mine, theirs in zip(held[1:], sums, strict=True)]
        for name, reasons in other.skipped.items():
            self.skipped[name] = dict(Counter(self.skipped.get(name, {})) + Counter(reasons))


def augmented(piece: Slice, file: File, job: Job) -> tuple[pa.RecordBatch, Counts]:
    """Return the rows of a slice as the job wants them.

    The order is the source's; each row is followed by its copies, the original, if it is kept, before them.
    Raises DataError or UsageError that names the file and, where one row is to blame, the row.
    """
    text = _plain(piece.batch.column(job.column))
    ids = row_ids(piece, file, job)
    spans = None if job.spans is None else piece.batch.column(job.spans)
    made = [_run(text, ids, spans, copy, piece, file, job) for copy in range(1, job.copies + 1)]
    return _assembled(piece, text, spans, made, file, job), _counts(piece, text, made, job)


def _plain(text: pa.Array) -> pa.Array:
    """Return text without dictionary or views, with wide offsets where it is large."""
    text = flat(text)
    return text.cast(pa.large_string()) if text.nbytes > LARGE else text


def row_ids(piece: Slice, file: File, job: Job) -> NDArray[np.uint64]:
    """Return the rows' part of the address of every draw: their ids, or else their numbers in the source."""
    if job.id_column is None:
        return piece.rows.astype(np.uint64)
    ids = piece.batch.column(job.id_column)
    if ids.null_count:
        row = piece.rows[int(np.flatnonzero(np.asarray(ids.is_null()))[0])]
        raise DataError(f"{file.place}, row {row}, column '{job.id_column}': the id is null; every row needs one")
    if pa.types.is_integer(ids.type):
        return np.asarray(ids).astype(np.uint64)
    values = ids.to_pylist()
    if piece.batch.schema.field(job.id_column).metadata == JSON:
        import msgspec

        values = [msgspec.json.decode(value) for value in values]
    return np.array([row_id(value) for value in values], np.uint64)


def _run(
    text: pa.Array,
    ids: NDArray[np.uint64],
    spans: pa.Array | None,
    copy: int,
    piece: Slice,
    file: File,
    job: Job,
) -> Outcome:
    address = Address(job.seed, job.epoch, copy, file.source)
    try:
        return run(job.transform, text, row_ids=ids, address=address, spans=spans, want_edits=job.edits)
    except Exception as error:
        raise _placed(error, text, ids, spans, address, piece, file, job) from error


def _placed(
    error: Exception,
    text: pa.Array,
    ids: Any,
    spans: Any,
    address: Address,
    piece: Slice,
    file: File,
    job: Job,
) -> TextaugError:
    """Name the row that a transform failed on: rows do not depend on each other, each can be tried alone."""
    kind = type(error) if isinstance(error, TextaugError) else DataError
    for at in range(len(text)):
        only = None if spans is None else spans.slice(at, 1)
        try:
            run(
                job.transform,
                text.slice(at, 1),
                row_ids=ids[at : at + 1],
                address=address,
                spans=only,
                want_edits=job.edits,
            )
        except Exception as found:
            return kind(f"{file.place}, row {piece.rows[at]}, column '{job.column}': {_told(found)}")
    rows = f"rows {piece.rows[0]} to {piece.rows[-1]}" if len(piece.rows) else "no rows"
    return kind(f"{file.place}, {rows}, column '{job.column}': {_told(error)}")


def _told(error: Exception) -> str:
    """Tell what went wrong, and where in the code if it was not foreseen."""
    if isinstance(error, TextaugError):
        return str(error)
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f" in {at.tb_frame.f_code.co_qualname}, line {at.tb_lineno}" if at is not None else ""
    return f"{type(error).__name__}{where}: {error}"


def _assembled(
    piece: Slice, text: pa.Array, spans: pa.Array | None, made: list[Outcome], file: File, job: Job
) -> pa.RecordBatch:
    """Put the copies between the originals, and the new columns behind those that were given."""
    given, keep = piece.batch.schema, job.keep_original
    new = {job.column: columns.interleave([text] * keep + [one.text for one in made])}
    if job.spans is not None and spans is not None:
        moved = [one.spans.cast(spans.type) for one in made if one.spans is not None]
        new[job.spans] = columns.interleave([spans] * keep + moved)
    arrays = [
        _typed(new[name], given.field(name).type, file) if name in new else columns.repeated(column, len(made) + keep)
        for name, column in zip(given.names, piece.batch.columns, strict=True)
    ]
    fields = columns.added(job, given)
    arrays += _about(piece, made, file, job)
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema([*given, *fields], given.metadata))


def _typed(array: pa.Array, kind: pa.DataType, file: File) -> pa.Array:
    """Give text the type that it came with."""
    if pa.types.is_null(kind):
        return pa.nulls(len(array))
    try:
        return restored(array, kind)
    except pa.ArrowInvalid as error:
        raise DataError(
            f"{file.place}: the text has outgrown {kind}: {error}; cast the column to large_string"
        ) from error


def _about(piece: Slice, made: list[Outcome], file: File, job: Job) -> list[pa.Array]:
    """Return the columns that say whose row it is, which copy, and what was done to it."""
    rows, keep = len(piece.rows), job.keep_original
    times = len(made) + keep
    ids = pa.array(piece.rows) if job.id_column is None else piece.batch.column(job.id_column)
    none = columns.nothing_applied(rows)
    done = [(columns.applied_names(one.applied, rows), columns.effects(one.applied, rows)) for one in made]
    found = [
        columns.repeated(ids, times),
        pa.array(np.tile(np.arange(0 if keep else 1, job.copies + 1, dtype=np.int32), rows)),
        columns.interleave([none[0]] * keep + [names for names, _ in done]),
        columns.interleave([none[1]] * keep + [effect for _, effect in done]),
    ]
    if job.edits:
        edits = [one.edits.cast(none[2].type) for one in made if one.edits is not None]
        found.append(columns.interleave([none[2]] * keep + edits))
    return found + ([pa.repeat(pa.scalar(file.source), rows * times)] if job.several else [])


def _counts(piece: Slice, text: pa.Array, made: list[Outcome], job: Job) -> Counts:
    rows = piece.batch.num_rows
    offsets = buffers(text)[1]
    counts = Counts(
        rows_in=rows + len(piece.rejected),
        rows_out=rows * (len(made) + job.keep_original),
        rows_rejected=len(piece.rejected),
        bytes_in=int(offsets[-1] - offsets[0]),
    )
    for one in made:
        changed = np.zeros(rows, bool)
        for node in one.applied:
            changed |= node.rows
            sums = [node.asked, node.eligible, node.changed, int(node.rows.sum())]
            counts.add(Counts(nodes={node.node: sums}, skipped={node.node: dict(node.skipped)}))
        counts.rows_changed += int(changed.sum())
    return counts
