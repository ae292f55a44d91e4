"""Merges dropped by draws: the compiled kernel agrees with its definition, whatever the merges, words and chances."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import U64, same

from textaug.subword.bpe import Merges

definition = import_module("textaug.kernels.reference.subword")
SYMBOLS = 9
CHANCES = st.sampled_from([0, 2**32, 2**31, 2**29, 7])


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.subword", reason="the kernels are not compiled here")


@st.composite
def merges(draw):
    """Draw merges of nine symbols and what they make; some have the same rank, some make the same piece."""
    made, pieces = {}, list(range(SYMBOLS))
    for k in range(draw(st.integers(0, 30))):
        pair = draw(st.sampled_from(pieces)), draw(st.sampled_from(pieces))
        made[pair] = (draw(st.integers(0, k)), *pair, draw(st.integers(SYMBOLS, SYMBOLS + k)))
        pieces.append(made[pair][3])
    return Merges.of(made.values()).table


@st.composite
def words(draw):
    """Draw words of known and unknown symbols, in rows, each with its chance."""
    held = draw(st.lists(st.lists(st.integers(-2, SYMBOLS + 1), min_size=1, max_size=12), max_size=8))
    row = np.array(sorted(draw(st.lists(st.integers(0, 3), min_size=len(held), max_size=len(held)))), np.int32)
    at = np.array(draw(st.lists(st.integers(0, 99), min_size=len(held), max_size=len(held))), np.int32)
    limits = np.array(draw(st.lists(CHANCES, min_size=len(held), max_size=len(held))), np.uint64)
    symbols = np.array([one for word in held for one in word], np.int32)
    return symbols, np.cumsum([0, *map(len, held)], dtype=np.int32), row, at, limits


@given(table=merges(), given_words=words(), key=U64, ids=st.lists(U64, min_size=4, max_size=4))
def test_merges_agree_with_their_definition(compiled, table, given_words, key, ids):
    given = key, np.array(ids, np.uint64), 16, *given_words, *table
    same([compiled.merge(*given)], [definition.merge(*given)])


def test_a_long_word_of_one_letter(compiled):
    """Every place has a merge, over and over: 1,500 symbols, all of rank 0, 1, 2 …, with a chance of one half."""
    table = Merges.of([(k, k, k, k + 1) for k in range(12)]).table
    symbols, one = np.zeros(1500, np.int32), np.zeros(1, np.int32)
    for limit in (0, 2**31, 2**32):
        words = symbols, np.array([0, 1500], np.int32), one, one, np.array([limit], np.uint64)
        given = 5, np.array([7], np.uint64), 16, *words, *table
        same([compiled.merge(*given)], [definition.merge(*given)])
