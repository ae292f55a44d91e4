"""Byte-pair encoding as `tokenizers` does it, and BPE-dropout with the published probabilities."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tile
from tokenizers import Tokenizer, models

from textaug.draws import Draws, threshold
from textaug.kernels.reference.subword import HOLE
from textaug.subword import load
from textaug.subword.bpe import Merges
from textaug.subword.symbols import Law, Symbols, Words

LETTERS = "abcd"


@st.composite
def merges(draw):
    """Draw merges of pieces that earlier merges have made."""
    pieces, made = list(LETTERS), []
    for _ in range(draw(st.integers(0, 25))):
        pair = draw(st.sampled_from(pieces)), draw(st.sampled_from(pieces))
        if pair not in made:
            made.append(pair)
            pieces.append("".join(pair))
    return made


def bpe(made):
    """Return a tokenizer of the library with these merges."""
    ids = {piece: i for i, piece in enumerate(dict.fromkeys([*LETTERS, *map("".join, made)]))}
    return Tokenizer(models.BPE(ids, made))


@given(made=merges(), words=st.lists(st.text(LETTERS, min_size=1, max_size=14), max_size=8))
def test_any_merges_give_the_librarys_pieces(made, words):
    theirs = bpe(made)
    held = load(theirs)
    symbols = held.read(tile(words), False)
    pieces = held.segmenter.segment(symbols, held.segmenter.words(symbols))
    assert pieces[pieces != HOLE].tolist() == [i for word in words for i in theirs.encode(word).ids]


def test_characters_that_are_no_symbols_are_bytes_where_the_model_has_them():
    byte = {f"<0x{byte:02X}>": byte for byte in range(256)}
    theirs = Tokenizer(models.BPE(byte | {"a": 256, "b": 257, "ab": 258}, [("a", "b")], byte_fallback=True))
    held, texts = load(theirs), ["abé中ba", "", "<0xC3>a"]
    symbols = held.read(tile(texts), False)
    made = held.vocabulary.name(symbols, held.segmenter.segment(symbols, held.segmenter.words(symbols)))
    assert made.texts == [token for text in texts for token in theirs.encode(text).tokens]


# The published algorithm, counted out: at each step every possible merge is dropped with probability p, and of those
# that are left the first in rank is done; with none left, the word is done.

TOY = {("a", "b"): 0, ("b", "a"): 1, ("ab", "a"): 2, ("a", "ba"): 3, ("ab", "ab"): 4, ("aba", "b"): 5}


def distribution(word, p):
    """Return the probability of each segmentation of a word."""
    found, open_ = Counter(), {tuple(word): 1.0}
    while open_:
        pieces, share = open_.popitem()
        able = sorted((TOY[pair], at) for at, pair in enumerate(pairwise(pieces)) if pair in TOY)
        for k, (_, at) in enumerate(able):
            joined = (*pieces[:at], pieces[at] + pieces[at + 1], *pieces[at + 2 :])
            open_[joined] = open_.get(joined, 0) + share * p**k * (1 - p)
        found[pieces] += share * p ** len(able)
    return found


def drawn(word, p, rows):
    """Return how often each segmentation of a word is drawn, one draw a row."""
    theirs = bpe(list(TOY))
    held, name = load(theirs), theirs.id_to_token
    symbols = held.read(tile([word] * rows), False)
    words = symbols.words(symbols.breaks)
    draws = Draws(11, np.arange(rows, dtype=np.uint64))
    law = Law(np.full(len(words), threshold(p), np.uint64), 0.1, draws)
    pieces = held.segmenter.segment(symbols, words, law).reshape(rows, len(word)).tolist()
    return Counter(tuple(name(i) for i in row if i != HOLE) for row in pieces)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("word", ["ab", "aba", "ababa", "abbaab"])
def test_segmentations_come_as_often_as_published(word, p):
    """Chi-square over those expected 5 times and more in 8,000: at most its mean and 5 standard deviations."""
    rows, expected = 8_000, distribution(word, p)
    assert abs(sum(expected.values()) - 1) < 1e-9
    counts = drawn(word, p, rows)
    assert set(counts) <= set(expected)
    common = {pieces: share * rows for pieces, share in expected.items() if share * rows >= 5}
    square = sum((counts[pieces] - mean) ** 2 / mean for pieces, mean in common.items())
    assert square < len(common) + 5 * np.sqrt(2 * len(common))


def test_with_everything_dropped_symbols_stay_and_with_nothing_the_pieces_are_the_librarys():
    assert drawn("ababa", 1.0, 50) == {tuple("ababa"): 50}
    assert drawn("ababa", 0.0, 50) == {tuple(bpe(list(TOY)).encode("ababa").tokens): 50}


def test_words_are_cut_where_no_merge_joins():
    held = Merges.of([(0, 1, 2, 10), (1, 3, 4, 11), (2, 10, 11, 12)])  # 1 2 | 3 4 may all become one
    row = [1, 2, 3, 4, 1, 3, 2, 4, 7]
    symbols = Symbols(np.array(row, np.int32), np.array([0, 9], np.int32), np.arange(9) == 0)
    assert held.words(symbols).offsets.tolist() == [0, 4, 5, 6, 7, 8, 9]


def test_a_piece_that_is_made_of_different_symbols_leaves_words_as_they_are():
    held = Merges.of([(0, 1, 2, 10), (1, 3, 4, 10)])
    symbols = Symbols(np.array([1, 1], np.int32), np.array([0, 2], np.int32), np.array([True, False]))
    assert held.contacts is None and len(held.words(symbols)) == 1


def test_draws_have_addresses():
    """A word's pieces depend on its row's id and on where in its row it stands, and on nothing else."""
    held = load(bpe(list(TOY)))
    texts = ["ababab", "abbaab", "aab"] * 30
    symbols = held.read(tile(texts), False)
    words = symbols.words(symbols.breaks)
    draws = Draws(5, np.arange(len(texts), dtype=np.uint64) * 977)
    whole = held.segmenter.segment(symbols, words, Law(np.full(len(words), 2**31, np.uint64), 0.1, draws))
    order = np.random.default_rng(4).permutation(len(words))[:40].astype(np.int32)
    sizes = np.diff(words.offsets)[order]
    ids = np.concatenate([symbols.ids[words.offsets[w] : words.offsets[w + 1]] for w in order])
    some = Words(np.cumsum([0, *sizes], dtype=np.int32), words.row[order], words.at[order])
    law = Law(np.full(len(some), 2**31, np.uint64), 0.1, draws)
    pieces = held.segmenter.segment(Symbols(ids, symbols.row_offsets, ids >= 0), some, law)
    assert pieces.tolist() == [i for w in order for i in whole[words.offsets[w] : words.offsets[w + 1]].tolist()]
