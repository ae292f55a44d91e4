"""The keyboard: what a key becomes, on which layout, and that nothing else is touched."""

import pytest
from hypothesis import given
from strategies import texts

import textaug as ta


def replaced(aug, key, rows=500):
    """Return what a key became in many rows."""
    return {edit.text for row in aug.apply([key] * rows).edits for edit in row}


@pytest.mark.parametrize(
    ("layout", "key", "beside"),
    [
        ("qwerty", "g", "tyfhvb"),
        ("qwerty", "A", "QWSZ"),
        ("qwerty", "5", "46"),
        ("qwertz", "y", "asx"),
        ("qwertz", "Ö", "ÜPLÄ"),
        ("azerty", "a", "qzé"),
        ("jcuken", "Ф", "ЙЦЫЯ"),
    ],
)
def test_a_key_becomes_each_of_its_neighbours(layout, key, beside):
    assert replaced(ta.KeyboardTypo(rate=1.0, layout=layout), key) == set(beside)


def test_qwerty_is_the_default():
    rows = ["The quick brown fox jumps over 13 lazy dogs."] * 20
    assert ta.KeyboardTypo(rate=0.3)(rows) == ta.KeyboardTypo(rate=0.3, layout="qwerty")(rows)
    assert ta.KeyboardTypo(rate=0.3)(rows) != ta.KeyboardTypo(rate=0.3, layout="azerty")(rows)


@pytest.mark.parametrize(("layout", "text"), [("qwerty", "é д 中 !?"), ("jcuken", "typo é 中"), ("qwertz", "é д ł")])
def test_what_is_on_no_key_is_left_alone(layout, text):
    done = ta.KeyboardTypo(rate=1.0, layout=layout).apply(text)
    assert done.text == text and done.applied[0].eligible == 0


@given(text=texts)
def test_case_kind_and_length_are_kept(text):
    for layout in ("qwerty", "qwertz", "azerty", "jcuken"):
        made = ta.KeyboardTypo(rate=1.0, layout=layout)(text)
        assert len(made) == len(text)
        assert [(c.isupper(), c.isdigit()) for c in made] == [(c.isupper(), c.isdigit()) for c in text]


def test_an_unknown_layout_is_refused_with_those_that_there_are():
    with pytest.raises(ta.UsageError, match=r"did you mean 'qwerty'.*azerty"):
        ta.KeyboardTypo(layout="qwrty")
