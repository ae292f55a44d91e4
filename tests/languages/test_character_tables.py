"""Tables of characters: what goes in comes out, pairs go first, and draws are even."""

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tile

import textaug as ta
from textaug.languages.character_tables import CharacterTable
from textaug.units import chars

SOURCES = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.text(st.characters(max_codepoint=127), min_size=2, max_size=2)
)
CANDIDATES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=3)


def sizes(table, rows):
    batch = tile(rows)
    units = chars(batch)
    return table.sizes(batch.data, units.row_offsets, units.start, units.end).tolist()


@given(held=st.dictionaries(SOURCES, CANDIDATES, max_size=20), others=st.lists(SOURCES, max_size=20))
def test_a_table_gives_back_what_it_was_built_from(held, others):
    held = {source: tuple(text for text in texts if text != source) for source, texts in held.items()}
    table = CharacterTable.of(held)
    assert all(table.candidates(source) == texts for source, texts in held.items())
    assert all(table.candidates(other) == held.get(other, ()) for other in others)


def test_pairs_go_first_from_left_to_right():
    table = CharacterTable.of({"r": ("x",), "rr": ("y",), "rn": ("m",)})
    assert sizes(table, ["rrn", "rn", "rrrr", "nrr", "r n"]) == [2, 0, 0, 2, 0, 2, 0, 2, 0, 0, 2, 0, 1, 0, 0]


def test_characters_of_several_code_points_have_no_candidates():
    table = CharacterTable.of({"e": ("c",), "é": ("e",), "❤": ("v",), "\r": ("x",), "e1": ("y",)})
    assert sizes(table, ["e\u0301", "é", "❤\ufe0f", "❤", "\r\n", "e1\ufe0f\u20e3"]) == [0, 1, 0, 1, 0, 1, 0]


def test_candidates_are_drawn_as_often_as_they_are_listed():
    """30,000 even draws of thirds: exact but for rounding."""
    table = CharacterTable.of({"a": ("é", "ab", "é")})
    draw = np.linspace(0, 2**32 - 1, 30_000).astype(np.uint32)
    ends = np.arange(len(draw) + 1, dtype=np.int32)
    every, data = ends[:-1], np.full(len(draw), ord("a"), np.uint8)
    _, _, begin, end = table.pick(data, every, ends[1:], np.ones(len(draw), np.uint8), every, draw)
    texts = [table.pool[a:b].tobytes().decode() for a, b in zip(begin, end, strict=True)]
    assert abs(texts.count("é") - 20_000) <= 1 and texts.count("ab") == 30_000 - texts.count("é")
    assert table.pool.tobytes().decode() == "éab"


def test_equal_candidates_are_kept_once():
    table = CharacterTable.of({letter: ("same", letter * 2) for letter in "abc"})
    assert len(table.pool) == 4 + 3 * 2
    assert list(accumulate([2, 2, 2], initial=0)) == table.first.tolist()


@pytest.mark.parametrize("source", ["", "abc", "éa", "中文", "e\u0301"])
def test_a_source_is_one_character_or_two_of_ascii(source):
    with pytest.raises(ta.UsageError, match="one character or two ASCII"):
        CharacterTable.of({source: ("x",)})


def test_a_character_does_not_stand_in_for_itself():
    with pytest.raises(ta.UsageError, match="'a' as a candidate for itself"):
        CharacterTable.of({"a": ("b", "a")})


def test_a_table_may_be_empty():
    table = CharacterTable.of({"a": ()})
    assert sizes(table, ["abc", ""]) == [0, 0, 0] and table.candidates("a") == ()
