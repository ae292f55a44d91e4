"""What holds for every units × budget × corruption, over real lines and tokenizers of the four kinds."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maskings import ADDRESS, BUDGETS, UNITS, Case, cases, corruption, corruptions, exacts

from textaug.draws import Address
from textaug.kernels.reference.masking import KEEP, MASK, RANDOM, SIMILAR
from textaug.masking import (
    Bernoulli,
    Exact,
    Masking,
    Mixture,
    SimilarWord,
    Tokens,
    Words,
)
from textaug.masking.numbering import numbered
from textaug.masking.sheet import NODE

KINDS = [(units, budget) for units in UNITS for budget in BUDGETS]
IGNORE = -100


def rows_of(values, sheet):
    """Return values, one for each token, row by row, as arrays."""
    return np.split(np.asarray(values), sheet.ids.offsets[1:-1])


def addressed(seed):
    return Address(seed), Address(seed).key(NODE)


def special_of(case):
    """Return where no token may be selected, row by row."""
    known = np.zeros(case.vocabulary.size, bool)
    known[list(case.vocabulary.special)] = True
    marked = case.special or [[0] * len(row) for row in case.ids]
    return [known[row] | np.array(flags, bool) for row, flags in zip(case.ids, marked, strict=True)]


def check_numbering(first, scattered, special):
    """Hold a row's units to what a numbering is."""
    place = np.arange(len(first))
    assert (first[special] == -1).all()
    unit = first[first >= 0]
    assert (unit <= place[first >= 0]).all()
    assert (first[unit] == unit).all()  # a unit has the place of its first token for a number
    if not scattered:
        begins = np.concatenate([[True], first[1:] != first[:-1]])[: len(first)]
        assert (first[begins] == place[begins])[first[begins] >= 0].all()


def check_written(before, after, labels, special):
    """Hold a row's ids and labels to what masked rows are; return where it is selected."""
    selected = labels != IGNORE
    assert len(before) == len(after) == len(labels)
    assert (labels[selected] == before[selected]).all()
    assert (after[~selected] == before[~selected]).all()
    assert not selected[special].any()
    return selected


def check_whole(first, selected):
    """Hold a row to whole units; return their numbers, and whether each is selected."""
    units = np.unique(first[first >= 0])
    for unit in units:
        assert len(set(selected[first == unit].tolist())) == 1, "a unit is torn"
    return units, selected[units]


def check_budget(budget, most, first, selected):
    """Hold a row to an exact budget: as much of it as whole units allow."""
    units, taken = check_whole(first, selected)
    size = np.array([(first == unit).sum() for unit in units], int)
    count, left = selected.sum(), most - selected.sum()
    if left < 0:  # nothing fitted
        assert budget.at_least > 0
        assert taken.sum() == 1
        assert count == size.min() > most
    else:
        assert (size[~taken] > left).all(), "a unit that fits was passed over"
    if most and len(units) and budget.at_least:
        assert count >= 1
    if (size == 1).all():
        assert count == most >= min(budget.at_least, len(first[first >= 0]))


def check_kinds(writes, sheet, masking, first):
    """Hold what was written to what is said to have happened."""
    before = sheet.ids.values[writes.at]
    vocabulary, corruption = sheet.vocabulary, masking.corruption
    assert set(writes.kind.tolist()) <= {MASK, RANDOM, KEEP, SIMILAR}
    assert (writes.token[writes.kind == MASK] == vocabulary.mask).all()
    assert (writes.token[writes.kind == KEEP] == before[writes.kind == KEEP]).all()
    random = writes.token[writes.kind == RANDOM]
    assert ((random >= 0) & (random < vocabulary.size)).all()
    if not getattr(corruption.pool, "specials", False):
        assert not np.isin(random, vocabulary.special).any()
        assert not np.isin(writes.token[writes.kind == SIMILAR], vocabulary.special).any()
    if isinstance(corruption, SimilarWord):
        assert MASK not in writes.kind
    elif corruption.per == "unit":
        row = np.repeat(np.arange(len(sheet.ids)), np.diff(writes.offsets))
        for pair in set(zip(row.tolist(), first[writes.at].tolist(), strict=True)):
            here = (row == pair[0]) & (first[writes.at] == pair[1])
            assert len(set(writes.kind[here].tolist())) == 1, "a unit has mixed kinds"


@pytest.mark.parametrize(("units", "budget"), KINDS)
@settings(max_examples=15)
@given(data=st.data(), seed=st.integers(0, 2**63), step=st.integers(0, 12))
def test_masks_are_what_they_say(encoded, similar, units, budget, data, seed, step):
    case = data.draw(cases(encoded))
    units, budget = data.draw(UNITS[units]), data.draw(BUDGETS[budget])
    address, key = addressed(seed)
    sheet, special = case.sheet(key, step), special_of(case)
    numbering = units.number(sheet)
    first = numbered(numbering, sheet)
    for row, never in zip(rows_of(first, sheet), special, strict=True):
        check_numbering(row, numbering.first is not None, never)
    exact = isinstance(budget, Exact)
    sizes = np.array([(row >= 0).sum() for row in rows_of(first, sheet)], np.int32)
    most = budget.budgets(sizes, sheet) if exact else sizes
    for drawn in data.draw(st.lists(corruptions, min_size=3, max_size=3)):
        masking = Masking(units, budget, corruption(drawn, case))
        before = copy.deepcopy(case.features())
        made = case.masked(masking, address=address, step=step)
        assert case.features() == before, "what was given was written to"
        for k, ids in enumerate(case.ids):
            arrays = (np.array(one, int) for one in (ids, made.input_ids[k], made.labels[k]))
            selected = check_written(*arrays, special[k])
            row = rows_of(first, sheet)[k]
            assert not selected[row < 0].any()
            check_whole(row, selected)
            if exact:
                check_budget(budget, int(most[k]), row, selected)
        check_kinds(masking.writes(sheet), sheet, masking, first)


@pytest.mark.parametrize("units", UNITS)
@settings(max_examples=15)
@given(data=st.data(), seed=st.integers(0, 99))
def test_a_chance_of_nothing_masks_nothing_and_certainty_masks_all_units(encoded, units, data, seed):
    case, units = data.draw(cases(encoded)), data.draw(UNITS[units])
    sheet = case.sheet(addressed(seed)[1])
    first = rows_of(numbered(units.number(sheet), sheet), sheet)
    for budget in (Bernoulli(0.0), Exact(0.0, at_least=0)):
        made = case.masked(Masking(units, budget), address=Address(seed))
        assert made.input_ids == case.ids
        assert all(label == IGNORE for row in made.labels for label in row)
    for budget in (Bernoulli(1.0), Exact(1.0)):
        made = case.masked(Masking(units, budget), address=Address(seed))
        for row, labels in zip(first, made.labels, strict=True):
            assert ((row >= 0) == (np.array(labels, int) != IGNORE)).all()


@settings(max_examples=30)
@given(data=st.data(), address=ADDRESS)
def test_the_address_alone_decides(encoded, data, address):
    """Rows of one address have one draw for each place, whatever stands there."""
    case = data.draw(cases(encoded, most=2, longest=(30,)))
    one, other = case.ids[0], case.ids[-1]
    case = Case(case.tokenizer, [one, other], {}, None, [address, address])
    made = case.masked(Masking(Tokens(), Bernoulli(0.5)))
    special = special_of(case)
    for place in range(min(len(one), len(other))):
        if not special[0][place] and not special[1][place]:
            assert (made.labels[0][place] == IGNORE) == (made.labels[1][place] == IGNORE)


@settings(max_examples=30)
@given(case=st.data(), budget=exacts)
def test_budgets_follow_the_tokens_that_may_be_masked(encoded, case, budget):
    """A row's budget is that of its maskable tokens: specials and protected ones do not count."""
    case = case.draw(cases(encoded))
    sheet, special = case.sheet(addressed(0)[1]), special_of(case)
    made = case.masked(Masking(Words(column="none"), budget))
    may = np.array([(~never).sum() for never in special], np.int32)
    most = budget.budgets(may, sheet)
    assert (most <= may).all()
    assert (most >= np.minimum(budget.at_least, may)).all()
    single = case.masked(Masking(Tokens(), budget))
    assert [sum(label != IGNORE for label in row) for row in single.labels] == most.tolist()
    for row, limit in zip(made.labels, most.tolist(), strict=True):
        assert budget.at_least or sum(label != IGNORE for label in row) <= limit


def test_mixtures_give_each_row_one_of_their_units(encoded):
    """By the draw of the row's address; nothing of a row is of another kind."""
    held, rows = encoded["wordpiece"]
    case = Case(held, [row for row, _ in rows])
    sheet = case.sheet(5)
    choices = (Tokens(), Words())
    made = rows_of(numbered(Mixture(choices).number(sheet), sheet), sheet)
    alone = [rows_of(numbered(one.number(sheet), sheet), sheet) for one in choices]
    which = [[k for k in (0, 1) if (alone[k][row] == held).all()] for row, held in enumerate(made)]
    assert all(which)
    assert {0, 1} <= {found[0] for found in which}
