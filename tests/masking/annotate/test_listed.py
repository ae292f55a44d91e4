"""Lists of words and phrases: how they are read, and where they stand in a text."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.batch import tiles
from textaug.errors import DataError, UsageError
from textaug.masking.annotate.listed import listed, lowered
from textaug.units import Kind, words

COUNTED = (Kind.HAN, Kind.WORD, Kind.NUMBER, Kind.ABBREVIATION, Kind.OTHER)


def found(entries, texts):
    """Return the entries that stand in texts, row by row, as they are written there."""
    rows = [[] for _ in texts]
    for _, tile in tiles(pa.array(texts, pa.large_string()), np.zeros(len(texts), np.uint64)):
        matches = listed(entries, "phrases").find(lowered(tile.data), tile, words(tile))
        for row, start, end in zip(matches.row.tolist(), matches.start, matches.end, strict=True):
            rows[row].append(tile.data[start:end].tobytes().decode())
    return rows


def test_the_longest_and_whole_words():
    entries = ["new york", "new york city", "york", "city hall", "in the end", "well"]
    texts = ["New York City Hall, in the ending; well-known NEW YORKERS", "old york’s well", "new  york newyork"]
    assert found(entries, texts) == [["New York City"], ["york", "well"], ["york"]]


def test_chinese_begins_and_ends_where_words_do():
    assert found(["日本", "服务员"], ["今日本地新闻", "日本酒店服务员"]) == [[], ["日本", "服务员"]]
    assert found(["机器 学习", "机器学习"], ["我喜欢机器学习"]) == [["机器学习"]]


def plain(entries, text):
    """Return what stands in a text: from the left, at each word the longest entry that ends where a word does."""
    ((_, tile),) = tiles(pa.array([text], pa.large_string()), np.zeros(1, np.uint64))
    units = words(tile)
    data, low = tile.data.tobytes(), lowered(tile.data).tobytes()
    ends = [(int(a), int(b), int(kind)) for a, b, kind in zip(units.start, units.end, units.kind, strict=True)]
    rows, free = [], 0
    for start, _, kind in ends:
        if start < free or kind not in COUNTED:
            continue
        for entry in sorted(entries, key=len, reverse=True):
            end = start + len(entry.encode())
            inside = any(a < end < b and not low[end:].startswith((b"'", "’".encode())) for a, b, _ in ends)
            if low.startswith(entry.encode(), start) and not inside:
                rows.append(data[start:end].decode())
                free = end
                break
    return rows


ENTRIES = ["ab", "ab c", "c ab", "ab c ab c", "cc", "我们", "我们的", "电影"]


@given(st.lists(st.sampled_from([*"ab c ", "AB", " ", "C", "cc", "我们", "的", "电影", "-", "'s", "."])).map("".join))
def test_any_text(text):
    if text:
        assert found(ENTRIES, [text]) == [plain(ENTRIES, text)]


@pytest.mark.parametrize("text", ["good\n bad \n\nNew  York\n", "\ufeffgood\t1.9\t0.4\r\nbad\t-2\r\nnew york\t0.1\r\n"])
def test_files_of_text(text, tmp_path):
    (tmp_path / "words.txt").write_text(text, "utf-8")
    assert listed(tmp_path / "words.txt", "phrases").entries == ("bad", "good", "new york")
    assert listed(str(tmp_path / "words.txt"), "phrases").entries == ("bad", "good", "new york")


def test_sequences_dicts_and_tables():
    assert listed(("Good", "good", "x"), "words").entries == ("good",)
    assert listed({"good": 1.5, "so": 0, "bad": -1}, "words").entries == ("bad", "good")
    assert listed(pa.table({"word": ["good"], "score": [1.0]}), "words").entries == ("good",)


def test_what_is_no_list(tmp_path):
    with pytest.raises(DataError, match=r"cannot read the phrases .*no\.txt"):
        listed(tmp_path / "no.txt", "phrases")
    with pytest.raises(DataError, match=r"no\.arrow: no such file"):
        listed(tmp_path / "no.arrow", "phrases")
    (tmp_path / "bad.txt").write_bytes(b"a\xff")
    with pytest.raises(DataError, match="is not UTF-8: byte 1"):
        listed(tmp_path / "bad.txt", "phrases")
    (tmp_path / "bad.arrow").write_bytes(b"nothing")
    with pytest.raises(DataError, match="no table of phrases"):
        listed(tmp_path / "bad.arrow", "phrases")
    with pytest.raises(DataError, match="no column phrase or word among label"):
        listed(pa.table({"label": ["x"]}), "phrases")
    with pytest.raises(UsageError, match="no entry"):
        listed(["x"], "phrases")
