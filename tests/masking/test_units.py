"""Which tokens belong together, by columns, n-grams, mixtures and ranks: against plain definitions."""

from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maskings import RUNS, Case, cases, grouped, joinable, leaves, number, weights

from textaug.errors import DataError, UsageError
from textaug.masking import (
    Column,
    Entities,
    Exact,
    Linear,
    Masking,
    Mixture,
    NGrams,
    Phrases,
    Rows,
    Sentiment,
    Spans,
    Tokens,
    Vocabulary,
    Words,
)
from textaug.masking.budget import Budget
from textaug.masking.corruption import Corruption, Pool
from textaug.masking.numbering import numbered
from textaug.masking.units import Units


def by_definition(numbers, special, scattered):
    """Number the units of a column, one token after the other."""
    held, before, made = {}, None, []
    for place, (one, never) in enumerate(zip(numbers, special, strict=True)):
        one = -1 if never else one
        if one < 0:
            made.append(-1)
        elif scattered:
            made.append(held.setdefault(one, place))
        else:
            made.append(made[-1] if one == before else place)
        before = one
    return made


@given(data=st.data(), name=st.sampled_from(RUNS), scattered=st.booleans())
def test_a_column_numbers_runs_or_equals(encoded, data, name, scattered):
    case = data.draw(cases(encoded))
    special = set(case.vocabulary.special)
    marked = case.special or [[0] * len(row) for row in case.ids]
    for row, column, flags, made in zip(
        case.ids, case.columns[name], marked, number(Column(name, scattered=scattered), case), strict=True
    ):
        never = [flag or id in special for id, flag in zip(row, flags, strict=True)]
        assert made == by_definition(column, never, scattered)


@given(data=st.data(), over=leaves)
def test_what_a_column_leaves_free_belongs_to_the_units_below(encoded, data, over):
    case = data.draw(cases(encoded))
    upper, lower = number(Column("entity_ids"), case), number(over, case)
    for top, below, made in zip(upper, lower, number(Entities(over=over), case), strict=True):
        units = {tuple(unit) for unit in grouped(made)}
        free = [unit if top[place] < 0 else -1 for place, unit in enumerate(below)]
        assert units == {tuple(unit) for unit in [*grouped(top), *grouped(free)]}


@given(data=st.data(), given_weights=weights, over=joinable, key=st.integers(0, 2**64 - 1))
def test_ngrams_join_units_that_stand_side_by_side(encoded, data, given_weights, over, key):
    case = data.draw(cases(encoded))
    allowed = {n for n, weight in enumerate(given_weights, 1) if weight}
    for below, made in zip(number(over, case), number(NGrams(given_weights, over), case, key), strict=True):
        units, grams = grouped(below), grouped(made)
        assert sorted(chain(*units)) == list(chain(*grams))
        size = {tuple(gram): len([unit for unit in units if unit[0] in gram]) for gram in grams}
        assert max(size.values(), default=1) <= len(given_weights)
        for gram, after in pairwise(grams):
            assert gram == list(range(gram[0], gram[-1] + 1))
            if after[0] == gram[-1] + 1:  # nothing ended it but its own length
                assert size[tuple(gram)] in allowed


@given(data=st.data(), p=st.sampled_from([0.2, 0.7, 1.0]), longest=st.integers(1, 12), key=st.integers(0, 99))
def test_spans_are_ngrams_with_geometric_weights(encoded, data, p, longest, key):
    case = data.draw(cases(encoded))
    units = Spans(p, longest)
    assert sum(units.weights) == pytest.approx(1)
    assert [b / a for a, b in pairwise(units.weights) if b] == pytest.approx([1 - p] * (longest - 1 if p < 1 else 0))
    assert number(units, case, key) == number(NGrams(units.weights), case, key)


@settings(max_examples=40)
@given(data=st.data(), key=st.integers(0, 2**64 - 1))
def test_a_mixture_numbers_each_row_in_one_way(encoded, data, key):
    case = data.draw(cases(encoded))
    choices = (Tokens(), Words("none"), Column("phrase_ids"), Column("pair_ids", scattered=True))
    ways = [number(choice, case, key) for choice in choices]
    for row, made in enumerate(number(Mixture(choices), case, key)):
        assert made in [way[row] for way in ways]
    assert number(Mixture(choices, (0, 1, 0, 0)), case, key) == ways[1]


def test_a_mixture_keeps_the_ranks_of_its_units(encoded):
    """Sentiment words come first in those rows that are numbered by them."""
    held, rows = encoded["wordpiece"]
    ids = [row for row, _ in rows if len(row) > 30]
    columns = {"sentiment_ids": [[k if k % 10 == 5 else -1 for k in range(len(row))] for row in ids]}
    columns["pair_ids"] = [[-1] * len(row) for row in ids]
    case = Case(held, ids, columns)
    sheet = case.sheet(3)
    sentiment = Sentiment().number(sheet)
    mixed = Mixture((Sentiment(), Tokens()), (1, 0)).number(sheet)
    np.testing.assert_array_equal(mixed.rank, sentiment.rank)
    some = Mixture((Tokens(), Sentiment())).number(sheet)
    by_row = np.split(some.rank, sheet.ids.offsets[1:-1])
    whole = np.split(sentiment.rank, sheet.ids.offsets[1:-1])
    same = [np.array_equal(one, other) for one, other in zip(by_row, whole, strict=True)]
    assert 0 < sum(same) < len(same)


@given(data=st.data(), most=st.none() | st.integers(0, 3), key=st.integers(0, 2**64 - 1))
def test_sentiment_ranks_pairs_then_words_then_the_rest(encoded, data, most, key):
    case = data.draw(cases(encoded))
    sheet = case.sheet(key)
    made = Sentiment(most).number(sheet)
    pairs, words = number(Column("pair_ids", scattered=True), case), number(Column("sentiment_ids"), case)
    every = zip(
        pairs, words, Rows(numbered(made, sheet), sheet.ids.offsets), Rows(made.rank, sheet.ids.offsets), strict=True
    )
    for pair, word, first, rank in every:
        units = grouped(pair)
        kept = [unit for unit in units if (rank[unit] == 0).all()]
        assert len(kept) == (len(units) if most is None else min(most, len(units)))
        assert all((first[unit] == unit[0]).all() for unit in kept)
        held = set(chain(*kept))
        for place in range(len(first)):
            assert rank[place] == (0 if place in held else 1 if word[place] >= 0 else 2)


def test_ranks_are_spent_in_order(encoded):
    """SKEP: pairs, then sentiment words, and only then other tokens."""
    held, rows = encoded["wordpiece"]
    ids = [row for row, _ in rows if len(row) >= 30]
    columns = {
        "pair_ids": [[7 if k in (2, 9) else -1 for k in range(len(row))] for row in ids],
        "sentiment_ids": [[k if k in (4, 14, 15, 20) else -1 for k in range(len(row))] for row in ids],
    }
    made = Masking(Sentiment(), Exact(0.1, "floor")).mask(ids, held, columns=columns)
    special = set(Vocabulary.of(held).special)
    for row, labels in zip(ids, made.labels, strict=True):
        may = {k for k, id in enumerate(row) if id not in special}
        chosen = {k for k, label in enumerate(labels) if label != -100}
        pair, words = {2, 9} & may, {4, 14, 15, 20} & may
        budget = len(chosen)
        assert chosen >= pair or budget < len(pair)
        assert chosen - pair <= words or chosen >= pair | words


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: NGrams(()), "give weights of at least 0, not all of them 0"),
        (lambda: NGrams((1, -1)), "give weights of at least 0"),
        (lambda: NGrams((0, 0)), "not all of them 0"),
        (lambda: NGrams((1.0,) * 256), "NGrams of 256 lengths: an n-gram has 255 units at most"),
        (lambda: Spans(0.0), r"Spans\(p=0.0, longest=10\)"),
        (lambda: Spans(0.2, 0), "a longest of at least 1"),
        (lambda: Mixture(()), "Mixture of 0 units"),
        (lambda: Mixture((Tokens(),), (1, 2)), "give one weight each"),
        (lambda: Mixture((Tokens(),), (0,)), "give one weight each"),
    ],
)
def test_units_refuse_what_makes_no_sense(make, message):
    with pytest.raises(UsageError, match=message):
        make()


def test_units_say_what_is_missing(encoded):
    held, rows = encoded["wordpiece"]
    ids = [ids for ids, _ in rows[:2]]
    with pytest.raises(DataError, match=r"no 'entity_ids'.*make it with textaug.masking.annotate.*here: none"):
        Masking(Entities()).mask(ids, held)
    with pytest.raises(DataError, match=r"no 'phrase_ids'.*columns here: entity_ids"):
        Masking(Phrases()).mask(ids, held, columns={"entity_ids": [[0] * len(row) for row in ids]})
    with pytest.raises(
        DataError, match=f"row 1: 'entity_ids' has {len(ids[1]) - 1} values, and input_ids {len(ids[1])}"
    ):
        Masking(Entities()).mask(ids, held, columns={"entity_ids": [[0] * len(ids[0]), [0] * (len(ids[1]) - 1)]})
    with pytest.raises(DataError, match="'entity_ids' has 1 rows, and input_ids 2"):
        Masking(Entities()).mask(ids, held, columns={"entity_ids": [[0]]})
    scattered = {"pair_ids": [[k % 2 for k in range(len(row))] for row in ids]}
    with pytest.raises(UsageError, match="these may have gaps"):
        Masking(NGrams(over=Column("pair_ids", scattered=True))).mask(ids, held, columns=scattered)


def test_parts_are_recognised_by_what_they_do():
    assert isinstance(Words(), Units)
    assert isinstance(Exact(), Budget)
    masking = Masking()
    assert isinstance(masking.corruption, Corruption)
    assert isinstance(masking.corruption.pool, Pool)
    assert isinstance(Masking(budget=Exact(Linear(0.3, 0.1, 9))).budget.p.at(3), float)
