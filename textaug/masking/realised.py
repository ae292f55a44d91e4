"""What was masked, in numbers: how much, what became of it, which units, where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.masking import SPECIAL, kinds_of
from textaug.masking.mask import IGNORE, flags
from textaug.masking.rows import Rows
from textaug.masking.sheet import Sheet
from textaug.masking.units import Column, Units, Words, numbers
from textaug.masking.vocabulary import Vocabulary

I64 = npt.NDArray[np.int64]
KINDS: dict[str, Units] = {
    "word_ids": Column("word_ids"),
    "phrase_ids": Column("phrase_ids"),
    "entity_ids": Column("entity_ids"),
    "sentiment_ids": Column("sentiment_ids"),
    "pair_ids": Column("pair_ids", scattered=True),
}
"""The columns whose units are counted, and how they are read."""

LONGEST = 10
DECILES = 10
SPLIT = ("mask", "replaced", "kept")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many.

    Attributes:
        count: so many.
        of: of so many.
        rate: their quotient; None where there are none.
        error: its standard error, as rows differ from one another (the ratio estimator's, with rows as clusters); None
            for fewer than two rows.
    """

    count: int
    of: int
    rate: float | None
    error: float | None


@dataclass(frozen=True, slots=True)
class OfUnits:
    """What became of one kind of units.

    Attributes:
        whole: those all of whose tokens are selected, of all.
        broken: those some but not all of whose tokens are.
        lengths: those with a selected token, by how many tokens a unit has; the last: so many and more.
    """

    whole: Share
    broken: Share
    lengths: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What was masked.

    Attributes:
        rows, tokens: how many there are, special tokens included.
        selected: the selected tokens, of those that may be selected.
        split: what became of the selected ones: `mask`, `replaced` (by a random token or a similar word, which the
            data does not tell apart) and `kept`.
        empty: the rows with nothing selected, of those in which something might be.
        position: the selected tokens by where they stand, in tenths of the row.
        units: for each kind of units, what became of them.
    """

    rows: int
    tokens: int
    selected: Share
    split: dict[str, Share]
    empty: Share
    position: tuple[Share, ...]
    units: dict[str, OfUnits] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    def _repr_html_(self) -> str:
        from textaug.report.masked import summary_html

        return summary_html(self)


def summary(
    input_ids: Any,
    labels: Any,
    tokenizer: Any,
    *,
    columns: Mapping[str, Any] | None = None,
    special_tokens_mask: Any = None,
) -> Summary:
    """Count what was masked.

    Args:
        input_ids: masked rows: lists, arrays or tensors, or an Arrow list column; padded or not.
        labels: the original id where a token is selected, -100 elsewhere.
        tokenizer: the tokenizer, or a `Vocabulary`.
        columns: unit columns, by name; left out, the vocabulary's words are counted.
        special_tokens_mask: not zero where a token could not be selected, beside special ones.

    Raises:
        DataError: rows, labels and columns do not fit together.

    >>> held = Vocabulary(("[PAD]", "[MASK]", "play", "##ing", "on"), (0, 1), mask=1, pad=0, style="wordpiece")
    >>> made = summary([[1, 1, 4], [2, 3, 4]], [[2, 3, -100], [-100] * 3], held)
    >>> made.selected.rate, made.split["mask"].rate, made.empty.count, made.units["word_ids"].whole.count
    (0.3333333333333333, 1.0, 1, 1)
    """
    tally = Tally(Vocabulary.of(tokenizer))
    tally.add(input_ids, labels, columns=columns, special_tokens_mask=special_tokens_mask)
    return tally.summary()


class _Sums:
    """Sums over rows, from which shares of many cells and their errors follow: exact, in any order."""

    def __init__(self, cells: int) -> None:
        self._held: I64 = np.zeros((5, cells), np.int64)

    def add(self, count: I64, of: I64) -> None:
        """Add rows: shape (rows, cells) each."""
        self._held += np.stack([a.sum(axis=0) for a in (count, of, count * count, count * of, of * of)])

    def shares(self, rows: int) -> tuple[Share, ...]:
        """Return the share of each cell."""
        return tuple(_share(cell, rows) for cell in self._held.T.tolist())


def _share(sums: list[int], rows: int) -> Share:
    count, of, count2, both, of2 = sums
    if not of:
        return Share(count, of, None, None)
    spread = count2 * of * of - 2 * count * of * both + count * count * of2  # of · of times that of the residuals
    error = sqrt(spread * rows / (rows - 1)) / of / of if rows > 1 else None
    return Share(count, of, count / of, error)


@dataclass
class Tally:
    """Counts batch after batch; see `summary`."""

    vocabulary: Vocabulary
    _rows: int = 0
    _tokens: int = 0
    _sums: dict[str, _Sums] = field(default_factory=dict)

    def add(
        self,
        input_ids: Any,
        labels: Any,
        *,
        columns: Mapping[str, Any] | None = None,
        special_tokens_mask: Any = None,
    ) -> None:
        """Count a batch."""
        sheet, selected = original(input_ids, labels, self.vocabulary, columns, special_tokens_mask)
        new, ids = Rows.of(input_ids).values, sheet.ids
        may = kinds_of(ids.values, self.vocabulary.kinds, sheet.special) & SPECIAL == 0
        row = np.repeat(np.arange(len(ids)), ids.lengths)
        self._rows, self._tokens = self._rows + len(ids), self._tokens + len(new)
        place = np.cumsum(may) - 1
        total = _cells(row[may], 0, len(ids), 1)[:, 0]
        first = np.cumsum(total) - total
        tenth = (place - first[row]) * DECILES // np.maximum(total[row], 1)
        kind = np.where(new == self.vocabulary.mask, 0, np.where(new != ids.values, 1, 2))
        hit = selected & may
        chosen = _cells(row[hit], 0, len(ids), 1)
        self._sum("selected", chosen, total[:, None])
        self._sum("split", _cells(row[hit], kind[hit], len(ids), 3), chosen.repeat(3, axis=1))
        self._sum("empty", (chosen == 0) & (total[:, None] > 0), total[:, None] > 0)
        self._sum("position", *(_cells(row[one], tenth[one], len(ids), DECILES) for one in (hit, may)))
        found = {name: unit for name, unit in KINDS.items() if name in sheet.columns} or {"word_ids": Words()}
        for name, unit in found.items():
            self._units(name, numbers(unit, sheet), selected, row)

    def _units(self, name: str, first: Rows, selected: npt.NDArray[np.bool_], row: I64) -> None:
        """Count the units of one kind."""
        inside = first.values >= 0
        head = (first.offsets[row] + first.values)[inside]
        size = np.bincount(head, minlength=len(row))
        hits = np.bincount(head[selected[inside]], minlength=len(row))
        unit = np.flatnonzero(size)
        size, hits, row, rows = size[unit], hits[unit], row[unit], len(first)
        length = np.minimum(size, LONGEST) - 1
        whole, touched = hits == size, hits > 0
        every = _cells(row, 0, rows, 1)
        self._sum(f"{name}/whole", _cells(row[whole], 0, rows, 1), every)
        self._sum(f"{name}/broken", _cells(row[touched & ~whole], 0, rows, 1), every)
        hit = _cells(row[touched], length[touched], rows, LONGEST)
        self._sum(f"{name}/lengths", hit, _cells(row, length, rows, LONGEST))

    def _sum(self, name: str, count: Any, of: Any) -> None:
        self._sums.setdefault(name, _Sums(count.shape[1])).add(count.astype(np.int64), of.astype(np.int64))

    def summary(self) -> Summary:
        """Return what was counted."""
        made = {name: sums.shares(self._rows) for name, sums in self._sums.items()}
        names = [name.removesuffix("/whole") for name in made if name.endswith("/whole")]
        none = Share(0, 0, None, None)
        units = {
            name: OfUnits(made[f"{name}/whole"][0], made[f"{name}/broken"][0], made[f"{name}/lengths"])
            for name in names
        }
        return Summary(
            self._rows,
            self._tokens,
            made.get("selected", (none,))[0],
            dict(zip(SPLIT, made.get("split", (none,) * 3), strict=True)),
            made.get("empty", (none,))[0],
            made.get("position", (none,) * DECILES),
            units,
        )


def _cells(row: I64, cell: Any, rows: int, cells: int) -> I64:
    """Count by row and cell: int64, shape (rows, cells)."""
    return np.bincount(row * cells + cell, minlength=rows * cells).reshape(rows, cells)


def original(
    input_ids: Any, labels: Any, vocabulary: Vocabulary, columns: Mapping[str, Any] | None, special: Any
) -> tuple[Sheet, npt.NDArray[np.bool_]]:
    """Return masked rows as they were before, and which of their tokens are selected.

    Raises:
        DataError: rows, labels and columns do not fit together.
    """
    new, given = Rows.of(input_ids), Rows.of(labels)
    given.check_like(new, "labels")
    selected = given.values != IGNORE
    ids = Rows(np.where(selected, given.values, new.values), new.offsets)
    held = {name: Rows.of(column) for name, column in (columns or {}).items()}
    for name, column in held.items():
        column.check_like(new, name)
    never = None if special is None else flags(Rows.of(special), new)
    addresses = np.zeros(len(new), np.uint64)
    return Sheet(ids, vocabulary, addresses, 0, never, held), selected
