"""Contractions: where they can stand, in the writer's case and with his apostrophe, and nowhere else."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rows_of_text

import textaug as ta


def contracted(text, seed=0, **fields):
    return ta.Contract(rate=1.0, **fields)(text, seed=seed)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I do not know", "I don't know"),
        ("They did not. We could not, either.", "They didn't. We couldn't, either."),
        ("She can not come; I cannot go", "She can't come; I can't go"),
        ("You will not like it", "You won't like it"),
        ("I am here", "I'm here"),
        ("We are late and they are early", "We're late and they're early"),
        ("That is fine", "That's fine"),
        ("There is a film", "There's a film"),
        ("I will go", "I'll go"),
        ("He would go", "He'd go"),
        ("I have seen it", "I've seen it"),
        ("It has never been done", "It's never been done"),
        ("We had already watched it", "We'd already watched it"),
        ("You had better go", "You'd better go"),
        ("He should have been told", "He should've been told"),
        ("what it is doing", "what it's doing"),
    ],
)
def test_what_contracts(before, after):
    assert contracted(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "I know how it is.",
        "I know what it is, and so do you",
        "how good it is to me",
        "better than it is today",
        "Everything about it is bad",
        "People like you are rare",
        "Watching it is a chore",
        "It is, however, late",
        "It is and remains a film",
        "I have a dog",
        "She has limited appeal",
        "He had no idea",
        "It can not only sing but dance",
        "It IS great",
        "IT is a department",
        "do  not",
        "do, not",
        "do\nnot",
        "I will.",
        "let us know",
        "The film is good",
    ],
)
def test_what_does_not(text):
    assert contracted(text) == text
    assert ta.Contract(rate=1.0).apply(text).applied[0].eligible == 0


def test_capitals_and_apostrophes_are_the_writers():
    assert contracted("DO NOT GO. I AM HERE. WILL NOT") == "DON'T GO. I'M HERE. WON'T"
    assert contracted("Do Not Disturb") == "Don't Disturb"
    assert contracted(["it’s late, I am told", "I am told"]) == ["it’s late, I’m told", "I'm told"]


def test_of_two_that_share_a_word_one_is_drawn():
    """Even chances, 1,000 draws: within 5 standard deviations."""
    for text, choices in {
        "it is not bad": {"it's not bad", "it isn't bad"},
        "I would have gone": {"I'd have gone", "I would've gone"},
    }.items():
        counts = Counter(contracted([text] * 1000))
        assert set(counts) == choices and abs(counts[min(choices)] - 500) < 5 * 250**0.5
    assert ta.Contract(rate=1.0).apply("it is not bad").applied[0].eligible == 1


@given(rows=rows_of_text, seed=st.integers(0, 9))
def test_nothing_else_changes(rows, seed):
    done = ta.Contract(rate=1.0).apply(rows, seed=seed)
    for old, edits in zip(rows, done.edits, strict=True):
        for edit in edits:
            assert re.fullmatch(r" \w+|(ill )?not", old[edit.start : edit.end], re.IGNORECASE)
            assert re.fullmatch(r"n['’]t|on['’]t|['’](t|s|m|re|ve|d|ll)", edit.text, re.IGNORECASE)


def test_protected_words_stay():
    assert contracted("I do not, I am here", protect=("not",)) == "I do not, I'm here"
    assert contracted("it is not bad", protect=("not",)) == "it is not bad"  # one of two choices is barred, so both
