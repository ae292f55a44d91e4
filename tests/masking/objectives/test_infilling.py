"""Text infilling: five kinds of noise, exact budgets, Poisson lengths, and what is kept in its order."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import BOS, EOS, FIRST, MASK, STOP, WORDS, rows, toy

from textaug.errors import UsageError
from textaug.kernels import infilling as kernel
from textaug.masking import Tokens, Vocabulary, Words
from textaug.masking.objectives.infilling import DataCollatorForTextInfilling, poisson

Collate = DataCollatorForTextInfilling


def collate(given_rows, **fields):
    return Collate(toy(), **{"return_tensors": "np", "seed": 5} | fields)(given_rows)


def real(batch):
    """Return the rows of the inputs without their padding."""
    return [ids[seen != 0].tolist() for ids, seen in zip(batch["input_ids"], batch["attention_mask"], strict=True)]


def distinct(count, length):
    """Return rows of words that all begin, none twice in a row: w0 w1 w2 w4 w5 …"""
    begins = [FIRST + k for k in range(WORDS) if k % 4 != 3][:length]
    return [[BOS, *begins, EOS]] * count


def numbered(given_rows):
    return [{"input_ids": ids, "row_id": k} for k, ids in enumerate(given_rows)]


@given(st.integers(0, 2**32), st.sampled_from([-1, 0, 1]), st.sampled_from([None, 1.0, 3.0]), st.floats(0, 1))
def test_labels_are_the_row_and_what_is_kept_is_a_part_of_it(seed, replace, mean, share):
    given_rows = rows(6, (3, 60), seed)
    batch = collate(given_rows, replace_length=replace, poisson_lambda=mean, mlm_probability=share, seed=seed)
    for ids, new, labels in zip(given_rows, real(batch), batch["labels"], strict=True):
        assert labels[labels != -100].tolist() == ids
        assert new[0] == BOS and new[-1] == EOS
        rest = iter(ids)
        assert all(token in rest for token in new if token != MASK)  # in order
        if replace == -1 and mean is None:
            assert len(new) == len(ids) and all(a in (b, MASK) for a, b in zip(new, ids, strict=True))


@pytest.mark.parametrize("units", [Tokens(), Words(chinese=False)])
@pytest.mark.parametrize("share", [0.3, 0.15, 1.0])
def test_the_budget_is_the_share_of_words_rounded_up(units, share):
    given_rows = rows(50, (3, 80), 1)
    batch = collate(given_rows, mlm_probability=share, units=units, replace_length=-1)
    for ids, new in zip(given_rows, real(batch), strict=True):
        words = sum(token >= STOP and (units == Tokens() or not _goes_on(ids, k)) for k, token in enumerate(ids))
        gone = Counter(ids) - Counter(new)
        if units == Tokens():
            assert sum(gone.values()) == math.ceil(share * words - 1e-9)
        else:
            assert sum(gone.values()) >= math.ceil(share * words - 1e-9)


def _goes_on(ids, k):
    return ids[k] >= FIRST and (ids[k] - FIRST) % 4 == 3 and ids[k - 1] >= FIRST


def test_deletion_deletes_and_masking_masks():
    given_rows = distinct(40, 40)
    deleted = real(collate(numbered(given_rows), poisson_lambda=None, replace_length=0))
    masked = real(collate(numbered(given_rows), poisson_lambda=None))
    for gone, hidden in zip(deleted, masked, strict=True):
        assert len(gone) == 42 - 12 and MASK not in gone
        assert len(hidden) == 42 and hidden.count(MASK) == 12
        assert [token for token in hidden if token != MASK] == gone  # the same words, by the same draws
    assert real(Collate(Vocabulary(("<pad>", "a", "b", "c"), (0,), mask=-1, pad=0), poisson_lambda=None,
                        replace_length=0, return_tensors="np")([[1, 2, 3]])) != [[1, 2, 3]]  # fmt: skip


def test_lengths_are_poissons():
    """P(0) … P(6) and the mean of 200,000 lengths, within 5 σ; the last of a row is cut, so rows are long."""
    budget = np.full(20, 30_000, np.int32)
    begins, lengths = kernel.lengths(budget, poisson(3.0), 7, np.arange(20, dtype=np.uint64), (7, 6))
    n = len(lengths)
    assert n > 190_000 and [lengths[a:b].sum() for a, b in pairwise(begins)] == [30_000] * 20
    assert abs(lengths.mean() - 3) < 5 * math.sqrt(3 / n)
    for k in range(7):
        share = math.exp(-3) * 3**k / math.factorial(k)
        assert abs((lengths == k).mean() - share) < 5 * math.sqrt(share * (1 - share) / n) + 20 / n
    assert round(float(poisson(3.0)[0]) / 2**32, 4) == 0.0498


def test_a_length_that_was_cut_is_anywhere():
    """A budget of 4 in words of Poisson(3): which span is the shortest says nothing of its place."""
    begins, lengths = kernel.lengths(
        np.full(20_000, 4, np.int32), poisson(3.0), 7, np.arange(20_000, dtype=np.uint64), (7, 6)
    )
    pairs = [lengths[a:b] for a, b in pairwise(begins) if b - a == 2]
    first_is_longer = sum(int(a > b) for a, b in pairs)
    differ = sum(int(a != b) for a, b in pairs)
    assert abs(first_is_longer - differ / 2) < 5 * math.sqrt(differ / 4)


def test_spans_are_anywhere_and_never_over_one_another():
    """Every place is masked as often, but at the edges; 5 σ of 20,000 rows of 30 words, nine of them masked."""
    new = np.array(real(collate(numbered(distinct(20_000, 30)), poisson_lambda=None)))[:, 1:-1]
    share = (new == MASK).mean(0)
    assert (abs(share - 0.3) < 5 * math.sqrt(0.21 / 20_000)).all()
    assert ((new == MASK).sum(1) == 9).all()


def test_masks_put_in_are_as_many_as_spans_of_no_words():
    given_rows = distinct(2000, 100)
    batch = collate(numbered(given_rows), units=Tokens())
    begins, lengths = kernel.lengths(
        np.full(2000, 30, np.int32), poisson(3.0), Collate(toy(), seed=5).key("masking/1"),
        np.arange(2000, dtype=np.uint64), (7, 6),
    )  # fmt: skip
    for k, new in enumerate(real(batch)):
        spans = lengths[begins[k] : begins[k + 1]]
        assert new.count(MASK) == len(spans) and len(new) == 102 - 30 + len(spans)


def test_some_masks_are_random_tokens():
    batch = collate(numbered(distinct(1000, 100)), random_replace_prob=0.25, poisson_lambda=None, units=Tokens())
    new, labels = batch["input_ids"], batch["labels"]
    other = (new != MASK) & (new != labels)
    masks = 30_000
    assert abs((other.sum() / masks) - 0.25 * (1 - 1 / 401)) < 5 * math.sqrt(0.1875 / masks)
    assert (new[other] >= STOP).all() and (new[other] < FIRST + WORDS).all()


SENTENCES = [[FIRST, FIRST + 1, STOP], [FIRST + 4, STOP, STOP], [FIRST + 8], [FIRST + 12, FIRST + 13, FIRST + 14, STOP]]


def test_sentences_change_places_whole():
    """Four sentences: all 24 orders, each as likely; 5 σ of 6,000 rows."""
    row = [BOS, *SENTENCES[0], *SENTENCES[1], *SENTENCES[3], *SENTENCES[2], EOS]
    batch = collate(numbered([row] * 6000), mlm_probability=0.0, permute_sentence_ratio=1.0)
    orders = Counter(map(tuple, real(batch)))
    assert len(orders) == 24
    for order, count in orders.items():
        assert abs(count - 250) < 5 * math.sqrt(250)
        rest = list(order[1:-1])
        while rest:
            sentence = next(one for one in SENTENCES if rest[: len(one)] == one)
            rest = rest[len(sentence) :]
        assert (order[0], order[-1]) == (BOS, EOS)


def test_a_share_of_the_sentences_moves():
    row = [BOS, *(token for k in range(10) for token in (FIRST + 4 * k, STOP)), EOS]
    batch = collate(numbered([row] * 500), mlm_probability=0.0, permute_sentence_ratio=0.25)
    for new in real(batch):
        moved = [k for k in range(10) if new[1 + 2 * k] != row[1 + 2 * k]]
        assert len(moved) <= 3  # ceil(2.5)


def test_a_column_or_named_ids_say_where_sentences_end():
    row = [FIRST, FIRST + 1, FIRST + 2, FIRST + 4, FIRST + 5, FIRST + 6]
    by_column = collate(
        [{"input_ids": row, "sentence_ids": [0, 0, 1, 1, 1, 2], "row_id": k} for k in range(99)],
        mlm_probability=0.0,
        permute_sentence_ratio=1.0,
    )
    assert "sentence_ids" not in by_column and len(set(map(tuple, real(by_column)))) == 6
    ends = [FIRST + 1, FIRST + 5]
    named = collate(numbered([row] * 99), mlm_probability=0.0, permute_sentence_ratio=1.0, sentence_ends=ends)
    assert {new[0] for new in real(named)} == {FIRST, FIRST + 2, FIRST + 6}
    with pytest.raises(UsageError, match="sentence_ends="):
        Collate(Vocabulary(("<pad>", "a"), (0,), mask=1, pad=0), permute_sentence_ratio=1.0, return_tensors="np")(
            [[1, 1]]
        )


def test_rows_begin_elsewhere():
    row = [BOS, *range(FIRST, FIRST + 8), EOS]
    batch = collate(numbered([row] * 4000), mlm_probability=0.0, rotate_ratio=0.5)
    first = Counter(new[1] - FIRST for new in real(batch))
    assert all(new == [BOS, *(FIRST + (new[1] - FIRST + k) % 8 for k in range(8)), EOS] for new in real(batch))
    for k in range(8):
        share = 0.5 * (k == 0) + 0.5 / 8
        assert abs(first[k] - 4000 * share) < 5 * math.sqrt(4000 * share * (1 - share))


def test_a_bart_learns_from_it():
    torch = pytest.importorskip("torch")
    from transformers import BartConfig, BartForConditionalGeneration

    torch.manual_seed(0)
    size = len(toy().tokens)
    config = BartConfig(
        vocab_size=size, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16, max_position_embeddings=99,
        pad_token_id=0, bos_token_id=BOS, eos_token_id=EOS, decoder_start_token_id=EOS,
    )  # fmt: skip
    batch = Collate(toy(), permute_sentence_ratio=1.0, rotate_ratio=0.5)(rows(8, (10, 40)))
    loss = BartForConditionalGeneration(config)(**batch).loss
    assert abs(float(loss.detach()) - np.log(size)) < 1.5
    loss.backward()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mlm_probability": 1.5}, "mlm_probability=1.5"),
        ({"rotate_ratio": -1}, "rotate_ratio=-1"),
        ({"poisson_lambda": 0.0}, "poisson_lambda=0.0"),
        ({"replace_length": 2}, "replace_length=2"),
    ],
)
def test_what_makes_no_sense_is_refused(fields, words):
    with pytest.raises(UsageError, match=words):
        Collate(toy(), **fields)
    with pytest.raises(UsageError, match="no mask token"):
        Collate(Vocabulary(("<pad>", "a"), (0,), mask=-1, pad=0))
