"""Aspects and what is said of them."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.masking.annotate import annotate
from textaug.masking.annotate.nouns import are_nouns
from textaug.masking.annotate.pairs import NEAR, nearest


def noun(*words):
    text = [word.encode() for word in words]
    end = np.cumsum([0, *map(len, text)], dtype=np.int32)
    return are_nouns(np.frombuffer(b"".join(text), np.uint8), end[:-1], end[1:]).tolist()


NOUNS = """
    film movie acting plot story music performance performances director script dialogue soundtrack humor pacing
    cinematography chemistry cast ending characters actors effects work play people camera price battery service staff
    food rooms screen quality hotel location information furniture news
"""
OTHERS = "good bad great boring slow the is was very really watch look loved of and never beautifully seen"


def test_english_nouns():
    assert all(noun(*NOUNS.split())) and not any(noun(*OTHERS.split()))


def test_chinese_nouns():
    assert all(noun("电影", "服务", "房间", "演员", "价格", "屏幕", "北京", "设计"))
    assert not any(noun("很", "好", "漂亮", "喜欢", "的", "非常", "去"))


def plain(first, last, nouns, sentence, place):
    """Return the pairs: by distance, behind before before, from the left; each noun once."""
    of, free = [-1] * len(first), set(np.flatnonzero(nouns).tolist())
    for distance in range(1, NEAR + 1):
        for behind in (True, False):
            for k, (a, b) in enumerate(zip(first, last, strict=True)):
                edge = b if behind else a
                at = next((at for at in free if place[at] - place[edge] == (distance if behind else -distance)), -1)
                if of[k] < 0 and at >= 0 and sentence[at] == sentence[a]:
                    of[k] = at
                    free.remove(at)
    return of


@given(st.data())
def test_the_nearest_noun(data):
    count = data.draw(st.integers(1, 16))
    edges = sorted(data.draw(st.sets(st.integers(0, count), max_size=8)))
    first, last = np.array(edges[:-1:2], np.int32), np.array(edges[1::2], np.int32) - 1
    first = first[: len(last)]
    nouns = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    for a, b in zip(first, last, strict=True):
        nouns[a : b + 1] = False
    sentence = np.cumsum(data.draw(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=count, max_size=count)))
    place = np.cumsum(data.draw(st.lists(st.sampled_from([1, 1, 2]), min_size=count, max_size=count)))
    assert nearest(first, last, nouns, sentence, place).tolist() == plain(first, last, nouns, sentence, place)


@pytest.fixture(scope="module")
def pairs(tokenizers):
    """Return the pairs of a text as sets of words."""
    run = tokenizers["wordpiece"]
    call = annotate(
        run, sentiment=["good", "great", "awful", "masterpiece", "很 好", "漂亮", "差"], add_special_tokens=False
    )

    def found(text):
        ids = call({"text": [text]})["pair_ids"][0].tolist()
        held: dict[int, list[str]] = {}
        for (start, end), number in zip(run.encode(text, add_special_tokens=False).offsets, ids, strict=True):
            held.setdefault(number, []).append(text[start:end])
        held.pop(-1, None)
        return ["".join(words) for words in held.values()]

    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a good film", ["goodfilm"]),
        ("the film is good", ["filmgood"]),
        ("good acting and awful plot", ["goodacting", "awfulplot"]),
        ("good and great film", ["greatfilm"]),
        ("The film ended. Good!", []),
        ("a film that was never really good", []),
        ("this masterpiece is good", []),
        ("房间漂亮，服务差", ["房间漂亮", "服务差"]),
    ],
)
def test_pairs_in_text(text, wanted, pairs):
    assert pairs(text) == wanted


def test_numbers_begin_anew_in_each_row(tokenizers):
    call = annotate(tokenizers["byte-level"], sentiment=["good"])
    table = call(pa.table({"text": ["good film, good plot", "x", "good film"]}))
    assert [max(row, default=-1) for row in table["pair_ids"].to_pylist()] == [1, -1, 0]
