"""One call for every shape of text: what comes in as a list or a Series goes out as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from textaug.annotations.values import Span, mark, marks_column, renewed
from textaug.applied import Applied
from textaug.batch import flat, restored
from textaug.draws import Address, row_id
from textaug.engine import Outcome, run
from textaug.errors import DataError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from textaug.transform import Transform


SHOWN = 10  # rows in a notebook


class Edit(NamedTuple):
    """One edit of one text: `text` stands where `start:end`, in code points, stood; `by` names the transform.

    Where a piece of the given text was moved here, `moved_from` is where it began.

    >>> Edit(0, 1, "a", "CharSubstitute"), Edit(0, 3, "two", "WordSwap", 4)
    (Edit(start=0, end=1, text='a', by='CharSubstitute'), Edit(start=0, end=3, text='two', by='WordSwap', moved_from=4))
    """

    start: int
    end: int
    text: str
    by: str
    moved_from: int | None = None

    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in self._asdict().items() if value is not None]
        return f"Edit({', '.join(shown)})"


@dataclass(frozen=True)
class Result:
    """What `apply` returns.

    Attributes:
        text: the augmented text in the shape in which it was given.
        spans: for each text its spans, where they are now, in the form in which they were given; None if none were.
        edits: for each text the edits that lead from the given text to the new one.
        applied: what each transform did: rates asked and realised, rows changed.
        label_effects: for each text "preserves", "flips" or "may change".
        given: the text as it was given.
        rows: for each text the number of the given one that it was made of.

    A notebook shows the first rows with their changes.
    """

    text: Any
    spans: Any
    edits: Any
    applied: tuple[Applied, ...]
    label_effects: Any
    given: Any = field(repr=False, compare=False)
    rows: np.ndarray[Any, np.dtype[np.int64]] = field(repr=False, compare=False)

    def only_preserving(self) -> Result:
        """Return the texts alone whose labels hold for certain; `rows` says which of the given ones they were made of.

        `applied` goes on to tell what was done to all of them.

        Raises:
            UsageError: there is but one text, which cannot be left out.

        >>> from textaug import AntonymReplace
        >>> texts, labels = ["a good film", "seen on Tuesday"], ["positive", "none"]
        >>> kept = AntonymReplace(rate=1.0).apply(texts).only_preserving()
        >>> kept.text, [labels[row] for row in kept.rows]
        (['seen on Tuesday'], ['none'])
        """
        if isinstance(self.text, str):
            raise UsageError("one text alone cannot be left out; give a list, or look at label_effects")
        keep = np.array([effect == "preserves" for effect in self.label_effects], bool)
        held = {name: _kept(getattr(self, name), keep) for name in ("text", "spans", "edits", "label_effects", "rows")}
        return replace(self, **held)

    def _repr_html_(self) -> str:
        from textaug.report.html import diffs_html

        before, after = _listed(self.given), _listed(self.text)
        edits = [None] * len(after) if self.edits is None else _listed(self.edits)
        if isinstance(self.text, str):
            edits = [self.edits]
        rows = [(before[self.rows[i]], after[i], edits[i]) for i in range(min(len(after), SHOWN))]
        return diffs_html(
            (old, new, edit and [tuple(_values(one)) for one in edit])
            for old, new, edit in rows
            if isinstance(old, str) and isinstance(new, str)
        )


@dataclass(frozen=True)
class Shape:
    """Text as Arrow chunks, and the way back: `back(new chunks, copies)`."""

    chunks: list[pa.Array]
    back: Callable[[list[pa.Array], int | None], Any]
    single: bool = False
    arrow: bool = False


def apply(
    transform: Transform,
    text: Any,
    *,
    seed: int = 0,
    epoch: int = 0,
    copies: int | None = None,
    row_ids: Any = None,
    source: str = "",
    spans: Any = None,
    want_edits: bool = True,
) -> Result:
    """Run a transform over text of any shape.

    Args:
        transform: what to do.
        text: str, list of str and None, pandas Series, polars Series, pyarrow Array or ChunkedArray.
        seed, epoch, source: parts of the address of every draw; see `textaug.draws.Address`.
        copies: how many outputs for each text. Left out, one, in the shape of `text`. Given, a str becomes a list, and
            anything else grows: the outputs of a text stand one after the other.
        row_ids: an integer or a str for each text, its part of the address. Left out, its index; a lone str, which has
            no index that would tell it from the next one, is addressed by a hash of its content.
        spans: for each text a list of (start, end, label), in code points, or of dicts with these keys, whose `text` is
            kept in step too, and whose other keys come along; or an Arrow list<struct<start, end, label, …>>.
        want_edits: also return the edits, which takes longer.

    Raises:
        UsageError: the text has no known shape, or row_ids or spans do not fit it.
        DataError: the text is no valid Unicode, or too large.
    """
    for name, value in (("seed", seed), ("epoch", epoch), ("copies", 1 if copies is None else copies)):
        if not is_integer(value) or (name == "copies" and value < 1):
            raise UsageError(f"{name}={value!r}: give an integer" + " of at least 1" * (name == "copies"))
    shape = shape_of(text)
    sizes = [len(chunk) for chunk in shape.chunks]
    ids = row_ids_of(row_ids, text, sum(sizes), shape.single)
    span_column = None if spans is None else _spans(spans, sum(sizes), shape)
    outcomes = [
        _copies(
            transform,
            chunk,
            ids[first : first + len(chunk)],
            Address(seed, epoch, 1, source),
            copies or 1,
            None if span_column is None else span_column.slice(first, len(chunk)),
            want_edits,
        )
        for first, chunk in zip(np.cumsum([0, *sizes]).tolist(), shape.chunks, strict=False)
    ]
    applied = outcomes[0].applied
    for outcome in outcomes[1:]:
        applied = tuple(a + b for a, b in zip(applied, outcome.applied, strict=True))
    effects = label_effects(applied, sum(sizes) * (copies or 1))
    back = _single(copies) if shape.single else (lambda rows: rows)
    return Result(
        text=shape.back([outcome.text for outcome in outcomes], copies),
        spans=None if spans is None else back(_spans_back(spans, [o.spans for o in outcomes], shape, copies or 1)),
        edits=back(_rows([o.edits for o in outcomes], Edit, shape.arrow)) if want_edits else None,
        applied=applied,
        label_effects=back(effects.tolist()) if not shape.arrow else effects,
        given=text,
        rows=np.repeat(np.arange(sum(sizes)), copies or 1),
    )


def is_integer(value: object) -> bool:
    """Say whether a value is an integer, of Python or of NumPy, and no bool."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def label_effects(applied: Sequence[Applied], rows: int) -> np.ndarray[Any, Any]:
    """Say for each row what was done to its label: "preserves", "flips" or "may change"; two flips may cancel out."""
    if all(done.label_effect == "preserves" and not done.doubtful.any() for done in applied):
        return np.full(rows, "preserves", object)
    flips = np.zeros(rows, np.int32)
    unsure = np.zeros(rows, bool)
    for done in applied:
        flips += done.rows if done.label_effect == "flips" else 0
        unsure |= done.doubtful
    return np.select([unsure | (flips > 1), flips == 1], ["may change", "flips"], "preserves").astype(object)


def _copies(
    transform: Transform,
    text: pa.Array,
    ids: Any,
    address: Address,
    copies: int,
    spans: pa.Array | None,
    want_edits: bool,
) -> Outcome:
    """Run every copy, and put the copies of a row one behind the other."""
    made = [
        run(transform, text, row_ids=ids, address=replace(address, copy=copy), spans=spans, want_edits=want_edits)
        for copy in range(1, copies + 1)
    ]
    if copies == 1:
        return made[0]
    return interleaved(made)


def interleaved(made: Sequence[Outcome]) -> Outcome:
    """Join the outcomes of several copies, row by row."""
    import pyarrow as pa

    rows = len(made[0].text)
    order = np.arange(rows * len(made)).reshape(len(made), rows).T.ravel()

    def mixed(columns: list[Any]) -> Any:
        return None if columns[0] is None else pa.concat_arrays(columns).take(pa.array(order))

    text = restored(mixed([flat(o.text) for o in made]), made[0].text.type)  # Arrow cannot take from a string_view
    applied = []
    for nodes in zip(*(outcome.applied for outcome in made), strict=True):
        total = nodes[0]
        for node in nodes[1:]:
            total = total + node
        left = None if total.left is None else total.left[order]
        applied.append(replace(total, rows=total.rows[order], unsure=total.doubtful[order], left=left))
    return Outcome(text, mixed([o.spans for o in made]), mixed([o.edits for o in made]), tuple(applied))


def shape_of(text: Any) -> Shape:
    """Recognise text by its type's module, so that nothing is imported which the caller has not imported.

    Raises:
        UsageError: it is no text.
        DataError: it is no valid Unicode.
    """
    import pyarrow as pa

    module = type(text).__module__.partition(".")[0]
    if isinstance(text, str):
        return Shape([_strings([text])], lambda done, copies: _single(copies)(done[0].to_pylist()), single=True)
    if isinstance(text, pa.ChunkedArray):
        chunks = _valid(text.chunks or [pa.array([], text.type)])
        return Shape(chunks, lambda done, _: pa.chunked_array(done, type=text.type), arrow=True)
    if isinstance(text, pa.Array):
        return Shape(_valid([text]), lambda done, _: done[0], arrow=True)
    if (module, type(text).__name__) == ("pandas", "Series"):
        return Shape([_strings(text, from_pandas=True)], lambda done, copies: _pandas(text, done[0], copies or 1))
    if (module, type(text).__name__) == ("polars", "Series"):
        if str(text.dtype).startswith("Enum"):
            raise UsageError("an Enum of polars has no room for new text; cast the Series to pl.String")
        return Shape([text.to_arrow()], lambda done, _: _polars(text, done[0]))
    if isinstance(text, list | tuple | np.ndarray):
        return Shape([_strings(list(text))], lambda done, _: done[0].to_pylist())
    raise UsageError(f"{type(text).__name__} is no text; give a str, a list of str, a Series or an Arrow array")


def _valid(chunks: list[pa.Array]) -> list[pa.Array]:
    """Return the chunks if they are valid UTF-8; whoever makes a buffer may put anything in it."""
    import pyarrow as pa

    try:
        for chunk in chunks:
            chunk.validate(full=True)
    except pa.ArrowInvalid as error:
        raise DataError(f"the text is not valid: {error}") from None
    return chunks


def _listed(value: Any) -> list[Any]:
    """Return what Python, pandas, polars or Arrow hold as a list."""
    if isinstance(value, str):
        return [value]
    return list(value.to_pylist() if hasattr(value, "to_pylist") else value)


def _values(edit: Any) -> Any:
    return edit.values() if isinstance(edit, dict) else edit


def _strings(values: Any, *, from_pandas: bool = False) -> pa.Array:
    import pyarrow as pa

    if getattr(values, "dtype", np.dtype(object)) == np.dtype(object) and bytes in set(map(type, values)):
        raise UsageError("not all values are str or None: some are bytes; decode them")
    try:
        made = pa.array(values, pa.large_string(), from_pandas=from_pandas)
        return pa.concat_arrays(made.chunks) if isinstance(made, pa.ChunkedArray) else made
    except UnicodeEncodeError:
        row = next(i for i, value in enumerate(values) if isinstance(value, str) and not _encodes(value))
        raise DataError(
            f"row {row} has a lone surrogate, which is no text; clean it with value.encode('utf-8', 'replace').decode()"
        ) from None
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError) as error:
        raise UsageError(f"not all values are str or None: {error}") from None


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _single(copies: int | None) -> Callable[[list[Any]], Any]:
    return (lambda rows: rows[0]) if copies is None else (lambda rows: rows)


def _pandas(series: Any, made: pa.Array, copies: int) -> Any:
    import pandas as pd

    values = made.to_pylist()
    given = series.repeat(copies) if copies > 1 else series
    values = [old if new is None else new for new, old in zip(values, given.tolist(), strict=True)]
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):  # new text is a new category
        dtype = pd.CategoricalDtype(ordered=dtype.ordered)
    return pd.Series(values, index=given.index, dtype=dtype, name=series.name)


def _polars(series: Any, made: pa.Array) -> Any:
    import polars as pl

    return pl.Series(series.name, made).cast(series.dtype)


def row_ids_of(given: Any, text: Any, rows: int, single: bool) -> Any:
    """Return the rows' part of the address of every draw: the ids that were given, or else the rows' numbers.

    Raises:
        UsageError: there are not as many ids as rows, or some are neither integers nor text.
    """
    if given is None:
        return np.array([row_id(text)], np.uint64) if single else np.arange(rows, dtype=np.uint64)
    values = [given] if isinstance(given, int | str) else given
    if len(values) != rows:
        raise UsageError(f"{len(values)} row_ids for {rows} texts; give one for each")
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        return values.astype(np.uint64)
    values = values.to_pylist() if hasattr(values, "to_pylist") else values
    for value in values:
        if not is_integer(value) and not isinstance(value, str):
            raise UsageError(f"row_ids: {value!r} is neither an integer nor a str")
    return np.array([row_id(value) for value in values], np.uint64)


def _spans(given: Any, rows: int, shape: Shape) -> pa.Array:
    import pyarrow as pa

    if isinstance(given, pa.ChunkedArray):
        given = pa.concat_arrays(given.chunks)
    if isinstance(given, pa.Array):
        column = given
    else:
        try:
            column = marks_column([mark(one, k) for k, one in enumerate(row or ())] for row in _nested(given, shape))
        except (TypeError, ValueError, OverflowError) as error:
            raise UsageError(f"spans: give for each text a list of (start, end, label) or of dicts; {error}") from None
    if len(column) != rows:
        raise UsageError(f"spans for {len(column)} texts, but there are {rows}; give a list for each")
    return column


def _nested(given: Any, shape: Shape) -> Any:
    return [given] if shape.single else given


def _spans_back(given: Any, columns: list[pa.Array], shape: Shape, copies: int) -> Any:
    """Return spans in the form in which they were given."""
    import pyarrow as pa

    if isinstance(given, pa.Array | pa.ChunkedArray):
        return _rows(columns, _span, shape.arrow)
    rows = [row for column in columns for row in column.to_pylist()]
    held = _nested(given, shape)
    return [
        [renewed(held[k // copies][one["origin"]], one["start"], one["end"], one["text"]) for one in row]
        for k, row in enumerate(rows)
    ]


def _span(**fields: Any) -> Any:
    return Span(**fields) if fields.keys() == set(Span._fields) else fields


def _rows(columns: list[pa.Array], kind: Callable[..., Any], arrow: bool) -> Any:
    import pyarrow as pa

    if arrow:
        return columns[0] if len(columns) == 1 else pa.chunked_array(columns)
    return [[kind(**item) for item in row or ()] for column in columns for row in column.to_pylist()]


def _kept(values: Any, keep: np.ndarray[Any, np.dtype[np.bool_]]) -> Any:
    """Return some of the values of a list, an array or a Series."""
    if values is None:
        return None
    if isinstance(values, list):
        return [value for value, wanted in zip(values, keep.tolist(), strict=True) if wanted]
    if type(values).__module__.partition(".")[0] in ("pyarrow", "polars"):
        return values.filter(keep)
    return values[keep]
