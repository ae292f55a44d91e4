"""Features in every form make one batch, and what is no batch is refused with its place and the remedy."""

import re

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from maskings import cases

from textaug.draws import Address
from textaug.errors import DataError, UsageError
from textaug.masking import DataCollatorForLanguageModeling, Exact, Masking, Rows, Vocabulary, Words
from textaug.masking.features import read
from textaug.masking.rows import taken

VOCABULARY = Vocabulary(("[PAD]", "[MASK]", *map(str, range(98))), (0, 1), mask=1, pad=0)
NUMBERS = st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=6), min_size=1, max_size=5)


def same_batch(one, other):
    assert set(one) == set(other)
    for name, values in one.items():
        if isinstance(values, np.ndarray):
            assert values.dtype == other[name].dtype, name
            np.testing.assert_array_equal(values, other[name], err_msg=name)
        else:
            assert values == other[name]


def forms(case, more):
    """Return the rows of a case, and more columns, in every form that features have."""
    rows = [{**row, **{name: held[k] for name, held in more.items()}} for k, row in enumerate(case.features())]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    listed = {name for name in columns if isinstance(columns[name][0], list)}
    table = pa.table(
        {name: pa.array(held, pa.list_(pa.int64()) if name in listed else None) for name, held in columns.items()}
    )
    large = pa.table(
        {name: pa.array(held, pa.large_list(pa.int32())) if name in listed else held for name, held in columns.items()}
    )
    before = pa.table(
        {name: pa.array([[9], *held] if name in listed else [held[0], *held]) for name, held in columns.items()}
    )
    arrays = {
        name: [np.array(row, np.int32) for row in held] if name in listed else np.array(held)
        for name, held in columns.items()
    }
    tensors = {name: list(map(torch.tensor, held)) for name, held in columns.items() if name != "text"}
    objects = {**columns, "input_ids": np.array([*map(np.array, case.ids), None], object)[:-1]}
    return {
        "dict of lists": columns,
        "tuples": [{name: tuple(value) if name in listed else value for name, value in row.items()} for row in rows],
        "dict of arrays": arrays,
        "dict of object arrays": objects,
        "rows of arrays": [{name: arrays[name][k] for name in arrays} for k in range(len(rows))],
        "rows of tensors": [{**row, **{name: tensors[name][k] for name in tensors}} for k, row in enumerate(rows)],
        "table": table,
        "table of large lists": large,
        "slice of a table": before.slice(1),
        "chunked table": pa.concat_tables([table.slice(0, 1), table.slice(1)]),
        "record batch": table.combine_chunks().to_batches()[0],
        "pandas": pd.DataFrame(columns),
        "polars": pl.from_arrow(table),
        "generator": (row for row in rows),
    }


@settings(max_examples=15)
@given(data=st.data(), seed=st.integers(0, 99))
def test_every_form_makes_the_same_batch(encoded, data, seed):
    case = data.draw(cases(encoded, longest=(1, 7, 30)))
    rng = np.random.default_rng(seed)
    more = {
        "label": rng.integers(0, 9, len(case.ids)).tolist(),
        "score": (rng.integers(0, 9, len(case.ids)) / 8).tolist(),
        "text": [f"row {k}" for k in range(len(case.ids))],
        "token_type_ids": [rng.integers(0, 2, len(row)).tolist() for row in case.ids],
        "bbox": [[1, 2, 3, 4]] * len(case.ids),
    }
    masking = Masking(Words(), Exact(0.3))
    collate = DataCollatorForLanguageModeling(case.tokenizer, masking=masking, seed=seed, return_tensors="np")
    rows = [{**row, **{name: held[k] for name, held in more.items()}} for k, row in enumerate(case.features())]
    batch = collate(rows)
    bare = case.masked(masking, address=Address(seed))
    assert [row[: len(ids)].tolist() for row, ids in zip(batch["labels"], case.ids, strict=True)] == bare.labels
    assert batch["bbox"].shape == (len(case.ids), 4)
    assert batch["label"].tolist() == more["label"]
    assert batch["score"].tolist() == more["score"]
    assert batch["text"] == more["text"]
    for name, form in forms(case, more).items():
        try:
            same_batch(collate(form), batch)
        except Exception as error:
            raise AssertionError(name) from error


def test_bare_rows_arrays_and_texts(encoded):
    held, rows = encoded["wordpiece"]
    ids = [row[:12] for row, _ in rows[:5]]
    collate = DataCollatorForLanguageModeling(held, return_tensors="np", mlm_probability=0.5)
    batch = collate([{"input_ids": row} for row in ids])
    for form in (
        ids,
        tuple(ids),
        np.array(ids),
        torch.tensor(ids),
        list(map(np.array, ids)),
        {"input_ids": np.array(ids)},
    ):
        same_batch(collate(form), batch)
    texts = ["A short line.", "Another one, a little longer", "很好看"]
    one, other = collate(texts), collate([{"input_ids": row} for row in held(texts)["input_ids"]])
    for name in other:
        np.testing.assert_array_equal(one[name], other[name])
    plain = DataCollatorForLanguageModeling(held.backend_tokenizer, return_tensors="np", mlm_probability=0.5)
    np.testing.assert_array_equal(plain(texts)["labels"], one["labels"])


@given(NUMBERS, st.sampled_from([np.int8, np.int16, np.uint16, np.int32, np.int64, np.uint32, bool]))
def test_numbers_are_read_as_they_are(rows, kind):
    kept = [
        [int(kind(value % 2)) if kind is bool else int(np.array(value).astype(kind)) for value in row] for row in rows
    ]
    assert Rows.of([np.array(row, kind) for row in kept]).lists() == kept
    assert Rows.of(kept).lists() == kept
    assert Rows.of(pa.array(kept, pa.list_(pa.int64()))).lists() == kept
    made = Rows.of(kept)
    assert Rows.of(made) is made
    assert len(made) == len(kept)
    assert made.lengths.tolist() == [len(row) for row in kept]


@given(NUMBERS, st.data())
def test_rows_are_taken_in_any_order(rows, data):
    order = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=8))
    assert taken(Rows.of(rows), np.array(order, np.int64)).lists() == [rows[k] for k in order]


def test_null_rows_of_arrow_are_empty_and_slices_are_kept():
    column = pa.array([[1], None, [2, 3], [4]], pa.list_(pa.int32()))
    assert Rows.of(column).lists() == [[1], [], [2, 3], [4]]
    assert Rows.of(column.slice(2)).lists() == [[2, 3], [4]]
    assert Rows.of(column.slice(1, 2)).lists() == [[], [2, 3]]
    assert Rows.of(pa.chunked_array([], pa.list_(pa.int32()))).lists() == []
    assert Rows.of(pa.array([[1, 2], [3, 4]], pa.list_(pa.int16(), 2)).slice(1)).lists() == [[3, 4]]


def test_floats_that_come_along_are_padded():
    columns = read([{"input_ids": [5], "weights": []}, {"input_ids": [6, 7], "weights": [0.5, 1.0]}])
    assert columns.lists["weights"].values.dtype == np.float32
    collate = DataCollatorForLanguageModeling(VOCABULARY, return_tensors="np")
    batch = collate([{"input_ids": [5], "w": [0.5]}, {"input_ids": [6, 7], "w": [0.25, 1.0]}])
    assert batch["w"].tolist() == [[0.5, 0.0], [0.25, 1.0]]


def test_none_in_a_column_is_no_word():
    """A fast tokenizer's `word_ids()` has None for special tokens."""
    ids, words = [[5, 6, 7, 8], [0], [9, 5]], [[None, 0, 0, None], [None], [0, None]]
    column = pa.array(words, pa.list_(pa.int32()))
    for held in (words, column, pa.chunked_array([column[:1], column[1:]])):
        assert read({"input_ids": ids, "word_ids": held}).lists["word_ids"].lists() == [[-1, 0, 0, -1], [-1], [0, -1]]
    tags = [[None], ["a", None]]
    assert read({"input_ids": ids[:2], "tags": tags}).others == {"tags": tags}


def test_what_is_no_tensor_is_passed_on():
    collate = DataCollatorForLanguageModeling(VOCABULARY)
    features = {
        "input_ids": [[5, 6], [7]],
        "text": np.array(["a", "b"]),
        "when": np.array(["2020-01-01", "2020-01-02"], "datetime64[D]"),
        "maybe": [1, None],
        "nested": [[[1], [2]], [[3]]],
        "words": [["a", "b"], ["c"]],
    }
    batch = collate(features)
    assert batch["text"] == ["a", "b"]
    assert batch["maybe"] == [1, None]
    assert batch["nested"] == features["nested"]
    assert batch["words"] == features["words"]
    assert [str(day) for day in batch["when"]] == ["2020-01-01", "2020-01-02"]
    dates = pa.table({"input_ids": [[5, 6], [7]], "when": pa.array([1, 2], pa.date32()), "gap": [1, None]})
    assert collate(dates)["gap"] == [1, None]


@pytest.mark.parametrize("pack_to", [None, 8, "flat"])
def test_labels_of_the_data_set_give_way_to_those_of_the_objective(pack_to):
    collate = DataCollatorForLanguageModeling(VOCABULARY, mlm_probability=1.0, return_tensors="np", pack_to=pack_to)
    for labels in ([1, 0], [[1, 1], [2]], ["a", "b"]):
        batch = collate({"input_ids": [[5, 6], [7]], "labels": labels})
        assert sorted(batch["labels"][batch["labels"] != -100].tolist()) == [5, 6, 7]


REFUSED = [
    ([], "there are no features; a batch has one row at least"),
    ({}, "there are no features"),
    ([{}], "there are no features"),
    ({"input_ids": []}, "there are no features"),
    ([{"label": 1}], "the features have no 'input_ids', but label; tokenise the data set first"),
    ([{"text": "a", "ids": [1]}], "no 'input_ids', but ids, text"),
    ([{"input_ids": "abc"}], "'input_ids' has 'abc' in row 0; it takes a row of integers"),
    ([{"input_ids": 5}], "'input_ids' has np.int64(5) in row 0"),
    ([{"input_ids": None}], "'input_ids' has None in row 0"),
    ([{"input_ids": [["a"]]}], "'input_ids' has [['a']] in row 0"),
    ([{"input_ids": [1.5, 2.0]}], "'input_ids' are floating-point numbers; ids are integers"),
    ([{"input_ids": [1, "a"]}], "row 0 holds 'a' at place 1, not an integer"),
    ([{"input_ids": [1]}, {"input_ids": [2, None]}], "row 1 holds None at place 1"),
    ([{"input_ids": [2**63]}], "ids are rows of integers"),
    ([{"input_ids": [1], "a": 1}, {"input_ids": [2]}], "feature 1 has no 'a', which the first one has"),
    ([{"input_ids": [1]}, {"input_ids": [2], "a": 1}], "feature 1 has 'a', which the first one lacks"),
    ({"input_ids": [[1], [2]], "a": [1]}, "'a' has 1 rows, and other columns 2"),
    (np.zeros((2, 2, 2), int), "'input_ids' has array([[0, 0]"),
    (np.zeros((2, 2)), "'input_ids' are floating-point numbers"),
    (np.array([["a"]]), "ids are integers, not <U1"),
    ([{"input_ids": [5, 6], "special_tokens_mask": [1]}], "row 0: 'special_tokens_mask' has 1 values, and input_ids 2"),
    (pa.table({"input_ids": pa.array([[1, None]])}), "a list of token ids holds null; fill it, or drop the row"),
    (pa.table({"input_ids": ["a"]}), "'input_ids' has 'a' in row 0"),
]


@pytest.mark.parametrize(("features", "message"), REFUSED)
def test_what_is_no_batch_is_refused(features, message):
    with pytest.raises(DataError, match=re.escape(message)):
        DataCollatorForLanguageModeling(VOCABULARY)(features)


def test_rows_refuse_what_they_cannot_hold():
    with pytest.raises(DataError, match="an array of ids has 1 dimensions"):
        Rows.of(np.array([1, 2]))
    with pytest.raises(DataError, match="a list of integers for each row, not int64"):
        Rows.of(pa.array([1, 2]))
    with pytest.raises(DataError, match="row 1 of the ids has 0 dimensions"):
        Rows.of([np.array([1]), np.array(2)])
    with pytest.raises(DataError, match="there are 1 ids for 2 rows; give each row one"):
        Masking().mask([[5], [6]], VOCABULARY, ids=[1])
    with pytest.raises(DataError, match="'special_tokens_mask' has 1 rows, and input_ids 2"):
        Masking().mask([[5], [6]], VOCABULARY, special_tokens_mask=[[0]])
    with pytest.raises(UsageError, match="texts were given, and no tokenizer that takes them"):
        DataCollatorForLanguageModeling(VOCABULARY)(["some text"])


def test_what_is_packed_has_a_number_for_each_token():
    collate = DataCollatorForLanguageModeling(VOCABULARY, pack_to=4, return_tensors="np")
    with pytest.raises(DataError, match="row 0: 'bbox' has 4 values, and input_ids 2"):
        collate([{"input_ids": [5, 6], "bbox": [1, 2, 3, 4]}])
    batch = collate([{"input_ids": [5, 6], "kind": [1, 2]}, {"input_ids": [7, 8, 9], "kind": [3, 4, 5]}])
    assert batch["kind"].tolist() == [[3, 4, 5, 0], [1, 2, 0, 0]]
