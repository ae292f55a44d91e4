"""A row's mask does not depend on the batch, on padding or packing, or on what the row came as."""

import copy

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from maskings import BUDGETS, UNITS, Case, cases, corruption, corruptions

from textaug.draws import Address
from textaug.masking import DataCollatorForLanguageModeling, Exact, FromBatch, Masking, Rows, Words

PARTS = st.tuples(st.one_of(*UNITS.values()), st.one_of(*BUDGETS.values()), corruptions)
IGNORE = -100


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
@given(data=st.data(), seed=st.integers(0, 99), more=st.integers(1, 9), hashed=st.booleans())
def test_rows_that_come_padded_on_the_left_are_masked_as_they_are_bare(encoded, similar, data, seed, more, hashed):
    case = data.draw(cases(encoded))
    masking, pad = a_masking(data, case), case.vocabulary.pad
    collate = DataCollatorForLanguageModeling(case.tokenizer, masking=masking, seed=seed, return_tensors="np")
    width = max(map(len, case.ids)) + more
    bare, given_rows = case.features(), case.features()
    for row in given_rows:
        size = len(row["input_ids"])
        for name, value in row.items():
            if isinstance(value, list):
                row[name] = [{"input_ids": pad, "special_tokens_mask": 1}.get(name, -1)] * (width - size) + value
    for row in [*bare, *given_rows] if hashed else ():
        row.pop("row_id", None)
    made, like = collate(given_rows), collate(bare)
    for name, fill in (("input_ids", pad), ("labels", IGNORE), ("attention_mask", 0)):
        for one, other, row in zip(made[name].tolist(), like[name].tolist(), case.ids, strict=True):
            assert one == [fill] * (width - len(row)) + other[: len(row)]


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
