"""Checks of two texts: unchanged, said again, too short, too long, too far, too near."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

import textaug as ta

pairs = st.lists(st.tuples(texts, texts), max_size=5)


def one(check, before, after):
    return check.passes([before], [after]).tolist() == [True]


@given(pairs=pairs)
def test_unchanged_knows_what_differs(pairs):
    before, after = ([pair[k] for pair in pairs] for k in (0, 1))
    assert ta.Unchanged().passes(before, after).tolist() == [old != new for old, new in pairs]


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("A good film", "a  GOOD, film!", False),
        ("a good film", "a good movie", True),
        ("STRASSE", "straße", False),
        ("好看。", "好 看！", False),
        ("好看", "好听", True),
        ("!", "?", True),
        ("! ", " !", False),
        ("a", "", True),
        ("", "", False),
    ],
)
def test_a_duplicate_says_the_same_letters(before, after, new):
    assert one(ta.Duplicate(), before, after) is new


@pytest.mark.parametrize(
    ("check", "before", "after", "good"),
    [
        (ta.LengthRatio(0.5, 2), "abcd", "ab", True),
        (ta.LengthRatio(0.5, 2), "abcd", "a", False),
        (ta.LengthRatio(0.5, 2), "abcd", "abcdefgh", True),
        (ta.LengthRatio(0.5, 2), "abcd", "abcdefghi", False),
        (ta.LengthRatio(0.5, 2), "很好", "好", True),
        (ta.LengthRatio(0.5, 2), "", "", True),
        (ta.LengthRatio(0.5, 2), "", "a", False),
        (ta.LengthRatio(0.5, 2, "words"), "one two", "unbelievable", True),
        (ta.LengthRatio(0.5, 2, "words"), "one two three", "three", False),
        (ta.LengthRatio(0.5, 2, "words"), "我们都喜欢看电影", "电影", False),
        (ta.EditDistance(0.25), "abcd", "abcx", True),
        (ta.EditDistance(0.25), "abcd", "abyx", False),
        (ta.EditDistance(least=0.25), "abcd", "abcd", False),
        (ta.EditDistance(least=0.25), "abcd", "abcx", True),
        (ta.EditDistance(0.5, unit="words"), "a long day", "a short day", True),
        (ta.EditDistance(0.5, unit="words"), "a long day", "one short day", False),
        (ta.EditDistance(0.0), "", "", True),
    ],
)
def test_distances_and_lengths_have_bounds(check, before, after, good):
    assert one(check, before, after) is good


@given(pairs=pairs, most=st.floats(0, 1))
def test_a_distance_is_levenshteins(pairs, most):
    def distance(a, b):
        row = list(range(len(b) + 1))
        for i, x in enumerate(a, 1):
            last, row[0] = row[0], i
            for j, y in enumerate(b, 1):
                last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
        return row[-1] / max(len(a), len(b), 1)

    found = ta.EditDistance(most).passes(*map(list, zip(*pairs, strict=True))) if pairs else []
    assert list(found) == [distance(*pair) <= most for pair in pairs]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ta.LengthRatio(-0.1), "LengthRatio: low=-0.1: give a number from 0 to 1"),
        (lambda: ta.LengthRatio(high=0.5), "high=0.5: give a number from 1"),
        (lambda: ta.LengthRatio(high=float("nan")), "high=nan: give a number"),
        (lambda: ta.LengthRatio(unit="word"), "LengthRatio: no unit 'word'; did you mean 'words'"),
        (lambda: ta.EditDistance(1.5), "most=1.5: give a number from 0 to 1"),
        (lambda: ta.EditDistance(True), "most=True: give a number"),
        (lambda: ta.EditDistance("0.5"), "most='0.5': give a number"),
        (lambda: ta.EditDistance(0.2, 0.3), "least=0.3: give at most 0.2"),
    ],
)
def test_bounds_are_checked(make, message):
    with pytest.raises(ta.UsageError, match=message):
        make()


def test_reasons_say_the_bounds():
    assert ta.EditDistance(0.3, 0.05, "words").reason == "edit distance not from 0.05 to 0.3 in words"
    assert ta.LengthRatio().reason == "length ratio not from 0.5 to 2"


def test_without_rapidfuzz_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rapidfuzz.distance", None)
    with pytest.raises(ta.UsageError, match=r"pip install 'textaug-nlp\[filter\]'"):
        ta.EditDistance(0.5).passes(["a"], ["b"])


@pytest.mark.parametrize(
    ("low", "high", "old", "new"), [(0.1, 1.15, 100, 115), (0.28, 2.0, 25, 7), (0.1, 1.14, 50, 57)]
)
def test_a_length_at_a_bound_is_within_it(low, high, old, new):
    assert ta.LengthRatio(low, high).passes(["x" * old], ["x" * new]).all()


def test_nothing_may_remain_nothing_and_grow_without_a_bound_alone():
    before, after = ["", "", "one"], ["", "two", ""]
    assert ta.LengthRatio(0.5, float("inf")).passes(before, after).tolist() == [True, True, False]
    assert ta.LengthRatio(0.0, 9.0).passes(before, after).tolist() == [True, False, True]


def test_letters_are_the_same_however_they_are_composed_and_marks_on_them_count():
    one, other = unicodedata.normalize("NFC", "résumé"), unicodedata.normalize("NFD", "résumé")
    assert not ta.Duplicate().passes([one], [other]).any()
    assert ta.Duplicate().passes([one, other, "किताब"], ["resume", "resume", "कतब"]).all()
