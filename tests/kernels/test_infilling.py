"""Text infilling: the compiled kernel agrees with its definition; what it keeps stays in order, the budget is exact."""

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import marked, same

definition = import_module("textaug.kernels.reference.infilling")
KEYS = st.integers(0, 2**64 - 1)
MASK = 5000


@pytest.fixture(scope="module", params=["textaug.kernels.infilling", "textaug.kernels.reference.infilling"])
def kernel(request):
    return pytest.importorskip(request.param, reason="the kernels are not compiled here")


@pytest.fixture(scope="module")
def compiled():
    return pytest.importorskip("textaug.kernels.infilling", reason="the kernels are not compiled here")


@st.composite
def asked(draw):
    """Draw rows, and the limits of some lengths that are not all 0."""
    part, offsets, row_ids, rng = draw(marked())
    limits = np.sort(rng.integers(0, 2**32, int(rng.integers(1, 9)), dtype=np.uint64))
    limits[0] = min(limits[0], 2**31)
    return part, offsets, row_ids, rng, limits


def filled(kernel, rows, key, replace, random=0):
    """Run the whole of the noise but for sentences and rotation; return its parts."""
    part, offsets, row_ids, rng, limits = rows
    ids = np.arange(len(part), dtype=np.int64)
    words, lead, trail = kernel.extent(part, offsets)
    budget = (words * rng.random(len(words))).astype(np.int32)
    begins, length = kernel.lengths(budget, limits, key, row_ids, (7, 6))
    pool = np.arange(7000, 7010)
    given = (ids, part, offsets, words, lead, begins, length, key, row_ids, (10, 3, 8), replace, MASK, random, pool)
    return words, lead, trail, budget, begins, length, kernel.fill(*given)


@settings(max_examples=150)
@given(asked(), KEYS, st.sampled_from([-1, 0, 1]), st.sampled_from([0, 2**30, 2**32]), st.integers(0, 7))
def test_it_agrees_with_its_definition(compiled, rows, key, replace, random, sevenths):
    part, offsets, row_ids, _, _ = rows
    seed = np.random.default_rng(key % 2**32)
    results = []
    for one in (compiled, definition):
        words, lead, trail, budget, begins, length, (ids, ends) = filled(
            one, (*rows[:3], np.random.default_rng(key % 2**32), rows[4]), key, replace, random
        )
        stops = np.array(seed.bit_generator.seed_seq.generate_state(len(part) or 1) % 3 == 0, np.uint8)[: len(part)]
        moved = one.sentences(
            np.arange(len(part)), part, offsets, lead, trail, stops, key, row_ids, (2, 5), (sevenths, 7)
        )
        turned = one.rotate(ids, ends, lead, trail, key, row_ids, 0, 2**31)
        results.append([words, lead, trail, budget, begins, length, ids, ends, *moved, turned])
    same(*results)


@given(asked(), KEYS, st.sampled_from([-1, 0, 1]))
def test_what_is_kept_stays_in_order_and_the_budget_is_exact(kernel, rows, key, replace):
    part, offsets, row_ids, _, _ = rows
    _, lead, trail, budget, begins, length, (ids, ends) = filled(kernel, rows, key, replace)
    for r in range(len(row_ids)):
        size, row = offsets[r + 1] - offsets[r], ids[ends[r] : ends[r + 1]] - offsets[r]
        kept = row[row < MASK - offsets[r]]
        assert (np.diff(kept) > 0).all()
        parts = part[offsets[r] : offsets[r + 1]]
        gone = np.setdiff1d(np.arange(size), kept)
        word = np.cumsum(parts == 1)
        assert (parts[gone] != 2).all() and len(set(word[gone])) == budget[r]
        assert not set(word[gone]) & set(word[kept][parts[kept] != 2])  # words are whole
        spans = length[begins[r] : begins[r + 1]]
        assert spans.sum() == budget[r]
        masks, inserted = len(row) - len(kept), np.count_nonzero(spans == 0)
        if replace == 1:
            assert len(spans) <= masks <= len(spans) + np.count_nonzero(parts == 2)
        else:
            assert masks == inserted + (len(gone) if replace == -1 else 0)
        assert row[: lead[r]].tolist() == list(range(lead[r]))
        assert row[len(row) - trail[r] :].tolist() == list(range(size - trail[r], size))


@given(asked(), KEYS, st.integers(0, 4))
def test_sentences_move_whole(kernel, rows, key, quarters):
    part, offsets, row_ids, rng, _ = rows
    _, lead, trail = kernel.extent(part, offsets)
    stops = (rng.random(len(part)) < 0.2).astype(np.uint8)
    places = np.arange(len(part))
    source, moved = kernel.sentences(places, part, offsets, lead, trail, stops, key, row_ids, (2, 5), (quarters, 4))
    np.testing.assert_array_equal(moved, part[source])
    for r in range(len(row_ids)):
        start, end = offsets[r], offsets[r + 1]
        row = source[start:end]
        assert sorted(row) == list(range(start, end))
        outside = [*range(start, start + lead[r]), *range(end - trail[r], end)]
        assert (source[outside] == outside).all()
        if quarters == 0:
            assert (row == np.arange(start, end)).all()
        for t in range(start + lead[r], end - trail[r] - 1):  # whom nothing parts, stand side by side
            seen = np.flatnonzero(row == t)[0]
            word_begins = max(k for k in range(start, t + 1) if part[k] != 0)
            if part[t + 1] == 0 or not stops[word_begins : t + 1].any():
                assert row[seen + 1] == t + 1


@given(asked(), KEYS)
def test_a_row_that_is_rotated_is_rotated(kernel, rows, key):
    part, offsets, row_ids, _, _ = rows
    _, lead, trail = kernel.extent(part, offsets)
    ids = np.arange(len(part), dtype=np.int64)
    turned = kernel.rotate(ids, offsets, lead, trail, key, row_ids, 0, 2**32)
    for r in range(len(row_ids)):
        start, end = offsets[r] + lead[r], offsets[r + 1] - trail[r]
        row = turned[start:end].tolist()
        assert row == ([*range(row[0], end), *range(start, row[0])] if row else [])
    assert (kernel.rotate(ids, offsets, lead, trail, key, row_ids, 0, 0) == ids).all()


def test_many_spans_of_no_words_find_room(kernel):
    budget, row_ids = np.array([3, 0, 2], np.int32), np.arange(3, dtype=np.uint64)
    begins, length = kernel.lengths(budget, np.array([2**32 - 2**26], np.uint64), 5, row_ids, (7, 6))
    assert np.diff(begins)[1] == 0 and begins[-1] == len(length) > 150
    assert [length[a:b].sum() for a, b in pairwise(begins)] == [3, 0, 2]
    same([begins, length], definition.lengths(budget, np.array([2**32 - 2**26], np.uint64), 5, row_ids, (7, 6)))
