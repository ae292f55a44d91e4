"""Span corruption: the compiled kernel agrees with its definition; inputs and labels rebuild the row."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import marked, same

definition = import_module("textaug.kernels.reference.spans")
KEYS = st.integers(0, 2**64 - 1)
SENTINELS = np.arange(9999, 9000, -1)


@pytest.fixture(scope="module", params=["textaug.kernels.spans", "textaug.kernels.reference.spans"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.spans", reason="the kernels are not compiled here")


@st.composite
def asked(draw):
    """Draw what `place` takes: noise and spans that there is room for."""
    marks, offsets, row_ids, rng = draw(marked())
    published = rng.integers(0, 2, len(row_ids)).astype(np.uint8)
    noise, spans = np.zeros(len(row_ids), np.int32), np.zeros(len(row_ids), np.int32)
    for r in range(len(row_ids)):
        may = np.count_nonzero(marks[offsets[r] : offsets[r + 1]] != 2)
        if may > 1 and rng.random() < 0.9:
            noise[r] = rng.integers(1, may)
            spans[r] = rng.integers(1, min(noise[r], may - noise[r] + 1 - published[r]) + 1)
    return marks, offsets, draw(KEYS), row_ids, (7, 10), noise, spans, published


@given(asked(), st.booleans(), st.integers(-1, 3))
def test_it_agrees_with_its_definition(compiled, given_rows, prefixed, eos):
    placed = definition.place(*given_rows)
    same(compiled.place(*given_rows), placed)
    marks, offsets, row_ids = given_rows[0], given_rows[1], given_rows[3]
    ids = np.random.default_rng(len(marks)).integers(0, 6, len(marks))
    prefix = (row_ids % np.uint64(3)).astype(np.int64) - 1 if prefixed else np.full(len(row_ids), -1)
    filled = definition.fill(ids, offsets, *placed, SENTINELS, prefix, eos)
    same(compiled.fill(ids, offsets, *placed, SENTINELS, prefix, eos), filled)


@given(asked())
def test_spans_are_what_was_asked_for(kernel, given_rows):
    marks, offsets, _, row_ids, _, noise, spans, published = given_rows
    begins, starts, ends = kernel.place(*given_rows)
    for r in range(len(row_ids)):
        start, end = starts[begins[r] : begins[r + 1]] - offsets[r], ends[begins[r] : begins[r + 1]] - offsets[r]
        may = marks[offsets[r] : offsets[r + 1]] != 2
        mask = np.zeros(len(may), bool)
        for a, b in zip(start, end, strict=True):
            assert a < b and not mask[a:b].any()
            mask[a:b] = True
        assert not (mask & ~may).any() and mask.sum() == noise[r]
        among = mask[may]  # tokens that may not be noise part spans, but make no others
        runs = np.count_nonzero(np.diff(np.concatenate([[0], among.astype(int)])) == 1)
        assert runs == spans[r] <= len(start)
        if spans[r] and published[r]:
            assert among[-1] and not among[0]


@given(asked(), st.sampled_from([-1, 1]))
def test_inputs_and_labels_rebuild_the_row(kernel, given_rows, eos):
    marks, offsets, row_ids = given_rows[0], given_rows[1], given_rows[3]
    ids = np.random.default_rng(len(marks)).integers(2, 1000, len(marks))
    begins, starts, ends = kernel.place(*given_rows)
    made = kernel.fill(ids, offsets, begins, starts, ends, SENTINELS, np.full(len(row_ids), -1), eos)
    for r in range(len(row_ids)):
        new = made[0][made[1][r] : made[1][r + 1]].tolist()
        wanted = made[2][made[3][r] : made[3][r + 1]].tolist()
        if eos >= 0:
            assert new.pop() == wanted.pop() == eos
        held, sentinel = {}, None
        for token in wanted:
            if token > 9000:
                sentinel = token
            held.setdefault(sentinel, []).append(token)
        assert list(held) == [9999 - k for k in range(len(held))]
        rebuilt = [one for token in new for one in (held.get(token, [token])[token > 9000 :])]
        assert rebuilt == ids[offsets[r] : offsets[r + 1]].tolist()


def test_the_known_answer(kernel):
    ids, ints = np.arange(100, 110), lambda *values: np.array(values, np.int32)
    made = kernel.fill(
        ids, ints(0, 10), ints(0, 3), ints(2, 7, 9), ints(4, 8, 10), np.array([999, 998, 997]), np.array([-1]), -1
    )
    assert made[0].tolist() == [100, 101, 999, 104, 105, 106, 998, 108, 997]
    assert made[2].tolist() == [999, 102, 103, 998, 107, 997, 109]
    made = kernel.fill(
        ids, ints(0, 10), ints(0, 1), ints(2), ints(4), np.array([999]), np.array([7]), 109
    )  # a prefix, and the row's own end
    assert made[0].tolist() == [7, 100, 101, 999, *range(104, 110)]
    assert made[2].tolist() == [999, 102, 103, 109]
