"""Pairs of a corpus: equal to Google's published loop with the same draws, and the same rows however they are made."""

from itertools import chain, permutations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.draws import Address, Purpose, threshold
from textaug.errors import DataError, UsageError
from textaug.kernels.reference import draws as definition
from textaug.masking import Vocabulary
from textaug.masking.objectives.filling import chunks, partners
from textaug.masking.objectives.pairs import classes, pairs, special_ids
from textaug.masking.objectives.paragraphs import nested

CLS, SEP, FIRST = 1, 2, 5
VOCABULARY = Vocabulary(("[PAD]", "[CLS]", "[SEP]", "[MASK]", ",", *map(str, range(900))), (0, 1, 2, 3), mask=3, pad=0)
sizes = st.lists(st.lists(st.integers(0, 12), max_size=8), min_size=1, max_size=6)


def corpus(rows):
    """Return documents of sentences of these sizes; every token is another one."""
    ids = iter(range(FIRST, FIRST + 900))
    return [[[next(ids) for _ in range(size)] for size in row] for row in rows]


class Recorded:
    """The draws of a document, where Google's code asks a generator."""

    def __init__(self, key, row_id):
        self.key, self.row_id = key, row_id

    def four(self, purpose, index):
        rows = np.array([self.row_id], np.uint64)
        return definition.blocks(self.key, rows, purpose, np.array([index], np.uint32))[0].tolist()

    def at(self, place):
        low, high = self.four(Purpose.PAIR, place)[:2]
        return Recorded(self.key, low | high << 32)


def create_instances_from_document(documents, index, max_length, short, random, draws):
    """`create_pretraining_data.py` of google-research/bert, line by line; its `rng` is `draws`."""
    document = documents[index]
    max_num_tokens = max_length - 3
    target_seq_length = max_num_tokens
    short_draw, length_draw, *_ = draws.four(Purpose.LENGTH, 0)
    if short_draw < threshold(short):
        target_seq_length = 2 + (length_draw * (max_num_tokens - 1) >> 32)  # randint(2, max_num_tokens)
    instances, current_chunk, current_length, i, begin = [], [], 0, 0, 0
    while i < len(document):
        current_chunk.append(document[i])
        current_length += len(document[i])
        if i == len(document) - 1 or current_length >= target_seq_length:
            rng = draws.at(begin)
            cut_draw, random_draw, start_draw, _ = rng.four(Purpose.PAIR, 0)
            a_end = 1
            if len(current_chunk) >= 2:
                a_end = 1 + (cut_draw * (len(current_chunk) - 1) >> 32)  # randint(1, len(current_chunk) - 1)
            tokens_a = list(chain(*current_chunk[:a_end]))
            tokens_b = []
            is_random_next = False
            if len(current_chunk) == 1 or random_draw < threshold(random):
                is_random_next = True
                target_b_length = target_seq_length - len(tokens_a)
                others = [at for at, held in enumerate(documents) if held and at != index]
                high, low = rng.four(Purpose.PAIR, 1)[:2]
                random_document = documents[others[((high << 32 | low) * len(others)) >> 64]]
                random_start = start_draw * len(random_document) >> 32
                for sentence in random_document[random_start:]:
                    tokens_b.extend(sentence)
                    if len(tokens_b) >= target_b_length:
                        break
                i -= len(current_chunk) - a_end
            else:
                tokens_b = list(chain(*current_chunk[a_end:]))
            truncate_seq_pair(tokens_a, tokens_b, max_num_tokens, rng)
            tokens = [CLS, *tokens_a, SEP, *tokens_b, SEP]
            types = [0] * (len(tokens_a) + 2) + [1] * (len(tokens_b) + 1)
            instances.append((tokens, types, int(is_random_next), rng.row_id))
            current_chunk, current_length, begin = [], 0, i + 1
        i += 1
    return instances


def truncate_seq_pair(tokens_a, tokens_b, max_num_tokens, rng):
    gone = [0, 0]
    while len(tokens_a) + len(tokens_b) > max_num_tokens:
        longer = 0 if len(tokens_a) > len(tokens_b) else 1
        trunc_tokens = (tokens_a, tokens_b)[longer]
        word = rng.four(Purpose.TRIM, longer << 16 | gone[longer] >> 7)[gone[longer] >> 5 & 3]
        if word >> (gone[longer] & 31) & 1:  # rng.random() < 0.5
            del trunc_tokens[0]
        else:
            trunc_tokens.pop()
        gone[longer] += 1


@given(
    rows=sizes.filter(lambda rows: sum(any(row) for row in rows) > 1),
    max_length=st.integers(5, 60),
    short=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    random=st.sampled_from([0.1, 0.5, 1.0]),
    seed=st.integers(0, 9),
)
def test_next_sentences_are_googles_with_the_same_draws(rows, max_length, short, random, seed):
    documents = [[sentence for sentence in document if sentence] for document in corpus(rows)]
    key = Address(seed).key("pairs/1")
    wanted = [
        instance
        for index in range(len(documents))
        for instance in create_instances_from_document(
            documents, index, max_length, short, random, Recorded(key, index)
        )
    ]
    options = {"max_length": max_length, "short_probability": short, "random_probability": random}
    made = pairs(corpus(rows), VOCABULARY, address=Address(seed), **options).to_pydict()
    found = zip(made["input_ids"], made["token_type_ids"], made["next_sentence_label"], made["row_id"], strict=True)
    assert list(found) == wanted
    assert made["special_tokens_mask"] == [[int(id in (CLS, SEP)) for id in row] for row in made["input_ids"]]


def parts(row):
    """Return the segments of a row."""
    found, one = [], []
    for id in row[1:]:
        if id == SEP:
            found, one = [*found, one], []
        else:
            one.append(id)
    return found


@given(rows=sizes, most=st.integers(1, 5), objective=st.sampled_from(["order", "reorder"]), seed=st.integers(0, 9))
def test_segments_put_back_in_their_order_are_the_documents(rows, most, objective, seed):
    documents = [list(chain(*document)) for document in corpus(rows)]
    options = {"max_length": 200, "max_segments": most, "short_probability": 0.5}
    made = pairs(corpus(rows), VOCABULARY, objective, address=Address(seed), **options).to_pydict()
    orders = {0: ()}
    for count in range(1, most + 1) if objective == "reorder" else (2,):
        start = classes(count - 1) if objective == "reorder" else 0
        orders |= {start + at: order for at, order in enumerate(permutations(range(count)))}
    text = []
    for ids, label in zip(made["input_ids"], made["sentence_order_label"], strict=True):
        found = parts(ids)
        assert len(found) == len(orders[label])
        text += chain(*(found[orders[label].index(at)] for at in range(len(found))))
    whole = list(chain(*documents))
    if objective == "reorder":
        assert text == whole
    else:  # runs of one sentence have no order
        assert [id for id in whole if id in set(text)] == text
        assert all(len(parts(ids)) == 2 for ids in made["input_ids"])


@given(rows=sizes, most=st.integers(1, 4), max_length=st.integers(9, 40), seed=st.integers(0, 9))
def test_rows_are_not_longer_than_they_may_be(rows, most, max_length, seed):
    for objective in ("order", "reorder"):
        options = {"max_length": max_length, "max_segments": most, "address": Address(seed)}
        made = pairs(corpus(rows), VOCABULARY, objective, **options).to_pydict()
        for ids, types in zip(made["input_ids"], made["token_type_ids"], strict=True):
            assert len(ids) <= max_length
            assert types == [at % 2 for at, part in enumerate(parts(ids)) for _ in range(len(part) + 1 + (at == 0))]


def same(one, other):
    assert one.to_pydict() == other.to_pydict()


CORPUS = corpus([[5, 9, 3, 8], [], [4], [7, 7, 7, 7, 7, 1], [12, 0, 11]])
OBJECTIVES = ["next", "order", "reorder"]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_what_holds_the_documents_does_not_matter(objective):
    datasets = pytest.importorskip("datasets")
    table = pa.table({"sentences": CORPUS})
    ids = [[CLS, *chain(*document), SEP] for document in CORPUS]
    numbers = [[-1, *(at for at, one in enumerate(document) for _ in one), -1] for document in CORPUS]
    numbers[3][9] = -1  # a blank between two sentences goes with the one before, or, as here, inside of one
    flat = {"input_ids": ids, "sentence_ids": numbers}
    kinds = {
        "iterator": iter(CORPUS),
        "dicts": [{"sentences": document} for document in CORPUS],
        "dict": {"sentences": CORPUS},
        "table": table,
        "chunks": pa.table(
            {"sentences": pa.chunked_array([table["sentences"].chunk(0)[:2], table["sentences"].chunk(0)[2:]])}
        ),
        "array": table["sentences"],
        "numbered": flat,
        "numbered table": pa.table(flat),
    }
    expected = pairs(CORPUS, VOCABULARY, objective, max_length=20)
    assert expected.num_rows > 3
    for source in kinds.values():
        same(pairs(source, VOCABULARY, objective, max_length=20), expected)
    made = pairs(datasets.Dataset(table), VOCABULARY, objective, max_length=20)
    assert isinstance(made, datasets.Dataset)
    same(made.data.table, expected)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_parts_of_the_documents_make_the_same_rows(objective):
    expected = pairs(CORPUS, VOCABULARY, objective, max_length=20)
    made = [pairs(CORPUS, VOCABULARY, objective, max_length=20, documents=range(at, at + 1)) for at in range(5)]
    same(pa.concat_tables(made), expected)


def test_rows_are_of_their_documents_wherever_these_stand():
    ids = [f"document {at}" for at in range(5)]
    order = [3, 1, 4, 0, 2]
    one = pairs({"sentences": CORPUS, "row_id": ids}, VOCABULARY, "reorder", max_length=20)
    shuffled = {"sentences": [CORPUS[at] for at in order], "row_id": [ids[at] for at in order]}
    other = pairs(shuffled, VOCABULARY, "reorder", max_length=20)
    assert sorted(map(str, one.to_pylist())) == sorted(map(str, other.to_pylist()))
    assert len(set(one["row_id"].to_pylist())) == one.num_rows


def test_another_address_makes_other_rows():
    texts = {
        str(pairs(CORPUS, VOCABULARY, "reorder", max_length=20, address=address)["input_ids"].to_pylist())
        for address in (Address(), Address(seed=1), Address(epoch=1), Address(copy=2))
    }
    assert len(texts) == 4


def test_the_columns_of_units_come_along():
    flat = {
        "input_ids": [[CLS, 5, 6, 7, 8, 9, SEP]],
        "sentence_ids": [[-1, 0, 0, 1, 1, 1, -1]],
        "word_ids": [[-1, 0, 0, 1, 2, 2, -1]],
        "pair_ids": [[-1, 0, -1, 0, 1, -1, -1]],
    }
    seen = set()
    for seed in range(9):
        made = pairs(flat, VOCABULARY, "order", max_length=20, address=Address(seed)).to_pylist()[0]
        seen.add(made["sentence_order_label"])
        if made["sentence_order_label"] == 1:
            assert made["input_ids"] == [CLS, 7, 8, 9, SEP, 5, 6, SEP]
            assert made["word_ids"] == [-1, 1, 2, 2, -1, 0, 0, -1]
            paired = made["pair_ids"]
            assert [number >= 0 for number in paired] == [False, True, True, False, False, True, False, False]
            assert len({number for number in paired if number >= 0}) == 3  # a pair does not go over segments
    assert seen == {0, 1}


def test_half_of_the_runs_go_on_and_partners_are_drawn_evenly():
    count, sentences = 4000, 7
    held = nested(
        [
            (
                np.zeros(count * sentences * 4, np.int32),
                (np.arange(count + 1) * sentences, np.arange(count * sentences + 1) * 4),
            )
        ]
    )
    ids = np.arange(count, dtype=np.uint64)
    found = chunks(5, ids, held, range(count), 16, 0.0, 0.5)
    several = found.last - found.first > 1
    assert found.is_random[~several].all()
    assert abs(found.is_random[several].mean() - 0.5) < 5 * 0.5 / np.sqrt(several.sum())
    of = np.flatnonzero(found.is_random)
    first, last = partners(5, held, found, of)
    document, start = first // sentences, first % sentences
    assert (document != found.document[of]).all() and ((last - 1) // sentences == document).all()
    for values, cells in ((document // 100, 40), (start, sentences)):
        expected = len(of) / cells
        chi = ((np.bincount(values, minlength=cells) - expected) ** 2 / expected).sum()
        assert chi < cells - 1 + 5 * np.sqrt(2 * cells)


def test_documents_have_a_shorter_target_now_and_then():
    count = 20_000
    held = nested([(np.zeros(count, np.int32), (np.arange(count + 1), np.arange(count + 1)))])
    target = chunks(5, np.arange(count, dtype=np.uint64), held, range(count), 100, 0.1, 0.5).target
    short = target[target < 100]
    share = 0.1 * 98 / 99  # of the 99 lengths from 2 to 100, one is the whole
    assert abs(len(short) / count - share) < 5 * np.sqrt(share / count)
    assert short.min() == 2 and abs(short.mean() - 50.5) < 5 * 28.3 / np.sqrt(len(short))


def test_a_corpus_of_nothing_gives_no_rows():
    for objective in OBJECTIVES:
        assert pairs([], VOCABULARY, objective).num_rows == 0
        assert pairs([[], [[]]], VOCABULARY, objective).num_rows == 0


def test_special_tokens_are_those_of_the_tokenizer(tok):
    begin, between = special_ids(tok)
    assert (begin, between) == (tok.cls_token_id, tok.sep_token_id)
    assert special_ids(tok.backend_tokenizer) == (begin, between)


def test_what_makes_no_sense_is_refused():
    for options in (
        {"objective": "nsp"},
        {"objective": "reorder", "max_segments": 9},
        {"max_length": 4},
        {"objective": "reorder", "max_length": 6},
    ):
        with pytest.raises(UsageError):
            pairs(CORPUS, VOCABULARY, **options)
    with pytest.raises(DataError, match="only one document"):
        pairs(CORPUS[:1], VOCABULARY)
    with pytest.raises(UsageError, match="sentence_ids"):
        pairs({"input_ids": [[1]]}, VOCABULARY)
    with pytest.raises(DataError, match="not as long"):
        pairs({"input_ids": [[1]], "sentence_ids": [[1, 1]]}, VOCABULARY)
    with pytest.raises(UsageError, match=r"\[CLS\]"):
        pairs(CORPUS, Vocabulary(("a", "b"), (), mask=-1, pad=0))
