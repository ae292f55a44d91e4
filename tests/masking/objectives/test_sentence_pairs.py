"""The collator of ordered segments: rows can be put back, whatever the batch, and are masked as rows are."""

import pickle
from itertools import chain, permutations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import BOS, EOS, FIRST, PAD, STOP, WORDS, toy

from textaug.errors import UsageError
from textaug.masking import DataCollatorForLanguageModeling, Masking, Words
from textaug.masking.annotate import annotate
from textaug.masking.objectives.pairs import classes
from textaug.masking.objectives.sentence_pairs import DataCollatorForSentencePairs as Collate

sizes = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=6), min_size=1, max_size=5)
objectives = st.sampled_from(["order", "reorder"])


def documents(rows, seed=0):
    rng = np.random.default_rng(seed)
    return [[rng.integers(FIRST, FIRST + WORDS, size).tolist() for size in row] for row in rows]


def features(held, numbered=True):
    """Return documents as rows of ids, with the numbers of their sentences or with full stops."""
    made = []
    for row, sentences in enumerate(held):
        ids = [[*one, *([] if numbered else [STOP])] for one in sentences]
        feature = {"input_ids": [BOS, *chain(*ids), EOS], "row_id": row}
        if numbered:
            feature["sentence_ids"] = [-1, *(at for at, one in enumerate(ids) for _ in one), -1]
        made.append(feature)
    return made


def collate(given_features, **fields):
    fields = {"return_tensors": "np", "seed": 5, **fields}
    return Collate(toy(), **fields)(given_features)


def segments(batch, row):
    """Return the segments of a row of a batch."""
    ids = batch["input_ids"][row][batch["attention_mask"][row] == 1].tolist()
    assert ids[0] == BOS and ids[-1] == EOS
    made, one = [], []
    for id in ids[1:]:
        if id == EOS:
            made, one = [*made, one], []
        else:
            one.append(id)
    return made


def orders(objective, most):
    if objective == "order":
        return dict(enumerate(permutations(range(2)))) | {-100: (0,)}
    return {classes(n - 1) + at: order for n in range(1, most + 1) for at, order in enumerate(permutations(range(n)))}


@given(rows=sizes, objective=objectives, most=st.integers(1, 4), seed=st.integers(0, 5), numbered=st.booleans())
def test_rows_put_back_in_their_order_are_the_features(rows, objective, most, seed, numbered):
    held = documents(rows, seed)
    batch = collate(features(held, numbered), objective=objective, max_segments=most, seed=seed)
    known = orders(objective, most)
    for row, sentences in enumerate(held):
        found, order = segments(batch, row), known[batch["sentence_order_label"][row]]
        back = [found[order.index(at)] for at in range(len(found))]
        stop = [] if numbered else [STOP]
        assert list(chain(*back)) == list(chain(*([*one, *stop] for one in sentences)))
        edges = np.cumsum([len(one) + len(stop) for one in sentences]).tolist()
        assert set(np.cumsum([len(one) for one in back]).tolist()) <= set(edges)
        assert objective == "reorder" or (len(found) == 1) == (len(sentences) == 1)


@given(rows=sizes, objective=objectives, seed=st.integers(0, 5), masked=st.booleans())
def test_a_row_does_not_depend_on_its_batch(rows, objective, seed, masked):
    held = features(documents(rows, seed))
    fields = {"objective": objective, "max_length": 24, "masking": Masking() if masked else None, "seed": seed}
    whole = collate(held, **fields)
    for row in reversed(range(len(held))):
        alone = collate([held[row]], pad_to_multiple_of=8, **fields)
        width = int(alone["attention_mask"].sum())
        for name, values in alone.items():
            if values.ndim == 1:
                assert values[0] == whole[name][row]
            else:
                assert values[0, :width].tolist() == whole[name][row, :width].tolist()


def test_what_the_features_come_as_does_not_matter():
    held = documents([[3, 4, 5], [2], [6, 1]])
    expected = collate(features(held))
    padded = features(held)
    for row in padded:
        room = 20 - len(row["input_ids"])
        row["attention_mask"] = [0] * room + [1] * len(row["input_ids"])
        row["input_ids"], row["sentence_ids"] = [PAD] * room + row["input_ids"], [-1] * room + row["sentence_ids"]
    kinds = {
        "table": pa.Table.from_pylist(features(held)),
        "padded": padded,
        "nested": [{"sentences": row, "row_id": at} for at, row in enumerate(held)],
        "nested table": pa.table({"sentences": held, "row_id": range(3)}),
        "bare": [
            {**row, "input_ids": row["input_ids"][1:-1], "sentence_ids": row["sentence_ids"][1:-1]}
            for row in features(held)
        ],
    }
    for kind, given_features in kinds.items():
        batch = collate(given_features)
        assert set(batch) == set(expected)
        for name in expected:
            np.testing.assert_array_equal(batch[name], expected[name], err_msg=f"{kind}: {name}")


def test_masks_are_those_of_the_rows_that_were_made():
    held = features(documents([[9, 8, 7]] * 20, 3))
    for row in held:
        row["word_ids"] = [-1, *(at // 2 for at in range(24)), -1]
        row["special_tokens_mask"] = [1, 1, *[0] * 23, 1]
    plain = collate(held, objective="reorder", seed=7)
    masking = Masking(Words())
    batch = collate(held, objective="reorder", masking=masking, seed=7)
    chosen = batch["labels"] != -100
    assert 0.05 < chosen.mean() < 0.3
    np.testing.assert_array_equal(np.where(chosen, batch["labels"], batch["input_ids"]), plain["input_ids"])
    assert not set(batch["labels"][chosen].tolist()) & {BOS, EOS, PAD}
    first = np.array([row["input_ids"][1] for row in held])
    protected = plain["input_ids"] == first[:, None]
    assert protected.any() and not (chosen & protected & (protected.sum(1, keepdims=True) == 1)).any()
    # as the collator of masking makes of them, given the same rows and where their words went
    rows = []
    for at, row in enumerate(held):
        place = {id: k for k, id in enumerate(row["input_ids"])}
        ids = plain["input_ids"][at][plain["attention_mask"][at] == 1].tolist()
        if len(place) == len(row["input_ids"]):  # no id is there twice
            inner = [-1 if id in (BOS, EOS) else row["word_ids"][place[id]] for id in ids]
            special = [1 if id in (BOS, EOS) else row["special_tokens_mask"][place[id]] for id in ids]
            rows.append((at, {"input_ids": ids, "word_ids": inner, "special_tokens_mask": special, "row_id": at}))
    assert len(rows) > 5
    again = DataCollatorForLanguageModeling(toy(), masking=masking, return_tensors="np", seed=7)
    theirs = again([row for _, row in rows])
    for k, (at, row) in enumerate(rows):
        assert (
            theirs["input_ids"][k][: len(row["input_ids"])].tolist()
            == batch["input_ids"][at][: len(row["input_ids"])].tolist()
        )


def test_other_columns_pass():
    held = [{**row, "label": at, "name": str(at)} for at, row in enumerate(features(documents([[2, 3], [4, 1]])))]
    batch = collate(held)
    assert batch["label"].tolist() == [0, 1] and batch["name"] == ["0", "1"]
    assert set(batch) == {"input_ids", "attention_mask", "token_type_ids", "sentence_order_label", "label", "name"}


def test_epochs_differ_and_pickles_agree():
    held = features(documents([[3, 4, 5, 2]] * 8))
    collator = Collate(toy(), objective="reorder", masking=Masking(), return_tensors="np")
    first = collator(held)
    collator.set_epoch(1)
    again = pickle.loads(pickle.dumps(collator))
    second = collator(held)
    assert first["sentence_order_label"].tolist() != second["sentence_order_label"].tolist()
    assert again(held)["labels"].tolist() == second["labels"].tolist()


def test_real_tokenizers_and_annotated_text(tok, reviews):
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict({"text": [review[:600] for review in reviews[:12]]})
    data = data.map(annotate(tok, sentences=True), batched=True, remove_columns="text")
    collator = Collate(tok, objective="reorder", masking=Masking(Words()), max_length=128)
    batch = collator([data[at] for at in range(12)])
    assert batch["input_ids"].shape == batch["token_type_ids"].shape and batch["input_ids"].shape[1] <= 128
    assert set(batch["token_type_ids"].unique().tolist()) <= {0, 1}
    assert len(batch["sentence_order_label"].unique()) > 2
    assert (batch["input_ids"][:, 0] == tok.cls_token_id).all()


def test_albert_and_bert_take_the_batches():
    transformers = pytest.importorskip("transformers")
    held = features(documents([[3, 4, 5], [2, 6]]))
    batch = collate(held, masking=Masking(), return_tensors="pt")
    sizes = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 16, "vocab_size": toy().size}
    albert = transformers.AlbertForPreTraining(transformers.AlbertConfig(embedding_size=8, **sizes))
    assert albert(**batch).loss > 0


def test_what_makes_no_sense_is_refused():
    with pytest.raises(UsageError, match="whole corpus"):
        Collate(toy(), objective="next")
    with pytest.raises(UsageError, match="max_segments"):
        Collate(toy(), objective="reorder", max_segments=0)
    collator = Collate(toy(), return_tensors="np", sentence_ends=[STOP])
    assert collator([{"input_ids": [5, STOP, 6, 7, STOP]}])["sentence_order_label"][0] in (0, 1)
