"""Laws over everything registered: identity at rate zero, edits that change, exact rates, even and unrelated places."""

from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    MASKED,
    STAND_INS,
    WHOLE,
    any_transform,
    columns,
    eager,
    fewer,
    idle,
    is_composition,
    leaves,
    rows_of_text,
    spans_of,
    transforms,
)

import textaug as ta

NAMES = list(ta.registry())
PLACED = [name for name in leaves() if name not in (*WHOLE, *MASKED)]  # models: see transforms/test_contextual.py
RATED = [name for name in leaves() if "rate" in ta.registry()[name].__dataclass_fields__]


# Rate zero, and what is not edited.


@pytest.mark.parametrize("name", NAMES)
@fewer
@given(rows=columns, data=st.data())
def test_asked_for_nothing_it_returns_the_input_byte_for_byte(name, rows, data):
    spans = [[] if row is None else some for row, some in zip(rows, data.draw(spans_of(rows)), strict=True)]
    done = idle(name).apply(rows, spans=spans)
    assert done.text == rows and not any(done.edits)
    assert done.spans == spans and all(one.changed == 0 for one in done.applied)


@given(made=any_transform, rows=columns)
def test_a_chance_of_zero_is_identity(made, rows):
    assert replace(made, p=0.0)(rows) == rows


@pytest.mark.parametrize("name", NAMES)
@fewer
@given(rows=rows_of_text, data=st.data())
def test_a_selected_unit_changes(name, rows, data):
    """No replacement equals what stood there, and none is left out of what is told."""
    done = data.draw(transforms(name)).apply(rows)
    for text, edits in zip(rows, done.edits, strict=True):
        assert all(text[edit.start : edit.end] != edit.text for edit in edits)
        assert all(one.end <= other.start for one, other in pairwise(edits))


@given(made=any_transform, rows=rows_of_text, data=st.data())
def test_protected_spans_keep_their_surface(made, rows, data):
    """Whatever a recipe does, as long as all of its steps protect spans, which is the default."""
    spans = data.draw(spans_of(rows))
    done = _protecting(made).apply(rows, spans=spans)
    before = [[row[a:b] for a, b, _ in some] for row, some in zip(rows, spans, strict=True)]
    after = [[row[a:b] for a, b, _ in some] for row, some in zip(done.text, done.spans, strict=True)]
    assert after == before
    assert [[label for *_, label in row] for row in done.spans] == [[label for *_, label in row] for row in spans]


def _protecting(made):
    if is_composition(type(made)):
        return replace(made, steps=tuple(map(_protecting, made.steps)))
    return replace(made, on_span="protect")


@given(made=any_transform, rows=rows_of_text, data=st.data())
def test_spans_that_are_left_never_hold_what_was_dropped(made, rows, data):
    """With on_span="drop" in all steps, a span that is left reads as it did."""

    def dropping(made):
        if is_composition(type(made)):
            return replace(made, steps=tuple(map(dropping, made.steps)))
        return replace(made, on_span="drop")

    spans = data.draw(spans_of(rows))
    labelled = [[(a, b, row[a:b]) for a, b, _ in some if a < b] for row, some in zip(rows, spans, strict=True)]
    done = dropping(made).apply(rows, spans=labelled)
    for text, some in zip(done.text, done.spans, strict=True):
        assert all(text[a:b] == surface for a, b, surface in some)


# Rates: 5 standard deviations, with fixed seeds.


@pytest.fixture(scope="module")
def lines(reviews, chinese_reviews):
    """Return 4,000 lines of 200 characters, three of real English, then one of real Chinese."""
    english = [review[first : first + 200] for review in reviews for first in range(0, len(review) - 199, 200)]
    chinese = [review[:200] for review in chinese_reviews]
    return [chinese[k // 4] if k % 4 == 3 else english[k - k // 4] for k in range(4000)]


@pytest.mark.parametrize("rate", [0.02, 0.15, 0.5])
@pytest.mark.parametrize("name", RATED)
def test_the_realised_rate_is_the_one_asked_for(name, rate, lines):
    """A Bernoulli draw a unit: n * rate * (1 - rate); a budget of pairs a row: at most 1 for each row.

    A word now and then finds no partner that reads differently; half of all letters do not fit in pairs any more.
    """
    some = lines[:: 9 if name in MASKED else 1]
    (done,) = ta.registry()[name](rate=rate, **STAND_INS.get(name, {})).apply(some, want_edits=False).applied
    variance = done.eligible * rate * (1 - rate)
    if name in ("CharSwap", "WordSwap"):
        variance = min(variance, len(lines))
    assert done.eligible > 500
    lost = {"WordSwap": 0.002, "CharSwap": 0.01 * (rate == 0.5)}.get(name, 0) * rate * done.eligible
    assert -5 * np.sqrt(variance) - lost < done.changed - rate * done.eligible < 5 * np.sqrt(variance)
    assert done.asked == rate and done.realised == done.changed / done.eligible


@pytest.mark.parametrize("name", RATED)
def test_a_rate_of_one_changes_all_that_is_eligible(name, lines):
    some = lines[: 100 if name in MASKED else 500]
    (done,) = ta.registry()[name](rate=1.0, **STAND_INS.get(name, {})).apply(some, want_edits=False).applied
    share = {"CharSwap": 0.75, "WordSwap": 0.9}.get(name, 1.0)  # one is left over, or all the others read the same
    assert share * done.eligible <= done.changed <= done.eligible


# Places: many rows alike, of 80 units that are all eligible.

ROWS, PLACES, RATE = 2000, 80, 0.1
BERNOULLI = [name for name in RATED if name not in ("CharSwap", "WordSwap", "SynonymInsert", *MASKED)]
WORDS = ["".join(word) for word, _ in zip(product("bcdf", "aeio", "klmn", "aeio"), range(PLACES + 1), strict=False)]
IN_ORDER = ("WordDelete", "WordShuffle", "WordSwap", "PunctuationInsert", "WordSplit")  # units that differ
UNITS = {
    **dict.fromkeys(("AntonymReplace", "SynonymInsert", "SynonymReplace"), "good "),
    **dict.fromkeys(("CaseNoise", "Homoglyph", "Leetspeak", "ZeroWidth"), "a"),
    **dict.fromkeys(("Homophone", "PinyinSlip"), "是"),
    **dict.fromkeys(("SentenceDelete", "SentenceDuplicate"), "Ab. "),
    **dict.fromkeys(("RandomInsert", "WordMerge"), "ab "),
    **dict.fromkeys(("NegationInsert", "NegationToggle"), "It was big. "),
    "ChineseVariant": "头发 ", "ClauseShuffle": "Ab, cd. ", "Contract": "do not ", "Derive": "happy ",
    "EntitySwap": "Paris ", "Expand": "don't ", "Inflect": "film ", "NegatingPrefix": "possible ",
    "NegationRemove": "It was not big. ", "NumberPerturb": "1234 ", "OCRNoise": "e", "PrefixReplace": "include ",
    "SimilarShape": "己", "SpellingError": "receive ", "SubwordDropout": "unbelievable ", "SuffixReplace": "painful ",
}  # fmt: skip
BETWEEN = ("WordMerge", "ZeroWidth")  # what is edited stands between two units
BEHIND = ("CharInsert", "ZeroWidth")  # what is put in stands behind a letter, where the next one begins


def row_for(name):
    """Return a text of 80 units that are eligible for a transform, and how long each is."""
    if name in UNITS:
        return UNITS[name] * (PLACES + (name in BETWEEN)), len(UNITS[name])
    if name == "SentenceShuffle":
        return "".join(f"{word.title()}. " for word in WORDS[:PLACES]), 6
    words = WORDS[: PLACES if name in IN_ORDER else PLACES // 4]
    return (" ".join(words), 5) if name in IN_ORDER else ("".join(words), 1)


def covered(edit, size, name):
    """Return the range of the units that an edit is about; a blank of the next one does not count."""
    if edit.start == edit.end:
        first = (edit.start - (name in BEHIND)) // size
        return first, first + 1
    least = min(2, edit.end - edit.start, size)
    return -(-(edit.start - size + least) // size), (edit.end - least) // size + 1


def edited(made, rows=ROWS, **options):
    """Return which units were edited: bool, shape (rows, 80)."""
    name = type(made).__name__
    text, size = row_for(name)
    places = np.zeros((rows * options.get("copies", 1), PLACES), bool)
    for row, edits in enumerate(made.apply([text] * rows, **options).edits):
        for edit in edits:
            first, last = covered(edit, size, name)
            places[row, max(first, 0) : last] = True
    return places


def rated(name):
    fields = {"CharNoise": {"cer": RATE}, "WordShuffle": {}, "SentenceShuffle": {"window": 3}, "SubwordDropout": {}}
    return ta.registry()[name](**fields.get(name, {"rate": RATE}))


@pytest.fixture(scope="module")
def places():
    """Return what each transform edits in 2,000 rows."""
    return {name: edited(rated(name)) for name in PLACED}


@pytest.mark.parametrize("name", BERNOULLI)
def test_every_place_of_a_row_is_edited_as_often(places, name):
    """Chi-square with 80 degrees of freedom: at most its mean and 5 standard deviations."""
    counts = places[name].sum(axis=0)
    assert ((counts - ROWS * RATE) ** 2 / (ROWS * RATE * (1 - RATE))).sum() < PLACES + 5 * np.sqrt(2 * PLACES)


@pytest.mark.parametrize("name", PLACED)
def test_no_part_of_a_row_is_spared(places, name):
    """Pairs and budgets are not Bernoulli draws, and the outermost units have but one neighbour: tenths of a row.

    A tenth has 1,600 expected edits; 5 standard deviations are 12 %. The outer tenths may lack one unit in eight.
    """
    counts = places[name].sum(axis=0)
    tenths = counts.reshape(10, -1).sum(axis=1)
    assert counts.min() > 0
    assert (abs(tenths[1:-1] / tenths[1:-1].mean() - 1) < 0.12).all()
    assert (abs(tenths[[0, -1]] / tenths[1:-1].mean() - 1) < 0.12 + 0.125).all()


@pytest.mark.parametrize("name", PLACED)
def test_no_rows_are_spared(places, name):
    """20 blocks of 100 rows: each within 5 standard deviations of the mean block, by the rows' own variance."""
    rows = places[name].sum(axis=1)
    blocks = rows.reshape(20, -1).sum(axis=1)
    assert (abs(blocks - rows.mean() * 100) < 5 * max(rows.std(), 0.5) * 10).all()


@pytest.mark.parametrize("name", BERNOULLI)
def test_rows_vary_as_independent_draws_do(places, name):
    """The binomial's variance, 80 * 0.1 * 0.9, within 5 standard errors: sqrt(2 / 2000) of it each."""
    variance = places[name].sum(axis=1).var()
    assert abs(variance / (PLACES * RATE * (1 - RATE)) - 1) < 5 * np.sqrt(2 / ROWS)


def correlation(one, other):
    return abs(np.corrcoef(one.ravel(), other.ravel())[0, 1])


# Correlations of 160,000 pairs of places: 5 standard errors are 0.0125, and 0.0177 of half as many. Swaps and shuffles
# edit neighbours together, which leaves at most half as many independent places and a mean that differs from place to
# place: 0.03.


@pytest.mark.parametrize("name", PLACED)
def test_rows_epochs_copies_and_seeds_are_unrelated(places, name):
    bound = 0.0125 if name in BERNOULLI else 0.03
    centred = places[name] - places[name].mean(axis=0)
    assert correlation(centred[1:], centred[:-1]) < bound
    one = rated(name)
    half = ROWS // 2
    others = [edited(one, half, epoch=1), edited(one, half, seed=1), edited(one, half, copies=2)[1::2]]
    for other in others:
        same_rows = centred[: len(other)]
        assert correlation(same_rows, other - other.mean(axis=0)) < bound * np.sqrt(ROWS / len(other))


@pytest.mark.parametrize("name", BERNOULLI)
def test_neighbouring_units_are_unrelated(places, name):
    assert correlation(places[name][:, 1:], places[name][:, :-1]) < 0.0125


def test_transforms_do_not_select_alike(places):
    """Each node has draws of its own, though seed, row and unit are the same."""
    centred = {name: made - made.mean(axis=0) for name, made in places.items()}
    for one, other in combinations(centred, 2):
        assert correlation(centred[one], centred[other]) < 0.03, (one, other)


@pytest.mark.parametrize("name", PLACED)
def test_no_seed_is_special(name):
    """The share of rows that are touched at all is alike for small, large and negative seeds, 0 too."""
    shares = [edited(rated(name), rows=300, seed=seed).mean() for seed in (0, 7, 8, 9, 2**64, -1)]
    assert max(shares) - min(shares) < 10 * np.sqrt(RATE / 300 / PLACES)


# Addresses: a step's draws are its own.


@pytest.mark.parametrize("name", leaves())
def test_another_step_does_not_re_randomise_this_one(name):
    rows = ["The happy people bought an old house near the big lake, 3 miles away."] * 60
    other = eager("WordDelete" if name != "WordDelete" else "WordSwap", p=0.5)
    alone, step = eager(name)(rows), eager(name)
    assert ta.Compose([idle(type(other).__name__), step])(rows) == alone
    done = ta.Compose([other, step]).apply(rows)
    untouched = ~done.applied[0].rows
    assert untouched.any() and not untouched.all()
    assert np.array(done.text)[untouched].tolist() == np.array(alone)[untouched].tolist()


def test_occurrences_of_one_transform_draw_for_themselves():
    rows = ["abcdefgh" * 5] * 200
    first, second = ta.CharSubstitute(rate=0.5), ta.CharDelete(rate=0.0)
    assert ta.Compose([first, second])(rows) == ta.Compose([second, first])(rows) == first(rows)
    twice = ta.Compose([ta.CharDelete(rate=0.5), ta.CharDelete(rate=0.5)]).apply(rows)
    assert abs(sum(map(len, twice.text)) / (200 * 40) - 0.25) < 5 * np.sqrt(0.25 * 0.75 / 8000)
