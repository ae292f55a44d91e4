"""Sentiment words mined from a corpus: those that stand beside words that are good beyond doubt, or bad.

Source:
    Tian et al., "SKEP: Sentiment Knowledge Enhanced Pre-training for Sentiment Analysis", ACL 2020: a word's polarity
    is its PMI with positive seeds less that with negative ones. Here a side's seeds count as one, so that rare seeds do
    not outweigh frequent ones, and the counts are smoothed; what may be chance, what is mostly a name, nouns (of which
    something good or bad is said) and words that carry grammar are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textaug.batch import Mask
from textaug.errors import UsageError
from textaug.languages import en, zh_words
from textaug.masking.annotate.corpus import Window, chunks_of, windows
from textaug.masking.annotate.lexemes import Lexemes
from textaug.masking.annotate.listed import FOLD
from textaug.masking.annotate.nouns import are_nouns
from textaug.masking.annotate.seeds import NEGATIVE, POSITIVE
from textaug.masking.annotate.tables import described

if TYPE_CHECKING:
    import pyarrow as pa

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
FORMAT = "textaug.sentiment/1"
LIMIT = 1 << 22
SURE = 3.0
"""How many standard deviations a word's company must be from that of any word."""
LEAST = 0.5
"""How many bits a score has at least."""
_PRIOR = 4.0
_WORDS, _NAMES, _SENTENCES, _GOOD, _BAD = range(5)


def mine_sentiment(
    texts: Any,
    *,
    positive: Iterable[str] = POSITIVE,
    negative: Iterable[str] = NEGATIVE,
    min_count: int = 10,
    size: int | None = None,
    limit: int = LIMIT,
) -> pa.Table:
    """Mine sentiment words from texts.

    Args:
        texts: a column of text: a list, a Series, an Arrow array; or an iterator of columns, which are read once.
        positive, negative: the seeds; left out, some twenty each in English and in Chinese. Those that are met are in
            the result, on their side.
        min_count: words are met in so many sentences at least.
        size: so many of the strongest only.
        limit: so many words are counted at once; where there are more, the rarest are left out.

    Returns:
        `word`, `score` (bits; above 0 is positive) and `count` (sentences), the most positive first.

    Raises:
        UsageError: a side has no seeds, or they share one.

    >>> texts = ["good and lovely", "bad and dreary", "lovely and good", "a dreary bad day", "and so on"] * 10
    >>> mine_sentiment(texts, positive=["good"], negative=["bad"]).column("word").to_pylist()
    ['lovely', 'good', 'bad', 'dreary']
    """
    good, bad = _seeds(positive, "positive"), _seeds(negative, "negative")
    if good & bad:
        raise UsageError(f"{min(good & bad)!r} is both a positive and a negative seed; leave it out of one")
    held = Company(good, bad, limit)
    for window in windows(chunks_of(texts)):
        held.add(window)
    return chosen(held, min_count, size)


def _seeds(words: Iterable[str], side: str) -> frozenset[str]:
    held = frozenset(word.translate(FOLD) for word in words)
    if not held:
        raise UsageError(f"{side}: there are no seeds; give some words")
    return held


class Company:
    """Counts the sentences in which words stand, and those that hold seeds too.

    Args:
        good, bad: the seeds.
        limit: so many words are held.
    """

    def __init__(self, good: frozenset[str], bad: frozenset[str], limit: int) -> None:
        self.lexemes, self.good, self.bad, self._limit = Lexemes(), good, bad, limit
        self.counts = np.zeros((5, 0), np.int64)
        self.sentences = np.zeros(2, np.int64)  # with good seeds, with bad ones

    def add(self, window: Window) -> None:
        """Count what is in a window."""
        word = self.lexemes.numbers(window.words)
        if not len(word):
            return
        pair = np.sort(window.sentence << 32 | word)
        pair = pair[np.append(True, pair[1:] != pair[:-1])]
        sentence, once = pair >> 32, pair & 0xFFFFFFFF
        counts = [word, word[window.name], once, *(once[side] for side in self._beside(sentence, once))]
        grown = np.array([np.bincount(column, minlength=len(self.lexemes)) for column in counts])
        grown[:, : self.counts.shape[1]] += self.counts
        self.counts = grown
        if len(self.lexemes) > self._limit:
            self._prune()

    def _beside(self, sentence: I64, word: I64) -> list[Mask]:
        """Say which words stand in a sentence with a good seed other than themselves, and which with a bad one."""
        found = []
        for side, seeds in enumerate((self.good, self.bad)):
            is_seed = np.zeros(len(self.lexemes), np.int64)
            is_seed[[number for number in map(self.lexemes.number, seeds) if number >= 0]] = 1
            held = np.bincount(sentence, weights=is_seed[word]).astype(np.int64)
            self.sentences[side] += np.count_nonzero(held)
            found.append(held[sentence] > is_seed[word])
        return found

    def _prune(self) -> None:
        """Halve what is held."""
        order = np.argsort(-self.counts[_SENTENCES], kind="stable")
        kept = np.zeros(len(order), bool)
        kept[order[: self._limit // 2]] = True
        self.lexemes.keep(kept)
        self.counts = self.counts[:, kept]


def chosen(held: Company, min_count: int, size: int | None) -> pa.Table:
    """Return the words that are good or bad for sure, and the seeds."""
    import pyarrow as pa

    words = np.array(held.lexemes.words, object)
    score, sure = _scores(held)
    seed = np.array([(word in held.good) - (word in held.bad) for word in words], np.int64)
    score = np.where(seed == 0, score, seed * np.maximum(seed * score, LEAST))
    sure &= _candidates(held, words) & (np.abs(score) >= LEAST)
    some = np.flatnonzero((held.counts[_SENTENCES] >= min_count) & (sure | (seed != 0)))
    order = np.lexsort((words[some], -np.abs(score[some])))[:size]
    some = some[order]
    columns = {"word": pa.array(words[some], pa.string()), "score": score[some], "count": held.counts[_SENTENCES][some]}
    table = pa.table(columns).sort_by([("score", "descending"), ("word", "ascending")])
    told = {"positive": int(held.sentences[0]), "negative": int(held.sentences[1]), "min_count": min_count}
    return described(table, {"format": FORMAT, **told})


def _scores(held: Company) -> tuple[F64, Mask]:
    """Return each word's PMI with good seeds less that with bad ones, and whether it can hardly be chance."""
    good, bad = held.counts[_GOOD].astype(float), held.counts[_BAD].astype(float)
    share = (held.sentences[0] + 0.5) / (held.sentences.sum() + 1.0)
    odds = share / (1 - share)
    score = np.log2((good + _PRIOR * share) / (bad + _PRIOR * (1 - share)) / odds)
    spread = np.sqrt((good + bad) * share * (1 - share))
    return np.round(score, 6), np.abs(good - (good + bad) * share) > SURE * np.maximum(spread, 1e-9)


def _candidates(held: Company, words: npt.NDArray[np.object_]) -> Mask:
    """Say which words may be more than grammar, names, things and numbers."""
    encoded = [word.encode() for word in words]
    end = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    nouns = are_nouns(np.frombuffer(b"".join(encoded), np.uint8), end[:-1], end[1:])
    stop = en.STOP_WORDS | zh_words.STOP_WORDS
    plain = np.array([word not in stop and not any(map(str.isdigit, word)) for word in words], bool)
    names = 2 * held.counts[_NAMES] >= held.counts[_WORDS]
    found: Mask = plain & ~nouns & ~names & (np.diff(end) > 1)
    return found
