"""Splitting words: the compiled kernel agrees with its definition; places are borders that a reader sees."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import batches, same, tile

from textaug.languages.unicode import table
from textaug.units import chars, words

definition = import_module("textaug.kernels.reference.splits")


@pytest.fixture(scope="module", params=["textaug.kernels.splits", "textaug.kernels.reference.splits"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.splits", reason="the kernels are not compiled here")


@given(batch=batches(), seed=st.integers(0, 2**32))
def test_it_agrees_with_its_definition(compiled, batch, seed):
    units = words(batch)
    given = batch.data, units.start, units.end, units.kind
    counted = definition.count(*given, *table())
    same([compiled.count(*given, *table())], [counted])
    has = np.flatnonzero(counted)
    some = batch.data, units.start[has], units.end[has], units.kind[has]
    draw = np.random.default_rng(seed).integers(0, 2**32, len(has), np.uint32)
    same([compiled.place(*some, draw, *table())], [definition.place(*some, draw, *table())])


@given(batch=batches(), draw=st.integers(0, 2**32 - 1))
def test_a_place_is_a_border_between_two_characters_of_the_word(kernel, batch, draw):
    units = words(batch)
    has = np.flatnonzero(kernel.count(batch.data, units.start, units.end, units.kind, *table()))
    start, end = units.start[has], units.end[has]
    place = kernel.place(batch.data, start, end, units.kind[has], np.full(len(has), draw, np.uint32), *table())
    assert ((start < place) & (place < end)).all() and np.isin(place, chars(batch).start).all()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("word", ["wo rd"]),
        ("words", ["wo rds", "wor ds"]),
        ("the", []),
        ("caf\u00e9s", ["ca f\u00e9s", "caf \u00e9s"]),
        ("cafe\u0301s", ["ca fe\u0301s", "caf e\u0301s"]),  # the accent stays with its letter
        ("don't", ["do n't"]),
        ("well-known", ["we ll-known", "wel l-known", "well-k nown", "well-kn own", "well-kno wn"]),
        ("B2B2", []),
        ("电影", ["电 影"]),
        ("我", []),
        ("12345", []),
        ("http://abcdef.com/ghi", []),
        ("@somebody", []),
    ],
)
def test_where_words_part(kernel, text, places):
    data = np.frombuffer(text.encode(), np.uint8)
    units = words(tile([text]))
    given = data, units.start, units.end, units.kind
    assert kernel.count(*given, *table()).tolist() == [len(places)]
    for k in range(len(places)):
        draw = np.array([((2 * k + 1) << 31) // len(places)], np.uint32)
        at = int(kernel.place(*given, draw, *table())[0])
        assert f"{data[:at].tobytes().decode()} {data[at:].tobytes().decode()}" == places[k]


def test_a_very_long_word_has_255_places(kernel):
    data = np.frombuffer(b"a" * 2000, np.uint8)
    given = data, np.zeros(1, np.int32), np.array([2000], np.int32), np.array([16], np.uint8)
    assert kernel.count(*given, *table()).tolist() == [255]
    assert kernel.place(*given, np.array([2**32 - 1], np.uint32), *table()).tolist() == [256]
