"""What static masking does to a corpus, as plain values: and that, opened, at work."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from textaug.draws import Address
from textaug.errors import UsageError
from textaug.lexicon.gazetteer import Gazetteer
from textaug.masking.annotate import Annotator, annotate
from textaug.masking.corruption import Writes
from textaug.masking.mask import Masking
from textaug.masking.presets import Preset, preset
from textaug.masking.sheet import NODE, Sheet
from textaug.masking.static.fill import Packing, Sequences, filled
from textaug.masking.static.needs import needs
from textaug.masking.static.sentences import Sentences, cut
from textaug.masking.static.template import Template
from textaug.masking.static.tokenizer import Source, digest, open_tokenizer
from textaug.masking.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pyarrow as pa

    from textaug.masking.static.sentences import I64

SPANS = "spans"
MADE = ("word_ids", "entity_ids", "phrase_ids", "sentiment_ids", "pair_ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class Static:
    """How a corpus becomes masked sequences; frozen, so that it can go to other processes.

    Attributes:
        tokenizer: its folder or file.
        masking: units × budget × corruption.
        packing: how sequences are filled.
        spans: whether documents come with spans that are entities.
        gazetteer: a gazetteer of entities.
        phrases: a list of phrases.
        sentiment: a list of sentiment words.
    """

    tokenizer: Source
    masking: Masking
    packing: Packing = field(default_factory=Packing)
    spans: bool = False
    gazetteer: Source | None = None
    phrases: Source | None = None
    sentiment: Source | None = None

    def open(self) -> Machine:
        """Open all that is needed; once in a process."""
        return _opened(self)


def parse(line: str, tokenizer: Any = None) -> Preset:
    """Return the preset that a line stands for: a name, or a name and options.

    Raises:
        UsageError: there is no such preset, or no such option, or the line is neither.

    >>> parse("ernie").name, parse("BERT-wwm(per='unit')").masking.corruption.per
    ('ERNIE', 'unit')
    """
    name, opened, rest = line.strip().partition("(")
    wrong = UsageError(f"{line!r:.100} is no preset; write it like ernie, or ernie(stage='phrase')")
    try:
        call = ast.parse(f"f({rest}" if opened else "f()", mode="eval").body
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.args:
            raise wrong
        options = {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise wrong from None
    return preset(name, tokenizer, **options)


@dataclass(frozen=True, eq=False)
class Machine:
    """Static masking, opened.

    Attributes:
        masking: units × budget × corruption.
        vocabulary: of the tokenizer.
        template: the special tokens of a sequence.
        packing: how sequences are filled.
        annotator: cuts documents into tokens.
        columns: the unit columns that are kept, sorted.
    """

    masking: Masking
    vocabulary: Vocabulary
    template: Template
    packing: Packing
    annotator: Annotator
    columns: tuple[str, ...]
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", ("input_ids", *self.columns))
        self.packing.room(self.template)

    def sequences(
        self, documents: Iterable[tuple[pa.Array, pa.Array | None, I64]], address: Address
    ) -> Iterator[Sequences]:
        """Yield what documents become, batch after batch, and what is left at their end.

        Args:
            documents: in batches: the texts, the spans if there are any, the number of each.
            address: the seed and the source.
        """
        held = Sentences.none(self.names)
        for text, spans, numbers in documents:
            made, held = self._filled(held.joined(self._cut(text, spans, numbers)), address, last=False)
            yield made
        yield self._filled(held, address, last=True)[0]

    def _filled(self, held: Sentences, address: Address, *, last: bool) -> tuple[Sequences, Sentences]:
        return filled(held, self.packing, self.template, address, last=last)

    def _cut(self, text: pa.Array, spans: pa.Array | None, numbers: I64) -> Sentences:
        import pyarrow as pa

        columns = {"text": text} if spans is None else {"text": text, SPANS: spans}
        return cut(self.annotator(pa.table(columns)), self.names, numbers, self.packing.room(self.template))

    def sheet(self, sequences: Sequences, address: Address) -> Sheet:
        """Return sequences as they are masked."""
        from textaug.masking.rows import Rows

        columns = {name: Rows(column, sequences.ids.offsets) for name, column in sequences.columns.items()}
        special = sequences.special.view("uint8")
        return Sheet(sequences.ids, self.vocabulary, sequences.row_ids, address.key(NODE), special, columns)

    def writes(self, sequences: Sequences, address: Address) -> Writes:
        """Say what is written into sequences: at most `BLOCK` of them, in the order in which they come."""
        return self.masking.writes(self.sheet(sequences, address))


@lru_cache(maxsize=4)
def _opened(given: Static) -> Machine:
    tokenizer = open_tokenizer(given.tokenizer.path)
    given.tokenizer.check(digest(tokenizer))
    wanted = needs(given.masking.units)
    _check(wanted, given)
    for source in (given.phrases, given.sentiment):
        if source is not None:
            source.check(Source.file(source.path).hash)
    sentiment = "sentiment_ids" in wanted or "pair_ids" in wanted
    made = annotate(
        tokenizer,
        words="word_ids" in wanted,
        entities=_entities(given) if "entity_ids" in wanted else None,
        phrases=given.phrases.path if given.phrases and "phrase_ids" in wanted else None,
        sentiment=given.sentiment.path if given.sentiment and sentiment else None,
        sentences=True,
        add_special_tokens=False,
    )
    template, columns = Template.of(tokenizer), tuple(name for name in made.names if name in MADE)
    return Machine(given.masking, Vocabulary.of(tokenizer), template, given.packing, made, columns)


def _entities(given: Static) -> str | Gazetteer:
    if given.gazetteer is None:
        return SPANS
    held = Gazetteer.open(given.gazetteer.path)
    given.gazetteer.check(held.hash)
    return held


def _check(wanted: tuple[str, ...], given: Static) -> None:
    """Refuse units that nothing tells of."""
    found = {
        "word_ids": True,
        "entity_ids": given.spans or given.gazetteer is not None,
        "phrase_ids": given.phrases is not None,
        "sentiment_ids": given.sentiment is not None,
        "pair_ids": given.sentiment is not None,
    }
    for name in wanted:
        if name not in found:
            raise UsageError(f"the masking's units are of a column '{name}', which cannot be made of text")
        if not found[name]:
            raise UsageError(f"the masking's units are of a column '{name}', and nothing tells of them; name a source")
