"""Sentiment words mined from seeds."""

import json
import math
import random

import pyarrow as pa
import pytest

from textaug.errors import UsageError
from textaug.masking.annotate import annotate, mine_sentiment
from textaug.masking.annotate.corpus import windows
from textaug.masking.annotate.seeds import NEGATIVE, POSITIVE
from textaug.masking.annotate.sentiment import Company

GOOD = ["powerful", "gorgeous", "touching", "beautifully", "superb", "delightful", "witty"]
BAD = ["pointless", "worse", "stupid", "lame", "unfunny", "predictable", "dumb"]


@pytest.fixture(scope="module")
def mined(reviews):
    return mine_sentiment(reviews)


def scores(table):
    return dict(zip(table["word"].to_pylist(), table["score"].to_pylist(), strict=True))


def test_words_of_real_text_are_on_their_side(mined):
    held = scores(mined)
    sure = [word for word in GOOD + BAD if word in held]
    assert len(sure) >= 6
    assert all((held[word] > 0) == (word in GOOD) for word in sure)
    assert all(held[word] > 0 for word in POSITIVE & held.keys()) and all(
        held[word] < 0 for word in NEGATIVE & held.keys()
    )
    assert not {"the", "film", "movie", "not", "very"} & held.keys()
    assert list(held.values()) == sorted(held.values(), reverse=True)
    told = json.loads(mined.schema.metadata[b"textaug"])
    assert told["format"] == "textaug.sentiment/1" and told["positive"] > told["negative"] > 1000


def test_chinese_words(chinese_reviews):
    held = scores(mine_sentiment(chinese_reviews))
    assert {"整洁", "周到", "漂亮"} & held.keys() and {"恶劣", "昏暗", "脏"} & held.keys()
    assert all(held[word] > 0 for word in ("整洁", "周到", "漂亮") if word in held)
    assert all(held[word] < 0 for word in ("恶劣", "昏暗", "脏") if word in held)


def test_counts_are_those_of_the_definition():
    words = ["good", "bad", "fine", "dull", "so", "it"]
    draw = random.Random(4)
    sentences = [draw.choices(words, k=draw.randint(1, 6)) for _ in range(400)]
    held = Company(frozenset(["good", "fine"]), frozenset(["bad"]), 100)
    for window in windows([pa.array([" ".join(one) + "." for one in sentences])], 50):
        held.add(window)
    for number, word in enumerate(held.lexemes.words):
        inside = [set(one) for one in sentences if word in one]
        wanted = [
            sum(one.count(word) for one in sentences),
            0,
            len(inside),
            sum(bool({"good", "fine"} & one - {word}) for one in inside),
            sum(bool({"bad"} & one - {word}) for one in inside),
        ]
        assert held.counts[:, number].tolist() == wanted
    assert held.sentences.tolist() == [
        sum(bool({"good", "fine"} & set(one)) for one in sentences),
        sum("bad" in one for one in sentences),
    ]


def test_a_score_is_a_difference_of_pmi():
    texts = ["good and lovely"] * 30 + ["bad and lovely"] * 10 + ["bad and dreary"] * 30
    held = scores(mine_sentiment(texts, positive=["good"], negative=["bad"]))
    share = (30 + 0.5) / (70 + 1)
    wanted = math.log2((30 + 4 * share) / (10 + 4 * (1 - share)) / (share / (1 - share)))
    assert held["lovely"] == pytest.approx(wanted, abs=1e-6) and held["dreary"] < 0


def test_names_and_numbers_are_left_out():
    texts = ["It was good, said Zorb, 1999 zat."] * 40 + ["It was bad, said Zulb, 2000 zut."] * 40
    assert set(scores(mine_sentiment(texts, positive=["good"], negative=["bad"]))) == {"good", "bad", "zat", "zut"}


def test_size_and_order(reviews, mined):
    few = mine_sentiment(iter([reviews[:1000], reviews[1000:]]), size=20)
    strongest = sorted(scores(mined).items(), key=lambda one: (-abs(one[1]), one[0]))[:20]
    assert scores(few) == dict(strongest)


def test_a_limit_keeps_the_frequent_words(reviews):
    held = Company(frozenset(["good"]), frozenset(["bad"]), 2000)
    for window in windows([pa.array(reviews[:300])], 5000):
        held.add(window)
        assert len(held.lexemes) <= 2000
    assert {"the", "good", "film"} <= set(held.lexemes.words)


def test_it_is_taken_by_annotate(mined, tokenizers):
    made = annotate(tokenizers["wordpiece"], sentiment=mined)({"text": ["a superb film and a lame plot"]})
    assert max(made["sentiment_ids"][0]) == 1 and max(made["pair_ids"][0]) == 1


def test_what_cannot_be():
    with pytest.raises(UsageError, match="positive: there are no seeds"):
        mine_sentiment(["a"], positive=[])
    with pytest.raises(UsageError, match="'good' is both"):
        mine_sentiment(["a"], positive=["good"], negative=["Good"])


@pytest.mark.parametrize("texts", [[], [None], ["."]])
def test_nothing_to_mine(texts):
    table = mine_sentiment(pa.array(texts, pa.string()))
    assert len(table) == 0 and table.column_names == ["word", "score", "count"]
