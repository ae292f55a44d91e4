"""Nearness of tokens: cosines, the same bytes however many are asked at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.models.masked import nearness
from textaug.models.masked.nearness import Nearness


@pytest.mark.parametrize("width", [8, 256, 768])
def test_it_is_the_cosine_of_vectors_without_their_mean(width):
    vectors = np.random.default_rng(0).standard_normal((300, width)).astype(np.float32) + 3
    bare = vectors.astype(np.float64) - vectors.astype(np.float64).mean(0)
    bare /= np.linalg.norm(bare, axis=1, keepdims=True)
    made = Nearness(vectors)
    for token in (0, 7, 299):
        np.testing.assert_allclose(made.of(token), bare @ bare[token], atol=2e-3)
        assert made.of(token)[token] == pytest.approx(1, abs=1e-5)


@given(st.lists(st.integers(0, 199), max_size=40), st.lists(st.integers(0, 199), min_size=1, max_size=9))
def test_company_does_not_matter(met, asked):
    vectors = np.random.default_rng(1).standard_normal((200, 96)).astype(np.float32)
    together, alone = Nearness(vectors), Nearness(vectors)
    together.meet([*met, *asked])
    for token in asked:
        np.testing.assert_array_equal(together.of(token), alone.of(token))


def test_what_is_held_has_a_bound(monkeypatch):
    monkeypatch.setattr(nearness, "HELD", 4 * 50 * 10)
    vectors = np.random.default_rng(2).standard_normal((50, 16)).astype(np.float32)
    made, plain = Nearness(vectors), Nearness(vectors)
    for first in range(0, 50, 8):
        made.meet(range(first, min(first + 8, 50)))
        assert len(made._held) <= 10
    made.meet(range(50))
    assert len(made._held) == 10
    np.testing.assert_array_equal(made.of(49), plain.of(49))


def test_a_token_without_a_vector_of_its_own_is_near_to_none():
    vectors = np.ones((4, 8), np.float32)
    assert not Nearness(vectors).of(2).any()
