"""A program for test_ranks.py: a trainer on two processes, each with a worker; prints what they met."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import datasets
import torch
from accelerate.utils import gather_object
from loops import VOCABULARY, masks, model, rows
from transformers import Trainer, TrainingArguments

import textaug as ta


def main(folder: str, dispatch: bool) -> None:
    torch.set_num_threads(1)
    datasets.disable_progress_bars()
    data = ta.keyed(datasets.Dataset.from_list(rows(32)))
    collate = ta.DataCollatorForWholeWordMask(VOCABULARY, seed=1, pad_to_multiple_of=32)  # to dispatch: all as wide
    held, met = model(), []
    held.register_forward_pre_hook(lambda module, args, batch: met.append(batch), with_kwargs=True)
    arguments = TrainingArguments(
        folder,
        num_train_epochs=2,
        per_device_train_batch_size=4,
        accelerator_config={"dispatch_batches": dispatch},
        dataloader_num_workers=1,
        dataloader_persistent_workers=True,
        dataloader_pin_memory=False,
        remove_unused_columns=False,
        save_strategy="no",
        ddp_backend="gloo",
        use_cpu=True,
        report_to=[],
        disable_tqdm=True,
    )
    callback = ta.EpochCallback(collate)
    trainer = Trainer(held, arguments, data_collator=collate, train_dataset=data, callbacks=[callback])
    trainer.train()
    parts = gather_object([[masks(met[:4]), masks(met[4:])]])
    if trainer.is_world_process_zero():
        for epoch, (one, other) in enumerate(zip(*parts, strict=True)):
            collate.set_epoch(epoch)
            print(
                f"dispatch {dispatch}, epoch {epoch}: {len(one)} + {len(other)} rows,",
                one | other == masks([collate(list(data))]),
            )


if __name__ == "__main__":
    for dispatch in (False, True):
        main(sys.argv[1], dispatch)
