"""What the tests of training loops share: rows that differ, a vocabulary, a tiny model, and a batch read as masks."""

import numpy as np

from textaug.masking import Vocabulary

SPECIAL = ("[PAD]", "[MASK]", "[CLS]", "[SEP]", "[UNK]")
VOCABULARY = Vocabulary(
    (*SPECIAL, *(f"w{k}" for k in range(80)), *(f"##{k}" for k in range(15))),
    (0, 1, 2, 3, 4),
    mask=1,
    pad=0,
    style="wordpiece",
)


def tokenizer():
    """Return a tokenizer of transformers with this vocabulary: a trainer saves it."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.WordPiece({token: id for id, token in enumerate(VOCABULARY.tokens)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    names = {f"{name[1:-1].lower()}_token": name for name in SPECIAL}
    return PreTrainedTokenizerFast(tokenizer_object=made, **names)


def rows(count=48, seed=0):
    """Return features of 5 to 30 tokens, no two alike."""
    draw = np.random.default_rng(seed)
    return [{"input_ids": [2, *draw.integers(5, 100, draw.integers(3, 29)).tolist(), 3]} for _ in range(count)]


def masks(batches):
    """Return what became of each row, by what it was: `{ids: masked ids}`. Padding is left out."""
    made = {}
    for batch in batches:
        for ids, labels, held in zip(batch["input_ids"], batch["labels"], batch["attention_mask"], strict=True):
            before = [int(i if label == -100 else label) for i, label, h in zip(ids, labels, held, strict=True) if h]
            after = tuple(int(i) for i, h in zip(ids, held, strict=True) if h)
            marked = tuple(int(label) != -100 for label, h in zip(labels, held, strict=True) if h)
            assert made.setdefault(tuple(before), (after, marked)) == (after, marked), "one row, two masks"
    return made


def changed(one, other):
    """Return the share of rows whose masks are not the same."""
    assert one.keys() == other.keys()
    return sum(one[row] != other[row] for row in one) / len(one)


def model(size=100, width=16, **given):
    """Return a tiny BERT, with the same weights each time."""
    import torch
    from transformers import BertConfig, BertForMaskedLM

    torch.manual_seed(0)
    shape = {"num_hidden_layers": 1, "num_attention_heads": 2, "max_position_embeddings": 128, **given}
    return BertForMaskedLM(BertConfig(vocab_size=size, hidden_size=width, intermediate_size=2 * width, **shape))
