"""Numbers: changed a little, written as they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import ClassVar, NamedTuple

import numpy as np

from textaug.batch import Batch
from textaug.draws import Draws, UnitDraws, threshold
from textaug.edits import Edits
from textaug.languages import figures, numerals
from textaug.transform import About, LabelEffect, Proposal, RateTransform, register
from textaug.units import Kind, Units, runs

_OUT_OF = re.compile(rb" out of (\d{1,9})(?![\d,.]\d)")  # 8 out of 10
_BEFORE = re.compile(rb"\d out of $")
_CALENDAR = {"月".encode(): 12, "日".encode(): 28, "时".encode(): 23, "点".encode(): 23}
_DECADE = "年代".encode()
_AROUND = 24  # bytes on either side


class Site(NamedTuple):
    """A number: its row, its place in the tile as bytes, how it is written, the largest that it may become, its `s`."""

    row: int
    start: int
    end: int
    text: str
    limit: int = figures.UNLIMITED
    plural: str = ""  # 80年代 is the 80s


@register
class NumberPerturb(RateTransform):
    """Change numbers a little, written as they were: 1,000 → 900, 21st → 22nd, 9/10 → 8/10, 三十五岁 → 三十三岁.

    Separators, decimals, leading zeros, currencies, percent signs and the digits of any script stay; times, dates,
    ranges and ratings stay possible; ordinals get their suffix; round numbers stay round if they can; a count of one
    stays, because its noun agrees with it. Chinese numerals count where a measure word says that they do. What may be
    a name (24/7, 3D, a version, a telephone number) is left alone.

    Args:
        scale: by which share of itself a number changes at most, and by one in its last place at least. Times change by
            a share of an hour, years of a century, decades of a hundred years.

    >>> from textaug import NumberPerturb
    >>> NumberPerturb(rate=1.0)("The 2nd of 1,200 films in 1999, at 10:30, cost $3.50 and got 9/10.", seed=1)
    'The 1st of 1,300 films in 1997, at 10:25, cost $3.70 and got 10/10.'
    """

    about: ClassVar[About] = About("word", "any")
    label_effect: ClassVar[LabelEffect] = "may change"
    native: ClassVar[bool] = False

    scale: float = 0.1

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_share("scale", self.scale)

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Change the selected numbers."""
        sites = sorted([*_written(batch), *_spelled(batch)])
        rows = np.array([site.row for site in sites], np.int32)
        offsets = np.searchsorted(rows, np.arange(len(batch) + 1)).astype(np.int32)
        start, end = (np.array([getattr(site, side) for site in sites], np.int32) for side in ("start", "end"))
        may = np.array([self._changed(site, lambda n: 0) is not None for site in sites], bool)
        may &= ~batch.overlaps(start, end)
        units = Units(offsets, start, end, np.full(len(sites), Kind.NUMBER, np.uint8))
        unit, row = self.select(batch, draws, units, may.view(np.uint8))
        index = unit - offsets[row]
        made = [
            self._changed(sites[u], UnitDraws(draws.key, int(batch.row_ids[r]), int(i)).below) or ""
            for u, r, i in zip(unit, row, index, strict=True)
        ]
        text = [one.encode() for one in made]
        stop = np.cumsum([0, *map(len, text)], dtype=np.int32)
        pool = np.frombuffer(b"".join(text), np.uint8)
        edits = Edits.of(row, len(batch), start[unit], end[unit], stop[:-1], stop[1:], text=pool)
        return Proposal(edits, int(np.count_nonzero(may)), len(unit))

    def _changed(self, site: Site, below: Callable[[int], int]) -> str | None:
        change = figures.Change(threshold(self.scale), below, site.limit)
        if site.text[-1] in numerals.CHARACTERS:
            return numerals.changed(site.text, change)
        made = figures.changed(site.text + site.plural, change)
        return None if made is None else made.removesuffix(site.plural)


def _written(batch: Batch) -> Iterator[Site]:
    """Yield the numbers in figures; what others are out of stays."""
    units = runs(batch)
    found = np.flatnonzero(units.kind == Kind.NUMBER)
    rows = np.searchsorted(units.row_offsets, found, side="right") - 1
    for row, start, end in zip(rows.tolist(), units.start[found].tolist(), units.end[found].tolist(), strict=True):
        before = batch.data[max(int(batch.offsets[row]), start - _AROUND) : start].tobytes()
        behind = batch.data[end : min(int(batch.offsets[row + 1]), end + _AROUND)].tobytes()
        if _BEFORE.search(before) is None:
            out_of = _OUT_OF.match(behind)
            limit = int(out_of[1]) if out_of else _CALENDAR.get(behind[:3], figures.UNLIMITED)
            plural = "s" if behind.startswith(_DECADE) else ""
            yield Site(row, start, end, batch.data[start:end].tobytes().decode(), limit, plural)


def _spelled(batch: Batch) -> Iterator[Site]:
    """Yield the Chinese numerals that count something, and percentages."""
    if not (batch.data >= numerals.FIRST_BYTE).any():
        return
    text = batch.data.tobytes()
    for row, (begin, end) in enumerate(pairwise(batch.offsets.tolist())):
        if batch.active is not None and not batch.active[row]:
            continue
        line = text[begin:end].decode()
        for match in numerals.COUNTED.finditer(line):
            start = begin + len(line[: match.start()].encode())
            limit = 100 if line.endswith(numerals.PERCENT, 0, match.start()) else figures.UNLIMITED
            yield Site(row, start, start + len(match[0].encode()), match[0], limit)
