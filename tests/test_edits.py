"""Edits and spans: what is not edited keeps its bytes and its label, what moves takes its spans along."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import edits_of, new_texts, real_texts, rows_of, rows_of_text, spans_of, texts, tile

from textaug.edits import Edits, Spans, diff


def byte_spans(rows, spans):
    """Return spans in code points as the engine holds them, in bytes of a tile."""
    table, base = [], 0
    for row, (text, held) in enumerate(zip(rows, spans, strict=True)):
        table += [(row, base + len(text[:a].encode()), base + len(text[:b].encode()), label) for a, b, label in held]
        base += len(text.encode())
    row, start, end, label = (list(column) for column in zip(*table, strict=True)) if table else ([], [], [], [])
    offsets = np.searchsorted(np.array(row, np.int64), np.arange(len(rows) + 1)).astype(np.int32)
    return Spans(offsets, np.array(start, np.int32), np.array(end, np.int32), np.array(label, object))


def surfaces(data, spans):
    return [data[a:b].tobytes().decode() for a, b in zip(spans.start, spans.end, strict=True)]


@st.composite
def cases(draw):
    rows = draw(rows_of_text)
    return rows, draw(edits_of(rows)), draw(spans_of(rows))


@given(case=cases(), drop=st.booleans())
def test_spans_stay_inside_of_their_rows(case, drop):
    rows, edits, spans = case
    batch = tile(rows)
    data, offsets = edits.apply(batch.data, batch.offsets)
    after = byte_spans(rows, spans).shifted(edits, drop_touched=drop)
    assert (offsets[after.rows] <= after.start).all() and (after.start <= after.end).all()
    assert (after.end <= offsets[after.rows + 1]).all()
    surfaces(data, after)  # on the borders of characters, or this raises


@given(case=cases())
def test_spans_that_no_edit_touches_keep_their_surface(case):
    rows, edits, spans = case
    batch, before = tile(rows), byte_spans(rows, spans)
    free = [
        not any(
            (edits.start[k] < b and a < edits.end[k]) or a < edits.start[k] == edits.end[k] < b
            for k in range(edits.row_offsets[row], edits.row_offsets[row + 1])
        )
        and not (edits.moved == 1)[edits.row_offsets[row] : edits.row_offsets[row + 1]].any()
        for row, a, b in zip(before.rows, before.start, before.end, strict=True)
    ]
    free = np.array(free, bool) & (before.start < before.end)
    kept = before.where(free, before.start, before.end)
    after = kept.shifted(edits, drop_touched=True)
    data, _ = edits.apply(batch.data, batch.offsets)
    assert after.label.tolist() == kept.label.tolist()
    assert surfaces(data, after) == surfaces(batch.data, kept)


@given(case=cases())
def test_dropping_leaves_only_spans_that_kept_their_surface(case):
    rows, edits, spans = case
    batch, before = tile(rows), byte_spans(rows, spans)
    before.label[:] = surfaces(batch.data, before)
    after = before.shifted(edits, drop_touched=True)
    data, _ = edits.apply(batch.data, batch.offsets)
    assert surfaces(data, after) == after.label.tolist()


@given(rows=rows_of_text, data=st.data())
def test_no_edits_leave_everything_as_it_is(rows, data):
    batch, none = tile(rows), Edits.none(len(rows))
    spans = byte_spans(rows, data.draw(spans_of(rows)))
    assert none.apply(batch.data, batch.offsets) == (batch.data, batch.offsets)
    after = spans.shifted(none, drop_touched=True)
    assert (after.start == spans.start).all() and (after.end == spans.end).all()
    assert (after.label == spans.label).all() and not none.touched.any()


def shifted(text, edits, spans, drop=False):
    """Make edits (start, end, text) of one ASCII text; return it and its spans as (surface, label)."""
    pool = "".join(new for _, _, new in edits)
    stop = np.cumsum([0, *(len(new) for _, _, new in edits)], dtype=np.int32)
    start, end = np.array([edit[:2] for edit in edits], np.int32).reshape(-1, 2).T.copy()
    held = Edits.of(np.zeros_like(start), 1, start, end, stop[:-1], stop[1:],
                    text=np.frombuffer(pool.encode(), np.uint8))  # fmt: skip
    batch = tile([text])
    data, _ = held.apply(batch.data, batch.offsets)
    after = byte_spans([text], [spans]).shifted(held, drop_touched=drop)
    return data.tobytes().decode(), list(zip(surfaces(data, after), after.label, strict=True))


@pytest.mark.parametrize(
    ("edits", "kept", "dropped"),
    [
        ([(0, 3, "one")], ["Bob Ray"], ["Bob Ray"]),
        ([(4, 4, "x")], ["Bob Ray"], ["Bob Ray"]),  # at its edge: outside
        ([(11, 11, "x")], ["Bob Ray"], ["Bob Ray"]),
        ([(7, 7, "x")], ["Bobx Ray"], []),
        ([(4, 7, "Tim")], ["Tim Ray"], []),
        ([(5, 6, "")], ["Bb Ray"], []),
        ([(2, 5, "xyz")], ["xyzob Ray"], []),  # over its edge: stretched
        ([(10, 13, "xyz")], ["Bob Raxyz"], []),
        ([(0, 15, "xyz")], ["xyz"], []),
        ([(4, 11, "")], [], []),  # nothing left
        ([(0, 15, "")], [], []),
        ([(3, 4, ""), (11, 12, "")], ["Bob Ray"], ["Bob Ray"]),
    ],
)
def test_a_span_stretches_with_its_edits_or_is_dropped(edits, kept, dropped):
    text, spans = "the Bob Ray show", [(4, 11, "name")]
    assert [surface for surface, _ in shifted(text, edits, spans)[1]] == kept
    assert [surface for surface, _ in shifted(text, edits, spans, drop=True)[1]] == dropped


def test_spans_may_nest_and_overlap():
    text, spans = (
        "the Bob Ray show",
        [(0, 16, "all"), (4, 11, "name"), (4, 7, "first"), (8, 16, "rest"), (4, 4, "at")],
    )
    made, after = shifted(text, [(0, 3, "a"), (8, 11, "Sun")], spans)
    assert made == "a Bob Sun show"
    assert after == [(made, "all"), ("Bob Sun", "name"), ("Bob", "first"), ("Sun show", "rest"), ("", "at")]
    assert [label for _, label in shifted(text, [(8, 11, "Sun")], spans, drop=True)[1]] == ["first", "at"]


def test_a_moved_unit_takes_its_spans_along():
    batch = tile(["old Bob met Ann", "x y"])
    start, end = np.array([4, 12], np.int32), np.array([7, 15], np.int32)
    swap = Edits.of(np.zeros(2, np.int32), 2, start, end, start[::-1].copy(), end[::-1].copy(), np.ones(2, np.uint8))
    data, offsets = swap.apply(batch.data, batch.offsets)
    assert rows_of(data, offsets) == ["old Ann met Bob", "x y"]
    spans = [
        [(4, 7, "he"), (12, 15, "she"), (13, 14, "n"), (8, 11, "met"), (0, 7, "both"), (4, 15, "all")],
        [(2, 3, "y")],
    ]
    after = byte_spans(["old Bob met Ann", "x y"], spans).shifted(swap, drop_touched=False)
    assert dict(zip(after.label, surfaces(data, after), strict=True)) == {
        "he": "Bob", "she": "Ann", "n": "n", "met": "met", "both": "old Ann", "all": "Ann met Bob", "y": "y",
    }  # fmt: skip
    after = byte_spans(["old Bob met Ann", "x y"], spans).shifted(swap, drop_touched=True)
    assert after.label.tolist() == ["he", "she", "n", "met", "y"]


def test_an_empty_span_at_the_end_of_a_row_stays_there():
    """The next row begins at the same byte: neither an insertion nor a move there may take it away."""
    rows = ["ab", "cd ef"]
    spans = byte_spans(rows, [[(2, 2, "end")], []])
    at, one = np.array([2], np.int32), np.array([1], np.int32)
    insert = Edits.of(one, 2, at, at, at - 2, at - 1, text=np.frombuffer(b"x", np.uint8))
    swap = Edits.of(np.ones(2, np.int32), 2, np.array([2, 5], np.int32), np.array([4, 7], np.int32),
                    np.array([5, 2], np.int32), np.array([7, 4], np.int32), np.ones(2, np.uint8))  # fmt: skip
    for edits in (insert, swap):
        after = spans.shifted(edits, drop_touched=False)
        assert (after.start.tolist(), after.end.tolist(), after.label.tolist()) == ([2], [2], ["end"])


@st.composite
def chains(draw):
    """Draw rows and three steps of edits, each of what the last one made; the steps know who made them."""
    rows, steps = draw(rows_of_text), []
    batch = tile(rows)
    for by in range(3):
        step = draw(edits_of(rows_of(batch.data, batch.offsets)))
        steps.append((batch, Edits(*step.arrays, by=np.full(len(step), by, np.int32))))
        batch = tile(rows_of(*step.apply(batch.data, batch.offsets)))
    return steps, batch


@given(chain=chains())
def test_steps_compose_in_any_grouping(chain):
    ((first, a), (second, b), (third, c)), made = chain
    left = a.then(b, first.data, second.data).then(c, first.data, third.data)
    right = a.then(b.then(c, second.data, third.data), first.data, second.data)
    for composed in (left, right):
        data, offsets = composed.apply(first.data, first.offsets)
        assert rows_of(data, offsets) == rows_of(made.data, made.offsets)
        assert set(composed.by.tolist()) <= {0, 1, 2}
    assert (left.touched == (a.touched | b.touched | c.touched)).all()


def test_a_composed_edit_is_by_the_step_that_comes_first():
    batch, zero = tile(["abc"]), np.zeros(1, np.int32)

    def edit(start, end, new, by):
        text = np.frombuffer(new.encode(), np.uint8)
        made = Edits.of(zero, 1, zero + start, zero + end, zero, zero + len(new), text=text)
        return Edits(*made.arrays, by=zero + by)

    apart = edit(0, 1, "x", 0).then(edit(2, 3, "y", 1), batch.data, np.frombuffer(b"xbc", np.uint8))
    assert apart.by.tolist() == [0, 1]
    assert new_texts(apart, batch.data) == [b"x", b"y"]
    assert edit(0, 1, "x", 0).then(Edits.none(1), batch.data, batch.data).by is None


@given(before=st.one_of(texts, real_texts), after=st.one_of(texts, real_texts))
def test_a_diff_leads_from_one_text_to_the_other(before, after):
    made, at = [], 0
    for start, end, new in diff(before, after):
        assert at <= start <= end and before[start:end] != new
        made += [before[at:start], new]
        at = end
    assert "".join([*made, before[at:]]) == after
    assert list(diff(before, before)) == []


def test_a_difference_in_chinese_is_one_of_characters():
    assert list(diff("我很喜欢这部电影，很好。", "我很喜欢这部影片，很好。")) == [(6, 7, ""), (8, 8, "片")]
