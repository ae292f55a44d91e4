"""One slice in, one batch out: the copies of every row, in order, and the columns that say what they are."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from textaug.batch import buffers, flat, restored
from textaug.call import label_effects
from textaug.draws import Address, row_id
from textaug.engine import Outcome, run
from textaug.errors import DataError, TextaugError
from textaug.pipeline import columns
from textaug.pipeline.counts import Counts
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Job
from textaug.pipeline.slices import Slice, taken
from textaug.pipeline.sources.json_types import JSON
from textaug.pipeline.views import Seen, Written
from textaug.pipeline.views.text import changed


def augmented(given: Seen, file: File, job: Job) -> tuple[pa.RecordBatch, Counts]:
    """Return the rows of a slice as the job wants them.

    The order is the source's; each row is followed by its copies, the original, if it is kept, before them.
    Raises DataError or UsageError that names the file and, where one row is to blame, the row.
    """
    made = outcomes(given, file, job)
    written = [given.written(one) for one in made]
    why = [_dropped(one, new, job) for one, new in zip(made, written, strict=True)]
    batch = _assembled(given.piece, written, made, file, job)
    if any(why):
        batch = _kept(batch, why, job)
    return batch, _counts(given, made, why, job)


def outcomes(given: Seen, file: File, job: Job) -> list[Outcome]:
    """Run the transform over a slice, once for each copy."""
    ids = row_ids(given.piece, file, job)
    return [_run(given, ids, copy, file, job) for copy in range(1, job.copies + 1)]


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


def _run(given: Seen, ids: NDArray[np.uint64], copy: int, file: File, job: Job) -> Outcome:
    address = Address(job.seed, job.epoch, copy, file.source)
    try:
        return _only(given, ids, address, job, slice(None))
    except Exception as error:
        raise _placed(error, given, ids, address, file, job) from error


def _only(given: Seen, ids: NDArray[np.uint64], address: Address, job: Job, rows: slice) -> Outcome:
    spans = None if given.spans is None else given.spans[rows]
    edits = job.edits or job.tags is not None
    return run(job.transform, given.text[rows], row_ids=ids[rows], address=address, spans=spans, want_edits=edits)


def _placed(error: Exception, given: Seen, ids: Any, address: Address, file: File, job: Job) -> TextaugError:
    """Name the row that a transform failed on: rows do not depend on each other, each can be tried alone."""
    kind, rows = type(error) if isinstance(error, TextaugError) else DataError, given.piece.rows
    for at in range(len(rows)):
        try:
            _only(given, ids, address, job, slice(at, at + 1))
        except Exception as found:
            return kind(f"{file.place}, row {rows[at]}, column '{job.column}': {_told(found)}")
    place = f"rows {rows[0]} to {rows[-1]}" if len(rows) else "no rows"
    return kind(f"{file.place}, {place}, column '{job.column}': {_told(error)}")


def _told(error: Exception) -> str:
    """Tell what went wrong, and where in the code if it was not foreseen."""
    if isinstance(error, TextaugError):
        return str(error)
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f" in {at.tb_frame.f_code.co_qualname}, line {at.tb_lineno}" if at is not None else ""
    return f"{type(error).__name__}{where}: {error}"


Dropped = dict[str, NDArray[np.bool_]]  # why: which rows


def _dropped(made: Outcome, written: Written, job: Job) -> Dropped:
    """Say which rows of a copy are left out, and why."""
    found: Dropped = {}
    if job.only_label_preserving:
        effects = label_effects(made.applied, len(made.text))
        found = {f"label {effect}": effects == effect for effect in ("flips", "may change")}
    if (given_back := rejected(made)).any():
        found["rejected by a filter"] = given_back
    if written.unanswered is not None:
        found["no answer is left"] = written.unanswered & ~_any(found, len(made.text))
    return {why: rows for why, rows in found.items() if rows.any()}


def rejected(made: Outcome) -> NDArray[np.bool_]:
    """Say which rows of a copy are the originals again, because a filter rejected what had become of them."""
    rows = len(made.text)
    left = [one.left for one in made.applied if one.left is not None]
    return np.logical_or.reduce(left) & ~changed(made, rows) if left else np.zeros(rows, bool)


def _any(why: Dropped, rows: int) -> NDArray[np.bool_]:
    found = np.zeros(rows, bool)
    for one in why.values():
        found |= one
    return found


def _kept(batch: pa.RecordBatch, why: list[Dropped], job: Job) -> pa.RecordBatch:
    """Leave out the rows that are dropped; originals stay."""
    rows = batch.num_rows // (len(why) + job.keep_original)
    gone = [np.zeros(rows, bool)] * job.keep_original + [_any(one, rows) for one in why]
    left = pa.array(np.flatnonzero(~np.stack(gone, axis=1).ravel()))
    columns = [taken(column, left) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _assembled(piece: Slice, written: list[Written], made: list[Outcome], file: File, job: Job) -> pa.RecordBatch:
    """Put the copies between the originals, and the new columns behind those that were given."""
    given, keep = piece.batch.schema, job.keep_original
    arrays = []
    for one, column in zip(given, piece.batch.columns, strict=True):
        if one.name not in written[0].columns:
            arrays.append(columns.repeated(column, len(made) + keep))
            continue
        new = [copy.columns[one.name] for copy in written]
        old = flat(column) if columns.is_text(one.type) else column
        arrays.append(_typed(columns.interleave([old.cast(new[0].type)] * keep + new), one.type, file))
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


def _counts(given: Seen, made: list[Outcome], why: list[Dropped], job: Job) -> Counts:
    rows, rejected = given.piece.batch.num_rows, len(given.piece.rejected)
    offsets = buffers(given.text)[1]
    counts = Counts(
        rows_in=rows + rejected,
        rows_out=rows * job.keep_original,
        rows_rejected=rejected,
        bytes_in=int(offsets[-1] - offsets[0]),
    )
    for one, dropped in zip(made, why, strict=True):
        for node in one.applied:
            sums = [node.asked, node.eligible, node.changed, int(node.rows.sum())]
            counts.add(Counts(nodes={node.node: sums}, skipped={node.node: dict(node.skipped)}))
        left = ~_any(dropped, rows)
        gone = {reason: int(which.sum()) for reason, which in dropped.items()}
        counts.add(Counts(rows_dropped=gone, rows_out=int(left.sum())))
        counts.rows_changed += int((changed(one, rows) & left).sum())
    return counts
