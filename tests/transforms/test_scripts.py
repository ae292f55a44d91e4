"""Traditional Chinese gets traditional candidates, in every transform that has Chinese ones."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tile

import textaug as ta
from textaug.edits import Edits
from textaug.languages.traditional import foreign
from textaug.transform import Proposal
from textaug.transforms.scripts import by_script

TRADITIONAL = (
    "這部電影的方法很有特色，公司的描述也很安全，他喜歡在晚上看書，但是前言和核心內容都很長。"
    "我們認為這個問題非常重要，需要其他人一起解決，因此大家對他的意見表示感謝，高興地說了一件事情。"
)
SIMPLIFIED = "这部电影的方法很有特色，公司的描述也很安全，他喜欢在晚上看书，但是前言和核心内容都很长。"
AUGMENTERS = [
    ta.SynonymReplace(rate=1.0),
    ta.SynonymInsert(rate=1.0),
    ta.AntonymReplace(rate=1.0),
    ta.SpellingError(rate=1.0),
    ta.Homophone(rate=0.5),
    ta.Homophone(rate=0.5, tone="any"),
    ta.Homophone(rate=1.0, unit="word", tone="any"),
    ta.PinyinSlip(rate=0.5),
    ta.SimilarShape(rate=0.5),
    ta.CharSubstitute(rate=0.5),
    ta.CharInsert(rate=0.5),
    ta.RandomInsert(rate=0.5),
]


@pytest.mark.parametrize("aug", AUGMENTERS, ids=lambda aug: type(aug).__name__)
def test_traditional_rows_get_no_simplified_character(aug):
    done = aug.apply([TRADITIONAL] * 40, seed=1)
    put_in = "".join(edit.text for edits in done.edits for edit in edits)
    assert len(put_in) > 40 and foreign().isdisjoint(put_in)


@pytest.mark.parametrize("aug", AUGMENTERS, ids=lambda aug: type(aug).__name__)
def test_other_rows_do_not_see_the_traditional_ones(aug):
    rows = [SIMPLIFIED, TRADITIONAL, "a good film, 但是 too long", None, SIMPLIFIED]
    ids = list(range(5))
    together = aug(rows, row_ids=ids, seed=3)
    assert together == [row and aug([row], row_ids=[i], seed=3)[0] for i, row in enumerate(rows)]


def test_words_of_the_user_go_in_as_they_are():
    assert ta.RandomInsert(rate=1.0, words=("说",))("電影") == "電影说"


def test_a_word_that_both_scripts_write_alike_has_synonyms_in_each():
    aug = ta.SynonymReplace(rate=1.0)
    made = [{aug(text, seed=seed)[-2:] for seed in range(40)} for text in ("他的特色", "這個特色")]
    assert "特点" in made[0] and "特點" in made[1] and "特点" not in made[1]


@given(texts=st.lists(st.sampled_from(["電影", "电影", "film", ""]), max_size=8), active=st.lists(st.booleans()))
def test_every_active_row_is_proposed_for_once(texts, active):
    batch = tile(texts)
    batch = batch.only(np.resize(np.array([*active, True]), len(texts)))

    def propose(rows, traditional):
        row = np.flatnonzero(rows.active).astype(np.int32)
        at = rows.offsets[row]
        text = np.frombuffer(b"T" if traditional else b"so", np.uint8)
        nothing = np.zeros(len(row), np.int32)
        return Proposal(Edits.of(row, len(rows), at, at, nothing, nothing + len(text), text=text), len(row), 1)

    made = by_script(batch, propose)
    data, offsets = made.edits.apply(batch.data, batch.offsets)
    rows = [data[a:b].tobytes().decode() for a, b in pairwise(offsets)]
    expected = [("T" if "電" in text else "so") * int(on) + text for text, on in zip(texts, batch.active, strict=True)]
    assert rows == expected and made.eligible == int(batch.active.sum())
