"""Words from a list go in between words, in the script of their neighbours."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rows_of_text

import textaug as ta
from textaug.transforms.insertion import NEUTRAL


def places(text, **fields):
    """Return the text with what may stand at each place."""
    return ta.RandomInsert(rate=1.0, **{"words": ("X", "中"), **fields})(text)


@given(rows=rows_of_text, rate=st.floats(0, 1))
def test_words_of_the_list_go_in_and_nothing_else_changes(rows, rate):
    done = ta.RandomInsert(rate=rate).apply(rows)
    for edits in done.edits:
        assert all(edit.start == edit.end for edit in edits)
        assert all(edit.text.removeprefix(" ") in NEUTRAL for edit in edits)
        assert all((edit.text[0] == " ") == edit.text[1].isascii() for edit in edits)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one two", "one X two X"),
        ("one, two.", "one X, two X."),
        ("a film, an hour", "a film X, an hour X"),
        ("say “hello” (twice)", "say X “hello X” (twice X)"),
        ("and/or", "and/or X"),
        ("see www.a.com now", "see X www.a.com now X"),
        ("电影", "电影中"),
        ("看Python好", "看中Python中好中"),
        ("看 Python 好", "看中 Python 中好中"),
        ("", ""),
    ],
)
def test_where_words_go_in(before, after):
    assert places(before) == after


def test_without_words_of_a_script_its_places_are_none():
    assert places("看 film now", words=("X",)) == "看 film X now X"
    assert places("看 film now", words=("中",)) == "看中 film now"
    assert ta.RandomInsert(rate=1.0, words=("中",)).apply("film now").applied[0].eligible == 0


def test_words_come_from_a_file(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("\ufefffever # a symptom\n\n 发烧 \n", "utf-8")
    aug = ta.RandomInsert(rate=1.0, path=str(path))
    assert aug("one 看") == "one 发烧看发烧" and aug("one") == "one fever"
    assert ta.load(aug.to_dict()) == aug and ta.RandomInsert(path=path) == ta.RandomInsert(path=str(path))
    assert set(ta.RandomInsert(rate=1.0, words=("X",), path=path)("a1 " * 50).split()) == {"a1", "X", "fever"}


def test_a_wrong_file_is_refused_at_once(tmp_path):
    with pytest.raises(ta.UsageError, match=r"path='/not/there': No such file.*; give a file of words"):
        ta.RandomInsert(path="/not/there")
    empty, latin = tmp_path / "empty", tmp_path / "latin"
    empty.write_text("# nothing\n")
    latin.write_bytes(b"caf\xe9\n")
    with pytest.raises(ta.UsageError, match="has no words; give one a line"):
        ta.RandomInsert(path=empty)
    with pytest.raises(ta.UsageError, match="byte 3 is not UTF-8"):
        ta.RandomInsert(path=latin)


@pytest.mark.parametrize("value", [("",), (" ",), ("a\nb",), ("a\tb",)])
def test_words_are_printable(value):
    with pytest.raises(ta.UsageError, match="give words of printable characters"):
        ta.RandomInsert(words=value)


def test_words_are_drawn_evenly():
    """Four words, 8,000 draws: chi-square with 3 degrees of freedom below its mean and 5 standard deviations."""
    done = ta.RandomInsert(rate=1.0, words=tuple("wxyz")).apply(["one two three four"] * 2000)
    counts = Counter(edit.text for row in done.edits for edit in row)
    assert len(counts) == 4 and sum((count - 2000) ** 2 / 2000 for count in counts.values()) < 3 + 5 * np.sqrt(6)
