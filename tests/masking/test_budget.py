"""How much is masked: budgets by plain arithmetic, schedules, and what makes no sense."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from maskings import roundings

from textaug.errors import UsageError
from textaug.masking import Bernoulli, Cosine, Exact, Linear, Masking, Vocabulary

PERCENT = st.integers(0, 100).map(lambda n: n / 100)
VOCABULARY = Vocabulary(("[PAD]", "[MASK]", *map(str, range(98))), (0, 1), mask=1, pad=0)


@given(PERCENT, roundings, st.integers(0, 3), st.none() | st.integers(3, 90), st.lists(st.integers(0, 600), min_size=1))
def test_budgets_are_shares_of_the_tokens(p, rounding, least, cap, tokens):
    made = Exact(p, rounding, least, cap).budgets(np.array(tokens, np.int32)).tolist()
    for count, budget in zip(tokens, made, strict=True):
        exact = Fraction(str(p)) * count
        up = math.floor(exact + Fraction(1, 2))
        rounded = {"round": up, "floor": math.floor(exact), "ceil": math.ceil(exact), "random": math.floor(exact)}
        wanted = max(rounded[rounding], least)
        assert budget == min(wanted if cap is None else min(wanted, cap), count)


def test_a_share_that_floats_cannot_hold_is_rounded_as_it_is_written():
    """0.15 × 10 is 1.5 on paper, and 0.29 × 100 is 29, not 28.999…"""
    assert Exact(0.15).budgets(np.array([10, 30, 50], np.int32)).tolist() == [2, 5, 8]
    assert Exact(0.29, "floor").budgets(np.array([100, 200], np.int32)).tolist() == [29, 58]
    assert Exact(0.07, "ceil").budgets(np.array([100], np.int32)).tolist() == [7]


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 50))
def test_schedules_go_from_one_rate_to_another(start, end, steps):
    for schedule in (Linear(start, end, steps), Cosine(start, end, steps)):
        rates = [schedule.at(step) for step in range(-1, steps + 3)]
        assert rates[0] == rates[1] == pytest.approx(start, abs=1e-9)
        assert rates[-1] == rates[-3] == pytest.approx(end, abs=1e-9)
        rising = np.diff(rates) * (1 if end >= start else -1)
        assert (rising >= -2e-9).all()
        assert min(start, end) - 1e-9 <= min(rates) <= max(rates) <= max(start, end) + 1e-9
    assert Linear(0.3, 0.1, 10).at(5) == 0.2
    assert Cosine(0.3, 0.1, 10).at(5) == 0.2


@pytest.mark.parametrize("kind", [Bernoulli, Exact])
def test_budgets_follow_their_schedule(kind):
    ids = [list(range(2, 92))] * 30
    budget = kind(Linear(0.5, 0.1, steps=10))
    for step in (0, 5, 10, 99):
        fixed = Masking(budget=kind(budget.p.at(step))).mask(ids, VOCABULARY, step=step)
        assert Masking(budget=budget).mask(ids, VOCABULARY, step=step) == fixed


def test_what_is_masked_at_a_lower_rate_is_masked_at_a_higher_one_too():
    """The draws stay, only the chance moves: a schedule adds and takes away, and does not shuffle."""
    ids = [list(range(2, 92))] * 20
    chosen = [
        {(row, place) for row, labels in enumerate(made.labels) for place, label in enumerate(labels) if label != -100}
        for made in (Masking(budget=Bernoulli(p)).mask(ids, VOCABULARY, ids=range(20)) for p in (0.1, 0.15, 0.4, 1.0))
    ]
    assert chosen[0] < chosen[1] < chosen[2] < chosen[3]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Bernoulli(1.5), r"Bernoulli\(1.5\): give a share from 0 to 1, or a schedule: Linear or Cosine"),
        (lambda: Bernoulli(-0.1), r"Bernoulli\(-0.1\)"),
        (lambda: Bernoulli(float("nan")), r"Bernoulli\(nan\)"),
        (lambda: Bernoulli(True), r"Bernoulli\(True\)"),
        (lambda: Bernoulli("0.15"), r"Bernoulli\('0.15'\)"),
        (lambda: Exact(2), r"Exact\(2\)"),
        (lambda: Exact(rounding="up"), r"Exact\(rounding='up'\): give 'round', 'floor', 'ceil' or 'random'"),
        (lambda: Exact(at_least=-1), r"Exact\(at_least=-1, cap=None\): give 0 <= at_least <= cap"),
        (lambda: Exact(at_least=5, cap=4), r"Exact\(at_least=5, cap=4\)"),
        (lambda: Linear(0.3, 1.5, 5), r"Linear\(1.5\)"),
        (lambda: Cosine(-1, 0.5, 5), r"Cosine\(-1\)"),
        (lambda: Linear(0.3, 0.1, 0), r"Linear\(steps=0\): give at least 1"),
        (lambda: Cosine(0.3, 0.1, 0), r"Cosine\(steps=0\)"),
    ],
)
def test_budgets_refuse_what_makes_no_sense(make, message):
    with pytest.raises(UsageError, match=message):
        make()
