"""Tables of characters: the compiled kernel agrees with its definition, on tables and texts of all sorts."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import PIECES, U64, batches, same, tile

from textaug.languages.character_tables import CharacterTable
from textaug.units import chars

definition = import_module("textaug.kernels.reference.tables")
ASCII = st.characters(max_codepoint=127)
SOURCES = st.one_of(
    st.sampled_from(sorted({character for piece in PIECES for character in piece})),
    st.characters(exclude_categories=["Cs"]),
    st.text(st.sampled_from("abcdefgh \r\n"), min_size=2, max_size=2),
    st.text(ASCII, min_size=2, max_size=2),
)
TABLES = st.dictionaries(SOURCES, st.lists(st.sampled_from(["new one", "¿", ""]), max_size=4), max_size=12).map(
    CharacterTable.of
)


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.tables", reason="the kernels are not compiled here")


@given(batch=batches(), table=TABLES, key=U64)
def test_sizes_entries_and_picks_agree_with_their_definition(compiled, batch, table, key):
    units = chars(batch)
    arrays = table.block_of, table.blocks, table.pairs
    given = batch.data, units.row_offsets, units.start, units.end, *arrays
    size = definition.sizes(*given)
    same([compiled.sizes(*given)], [size])
    given = batch.data, units.start, units.end, *arrays
    same([compiled.entries(*given)], [definition.entries(*given)])
    unit = np.flatnonzero(size).astype(np.int32)
    draw = np.random.default_rng(key).integers(0, 2**32, len(unit), np.uint32)
    given = batch.data, units.start, units.end, size, unit, draw, *arrays, table.first, table.begin, table.end
    made = definition.pick(*given)
    same(compiled.pick(*given), made)
    assert all(np.array(made).reshape(4, -1)[3] <= len(table.pool))


@given(batch=batches(), first=st.integers(0, 0x5000), sign=st.lists(st.integers(-3, 3), max_size=999))
def test_signs_agree_with_their_definition(compiled, batch, first, sign):
    given = batch.data, batch.offsets, np.array(sign, np.int8), first
    same([compiled.signs(*given)], [definition.signs(*given)])


def test_pairs_keep_to_their_row(compiled):
    """Rows lie behind one another without a border; a pair may not be made of the end of one and the next's begin."""
    table, batch = CharacterTable.of({"rn": ("m",)}), tile(["r", "n", "rn", "", "r", "n"])
    units = chars(batch)
    for kernel in (compiled, definition):
        given = batch.data, units.row_offsets, units.start, units.end, table.block_of, table.blocks, table.pairs
        assert kernel.sizes(*given).tolist() == [0, 0, 2, 0, 0, 0]
