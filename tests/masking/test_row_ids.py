"""Row ids: what `keyed` makes of data sets of all sorts, and what stands in for it."""

import pickle

import datasets
import numpy as np
import pytest
import torch
from datasets.distributed import split_dataset_by_node
from loops import VOCABULARY, changed, masks, rows
from torch.utils.data import ConcatDataset, DataLoader, Subset

from textaug.errors import DataError, UsageError
from textaug.masking import DataCollatorForLanguageModeling, DataCollatorForWholeWordMask, Rows, keyed
from textaug.masking.row_ids import row_ids

ROWS = rows(24)
FORMATS = [None, "numpy", "torch", "arrow", "pandas", "polars"]


@pytest.fixture(autouse=True)
def quiet():
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


@pytest.fixture
def held():
    return datasets.Dataset.from_list(ROWS)


def numbers(dataset):
    return [int(row["row_id"]) for row in dataset]


def collated(features, collator=None):
    return masks([(collator or DataCollatorForWholeWordMask(VOCABULARY, seed=1, return_tensors="np"))(features)])


WANTED = collated([{**row, "row_id": k} for k, row in enumerate(ROWS)])


class Texts(torch.utils.data.Dataset):
    """A map-style data set."""

    def __len__(self):
        return len(ROWS)

    def __getitem__(self, index):
        return {"input_ids": torch.tensor(ROWS[index]["input_ids"])}


class Stream(torch.utils.data.IterableDataset):
    """A stream that knows how long it is, but has no places."""

    def __len__(self):
        return len(ROWS)

    def __iter__(self):
        return iter(ROWS)


@pytest.mark.parametrize("format", FORMATS)
def test_a_dataset_of_any_format_keeps_it(held, format):
    made = keyed(held.with_format(format))
    assert made.format["type"] == format
    assert made.with_format(None)["row_id"][:] == list(range(24))
    assert collated(made[:]) == WANTED


def test_formatted_columns_stay_chosen(held):
    wide = held.add_column("text", ["x"] * 24).with_format("numpy", columns=["input_ids"])
    assert set(keyed(wide)[0]) == {"input_ids", "row_id"}
    every = held.add_column("text", ["x"] * 24).with_format("numpy", columns=["input_ids"], output_all_columns=True)
    assert set(keyed(every)[0]) == {"input_ids", "row_id", "text"}


def test_what_is_done_afterwards_takes_the_numbers_along(held):
    made = keyed(held)
    split = made.train_test_split(0.5, seed=3)
    for part in (made.shuffle(seed=1), made.select([5, 3]), made.shard(3, 1), split["train"], split["test"]):
        assert [ROWS[row["row_id"]]["input_ids"] for row in part] == [row["input_ids"] for row in part]
        assert WANTED.items() >= collated(list(part)).items()


def test_dictionaries_of_splits(held):
    made = keyed(datasets.DatasetDict(train=held, test=held.select(range(3))))
    assert isinstance(made, datasets.DatasetDict)
    assert numbers(made["train"]) == list(range(24)) and numbers(made["test"]) == [0, 1, 2]
    made = keyed(datasets.IterableDatasetDict(train=held.to_iterable_dataset()))
    assert numbers(made["train"]) == list(range(24))


@pytest.mark.parametrize("shards", [1, 4])
@pytest.mark.parametrize("typed", [True, False], ids=["typed", "untyped"])
def test_iterable_numbers_are_the_same_whoever_reads_them(held, shards, typed):
    stream = held.to_iterable_dataset(num_shards=shards)
    made = keyed(stream if typed else stream.map(lambda row: row))
    assert made.num_shards == shards
    wanted = {tuple(row["input_ids"]): row["row_id"] for row in made}
    assert len(set(wanted.values())) == 24
    views = [made.shuffle(seed=seed, buffer_size=7) for seed in (1, 2)]
    views += [split_dataset_by_node(made, rank, 2) for rank in (0, 1)]
    for view in views:
        assert all(wanted[tuple(row["input_ids"])] == row["row_id"] for row in view)
    loaded = list(DataLoader(made, batch_size=5, num_workers=2 if shards > 1 else 0, collate_fn=list))
    assert wanted == {tuple(row["input_ids"]): row["row_id"] for batch in loaded for row in batch}


@pytest.mark.parametrize("format", ["numpy", "torch", "arrow"])
def test_iterable_formats(held, format):
    made = keyed(held.to_iterable_dataset(num_shards=3).with_format(format))
    got = [row if format != "arrow" else row.to_pylist()[0] for row in made]
    assert [int(row["row_id"]) for row in got] == [k << 40 | n for k in range(3) for n in range(8)]
    assert type(got[0]["input_ids"]) is {"numpy": np.ndarray, "torch": torch.Tensor, "arrow": list}[format]


@pytest.mark.parametrize("shards", [1, 4])
def test_iterable_state_goes_on_with_the_numbers(held, shards):
    made = keyed(held.to_iterable_dataset(num_shards=shards))
    wanted = numbers(made)
    going = iter(made)
    for _ in range(9):
        next(going)
    other = keyed(held.to_iterable_dataset(num_shards=shards))
    other.load_state_dict(made.state_dict())
    assert numbers(other) == wanted[9:]


def test_generated_streams():
    def generate(parts):
        for part in parts:
            yield from ROWS[part::2]

    stream = datasets.IterableDataset.from_generator(generate, gen_kwargs={"parts": [0, 1]})
    assert numbers(keyed(stream)) == [*range(12), *range(1 << 40, (1 << 40) + 12)]


@pytest.mark.parametrize("data", [Texts(), ROWS, tuple(ROWS), Subset(Texts(), range(24))])
def test_map_style_data_sets(data):
    made = keyed(data)
    assert len(made) == 24 and numbers(made) == list(range(24))
    assert made[-1]["row_id"] == 23 and "row_id" not in data[-1]
    with pytest.raises(IndexError):
        made[24]
    assert collated(next(iter(DataLoader(made, batch_size=7, collate_fn=list)))).items() <= WANTED.items()
    assert collated(pickle.loads(pickle.dumps(made)).__getitems__([3, 1])).items() <= WANTED.items()
    halves = ConcatDataset([Subset(made, range(12, 24)), Subset(made, range(12))])
    assert numbers(halves) == [*range(12, 24), *range(12)]


def test_what_cannot_be_numbered_is_refused(held):
    with pytest.raises(UsageError, match="rows of a Stream have no number that all workers agree on"):
        keyed(Stream())
    with pytest.raises(UsageError, match="rows of a generator have no number"):
        keyed(row for row in ROWS)
    with pytest.raises(UsageError, match="has a column 'row_id' already"):
        keyed(keyed(held))
    with pytest.raises(DataError, match="row 0 is a list"):
        keyed([[5, 6]])[0]


def test_numbers_tell_equal_rows_apart_and_hashes_do_not():
    collator = DataCollatorForLanguageModeling(VOCABULARY, return_tensors="np")
    twins = [{"input_ids": list(range(10, 90))}] * 2
    plain, told = collator(twins)["labels"], collator(list(keyed(twins)))["labels"]
    assert (plain[0] == plain[1]).all() and (told[0] != told[1]).any()


@pytest.mark.parametrize("dtype", [np.int16, np.int32, np.int64, np.uint16])
def test_the_hash_is_of_the_ids_whatever_they_lie_in(dtype):
    ids = Rows.of([row["input_ids"] for row in ROWS])
    wanted = row_ids(None, ids, 0)
    assert len(set(wanted.tolist())) == 24
    arrays = [np.array(row["input_ids"], dtype) for row in ROWS]
    padded = [np.pad(row, (0, k)) for k, row in enumerate(arrays)]
    for given in (arrays, padded):
        np.testing.assert_array_equal(row_ids(None, Rows.of(given), 0), wanted)


def test_ids_of_the_user(held):
    names = [f"doc-{k}" for k in range(24)]
    given = [{**row, "row_id": name} for row, name in zip(ROWS, names, strict=True)]
    wanted = collated(given)
    assert changed(wanted, WANTED) > 0.5
    assert collated(given[::-1]) == wanted
    assert collated(held.add_column("row_id", names).with_format("arrow")[:]) == wanted
