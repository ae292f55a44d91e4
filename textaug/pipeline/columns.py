"""The columns that are added to those of the input: whose row it is, which copy, what was done to it."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from textaug.applied import Applied
from textaug.call import label_effects
from textaug.errors import UsageError, unknown
from textaug.pipeline.job import Job, Task
from textaug.pipeline.slices import taken

ID, COPY, APPLIED, EFFECT, EDITS, SOURCE = (
    "aug_id",
    "aug_copy",
    "aug_applied",
    "aug_label_effect",
    "aug_edits",
    "aug_source",
)
OUTPUT_COLUMNS = (ID, COPY, APPLIED, EFFECT, EDITS, SOURCE)
EDIT = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("text", pa.string()), ("by", pa.string())])


def added(job: Job, schema: pa.Schema) -> list[pa.Field]:
    """Return the fields that a job adds to columns of this schema."""
    like = pa.field(ID, pa.int64()) if job.id_column is None else schema.field(job.id_column)
    fields = [
        like.with_name(ID),
        pa.field(COPY, pa.int32()),
        pa.field(APPLIED, pa.list_(pa.string())),
        pa.field(EFFECT, pa.string()),
    ]
    fields += [pa.field(EDITS, pa.list_(EDIT))] if job.edits else []
    return fields + ([pa.field(SOURCE, pa.string())] if job.several else [])


def check(schema: pa.Schema, job: Task, place: str) -> None:
    """Refuse a wrong column, one that holds no text, ids that are none, annotations that cannot be."""
    if job.column not in schema.names:
        raise UsageError(f"{place}: {unknown('column', job.column, schema.names, remedy='Choose it with --column')}")
    text = schema.field(job.column).type
    if job.tags is None and not is_text(text):
        known = [field.name for field in schema if is_text(field.type)]
        hint = f"columns of text are: {', '.join(known)}" if known else "no column here is text"
        raise UsageError(f"{place}: column '{job.column}' holds {text}, not text; {hint}")
    _check_id(schema, job, place)
    _check_annotations(schema, job, place)


def check_free(schema: pa.Schema, job: Job, place: str) -> None:
    """Refuse names that are taken."""
    taken = [field.name for field in added(job, schema) if field.name in schema.names]
    if taken:
        raise UsageError(
            f"{place}: there is a column '{taken[0]}' already, and textaug writes one of this name; "
            "rename it, or augment the original data rather than what was augmented"
        )


def _check_id(schema: pa.Schema, job: Task, place: str) -> None:
    if job.id_column is None:
        return
    if job.id_column not in schema.names:
        raise UsageError(f"{place}: {unknown('column', job.id_column, schema.names, remedy='Choose it with --id')}")
    kind = schema.field(job.id_column).type
    if not (is_text(kind) or pa.types.is_integer(kind)):
        raise UsageError(f"{place}: column '{job.id_column}' holds {kind}; ids are integers or text")
    if job.id_column == job.column:
        raise UsageError(f"'{job.column}' cannot be both the text and the id; name another column with --id")


def _check_annotations(schema: pa.Schema, job: Task, place: str) -> None:
    """Refuse columns that cannot hold what they are said to; JSON text may hold anything, which each row tells."""
    named = (*job.annotated, *([job.column] if job.tags is None else []))
    double = [name for name in named if named.count(name) > 1]
    if double:
        raise UsageError(f"{place}: '{double[0]}' is named twice; each column has one use")
    wanted = [(job.spans, "--spans", _is_spans, SPANS), (job.tags, "--tags", _is_tags, TAGS)]
    wanted += [(job.column, "--tokens", _is_tokens, TOKENS)] * (job.tags is not None)
    wanted += [(name, "--token-column", pa.types.is_nested, TOKEN_COLUMN) for name in job.token_columns]
    one = len(job.answers or ()) == 1
    wanted += [(name, "--answers", _is_answers if one else _is_part, ANSWERS) for name in job.answers or ()]
    for name, option, fits, meant in wanted:
        if name is None:
            continue
        if name not in schema.names:
            raise UsageError(f"{place}: {unknown('column', name, schema.names, remedy=f'Choose it with {option}')}")
        kind = schema.field(name).type
        if not is_text(kind) and not fits(kind):
            raise UsageError(f"{place}: column '{name}' holds {kind}; {meant}")


SPANS = "spans are list<struct<start, end, label>>, or JSON"
TOKENS = "tokens are list<string>, or JSON"
TAGS = "tags are list<string>, or lists of integers, or JSON"
TOKEN_COLUMN = "there must be a list, with a value for each token"
ANSWERS = "answers are struct<text: list, answer_start: list>, or a column of texts and one of starts, or JSON"


def _inner(kind: pa.DataType) -> pa.DataType:
    """Return what a list holds; null where this is no list."""
    types = pa.types
    lists = types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)
    return kind.value_type if lists else pa.null()


def _is_spans(kind: pa.DataType) -> bool:
    return _has(_inner(kind), {"start", "end", "label"}) and not pa.types.is_fixed_size_list(kind)


def _has(kind: pa.DataType, names: set[str]) -> bool:
    return pa.types.is_struct(kind) and names <= {field.name for field in kind}


def _is_tokens(kind: pa.DataType) -> bool:
    inner = _inner(kind)
    return is_text(inner) and not pa.types.is_null(inner)


def _is_tags(kind: pa.DataType) -> bool:
    return _is_tokens(kind) or pa.types.is_integer(_inner(kind))


def _is_answers(kind: pa.DataType) -> bool:
    return _has(kind, {"text", "answer_start"}) or _has(_inner(kind), {"text", "answer_start"})


def _is_part(kind: pa.DataType) -> bool:
    return _is_tags(kind) or pa.types.is_integer(kind)


def is_text(kind: pa.DataType) -> bool:
    """Say whether a column of this type can be augmented.

    >>> is_text(pa.dictionary(pa.int8(), pa.string())), is_text(pa.int64())
    (True, False)
    """
    types = pa.types
    if types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(
        types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_null(kind)
    )


def applied_names(applied: Sequence[Applied], rows: int) -> pa.Array:
    """Return for each row the names of what changed it, in the recipe's order."""
    done = np.array([node.rows for node in applied], bool).reshape(len(applied), rows).T
    offsets = np.concatenate([[0], np.cumsum(done.sum(axis=1))]).astype(np.int32)
    names = pa.array([node.node for node in applied], pa.string())
    return pa.ListArray.from_arrays(pa.array(offsets), names.take(pa.array(np.nonzero(done)[1])))


def effects(applied: Sequence[Applied], rows: int) -> pa.Array:
    """Return for each row what was done to its label."""
    if all(node.label_effect == "preserves" and not node.doubtful.any() for node in applied):
        return pa.repeat(pa.scalar("preserves"), rows)
    return pa.array(label_effects(applied, rows), pa.string())


def nothing_applied(rows: int) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return the columns of originals: nothing applied, the label preserved, no edits."""
    none = pa.array(np.zeros(rows + 1, np.int32))
    return (
        pa.ListArray.from_arrays(none, pa.array([], pa.string())),
        pa.repeat(pa.scalar("preserves"), rows),
        pa.ListArray.from_arrays(none, pa.array([], EDIT)),
    )


def interleave(columns: Sequence[pa.Array]) -> pa.Array:
    """Put the rows of several columns in turn: row 0 of each, then row 1 of each."""
    if len(columns) == 1:
        return columns[0]
    rows = len(columns[0])
    order = np.arange(rows * len(columns), dtype=np.int64).reshape(len(columns), rows).T.ravel()
    return taken(pa.concat_arrays(list(columns)), pa.array(order))


def repeated(array: pa.Array, times: int) -> pa.Array:
    """Repeat each row."""
    return array if times == 1 else taken(array, pa.array(np.repeat(np.arange(len(array)), times)))
