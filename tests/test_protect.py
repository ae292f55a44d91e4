"""What is protected: words as they are written, patterns, and the ranges that they cover."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import PIECES, eager, leaves, odd_texts, tile

import textaug as ta
from textaug.protect import compiled, guarded


def found(text, words=(), patterns=()):
    """Return what is protected in a text."""
    batch = tile(["before the U.S.", text])
    ranges = guarded(batch, words, patterns)
    held = [(a, b) for a, b in zip(ranges.start, ranges.end, strict=True) if a >= batch.offsets[1]]
    return [batch.data[a:b].tobytes().decode() for a, b in held]


@pytest.mark.parametrize(
    ("text", "words", "guards"),
    [
        ("the U.S. and USA", ("U.S.", "US"), ["U.S."]),
        ("US, (US) US-based US", ("US",), ["US"] * 4),
        ("BUS USA US1 1US us", ("US",), []),
        ("3.5% of 13.5%", ("3.5%",), ["3.5%"]),
        ("New York, New Yorker", ("New York",), ["New York"]),
        ("a (b) c", ("(b)",), ["(b)"]),
        ("我爱北京", ("爱北",), ["爱北"]),
        ("北京北京", ("北京",), ["北京", "北京"]),
        ("iPhone15很贵", ("iPhone15",), ["iPhone15"]),
        ("cafés and café", ("café",), ["café"]),
        ("écaf caf", ("caf",), ["caf"]),
        ("Москва и Москвас", ("Москва",), ["Москва"]),
        ("good goods", ("good", "goods"), ["good", "goods"]),
        ("New York New", ("New", "New York"), ["New York", "New"]),
        ("anything", ("",), []),
        ("👍🏽 ok", ("👍🏽",), ["👍🏽"]),
        ("", ("x",), []),
    ],
)
def test_a_word_is_protected_where_it_stands_alone(text, words, guards):
    assert found(text, words) == guards


@pytest.mark.parametrize(
    ("text", "patterns", "guards"),
    [
        ("3.5% of 10", ("[0-9.]+%?",), ["3.5%", "10"]),
        ("abc", ("b*",), ["b"]),  # an empty match protects nothing
        ("{name} in {place}", (r"\{\w+\}",), ["{name}", "{place}"]),
        ("Hello hello", ("(?i)hello",), ["Hello", "hello"]),
        ("我爱北京", ("北.", "爱北"), ["爱北京"]),  # overlapping ranges become one
        ("a1b2", ("[a-z]", "[0-9]"), ["a", "1", "b", "2"]),
        ("^a$", ("^.a",), ["^a"]),
    ],
)
def test_a_pattern_protects_what_it_matches(text, patterns, guards):
    assert found(text, patterns=patterns) == guards


def test_ranges_end_with_their_row():
    batch = tile(["ab", "ab"])
    ranges = guarded(batch, (), ("a", "^", "$"))
    assert (ranges.start.tolist(), ranges.end.tolist()) == ([0, 2], [1, 3])
    assert found("", patterns=("before",)) == []


def test_inactive_rows_have_no_ranges():
    batch = tile(["a", "a"], active=[0, 1])
    assert guarded(batch, ("a",), ()).start.tolist() == [1]


@pytest.mark.parametrize("pattern", ["(", "(?=a)", r"(a)\1", "a{2000}", "[z-a]", r"\pX"])
def test_patterns_run_on_re2_or_are_refused(pattern):
    with pytest.raises(ta.UsageError, match=re.escape(f"protect_pattern={pattern!r} is not an RE2 pattern: ")):
        ta.WordSwap(protect_pattern=pattern)


def test_a_pattern_takes_linear_time():
    ranges = guarded(tile(["a" * 20_000 + "!"]), (), ("(a|aa)+$", "(a*)*b"))
    assert len(ranges.start) == 0 and compiled("(a*)*b") is compiled("(a*)*b")


@pytest.mark.parametrize("name", leaves())
@given(text=odd_texts, word=st.sampled_from(PIECES), pattern=st.booleans())
def test_no_transform_edits_what_is_protected(name, text, word, pattern):
    held = {"protect_pattern": re.escape(word)} if pattern else {"protect": (word,)}
    aug = eager(name, **held)
    data = tile([text])
    ranges = guarded(data, aug.protect, () if aug.protect_pattern is None else (aug.protect_pattern,))
    code_points = [len(data.data[:at].tobytes().decode()) for at in np.stack([ranges.start, ranges.end], 1).ravel()]
    guards = list(zip(code_points[::2], code_points[1::2], strict=True))
    done = aug.apply([text] * 3)
    if name in ("SentenceShuffle", "ClauseShuffle"):  # what is protected goes along with what it stands in
        kept = Counter(text[start:end] for start, end in guards)
        assert all(made.count(surface) >= count for made in done.text for surface, count in kept.items())
        return
    for edit in (edit for row in done.edits for edit in row):
        for start, end in guards:
            assert not (edit.start < end and start < edit.end), (edit, text[start:end])


def test_protected_blanks_stay_where_words_are_deleted():
    assert ta.WordDelete(rate=1.0, protect_pattern=" ")("a b  c") == "   "
    assert ta.WordDelete(rate=1.0, protect_pattern="b ")("a b c") == "b "
    assert ta.WordDelete(rate=1.0).apply("a b c", spans=[(1, 2, "x")]).spans == [(0, 1, "x")]


def test_no_letters_swap_around_an_empty_span():
    spans = [(1, 1, "x"), (3, 3, "y")]
    assert ta.CharSwap(rate=1.0).apply("abcd", spans=spans).text == "acbd"
    for aug in (ta.CharSwap(rate=1.0), ta.CharNoise(cer=0.5, actions="swap")):
        assert aug.apply(["abcdefgh"] * 20, spans=[spans] * 20).spans == [spans] * 20


@pytest.mark.parametrize("name", leaves())
def test_everything_protected_is_everything_kept(name):
    rows = ["The happy film, e.g. 3.5% of it.", "这部电影很好看，我非常喜欢。", ""]
    made = eager(name, protect_pattern=r"(?s).+")(rows)
    assert all(new.endswith(old) for old, new in zip(rows, made, strict=True))  # a mark may stand before it
    assert name == "PunctuationInsert" or made == rows


def test_words_are_protected_in_every_step_of_a_recipe():
    """What noise puts in beside a protected word would else hide it from the next step."""
    steps = [ta.CharNoise(cer=0.3), ta.CharInsert(rate=0.5), ta.CharSubstitute(rate=0.5), ta.CharDelete(rate=0.5),
             ta.WordDelete(rate=0.3), ta.WordSwap(rate=0.5)]  # fmt: skip
    rows = ["in the US we say 我们US好 US-based (US) and so on: US"] * 300
    made = ta.Compose(steps, protect=("US",)).apply(rows)
    assert all(row.count("US") >= 5 for row in made.text)
