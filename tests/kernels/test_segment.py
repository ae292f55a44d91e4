"""The segmenter's twins over random dictionaries, models and texts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from strategies import same

from textaug.kernels import segment as kernel
from textaug.kernels.reference import segment as definition
from textaug.languages.dictionary import Entry, compiled

LETTERS = "我们看电影ab1."
words = st.text(LETTERS, min_size=1, max_size=5)
entries = st.lists(st.builds(Entry, words, st.integers(0, 9)), max_size=30)
texts = st.lists(st.text(LETTERS + "好 ，+%é👍\r\n", max_size=20), max_size=6)


@st.composite
def models(draw):
    """Draw a hidden Markov model whose few values make many ties."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = np.array([definition.NEVER, -1.0, -1.5, -2.0])
    size = 4 * (definition.LAST_HAN - definition.FIRST_HAN + 1)
    return {"emit": random.choice(values, size), "start": random.choice(values, 4), "follow": random.choice(values, 16)}


def ranges(rows):
    parts = [row.encode() for row in rows]
    end = np.cumsum([0, *map(len, parts)]).astype(np.int32)
    return np.frombuffer(b"".join(parts), np.uint8), end[:-1], end[1:]


@given(entries=entries, rows=texts, model=models(), hmm=st.booleans())
def test_the_kernel_cuts_as_it_is_defined(entries, rows, model, hmm):
    trie = compiled([Entry("我", 1), *entries]).trie._replace(**model)
    same(kernel.cut(*ranges(rows), hmm, trie), definition.cut(*ranges(rows), hmm, trie))


@given(rows=texts, hmm=st.booleans())
def test_words_follow_one_another_without_a_gap(rows, hmm):
    data, start, end = ranges(rows)
    offsets, ends = kernel.cut(data, start, end, hmm, compiled([Entry("看电", 3), Entry("电影", 4)]).trie)
    for row in range(len(rows)):
        held = ends[offsets[row] : offsets[row + 1]]
        assert (np.diff(held, prepend=start[row]) > 0).all()
        assert (held[-1] if len(held) else start[row]) == end[row]


def test_a_range_may_lie_anywhere_in_the_data():
    data = np.frombuffer("去看电影".encode(), np.uint8)
    trie = compiled([Entry("看电影", 3), Entry("电影", 4)]).trie
    offsets, ends = kernel.cut(data, np.array([6, 3], np.int32), np.array([12, 12], np.int32), False, trie)
    assert offsets.tolist() == [0, 1, 2] and ends.tolist() == [12, 12]
