"""Causal and prefix language modelling: labels, padding that is none, prefixes; as transformers uses them."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import BOS, EOS, FIRST, PAD, rows, toy

from textaug.errors import DataError, UsageError
from textaug.masking import Vocabulary, attention
from textaug.masking.objectives.causal import DataCollatorForCausalLanguageModeling as Collate


class EndIsPadding(Vocabulary):
    """A vocabulary as GPT's: what ends texts fills rows up, too."""

    eos_token_id = pad_token_id = 0


ENDS = EndIsPadding(("<|endoftext|>", *map(str, range(99))), (0,), mask=-1, pad=0)


def features(count, lengths, seed=0):
    return [{"input_ids": ids, "row_id": at} for at, ids in enumerate(rows(count, lengths, seed))]


def collate(given_features, left=False, **fields):
    return Collate(toy(left), **{"return_tensors": "np", "seed": 5} | fields)(given_features)


@given(seed=st.integers(0, 20), left=st.booleans(), multiple=st.sampled_from([None, 8]))
def test_labels_are_the_ids_without_the_padding(seed, left, multiple):
    held = features(5, (2, 20), seed)
    batch = collate(held, left, pad_to_multiple_of=multiple)
    width = batch["input_ids"].shape[1]
    for at, row in enumerate(held):
        room = width - len(row["input_ids"])
        around = lambda fill, ids, room=room: [fill] * room + ids if left else ids + [fill] * room  # noqa: E731
        assert batch["input_ids"][at].tolist() == around(PAD, row["input_ids"])
        assert batch["labels"][at].tolist() == around(-100, row["input_ids"])
        assert batch["attention_mask"][at].tolist() == around(0, [1] * len(row["input_ids"]))


def test_what_ends_a_text_is_learned_though_it_fills_rows_up():
    collator = Collate(ENDS, return_tensors="np")
    batch = collator([{"input_ids": [5, 6, 0]}, {"input_ids": [7, 0]}, {"input_ids": [0]}])
    assert batch["labels"].tolist() == [[5, 6, 0], [7, 0, -100], [0, -100, -100]]
    padded = collator([{"input_ids": [5, 0, 0, 0], "attention_mask": [1, 1, 0, 0]}])
    assert padded["labels"].tolist() == [[5, 0]]


def test_it_is_what_transformers_makes_where_padding_is_nothing_else():
    transformers = pytest.importorskip("transformers")
    from tokenizers import Tokenizer, models

    backend = Tokenizer(models.WordLevel({"<pad>": 0, "</s>": 1} | {str(n): n for n in range(2, 99)}, "<pad>"))
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=backend, pad_token="<pad>", eos_token="</s>")
    held = [{"input_ids": list(range(3, end))} for end in (9, 5, 20)]
    theirs = transformers.DataCollatorForLanguageModeling(tokenizer, mlm=False)(held)
    ours = Collate(tokenizer)(held)
    assert set(ours) == set(theirs)
    for name in theirs:
        assert ours[name].tolist() == theirs[name].tolist()


@given(seed=st.integers(0, 20), left=st.booleans(), told=st.booleans())
def test_nothing_is_learned_of_a_prefix(seed, left, told):
    held = features(6, (2, 20), seed)
    if told:
        for at, row in enumerate(held):
            row["prefix_length"] = at % (len(row["input_ids"]) + 1)
    batch = collate(held, left, prefix=True, seed=seed)
    for at, row in enumerate(held):
        length, prefix = len(row["input_ids"]), int(batch["prefix_lengths"][at])
        assert prefix == row["prefix_length"] if told else 1 <= prefix < length
        inside = slice(-length, None) if left else slice(0, length)
        assert batch["labels"][at, inside].tolist() == [-100] * prefix + row["input_ids"][prefix:]
    assert "prefix_length" not in batch


@given(seed=st.integers(0, 9), left=st.booleans())
def test_a_prefix_does_not_depend_on_the_batch(seed, left):
    held = features(6, (2, 20), seed)
    whole = collate(held, left, prefix=True)["prefix_lengths"].tolist()
    for at, row in enumerate(held):
        assert collate([row], prefix=True)["prefix_lengths"].tolist() == [whole[at]]
        length = len(row["input_ids"])
        padded = {**row, "input_ids": [BOS] * 3 + row["input_ids"], "attention_mask": [0] * 3 + [1] * length}
        assert collate([padded], prefix=True)["prefix_lengths"].tolist() == [whole[at]]


def test_every_length_of_a_prefix_is_as_likely():
    held = {"input_ids": np.full((50_000, 9), FIRST), "row_id": np.arange(50_000)}
    seen = np.bincount(collate(held, prefix=True)["prefix_lengths"], minlength=9)
    assert seen[0] == 0
    assert ((seen[1:] - 6250) ** 2 / 6250).sum() < 7 + 5 * np.sqrt(14)
    assert collate({"input_ids": np.full((2, 1), FIRST)}, prefix=True)["prefix_lengths"].tolist() == [0, 0]


def test_epochs_differ_and_pickles_agree():
    held = features(20, (30, 30))
    collator = Collate(toy(), prefix=True, return_tensors="np")
    first = collator(held)["prefix_lengths"].tolist()
    collator.set_epoch(1)
    again = pickle.loads(pickle.dumps(collator))
    assert first != collator(held)["prefix_lengths"].tolist() == again(held)["prefix_lengths"].tolist()


@pytest.mark.parametrize("left", [False, True])
def test_the_full_mask_is_the_prefixes_of_rows_without_padding(left):
    held = features(4, (3, 12))
    batch = collate(held, left, prefix=True)
    full = collate(held, left, prefix=True, full_mask=True)
    assert set(full) == {"input_ids", "labels", "attention_mask"}
    for at, row in enumerate(held):
        length, prefix = len(row["input_ids"]), batch["prefix_lengths"][at]
        inside = slice(-length, None) if left else slice(0, length)
        may = full["attention_mask"][at, 0, inside] == 0
        assert not may[:, batch["attention_mask"][at] == 0].any()
        np.testing.assert_array_equal(may[:, inside], attention.prefix([prefix], length)[0])


@pytest.mark.parametrize("size", ["flat", 32])
def test_packed_rows_hold_the_same_tokens_and_no_label_at_their_begin(size):
    held = features(7, (2, 20))
    for prefix in (False, True):
        batch = collate(held, prefix=prefix, pack_to=size)
        unpacked = collate(held, prefix=prefix)
        ids, labels = batch["input_ids"].reshape(-1), batch["labels"].reshape(-1)
        found = {}
        for first, last in zip(batch["cu_seqlens"][:-1], batch["cu_seqlens"][1:], strict=True):
            if batch["attention_mask"].reshape(-1)[first]:
                found[tuple(ids[first:last])] = labels[first:last].tolist()
        assert len(found) == 7
        for at, row in enumerate(held):
            wanted = unpacked["labels"][at, : len(row["input_ids"])].tolist()
            assert found[tuple(row["input_ids"])] == [-100, *wanted[1:]]


@pytest.fixture(scope="module")
def decoder():
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    torch.manual_seed(3)
    config = transformers.GPT2Config(
        vocab_size=toy().size, n_embd=16, n_layer=2, n_head=2, n_positions=64, attn_implementation="eager"
    )
    return transformers.GPT2LMHeadModel(config).eval()


def test_packed_and_padded_rows_have_the_same_loss(decoder):
    torch = pytest.importorskip("torch")
    held = features(5, (4, 12))
    padded = collate(held, return_tensors="pt")
    packed = collate(held, return_tensors="pt", pack_to="flat")
    width = packed["input_ids"].shape[1]
    own = attention.block_diagonal(attention.segments_of(packed["cu_seqlens"], width)) & attention.causal(width)
    mask = attention.as_additive(own[None], return_tensors="pt")
    ids = {name: packed[name] for name in ("input_ids", "position_ids", "labels")}
    with torch.no_grad():
        torch.testing.assert_close(decoder(**ids, attention_mask=mask).loss, decoder(**padded).loss)


@pytest.mark.parametrize("left", [False, True])
def test_a_model_sees_all_of_the_prefix_and_nothing_behind(decoder, left):
    torch = pytest.importorskip("torch")
    held = [{"input_ids": [BOS, 9, 8, 7, 6, 5, EOS], "prefix_length": 3}, {"input_ids": [BOS, 9], "prefix_length": 1}]
    batch = collate(held, left, prefix=True, full_mask=True, return_tensors="pt")
    assert decoder(**batch).loss > 0

    def scores(place, id):
        changed = batch["input_ids"].clone()
        changed[0, place] = id
        with torch.no_grad():
            return decoder(input_ids=changed, attention_mask=batch["attention_mask"]).logits[0]

    plain = scores(0, BOS)
    moved = [(scores(place, 20) - plain).abs().amax(1) > 1e-7 for place in (2, 4)]
    assert moved[0].tolist() == [True] * 7  # the last token of the prefix is seen by the first
    assert moved[1].tolist() == [False] * 4 + [True] * 3


def test_what_makes_no_sense_is_refused():
    for fields in ({"full_mask": True}, {"full_mask": True, "prefix": True, "pack_to": 8}, {"return_tensors": "tf"}):
        with pytest.raises(UsageError):
            Collate(toy(), **fields)
    with pytest.raises(DataError, match="row 1: prefix_length is 3"):
        collate([{"input_ids": [5, 6, 7], "prefix_length": 3}, {"input_ids": [5, 6], "prefix_length": 3}], prefix=True)
