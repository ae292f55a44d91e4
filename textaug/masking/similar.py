"""Corruption by similar words (MacBERT): a synonym of as many tokens, from the library's lexicons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from textaug.draws import Purpose, threshold
from textaug.errors import UsageError
from textaug.kernels import draws as kernel_draws
from textaug.kernels import masking as kernel
from textaug.kernels.reference.draws import I32, U64
from textaug.kernels.reference.masking import I64, MASK, RANDOM, SIMILAR
from textaug.masking.corruption import FromVocabulary, Pool, Writes, check_shares, drawn_from
from textaug.masking.numbering import numbered, units_at
from textaug.masking.rows import Rows, ragged, taken
from textaug.masking.sheet import Numbering, Sheet
from textaug.masking.units import Units, Words
from textaug.masking.vocabulary import Vocabulary, is_han

if TYPE_CHECKING:
    from textaug.batch import Mask

Language = Literal["en", "zh", "both"]
TOP = 5

_TABLES: WeakKeyDictionary[Any, dict[str, Table]] = WeakKeyDictionary()


class Table(NamedTuple):
    """Words by their tokens, and words that are similar, of as many tokens.

    Attributes:
        hash: uint64, sorted: of the tokens of each word.
        first: int32, shape (words + 1,): where its candidates begin.
        candidate: the tokens of candidates.
    """

    hash: U64
    first: I32
    candidate: Rows


@dataclass(frozen=True)
class SimilarWord:
    """Selected units become similar words, so that a model sees no mask token that it will never meet again.

    The words of a unit are looked up one by one, by their tokens. One without a similar word of as many tokens becomes
    random tokens.

    Args:
        tokenizer: cuts the lexicon's words into tokens; the one that the rows were made with.
        similar: the share of units that becomes similar words.
        random: the share that becomes random tokens; the rest stays.
        language: which lexicon: "en" (WordNet), "zh" (Cilin) or "both".
        words: what is looked up.
        pool: where random tokens come from.

    Raises:
        UsageError: the shares are none; the tokenizer cuts no text; the Chinese lexicon's package is not installed.

    Source:
        Cui et al., "Revisiting Pre-Trained Models for Chinese Natural Language Processing" (2020), section 3.1.
    """

    tokenizer: Any = field(repr=False)
    similar: float = 0.8
    random: float = 0.1
    language: Language = "both"
    words: Units = field(default_factory=Words)
    pool: Pool = field(default_factory=FromVocabulary)

    def __post_init__(self) -> None:
        check_shares("SimilarWord", similar=self.similar, random=self.random)
        if self.language not in ("en", "zh", "both"):
            raise UsageError(f"SimilarWord(language={self.language!r}): give 'en', 'zh' or 'both'")

    @property
    def table(self) -> Table:
        """The words and their candidates, made when first needed: some seconds for each tokenizer."""
        held = _TABLES.setdefault(self.tokenizer, {})
        if self.language not in held:
            held[self.language] = _table(self.tokenizer, ("en", "zh") if self.language == "both" else (self.language,))
        return held[self.language]

    def corrupt(self, numbering: Numbering, selected: tuple[I32, I32], sheet: Sheet) -> Writes:
        """Write similar words, and random tokens."""
        offsets, at = selected
        limits = (threshold(self.similar), threshold(min(self.similar + self.random, 1.0)))
        unit = units_at(at, numbering, sheet)
        token, kind = self._drawn(sheet, selected, unit, limits)
        other, _ = self._drawn(sheet, selected, None, (0, 1 << 32))
        asked = kind == MASK
        token[asked], kind[asked] = other[asked], RANDOM  # unless a similar word is found
        put, new = self._similar(sheet, selected, asked)
        token[put], kind[put] = new, SIMILAR
        return Writes(offsets, at, token, kind)

    def _drawn(self, sheet: Sheet, selected: tuple[I32, I32], unit: I32 | None, limits: tuple[int, int]) -> Any:
        purposes = (Purpose.CORRUPT, Purpose.TOKEN)
        held = (sheet.ids.values, *selected, unit, sheet.key, sheet.row_ids, purposes, limits, -1)
        return kernel.corrupt(*held, *drawn_from(self.pool, sheet))

    def _similar(self, sheet: Sheet, selected: tuple[I32, I32], asked: Mask) -> tuple[I64, I64]:
        """Return which of the selected tokens become those of a similar word, and what they become."""
        offsets, at = selected
        row = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
        head, size = self._words(sheet, at, row, asked)
        tokens = sheet.ids.values[ragged(at[head].astype(np.int64), size)]
        key = kernel.hashes(tokens, np.concatenate([[0], np.cumsum(size)]).astype(np.int32), -1)
        found, known = self._looked_up(key)
        head, size, row = head[known], size[known], row[head[known]]
        place = (at[head] - sheet.ids.offsets[row]).astype(np.uint32)
        draw = kernel_draws.blocks(sheet.key, sheet.row_ids[row], Purpose.SIMILAR, place)[:, 0].astype(np.uint64)
        first, last = self.table.first[found], self.table.first[found + 1]
        which = first + ((draw * (last - first).astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
        held = self.table.candidate
        return ragged(head, size), held.values[ragged(held.offsets[which].astype(np.int64), size)]

    def _words(self, sheet: Sheet, at: I32, row: I32, asked: Mask) -> tuple[I64, I64]:
        """Return where in the selection whole words begin that a similar one is asked for, and how long they are."""
        ids = sheet.ids
        first = numbered(self.words.number(sheet), sheet)
        begins = np.where(first >= 0, first + np.repeat(ids.offsets[:-1], ids.lengths), len(first))
        count = np.bincount(begins, minlength=len(first) + 1)
        head = np.flatnonzero(asked & (begins[at] == at))
        size = count[at[head]]
        last = np.minimum(head + size - 1, len(at) - 1)
        total = np.concatenate([[0], np.cumsum(asked)])
        whole = (at[last] == at[head] + size - 1) & (total[last + 1] - total[head] == size)
        return head[whole], size[whole]

    def _looked_up(self, key: U64) -> tuple[I64, Mask]:
        """Return the number of each word that has candidates, and which of the words those are."""
        table = self.table
        if not len(table.hash):
            return np.zeros(0, np.int64), np.zeros(len(key), bool)
        near = np.minimum(np.searchsorted(table.hash, key), len(table.hash) - 1)
        known = table.hash[near] == key
        return near[known], known


def _table(tokenizer: Any, languages: tuple[str, ...]) -> Table:
    """Cut a lexicon's words and their synonyms into tokens, and keep those pairs that have as many."""
    pairs = [(word, other) for language in languages for word, others in _synonyms(language) for other in others]
    texts = sorted({text for pair in pairs for text in pair})
    number = {text: k for k, text in enumerate(texts)}
    tokens = _cut(tokenizer, texts)
    word, other = (np.array([number[pair[side]] for pair in pairs], np.int64) for side in (0, 1))
    key, fits = _fitting(tokens, Vocabulary.of(tokenizer), word, other)
    order = np.flatnonzero(fits)[np.argsort(key[word[fits]], kind="stable")]
    hash, first = np.unique(key[word[order]], return_index=True)
    return Table(hash, np.append(first, len(order)).astype(np.int32), taken(tokens, other[order]))


def _fitting(tokens: Rows, vocabulary: Vocabulary, word: I64, other: I64) -> tuple[U64, Mask]:
    """Return a hash of each text's tokens, and which pairs have as many tokens, other ones, and all of them known."""
    lengths = tokens.lengths
    key = kernel.hashes(tokens.values, tokens.offsets, -1)
    strange = np.isin(tokens.values, vocabulary.special)
    total = np.concatenate([[0], np.cumsum(strange)])
    known = (total[tokens.offsets[1:]] == total[tokens.offsets[:-1]]) & (lengths > 0)
    fits: Mask = (lengths[word] == lengths[other]) & known[word] & known[other] & (key[word] != key[other])
    return key, fits


def _synonyms(language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the words of a lexicon that have synonyms, with the best of these."""
    from textaug.lexicon import Lexicon
    from textaug.lexicon.store import Relation

    lexicon = Lexicon.english() if language == "en" else Lexicon.chinese()
    view = lexicon.view((Relation.SYNONYM,), top=TOP)
    arrays = lexicon.arrays
    forms = [
        arrays.forms[a:b].tobytes().decode() for a, b in pairwise(arrays.form_start.tolist())
    ]  # all of them, once a tokenizer
    starts = arrays.starts.tolist()
    for key in np.flatnonzero(view.count[::2]).tolist():
        word = arrays.words[starts[key] : starts[key + 1]].tobytes().rstrip(b"\0").decode()
        first = view.first[2 * key]
        yield word, [forms[one] for one in view.candidate[first : first + view.count[2 * key]].tolist()]


def _cut(tokenizer: Any, words: list[str]) -> Rows:
    """Cut words into tokens, as they stand inside of a text: behind a blank, but for Chinese ones."""
    vocabulary = Vocabulary.of(tokenizer)
    chinese = [is_han(word[0]) for word in words]
    if vocabulary.style == "bytes":
        words = [word if one else f" {word}" for word, one in zip(words, chinese, strict=True)]
    held = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if hasattr(held, "encode_batch_fast"):
        rows = [one.ids for one in held.encode_batch_fast(words, add_special_tokens=False)]
    elif callable(tokenizer):
        rows = tokenizer(words, add_special_tokens=False)["input_ids"]
    else:
        raise UsageError(f"SimilarWord: a {type(tokenizer).__name__} cuts no text; give the tokenizer itself")
    if vocabulary.style == "blanks":
        number = {token: id for id, token in enumerate(vocabulary.tokens)}
        rows = [_bare(row, vocabulary, number) if one else row for row, one in zip(rows, chinese, strict=True)]
    return Rows.of(rows)


def _bare(row: list[int], vocabulary: Vocabulary, number: dict[str, int]) -> list[int]:
    """Return the tokens of a word as they are where no blank is before it; none if the vocabulary lacks one."""
    first = vocabulary.tokens[row[0]] if row else ""
    bare = first.removeprefix("▁")
    if bare == first:
        return row
    return [number[bare], *row[1:]] if bare in number else row[1:] if not bare else []
