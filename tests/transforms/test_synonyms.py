"""Synonyms and antonyms: the right words, in the right form and case, at the rate that was asked."""

import pickle
import re

import pytest

import textaug as ta
from textaug.errors import TextaugError
from textaug.languages import en
from textaug.lexicon import Lexicon, Record, Relation, build

TRANSFORMS = [ta.SynonymReplace, ta.SynonymInsert, ta.AntonymReplace]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A lexicon in which every word has one candidate."""
    path = tmp_path_factory.mktemp("lexicon") / "tiny.arrow"
    records = [
        Record("happy", "glad"),
        Record("film", "hour"),
        Record("hour", "film"),
        Record("Paris", "City of Light"),
        Record("paris", "herb"),
        Record("Berlin", "Spree-Athens"),
        Record("the", "that"),
        Record("happy", "sad", Relation.ANTONYM),
    ]
    build(records, path, language="en", source="test")
    return str(path)


def synonyms(word, share=0.0):
    found = Lexicon.english().lookup(word, relation=Relation.SYNONYM)
    return {candidate.text for candidate in found if candidate.share >= share}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Happy days", "Glad days"),
        ("HAPPY DAYS", "GLAD DAYS"),
        ("SO HAPPY! A FILM, AN HOUR!", "SO GLAD! A FILM, A FILM!"),
        ("a day. HAPPY DAYS ARE HERE. a day", "a day. GLAD DAYS ARE HERE. a day"),
        ("FILM", "HOUR"),
        ("a happy film", "a glad hour"),
        ("A film!", "An hour!"),
        ("an hour, an hour", "a film, a film"),
        ("the film", "the hour"),
        ("hApPy", "hApPy"),
        ("", ""),
        ("happy", "glad"),
        ("“Happy” 😀\tfilm\u00a0", "“Glad” 😀\thour\u00a0"),
        ("un-happy film.", "un-happy hour."),
    ],
)
def test_case_is_carried_over_and_articles_are_mended(tiny, before, after):
    assert ta.SynonymReplace(rate=1, lexicon=tiny)(before) == after


def test_names_are_left_alone_inside_a_sentence_unless_asked_for(tiny):
    text = "Happy film. Happy was Happy in Berlin. Berlin!"
    assert ta.SynonymReplace(rate=1, lexicon=tiny)(text) == "Glad hour. Glad was Happy in Berlin. Spree-Athens!"
    assert (
        ta.SynonymReplace(rate=1, lexicon=tiny, names=True)("So Happy in Paris, paris")
        == "So Glad in City of Light, herb"
    )


@pytest.mark.parametrize(
    "text",
    [
        "the HAPPY one",
        "我用FILM工作",
        "我用 HAPPY HOUR 工作",
        "HAPPY, FILM and/or FILM/HOUR",
        "HAPPY 3",
        "Happy Hour",
        "Film公司",
        "Paris!",
        "PARIS IS HERE",
    ],
)
def test_what_may_be_a_name_is_left_alone_unless_asked_for(tiny, text):
    assert ta.SynonymReplace(rate=1, lexicon=tiny)(text) == text
    assert ta.SynonymReplace(rate=1, lexicon=tiny, names=True)(text) != text


def test_stop_words_are_left_alone_by_default(tiny):
    assert ta.SynonymReplace(rate=1, lexicon=tiny)("the happy film") == "the glad hour"
    assert ta.SynonymReplace(rate=1, lexicon=tiny, stop_words=False)("the happy film") == "that glad hour"
    assert ta.SynonymReplace(rate=1, lexicon=tiny, stop_words=("happy",))("the happy film") == "that happy hour"


def test_antonyms_are_antonyms_and_say_that_the_label_may_change(tiny):
    result = ta.AntonymReplace(rate=1, lexicon=tiny).apply("a happy film")
    assert result.text == "a sad film"
    assert result.applied[0].label_effect == "may change"
    assert ta.SynonymReplace.label_effect == ta.SynonymInsert.label_effect == "preserves"
    assert ta.AntonymReplace(rate=1)("A good film with a happy ending.") == "A bad film with an unhappy beginning."


def test_direct_antonyms_come_before_indirect_ones():
    assert ta.AntonymReplace(rate=1)("huge") in ("small", "little")
    assert ta.AntonymReplace(rate=1, indirect=False)("huge and good") == "huge and bad"


def test_inflected_words_meet_inflected_candidates():
    assert ta.SynonymReplace(rate=1)("they walked") == "they strolled"
    for seed in range(20):
        goose = ta.SynonymReplace(rate=1, min_share=0)("geese", seed=seed)
        assert goose in synonyms("geese") and goose.endswith("s")


def test_every_replacement_is_a_usable_synonym_of_a_word_that_is_no_stop_word(reviews):
    result = ta.SynonymReplace(rate=0.3).apply(reviews[:150], seed=4)
    seen = 0
    for text, edits in zip(reviews[:150], result.edits, strict=True):
        for start, end, new, by, *_ in edits:
            old = text[start:end]
            seen += 1
            assert by == "SynonymReplace" and new != old
            if old.lower() in ("a", "an"):
                assert new.lower() in ("a", "an")
                continue
            assert old.lower() not in en.STOP_WORDS
            old = old if synonyms(old, 0.09) else old.lower()  # Man is an island, and has no good synonym
            usable = [
                one.text.lower() for one in Lexicon.english().lookup(old, relation=Relation.SYNONYM) if one.share > 0.09
            ]
            assert new.lower() in usable[:5]
    assert seen > 1000


def test_no_article_before_a_replacement_is_left_wrong(reviews):
    for text, edits in zip(reviews[:300], ta.SynonymReplace(rate=0.5).apply(reviews[:300]).edits, strict=True):
        made = {end: new for _, end, new, *_ in edits}
        for start, _, new, *_ in edits:
            before = re.search(r"(?<![\w'’.-])(an?)[ \t\r\n]+$", text[:start], re.IGNORECASE)
            if before and new.lower() not in ("a", "an"):
                article = made.get(before.end(1), before[1])
                assert article.lower() == en.article(new.lower()), (article, new, text)


@pytest.mark.parametrize("cls", TRANSFORMS)
def test_a_rate_is_the_share_of_eligible_words(cls, reviews):
    (done,) = cls(rate=0.2).apply(reviews[:400], seed=1).applied
    assert abs(done.changed - 0.2 * done.eligible) < 5 * (0.16 * done.eligible) ** 0.5
    assert done.eligible > 10_000


def test_insertion_keeps_every_word_and_adds_the_candidates(tiny):
    text = "a happy film, an old story"
    for seed in range(30):
        made = ta.SynonymInsert(rate=1, lexicon=tiny)(text, seed=seed)
        assert sorted(set(re.findall(r"\w+", made)) - {"a", "an"}) == [
            "film",
            "glad",
            "happy",
            "hour",
            "old",
            "story",
        ]
        assert not re.search(r"\ban (glad|happy|film)|\ba hour", made)
        assert "  " not in made and made.count(",") == 1


def test_protected_text_is_neither_replaced_nor_mended(tiny):
    aug = ta.SynonymReplace(rate=1, lexicon=tiny, protect=("happy", "a"))
    assert aug("a film, a happy hour") == "a hour, a happy film"
    result = ta.SynonymReplace(rate=1, lexicon=tiny).apply("a happy film", spans=[(2, 7, "FEELING")])
    assert result.text == "a happy hour"
    for seed in range(20):
        assert "happy film" in ta.SynonymInsert(rate=1, lexicon=tiny, protect_pattern="happy film")(
            "happy film hour", seed=seed
        )


def test_parts_of_speech_and_number_of_candidates_limit_the_choice(tmp_path):
    path = str(tmp_path / "x.arrow")
    build(
        [Record("run", f"noun{i}", pos=1, rank=i) for i in range(4)] + [Record("run", "verb", pos=2, rank=9)],
        path,
        language="en",
        source="test",
    )

    def made(**fields):
        return {ta.SynonymReplace(rate=1, lexicon=path, **fields)("run", seed=seed) for seed in range(60)}

    assert made() == {"noun0", "noun1", "noun2", "noun3", "verb"}
    assert made(candidates=2) == {"noun0", "noun1"}
    assert made(pos=("verb",)) == {"verb"}
    assert made(pos=("adj",)) == {"run"}


def test_other_scripts_can_have_a_lexicon_too(tmp_path):
    build([Record("开始", "启动"), Record("слово", "речь")], tmp_path / "x.arrow", language="zh", source="test")
    aug = ta.SynonymReplace(rate=1, lexicon=str(tmp_path / "x.arrow"))
    assert aug("слово, 开始!開始") == "речь, 启动!開始"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"lexicon": "/no/such.arrow"}, r"/no/such\.arrow: no such lexicon; build it with"),
        ({"candidates": 0}, "candidates=0: give an integer of at least 1"),
        ({"candidates": 256}, "candidates=256: give a number from 1 to 255"),
        ({"min_share": 2}, "min_share=2: give a number from 0 to 1"),
        ({"pos": ("nown",)}, "no part of speech 'nown'; did you mean 'noun'"),
        ({"pos": "noun"}, "pos='noun': give a list"),
        ({"stop_words": "the"}, "stop_words='the': give a list"),
    ],
)
@pytest.mark.parametrize("cls", TRANSFORMS)
def test_wrong_fields_are_refused(cls, fields, message):
    with pytest.raises(TextaugError, match=message):
        cls(**fields)


@pytest.mark.parametrize("cls", TRANSFORMS)
def test_it_stays_small_and_survives_pickling_and_its_dict(cls, tiny):
    aug = cls(rate=0.5, lexicon=tiny, pos=["noun"], stop_words=["the"])
    aug("a happy film")
    assert len(pickle.dumps(aug)) < 1000
    assert pickle.loads(pickle.dumps(aug)) == aug == cls.from_dict(aug.to_dict())
    assert hash(aug) == hash(cls.from_dict(aug.to_dict()))


@pytest.mark.parametrize("field, value", [("pos", 5), ("stop_words", 5), ("stop_words", "a"), ("names", "x")])
def test_parameters_of_a_wrong_type_are_refused(field, value):
    with pytest.raises(ta.UsageError, match=f"{field}="):
        ta.SynonymReplace(**{field: value})
