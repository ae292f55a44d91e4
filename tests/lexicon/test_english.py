"""The shipped lexicon: what a reader may meet in it, and how large it is."""

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from textaug.errors import UsageError
from textaug.languages import en
from textaug.lexicon import Lexicon, Relation, describe
from textaug.lexicon.polish import OFFENSIVE
from textaug.lexicon.store import ENGLISH


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.english()


@pytest.fixture(scope="module")
def forms(lexicon):
    arrays = lexicon.arrays
    whole, cuts = arrays.forms.tobytes(), arrays.form_start.tolist()
    return [whole[start:end].decode() for start, end in pairwise(cuts)]


def texts(lexicon, form, relation=Relation.SYNONYM, **options):
    return [candidate.text for candidate in lexicon.lookup(form, relation=relation, **options)]


def test_it_is_small_and_carries_its_licence():
    assert ENGLISH.stat().st_size <= 12_000_000
    assert "Princeton University" in (Path(ENGLISH).parent / "LICENSE.wordnet").read_text()
    held = describe(ENGLISH)
    assert (held["language"], held["source"]) == ("en", "WordNet 3.0")
    assert held["keys"] > 100_000
    assert all(count > 10_000 for count in held["candidates"].values())


def test_opening_it_reads_little_of_it(lexicon):
    started = time.process_time()
    for _ in range(5):
        Lexicon.english()
    assert time.process_time() - started < 0.1  # the second time it is there already


@pytest.mark.parametrize(
    ("form", "candidate"),
    [
        ("walked", "strolled"),
        ("strolled", "sauntered"),
        ("geese", "fatheads"),
        ("movies", "films"),
        ("buying", "purchasing"),
        ("bigger", "larger"),
        ("biggest", "largest"),
        ("film", "motion picture"),
        ("autos", "cars"),
        ("frequently", "often"),
        ("China", "Cathay"),
        ("began", "started"),
        ("kids", "children"),
    ],
)
def test_candidates_have_the_form_of_the_word(lexicon, form, candidate):
    assert candidate in texts(lexicon, form)


def test_a_past_form_that_is_no_participle_fits_only_one_of_two_uses(lexicon):
    assert not {"took the air", "taken the air"} & set(texts(lexicon, "walked"))


@pytest.mark.parametrize(("form", "antonym"), [("good", "bad"), ("won", "lost"), ("biggest", "littlest")])
def test_antonyms_have_the_form_of_the_word(lexicon, form, antonym):
    assert antonym in texts(lexicon, form, Relation.ANTONYM)


def test_a_satellite_takes_the_antonym_of_its_head(lexicon):
    assert texts(lexicon, "huge", Relation.ANTONYM) == []
    assert "small" in texts(lexicon, "huge", Relation.INDIRECT_ANTONYM)


def test_derivations_change_the_part_of_speech(lexicon):
    (found,) = [one for one in lexicon.lookup("happy", relation=Relation.DERIVATION) if one.text == "happiness"]
    assert found.pos == ("noun",)


def test_names_are_found_with_a_capital_only(lexicon):
    assert "Cathay" in texts(lexicon, "China") and not set(texts(lexicon, "china")) & set(texts(lexicon, "China"))


def test_pos_filters_and_refuses_unknown_ones(lexicon):
    assert texts(lexicon, "run", pos=("noun",)) != texts(lexicon, "run", pos=("verb",))
    with pytest.raises(UsageError, match="no part of speech 'nown'; did you mean 'noun'"):
        lexicon.lookup("run", pos=("nown",))


def test_the_likely_sense_comes_first(lexicon):
    for word in ("movie", "walked", "car", "begins", "huge"):
        shares = [candidate.share for candidate in lexicon.lookup(word, relation=Relation.SYNONYM)]
        assert shares == sorted(shares, reverse=True)
    assert texts(lexicon, "car")[0] == "automobile"


def test_nothing_is_proposed_that_embarrasses(forms):
    assert not (OFFENSIVE - {"lay"}).intersection(forms)  # `lay` is also what one did who lies now
    assert not [form for form in forms if any(letter.isdigit() for letter in form)]
    assert not [form for form in forms if len(form) == 1 or (len(form) <= 3 and form.isupper())]
    assert not {"ii", "iii", "iv", "atomic number 79"}.intersection(forms)


def test_numbers_have_no_synonyms(lexicon):
    for word in ("one", "two", "seven", "hundred", "third"):
        assert lexicon.lookup(word) == []


def test_no_form_proposes_itself_and_none_twice(lexicon):
    arrays = lexicon.arrays
    keys = arrays.words.view(np.uint8).tobytes()
    for key in range(0, len(lexicon), 97):
        form = keys[8 * arrays.starts[key] : 8 * arrays.starts[key + 1]].rstrip(b"\0").decode()
        for found in (lexicon.lookup(form), lexicon.lookup(form.capitalize())):
            held = [(one.relation, one.text.lower()) for one in found]
            assert len(held) == len(set(held)) and form not in {text for _, text in held}


def test_vowel_sounds_are_stored(lexicon, forms):
    for form, vowel in list(zip(forms, lexicon.arrays.vowel.tolist(), strict=True))[::50]:
        assert bool(vowel) == en.vowel_sound(form)


def test_a_view_holds_the_usable_candidates(lexicon):
    options = {"top": 2, "share": 0.1, "without": ("good", "nosuchword")}
    view = lexicon.view((Relation.ANTONYM, Relation.INDIRECT_ANTONYM), **options)
    good, huge, better = (2 * int(key) for key in lexicon.keys(("good", "huge", "better")))
    assert view.count[good] == 0
    assert view.count[huge] == 2 and view.count.max() <= 2
    assert view.count[better] == 1
    assert lexicon.view((Relation.ANTONYM, Relation.INDIRECT_ANTONYM), **options) is view
