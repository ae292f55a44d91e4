"""Spans and edits as columns: in code points of a row outside, in bytes of a tile inside."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import edits_of, rows_of, rows_of_text, spans_of, tile

from textaug.columns import edits_column, read_spans, spans_column
from textaug.errors import DataError, UsageError

SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("label", pa.string())])


def column(spans, kind=None):
    keys = ("start", "end", "label")
    held = [None if row is None else [dict(zip(keys, span, strict=True)) for span in row] for row in spans]
    return pa.array(held, kind or pa.list_(SPAN))


@given(rows=rows_of_text, data=st.data(), large=st.booleans(), cut=st.booleans())
def test_spans_come_back_as_they_were_read(rows, data, large, cut):
    spans = data.draw(spans_of(rows))
    held = column(spans, pa.large_list(SPAN) if large else None)
    if cut:  # a slice of a longer column
        held = pa.concat_arrays([column([[(0, 1, "before")]], held.type), held]).slice(1)
    batch = tile(rows)
    read = read_spans(held, batch)
    expected = [row[a:b].encode() for row, some in zip(rows, spans, strict=True) for a, b, _ in some]
    assert [batch.data[a:b].tobytes() for a, b in zip(read.start, read.end, strict=True)] == expected
    assert spans_column(read, batch).to_pylist() == column(spans).to_pylist()


def test_rows_without_spans_and_spans_without_labels_are_read():
    read = read_spans(column([None, [], [(0, 1, None)]]), tile(["a", "b", "c"]))
    assert read.row_offsets.tolist() == [0, 0, 0, 1] and read.label.tolist() == [None]


def test_spans_may_have_other_integers_and_more_fields():
    kind = pa.list_(
        pa.struct([("label", pa.string()), ("score", pa.float64()), ("end", pa.int64()), ("start", pa.uint16())])
    )
    held = pa.array([[{"label": "x", "score": 0.5, "end": 2, "start": 1}]], kind)
    assert spans_column(read_spans(held, tile(["中文"])), tile(["中文"])).to_pylist() == [
        [{"start": 1, "end": 2, "label": "x"}]
    ]


@pytest.mark.parametrize(("span", "place"), [((0, 3), "(0, 3)"), ((-1, 1), "(-1, 1)"), ((9, 9), "(9, 9)")])
def test_a_span_outside_of_its_text_is_refused(span, place):
    with pytest.raises(DataError) as error:
        read_spans(column([[], [(0, 1, "good")], [(*span, "bad")]]), tile(["ab", "中文", "é!"]), 100)
    assert str(error.value) == f"row 102: the span {place} lies outside of its text of 2 characters"


@pytest.mark.parametrize(
    "held",
    [
        pa.array(["a"]),
        pa.array([[1]]),
        pa.array([{"start": 0, "end": 1, "label": "x"}]),
        pa.array([[{"start": 0, "end": 1}]]),
    ],
)
def test_spans_of_another_type_are_refused(held):
    with pytest.raises(UsageError, match="give list<struct<start, end, label>>, in code points"):
        read_spans(held, tile(["a"]))


@given(rows=rows_of_text, data=st.data())
def test_edits_made_to_the_rows_give_the_new_rows(rows, data):
    batch = tile(rows)
    edits = data.draw(edits_of(rows))
    made = rows_of(*edits.apply(batch.data, batch.offsets))
    edits = type(edits)(*edits.arrays, by=np.arange(len(edits), dtype=np.int32) % 2)
    written = edits_column(edits, batch, ["A", "A#2"]).to_pylist()
    for text, new, row in zip(rows, made, written, strict=True):
        for edit in reversed(row):
            text = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
        assert text == new
    assert [edit["by"] for row in written for edit in row] == [["A", "A#2"][by] for by in edits.by]
