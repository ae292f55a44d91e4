"""Noise: the compiled kernel agrees with its definition, and errors add up to the distance."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from strategies import U64, batches, rows_of, same, tables, tile

from textaug.edits import Edits
from textaug.kernels.reference.noise import DELETE, INSERT, SUBSTITUTE, SWAP
from textaug.languages.alphabets import alphabets, hanzi
from textaug.units import Kind, chars

definition = import_module("textaug.kernels.reference.noise")


@pytest.fixture(scope="module", params=["textaug.kernels.noise", "textaug.kernels.reference.noise"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.noise", reason="the kernels are not compiled here")


def plain(units, some=None):
    """Return which characters noise may edit."""
    usable = ~units.is_in((Kind.CONTROL, Kind.CLUSTER, Kind.EMOJI))
    return (usable if some is None else usable & (some != 0)).astype(np.uint8)


def noised(kernel, batch, units, usable, key, thresholds, actions):
    lengths = kernel.lengths(batch.data, batch.offsets)
    given = (
        batch.data,
        units.row_offsets,
        units.start,
        units.end,
        usable,
        key,
        batch.row_ids,
        lengths,
        thresholds,
    )
    return kernel.noise(*given, actions, alphabets(), hanzi())


@given(batch=batches())
def test_lengths_are_in_code_points(kernel, batch):
    assert kernel.lengths(batch.data, batch.offsets).tolist() == list(map(len, rows_of(batch.data, batch.offsets)))


@given(table=tables(), key=U64, actions=st.integers(1, 15))
def test_noise_agrees_with_its_definition(compiled, table, key, actions):
    batch, units, some, thresholds = table
    given = batch, units, plain(units, some), key, thresholds, actions
    same(noised(compiled, *given), noised(definition, *given))


@pytest.mark.parametrize("size", [1000, 5000])
def test_noise_agrees_with_its_definition_in_long_rows(compiled, size):
    """Long rows draw in loads, and at a high rate try more often than is foreseen."""
    random = np.random.default_rng(size)
    batch = tile(["".join(random.choice(list("ab c中"), size)), "x" * size])
    units = chars(batch)
    for actions in range(1, 16):
        given = batch, units, plain(units), 5, np.array([2**31, 2**30], np.uint64), actions
        same(noised(compiled, *given), noised(definition, *given))


ALPHABETS = [
    "ab", "aab ", "abcdefghijklmnopqrstuvwxyz  ", "的一是不了人我在有他这中大来上", "01", "aé中д 1.,", "   a",
]  # fmt: skip


@given(key=U64, actions=st.integers(1, 15), cer=st.floats(0, 0.4), letters=st.sampled_from(ALPHABETS))
@example(key=1, actions=SUBSTITUTE, cer=0.4, letters="ab")
@example(key=1, actions=SUBSTITUTE | INSERT | DELETE | SWAP, cer=0.4, letters="ab")
def test_each_error_adds_to_the_distance(kernel, key, actions, cer, letters):
    """A single action costs what it claims in any text, of two letters too; no mix costs more than it claims.

    A mix may be undone by its neighbours: how far the distance falls short is measured on real text.
    """
    random = np.random.default_rng(key)
    rows = ["".join(random.choice(list(letters), size)) for size in (0, 1, 2, 7, 60, 90)]
    batch = tile(rows)
    units = chars(batch)
    limits = np.full(len(rows), round(cer * 2**32), np.uint64)
    row_offsets, *tables, text, errors = noised(kernel, batch, units, plain(units), key, limits, actions)
    edits = Edits(row_offsets, *tables, np.zeros(len(tables[0]), np.uint8), text)
    made = rows_of(*edits.apply(batch.data, batch.offsets))
    distances = [Levenshtein.distance(old, new) for old, new in zip(rows, made, strict=True)]
    assert sum(distances) == errors if actions in (SUBSTITUTE, INSERT, DELETE) else sum(distances) <= errors
    for old, distance in zip(rows, distances, strict=True):
        assert distance <= cer * len(old) + (2 if actions == SWAP else 1)


def test_noise_makes_only_the_errors_that_are_asked_for(kernel):
    rows = ["a sentence of plain words" * 3]
    batch = tile(rows)
    units = chars(batch)
    for actions, growth in (
        (SUBSTITUTE, {0}),
        (INSERT, {1}),
        (DELETE, {-1}),
        (SWAP, {0}),
        (INSERT | DELETE, {1, -1}),
    ):
        limits = np.full(1, 2**30, np.uint64)
        _, start, end, begin, stop, _, errors = noised(kernel, batch, units, plain(units), 1, limits, actions)
        assert errors and set(((stop - begin) - (end - start)).tolist()) == growth
