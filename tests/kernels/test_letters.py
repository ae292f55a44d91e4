"""Letters: the compiled kernel agrees with its definition; swaps keep what they promise."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import NO_LIMIT, U64, same, tables, tile

from textaug.languages.alphabets import alphabets, hanzi
from textaug.units import chars

definition = import_module("textaug.kernels.reference.letters")
LIMITS = st.sampled_from([(0, NO_LIMIT), (2, 6), (4, 4), (1, 1), (0, 0)])


@pytest.fixture(scope="module", params=["textaug.kernels.letters", "textaug.kernels.reference.letters"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.letters", reason="the kernels are not compiled here")


@given(table=tables(), key=U64)
def test_letters_and_their_substitutes_agree_with_their_definition(compiled, table, key):
    batch, units, _, _ = table
    given = batch.data, units.start, units.end
    known = definition.alphabetic(*given, units.kind, alphabets())
    same([compiled.alphabetic(*given, units.kind, alphabets())], [known])
    picked = np.flatnonzero(known).astype(np.int32)
    draw = np.random.default_rng(key).integers(0, 2**32, len(picked), np.uint32)
    given = *given, picked, draw, alphabets(), hanzi()
    same(compiled.substitute(*given), definition.substitute(*given))


@given(table=tables(), key=U64, limits=LIMITS)
def test_swaps_agree_with_their_definition(compiled, table, key, limits):
    batch, units, some, thresholds = table
    given = batch.data, units.row_offsets, units.start, units.end, units.kind, some
    joins = definition.joinable(*given)
    same([compiled.joinable(*given)], [joins])
    given = key, batch.row_ids, units.row_offsets, joins, thresholds, *limits
    pairs = definition.pairs(*given)
    same(compiled.pairs(*given), pairs)
    given = batch.data, units.start, units.end, pairs[0]
    same(compiled.swapped(*given), definition.swapped(*given))


@given(table=tables(), key=U64, limits=LIMITS)
def test_no_letter_swaps_twice_and_none_with_its_like(kernel, table, key, limits):
    batch, units, some, thresholds = table
    joins = kernel.joinable(batch.data, units.row_offsets, units.start, units.end, units.kind, some)
    given = key, batch.row_ids, units.row_offsets, joins, thresholds, *limits
    unit, row, eligible = kernel.pairs(*given)
    assert (np.diff(unit) > 1).all() and 2 * len(unit) <= eligible
    assert (2 * np.bincount(row, minlength=1) <= limits[1]).all() and (thresholds[row] > 0).all()
    text = [batch.data[a:b].tobytes() for a, b in zip(units.start, units.end, strict=True)]
    assert all(text[u] != text[u + 1] for u in unit)
    assert some is None or (some[unit] & some[unit + 1]).all()


def test_all_placements_of_swaps_are_equally_likely(kernel):
    """6 letters have 6 placements of two swaps: each a sixth, by chi-square with 5 degrees of freedom."""
    rows = 30_000 if "reference" not in kernel.__name__ else 3_000
    batch = tile(["abcdef"] * rows)
    units = chars(batch)
    joins = kernel.joinable(batch.data, units.row_offsets, units.start, units.end, units.kind, None)
    two_thirds = np.full(rows, round(2 / 3 * 2**32) + 1, np.uint64)  # 4 of 6 letters
    unit, row, _ = kernel.pairs(3, batch.row_ids, units.row_offsets, joins, two_thirds, 0, NO_LIMIT)
    _, counts = np.unique(unit.reshape(-1, 2) - 6 * row.reshape(-1, 2), axis=0, return_counts=True)
    assert len(counts) == 6 and counts.sum() == rows
    assert ((counts - rows / 6) ** 2 / (rows / 6)).sum() < 38  # exceeded as rarely as 5 sigma
