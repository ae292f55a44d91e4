"""The list of misspellings: real words are told from others, nothing stands there twice, forms share an error."""

from collections import Counter

import jieba
import pytest

from textaug.lexicon import Lexicon, Relation
from textaug.lexicon.__main__ import wordnet
from textaug.lexicon.misspellings import Vocabulary, build_misspellings, lines, misspelled
from textaug.lexicon.wordnet import WordNet


@pytest.fixture(scope="module")
def words():
    return Vocabulary(WordNet.read(wordnet()))


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.misspellings()


def section(*names):
    return [line for line in lines() if line.section in names]


def test_it_is_large_enough():
    held = section("misspellings", "real words")
    assert len({line.word for line in held}) >= 1500 and sum(len(line.wrong) for line in held) >= 2500
    assert len(section("chinese")) >= 500


def test_words_are_known(words):
    for word in ("planed", "stopped", "children", "happily", "bigger", "tries", "advise", "dependant", "dinning"):
        assert word in words
    for word in ("recieve", "occured", "recieved", "definately", "stoped"):
        assert word not in words


def test_no_misspelling_is_a_word(words):
    held = [wrong for line in section("misspellings") for wrong in line.wrong]
    assert not [wrong for wrong in held if wrong.lower() in words]


def test_what_is_misspelled_as_a_word_is_one(words):
    """Words of grammar are none to WordNet: a word that is listed too, or `of`."""
    listed = {line.word for line in lines()} | {"of"}
    held = [wrong for line in section("real words") for wrong in line.wrong]
    assert not [wrong for wrong in held if wrong not in listed and wrong not in words]


def test_nothing_stands_there_twice():
    for names in (("misspellings",), ("real words",), ("chinese",)):
        assert max(Counter(line.word for line in section(*names)).values()) == 1
    for line in lines():
        assert len(set(line.wrong)) == len(line.wrong) and line.word not in line.wrong
    pairs = Counter((line.word, wrong) for line in lines() for wrong in line.wrong)
    assert max(pairs.values()) == 1


def test_words_stand_in_order():
    for names in (("misspellings",), ("real words",)):
        held = [line.word.lower() for line in section(*names)]
        assert held == sorted(held)


def test_chinese_words_are_words_to_jieba_and_differ_in_a_character_or_two():
    for line in section("chinese"):
        assert jieba.lcut(line.word) == [line.word]
        for wrong in line.wrong:
            assert len(wrong) == len(line.word)
            assert sum(one != other for one, other in zip(line.word, wrong, strict=True)) <= 2


@pytest.mark.parametrize(
    ("word", "wrong", "form", "made"),
    [
        ("receive", "recieve", "receives", "recieves"),
        ("receive", "recieve", "receiving", "recieving"),
        ("carry", "cary", "carried", "caried"),
        ("occur", "occure", "occurs", None),  # the error is at the end, and gone
        ("begin", "beggin", "began", None),
        ("good", "goood", "better", None),
        ("cannot", "can not", "cannots", None),
    ],
)
def test_forms_share_the_error_of_their_stem(word, wrong, form, made):
    assert misspelled(word, wrong, form) == made


def test_the_commonest_comes_first_and_relations_tell_words_from_others(lexicon):
    assert lexicon.lookup("definitely")[0].text == "definately"
    assert [one.relation for one in lexicon.lookup("their")] == [
        Relation.MISSPELLING,
        Relation.CONFUSION,
        Relation.CONFUSION,
    ]
    assert {one.text for one in lexicon.lookup("don’t")} >= {"dont", "do’nt"}
    assert {one.text for one in lexicon.lookup("separating")} >= {"seperating"}
    assert [one.text for one in lexicon.lookup("账号")] == ["帐号"]


def test_what_is_shipped_is_what_the_list_compiles_to(lexicon, tmp_path):
    build_misspellings(wordnet(), tmp_path / "made.arrow")
    assert Lexicon.open(tmp_path / "made.arrow").hash == lexicon.hash
    lexicon.verify()


def test_what_is_accepted_is_no_error():
    accepted = ("其他 其它", "做客 作客", "无需 无须", "预订 预定", "泄露 泄漏", "当作 当做", "界线 界限", "记录 纪录")
    for one, other in map(str.split, accepted):
        found = {candidate.text for form in (one, other) for candidate in Lexicon.misspellings().lookup(form)}
        assert found.isdisjoint((one, other))
