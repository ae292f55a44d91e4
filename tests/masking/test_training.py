"""Collators in loaders: a row's mask depends on the seed, the epoch and the row, whatever loads it, and where."""

import copy
import pickle

import datasets
import pytest
from accelerate import Accelerator, skip_first_batches
from accelerate.data_loader import prepare_data_loader
from loops import VOCABULARY, changed, masks, rows
from torch.utils.data import BatchSampler, DataLoader, DistributedSampler, RandomSampler, SequentialSampler

import textaug as ta
from textaug.errors import UsageError
from textaug.masking import Linear

ROWS = rows(48)
KEYED = ta.keyed(ROWS)
FEW_CORES = "ignore:This DataLoader will create 4 worker processes:UserWarning"


def collator(epoch=0, **given):
    made = ta.DataCollatorForWholeWordMask(VOCABULARY, **{"seed": 1, **given})
    made.set_epoch(epoch)
    return made


def loader(collate, data=KEYED, **given):
    return DataLoader(data, **{"batch_size": 7, "collate_fn": collate, **given})


def wanted(epoch=0, **given):
    return masks([collator(epoch, **given)(list(KEYED))])


WANTED = [wanted(epoch) for epoch in range(3)]


def epochs(held, collate, count=3):
    """Run a loop as people write it."""
    made = []
    for epoch in range(count):
        collate.set_epoch(epoch)
        made.append(masks(held))
    return made


def test_epochs_and_seeds_have_masks_of_their_own():
    for other in (WANTED[1], WANTED[2], wanted(seed=2), wanted(source="b.parquet")):
        assert changed(WANTED[0], other) > 0.5
    assert wanted(seed=None) == wanted(seed=0)


@pytest.mark.parametrize("batch_size", [1, 5, 48])
@pytest.mark.parametrize("given", [{}, {"pad_to_multiple_of": 64}, {"return_tensors": "np"}], ids=str)
def test_batch_size_padding_and_order(batch_size, given):
    assert masks(loader(collator(**given), batch_size=batch_size, shuffle=True)) == WANTED[0]


def test_padding_that_rows_bring_along():
    padded = [{**row, "input_ids": row["input_ids"] + [0] * 9} for row in KEYED]
    for row in padded:
        row["attention_mask"] = [int(id != 0) for id in row["input_ids"]]
    assert masks([collator()(padded)]) == WANTED[0]


@pytest.mark.filterwarnings(FEW_CORES)
@pytest.mark.parametrize("persistent", [False, True], ids=["anew", "persistent"])
@pytest.mark.parametrize("workers", [2, 4])
def test_forked_workers_and_their_epochs(workers, persistent):
    collate = collator()
    given = {"num_workers": workers, "persistent_workers": persistent, "multiprocessing_context": "fork"}
    assert epochs(loader(collate, shuffle=True, **given), collate) == WANTED


@pytest.mark.parametrize("persistent", [False, True], ids=["anew", "persistent"])
def test_spawned_workers_and_their_epochs(persistent):
    """Each of them imports torch for seconds: two that stay, and one of an epoch that is not the first."""
    collate = collator(2)
    given = {"num_workers": 1 + persistent, "persistent_workers": persistent, "multiprocessing_context": "spawn"}
    held = loader(collate, **given)
    assert masks(held) == WANTED[2]
    if persistent:
        assert epochs(held, collate) == WANTED


def test_no_workers():
    collate = collator()
    assert epochs(loader(collate), collate) == WANTED


@pytest.mark.parametrize("workers", [0, 2])
def test_an_epoch_set_between_batches_is_that_of_batches_still_to_be_made(workers):
    collate = collator()
    batches = iter(loader(collate, num_workers=workers, batch_size=1))
    made = masks([next(batches)])
    collate.set_epoch(1)
    made |= masks(batches)
    ids = [tuple(row["input_ids"]) for row in ROWS]
    ahead = [made[row] == WANTED[0][row] != WANTED[1][row] for row in ids]
    assert all(made[row] in (WANTED[0][row], WANTED[1][row]) for row in ids)
    assert not any(ahead[1 + 3 * workers :])  # at most two batches a worker are made ahead, and one is under way


@pytest.mark.parametrize("ranks", [2, 3])
def test_ranks_with_samplers(ranks):
    made = {}
    for rank in range(ranks):
        sampler = DistributedSampler(KEYED, num_replicas=ranks, rank=rank, shuffle=True)
        sampler.set_epoch(rank)  # whoever gets a row
        made |= masks(loader(collator(), sampler=sampler))
    assert made.items() <= WANTED[0].items()


def test_a_run_that_is_resumed():
    collate = collator()
    epochs(loader(collate), collate, 2)
    state = pickle.loads(pickle.dumps(collate.state_dict()))
    again = collator()
    again.load_state_dict(state)
    rest = BatchSampler(range(14, 48), 7, drop_last=False)
    made = masks(DataLoader(KEYED, batch_sampler=rest, collate_fn=again))
    assert len(made) == 34 and made.items() <= WANTED[1].items()
    with pytest.raises(UsageError, match="the state is of seed 1, and this collator has seed 2"):
        collator(seed=2).load_state_dict(state)


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_copies_draw_the_same_and_go_on_by_themselves(duplicate):
    collate = collator(1)
    other = duplicate(collate)
    assert masks([other(list(KEYED))]) == WANTED[1]
    other.set_epoch(2)
    assert masks([collate(list(KEYED))]) == WANTED[1] and masks([other(list(KEYED))]) == WANTED[2]


@pytest.mark.parametrize("workers", [0, 2])
def test_schedules_whose_step_is_set_as_an_epoch_begins(workers):
    collate = collator(mlm_probability=Linear(0.5, 0.1, steps=10))
    held = loader(collate, num_workers=workers, persistent_workers=workers > 0)
    shares = []
    for step in (0, 5, 10):
        collate.set_step(step)
        made = masks(held)
        assert made == wanted(mlm_probability=Linear(0.5, 0.1, steps=10).at(step))
        marked = [one for _, row in made.values() for one in row[1:-1]]
        shares.append(sum(marked) / len(marked))
    assert shares == pytest.approx([0.5, 0.3, 0.1], abs=0.03)  # short rows: budgets are rounded


# Of the library `datasets`


@pytest.mark.parametrize("format", [None, "numpy", "torch", "pandas"])
@pytest.mark.parametrize("workers", [0, 2])
def test_map_style_datasets(format, workers):
    held = ta.keyed(datasets.Dataset.from_list(ROWS)).with_format(format)
    if format == "pandas":  # a loader takes a frame as one batch
        given = {"sampler": BatchSampler(RandomSampler(held), 7, drop_last=False), "batch_size": None}
    else:
        given = {"shuffle": True}
    assert masks(loader(collator(), held, num_workers=workers, **given)) == WANTED[0]


@pytest.mark.parametrize("workers", [0, 2])
def test_tables_of_arrow_go_whole_into_the_collator(workers):
    held = ta.keyed(datasets.Dataset.from_list(ROWS)).with_format("arrow")
    batches = BatchSampler(SequentialSampler(held), 7, drop_last=False)
    given = {"sampler": batches, "batch_size": None, "num_workers": workers}
    assert masks(loader(collator(), held, **given)) == WANTED[0]


@pytest.mark.filterwarnings(FEW_CORES)
@pytest.mark.parametrize("workers", [0, 2, 4])
def test_iterable_datasets(workers):
    """The rows' numbers tell shards too, so that the masks are others than those of the map-style data set."""
    held = ta.keyed(datasets.Dataset.from_list(ROWS).to_iterable_dataset(num_shards=4))
    expected = [masks([collator(epoch)(list(held))]) for epoch in range(3)]
    collate = collator()
    loading = loader(collate, held.shuffle(seed=1, buffer_size=9), num_workers=workers, persistent_workers=workers > 0)
    assert epochs(loading, collate) == expected


def test_rows_without_numbers_are_told_by_their_ids():
    expected = masks([collator()(ROWS)])
    stream = datasets.Dataset.from_list(ROWS).to_iterable_dataset(num_shards=4)
    assert masks(loader(collator(), ROWS, shuffle=True, num_workers=2)) == expected
    assert masks(loader(collator(), stream, num_workers=2)) == expected


# Of accelerate


@pytest.mark.parametrize("dispatch", [False, True])
@pytest.mark.parametrize("workers", [0, 2])
def test_accelerate(workers, dispatch):
    from accelerate.utils import DataLoaderConfiguration

    accelerator = Accelerator(cpu=True, dataloader_config=DataLoaderConfiguration(dispatch_batches=dispatch))
    collate = collator()
    held = loader(collate, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    prepared = accelerator.prepare(held)
    assert epochs(prepared, collate) == WANTED
    collate.set_epoch(1)
    made = masks(skip_first_batches(prepared, 3))
    assert len(made) == 48 - 21 and made.items() <= WANTED[1].items()


@pytest.mark.parametrize("split", [False, True])
def test_accelerate_gives_ranks_their_parts(split):
    made = [
        masks(
            prepare_data_loader(loader(collator(), batch_size=8), num_processes=2, process_index=k, split_batches=split)
        )
        for k in range(2)
    ]
    assert not made[0].keys() & made[1].keys() and made[0] | made[1] == WANTED[0]


@pytest.mark.parametrize("workers", [0, 2])
def test_accelerate_with_iterable_datasets_dispatches_them(workers):
    stream = ta.keyed(datasets.Dataset.from_list(ROWS).to_iterable_dataset(num_shards=2))
    prepared = Accelerator(cpu=True).prepare(loader(collator(), stream, num_workers=workers))
    assert type(prepared).__name__ == "DataLoaderDispatcher"
    assert masks(prepared) == masks([collator()(list(stream))])
