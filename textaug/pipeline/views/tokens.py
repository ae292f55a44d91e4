"""A column of tokens and one of their tags: together a text with spans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from textaug.annotations.bio import recut, spans_of, tags_of
from textaug.annotations.tags import scheme
from textaug.annotations.tokens import Piece, Sentence, joined
from textaug.annotations.values import Mark, Span, marks_column
from textaug.engine import Outcome
from textaug.errors import DataError
from textaug.pipeline.job import Task
from textaug.pipeline.views import Bad, Read, Written
from textaug.pipeline.views.cells import renewed, values
from textaug.pipeline.views.text import changed, plain, taken_rows


class Row(NamedTuple):
    """A row's tokens as a sentence, and their tags by name; None where it has none."""

    sentence: Sentence
    tags: list[str | None]


class TokenView:
    """Tokens, their tags, and other columns with a value for each token."""

    def __init__(self, schema: pa.Schema, job: Task) -> None:
        self._tokens, self._tags, self._beside = job.column, str(job.tags), job.token_columns
        self._names = job.tag_names or tag_names(schema, self._tags)
        self._join = job.join

    def read(self, batch: pa.RecordBatch) -> Read:
        """Join the tokens of each row, and make spans of their tags."""
        bad: dict[int, Bad] = {}
        names = (self._tokens, self._tags, *self._beside)
        held = {name: values(batch, name, bad) for name in names}
        rows: list[Row | None] = []
        for at, (tokens, tags, *beside) in enumerate(zip(*held.values(), strict=True)):
            try:
                rows.append(None if tokens is None and tags is None else self._row(tokens, tags, beside))
            except ValueError as error:
                bad.setdefault(at, Bad(self._tags, str(error), f"{tokens!r:.100} {tags!r:.100}"))
                rows.append(None)
        texts = pa.array([None if row is None else row.sentence.text for row in rows], pa.large_string())
        marks = [[] if row is None else _marks(row) for row in rows]
        return Read(plain(texts), marks_column(marks), (held, rows), bad)

    def _row(self, tokens: Any, tags: Any, beside: Sequence[Any]) -> Row:
        if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
            raise ValueError(f"{tokens!r:.80} is no list of tokens")
        for name, held in zip((self._tags, *self._beside), (tags, *beside), strict=True):
            if not isinstance(held, list) or len(held) != len(tokens):
                count = len(held) if isinstance(held, list) else "none"
                raise ValueError(f"{len(tokens)} tokens have {count} of '{name}'; there must be one for each")
        return Row(joined(tokens, self._join), [self._name(tag) for tag in tags])

    def _name(self, tag: Any) -> str | None:
        if tag is None or isinstance(tag, str):
            return tag
        if type(tag) is not int:
            raise ValueError(f"{tag!r:.80} is no tag")
        if not 0 <= tag < len(self._names):
            raise ValueError(
                f"the tag {tag} has no name; give all the names, in the order of their numbers, with --tag-names"
            )
        return self._names[tag]

    def write(self, batch: pa.RecordBatch, held: Any, outcome: Outcome) -> Written:
        """Cut the text into tokens again; where nothing was changed, all is as it was."""
        cells, rows = held
        made: dict[str, dict[int, Any]] = {name: {} for name in cells}
        touched = np.flatnonzero(changed(outcome, batch.num_rows))
        parts = [taken_rows(array, touched) for array in (outcome.text, outcome.spans, outcome.edits)]
        for at, text, spans, edits in zip(touched.tolist(), *parts, strict=True):
            if not edits and len(spans) == len(_marks(rows[at])):
                continue  # one step has undone what another did
            places = [Span(one["start"], one["end"], one["label"]) for one in spans]
            pieces = recut(rows[at].sentence, [tuple(edit.values()) for edit in edits], places)
            made[self._tokens][at] = [text[piece.start : piece.end] for piece in pieces]
            tags = tags_of(pieces, places, scheme(rows[at].tags, self._names))
            made[self._tags][at] = self._written(tags, cells[self._tags][at])
            for name in self._beside:
                made[name][at] = _carried(pieces, cells[name][at])
        return Written({name: renewed(batch, name, new) for name, new in made.items()})

    def _written(self, tags: list[str], like: list[Any]) -> list[Any]:
        """Return tags as the row had them: names, or their numbers."""
        if not any(type(tag) is int for tag in like):
            return list(tags)
        number = {name: at for at, name in enumerate(self._names)}
        for tag in tags:
            if tag not in number:
                raise DataError(f"the tag '{tag}' is none of --tag-names {','.join(self._names)}; add it to them")
        return [number[tag] for tag in tags]


def _marks(row: Row) -> list[Mark]:
    """Return the entities, and without a label the blanks beside them: who takes one away puts a word to an entity."""
    spans, text = spans_of(row.sentence, row.tags), row.sentence.text
    beside = {at for span in spans for at in (span.start - 1, span.end) if text[at : at + 1] == " " and at >= 0}
    places = [*spans, *(Span(at, at + 1, None) for at in sorted(beside))]
    return [Mark(*place, None, at) for at, place in enumerate(places)]


def _carried(pieces: Sequence[Piece], old: list[Any]) -> list[Any]:
    """Return what stands beside the tokens: of those that are new, nothing is known."""
    return [None if piece.origin < 0 else old[piece.origin] for piece in pieces]


def tag_names(schema: pa.Schema, tags: str) -> tuple[str, ...]:
    """Return the names of a column's tags by their numbers, as Hugging Face's data sets keep them in the schema.

    >>> feature = {"feature": {"names": ["O", "B-PER"], "_type": "ClassLabel"}, "_type": "List"}
    >>> held = json.dumps({"info": {"features": {"ner_tags": feature}}})
    >>> tag_names(pa.schema([("ner_tags", pa.list_(pa.int64()))], {"huggingface": held}), "ner_tags")
    ('O', 'B-PER')
    """
    try:
        feature = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))["info"]["features"][tags]
        inner = feature[0] if isinstance(feature, list) else feature.get("feature", feature)
        return tuple(map(str, inner["names"]))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return ()  # the schema says nothing of them
