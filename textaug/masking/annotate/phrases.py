"""Phrases learned from a corpus: n-grams of words that come together more often than their parts would by chance.

Source:
    Levine et al., "PMI-Masking: Principled masking of correlated spans", ICLR 2021: n-grams of 2 to 5 words are
    ranked, each length apart, by the least PMI over all ways to cut them into parts; half of the list are the best of
    two words, a quarter those of three, an eighth those of four and of five.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textaug.errors import UsageError
from textaug.masking.annotate.corpus import chunks_of, windows
from textaug.masking.annotate.ngrams import NGrams
from textaug.masking.annotate.tables import described

if TYPE_CHECKING:
    import pyarrow as pa

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
LIMIT = 1 << 24
FORMAT = "textaug.phrases/1"
_NONE = (np.zeros((0, 1), np.int64), np.zeros(0, np.int64), np.zeros(0))


def score(held: NGrams) -> Iterator[tuple[I64, I64, F64]]:
    """Yield, length after length: the words of each n-gram, how often it was met, and its PMI in bits.

    PMI(w1 … wn) = min over all cuts of log2 p(w1 … wn) / Π p(part); p is a count's share of all words.
    """
    total = float(held.total)
    words = np.arange(len(held.lexemes), dtype=np.int64)[:, None]
    best = [np.log2(held.counts / total)]  # of each n-gram, by length: the likeliest way to be, as a whole or in parts
    fronts: list[I64] = []
    behinds: list[I64] = []
    for level, front, behind, last in held.parts():
        fronts.append(front)
        behinds.append(behind)
        cut = _likeliest_cut(best, fronts, behinds)
        whole = np.log2(level.counts / total)
        best.append(np.maximum(whole, cut))
        words = np.concatenate([words[front], last[:, None]], axis=1)
        yield words, level.counts, whole - cut


def _likeliest_cut(best: list[F64], fronts: list[I64], behinds: list[I64]) -> F64:
    """Return the logarithm of how likely the n-grams of the last length are as two parts or more."""
    length = len(fronts) + 1
    cut = np.full(len(fronts[-1]), -np.inf)
    front, behind = [fronts[-1]], [behinds[-1]]
    for size in range(length - 2, 0, -1):  # the first words, and the last words, of each smaller size
        front.append(fronts[size - 1][front[-1]])
        behind.append(behinds[size - 1][behind[-1]])
    for size in range(1, length):
        left, right = front[length - 1 - size], behind[size - 1]
        np.maximum(cut, best[size - 1][left] + best[length - size - 1][right], out=cut)
    return cut


def learn_phrases(
    texts: Any, *, min_count: int = 10, size: int | None = None, longest: int = 5, limit: int = LIMIT
) -> pa.Table:
    """Learn phrases from texts.

    Args:
        texts: a column of text: a list, a Series, an Arrow array; or an iterator of columns, which are read once, one
            after the other, and not kept.
        min_count: phrases are met at least so many times.
        size: the list has so many phrases at most; left out, half of the candidates of each length.
        longest: phrases have two to so many words.
        limit: so many words and n-grams are counted at once (20 bytes each); where there are more, the rarest are left
            out, and counts may be too low by what the table says as `missed`.

    Returns:
        The best first: `phrase`, as it is looked up in a text; its `words`; `count`; `pmi`, in bits. The schema's
        metadata tells of the corpus.

    >>> texts = ["we saw new york", "she left new york", "new york is big", "we saw a big dog", "she saw york"] * 3
    >>> learn_phrases(texts, min_count=9, longest=2).to_pylist()
    [{'phrase': 'new york', 'words': ['new', 'york'], 'count': 9, 'pmi': 2.321928}]
    """
    if longest < 2 or min_count < 1 or (size is not None and size < 1) or limit < 1000:
        raise UsageError("learn_phrases: longest is at least 2, min_count and size are at least 1, limit at least 1000")
    held = NGrams(longest, limit)
    for window in windows(chunks_of(texts)):
        held.add(window)
    return chosen(held, min_count, size)


def chosen(held: NGrams, min_count: int, size: int | None) -> pa.Table:
    """Return the best phrases of those that were counted."""
    import pyarrow as pa

    missed = held.missed
    held.leave_out(min_count - 1)
    tables, candidates = [], 0
    shares = _shares(size, len(held.levels))
    for share, (words, counts, pmi) in zip(shares, score(held) if len(held) else (), strict=False):
        tables.append(_best(held, words, counts, pmi, (len(counts) + 1) // 2 if share is None else share))
        candidates += len(counts)
    table = _ranked(pa.concat_tables([_best(held, *_NONE, 0), *tables]))
    told = {"words": held.total, "missed": missed, "min_count": min_count, "candidates": candidates}
    return described(table, {"format": FORMAT, **told})


def _shares(size: int | None, lengths: int) -> list[int | None]:
    """Return how many phrases of each length there are at most: a half, a quarter, …, the last two alike.

    >>> _shares(800, 4), _shares(1, 4)
    ([400, 200, 100, 100], [1, 0, 0, 0])
    """
    if size is None:
        return [None] * lengths
    longer = [size >> min(n, lengths - 1) for n in range(2, lengths + 1)]
    return [size - sum(longer), *longer]


def _best(held: NGrams, words: I64, counts: I64, pmi: F64, most: int) -> pa.Table:
    """Return the best of the n-grams of one length."""
    import pyarrow as pa

    pmi = np.round(pmi, 6)
    least = np.sort(pmi)[-most] if 0 < most <= len(pmi) else 0.0 if most else np.inf
    some = np.flatnonzero(
        (pmi >= least) & (pmi > 0)
    )  # those as good as the last too, which only their text tells apart
    lexemes = pa.array(held.lexemes.words, pa.string())
    length = words.shape[1]
    flat = lexemes.take(pa.array(words[some].ravel()))
    lists = pa.ListArray.from_arrays(pa.array(np.arange(len(some) + 1, dtype=np.int32) * length), flat)
    blank = ~(held.han[words[some, 1:]] | held.han[words[some, :-1]])
    phrases = [_joined(*row) for row in zip(lists.to_pylist(), blank.tolist(), strict=True)]
    columns = {"phrase": pa.array(phrases, pa.string()), "words": lists, "count": counts[some], "pmi": pmi[some]}
    return _ranked(pa.table(columns)).slice(0, most)


def _joined(words: list[str], blank: list[bool]) -> str:
    """Return words as they stand in a text: with blanks, but none beside Chinese."""
    return words[0] + "".join((" " if apart else "") + word for apart, word in zip(blank, words[1:], strict=True))


def _ranked(table: pa.Table) -> pa.Table:
    return table.sort_by([("pmi", "descending"), ("count", "descending"), ("phrase", "ascending")])
