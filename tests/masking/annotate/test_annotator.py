"""annotate: what comes in, what goes out, and that a row's units depend on that row alone."""

import pickle

import numpy as np
import pyarrow as pa
import pytest
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from textaug.errors import DataError, UsageError
from textaug.lexicon.gazetteer import Gazetteer
from textaug.masking.annotate import Segmented, annotate

from .conftest import KINDS

EVERYTHING = {
    "entities": Gazetteer.shipped(),
    "phrases": ["new york", "at the end", "不 错", "的电影"],
    "sentiment": {"good": 1.9, "bad": -2.5, "boring": -1, "很好": 1, "差": -1, "不错": 1},
}
UNITS = ("word_ids", "entity_ids", "phrase_ids", "sentiment_ids", "pair_ids")


def lists(made):
    """Return columns as plain lists."""
    return {name: [np.asarray(row).tolist() for row in rows] for name, rows in made.items()}


def fast(run, **more):
    return PreTrainedTokenizerFast(tokenizer_object=run, **more)


@pytest.fixture(scope="module")
def bert(tokenizers):
    return fast(
        tokenizers["wordpiece"],
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        pad_token="[UNK]",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_int32_lists_as_long_as_the_ids(kind, tokenizers, prose):
    made = annotate(tokenizers[kind], **EVERYTHING)(pa.table({"text": prose}))
    assert made.column_names == ["text", "input_ids", "special_tokens_mask", *UNITS]
    sizes = made["input_ids"].combine_chunks().value_lengths()
    for name in ("input_ids", *UNITS):
        assert made[name].type == pa.list_(pa.int32())
        assert made[name].combine_chunks().value_lengths() == sizes
    for name in UNITS:
        assert made[name].combine_chunks().values.to_numpy().max() >= 0, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_the_same_in_any_company(kind, tokenizers, prose):
    call, some = annotate(tokenizers[kind], **EVERYTHING), prose[-60:]
    whole = lists(call({"text": some}))
    for size in (1, 7):
        parts = [lists(call({"text": some[at : at + size]})) for at in range(0, len(some), size)]
        for name, rows in whole.items():
            assert [row for part in parts for row in part[name]] == rows
    backwards = lists(call({"text": some[::-1]}))
    assert {name: rows[::-1] for name, rows in backwards.items()} == whole


def test_every_shape_of_a_batch(tokenizers, prose):
    call = annotate(tokenizers["byte-level"], **EVERYTHING)
    wanted = lists(call({"text": prose}))
    table = pa.table({"text": pa.array(prose, pa.large_string()), "row": range(len(prose))})
    shapes = [
        table,
        pa.concat_tables([table.slice(0, 50), table.slice(50)]),
        table.to_batches()[0],
        pa.concat_tables([table.slice(3), table]).slice(len(prose) - 3),
        pa.table({"text": table["text"].cast(pa.string_view())}),
        pa.table({"text": table["text"].dictionary_encode()}),
    ]
    for batch in shapes:
        made = call(batch)
        assert type(made) is type(batch)
        assert made.column(0).to_pylist() == prose
        assert {name: made.column(name).to_pylist() for name in wanted} == wanted


def test_columns_that_are_there_are_replaced(tokenizers):
    table = pa.table({"text": ["good"], "word_ids": ["old"]}, metadata={"a": "b"})
    made = annotate(tokenizers["wordpiece"])(table)
    assert made["word_ids"].to_pylist() == [[-1, 0, -1]] and made.schema.metadata == {b"a": b"b"}


@pytest.mark.parametrize("texts", [[], [None], [None, "good", None, ""], [None] * 3])
def test_null_and_empty_texts(texts, tokenizers):
    call = annotate(tokenizers["wordpiece"], **EVERYTHING)
    made = lists(call({"text": texts}))
    table = call(pa.table({"text": pa.array(texts, pa.string())}))
    for name, rows in made.items():
        assert [len(row) for row in rows] == [0 if text is None else 2 + bool(text) for text in texts]
        assert table[name].to_pylist() == rows


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("max_length", [None, 12])
@pytest.mark.parametrize("side", ["left", "right"])
def test_ids_are_those_of_transformers(kind, max_length, side, tokenizers, prose):
    unk = {"byte-level": {}, "unigram": {"unk_token": "<unk>"}, "blanks": {"unk_token": "<unk>"}}
    held = fast(tokenizers[kind], truncation_side=side, **unk.get(kind, {"unk_token": "[UNK]"}))
    held.model_input_names = ["input_ids", "token_type_ids", "attention_mask"]
    made = lists(annotate(held, max_length=max_length)({"text": prose}))
    wanted = held(prose, truncation=max_length is not None, max_length=max_length, return_special_tokens_mask=True)
    for name in ("input_ids", "token_type_ids", "attention_mask", "special_tokens_mask"):
        assert made[name] == wanted[name], name


def test_the_tokenizer_is_left_as_it_is_and_its_state_does_not_matter(bert, prose):
    before = annotate(bert, max_length=9)
    state = bert.backend_tokenizer.to_str()
    wanted = lists(before({"text": prose}))
    assert bert.backend_tokenizer.to_str() == state
    bert(prose, truncation=True, max_length=5, padding=True)
    assert annotate(bert, max_length=9) == before
    assert lists(annotate(bert, max_length=9)({"text": prose})) == wanted


def test_special_tokens_are_in_no_unit_and_unknown_ones_are(bert):
    made = annotate(bert)({"text": ["good [SEP] \U0001f9ff film [MASK]"]})
    tokens = bert.convert_ids_to_tokens(made["input_ids"][0])
    assert tokens == ["[CLS]", "good", "[SEP]", "[UNK]", "film", "[MASK]", "[SEP]"]
    assert made["word_ids"][0].tolist() == [-1, 0, -1, 1, 2, -1, -1]
    bare = annotate(bert, add_special_tokens=False)({"text": ["good film"]})
    assert bare["word_ids"][0].tolist() == [0, 1]


def test_words_split_on_special_tokens_only_where_they_are_special(tokenizers):
    split = fast(tokenizers["wordpiece"], unk_token="[UNK]", sep_token="[SEP]", split_special_tokens=True)
    ids = annotate(split)({"text": ["[SEP]"]})["word_ids"][0].tolist()
    assert ids[0] == ids[-1] == -1 and min(ids[1:-1]) == 0 and max(ids) >= 2  # "[", what is between, "]"


def test_chinese_words_are_those_of_jieba(tokenizers, chinese_reviews, jieba):
    texts = [text for text in chinese_reviews[::40] if all("\u4e00" <= c <= "\u9fff" or c in "，。！" for c in text)]
    assert len(texts) > 40
    run = tokenizers["wordpiece"]
    ids = annotate(run, add_special_tokens=False)({"text": texts})["word_ids"]
    for text, row in zip(texts, ids, strict=True):
        encoded = run.encode(text, add_special_tokens=False)
        words = {}
        for (start, end), word in zip(encoded.offsets, row.tolist(), strict=True):
            words[word] = words.get(word, "") + text[start:end]
        assert list(words.values()) == jieba.lcut(text)


def test_a_dictionary_of_ones_own(tokenizers, tmp_path):
    (tmp_path / "films.txt").write_text("哈利波特 9000 nz\n", "utf-8")
    text = {"text": ["我看哈利波特"]}
    run = tokenizers["wordpiece"]
    usual = annotate(run, add_special_tokens=False)(text)["word_ids"][0].tolist()
    own = Segmented(user_dict=str(tmp_path / "films.txt"))
    call = annotate(run, words=own, add_special_tokens=False)
    assert usual == [0, 1, 2, 2, 2, 3] and call(text)["word_ids"][0].tolist() == [0, 1, 2, 2, 2, 2]
    assert pickle.loads(pickle.dumps(call)) == call
    with pytest.raises(DataError, match=r"nothing\.txt"):
        Segmented(user_dict=str(tmp_path / "nothing.txt"))


def halves(texts):
    return [[(0, len(text) // 2), (len(text) // 2, len(text))] for text in texts]


def test_words_of_a_callable(tokenizers):
    call = annotate(tokenizers["wordpiece"], words=halves, phrases=["good"], add_special_tokens=False)
    made = call({"text": ["good film", None]})
    assert made["word_ids"][0].tolist() == [0, 1] and made["word_ids"][1].tolist() == []
    assert made["phrase_ids"][0].tolist() == [0, -1]


def test_sentences(tokenizers):
    texts = ["He left. “Why?” she asked<br /><br />It ended in Washington D.C. at 3.5 p.m.", "好。真的！", None]
    made = annotate(tokenizers["wordpiece"], words=None, sentences=True)({"text": texts})
    for text, ids in zip(texts, made["sentence_ids"], strict=True):
        held: dict[int, list[int]] = {}
        for number, offset in zip(ids.tolist(), tokenizers["wordpiece"].encode(text or "").offsets, strict=False):
            held.setdefault(number, []).extend(offset)
        held.pop(-1, None)
        found = ["".join(text[min(places) : max(places)]) for places in held.values()]
        wanted = {
            "H": ["He left.", "“Why?” she asked", "It ended in Washington D.C. at 3.5 p.m."],
            "好": ["好。", "真的！"],
        }
        assert found == (wanted[text[0]] if text else [])


def test_no_words(tokenizers):
    for words in (None, False):
        assert list(annotate(tokenizers["wordpiece"], words=words)({"text": ["a"]})) == [
            "input_ids",
            "special_tokens_mask",
        ]


def test_pickled_it_is_equal_and_does_the_same(bert, prose):
    call = annotate(bert, **EVERYTHING)
    again = pickle.loads(pickle.dumps(call))
    assert again == call and hash(again) == hash(call) and pickle.dumps(again) == pickle.dumps(call)
    assert lists(again({"text": prose[:40]})) == lists(call({"text": prose[:40]}))


def test_with_datasets(bert, prose):
    from datasets import Dataset, disable_progress_bars

    disable_progress_bars()
    call = annotate(bert, **EVERYTHING)
    wanted = lists(call({"text": prose}))
    data = Dataset.from_dict({"text": prose})
    for given in (data, data.with_format("arrow")):
        made = given.map(call, batched=True, batch_size=16, remove_columns=["text"]).with_format("arrow")[:]
        for name, rows in wanted.items():
            assert made[name].to_pylist() == rows
            if name.endswith("_ids") and name != "token_type_ids":
                assert made[name].type == pa.list_(pa.int32())
    one = data.map(call, batched=True)
    other = data.map(pickle.loads(pickle.dumps(call)), batched=True)
    assert one._fingerprint == other._fingerprint


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"column": "txt"}, "did you mean 'text'"),
        ({"max_length": 2}, "no room"),
        ({"words": "zh"}, "give True, a Segmented, or a callable"),
        ({"entities": 3}, "give a column's name"),
        ({"phrases": []}, "no entry"),
        ({"phrases": [3]}, "3 is no text"),
        ({"entities": "spans"}, "no column 'spans'"),
    ],
)
def test_what_cannot_be(given, says, bert):
    with pytest.raises(UsageError, match=says):
        annotate(bert, **given)({"text": ["a"]})


def test_what_is_no_text(bert):
    for bad, says in ((3, "3 is no text"), ("\ud800", "is no text")):
        with pytest.raises(DataError, match=f"row 1 of column 'text': .*{says}"):
            annotate(bert)({"text": ["a", bad]})
    with pytest.raises(UsageError, match="int64 is not text"):
        annotate(bert)(pa.table({"text": [1]}))
    with pytest.raises(UsageError, match="list is no batch"):
        annotate(bert)(["a"])
    with pytest.raises(UsageError, match="does not tell where its tokens stand"):
        annotate(str.split)


def test_offsets_of_bytes_are_one_character(tokenizers):
    """Bytes of a character outside of all words are one unit, whatever the number of its tokens."""
    run: Tokenizer = tokenizers["byte-level"]
    for text in ("…", "“", "①", "a…b"):
        ids = annotate(run)({"text": [text]})["word_ids"][0].tolist()
        characters = set(run.encode(text).offsets)
        assert len(set(ids)) == len(characters) == len(text)
