"""Rows of ids with masks in them: which tokens a word has, and windows of what is too long for a model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textaug.models.masked.model import Ask
from textaug.models.masked.wordpiece import Pieces

SHARE = 4
"""At most every so manieth token of a row is masked at a time, so that the others tell something."""


class Site(NamedTuple):
    """Where words are sought: the tokens from `first` up to `stop` give way to so many masks."""

    first: int
    stop: int
    masks: int


def tokens_of(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    """Return the first token of a word and the one behind its last, where both stand exactly at its edges."""
    first, stop = bisect_left(pieces.start, start), bisect_left(pieces.start, end)
    if first == stop or pieces.start[first] != start or pieces.end[stop - 1] != end:
        return None
    return first, stop


def asks_of(ids: Sequence[int], sites: Sequence[Site], mask: int, limit: int) -> Iterator[tuple[Ask, list[int]]]:
    """Yield what to ask for the sites of a row, which come in order, and which sites each of them is for.

    The places of an `Ask` are those of its sites' masks, one site behind the other.
    """
    masks = sum(site.masks for site in sites)
    times = max(1, -(-masks * SHARE // max(1, len(ids))))
    for turn in range(times):
        some = list(range(turn, len(sites), times))
        row: list[int] = []
        places: list[int] = []  # of each site's first mask
        at = 0
        for k in some:
            row += ids[at : sites[k].first]
            places.append(len(row))
            row += [mask] * sites[k].masks
            at = sites[k].stop
        row += ids[at:]
        yield from _windows(row, some, [sites[k].masks for k in some], places, limit)


def _windows(
    row: list[int], numbers: list[int], sizes: list[int], places: list[int], limit: int
) -> Iterator[tuple[Ask, list[int]]]:
    """Cut a row that is too long into windows around its sites; those near one another share one."""
    k = 0
    while k < len(numbers):
        begin = max(0, min(places[k] - limit // 3, len(row) - limit))
        stop = min(len(row), begin + limit)
        edge = stop if stop == len(row) else stop - limit // 6
        last = k + 1
        while last < len(numbers) and places[last] + sizes[last] <= edge:
            last += 1
        inside = [
            place - begin + j for place, size in zip(places[k:last], sizes[k:last], strict=True) for j in range(size)
        ]
        yield Ask(row[begin:stop], inside), numbers[k:last]
        k = last
