"""Pairs of segments from documents of sentences: is the second the next (BERT), in which order were they (ALBERT)?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import factorial
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from textaug.draws import Address
from textaug.errors import UsageError, unknown
from textaug.kernels.reference.draws import U64
from textaug.masking.collator import ANNOTATIONS
from textaug.masking.mask import IGNORE
from textaug.masking.objectives import paragraphs
from textaug.masking.objectives.filling import Chunks, chunks, partners
from textaug.masking.objectives.paragraphs import Paragraphs
from textaug.masking.objectives.segments import MOST, Laid, Segments, cut, lay, permute, trim
from textaug.masking.row_ids import ROW_ID, addresses
from textaug.masking.vocabulary import Vocabulary

I64 = npt.NDArray[np.int64]
Objective = Literal["next", "order", "reorder"]
NODE = "pairs/1"
BLOCK = 1 << 14  # rows that are put together at a time
LABELS = {"next": "next_sentence_label", "order": "sentence_order_label", "reorder": "sentence_order_label"}


def pairs(
    dataset: Any,
    tokenizer: Any,
    objective: Objective = "next",
    *,
    max_length: int = 512,
    short_probability: float = 0.1,
    random_probability: float = 0.5,
    max_segments: int = 3,
    address: Address | None = None,
    documents: range | None = None,
) -> Any:
    """Make rows for next sentence prediction, sentence order prediction, or sentence reordering, of a whole corpus.

    A row depends on the address, on its document and where in it the row begins, and, with "next", on the documents
    that its second segment may come from: so the whole corpus is given, and a collator, which sees a batch, cannot do
    it without making rows depend on what else is in it. The rows are ready to be masked by any collator.

    | objective | label | |
    |---|---|---|
    | `next` | `next_sentence_label` | 0: the second segment goes on; 1: it comes from another document |
    | `order` | `sentence_order_label` | 0: the two segments stand as they did; 1: they are swapped |
    | `reorder` | `sentence_order_label` | 1 to `max_segments` segments are permuted: 0 is one segment, 1 and 2 |
    |   |   | are the orders of two, 3 to 8 those of three, sorted, and so on (`classes`) |

    Args:
        dataset: documents: a column `sentences` (lists of sentences of ids, without special tokens), or `input_ids` and
            `sentence_ids` as `annotate(..., sentences=True)` makes them, whose other unit columns come along; as
            Arrow, `datasets.Dataset`, a dict of columns, dicts; or simply lists of sentences. A column `row_id` is
            the address of a document; else its number is.
        tokenizer: it names the tokens around segments: `[CLS] A [SEP] B [SEP]`, or `<s>` and `</s>`.
        objective: "next", "order" or "reorder".
        max_length: the most tokens in a row, special ones included. Too long rows lose tokens of their longer
            segment, from either end.
        short_probability: the chance that the rows of a document are filled up to a length from 2 on only.
        random_probability: with "next", the chance of a second segment from another document; runs of one
            sentence always get one.
        max_segments: with "reorder", the most segments.
        address: seed, epoch, copy; another one makes other rows.
        documents: make only the rows of these, by number; so a corpus can be done in parts.

    Returns:
        A `pa.Table`, or for a `datasets.Dataset` another: `input_ids`, `token_type_ids`, `special_tokens_mask`, unit
        columns, the label, and `row_id`, the address for masking.

    Raises:
        UsageError: an argument is wrong, or the sentences of the data set cannot be told.
        DataError: the data cannot be read, or with "next" there is one document only.

    Source: Devlin et al., "BERT" (2019), `create_pretraining_data.py`, which takes the same document with a chance of
    (1 / documents)^10; Lan et al., "ALBERT" (ICLR 2020), whose code gives a run of one sentence a second segment at
    random, which is left out here; Sun et al., "ERNIE 2.0" (AAAI 2020).

    >>> held = Vocabulary(("[PAD]", "[CLS]", "[SEP]", *"abcdef"), (0, 1, 2), mask=-1, pad=0)
    >>> rows = pairs([[[3, 4], [5, 6]], [[7, 8], [3]]], held, "order", max_length=16)
    >>> rows["input_ids"].to_pylist(), rows["sentence_order_label"].to_pylist()
    ([[1, 5, 6, 2, 3, 4, 2], [1, 3, 2, 7, 8, 2]], [1, 1])
    """
    check(objective, max_length, max_segments, LABELS)
    around = special_ids(tokenizer)
    given = paragraphs.turned(dataset)
    held = paragraphs.read(given, around_text(tokenizer), ANNOTATIONS)
    count = len(held.documents) - 1
    key = (address or Address()).key(NODE)
    most = max_length - (1 + max_segments if objective == "reorder" else 3)
    random = random_probability if objective == "next" else 0.0
    found = chunks(key, _addresses(given, count), held, documents or range(count), most, short_probability, random)
    if objective == "order":  # a single sentence has no order
        found = found.taken(np.flatnonzero(found.last - found.first > 1))
    parts = [np.arange(at, min(at + BLOCK, len(found.first))) for at in range(0, len(found.first), BLOCK)]
    made = []
    for part in (found.taken(of) for of in parts or [np.zeros(0, np.int64)]):
        if objective == "next":
            rows, label = followed(key, held, part, max_length)
        else:
            which = (part.row_id, held.sentences, part.first, part.last)
            rows, label = ordered(key, *which, objective, max_length, max_segments)
        made.append(_table(held.laid(rows, *around), rows, {LABELS[objective]: label, ROW_ID: part.row_id}))
    return _like(made, dataset)


def followed(key: int, held: Paragraphs, found: Chunks, max_length: int) -> tuple[Laid, I64]:
    """Put together rows for next sentence prediction, and their labels."""
    start = np.stack([found.first, found.cut], axis=1)
    end = np.stack([found.cut, found.last], axis=1)
    of = np.flatnonzero(found.is_random)
    start[of, 1], end[of, 1] = partners(key, held, found, of)
    start, end = held.sentences[start].reshape(-1), held.sentences[end].reshape(-1)
    two = Segments(np.arange(len(found.first) + 1) * 2, start, end)
    most = np.full(len(found.first), max_length - 3)
    return lay(trim(key, found.row_id, two, most)), found.is_random.astype(np.int64)


def ordered(
    key: int,
    row_ids: U64,
    sentences: I64,
    first: I64,
    last: I64,
    objective: str,
    max_length: int,
    max_segments: int,
) -> tuple[Laid, I64]:
    """Put together rows whose segments are permuted, and their labels.

    Args:
        key: of the draws.
        row_ids: shape (rows,).
        sentences: where sentences begin, as tokens, and the end of the last.
        first: shape (rows,), the first sentence of each row.
        last: shape (rows,), the one behind its last.
        objective: "order": two segments; the label of a row of one sentence is -100. "reorder": 1 and more.
        max_length: the most tokens of a row.
        max_segments: the most segments of a row, with "reorder".
    """
    least, more = (2, 2) if objective == "order" else (1, max_segments)
    held, rank = permute(key, row_ids, cut(key, row_ids, sentences, first, last, least, more))
    count = np.diff(held.offsets)
    if objective == "order":
        label = np.where(count == 2, rank, IGNORE)
    else:
        label = rank + np.cumsum([0, *(factorial(n) for n in range(1, MOST))])[count - 1]
    return lay(trim(key, row_ids, held, max_length - 1 - count)), label


def classes(max_segments: int) -> int:
    """Return how many labels sentence reordering has.

    >>> [classes(n) for n in (1, 2, 3, 4)]
    [1, 3, 9, 33]
    """
    return sum(factorial(n) for n in range(1, max_segments + 1))


def check(objective: str, max_length: int, max_segments: int, known: Iterable[str]) -> None:
    """Refuse what makes no sense.

    Raises:
        UsageError: the objective is unknown here, or a number is out of its range.
    """
    if objective not in known:
        remedy = "Pairs with a sentence at random need the whole corpus: make them with textaug.masking.pairs"
        raise unknown("objective of pairs", objective, known, remedy=remedy if objective in LABELS else "")
    if not 1 <= max_segments <= MOST:
        raise UsageError(f"max_segments={max_segments}: give 1 to {MOST}")
    least = 1 + 2 * (max_segments if objective == "reorder" else 2)
    if max_length < least:
        raise UsageError(f"max_length={max_length}: rows need {least} tokens and more")


def special_ids(tokenizer: Any) -> tuple[int, int]:
    """Return the ids before the first segment and behind each.

    Raises:
        UsageError: the tokenizer has none.

    >>> special_ids(Vocabulary(("<pad>", "<s>", "</s>"), (0, 1, 2), mask=-1, pad=0))
    (1, 2)
    """
    tokens = Vocabulary.of(tokenizer).tokens
    found = []
    for names, kind in ((("cls", "bos"), ("[CLS]", "<s>")), (("sep", "eos"), ("[SEP]", "</s>"))):
        ids = [getattr(tokenizer, f"{name}_token_id", None) for name in names]
        ids += [tokens.index(name) for name in kind if name in tokens]
        found.append(next((id for id in ids if id is not None), None))
    begin, between = found
    if begin is None or between is None:
        raise UsageError("the tokenizer has no [CLS] or <s>, or no [SEP] or </s>, to put around segments; add them")
    return begin, between


def around_text(tokenizer: Any) -> set[int]:
    """Return the ids that stand around a text, and are none of it: of the begin and the end, and padding."""
    names = ("cls", "bos", "sep", "eos", "pad")
    ids = (getattr(tokenizer, f"{name}_token_id", None) for name in names)
    return {*special_ids(tokenizer), Vocabulary.of(tokenizer).pad, *(id for id in ids if id is not None)}


def _addresses(given: Any, count: int) -> U64:
    """Return the row ids of documents: a column of that name, else their numbers."""
    names = given if isinstance(given, Mapping) else getattr(given, "column_names", ())
    if ROW_ID not in names:
        return np.arange(count, dtype=np.uint64)
    held = given[ROW_ID]
    held = held.to_pylist() if hasattr(held, "to_pylist") else list(held)
    return addresses(held)


def _table(columns: Mapping[str, Any], rows: Laid, scalars: Mapping[str, Any]) -> Any:
    import pyarrow as pa

    lists = {name: pa.ListArray.from_arrays(pa.array(rows.offsets), pa.array(held)) for name, held in columns.items()}
    return pa.table({**lists, **{name: pa.array(held) for name, held in scalars.items()}})


def _like(made: list[Any], dataset: Any) -> Any:
    """Return the rows as one table, or as a `datasets.Dataset` if one was given."""
    import pyarrow as pa

    table = pa.concat_tables(made)
    if not hasattr(dataset, "to_iterable_dataset"):
        return table
    from datasets import Dataset

    return Dataset(table)
