"""Negation of sentences in a text: which are turned round, which stay and why, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textaug as ta

ENGLISH = "The film was good. I did not walk home. Oh dear."
CHINESE = "这部电影很好看。我没去。哎呀！"
TEXTS = st.lists(st.sampled_from([ENGLISH, CHINESE, "It rained! 他来了。", "", "👍", "12.5%"]), max_size=5)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("NegationInsert", "The film was not good. I did not walk home. Oh dear.", "这部电影不好看。我没去。哎呀！"),
        ("NegationRemove", "The film was good. I walked home. Oh dear.", "这部电影很好看。我去了。哎呀！"),
        ("NegationToggle", "The film was not good. I walked home. Oh dear.", "这部电影不好看。我去了。哎呀！"),
    ],
)
def test_each_turns_the_sentences_that_it_is_for(name, english, chinese):
    aug = ta.registry()[name](rate=1.0)
    assert aug([ENGLISH, CHINESE]) == [english, chinese]
    assert aug(ENGLISH + " " + CHINESE) == english + " " + chinese
    assert aug.apply(ENGLISH).label_effects == "flips"


def test_what_stays_says_why():
    (done,) = ta.NegationInsert(rate=1.0).apply(ENGLISH).applied
    assert (done.eligible, done.changed) == (1, 1)
    assert done.skipped["negated already"] == 1 and sum(done.skipped.values()) == 2
    (done,) = ta.NegationRemove(rate=1.0).apply(ENGLISH).applied
    assert done.skipped["not negated"] == 2


def test_what_is_protected_stays():
    spans = [(9, 12, "verb")]  # was
    assert ta.NegationInsert(rate=1.0).apply("The film was good.", spans=spans).text == "The film was not good."
    done = ta.NegationRemove(rate=1.0).apply("The film was not good.", spans=[(13, 16, "negator")])
    assert done.text == "The film was not good." and done.applied[0].skipped == {"protected": 1}
    assert ta.NegationRemove(rate=1.0, protect=("not",))("The film was not good.") == "The film was not good."


def test_contractions_follow_the_writer_or_the_parameter():
    assert ta.NegationInsert(rate=1.0, contract=True)("The film was good.") == "The film wasn't good."
    assert ta.NegationInsert(rate=1.0, contract=False)("It's good. The film was good.") == (
        "It's not good. The film was not good."
    )


@given(rows=TEXTS, rate=st.floats(0, 1), seed=st.integers(0, 9))
def test_the_rate_is_that_of_the_sentences_with_a_safe_place(rows, rate, seed):
    (done,) = ta.NegationToggle(rate=rate).apply(rows, seed=seed).applied
    assert done.eligible == sum(2 * (row in (ENGLISH, CHINESE)) + 2 * row.startswith("It") for row in rows)
    assert done.changed <= done.eligible


def test_toggling_a_text_twice_gives_it_back():
    toggle = ta.NegationToggle(rate=1.0, contract=False)
    assert toggle(toggle([ENGLISH, CHINESE])) == [ENGLISH, CHINESE]
