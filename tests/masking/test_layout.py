"""Rows padded or packed: against plain definitions, and nothing lost."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.errors import UsageError
from textaug.masking import DataCollatorForSpanMask, Exact, Masking, Rows, Spans, Vocabulary
from textaug.masking.layout import Padding, tensors
from textaug.masking.pack import pack

ROWS = st.lists(st.lists(st.integers(2, 99), max_size=12), min_size=1, max_size=15)


def filled(rows, width, fill, left):
    return [[fill] * (width - len(row)) + row if left else row + [fill] * (width - len(row)) for row in rows]


@given(ROWS, st.none() | st.integers(1, 9), st.booleans(), st.integers(-9, 9), st.sampled_from([np.int32, np.float32]))
def test_rows_are_padded(rows, multiple, left, fill, kind):
    made = Rows.of(rows)
    made = Rows(made.values.astype(kind), made.offsets)
    padding = Padding.to_longest(made, multiple, left)
    longest = max(map(len, rows))
    assert padding.width == (longest if multiple is None else -(-longest // multiple) * multiple)
    assert padding.pad(made, fill).tolist() == filled(rows, padding.width, fill, left)
    assert padding.pad(made).dtype == (np.int64 if kind == np.int32 else np.float32)
    assert padding.attention(made.offsets).tolist() == filled([[1] * len(row) for row in rows], padding.width, 0, left)
    row = np.repeat(np.arange(len(rows)), made.lengths)
    places = padding.places(made.offsets, np.arange(len(row), dtype=np.int32), row)
    assert padding.pad(made)[row, places].tolist() == made.values.tolist()


@given(ROWS, st.integers(0, 20))
def test_bins_hold_every_row_once_and_whole(rows, more):
    made = Rows.of(rows)
    size = max(1, *map(len, rows)) + more
    bins = pack(made, size)
    assert sorted(bins.order.tolist()) == list(range(len(rows)))
    assert bins.shape[1] == size
    laid = bins.lay(np.arange(len(made.values)), -1)
    assert sorted(laid[laid >= 0].tolist()) == list(range(len(made.values)))
    for row, (first, last) in enumerate(zip(made.offsets[:-1], made.offsets[1:], strict=True)):
        at = [(bin, place) for bin, place in zip(*np.nonzero((laid >= first) & (laid < last)), strict=True)]
        assert len({bin for bin, _ in at}) <= 1, row
        assert [laid[one] for one in at] == list(range(first, last))
        assert all(b[1] - a[1] == 1 for a, b in pairwise(at))
    used = (laid >= 0).sum(axis=1)
    assert used.max(initial=0) >= made.lengths.max()
    pairs = [(a, b) for a in range(len(used)) for b in range(a) if used[a] + used[b] <= size and used[a] and used[b]]
    assert not pairs, "two bins would fit into one"


@given(ROWS)
def test_flat_rows_lie_in_order(rows):
    made = Rows.of(rows)
    bins = pack(made, "flat")
    assert bins.lay(made.values, -1).tolist() == [made.values.tolist()]
    columns = bins.columns(made, made.values, made.values, 0, -100)
    bounds = np.cumsum([0, *(len(row) for row in rows if row)])
    assert columns["cu_seqlens"].tolist() == bounds.tolist()
    assert columns["cu_seqlens"].dtype == np.int32
    assert columns["max_seqlen"] == max(map(len, rows))
    assert columns["position_ids"][0].tolist() == [place for row in rows for place in range(len(row))]
    assert columns["attention_mask"].all()


@given(ROWS, st.integers(0, 9))
def test_what_is_left_of_a_bin_counts_as_a_row(rows, more):
    made = Rows.of(rows)
    bins = pack(made, max(1, *map(len, rows)) + more)
    columns = bins.columns(made, made.values, made.values, 0, -100)
    bounds, held = columns["cu_seqlens"], columns["attention_mask"].reshape(-1)
    assert bounds[0] == 0
    assert bounds[-1] == held.size
    assert (np.diff(bounds) > 0).all()
    assert columns["max_seqlen"] == np.diff(bounds).max()
    assert all(len(set(held[a:b])) == 1 for a, b in pairwise(bounds))
    lengths = [b - a for a, b in pairwise(bounds) if held[a]]
    assert sorted(lengths) == sorted(len(row) for row in rows if row)


@pytest.mark.parametrize("size", [0, -3, True, 2.5, "flt", None])
def test_bins_have_a_size(size):
    with pytest.raises(UsageError, match="give the number of tokens in a bin, or 'flat'"):
        pack(Rows.of([[1]]), size)


def test_rows_that_are_longer_than_a_bin_are_refused():
    with pytest.raises(UsageError, match="row 1 has 3 tokens, and pack_to=2; cut it, or pack to more"):
        pack(Rows.of([[1], [1, 2, 3]]), 2)


def test_tensors_are_the_arrays_themselves():
    array = np.arange(3)
    made = tensors({"a": array, "b": ["text"], "c": 5}, "pt")
    made["a"][0] = 9
    assert array[0] == 9
    assert made["b"] == ["text"]
    assert made["c"] == 5
    assert tensors({"a": array}, "np")["a"] is array
    with pytest.raises(UsageError, match="return_tensors='tf': give 'pt' for torch tensors, or 'np'"):
        tensors({}, "tf")


VOCABULARY = Vocabulary(("[PAD]", "[MASK]", "[S]", *map(str, range(97))), (0, 1, 2), mask=1, pad=0)


@given(ROWS, st.booleans(), st.integers(0, 9))
def test_boundaries_of_masked_spans(rows, left, seed):
    """SpanBERT: for each masked token the tokens at the borders of its span, and its place in it from 1 on."""
    tokenizer = VOCABULARY
    rows = [[2, *row, 2] for row in rows]
    masking = Masking(Spans(), Exact(0.4))
    collate = DataCollatorForSpanMask(tokenizer, masking=masking, boundary=True, return_tensors="np", seed=seed)
    collate.padding = lambda held: Padding.to_longest(held, None, left)
    batch = collate(rows)
    for row, labels in enumerate(batch["labels"]):
        masked = labels != -100
        for place in range(len(labels)):
            held = [int(batch[name][row, place]) for name in ("span_left", "span_right", "span_position")]
            if not masked[place]:
                assert held == [0, 0, 0]
                continue
            before, after, number = held
            assert before < place < after
            assert masked[before + 1 : after].all()
            assert not masked[before]
            assert not masked[after]
            assert number == place - before


def test_boundaries_are_not_lost_in_silence():
    with pytest.raises(UsageError, match=r"boundary=True.*pack_to"):
        DataCollatorForSpanMask(VOCABULARY, boundary=True, pack_to=8)
