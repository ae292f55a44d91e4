"""Word order: the compiled kernel agrees with its definition; what moves, moves as promised."""

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import U64, batches, rows_of, tile

from textaug.edits import Edits
from textaug.units import words

definition = import_module("textaug.kernels.reference.words")


@pytest.fixture(scope="module", params=["textaug.kernels.words", "textaug.kernels.reference.words"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.words", reason="the kernels are not compiled here")


def same(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


@st.composite
def tables(draw):
    """Draw (batch, its words, some of them, how many they are in each row, thresholds)."""
    batch = draw(batches())
    units = words(batch)
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    some = random.integers(0, 5, len(units)).astype(bool).astype(np.uint8) if draw(st.booleans()) else None
    held = np.ones(len(units)) if some is None else some
    able = np.array([held[a:b].sum() for a, b in pairwise(units.row_offsets)]).astype(np.int32)
    limits = np.array([0, 2**32, random.integers(2**32)], np.uint64)
    return batch, units, some, able, random.choice(limits, len(batch))


@given(table=tables(), key=U64)
def test_deletion_and_pairs_agree_with_their_definition(compiled, table, key):
    batch, units, some, able, thresholds = table
    given = key, batch.row_ids, able, thresholds
    pairs = definition.budget(*given)
    same([compiled.budget(*given)], [pairs])
    given = key, batch.row_ids, units.row_offsets, some, 2 * pairs
    picked = definition.exactly(*given)
    same(compiled.exactly(*given), picked)
    given = batch.data, batch.offsets, units.start, units.end, *picked
    same(compiled.delete(*given), definition.delete(*given))
    given = batch.data, units.start, units.end, key, batch.row_ids, units.row_offsets, *picked
    same(compiled.partners(*given), definition.partners(*given))


@given(table=tables(), key=U64, window=st.integers(0, 9))
def test_shuffling_agrees_with_its_definition(compiled, table, key, window):
    batch, units, some, _, _ = table
    given = batch.data, units.start, units.end, key, batch.row_ids, units.row_offsets, some, window
    same(compiled.shuffle(*given), definition.shuffle(*given))


@pytest.mark.parametrize("words_in_a_row", [200, 3000])
def test_long_rows_agree_with_their_definition(compiled, words_in_a_row):
    """Long rows sort by another method."""
    random = np.random.default_rng(1)
    batch = tile([" ".join(random.choice(["a", "bb", "ccc", "dddd"], words_in_a_row))])
    units = words(batch)
    picked = np.arange(words_in_a_row, dtype=np.int32), np.zeros(words_in_a_row, np.int32)
    given = batch.data, units.start, units.end, 8, batch.row_ids, units.row_offsets
    if words_in_a_row < 1000:  # the definition takes quadratic time
        same(compiled.partners(*given, *picked), definition.partners(*given, *picked))
    same(compiled.shuffle(*given, None, 50), definition.shuffle(*given, None, 50))


@given(table=tables(), key=U64)
def test_exactly_so_many_are_chosen(kernel, table, key):
    batch, units, some, able, thresholds = table
    wanted = 2 * kernel.budget(key, batch.row_ids, able, thresholds)
    assert (wanted <= able).all() and (wanted[thresholds == 0] == 0).all()
    unit, row = kernel.exactly(key, batch.row_ids, units.row_offsets, some, wanted)
    assert (np.bincount(row, minlength=len(batch)) == wanted).all() and (np.diff(unit) > 0).all()
    assert some is None or some[unit].all()


@given(table=tables(), key=U64, window=st.integers(0, 5))
def test_words_move_no_farther_than_the_window(kernel, table, key, window):
    batch, units, some, _, _ = table
    given = batch.data, units.start, units.end, key, batch.row_ids, units.row_offsets, some, window
    unit, source, _ = kernel.shuffle(*given)
    order = np.cumsum(np.ones(len(units)) if some is None else some, dtype=np.int64)
    assert (np.abs(order[unit] - order[source]) <= window).all()
    assert some is None or (some[unit] & some[source]).all()


@given(table=tables(), key=U64)
def test_partners_swap_with_each_other_and_differ(kernel, table, key):
    batch, units, _, _, _ = table
    picked = np.arange(len(units), dtype=np.int32), units.rows()
    given = batch.data, units.start, units.end, key, batch.row_ids, units.row_offsets, *picked
    unit, source, row = kernel.partners(*given)
    assert dict(zip(unit, source, strict=True)) == dict(zip(source, unit, strict=True))
    text = [batch.data[a:b].tobytes() for a, b in zip(units.start, units.end, strict=True)]
    assert all(text[a] != text[b] for a, b in zip(unit, source, strict=True))
    assert (units.rows()[unit] == row).all() and (units.rows()[source] == row).all()


@pytest.mark.parametrize(
    ("text", "deleted", "left"),
    [
        ("a b c", "b", "a c"),
        ("a b.", "b", "a."),
        ("a b c", "a", "b c"),
        ("a b c", "c", "a b"),
        ("a b c", "abc", ""),
        ("a b c d", "bc", "a d"),
        ("a  b  c", "b", "a   c"),
        ("a\nb c", "b", "a\nc"),
        ("a\tb\tc", "b", "a\t\tc"),
        ("a, b, c", "b", "a,, c"),
        ("(a) b", "a", "() b"),
        ("x中文y", "x", "中文y"),
        ("", "", ""),
    ],
)
def test_a_deleted_word_takes_one_blank_along(kernel, text, deleted, left):
    batch = tile([text])
    units = words(batch)
    held = [batch.data[a:b].tobytes().decode() for a, b in zip(units.start, units.end, strict=True)]
    picked = np.array([u for u, word in enumerate(held) if word in deleted], np.int32)
    start, end, row = kernel.delete(batch.data, batch.offsets, units.start, units.end, picked, np.zeros_like(picked))
    nothing = np.zeros_like(start)
    assert rows_of(*Edits.of(row, 1, start, end, nothing, nothing).apply(batch.data, batch.offsets)) == [left]


def test_budgets_are_right_on_average(kernel):
    """Rounded by a draw: the mean of 40,000 budgets lies within 5 standard errors of rate * words / 2."""
    rows, rate, eligible = 40_000, 0.13, 11
    limits, able = np.full(rows, round(rate * 2**32), np.uint64), np.full(rows, eligible, np.int32)
    pairs = kernel.budget(9, np.arange(rows, dtype=np.uint64), able, limits)
    share = rate * eligible / 2
    assert set(pairs.tolist()) == {0, 1}
    assert abs(pairs.mean() - share) < 5 * np.sqrt(share * (1 - share) / rows)
