"""Permutation language modelling: the compiled kernel agrees with its definition; the definition, with its words."""

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import numbered, same

definition = import_module("textaug.kernels.reference.permutation")
KEYS = st.integers(0, 2**64 - 1)


@pytest.fixture(scope="module")
def kernel():
    return pytest.importorskip("textaug.kernels.permutation", reason="the kernels are not compiled here")


def spans(rng):
    """Draw thresholds of lengths, and the contexts of these lengths."""
    longest = int(rng.integers(1, 8))
    limits = np.sort(rng.integers(0, 2**32 + 1, longest - 1, dtype=np.uint64))
    return limits, (np.arange(1, longest + 1) * rng.integers(1, 9)).astype(np.int32)


def scattered(first, offsets, rng):
    """Let some tokens belong to the unit of a token before them in their row."""
    made = first.copy()
    for start, end in pairwise(offsets):
        for t in range(start + 1, end):
            if rng.random() < 0.3 and made[t] != t - start:
                made[t] = made[rng.integers(start, t)]
    return made


@given(numbered(), KEYS, st.integers(0, 60), st.booleans())
def test_selection_agrees(kernel, rows, key, most, scatter):
    first, offsets, row_ids, rng = rows
    first = scattered(first, offsets, rng) if scatter else first
    limits, contexts = spans(rng)
    asked = (first, offsets, key, row_ids, (7, 10), limits, contexts)
    same(kernel.spread(*asked), definition.spread(*asked))
    goals = rng.integers(0, most + 1, len(row_ids)).astype(np.int32)
    asked = (first, offsets, key, row_ids, (7, 10, 2), limits, contexts, goals)
    same(kernel.goal(*asked), definition.goal(*asked))


@given(numbered(), KEYS, st.floats(0, 1))
def test_turns_agree(kernel, rows, key, share):
    first, offsets, row_ids, rng = rows
    taken = rng.random(len(first)) < share
    begins = np.concatenate([[0], np.cumsum(taken)]).astype(np.int32)[offsets]
    sizes = rng.integers(1, 200, len(row_ids)).astype(np.int32)
    asked = (offsets, begins, np.flatnonzero(taken).astype(np.int32), key, row_ids, 5, sizes)
    same([kernel.turns(*asked)], [definition.turns(*asked)])


@given(numbered(), st.integers(0, 9), st.booleans())
def test_what_is_forbidden_agrees(kernel, rows, more, left):
    first, offsets, _, rng = rows
    queries, keys = rng.integers(-1, 9, len(first)).astype(np.int32), rng.integers(-2, 9, len(first)).astype(np.int32)
    asked = (queries, keys, offsets, int(np.diff(offsets).max(initial=0)) + more, left)
    same([kernel.forbidden(*asked)], [definition.forbidden(*asked)])


@given(numbered(), KEYS, st.integers(0, 60))
def test_a_goal_is_met_to_the_token_where_units_are_tokens(rows, key, most):
    first, offsets, row_ids, rng = rows
    place = np.arange(len(first)) - np.repeat(offsets[:-1], np.diff(offsets))
    tokens = np.where(first < 0, -1, place).astype(np.int32)
    goals = rng.integers(0, most + 1, len(row_ids)).astype(np.int32)
    for units in (tokens, first):
        begins, at = definition.goal(units, offsets, key, row_ids, (7, 10, 2), *spans(rng), goals)
        assert (units[at] >= 0).all()
        for r, (start, end) in enumerate(pairwise(begins)):
            row = units[offsets[r] : offsets[r + 1]]
            taken = np.isin(np.arange(len(row)), at[start:end] - offsets[r])
            assert set(row[taken]) & set(row[~taken]) <= {-1}  # a unit is whole
            count = min(goals[r], np.count_nonzero(row >= 0))
            assert (taken.sum() == count) if units is tokens else (taken.sum() <= count)


@given(numbered(), KEYS)
def test_turns_are_a_permutation_that_keeps_to_its_blocks(rows, key):
    first, offsets, row_ids, rng = rows
    size = int(rng.integers(1, 30))
    at = np.arange(len(first), dtype=np.int32)
    turn = definition.turns(offsets, offsets, at, key, row_ids, 5, np.full(len(row_ids), size, np.int32))
    for start, end in pairwise(offsets):
        row = turn[start:end]
        assert sorted(row) == list(range(len(row)))
        assert (row // size == np.arange(len(row)) // size).all()
