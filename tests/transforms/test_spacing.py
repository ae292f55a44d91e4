"""Blanks in words and between them: only blanks come and go."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rows_of_text, tile

import textaug as ta
from textaug.transforms.spacing import behind_one_blank, ends_row
from textaug.units import words


@given(rows=rows_of_text, rate=st.floats(0, 1))
def test_a_split_puts_single_blanks_in_and_nothing_else(rows, rate):
    done = ta.WordSplit(rate=rate).apply(rows)
    for old, new, edits in zip(rows, done.text, done.edits, strict=True):
        assert all(edit.start == edit.end and edit.text == " " for edit in edits)
        assert old.replace(" ", "") == new.replace(" ", "")
    assert done.applied[0].changed == sum(map(len, done.edits))


@given(rows=rows_of_text, rate=st.floats(0, 1))
def test_a_merge_takes_single_blanks_away_and_nothing_else(rows, rate):
    done = ta.WordMerge(rate=rate).apply(rows)
    for old, new, edits in zip(rows, done.text, done.edits, strict=True):
        assert all(old[edit.start : edit.end] == " " and not edit.text for edit in edits)
        assert old.replace(" ", "") == new.replace(" ", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("some thing else", "somethingelse"),
        ("two  blanks, a tab\there", "two  blanks, atab\there"),
        ("say “hello world” now", "say “helloworld” now"),
        ("10 20 films at 8 pm", "10 20filmsat8pm"),
        ("see www.a.com now @bob hi #tag", "see www.a.com now @bob hi #tag"),
        ("Mr. Smith 看 电影", "Mr.Smith看电影"),
        ("end. Begin", "end. Begin"),
    ],
)
def test_which_blanks_go(before, after):
    assert ta.WordMerge(rate=1.0)(before) == after


def test_what_is_split():
    assert ta.WordSplit(rate=1.0)("the film was long: 12345 www.abcdef.com 我们 #hashtag") == (
        "the fi lm was lo ng: 12345 www.abcdef.com 我 们 #hashtag"
    )


def test_every_place_of_a_word_is_taken_as_often():
    """Nine letters have six places: 6,000 draws, chi-square with 5 degrees of freedom below its mean and 5 sigma."""
    edits = ta.WordSplit(rate=1.0).apply(["something"] * 6000).edits
    counts = np.bincount([row[0].start for row in edits], minlength=9)[2:8]
    assert counts.sum() == 6000 and ((counts - 1000) ** 2 / 1000).sum() < 5 + 5 * np.sqrt(10)


def test_rows_do_not_run_into_each_other():
    batch = tile(["one ", "two three", "", " four", "five"])
    units = words(batch)
    assert behind_one_blank(batch, units).tolist() == [False, True, False, False, False]
    assert ends_row(units).tolist() == [0, 2, 3, 4]


def test_protected_words_stay_whole_and_apart():
    spans = [(4, 10, "x")]
    assert ta.WordSplit(rate=1.0).apply("some things else", spans=spans).text == "so me things el se"
    assert ta.WordMerge(rate=1.0, protect_pattern=r"\s")("a b c") == "a b c"
    assert ta.WordMerge(rate=1.0, protect=("b",))("a b c") == "abc"
