"""Sentences and clauses shuffled: what moves, what stays, what is mended."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import textaug as ta

FIRST = [
    "It rained.",
    "Dr. Smith paid $3.50!",
    "“Go,” she said.",
    "Was it 5 p.m.?",
    "No. 5 won...",
    "I left the U.S. early.",
]
CHINESE = ["剧情拖沓，演员还行！", "“好。”", "你看了吗？", "真不错……", "价格是3.5元。"]
texts = st.one_of(
    st.lists(st.sampled_from(FIRST), max_size=6).map(" ".join),
    st.lists(st.sampled_from(CHINESE), max_size=6).map("".join),
)
clauses = st.lists(
    st.sampled_from(["when I came", "it rained", "Anna sang", "we left", "好看", "演员还行"]), max_size=5
)
sentences = clauses.map(lambda held: (", ".join(held) + ".").capitalize() if held else "")


@given(rows=st.lists(texts, max_size=5), seed=st.integers(0, 99))
def test_shuffled_sentences_are_the_same_sentences(rows, seed):
    for before, after in zip(rows, ta.SentenceShuffle()(rows, seed=seed), strict=True):
        assert Counter(re.sub(r"\s", "", after)) == Counter(re.sub(r"\s", "", before))
        assert [after.count(one) for one in FIRST] == [before.count(one) for one in FIRST]


def test_every_order_of_the_sentences_comes():
    made = Counter(ta.SentenceShuffle()(["A a. B b. C c."] * 600))
    assert len(made) == 6 and min(made.values()) > 60  # 100 expected, 4.4 standard deviations


@pytest.mark.parametrize("window", [0, 1, 2])
def test_a_sentence_moves_no_farther_than_the_window(window):
    text = " ".join(f"N{k} is here." for k in range(8))
    for made in ta.SentenceShuffle(window=window)([text] * 100):
        order = [int(number) for number in re.findall(r"N(\d)", made)]
        assert max(abs(place - number) for place, number in enumerate(order)) <= window


def test_a_sentence_without_a_full_stop_gets_one_where_another_follows():
    made = set(ta.SentenceShuffle()(["It rained. We left"] * 20)) | set(ta.SentenceShuffle()(["下雨了。我们走了"] * 20))
    assert made == {"It rained. We left", "We left. It rained.", "下雨了。我们走了", "我们走了。下雨了。"}


def test_spans_go_along_with_their_sentence_and_their_clause():
    text, spans = "Anna came, and she sang. Bob left for Rome.", [(0, 4, "PER"), (25, 28, "PER"), (38, 42, "LOC")]
    for aug in (ta.SentenceShuffle(), ta.ClauseShuffle(rate=1.0)):
        for seed in range(10):
            done = aug.apply(text, spans=spans, seed=seed)
            assert [done.text[a:b] for a, b, _ in done.spans] == ["Anna", "Bob", "Rome"]
            assert [label for *_, label in done.spans] == ["PER", "PER", "LOC"]
    assert any(
        ta.SentenceShuffle()(
            text,
            seed=seed,
        )
        != text
        for seed in range(5)
    )


def test_a_sentence_that_a_span_sticks_out_of_stays():
    text = "One ends. Two begins. Three too."
    done = ta.SentenceShuffle().apply([text] * 50, spans=[[(4, 13, "across")]] * 50)
    assert set(done.text) == {text}


def test_clauses_change_places_and_marks_stay():
    made = set(ta.ClauseShuffle(rate=1.0)(["When I saw it, I laughed because Anna sang."] * 200))
    assert made == {
        "When I saw it, because Anna sang I laughed.",
        "I laughed, when I saw it because Anna sang.",
        "I laughed, because Anna sang when I saw it.",
        "Because Anna sang, when I saw it I laughed.",
        "Because Anna sang, I laughed when I saw it.",
    }


def test_names_and_i_keep_their_capitals():
    assert ta.ClauseShuffle(rate=1.0)("I laughed, then left.") == "Then left, I laughed."
    assert ta.ClauseShuffle(rate=1.0)("Anna laughed, he left!") == "He left, Anna laughed!"
    assert ta.ClauseShuffle(rate=1.0)("The end, my friend.") == "My friend, the end."
    assert ta.ClauseShuffle(rate=1.0)("THE END, my friend.") == "My friend, THE END."


@given(rows=st.lists(st.lists(sentences, max_size=4).map(" ".join), max_size=5), seed=st.integers(0, 99))
def test_a_selected_sentence_changes_and_others_do_not(rows, seed):
    done = ta.ClauseShuffle(rate=1.0).apply(rows, seed=seed)
    assert done.applied[0].changed == done.applied[0].eligible
    for before, after in zip(rows, done.text, strict=True):
        assert Counter(after.lower()) == Counter(before.lower())


def test_real_text_keeps_its_words(reviews, chinese_reviews):
    for rows in (reviews[:200], chinese_reviews[:500]):
        for aug in (ta.SentenceShuffle(), ta.ClauseShuffle(rate=1.0)):
            for before, after in zip(rows, aug(rows), strict=True):
                assert sorted(re.findall(r"\w", after.lower())) == sorted(re.findall(r"\w", before.lower()))


def test_quotes_and_brackets_stay_whole():
    assert ta.ClauseShuffle(rate=1.0)('He said, "I came, I saw, I won."') == '"I came, I saw, I won.", he said'
    assert (
        ta.ClauseShuffle(rate=1.0)("他说了，听得最多的就是“四个一，在武汉”") == "听得最多的就是“四个一，在武汉”，他说了"
    )
    text = "他来了。“你好！真的。”他说。由７．４％升到１０．０％。"
    made = set(ta.SentenceShuffle()([text] * 50))
    assert len(made) == 6 and all("“你好！真的。”他说。" in one and "由７．４％升到１０．０％。" in one for one in made)


def test_what_ends_with_a_colon_or_in_another_script_gets_its_own_stop_or_none():
    assert set(ta.SentenceShuffle()(["Note this:<br>It rained."] * 20)) == {
        "Note this:<br>It rained.", "It rained.<br>Note this:"
    }  # fmt: skip
    assert ta.SentenceDuplicate(rate=1.0)("저것은 나쁘다") == "저것은 나쁘다. 저것은 나쁘다"


def test_common_words_lose_their_capital_and_names_do_not():
    assert ta.ClauseShuffle(rate=1.0)("Unfortunately, it failed.") == "It failed, unfortunately."
    assert ta.ClauseShuffle(rate=1.0)("Alice, it failed.") == "It failed, Alice."


@given(
    rows=st.lists(st.lists(st.sampled_from(["A a.", "A a.", "B b.", "C, a."]), max_size=6).map(" ".join), max_size=4),
    seed=st.integers(0, 99),
)
def test_spans_of_sentences_that_read_alike_stay_on_their_words(rows, seed):
    spans = [[(m.start(), m.end(), f"{m[0]}{m.start()}") for m in re.finditer(r"[ABC]", row)] for row in rows]
    for aug in (ta.SentenceShuffle(), ta.ClauseShuffle(rate=1.0), ta.SentenceShuffle(window=1)):
        done = aug.apply(rows, spans=spans, seed=seed)
        for text, before, after in zip(done.text, spans, done.spans, strict=True):
            assert [text[a:b].upper() for a, b, _ in after] == [label[0] for *_, label in after]
            assert sorted(label for *_, label in after) == sorted(label for *_, label in before)
            assert len({a for a, *_ in after}) == len(after)
