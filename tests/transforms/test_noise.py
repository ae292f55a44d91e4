"""Noise: the character error rate that was asked for is the one that Levenshtein's distance measures."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from strategies import SENTENCES, texts

import textaug as ta
from textaug.engine import run
from textaug.languages.alphabets import alphabets

SINGLE = [("substitute",), ("insert",), ("delete",), ("swap",)]
MIXES = [
    ("substitute", "insert", "delete", "swap"),
    ("substitute", "insert", "delete"),
    ("insert", "delete"),
    ("substitute", "swap"),
    ("insert", "swap"),
]
RATES = [0.01, 0.05, 0.1, 0.2, 0.4]


def measured(rows, cer, actions):
    """Return the character error rate over all rows, as textnoisr and speech recognition measure it."""
    aug = ta.CharNoise(cer=cer, actions=actions)
    made = run(aug, pa.array(rows), row_ids=np.arange(len(rows), dtype=np.uint64)).text.to_pylist()
    errors = sum(Levenshtein.distance(old, new) for old, new in zip(rows, made, strict=True))
    return errors / sum(map(len, rows))


# A row's number of errors is its share, rounded up or down: its variance is at most 1/4, for swaps alone, which count
# two, 1. Over n rows of L code points together, the measured rate strays by sqrt(n) / 2 / (cer * L), twice that for
# swaps. 1,200 reviews of 1.2 million characters at 0.01: 0.14 %, for swaps 0.29 %. 250 paragraphs of half a million
# Chinese characters: 0.16 % and 0.31 %. So 1 % leaves the method itself well over half of the tolerance.


@pytest.mark.parametrize("actions", [*SINGLE, *MIXES], ids="+".join)
def test_the_rate_is_within_one_percent_in_english(reviews, actions):
    for cer in RATES:
        assert abs(measured(reviews[:1200], cer, actions) / cer - 1) < 0.01, cer


@pytest.mark.parametrize("actions", [*SINGLE, *MIXES], ids="+".join)
def test_the_rate_is_within_one_percent_in_chinese(chinese, actions):
    paragraphs = ["".join(chinese[first : first + 80]) for first in range(0, len(chinese), 80)]
    for cer in RATES:
        assert abs(measured(paragraphs, cer, actions) / cer - 1) < 0.01, cer


def test_the_rate_is_right_over_short_rows_too(chinese):
    """Rows of 25 characters get no error or one: over 20,000 of them, within 5 standard errors, sqrt(n) / 2 each."""
    short = [row[:25] for row in chinese]
    for cer in (0.01, 0.05):
        bound = 5 * np.sqrt(len(short)) / 2 / sum(map(len, short))
        assert abs(measured(short, cer, MIXES[0]) - cer) < bound


def kinds_of(done):
    """Count the actions behind the edits."""
    counts = {"insert": 0, "delete": 0, "substitute": 0, "swap": 0}
    for start, end, text, *_ in (edit for row in done.edits for edit in row):
        counts["insert" if start == end else "delete" if not text else "swap" if end - start > 1 else "substitute"] += 1
    return counts


@pytest.mark.parametrize(("cer", "apart"), [(0.01, 0.03), (0.05, 0.03), (0.4, 0.18)])
def test_each_action_of_a_mix_is_about_as_frequent_as_the_others(reviews, cer, apart):
    """A quarter each; the more errors there are, the more often the next action in line takes one's place."""
    counts = kinds_of(ta.CharNoise(cer=cer).apply(reviews[:500]))
    assert all(abs(count / sum(counts.values()) - 0.25) < apart for count in counts.values())


@pytest.mark.parametrize("first", [int(first) for first, *_ in alphabets()])
def test_noise_ends_though_a_text_holds_a_whole_alphabet(first):
    """A new letter differs from the 9 nearest: in an alphabet of 9 there would be none to find."""
    run = next(row for row in alphabets() if row[0] == first)
    text = "".join(map(chr, range(run[0], min(run[1], run[0] + 40) + 1))) * 3
    text = "".join(letter for letter in text if letter.isprintable())
    assert ta.CharNoise(cer=0.9, actions=("substitute",))(text) != text or not text


@pytest.mark.parametrize("action", ["substitute", "insert", "delete", "swap"])
def test_one_action_makes_no_other(action):
    rows = [text for text in SENTENCES for _ in range(20)]
    done = ta.CharNoise(cer=0.2, actions=action).apply(rows)
    assert ta.CharNoise(cer=0.2, actions=action) == ta.CharNoise(cer=0.2, actions=(action,))
    for old, row in zip(rows, done.edits, strict=True):
        for start, end, new, *_ in row:
            sizes = {"substitute": (1, 1), "insert": (0, 1), "delete": (1, 0), "swap": (2, 2)}[action]
            assert (end - start, len(new)) == sizes
            assert action != "swap" or new == old[start:end][::-1]


@given(text=texts, cer=st.floats(0, 1), actions=st.sampled_from([*SINGLE, *MIXES]))
def test_noise_never_makes_more_errors_than_asked(text, cer, actions):
    aug = ta.CharNoise(cer=cer, actions=actions)
    asked = cer * len(text)
    for made in aug([text] * 4):
        assert Levenshtein.distance(text, made) <= asked + (2 if actions == ("swap",) else 1)


@given(text=texts)
def test_line_breaks_and_characters_of_several_code_points_stay(text):
    for edit in ta.CharNoise(cer=0.5, actions=("substitute", "delete")).apply(text).edits:
        assert text[edit.start : edit.end] not in ("\n", "\r", "\t", "\u200d", "\ufe0f", "\u0301")


def test_the_rate_counts_all_characters_though_some_are_not_touched():
    """Protected text and emoji count in the length, and the others take their errors."""
    text = "a plain text with some words " * 4 + "👍🏽" * 10
    done = ta.CharNoise(cer=0.1, protect=("plain",)).apply([text] * 200)
    rate = sum(Levenshtein.distance(text, made) for made in done.text) / (200 * len(text))
    assert abs(rate / 0.1 - 1) < 0.02  # 200 rows of 13.6 errors: sqrt(200) / 2 is 0.3 %; the rest is what mixes lose
    assert done.applied[0].eligible == 200 * len(text) and done.applied[0].asked == 0.1
    assert all("plain" in made and made.count("👍🏽") == 10 for made in done.text)


def test_one_error_in_the_shortest_texts():
    made = ta.CharNoise(cer=1.0, actions=("substitute",))(["a", "中", "7", " ", "\n", "👍🏽", ""])
    assert [old != new for old, new in zip(["a", "中", "7", " ", "\n", "👍🏽", ""], made, strict=True)] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip
    assert ta.CharNoise(cer=1.0, actions=("delete",))(["a", "中"]) == ["", ""]
    assert ta.CharNoise(cer=1.0, actions=("swap",))(["a", "aa", "ab"]) == ["a", "aa", "ba"]
