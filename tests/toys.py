"""Small vocabularies for the objectives, and random rows of them."""

import numpy as np

from textaug.masking import Vocabulary

PAD, BOS, EOS, MASK, STOP, FIRST = 0, 1, 2, 3, 4, 5
WORDS, SENTINELS = 400, 100


class Toy(Vocabulary):
    """A vocabulary with the attributes that tokenizers have."""

    eos_token_id, bos_token_id, padding_side = EOS, BOS, "right"


class LeftToy(Toy):
    padding_side = "left"


def toy(left=False):
    """Return `<pad> <s> </s> <mask> .`, words that go on or not, the sentinels and UL2's tokens."""
    words = [f"##w{k}" if k % 4 == 3 else f"w{k}" for k in range(WORDS)]
    extra = [f"<extra_id_{k}>" for k in reversed(range(SENTINELS))]
    names = ("<pad>", "<s>", "</s>", "<mask>", ".", *words, *extra, "[NLU]", "[NLG]", "[S2S]")
    special = (PAD, BOS, EOS, MASK, *range(FIRST + WORDS, len(names)))
    return (LeftToy if left else Toy)(names, special, mask=MASK, pad=PAD, style="wordpiece")


def rows(count, lengths, seed=0):
    """Return rows with `<s>` and `</s>`, of a length from the range, specials counted."""
    rng = np.random.default_rng(seed)
    made = []
    for length in rng.integers(*lengths, count, endpoint=True):
        ids = rng.integers(STOP, FIRST + WORDS, length - 2)
        ids[rng.random(len(ids)) < 0.1] = STOP
        made.append([BOS, *ids.tolist(), EOS])
    return made
