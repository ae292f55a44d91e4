"""Batches: the compiled kernel agrees with its definition."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import same

definition = import_module("textaug.kernels.reference.collate")
ROWS = st.lists(st.lists(st.integers(-5, 2**40), max_size=9), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def kernel():
    return pytest.importorskip("textaug.kernels.collate", reason="the kernels are not compiled here")


@given(ROWS, st.integers(0, 5), st.booleans(), st.sampled_from([np.int32, np.int64]), st.integers(0, 2**32))
def test_batches_agree(kernel, rows, more, left, width, seed):
    values, offsets = definition.flatten(rows)
    same(kernel.flatten(rows), (values, offsets))
    values = values.astype(width)
    size = int(np.diff(offsets).max()) + more
    rng = np.random.default_rng(seed)
    picked = rng.random(len(values)) < 0.3
    begins = np.concatenate([[0], np.cumsum(picked)])[offsets].astype(np.int32)
    at = np.flatnonzero(picked).astype(np.int32)
    results = []
    for one in (kernel, definition):
        selected = begins, at, at.astype(np.int64)
        written = one.write(values, offsets, size, -7, left, *selected, -100)
        results.append([one.pad(values, offsets, size, -7, left), *written, one.attention(offsets, size, left)])
    same(*results)


@pytest.mark.parametrize("rows", [[[1, "a"]], [[1], [None]], [[1.5]]])
def test_what_is_no_integer_is_refused(kernel, rows):
    for one in (kernel, definition):
        with pytest.raises(TypeError, match=r"row . holds .*, not an integer"):
            one.flatten(rows)
