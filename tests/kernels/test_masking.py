"""Masking of token ids: the compiled kernel agrees with its definition over random rows and configurations."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import same

from textaug.draws import threshold

definition = import_module("textaug.kernels.reference.masking")
PURPOSE, OTHER = 2, 8


@pytest.fixture(scope="module")
def kernel():
    return pytest.importorskip("textaug.kernels.masking", reason="the kernels are not compiled here")


@st.composite
def rows(draw, vocabulary=12):
    """Rows of ids, the kinds of a small vocabulary, and which tokens are special."""
    lengths = draw(st.lists(st.integers(0, 40), min_size=1, max_size=6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    offsets = np.cumsum([0, *lengths], dtype=np.int32)
    width = draw(st.sampled_from([np.int32, np.int64]))
    ids = rng.integers(-1, vocabulary + 3, offsets[-1]).astype(width)
    kinds = rng.choice(np.array([0, 0, 0, 1, 2, 2, 4, 6, 8], np.uint8), vocabulary)
    special = (rng.random(offsets[-1]) < 0.1).astype(np.uint8) if draw(st.booleans()) else None
    row_ids = rng.integers(0, 2**64, len(lengths), dtype=np.uint64)
    return ids, offsets, kinds, special, row_ids, rng


def either(given_rows, numbers, scattered, ranked=False):
    """Return the units of a column: their marks, and where each begins if they may have gaps or are ranked."""
    ids, offsets, kinds, special = given_rows[:4]
    if scattered:
        first = definition.gathered(ids, offsets, kinds, special, numbers)
        return definition.marked(first, offsets), first
    marks = definition.column(ids, offsets, kinds, special, numbers)
    return marks, definition.numbered(marks, offsets) if ranked else None


@given(rows(), st.integers(0, 2**64 - 1))
def test_numberings_agree(kernel, given_rows, key):
    ids, offsets, kinds, special, row_ids, rng = given_rows
    numbers = rng.integers(-1, 4, len(ids)).astype(np.int32)
    limits = np.sort(rng.integers(0, 2**32 + 1, rng.integers(0, 5))).astype(np.uint64)
    results = []
    for one in (kernel, definition):
        words, met = one.words(ids, offsets, kinds, special)
        column = one.column(ids, offsets, kinds, special, numbers)
        results.append(
            [
                one.tokens(ids, offsets, kinds, special),
                words,
                np.array([met]),
                one.having(ids, kinds, 6),
                column,
                *one.layer(column, words, offsets),
                *one.layer(words, column, offsets),
                one.numbered(column, offsets),
                one.grams(words, offsets, key, row_ids, 7, limits),
                one.sizes(column, offsets),
                one.hashes(ids, offsets, 3),
            ]
        )
    same(*results)


@given(rows(), st.integers(0, 2**64 - 1), st.sampled_from([0.0, 0.15, 0.5, 1.0]), st.booleans())
def test_bernoulli_selection_agrees(kernel, given_rows, key, rate, by_words):
    ids, offsets, kinds, special, row_ids, rng = given_rows
    limits = np.full(len(row_ids), threshold(rate), np.uint64)
    limits[rng.random(len(limits)) < 0.2] = 0
    marks = definition.words(ids, offsets, kinds, special)[0] if by_words else None
    asked = (ids, offsets, kinds, special, marks, None, key, row_ids, PURPOSE, limits)
    same(kernel.bernoulli(*asked), definition.bernoulli(*asked))


@settings(max_examples=50)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=4), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_long_rows_draw_what_short_ones_do(kernel, lengths, key, row_id):
    """Whose draws are made many at a time."""
    offsets = np.cumsum([0, *lengths], dtype=np.int32)
    ids, kinds = np.zeros(offsets[-1], np.int32), np.zeros(1, np.uint8)
    row_ids = np.array([(row_id + k) % 2**64 for k in range(len(lengths))], np.uint64)
    limits = np.full(len(lengths), 2**31, np.uint64)
    asked = (ids, offsets, kinds, None, None, None, key, row_ids, PURPOSE, limits)
    same(kernel.bernoulli(*asked), definition.bernoulli(*asked))


@settings(max_examples=300)
@given(rows(), st.integers(0, 2**64 - 1), st.integers(0, 60), st.booleans(), st.booleans(), st.booleans())
def test_exact_selection_agrees(kernel, given_rows, key, most, some, ranked, scattered):
    ids, offsets, _, _, row_ids, rng = given_rows
    numbers = rng.integers(-1, rng.integers(1, 30), len(ids)).astype(np.int32)
    marks, first = either(given_rows, numbers, scattered, ranked)
    rank = rng.integers(0, 3, len(ids)).astype(np.uint8) if ranked else None
    budget = rng.integers(0, most + 1, len(row_ids)).astype(np.int32)
    asked = (marks, first, rank, offsets, key, row_ids, PURPOSE, budget, some)
    same(kernel.exact(*asked), definition.exact(*asked))


@given(rows(), st.integers(0, 2**64 - 1), st.booleans(), st.booleans(), st.booleans())
def test_corruption_agrees(kernel, given_rows, key, per_unit, scattered, weighted):
    ids, offsets, kinds, special, row_ids, rng = given_rows
    numbers = rng.integers(-1, 5, len(ids)).astype(np.int32)
    marks, first = either(given_rows, numbers, scattered)
    limits = np.full(len(row_ids), threshold(0.5), np.uint64)
    begins, at = definition.bernoulli(ids, offsets, kinds, special, marks, first, key, row_ids, PURPOSE, limits)
    pool = rng.integers(0, 100, rng.integers(1, 9))
    weights = np.sort(rng.integers(1, 2**32, len(pool)).astype(np.uint32)) if weighted else None
    shares = tuple(sorted(int(x) for x in rng.integers(0, 2**32 + 1, 2)))
    unit = np.cumsum(marks[at] & 1, dtype=np.int32) if first is None else first[at]
    asked = (ids, begins, at, unit if per_unit else None, key, row_ids, (3, OTHER), shares, 103, pool, weights)
    same(kernel.corrupt(*asked), definition.corrupt(*asked))
