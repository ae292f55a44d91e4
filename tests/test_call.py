"""One call for every shape: what comes in goes out again, nulls, names and types kept; what is no text is refused."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_transform, columns, eager

import textaug as ta
from textaug.call import Edit, Span

ROWS = ["The plot is thin, but the actors save it.", None, "", "这部电影很好看。", "One two three four"]
AUG = ta.Compose([eager("WordSwap"), eager("CharSubstitute")])
EXPECTED = AUG(ROWS)


def dictionary(values, index="int32", kind=pa.string):
    return pa.array(values).cast(pa.dictionary(getattr(pa, index)(), kind()))


ARROW = {
    "string": pa.array(ROWS, pa.string()),
    "large_string": pa.array(ROWS, pa.large_string()),
    "string_view": pa.array(ROWS, pa.string_view()),
    "dictionary": dictionary(ROWS),
    "small dictionary": dictionary(ROWS, "int8", pa.large_string),
    "slice": pa.array(["before", *ROWS, "behind"]).slice(1, 5),
}
SERIES = {
    "pandas str": pd.Series(ROWS, index=[3, 1, 4, 1, 5], name="text"),
    "pandas object": pd.Series(ROWS, dtype=object),
    "pandas string": pd.Series(ROWS, dtype="string"),
    "pandas arrow": pd.Series(ROWS, dtype=pd.ArrowDtype(pa.large_string())),
    "pandas categories": pd.Series(ROWS, dtype="category", name="text"),
    "polars": pl.Series("text", ROWS),
    "polars categories": pl.Series("text", ROWS, dtype=pl.Categorical),
}


def plain(series):
    return [None if not isinstance(value, str) else value for value in series.to_list()]


def test_the_example_changes_what_it_should():
    assert [old is None or old == "" or old != new for old, new in zip(ROWS, EXPECTED, strict=True)] == [True] * 5
    assert EXPECTED[1] is None and EXPECTED[2] == ""


@pytest.mark.parametrize("copies", [None, 1, 3])
@pytest.mark.parametrize("kind", ARROW)
def test_an_array_comes_back_as_an_array_of_its_type(kind, copies):
    made = AUG(ARROW[kind], copies=copies)
    made.validate(full=True)
    assert made.type == ARROW[kind].type and made.to_pylist() == AUG(ROWS, copies=copies)


@pytest.mark.parametrize("copies", [None, 2])
@pytest.mark.parametrize("kind", ARROW)
def test_chunks_come_back_as_chunks(kind, copies):
    array = ARROW[kind]
    chunked = pa.chunked_array([array.slice(0, 2), array.slice(0, 0), array.slice(2)])
    made = AUG(chunked, copies=copies)
    assert isinstance(made, pa.ChunkedArray) and made.type == array.type
    assert [len(chunk) for chunk in made.chunks] == [n * (copies or 1) for n in (2, 0, 3)]
    assert made.to_pylist() == AUG(ROWS, copies=copies)
    assert AUG(pa.chunked_array([], array.type)).type == array.type


@pytest.mark.parametrize("copies", [None, 2])
@pytest.mark.parametrize("kind", SERIES)
def test_a_series_comes_back_as_a_series_of_its_type(kind, copies):
    series = SERIES[kind]
    made = AUG(series, copies=copies)
    assert type(made) is type(series) and made.name == series.name
    assert plain(made) == AUG(ROWS, copies=copies)
    if "categories" not in kind:
        assert made.dtype == series.dtype
    elif isinstance(made, pd.Series):
        assert isinstance(made.dtype, pd.CategoricalDtype)
    if isinstance(series, pd.Series):
        assert made.index.tolist() == [label for label in series.index for _ in range(copies or 1)]


def test_the_nulls_of_pandas_stay_the_nulls_that_they_were():
    made = AUG(pd.Series(["a b", None, float("nan"), pd.NA], dtype=object))
    assert made[1] is None and isinstance(made[2], float) and made[3] is pd.NA


def test_lists_tuples_and_arrays_of_numpy_come_back_as_lists():
    assert AUG(tuple(ROWS)) == AUG(np.array(ROWS, dtype=object)) == EXPECTED
    assert AUG(np.array(["one two", "three"])) == AUG(["one two", "three"])
    assert AUG([]) == [] and AUG([None]) == [None] and AUG(pa.nulls(2)).equals(pa.nulls(2))


def test_a_text_alone_is_addressed_by_its_content():
    """Calls for one text after the other would otherwise all draw the same."""
    made = [eager("CharSubstitute")(text) for text in ("abcdefgh", "abcdefgh", "abcdefgx")]
    assert isinstance(made[0], str) and made[0] == made[1]
    assert [a != b for a, b in zip(made[0], "abcdefgh", strict=True)] != [
        a != b for a, b in zip(made[2], "abcdefgx", strict=True)
    ]
    assert AUG("one two three", row_ids=7) == AUG(["one two three"], row_ids=[7])[0]
    assert AUG("one two three", copies=2) == AUG(["one two three"], row_ids=["one two three"], copies=2)
    assert len(AUG("one two three", copies=3)) == 3


@given(made=any_transform, rows=columns, copies=st.integers(1, 3))
def test_copies_of_a_text_stand_one_after_the_other(made, rows, copies):
    """The first copy is what one call without copies gives."""
    done, one = made.apply(rows, copies=copies), made.apply(rows)
    assert done.text[::copies] == one.text and done.edits[::copies] == one.edits
    assert len(done.text) == len(done.label_effects) == copies * len(rows)
    for total, single in zip(done.applied, one.applied, strict=True):
        assert total.rows[::copies].tolist() == single.rows.tolist()
        assert (copies > 1) or total.changed == single.changed


def test_copies_differ():
    made = np.array(AUG(["one two three four five six seven"] * 50, copies=4)).reshape(50, 4)
    assert all(len(set(row)) == 4 for row in made)


def test_row_ids_are_the_address_of_a_row():
    ids = [5, 2**63, "a", "中", -1]
    made = dict(zip(ids, AUG(["one two three four"] * 5, row_ids=ids), strict=True))
    assert AUG(["one two three four"] * 5, row_ids=ids[::-1]) == [made[one] for one in ids[::-1]]
    assert len(set(made.values())) == 5
    same = [AUG(["one two"] * 2, row_ids=kind([3, 4])) for kind in (list, np.array, pa.array, pd.Series, pl.Series)]
    assert all(one == same[0] for one in same)
    named = [AUG(["one two"] * 2, row_ids=kind(["x", "y"])) for kind in (list, np.array, pa.array, pd.Series)]
    assert all(one == named[0] for one in named)
    assert AUG(["a b c"] * 2) == AUG(["a b c"] * 2, row_ids=[0, 1])


@pytest.mark.parametrize("name", ["seed", "epoch", "source"])
def test_seed_epoch_and_source_change_what_is_drawn(name):
    rows = ["one two three four five six seven"] * 20
    made = AUG(rows, **{name: {"source": "a"}.get(name, 1)})
    assert sum(one == other for one, other in zip(made, AUG(rows), strict=True)) < 3
    assert AUG(rows, **{name: {"source": ""}.get(name, 0)}) == AUG(rows)


def test_what_was_done_is_told_in_the_shape_of_the_text():
    spans = [(0, 3, "the"), (4, 8, "plot")]
    one = AUG.apply(ROWS[0], spans=spans)
    many = AUG.apply([ROWS[0], None], spans=[spans, []], row_ids=[ROWS[0], 1])
    assert many.text == [one.text, None] and many.edits == [one.edits, []] and many.spans == [one.spans, []]
    assert all(isinstance(edit, Edit) for edit in one.edits) and all(isinstance(span, Span) for span in one.spans)
    assert one.label_effects == "preserves" and many.label_effects == ["preserves"] * 2
    assert AUG.apply(ROWS).spans is None and AUG.apply(ROWS, want_edits=False).edits is None
    arrow = AUG.apply(ARROW["string"].slice(0, 2), spans=pa.array([[{"start": 0, "end": 3, "label": "the"}], None]))
    assert isinstance(arrow.spans, pa.Array) and isinstance(arrow.edits, pa.Array)
    assert [edit["by"] for edit in arrow.edits.to_pylist()[0]] == [
        edit.by for edit in AUG.apply(ROWS[:2], spans=[[(0, 3, "the")], []]).edits[0]
    ]


def test_copies_of_one_text_come_with_lists_of_what_was_done():
    done = AUG.apply("one two three", copies=2, spans=[(0, 3, "x")])
    assert list(map(len, (done.text, done.spans, done.edits, done.label_effects))) == [2] * 4


def test_label_effects_say_what_became_of_the_label():
    rows = ["A good film with a happy ending.", "2 x 3"]
    done = ta.AntonymReplace(rate=1.0).apply(rows)
    assert done.label_effects == ["may change", "preserves"] and done.text[0] != rows[0]
    assert ta.Compose([ta.AntonymReplace(rate=1.0), ta.CharSwap()]).apply(rows).label_effects == done.label_effects


@pytest.mark.parametrize(
    ("effects", "told"),
    [
        (["preserves"], "preserves"),
        (["flips"], "flips"),
        (["flips", "preserves"], "flips"),
        (["flips", "flips"], "may change"),
        (["flips", "may change"], "may change"),
    ],
)
def test_two_flips_may_cancel_out(effects, told):
    from textaug.applied import Applied
    from textaug.call import label_effects

    applied = [Applied("X", effect, None, 1, 1, np.array([True, False])) for effect in effects]
    assert label_effects(applied, 2).tolist() == [told, "preserves"]


BROKEN = pa.Array.from_buffers(
    pa.string(), 1, [None, pa.array([0, 2], pa.int32()).buffers()[1], pa.py_buffer(b"a\xff")]
)


@pytest.mark.parametrize(
    ("text", "options", "error", "message"),
    [
        (5, {}, ta.UsageError, "int is no text; give a str, a list of str, a Series or an Arrow array"),
        (None, {}, ta.UsageError, "NoneType is no text"),
        (b"bytes", {}, ta.UsageError, "bytes is no text"),
        (pd.DataFrame({"a": ["b"]}), {}, ta.UsageError, "DataFrame is no text"),
        (pl.DataFrame({"a": ["b"]}), {}, ta.UsageError, "DataFrame is no text"),
        ([1], {}, ta.UsageError, "not all values are str or None"),
        (["a", 2], {}, ta.UsageError, "not all values are str or None"),
        (["a", b"b"], {}, ta.UsageError, "some are bytes; decode them"),
        (pd.Series([1, 2]), {}, ta.UsageError, "not all values are str or None"),
        (pl.Series([1, 2]), {}, ta.UsageError, "int64 is not text; give a column of strings"),
        (pl.Series(["a"], dtype=pl.Enum(["a"])), {}, ta.UsageError, "cast the Series to pl.String"),
        (pa.array([1]), {}, ta.UsageError, "int64 is not text"),
        (pa.chunked_array([[b"a"]]), {}, ta.UsageError, "binary is not text"),
        (BROKEN, {}, ta.DataError, "the text is not valid: Invalid UTF8 sequence at string index 0"),
        ("\ud800", {}, ta.DataError, "row 0 has a lone surrogate, which is no text; clean it with"),
        (["a", "b\udcff"], {}, ta.DataError, "row 1 has a lone surrogate"),
        ("a", {"copies": 0}, ta.UsageError, "copies=0: give an integer of at least 1"),
        ("a", {"copies": 1.5}, ta.UsageError, "copies=1.5: give an integer of at least 1"),
        ("a", {"copies": True}, ta.UsageError, "copies=True: give an integer"),
        ("a", {"seed": "x"}, ta.UsageError, "seed='x': give an integer"),
        ("a", {"epoch": 0.5}, ta.UsageError, "epoch=0.5: give an integer"),
        (["a"], {"row_ids": []}, ta.UsageError, "0 row_ids for 1 texts; give one for each"),
        (["a"], {"row_ids": [None]}, ta.UsageError, "row_ids: None is neither an integer nor a str"),
        (["a"], {"row_ids": np.array([0.5])}, ta.UsageError, "is neither an integer nor a str"),
        (["a"], {"spans": []}, ta.UsageError, "spans for 0 texts, but there are 1; give a list for each"),
        (["a"], {"spans": [[(0, 1)]]}, ta.UsageError, "give for each text a list of (start, end, label)"),
        (["a"], {"spans": [5]}, ta.UsageError, "give for each text a list of (start, end, label)"),
        (["a"], {"spans": 5}, ta.UsageError, "give for each text a list of (start, end, label)"),
        (["a"], {"spans": [[(2**40, 2**40, "x")]]}, ta.UsageError, "give for each text a list"),
        (["a"], {"spans": pa.array([[1]])}, ta.UsageError, "give list<struct<start, end, label>>"),
        (["a", "b"], {"spans": [[], [(0, 2, "x")]]}, ta.DataError, "row 1: the span (0, 2) lies outside"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(text, options, error, message):
    with pytest.raises(error) as raised:
        AUG.apply(text, **options)
    assert message in str(raised.value)


def test_a_null_list_of_spans_is_none():
    assert AUG.apply(["a b", "c"], spans=[None, [(0, 1, None)]]).spans == [[], [Span(0, 1, None)]]


@pytest.mark.parametrize("copies", [None, 2])
@pytest.mark.parametrize(
    "shape", [lambda rows: rows[0], list, pa.array, pd.Series], ids=["str", "list", "arrow", "pandas"]
)
def test_a_notebook_shows_what_changed(shape, copies):
    result = ta.WordDelete(rate=1.0).apply(shape(["gone <b>", "gone too", None]), copies=copies)
    shown = result._repr_html_()
    assert "<del" in shown and "gone" in shown and "<b>" not in shown
