"""Permutation language modelling: equal to transformers with the same draws, and to the paper where that is wrong."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import BOS, EOS, FIRST, MASK, PAD, WORDS, rows, toy

from textaug.draws import Purpose
from textaug.errors import UsageError
from textaug.kernels.reference.draws import indexed
from textaug.masking import Words
from textaug.masking.features import read
from textaug.masking.layout import Padding
from textaug.masking.objectives.permutation import (
    DataCollatorForPermutationLanguageModeling,
    Permutation,
    permutation_mask,
)
from textaug.masking.objectives.prepare import sheet_of

Collate = DataCollatorForPermutationLanguageModeling


def collate(given_rows, **fields):
    return Collate(toy(), **{"return_tensors": "np", "seed": 5} | fields)(given_rows)


def theirs(monkeypatch, ids, randoms, order):
    """Run the collator of transformers on one row, with these results of `randint`, and this order."""
    from transformers.data import data_collator as module

    given_out = iter(randoms)
    monkeypatch.setattr(module, "randint", lambda low, high: next(given_out))

    def shuffle(halves):
        halves[:] = np.asarray(order).reshape(2, -1).T

    monkeypatch.setattr(module.np.random, "shuffle", shuffle)
    tokenizer = SimpleNamespace(
        mask_token="<mask>",
        mask_token_id=MASK,
        pad_token="<pad>",
        pad_token_id=PAD,
        get_special_tokens_mask=lambda row, already_has_special_tokens: [int(t < 4) for t in row],
    )
    held = module.DataCollatorForPermutationLanguageModeling(tokenizer, return_tensors="np")
    return held.numpy_mask_tokens(np.array([ids]))


@pytest.mark.parametrize("length", [2, 24, 60, 61, 128])
@pytest.mark.parametrize("seed", range(5))
def test_with_the_same_draws_it_is_what_transformers_makes(monkeypatch, length, seed):
    """A row of an odd length, which they refuse, comes with one padding more."""
    ids = rows(1, (length, length), seed)[0]
    held = Collate(toy(), return_tensors="np", seed=seed, published=True, pad_to_multiple_of=2)
    ours = held([{"input_ids": ids, "row_id": seed}])
    sheet = sheet_of(held, read([{"input_ids": ids, "row_id": seed}]))
    offsets = np.array([0, length], np.int32)
    draws = [
        indexed(sheet.key, np.full(length, seed, np.uint64), purpose, np.arange(length, dtype=np.int32)).tolist()
        for purpose in (Purpose.LENGTH, Purpose.PLACE)
    ]
    randoms = []
    for size, place in zip(*draws, strict=True):
        spanned = 1 + (size * 5 >> 32)
        randoms += [spanned, place * (spanned * 6 - spanned + 1) >> 32]
    every = np.arange(length, dtype=np.int32)
    order = held.permutation.turns(sheet, offsets, every).tolist() + [length] * (length % 2)
    made = theirs(monkeypatch, ids + [PAD] * (length % 2), randoms, order)
    for name, other in zip(("input_ids", "perm_mask", "target_mapping", "labels"), made, strict=True):
        assert ours[name].dtype == other.dtype and ours[name].shape == other.shape
        np.testing.assert_array_equal(ours[name][:, :length], other[:, :length], err_msg=name)


@given(st.integers(0, 2**32), st.integers(2, 40))
def test_without_special_tokens_the_mask_is_that_of_transformers(seed, half):
    rng = np.random.default_rng(seed)
    masked, order = rng.random(2 * half) < 0.3, rng.permutation(2 * half)
    index = np.where(masked, order, -1)
    made = (index[:, None] <= index[None, :]) & masked  # as transformers computes it
    at = np.flatnonzero(masked).astype(np.int32)
    offsets = np.array([0, 2 * half], np.int32)
    ours = permutation_mask(offsets, at, order[at].astype(np.int32), Padding(2 * half))
    np.testing.assert_array_equal(ours[0], made)


def model(width):
    torch = pytest.importorskip("torch")
    from transformers import XLNetConfig, XLNetLMHeadModel

    torch.manual_seed(3)
    made = XLNetLMHeadModel(XLNetConfig(vocab_size=FIRST + WORDS, d_model=16, n_layer=2, n_head=2, d_inner=16))
    return torch, made.eval()


def logits(torch, held, batch):
    with torch.no_grad():
        given_names = ("input_ids", "attention_mask", "perm_mask", "target_mapping")
        return held(**{name: batch[name] for name in given_names}).logits


@pytest.mark.parametrize("left", [False, True])
def test_a_model_sees_what_came_before_and_nothing_else(left):
    """Change a predicted token: only predictions that come later may change, and these do."""
    torch, held = model(23)
    given_rows = [{"input_ids": ids, "row_id": k} for k, ids in enumerate(rows(2, (17, 23), 1))]
    collator = Collate(toy(left), scheme="xlnet", plm_probability=0.4, num_predict=6, seed=2)
    batch = collator(given_rows)
    turn = _turns(collator, given_rows)
    before = logits(torch, held, batch)
    for row, turns in enumerate(turn):
        many = {name: value[[row] * len(turns)] for name, value in batch.items()}  # each with one token changed
        places = batch["target_mapping"][row].argmax(-1)[: len(turns)]
        each = torch.arange(len(turns))
        many["input_ids"][each, places] = (many["input_ids"][each, places] - FIRST + 7) % WORDS + FIRST
        moved = (logits(torch, held, many)[:, : len(turns)] != before[row, : len(turns)]).any(-1).numpy()
        np.testing.assert_array_equal(moved, turns[:, None] < turns[None, :])


def _turns(collator, given_rows):
    sheet = sheet_of(collator, read(given_rows))
    chosen = collator.permutation.select(sheet)
    turn = collator.permutation.turns(sheet, *chosen)
    return [turn[a:b] for a, b in zip(chosen[0][:-1], chosen[0][1:], strict=True)]


def test_as_published_no_prediction_sees_another():
    """Why `published` is not the default: there a later prediction learns nothing from an earlier one."""
    torch, held = model(30)
    row = {"input_ids": rows(1, (30, 30), 4)[0], "row_id": 0}
    batch = Collate(toy(), published=True, seed=1)([row])
    place = int((batch["labels"][0] != -100).nonzero()[0])
    swapped = {**row, "input_ids": [*row["input_ids"]]}
    swapped["input_ids"][place] = (row["input_ids"][place] - FIRST + 7) % WORDS + FIRST
    other = Collate(toy(), published=True, seed=1)([swapped])
    assert (logits(torch, held, batch) == logits(torch, held, other)).all()


def test_xlnets_own_scheme_predicts_85_of_512_in_every_row():
    batch = collate(np.array(rows(64, (512, 512))), scheme="xlnet", num_predict=85)
    assert batch["labels"].shape == (64, 85) and batch["target_mapping"].shape == (64, 85, 512)
    assert (batch["labels"] >= FIRST - 1).all()
    places = batch["target_mapping"].argmax(-1)
    assert (batch["target_mapping"].sum((1, 2)) == 85).all() and (np.diff(places) > 0).all()
    np.testing.assert_array_equal(np.take_along_axis(batch["input_ids"], places, 1), batch["labels"])
    assert not np.isin(places, [0, 511]).any()


def test_short_rows_have_their_share_and_empty_targets():
    batch = collate(rows(9, (2, 40)), scheme="xlnet", num_predict=5)
    real = batch["labels"] != -100
    sizes = batch["attention_mask"].sum(1)
    expected = np.minimum(np.clip(sizes // 6, 1, 5), sizes - 2)
    assert real.sum(1).tolist() == expected.tolist()
    np.testing.assert_array_equal(batch["target_mapping"].sum(-1), real)


def test_whole_words_are_whole():
    given_rows = rows(30, (20, 60), 3)
    batch = collate(given_rows, scheme="xlnet", units=Words(chinese=False), plm_probability=0.3)
    for ids, labels in zip(given_rows, batch["labels"], strict=True):
        chosen = labels[: len(ids)] != -100
        for k in range(1, len(ids)):
            if ids[k] >= FIRST and (ids[k] - FIRST) % 4 == 3 and ids[k - 1] > FIRST - 1:
                assert chosen[k] == chosen[k - 1]


def test_the_share_is_a_sixth_and_no_span_is_longer_than_asked():
    batch = collate(np.array(rows(400, (512, 512))), max_span_length=5)
    chosen = batch["labels"] != -100
    per_row = chosen.mean(1)
    assert abs(per_row.mean() - 510 / 512 / 6) < 5 * per_row.std() / 20
    batch = collate(np.array(rows(400, (512, 512))), max_span_length=1)  # 512 = 85 contexts, and 2 of 6 of the last
    assert set((batch["labels"] != -100).sum(1)) <= {83, 84, 85, 86}
    lengths = [len(run) for row in chosen for run in _runs(row)]
    assert max(lengths) <= 10  # two contexts may touch


def _runs(row):
    places = np.flatnonzero(row)
    return np.split(places, np.flatnonzero(np.diff(places) != 1) + 1)


@pytest.mark.parametrize("length", [3, 7, 511])
def test_odd_lengths_work(length):
    batch = collate(np.array(rows(4, (length, length))))
    assert batch["perm_mask"].shape == batch["target_mapping"].shape == (4, length, length)


def test_first_halves_come_before_second_ones():
    collator = Collate(toy(), return_tensors="np", scheme="xlnet", plm_probability=1.0, perm_size=None)
    given_rows = [{"input_ids": rows(1, (41, 41))[0], "row_id": 3}]
    turns = _turns(collator, given_rows)[0]
    assert sorted(turns[:20]) == list(range(20)) != turns[:20].tolist()  # 21 places, one of them <s>
    whole = _turns(Collate(toy(), scheme="xlnet", plm_probability=1.0, perm_size=512), given_rows)[0]
    assert sorted(whole) == list(range(39)) and sorted(whole[:20]) != list(range(20))


def test_the_identity_takes_no_memory():
    batch = Collate(toy(), seed=0)(np.array(rows(8, (64, 64))))
    assert batch["target_mapping"].shape == (8, 64, 64) and batch["target_mapping"].stride()[0] == 0
    assert batch["target_mapping"].untyped_storage().nbytes() == 64 * 64 * 4
    assert (batch["target_mapping"].sum(0).numpy() == 8 * np.eye(64)).all()


def test_padding_is_seen_by_the_context_and_sees_nothing_predicted():
    batch = collate(
        [{"input_ids": [BOS, *range(10, 40), EOS], "row_id": 1}, {"input_ids": [BOS, 10, 11, EOS], "row_id": 2}]
    )
    assert (batch["perm_mask"][1, :, 4:] == 0).all()
    predicted = batch["labels"][1] != -100
    assert (batch["perm_mask"][1, 4:] == predicted).all()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"plm_probability": 0.0}, "plm_probability=0.0"),
        ({"max_span_length": 0}, "max_span_length=0"),
        ({"scheme": "xlnt"}, "did you mean 'xlnet'"),
        ({"num_predict": 85}, "scheme='xlnet'"),
        ({"perm_size": 0}, "perm_size=0"),
    ],
)
def test_what_makes_no_sense_is_refused(fields, words):
    with pytest.raises(UsageError, match=words):
        Collate(toy(), **fields)


def test_contexts_are_exact():
    assert Permutation(1 / 3, 4).contexts.tolist() == [3, 6, 9, 12]
    assert Permutation(0.1, 3).contexts.tolist() == [10, 20, 30]
    assert Permutation(1e-6, 2).contexts.tolist() == [1_000_000, 2_000_000]


def test_no_memory_is_taken_beyond_the_result():
    import tracemalloc

    collator = Collate(toy(), return_tensors="np", scheme="xlnet", num_predict=85)
    given_rows = np.array(rows(16, (512, 512)))
    collator(given_rows)
    tracemalloc.start()
    batch = collator(given_rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1.1 * sum(value.nbytes for value in batch.values())
