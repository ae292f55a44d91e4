"""A real `transformers.Trainer`: epochs, interruption, streams without a length, evaluation, packed rows."""

import datasets
import pytest
import torch
from loops import masks, model, rows, tokenizer
from transformers import DataCollatorWithFlattening, Trainer, TrainerCallback, TrainingArguments

import textaug as ta
from textaug.masking import Linear
from textaug.masking.attention import as_additive, block_diagonal, segments_of

ROWS = rows(40)
TOKENIZER = tokenizer()


@pytest.fixture(autouse=True)
def one_thread():
    """Run small steps on one thread, as others are at work beside the tests."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    datasets.disable_progress_bars()
    yield
    torch.set_num_threads(threads)
    datasets.enable_progress_bars()


def dataset(keyed=True):
    made = datasets.Dataset.from_list(ROWS)
    return ta.keyed(made) if keyed else made


def collator(epoch=0, **given):
    made = ta.DataCollatorForWholeWordMask(TOKENIZER, **{"seed": 1, **given})
    made.set_epoch(epoch)
    return made


class Stop(TrainerCallback):
    """Interrupt a run behind a step."""

    def __init__(self, step):
        self.step = step

    def on_step_end(self, args, state, control, **given):
        control.should_training_stop = state.global_step == self.step


def trained(folder, *, data=None, collate=None, callbacks=(), callback=True, resume=None, every_step=True, **given):
    """Run a trainer; return it, and the batches that its model met while it learned."""
    collate = collate or collator()
    held, met = model(), []

    def meet(module, args, batch):
        if module.training:
            met.append({name: batch[name].clone() for name in ("input_ids", "labels", "attention_mask")})

    held.register_forward_pre_hook(meet, with_kwargs=True)
    arguments = TrainingArguments(
        output_dir=str(folder),
        **{
            "per_device_train_batch_size": 8,
            "num_train_epochs": 3,
            "remove_unused_columns": False,
            "save_strategy": "no",
            "logging_strategy": "no",
            "report_to": [],
            "disable_tqdm": True,
            "use_cpu": True,
            "dataloader_pin_memory": False,
            **given,
        },
    )
    told = [ta.EpochCallback(collate, every_step=every_step)] if callback else []
    trainer = Trainer(
        held,
        arguments,
        data_collator=collate,
        train_dataset=dataset() if data is None else data,
        eval_dataset=dataset(),
        callbacks=[*told, *callbacks],
    )
    trainer.train(resume_from_checkpoint=resume)
    return trainer, met


def expected(epoch, features=None):
    return masks([collator(epoch)(list(dataset() if features is None else features))])


def by_epoch(met, steps):
    return [masks(met[k : k + steps]) for k in range(0, len(met), steps)]


def same(some, others):
    """Say whether two runs met the same batches in the same order."""
    return len(some) == len(others) and all(
        torch.equal(one[name], other[name]) for one, other in zip(some, others, strict=True) for name in one
    )


@pytest.mark.parametrize("loading", [0, 2, "persistent"])
@pytest.mark.parametrize("keep", [True, False], ids=["keyed", "hashed"])
def test_every_epoch_has_its_own_masks(tmp_path, loading, keep):
    """Where the trainer drops the row's number, as it does unless told otherwise, the ids' hash stands in."""
    workers = {"dataloader_num_workers": 2 if loading else 0, "dataloader_persistent_workers": loading == "persistent"}
    _, met = trained(tmp_path, remove_unused_columns=not keep, **workers)
    assert by_epoch(met, 5) == [expected(epoch, None if keep else ROWS) for epoch in range(3)]


def test_without_the_callback_all_epochs_have_the_masks_of_the_first(tmp_path):
    _, met = trained(tmp_path, callback=False)
    assert by_epoch(met, 5) == [expected(0)] * 3


class Order(TrainerCallback):
    """Write down when an epoch begins."""

    def __init__(self, log):
        self.log = log

    def on_epoch_begin(self, args, state, control, **given):
        self.log.append("epoch")


def test_the_epoch_begins_before_its_first_batch_is_made(tmp_path):
    """Of this the callback makes use: loaders run ahead from the moment that they are iterated over."""
    log = []

    class Noting(ta.DataCollatorForWholeWordMask):
        def __call__(self, features, return_tensors=None):
            log.append("batch")
            return super().__call__(features, return_tensors)

    trained(tmp_path, collate=Noting(TOKENIZER), callbacks=[Order(log)], num_train_epochs=2)
    assert log == ["epoch", *["batch"] * 5] * 2


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a run that nobody interrupts."""
    torch.set_num_threads(1)
    return trained(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize(("step", "workers"), [(3, 0), (5, 0), (7, 2)])
def test_an_interrupted_run_goes_on_with_the_same_masks(tmp_path, whole, step, workers):
    given = {"dataloader_num_workers": workers}
    _, first = trained(tmp_path, callbacks=[Stop(step)], save_strategy="steps", save_steps=step, **given)
    again, rest = trained(tmp_path, resume=str(tmp_path / f"checkpoint-{step}"), **given)
    assert len(first) == step and same(first + rest, whole[1])
    one, other = whole[0].model.state_dict(), again.model.state_dict()
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_accumulated_gradients(tmp_path, whole):
    """The last step of an epoch has fewer batches; the run is interrupted in the second epoch."""
    given = {"gradient_accumulation_steps": 2}
    _, first = trained(tmp_path, callbacks=[Stop(4)], save_strategy="steps", save_steps=4, **given)
    _, rest = trained(tmp_path, resume=str(tmp_path / "checkpoint-4"), **given)
    assert same(first + rest, whole[1])


@pytest.mark.parametrize("workers", [0, 2])
def test_streams_without_a_length(tmp_path, workers):
    """The trainer counts their epochs in fractions of `max_steps`."""
    stream = ta.keyed(datasets.Dataset.from_list(ROWS).to_iterable_dataset(num_shards=2).filter(lambda row: True))
    _, met = trained(tmp_path, data=stream, max_steps=18, dataloader_num_workers=workers)
    wanted = [expected(epoch, stream) for epoch in range(3)]
    assert by_epoch(met, 6 if workers else 5)[:3] == wanted[:3]


@pytest.mark.parametrize("every_step", [True, False])
def test_schedules(tmp_path, every_step):
    """Step by step the rate falls as it goes; by epochs in stairs, which an interruption does not change."""
    rate = Linear(0.9, 0.1, steps=15)
    make = {"every_step": every_step, "num_train_epochs": 3}
    _, whole = trained(tmp_path / "whole", collate=collator(mlm_probability=rate), **make)
    shares = [float((one["labels"] != -100).sum() / (one["attention_mask"].sum() - 2 * 8)) for one in whole]
    if every_step:
        ahead = [0, 0, 0, 1, 2, 5, 5, 5, 6, 7, 10, 10, 10, 11, 12]  # no workers, and still two batches ahead
        assert shares == pytest.approx([rate.at(step) for step in ahead], abs=0.05)
        return
    assert shares == pytest.approx([rate.at(step // 5 * 5) for step in range(15)], abs=0.05)
    cut = {"collate": collator(mlm_probability=rate), "save_strategy": "steps", "save_steps": 7}
    _, first = trained(tmp_path / "cut", callbacks=[Stop(7)], **cut, **make)
    cut["collate"], workers = collator(mlm_probability=rate), {"dataloader_num_workers": 2}
    _, rest = trained(tmp_path / "cut", resume=str(tmp_path / "cut" / "checkpoint-7"), **cut, **make, **workers)
    assert same(first + rest, whole)


def test_evaluation_masks_as_well(tmp_path):
    trainer, _ = trained(tmp_path, num_train_epochs=1)
    losses = [trainer.evaluate()["eval_loss"] for _ in range(2)]
    assert losses[0] == losses[1] > 3
    trainer.data_collator.set_epoch(1)
    assert trainer.evaluate()["eval_loss"] != losses[0]


@pytest.mark.parametrize("pack_to", [64, "flat"])
def test_packed_rows_give_the_loss_of_padded_ones(pack_to):
    held = model().eval()
    padded = held(**collator()(list(dataset())))
    batch = collator(pack_to=pack_to)(list(dataset()))
    bounds, shape = batch["cu_seqlens"], batch["input_ids"].shape
    segments = segments_of(bounds).reshape(shape)
    mask = as_additive(block_diagonal(segments), return_tensors="pt")
    packed = held(
        input_ids=batch["input_ids"], labels=batch["labels"], position_ids=batch["position_ids"], attention_mask=mask
    )
    assert (batch["labels"] != -100).sum() > 40
    torch.testing.assert_close(packed.loss, padded.loss, rtol=1e-5, atol=1e-5)


def test_flat_rows_have_the_bounds_that_flash_attention_takes():
    features = [{**row, "labels": row["input_ids"]} for row in ROWS]
    wanted = DataCollatorWithFlattening(return_flash_attn_kwargs=True)(features)
    batch = collator(pack_to="flat", mlm=False)(list(dataset()))
    for name in ("input_ids", "position_ids"):
        assert torch.equal(batch[name], wanted[name])
    for side in "qk":
        assert torch.equal(batch["cu_seqlens"], wanted[f"cu_seq_lens_{side}"])
        assert batch["max_seqlen"] == wanted[f"max_length_{side}"]


def test_a_trainer_takes_packed_rows(tmp_path):
    trainer, met = trained(tmp_path, collate=collator(pack_to=64), num_train_epochs=1)
    assert trainer.state.global_step == 5 and all(one["input_ids"].shape[1] == 64 for one in met)
