"""EntitySwap: names for others of their type; spans stretch, labels stay, nothing else is touched."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

import textaug as ta
from textaug import EntitySwap
from textaug.languages.en import article
from textaug.lexicon.gazetteer import SHIPPED

TABLE = json.loads(SHIPPED.read_text())
TYPE = {name: kind for kind, names in TABLE.items() for name in names}


def swapped(text, **options):
    spans = options.pop("spans", None)
    return EntitySwap(rate=1.0, **options).apply(text, spans=spans, seed=1)


def new_names(text, **options):
    """Return what stood there and what stands there now, edit by edit."""
    return [(text[edit.start : edit.end], edit.text) for edit in swapped(text, **options).edits]


# Names in the text.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Alice flew from London to Japan.", ["Alice", "London", "Japan"]),
        ("(London), \"Paris\" and 'Rome'; Oslo's, Oslo’s", ["London", "Paris", "Rome", "Oslo", "Oslo"]),
        ("New York and New Yorkers, the Londoner, Londonderry", ["New York"]),
        ("@London #London http://x.y/London London@x.org London.", ["London"]),
        ("london LONDON London-based", []),
        ("Paris Hilton, Boston Legal, Lake Geneva, near Geneva", ["Geneva"]),
        ("In Paris. Paris. But Paris", ["Paris"] * 3),
        ("Mr. Smith, John Smith and Mr. Smythe", ["Smith", "John Smith"]),
        ("在北京大学读书的中国人去了日本", ["北京大学", "中国", "日本"]),
        ("我在London住", ["London"]),
        ("a University of Chicago man", ["University of Chicago"]),
    ],
)
def test_names_stand_between_borders_of_words_and_beside_no_further_name(text, found):
    names = [name for old, new in new_names(text) for name in [old] if new not in ("a", "an")]
    assert " ".join(names) == " ".join(found)


def test_a_name_cuts_no_word_of_chinese():
    assert new_names("今日本地新闻") == [] and [old for old, _ in new_names("日本人")] == ["日本"]


@pytest.mark.parametrize("seed", range(5))
def test_the_new_name_is_another_of_the_same_type_script_and_size(seed):
    rows = ["Alice Abbott lives in New York, Italy.", "张建国在上海工作，去过泰国。", "Toyota hired Brian."] * 20
    done = EntitySwap(rate=1.0).apply(rows, seed=seed)
    for text, edits in zip(rows, done.edits, strict=True):
        for edit in edits:
            old = text[edit.start : edit.end]
            assert edit.text != old and TYPE[edit.text] == TYPE[old]
            assert edit.text.isascii() or not old.isascii() or TYPE[old] == "CITY"  # São Paulo
            assert len(old.split()) == len(edit.text.split()) and (old.isascii() or len(old) == len(edit.text))


def test_articles_are_mended():
    rows = [f"{one} {city} bank; and {one.lower()} {city} one" for one in ("A", "An") for city in ("Rome", "Oslo")] * 20
    for text in EntitySwap(rate=1.0).apply(rows, seed=3).text:
        words = text.split()
        pairs = [(one, other) for one, other in pairwise(words) if one.lower() in ("a", "an")]
        assert len(pairs) == 2 and all(one.lower() == article(other) for one, other in pairs)
        assert pairs[0][0][0] == "A" and pairs[1][0][0] == "a"


@pytest.mark.parametrize("text", ["Plana Rome", "a  Rome", "x-a Rome", "a, Rome"])
def test_what_is_no_article_before_a_name_stays(text):
    done = EntitySwap(rate=1.0).apply([text] * 20).text
    assert all(one.startswith(text[: -len("Rome")]) and one != text for one in done)


@given(
    st.lists(
        st.one_of(
            texts,
            st.lists(st.sampled_from(["Rome", "a", "an", "张建国", " ", "中国人", ".", "New ", "York"])).map("".join),
        ),
        max_size=4,
    )
)
def test_only_names_and_articles_change(rows):
    done = EntitySwap(rate=1.0).apply(rows)
    for text, edits in zip(rows, done.edits, strict=True):
        for edit in edits:
            old = text[edit.start : edit.end]
            assert (old in TYPE and edit.text in TYPE) or {old.lower(), edit.text.lower()} == {"a", "an"}


# Annotated entities.


def test_a_span_stretches_to_the_new_name_and_keeps_its_label():
    text = "Ada Lovelace saw London and the Thames on Monday."
    spans = [(0, 12, "PER"), (17, 23, "LOC"), (32, 38, "RIVER"), (42, 48, "DATE")]
    done = swapped(text, spans=spans)
    assert [label for *_, label in done.spans] == [label for *_, label in spans]
    new = [done.text[a:b] for a, b, _ in done.spans]
    assert TYPE[new[0]] in ("MALE", "FEMALE") and TYPE[new[1]] == "CITY" and new[2:] == ["Thames", "Monday"]
    assert done.text == f"{new[0]} saw {new[1]} and the Thames on Monday."


def test_the_same_name_gets_the_same_new_one_throughout_a_text():
    rows = ["日本和德国都知道日本，日本人也去过德国。", "Rome, Oslo and Rome; Rome again"] * 10
    spans = [[(0, 2, "GPE"), (3, 5, "GPE"), (8, 10, "GPE"), (11, 13, "GPE"), (17, 19, "GPE")], None]
    for done in (EntitySwap(rate=0.7).apply(rows), EntitySwap(rate=0.7).apply(rows[:1], spans=spans[:1])):
        for text, edits in zip(rows, done.edits, strict=False):
            pairs = {(text[edit.start : edit.end], edit.text) for edit in edits}
            assert len(pairs) == len({old for old, _ in pairs})
    new = {edit.text for edits in EntitySwap(rate=1.0).apply(["in Rome"] * 50).edits for edit in edits}
    assert len(new) > 20  # texts do not share theirs


def test_labels_without_names_are_told():
    spans = [[(0, 4, "E"), (8, 12, "E"), (8, 12, None), (2, 2, "X")], [(0, 4, "E"), (0, 4, "LOC")]]
    done = EntitySwap(rate=1.0).apply(["Rome on Oslo", "Rome"], spans=spans)
    assert done.applied[0].skipped == {"no names for label 'E'": 3}
    assert EntitySwap(rate=1.0, entities="text").apply(["Rome"], spans=[[(0, 4, "E")]]).applied[0].skipped == {}
    assert EntitySwap(rate=1.0, p=0.0).apply(["Rome"], spans=[[(0, 4, "E")]]).applied[0].skipped == {}


def test_where_spans_are_given_the_text_is_not_searched_unless_asked_for():
    text = "London and Paris"
    assert new_names(text, spans=[]) == [] and new_names(text, spans=[], entities="spans") == []
    assert [old for old, _ in new_names(text, spans=[(0, 6, "LOC")])] == ["London"]
    assert [old for old, _ in new_names(text, spans=[(0, 6, "LOC")], entities="text")] == ["Paris"]
    assert new_names(text, entities="spans") == []


def test_other_spans_protect_stretch_or_go():
    text, spans = "the London office", [(4, 10, "LOC"), (0, 17, "ASPECT")]
    assert swapped(text, spans=spans).text == text
    kept = swapped(text, spans=spans, on_span="keep")
    assert [kept.text[a:b] for a, b, _ in kept.spans][1] == kept.text != text
    dropped = swapped(text, spans=spans, on_span="drop")
    assert [label for *_, label in dropped.spans] == ["LOC"] and dropped.text != text


def test_of_entities_that_overlap_only_the_inner_ones_are_swapped():
    text = "Bank of China in New York City"
    cases = {
        ((0, 13, "ORG"), (8, 13, "LOC")): {"China"},
        ((0, 13, "ORG"), (0, 13, "LOC")): set(),
        ((17, 30, "LOC"), (17, 25, "LOC")): {"New York"},
        ((17, 25, "LOC"), (21, 30, "LOC")): set(),
        ((0, 30, "LOC"), (17, 25, "LOC"), (21, 30, "LOC")): set(),
        ((0, 13, "ORG"), (0, 0, "LOC"), (13, 13, "LOC")): {"Bank of China"},
    }
    for spans, found in cases.items():
        assert {old for old, _ in new_names(text, spans=list(spans))} == found, spans


def test_protection_holds_for_names_and_for_articles():
    assert swapped("a Rome bank", protect=("Rome",)).text == "a Rome bank"
    for seed in range(9):
        text = EntitySwap(rate=1.0, protect_pattern="^a").apply("a Rome bank", seed=seed).text
        assert text.startswith("a ") and text != "a Rome bank"


def test_entities_of_ones_own(tmp_path):
    rows = ["Zorg met Blip on Vega.", "Blip left Vega for Rigel."]
    spans = [[(0, 4, "HERO"), (9, 13, "HERO"), (17, 21, "STAR")], [(0, 4, "HERO"), (10, 14, "STAR"), (19, 24, "STAR")]]
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(ta.gazetteer(rows, spans)))
    done = EntitySwap(rate=1.0, gazetteer=str(path)).apply(rows, spans=spans)
    assert done.text == ["Blip met Zorg on Rigel.", "Zorg left Rigel for Vega."]
    assert EntitySwap(rate=1.0, gazetteer=str(path))("Zorg on Vega") == "Blip on Rigel"


def test_a_name_of_several_types_is_left_where_no_label_tells_which(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({"PER": ["Washington", "Ada"], "LOC": ["Washington", "Rome"]}))
    aug = EntitySwap(rate=1.0, gazetteer=str(path))
    assert aug("Washington and Ada") == "Washington and Washington"
    assert aug.apply("in Washington", spans=[(3, 13, "LOC")]).text == "in Rome"


def test_a_composition_keeps_entities_in_step():
    text = "Ada Lovelace lived in London with three good friends."
    aug = ta.Compose([EntitySwap(rate=1.0), ta.WordDelete(rate=0.3), EntitySwap(rate=1.0), ta.CharNoise(cer=0.1)])
    for seed in range(20):
        done = aug.apply(text, spans=[(0, 12, "PER"), (22, 28, "LOC")], seed=seed)
        assert [TYPE[done.text[a:b]] in ("MALE", "FEMALE", "CITY") for a, b, _ in done.spans] == [True, True]


# Rates and draws: 5 standard deviations, with fixed seeds.


@pytest.mark.parametrize("rate", [0.05, 0.5])
@pytest.mark.parametrize("annotated", [False, True])
def test_the_realised_rate_is_the_one_asked_for_wherever_a_name_stands(rate, annotated):
    places, rows = 40, 1000
    spans = [[(5 * k, 5 * k + 4, "LOC") for k in range(places)]] * rows if annotated else None
    done = EntitySwap(rate=rate).apply(["Rome " * places] * rows, spans=spans)
    assert done.applied[0].eligible == places * rows
    counts = np.bincount([edit.start // 5 for row in done.edits for edit in row], minlength=places)
    assert abs(counts.sum() - places * rows * rate) < 5 * np.sqrt(places * rows * rate * (1 - rate))
    assert (abs(counts - rows * rate) < 5 * np.sqrt(rows * rate * (1 - rate))).all()


def test_every_other_name_is_as_likely():
    done = EntitySwap(rate=1.0).apply(["Rome"] * 20_000).text
    cities = [name for name in TABLE["CITY"] if " " not in name and name != "Rome" and ord(name[0]) < 0x250]
    names, counts = np.unique(done, return_counts=True)
    assert set(names) == set(cities)
    expected = 20_000 / len(cities)
    assert ((counts - expected) ** 2 / expected).sum() < len(cities) + 5 * np.sqrt(2 * len(cities))


def test_a_gazetteer_that_is_none_is_refused_when_the_transform_is_made(tmp_path):
    (tmp_path / "bad.json").write_text("[]")
    for path, message in (("nowhere.json", "cannot read"), (str(tmp_path / "bad.json"), "write {type: [names]}")):
        with pytest.raises(ta.UsageError) as error:
            EntitySwap(gazetteer=path)
        assert message in str(error.value) and "EntitySwap: gazetteer=" in str(error.value)
