"""The words of a corpus: what is joined, and that windows do not depend on how the rows come."""

import pyarrow as pa
import pytest

from textaug.masking.annotate.corpus import chunks_of, windows


def joined(texts):
    """Return runs of words that may be phrases."""
    runs = []
    for window in windows([pa.array(texts, pa.large_string())]):
        for word, goes_on in zip(window.words.to_pylist(), window.joined.tolist(), strict=True):
            if goes_on:
                runs[-1].append(word)
            else:
                runs.append([word])
    return runs


def test_what_is_joined():
    texts = ["New York, and  a don't 3.5% well-known.", "no http://a.b of", None, "", "end", "我们看iPhone 手机, A我们"]
    assert joined(texts) == [
        ["new", "york"], ["and"], ["a", "don't", "3.5%", "well-known"], ["no"], ["of"], ["end"],
        ["我们", "看", "iphone"], ["手机"], ["a", "我们"],
    ]  # fmt: skip


def test_sentences_and_names():
    (window,) = windows([pa.array(["Rome is old. So is Pisa, says Ada.", "Rome"])])
    assert window.sentence.tolist() == [window.sentence[0] + k for k in (0, 0, 0, 1, 1, 1, 1, 1, 2)]
    assert window.name.tolist() == [False] * 5 + [True, False, True, False]


@pytest.mark.parametrize("size", [1, 50, 1000, 1 << 20])
def test_windows_are_the_same_however_rows_come(size, reviews):
    texts = [text[:300] for text in reviews[:80]] + [None, ""]

    def cut(step):
        parts = [pa.array(texts[at : at + step], pa.string()) for at in range(0, len(texts), step)]
        return [
            (window.words.to_pylist(), window.joined.tolist(), window.name.tolist()) for window in windows(parts, size)
        ]

    whole = cut(len(texts))
    assert cut(1) == cut(7) == whole
    assert [word for words, *_ in whole for word in words] == [
        word for window in windows([pa.array(texts)]) for word in window.words.to_pylist()
    ]
    assert all(len(words) >= size for words, *_ in whole[:-1])


def test_columns_of_all_sorts():
    import pandas as pd

    texts = ["a b", "c"]
    for column in (
        texts,
        pa.array(texts),
        pa.chunked_array([texts[:1], texts[1:]]),
        pd.Series(texts),
        iter([texts[:1], texts[1:]]),
    ):
        assert [word for window in windows(chunks_of(column)) for word in window.words.to_pylist()] == ["a", "b", "c"]
