"""Look-alikes: what is put in whose place, pairs as one unit, and texts that read as they did."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from strategies import texts

import textaug as ta
from textaug.languages.confusables import read
from textaug.languages.lookalikes import printed


def edits_of(aug, rows):
    """Return (what stood there, what stands there) of all edits."""
    return [
        (row[edit.start : edit.end], edit.text)
        for row, edits in zip(rows, aug.apply(rows).edits, strict=True)
        for edit in edits
    ]


def test_print_is_misread_by_the_table(reviews):
    made = set(edits_of(ta.OCRNoise(rate=0.3), reviews[:200]))
    assert len(made) > 150 and all(new in printed().candidates(old) for old, new in made)
    assert {("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "1"), ("h", "b"), ("fi", "ﬁ"), (",", ".")} <= made


def test_a_pair_is_one_unit_and_the_first_that_is_met():
    done = ta.OCRNoise(rate=1.0).apply(["corn rrn"] * 50)
    assert (done.applied[0].eligible, done.applied[0].changed) == (50 * 5, 50 * 5)  # c, o, rn; r, rn
    assert {edit.text for row in done.edits for edit in row if edit.end - edit.start == 2} == {"m"}


def test_a_pair_with_a_protected_half_is_left_alone():
    done = ta.OCRNoise(rate=1.0, protect_pattern="corn$").apply(["arn corn", "corn"])
    assert done.text[1] == "corn" and done.text[0].endswith("m corn")
    row = [("burn", [[(3, 4, "X")]]), ("burn", [[(2, 3, "X")]])]
    for text, spans in row:
        assert ta.OCRNoise(rate=1.0).apply([text], spans=spans).text[0].endswith("rn")


@pytest.mark.parametrize("text", ["", "中文，很好", "Привет", "\t\n", "e\u0301", "👍🏽"])
def test_print_of_other_scripts_is_left_alone(text):
    done = ta.OCRNoise(rate=1.0).apply(text)
    assert done.text == text and done.applied[0].eligible == 0


def test_leetspeak():
    assert set(ta.Leetspeak(rate=1.0)(["elite"] * 200)) == {
        "3" + el + i + t + "3" for el in "1|" for i in "1!" for t in "7+"
    }
    assert ta.Leetspeak(rate=1.0)("my wyrm, 中文 é") == "my wyrm, 中文 é"


SCRIPTS = {script for script, _, _ in read()}


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_a_homoglyph_is_of_the_scripts_that_are_asked_for(script, reviews):
    held = {(one, other) for name, one, others in read() if name == script for other in others}
    rows = ["人口一千，力八！"] * 30 if script in ("Han", "Katakana") else reviews[:100]
    made = set(edits_of(ta.Homoglyph(rate=0.5, scripts=(script,)), rows))
    assert made and made <= held


def test_homoglyphs_are_drawn_from_all_the_scripts_together():
    made = {new for _, new in edits_of(ta.Homoglyph(rate=1.0, scripts=("Cyrillic", "Greek", "Styled")), ["o"] * 500)}
    assert {"о", "ο", "𝐨"} <= made


@given(text=texts)
def test_styled_letters_normalise_to_the_text(text):
    text = unicodedata.normalize("NFKC", text)
    made = ta.Homoglyph(rate=0.7, scripts=("Styled",))(text)
    assert unicodedata.normalize("NFKC", made) == text and len(made) == len(text)


@given(text=texts)
def test_a_homoglyph_stands_for_one_character(text):
    done = ta.Homoglyph(rate=1.0).apply(text)
    assert len(done.text) == len(text)
    assert all(edit.end - edit.start == len(edit.text) == 1 for edit in done.edits)
    assert all(one.end <= other.start for one, other in pairwise(done.edits))
