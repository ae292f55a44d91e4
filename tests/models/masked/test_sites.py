"""What a model is asked about a row: every site once, masks at its places, with text around it, in windows that fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.models.masked.sites import SHARE, Site, asks_of, tokens_of
from textaug.models.masked.wordpiece import Pieces

MASK = -1


@st.composite
def rows(draw):
    """Draw a row of ids that differ, sites in it, and how long a window may be."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    length, density = draw(st.integers(1, 150)), draw(st.sampled_from([0.02, 0.2, 0.6, 1.0]))
    inserts = draw(st.booleans())
    sites, at = [], 0
    while at < length:
        size = 0 if inserts else int(rng.integers(1, 4))
        if rng.random() < density and at + size <= length:
            sites.append(Site(at, at + size, int(rng.integers(1, 5))))
        at += max(size, 1)
    return list(range(100, 100 + length)), sites, draw(st.sampled_from([24, 40, 64, 500]))


@given(given=rows())
def test_every_site_is_asked_about_once(given):
    ids, sites, limit = given
    asked = [number for _, numbers in asks_of(ids, sites, MASK, limit) for number in numbers]
    assert sorted(asked) == list(range(len(sites)))


@given(given=rows())
def test_masks_stand_where_the_sites_are_and_the_text_around_them(given):
    """A window is a piece of the row with some sites masked: unmasked text is that of the row, in its order."""
    ids, sites, limit = given
    for ask, numbers in asks_of(ids, sites, MASK, limit):
        assert len(ask.ids) <= limit and numbers == sorted(numbers)
        assert [ask.ids[place] for place in ask.places] == [MASK] * sum(sites[k].masks for k in numbers)
        assert list(ask.places) == sorted(set(ask.places))
        at = 0
        for k in numbers:
            first, size = ask.places[at], sites[k].masks
            assert list(ask.places[at : at + size]) == list(range(first, first + size))
            if first and ask.ids[first - 1] != MASK:
                assert ask.ids[first - 1] == ids[sites[k].first - 1]
            if first + size < len(ask.ids) and ask.ids[first + size] != MASK:
                assert ask.ids[first + size] == ids[sites[k].stop]
            at += size
        plain = [one for one in ask.ids if one != MASK]
        assert plain == sorted(plain) and set(plain) <= set(ids)


@given(given=rows())
def test_what_gives_way_is_not_seen(given):
    ids, sites, limit = given
    for ask, numbers in asks_of(ids, sites, MASK, limit):
        gone = {one for k in numbers for one in ids[sites[k].first : sites[k].stop]}
        assert gone.isdisjoint(ask.ids)


@given(given=rows())
def test_every_site_is_seen_with_text_around_it(given):
    """A third of a window before it and a sixth behind it, as far as the row reaches."""
    ids, sites, limit = given
    for ask, numbers in asks_of(ids, sites, MASK, limit):
        at = 0
        for k in numbers:
            first, last = ask.places[at], ask.places[at + sites[k].masks - 1]
            at += sites[k].masks
            starts_row = ask.ids[0] in (ids[0], MASK)
            ends_row = ask.ids[-1] in (ids[-1], MASK)
            assert starts_row or first >= limit // 3
            assert ends_row or len(ask.ids) - 1 - last >= limit // 6 - sites[k].masks


def test_a_short_row_is_asked_about_at_once():
    ids, sites = list(range(100, 120)), [Site(3, 4, 1), Site(10, 12, 2)]
    (made,) = asks_of(ids, sites, MASK, 64)
    ask, numbers = made
    assert ask.ids == [*range(100, 103), MASK, *range(104, 110), MASK, MASK, *range(112, 120)]
    assert (ask.places, numbers) == ([3, 10, 11], [0, 1])


def test_what_is_put_in_lengthens_the_row():
    ask, _ = next(asks_of([5, 6], [Site(1, 1, 2)], MASK, 64))
    assert ask.ids == [5, MASK, MASK, 6] and ask.places == [1, 2]


def test_nothing_is_asked_without_sites():
    assert list(asks_of([1, 2, 3], [], MASK, 64)) == []


def test_at_most_a_quarter_is_masked_at_a_time():
    ids = list(range(100, 300))
    for step in (1, 2, 3, 10):
        for ask, _ in asks_of(ids, [Site(k, k + 1, 1) for k in range(0, 200, step)], MASK, 500):
            assert len(ask.places) <= len(ids) / SHARE + 1


@pytest.mark.parametrize("length", [1_000, 20_000])
def test_long_rows_take_about_as_many_windows_as_they_have_text(length):
    ids, limit = list(range(100, 100 + length)), 100
    made = list(asks_of(ids, [Site(k, k + 1, 1) for k in range(0, length, 10)], MASK, limit))
    assert len(made) <= length / limit * 2.5 and all(len(ask.ids) == limit for ask, _ in made)


def test_the_tokens_of_a_word_are_those_at_its_edges():
    pieces = Pieces([1, 2, 3, 4, 5], [0, 4, 8, 8, 12], [4, 7, 8, 11, 15])
    assert tokens_of(pieces, 0, 7) == (0, 2)
    assert tokens_of(pieces, 0, 4) == (0, 1)
    assert tokens_of(pieces, 12, 15) == (4, 5)
    assert tokens_of(pieces, 4, 7) == (1, 2)


def test_the_tokens_of_a_word_are_all_of_the_bytes_of_its_characters():
    """Byte-level tokenizers cut a character into tokens that stand at one place."""
    pieces = Pieces([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 2], [1, 1, 1, 2, 2, 3])
    assert tokens_of(pieces, 0, 1) == (0, 3) and tokens_of(pieces, 0, 2) == (0, 5) and tokens_of(pieces, 1, 3) == (3, 6)
    assert tokens_of(Pieces([1, 2], [0, 1], [2, 2]), 0, 1) is None  # the first one has a part of the next character


@pytest.mark.parametrize(("start", "end"), [(0, 3), (1, 4), (4, 10), (0, 16), (16, 20), (12, 14), (5, 7), (7, 8)])
def test_a_word_whose_edges_are_inside_of_tokens_has_none(start, end):
    pieces = Pieces([1, 2, 4, 5], [0, 4, 8, 12], [4, 7, 11, 15])
    assert tokens_of(pieces, start, end) is None
    assert tokens_of(Pieces([], [], []), start, end) is None
