"""Edits: the compiled kernel agrees with its definition; two sets composed do what both did in turn."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import edits_of, new_texts, rows_of, rows_of_text, tile

from textaug.edits import Edits

definition = import_module("textaug.kernels.reference.edits")


@pytest.fixture(scope="module", params=["textaug.kernels.edits", "textaug.kernels.reference.edits"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.edits", reason="the kernels are not compiled here")


def same(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        assert np.asarray(one).dtype == np.asarray(other).dtype
        np.testing.assert_array_equal(one, other)


@st.composite
def edited(draw):
    """Draw a batch, edits of it, the edited batch, and edits of that."""
    rows = draw(rows_of_text)
    batch, first = tile(rows), draw(edits_of(rows))
    data, offsets = definition.apply(batch.data, batch.offsets, *first.arrays)
    return batch, first, tile(rows_of(data, offsets)), draw(edits_of(rows_of(data, offsets)))


def by_hand(rows, edits, data):
    """Make the edits of each row, one by one from the last to the first."""
    made, new, offsets = [], new_texts(edits, data), np.cumsum([0, *(len(row.encode()) for row in rows)])
    for row, text in enumerate(rows):
        held = bytearray(text.encode())
        for k in reversed(range(edits.row_offsets[row], edits.row_offsets[row + 1])):
            held[edits.start[k] - offsets[row] : edits.end[k] - offsets[row]] = new[k]
        made.append(held.decode())
    return made


@given(rows=rows_of_text, data=st.data())
def test_edits_do_what_they_say(kernel, rows, data):
    batch, edits = tile(rows), data.draw(edits_of(rows))
    made, offsets = kernel.apply(batch.data, batch.offsets, *edits.arrays)
    assert rows_of(made, offsets) == by_hand(rows, edits, batch.data)


@given(rows=rows_of_text, data=st.data())
def test_applying_agrees_with_its_definition(compiled, rows, data):
    batch, edits = tile(rows), data.draw(edits_of(rows))
    given = batch.data, batch.offsets, *edits.arrays
    same(compiled.apply(*given), definition.apply(*given))


@given(rows=st.lists(st.integers(0, 8), max_size=20).map(sorted), count=st.integers(9, 12))
def test_row_offsets_agree_with_their_definition(compiled, rows, count):
    given = np.array(rows, np.int32), count
    same([compiled.row_offsets(*given)], [definition.row_offsets(*given)])


@given(chain=edited())
def test_composition_agrees_with_its_definition(compiled, chain):
    before, first, between, second = chain
    given = first.arrays, second.arrays, before.data, between.data
    same(compiled.compose(*given), definition.compose(*given))


@given(chain=edited())
def test_composed_edits_do_what_one_does_after_the_other(kernel, chain):
    before, first, between, second = chain
    *arrays, origin = kernel.compose(first.arrays, second.arrays, before.data, between.data)
    composed = Edits(*arrays)
    after = definition.apply(between.data, between.offsets, *second.arrays)
    same(definition.apply(before.data, before.offsets, *composed.arrays), after)
    for row in range(len(before)):
        part = slice(composed.row_offsets[row], composed.row_offsets[row + 1])
        start, end = composed.start[part], composed.end[part]
        assert (start <= end).all() and (end[:-1] <= start[1:]).all()
    assert (origin < len(first)).all() and (-1 - origin < len(second)).all()


@given(rows=rows_of_text, data=st.data())
def test_composing_with_nothing_changes_nothing(kernel, rows, data):
    batch, edits = tile(rows), data.draw(edits_of(rows))
    after = tile(rows_of(*edits.apply(batch.data, batch.offsets)))
    none = Edits.none(len(rows))
    for first, second, between in ((edits, none, after), (none, edits, batch)):
        *arrays, _ = kernel.compose(first.arrays, second.arrays, batch.data, between.data)
        composed = Edits(*arrays)
        same(composed.arrays[:3], edits.arrays[:3])
        assert new_texts(composed, batch.data) == new_texts(edits, batch.data)


def test_a_long_piece_is_copied_whole(kernel):
    """Short pieces go in moves of 16 bytes, which may read and write past their ends: nothing of it shows."""
    for size in (1, 15, 16, 17, 63, 64, 65, 1000):
        rows = ["a" * size + "中" + "b" * size, "c" * size]
        batch, text = tile(rows), np.frombuffer(("n" * size).encode(), np.uint8)
        one, at = np.array([0], np.int32), np.array([size], np.int32)
        edits = Edits.of(one, 2, at, at + 3, one, at, text=text)
        assert rows_of(*kernel.apply(batch.data, batch.offsets, *edits.arrays)) == [
            "a" * size + "n" * size + "b" * size, "c" * size
        ]  # fmt: skip


def test_a_result_over_two_gigabytes_is_refused(kernel):
    batch, zero = tile(["ab"]), np.zeros(1, np.int32)
    far = np.array([0x7FFFFFFF], np.int32)
    edits = Edits.of(zero, 1, zero, zero, zero, far)
    with pytest.raises(OverflowError, match="2147483649 bytes in one tile"):
        kernel.apply(batch.data, batch.offsets, *edits.arrays)
