"""WordPiece: the longest matches are the library's, and dropped ones come as often as published."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tile
from tokenizers import Tokenizer, models, pre_tokenizers

from textaug.draws import Draws, threshold
from textaug.kernels.reference.subword import HOLE
from textaug.subword import load
from textaug.subword.symbols import Law

LETTERS = "abc"
ROWS = 8_000
TOY = ["a", "ab", "abc", "##a", "##b", "##c", "##bc", "##bca", "##ca", "abcab"]


def wordpiece(pieces, longest=100):
    """Return a tokenizer of the library with these pieces."""
    ids = {piece: i for i, piece in enumerate(dict.fromkeys(["?", *pieces]))}
    made = Tokenizer(models.WordPiece(vocab=ids, unk_token="?", max_input_chars_per_word=longest))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    return made


def drawn(pieces, word, p, rows=ROWS):
    """Return how often each segmentation of a word is drawn, one draw a row."""
    theirs = wordpiece(pieces)
    held, name = load(theirs), theirs.id_to_token
    symbols = held.read(tile([word] * rows), False)
    words = held.segmenter.words(symbols)
    law = Law(np.full(rows, threshold(p), np.uint64), 0.1, Draws(9, np.arange(rows, dtype=np.uint64)))
    made = held.segmenter.segment(symbols, words, law).reshape(rows, len(word)).tolist()
    return Counter(tuple(name(i) for i in row if i != HOLE) for row in made)


def distribution(word, p, at=0):
    """Return the probability of each segmentation of a word into the toy's pieces."""
    if at == len(word):
        return Counter({(): 1.0})
    found, left = Counter(), 1.0
    ends = [end for end in range(len(word), at, -1) if "##" * (at > 0) + word[at:end] in TOY]
    for end in ends:
        share = left * (1 - p) if end != ends[-1] else left
        for rest, more in distribution(word, p, end).items():
            found["##" * (at > 0) + word[at:end], *rest] += share * more
        left *= p
    return found


@given(
    pieces=st.lists(st.from_regex(r"(##)?[abc]{1,4}", fullmatch=True), max_size=25),
    words=st.lists(st.text(LETTERS + "d ", max_size=12), max_size=6),
    longest=st.sampled_from([5, 100]),
)
def test_any_vocabulary_gives_the_librarys_pieces(pieces, words, longest):
    theirs = wordpiece(pieces, longest)
    held = load(theirs)
    symbols = held.read(tile(words), False)
    made = held.vocabulary.name(symbols, held.segmenter.segment(symbols, held.segmenter.words(symbols)))
    assert made.texts == [token for word in words for token in theirs.encode(word).tokens]


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("word", ["abc", "abcab", "abcabcab"])
def test_segmentations_come_as_often_as_published(word, p):
    """Chi-square over those expected 5 times and more: at most its mean and 5 standard deviations."""
    expected, counts = distribution(word, p), drawn(TOY, word, p)
    assert abs(sum(expected.values()) - 1) < 1e-9 and set(counts) <= set(expected)
    common = {pieces: share * ROWS for pieces, share in expected.items() if share * ROWS >= 5}
    square = sum((counts[pieces] - mean) ** 2 / mean for pieces, mean in common.items())
    assert square < len(common) + 5 * np.sqrt(2 * len(common))


def test_with_everything_dropped_matches_are_the_shortest():
    assert drawn(TOY, "abcab", 1.0, 50) == {("a", "##b", "##c", "##a", "##b"): 50}


def test_a_word_that_is_known_never_becomes_unknown():
    """Behind `ab` stands no piece for `c`: whoever drops `abc` there must not stop."""
    pieces = ["ab", "abc", "a", "##b", "##d"]
    assert drawn(pieces, "abcd", 0.9, 200) == {("abc", "##d"): 200}
    assert drawn(pieces, "abdd", 1.0, 50) == {("a", "##b", "##d", "##d"): 50}
    assert drawn(pieces, "abcx", 0.9, 50) == {("?",): 50}
