"""The segmenter against jieba itself, on real text: every line, with and without the hidden Markov model."""

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.errors import DataError, UsageError
from textaug.languages.zh import Segmenter

PIECES = [
    *"我们的电影院里演员表演自然喜欢龘㐀，。！ abcXYZ019+#&._%-\t\r\n",
    *["\u3000", "é", "👍", "𠀀", "T恤", "AA制", "C++", "3.5%", "卡拉OK", "B超", "\r\n", "9.5折"],
    *["a.b", "..5", "\ufeff", "〇"],
]  # fmt: skip
odd = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter()


def differing(ours, jieba, lines, **options):
    """Return the lines that jieba cuts otherwise."""
    cut = ours.cut_batch(pa.array(lines)).to_pylist()
    return [line for line, words in zip(lines, cut, strict=True) if words != jieba.lcut(line, **options)]


def test_every_line_of_reviews_and_news_is_cut_as_jieba_cuts_it(segmenter, jieba, chinese_reviews, chinese_news):
    assert len(chinese_reviews) + len(chinese_news) > 36_000
    assert differing(segmenter, jieba, [*chinese_reviews, *chinese_news]) == []


def test_so_is_traditional_chinese(segmenter, jieba, chinese_reviews, chinese_news):
    opencc = pytest.importorskip("opencc").OpenCC("s2t")
    lines = [opencc.convert(line) for line in [*chinese_reviews[::4], *chinese_news[::8]]]
    assert len(lines) > 6_500 and differing(segmenter, jieba, lines) == []


def test_so_it_is_without_the_hidden_markov_model(jieba, chinese_reviews, chinese_news):
    lines = [*chinese_reviews[::4], *chinese_news[::8]]
    assert len(lines) > 6_500 and differing(Segmenter(hmm=False), jieba, lines, HMM=False) == []


def test_so_is_english(segmenter, jieba, reviews):
    assert differing(segmenter, jieba, reviews[::20]) == []


@given(text=odd)
def test_so_is_what_nobody_writes(segmenter, jieba, text):
    assert segmenter.cut(text) == jieba.lcut(text)
    assert Segmenter(hmm=False).cut(text) == jieba.lcut(text, HMM=False)


def test_added_words_change_the_same_as_in_jieba(jieba, chinese_reviews, tmp_path):
    """Words with a count, without one, deleted ones, and a user's dictionary, one after the other."""
    theirs, ours = jieba.Tokenizer(), Segmenter()
    user = tmp_path / "user.txt"
    user.write_text("男主角的表演\n性价比高 50 a\n笔记本 3 n\niPhone手机 900\n标准间\n", "utf-8")
    with user.open("rb") as file:
        theirs.load_userdict(file)
    ours.load_userdict(user)
    words = sorted({line[k : k + 3] for k, line in enumerate(chinese_reviews[:200]) if line[k : k + 3].isalnum()})
    for word in words[:40]:
        assert ours.suggest_count(word) == theirs.suggest_freq(word)
        theirs.add_word(word)
        ours.add_word(word)
    theirs.add_word("不错的", 100_000)
    ours.add_word("不错的", 100_000)
    for word in ("我们", "酒店", "电影"):
        theirs.del_word(word)
        ours.del_word(word)
    try:
        assert differing(ours, theirs, chinese_reviews[::10]) == []
    finally:
        jieba.finalseg.Force_Split_Words.clear()  # jieba keeps it for all its tokenizers


def test_another_dictionary_is_taken_as_jieba_takes_it(jieba, tmp_path):
    path = tmp_path / "small.txt"
    path.write_text("我 100 r\n我们 80 r\n去 50 v\n看电影 7 v\n电影 20 n\n", "utf-8")
    lines = ["我们去看电影", "我去看", "他们不去", ""]
    assert differing(Segmenter(dictionary=path), jieba.Tokenizer(str(path)), lines) == []


def test_words_lie_in_the_memory_of_the_column(segmenter):
    column = pa.array(["我们去看电影", None, "", "hello 世界"], pa.large_string()).slice(0)
    words = segmenter.cut_batch(column)
    words.validate(full=True)
    assert words.to_pylist() == [["我们", "去", "看", "电影"], None, [], ["hello", " ", "世界"]]
    assert words.values.buffers()[2].address == column.buffers()[2].address


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_columns_of_every_type_and_slices_of_them_are_cut(segmenter, kind):
    column = pa.array(["去看", "我们去看电影", None, "好"], pa.string()).cast(kind)
    assert segmenter.cut_batch(column.slice(1)).to_pylist() == [["我们", "去", "看", "电影"], None, ["好"]]
    chunks = pa.chunked_array([column.slice(0, 1), column.slice(1)])
    assert segmenter.cut_batch(chunks).to_pylist() == segmenter.cut_batch(column).to_pylist()
    assert isinstance(segmenter.cut_batch(chunks), pa.ChunkedArray)


def test_the_words_of_a_text_are_the_text(segmenter, chinese_reviews):
    random.Random(1).shuffle(lines := chinese_reviews[:2000])
    assert ["".join(words) for words in segmenter.cut_batch(lines).to_pylist()] == lines


def test_wrong_words_and_files_are_refused(tmp_path):
    with pytest.raises(UsageError, match="give a word"):
        Segmenter().add_word("")
    with pytest.raises(UsageError, match="at least 0"):
        Segmenter().add_word("词", -1)
    with pytest.raises(DataError, match="cannot read the dictionary"):
        Segmenter(dictionary=tmp_path / "none.txt")
    (tmp_path / "bad.txt").write_text("我们\n", "utf-8")
    with pytest.raises(DataError, match=r"line 1: '我们'; write: word count"):
        Segmenter(dictionary=tmp_path / "bad.txt")
    (tmp_path / "latin.txt").write_bytes(b"\xff")
    with pytest.raises(DataError, match="not UTF-8"):
        Segmenter(user_dict=tmp_path / "latin.txt")


def test_its_repr_says_what_was_added():
    segmenter = Segmenter(hmm=False)
    segmenter.add_word("好词", 5)
    assert repr(segmenter) == f"Segmenter(hmm=False, {np.int64(498_114):,} nodes, 1 words added)"
