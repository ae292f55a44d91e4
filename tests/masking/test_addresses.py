"""Draws of different addresses have nothing in common, and millions of rows do not share one."""

import numpy as np
import pytest
from chances import are_distinct, are_unrelated, is_share
from maskings import chosen_of, sheet_of

from textaug.draws import Address
from textaug.kernels import draws as kernel_draws
from textaug.kernels import masking as kernel
from textaug.masking.sheet import NODE

ROWS, WIDTH = 16_384, 512


@pytest.fixture(scope="module")
def ids():
    return np.random.default_rng(1).integers(2, 1002, (ROWS, WIDTH))


@pytest.fixture(scope="module")
def chosen(ids):
    return chosen_of(sheet_of(ids))


def test_neighbours_rows_epochs_seeds_and_nodes_are_unrelated(ids, chosen):
    for lag in (1, 2, 3, 4, 8):
        assert are_unrelated(chosen[:, lag:], chosen[:, :-lag], 0.15)
    assert are_unrelated(chosen[1:], chosen[:-1], 0.15)
    assert are_unrelated(chosen[256:], chosen[:-256], 0.15)
    for address in (Address(7, epoch=1), Address(8), Address(7, copy=2), Address(7, source="other")):
        assert are_unrelated(chosen_of(sheet_of(ids, address)), chosen, 0.15)
    assert are_unrelated(chosen_of(sheet_of(ids, node="masking/2")), chosen, 0.15)
    high = np.arange(ROWS, dtype=np.uint64) << np.uint64(32)
    assert are_unrelated(chosen_of(sheet_of(ids, row_ids=high)), chosen, 0.15)


def test_ranks_and_epochs_of_hashed_rows_are_unrelated(ids, chosen):
    """Rows that differ in one token alone have masks that have nothing in common."""
    one, other = ids[:4096].copy(), ids[:4096].copy()
    other[:, 100] += 1
    hashes = [kernel.hashes(rows.reshape(-1), np.arange(4097, dtype=np.int32) * WIDTH, 0) for rows in (one, other)]
    masks = [chosen_of(sheet_of(one, row_ids=row_ids)) for row_ids in hashes]
    assert are_unrelated(*masks, 0.15)
    assert is_share(masks[0].sum(), masks[0].size, 0.15)


@pytest.mark.parametrize("form", ["pairs", "triples", "orders", "random", "long"])
def test_four_million_rows_have_four_million_addresses(form):
    """fairseq's 4 M streams were 66,054; by chance alone, 64 bits of 4 M rows collide once in two million runs."""
    n = 4_000_000
    number = np.arange(n)
    rng = np.random.default_rng(3)
    rows = {
        "pairs": lambda: np.stack([number // 2000, number % 2000], 1),
        "triples": lambda: np.stack([number // 25_600, number // 160 % 160, number % 160], 1),
        "orders": lambda: np.where(number[:, None] % 2 == [[0, 1]], number[:, None] // 2, 3_000_000),
        "random": lambda: np.column_stack([rng.integers(0, 30_000, (n, 3)), number // 200, number % 200]),
        "long": lambda: np.concatenate([np.full((n, 6), 7), number[:, None] // 2000, number[:, None] % 2000], axis=1),
    }[form]()
    rows = rows + 1
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * rows.shape[1]
    hashes = kernel.hashes(np.ascontiguousarray(rows.reshape(-1)), offsets, 0)
    assert are_distinct(hashes)


def test_four_million_addresses_have_four_million_draws():
    rows = np.arange(4_000_000, dtype=np.uint64)
    drawn = kernel_draws.blocks(Address(1).key(NODE), rows, 2, np.zeros(len(rows), np.uint32))
    assert are_distinct(drawn[:, 0].astype(np.uint64) << np.uint64(32) | drawn[:, 1])


def test_seeds_epochs_copies_and_sources_have_keys_of_their_own():
    keys = {Address(seed, epoch).key(NODE) for seed in range(300) for epoch in range(100)}
    keys |= {Address(0, 0, copy, source).key(NODE) for copy in range(2, 102) for source in map(str, range(20))}
    assert len(keys) == 32_000
