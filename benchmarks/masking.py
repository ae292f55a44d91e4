"""How long does masking take, beside two hot copies of the same ids and beside the collators of transformers?

Reviews are cut into WordPiece tokens, with a vocabulary that is trained on them, and laid end to end into rows of 512.
A batch is 256 rows. Everything is timed by turns on one thread; `× two copies` is beside `np.copyto` of the ids into
two arrays that lie in the caches: what masking cannot do without.
"""

from collections.abc import Callable, Sequence
from typing import Any

import measure
import numpy as np
import pyarrow as pa

import textaug.masking as masking
from textaug.masking.mask import written
from textaug.masking.sheet import Sheet

ROWS, LENGTH = 256, 512
TIMES = 10
"""How often a thing is done in a round: a batch of a training run comes hot on the heels of another, as copies do."""


def tokenizer(texts: list[str]) -> Any:
    """Train a tokenizer as BERT has it."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(
        texts, trainers.WordPieceTrainer(vocab_size=30_000, special_tokens=names, show_progress=False)
    )
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    roles = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), names, strict=True))
    return PreTrainedTokenizerFast(tokenizer_object=made, **roles)


def batch(texts: list[str], cut: Any) -> np.ndarray[Any, Any]:
    """Return rows of ids: int64, shape (ROWS, LENGTH)."""
    ids = [id for one in cut(texts, add_special_tokens=False)["input_ids"] for id in one]
    need = ROWS * (LENGTH - 2)
    rows = np.resize(np.array(ids, np.int64), need).reshape(ROWS, LENGTH - 2)
    return np.pad(rows, ((0, 0), (1, 1)), constant_values=((0, 0), (cut.cls_token_id, cut.sep_token_id)))


def annotated(words: masking.Rows) -> dict[str, masking.Rows]:
    """Return columns of entities and phrases as they may be: a fifth of the tokens, in runs of whole words."""
    rng = np.random.default_rng(0)
    run = np.cumsum(np.append(0, np.diff(words.values) != 0)) // 2  # two words each
    kept = rng.random(run[-1] + 1) < 0.2
    column = np.where(kept[run] & (words.values >= 0), run, -1).astype(np.int32)
    return {name: masking.Rows(column, words.offsets) for name in ("entity_ids", "phrase_ids")}


STRATEGIES: dict[str, masking.Masking] = {
    "tokens, Bernoulli": masking.Masking(),
    "tokens, exact": masking.Masking(budget=masking.Exact()),
    "words, Bernoulli": masking.Masking(masking.Words()),
    "words, exact": masking.Masking(masking.Words(), masking.Exact()),
    "a column of words, exact": masking.Masking(masking.Column("word_ids"), masking.Exact()),
    "entities over words, exact": masking.Masking(masking.Entities(), masking.Exact()),
    "phrases over words, exact": masking.Masking(masking.Phrases(), masking.Exact()),
    "n-grams of words, exact": masking.Masking(masking.NGrams(), masking.Exact()),
    "spans of words, exact": masking.Masking(masking.Spans(), masking.Exact()),
    "spans, Bernoulli": masking.Masking(masking.Spans()),
}


def copies(ids: np.ndarray[Any, Any]) -> Callable[[], None]:
    """Return what copies the ids twice, ten times `TIMES`."""
    one, two = np.empty_like(ids), np.empty_like(ids)

    def work() -> None:
        np.copyto(one, ids)
        np.copyto(two, ids)

    return repeated(work, 10 * TIMES)


def repeated(work: Callable[[], Any], times: int = TIMES) -> Callable[[], None]:
    """Return what does some work so many times."""

    def many() -> None:
        for _ in range(times):
            work()

    return many


def strategies(ids: np.ndarray[Any, Any], cut: Any, rounds: int) -> list[tuple[Any, ...]]:
    """Time each strategy: ids in, ids and labels out."""
    from textaug.masking.units import numbers

    rows, vocabulary = masking.Rows.of(ids), masking.Vocabulary.of(cut)
    addresses = np.arange(ROWS, dtype=np.uint64)
    plain = Sheet(rows, vocabulary, addresses, 7)
    words = numbers(masking.Words(), plain)
    columns = {**annotated(words), "word_ids": words}
    made = []
    for name, strategy in STRATEGIES.items():
        asked = {one: held for one, held in columns.items() if one != "word_ids" or "column" in name}
        sheet = Sheet(rows, vocabulary, addresses, 7, columns=asked)
        work = repeated(lambda s=strategy, t=sheet: written(rows, s.writes(t)))
        pair = measure.beside(work, copies(ids), rounds)
        made.append((name, pair.first / TIMES * 1e3, 10 * pair.ratio))
    return made


def usual(cut: Any) -> dict[str, Any]:
    """Return the collators of transformers that do what ours of these names do."""
    from transformers import DataCollatorForLanguageModeling

    whole = {"whole_word_mask": True, "mask_replace_prob": 1.0, "random_replace_prob": 0.0}
    return {
        "DataCollatorForLanguageModeling": DataCollatorForLanguageModeling(cut, seed=1),
        "DataCollatorForWholeWordMask": DataCollatorForLanguageModeling(cut, seed=1, **whole),
    }


def as_lists(ids: np.ndarray[Any, Any], kind: str) -> list[dict[str, list[Any]]]:
    """Return the features that such a collator of transformers takes; for whole words it asks for more."""
    lists = [{"input_ids": row, "attention_mask": [1] * LENGTH, "token_type_ids": [0] * LENGTH} for row in ids.tolist()]
    if kind == "DataCollatorForLanguageModeling":
        return lists
    places = [(4 * k, 4 * k + 4) for k in range(LENGTH)]
    return [{**row, "offset_mapping": places, "special_tokens_mask": [0] * LENGTH} for row in lists]


def collates(ids: np.ndarray[Any, Any], cut: Any, rounds: int) -> list[tuple[Any, ...]]:
    """Time whole collators on features of every form, beside that of transformers on lists."""
    lists = as_lists(ids, "DataCollatorForLanguageModeling")
    forms = {
        "lists, three columns": lists,
        "lists of ids": [{"input_ids": row["input_ids"]} for row in lists],
        "an array a row": [{"input_ids": row} for row in ids],
        "one array": {"input_ids": ids},
        "Arrow": pa.table({"input_ids": pa.array(ids.astype(np.int32).tolist(), pa.list_(pa.int32()))}),
    }
    made = []
    for kind, theirs in usual(cut).items():
        ours, taken = getattr(masking, kind)(cut, seed=1), as_lists(ids, kind)
        for form, features in forms.items():
            times = max(1, rounds // 2)
            pair = measure.beside(lambda c=theirs, f=taken: c(f), repeated(lambda o=ours, f=features: o(f)), times)
            made.append((kind, form, pair.second / TIMES * 1e3, pair.first * 1e3, TIMES * pair.ratio))
    return made


def peers(ids: np.ndarray[Any, Any], cut: Any, rounds: int) -> list[tuple[Any, ...]]:
    """Time the collators of transformers on the same batch, beside two copies."""
    made = []
    for kind, collator in usual(cut).items():
        forms = {"lists": as_lists(ids, kind)}
        if kind == "DataCollatorForLanguageModeling":
            forms["arrays"] = [{"input_ids": row} for row in ids]
        for form, features in forms.items():
            pair = measure.beside(lambda c=collator, f=features: c(f), copies(ids), max(1, rounds // 3))
            made.append((kind, form, pair.first * 1e3, 10 * TIMES * pair.ratio))
    return made


def objectives(ids: np.ndarray[Any, Any], cut: Any, rounds: int) -> list[tuple[Any, ...]]:
    """Time the collators of other objectives, whole: an array in, arrays out."""
    permuting = masking.DataCollatorForPermutationLanguageModeling(
        cut, scheme="xlnet", num_predict=85, return_tensors="np"
    )
    features = {"input_ids": ids}
    held: dict[str, Callable[[], Any]] = {
        "permutation: spans and their order": lambda: chosen(permuting, features),
        "permutation: whole, with its masks": lambda: permuting(features),
        "np.ones of such a mask": lambda: np.ones((ROWS, LENGTH, LENGTH), np.float32),
    }
    for name, collator in {
        "span corruption (T5)": masking.DataCollatorForSpanCorruption(
            cut, sentinels=range(len(cut) - 1, len(cut) - 101, -1), eos_token_id=cut.sep_token_id, return_tensors="np"
        ),
        "text infilling (BART)": masking.DataCollatorForTextInfilling(cut, return_tensors="np"),
    }.items():
        held[name] = lambda c=collator: c(features)  # type: ignore[misc]
    made = []
    for name, work in held.items():
        pair = measure.beside(repeated(work), copies(ids), rounds)
        made.append((name, pair.first / TIMES * 1e3, 10 * pair.ratio))
    return made


def chosen(collator: Any, features: dict[str, Any]) -> Any:
    """Choose what is predicted, and in which order."""
    from textaug.masking.features import read
    from textaug.masking.objectives.prepare import sheet_of

    sheet = sheet_of(collator, read(features))
    return collator.permutation.turns(sheet, *collator.permutation.select(sheet))


def main(arguments: Sequence[str] | None = None) -> None:
    options = measure.parser(__doc__).parse_args(arguments)
    import torch

    torch.set_num_threads(1)
    texts = measure.column("en", options.input, options.rows or 4_000).to_pylist()
    cut = tokenizer(texts)
    ids = batch(texts, cut)
    beside = ("ms", "× two copies")
    measure.show(
        [
            measure.Table(
                "Masking, ids to ids and labels", ("strategy", *beside), strategies(ids, cut, options.rounds)
            ),
            measure.Table(
                "A whole collate",
                ("collator", "features", "ms", "ms, transformers on lists", "× faster"),
                collates(ids, cut, options.rounds),
            ),
            measure.Table(
                "Collators of transformers", ("collator", "features", *beside), peers(ids, cut, options.rounds)
            ),
            measure.Table("Other objectives", ("objective", *beside), objectives(ids, cut, options.rounds)),
        ],
        options.json,
    )


if __name__ == "__main__":
    main()
