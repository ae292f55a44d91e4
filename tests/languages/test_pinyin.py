"""Pinyin: the table is what it is built from; slips lead to other syllables, of the same script."""

import pytest

from textaug.languages.pinyin import PATH, build, fuzzy, is_simplified, mistyped, read, slips

SYLLABLES = dict(read())
SYLLABLE = {character: syllable for syllable, held in SYLLABLES.items() for character in held}


def test_the_table_is_what_the_packages_say_now(tmp_path):
    pytest.importorskip("pypinyin"), pytest.importorskip("jieba"), pytest.importorskip("opencc")
    build(tmp_path / "pinyin.txt")
    assert (tmp_path / "pinyin.txt").read_bytes() == PATH.read_bytes()


def test_every_character_has_the_reading_that_pypinyin_gives_it():
    pypinyin = pytest.importorskip("pypinyin")
    readings = dict(zip(SYLLABLE, pypinyin.lazy_pinyin(list(SYLLABLE)), strict=True))
    assert readings == SYLLABLE and sum(map(len, SYLLABLES.values())) == len(SYLLABLE) > 8000


def test_frequent_characters_come_first():
    assert SYLLABLES["shi"][:3] == "是时時" and SYLLABLES["de"][0] == "的" and SYLLABLES["wo"][0] == "我"


def test_a_slip_leads_to_another_syllable_of_the_same_script():
    for character, syllable in SYLLABLE.items():
        near = {*fuzzy(syllable, SYLLABLES), *mistyped(syllable, SYLLABLES)}
        assert syllable not in near
        for other in slips().candidates(character):
            assert SYLLABLE[other] in near and is_simplified(other) == is_simplified(character)


def test_most_characters_of_a_text_can_be_mistyped():
    text = "这部电影很好看，我非常喜欢男主角的表演，剧情也不错。"
    assert [character for character in text if not slips().candidates(character)] == ["，", "，", "。"]


@pytest.mark.parametrize(
    ("syllable", "near"),
    [
        ("zhi", {"zi"}),
        ("chang", {"cang", "chan"}),
        ("shan", {"san", "shang"}),
        ("ni", {"li"}),
        ("lan", {"nan", "ran", "lang"}),
        ("fu", {"hu"}),
        ("xin", {"xing"}),
        ("deng", set()),
        ("er", set()),
    ],
)
def test_what_many_speakers_do_not_tell_apart(syllable, near):
    assert set(fuzzy(syllable, SYLLABLES)) == near


def test_one_wrong_key_lies_beside_the_right_one():
    assert set(mistyped("bu", SYLLABLES)) == {"gu", "hu", "nu", "bi"}
    assert "ba" not in mistyped("bu", SYLLABLES)
