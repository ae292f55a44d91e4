"""With nothing dropped, every tokenizer's own tokens, to the last: real text, odd text, tokenizers of all sorts."""

import shutil
import sys
from itertools import pairwise

import numpy as np
import pytest
import sentencepiece
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import PIECES, SENTENCES, rows_of_text, tile
from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from trained import NAMES, library, path

import textaug as ta
from textaug.draws import Draws
from textaug.subword import load
from textaug.subword.symbols import HOLE, Law

ODD = ["", "é e\u0301 x[MASK]y <mask><s>a <unk> <u>ab<u", "😀😀 中國人民 ▁ <0xE4>", ". " * 20 + "." * 50 + "——————"]


@pytest.fixture(scope="session")
def text(reviews, chinese_reviews):
    """Return what the tokenizers are trained on: half English, half Chinese."""
    return (*(review[:500] for review in reviews[:120]), *chinese_reviews[:500])


@pytest.fixture(scope="module", params=NAMES)
def file(request, text):
    return path(request.param, text)


def read(held, texts):
    symbols = held.read(tile(texts), False)
    return symbols, held.segmenter.words(symbols)


def named(held, symbols, pieces):
    """Return (ids, tokens) of each row."""
    made = held.vocabulary.name(symbols, pieces)
    return [(made.ids[a:b].tolist(), made.texts[a:b]) for a, b in pairwise(made.offsets.tolist())]


def own(file, texts):
    held = load(file)
    symbols, words = read(held, texts)
    return named(held, symbols, held.segmenter.segment(symbols, words))


def test_real_text_is_segmented_as_the_library_does(file, reviews, chinese_reviews):
    texts = [*reviews[1000:1050], *chinese_reviews[5000:5200], *SENTENCES, *PIECES, *ODD]
    assert own(file, texts) == library(file)(texts)


@settings(max_examples=25)
@given(data=st.data())
def test_odd_text_is_segmented_as_the_library_does(file, data):
    texts = data.draw(rows_of_text)
    assert own(file, texts) == library(file)(texts)


@pytest.mark.parametrize("dropout", [0, 2**30, 2**32])
def test_no_piece_reaches_across_words(file, reviews, chinese_reviews, dropout):
    """Words are cut finer than the library does: that changes no piece of its own, and none that is drawn."""
    held, texts = load(file), [*reviews[1100:1104], *chinese_reviews[5400:5412], *SENTENCES, *ODD]
    symbols, words = read(held, texts)
    law = Law(np.full(len(words), dropout, np.uint64), 0.2, Draws(3, np.arange(len(texts), dtype=np.uint64)))
    pieces = held.segmenter.segment(symbols, words, law)
    assert (pieces[words.offsets[:-1]] != HOLE).all() and (pieces[np.flatnonzero(symbols.breaks)] != HOLE).all()
    if dropout == 0:
        assert (pieces == held.segmenter.segment(symbols, words)).all()


def test_only_words_with_a_choice_are_ever_drawn_otherwise(file, reviews):
    held, texts = load(file), [*reviews[1110:1113], *SENTENCES, *ODD] * 4
    symbols, words = read(held, texts)
    pieces = held.segmenter.segment(symbols, words)
    law = Law(np.full(len(words), 2**31, np.uint64), 0.0, Draws(3, np.arange(len(texts), dtype=np.uint64)))
    drawn = words.any(held.segmenter.segment(symbols, words, law) != pieces)
    choices = held.segmenter.choices(symbols, words, pieces)
    assert drawn.any() and not (drawn & ~choices).any()


def test_the_tokenizer_that_comes_along_is_one_of_the_library_too(reviews, chinese_reviews):
    """The same merges in the library tokenizers, on text of which both cut words alike."""
    held = load()
    table, tokens = held.segmenter.table, held.vocabulary.tokens
    left = np.repeat(np.arange(len(table.left_offsets) - 1), np.diff(table.left_offsets))
    order = np.argsort(table.rank)
    merges = [(tokens[left[k]], tokens[table.right[k]]) for k in order]
    model = models.BPE({token or "<unk>": i for i, token in enumerate(tokens)}, merges, unk_token="<unk>")
    theirs = Tokenizer(model)
    words = pre_tokenizers.Split(Regex("▁?[A-Za-z]+|[一-鿿]+|[\\s\\S]"), "isolated")
    theirs.pre_tokenizer = words
    texts = [
        "".join(one for one in text if one < "\x7f" or "一" <= one <= "鿿")
        for text in reviews[:150] + chinese_reviews[:5000]
    ]
    done = theirs.encode_batch([text.replace(" ", "▁") for text in texts])
    symbols, cut = read(held, texts)
    made = held.vocabulary.name(symbols, held.segmenter.segment(symbols, cut))
    assert made.ids.tolist() == [i for one in done for i in one.ids]
    assert len(tokens) > 12_000 and len(made.ids) > 200_000


def test_pieces_that_no_merges_make_are_taken_whole_where_the_model_says_so():
    """`ignore_merges`, as in Llama 3: a word that is a piece is that piece, unless a merge was dropped."""
    ids = {piece: i for i, piece in enumerate(["a", "b", "c", "ab", "abc", "cb", "cba"])}
    merges = [("a", "b"), ("c", "b")]
    model = models.BPE(ids, merges, ignore_merges=True)
    theirs = Tokenizer(model)
    theirs.pre_tokenizer = pre_tokenizers.Whitespace()
    texts = ["abc", "cba abc", "ab", "abca", "c"]
    held = load(theirs)
    symbols, words = read(held, texts)
    pieces = held.segmenter.segment(symbols, words)
    assert named(held, symbols, pieces) == [(one.ids, one.tokens) for one in theirs.encode_batch(texts)]
    law = Law(np.full(len(words), 2**32, np.uint64), 0.1, Draws(3, np.arange(len(texts), dtype=np.uint64)))
    assert (held.segmenter.segment(symbols, words, law) == symbols.ids).all()


# Loading.


def test_a_folder_stands_for_the_tokenizer_in_it(tmp_path, text):
    json, model = path("wordpiece", text), path("sp-bpe", text)
    for name, file in (("tokenizer.json", json), ("spiece.model", model)):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        shutil.copy(file, folder / name)
        assert own(str(folder), SENTENCES) == own(file, SENTENCES)
    with pytest.raises(ta.UsageError, match=r"should hold one tokenizer, and holds none; give the path"):
        load(tmp_path)


def test_a_file_that_changes_is_read_anew(tmp_path, text):
    file = tmp_path / "tokenizer.json"
    for name in ("wordpiece", "byte-level"):
        shutil.copy(path(name, text), file)
        assert own(str(file), SENTENCES) == library(path(name, text))(SENTENCES)


def test_what_is_no_tokenizer_is_refused(tmp_path):
    for name, error in (("a.txt", ta.UsageError), ("b.json", ta.DataError), ("c.model", ta.DataError)):
        (tmp_path / name).write_bytes(b"\x0a\xff{")
        with pytest.raises(error, match=rf"{name} is no"):
            load(tmp_path / name)
    with pytest.raises(ta.UsageError, match="type WordLevel has no subwords"):
        load(Tokenizer(models.WordLevel({"a": 0}, "a")))
    with pytest.raises(ta.UsageError, match="dict is no tokenizer"):
        load({})
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES), model_prefix=str(tmp_path / "w"), model_type="char", minloglevel=2
    )
    with pytest.raises(ta.UsageError, match="type char has no subwords"):
        load(tmp_path / "w.model")


@pytest.mark.parametrize(("package", "name"), [("tokenizers", "wordpiece"), ("sentencepiece", "sp-bpe")])
def test_without_the_library_it_says_what_to_install(package, name, text, tmp_path, monkeypatch):
    file = tmp_path / path(name, text).rpartition("/")[2]
    shutil.copy(path(name, text), file)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ta.UsageError, match=rf"{package} is needed for .*pip install 'textaug-nlp\[subword\]'"):
        load(file)
    load()
