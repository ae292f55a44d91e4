"""Which tokens belong together: against the tokenizers' own words, the texts, jieba, and plain definitions."""

import unicodedata
from itertools import chain, groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maskings import RUNS, Case, cases, joinable, leaves, weights

from textaug.errors import DataError, UsageError
from textaug.masking import (
    Column,
    Entities,
    Exact,
    Linear,
    Masking,
    Mixture,
    NGrams,
    Phrases,
    Rows,
    Sentiment,
    Spans,
    Tokens,
    Vocabulary,
    Words,
)
from textaug.masking.budget import Budget
from textaug.masking.corruption import Corruption, Pool
from textaug.masking.units import Units, numbers

ACCENTS = "A naïve café crème brûlée: Dvořák's Größe, 500€ for Łódź — it’s 好 (v2.0) 👍🏽 ok"
MIXED = "看了2005年的iPhone，我觉得very good！第3集naïve的人 很好。"


def number(units, case, key=0):
    """Return the units of each row: lists of first places."""
    return numbers(units, case.sheet(key)).lists()


def grouped(first):
    """Return the tokens of each unit of a row, in the order of their places."""
    held = {}
    for place, unit in enumerate(first):
        if unit >= 0:
            held.setdefault(unit, []).append(place)
    return list(held.values())


def is_mark(text):
    return bool(text) and all(unicodedata.category(char)[0] in "PSZC" for char in text)


def is_han(text):
    return any("CJK UNIFIED" in unicodedata.name(char, "") for char in text)


def spelled(vocabulary, ids, places):
    """Return the bytes of some tokens of a row."""
    data, at = vocabulary.text
    return b"".join(data[at[ids[place]] : at[ids[place] + 1]].tobytes() for place in places)


@pytest.mark.parametrize("kind", ["wordpiece", "characters"])
def test_wordpiece_words_are_those_of_the_pretokenizer(encoded, kind):
    """BERT's rule: ## goes on, punctuation stands alone, and so does each Chinese character."""
    held, rows = encoded[kind]
    special = set(Vocabulary.of(held).special)
    case = Case(held, [ids for ids, _ in rows], {"word_ids": [words for _, words in rows]})
    ours, theirs = number(Words("none", chinese=False), case), number(Column("word_ids"), case)
    for (ids, _), one, other in zip(rows, ours, theirs, strict=True):
        assert one == other, held.convert_ids_to_tokens(ids)
        assert all((unit == -1) == (id in special) for id, unit in zip(ids, one, strict=True))


@pytest.mark.parametrize("kind", ["wordpiece", "characters"])
def test_chinese_words_are_those_of_jieba(encoded, jieba, kind):
    held, rows = encoded[kind]
    case = Case(held, [ids for ids, _ in rows])
    checked = 0
    for ids, first in zip(case.ids, number(Words("none"), case), strict=True):
        han = [is_han(text) for text in held.convert_ids_to_tokens(ids)]
        runs = [list(run) for here, run in groupby(range(len(ids)), han.__getitem__) if here]
        for run in runs:
            words = jieba.lcut("".join(held.convert_ids_to_tokens([ids[t] for t in run])))
            units = [[t for t in run if first[t] == unit] for unit in dict.fromkeys(first[t] for t in run)]
            assert ["".join(held.convert_ids_to_tokens([ids[t] for t in unit])) for unit in units] == words
            checked += len(words)
        assert all(len({han[t] for t in unit}) == 1 for unit in grouped(first))
    assert checked > 500


def check_words(held, ids, first):
    """Hold the words of a row of byte-level or Metaspace tokens to what words are in its text."""
    vocabulary = Vocabulary.of(held)
    units = grouped(first)
    texts = [spelled(vocabulary, ids, unit) for unit in units]
    for unit, text in zip(units, texts, strict=True):
        assert unit == list(range(unit[0], unit[-1] + 1))
        assert not any(vocabulary.opens[ids[place]] for place in unit[1:]), "a word goes over a blank"
        if len(unit) > 1:
            pieces = [spelled(vocabulary, ids, [place]).decode(errors="ignore") for place in unit]
            assert not any(map(is_mark, pieces)), (text.decode(errors="replace"), "punctuation is in a word")
            assert len({is_han(piece) for piece in pieces if piece and not is_mixed(piece)}) <= 1, text.decode()
    for (one, left), (other, right) in pairwise(zip(units, texts, strict=True)):
        if other[0] != one[-1] + 1 or vocabulary.opens[ids[other[0]]] or not left:
            continue  # a blank or a special token is between
        plain, after = left.decode(errors="replace"), right.decode(errors="replace")
        assert not (plain[-1:].isalnum() and after[:1].isalnum()) or is_han(plain + after), f"{plain}|{after} is torn"


def is_mixed(piece):
    return is_han(piece) and any(char.isascii() for char in piece)


@pytest.mark.parametrize("kind", ["byte-level", "unigram"])
def test_words_of_marked_vocabularies_are_those_of_the_text(encoded, kind):
    held, rows = encoded[kind]
    case = Case(held, [*(ids for ids, _ in rows), *held([ACCENTS, MIXED])["input_ids"]])
    for ids, first in zip(case.ids, number(Words("none"), case), strict=True):
        check_words(held, ids, first)


@pytest.mark.parametrize("kind", ["byte-level", "unigram"])
def test_english_words_begin_at_blanks_and_marks(encoded, kind):
    """Contractions and numbers hold together; see the rules of the docstring."""
    held, _ = encoded[kind]
    ids = held(["He said: don't (go) 2,000 times."], add_special_tokens=False)["input_ids"]
    first = number(Words("none"), Case(held, ids))[0]
    words = [spelled(Vocabulary.of(held), ids[0], unit).decode() for unit in grouped(first)]
    assert [word for word in words if word] == [
        "He",
        "said",
        ":",
        "don't",
        "(",
        "go",
        ")",
        "2",
        ",",
        "000",
        "times",
        ".",
    ]


def test_a_letter_cut_into_bytes_stays_in_its_word(encoded):
    held, _ = encoded["byte-level"]
    text = " naïve Dvořák Łódź 中文 好"
    ids = held([text], add_special_tokens=False)["input_ids"]
    vocabulary = Vocabulary.of(held)
    assert {spelled(vocabulary, ids[0], [t]) for t in range(len(ids[0]))} & {b"\xc3", b"\xc5"}
    words = [spelled(vocabulary, ids[0], unit).decode() for unit in grouped(number(Words("none"), Case(held, ids))[0])]
    assert words == text.split()  # a blank that is a token belongs to the word behind it


@pytest.mark.parametrize("kind", ["byte-level", "unigram"])
def test_chinese_words_of_longer_tokens_are_jiebas_joined(encoded, jieba, lines, kind):
    """A unit of Han tokens begins and ends where a word of jieba does, and no word goes over its edge."""
    held, _ = encoded[kind]
    vocabulary = Vocabulary.of(held)
    texts = ["".join(line.split()) for line in lines[60:120]]
    ids = held(texts, add_special_tokens=False)["input_ids"]
    checked = 0
    for row, first in zip(ids, number(Words("none"), Case(held, ids)), strict=True):
        text = spelled(vocabulary, row, range(len(row))).decode(errors="replace")
        ends = [len(spelled(vocabulary, row, range(unit[-1] + 1))) for unit in grouped(first)]
        for here, held_run in groupby(range(len(text)), lambda k, text=text: is_han(text[k])):
            run = list(held_run)
            before = len(text[: run[0]].encode())
            if not here or before not in [0, *ends] or "\ufffd" in text[: run[-1] + 1]:
                continue  # a token has Han and others, so that the run is cut where it begins
            words = jieba.lcut("".join(text[k] for k in run))
            borders = set((before + np.cumsum([len(word.encode()) for word in words])).tolist())
            inside = {end for end in ends if before < end < before + len("".join(words).encode())}
            tokens = set(np.cumsum([len(spelled(vocabulary, row, [t])) for t in range(len(row))]).tolist())
            assert inside == borders & tokens - {before + len("".join(words).encode())}, words
            checked += len(inside)
    assert checked > 200


def by_definition(numbers, special, scattered):
    """Number the units of a column, one token after the other."""
    held, before, made = {}, None, []
    for place, (one, never) in enumerate(zip(numbers, special, strict=True)):
        one = -1 if never else one
        if one < 0:
            made.append(-1)
        elif scattered:
            made.append(held.setdefault(one, place))
        else:
            made.append(made[-1] if one == before else place)
        before = one
    return made


@given(data=st.data(), name=st.sampled_from(RUNS), scattered=st.booleans())
def test_a_column_numbers_runs_or_equals(encoded, data, name, scattered):
    case = data.draw(cases(encoded))
    special = set(case.vocabulary.special)
    marked = case.special or [[0] * len(row) for row in case.ids]
    for row, column, flags, made in zip(
        case.ids, case.columns[name], marked, number(Column(name, scattered=scattered), case), strict=True
    ):
        never = [flag or id in special for id, flag in zip(row, flags, strict=True)]
        assert made == by_definition(column, never, scattered)


@given(data=st.data(), over=leaves)
def test_what_a_column_leaves_free_belongs_to_the_units_below(encoded, data, over):
    case = data.draw(cases(encoded))
    upper, lower = number(Column("entity_ids"), case), number(over, case)
    for top, below, made in zip(upper, lower, number(Entities(over=over), case), strict=True):
        units = {tuple(unit) for unit in grouped(made)}
        free = [unit if top[place] < 0 else -1 for place, unit in enumerate(below)]
        assert units == {tuple(unit) for unit in [*grouped(top), *grouped(free)]}


@given(data=st.data(), given_weights=weights, over=joinable, key=st.integers(0, 2**64 - 1))
def test_ngrams_join_units_that_stand_side_by_side(encoded, data, given_weights, over, key):
    case = data.draw(cases(encoded))
    allowed = {n for n, weight in enumerate(given_weights, 1) if weight}
    for below, made in zip(number(over, case), number(NGrams(given_weights, over), case, key), strict=True):
        units, grams = grouped(below), grouped(made)
        assert sorted(chain(*units)) == list(chain(*grams))
        size = {tuple(gram): len([unit for unit in units if unit[0] in gram]) for gram in grams}
        assert max(size.values(), default=1) <= len(given_weights)
        for gram, after in pairwise(grams):
            assert gram == list(range(gram[0], gram[-1] + 1))
            if after[0] == gram[-1] + 1:  # nothing ended it but its own length
                assert size[tuple(gram)] in allowed


@given(data=st.data(), p=st.sampled_from([0.2, 0.7, 1.0]), longest=st.integers(1, 12), key=st.integers(0, 99))
def test_spans_are_ngrams_with_geometric_weights(encoded, data, p, longest, key):
    case = data.draw(cases(encoded))
    units = Spans(p, longest)
    assert sum(units.weights) == pytest.approx(1)
    assert [b / a for a, b in pairwise(units.weights) if b] == pytest.approx([1 - p] * (longest - 1 if p < 1 else 0))
    assert number(units, case, key) == number(NGrams(units.weights), case, key)


@settings(max_examples=40)
@given(data=st.data(), key=st.integers(0, 2**64 - 1))
def test_a_mixture_numbers_each_row_in_one_way(encoded, data, key):
    case = data.draw(cases(encoded))
    choices = (Tokens(), Words("none"), Column("phrase_ids"), Column("pair_ids", scattered=True))
    ways = [number(choice, case, key) for choice in choices]
    for row, made in enumerate(number(Mixture(choices), case, key)):
        assert made in [way[row] for way in ways]
    assert number(Mixture(choices, (0, 1, 0, 0)), case, key) == ways[1]


def test_a_mixture_keeps_the_ranks_of_its_units(encoded):
    """Sentiment words come first in those rows that are numbered by them."""
    held, rows = encoded["wordpiece"]
    ids = [row for row, _ in rows if len(row) > 30]
    columns = {"sentiment_ids": [[k if k % 10 == 5 else -1 for k in range(len(row))] for row in ids]}
    columns["pair_ids"] = [[-1] * len(row) for row in ids]
    case = Case(held, ids, columns)
    sheet = case.sheet(3)
    sentiment = Sentiment().number(sheet)
    mixed = Mixture((Sentiment(), Tokens()), (1, 0)).number(sheet)
    np.testing.assert_array_equal(mixed.rank, sentiment.rank)
    some = Mixture((Tokens(), Sentiment())).number(sheet)
    by_row = np.split(some.rank, sheet.ids.offsets[1:-1])
    whole = np.split(sentiment.rank, sheet.ids.offsets[1:-1])
    same = [np.array_equal(one, other) for one, other in zip(by_row, whole, strict=True)]
    assert 0 < sum(same) < len(same)


@given(data=st.data(), most=st.none() | st.integers(0, 3), key=st.integers(0, 2**64 - 1))
def test_sentiment_ranks_pairs_then_words_then_the_rest(encoded, data, most, key):
    case = data.draw(cases(encoded))
    sheet = case.sheet(key)
    made = Sentiment(most).number(sheet)
    pairs, words = number(Column("pair_ids", scattered=True), case), number(Column("sentiment_ids"), case)
    every = zip(pairs, words, Rows(made.first, sheet.ids.offsets), Rows(made.rank, sheet.ids.offsets), strict=True)
    for pair, word, first, rank in every:
        units = grouped(pair)
        kept = [unit for unit in units if (rank[unit] == 0).all()]
        assert len(kept) == (len(units) if most is None else min(most, len(units)))
        assert all((first[unit] == unit[0]).all() for unit in kept)
        held = set(chain(*kept))
        for place in range(len(first)):
            assert rank[place] == (0 if place in held else 1 if word[place] >= 0 else 2)


def test_ranks_are_spent_in_order(encoded):
    """SKEP: pairs, then sentiment words, and only then other tokens."""
    held, rows = encoded["wordpiece"]
    ids = [row for row, _ in rows if len(row) >= 30]
    columns = {
        "pair_ids": [[7 if k in (2, 9) else -1 for k in range(len(row))] for row in ids],
        "sentiment_ids": [[k if k in (4, 14, 15, 20) else -1 for k in range(len(row))] for row in ids],
    }
    made = Masking(Sentiment(), Exact(0.1, "floor")).mask(ids, held, columns=columns)
    special = set(Vocabulary.of(held).special)
    for row, labels in zip(ids, made.labels, strict=True):
        may = {k for k, id in enumerate(row) if id not in special}
        chosen = {k for k, label in enumerate(labels) if label != -100}
        pair, words = {2, 9} & may, {4, 14, 15, 20} & may
        budget = len(chosen)
        assert chosen >= pair or budget < len(pair)
        assert chosen - pair <= words or chosen >= pair | words


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: NGrams(()), "give weights of at least 0, not all of them 0"),
        (lambda: NGrams((1, -1)), "give weights of at least 0"),
        (lambda: NGrams((0, 0)), "not all of them 0"),
        (lambda: NGrams((1.0,) * 256), "NGrams of 256 lengths: an n-gram has 255 units at most"),
        (lambda: Spans(0.0), r"Spans\(p=0.0, longest=10\)"),
        (lambda: Spans(0.2, 0), "a longest of at least 1"),
        (lambda: Mixture(()), "Mixture of 0 units"),
        (lambda: Mixture((Tokens(),), (1, 2)), "give one weight each"),
        (lambda: Mixture((Tokens(),), (0,)), "give one weight each"),
    ],
)
def test_units_refuse_what_makes_no_sense(make, message):
    with pytest.raises(UsageError, match=message):
        make()


def test_units_say_what_is_missing(encoded):
    held, rows = encoded["wordpiece"]
    ids = [ids for ids, _ in rows[:2]]
    with pytest.raises(DataError, match=r"no 'entity_ids'.*make it with textaug.masking.annotate.*here: none"):
        Masking(Entities()).mask(ids, held)
    with pytest.raises(DataError, match=r"no 'phrase_ids'.*columns here: entity_ids"):
        Masking(Phrases()).mask(ids, held, columns={"entity_ids": [[0] * len(row) for row in ids]})
    with pytest.raises(
        DataError, match=f"row 1: 'entity_ids' has {len(ids[1]) - 1} values, and input_ids {len(ids[1])}"
    ):
        Masking(Entities()).mask(ids, held, columns={"entity_ids": [[0] * len(ids[0]), [0] * (len(ids[1]) - 1)]})
    with pytest.raises(DataError, match="'entity_ids' has 1 rows, and input_ids 2"):
        Masking(Entities()).mask(ids, held, columns={"entity_ids": [[0]]})
    scattered = {"pair_ids": [[k % 2 for k in range(len(row))] for row in ids]}
    with pytest.raises(UsageError, match="these may have gaps"):
        Masking(NGrams(over=Column("pair_ids", scattered=True))).mask(ids, held, columns=scattered)


def test_parts_are_recognised_by_what_they_do():
    assert isinstance(Words(), Units)
    assert isinstance(Exact(), Budget)
    masking = Masking()
    assert isinstance(masking.corruption, Corruption)
    assert isinstance(masking.corruption.pool, Pool)
    assert isinstance(Masking(budget=Exact(Linear(0.3, 0.1, 9))).budget.p.at(3), float)
