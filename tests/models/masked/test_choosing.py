"""Which candidate is drawn: by likelihood, and the same one whatever rows are computed together, or none yet."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from textaug.models.masked.choosing import SPARE, best, choose, gumbel


def chosen(scores, noise, k, p, error):
    """Return which candidate is drawn as `MaskedLMReplace` does it: its number, or None where it is open."""
    order = best(scores, k)
    top = scores[order].astype(np.float64)
    total = float(top[0] + np.log(np.exp(scores - top[0], dtype=np.float64).sum()))
    number = choose(top, noise[order], k, p, total, error)
    return None if number is None else int(order[number])


@given(
    seed=st.integers(0, 2**32),
    count=st.integers(1, 60),
    k=st.integers(1, 40),
    p=st.sampled_from([1.0, 1.0, 0.95, 0.5, 0.1]),
    error=st.sampled_from([1e-6, 1e-3, 0.02, 0.1, 0.5]),
    spread=st.sampled_from([0.01, 0.3, 1.0, 5.0]),
    barred=st.sampled_from([0.0, 0.3]),
    extreme=st.booleans(),
)
def test_who_is_drawn_from_disturbed_scores_is_drawn_from_the_true_ones(
    seed, count, k, p, error, spread, barred, extreme
):
    """`best` takes its candidates from the disturbed scores too; those that may not stand there are at -inf."""
    rng = np.random.default_rng(seed)
    true = rng.normal(0, spread, count).astype(np.float32)
    true[rng.random(count) < barred] = -np.inf
    assume(np.isfinite(true).any())
    noise = gumbel(rng.integers(0, 2**32, count, dtype=np.uint64).astype(np.uint32))
    expected = chosen(true, noise, k, p, 0.0)
    assert expected is not None and np.isfinite(true[expected])
    for _ in range(10):
        off = rng.choice([-1.0, 1.0], count) if extreme else rng.uniform(-1, 1, count)
        disturbed = (true + 0.999 * error * off).astype(np.float32)
        assert chosen(disturbed, noise, k, p, error + 1e-6) in (None, expected)


def test_what_decides_clearly_is_not_asked_again():
    """With the rounding of a small model one draw in a hundred at most is open."""
    rng = np.random.default_rng(3)
    made = []
    for _ in range(2000):
        scores = rng.normal(0, 3, 500).astype(np.float32)
        noise = gumbel(rng.integers(0, 2**32, 500, dtype=np.uint64).astype(np.uint32))
        made.append(chosen(scores, noise, 10, 1.0, 1e-3))
    assert made.count(None) / len(made) < 0.02


def test_the_best_come_in_order_and_of_equal_ones_the_first_first():
    scores = np.array([1, 3, 3, -np.inf, 2, 3], np.float32)
    assert best(scores, 6).tolist() == [1, 2, 5, 4, 0]
    assert best(np.full(3, -np.inf, np.float32), 2).tolist() == []
    many = np.random.default_rng(1).normal(0, 1, 1000).astype(np.float32)
    assert best(many, 10).tolist() == np.argsort(-many)[: 10 + SPARE].tolist()


@pytest.mark.parametrize(("k", "p"), [(1, 1.0), (3, 1.0), (6, 1.0), (6, 0.6), (6, 1e-9)])
def test_words_come_as_often_as_they_are_likely(k, p):
    """Of 20,000 draws each share within 5 standard deviations of the softmax over those that may be drawn."""
    scores = np.array([0.5, 2.0, 1.0, 1.5, -1.0, 0.0], np.float32)
    chances = np.exp(scores.astype(np.float64))
    order = np.argsort(-scores)
    before = np.concatenate([[0], np.cumsum(chances[order] / chances.sum())[:-1]])
    may = order[: max(1, min(k, int((before < p).sum())))]
    expected = np.zeros(6)
    expected[may] = chances[may] / chances[may].sum()
    draws = np.random.default_rng(7).integers(0, 2**32, (20_000, 6), dtype=np.uint64).astype(np.uint32)
    counts = np.bincount([chosen(scores, gumbel(one), k, p, 0.0) for one in draws], minlength=6)
    bound = 5 * np.sqrt(20_000 * expected * (1 - expected))
    assert (abs(counts - 20_000 * expected) <= bound).all()


def test_a_share_leaves_those_that_the_likelier_ones_leave_room_for():
    """Shares 0.6, 0.3 and 0.1: the second begins at 0.6 and the third at 0.9."""
    scores, noise = np.log([0.6, 0.3, 0.1]), np.array([0.0, 10.0, 20.0])
    assert [choose(scores, noise, 3, p, 0.0, 0.0) for p in (0.5, 0.59, 0.61, 0.89, 0.91, 1.0)] == [0, 0, 1, 1, 2, 2]
    assert choose(scores, noise, 2, 1.0, 0.0, 0.0) == 1
    assert choose(scores, noise, 3, 0.6 + 1e-4, 0.0, 1e-3) is None  # rounding could decide
    assert choose(scores, noise, 3, 0.75, 0.0, 1e-3) == 1


def test_without_a_share_the_total_is_of_no_account():
    scores, noise = np.array([5.0, 4.0, 3.0]), np.array([0.0, 9.0, 0.0])
    assert [choose(scores, noise, 3, 1.0, total, error) for total in (0.0, 5.4) for error in (0.0, 1e-3)] == [1] * 4


def test_noise_is_finite_at_both_ends():
    made = gumbel(np.array([0, 1, 2**31, 2**32 - 1], np.uint32))
    assert np.isfinite(made).all() and (np.diff(made) > 0).all()
