"""Numbers: changed a little, written as they were."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import ClassVar, NamedTuple

import numpy as np

from textaug.batch import I32, Batch
from textaug.draws import Draws, Purpose, threshold
from textaug.edits import Edits
from textaug.languages import figures, numerals
from textaug.languages.bounds import bound
from textaug.transform import About, LabelEffect, Proposal, RateTransform, register
from textaug.units import Kind, Units, runs

_LONGEST = 120  # a number of more bytes is data
_DECADE, _BORN = "年代".encode(), "后".encode()  # 80年代; whoever was born then is 80后, which is a name


class Written(NamedTuple):
    """How a number is written, the largest that it may become, and its `s`: 80年代 is the 80s."""

    text: str
    limit: int
    plural: str = ""


class Sites(NamedTuple):
    """Numbers in reading order: the rows, the places in the tile as bytes, and how each is written."""

    row: I32
    start: I32
    end: I32
    written: list[Written]


@register
class NumberPerturb(RateTransform):
    """Change numbers a little, written as they were: 1,000 → 900, 21st → 22nd, 9/10 → 8/10, 三十五岁 → 三十三岁.

    Separators, decimals, leading zeros, currencies, percent signs and the digits of any script stay; times, dates,
    ranges and ratings stay possible; ordinals get their suffix; round numbers stay round if they can; a count of one
    stays, because its noun agrees with it. Chinese numerals count where a measure word says that they do.
    What may be a name (24/7, 3D, 0744, a version, eleven digits of a telephone number) is left alone.

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
        sites, share = _both(_in_figures(batch), _spelled(batch)), threshold(self.scale)
        offsets = np.searchsorted(sites.row, np.arange(len(batch) + 1)).astype(np.int32)
        may = np.array([_may(one, share) for one in sites.written], bool) & ~batch.overlaps(sites.start, sites.end)
        units = Units(offsets, sites.start, sites.end, np.full(len(may), Kind.NUMBER, np.uint8))
        unit, row = self.select(batch, draws, units, may.view(np.uint8))
        bits = draws.blocks(row, Purpose.SIMPLE, unit - offsets[row])[:, 0].tolist()
        made = [_changed(sites.written[u], share, bit) for u, bit in zip(unit.tolist(), bits, strict=True)]
        text = [(one or "").encode() for one in made]
        stop = np.cumsum([0, *map(len, text)], dtype=np.int32)
        pool = np.frombuffer(b"".join(text), np.uint8)
        edits = Edits.of(row, len(batch), units.start[unit], units.end[unit], stop[:-1], stop[1:], text=pool)
        return Proposal(edits, int(np.count_nonzero(may)), len(unit))


def _changed(number: Written, share: int, bits: int) -> str | None:
    change = figures.Change(share, lambda n: bits * n >> 32, number.limit)
    if number.text[-1] in numerals.CHARACTERS:
        return numerals.changed(number.text, change)
    made = figures.changed(number.text + number.plural, change)
    return None if made is None else made.removesuffix(number.plural)


@lru_cache(maxsize=1 << 14)
def _may(number: Written, share: int) -> bool:
    """Say whether a number can change: the same few come again and again."""
    return _changed(number, share, 0) is not None


def _both(one: Sites, other: list[tuple[int, int, int, Written]]) -> Sites:
    if not other:
        return one
    places = np.array([place[:3] for place in other], np.int32).T
    row, start, end = np.concatenate([np.stack(one[:3]), places], axis=1)
    order, written = np.argsort(start, kind="stable"), [*one.written, *(place[3] for place in other)]
    return Sites(row[order], start[order], end[order], [written[i] for i in order.tolist()])


def _in_figures(batch: Batch) -> Sites:
    """Return the numbers in figures; what others are out of stays."""
    units, text = runs(batch), batch.data.tobytes()
    found = np.flatnonzero((units.kind == Kind.NUMBER) & (units.end - units.start <= _LONGEST))
    rows = (np.searchsorted(units.row_offsets, found, side="right") - 1).astype(np.int32)
    columns = (units.start[found], units.end[found], batch.offsets[rows], batch.offsets[rows + 1])
    written = [_written(text, *places) for places in zip(*(column.tolist() for column in columns), strict=True)]
    kept = [place for place, one in enumerate(written) if one is not None]
    return Sites(rows[kept], columns[0][kept], columns[1][kept], [one for one in written if one is not None])


def _written(text: bytes, start: int, end: int, first: int, last: int) -> Written | None:
    behind = text[end : min(end + len(_DECADE), last)]
    if end - start == 2 and behind.startswith(_BORN):
        return None
    limit = bound(text, start, end, first, last)
    return None if limit is None else Written(text[start:end].decode(), limit, "s" if behind == _DECADE else "")


def _spelled(batch: Batch) -> list[tuple[int, int, int, Written]]:
    """Return the Chinese numerals that count something, and percentages: row, start, end, and how they are written."""
    if batch.data.max(initial=0) < numerals.FIRST_BYTE:
        return []
    text, found = batch.data.tobytes(), []
    for row, (begin, end) in enumerate(pairwise(batch.offsets.tolist())):
        if batch.active is not None and not batch.active[row]:
            continue
        line, at, before = text[begin:end].decode(), begin, 0
        for match in numerals.COUNTED.finditer(line):
            at += len(line[before : match.start()].encode())  # from match to match: a row may have many
            before, size = match.start(), len(match[0].encode())
            if size <= _LONGEST:
                found.append((row, at, at + size, Written(match[0], numerals.bound(line, *match.span()))))
    return found
