"""Tokenise text, and say of each token which word, entity, phrase, sentiment word and pair it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from textaug.batch import I32, Batch, Ranges, tiles
from textaug.errors import UsageError
from textaug.lexicon.gazetteer import Gazetteer
from textaug.masking.annotate.alignment import Alignment, aligned
from textaug.masking.annotate.encoding import Encoder, encoder
from textaug.masking.annotate.entities import Finder, Names, spans_found, spans_given
from textaug.masking.annotate.listed import Listed, listed, lowered
from textaug.masking.annotate.pairs import paired
from textaug.masking.annotate.ranges import ranges_of
from textaug.masking.annotate.tabular import added, column_of, text_of
from textaug.masking.annotate.words import Segmented, given_words
from textaug.units import Units
from textaug.units import sentences as sentences_of
from textaug.units import words as words_of

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Annotator:
    """What `annotate` returns: call it with a batch; see there for what the fields mean."""

    encoder: Encoder
    column: str
    words: bool | Segmented | Finder
    entities: str | Names | Finder | None
    entity_labels: tuple[str, ...] | None
    phrases: Listed | None
    sentiment: Listed | None
    sentences: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the unit columns that are added."""
        wanted = {
            "word_ids": bool(self.words),
            "entity_ids": self.entities is not None,
            "phrase_ids": self.phrases is not None,
            "sentiment_ids": self.sentiment is not None,
            "pair_ids": self.sentiment is not None,
            "sentence_ids": self.sentences,
        }
        return tuple(name for name, want in wanted.items() if want)

    def __call__(self, batch: Any) -> Any:
        """Annotate a batch: a dict of lists, a `pa.Table` or a `pa.RecordBatch`.

        Raises:
            UsageError: a column lacks.
            DataError: something is no text, or a span does not lie in its text.
        """
        text, texts = text_of(batch, self.column)
        tokens = self.encoder.encode(texts)
        words = spans_found(self.words, texts) if callable(self.words) else None
        entities = self._spans(batch, texts)
        made: dict[str, list[I32]] = {name: [np.zeros(0, np.int32)] for name in self.names}
        for first, tile in tiles(text, np.zeros(len(text), np.uint64)):
            laid = aligned(tokens.part(first, first + len(tile)), tile)
            units = self._words(tile, first, words)
            for name, ids in self._units(tile, first, laid, units, entities):
                made[name].append(ids)
        columns = {name: np.concatenate(parts) for name, parts in made.items()}
        return added(batch, tokens.offsets, {"input_ids": tokens.ids, **tokens.layers, **columns})

    def _spans(self, batch: Any, texts: list[str | None]) -> pa.Array | None:
        """Return the entities that are annotated, or that somebody else finds, as a column of spans."""
        if callable(self.entities):
            return spans_found(self.entities, texts)
        if not isinstance(self.entities, str):
            return None
        return spans_given(column_of(batch, self.entities))

    def _words(self, tile: Batch, first: int, spans: pa.Array | None) -> Units:
        if spans is not None:
            return given_words(ranges_of(spans, tile, first), tile)
        return self.words.find(tile) if isinstance(self.words, Segmented) else words_of(tile)

    def _units(
        self, tile: Batch, first: int, laid: Alignment, units: Units, spans: pa.Array | None
    ) -> Iterator[tuple[str, I32]]:
        """Yield the unit columns of a tile."""
        if self.words:
            yield "word_ids", laid.words(Ranges(units.start, units.end))
        if isinstance(self.entities, Names):
            yield "entity_ids", laid.marked(self.entities.find(tile, self.entity_labels))
        elif spans is not None:
            yield "entity_ids", laid.marked(ranges_of(spans, tile, first, self.entity_labels))
        lower = tile.data if self.phrases is None and self.sentiment is None else lowered(tile.data)
        if self.phrases is not None:
            yield "phrase_ids", laid.marked(self.phrases.find(lower, tile, units).ranges)
        if self.sentiment is not None:
            found = self.sentiment.find(lower, tile, units)
            yield "sentiment_ids", laid.marked(found.ranges)
            yield "pair_ids", laid.scattered(*paired(lower, tile, units, found))
        if self.sentences:
            found_in = sentences_of(tile)
            yield "sentence_ids", laid.marked(Ranges(found_in.start, found_in.end))


def annotate(
    tokenizer: Any,
    *,
    column: str = "text",
    words: bool | Segmented | Finder | None = True,
    entities: str | Gazetteer | Finder | None = None,
    entity_labels: Iterable[str] | None = None,
    phrases: Any = None,
    sentiment: Any = None,
    sentences: bool = False,
    max_length: int | None = None,
    add_special_tokens: bool = True,
) -> Annotator:
    """Return a function for `dataset.map(…, batched=True)` that tokenises text and numbers its units.

    It adds `input_ids`, what the tokenizer gives beside them (`special_tokens_mask`, and what its model takes:
    `attention_mask`, `token_type_ids`), and an int32 list as long as `input_ids` for each kind of unit: the number of
    the unit in its row, -1 where there is none. Special tokens are in no unit. Rows keep their order; a null text has
    empty lists. What a row gets depends on that row alone.

    | column | units |
    |---|---|
    | `word_ids` | words, Chinese as jieba cuts it; every mark that a tokenizer makes a token of is one of its own |
    | `entity_ids` | entities |
    | `phrase_ids` | the longest phrases of a list, from the left |
    | `sentiment_ids` | sentiment words |
    | `pair_ids` | a sentiment word and the nearest noun of its sentence, three words or marks away at most |
    | `sentence_ids` | sentences |

    Args:
        tokenizer: a fast tokenizer of transformers, or a `tokenizers.Tokenizer`.
        column: the column of text.
        words: True for textaug's words, a `Segmented` with a dictionary of one's own, or a callable that gives for each
            of some texts a list of (start, end), in code points; None or False for no `word_ids`.
        entities: the name of a column of spans (start, end, label), a `Gazetteer`, or a callable that gives spans for
            texts: `Posseg()`, `SpacyEntities(nlp)`, `PipelineEntities(pipeline)`, a function.
        entity_labels: only entities with these labels.
        phrases: a list: a path (`textaug phrases` makes such files), a sequence, a table of `learn_phrases`.
        sentiment: sentiment words: a path (`textaug sentiment` makes such files; those of vaderSentiment and jionlp can
            be read, too), a sequence, a dict of words and scores, a table of `mine_sentiment`.
        sentences: whether sentences are numbered: for packing, and for objectives that move them.
        max_length: so many tokens of a text at most, special ones included.
        add_special_tokens: whether texts get the tokens of the tokenizer's template.

    Raises:
        UsageError: the tokenizer does not tell where tokens stand, or a source is none.
        DataError: a file cannot be read.

    >>> from tokenizers import Tokenizer, models, pre_tokenizers
    >>> vocabulary = {"[UNK]": 0, "good": 1, "New": 2, "York": 3, "er": 4, "s": 5, "!": 6}
    >>> tokenizer = Tokenizer(models.WordPiece(vocabulary | {"##ers": 7}, unk_token="[UNK]"))
    >>> tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    >>> made = annotate(tokenizer, phrases=["new york"])({"text": ["good New Yorkers!", "New York"]})
    >>> [row.tolist() for row in made["input_ids"]]
    [[1, 2, 3, 7, 6], [2, 3]]
    >>> [row.tolist() for row in made["word_ids"]], [row.tolist() for row in made["phrase_ids"]]
    ([[0, 1, 2, 2, 3], [0, 1]], [[-1, -1, -1, -1, -1], [0, 0]])
    """
    if words is not None and not isinstance(words, bool | Segmented) and not callable(words):
        raise UsageError(f"words={words!r}: give True, a Segmented, or a callable that finds words in texts")
    found = Names(entities.path, entities.hash) if isinstance(entities, Gazetteer) else entities
    if found is not None and not isinstance(found, str | Names) and not callable(found):
        raise UsageError(f"entities={entities!r:.80}: give a column's name, a Gazetteer, or a callable")
    return Annotator(
        encoder=encoder(tokenizer, max_length=max_length, add_special_tokens=add_special_tokens),
        column=column,
        words=words or False,
        entities=found,
        entity_labels=None if entity_labels is None else tuple(entity_labels),
        phrases=None if phrases is None else listed(phrases, "phrases"),
        sentiment=None if sentiment is None else listed(sentiment, "sentiment words"),
        sentences=sentences,
    )
