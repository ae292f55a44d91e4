"""Numbers in their texts: which are changed, within what bounds, and that nothing else is."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rows_of_text, tile

import textaug as ta
from textaug.languages.numerals import read
from textaug.units import Kind, words


@given(rows=rows_of_text, seed=st.integers(0, 9), scale=st.floats(0, 1))
def test_only_numbers_change(rows, seed, scale):
    done = ta.NumberPerturb(rate=1.0, scale=scale).apply(rows, seed=seed)
    for old, new, edits in zip(rows, done.text, done.edits, strict=True):
        units = words(tile([old]))
        numbers = {
            old.encode()[a:b].decode()
            for a, b in zip(units.start[units.kind == Kind.NUMBER], units.end[units.kind == Kind.NUMBER], strict=True)
        }
        assert all(old[edit.start : edit.end] in numbers for edit in edits)
        assert (new == old) == (not edits)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("8 out of 10", {"7 out of 10", "9 out of 10"}),
        ("10 out of 10", {"9 out of 10"}),
        ("12月31日", {"11月28日", "11月29日", "11月30日"}),
        ("80年代", {"70年代", "90年代"}),
        ("80后", set()),
        ("Oct 31", {"Oct 28", "Oct 29", "Oct 30"}),
        ("31 December", {"28 December", "29 December", "30 December"}),
        ("the 31st of December", {f"the {n}th of December" for n in (28, 29, 30)}),
        ("Feb. 29", {"Feb. 27", "Feb. 28"}),
        ("May 28-31", {"May 28-29", "May 28-30"}),
        ("31-Dec", {"28-Dec", "29-Dec", "30-Dec"}),
        ("１月３１日", {"１月２８日", "１月２９日", "１月３０日"}),
        ("23时", {"21时", "22时"}),
        ("59分", {f"{n}分" for n in range(54, 59)}),
        ("59秒", {f"{n}秒" for n in range(54, 59)}),
        ("五十九秒", {f"五十{n}秒" for n in "四五六七八"}),
        ("100分", {"90分", "110分"}),
        ("tel. 13800138000, mode 0744", set()),
        ("他三十五岁", {f"他三十{n}岁" for n in "二三四六七八"}),
        ("十五大", set()),
        ("No. 1 of 3", {"No. 1 of 2", "No. 1 of 4"}),
        ("see www.7.com, B2B, @7of9, #7", {"see www.7.com, B2B, @7of9, #6", "see www.7.com, B2B, @7of9, #8"}),
    ],
)
def test_numbers_in_their_text(text, choices):
    made = {ta.NumberPerturb(rate=1.0)(text, seed=seed) for seed in range(60)}
    assert made == (choices or {text})


def test_data_is_left_alone():
    for text in ("1" * 5000, "1" + ",000" * 2000, "0." + "1" * 5000, "三" * 5000 + "个"):
        assert ta.NumberPerturb(rate=1.0)(text) == text


def test_numerals_of_a_long_text_are_where_they_were():
    text = "三十五个人买了二十一张票，" * 500
    made = ta.NumberPerturb(rate=1.0)(text)
    assert re.fullmatch("(三十[二三四六七八]个人买了(十九|二十|二十[二三])张票，){500}", made)


def test_percentages_stay_under_a_hundred():
    values = {read(ta.NumberPerturb(rate=1.0)("百分之九十五", seed=seed)[3:]) for seed in range(99)}
    assert 86 <= min(values) < 90 and 98 <= max(values) <= 100 and 95 not in values


def test_every_value_is_drawn_as_often():
    """Six values, 3,000 draws: chi-square with 5 degrees of freedom below its mean and 5 standard deviations."""
    made = ta.NumberPerturb(rate=1.0)(["35"] * 3000)
    counts = np.unique(made, return_counts=True)
    assert counts[0].tolist() == ["32", "33", "34", "36", "37", "38"]
    assert ((counts[1] - 500) ** 2 / 500).sum() < 5 + 5 * np.sqrt(10)


def test_the_label_may_change_and_protected_numbers_stay():
    done = ta.NumberPerturb(rate=1.0, protect=("12",)).apply("12 or 35", spans=[(6, 8, "n")])
    assert done.text == "12 or 35" and done.applied[0].eligible == 0
    assert done.applied[0].label_effect == "may change"


def test_the_scale_bounds_the_change():
    made = [int(text) for text in ta.NumberPerturb(rate=1.0, scale=0.5)(["101"] * 500)]
    assert 51 <= min(made) < 60 and 142 < max(made) <= 151
    assert set(ta.NumberPerturb(rate=1.0, scale=0.0)(["101"] * 50)) == {"100", "102"}
