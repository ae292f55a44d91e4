"""The objectives over real lines and tokenizers of the four kinds: rows are rebuilt, words stay whole."""

import numpy as np
import pytest

from textaug.masking import Vocabulary, Words
from textaug.masking.objectives.infilling import DataCollatorForTextInfilling
from textaug.masking.objectives.permutation import DataCollatorForPermutationLanguageModeling
from textaug.masking.objectives.span_corruption import DataCollatorForSpanCorruption, sentinels_of

KINDS = ("wordpiece", "byte-level", "unigram", "characters")


@pytest.fixture(params=KINDS)
def held(request, encoded):
    """Return a tokenizer, and rows without unknown tokens, which belong to no word."""
    tokenizer, rows = encoded[request.param]
    known = [(ids, words) for ids, words in rows if len(ids) > 5 and tokenizer.unk_token_id not in ids]
    assert len(known) > 30
    return tokenizer, [{"input_ids": ids, "word_ids": words} for ids, words in known]


def words_of(feature, chosen):
    """Return the words that chosen tokens are of, and those of the others."""
    numbers = np.array(feature["word_ids"])
    return set(numbers[chosen]), set(numbers[~chosen])


def test_permutation_predicts_whole_words(held):
    tokenizer, features = held
    batch = DataCollatorForPermutationLanguageModeling(
        tokenizer, scheme="xlnet", units=Words(), return_tensors="np", plm_probability=0.3
    )([{**feature} for feature in features])
    some = 0
    for feature, ids, labels in zip(features, batch["input_ids"], batch["labels"], strict=True):
        size = len(feature["input_ids"])
        assert ids[:size].tolist() == feature["input_ids"]
        chosen = labels[:size] != -100
        mine, others = words_of(feature, chosen)
        assert not mine & others and -1 not in mine
        some += chosen.sum()
    assert some > len(features)


def test_spans_of_noise_are_rebuilt(held):
    tokenizer, features = held
    size = len(tokenizer)
    batch = DataCollatorForSpanCorruption(
        tokenizer, sentinels=range(size + 200, size, -1), eos_token_id=-1, noise_density=0.3, return_tensors="np"
    )([{**feature} for feature in features])
    for k, feature in enumerate(features):
        new = batch["input_ids"][k][batch["attention_mask"][k] != 0].tolist()
        spans, now = {}, None
        for token in batch["labels"][k][batch["labels"][k] != -100].tolist():
            now = token if token > size else now
            spans.setdefault(now, []).append(token)
        assert [one for token in new for one in (spans[token][1:] if token > size else [token])] == feature["input_ids"]


def test_infilling_covers_whole_words(held):
    tokenizer, features = held
    batch = DataCollatorForTextInfilling(tokenizer, poisson_lambda=None, replace_length=-1, return_tensors="np")(
        [{**feature} for feature in features]
    )
    for k, feature in enumerate(features):
        new = batch["input_ids"][k][batch["attention_mask"][k] != 0]
        chosen = new != np.array(feature["input_ids"])
        mine, others = words_of(feature, chosen)
        assert not mine & others and -1 not in mine
        words = len(set(feature["word_ids"]) - {-1})
        assert len(mine) == -(-3 * words // 10)
        assert batch["labels"][k][: len(new)].tolist() == feature["input_ids"]


def test_the_tokenizer_of_t5_has_its_sentinels():
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.T5Tokenizer()
    assert sentinels_of(tokenizer, Vocabulary.of(tokenizer))[:3] == tuple(
        tokenizer.convert_tokens_to_ids([f"<extra_id_{k}>" for k in range(3)])
    )
    collator = DataCollatorForSpanCorruption(tokenizer, return_tensors="np")
    assert collator.corruption.eos == tokenizer.eos_token_id and len(collator.corruption.sentinels) == 100
