"""The collators of transformers, given our draws, make our batches, token by token; their `pad` makes our padding."""

import copy

import numpy as np
import pytest
import torch
from tokenized import KINDS
from transformers import DataCollatorForLanguageModeling as Theirs

from textaug.draws import Address, Purpose, threshold
from textaug.kernels.reference.draws import indexed
from textaug.masking import (
    AlwaysMask,
    Bernoulli,
    Column,
    DataCollatorForLanguageModeling,
    FromVocabulary,
    Masking,
    Replace,
    Tokens,
    Words,
)
from textaug.masking.sheet import NODE

SEED, P, MASK, RANDOM = 11, 0.3, 0.7, 0.2


class Recorded:
    """A generator for transformers' collator that gives out our draws, in the order in which it asks for them.

    First it asks which tokens are selected, then which of all become the mask token, then which of the rest a random
    one, then which one. Ours are addressed by the place of a token, and by its number among the selected ones.
    """

    def __init__(self, row_ids, limits):
        self.key, self.row_ids, self.limits, self.asked = Address(SEED).key(NODE), row_ids, limits, 0

    def drawn(self, purpose, index):
        """Return a draw for each place: uint32, as `index` (rows, width)."""
        rows = np.repeat(self.row_ids, index.shape[1])
        return indexed(self.key, rows, purpose, index.reshape(-1).astype(np.int32)).reshape(index.shape)

    def binomial(self, n, p, size):
        self.asked += 1
        if self.asked == 1:
            place = np.broadcast_to(np.arange(size[1]), size)
            probability = np.broadcast_to(p, size)
            limit = np.round(probability * 2**32)
            self.selected = self.drawn(Purpose.SELECT, place) < limit
            self.number = np.cumsum(self.selected, axis=1) - 1
            return self.selected
        limit = self.limits[self.asked - 2]
        made = self.drawn(Purpose.CORRUPT, np.maximum(self.number, 0)) < limit
        self.random = self.selected & made & ~getattr(self, "masked", made)
        self.masked = made
        return made

    def integers(self, low, high, size, dtype=np.int64):
        tokens = self.tokens(high)[self.random]
        assert len(tokens) == size
        return tokens

    def tokens(self, high):
        drawn = self.drawn(Purpose.TOKEN, np.maximum(self.number, 0)).astype(np.uint64)
        return (drawn * np.uint64(high) >> np.uint64(32)).astype(np.int64)


def features_of(held, lines, **how):
    return [dict(row) for row in (held(line, truncation=True, max_length=48, **how) for line in lines)]


def numbered(features):
    return [{**row, "row_id": k} for k, row in enumerate(features)]


def limits(mask=MASK, random=RANDOM):
    return threshold(mask), threshold(mask + random)


def same(ours, theirs):
    assert set(ours) == set(theirs)
    for name in theirs:
        np.testing.assert_array_equal(np.asarray(ours[name]), np.asarray(theirs[name]), err_msg=name)
        assert str(ours[name].dtype).split(".")[-1] == str(theirs[name].dtype).split(".")[-1], name


def ours_of(held, **how):
    masking = Masking(Tokens(), Bernoulli(P), Replace(MASK, RANDOM, pool=FromVocabulary(specials=True)))
    return DataCollatorForLanguageModeling(held, masking=masking, seed=SEED, **how)


def theirs_of(held, **how):
    return Theirs(held, mlm_probability=P, mask_replace_prob=MASK, random_replace_prob=RANDOM, **how)


@pytest.mark.parametrize("given_specials", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_numpy_batches_are_those_of_transformers(encoded, lines, kind, given_specials):
    """Without a mask of special tokens both look them up; with one, theirs select unknown tokens, and ours do not."""
    held, _ = encoded[kind]
    features = features_of(held, lines[::3], return_special_tokens_mask=given_specials)
    features = [row for row in features if held.unk_token_id not in row["input_ids"]]
    theirs = theirs_of(held, return_tensors="np", pad_to_multiple_of=8)
    theirs.generator = Recorded(np.arange(len(features), dtype=np.uint64), limits())
    expected = theirs([dict(row) for row in features])
    assert (expected["labels"] != -100).sum() > 150
    same(ours_of(held, return_tensors="np", pad_to_multiple_of=8)(numbered(features)), expected)


@pytest.mark.parametrize("kind", KINDS)
def test_torch_batches_are_those_of_transformers(monkeypatch, encoded, lines, kind):
    held, _ = encoded[kind]
    features = features_of(held, lines[::5])
    recorded = Recorded(np.arange(len(features), dtype=np.uint64), limits())
    asked = []

    def bernoulli(probability, generator=None):
        asked.append("bernoulli")
        held = probability.numpy().astype(np.float64).round(6)
        return torch.from_numpy(recorded.binomial(1, held, tuple(probability.shape)).astype(np.float32))

    def randint(high, shape, dtype, generator=None):
        asked.append("randint")
        return torch.from_numpy(recorded.tokens(high))

    monkeypatch.setattr(torch, "bernoulli", bernoulli)
    monkeypatch.setattr(torch, "randint", randint)
    expected = theirs_of(held)([dict(row) for row in features])
    monkeypatch.undo()
    assert asked == ["bernoulli", "bernoulli", "bernoulli", "randint"]
    same(ours_of(held)(numbered(features)), expected)


@pytest.mark.parametrize("glued", [False, True])
def test_whole_words_are_those_of_transformers(encoded, reviews, glued):
    """Of English WordPiece, in rows of one length, as it takes no others, and without marks, which it glues to words.

    With marks, `word_ids` by its own rule, a run of touching offsets, make the same units for ours.
    """
    held, _ = encoded["wordpiece"]
    texts = reviews[1500:1900]
    if not glued:
        texts = ["".join(char if char.isascii() and char.isalpha() else " " for char in text) for text in texts]
    how = {"truncation": True, "max_length": 40, "return_offsets_mapping": True, "return_special_tokens_mask": True}
    features = [dict(held(text, **how)) for text in texts]
    features = [row for row in features if len(row["input_ids"]) == 40 and held.unk_token_id not in row["input_ids"]]
    assert len(features) > 200
    how = {"mask_replace_prob": 1, "random_replace_prob": 0, "return_tensors": "np"}  # it knows nothing else
    theirs = Theirs(held, mlm_probability=P, whole_word_mask=True, **how)
    theirs.generator = Recorded(np.arange(len(features), dtype=np.uint64), limits(1.0, 0.0))
    expected = theirs([dict(row) for row in features])
    for row in features if glued else ():
        word, end, row["word_ids"] = -1, None, []
        for (a, b), special in zip(row["offset_mapping"], row["special_tokens_mask"], strict=True):
            word += a != end
            row["word_ids"].append(-1 if special else word)
            end = None if special else b
    units = Column("word_ids") if glued else Words()
    ours = DataCollatorForLanguageModeling(
        held, masking=Masking(units, Bernoulli(P), AlwaysMask()), seed=SEED, return_tensors="np"
    )
    batch = ours(numbered(features))
    same(batch, expected)
    labels = batch["labels"]
    assert ((labels[:, 1:] != -100) & (labels[:, :-1] != -100)).sum() > 100  # words of several tokens are there


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("multiple", [None, 16])
def test_batches_are_padded_as_the_tokenizer_pads(encoded, lines, kind, side, multiple):
    held = copy.deepcopy(encoded[kind][0])
    held.padding_side = side
    pairs = zip(lines[::4], lines[1::4], strict=False)
    features = [dict(held(a, b, truncation=True, max_length=60, return_token_type_ids=True)) for a, b in pairs]
    expected = held.pad([dict(row) for row in features], pad_to_multiple_of=multiple, return_tensors="np")
    ours = DataCollatorForLanguageModeling(held, mlm=False, pad_to_multiple_of=multiple, return_tensors="np")(features)
    labels = ours.pop("labels")
    same(ours, expected)
    np.testing.assert_array_equal(labels, np.where(expected["attention_mask"] == 1, expected["input_ids"], -100))


def test_token_types_are_filled_with_what_the_tokenizer_takes(encoded, lines):
    """XLNet's are filled with 3, on the left."""
    held = copy.deepcopy(encoded["unigram"][0])
    held.padding_side, held._pad_token_type_id = "left", 3
    features = [dict(held(line, return_token_type_ids=True)) for line in lines[:6]]
    expected = held.pad([dict(row) for row in features], return_tensors="np")
    assert (expected["token_type_ids"] == 3).any()
    ours = DataCollatorForLanguageModeling(held, mlm=False, return_tensors="np")(features)
    np.testing.assert_array_equal(ours["token_type_ids"], expected["token_type_ids"])


@pytest.mark.parametrize("kind", KINDS)
def test_without_masking_the_labels_are_those_of_transformers(encoded, lines, kind):
    held, _ = encoded[kind]
    features = features_of(held, lines[:40])
    expected = Theirs(held, mlm=False)([dict(row) for row in features])
    same(DataCollatorForLanguageModeling(held, mlm=False)(features), expected)


def test_the_fields_are_those_of_transformers():
    """Changing the import is the whole migration: their fields stand first, in their order, with their defaults."""
    from dataclasses import fields

    ours, theirs = fields(DataCollatorForLanguageModeling), fields(Theirs)
    for one, other in zip(ours, theirs, strict=False):
        assert (one.name, one.default) == (other.name, other.default)
