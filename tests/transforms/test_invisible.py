"""The invisible: between letters of a word, and the text reads as it did."""

import pytest
import regex
from hypothesis import given
from strategies import texts

import textaug as ta
from textaug.transforms.invisible import WIDTHLESS

REMOVED = str.maketrans("", "", WIDTHLESS)


def clusters(text):
    """Return the characters as readers see them, without what is invisible."""
    return [cluster.translate(REMOVED) for cluster in regex.findall(r"\X", text) if cluster.translate(REMOVED)]


@given(text=texts)
def test_a_reader_sees_the_same_characters(text):
    made = ta.ZeroWidth(rate=1.0)(text)
    assert made.translate(REMOVED) == text.translate(REMOVED) and clusters(made) == clusters(text)


@given(text=texts)
def test_twice_is_as_good_as_once(text):
    once = ta.ZeroWidth(rate=1.0)(text)
    assert ta.ZeroWidth(rate=1.0)(once, seed=1) == once


def test_one_of_four_stands_between_two_letters():
    made = ta.ZeroWidth(rate=1.0)(["ab 1c 中文 д"] * 100)
    assert {text.translate(REMOVED) for text in made} == {"ab 1c 中文 д"}
    assert {text[1] for text in made} == {text[5] for text in made} == {text[9] for text in made} == set(WIDTHLESS)
    assert all(len(text) == len("ab 1c 中文 д") + 3 for text in made)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a b", "a-b", "1.5", "سلام", "नमस्ते", "👨\u200d👩\u200d👧", "e\u0301a\u0301", "a\u200db", "!?", "ไทย"],
)
def test_joining_scripts_clusters_and_borders_of_words_are_left_alone(text):
    done = ta.ZeroWidth(rate=1.0).apply(text)
    assert done.text == text and done.applied[0].eligible == 0


def test_a_protected_word_is_not_entered():
    assert ta.ZeroWidth(rate=1.0, protect=("good",))("good").isascii()
    done = ta.ZeroWidth(rate=1.0).apply(["goodly"], spans=[[(0, 4, "X")]])
    assert done.text[0].startswith("good") and len(done.text[0]) == 6 + 2 and done.spans == [[(0, 4, "X")]]


def test_rows_do_not_run_into_one_another():
    assert ta.ZeroWidth(rate=1.0)(["a", "b", "", "c"]) == ["a", "b", "", "c"]
