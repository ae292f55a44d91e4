"""Chinese transforms: what stands there afterwards sounds, or looks, like what stood there."""

import re

import numpy as np
import pytest
from pypinyin import Style, lazy_pinyin, pinyin

import textaug as ta
from textaug.languages.pinyin import is_simplified
from textaug.languages.shapes import alike
from textaug.languages.zh_words import STOP_WORDS
from textaug.lexicon import Lexicon, Relation
from textaug.lexicon.sounds import read

SOUNDS = {form: sound for sound in read() if len(sound.tones) == 1 for form in sound.forms}
HAN = re.compile("[一-龥]")


@pytest.fixture(scope="module")
def lines(chinese):
    return chinese[::10]


def changes(aug, lines, **options):
    """Return (before, after) of every edit."""
    done = aug.apply(lines, **options)
    found = []
    for row, edits in zip(lines, done.edits, strict=True):
        found += [(row[edit.start : edit.end], edit.text) for edit in edits]
    return found


def test_characters_of_the_same_tone_sound_the_same(lines):
    found = changes(ta.Homophone(rate=0.2), lines)
    assert len(found) > 5_000
    for before, after in found:
        assert before != after and len(before) == len(after) == 1
        assert SOUNDS[before][:2] == SOUNDS[after][:2]


def test_pypinyin_knows_a_reading_that_both_have(lines):
    for before, after in changes(ta.Homophone(rate=0.2), lines[:300]):
        one, other = (
            set(pinyin(c, Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]) for c in before + after
        )
        assert one & other or "5" in SOUNDS[before].tones


def test_any_tone_lets_other_tones_through_but_prefers_the_same(lines):
    found = changes(ta.Homophone(rate=0.2, tone="any"), lines)
    same = sum(SOUNDS[before].tones == SOUNDS[after].tones for before, after in found)
    assert all(SOUNDS[before].syllables == SOUNDS[after].syllables for before, after in found)
    assert 0.5 < same / len(found) < 0.85


def test_words_of_the_same_tones_sound_the_same(lines):
    found = changes(ta.Homophone(rate=0.5, unit="word"), lines)
    assert len(found) > 2_000 and sum(len(before) > 1 for before, _ in found) > 200
    for before, after in found:
        assert before != after and len(before) == len(after)
        if len(before) > 1:
            one, other = (lazy_pinyin(w, Style.TONE3, neutral_tone_with_five=True) for w in (before, after))
            assert one == other


def test_words_of_any_tones_sound_alike(lines):
    found = [pair for pair in changes(ta.Homophone(rate=0.5, unit="word", tone="any"), lines) if len(pair[0]) > 1]
    assert all(lazy_pinyin(before) == lazy_pinyin(after) for before, after in found)
    assert any(
        lazy_pinyin(before, Style.TONE3) != lazy_pinyin(after, Style.TONE3) for before, after in found
    )  # and some in other tones


def test_a_word_without_a_homophone_stays():
    text = "哥伦比亚的咖啡"
    assert ta.Homophone(rate=1.0, unit="word", candidates=1)(text) == "哥伦比亚地咖啡"


def test_particles_that_sound_like_de_are_mistaken_for_one_another():
    made = {ta.Homophone(rate=1.0, unit="word")("的地得", seed=seed) for seed in range(20)}
    assert len(made) > 3 and {mark for text in made for mark in text} == set("的地得")


def test_fewer_candidates_are_the_more_frequent_ones():
    few = {ta.Homophone(rate=1.0, candidates=2)("是", seed=seed) for seed in range(40)}
    more = {ta.Homophone(rate=1.0, candidates=9)("是", seed=seed) for seed in range(90)}
    assert few == {"市", "事"} < more and len(more) == 9


def test_traditional_text_stays_traditional():
    text = "說話時請關門這裡沒有別的東西"
    for before, after in changes(ta.Homophone(rate=1.0, tone="any"), [text] * 20):
        assert is_simplified(before) == is_simplified(after)


def test_similar_shapes_are_those_of_the_table(lines):
    found = changes(ta.SimilarShape(rate=0.2), lines)
    assert len(found) > 5_000 and all(after in alike().candidates(before) for before, after in found)


def test_look_alikes_look_like_one_another():
    table = alike()
    common = [chr(point) for point in range(0x4E00, 0x9FA6)]
    held = {form: table.candidates(form) for form in common if table.candidates(form)}
    assert len(held) > 2_000 and max(map(len, held.values())) == 8
    near = {(form, other) for form, others in held.items() for other in others}
    assert all((other, form) in near or len(held[other]) == 8 for form, other in near)  # eight at most
    for form, other in ("己已", "末未", "拔拨", "土士", "人入", "日曰", "戊戌", "晴睛"):
        assert other in held[form]


@pytest.mark.parametrize("aug", [ta.Homophone, ta.SimilarShape, lambda **held: ta.Homophone(unit="word", **held)])
def test_what_is_not_chinese_is_left_alone(aug):
    text = "An 公式 by iPhone15，a 公式 in カタカナ：3.5%！"
    for seed in range(10):
        made = aug(rate=1.0)(text, seed=seed)
        assert HAN.sub("", made) == HAN.sub("", text) and made != text


@pytest.mark.parametrize("rate", [0.02, 0.15, 0.5])
@pytest.mark.parametrize(
    "aug", [ta.Homophone(), ta.Homophone(unit="word"), ta.SimilarShape(), ta.SynonymReplace()], ids=repr
)
def test_the_realised_rate_is_the_one_asked_for(aug, rate, chinese):
    """5 standard deviations of a Bernoulli draw a unit."""
    (done,) = ta.load(aug.to_dict() | {"rate": rate}).apply(chinese, want_edits=False).applied
    assert done.eligible > 20_000
    assert abs(done.changed - rate * done.eligible) < 5 * np.sqrt(done.eligible * rate * (1 - rate))


def test_synonyms_come_from_the_lexicon_and_stop_words_stay(lines):
    lexicon = Lexicon.chinese()
    found = changes(ta.SynonymReplace(rate=0.5), lines)
    assert len(found) > 1_000
    for before, after in found:
        assert before not in STOP_WORDS
        good = [one.text for one in lexicon.lookup(before, relation=Relation.SYNONYM) if one.share >= 0.1]
        assert after in good[:5]


def test_antonyms_turn_a_sentence_round_and_back():
    text = "房间很干净，很便宜，我喜欢。"
    assert ta.AntonymReplace(rate=1.0, candidates=1)(text) == "房间很肮脏，很昂贵，我讨厌。"
    back = ta.AntonymReplace(rate=1.0, candidates=1)("房间很肮脏，很昂贵，我讨厌。")
    assert back == text
