"""The engine: what each node did, whatever the tiles; spans, edits and the addresses of nodes."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_transform, columns, eager, rows_of_text, spans_of

import textaug as ta
from textaug import batch
from textaug.applied import Applied
from textaug.draws import Address
from textaug.edits import Edits
from textaug.engine import run
from textaug.transform import Proposal, Transform

SPAN = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("label", pa.string())]))
ROWS = ["The plot is thin, but the actors save it.", None, "", "这部电影很好看。", "One two three four"] * 5


def ids(rows):
    return np.arange(len(rows), dtype=np.uint64)


def column(spans):
    keys = ("start", "end", "label")
    return pa.array([[dict(zip(keys, span, strict=True)) for span in row] for row in spans], SPAN)


def outcome(transform, rows, **options):
    return run(transform, pa.array(rows, pa.string()), row_ids=ids(rows), want_edits=True, **options)


def same(one, other):
    """Say whether two outcomes are the same to the byte."""
    arrays = zip((one.text, one.spans, one.edits), (other.text, other.spans, other.edits), strict=True)
    return all(a is b is None or a.equals(b) for a, b in arrays) and all(
        (a.node, a.eligible, a.changed) == (b.node, b.eligible, b.changed) and (a.rows == b.rows).all()
        for a, b in zip(one.applied, other.applied, strict=True)
    )


@pytest.mark.parametrize("size", [1, 50])
@given(made=any_transform, rows=rows_of_text, data=st.data())
def test_tiles_make_no_difference(size, made, rows, data):
    spans = column(data.draw(spans_of(rows)))
    whole = outcome(made, rows, spans=spans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "TILE_BYTES", size)
        patch.setattr(batch, "TILE_ROWS", 2)
        assert same(outcome(made, rows, spans=spans), whole)


@given(made=any_transform, rows=columns)
def test_nulls_and_empty_texts_stay(made, rows):
    done = outcome(made, rows).text.to_pylist()
    assert [text is None for text in done] == [text is None for text in rows]
    assert all(new == "" for old, new in zip(rows, done, strict=True) if old == "")


@given(made=any_transform, rows=columns)
def test_what_is_told_is_what_was_done(made, rows):
    """Rows that no node changed are as they were; rows that one node alone changed are not."""
    done = outcome(made, rows)
    assert [type(leaf).__name__ for leaf in made.leaves()] == [one.node.partition("#")[0] for one in done.applied]
    times = np.zeros(len(rows), int)
    for one in done.applied:
        assert one.changed <= one.eligible and len(one.rows) == len(rows)
        assert one.rows.any() == (one.changed > 0) and one.rows.sum() <= one.changed
        assert one.realised is None if not one.eligible else one.realised == one.changed / one.eligible
        times += one.rows
    for old, new, count, edits in zip(rows, done.text.to_pylist(), times, done.edits.to_pylist(), strict=True):
        assert (count == 0) <= (old == new and not edits)
        assert (count == 1) <= (old != new and len(edits) > 0)


@given(made=any_transform, rows=columns)
def test_edits_made_to_the_old_text_give_the_new_one(made, rows):
    done = outcome(made, rows)
    nodes = {one.node for one in done.applied}
    for old, new, edits in zip(rows, done.text.to_pylist(), done.edits.to_pylist(), strict=True):
        text, end = old, len(old or "")
        for edit in reversed(edits):
            assert 0 <= edit["start"] <= edit["end"] <= end and edit["by"] in nodes
            text, end = text[: edit["start"]] + edit["text"] + text[edit["end"] :], edit["start"]
        assert text == new


@given(made=any_transform, rows=rows_of_text, data=st.data())
def test_spans_neither_change_the_rows_nor_leave_them(made, rows, data):
    done = outcome(made, rows, spans=column(data.draw(spans_of(rows))))
    for text, spans in zip(done.text.to_pylist(), done.spans.to_pylist(), strict=True):
        assert all(0 <= span["start"] <= span["end"] <= len(text) for span in spans)


def test_nodes_are_named_by_their_occurrence():
    steps = [eager("WordSwap"), ta.OneOf([eager("WordSwap"), eager("CharSwap")]), eager("WordSwap")]
    done = outcome(ta.Compose(steps), ROWS)
    assert [one.node for one in done.applied] == ["WordSwap", "WordSwap#2", "CharSwap", "WordSwap#3"]
    assert [one.asked for one in done.applied] == [0.5] * 4
    made_by = {edit["by"] for row in done.edits.to_pylist() for edit in row}
    assert made_by <= {one.node for one in done.applied} and len(made_by) > 2


def test_what_was_applied_adds_up():
    one = Applied("X", "flips", 0.1, 10, 2, np.array([True]))
    total = one + Applied("X", "flips", 0.1, 5, 0, np.array([False, True]))
    assert (total.eligible, total.changed, total.rows.tolist()) == (15, 2, [True, False, True])
    assert total.realised == 2 / 15 and Applied("X", "flips", None, 0, 0, one.rows).realised is None


def test_an_address_is_all_that_a_run_depends_on():
    text, aug = pa.array(ROWS), eager("CharSubstitute")
    made = [
        run(aug, text, row_ids=ids(ROWS), address=address).text.to_pylist()
        for address in (Address(), Address(seed=1), Address(epoch=1), Address(copy=2), Address(source="b"))
    ]
    assert run(aug, text, row_ids=ids(ROWS)).text.to_pylist() == made[0]
    assert all(one != other for k, one in enumerate(made) for other in made[:k])


@pytest.mark.parametrize("rows", [[], [None], [""], ["", None, ""]])
def test_columns_without_text_are_columns_without_edits(rows):
    for name in ta.registry():
        done = outcome(eager(name), rows, spans=column([[] for _ in rows]))
        assert done.text.to_pylist() == rows and len(done.spans) == len(done.edits) == len(rows)
        assert all((one.eligible, one.changed) == (0, 0) for one in done.applied)


def test_the_row_of_a_wrong_span_is_counted_from_the_first(monkeypatch):
    monkeypatch.setattr(batch, "TILE_ROWS", 2)
    spans = column([[], [], [], [(0, 9, "x")]])
    with pytest.raises(ta.DataError, match=r"row 3: the span \(0, 9\) lies outside of its text of 1 characters"):
        outcome(ta.WordSwap(), ["a"] * 4, spans=spans)


def test_a_row_that_would_outgrow_two_gigabytes_is_refused():
    class Explode(Transform):
        def propose(self, batch, draws):
            zero, far = np.zeros(1, np.int32), np.array([0x7FFFFFFF], np.int32)
            return Proposal(Edits.of(zero, len(batch), zero, zero, zero, far), 1, 1)

    with pytest.raises(ta.DataError, match=r"Explode would make 2147483648 bytes.*the limit is 2 GiB: split the text"):
        outcome(Explode(), ["a"])


def test_a_transform_sees_only_the_rows_that_it_may_touch():
    seen = []

    class Look(Transform):
        def propose(self, batch, draws):
            seen.append(None if batch.active is None else batch.active.tolist())
            return Proposal(Edits.none(len(batch)), 0, 0)

    outcome(Look(), ["a", "b"])
    outcome(Look(), ["a", None])
    outcome(ta.OneOf([Look(), ta.WordSwap()], weights=(1, 0)), ["a", None])
    outcome(Look(p=0.0), ["a", "b"])
    assert seen == [None, [1, 0], [1, 0]]  # without a row, not called at all
