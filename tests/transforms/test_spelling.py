"""Misspellings: those of the list and no others, in the case of the word, with articles left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rows_of_text

import textaug as ta
from textaug.lexicon import Lexicon, Relation
from textaug.lexicon.misspellings import lines

CONFUSED = {line.word: set(line.wrong) for line in lines() if line.section == "real words"}


@given(rows=rows_of_text, seed=st.integers(0, 99))
def test_every_edit_is_a_misspelling_of_the_word_that_stood_there(rows, seed):
    done = ta.SpellingError(rate=0.7, candidates=255).apply(rows, seed=seed)
    for old, edits in zip(rows, done.edits, strict=True):
        for edit in edits:
            word = old[edit.start : edit.end]
            assert edit.text.lower() in {one.text.lower() for one in Lexicon.misspellings().lookup(word)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Qwertyuiop", "Qwertyuiop"),
        ("WEIRD Weird weird", "WIERD Wierd wierd"),
        ("an hour", "an our"),  # the article stays
        ("We saw the Caribbean", "We saw the Carribean"),
        ("I’ve", "Ive"),
        ("他的账号", "他的帐号"),
    ],
)
def test_case_and_articles(before, after):
    assert ta.SpellingError(rate=1.0, candidates=1, stop_words=("we", "saw", "the", "他", "的"))(before) == after


def test_without_real_words_no_misspelling_is_a_word():
    text = " ".join(CONFUSED)
    done = ta.SpellingError(rate=1.0, real_words=False, candidates=255).apply([text] * 40)
    for edit in (edit for row in done.edits for edit in row):
        assert edit.text.lower() not in CONFUSED.get(text[edit.start : edit.end], ())
    made = {edit.text for row in ta.SpellingError(rate=1.0).apply(["their"] * 99).edits for edit in row}
    assert made == {"thier", "there", "they're"}


def test_the_commonest_come_first():
    made = {
        edit.text for row in ta.SpellingError(rate=1.0, candidates=2).apply(["accommodate"] * 99).edits for edit in row
    }
    first = Lexicon.misspellings().lookup("accommodate", relation=Relation.MISSPELLING)[:2]
    assert made == {one.text for one in first} == {"accomodate", "acommodate"}


def test_names_may_be_left_alone():
    assert ta.SpellingError(rate=1.0, names=False)("It was on Wednesday") == ta.SpellingError(
        rate=1.0, protect=("Wednesday",)
    )("It was on Wednesday")


@pytest.mark.parametrize("value", [None, 1, "yes"])
def test_real_words_is_yes_or_no(value):
    with pytest.raises(ta.UsageError, match=r"SpellingError: real_words=.*give True or False"):
        ta.SpellingError(real_words=value)
