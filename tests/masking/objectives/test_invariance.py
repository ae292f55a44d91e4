"""What an objective makes of a row is a function of seed, epoch and row id: not of how the rows come."""

import pickle

import numpy as np
import pytest
from toys import EOS, FIRST, PAD, rows, toy

from textaug.masking import Tokens, Words
from textaug.masking.objectives.denoisers import ul2
from textaug.masking.objectives.infilling import DataCollatorForTextInfilling
from textaug.masking.objectives.permutation import DataCollatorForPermutationLanguageModeling
from textaug.masking.objectives.span_corruption import DataCollatorForSpanCorruption

CONFIGURATIONS = {
    "permutation": (DataCollatorForPermutationLanguageModeling, {}),
    "permutation-published": (DataCollatorForPermutationLanguageModeling, {"published": True}),
    "xlnet": (DataCollatorForPermutationLanguageModeling, {"scheme": "xlnet", "num_predict": 9}),
    "xlnet-words": (DataCollatorForPermutationLanguageModeling, {"scheme": "xlnet", "units": Words(chinese=False)}),
    "t5": (DataCollatorForSpanCorruption, {}),
    "t5-published": (DataCollatorForSpanCorruption, {"published": True}),
    "ul2": (DataCollatorForSpanCorruption, {"denoisers": ul2()}),
    "bart": (DataCollatorForTextInfilling, {}),
    "bart-all": (
        DataCollatorForTextInfilling,
        {"permute_sentence_ratio": 0.7, "rotate_ratio": 0.5, "random_replace_prob": 0.2, "units": Tokens()},
    ),
}
ROWS = rows(23, (8, 60), 11)
FEATURES = [{"input_ids": ids, "row_id": 1000 + 7 * k} for k, ids in enumerate(ROWS)]


@pytest.fixture(params=CONFIGURATIONS)
def made(request):
    """Return a function that makes the collator, with more fields."""
    cls, fields = CONFIGURATIONS[request.param]
    return lambda left=False, **more: cls(toy(left), **{"return_tensors": "np", "seed": 3} | fields | more)


def by_row(batch):
    """Return what a batch says of each row, without padding: by names, as bytes."""
    found = []
    for k, seen in enumerate(batch["attention_mask"]):
        real = np.flatnonzero(seen)
        row = {"input_ids": batch["input_ids"][k][real].tobytes()}
        labels = batch["labels"][k]
        row["labels"] = labels[labels != -100].tobytes()
        for name in ("perm_mask", "target_mapping"):
            if name in batch:
                table = np.asarray(batch[name][k])
                queries = real if len(table) == len(seen) else np.arange(len(table))
                row[name] = np.ascontiguousarray(table[np.ix_(queries, real)]).tobytes()
        found.append(row)
    return found


def test_batches_order_and_epochs(made):
    collator = made()
    whole = by_row(collator(FEATURES))
    assert whole == [by_row(collator([feature]))[0] for feature in FEATURES]
    assert whole[::-1] == by_row(collator(FEATURES[::-1]))
    assert whole == by_row(pickle.loads(pickle.dumps(made()))(FEATURES))
    collator.set_epoch(1)
    assert whole != by_row(collator(FEATURES))
    assert whole != by_row(made(seed=4)(FEATURES))


@pytest.mark.parametrize("masked", [False, True])
def test_padding_does_not_count(made, masked):
    collator = made()
    whole = by_row(collator(FEATURES))
    for left in (False, True):
        padded = []
        for k, feature in enumerate(FEATURES):
            ids, more = feature["input_ids"], [PAD] * (k % 5)
            new = {**feature, "input_ids": more + ids if left else ids + more}
            if masked:
                new["attention_mask"] = [int(token != PAD) for token in new["input_ids"]]
            padded.append(new)
        assert by_row(collator(padded)) == whole
        assert by_row(made(left)(padded)) == whole
    assert by_row(made(pad_to_multiple_of=64)(FEATURES)) == whole


def test_whatever_the_features_are(made):
    import pyarrow as pa

    collator, ids = made(), [feature["row_id"] for feature in FEATURES]
    whole = by_row(collator(FEATURES))
    forms = [
        [{"input_ids": np.array(row), "row_id": k} for row, k in zip(ROWS, ids, strict=True)],
        {"input_ids": ROWS, "row_id": np.array(ids)},
        pa.table({"input_ids": pa.array(ROWS, pa.list_(pa.int32())), "row_id": ids}),
    ]
    torch = pytest.importorskip("torch")
    forms.append([{"input_ids": torch.tensor(row), "row_id": k} for row, k in zip(ROWS, ids, strict=True)])
    for form in forms:
        assert by_row(collator(form)) == whole
    tensors = made(return_tensors="pt")(FEATURES)
    assert all(isinstance(value, torch.Tensor) for value in tensors.values())
    assert by_row({name: value.numpy() for name, value in tensors.items()}) == whole


def test_without_row_ids_the_tokens_are_the_address(made):
    bare = [{"input_ids": row} for row in ROWS]
    whole = by_row(made()(bare))
    assert whole[5:] == by_row(made()(bare[5:])) and whole == by_row(made()(ROWS))
    assert by_row(made()([ROWS[0], ROWS[0]]))[0] == by_row(made()([ROWS[0], ROWS[0]]))[1]


def test_what_came_in_stays_as_it_was(made):
    given = {"input_ids": np.array(rows(4, (30, 30))), "row_id": np.arange(4)}
    before = given["input_ids"].copy()
    made()(given)
    np.testing.assert_array_equal(given["input_ids"], before)


def test_scalars_and_annotations(made):
    batch = made()([{**feature, "source_id": 4, "word_ids": [0] * len(feature["input_ids"])} for feature in FEATURES])
    assert batch["source_id"].tolist() == [4] * len(FEATURES) and "word_ids" not in batch and "row_id" not in batch


@pytest.mark.parametrize("name", ["xlnet", "permutation", "ul2", "bart-all"])
def test_workers_make_the_same(name):
    torch = pytest.importorskip("torch")
    cls, fields = CONFIGURATIONS[name]
    collator = cls(toy(), seed=3, **fields)
    loader = torch.utils.data.DataLoader
    here = list(loader(FEATURES, batch_size=5, collate_fn=collator))
    there = list(loader(FEATURES, batch_size=5, collate_fn=collator, num_workers=2))
    for one, other in zip(here, there, strict=True):
        assert one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)


def test_a_pad_that_is_also_the_end_stays_without_an_attention_mask():
    class Same(type(toy())):
        eos_token_id = PAD

    tokenizer = Same(toy().tokens, toy().special, mask=3, pad=PAD, style="wordpiece")
    row = [*range(FIRST, FIRST + 9), PAD]
    batch = DataCollatorForSpanCorruption(tokenizer, return_tensors="np")([row])
    assert batch["input_ids"][0, -1] == PAD and batch["attention_mask"].all()
    batch = DataCollatorForSpanCorruption(tokenizer, return_tensors="np")(
        [{"input_ids": [*row, PAD], "attention_mask": [1] * 10 + [0]}]
    )
    assert batch["input_ids"][0, -1] == PAD and batch["input_ids"][0, -2] != PAD
    assert EOS not in batch["input_ids"]
