"""Annotations of every form: what was not touched is as it was; what was is in step, whatever a recipe does."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import any_transform, eager, is_composition, texts

import textaug as ta
from textaug.annotations.tags import Chunk, chunks, scheme, tagged
from textaug.annotations.tokens import cut, joined, split
from textaug.annotations.values import Span

SPAN = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("label", pa.string())]))
LABELS = ["PER", "LOC", "ORG-X"]
SENTENCES = [
    ("EU rejects German call to boycott British lamb .", "B-ORG O B-MISC O O O B-MISC O O"),
    ("Peter Blackburn did not like the U.S. offices of 3.5 % people", "B-PER I-PER O O O O B-LOC O O O O O"),
    ("Alice can't fly from New York to London , she said .", "B-PER O O O B-LOC I-LOC O B-LOC O O O O"),
    ("我 昨天 从 北京 飞到 上海 看 了 Python 大会 ， 很 好 。", "O O O B-LOC O B-LOC O O O O O O O O"),
    (" ".join("张建国在北京大学读书，非常喜欢iPhone。"), "B-PER I-PER I-PER O B-ORG I-ORG I-ORG I-ORG" + " O" * 14),
    ("", ""),
    ("word", "B-MISC"),
]
ROWS = [(tokens.split(), tags.split()) for tokens, tags in SENTENCES]
CONTEXT = "Ada Lovelace wrote the first program in London, long before computers existed. 她住在伦敦，很有名。"
ANSWERS = {"text": ["Ada Lovelace", "Ada", "London", "伦敦", "computers existed"], "answer_start": [0, 0, 40, 82, 60]}


def spaceless(text):
    return "".join(text.split())


# Tags.


def all_schemes(found, count):
    """Return the tags of the same chunks in every scheme."""
    examples = {
        "BIO": ["B-X", "I-X"],
        "BIOES": ["B-X", "I-X", "E-X", "S-X"],
        "BILOU": ["B-X", "I-X", "L-X", "U-X"],
        "BMES": ["B-X", "M-X", "E-X", "S-X"],
        "BIO_": ["B_X", "I_X"],
    }
    return {name: (tagged(found, count, scheme([], names)), names) for name, names in examples.items()}


@st.composite
def chunked(draw, least=0):
    """Draw chunks of so many tokens."""
    count, at, found = draw(st.integers(0, 9)), 0, []
    while at < count:
        size = draw(st.integers(1, 3))
        if draw(st.booleans()) and at + size <= count:
            found.append(Chunk(at, at + size, draw(st.sampled_from(LABELS))))
            at += size
        at += draw(st.integers(least, 2)) if found and found[-1].last == at else 1
    return found, count


@given(chunked())
def test_chunks_come_back_from_tags_of_every_scheme(case):
    found, count = case
    for name, (tags, names) in all_schemes(found, count).items():
        assert chunks(tags) == found, name
        assert tagged(found, count, scheme(tags, names)) == tags


@given(chunked(least=1))
def test_chunks_apart_come_back_from_tags_without_a_begin(case):
    found, count = case
    for names in (["I-X"], ["X"], ["I-X", "B-X"]):
        how = scheme(["I-X"] if "-" in names[0] else ["X"], names)
        tags = tagged(found, count, how)
        assert chunks(tags) == found and not any(tag.startswith("B-") for tag in tags)


def test_a_scheme_is_told_by_a_row_s_own_tags():
    for tags in (
        "B-A I-A O B-B", "S-A O B-B I-B E-B", "U-A O B-B I-B L-B", "B-A M-A E-A O S-B", "I-A I-A O I-B", "A A O B",
        "I-A B-A I-A O", "B_A I_A O",
    ):  # fmt: skip
        row = tags.split()
        assert tagged(chunks(row), len(row), scheme(row)) == row


def test_tags_that_no_scheme_writes_are_read_as_conlleval_does():
    assert chunks(["I-A", "B-A", "I-B", "O", "E-A", "I-A", "S-A", "S-A"]) == [
        Chunk(0, 1, "A"), Chunk(1, 2, "A"), Chunk(2, 3, "B"), Chunk(4, 5, "A"), Chunk(5, 6, "A"), Chunk(6, 7, "A"),
        Chunk(7, 8, "A"),
    ]  # fmt: skip
    assert tagged([Chunk(0, 1, "A")], 2, scheme(["B-A", "O", "I-A"])) == ["B-A", "O"]
    assert chunks([None, "", "o", "O"]) == [] and scheme(["o", "B-A"]).outside == "o"


# Tokens.

any_tokens = st.lists(
    st.one_of(st.sampled_from(["The", "film", "U.S.", "我", "电影", ",", "，", "ok go"]), texts), max_size=8
)


@given(any_tokens, st.sampled_from(["auto", "blank", "none"]))
def test_without_edits_tokens_are_what_they_were(tokens, join):
    sentence = joined(tokens, join)
    pieces = cut(sentence, [])
    assert [sentence.text[one.start : one.end] for one in pieces] == [token for token in tokens if token]
    assert [tokens[one.origin] for one in pieces] == [token for token in tokens if token]
    assert [sentence.text[a : a + len(token)] for a, token in zip(sentence.starts, tokens, strict=True)] == tokens


def test_script_decides_what_stands_between_tokens():
    for row, text in {
        ("a", "film"): "a film",
        ("我", "爱", "北京"): "我爱北京",
        ("我", "爱", "iPhone", "15", "。"): "我爱iPhone 15。",
        tuple("我爱iPhone"): "我爱iPhone",
        ("สวัสดี", "ครับ"): "สวัสดีครับ",
        ("한국어", "문장"): "한국어 문장",
        ("Привет", ",", "мир"): "Привет , мир",
        (): "",
    }.items():
        assert joined(list(row)).text == text
    assert joined(["我", "a"], "blank").text == "我 a" and joined(["a", "b"], "none").text == "ab"


def pieces_of(tokens, edits, text):
    return [text[one.start : one.end] for one in cut(joined(tokens), edits)]


def test_tokens_follow_edits():
    tokens = ["a", "good", "film"]
    for edits, text, found in (
        ([(2, 6, "very fine")], "a very fine film", ["a", "very", "fine", "film"]),
        ([(1, 2, "")], "agood film", ["agood", "film"]),
        ([(2, 7, "")], "a film", ["a", "film"]),
        ([(4, 4, " ")], "a go od film", ["a", "go", "od", "film"]),
        ([(6, 6, "s")], "a goods film", ["a", "goods", "film"]),
        ([(0, 11, "")], "", []),
        ([(0, 0, "x ")], "x a good film", ["x", "a", "good", "film"]),
    ):
        assert pieces_of(tokens, edits, text) == found
    assert pieces_of(["我们", "看", "电影"], [(2, 3, "欣赏")], "我们欣赏电影") == ["我们", "欣赏", "电影"]
    assert pieces_of(["我", "看", "书"], [(1, 2, "欣赏")], "我欣赏书") == ["我", "欣", "赏", "书"]
    assert pieces_of(["我们", "看"], [(1, 1, "x")], "我x们看") == ["我x们", "看"]
    assert pieces_of(["我们", "看"], [(0, 0, "！"), (3, 3, "？")], "！我们看？") == ["！", "我们", "看", "？"]
    assert [one.origin for one in cut(joined(tokens), [(3, 4, "0"), (6, 11, "")])] == [0, 1]


@given(texts)
def test_a_text_is_cut_without_losing_a_letter(text):
    assert "".join(text[one.start : one.end] for one in split(text)) == spaceless(text)


# Through every transform and every composition.


def through(made, rows, seed):
    """Send tokens and tags through a transform; return the result, and the tokens and tags of each row."""
    given = [ta.bio_to_spans(tokens, tags) for tokens, tags in rows]
    done = made.apply([text for text, _ in given], spans=[spans for _, spans in given], seed=seed)
    back = [
        ta.spans_to_bio(text, spans, tokens=tokens, tags=tags, edits=edits)
        for text, spans, edits, (tokens, tags) in zip(done.text, done.spans, done.edits, rows, strict=True)
    ]
    return done, back


def check_in_step(done, back, rows):
    for text, spans, edits, (tokens, tags), old in zip(done.text, done.spans, done.edits, back, rows, strict=True):
        assert len(tokens) == len(tags) and all(tokens)
        if not edits:
            assert (tokens, tags) == old
        assert spaceless("".join(tokens)) == spaceless(text)
        found = chunks(tags)
        assert len(found) <= len(spans)
        labels, left = [one.label for one in found], [span.label for span in spans]
        for label in labels:
            left.remove(label)
        for span in spans:  # each lies in tokens of its label, or shares them with another
            assert not text[span.start : span.end].strip() or any(tag != "O" for tag in tags)


@pytest.mark.parametrize("name", list(ta.registry()))
def test_tokens_and_tags_stay_in_step(name):
    for seed in range(3):
        check_in_step(*through(eager(name), ROWS, seed), ROWS)


@pytest.mark.parametrize("name", list(ta.registry()))
def test_annotated_tokens_come_back_as_they_were(name):
    """Nothing is put to a token of an entity, nor taken from it, and no entity is lost."""
    if name == "EntitySwap":
        return  # it swaps them
    for seed in range(3):
        _, back = through(eager(name), ROWS, seed)
        for (tokens, tags), old in zip(back, ROWS, strict=True):
            assert sorted(annotated(tokens, tags)) == sorted(annotated(*old))


def annotated(tokens, tags):
    return [(token, tag) for token, tag in zip(tokens, tags, strict=True) if tag != "O"]


def test_what_noise_puts_beside_an_entity_is_a_token_apart():
    tokens, tags = ["a", "pregnant", "woman"], ["O", "B-ORG", "O"]
    for edits, text, spans, found in (
        ([(1, 2, "")], "apregnant woman", [(1, 9, "ORG")], ["a", "pregnant", "woman"]),
        ([(1, 2, "b")], "abpregnant woman", [(2, 10, "ORG")], ["ab", "pregnant", "woman"]),
        ([(10, 11, "")], "a pregnantwoman", [(2, 10, "ORG")], ["a", "pregnant", "woman"]),
        ([(10, 10, "s")], "a pregnants woman", [(2, 10, "ORG")], ["a", "pregnant", "s", "woman"]),
        ([(4, 4, "x")], "a prxegnant woman", [(2, 11, "ORG")], ["a", "prxegnant", "woman"]),
    ):
        assert ta.spans_to_bio(text, spans, tokens=tokens, tags=tags, edits=edits) == (
            found, ["O" if token not in ("pregnant", "prxegnant") else "B-ORG" for token in found],
        )  # fmt: skip


CHINESE = [
    "我们爱北京,他们去上海.她在广州.",
    "张建国昨天从北京飞到上海，看了Python大会；他觉得很好。他还想去广州！",
    "天气很好，我们去公园吧。",
]
CITIES = ("北京", "上海", "广州")


def segmented():
    """Return Chinese rows of the words that jieba finds, the cities annotated."""
    import jieba

    rows = [jieba.lcut(text) for text in CHINESE]
    return [(row, ["B-LOC" if word in CITIES else "O" for word in row]) for row in rows]


@pytest.mark.parametrize("name", ["SentenceShuffle", "ClauseShuffle", "WordSwap", "WordShuffle"])
def test_words_that_change_their_places_stay_the_tokens_that_they_were(name):
    rows, turned = segmented(), 0
    for seed in range(20):
        done, back = through(eager(name), rows, seed)
        for (tokens, tags), old in zip(back, rows, strict=True):
            turned += tokens != old[0]
            assert sorted(zip(tokens, tags, strict=True)) == sorted(zip(*old, strict=True))
        check_in_step(done, back, rows)
    assert turned > 10


@pytest.mark.parametrize("steps", [[ta.SentenceShuffle()], [ta.WordSwap(rate=0.5), ta.WordDelete(rate=0.2)]])
def test_moved_tokens_are_known_as_those_that_they_were(steps):
    (tokens, tags), *_ = segmented()
    text, spans = ta.bio_to_spans(tokens, tags)
    for seed in range(5):
        done = ta.Compose(steps).apply(text, spans=spans, seed=seed)
        for edit in done.edits:
            assert edit.moved_from is None or text[edit.moved_from :].startswith(edit.text)
        pieces = cut(joined(tokens), done.edits)
        assert [done.text[one.start : one.end] for one in pieces] == [tokens[one.origin] for one in pieces]
        assert len({one.origin for one in pieces}) == len(pieces) and any(edit.moved_from for edit in done.edits)
        if len(steps) == 1:
            assert sorted(one.origin for one in pieces) == list(range(len(tokens)))


def test_new_chinese_is_cut_into_words():
    tokens = ["我们", "看", "电影"]
    assert pieces_of(tokens, [(2, 3, "非常喜欢")], "我们非常喜欢电影") == ["我们", "非常", "喜欢", "电影"]
    assert pieces_of(tokens, [(5, 5, "，我们爱iPhone。")], "我们看电影，我们爱iPhone。") == [
        *tokens, "，", "我们", "爱", "iPhone", "。",
    ]  # fmt: skip
    assert pieces_of(["good", "film"], [(0, 4, "很好的")], "很好的 film") == ["很", "好", "的", "film"]


def test_no_token_has_a_part_of_two_spans():
    spans = [(0, 2, "LOC"), (2, 4, "LOC"), (4, 6, "ORG")]
    tokens, tags = ["北京", "上海", "广州"], ["B-LOC", "B-LOC", "B-ORG"]
    edits = [(0, 6, "北京上海广州x")]
    assert ta.spans_to_bio("北京上海广州x", spans, tokens=tokens, tags=tags, edits=edits)[1] == [*tags, "O"]
    assert ta.spans_to_bio("Ada-Rome.", [(0, 3, "PER"), (4, 8, "LOC")]) == (["Ada-", "Rome."], ["B-PER", "B-LOC"])
    assert ta.spans_to_bio("Ada-Rome.", [(0, 8, "PER"), (4, 8, "LOC")]) == (["Ada-Rome."], ["B-PER"])


@settings(max_examples=30)
@given(made=any_transform, data=st.data())
def test_tokens_and_tags_stay_in_step_in_any_recipe(made, data):
    rows = []
    for _ in range(data.draw(st.integers(1, 3))):
        found, count = data.draw(chunked())
        tokens = data.draw(
            st.lists(
                st.sampled_from(["The", "old", "film", "London", "我们", "喜欢", "3.5", "can't"]),
                min_size=count,
                max_size=count,
            )
        )
        rows.append((tokens, tagged(found, count, scheme([]))))
    check_in_step(*through(made, rows, 0), rows)


@pytest.mark.parametrize("on_span", ["protect", "keep", "drop"])
@pytest.mark.parametrize("name", list(ta.registry()))
def test_answers_stand_where_they_say(name, on_span):
    fields = {} if is_composition(ta.registry()[name]) else {"on_span": on_span}
    made = eager(name, **fields)
    for seed in range(3):
        done = made.apply(CONTEXT, spans=ta.answers_to_spans(CONTEXT, ANSWERS), seed=seed)
        answers = ta.spans_to_answers(done.text, done.spans)
        assert ta.answers_to_spans(done.text, answers) == done.spans
        if on_span == "protect" or is_composition(type(made)):
            assert answers["text"] == ANSWERS["text"] or sorted(answers["text"]) == sorted(ANSWERS["text"])


def test_helpers_refuse_what_does_not_fit():
    with pytest.raises(ta.UsageError, match="2 tokens have 1 tags"):
        ta.bio_to_spans(["a", "b"], ["O"])
    with pytest.raises(ta.UsageError, match="tokens, tags and edits belong together"):
        ta.spans_to_bio("a", [], tokens=["a"])
    with pytest.raises(ta.UsageError, match="the tokens and edits make 'a c', and the text is 'a b'"):
        ta.spans_to_bio("a b", [(0, 1, "X")], tokens=["a", "c"], tags=["O", "O"], edits=[])
    with pytest.raises(ta.UsageError, match="1 tokens have 2 tags"):
        ta.spans_to_bio("a", [], tokens=["a"], tags=["O", "O"], edits=[])
    for source in ({}, {"tokens": ["abc"], "tags": ["O"], "edits": []}):
        with pytest.raises(ta.UsageError, match=r"\(0, 4\) lies outside of its text of 3 characters"):
            ta.spans_to_bio("abc", [(0, 4, "X")], **source)
    for start, text in ((1, "b"), (-1, "a"), (0, "ab"), ("0", "a"), (0, 5)):
        with pytest.raises(ta.DataError, match="the answer"):
            ta.answers_to_spans("a", {"text": [text], "answer_start": [start]})


def test_spans_that_were_given_anew_are_tagged():
    assert ta.spans_to_bio("a b", [(0, 1, "X")], tokens=["a", "b"], tags=["O", "O"], edits=[])[1] == ["B-X", "O"]
    assert ta.spans_to_bio("a b", [], tokens=["a", "b"], tags=["O", "B-X"], edits=[])[1] == ["O", "O"]


def test_texts_become_tokens_and_tags_without_any_given():
    assert ta.spans_to_bio("Ada saw  Rome.", [(9, 13, "LOC"), (0, 3, "PER"), (1, 2, "X"), (4, 4, "Y")]) == (
        ["Ada", "saw", "Rome."], ["B-PER", "O", "B-LOC"],
    )  # fmt: skip


# Spans as people write them.


def test_dicts_keep_what_else_they_hold_and_their_text_follows():
    row = [
        {"start": 4, "end": 8, "label": "X", "text": "good", "score": 0.5, "id": [1]},
        {"label": None, "start": 0, "end": 3},
    ]
    for shape in (list, pa.array):
        done = ta.CharInsert(rate=1.0, on_span="keep").apply(shape(["the good film", "b"]), spans=[row, None])
        one, other = done.spans[0]
        text = done.text[0].as_py() if shape is pa.array else done.text[0]
        assert one["text"] == text[one["start"] : one["end"]] != "good" and (one["score"], one["id"]) == (0.5, [1])
        assert other.keys() == {"label", "start", "end"} and done.spans[1] == []
    assert row[0]["text"] == "good"


def test_tuples_lists_and_dicts_come_back_as_such():
    done = ta.WordSwap(rate=0.0).apply("abc", spans=[(0, 1, "a"), [1, 2, "b"], {"start": 2, "end": 3, "label": "c"}])
    assert done.spans == [Span(0, 1, "a"), [1, 2, "b"], {"start": 2, "end": 3, "label": "c"}]
    done = ta.WordSwap(rate=0.0).apply(["abc", "d"], spans=[[(0, 1, "a")], [[0, 1, "b"]]], copies=2)
    assert done.spans == [[Span(0, 1, "a")]] * 2 + [[[0, 1, "b"]]] * 2


def test_arrow_spans_keep_their_type_their_fields_and_their_nulls():
    kind = pa.list_(
        pa.struct(
            [
                ("label", pa.int8()),
                ("end", pa.uint16()),
                ("start", pa.int64()),
                ("text", pa.large_string()),
                ("n", pa.float32()),
            ]
        )
    )
    held = pa.array([[{"label": 3, "end": 8, "start": 4, "text": "good", "n": 1.5}], None, []], kind)
    done = ta.CharInsert(rate=1.0, on_span="keep").apply(pa.array(["the good film", "b", "c"]), spans=held)
    assert done.spans.type == kind and done.spans[1].as_py() is None and done.spans[2].as_py() == []
    (one,) = done.spans[0].as_py()
    assert one["text"] == done.text[0].as_py()[one["start"] : one["end"]] != "good" and (one["label"], one["n"]) == (
        3,
        1.5,
    )
    listed = ta.WordSwap(rate=0.0).apply(["the good film", "b", "c"], spans=held)
    assert listed.spans[0] == [{"label": 3, "end": 8, "start": 4, "text": "good", "n": 1.5}] and listed.spans[1:] == [
        [],
        [],
    ]
    large = ta.WordSwap(rate=0.0).apply(
        pa.array(["the good film", "b", "c"]), spans=held.cast(pa.large_list(kind.value_type))
    )
    assert pa.types.is_large_list(large.spans.type) and large.spans.to_pylist() == held.to_pylist()


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([[{"start": 0, "end": 1}]], "has no label"),
        ([[{"start": 0, "end": 1, "label": "x", "text": "b"}]], "row 0: a span says 'b', and on 'a' it lies"),
        ([[(0, 1, 5)]], "the label is text"),
        ([[(0.0, 1, "x")]], "start and end are integers"),
        ([["abc"]], "'abc' is no span"),
        ([[(2, 1, "x")]], "row 0: the span (2, 1) ends before it begins"),
        ([[(0, 4, "x")]], "row 0: the span (0, 4) lies outside of its text of 3 characters"),
        (pa.array([[{"start": None, "end": 1, "label": "x"}]], SPAN), "row 0: a span has no start"),
    ],
)  # fmt: skip
def test_spans_that_are_none_are_refused(spans, message):
    with pytest.raises(ta.TextaugError) as error:
        ta.WordSwap().apply(["a b"], spans=spans)
    assert message in str(error.value)
