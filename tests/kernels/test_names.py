"""The compiled search for names agrees with its definition, over made-up names, texts and units."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import same, texts, tile

from textaug.kernels.reference import names as definition
from textaug.lexicon.trie import compiled as trie_of
from textaug.units import words

compiled = pytest.importorskip("textaug.kernels.names")

NAMES = [
    "Rome",
    "Romeo",
    "New York",
    "New York City",
    "A",
    "Al",
    "U.S.",
    "3M",
    "中国",
    "中国人",
    "阿Q",
    "𠀀中",
    "é",
    "Éa",
]
NAMES += ["O'Hara", "Hara", "Moskva", "Москва", "x\0y"]
PIECES = [
    *NAMES,
    "Rome's",
    "Rome’s",
    "Romes",
    " ",
    " ",
    "-",
    ". ",
    "@",
    "#",
    "'",
    "’",
    "New ",
    "York",
    "国",
    "\n",
    "a",
    "😀",
]

names = st.lists(
    st.one_of(st.sampled_from(NAMES), st.text("Romé 中国", min_size=1, max_size=6)), unique=True, max_size=9
)
rows = st.lists(st.one_of(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), texts), max_size=5)


def arrays(held):
    return trie_of(sorted(name.encode() for name in held))


@given(names, rows, st.data())
def test_names_in_texts(held, given_rows, data):
    trie = arrays(held)
    active = data.draw(st.none() | st.lists(st.booleans(), min_size=len(given_rows), max_size=len(given_rows)))
    batch = tile(given_rows, active=active)
    units = words(batch)
    places = (batch.data, batch.offsets, units.row_offsets, units.start, units.end, units.kind)
    found = [kernel.find(*places, trie.slots, trie.name, trie.filter) for kernel in (compiled, definition)]
    same(*found)
    row, start, end, name, first, last = found[0]
    text = batch.data.tobytes()
    by_number = sorted(one.encode() for one in held)
    for k in range(len(row)):
        assert text[start[k] : end[k]] == by_number[name[k]]
        assert batch.offsets[row[k]] <= start[k] < end[k] <= batch.offsets[row[k] + 1]
        assert units.start[first[k]] <= start[k] and units.start[last[k]] < end[k]
    assert (start[1:] >= end[:-1]).all()


@given(names, st.lists(st.one_of(st.sampled_from(PIECES), texts), max_size=9))
def test_exact_names(held, given_rows):
    trie, batch = arrays(held), tile(given_rows)
    ends = (batch.data, batch.offsets[:-1], batch.offsets[1:])
    one, other = (kernel.exact(*ends, trie.slots, trie.name) for kernel in (compiled, definition))
    same([one], [other])
    ranked = sorted(held, key=str.encode)
    assert one.tolist() == [ranked.index(row) if row in held else -1 for row in given_rows]


def test_more_names_than_there_was_room_for_at_first():
    trie, batch = arrays(["Rome"]), tile(["Rome " * 1000])
    units = words(batch)
    places = (batch.data, batch.offsets, units.row_offsets, units.start, units.end, units.kind)
    assert len(compiled.find(*places, trie.slots, trie.name, trie.filter)[0]) == 1000


def test_the_longest_name_counts_between_borders_of_words():
    trie = arrays(["Rome", "New York", "New York City", "中国"])
    text = "Rome Romes Rome's New York City New Yorker @Rome #Rome 中国人"
    batch = tile([text])
    units = words(batch)
    found = compiled.find(batch.data, batch.offsets, units.row_offsets, units.start, units.end, units.kind, *trie)
    data = text.encode()
    assert [data[a:b].decode() for a, b in zip(found[1], found[2], strict=True)] == [
        "Rome", "Rome", "New York City", "中国",
    ]  # fmt: skip


def test_a_trie_of_nothing_finds_nothing():
    trie, batch = trie_of([]), tile(["Rome"])
    units = words(batch)
    places = (batch.data, batch.offsets, units.row_offsets, units.start, units.end, units.kind)
    for kernel in (compiled, definition):
        assert all(len(column) == 0 and column.dtype == np.int32 for column in kernel.find(*places, *trie))
