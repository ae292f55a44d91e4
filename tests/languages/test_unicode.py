"""The table says of every code point what Unicode's properties say."""

import numpy as np
import pytest
import regex

from textaug.languages import unicode


def test_the_stored_table_is_the_one_that_is_built(tmp_path):
    entries = unicode.properties()
    np.testing.assert_array_equal(unicode.look_up(np.arange(unicode.CODE_POINTS)), entries)
    unicode.build(tmp_path / "unicode.npy")
    assert (tmp_path / "unicode.npy").read_bytes() == unicode.PATH.read_bytes()


def test_the_table_is_small_shared_and_read_only():
    table = unicode.table()
    assert table is unicode.table() and sum(part.nbytes for part in table) < 100_000
    assert not any(part.flags.writeable for part in table)
    assert all(part.flags.c_contiguous and part.dtype == np.uint16 for part in table)


@pytest.mark.parametrize(
    ("characters", "expected"),
    [
        ("éÀßſÆﬁＡµª", unicode.LATIN),
        ("中〇々㐀豈𠀀", unicode.HAN),
        ("дΩאשعカーㄅ한ก", unicode.OTHER),
        ("😀❤☀🇩🏽", unicode.EMOJI),
        ("，。“”‘—…©™★→", unicode.PUNCT),
        ("\u0301\u200b\u200d\u2028\ufeff\u0085", unicode.CONTROL),
        ("’ʼ´", ord("'")),
        ("£€¥￥", ord("$")),
        ("５²½٣①", ord("0")),
        ("\u00a0\u3000\u2009", ord(" ")),
        ("\u2010\u2011", ord("-")),
        ("％", ord("%")),
    ],
)
def test_classes(characters, expected):
    classes = unicode.look_up(np.array([ord(c) for c in characters])) >> 8
    assert set(classes.tolist()) == {expected}


def test_ascii_is_its_own_class():
    assert (unicode.look_up(np.arange(0x80)) >> 8).tolist() == list(range(0x80))


def test_break_classes_are_the_properties_of_the_annex():
    letters = np.array([chr(value) for value in unicode.look_up(np.arange(unicode.CODE_POINTS)) & 0xFF])
    for letter, pattern in (
        ("i", r"\p{RI}"),
        ("P", r"\p{ExtPict}"),
        ("B", r"\p{GCB=LVT}"),
        ("z", r"\p{GCB=ZWJ}"),
    ):
        points = np.flatnonzero(letters == letter)
        assert len(points) and all(regex.match(pattern, chr(point)) for point in points)
