"""What can be reckoned by hand, and what published code is known to give."""

from hashlib import blake2b
from math import sqrt

import numpy as np
import pytest
from chances import is_share
from maskings import sheet_of

from textaug.draws import Address
from textaug.kernels.reference.masking import KEEP, MASK, RANDOM
from textaug.masking import (
    Bernoulli,
    Column,
    Entities,
    Exact,
    Masking,
    NGrams,
    Replace,
    Spans,
    Tokens,
    Vocabulary,
    Words,
    presets,
)
from textaug.masking.numbering import numbered
from textaug.masking.units import numbers

CHINESE = Vocabulary(("[PAD]", "[MASK]", *"哈利波特看书了的很好"), (0, 1), mask=1, pad=0, style="wordpiece")
PLAIN = Vocabulary(("[PAD]", "[MASK]", "[CLS]", "[SEP]", *map(str, range(996))), (0, 1, 2, 3), mask=1, pad=0)
HARRY = [2, 3, 4, 5]
ROWS = 400_000


def kinds(per):
    """Return what happens to the four characters of 哈利波特, always selected: shape (rows, 4)."""
    sheet = sheet_of(np.tile(HARRY, (ROWS, 1)), vocabulary=CHINESE, word_ids=np.zeros((ROWS, 4), np.int32))
    return Masking(Words(), Bernoulli(1.0), Replace(per=per)).writes(sheet).kind.reshape(ROWS, 4)


def test_harry_potter_is_one_word_where_it_is_said_so(jieba):
    """jieba's own dictionary lacks the name (Chinese-BERT-wwm took LTP's): a column of words or entities has it."""
    ids = [*HARRY, 6, 7, 8]
    assert jieba.lcut("哈利波特看书了") == ["哈利波", "特", "看书", "了"]
    assert numbers(Words(), sheet_of([ids], vocabulary=CHINESE)).lists() == [[0, 0, 0, 3, 4, 4, 6]]
    named = sheet_of([ids], vocabulary=CHINESE, entity_ids=[[0, 0, 0, 0, -1, -1, -1]])
    assert numbers(Entities(), named).lists() == [[0, 0, 0, 0, 4, 4, 6]]
    assert numbers(Words(chinese=False), sheet_of([HARRY], vocabulary=CHINESE)).lists() == [[0, 1, 2, 3]]


def test_harry_potter_by_the_draw_of_each_token():
    """`[M][M][M][M]` 41 % of the time, and `[M]利[M][M]`, 利 as it was, 5.1 %."""
    made = kinds("token")
    assert is_share((made == MASK).all(axis=1).sum(), ROWS, 0.4096)
    assert is_share((made == [MASK, KEEP, MASK, MASK]).all(axis=1).sum(), ROWS, 0.0512)
    assert is_share((made == [MASK, RANDOM, MASK, MASK]).all(axis=1).sum(), ROWS, 0.0512)


def test_harry_potter_by_the_draw_of_the_word():
    made = kinds("unit")
    assert (made == made[:, :1]).all()
    assert is_share((made == MASK).all(axis=1).sum(), ROWS, 0.8)
    assert is_share((made == KEEP).all(axis=1).sum(), ROWS, 0.1)


def test_words_of_two_tokens_are_mixed_a_third_of_the_time():
    words = np.repeat(np.arange(2, dtype=np.int32), 2)
    sheet = sheet_of(np.full((ROWS // 2, 4), 9), word_ids=np.tile(words, (ROWS // 2, 1)))
    made = Masking(Words(), Bernoulli(1.0), Replace()).writes(sheet).kind.reshape(-1, 2) == MASK
    assert is_share((made[:, 0] != made[:, 1]).sum(), len(made), 0.32)
    made = Masking(Words(), Bernoulli(1.0), Replace(per="unit")).writes(sheet).kind.reshape(-1, 2)
    assert (made[:, 0] == made[:, 1]).all()


def lengths_of(units, width=4000, rows=250):
    """Return how often n-grams of tokens have each length, but for the last of each row, which its end may have cut."""
    sheet = sheet_of(np.full((rows, width), 9))
    first = numbered(units.number(sheet), sheet).reshape(rows, width)
    begins = first == np.arange(width)
    counts = np.zeros(300, np.int64)
    for row in begins:
        counts += np.bincount(np.diff(np.flatnonzero(row)), minlength=300)
    return counts


@pytest.mark.parametrize(
    ("units", "shares", "mean"),
    [
        (Spans(), [0.2241, 0.1792, 0.1434, 0.1147, 0.0918, 0.0734, 0.0587, 0.0470, 0.0376, 0.0301], 3.7971),
        (NGrams((0.4, 0.3, 0.2, 0.1)), [0.4, 0.3, 0.2, 0.1], 2.0),
        (NGrams((1, 1 / 2, 1 / 3)), [0.5455, 0.2727, 0.1818], 1.6364),
    ],
    ids=["SpanBERT", "MacBERT", "ERNIE-Gram"],
)
def test_the_lengths_of_ngrams(units, shares, mean):
    units = type(units)(over=Tokens(), **{k: v for k, v in vars(units).items() if k != "over"})
    counts = lengths_of(units)
    n = counts.sum()
    assert n > 250_000
    assert counts[: len(shares) + 1].sum() == n
    weights = np.array(units.weights) / sum(units.weights)
    assert np.round(weights, 4).tolist() == shares
    assert all(is_share(counts[size], n, weight) for size, weight in enumerate(weights, 1))
    assert (counts * np.arange(300)).sum() / n == pytest.approx(mean, abs=0.02)


def masked(masking, rows, **how):
    """Return how many tokens of each row are masked."""
    return [sum(label != -100 for label in row) for row in masking.mask(rows, PLAIN, **how).labels]


def test_google_masks_77_of_512_and_one_of_seven():
    """`create_masked_lm_predictions`: min(20, max(1, round(0.15 n))) with [CLS] and [SEP]; without the cap, 77."""
    row = [2, *[9] * 510, 3]
    assert masked(Masking(budget=Exact(0.15)), [row]) == [77]
    assert masked(Masking(budget=Exact(0.15, cap=20)), [row]) == [20]
    assert masked(Masking(budget=Exact(0.15)), [[2, *[9] * 5, 3]]) == [1]
    assert masked(Masking(budget=Exact(0.15)), [[9] * 7]) == [1]
    assert masked(Masking(budget=Exact(0.15)), [[2, 3]]) == [0]
    for count in range(1, 600):
        assert Exact(0.15).budgets(np.array([count], np.int32)) == max(1, int(0.15 * count + 0.5))


def test_the_presets_mask_what_their_papers_say():
    row = [2, *[9] * 126, 3]
    assert masked(presets.BERT().masking, [row]) == [19]
    assert masked(presets.BERT().masking, [[2, *[9] * 510, 3]]) == [20]
    assert masked(presets.SpanBERT().masking, [[2, *[9] * 510, 3]])[0] in range(68, 78)  # ceil(76.5), by whole spans
    assert masked(presets.ELECTRA().masking, [[2, *[9] * 510, 3]]) == [77]  # and 77 different ones
    assert masked(presets.ELECTRA(size="large").masking, [[2, *[9] * 510, 3]]) == [128]
    for published in (False, True):
        counts = masked(presets.RoBERTa(published=published).masking, [row] * 500, ids=range(500))
        assert set(counts) <= {18, 19} or not published
        assert abs(sum(counts) - 500 * 18.9) < 5 * sqrt(500 * 126 * 0.1275)
    counts = masked(presets.ModernBERT().masking, [row] * 500, ids=range(500))
    assert abs(sum(counts) - 500 * 37.8) < 5 * sqrt(500 * 126 * 0.21)


def test_special_tokens_are_never_selected_where_published_code_does_so():
    """fairseq selects BOS and EOS 14.8 % of the time, and ModernBERT masks padding."""
    ids = [[2, *[9] * 8, 3, 0, 0]] * 2000
    for make in (presets.RoBERTa, presets.ModernBERT):
        made = make(published=True).masking.mask(ids, PLAIN, ids=range(2000))
        assert all(row[0] == 2 and row[9:] == [3, 0, 0] for row in made.input_ids)


def test_a_chinese_sentence_is_not_one_word():
    """transformers 5 takes touching offsets for a word, so that a sentence is masked all or not at all."""
    sentence = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] * 3
    made = Masking(Words(), Bernoulli(0.15)).mask([sentence] * 400, CHINESE, ids=range(400))
    counts = [sum(label != -100 for label in row) for row in made.labels]
    assert max(counts) < 30
    assert sum(count == 0 for count in counts) < 80
    assert sum(0 < count < 30 for count in counts) > 320


def test_scattered_units_are_masked_as_one():
    """An aspect and its sentiment word, which stand apart, draw together."""
    pairs = np.tile(np.array([0, -1, -1, 0, 1, -1, 1, -1], np.int32), (5000, 1))
    sheet = sheet_of(np.full((5000, 8), 9), pair_ids=pairs)
    writes = Masking(Column("pair_ids", scattered=True), Bernoulli(0.5), Replace(per="unit")).writes(sheet)
    kind = np.zeros(40_000, np.uint8)
    kind[writes.at] = writes.kind
    kind = kind.reshape(5000, 8)
    assert (kind[:, 0] == kind[:, 3]).all()
    assert (kind[:, 4] == kind[:, 6]).all()
    assert not kind[:, [1, 2, 5, 7]].any()
    assert is_share((kind[:, 0] != 0).sum(), 5000, 0.5)


def philox(key, counter):
    """Return the block of Philox4x32-10 (Salmon et al. 2011), in plain Python."""
    c = list(counter)
    k = [key & 0xFFFFFFFF, key >> 32]
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def draw(key, row, purpose, index):
    """Return a draw by its address, as the design has it."""
    return philox(key, (index >> 2, purpose, row & 0xFFFFFFFF, row >> 32))[index & 3]


def test_a_mask_is_reckoned_from_its_address():
    """Seed, node, epoch, copy and source make the key; the row's id, the purpose and the place the counter."""
    digest = blake2b(digest_size=8)
    for part in ("7", "masking/1", "2", "1", "wiki.parquet"):
        digest.update(len(part.encode()).to_bytes(8, "little") + part.encode())
    key = int.from_bytes(digest.digest(), "little")
    ids, row_ids = [[2, *range(10, 60), 3], [2, *range(60, 200), 3]], [5, 2**63 + 11]
    made = Masking(budget=Bernoulli(0.3)).mask(
        ids, PLAIN, ids=np.array(row_ids, np.uint64), address=Address(7, 2, 1, "wiki.parquet")
    )
    for row_id, row, new, labels in zip(row_ids, ids, *made, strict=True):
        number = 0
        for place, id in enumerate(row):
            if id < 4 or draw(key, row_id, 2, place) >= round(0.3 * 2**32):
                assert (new[place], labels[place]) == (id, -100)
                continue
            what, which = draw(key, row_id, 3, number), draw(key, row_id, 8, number)
            number += 1
            assert labels[place] == id
            if what < round(0.8 * 2**32):
                assert new[place] == 1
            elif what < round(0.9 * 2**32):
                assert new[place] == 4 + (which * 996 >> 32)
            else:
                assert new[place] == id
