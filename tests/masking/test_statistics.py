"""The statistics of masks, over a million selected tokens and more: fixed seeds, five standard deviations.

A share of n draws with chance p may be off by 5 √(p (1 − p) / n); of a χ² no more than a chance of 1e-4 is given away.
"""

from math import comb, sqrt

import numpy as np
import pytest
from chances import are_unrelated, is_likely, is_share
from maskings import PLAIN, chosen_of, sheet_of

from textaug.kernels.reference.masking import KEEP, MASK, RANDOM
from textaug.masking import (
    Bernoulli,
    Column,
    Exact,
    FromCorpus,
    Masking,
    Mixture,
    NGrams,
    Replace,
    Sentiment,
    Spans,
    Tokens,
    Words,
)
from textaug.masking.numbering import numbered

ROWS, WIDTH = 16_384, 512


@pytest.fixture(scope="module")
def ids():
    return np.random.default_rng(1).integers(2, PLAIN + 2, (ROWS, WIDTH))


@pytest.fixture(scope="module")
def chosen(ids):
    return chosen_of(sheet_of(ids))


@pytest.fixture(scope="module")
def writes(ids):
    """Return (the original ids, what is put for them, what happened) of the selected tokens."""
    sheet = sheet_of(ids)
    made = Masking(Tokens(), Bernoulli(0.15), Replace()).writes(sheet)
    return sheet.ids.values[made.at], made.token, made.kind


@pytest.mark.parametrize("p", [0.15, 0.3, 0.02])
def test_the_rate(ids, p):
    assert is_share(chosen_of(sheet_of(ids), budget=Bernoulli(p)).sum(), ids.size, p)


def test_a_million_are_selected_and_rows_differ_as_rows_of_draws_do(chosen):
    assert chosen.sum() > 1_000_000
    shares = chosen.mean(axis=1)
    assert shares.std() == pytest.approx(sqrt(0.1275 / WIDTH), rel=5 / sqrt(2 * ROWS))  # .0158
    assert chosen_of(sheet_of(np.full((100, WIDTH), 5)), budget=Exact(0.15)).sum(axis=1).tolist() == [77] * 100


def test_uniform_over_position(chosen):
    counts = chosen.sum(axis=0)
    assert all(is_share(count, ROWS, 0.15) for count in counts)
    assert is_likely(
        counts / 0.85, np.full(WIDTH, ROWS * 0.15 / 0.85)
    )  # a binomial varies by 1 - p less than a Poisson


def test_exact_budgets_are_uniform_over_position(ids):
    counts = chosen_of(sheet_of(ids[:, :100]), budget=Exact(0.15)).sum(axis=0)
    assert counts.sum() == ROWS * 15
    assert all(is_share(count, ROWS, 0.15) for count in counts)


def test_the_split(writes):
    """80/10/10; a tenth of a tenth of a thousand random tokens is, by accident, the one that stood there."""
    before, after, kind = writes
    n = len(before)
    assert is_share((kind == MASK).sum(), n, 0.8)
    assert is_share((kind == RANDOM).sum(), n, 0.1)
    assert is_share((kind == KEEP).sum(), n, 0.1)
    assert is_share((after == 1).sum(), n, 0.8)
    assert is_share((after == before).sum(), n, 0.1 + 0.1 / PLAIN)
    assert is_share(((after != before) & (after != 1)).sum(), n, 0.1 - 0.1 / PLAIN)


def test_random_tokens_are_uniform(writes):
    _, after, kind = writes
    counts = np.bincount(after[kind == RANDOM], minlength=PLAIN + 2)
    assert counts[:2].tolist() == [0, 0]
    assert is_likely(counts[2:], np.full(PLAIN, counts.sum() / PLAIN))


def test_random_tokens_of_a_corpus_are_as_frequent_as_there(ids):
    counts = np.concatenate([[9e9, 9e9], 1 / np.arange(1, PLAIN + 1)])  # specials never, however frequent
    corruption = Replace(0.0, 1.0, pool=FromCorpus(tuple(counts.tolist())))
    made = Masking(Tokens(), Bernoulli(0.5), corruption).writes(sheet_of(ids[:4096]))
    assert len(made.token) > 1_000_000
    drawn = np.bincount(made.token, minlength=PLAIN + 2)
    assert drawn[:2].tolist() == [0, 0]
    assert is_likely(drawn[2:], counts[2:] / counts[2:].sum() * len(made.token))


def test_what_becomes_of_a_token_says_nothing_of_its_neighbour(writes):
    _, after, kind = writes
    masked, random = kind == MASK, kind == RANDOM
    for lag in (1, 2, 3, 4):
        assert are_unrelated(masked[lag:], masked[:-lag], 0.8)
        assert are_unrelated(random[lag:], random[:-lag], 0.1)
    tokens = after[random]
    low = tokens < PLAIN // 2 + 2
    assert are_unrelated(low[1:], low[:-1], 0.5)


def words_of(rng, rows, width, longest):
    """Return word numbers of rows whose words have 1 to so many tokens, each length as likely."""
    sizes = rng.integers(1, longest + 1, (rows, width))
    ends = sizes.cumsum(axis=1)
    return np.stack([np.searchsorted(end, np.arange(width), side="right") for end in ends]).astype(np.int32)


@pytest.fixture(scope="module")
def words():
    return words_of(np.random.default_rng(2), ROWS // 2, WIDTH, 6)


def by_length(first, chosen):
    """Return for each length of units how many there are, and how many of them are selected."""
    rows = np.repeat(np.arange(len(chosen)), chosen.shape[1])
    unit = (rows * chosen.shape[1] + first)[first >= 0]
    size = np.bincount(unit, minlength=chosen.size)
    begins = np.flatnonzero(size)
    return np.bincount(size[begins]), np.bincount(size[begins], weights=chosen.reshape(-1)[begins])


def test_uniform_over_the_length_of_words(ids, words):
    """By Bernoulli's draws, a long word is as likely as a short one, so that tokens of both are."""
    sheet = sheet_of(ids[: len(words)], word_ids=words)
    first = numbered(Words().number(sheet), sheet)
    chosen = chosen_of(sheet, Words())
    assert chosen.sum() > 600_000
    every, taken = by_length(first, chosen)
    assert (every[1:7] > 100_000).all()
    assert all(is_share(taken[size], every[size], 0.15) for size in range(1, 7))
    assert all(is_share(count, len(words), 0.15) for count in chosen.sum(axis=0))
    assert chosen.mean(axis=1).std() > 1.8 * sqrt(0.1275 / WIDTH)  # whole words vary more from row to row


@pytest.mark.parametrize("units", [NGrams(over=Tokens()), Spans(over=Words()), NGrams((1, 1 / 2, 1 / 3))])
def test_ngrams_are_uniform_over_position_and_length(ids, words, units):
    sheet = sheet_of(ids[: len(words)], word_ids=words)
    first = numbered(units.number(sheet), sheet)
    chosen = chosen_of(sheet, units)
    assert all(is_share(count, len(words), 0.15) for count in chosen.sum(axis=0))
    every, taken = by_length(first, chosen)
    assert all(is_share(taken[size], every[size], 0.15) for size in range(1, len(every)))


def test_random_rounding_has_no_bias():
    """Short rows lose or win tokens to rounding, but for rounding by a draw."""
    rng = np.random.default_rng(4)
    lengths = rng.integers(1, 60, 60_000)
    ids = [np.full(length, 5) for length in lengths]
    sheet = sheet_of(ids)
    _, at = Exact(0.15, "random", at_least=0).select(Tokens().number(sheet), sheet)
    part = lengths * 15 % 100 / 100
    assert abs(len(at) - 0.15 * lengths.sum()) < 5 * sqrt((part * (1 - part)).sum())
    row = np.searchsorted(sheet.ids.offsets, at, side="right") - 1
    for length in (1, 3, 7, 20, 33):
        here = lengths == length
        count = np.bincount(row, minlength=len(lengths))[here]
        assert set(count) <= {int(0.15 * length), int(0.15 * length) + 1}
        assert is_share((count > int(0.15 * length)).sum(), here.sum(), 0.15 * length % 1)
    for rounding, bias in (("floor", -1), ("ceil", 1)):
        _, at = Exact(0.15, rounding, at_least=0).select(Tokens().number(sheet), sheet)
        assert (len(at) / lengths.sum() - 0.15) * bias > 0.01


def test_rows_without_a_mask_and_how_to_have_none():
    """44.4 % of rows of five tokens have nothing masked by Bernoulli's draws, and none by `at_least=1`."""
    sheet = sheet_of(np.full((200_000, 5), 7))
    assert is_share((~chosen_of(sheet).any(axis=1)).sum(), 200_000, 0.85**5)
    assert chosen_of(sheet, budget=Exact(0.15, at_least=1)).sum(axis=1).tolist() == [1] * 200_000


def test_the_number_of_masks_in_a_row_is_binomial():
    counts = np.bincount(chosen_of(sheet_of(np.full((200_000, 8), 7)), budget=Bernoulli(0.3)).sum(axis=1), minlength=9)
    expected = np.array([comb(8, k) * 0.3**k * 0.7 ** (8 - k) for k in range(9)]) * 200_000
    assert is_likely(counts, expected)


def test_mixtures_are_as_frequent_as_their_weights():
    """Each row draws one kind of units: tokens, or all of the row at once."""
    rows = 100_000
    sheet = sheet_of(np.full((rows, 8), 7), whole=np.zeros((rows, 8), np.int32))
    first = numbered(Mixture((Tokens(), Column("whole"), Tokens()), (1, 3, 6)).number(sheet), sheet).reshape(rows, 8)
    assert is_share((first[:, 1] == 0).sum(), rows, 0.3)
    nested = Mixture((Tokens(), Mixture((Column("whole"), Tokens()), (1, 2))))
    first = numbered(nested.number(sheet), sheet).reshape(rows, 8)
    assert is_share((first[:, 1] == 0).sum(), rows, 1 / 6)


def test_which_pairs_are_kept_is_fair():
    rows = 60_000
    pairs = np.tile(np.array([0, 1, 2, 0, 1, 2], np.int32), (rows, 1))
    sheet = sheet_of(np.full((rows, 6), 7), pair_ids=pairs, sentiment_ids=np.full((rows, 6), -1, np.int32))
    rank = Sentiment(pairs=1).number(sheet).rank.reshape(rows, 6)
    assert ((rank == 0).sum(axis=1) == 2).all()
    assert all(is_share((rank[:, k] == 0).sum(), rows, 1 / 3) for k in range(6))


def google(sizes, budget, rng):
    """Select words as `create_masked_lm_predictions` of google-research/bert does: those that overshoot are skipped."""
    left, taken = budget, np.zeros(len(sizes), bool)
    for word in rng.permutation(len(sizes)).tolist():
        if left <= 0:
            break
        if sizes[word] <= left:
            taken[word] = True
            left -= sizes[word]
    return taken


BERT = (0.88, 0.08, 0.025, 0.009, 0.004, 0.002)
"""How many of the words of English prose have 1, 2, 3 … tokens of BERT's vocabulary: 1.18 on average."""


def test_the_bias_of_exact_budgets_over_the_length_of_words():
    """An exact budget of whole words has to pass over words that do not fit: long ones in short rows.

    The bias is Google's, and no more than that. In rows of 49 tokens, of which 47 may be masked and 7 are, words of one
    token are selected .159 of the time and words of five and more .07, by both (on prose .158 and .044 were counted of
    Google's); in rows of 512 tokens, .152 and .145. By Bernoulli's draws all words are alike.
    """
    rng = np.random.default_rng(6)
    for width, rows in ((47, 12_000), (510, 1000)):
        sizes = 1 + rng.choice(len(BERT), (rows, width), p=BERT)
        words = np.stack([np.searchsorted(end, np.arange(width), side="right") for end in sizes.cumsum(axis=1)])
        sheet = sheet_of(np.full((rows, width), 7), word_ids=words.astype(np.int32))
        first = numbered(Words().number(sheet), sheet)
        ours = by_length(first, chosen_of(sheet, Words(), Exact(0.15)))
        free = by_length(first, chosen_of(sheet, Words(), Bernoulli(0.15)))
        theirs = np.zeros((2, 7))
        for numbers in first.reshape(rows, width):
            size = np.bincount(numbers)[np.unique(numbers)]
            taken = google(size.tolist(), int(0.15 * width + 0.5), rng)
            theirs += np.bincount(size, minlength=7), np.bincount(size[taken], minlength=7)
        for low, high in ((1, 2), (2, 3), (3, 4), (4, 5), (5, 7)):
            n, a, b, c = (int(one[low:high].sum()) for one in (ours[0], ours[1], theirs[1], free[1]))
            assert abs(a - b) <= 5 * sqrt(2 * b * (1 - b / n))
            assert is_share(c, n, 0.15)
        shares = ours[1][1] / ours[0][1], ours[1][5:].sum() / ours[0][5:].sum()
        assert shares == pytest.approx((0.159, 0.07) if width == 47 else (0.152, 0.145), abs=0.02)
