"""Which Chinese is traditional, and what fits into it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tile

from textaug.languages import traditional
from textaug.languages.traditional import converted, derive, fits, fitting, foreign, is_traditional


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("這部電影很好看", 1),
        ("这部电影很好看", 0),
        ("很好看", 0),
        ("English only", 0),
        ("他說：“说”", 0),  # as many of each
        ("我們說：“说”", 1),
        ("", 0),
    ],
)
def test_rows_are_of_the_script_that_has_more_characters(text, expected):
    batch = tile([text, "電"])
    assert is_traditional(batch.data, batch.offsets).tolist() == [expected, 1]


def test_without_traditional_rows_nothing_is_said():
    for rows in (["a film", "电影"], ["a film"], []):
        batch = tile(rows)
        assert is_traditional(batch.data, batch.offsets) is None


@given(texts=st.lists(st.text(st.sampled_from("這国們们后大a發é")), max_size=6))
def test_what_fits_has_no_foreign_character(texts):
    batch = tile(texts)
    expected = [foreign().isdisjoint(text) for text in texts]
    assert fitting(batch.data, batch.offsets).tolist() == expected == [fits(text) for text in texts]


def test_what_is_converted_fits_and_is_what_opencc_makes_of_it():
    convert = pytest.importorskip("opencc").OpenCC("s2tw").convert
    for text in ("电影院", "喜欢", "大人", "我们说话", "热闹", "这样"):
        assert converted(text) == convert(text) and fits(convert(text))
    assert [converted(text) for text in ("头发", "皇后", "里面")] == [None] * 3


def test_the_table_is_what_is_derived(tmp_path):
    pytest.importorskip("opencc")
    derive(tmp_path / "made.txt")
    assert (tmp_path / "made.txt").read_bytes() == traditional.PATH.read_bytes()


def test_no_character_is_of_both_scripts():
    signs = traditional._signs()
    assert np.count_nonzero(signs > 0) > 3000 and np.count_nonzero(signs < 0) > 2000
    pairs, mixed, only = traditional._read()
    assert not set(pairs) & set(only) and not set(mixed) & set(only) and foreign().isdisjoint(pairs.values())
