"""A difference as segments: what stayed, what went, what came."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

Kind = Literal["same", "gone", "new"]
ELLIPSIS = " … "


class Segment(NamedTuple):
    """A stretch of text, what became of it, and by which transform."""

    kind: Kind
    text: str
    by: str = ""


def segments(before: str, edits: Iterable[Sequence[Any]]) -> Iterator[Segment]:
    """Yield a text's segments for edits (start, end, replacement[, by]) in code points, sorted.

    >>> [segment.text for segment in segments("a good film", [(2, 6, "fine")])]
    ['a ', 'good', 'fine', ' film']
    """
    at = 0
    for start, end, text, *by in edits:
        made = by[0] if by else ""
        found = (
            Segment("same", before[at:start]),
            Segment("gone", before[start:end], made),
            Segment("new", text, made),
        )
        yield from (segment for segment in found if segment.text)
        at = end
    if before[at:]:
        yield Segment("same", before[at:])


def around(parts: Iterable[Segment], context: int) -> Iterator[Segment]:
    """Shorten what stayed to `context` characters beside what changed.

    >>> "".join(s.text for s in around([Segment("same", "0123456789"), Segment("new", "!")], 3))
    ' … 789!'
    """
    held = list(parts)
    for at, segment in enumerate(held):
        head = context if at else 0
        tail = context if at < len(held) - 1 else 0
        if len(held) == 1:
            head = 2 * context
        if segment.kind != "same" or len(segment.text) <= head + tail + len(ELLIPSIS):
            yield segment
        else:
            shown = segment.text[:head] + ELLIPSIS + segment.text[len(segment.text) - tail :]
            yield segment._replace(text=shown)
