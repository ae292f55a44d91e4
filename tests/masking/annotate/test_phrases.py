"""Phrases: counted and scored as the definition says, whatever the windows, in bounded memory."""

import json
import math
from collections import Counter
from itertools import combinations, pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.errors import UsageError
from textaug.masking.annotate import annotate, learn_phrases
from textaug.masking.annotate.corpus import windows
from textaug.masking.annotate.ngrams import NGrams
from textaug.masking.annotate.phrases import chosen, score

LETTERS = st.lists(st.lists(st.sampled_from("abcd"), max_size=12).map(" ".join), min_size=1, max_size=12)


def counted(texts, longest, size=1 << 20, limit=1 << 24):
    held = NGrams(longest, limit)
    for window in windows([pa.array(texts, pa.large_string())], size):
        held.add(window)
    return held


def plain_counts(texts, longest):
    counts = Counter()
    for text in texts:
        words = text.split()
        for n in range(1, longest + 1):
            counts.update(tuple(words[at : at + n]) for at in range(len(words) - n + 1))
    return counts


def plain_pmi(ngram, counts, total):
    """Return the least PMI over all cuts, each of them made."""

    def likely(part):
        return math.log2(counts[part] / total)

    n, cuts = len(ngram), []
    for k in range(1, n):
        for borders in combinations(range(1, n), k):
            edges = (0, *borders, n)
            cuts.append(sum(likely(ngram[a:b]) for a, b in pairwise(edges)))
    return likely(ngram) - max(cuts)


def names(held):
    words = held.lexemes.words
    return {
        tuple(words[k] for k in row): (int(n), pmi) for group in score(held) for row, n, pmi in zip(*group, strict=True)
    }


@given(LETTERS, st.integers(2, 5), st.integers(1, 30))
def test_counts_and_scores_are_those_of_the_definition(texts, longest, size):
    held, counts = counted(texts, longest, size), plain_counts(texts, longest)
    total = sum(n for ngram, n in counts.items() if len(ngram) == 1)
    found = names(held) if len(held) else {}
    assert {ngram: n for ngram, (n, _) in found.items()} == {k: n for k, n in counts.items() if len(k) > 1}
    for ngram, (_, pmi) in found.items():
        assert pmi == pytest.approx(plain_pmi(ngram, counts, total), abs=1e-9)


@given(LETTERS, st.integers(1, 3))
def test_what_is_left_out_leaves_the_rest_as_it_is(texts, rarest):
    held, whole = counted(texts, 4), counted(texts, 4)
    held.leave_out(rarest)
    kept = names(held) if len(held) else {}
    everything = names(whole) if len(whole) else {}
    assert kept == {ngram: one for ngram, one in everything.items() if one[0] > rarest}
    assert all(level.keys.tolist() == sorted(level.keys.tolist()) for level in held.levels)


@given(LETTERS, LETTERS, st.integers(1, 3))
def test_counting_goes_on_after_something_was_left_out(before, behind, rarest):
    held = counted(before, 4)
    kept = {ngram: n for ngram, n in plain_counts(before, 4).items() if n > rarest}
    held.leave_out(rarest)
    for window in windows([pa.array(behind, pa.large_string())]):
        held.add(window)
    wanted = Counter(kept) + plain_counts(behind, 4)
    found = {ngram: n for ngram, (n, _) in names(held).items()} if len(held) else {}
    assert found == {ngram: n for ngram, n in wanted.items() if len(ngram) > 1}


def test_a_limit_bounds_memory_and_says_what_it_cost(reviews):
    texts = [text[:600] for text in reviews[:600]]
    whole, held = counted(texts, 5), NGrams(5, 40_000)
    most = 0
    for window in windows([pa.array(texts)], 5_000):
        held.add(window)
        most = max(most, len(held))
    assert len(whole) > 100_000 > 40_000 >= most and held.missed > 0
    exact, found = names(whole), names(held)
    assert all(0 <= exact[ngram][0] - n <= held.missed for ngram, (n, _) in found.items())
    assert all(ngram in found for ngram, (n, _) in exact.items() if n > held.missed)


def test_phrases_of_real_text(reviews, tokenizers):
    table = learn_phrases(reviews, min_count=8)
    phrases = table["phrase"].to_pylist()
    assert {"new york", "special effects", "sense of humor", "lord of the rings"} <= set(phrases)
    assert not {"of the", "is a", "the film", "and the"} & set(phrases)
    sizes = Counter(map(len, table["words"].to_pylist()))
    assert set(sizes) == {2, 3, 4, 5} and min(table["count"].to_pylist()) >= 8
    assert table["pmi"].to_pylist() == sorted(table["pmi"].to_pylist(), reverse=True)
    assert [" ".join(words) for words in table["words"].to_pylist()] == phrases
    told = json.loads(table.schema.metadata[b"textaug"])
    assert told["missed"] == 0 and told["words"] > 400_000 and told["candidates"] >= 2 * len(phrases) - 4
    made = annotate(tokenizers["wordpiece"], phrases=table)({"text": ["The Lord of the Rings in New York"]})
    assert sorted(set(made["phrase_ids"][0].tolist())) == [-1, 0, 1]


def test_chinese_phrases(chinese_reviews, tokenizers):
    table = learn_phrases(chinese_reviews, min_count=10)
    assert {"性价比很高", "再次光临", "服务态度"} & set(table["phrase"].to_pylist())
    row = next(row for row in table.to_pylist() if len(row["words"]) == 3 and row["phrase"].isalpha())
    assert "".join(row["words"]) == row["phrase"]
    made = annotate(tokenizers["wordpiece"], phrases=table)({"text": [f"，{row['phrase']}。"]})
    assert max(made["phrase_ids"][0]) == 0


def test_the_result_does_not_depend_on_how_texts_come(reviews):
    texts = reviews[:300]
    whole = learn_phrases(texts, min_count=4)
    assert learn_phrases(iter([pa.array(texts[:7]), texts[7:100], texts[100:]]), min_count=4).equals(whole)
    assert learn_phrases(texts[::-1], min_count=4).equals(whole)


@pytest.mark.parametrize(("longest", "shares"), [(2, [40]), (3, [20, 20]), (5, [20, 10, 5, 5])])
def test_shares_of_the_lengths(longest, shares, reviews):
    table = learn_phrases(reviews[:1500], min_count=4, size=40, longest=longest)
    sizes = Counter(map(len, table["words"].to_pylist()))
    assert [sizes[n] for n in range(2, longest + 1)] == shares
    assert set(table["phrase"].to_pylist()) <= set(
        chosen(counted(reviews[:1500], longest), 4, None)["phrase"].to_pylist()
    )


@pytest.mark.parametrize("texts", [[], [None], ["", "."], ["one"]])
def test_nothing_to_learn(texts):
    table = learn_phrases(pa.array(texts, pa.string()))
    assert len(table) == 0 and table.column_names == ["phrase", "words", "count", "pmi"]


@pytest.mark.parametrize("given", [{"longest": 1}, {"min_count": 0}, {"size": 0}, {"limit": 3}])
def test_what_cannot_be(given):
    with pytest.raises(UsageError, match="longest is at least 2"):
        learn_phrases(["a"], **given)


def test_scores_round_the_same_everywhere():
    held = counted(["a b", "a b", "a c"], 2)
    (row,) = chosen(held, 2, None).to_pylist()
    assert row == {
        "phrase": "a b",
        "words": ["a", "b"],
        "count": 2,
        "pmi": round(math.log2((2 / 6) / (3 / 6 * 2 / 6)), 6),
    }
    assert np.float64(row["pmi"]) == 1.0
