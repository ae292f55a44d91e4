"""The segmenter's twins over random dictionaries, models and texts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from strategies import same, tile

from textaug import kernels
from textaug.kernels import segment as kernel
from textaug.kernels.reference import segment as definition
from textaug.languages.dictionary import Entry, compiled
from textaug.languages.unicode import table
from textaug.units import Kind

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


MIXED = st.lists(
    st.sampled_from(
        [*"我们看电影恤股，。#-+. 𠀀㐀", "T", "AA", "ab1", "3.5%", "T恤", "A股", "#电影", "www.a.com/", "é", "影B超看"]
    ),
    max_size=12,
).map("".join)


@given(entries=entries, rows=st.lists(MIXED, max_size=4), hmm=st.booleans(), data=st.data())
def test_runs_are_split_as_it_is_defined(entries, rows, hmm, data):
    mixed = [
        Entry(word, 50)
        for word in data.draw(st.lists(st.sampled_from(["T恤", "A股", "影B超", "B超看", "看ab", "1我"])))
    ]
    trie = compiled([Entry("我", 1), *entries, *mixed]).trie
    held = tile(rows, active=data.draw(st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows))))
    units = kernels.units.words(held.data, held.offsets, held.active, *table())
    given = (held.data, held.offsets, *units, int(Kind.HAN), hmm, trie)
    same(kernel.split(*given), definition.split(*given))


def split(text, *entries):
    held = tile([text])
    units = kernels.units.words(held.data, held.offsets, None, *table())
    _, start, end, kind = kernel.split(held.data, held.offsets, *units, int(Kind.HAN), False, compiled(entries).trie)
    words = [held.data[a:b].tobytes().decode() for a, b in zip(start, end, strict=True)]
    return list(zip(words, [Kind(number).name for number in kind], strict=True))


def test_a_word_of_two_scripts_is_one_unit_where_it_holds_the_units_around_it():
    words = [Entry("T恤", 9), Entry("卡拉OK", 9), Entry("影院", 9)]
    assert split("买T恤去卡拉OK影院", *words) == [
        ("买", "HAN"), ("T恤", "HAN"), ("去", "HAN"), ("卡拉OK", "HAN"), ("影院", "HAN"),
    ]  # fmt: skip


def test_where_it_does_not_the_edge_of_the_run_cuts_it():
    assert split("XT恤", Entry("T恤", 9)) == [("XT", "WORD"), ("恤", "HAN")]
    assert split("卡拉OKs", Entry("卡拉OK", 9)) == [("卡拉", "HAN"), ("OKs", "WORD")]


def test_other_units_stay_as_they_are():
    assert split("看http://a.com/b?c=我 don't，3.5%电影") == [
        ("看", "HAN"), ("http://a.com/b?c=", "URL"), ("我", "HAN"), ("don't", "WORD"), ("3.5%", "NUMBER"),
        ("电", "HAN"), ("影", "HAN"),
    ]  # fmt: skip
