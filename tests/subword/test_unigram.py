"""Unigram models: the best pieces are the library's, and samples come as often as the model has it."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tile
from tokenizers import Tokenizer, models

from textaug.draws import Draws
from textaug.kernels.reference.subword import HOLE
from textaug.subword import load
from textaug.subword.symbols import Law
from textaug.subword.unigram import BITS, weight

LETTERS = "abc"
SCORES = st.floats(-20, 0).map(lambda score: round(score, 3))
ROWS = 8_000
TOY = {"a": -2.0, "b": -2.5, "c": -4.0, "ab": -2.2, "bc": -3.0, "abc": -3.5, "ca": -6.0, "cab": -5.0}


def unigram(scores):
    """Return a tokenizer of the library with these pieces."""
    return Tokenizer(models.Unigram([("<unk>", 0.0), *scores.items()], unk_id=0))


def every(word):
    """Yield all segmentations of a word into the toy's pieces."""
    if not word:
        yield ()
    for end in range(1, len(word) + 1):
        if word[:end] in TOY:
            yield from ((word[:end], *rest) for rest in every(word[end:]))


def drawn(word, alpha, share=2**32):
    """Return how often each segmentation of a word is drawn, one draw a row."""
    theirs = unigram(TOY)
    held, name = load(theirs), theirs.id_to_token
    symbols = held.read(tile([word] * ROWS), False)
    words = held.segmenter.words(symbols)
    law = Law(np.full(len(words), share, np.uint64), alpha, Draws(7, np.arange(ROWS, dtype=np.uint64)))
    pieces = held.segmenter.segment(symbols, words, law).reshape(ROWS, len(word)).tolist()
    return Counter(tuple(name(i) for i in row if i != HOLE) for row in pieces)


BYTES = {f"<0x{byte:02X}>": -15.0 for byte in range(256)}


def test_characters_that_are_no_pieces_are_bytes_where_the_model_has_them():
    """A byte written out, <0xC3>, is a piece of six characters all the same."""
    model = models.Unigram([("<unk>", 0.0), *TOY.items(), *BYTES.items()], unk_id=0, byte_fallback=True)
    theirs, texts = Tokenizer(model), ["abé中", "", "<0xC3>a<0xE4", "<0x3C>é"]
    held = load(theirs)
    symbols = held.read(tile(texts), False)
    made = held.vocabulary.name(symbols, held.segmenter.segment(symbols, held.segmenter.words(symbols)))
    assert made.texts == [token for text in texts for token in theirs.encode(text).tokens]
    assert made.ids.tolist() == [i for text in texts for i in theirs.encode(text).ids]


@given(
    scores=st.dictionaries(st.text(LETTERS, min_size=1, max_size=5), SCORES, min_size=1, max_size=25),
    words=st.lists(st.text(LETTERS + "d", min_size=1, max_size=12), max_size=6),
)
def test_any_model_gives_the_librarys_pieces(scores, words):
    theirs = unigram(scores)
    held = load(theirs)
    symbols = held.read(tile(words), False)
    made = held.vocabulary.name(symbols, held.segmenter.segment(symbols, held.segmenter.words(symbols)))
    assert made.texts == [token for word in words for token in theirs.encode(word).tokens]
    assert made.ids.tolist() == [i for word in words for i in theirs.encode(word).ids]


@pytest.mark.parametrize("alpha", [0.0, 0.1, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("word", ["abc", "abcab", "cabcabc"])
def test_samples_come_as_often_as_the_model_has_it(word, alpha):
    """Against all segmentations' probabilities raised to alpha: chi-square, its mean and 5 standard deviations."""
    shares = {pieces: math.exp(alpha * sum(TOY[piece] for piece in pieces)) for pieces in every(word)}
    total, counts = sum(shares.values()), drawn(word, alpha)
    assert set(counts) <= set(shares)
    common = {pieces: share / total * ROWS for pieces, share in shares.items() if share / total * ROWS >= 5}
    square = sum((counts[pieces] - mean) ** 2 / mean for pieces, mean in common.items())
    assert square < len(common) + 5 * np.sqrt(2 * len(common))


def test_a_large_alpha_gives_the_best_pieces_and_no_chance_too():
    best = tuple(unigram(TOY).encode("abcab").tokens)
    assert drawn("abcab", 1e9) == drawn("abcab", 0.0, share=0) == {best: ROWS}


def test_a_share_of_the_words_is_sampled():
    """Half of the words: the best segmentation has half of the rows, and its share of the other half."""
    scores = {pieces: math.exp(sum(TOY[piece] for piece in pieces)) for pieces in every("abc")}
    best = max(scores, key=scores.get)
    expected = 0.5 + 0.5 * scores[best] / sum(scores.values())
    assert abs(drawn("abc", 1.0, 2**31)[best] / ROWS - expected) < 5 * math.sqrt(expected * (1 - expected) / ROWS)


@given(score=st.floats(-700, 0), alpha=st.sampled_from([0.0, 0.1, 0.5, 1.0]))
def test_weights_are_the_exponential(score, alpha):
    size, power = weight(score, alpha)
    assert 2 ** (BITS - 1) <= size <= 2**BITS
    exact = Fraction(size) * Fraction(2) ** power
    assert math.isclose(float(exact), math.exp(alpha * score), rel_tol=1e-12)


def test_weights_are_the_same_numbers_on_every_machine():
    assert weight(-3.5, 0.1) == (3249800210708095400, -62)
    assert weight(-1e3, 1000.0) == (4482816137778309502, -1442757)


def test_a_long_word_keeps_its_probabilities():
    """4,000 letters: the product of as many probabilities is far below any float."""
    held = load(unigram({"a": -1.0, "aa": -2.0}))
    symbols = held.read(tile(["a" * 4000]), False)
    words = held.segmenter.words(symbols)
    law = Law(np.full(1, 2**32, np.uint64), 1.0, Draws(7, np.zeros(1, np.uint64)))
    pieces = held.segmenter.segment(symbols, words, law)
    pairs = np.count_nonzero(pieces == 2)
    ratio = (math.sqrt(5) - 1) / 2  # all segmentations are equally likely: Fibonacci's, with 4000 * r² / (1 + r²) pairs
    mean = 4000 * ratio**2 / (1 + ratio**2)
    assert abs(pairs - mean) < 5 * math.sqrt(4000) / 2
