"""Draws have addresses: frozen keys, purity, independence of rows, purposes, epochs, copies and nodes."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import U64

from textaug.draws import Address, Draws, Purpose, UnitDraws, row_id, threshold

ROWS = 40_000


def uniform(draws):
    return np.asarray(draws) / 2**32


def unrelated(one, other):
    """Say whether two samples' correlation is within 5 standard errors of zero."""
    return abs(np.corrcoef(one, other)[0, 1]) < 5 / np.sqrt(len(one))


@pytest.mark.parametrize(
    ("address", "node", "key"),
    [
        (Address(), "WordSwap/1/0", 7011604725174275575),
        (Address(seed=1), "WordSwap/1/0", 5615780115583482327),
        (Address(seed=-(2**70), epoch=3, copy=2, source="a/b.parquet"), "CharSwap/1/2", 4324398495319729114),
        (Address(source="数据\udc80"), "CharSwap/1/0", 12530603051260295412),
    ],
)
def test_keys_are_frozen(address, node, key):
    """Another key would be another augmentation of everything that was ever augmented."""
    assert address.key(node) == key


def test_every_part_of_an_address_counts():
    parts = [{}, {"seed": 1}, {"epoch": 1}, {"copy": 2}, {"source": "1"}, {"seed": -1}, {"seed": 2**64}]
    keys = {Address(**part).key(node) for part in parts for node in ("A/1/0", "A/1/1", "A/2/0", "B/1/0")}
    assert len(keys) == 4 * len(parts) and all(0 <= key < 2**64 for key in keys)


def test_parts_of_an_address_do_not_run_together():
    assert Address(seed=1, epoch=23).key("A") != Address(seed=12, epoch=3).key("A")
    assert Address(source="b").key("A") != Address(copy=1, source="").key("Ab")


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (0, 0),
        (2**64 - 1, 2**64 - 1),
        (-1, 2**64 - 1),
        (2**64, 0),
        (np.int32(7), 7),
        ("", None),
        ("seven", None),
    ],
)
def test_row_ids_are_integers_as_they_are_and_strings_hashed(value, made):
    assert row_id(value) == row_id(value)
    if made is not None:
        assert row_id(value) == made
    else:
        assert 2**32 < row_id(value) < 2**64 and row_id(value) != row_id(value + " ")


@given(st.floats(0, 1))
def test_thresholds_are_within_half_a_step_of_their_probability(probability):
    assert abs(threshold(probability) - probability * 2**32) <= 0.5


@given(key=U64, ids=st.lists(U64, min_size=1, max_size=5))
def test_a_draw_depends_on_its_own_row_alone(key, ids):
    together = Draws(key, np.array(ids, np.uint64)).per_row(Purpose.GATE)
    alone = [Draws(key, np.array([one], np.uint64)).per_row(Purpose.GATE)[0].tolist() for one in ids]
    assert together.tolist() == alone and together.dtype == np.uint32


def test_the_draws_of_units_come_from_their_own_blocks():
    draws = Draws(5, np.array([3, 2**40], np.uint64))
    row_offsets, unit = np.array([0, 2, 5], np.int32), np.arange(5, dtype=np.int32)
    row = np.array([0, 0, 1, 1, 1], np.int32)
    made = draws.corrupting(row_offsets, unit, row)
    assert made.tolist() == draws.blocks(row, Purpose.CORRUPT, unit - row_offsets[row])[:, 0].tolist()


@pytest.mark.parametrize("first", [0, 2**32 - 9, 2**63])
def test_draws_are_uniform(first):
    """256 equal bins: chi-square, 255 degrees of freedom, stays under its mean + 5 standard deviations."""
    draws = Draws(11, np.arange(ROWS, dtype=np.uint64) + np.uint64(first)).per_row(Purpose.SELECT)
    for lane in range(4):
        for bits in (24, 0):  # the high and the low byte
            counts = np.bincount(draws[:, lane] >> np.uint32(bits) & np.uint32(255), minlength=256)
            assert ((counts - ROWS / 256) ** 2 / (ROWS / 256)).sum() < 255 + 5 * np.sqrt(2 * 255)


def test_draws_of_other_addresses_are_unrelated():
    ids = np.arange(ROWS, dtype=np.uint64)
    made = [
        Draws(Address(**part).key(node), ids + np.uint64(shift)).per_row(purpose)[:, 0]
        for part, node, purpose, shift in [
            ({}, "A/1/0", Purpose.SELECT, 0),
            ({}, "A/1/0", Purpose.SELECT, 1),
            ({}, "A/1/0", Purpose.CORRUPT, 0),
            ({}, "A/1/1", Purpose.SELECT, 0),
            ({}, "A/2/0", Purpose.SELECT, 0),
            ({}, "B/1/0", Purpose.SELECT, 0),
            ({"seed": 1}, "A/1/0", Purpose.SELECT, 0),
            ({"epoch": 1}, "A/1/0", Purpose.SELECT, 0),
            ({"copy": 2}, "A/1/0", Purpose.SELECT, 0),
            ({"source": "b"}, "A/1/0", Purpose.SELECT, 0),
        ]
    ]
    assert all(unrelated(uniform(one), uniform(other)) for one, other in combinations(made, 2))


def test_the_numbers_of_purposes_never_change():
    assert {purpose.name: int(purpose) for purpose in Purpose} == {
        "GATE": 0, "RATE": 1, "SELECT": 2, "CORRUPT": 3, "CHOOSE": 4, "ORDER": 5, "BUDGET": 6, "LENGTH": 7,
        "TOKEN": 8, "LEVEL": 9, "PLACE": 10, "PAIR": 11, "SCHEME": 12, "SIMILAR": 13, "TRIM": 14, "SIMPLE": 16,
    }  # fmt: skip


def test_the_draws_of_a_simple_transform_come_in_order_and_are_pure():
    def ten(**other):
        address = {"key": 1, "row_id": 2, "unit": 3} | other
        draws = UnitDraws(**address)
        return [draws.bits() for _ in range(10)]

    assert ten() == ten() and len(set(ten())) == 10
    assert not {*ten()} & ({*ten(key=2)} | {*ten(row_id=3)} | {*ten(unit=4)})


def test_helpers_of_simple_transforms_are_fair():
    """6,000 throws of a die: each face within 5 standard deviations, 5 * sqrt(6000 / 6 * 5 / 6), of 1000."""
    throws = [UnitDraws(1, row, 0) for row in range(6000)]
    counts = np.bincount([draws.below(6) for draws in throws])
    assert len(counts) == 6 and (abs(counts - 1000) < 5 * 29).all()
    assert abs(sum(draws.chance(0.25) for draws in throws) - 1500) < 5 * 34
    assert {draws.pick("abc") for draws in throws} == set("abc")
    assert UnitDraws(1, 2, 3).chance(1.0) and not UnitDraws(1, 2, 3).chance(0.0)
    assert UnitDraws(1, 2, 3).below(1) == 0
