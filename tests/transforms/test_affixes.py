"""Word forms and affixes: the right form, in the right case, of the features asked for, at the rate asked for."""

import pickle
import re

import pytest

import textaug as ta
from textaug.errors import TextaugError
from textaug.languages import en
from textaug.lexicon import Lexicon, Record, Relation, build

TRANSFORMS = [ta.Inflect, ta.Derive, ta.PrefixReplace, ta.SuffixReplace, ta.NegatingPrefix]
FEATURES = ("number", "person", "tense", "degree")


def outputs(aug, text, seeds=40):
    return {aug(text, seed=seed) for seed in range(seeds)}


@pytest.mark.parametrize(
    ("aug", "before", "after"),
    [
        (ta.NegatingPrefix(rate=1), "A possible friend, a Loyal one.", "An impossible friend, a Loyal one."),
        (ta.NegatingPrefix(rate=1), "HAPPY PEOPLE! Happy people?", "UNHAPPY PEOPLE! Unhappy people?"),
        (ta.NegatingPrefix(rate=1), "an unlikely hero, an illegal act", "a likely hero, a legal act"),
        (ta.NegatingPrefix(rate=1), "She agreed and liked his truths.", "She disagreed and disliked his untruths."),
        (ta.NegatingPrefix(rate=1), "a useful, painless thing", "a useless, painful thing"),
        (ta.NegatingPrefix(rate=1, remove=False), "happy and unhappy", "unhappy and unhappy"),
        (ta.SuffixReplace(rate=1), "a careful man", "a careless man"),
        (ta.SuffixReplace(rate=1), "bored tourists", "boring tourists"),
        (ta.Inflect(rate=1, features=("number",)), "A film about an owl", "A films about an owls"),
        (ta.Inflect(rate=1, features=("person",)), "she walks, they laugh", "she walk, they laughs"),
        (ta.Derive(rate=1, pos=("adj",)), "Happiness was here", "Happy was here"),
        (ta.Derive(rate=1, pos=("adv",)), "a beautiful day", "a beautifully day"),
    ],
)
def test_a_word_becomes_what_a_reader_expects(aug, before, after):
    assert aug(before) == after


@pytest.mark.parametrize(
    ("feature", "text", "made"),
    [
        ("number", "the geese", {"the goose"}),
        ("tense", "she walks", {"she walked", "she walking"}),
        ("person", "she walks", {"she walk"}),
        ("degree", "a big dog", {"a bigger dog", "a biggest dog"}),
    ],
)
def test_features_say_what_may_change(feature, text, made):
    assert outputs(ta.Inflect(rate=1, features=(feature,)), text) == made
    others = tuple(other for other in FEATURES if other != feature)
    assert not made & outputs(ta.Inflect(rate=1, features=others), text)


def test_all_features_of_a_word_are_drawn_from():
    assert outputs(ta.Inflect(rate=1), "she walks") == {"she walk", "she walked", "she walking"}
    assert outputs(ta.Inflect(rate=1, features=("tense", "person")), "walks") == {"walk", "walked", "walking"}


def test_features_come_in_any_order():
    one, other = ta.Inflect(rate=1, features=("tense", "number")), ta.Inflect(rate=1, features=("number", "tense"))
    assert all(outputs(one, text) == outputs(other, text) for text in ("the films", "he walks"))


def test_a_word_is_inflected_as_what_it_mostly_is():
    assert ta.Inflect(rate=1, features=("tense",))("the acting in this film") == "the acting in this film"
    assert ta.Inflect(rate=1, features=("number",))("I watch it") == "I watch it"
    assert ta.Inflect(rate=1, features=("tense",), min_share=0.0)("the acting") != "the acting"


def test_auxiliaries_are_stop_words_and_can_be_let_go():
    assert ta.Inflect(rate=1)("it was") == "it was"
    assert outputs(ta.Inflect(rate=1, features=("person",), stop_words=False), "he was") == {"he were"}
    assert outputs(ta.Inflect(rate=1, features=("tense",), stop_words=False), "they were") == {"they are"}


def test_label_effects_are_honest():
    effects = {cls.__name__: cls.label_effect for cls in TRANSFORMS}
    assert effects == {
        "Inflect": "preserves",
        "Derive": "preserves",
        "PrefixReplace": "may change",
        "SuffixReplace": "may change",
        "NegatingPrefix": "flips",
    }
    assert ta.NegatingPrefix(rate=1).apply("a happy end").applied[0].label_effect == "flips"


def test_negating_twice_gives_the_text_back():
    once = ta.NegatingPrefix(rate=1)
    text = (
        "An unhappy, careless and dishonest king disagreed: it is impossible, illegal and irrelevant. A useful truth."
    )
    assert once(once(text)) == text != once(text)


def test_nearly_all_words_come_back_when_they_are_negated_twice(reviews):
    """But for those whose negation is mostly another part of speech, as `even` is of `uneven`."""
    aug, words, back = ta.NegatingPrefix(rate=1, names=True), 0, 0
    for text, edits in zip(reviews[:300], aug.apply(reviews[:300]).edits, strict=True):
        for start, end, new, *_ in edits:
            if new.lower() not in ("a", "an"):
                words += 1
                back += aug(new.lower()) == text[start:end].lower()
    assert words > 1000 and back > 0.93 * words


@pytest.mark.parametrize("cls", TRANSFORMS)
def test_every_replacement_is_a_usable_candidate_of_a_word_that_is_no_stop_word(cls, reviews):
    aug = cls(rate=0.5)
    result, lexicon, seen = aug.apply(reviews[:150], seed=4), Lexicon.affixes(), 0
    for text, edits in zip(reviews[:150], result.edits, strict=True):
        for start, end, new, by, *_ in edits:
            old = text[start:end]
            if old.lower() in ("a", "an"):
                assert new.lower() in ("a", "an")
                continue
            held = [one for one in lexicon.lookup(old.lower()) if one.relation in aug.relations()]
            usable = {one.text for one in held if one.share > aug.min_share - 0.01}
            assert by == cls.__name__ and old.lower() not in en.STOP_WORDS and new.lower() in usable
            seen += 1
    assert seen > 250


@pytest.mark.parametrize("cls", TRANSFORMS)
def test_no_article_before_a_replacement_is_left_wrong(cls, reviews):
    for text, edits in zip(reviews[:150], cls(rate=0.5).apply(reviews[:150]).edits, strict=True):
        made = {end: new for _, end, new, *_ in edits}
        for start, _, new, *_ in edits:
            before = re.search(r"(?<![\w'’.-])(an?)[ \t\r\n]+$", text[:start], re.IGNORECASE)
            if before and new.lower() not in ("a", "an"):
                article = made.get(before.end(1), before[1])
                assert article.lower() == en.article(new.lower()), (article, new, text)


@pytest.mark.parametrize("cls", TRANSFORMS)
def test_a_rate_is_the_share_of_eligible_words(cls, reviews):
    (done,) = cls(rate=0.2).apply(reviews[:400], seed=1).applied
    assert done.eligible > 1500
    assert abs(done.changed - 0.2 * done.eligible) < 5 * (0.16 * done.eligible) ** 0.5


def test_names_and_protected_words_are_left_alone():
    assert ta.NegatingPrefix(rate=1)("We saw Happy there") == "We saw Happy there"
    assert ta.NegatingPrefix(rate=1, protect=("happy",))("a happy, able man") == "a happy, unable man"
    result = ta.NegatingPrefix(rate=1).apply("a happy, able man", spans=[(2, 7, "FEELING")])
    assert result.text == "a happy, unable man" and result.spans == [(2, 7, "FEELING")]


def test_other_languages_are_left_alone():
    for cls in TRANSFORMS:
        assert cls(rate=1)("这部电影很好看。 Слово") == "这部电影很好看。 Слово"


def test_a_lexicon_of_ones_own_can_be_used(tmp_path):
    path = str(tmp_path / "x.arrow")
    records = [
        Record("kat", "katten", Relation.NUMBER),
        Record("kat", "kattig", Relation.DERIVATION),
        Record("kat", "onkat", Relation.NEGATION),
        Record("loop", "loopt", Relation.PERSON),
        Record("loop", "liep", Relation.TENSE),
    ]
    build(records, path, language="nl", source="test")
    assert ta.Inflect(rate=1, lexicon=path)("de kat") == "de katten"
    assert outputs(ta.Inflect(rate=1, lexicon=path), "loop") == {"loopt", "liep"}
    assert ta.Derive(rate=1, lexicon=path)("de kat") == "de kattig"
    assert ta.NegatingPrefix(rate=1, lexicon=path)("de kat") == "de onkat"


@pytest.mark.parametrize(
    ("cls", "fields", "message"),
    [
        (ta.Inflect, {"features": ("numbr",)}, "no features 'numbr'; did you mean 'number'"),
        (ta.Inflect, {"features": ()}, "features=\\(\\): give some of number, person, tense, degree"),
        (ta.Inflect, {"features": "tense"}, "features='tense': give a list"),
        (ta.NegatingPrefix, {"remove": 1}, "remove=1: give True or False"),
        (ta.Derive, {"pos": ("nown",)}, "no part of speech 'nown'; did you mean 'noun'"),
        (ta.PrefixReplace, {"lexicon": "/no/such.arrow"}, r"/no/such\.arrow: no such lexicon"),
    ],
)
def test_wrong_fields_are_refused(cls, fields, message):
    with pytest.raises(TextaugError, match=message):
        cls(**fields)


@pytest.mark.parametrize("cls", TRANSFORMS)
def test_it_stays_small_and_survives_pickling_and_its_dict(cls):
    aug = cls(rate=0.5, pos=["noun"], stop_words=["the"])
    aug("a happy film")
    assert pickle.loads(pickle.dumps(aug)) == aug and len(pickle.dumps(aug)) < 1000
    assert ta.load(aug.to_dict()) == aug
