"""What the laws of masking run over: rows with their columns, and units, budgets and corruptions of every kind."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import strategies as st

from textaug.draws import Address
from textaug.masking import (
    Bernoulli,
    Column,
    Cosine,
    Entities,
    Exact,
    FromBatch,
    FromCorpus,
    FromVocabulary,
    Linear,
    Mixture,
    NGrams,
    Phrases,
    Replace,
    Rows,
    Sentiment,
    SimilarWord,
    Spans,
    Tokens,
    Vocabulary,
    Words,
)
from textaug.masking.row_ids import row_ids
from textaug.masking.sheet import NODE, Sheet
from textaug.masking.units import numbers

RUNS = ("word_ids", "entity_ids", "phrase_ids", "sentiment_ids")
COLUMNS = (*RUNS, "pair_ids")
ADDRESS = st.integers(-(2**63), 2**63 - 1)
PLAIN = 1000
VOCABULARY = Vocabulary(("[PAD]", "[MASK]", *map(str, range(PLAIN))), (0, 1), mask=1, pad=0)


@dataclass
class Case:
    """A batch as the tests hold it: lists, all as long as the ids."""

    tokenizer: Any = field(repr=False)  # hypothesis cannot print one
    ids: list[list[int]]
    columns: dict[str, list[list[int]]] = field(default_factory=dict)
    special: list[list[int]] | None = None
    addresses: list[int] | None = None

    @property
    def vocabulary(self):
        return Vocabulary.of(self.tokenizer)

    def sheet(self, key=0, step=0):
        rows = Rows.of(self.ids)
        special = None if self.special is None else np.concatenate(self.special).astype(np.uint8)
        given = None if self.addresses is None else np.array(self.addresses)
        columns = {name: Rows.of(column) for name, column in self.columns.items()}
        return Sheet(rows, self.vocabulary, row_ids(given, rows, self.vocabulary.pad), key, special, columns, step)

    def features(self):
        """Return the rows as a data set has them."""
        columns = {"input_ids": self.ids, **self.columns}
        if self.special is not None:
            columns["special_tokens_mask"] = self.special
        if self.addresses is not None:
            columns["row_id"] = self.addresses
        return [{name: column[k] for name, column in columns.items()} for k in range(len(self.ids))]

    def taken(self, order):
        """Return some of the rows."""
        return Case(
            self.tokenizer,
            [self.ids[k] for k in order],
            {name: [column[k] for k in order] for name, column in self.columns.items()},
            None if self.special is None else [self.special[k] for k in order],
            None if self.addresses is None else [self.addresses[k] for k in order],
        )

    def masked(self, masking, **how):
        return masking.mask(
            self.ids, self.tokenizer, columns=self.columns, special_tokens_mask=self.special, ids=self.addresses, **how
        )


def _runs(rng, length, none, longer):
    """Return the numbers of random runs, and -1 between some."""
    number, made = 0, []
    while len(made) < length:
        run = 1 + rng.geometric(1 - longer)
        made += [-1 if rng.random() < none else number] * run
        number += rng.integers(1, 3)
    return [int(one) for one in made[:length]]


@st.composite
def cases(draw, encoded, most=6, longest=(0, 1, 7, 30, 90)):
    """Draw rows of a tokenizer with all the columns that units read, and some protected tokens."""
    held, rows = encoded[draw(st.sampled_from(sorted(encoded)))]
    which = draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=most))
    cut = [draw(st.sampled_from(longest)) for _ in which]
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    ids = [rows[k][0][:end] for k, end in zip(which, cut, strict=True)]
    columns = {"word_ids": [rows[k][1][:end] for k, end in zip(which, cut, strict=True)]}
    for name, none, longer in (("entity_ids", 0.7, 0.5), ("phrase_ids", 0.4, 0.6), ("sentiment_ids", 0.8, 0.1)):
        columns[name] = [_runs(rng, len(row), none, longer) for row in ids]
    columns["pair_ids"] = [rng.choice([-1, -1, -1, -1, -1, 0, 1, 5], len(row)).tolist() for row in ids]
    special = [(rng.random(len(row)) < 0.1).astype(int).tolist() for row in ids] if draw(st.booleans()) else None
    addresses = draw(st.none() | st.lists(ADDRESS, min_size=len(ids), max_size=len(ids)))
    return Case(held, ids, columns, special, addresses)


def number(units, case, key=0):
    """Return the units of each row: lists of first places."""
    return numbers(units, case.sheet(key)).lists()


def grouped(first):
    """Return the tokens of each unit of a row, in the order of their places."""
    held = {}
    for place, unit in enumerate(first):
        if unit >= 0:
            held.setdefault(unit, []).append(place)
    return list(held.values())


def sheet_of(ids, address=None, node=NODE, row_ids=None, vocabulary=VOCABULARY, **columns):
    """Return a batch with its columns; rows are addressed by their numbers."""
    rows = Rows.of(ids)
    row_ids = np.arange(len(rows), dtype=np.uint64) if row_ids is None else row_ids
    key = (address or Address(7)).key(node)
    return Sheet(rows, vocabulary, row_ids, key, None, {name: Rows.of(held) for name, held in columns.items()})


def chosen_of(sheet, units=None, budget=None):
    """Return which tokens are selected: bool, shape (rows, width)."""
    numbering = (units or Tokens()).number(sheet)
    _, at = (budget or Bernoulli(0.15)).select(numbering, sheet)
    made = np.zeros(len(sheet.ids.values), bool)
    made[at] = True
    return made.reshape(len(sheet.ids), -1)


leaves = st.just(Tokens()) | st.builds(Words, column=st.sampled_from(["word_ids", "no_ids"]), chinese=st.booleans())
overs = st.none() | leaves
columns = st.builds(Column, st.sampled_from(RUNS), overs) | st.just(Column("pair_ids", Words(), scattered=True))
named = st.builds(Entities, over=overs) | st.builds(Phrases, over=overs)
joinable = leaves | st.builds(Column, st.sampled_from(RUNS)) | st.just(Entities(over=None))
weights = st.lists(st.sampled_from([0.0, 0.2, 1.0, 3.0]), min_size=1, max_size=6).filter(any).map(tuple)
ngrams = st.builds(NGrams, weights, joinable)
spans = st.builds(Spans, st.sampled_from([0.2, 0.5, 1.0]), st.integers(1, 10), joinable)
stages = st.builds(Entities, over=st.builds(Phrases, over=leaves))
sentiment = st.builds(Sentiment, pairs=st.none() | st.integers(0, 3), over=overs)
mixtures = st.lists(
    st.tuples(leaves | columns | named | ngrams | stages | sentiment, st.sampled_from([0.5, 1.0])), max_size=3
)
mixtures = mixtures.filter(bool).map(lambda held: Mixture(*map(tuple, zip(*held, strict=True))))
UNITS = {
    "tokens": st.just(Tokens()),
    "words": st.builds(Words, column=st.sampled_from(["word_ids", "no_ids"]), chinese=st.booleans()),
    "column": columns,
    "entities and phrases": named | stages,
    "n-grams": ngrams,
    "spans": spans,
    "mixture": mixtures,
    "sentiment": sentiment,
}

shares = st.sampled_from([0.0, 0.05, 0.15, 0.5, 1.0]) | st.floats(0, 1)
schedules = st.builds(Linear, shares, shares, st.integers(1, 9)) | st.builds(Cosine, shares, shares, st.integers(1, 9))
rates = shares | schedules
roundings = st.sampled_from(["round", "floor", "ceil", "random"])
exacts = st.builds(
    lambda p, rounding, least, more: Exact(p, rounding, least, None if more is None else least + more),
    rates,
    roundings,
    st.integers(0, 3),
    st.none() | st.integers(0, 12),
)
BUDGETS = {"bernoulli": st.builds(Bernoulli, rates), "exact": exacts}

pools = st.sampled_from(["vocabulary", "all of it", "batch", "corpus"])
two = st.tuples(shares, shares).map(lambda pair: (min(pair), max(pair) - min(pair)))
corruptions = st.one_of(
    st.tuples(st.just(Replace), two, pools, st.fixed_dictionaries({"per": st.sampled_from(["token", "unit"])})),
    st.tuples(st.just(SimilarWord), two, pools, st.just({})),
    st.tuples(st.just(Replace), st.just((1.0, 0.0)), st.just("vocabulary"), st.just({})),
)


def corruption(drawn, case):
    """Return a drawn corruption for the tokenizer of a case."""
    cls, both, pool, more = drawn
    if pool == "corpus":
        pool = FromCorpus.counted([*case.ids, [5, 9, 11]], case.vocabulary.size)
    else:
        pool = {"vocabulary": FromVocabulary(), "all of it": FromVocabulary(specials=True), "batch": FromBatch()}[pool]
    return cls(*([case.tokenizer] if cls is SimilarWord else []), *both, pool=pool, **more)
