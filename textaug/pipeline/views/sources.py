"""Where spans come from beside a text: columns of spans, and columns of answers to questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
import pyarrow as pa

from textaug.annotations.answers import ANSWER, misplaced
from textaug.annotations.values import Mark, mark, renewed, span_problem
from textaug.pipeline.sources.json_types import JSON
from textaug.pipeline.views import Bad
from textaug.pipeline.views.cells import cells, is_json, values
from textaug.pipeline.views.cells import renewed as renewed_column

Place = tuple[int, int, str]  # start, end, text


class Source(Protocol):
    """Columns that hold places of the text."""

    names: tuple[str, ...]

    def read(self, batch: pa.RecordBatch, bad: dict[int, Bad]) -> list[Any]:
        """Return what the columns hold, a value a row."""

    def marks(self, value: Any, text: str) -> list[Mark]:
        """Return the places that a value names; ValueError where they are none of the text."""

    def renew(self, value: Any, found: dict[int, Place]) -> Any:
        """Return a value with its places as they are now, by the origin of their marks; what is lost is left out."""

    def write(self, rows: dict[int, Any], batch: pa.RecordBatch) -> dict[str, pa.Array]:
        """Return the columns, with the new values of some rows."""


class SpanSource:
    """A column of spans: lists of (start, end, label), or of objects with these keys and any others."""

    def __init__(self, name: str) -> None:
        self.names: tuple[str, ...] = (name,)

    def read(self, batch: pa.RecordBatch, bad: dict[int, Bad]) -> list[Any]:
        """Return each row's spans."""
        return values(batch, self.names[0], bad)

    def marks(self, value: Any, text: str) -> list[Mark]:
        """Return the spans, which lie in the text and say nothing else than it."""
        if not isinstance(value, list | None):
            raise ValueError(f"{value!r:.80} is no list of spans")
        found = [mark(one, k) for k, one in enumerate(value or ())]
        for one in found:
            if problem := span_problem(one.start, one.end, len(text)):
                raise ValueError(problem)
            surface = text[one.start : one.end]
            if one.text not in (None, surface):
                raise ValueError(
                    f"a span says {one.text!r:.80}, and on {surface!r:.80} it lies; count code points from 0"
                )
        return found

    def renew(self, value: Any, found: dict[int, Place]) -> Any:
        """Return the spans that are left."""
        return None if value is None else [renewed(value[k], *place) for k, place in found.items()]

    def write(self, rows: dict[int, Any], batch: pa.RecordBatch) -> dict[str, pa.Array]:
        """Return the column."""
        return {self.names[0]: renewed_column(batch, self.names[0], rows)}


class AnswerSource:
    """A column of answers as SQuAD has them: an object of the lists `text` and `answer_start`, or a list of objects.

    No text, or an empty one, is no answer.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)

    def read(self, batch: pa.RecordBatch, bad: dict[int, Bad]) -> list[Any]:
        """Return each row's answers."""
        return values(batch, self.names[0], bad)

    def marks(self, value: Any, text: str) -> list[Mark]:
        """Return the answers' places, where the text has what they say."""
        found = []
        for k, (start, said) in enumerate(_pairs(value)):
            if said is None or said == "":
                continue
            if problem := misplaced(text, start, said):
                raise ValueError(problem)
            found.append(Mark(start, start + len(said), ANSWER, None, k))
        return found

    def renew(self, value: Any, found: dict[int, Place]) -> Any:
        """Return the answers that are left, and those that never were any."""
        kept = [(k, found.get(k)) for k, (_, said) in enumerate(_pairs(value)) if k in found or not said]
        if isinstance(value, list):
            return [value[k] if at is None else value[k] | _answer(at) for k, at in kept]
        if value is None or not isinstance(value["text"], list):
            return value | _answer(found[0]) if found else value
        count = len(value["text"])
        rows = [_item(value, k, count) | ({} if at is None else _answer(at)) for k, at in kept]
        return {key: [row[key] for row in rows] if _parallel(held, count) else held for key, held in value.items()}

    def write(self, rows: dict[int, Any], batch: pa.RecordBatch) -> dict[str, pa.Array]:
        """Return the column."""
        return {self.names[0]: renewed_column(batch, self.names[0], rows)}


class AnswerColumns(AnswerSource):
    """A column of answers' texts and one of where they begin: lists, or one answer a row."""

    def read(self, batch: pa.RecordBatch, bad: dict[int, Bad]) -> list[Any]:
        """Return each row's answers as an object."""
        starts, texts = values(batch, self.names[1], bad), batch.column(self.names[0]).to_pylist()
        if self._marked(batch):
            texts = values(batch, self.names[0], bad)
        elif is_json(batch.schema.field(self.names[0]).type):  # a cell of CSV: a text, or a list of them as JSON
            texts = [
                _decoded(text) if isinstance(start, list) else text for start, text in zip(starts, texts, strict=True)
            ]
        return [{"text": text, "answer_start": start} for text, start in zip(texts, starts, strict=True)]

    def write(self, rows: dict[int, Any], batch: pa.RecordBatch) -> dict[str, pa.Array]:
        """Return both columns."""
        texts, starts = ({row: one[key] for row, one in rows.items()} for key in ("text", "answer_start"))
        if is_json(batch.schema.field(self.names[0]).type) and not self._marked(batch):
            plain = {row: text if isinstance(text, str | None) else _encoded(text) for row, text in texts.items()}
            made = cells(batch, self.names[0], plain)
        else:
            made = renewed_column(batch, self.names[0], texts)
        return {self.names[0]: made, self.names[1]: renewed_column(batch, self.names[1], starts)}

    def _marked(self, batch: pa.RecordBatch) -> bool:
        return bool(batch.schema.field(self.names[0]).metadata == JSON)


def _encoded(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _decoded(cell: Any) -> Any:
    """Return a cell's list; one that is none stays as it is, and is no answers."""
    try:
        return msgspec.json.decode(cell)
    except (ValueError, TypeError):
        return cell


def _answer(place: Place) -> dict[str, Any]:
    return {"text": place[2], "answer_start": place[0]}


def _pairs(value: Any) -> list[tuple[Any, Any]]:
    """Return (start, text) of each answer; ValueError where these are none."""
    if value is None:
        return []
    try:
        if isinstance(value, list):
            return [(one["answer_start"], one["text"]) for one in value]
        starts, texts = value["answer_start"], value["text"]
        if not isinstance(texts, list):
            return [(starts, texts)]
        return list(zip(starts, texts, strict=True))
    except (TypeError, KeyError, ValueError):
        shown = msgspec.json.encode(value).decode()
        raise ValueError(f"{shown:.80} are no answers; write text and answer_start, as many of each") from None


def _parallel(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count


def _item(value: dict[str, Any], k: int, count: int) -> dict[str, Any]:
    """Return the k-th answer of an object of lists."""
    return {key: held[k] for key, held in value.items() if _parallel(held, count)}
