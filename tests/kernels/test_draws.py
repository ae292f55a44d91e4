"""Philox gives its published answers in both twins; draws and selections agree with their definition."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import NO_LIMIT, U64

from textaug.kernels.reference import draws as definition

# Random123's kat_vectors, philox4x32 with 10 rounds: counter, key, answer.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def numbers(text):
    return [int(word, 16) for word in text.split()]


@pytest.fixture(scope="module", params=["textaug.kernels.draws", "textaug.kernels.reference.draws"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.draws", reason="the kernels are not compiled here")


def same(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        assert np.asarray(one).dtype == np.asarray(other).dtype
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_answers(kernel, counter, key, answer):
    (index, purpose, low, high), (k0, k1) = numbers(counter), numbers(key)
    row = np.array([low | high << 32], np.uint64)
    made = kernel.blocks(k0 | k1 << 32, row, purpose, np.array([index], np.uint32))
    assert made.tolist() == [numbers(answer)] and made.dtype == np.uint32


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_is_defined_by_the_published_answers(counter, key, answer):
    k0, k1 = numbers(key)
    assert definition.philox(k0 | k1 << 32, np.array([numbers(counter)], np.uint32)).tolist() == [numbers(answer)]


def test_a_draw_is_a_lane_of_a_block():
    rows = np.full(11, 2**63 + 5, np.uint64)
    index = np.arange(11, dtype=np.int32)
    blocks = definition.blocks(7, rows[:3], 2, np.arange(3, dtype=np.uint32))
    assert definition.indexed(7, rows, 2, index).tolist() == blocks.ravel()[:11].tolist()


@given(key=U64, rows=st.lists(U64, max_size=5), purpose=st.integers(0, 2**32 - 1), data=st.data())
def test_blocks_agree_with_their_definition(compiled, key, rows, purpose, data):
    index = data.draw(st.lists(st.integers(0, 2**32 - 1), min_size=len(rows), max_size=len(rows)))
    given = key, np.array(rows, np.uint64), purpose, np.array(index, np.uint32)
    same([compiled.blocks(*given)], [definition.blocks(*given)])


@st.composite
def tables(draw):
    """Draw (row_offsets, row ids); now and then a row has more units than are drawn at a time (1,024)."""
    sizes = draw(st.lists(st.one_of(st.integers(0, 9), st.sampled_from([63, 1023, 1025, 2600])), max_size=5))
    ids = draw(st.lists(U64, min_size=len(sizes), max_size=len(sizes)))
    return np.cumsum([0, *sizes]).astype(np.int32), np.array(ids, np.uint64)


@given(key=U64, table=tables(), seed=st.integers(0, 99))
def test_the_draws_of_units_agree_with_their_definition(compiled, key, table, seed):
    row_offsets, row_ids = table
    unit = np.flatnonzero(np.random.default_rng(seed).random(row_offsets[-1]) < 0.5).astype(np.int32)
    row = np.searchsorted(row_offsets, unit, side="right").astype(np.int32) - 1
    given = key, row_ids, 3, row_offsets, unit, row
    same([compiled.lanes(*given)], [definition.lanes(*given)])


LIMITS = st.sampled_from([(0, NO_LIMIT), (0, NO_LIMIT), (1, NO_LIMIT), (0, 0), (0, 3), (2, 2), (5, 700)])


@given(key=U64, table=tables(), limits=LIMITS, seed=st.integers(0, 99), masked=st.booleans())
def test_selection_agrees_with_its_definition(compiled, key, table, limits, seed, masked):
    row_offsets, row_ids = table
    random = np.random.default_rng(seed)
    some = np.array([0, 1, 2**31, 2**32 - 1, 2**32, random.integers(2**32)], np.uint64)
    thresholds = random.choice(some, len(row_ids))
    eligible = random.integers(0, 2, row_offsets[-1]).astype(np.uint8) if masked else None
    given = key, row_ids, 2, row_offsets, eligible, thresholds, *limits
    same(compiled.select(*given), definition.select(*given))


@given(key=U64, table=tables(), limits=LIMITS, rate=st.floats(0, 1))
def test_selection_keeps_its_limits(kernel, key, table, limits, rate):
    row_offsets, row_ids = table
    threshold = round(rate * 2**32)
    unit, row = kernel.select(key, row_ids, 2, row_offsets, None, np.full(len(row_ids), threshold, np.uint64), *limits)
    assert (np.diff(unit) > 0).all() and (row_offsets[row] <= unit).all() and (unit < row_offsets[row + 1]).all()
    counts, sizes = np.bincount(row, minlength=len(row_ids)), np.diff(row_offsets)
    assert (counts <= limits[1]).all() and (counts <= sizes).all()
    assert threshold == 0 or (counts >= np.minimum(limits[0], sizes)).all()


def test_a_rate_of_one_selects_all_and_of_zero_nothing(kernel):
    row_offsets, row_ids = np.array([0, 3, 3, 2000], np.int32), np.arange(3, dtype=np.uint64)
    for threshold, units in ((2**32, 2000), (0, 0)):
        limits = np.full(3, threshold, np.uint64)
        unit, _ = kernel.select(1, row_ids, 2, row_offsets, None, limits, 0, NO_LIMIT)
        assert unit.tolist() == list(range(units))
        assert len(kernel.select(1, row_ids, 2, row_offsets, None, limits, 1, NO_LIMIT)[0]) == units


def test_limits_take_the_units_that_drew_least(kernel):
    row_offsets, row_ids = np.array([0, 50], np.int32), np.array([9], np.uint64)
    draws = definition.indexed(1, np.repeat(row_ids, 50), 2, np.arange(50, dtype=np.int32))
    for k in (1, 7, 50):
        unit, _ = kernel.select(1, row_ids, 2, row_offsets, None, np.ones(1, np.uint64), k, k)
        assert unit.tolist() == sorted(np.argsort(draws)[:k].tolist())


def test_every_kernel_has_a_twin_with_the_same_names():
    for name in ("draws", "edits", "letters", "words"):
        twin = pytest.importorskip(f"textaug.kernels.{name}", reason="the kernels are not compiled here")
        public = [made for made, held in vars(twin).items() if getattr(held, "__module__", "") == twin.__name__]
        home = import_module(f"textaug.kernels.reference.{name}")
        assert [made for made in public if not hasattr(home, made)] == []
