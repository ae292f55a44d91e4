"""What a transform is: a rate, its limits, a chance, a registry; and how a user writes one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tile

import textaug as ta
from textaug import transform
from textaug.draws import Draws, threshold
from textaug.transform import Proposal, RateTransform, Transform, WordTransform

WORDS = "one two three four five six seven eight nine ten"


@pytest.fixture
def register():
    """Register transforms for one test only."""
    held = dict(transform._REGISTRY)
    yield ta.register
    transform._REGISTRY.clear()
    transform._REGISTRY.update(held)


def shouting():
    """Return a transform that reads words in capitals; what has none is no candidate."""

    class Shout(WordTransform):
        def replace(self, word, draws):
            return word.upper() if word.isalpha() else None

    return Shout


def changed(before, after):
    return [a != b for a, b in zip(before.split(), after.split(), strict=True)]


def test_a_transform_of_five_lines_can_all_that_the_others_can(register):
    shout = register(shouting())(rate=1.0, protect=("three",))
    assert ta.registry()["Shout"] is type(shout)
    assert shout("one 2 three") == "ONE 2 three"
    assert ta.load("Shout(rate=1.0, protect=['three'])") == shout
    done = shout.apply(["say it", None, "so 1"], spans=[[(0, 3, "x")], None, [(0, 2, "y")]])
    assert done.text == ["say IT", None, "so 1"]
    assert (done.applied[0].eligible, done.applied[0].changed) == (1, 1)
    assert [edit.by for row in done.edits for edit in row] == ["Shout"]


def test_a_simple_transforms_draws_have_addresses(register):
    class Pick(WordTransform):
        def replace(self, word, draws):
            return draws.pick("ABCDEF")

    pick = register(Pick)(rate=1.0)
    rows = [WORDS] * 50
    assert pick(rows) == [pick([row], row_ids=[k])[0] for k, row in enumerate(rows)]
    assert len(set(pick(rows))) == 50 and pick(rows, seed=1) != pick(rows)


def test_a_candidate_that_equals_the_word_is_none(register):
    done = register(shouting())(rate=1.0).apply("LOUD quiet")
    assert done.text == "LOUD QUIET"
    assert (done.applied[0].eligible, done.applied[0].changed) == (1, 1)


def test_a_simple_transform_may_delete_and_grow(register):
    class Vary(WordTransform):
        def replace(self, word, draws):
            return {"cut": "", "grow": "grow 中 grow"}.get(word)

    assert register(Vary)(rate=1.0)("cut me, grow é") == " me, grow 中 grow é"


def test_a_columnar_transform_needs_one_method(register):
    class Nothing(Transform):
        def propose(self, batch, draws):
            return Proposal(ta.edits.Edits.none(len(batch)), 0, 0)

    done = register(Nothing)().apply(["a", "b"])
    assert done.text == ["a", "b"] and done.applied[0].asked is None and done.applied[0].realised is None


def test_transforms_that_lack_their_method_say_so(register):
    class Empty(Transform):
        pass

    class Wordless(WordTransform):
        pass

    with pytest.raises(ta.UsageError, match=r"Empty defines no propose\(\)"):
        register(Empty)()("a")
    with pytest.raises(ta.UsageError, match=r"Wordless defines no replace\(\)"):
        register(Wordless)()("a")


def test_a_name_is_given_once(register):
    taken = type("WordSwap", (RateTransform,), {"__module__": "elsewhere"})
    with pytest.raises(ta.UsageError, match=r"'WordSwap' is registered already, by textaug.transforms.words"):
        register(taken)
    assert ta.registry()["WordSwap"] is ta.WordSwap


def test_the_registry_is_sorted_and_a_copy():
    names = list(ta.registry())
    assert names == sorted(names) and {"CharNoise", "Compose", "SynonymReplace"} <= set(names)
    ta.registry().clear()
    assert list(ta.registry()) == names


@given(
    rate=st.one_of(st.floats(0, 1), st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)),
    limits=st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(4, 12))),
)
def test_limits_bound_what_is_selected(rate, limits):
    made = ta.CharSubstitute(rate=rate, min_units=limits[0], max_units=limits[1])
    counts = [len(row) for row in made.apply(["abcdefgh", "abc", "", "1 2"] * 3).edits]
    for count, size in zip(counts, [8, 3, 0, 2] * 3, strict=True):
        assert count <= min(size, 12 if limits[1] is None else limits[1])
        assert count >= min(limits[0], size) or threshold(np.max(rate)) == 0


def test_a_rate_of_zero_selects_nothing_whatever_the_minimum():
    assert ta.CharDelete(rate=0.0, min_units=3)("letters") == "letters"
    assert ta.CharDelete(rate=(0.0, 0.0), min_units=3)("letters") == "letters"


def test_each_row_draws_its_rate_from_the_range():
    """2,000 rows of 60 letters: shares from 0.2 to 0.6, their mean within 5 standard errors of 0.4.

    A row's share varies by 0.4**2 / 12 between rates and by at most .24 / 60 within one: .131 a row, .0029 on average.
    """
    rows = ["abcdefghij" * 6] * 2000
    done = ta.CharSubstitute(rate=(0.2, 0.6)).apply(rows)
    shares = np.array([len(row) for row in done.edits]) / 60
    assert abs(shares.mean() - 0.4) < 5 * 0.0029
    assert shares.min() < 0.2 and shares.max() > 0.6  # the draws of units come on top
    assert abs(shares.std() - 0.131) < 0.01
    assert done.applied[0].asked == 0.4


@pytest.mark.parametrize("p", [0.0, 0.05, 0.5, 1.0])
def test_p_is_the_chance_that_a_row_is_touched(p):
    """Of 20,000 rows, within 5 standard deviations of the binomial."""
    done = ta.CharSubstitute(p=p, rate=1.0).apply(["abc"] * 20_000, want_edits=False)
    rows = done.applied[0].rows
    assert abs(rows.sum() - 20_000 * p) <= 5 * np.sqrt(20_000 * p * (1 - p))
    assert [text != "abc" for text in done.text] == rows.tolist()


def test_the_gate_and_the_selection_are_independent():
    rows = [WORDS] * 400
    all_rows = ta.CharSubstitute(rate=0.3)(rows)
    some = ta.CharSubstitute(rate=0.3, p=0.5)(rows)
    assert {one in (other, WORDS) for one, other in zip(some, all_rows, strict=True)} == {True}
    assert 0 < sum(one == WORDS for one in some) < 400


def test_thresholds_follow_rates_and_active_rows():
    batch, draws = tile(["a", "b", "c"], active=[1, 0, 1]), Draws(1, np.arange(3, dtype=np.uint64))
    assert ta.CharSwap(rate=0.5).thresholds(batch, draws).tolist() == [2**31, 0, 2**31]
    drawn = ta.CharSwap(rate=(0.25, 0.5)).thresholds(batch, draws)
    assert drawn[1] == 0 and all(2**30 <= drawn[k] <= 2**31 for k in (0, 2))
    assert (ta.CharSwap(rate=(0.5, 0.5)).thresholds(tile(["a"]), Draws(1, np.zeros(1, np.uint64))) == 2**31).all()


def test_from_dict_gives_the_class_that_was_asked():
    data = ta.WordSwap(rate=0.2).to_dict()
    assert ta.WordSwap.from_dict(data) == Transform.from_dict(data) == ta.WordSwap(rate=0.2)
    with pytest.raises(ta.UsageError, match="WordSwap is not a CharSwap"):
        ta.CharSwap.from_dict(data)
