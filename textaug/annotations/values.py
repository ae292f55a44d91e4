"""Spans as people write them: (start, end, label), or dicts with these keys and whatever else they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa


class Span(NamedTuple):
    """A labelled range of one text, in code points."""

    start: int
    end: int
    label: str | None


class Mark(NamedTuple):
    """A span on its way through the engine: where it lies, its text if it says it, and which of its row's it is."""

    start: int
    end: int
    label: str | None
    text: str | None
    origin: int


def mark(value: Any, origin: int) -> Mark:
    """Read one span.

    Raises:
        ValueError: it is none.

    >>> mark([0, 5, "PERSON"], 0) == mark({"start": 0, "end": 5, "label": "PERSON", "score": 0.5}, 0)
    True
    """
    if isinstance(value, dict):
        missing = {"start", "end", "label"} - value.keys()
        if missing:
            raise ValueError(f"{value!r:.80} has no {' and no '.join(sorted(missing))}")
        start, end, label, text = value["start"], value["end"], value["label"], value.get("text")
    elif isinstance(value, list | tuple) and len(value) == 3:
        (start, end, label), text = value, None
    else:
        raise ValueError(f"{value!r:.80} is no span")
    if type(start) is not int or type(end) is not int or not isinstance(label, str | None):
        raise ValueError(f"{value!r:.80} is no span: start and end are integers, and the label is text")
    return Mark(start, end, label, text if isinstance(text, str) else None, origin)


def span_problem(start: int, end: int, length: int) -> str | None:
    """Say what is wrong with a span's place in a text of so many characters; None where nothing is.

    >>> span_problem(2, 1, 3), span_problem(0, 3, 3)
    ('the span (2, 1) ends before it begins', None)
    """
    if end < start:
        return f"the span ({start}, {end}) ends before it begins"
    if not 0 <= start <= end <= length:
        return f"the span ({start}, {end}) lies outside of its text of {length} characters"
    return None


def renewed(value: Any, start: int, end: int, text: str) -> Any:
    """Return a span as it was written, at its new place; a dict keeps what else it holds.

    >>> renewed({"start": 0, "end": 5, "label": "PERSON", "score": 0.5}, 2, 7, "Curie")
    {'start': 2, 'end': 7, 'label': 'PERSON', 'score': 0.5}
    """
    if isinstance(value, dict):
        return value | {"start": start, "end": end} | ({"text": text} if "text" in value else {})
    return [start, end, value[2]] if isinstance(value, list) else Span(start, end, value[2])


def marks_column(rows: Iterable[Sequence[Mark]]) -> pa.Array:
    """Return marks as the engine takes spans; text and origin come along.

    Raises:
        OverflowError: a position is too large.
    """
    import pyarrow as pa

    kinds = (pa.int32(), pa.int32(), pa.string(), pa.string(), pa.int32())
    held = [list(row) for row in rows]
    flat = [one for row in held for one in row]
    columns = list(zip(*flat, strict=True)) if flat else [()] * len(kinds)
    fields = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    ends = pa.array(list(accumulate(map(len, held), initial=0)), pa.int32())
    return pa.ListArray.from_arrays(ends, pa.StructArray.from_arrays(fields, Mark._fields))
