"""Case: letters and words, beside Python's own idea of case."""

import pytest
from hypothesis import given
from strategies import texts

import textaug as ta
from textaug.languages.cases import pairs


@given(text=texts)
def test_a_letter_gets_the_other_case(text):
    made = ta.CaseNoise(rate=1.0)(text)
    assert len(made) == len(text)
    assert all(new in (old, pairs().get(old)) for old, new in zip(text, made, strict=True))
    assert ta.CaseNoise(rate=1.0)(made) == text


def test_every_letter_of_two_cases_is_eligible():
    assert ta.CaseNoise(rate=1.0)("Hello ÉÑ éñ Привет Ωμέγα ＡＢｃ") == "hELLO éñ ÉÑ пРИВЕТ ωΜΈΓΑ ａｂＣ"
    assert ta.CaseNoise(rate=1.0)("ß ı ŉ ς ǅ 中 1 e\u0301 ª") == "ß ı ŉ ς ǅ 中 1 e\u0301 ª"


def test_pairs_are_mutual_and_equally_long():
    assert all(pairs()[other] == one and one.swapcase() == other for one, other in pairs().items())
    assert all(len(one.encode()) == len(other.encode()) for one, other in pairs().items())
    assert len(pairs()) > 900


def titled(word):
    """Return the word with its first letter of two cases as a capital, and the others small."""
    first = next((k for k, letter in enumerate(word) if letter in pairs()), 0)
    return word[:first].lower() + word[first].upper() + word[first + 1 :].lower()


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("good", {"GOOD", "Good"}),
        ("Good", {"GOOD", "good"}),
        ("GOOD", {"good", "Good"}),
        ("iPhone", {"iphone", "IPHONE", "Iphone"}),
        ("a", {"A"}),
        ("I", {"i"}),
        ("U.S.", {"u.s.", "U.s."}),
        ("o'Neil", {"o'neil", "O'NEIL", "O'neil"}),
        ("über", {"ÜBER", "Über"}),
        ("москва", {"МОСКВА", "Москва"}),
    ],
)
def test_a_word_is_small_or_capitals_or_titled_but_never_what_it_was(word, made):
    done = ta.CaseNoise(rate=1.0, unit="word").apply([word] * 60)
    assert set(done.text) == made and done.applied[0].eligible == 60


def test_each_style_is_as_likely():
    """6,000 words, thirds: within 5 standard deviations, 5 * sqrt(6000 * 2 / 9) = 183."""
    made = ta.CaseNoise(rate=1.0, unit="word")(["iPhone"] * 6000)
    assert all(abs(made.count(word) - 2000) < 183 for word in ("iphone", "IPHONE", "Iphone"))


@given(text=texts)
def test_words_are_written_in_a_style_and_the_rest_stays(text):
    done = ta.CaseNoise(rate=1.0, unit="word").apply(text)
    for edit in done.edits:
        old = text[edit.start : edit.end]
        plain = [letter for letter in old if letter.isalpha() and letter not in pairs()]
        assert plain or edit.text in (old.lower(), old.upper(), titled(old))
    assert len(done.text) == len(text)


@pytest.mark.parametrize("text", ["http://a.b/c", "me@x.org", "@me", "中文 123 👍🏽 ß"])
def test_addresses_and_what_has_no_case_are_no_words_here(text):
    done = ta.CaseNoise(rate=1.0, unit="word").apply(text)
    assert done.text == text and done.applied[0].eligible == 0
