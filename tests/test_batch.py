"""Batches: tiles hold every row once, whole; types come back as they came; ranges guard what they cover."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import columns, rows_of, tile

from textaug import batch
from textaug.batch import Output, Ranges, flat, restored, text_size, tiles
from textaug.errors import DataError, UsageError

TYPES = {
    "string": pa.string(),
    "large_string": pa.large_string(),
    "string_view": pa.string_view(),
    "dictionary": pa.dictionary(pa.int32(), pa.string()),
    "dictionary of large_string": pa.dictionary(pa.int8(), pa.large_string()),
    "ordered dictionary": pa.dictionary(pa.int16(), pa.string(), ordered=True),
    "dictionary of string_view": pa.dictionary(pa.int32(), pa.string_view()),
}


def typed(values, kind):
    """Return values as an array of any type of text; Arrow itself cannot cast to all of them."""
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    seen = list(dict.fromkeys(value for value in values if value is not None))
    index = pa.array([None if value is None else seen.index(value) for value in values], kind.index_type)
    return pa.DictionaryArray.from_arrays(index, pa.array(seen, kind.value_type), ordered=kind.ordered)


def ids(array):
    return np.arange(len(array), dtype=np.uint64)


def retiled(array):
    """Cut an array into tiles, and put them together again."""
    output = Output(len(array), text_size(array))
    for _, one in tiles(array, ids(array)):
        output.append(one.data, one.offsets)
    return output.array(array)


@given(values=columns, kind=st.sampled_from(list(TYPES.values())), cut=st.integers(0, 3))
def test_text_comes_back_as_it_came(values, kind, cut):
    array = typed(values, kind).slice(cut)
    held = flat(array)
    assert held.to_pylist() == values[cut:]
    back = restored(retiled(held), kind)
    back.validate(full=True)
    assert back.type == kind and back.to_pylist() == values[cut:]


@pytest.mark.parametrize("size", [1, 7, 40, 1 << 18])
@given(values=columns)
def test_tiles_hold_every_row_once_and_whole(size, values):
    array = pa.array([*values, *values], pa.string()).slice(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "TILE_BYTES", size)
        cut = list(tiles(array, ids(array) + np.uint64(5)))
        assert retiled(array).to_pylist() == array.to_pylist()
    expected = ["" if value is None else value for value in array.to_pylist()]
    assert [text for _, one in cut for text in rows_of(one.data, one.offsets)] == expected
    assert [int(one) for _, tile in cut for one in tile.row_ids] == list(range(5, 5 + len(array)))
    for first, one in cut:
        assert one.offsets[0] == 0 and one.offsets[-1] == len(one.data) and len(one) == len(one.offsets) - 1
        assert len(one.data) <= size or len(one) == 1
        valid = [value is not None for value in array.to_pylist()[first : first + len(one)]]
        assert (np.ones(len(one)) if one.active is None else one.active).tolist() == valid


def test_a_tile_has_a_limit_of_rows():
    array = pa.array([""] * (batch.TILE_ROWS + 1))
    assert [len(one) for _, one in tiles(array, ids(array))] == [batch.TILE_ROWS, 1]


def test_text_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(batch, "MAX_BYTES", 9)
    array = pa.array(["short", "as long as this"])
    monkeypatch.setattr(batch, "TILE_BYTES", 6)
    with pytest.raises(DataError, match="the text in row 1 has 15 bytes; the limit for one text is 9"):
        list(tiles(array, ids(array)))
    output = Output(1, 0)
    output.append(tile(["longer than ten"]).data, np.array([0, 15], np.int32))  # makes room
    with pytest.raises(
        DataError, match="15 bytes, too many for one array of type string; cast the column to large_str"
    ):
        output.array(pa.array(["x"]))
    assert output.array(pa.array(["x"], pa.large_string())).to_pylist() == ["longer than ten"]


@pytest.mark.parametrize("values", [[1], [1.5], [b"bytes"], [["list"]], [True]])
def test_what_is_no_text_is_refused(values):
    with pytest.raises(UsageError, match="is not text; give a column of strings"):
        flat(pa.array(values))


def test_a_column_of_nulls_alone_is_text():
    assert restored(retiled(flat(pa.nulls(3))), pa.null()).equals(pa.nulls(3))


def test_a_dictionary_that_outgrows_its_index_is_refused():
    kind = pa.dictionary(pa.int8(), pa.string())
    with pytest.raises(DataError, match=r"200 different texts.*int8; cast the column"):
        restored(pa.array([str(number) for number in range(200)]), kind)


pairs = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


def arrays(ranges):
    return np.array(sorted(ranges), np.int32).reshape(-1, 2).T.copy()


@given(guards=st.lists(pairs, max_size=6), asked=st.lists(pairs, max_size=6))
def test_ranges_guard_what_they_cover(guards, asked):
    guard = Ranges.union(*arrays(guards))
    assert (guard.start[1:] >= guard.end[:-1]).all()
    covered = {at for start, end in guards for at in range(start, end)}
    assert {at for start, end in zip(guard.start, guard.end, strict=True) for at in range(start, end)} == covered
    start, end = arrays(asked)
    meets = [any(a < high and low < b for a, b in guards) for low, high in zip(start, end, strict=True)]
    assert guard.overlap(start, end).tolist() == meets


def test_an_insertion_meets_only_a_range_around_it():
    guard = Ranges.union(*arrays([(3, 6), (6, 9)]))
    at = np.array([2, 3, 4, 6, 8, 9], np.int32)
    assert guard.overlap(at, at).tolist() == [False, False, True, False, True, False]


@given(guards=st.lists(pairs, max_size=6), cuts=st.lists(st.integers(0, 30), max_size=8).map(sorted))
def test_what_is_guarded_is_left_out(guards, cuts):
    guard = Ranges.union(*arrays(guards))
    asked = arrays(zip(cuts[::2], cuts[1::2], strict=False))
    start, end, row = guard.left_out(*asked, np.arange(asked.shape[1], dtype=np.int32))
    assert (start < end).all() and (end[:-1] <= start[1:]).all() and not guard.overlap(start, end).any()
    assert start.dtype == end.dtype == np.int32
    covered = {at for a, b in guards for at in range(a, b)}
    for k, (a, b) in enumerate(asked.T):
        pieces = zip(start[row == k], end[row == k], strict=True)
        assert {at for low, high in pieces for at in range(low, high)} == set(range(a, b)) - covered


def test_only_narrows_the_active_rows():
    both = tile(["a", "b", "c"]).only(np.array([True, True, False])).only(np.array([False, True, True]))
    assert both.active.tolist() == [0, 1, 0]
    assert tile(["a"]).free(np.zeros(1, np.int32), np.ones(1, np.int32)) is None
