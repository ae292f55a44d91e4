"""Cutting, permuting, trimming and putting together: what they are by definition, row by row."""

from itertools import pairwise, permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from textaug.draws import Purpose
from textaug.kernels.reference import draws as definition
from textaug.masking.objectives import segments
from textaug.masking.objectives.segments import CLS, MOST, SEP, Segments

KEY = 5
lengths = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=MOST), min_size=1, max_size=5)


def draw(row_id, purpose, index):
    return definition.blocks(KEY, np.array([row_id], np.uint64), purpose, np.array([index], np.uint32))[0].tolist()


def made(rows, first=3):
    """Return segments of these lengths, end to end, behind some tokens of nobody."""
    sizes = np.array([size for row in rows for size in row], np.int64)
    end = first + np.cumsum(sizes)
    return Segments(np.cumsum([0, *map(len, rows)]), end - sizes, end)


def ids_of(rows):
    return np.arange(7, 7 + len(rows), dtype=np.uint64)


def per_row(held):
    pairs = list(zip(held.start.tolist(), held.end.tolist(), strict=True))
    return [pairs[a:b] for a, b in zip(held.offsets[:-1].tolist(), held.offsets[1:].tolist(), strict=True)]


@given(sizes=st.lists(st.integers(0, 9), min_size=1, max_size=6), least=st.integers(1, 3), more=st.integers(0, 4))
def test_rows_are_cut_at_the_borders_that_draw_least(sizes, least, more):
    sentences = np.arange(sum(sizes) + 1) * 2 + 5
    last = np.cumsum(sizes)
    held = segments.cut(KEY, ids_of(sizes), sentences, last - sizes, last, least, least + more)
    for row, (size, found) in enumerate(zip(sizes, per_row(held), strict=True)):
        choices = max(min(size, least + more) - least, 0) + 1
        count = max(min(least + (draw(row + 7, Purpose.LENGTH, 0)[0] * choices >> 32), size), 1)
        borders = sorted(range(1, size), key=lambda at, row=row: draw(row + 7, Purpose.PLACE, at)[0])[: count - 1]
        edges = [0, *sorted(borders), size]
        wanted = [(sentences[last[row] - size + a], sentences[last[row] - size + b]) for a, b in pairwise(edges)]
        assert found == wanted


@given(rows=lengths)
def test_segments_are_permuted_by_their_draws_and_their_order_is_numbered(rows):
    held = made(rows)
    moved, number = segments.permute(KEY, ids_of(rows), held)
    for row, (before, after, found) in enumerate(zip(per_row(held), per_row(moved), number, strict=True)):
        order = sorted(range(len(before)), key=lambda at, row=row: draw(row + 7, Purpose.ORDER, at)[0])
        assert after == [before[at] for at in order]
        assert list(permutations(range(len(before))))[found] == tuple(order) if len(before) < 6 else found >= 0


def truncated(sizes, most, bits):
    """Return `truncate_seq_pair` of Google's BERT for any number of segments: (front, kept) of each."""
    held, front, lost = list(sizes), [0] * len(sizes), [0] * len(sizes)
    while sum(held) > most:
        longest = max(range(len(held)), key=lambda at: (held[at], at))
        front[longest] += bits(longest, lost[longest])
        lost[longest] += 1
        held[longest] -= 1
    return list(zip(front, held, strict=True))


@given(rows=lengths, most=st.integers(0, 40), scale=st.sampled_from([1, 1, 20, 50]))
def test_rows_are_trimmed_token_by_token_from_the_longest(rows, most, scale):
    held = made([[size * scale for size in row] for row in rows])

    def bits(row):
        return lambda segment, nth: (
            draw(row + 7, Purpose.TRIM, segment << 16 | nth >> 7)[nth >> 5 & 3] >> (nth & 31) & 1
        )

    cut = segments.trim(KEY, ids_of(rows), held, np.full(len(rows), most))
    for row, (before, after) in enumerate(zip(per_row(held), per_row(cut), strict=True)):
        wanted = truncated([end - start for start, end in before], most, bits(row))
        assert after == [(start + f, start + f + n) for (start, _), (f, n) in zip(before, wanted, strict=True)]


def test_either_end_loses_as_much():
    count = 4000
    held = made([[300, 300]] * count)
    cut = segments.trim(KEY, np.arange(count, dtype=np.uint64), held, np.full(count, 101))
    lost = 2 * 300 - 101
    assert (cut.end - cut.start).reshape(count, 2).tolist() == [[51, 50]] * count
    front = (cut.start - held.start).sum()
    assert abs(front / (count * lost) - 0.5) < 5 * 0.5 / np.sqrt(count * lost)


@given(rows=lengths)
def test_rows_are_laid_with_their_special_tokens(rows):
    held = made(rows)
    laid = segments.lay(held)
    for row, parts in enumerate(per_row(held)):
        wanted, number = [CLS], [0]
        for at, (start, end) in enumerate(parts):
            wanted += [*range(start, end), SEP]
            number += [at] * (end - start + 1)
        inside = slice(*laid.offsets[row : row + 2])
        assert laid.source[inside].tolist() == wanted and laid.segment[inside].tolist() == number


def test_every_number_of_segments_cut_and_order_is_as_likely():
    count = 60_000
    row_ids = np.arange(count, dtype=np.uint64)
    last = np.arange(1, count + 1) * 4
    held = segments.cut(KEY, row_ids, np.arange(4 * count + 1), last - 4, last, 1, 3)
    moved, number = segments.permute(KEY, row_ids, held)
    sizes = np.diff(held.offsets)
    seen = {}
    for size, order, found in zip(sizes.tolist(), number.tolist(), per_row(held), strict=True):
        cuts = tuple(start % 4 for start, _ in found[1:])
        seen[size, cuts, order] = seen.get((size, cuts, order), 0) + 1
    shares = {1: 1, 2: 3 * 2, 3: 3 * 6}  # as many ways for each number of segments
    assert len(seen) == sum(shares.values())
    chi = sum((n - count / 3 / shares[size]) ** 2 / (count / 3 / shares[size]) for (size, _, _), n in seen.items())
    assert chi < 24 + 4.5 * np.sqrt(48)  # 24 degrees of freedom
    assert moved.offsets.tolist() == held.offsets.tolist()
