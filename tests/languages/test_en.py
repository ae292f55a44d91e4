"""English: stop words and vowel sounds."""

import pytest

from textaug.languages import en


@pytest.mark.parametrize("word", [
    "apple", "hour", "honest", "heir", "heirloom", "honour", "umbrella", "uninvited", "unimportant", "utter",
    "us", "urban", "oneiric", "X-ray", "FBI", "MP", "8", "18", "11", "élan", "herb", "hourly", "urn", "oak",
])  # fmt: skip
def test_an_stands_before(word):
    assert en.vowel_sound(word) and en.article(word) == "an"


@pytest.mark.parametrize("word", [
    "banana", "house", "history", "university", "unique", "union", "use", "user", "useful", "euro", "ewe",
    "one", "one-off", "once", "U-turn", "ubiquitous", "utility", "uranium", "unanimous", "UK", "BBC", "1",
    "100", "houri", "Ukraine", "year", "eulogy", "unicorn", "universal", "usual", "heretic", "herbivore",
])  # fmt: skip
def test_a_stands_before(word):
    assert not en.vowel_sound(word) and en.article(word) == "a"


def test_stop_words_hold_what_carries_grammar():
    assert {"the", "not", "don't", "i", "she", "would", "never", "because", "of"} <= en.STOP_WORDS
    assert not {"film", "good", "walk", "really"} & en.STOP_WORDS
    assert len(en.STOP_WORDS) >= 180
    assert all(word == word.lower() for word in en.STOP_WORDS)
