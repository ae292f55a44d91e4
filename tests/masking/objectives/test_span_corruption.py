"""Span corruption: the known answers, every composition as likely, inputs and labels that rebuild the row."""

import dataclasses
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import BOS, EOS, FIRST, SENTINELS, STOP, WORDS, rows, toy

from textaug.errors import DataError, UsageError
from textaug.masking import Vocabulary
from textaug.masking.objectives.denoisers import Denoiser, compute_t5_lengths, ul2
from textaug.masking.objectives.span_corruption import DataCollatorForSpanCorruption, sentinels_of

Collate = DataCollatorForSpanCorruption
ZERO = FIRST + WORDS + SENTINELS - 1  # <extra_id_0>, and the others below it


def collate(given_rows, **fields):
    return Collate(toy(), **{"return_tensors": "np", "seed": 5} | fields)(given_rows)


def plain(count, length):
    """Return rows of a length without special tokens, with their numbers."""
    ids = np.arange(count * length).reshape(count, length) % WORDS + FIRST
    return {"input_ids": ids, "row_id": np.arange(count)}


def rebuilt(inputs, labels):
    """Put what the labels say back in the place of the sentinels."""
    labels = labels[labels != -100].tolist()
    held, sentinel = {}, None
    for token in labels[:-1]:
        if ZERO - SENTINELS < token <= ZERO:
            held[sentinel := token] = []
        else:
            held[sentinel].append(token)
    assert labels[-1] == EOS and list(held) == [ZERO - k for k in range(len(held))]
    return [one for token in inputs.tolist() for one in held.get(token, [token])]


def noise_of(row, batch, k):
    """Return which places of a row of distinct tokens are noise."""
    return np.isin(row, batch["labels"][k])


@given(st.integers(0, 2**32), st.sampled_from([None, ul2(), ul2(prefixes=False)]), st.booleans())
def test_inputs_and_labels_rebuild_the_row(seed, denoisers, published):
    given_rows = rows(8, (4, 90), seed)
    batch = collate(given_rows, denoisers=denoisers, published=published, seed=seed)
    for ids, new, attention, labels in zip(
        given_rows, batch["input_ids"], batch["attention_mask"], batch["labels"], strict=True
    ):
        new = new[attention != 0]
        if denoisers is not None and denoisers[0].prefix:
            assert new[0] > ZERO
            new = new[1:]
        assert rebuilt(new, labels) == ids
        assert not np.isin(labels[labels != -100][:-1], [BOS, EOS]).any()


def test_512_tokens_have_77_of_noise_in_26_spans():
    for published in (False, True):
        batch = collate(plain(32, 512), published=published)
        assert batch["input_ids"].shape == (32, 512 - 77 + 26 + 1) and batch["labels"].shape == (32, 77 + 26 + 1)
        assert (batch["attention_mask"] == 1).all() and (batch["labels"] != -100).all()
        sentinels = (batch["input_ids"] > ZERO - SENTINELS) & (batch["input_ids"] <= ZERO)
        assert (sentinels.sum(1) == 26).all()


@pytest.mark.parametrize(
    ("asked", "lengths"),
    [((512, 0.15, 3.0), (568, 114)), ((512, 0.5, 3.0), (766, 512)), ((3, 0.15, 3.0), (2, 3)), ((128, 0.15, 3.0), None)],
)
def test_the_lengths_of_t5(asked, lengths):
    tokens, targets = compute_t5_lengths(*asked)
    assert lengths in (None, (tokens, targets))
    batch = collate(
        plain(4, tokens), noise_density=asked[1], mean_noise_span_length=asked[2], sentinels=range(300, 900)
    )
    assert batch["labels"].shape == (4, targets)
    assert batch["input_ids"].shape[1] == asked[0]


@pytest.mark.parametrize("published", [False, True])
def test_every_way_to_cut_the_noise_is_as_likely(published):
    """Four tokens in two spans: 1 + 3, 2 + 2 and 3 + 1, each a third; 5 σ of 6,000 rows."""
    batch = collate(plain(6000, 20), noise_density=0.2, mean_noise_span_length=2.0, published=published)
    first = (batch["labels"] == ZERO - 1).argmax(1) - 1
    counts = Counter(first.tolist())
    assert set(counts) == {1, 2, 3}
    assert all(abs(count - 2000) < 5 * np.sqrt(6000 * 2 / 9) for count in counts.values())


def test_every_choice_of_gaps_is_as_likely():
    """Two spans of one token among five kept ones: 15 pairs of the six gaps; 5 σ of 7,500 rows."""
    batch = collate(plain(7500, 7), noise_density=2 / 7, mean_noise_span_length=1.0)
    kept = batch["input_ids"] <= ZERO - SENTINELS
    counts = Counter(map(bytes, kept[:, :-1]))
    assert len(counts) == 15
    assert all(abs(count - 500) < 5 * np.sqrt(500 * 14 / 15) for count in counts.values())


def test_short_rows_do_not_always_lose_their_end():
    """Rows of 20 tokens have one span of three. As published it is the last three of all rows."""
    given_rows = plain(3000, 20)
    theirs = collate(given_rows, published=True)
    held = given_rows["input_ids"]
    assert all(noise_of(row, theirs, k).nonzero()[0].tolist() == [17, 18, 19] for k, row in enumerate(held))
    ours = collate(given_rows)
    begins = Counter(int(noise_of(row, ours, k).argmax()) for k, row in enumerate(held))
    assert set(begins) == set(range(18))
    assert all(abs(count - 3000 / 18) < 5 * np.sqrt(3000 / 18) for count in begins.values())


def test_the_ends_of_long_rows_are_noise_as_often_as_each_other():
    """A row begins with noise where a span goes into the first of 86 gaps; 5 σ of 20,000 rows."""
    batch = collate(plain(20000, 100))  # 15 tokens of noise in 5 spans
    first, last = batch["input_ids"][:, 0] > ZERO - SENTINELS, batch["input_ids"][:, -2] > ZERO - SENTINELS
    share = 5 / 86
    for found in (first, last):
        assert abs(found.mean() - share) < 5 * np.sqrt(share * (1 - share) / 20000)


def test_the_mixture_of_ul2():
    """Each of seven is as likely; the sequential one has a span at the end, of a quarter on average."""
    batch = collate(plain(7000, 200), denoisers=ul2(), seed=1)
    kind = batch["input_ids"][:, 0] - ZERO
    assert all(abs((kind == k).mean() - share) < 5 * np.sqrt(share / 7000) for k, share in ((1, 2 / 7), (2, 4 / 7)))
    sequential = np.flatnonzero(kind == 3)
    assert abs(len(sequential) - 1000) < 5 * np.sqrt(1000 * 6 / 7)
    sizes = []
    for k in sequential:
        new = batch["input_ids"][k][batch["attention_mask"][k] != 0]
        assert new[-2] == ZERO and (new[1:-2] <= ZERO - SENTINELS).all()
        sizes.append(200 - (len(new) - 3))
    assert min(sizes) < 5 and max(sizes) == 99 and abs(np.mean(sizes) - 50) < 5 * 28.6 / np.sqrt(len(sizes))
    extreme = {len(row[row != -100]) for row in batch["labels"][kind == 2]}
    assert extreme == {100 + 33 + 1, 100 + 12 + 1, 100 + 2 + 1, 30 + 1 + 1}  # Python rounds 12.5 to 12


def test_a_token_that_may_not_be_noise_parts_a_span():
    given_rows = [[BOS, *range(FIRST, FIRST + 6), EOS, *range(FIRST + 6, FIRST + 12), EOS]] * 200
    batch = collate(
        [{"input_ids": ids, "row_id": k} for k, ids in enumerate(given_rows)],
        noise_density=0.5,
        mean_noise_span_length=6.0,
    )
    parted = 0
    for new, attention, labels in zip(batch["input_ids"], batch["attention_mask"], batch["labels"], strict=True):
        assert rebuilt(new[attention != 0], labels) == given_rows[0]
        parted += int(((new <= ZERO) & (new > ZERO - SENTINELS)).sum() == 2)
    assert parted > 50
    batch = collate(
        [{"input_ids": [STOP, STOP + 1, STOP + 2, STOP + 3], "special_tokens_mask": [0, 1, 1, 0], "row_id": 1}]
    )
    assert STOP + 1 in batch["input_ids"] and STOP + 2 in batch["input_ids"]


def test_a_t5_learns_from_it():
    torch = pytest.importorskip("torch")
    from transformers import T5Config, T5ForConditionalGeneration

    torch.manual_seed(0)
    size = len(toy().tokens)
    model = T5ForConditionalGeneration(
        T5Config(vocab_size=size, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2, decoder_start_token_id=0)
    )
    batch = Collate(toy(), denoisers=ul2())(rows(8, (10, 40)))
    loss = model(**batch).loss
    assert abs(float(loss.detach()) - np.log(size)) < 1.5
    loss.backward()


def test_sentinels_are_found_or_named():
    assert sentinels_of(None, toy()) == tuple(range(ZERO, ZERO - SENTINELS, -1))

    class Extra(Vocabulary):
        extra_special_tokens = ("<b>", "<a>")

    bare = Extra(("<pad>", "<a>", "<b>", "x"), (0, 1, 2), mask=-1, pad=0)
    assert sentinels_of(bare, bare) == (2, 1)
    with pytest.raises(UsageError, match=r"sentinels=range\(vocab_size - 1"):
        Collate(Vocabulary(("<pad>", "x"), (0,), mask=-1, pad=0))
    batch = collate([list(range(FIRST, FIRST + 8))], sentinels=range(999, 899, -1), eos_token_id=-1)
    assert 999 in batch["input_ids"] and batch["labels"][0, 0] == 999 and batch["labels"].shape == (1, 2)


@pytest.mark.parametrize(
    ("given_rows", "fields", "words"),
    [
        ([[BOS, FIRST, FIRST + 1, EOS], [BOS, FIRST, EOS]], {}, "row 1 has 1 tokens that may be noise"),
        (plain(1, 512), {"sentinels": [900, 901]}, "row 0 has 26 spans of noise for 2 sentinels"),
        ([{"input_ids": [5, 6, 7], "pos_ids": [1, 2, 3]}], {}, "'pos_ids' has a value for each token"),
    ],
)
def test_rows_that_cannot_be_corrupted_are_refused(given_rows, fields, words):
    with pytest.raises(DataError, match=words):
        collate(given_rows, **fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"noise_density": 1.0}, "noise_density=1.0"),
        ({"mean_noise_span_length": 0.5}, "mean_noise_span_length=0.5"),
        ({"denoisers": [Denoiser(prefix="[R]")]}, r"no token '\[R\]'.*prefixes=False"),
    ],
)
def test_what_makes_no_sense_is_refused(fields, words):
    with pytest.raises(UsageError, match=words):
        Collate(toy(), **fields)


def test_a_weight_is_how_often_a_denoiser_is_drawn():
    two = (Denoiser(prefix="[NLU]", weight=3), dataclasses.replace(Denoiser(prefix="[NLG]"), weight=1))
    kind = collate(plain(4000, 10), denoisers=two)["input_ids"][:, 0]
    assert abs((kind == ZERO + 1).mean() - 0.75) < 5 * np.sqrt(0.1875 / 4000)
    with pytest.raises(UsageError, match="weight=0"):
        Denoiser(weight=0)
