"""What holds for every units × budget × corruption, over real lines and tokenizers of the four kinds."""

import copy

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from maskings import ADDRESS, BUDGETS, UNITS, Case, cases, corruption, corruptions, exacts

from textaug.draws import Address
from textaug.kernels.reference.masking import KEEP, MASK, RANDOM, SIMILAR
from textaug.masking import (
    Bernoulli,
    DataCollatorForLanguageModeling,
    Exact,
    FromBatch,
    Masking,
    Mixture,
    Rows,
    SimilarWord,
    Tokens,
    Words,
)
from textaug.masking.sheet import NODE
from textaug.masking.units import numbered

PARTS = st.tuples(st.one_of(*UNITS.values()), st.one_of(*BUDGETS.values()), corruptions)
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
        check_numbering(row, numbering.scattered, never)
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


def a_masking(data, case, *, of_batch=False):
    """Draw a way to mask; of random tokens from the batch only if asked, since these alone depend on it."""
    units, budget, drawn = data.draw(PARTS)
    made = Masking(units, budget, corruption(drawn, case))
    assume(of_batch or not isinstance(made.corruption.pool, FromBatch))
    return made


@settings(max_examples=50)
@given(data=st.data(), seed=st.integers(0, 2**63), size=st.sampled_from([1, 2, 7]))
def test_a_mask_does_not_depend_on_the_batch(encoded, similar, data, seed, size):
    case = data.draw(cases(encoded, most=12))
    masking, address = a_masking(data, case), Address(seed)
    whole = case.masked(masking, address=address)
    order = data.draw(st.permutations(range(len(case.ids))))
    for first in range(0, len(order), size):
        some = order[first : first + size]
        made = case.taken(some).masked(masking, address=address)
        assert made.input_ids == [whole.input_ids[k] for k in some]
        assert made.labels == [whole.labels[k] for k in some]


@settings(max_examples=50)
@given(data=st.data(), seed=st.integers(0, 2**63), more=st.integers(0, 9))
def test_padding_changes_nothing(encoded, similar, data, seed, more):
    case = data.draw(cases(encoded))
    masking = a_masking(data, case, of_batch=True)
    lengths = [len(row) for row in case.ids]
    width, pad = max(lengths) + more, case.vocabulary.pad
    padded = Case(
        case.tokenizer,
        filled(case.ids, width, pad),
        {name: filled(column, width, -1) for name, column in case.columns.items()},
        None if case.special is None else filled(case.special, width, 1),
        case.addresses,
    )
    bare = case.masked(masking, address=Address(seed))
    made = padded.masked(masking, address=Address(seed))
    assert [row[:n] for row, n in zip(made.input_ids, lengths, strict=True)] == bare.input_ids
    assert [row[:n] for row, n in zip(made.labels, lengths, strict=True)] == bare.labels
    assert made.input_ids == filled(bare.input_ids, width, pad)
    assert made.labels == filled(bare.labels, width, IGNORE)


def filled(rows, width, fill, left=False):
    """Return rows of one width."""
    return [[fill] * (width - len(row)) + row if left else row + [fill] * (width - len(row)) for row in rows]


@pytest.fixture(scope="module")
def left(tokenizers):
    """Return the tokenizers as they pad on the left."""
    made = {id(held): copy.deepcopy(held) for held in tokenizers.values()}
    for held in made.values():
        held.padding_side = "left"
    return made


@settings(max_examples=50)
@given(data=st.data(), seed=st.integers(0, 99), multiple=st.sampled_from([None, 1, 8]), on_left=st.booleans())
def test_collators_pad_what_is_masked_and_mask_nothing_else(encoded, similar, left, data, seed, multiple, on_left):
    case = data.draw(cases(encoded))
    masking, pad = a_masking(data, case, of_batch=True), case.vocabulary.pad
    held = left[id(case.tokenizer)] if on_left else case.tokenizer
    collate = DataCollatorForLanguageModeling(
        held, masking=masking, seed=seed, pad_to_multiple_of=multiple, return_tensors="np"
    )
    bare = case.masked(masking, address=Address(seed))
    batch = collate(case.features())
    width = max(map(len, case.ids))
    width = -(-width // multiple) * multiple if multiple else width
    assert batch["input_ids"].tolist() == filled(bare.input_ids, width, pad, on_left)
    assert batch["labels"].tolist() == filled(bare.labels, width, IGNORE, on_left)
    assert batch["attention_mask"].tolist() == filled([[1] * len(row) for row in case.ids], width, 0, on_left)
    assert set(batch) == {"input_ids", "labels", "attention_mask"}


@settings(max_examples=50)
@given(data=st.data(), seed=st.integers(0, 99), more=st.none() | st.integers(0, 50))
def test_packed_rows_have_the_masks_of_rows_by_themselves(encoded, similar, data, seed, more):
    case = data.draw(cases(encoded, most=12))
    masking = a_masking(data, case, of_batch=True)
    size = "flat" if more is None else max(1, *map(len, case.ids)) + more
    collate = DataCollatorForLanguageModeling(
        case.tokenizer, masking=masking, seed=seed, pack_to=size, return_tensors="np"
    )
    bare = case.masked(masking, address=Address(seed))
    batch = collate(case.features())
    flat = {name: batch[name].reshape(-1) for name in ("input_ids", "labels", "attention_mask", "position_ids")}
    found = []
    for a, b in zip(batch["cu_seqlens"][:-1], batch["cu_seqlens"][1:], strict=True):
        assert flat["position_ids"][a:b].tolist() == list(range(b - a))
        if flat["attention_mask"][a]:
            assert flat["attention_mask"][a:b].all()
            found.append((flat["input_ids"][a:b].tolist(), flat["labels"][a:b].tolist()))
        else:
            assert set(flat["labels"][a:b].tolist()) == {IGNORE}
            assert set(flat["input_ids"][a:b].tolist()) == {case.vocabulary.pad}
            assert not flat["attention_mask"][a:b].any()
    held = [(row, labels) for row, labels in zip(bare.input_ids, bare.labels, strict=True) if row]
    assert sorted(found) == sorted(held)
    if size == "flat":
        assert found == held


@settings(max_examples=40)
@given(data=st.data(), seed=st.integers(0, 99))
def test_arrays_stay_as_they_are_and_need_not_be_writable(encoded, similar, data, seed):
    case = data.draw(cases(encoded, longest=(30,)))
    masking = a_masking(data, case, of_batch=True)
    width = max(map(len, case.ids))
    kind = data.draw(st.sampled_from([np.int32, np.int64]))
    ids = np.array(filled(case.ids, width, case.vocabulary.pad), kind)
    columns = {name: np.array(filled(column, width, -1), kind) for name, column in case.columns.items()}
    special = None if case.special is None else np.array(filled(case.special, width, 1), np.int8)
    held = [ids, *columns.values(), *([] if special is None else [special])]
    copies = [one.copy() for one in held]
    for one in held:
        one.flags.writeable = False
    how = {"columns": columns, "special_tokens_mask": special, "ids": case.addresses, "address": Address(seed)}
    made = masking.mask(ids, case.tokenizer, **how)
    for one, before in zip(held, copies, strict=True):
        np.testing.assert_array_equal(one, before)
    bare = case.masked(masking, address=Address(seed))
    assert made.labels.tolist() == filled(bare.labels, width, IGNORE)
    assert made.input_ids.dtype == np.int64
    features = {"input_ids": ids, **columns, **({} if special is None else {"special_tokens_mask": special})}
    if case.addresses is not None:
        features["row_id"] = np.array(case.addresses)
    batch = DataCollatorForLanguageModeling(case.tokenizer, masking=masking, seed=seed, return_tensors="np")(features)
    np.testing.assert_array_equal(batch["labels"], made.labels)
    for one, before in zip(held, copies, strict=True):
        np.testing.assert_array_equal(one, before)


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
    sheet, special = case.sheet(), special_of(case)
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


def test_rows_of_every_form_are_masked_alike(encoded):
    import pyarrow as pa
    import torch

    held, rows = encoded["byte-level"]
    ids = [row[:20] for row, _ in rows if len(row) >= 20]
    masking = Masking(Words(), Exact(0.3))
    lists = masking.mask(ids, held)
    for form in (
        np.array(ids),
        np.array(ids, np.int32),
        np.array(ids, np.uint16),
        np.asfortranarray(ids),
        torch.tensor(ids),
        pa.array(ids),
        pa.chunked_array([ids[:3], ids[3:]]),
        pa.array(ids, pa.large_list(pa.int32())),
        pa.array(ids, pa.list_(pa.int64(), 20)),
        pa.array([[0], *ids])[1:],
        [np.array(row) for row in ids],
        [torch.tensor(row) for row in ids],
        tuple(map(tuple, ids)),
    ):
        made = masking.mask(form, held)
        assert Rows.of(made.labels).lists() == lists.labels
        assert Rows.of(made.input_ids).lists() == lists.input_ids
    assert isinstance(masking.mask(torch.tensor(ids), held).labels, torch.Tensor)
    assert isinstance(masking.mask(pa.array(ids), held).labels, pa.Array)
