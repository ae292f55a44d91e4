"""Replaced tokens: what is selected, what is sampled with which draws, and what is told apart."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import BOS, EOS, FIRST, MASK, PAD, rows, toy

from textaug.draws import Address, Purpose
from textaug.errors import DataError, UsageError
from textaug.kernels.reference.draws import indexed
from textaug.masking import Exact, FromCorpus, Masking, Replace, Tokens
from textaug.masking.objectives.replaced import DRAWS, DataCollatorForReplacedTokens, WithReplacement, replaced, sample

Collate = DataCollatorForReplacedTokens


def features(count, lengths, seed=0):
    return [{"input_ids": ids, "row_id": at} for at, ids in enumerate(rows(count, lengths, seed))]


def collate(given_features, left=False, **fields):
    return Collate(toy(left), **{"return_tensors": "np", "seed": 5} | fields)(given_features)


def originals(batch):
    return np.where(batch["labels"] != -100, batch["labels"], batch["input_ids"])


@given(seed=st.integers(0, 20), left=st.booleans(), share=st.sampled_from([0.1, 0.15, 0.5]))
def test_what_is_selected_is_masked_or_kept_and_nothing_else_changes(seed, left, share):
    held = features(6, (2, 40), seed)
    batch = collate(held, left, mlm_probability=share, seed=seed)
    for at, row in enumerate(held):
        length = len(row["input_ids"])
        inside = slice(-length, None) if left else slice(0, length)
        assert originals(batch)[at, inside].tolist() == row["input_ids"]
        chosen = batch["labels"][at, inside] != -100
        maskable = length - 2
        assert chosen.sum() == min(max(1, int(maskable * share + 0.5)), maskable)
        assert not chosen[0] and not chosen[-1]
    chosen = batch["labels"] != -100
    assert (batch["input_ids"][chosen] == MASK).sum() + (batch["input_ids"] == batch["labels"])[
        chosen
    ].sum() == chosen.sum()
    assert (batch[DRAWS][~chosen] == 0).all()


def test_85_of_100_become_masks():
    batch = collate(features(400, (200, 200)))
    chosen = batch["labels"] != -100
    count = chosen.sum()
    assert abs((batch["input_ids"][chosen] == MASK).mean() - 0.85) < 5 * np.sqrt(0.85 * 0.15 / count)


def test_the_draws_for_sampling_are_those_of_the_row_and_the_place():
    held = features(5, (3, 30))
    for left in (False, True):
        batch = collate(held, left, mlm_probability=0.5)
        key = Address(5).key("replaced/1")
        for at, row in enumerate(held):
            length = len(row["input_ids"])
            place = np.arange(length, dtype=np.int32)
            draws = indexed(key, np.full(length, at, np.uint64), Purpose.TOKEN, place)
            inside = slice(-length, None) if left else slice(0, length)
            chosen = batch["labels"][at, inside] != -100
            assert batch[DRAWS][at, inside][chosen].tolist() == draws[chosen].tolist()


@pytest.mark.parametrize("generator", [True, False])
def test_a_row_does_not_depend_on_its_batch(generator):
    held = features(12, (4, 50))
    whole = collate(held, generator=generator)
    for at, row in enumerate(held):
        length = len(row["input_ids"])
        padding = 7 * (at % 2)
        alone = {**row, "input_ids": row["input_ids"] + [PAD] * padding, "attention_mask": [1] * length + [0] * padding}
        made = collate([alone], generator=generator)
        for name in {*whole} - {"attention_mask"}:
            assert made[name][0, :length].tolist() == whole[name][at, :length].tolist()


def test_epochs_and_seeds_differ_and_pickles_agree():
    held = features(4, (60, 60))
    collator = Collate(toy(), return_tensors="np")
    first = collator(held)
    collator.set_epoch(1)
    again = pickle.loads(pickle.dumps(collator))
    second = collator(held)
    for name in ("labels", DRAWS):
        assert (first[name] != second[name]).any() and (collate(held)[name] != first[name]).any()
        np.testing.assert_array_equal(again(held)[name], second[name])


@pytest.fixture(params=["np", "pt"])
def kind(request):
    if request.param == "pt":
        return pytest.importorskip("torch").from_numpy
    return lambda array: array


def test_what_equals_the_original_was_not_replaced(kind):
    batch = {name: kind(values) for name, values in collate(features(6, (9, 30)), mlm_probability=0.4).items()}
    plain = originals({name: np.asarray(values) for name, values in batch.items()})
    chosen = np.asarray(batch["labels"]) != -100
    sampled = plain[chosen].copy()
    sampled[::2] = FIRST
    whole = plain.copy()
    whole[chosen] = sampled
    for given_ids in (sampled, np.where(chosen, whole, 77)):
        made = replaced(batch, kind(given_ids))
        assert set(made) == set(batch) - {DRAWS}
        assert made["input_ids"].tolist() == whole.tolist()
        assert made["labels"].tolist() == (whole != plain).astype(int).tolist()
    assert (np.asarray(batch["labels"])[chosen] == plain[chosen]).all()  # the batch is as it was


def test_samples_are_of_the_distribution(kind):
    rng = np.random.default_rng(2)
    count, size = 120_000, 8
    logits = rng.normal(size=size).astype(np.float32) * 2
    logits[3] = -np.inf
    batch = {"labels": kind(np.zeros((1, count), np.int64)), DRAWS: kind(rng.integers(0, 2**32, (1, count)))}
    for temperature in (1.0, 0.5):
        made = np.asarray(sample(kind(np.tile(logits, (count, 1))), batch, temperature=temperature))
        share = np.exp(logits / temperature) / np.exp(logits / temperature).sum()
        seen = np.bincount(made, minlength=size)
        assert seen[3] == 0
        some = share > 0
        chi = ((seen[some] - count * share[some]) ** 2 / (count * share[some])).sum()
        assert chi < 6 + 5 * np.sqrt(12)


@given(seed=st.integers(0, 99), size=st.integers(1, 40), count=st.integers(0, 9))
def test_numpy_and_torch_sample_alike_and_by_definition(seed, size, count):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(2, 5, size)).astype(np.float32) * 3
    labels = np.where(rng.permutation(10).reshape(2, 5) < count, 1, -100)
    drawn = rng.choice([0, 1, 2**31, 2**32 - 1, 12345678], (2, 5))
    batch = {"labels": labels, DRAWS: drawn}
    ours = sample(logits, batch)
    tensors = {name: torch.from_numpy(values) for name, values in batch.items()}
    assert sample(torch.from_numpy(logits), tensors).tolist() == ours.tolist()
    assert sample(logits[labels != -100], batch).tolist() == ours.tolist()
    share = np.exp(logits.astype(np.float64))
    share /= share.sum(-1, keepdims=True)
    for token, of, draw in zip(ours, share[labels != -100], drawn[labels != -100], strict=True):
        under, over = of[:token].sum(), of[: token + 1].sum()
        assert under - 1e-9 <= (draw + 0.5) / 2**32 <= over + 1e-9


def test_long_lists_of_tokens_are_sampled_in_pieces(monkeypatch):
    monkeypatch.setattr("textaug.masking.objectives.replaced.PIECE", 50)
    rng = np.random.default_rng(4)
    logits = rng.normal(size=(30, 20))
    batch = {"labels": np.zeros((1, 30), np.int64), DRAWS: rng.integers(0, 2**32, (1, 30))}
    pieces = sample(logits, batch)
    monkeypatch.undo()
    assert pieces.tolist() == sample(logits, batch).tolist()


def test_without_a_generator_tokens_are_random_ones_at_once():
    held = features(300, (60, 60))
    batch = collate(held, generator=False)
    plain = np.array([row["input_ids"] for row in held])
    assert set(batch) == {"input_ids", "labels", "attention_mask"}
    np.testing.assert_array_equal(batch["labels"], (batch["input_ids"] != plain).astype(int))
    count = batch["labels"].sum(1)
    assert count.max() == 9 and count.mean() > 8.9  # 15 % of 58, less what was drawn again
    assert not set(batch["input_ids"][batch["labels"] == 1].tolist()) & {PAD, BOS, EOS, MASK}
    np.testing.assert_array_equal(batch["input_ids"] != plain, batch["labels"] == 1)


def test_without_a_generator_tokens_may_be_as_often_as_in_a_corpus():
    counts = [0] * toy().size
    counts[FIRST], counts[FIRST + 1] = 3, 1
    batch = collate(features(300, (60, 60)), generator=False, pool=FromCorpus(tuple(counts)))
    made = batch["input_ids"][batch["labels"] == 1]
    assert set(made.tolist()) == {FIRST, FIRST + 1}
    assert abs((made == FIRST).mean() - 0.75) < 5 * np.sqrt(0.75 * 0.25 / len(made))


def test_as_published_71_of_77_tokens_are_selected():
    held = features(600, (512, 512))
    chosen = collate(held, published=True)["labels"] != -100
    counts = chosen.sum(1)
    expected = 510 * (1 - (1 - 1 / 510) ** 77)  # 71.5
    assert abs(counts.mean() - expected) < 5 * counts.std() / np.sqrt(600) and round(expected, 1) == 71.5
    assert counts.max() <= 77
    assert (collate(held)["labels"] != -100).sum(1).tolist() == [77] * 600


def test_with_replacement_is_the_published_mask_with_the_same_draws():
    """`num_to_predict`, and positions drawn among the candidates; a duplicate is one token."""
    collator = Collate(
        toy(), masking=Masking(Tokens(), WithReplacement(0.3, most=5), Replace(1.0, 0.0)), return_tensors="np"
    )
    key = Address().key("masking/1")
    for at, row in enumerate(features(9, (2, 30))):
        ids = row["input_ids"]
        batch = collator([row])
        wanted = set()
        for turn in range(max(1, min(5, round(len(ids) * 0.3)))):
            draw = int(indexed(key, np.array([at], np.uint64), Purpose.PLACE, np.array([turn * 4], np.int32))[0])
            if len(ids) > 2:
                wanted.add(1 + (draw * (len(ids) - 2) >> 32))
        assert np.flatnonzero(batch["labels"][0] != -100).tolist() == sorted(wanted)


def test_electra_trains_a_step():
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    torch.manual_seed(1)
    sizes = {"embedding_size": 16, "hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 16}
    config = transformers.ElectraConfig(num_hidden_layers=1, vocab_size=toy().size, **sizes)
    generator, discriminator = transformers.ElectraForMaskedLM(config), transformers.ElectraForPreTraining(config)
    batch = collate(features(4, (10, 30)), return_tensors="pt")
    told = generator(batch["input_ids"], attention_mask=batch["attention_mask"], labels=batch["labels"])
    sampled = sample(told.logits, batch)
    assert not sampled.requires_grad
    made = replaced(batch, sampled)
    loss = told.loss + 50 * discriminator(**made).loss
    loss.backward()
    assert torch.isfinite(loss) and 0 < made["labels"].sum() <= (batch["labels"] != -100).sum()


def test_what_makes_no_sense_is_refused():
    batch = collate(features(2, (9, 9)))
    with pytest.raises(DataError, match="sampled ids"):
        replaced(batch, np.zeros(99, np.int64))
    with pytest.raises(DataError, match="logits of 1 tokens"):
        sample(np.zeros((1, 4)), batch)
    with pytest.raises(UsageError, match="temperature"):
        sample(np.zeros((2, 4)), batch, temperature=0)
    assert Collate(toy(), masking=Masking(Tokens(), Exact(0.5), Replace())).masking.budget == Exact(0.5)
