"""Filter: what passes is what the steps make, what does not is what it was, and all of it is counted."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SENTENCES, any_transform, columns, eager, fewer, rows_of_text, spans_of, transforms

import textaug as ta
from textaug import batch
from textaug.draws import Address
from textaug.engine import run


class Parity(ta.Check):
    """Reject about half of all outputs, by what they say and nothing else."""

    reason = "odd"

    def passes(self, before, after):
        return np.array([sum(text.encode()) % 2 == 0 for text in after], bool)


class Nothing(ta.Check):
    reason = "refused"

    def passes(self, before, after):
        return np.zeros(len(after), bool)


class Everything(ta.Check):
    def passes(self, before, after):
        return np.ones(len(after), bool)


PARITY = Parity()
SPAN = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("label", pa.string())]))


def column(spans):
    keys = ("start", "end", "label")
    return pa.array([[dict(zip(keys, span, strict=True)) for span in row] for row in spans], SPAN)


def outcome(made, rows, ids=None, **options):
    ids = np.arange(len(rows)) if ids is None else np.array(ids)
    return run(made, pa.array(rows, pa.string()), row_ids=ids.astype(np.uint64), want_edits=True, **options)


def told(done):
    """Return what an outcome says of each row, and of its nodes."""
    columns = [done.text, done.edits] + ([] if done.spans is None else [done.spans])
    nodes = [(one.node, one.eligible, one.changed, one.rows.tolist(), dict(one.skipped)) for one in done.applied]
    return list(zip(*(column.to_pylist() for column in columns), strict=True)), nodes


# What passes, and what does not.


@given(made=any_transform, rows=rows_of_text, data=st.data())
def test_what_passes_is_what_the_steps_make_alone_and_what_does_not_is_what_it_was(made, rows, data):
    """Text, spans and edits, under whatever on_span the steps have."""
    spans = data.draw(spans_of(rows))
    alone, _ = told(outcome(made, rows, spans=column(spans)))
    kept, nodes = told(outcome(ta.Filter([made], checks=[PARITY]), rows, spans=column(spans)))
    given, _ = told(outcome(eager("WordSwap", p=0.0), rows, spans=column(spans)))
    passes = PARITY.passes(rows, [row[0] for row in alone])
    assert kept == [new if good else old for new, old, good in zip(alone, given, passes, strict=True)]
    assert nodes[-1][-1] == ({"odd": int((~passes).sum())} if not passes.all() else {})


@given(made=any_transform, rows=rows_of_text)
def test_the_counts_are_those_of_the_rows_that_pass(made, rows):
    """Realised rates, rows and reasons: as if the rejected rows had never been there."""
    alone = outcome(made, rows)
    good = np.flatnonzero(PARITY.passes(rows, alone.text.to_pylist()))
    kept = outcome(ta.Filter([made], checks=[PARITY]), rows).applied[:-1]
    only = outcome(made, [rows[k] for k in good], good).applied
    for one, other in zip(kept, only, strict=True):
        assert (one.node, one.eligible, one.changed, one.asked) == (
            other.node, other.eligible, other.changed, other.asked,
        )  # fmt: skip
        assert one.rows[good].tolist() == other.rows.tolist() and one.rows.sum() == other.rows.sum()
        assert one.skipped == other.skipped and one.doubtful[good].tolist() == other.doubtful.tolist()


@given(made=any_transform, rows=columns)
def test_a_filter_that_refuses_all_is_identity_and_says_so(made, rows):
    done = ta.Filter([made], checks=[Nothing()], retries=2).apply(rows)
    there = sum(row is not None for row in rows)
    assert done.text == rows and not any(done.edits) and set(done.label_effects) <= {"preserves"}
    assert all(one.eligible == one.changed == 0 and not one.rows.any() for one in done.applied)
    expected = {"refused, tried again": 2 * there, "refused": there} if there else {}
    assert done.applied[-1].skipped == expected and done.applied[-1].left.sum() == there


@given(made=any_transform, rows=columns)
def test_a_filter_that_refuses_nothing_does_nothing(made, rows):
    """Its steps have the draws that they have without it, also in a recipe with others before and behind."""
    recipe, filtered = (
        ta.Compose([ta.WordSwap(rate=0.3), step, ta.WordSwap(rate=0.3)])
        for step in (made, ta.Filter([made], checks=[Everything()], retries=3))
    )
    one, other = recipe.apply(rows), filtered.apply(rows)
    assert (one.text, one.edits) == (other.text, other.edits)
    nodes = [node.node for node in other.applied]
    assert [node.node for node in one.applied] == [*nodes[:-2], nodes[-1]]


def test_nulls_and_rows_that_p_leaves_out_are_not_judged():
    done = ta.Filter([eager("WordSwap")], p=0.5, checks=[Nothing()]).apply([*SENTENCES * 10, None])
    assert 0 < done.applied[-1].skipped["refused"] < 120


# Retries.


class Wanted(ta.Check):
    def passes(self, before, after):
        return np.array([text.startswith("b") for text in after], bool)


def test_a_try_that_passes_is_found_where_there_is_one():
    """Half of all swaps of two words pass; of ten tries one does, but for one row in a thousand."""
    rows = ["a b"] * 2000
    step = ta.WordSwap(rate=1.0, p=0.5)
    assert 800 < ta.Filter([step], checks=[Wanted()])(rows).count("b a") < 1200
    done = ta.Filter([step], checks=[Wanted()], retries=9).apply(rows)
    assert done.text.count("b a") >= 1990
    tries = done.applied[-1].skipped
    assert tries["Wanted, tried again"] + tries.get("Wanted", 0) == pytest.approx(2000, abs=250)
    assert tries.get("Wanted", 0) == done.text.count("a b") == done.applied[-1].left.sum()
    assert done.applied[0].changed == 2 * done.text.count("b a")


def test_a_retry_touches_the_rejected_rows_alone():
    """With more tries, the rows that passed before say what they said."""
    rows = SENTENCES * 20
    made = [ta.Filter([eager("WordSwap"), eager("CharDelete")], checks=[PARITY], retries=n)(rows) for n in range(4)]
    for fewer_tries, more in pairwise(made):
        settled = [k for k, (old, new) in enumerate(zip(rows, fewer_tries, strict=True)) if old != new]
        assert settled and all(fewer_tries[k] == more[k] for k in settled)
        assert fewer_tries != more


def test_tries_have_draws_of_their_own():
    """The text is the same, the rows are the same, and nearly all of six tries are different."""
    seen = []

    class Watch(ta.Check):
        def passes(self, before, after):
            seen.append(after[0])
            return np.zeros(len(after), bool)

    ta.Filter([ta.WordShuffle()], checks=[Watch()], retries=5)(" ".join("abcdefghijklmnop"))
    assert len(seen) == len(set(seen)) == 6
    seen.clear()
    inner = ta.Filter([ta.WordShuffle()], checks=[Watch()], retries=2)
    ta.Filter([inner], checks=[Nothing()], retries=2)(" ".join("abcdefghijklmnop"))
    assert len(seen) == len(set(seen)) == 9


def test_a_try_depends_on_its_address_alone():
    rows = SENTENCES * 3
    made = ta.Filter([eager("CharSubstitute")], checks=[PARITY], retries=2)
    given = [{}, {"address": Address(seed=1)}, {"address": Address(epoch=1)}, {"address": Address(copy=2)}]
    texts = [outcome(made, rows, **options).text.to_pylist() for options in given]
    assert all(one != other for k, one in enumerate(texts) for other in texts[:k])
    assert outcome(made, rows).text.to_pylist() == texts[0]


# Compositions, and how the work is cut.


@st.composite
def filters(draw, depth=2):
    """Draw filters in and around compositions, and in one another."""
    steps = [draw(any_transform)]
    if depth and draw(st.booleans()):
        steps.append(draw(filters(depth - 1)))
    kind = draw(st.sampled_from([ta.Compose, ta.OneOf, None]))
    made = ta.Filter(steps if kind is None else [kind(steps)], checks=[PARITY], retries=draw(st.integers(0, 2)))
    return ta.OneOf([made, eager("WordDelete")]) if draw(st.booleans()) else made


@fewer
@given(made=filters(), rows=rows_of_text, data=st.data())
def test_batches_tiles_and_order_make_no_difference(made, rows, data):
    spans = data.draw(spans_of(rows))
    whole, nodes = told(outcome(made, rows, spans=column(spans)))
    one_by_one = [outcome(made, [row], [k], spans=column([spans[k]])) for k, row in enumerate(rows)]
    assert [row for done in one_by_one for row in told(done)[0]] == whole
    order = data.draw(st.permutations(range(len(rows))))
    shuffled = outcome(made, [rows[k] for k in order], order, spans=column([spans[k] for k in order]))
    assert told(shuffled)[0] == [whole[k] for k in order]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "TILE_BYTES", 1)
        patch.setattr(batch, "TILE_ROWS", 2)
        assert told(outcome(made, rows, spans=column(spans))) == (whole, nodes)


@fewer
@given(made=filters(), rows=rows_of_text)
def test_edits_lead_from_the_old_text_to_the_new_one_and_counts_add_up(made, rows):
    done = outcome(ta.Compose([eager("CharDelete"), made, eager("WordSwap")]), rows)
    for old, new, edits in zip(rows, done.text.to_pylist(), done.edits.to_pylist(), strict=True):
        text = old
        for edit in reversed(edits):
            text = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
        assert text == new
    for one in done.applied:
        last = sum(count for why, count in one.skipped.items() if not why.endswith("tried again"))
        assert one.changed <= one.eligible and (one.left is None or last == one.left.sum())


def test_a_filter_in_a_choice_judges_its_own_rows():
    choice = ta.OneOf([ta.Filter([ta.WordDelete(rate=1.0)], checks=[Nothing()]), ta.WordDelete(rate=1.0)])
    done = choice.apply(["word"] * 300)
    assert done.applied[1].skipped["refused"] == done.text.count("word") == 300 - done.text.count("")
    assert done.applied[0].changed == 0 and done.applied[2].changed == done.text.count("")


def test_each_output_is_counted_under_the_first_check_that_it_does_not_pass():
    calls = []

    class Counting(Nothing):
        reason = "second"

        def passes(self, before, after):
            calls.append(len(after))
            return super().passes(before, after)

    rows = SENTENCES * 20
    done = ta.Filter([eager("WordSwap")], checks=[PARITY, Counting()]).apply(rows)
    found = Counter(done.applied[-1].skipped)
    assert found.total() == len(rows) and found["second"] == calls[0] and min(found.values()) > 50


@pytest.mark.parametrize("kind", ["protect", "keep", "drop"])
def test_spans_of_rejected_rows_stay_and_those_of_others_follow(kind):
    rows = ["one two three four", "five six seven eight"] * 50
    spans = [[(4, 7, "N"), (8, 13, "M")]] * 100
    step = ta.WordDelete(rate=0.4, on_span=kind)
    alone = step.apply(rows, spans=spans)
    done = ta.Filter([step], checks=[PARITY]).apply(rows, spans=spans)
    passes = PARITY.passes(rows, alone.text)
    assert 0 < passes.sum() < 100
    assert done.spans == [new if good else spans[0] for new, good in zip(alone.spans, passes, strict=True)]


def test_what_a_composition_protects_is_protected_in_every_try():
    rows = ["keep this and swap these words"] * 200
    made = ta.Compose([ta.Filter([ta.WordDelete(rate=0.5)], checks=[PARITY], retries=3)], protect=("this",))
    inner = ta.Filter([ta.WordDelete(rate=0.5)], checks=[PARITY], retries=3, protect=("these",))
    both = ta.Compose([eager("CharDelete", rate=0.1), inner, ta.WordDelete(rate=0.5)], protect=("this",))
    assert all("this" in row for row in made(rows)) and all("this" in row for row in both(rows))


def test_copies_are_judged_each_by_itself():
    rows = SENTENCES * 5
    made = ta.Filter([eager("WordSwap")], checks=[PARITY], retries=1)
    done = made.apply(rows, copies=3)
    singles = [outcome(made, rows, address=Address(copy=copy)) for copy in (1, 2, 3)]
    assert done.text[1::3] == singles[1].text.to_pylist()
    assert done.applied[-1].left[2::3].tolist() == singles[2].applied[-1].left.tolist()


# Parameters.


def test_steps_and_checks_may_be_given_alone():
    assert ta.Filter(ta.WordSwap(), checks=ta.Unchanged()) == ta.Filter([ta.WordSwap()], checks=[ta.Unchanged()])


def test_a_check_that_answers_for_too_few_is_refused():
    class Short(ta.Check):
        def passes(self, before, after):
            return np.ones(1, bool)

    with pytest.raises(ta.UsageError, match="Short: 1 answers for 12 texts; give one for each"):
        ta.Filter([eager("WordSwap")], checks=[Short()])(SENTENCES)


@given(data=st.data())
def test_a_filter_goes_through_a_recipe(data):
    made = data.draw(transforms("Filter"))
    for other in (ta.load(made.to_dict()), ta.parse(repr(made)), replace(made)):
        assert other == made and hash(other) == hash(made)
