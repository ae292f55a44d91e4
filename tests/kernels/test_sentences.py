"""Sentences and clauses: the twins over odd texts, and the boundaries that a reader sees."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import PIECES, same, tile

from textaug import kernels
from textaug.kernels import sentences as kernel
from textaug.kernels.reference import sentences as definition
from textaug.languages.sentences import rules
from textaug.languages.unicode import table

MORE = """
“ ” （ ） 《 》 他说 ７ ．４ １，０ ７．４ p t . a 1. 说
. . ! ? … 。 ！ ？ ) ( " ” “ ’ 」 「 , ; ， ； Dr. Mr. U.S. e.g. etc. J. I. No. 5 3.5 and but because He she the
<br/> <p> <BR> \\n \\n\\n Yes. no. it’s «é» é É 的 我们 Inc. vs. ok http://a.com. ... !? ． ‼
""".replace("\\n", "\n").split(" ")
texts = st.lists(st.sampled_from([*PIECES, *MORE, " ", " ", " "]), max_size=30).map("".join)
spaced = st.lists(st.sampled_from(MORE), max_size=20).map(" ".join)


def given_units(rows, active=None):
    held = tile(rows, active=active)
    units = kernels.units.words(held.data, held.offsets, held.active, *table())
    return held.data, held.offsets, held.active, *units, rules()


@given(rows=st.lists(texts | spaced, max_size=4), data=st.data())
def test_the_kernels_find_what_is_defined(rows, data):
    active = data.draw(st.none() | st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows)))
    tables = given_units(rows, active)
    same(kernel.sentences(*tables), definition.sentences(*tables))
    same(kernel.clauses(*tables), definition.clauses(*tables))


@given(rows=st.lists(texts | spaced, max_size=4))
def test_sentences_and_clauses_lie_in_order_and_hold_all_that_is_no_blank(rows):
    tables = given_units(rows)
    data = tables[0].tobytes()
    offsets, start, end = kernel.sentences(*tables)
    assert (start < end).all() and (end[:-1] <= start[1:]).all()
    for row in range(len(rows)):
        held = range(offsets[row], offsets[row + 1])
        between = [int(tables[1][row]), *(int(x) for u in held for x in (start[u], end[u])), int(tables[1][row + 1])]
        for first, last in zip(between[::2], between[1::2], strict=True):
            gap = data[first:last].decode()
            assert not gap.strip() or gap.strip()[0] in "<\ufeff" or gap.isspace()
    counts, begin, stop, number, _ = kernel.clauses(*tables)
    assert (begin < stop).all() and (stop[:-1] <= begin[1:]).all()
    for row in range(len(rows)):
        for c in range(counts[row], counts[row + 1]):
            s = offsets[row] + number[c]
            assert start[s] <= begin[c] and stop[c] <= end[s]


def sentences(text):
    tables = given_units([text])
    _, start, end = kernel.sentences(*tables)
    return [tables[0][a:b].tobytes().decode() for a, b in zip(start, end, strict=True)]


def clauses(text):
    tables = given_units([text])
    _, start, end, number, _ = kernel.clauses(*tables)
    held = {}
    for a, b, k in zip(start, end, number, strict=True):
        held.setdefault(int(k), []).append(tables[0][a:b].tobytes().decode())
    return list(held.values())


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Smith paid $3.50.", "He left at 3.5 p.m. on Monday."],
        ["He lives in the U.S. and likes it.", "She does not."],
        ["I live in the U.S.", "He does not."],
        ["J. K. Rowling wrote it.", "It sold well."],
        ["See No. 5 of vol. 3.", "It is here."],
        ['"Stop!" he said.', "I stopped."],
        ["“Go.”", "She went (home.)", "Then what?!"],
        ["Well... maybe not.", "Well...", "Maybe."],
        ["Is it?", "No!!!", "Yes."],
        ["It was taller than I.", "We left."],
        ["Visit http://imdb.com/title?id=7.", "Or mail a.b@c.org.", "Thanks"],
        ["Apple Inc. was founded in Jan. 1976 by Mr. Jobs et al. in Calif. garages."],
        ["我们去看电影。", "很好看！", "你呢？", "好……"],
        ["他来了。", "“你好！真的。”他说。", "我……不知道。"],
        ["由７．４％升到１，０００．５％。", "好。"],
        ["worthless film . . .", "p . t . anderson knows ."],
        ["1. First item.", "2. Second (It was late. Very.) one.", "What?! . . ."],
        ["价格是3.5元！", "Python很好。", "OK"],
        ["真的吗?", "好!"],
        ["the rock is destined .", "it is great ."],
    ],
)
def test_boundaries_are_where_a_reader_sees_them(expected):
    joint = "" if any(ord(char) > 0x3000 for char in "".join(expected)) else " "
    assert sentences(joint.join(expected)) == expected


def test_lines_and_tags_part_sentences_too():
    assert sentences("No stop<br /><br />Next line") == ["No stop", "Next line"]
    assert sentences("A title\n\nThe text wraps\nover lines.") == ["A title", "The text wraps\nover lines."]
    assert sentences("第一行\n第二行") == ["第一行", "第二行"]


def test_clauses_stand_between_marks_and_conjunctions():
    assert clauses("When I saw it, I laughed because it was fun, and she left.") == [
        ["When I saw it", "I laughed", "because it was fun", "and she left"]
    ]
    assert clauses('He came (late, again) and said, "no, never", but I stayed; it rained.') == [
        ["He came (late, again) and said", '"no, never"', "but I stayed", "it rained"]
    ]
    assert clauses("剧情拖沓，演员还行；可以看看！“好，来。”") == [["剧情拖沓", "演员还行", "可以看看"], ["“好，来。”"]]
    assert clauses("It cost 1,000 dollars, i.e. nothing.") == [["It cost 1,000 dollars", "i.e. nothing"]]
    assert clauses("I left as if it were late, even if not.") == [["I left as if it were late", "even if not"]]


def test_the_words_of_the_rules_fit_into_an_integer_and_are_sorted():
    for words in rules():
        assert len(words) > 4 and (np.diff(words) > 0).all() and words[0] > 0
