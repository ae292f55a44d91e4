"""Words that rules know: the compiled kernel agrees with its definition, and finds what a dictionary finds."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import same, tile

from textaug.errors import DataError
from textaug.lexicon.classes import numbered
from textaug.units import words

definition = import_module("textaug.kernels.reference.roles")
WORDS = st.lists(st.text("abAB'é中", min_size=1, max_size=8).filter(lambda w: len(w.encode()) <= 16), unique=True)


@pytest.fixture(scope="module", params=["textaug.kernels.roles", "textaug.kernels.reference.roles"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


def folded(word):
    return word.encode().lower()


@given(known=WORDS, others=WORDS)
def test_words_are_found_whatever_their_case(kernel, known, others):
    known = list({folded(word): word.encode().lower().decode() for word in known}.values())
    text = [*others, *known, *(word.swapcase() for word in known)]
    encoded = [word.encode() for word in text]
    end = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    data = np.frombuffer(b"".join(encoded), np.uint8)
    found = kernel.numbers(data, end[:-1], end[1:], *numbered(known))
    numbers = {word.encode(): k for k, word in enumerate(known, 1)}
    assert found.tolist() == [*(numbers.get(word.lower(), 0) for word in encoded), 0]
    same([found], [definition.numbers(data, end[:-1], end[1:], *numbered(known))])


def test_real_words_agree_with_their_definition(kernel, reviews):
    batch = tile(reviews[:40])
    units = words(batch)
    known = sorted({word.lower() for word in " ".join(reviews[40:60]).split() if len(word.encode()) < 17})
    given = batch.data, units.start, units.end, *numbered(known)
    found = kernel.numbers(*given)
    same([found], [definition.numbers(*given)])
    assert (found > 0).mean() > 0.5


@pytest.mark.parametrize("word", ["", "a" * 17, "中" * 6])
def test_a_word_has_1_to_16_bytes(word):
    with pytest.raises(DataError, match="a rule knows words of 1 to 16"):
        numbered(["fine", word])
