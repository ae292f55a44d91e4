"""Entities: from a column of spans, from a gazetteer, or from whatever finds them in texts.

What finds them is called with texts and gives for each a list of (start, end, label), in code points. `Posseg`,
`SpacyEntities` and `PipelineEntities` are such callables, and any function of the user's may be one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from textaug.annotations.values import Mark, mark, marks_column
from textaug.batch import Batch, Ranges
from textaug.errors import DataError, UsageError
from textaug.lexicon.gazetteer import Gazetteer
from textaug.lexicon.mentions import names_in
from textaug.masking.annotate.ranges import outermost

if TYPE_CHECKING:
    import pyarrow as pa

Finder = Callable[[list[str]], Iterable[Iterable[Sequence[Any]]]]
"""What finds ranges in texts: for each a list of (start, end) or (start, end, label), in code points."""


@dataclass(frozen=True)
class Names:
    """The names of a gazetteer, as they were when this was made.

    Attributes:
        path: the gazetteer's file.
        hash: of all that it says.
    """

    path: str
    hash: str

    def find(self, tile: Batch, types: tuple[str, ...] | None = None) -> Ranges:
        """Find the names in a tile, of these types only, if any are named.

        Raises:
            DataError: the file has changed.
        """
        held = Gazetteer.open(self.path)
        if held.hash != self.hash:
            raise DataError(f"the gazetteer {self.path} has changed since annotate() was called; call it again")
        found = names_in(tile, held)
        wanted = np.ones(len(found.name), bool)
        if types is not None:
            numbers = [number for number, name in enumerate(held.types) if name in types]
            wanted = np.isin(held.kind[found.name], numbers)
        return outermost(found.start[wanted], found.end[wanted])


def spans_found(find: Finder, texts: Sequence[str | None]) -> pa.Array:
    """Return what is found in texts as a column of spans; there is nothing in None.

    Raises:
        DataError: there are not as many answers as texts, or something is no span.
    """
    held = [text for text in texts if text is not None]
    answers = list(find(held))
    if len(answers) != len(held):
        raise DataError(f"{find!r:.80} gave {len(answers)} lists for {len(held)} texts; give one for each")
    rest = iter(answers)
    return spans_given([next(rest) if text is not None else () for text in texts])


def spans_given(rows: Any) -> pa.Array:
    """Return spans as people write them as a column: lists of tuples or dicts, dicts of lists, or such a column.

    Raises:
        DataError: something is no span.
    """
    import pyarrow as pa

    if isinstance(rows, pa.Array):
        if pa.types.is_struct(getattr(rows.type, "value_type", pa.null())):
            return rows
        rows = rows.to_pylist()
    made: list[list[Mark]] = []
    for number, row in enumerate(rows):
        try:
            if isinstance(row, dict):
                row = list(zip(row["start"], row["end"], row["label"], strict=True))
            made.append([_mark(value) for value in row or ()])
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"row {number}: {error}; give lists of (start, end, label), in code points") from None
    return marks_column(made)


def _mark(value: Any) -> Mark:
    if isinstance(value, dict):
        return mark(value | {"label": None if value.get("label") is None else str(value["label"])}, 0)
    start, end, *label = value
    return mark((int(start), int(end), str(label[0]) if label else None), 0)


@dataclass(frozen=True)
class Posseg:
    """People, places and organisations as `jieba.posseg` tags them: slow, and right in about half of what it finds.

    Args:
        tags: what tags begin with: nr people, ns places, nt organisations.

    >>> Posseg()(["李小龙住在香港。"])
    [[(0, 3, 'nr'), (5, 7, 'ns')]]
    """

    tags: tuple[str, ...] = ("nr", "ns", "nt")

    def __call__(self, texts: list[str]) -> list[list[tuple[int, int, str]]]:
        """Tag texts."""
        cut = _posseg()
        return [self._found(cut(text)) for text in texts]

    def _found(self, pairs: Iterable[Any]) -> list[tuple[int, int, str]]:
        found, at = [], 0
        for word, tag in pairs:
            if tag.startswith(self.tags):
                found.append((at, at + len(word), tag))
            at += len(word)
        return found


def _posseg() -> Callable[[str], Iterable[Any]]:
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its imports
        import jieba
        import jieba.posseg
    jieba.setLogLevel(logging.WARNING)
    cut: Callable[[str], Iterable[Any]] = jieba.posseg.cut
    return cut


@dataclass(frozen=True)
class SpacyEntities:
    """The entities of a spaCy pipeline: `SpacyEntities(spacy.load("en_core_web_sm"))`.

    Args:
        nlp: the pipeline, with whatever finds entities: `ner`, `entity_ruler`.
    """

    nlp: Any

    def __call__(self, texts: list[str]) -> list[list[tuple[int, int, str]]]:
        """Run the pipeline over texts."""
        return [[(one.start_char, one.end_char, one.label_) for one in doc.ents] for doc in self.nlp.pipe(texts)]


@dataclass(frozen=True)
class PipelineEntities:
    """The entities of a token classifier: `PipelineEntities(transformers.pipeline("token-classification", …))`.

    Args:
        pipeline: the pipeline, with a fast tokenizer.
        strategy: how it joins tokens to entities: simple, first, average, max.
    """

    pipeline: Any
    strategy: str = "simple"

    def __call__(self, texts: list[str]) -> list[list[tuple[int, int, str]]]:
        """Run the pipeline over texts.

        Raises:
            UsageError: its tokenizer does not tell where tokens stand.
        """
        made = self.pipeline(texts, aggregation_strategy=self.strategy) if texts else []
        if any(one["start"] is None for row in made for one in row):
            raise UsageError("the pipeline's tokenizer does not tell where tokens stand; give it a fast one")
        return [[(one["start"], one["end"], one["entity_group"]) for one in row] for row in made]
