"""Letters: what may stand in for what, which letters are touched, and that nothing else is."""

import itertools

import pytest
from hypothesis import given
from strategies import texts

import textaug as ta
from textaug.languages.alphabets import alphabets, hanzi
from textaug.units import Kind

HANZI = set(map(chr, hanzi()))
POOLS = {
    "a": set("abcdefghijklmnopqrstuvwxyz"),
    "Q": set("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "7": set("0123456789"),
    "é": set("abcdefghijklmnopqrstuvwxyz"),
    "Ü": set("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "д": set(map(chr, range(ord("а"), ord("я") + 1))),
    "Σ": set(map(chr, range(ord("Α"), ord("Ρ") + 1))),
    "ש": set(map(chr, range(ord("א"), ord("ת") + 1))),
    "ｋ": set(map(chr, range(ord("ａ"), ord("ｚ") + 1))),
    "ア": set(map(chr, range(ord("ァ"), ord("ン") + 1))),
    "中": HANZI,
    "龘": HANZI,
    "𠀀": HANZI,
}


def replaced(aug, letter, rows=4000):
    """Return what a letter became in many rows."""
    return {edit.text for row in aug.apply([letter] * rows).edits for edit in row}


@pytest.mark.parametrize("letter", POOLS)
def test_a_letter_becomes_another_of_its_alphabet(letter):
    made = replaced(ta.CharSubstitute(rate=1.0), letter)
    assert made <= POOLS[letter] - {letter}
    assert len(made) == len(POOLS[letter] - {letter}) or len(made) > 2000  # 4,000 of 3,755 Chinese characters


def test_substitutes_are_drawn_evenly():
    """25 letters for `a` in 25,000 rows: each within 5 standard deviations, 5 * sqrt(1000 * .96), of 1,000.

    The letter itself is passed over for the next one, which is therefore drawn twice as often.
    """
    edits = [row[0].text for row in ta.CharSubstitute(rate=1.0).apply(["a"] * 26_000).edits]
    counts = {letter: edits.count(letter) for letter in POOLS["a"] - {"a"}}
    assert abs(counts.pop("b") - 2000) < 5 * 44
    assert all(abs(count - 1000) < 5 * 31 for count in counts.values())


@pytest.mark.parametrize(
    "text", ["", " \t\n.,;!?", "👍🏽👨\u200d👩\u200d👧", "€½²", "。，！", "e\u0301\u1112\u1161\u11ab"]
)
@pytest.mark.parametrize("aug", [ta.CharSubstitute(rate=1.0), ta.CharInsert(rate=1.0), ta.KeyboardTypo(rate=1.0)])
def test_what_has_no_alphabet_is_left_alone(aug, text):
    done = aug.apply(text)
    assert done.text == text and done.applied[0].eligible == 0


def test_an_inserted_letter_stands_behind_one_of_its_alphabet():
    done = ta.CharInsert(rate=1.0).apply(["a Q7，中д"] * 50)
    assert all(edit.start == edit.end for row in done.edits for edit in row)
    for row, edits in zip(["a Q7，中д"] * 50, done.edits, strict=True):
        assert [edit.start for edit in edits] == [1, 3, 4, 6, 7]
        assert all(edit.text in POOLS[row[edit.start - 1]] - {row[edit.start - 1]} for edit in edits)


def test_letters_digits_and_clusters_are_deleted_and_nothing_else():
    assert ta.CharDelete(rate=1.0)("a1 é中e\u0301! 👍🏽.\t") == " ! 👍🏽.\t"


def test_a_pair_of_letters_swaps_inside_a_word_only():
    assert ta.CharSwap(rate=1.0)("ab c de.f 中文 aa 1a") == "ba c ed.f 文中 aa a1"
    assert ta.CharSwap(rate=1.0)("e\u0301a") == "ae\u0301"
    for text in ("a b", "aa", "a", "", "a.b", "👍🏽a", "a\nb", "  "):
        done = ta.CharSwap(rate=1.0).apply(text)
        assert done.text == text and done.applied[0].eligible == 0


def test_both_letters_of_a_swap_count():
    done = ta.CharSwap(rate=1.0).apply(["abcd"] * 10)
    assert done.text == ["badc"] * 10
    assert (done.applied[0].eligible, done.applied[0].changed) == (40, 40)
    assert ta.CharSwap(rate=1.0, max_units=3).apply(["abcd"] * 10).applied[0].changed == 20
    assert ta.CharSwap(rate=0.01, min_units=4)("abcd") == "badc"


@given(text=texts)
def test_substitution_keeps_case_script_and_length(text):
    made = ta.CharSubstitute(rate=1.0)(text)
    assert len(made) == len(text)
    for old, new in zip(text, made, strict=True):
        assert old == new or (old.isupper(), old.isdigit()) == (new.isupper(), new.isdigit()) or not new.isascii()


@given(text=texts)
def test_edits_fall_on_whole_characters(text):
    """A letter with its marks is one character: it is deleted and swapped whole, and never parted."""
    from strategies import tile

    from textaug.units import chars

    units = chars(tile([text]))
    borders = {0} | {len(text.encode()[:end].decode()) for end in units.end}
    names = ("CharSubstitute", "CharInsert", "CharDelete", "CharSwap", "KeyboardTypo", "CharNoise")
    for name, seed in itertools.product(names, range(3)):
        fields = {"cer": 0.4} if name == "CharNoise" else {"rate": 0.5}
        for edit in ta.registry()[name](**fields).apply(text, seed=seed).edits:
            assert {edit.start, edit.end} <= borders


def test_alphabets_are_sorted_and_large_enough():
    """Noise puts letters in that differ from the 9 nearest: an alphabet of 9 could run out."""
    runs = alphabets()
    assert (runs[1:, 0] > runs[:-1, 1]).all() and (runs[:, 0] <= runs[:, 1]).all()
    assert (runs[:, 3] > 9).all()
    assert len(HANZI) == len(hanzi()) == 3755 and {"的", "一", "是"} <= HANZI
    assert Kind.HAN == 5
