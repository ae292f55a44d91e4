"""Compositions: all the steps, one of them, some of them; each row draws; protection is inherited."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import columns, eager, leaves, transforms

import textaug as ta

ROWS = 12_000


def marks(*names):
    """Return steps that leave a trace of their own: which letter they put in for which word."""
    return tuple(ta.WordDelete(rate=1.0, protect_pattern=f"[^{name}]") for name in names)


def taken(composition, names, **options):
    """Say for each of many rows which of the steps it went through: bool, shape (rows, steps)."""
    text = " ".join(names)
    made = composition([text] * ROWS, **options)
    return np.array([[name not in row for name in names] for row in made])


def within(count, share, rows=ROWS):
    """Say whether a count lies within 5 standard deviations of the binomial."""
    return abs(count - rows * share) <= 5 * np.sqrt(rows * share * (1 - share))


def test_compose_takes_every_step():
    assert taken(ta.Compose(marks("a", "b", "c")), "abc").all()


@given(names=st.lists(st.sampled_from(leaves()), min_size=1, max_size=3), rows=columns, data=st.data())
def test_steps_do_what_they_do_one_after_the_other(names, rows, data):
    """Each name once, so that each step has the address that it has alone."""
    steps = [data.draw(transforms(name)) for name in dict.fromkeys(names)]
    one_by_one = rows
    for step in steps:
        one_by_one = step(one_by_one)
    assert ta.Compose(steps)(rows) == one_by_one


def test_nested_compositions_do_what_a_flat_one_does():
    a, b, c = eager("WordSwap"), eager("CharDelete"), eager("PunctuationInsert")
    rows = ["The plot is thin, but the actors save it."] * 20
    assert ta.Compose([a, ta.Compose([b, c])])(rows) == ta.Compose([a, b, c])(rows)


def test_one_of_takes_each_step_equally_often():
    rows = taken(ta.OneOf(marks("a", "b", "c")), "abc")
    assert (rows.sum(axis=1) == 1).all()
    assert all(within(count, 1 / 3) for count in rows.sum(axis=0))


def test_one_of_takes_each_step_by_its_weight():
    rows = taken(ta.OneOf(marks("a", "b", "c"), weights=(1, 0, 3)), "abc")
    assert (rows.sum(axis=1) == 1).all() and not rows[:, 1].any()
    assert within(rows[:, 0].sum(), 0.25)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_some_of_takes_so_many_and_each_set_equally_often(n):
    rows = taken(ta.SomeOf(marks("a", "b", "c"), n=n), "abc")
    assert (rows.sum(axis=1) == n).all()
    assert all(within(count, n / 3) for count in rows.sum(axis=0))


def test_some_of_draws_its_number_from_a_range():
    rows = taken(ta.SomeOf(marks("a", "b", "c"), n=(1, 3)), "abc")
    assert all(within((rows.sum(axis=1) == n).sum(), 1 / 3) for n in (1, 2, 3))
    assert all(within(count, 2 / 3) for count in rows.sum(axis=0))


def test_some_of_many_steps_draws_a_block_for_every_four():
    names = "abcdefghij"
    rows = taken(ta.SomeOf(marks(*names), n=5), names)
    assert (rows.sum(axis=1) == 5).all() and all(within(count, 0.5) for count in rows.sum(axis=0))


@pytest.mark.parametrize("kind", [ta.Compose, ta.OneOf, ta.SomeOf])
def test_p_gates_a_whole_composition(kind):
    rows = taken(kind(marks("a", "b"), p=0.3), "ab")
    assert within(rows.any(axis=1).sum(), 0.3)


def test_choices_vary_with_seed_epoch_and_copy():
    choice = ta.OneOf(marks("a", "b"))
    made = [taken(choice, "ab", **options)[:, 0] for options in ({}, {"seed": 1}, {"epoch": 1})]
    copies = np.array([["a" in row for row in choice(["a b"] * ROWS, copies=2)]]).reshape(ROWS, 2)
    made += [copies[:, 1]]
    for one, other in itertools.pairwise(made):
        assert within((one == other).sum(), 0.5)


def test_two_choices_in_one_recipe_are_independent():
    pair = ta.Compose([ta.OneOf(marks("a", "b")), ta.OneOf(marks("c", "d"))])
    rows = taken(pair, "abcd")
    assert within((rows[:, 0] == rows[:, 2]).sum(), 0.5)


def test_steps_inherit_what_is_protected():
    inner = ta.Compose([ta.WordDelete(rate=1.0, protect=("b",))], protect_pattern="c+")
    assert ta.Compose([inner, ta.WordDelete(rate=1.0)], protect=("a",))("a b cc d") == "a"
    assert ta.Compose([inner], protect=("a",))("a b cc d") == "a b cc"


def test_steps_are_checked():
    swap = ta.WordSwap()
    assert ta.Compose(swap).steps == ta.Compose([swap]).steps == (swap,)
    for kind in (ta.Compose, ta.OneOf, ta.SomeOf):
        with pytest.raises(ta.UsageError, match=r"steps=\(\): give at least one transform"):
            kind([])
        for steps in ([ta.WordSwap], [swap, "CharSwap"], 5):
            with pytest.raises(ta.UsageError, match="give transforms"):
                kind(steps)


@pytest.mark.parametrize(
    "weights", [(1,), (1, 2, 3), (-1, 2), (0, 0), ("a", "b"), 5, (float("nan"), 1), (float("inf"), 1), (True, 1)]
)
def test_weights_are_checked(weights):
    with pytest.raises(ta.UsageError, match=r"OneOf: weights=.*give 2 weights, not negative, not all zero"):
        ta.OneOf([ta.WordSwap(), ta.CharSwap()], weights=weights)


@pytest.mark.parametrize("n", [-1, 3, (0, 3), (2, 1), (1,), (0, 1, 2), 1.5, "2", True, None])
def test_the_number_of_steps_is_checked(n):
    with pytest.raises(ta.UsageError, match="SomeOf: n="):
        ta.SomeOf([ta.WordSwap(), ta.CharSwap()], n=n)


def test_eda_is_one_of_four_operations_with_the_papers_alpha():
    assert [type(step).__name__ for step in ta.eda().steps] == [
        "SynonymReplace", "SynonymInsert", "WordSwap", "WordDelete",
    ]  # fmt: skip
    assert [step.rate for step in ta.eda(0.2).steps] == [0.2, 0.2, 0.4, 0.2]
    assert ta.load("eda") == ta.eda() and ta.load("aeda") == ta.aeda()
    rows = ["The happy people walked quickly to the big old house near the lake."] * 300
    done = ta.eda().apply(rows)
    assert all(applied.rows.any() for applied in done.applied)
    assert sum(applied.rows.astype(int) for applied in done.applied).max() == 1


def test_aeda_puts_one_mark_to_a_third_of_the_words_in():
    rows = ["one two three four five six seven eight nine ten eleven twelve"] * 500
    done = ta.aeda().apply(rows)
    counts = np.array([len(row) for row in done.edits])
    assert counts.min() == 1 and counts.max() > 3
    # max(1, k): 2 words on average, and one more for the 23 % of rows that would draw none; 5 standard errors
    assert abs(counts.mean() - 2.23) < 0.3
    assert {edit.text for row in done.edits for edit in row} == {". ", "; ", "? ", ": ", "! ", ", "}


def test_what_happens_at_spans_is_set_on_the_steps():
    with pytest.raises(ta.UsageError, match="on_span='keep': set it on the steps"):
        ta.Compose([ta.WordSwap()], on_span="keep")
