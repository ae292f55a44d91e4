"""Contractions written out: what follows decides what they are short for; what cannot be decided stays."""

import re

import pytest
from hypothesis import given
from strategies import rows_of_text

import textaug as ta


def expanded(text, **fields):
    return ta.Expand(rate=1.0, **fields)(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I don't know, I can't, I won't, I shan't", "I do not know, I cannot, I will not, I shall not"),
        ("I'm late, you're early, they've gone, we'll see", "I am late, you are early, they have gone, we will see"),
        ("You could've gone", "You could have gone"),
        ("Let's go", "Let us go"),
        ("it´s and itʼs", "it is and it is"),
        ("IT'S DONE. DON'T. I'M. CAN’T", "IT IS DONE. DO NOT. I AM. CANNOT"),
    ],
)
def test_what_is_clear(before, after):
    assert expanded(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He's late.", "He is late."),
        ("That's.", "That is."),
        ("He's been late", "He has been late"),
        ("It's got legs", "It has got legs"),
        ("She's never seen it", "She has never seen it"),
        ("He's finally made a film", "He has finally made a film"),
        ("It's made by hand", "It is made by hand"),
        ("It's based on a book", "It is based on a book"),
        ("It's called The Film", "It is called The Film"),
        ("He's given me a book", "He has given me a book"),
        ("He's going", "He is going"),
        ("What's it about?", "What is it about?"),
        ("Who's there", "Who is there"),
        ("What's happened", "What has happened"),
        ("He's played in it", None),  # he is, or he has
        ("He's lost weight", None),
        ("What's he done", None),
        ("What's he want", None),
        ("The film's late", None),
    ],
)
def test_is_or_has(before, after):
    assert expanded(before) == (after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I'd go", "I would go"),
        ("I'd like that", "I would like that"),
        ("I'd never go", "I would never go"),
        ("I'd rather go", "I would rather go"),
        ("I'd need it", "I would need it"),
        ("I'd seen it", "I had seen it"),
        ("I'd never really liked it", "I had never really liked it"),
        ("You'd better go", "You had better go"),
        ("It'd been hoped", "It had been hoped"),
        ("I'd put it there", None),
        ("I'd no idea", None),
        ("So I'd, well", None),
        ("How'd you do", None),
    ],
)
def test_would_or_had(before, after):
    assert expanded(before) == (after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Don't you think so?", "Do you not think so?"),
        ("It's late, isn't it?", "It is late, is it not?"),
        ("WON'T HE GO?", "WILL HE NOT GO?"),
        ("Can't we go?", "Can we not go?"),
        ("why don't I go", "why do I not go"),
        ("Isn't that good?", "Is that not good?"),
        ("The film isn't that good", "The film is not that good"),
        ("This isn't it", "This is not it"),
        ("He isn't there", "He is not there"),
        ("Don't go", "Do not go"),
        ("It isn't the best", "It is not the best"),
        ("Isn't the film good?", None),
        ("Why don't people go?", None),
        ("Don't the actors know?", None),
        ("Aren't I good?", None),
        ("Didn't Bug's Life also do that?", None),
        ("Doesn't James know?", None),
        ("Wasn't Archer good?", None),
        ("Don't Americans know?", None),
        ("DON'T GO", "DO NOT GO"),
        ("He came but didn't stay", "He came but did not stay"),
        ("If you don't you will", None),
        ("It ain't so", None),
    ],
)
def test_negations_and_questions(before, after):
    assert expanded(before) == (after or before)


def test_a_question_is_one_unit_of_two_edits():
    done = ta.Expand(rate=1.0).apply("Don't you think?")
    assert done.applied[0].eligible == done.applied[0].changed == 1 and len(done.edits) == 2
    assert expanded("Don't you think?", protect=("Don't",)) == "Don't you think?"
    assert ta.Expand(rate=1.0).apply("Don't you think?", spans=[(4, 9, "x")]).text == "Don't you think?"


@given(rows=rows_of_text)
def test_nothing_else_changes(rows):
    done = ta.Expand(rate=1.0).apply(rows)
    for old, edits in zip(rows, done.edits, strict=True):
        for edit in edits:
            assert re.fullmatch(r"|((n|on|an)?['’´ʼ](t|s|m|re|ve|d|ll))", old[edit.start : edit.end], re.IGNORECASE)
            assert re.fullmatch(r"[a-z ]*", edit.text, re.IGNORECASE)


@pytest.mark.parametrize("text", ["I don't know.", "We'll see it's fine.", "HE CAN'T.", "He'd go if they're late."])
def test_contracting_leads_back(text):
    assert expanded(text) != text
    assert ta.Contract(rate=1.0)(expanded(text)) == text
