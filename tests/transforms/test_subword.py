"""SubwordDropout: sequences of tokens, and separators in the text, both by the same draws."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SENTENCES, columns, rows_of_text
from tokenizers import Tokenizer
from trained import NAMES, library, path

import textaug as ta
from textaug import batch

ROWS = [*SENTENCES, None, "", "the actors save it", "unbelievable"]
STRONG = ta.SubwordDropout(dropout=0.5)


@pytest.fixture(scope="session")
def text(reviews, chinese_reviews):
    """Return what the tokenizers are trained on: half English, half Chinese."""
    return (*(review[:500] for review in reviews[:120]), *chinese_reviews[:500])


@pytest.fixture(scope="module", params=[None, *NAMES])
def tokenizer(request, text):
    return None if request.param is None else path(request.param, text)


def plain(tokens):
    """Return the text that tokens with ▁ for blanks stand for."""
    return "".join(tokens).replace("▁", " ")


# Separators in the text.


@settings(max_examples=40)
@given(rows=rows_of_text, dropout=st.sampled_from([0.1, 0.5, 1.0]))
def test_without_the_separators_the_text_is_what_it_was(tokenizer, rows, dropout):
    made = ta.SubwordDropout(tokenizer=tokenizer, dropout=dropout, separator="⁑ ")(rows)
    assert [text.replace("⁑ ", "") for text in made] == rows


def test_separators_stand_inside_of_words(tokenizer, reviews, chinese_reviews):
    """Never at the ends of the text nor beside a blank, and never twice in one place."""
    rows = [*reviews[:8], *chinese_reviews[:20], *SENTENCES]
    done = ta.SubwordDropout(tokenizer=tokenizer, dropout=0.5).apply(rows)
    for row, edits in zip(rows, done.edits, strict=True):
        places = [edit.start for edit in edits]
        assert places == sorted(set(places)) and all(edit.start == edit.end and edit.text == "@@ " for edit in edits)
        assert not any(one.isspace() for place in places for one in row[place - 1 : place + 1])
        assert all(0 < place < len(row) for place in places)
    assert sum(map(len, done.edits)) > 300


def test_with_nothing_dropped_nothing_changes(tokenizer, reviews):
    done = ta.SubwordDropout(tokenizer=tokenizer, dropout=0.0).apply(reviews[:20])
    assert done.text == reviews[:20] and done.applied[0].eligible > 1000 and done.applied[0].changed == 0


def test_characters_as_readers_see_them_are_never_cut(text):
    """A tokenizer of bytes would cut anywhere."""
    emoji = "👨\u200d👩\u200d👧👍🏽e\u0301🇩🇪" * 3
    made = ta.SubwordDropout(tokenizer=path("byte-level", text), dropout=1.0, separator="|")(emoji)
    assert made.split("|") == ["👨\u200d👩\u200d👧", "👍🏽", "e\u0301", "🇩🇪"] * 3 or made == emoji


def test_a_word_that_changes_is_cut_as_its_tokens_are():
    """Both doors draw the same: the pieces of a word that was cut are its tokens."""
    words = ["unbelievable", "acting,", "terrible;", "wonderful:", "forgettable"]
    for seed in range(20):
        cut = STRONG(words, seed=seed)
        for given_word, marked, tokens, own in zip(
            words, cut, STRONG.tokens(words, seed=seed), ta.SubwordDropout(dropout=0.0).tokens(words), strict=True
        ):
            pieces = [piece for token in tokens for piece in ([token] if token.isalpha() else [])]
            word = given_word.strip(",;:")
            shown = marked.strip(",;:").split("@@ ")
            assert shown == (pieces if tokens != own and len(pieces) > 1 else [word])


def test_what_is_eligible_could_change_and_does_in_the_end(chinese_reviews):
    rows = ["The terrible acting", *SENTENCES]
    sure = ta.SubwordDropout(dropout=1.0).apply(rows).applied[0]
    assert sure.changed == sure.eligible > 20
    some = ta.SubwordDropout().apply(rows * 50).applied[0]
    assert some.eligible == 50 * sure.eligible and 0.1 < some.realised < 0.5 and some.asked is None


def test_protected_words_keep_their_pieces_in_the_text_and_in_the_tokens():
    rows = ["the terrible actors"] * 50
    made = ta.SubwordDropout(dropout=0.9, protect=("terrible",))
    assert all("terrible" in text for text in made(rows)) and any("a@@ " in text for text in made(rows))
    first, *own, _, last = ta.SubwordDropout(dropout=0.0).tokens("the terrible actors")
    assert (first, "".join(own), last) == ("the", "▁terrible", "ors")
    assert all(f"|{'|'.join(own)}|" in "|".join(tokens) for tokens in made.tokens(rows))
    spans = [[(4, 12, "x")]] * 50
    assert all("terrible" in text for text in STRONG.apply(rows, spans=spans).text)


# Sequences.


def test_tokens_are_the_text_again(reviews, chinese_reviews):
    rows = [*SENTENCES, *reviews[:50], *chinese_reviews[:50]]
    for tokens, row in zip(STRONG.tokens(rows), rows, strict=True):
        assert plain(tokens) == row


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_the_same_text_for_the_library(name, text, reviews, chinese_reviews):
    """Whatever was drawn, the library reads it as it reads its own pieces."""
    rows, file = [*reviews[:20], *chinese_reviews[:20], *SENTENCES], path(name, text)
    drawn, own = (ta.SubwordDropout(tokenizer=file, dropout=share).ids(rows) for share in (0.3, 0.0))
    assert own == [ids for ids, _ in library(file)(rows)]
    assert sum(one != other for one, other in zip(drawn, own, strict=True)) > 25
    if file.endswith(".model"):
        import sentencepiece

        decode = sentencepiece.SentencePieceProcessor(model_file=file).decode
        assert list(map(decode, drawn)) == list(map(decode, own))
    elif name == "byte-level":
        assert Tokenizer.from_file(file).decode_batch(drawn) == rows
    else:
        names = [[token.removeprefix("##").removesuffix("</w>") for token in ids] for ids in _named(file, drawn)]
        wanted = [[token.removeprefix("##").removesuffix("</w>") for token in ids] for ids in _named(file, own)]
        assert ["".join(one) for one in names] == ["".join(one) for one in wanted]


def _named(file, rows):
    held = Tokenizer.from_file(file)
    return [[held.id_to_token(i) for i in ids] for ids in rows]


def test_what_comes_in_any_shape_goes_out_as_lists():
    expected, ids = STRONG.tokens(ROWS, seed=3), STRONG.ids(ROWS, seed=3)
    null, empty, lone = map(ROWS.index, (None, "", "the actors save it"))
    assert expected[null] is None and expected[empty] == [] and ids[empty] == []
    for shape in (pd.Series, tuple, lambda rows: pl.Series("text", rows)):
        assert STRONG.tokens(shape(ROWS), seed=3) == expected and STRONG.ids(shape(ROWS), seed=3) == ids
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        array = pa.array(ROWS, pa.string()).cast(kind)
        made = STRONG.tokens(array, seed=3)
        assert made.type == pa.list_(pa.string()) and made.to_pylist() == expected
        made = STRONG.ids(array, seed=3)
        assert made.type == pa.list_(pa.int32()) and made.to_pylist() == ids
    chunked = pa.chunked_array([pa.array(ROWS[:4]), pa.array([], pa.string()), pa.array(ROWS[4:])])
    assert STRONG.tokens(chunked, seed=3).to_pylist() == expected
    assert STRONG.tokens(pa.array([], pa.string())).to_pylist() == [] == STRONG.ids([])
    one = STRONG.tokens("the actors save it", row_ids=lone, seed=3)
    assert one == expected[lone] and STRONG.tokens("the actors save it", copies=2, row_ids=lone, seed=3)[0] == one


def test_copies_epochs_and_seeds_differ_and_copies_stand_together():
    rows = ROWS * 3
    copies = STRONG.tokens(rows, copies=3)
    assert copies[::3] == STRONG.tokens(rows) and copies[::3] != copies[1::3] != copies[2::3] != copies[::3]
    assert STRONG.tokens(pa.array(rows), copies=3).to_pylist() == copies
    others = [STRONG.tokens(rows, seed=1), STRONG.tokens(rows, epoch=1), STRONG.tokens(rows, source="a")]
    assert all(one != STRONG.tokens(rows) for one in others)


@given(rows=columns, p=st.sampled_from([1.0, 0.5]))
def test_the_size_of_a_batch_makes_no_difference(rows, p):
    made = ta.SubwordDropout(dropout=0.5, p=p, protect=("the",), protect_pattern="[喜f]")
    whole = made.tokens(rows, seed=5)
    assert [made.tokens([row], row_ids=[i], seed=5)[0] for i, row in enumerate(rows)] == whole
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "TILE_BYTES", 20)
        assert made.tokens(rows, seed=5) == whole


def test_the_order_of_the_rows_makes_no_difference(tokenizer):
    made = ta.SubwordDropout(tokenizer=tokenizer, dropout=0.5)
    rows = SENTENCES * 4
    order = np.random.default_rng(3).permutation(len(rows))
    expected = made.ids(rows)
    assert made.ids([rows[i] for i in order], row_ids=order) == [expected[i] for i in order]


def test_a_spawned_process_gives_the_same(text):
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        for name in (None, "byte-level", "unigram", "sp-unigram"):
            made = ta.SubwordDropout(tokenizer=name and path(name, text), dropout=0.5)
            assert pool.submit(made.ids, SENTENCES, seed=4).result(timeout=60) == made.ids(SENTENCES, seed=4)


def test_rows_that_the_gate_leaves_out_have_the_tokenizers_own_tokens():
    rows = SENTENCES * 20
    own, drawn = ta.SubwordDropout(dropout=0.0).tokens(rows), ta.SubwordDropout(dropout=0.9, p=0.5).tokens(rows)
    share = np.mean([one == other for one, other in zip(own, drawn, strict=True)])
    assert 0.35 < share < 0.65


def test_special_tokens_go_around_the_ids(text):
    file = path("wordpiece", text)
    made, held = ta.SubwordDropout(tokenizer=file), Tokenizer.from_file(file)
    rows = ["the actors", "", "我们", None]
    bare, whole = made.ids(rows), made.ids(rows, special_tokens=True)
    first, last = held.token_to_id("[CLS]"), held.token_to_id("[SEP]")
    assert whole == [None if ids is None else [first, *ids, last] for ids in bare]
    assert made.ids(pa.array(rows), special_tokens=True).to_pylist()[:3] == whole[:3]
    with pytest.raises(ta.UsageError, match=r"only a tokenizer\.json says which they are; put them around"):
        STRONG.ids(rows, special_tokens=True)


def test_wrong_options_are_refused():
    for options, message in (
        ({"seed": 0.5}, "seed=0.5: give an integer"),
        ({"copies": 0}, "copies=0: give an integer of at least 1"),
        ({"row_ids": [1]}, "1 row_ids for 2 texts; give one for each"),
    ):
        with pytest.raises(ta.UsageError, match=message):
            STRONG.tokens(["a", "b"], **options)
    with pytest.raises(ta.UsageError, match="int is no text"):
        STRONG.ids(5)
