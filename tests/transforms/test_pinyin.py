"""Pinyin slips: on Chinese characters only, at the rate that was asked for."""

import numpy as np
import pytest

import textaug as ta
from textaug.languages.pinyin import slips


def test_slips_come_from_the_table(chinese):
    rows = chinese[:500]
    done = ta.PinyinSlip(rate=0.5).apply(rows)
    made = [(row[e.start], e.text) for row, edits in zip(rows, done.edits, strict=True) for e in edits]
    assert len(made) > 3000 and all(new in slips().candidates(old) for old, new in made)
    assert all(len(row) == len(new) for row, new in zip(rows, done.text, strict=True))


@pytest.mark.parametrize("rate", [0.02, 0.15, 0.5])
def test_the_realised_rate_is_the_one_asked_for(rate, chinese):
    """A Bernoulli draw a character: 5 standard deviations."""
    (done,) = ta.PinyinSlip(rate=rate).apply(chinese, want_edits=False).applied
    assert done.eligible > 10 * len(chinese)
    assert abs(done.changed - rate * done.eligible) < 5 * np.sqrt(done.eligible * rate * (1 - rate))


def test_frequent_characters_and_fuzzy_syllables_are_drawn_most():
    """是 is `shi`: si (four characters first) three times as often as zhi, sui or shu; 4,000 draws."""
    made = "".join(ta.PinyinSlip(rate=1.0)(["是"] * 4000))
    share = {character: made.count(character) / 4000 for character in set(made)}
    assert abs(share["四"] - 0.25) < 0.035 and abs(share["之"] - 1 / 12) < 0.022
    assert abs(share["司"] - 1 / 6) < 0.03 and set(share) == set("四司斯之只制随虽岁数书术")


@pytest.mark.parametrize("text", ["", "English only, 1 2 3.", "，。！", "Привет", "カタカナ", "𠀀"])
def test_nothing_else_is_touched(text):
    done = ta.PinyinSlip(rate=1.0).apply(text)
    assert done.text == text and done.applied[0].eligible == 0


def test_mixed_text_keeps_its_latin_part():
    made = ta.PinyinSlip(rate=1.0)("我爱Python编程3年了")
    assert made[2:8] == "Python" and made[10] == "3" and made[0] != "我"
