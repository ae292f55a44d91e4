"""Words: deleted, swapped, shuffled and parted by marks, with all that stands between them kept."""

import itertools
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rows_of_text, texts, tile

import textaug as ta
from textaug.units import words

TEN = "one two three four five six seven eight nine ten"


def split(text):
    """Return (words, what stands between them)."""
    units, data = words(tile([text])), text.encode()
    borders = [0, *(at for pair in zip(units.start, units.end, strict=True) for at in pair), len(data)]
    pieces = [data[a:b].decode() for a, b in itertools.pairwise(borders)]
    return pieces[1::2], pieces[::2]


def test_everything_goes_at_a_rate_of_one():
    assert ta.WordDelete(rate=1.0)(["The plot is thin, but good.", "我爱Python编程3年。", TEN]) == [",.", "。", ""]


@given(text=texts, rate=st.floats(0, 1))
def test_deletion_keeps_the_other_words_and_all_marks(text, rate):
    done = ta.WordDelete(rate=rate).apply(text)
    old, between = split(text)
    kept = iter(old)
    gone = "".join(text[edit.start : edit.end] for edit in done.edits)
    assert not [edit for edit in done.edits if edit.text]
    assert Counter(gone.replace(" ", "")) <= Counter("".join(old))  # words and blanks, and nothing else
    left = "".join(between).replace(" ", "")
    assert Counter(left) <= Counter(done.text) and kept is not None
    assert done.applied[0].eligible == len(old)


def test_blanks_do_not_pile_up():
    for row in ta.WordDelete(rate=0.5)([TEN] * 200):
        assert "  " not in row and row == row.strip()


@given(text=texts, rate=st.floats(0, 1))
def test_a_swap_keeps_all_words_and_what_stands_between_them(text, rate):
    done = ta.WordSwap(rate=rate).apply(text)
    old, between = split(text)
    pieces = []
    moved = {edit.start: edit for edit in done.edits}
    at = 0
    for word, gap in zip(old, between, strict=False):
        at += len(gap)
        pieces.append(moved[at].text if at in moved else word)
        at += len(word)
    assert Counter(pieces) == Counter(old)
    made = "".join(gap + word for gap, word in zip(between, [*pieces, ""], strict=True))
    assert made == done.text
    assert sum(a != b for a, b in zip(old, pieces, strict=True)) == done.applied[0].changed == len(done.edits)


def test_swaps_come_in_pairs_from_all_over_the_row():
    """Each of 45 pairs of ten words in 9,000 rows with one swap each: chi-square, 44 degrees of freedom."""
    done = ta.WordSwap(rate=0.2).apply([TEN] * 9000)
    pairs = Counter(tuple(edit.text for edit in row) for row in done.edits)
    assert all(len(row) == 2 for row in done.edits)
    assert len(pairs) == 45
    # its mean and 5 standard deviations
    assert sum((count - 200) ** 2 / 200 for count in pairs.values()) < 44 + 5 * np.sqrt(2 * 44)


def test_limits_of_swaps_count_both_words():
    changed = [ta.WordSwap(rate=1.0, max_units=n).apply(TEN).applied[0].changed for n in (0, 1, 2, 3, 4, None)]
    assert changed == [0, 0, 2, 2, 4, 10]
    assert ta.WordSwap(rate=0.01, min_units=2).apply([TEN] * 20).applied[0].changed == 40


def test_words_that_are_alike_do_not_swap():
    assert ta.WordSwap(rate=1.0)(["no no no", "word", ""]) == ["no no no", "word", ""]
    assert ta.WordSwap(rate=1.0).apply(["word", ""]).applied[0].eligible == 0
    assert sorted(ta.WordSwap(rate=1.0)("no yes no").split()) == ["no", "no", "yes"]


@given(text=texts, window=st.integers(0, 6))
def test_a_shuffle_keeps_all_words_within_their_window(text, window):
    done = ta.WordShuffle(window=window).apply([text] * 3)
    old, between = split(text)
    for edits, made in zip(done.edits, done.text, strict=True):
        assert len(made) == len(text)
        places = {edit.start: edit.text for edit in edits}
        starts = np.cumsum([len(piece) for pair in zip(between, old, strict=False) for piece in pair])[::2]
        new = [places.get(int(at), word) for at, word in zip(starts, old, strict=False)]
        assert Counter(new) == Counter(old)
        for place, word in enumerate(new):
            assert word in old[max(place - window, 0) : place + window + 1]


def test_a_shuffle_moves_words_and_a_window_of_none_does_not():
    rows = [TEN] * 500
    assert ta.WordShuffle(window=0)(rows) == rows
    moved = np.array(
        [[a != b for a, b in zip(row.split(), TEN.split(), strict=True)] for row in ta.WordShuffle()(rows)]
    )
    assert moved.mean(axis=0).min() > 0.3 and len(set(ta.WordShuffle()(rows))) > 350


@pytest.mark.parametrize("window", [-1, 1.5, "3", True, None])
def test_a_window_is_a_number_of_places(window):
    with pytest.raises(ta.UsageError, match=r"WordShuffle: window=.*give an integer of at least 0"):
        ta.WordShuffle(window=window)


@given(rows=rows_of_text, rate=st.floats(0, 1))
def test_marks_are_put_in_and_nothing_else_changes(rows, rate):
    done = ta.PunctuationInsert(rate=rate).apply(rows)
    for old, new, edits in zip(rows, done.text, done.edits, strict=True):
        assert all(edit.start == edit.end for edit in edits)
        assert all(re.fullmatch(r"[.;?:!,] |[。；？：！，]", edit.text) for edit in edits)
        assert len(new) == len(old) + sum(len(edit.text) for edit in edits)


def test_marks_stand_before_words_behind_a_blank_and_before_chinese_ones():
    text = "(not here) but \there, it's 中文words 我们"
    places = {edit.start for edit in ta.PunctuationInsert(rate=1.0).apply(text).edits}
    assert {text[at:].split()[0] for at in places} == {"here)", "but", "here,", "it's", "中文words", "我们"}
    marks = {edit.text[0] for row in ta.PunctuationInsert(rate=1.0).apply([text] * 99).edits for edit in row}
    assert marks == set(".;?:!,。；？：！，")


def test_marks_are_drawn_evenly():
    """Six marks, 12,000 draws: chi-square with 5 degrees of freedom, as rarely exceeded as 5 sigma."""
    done = ta.PunctuationInsert(rate=1.0).apply([TEN] * 1200)
    counts = Counter(edit.text for row in done.edits for edit in row)
    assert len(counts) == 6 and sum((count - 2000) ** 2 / 2000 for count in counts.values()) < 38


def test_moved_words_take_their_spans_along():
    text = "Bob met Ann in Rome"
    spans = [(0, 3, "he"), (8, 11, "she"), (15, 19, "city"), (15, 17, "Ro")]
    for aug in (ta.WordSwap(rate=1.0, on_span="keep"), ta.WordShuffle(on_span="drop")):
        for seed in range(20):
            done = aug.apply(text, spans=spans, seed=seed)
            surfaces = {span.label: done.text[span.start : span.end] for span in done.spans}
            assert surfaces == {"he": "Bob", "she": "Ann", "city": "Rome", "Ro": "Ro"}
