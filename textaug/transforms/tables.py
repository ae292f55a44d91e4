"""What all transforms have in common that put one of a table's candidates in a character's place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from textaug.batch import U8, Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.errors import UsageError
from textaug.languages.character_tables import CharacterTable
from textaug.languages.traditional import fits
from textaug.transform import Proposal, RateTransform
from textaug.transforms.eligible import allowed
from textaug.transforms.scripts import by_script
from textaug.units import Units, chars


@dataclass(frozen=True, kw_only=True)
class TableTransform(RateTransform):
    """The base of transforms that are made of a table: define `table`, and the rest is done.

    A pair of characters that has candidates is one unit, and goes before what its characters have.

    >>> class Cedilla(TableTransform):
    ...     def table(self):
    ...         return CharacterTable.of({"c": ("ç",), "ss": ("ß",)})
    >>> Cedilla(rate=1.0)("a mess of concerts")
    'a meß of çonçerts'
    """

    chinese: ClassVar[bool] = False  # the table is of Chinese: traditional text gets no simplified candidate

    def table(self) -> CharacterTable:
        """Return what may stand in for what: built once a process, not once a call."""
        raise UsageError(f"{type(self).__name__} defines no table()")

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Put a candidate in the place of the selected characters and pairs."""
        if not self.chinese:
            return self._propose(batch, draws, self.table())
        return by_script(batch, lambda rows, traditional: self._propose(rows, draws, self._table(traditional)))

    def _table(self, traditional: bool) -> CharacterTable:
        return _fitting(self.table()) if traditional else self.table()

    def _propose(self, batch: Batch, draws: Draws, table: CharacterTable) -> Proposal:
        units = chars(batch)
        size = table.sizes(batch.data, units.row_offsets, units.start, units.end)
        eligible = size if batch.guarded is None else allowed(size > 0, _free(batch, units, size))
        unit, row = self.select(batch, draws, units, eligible)
        draw = draws.corrupting(units.row_offsets, unit, row)
        places = table.pick(batch.data, units.start, units.end, size, unit, draw)
        edits = Edits.of(row, len(batch), *places, text=table.pool)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))


@lru_cache(maxsize=32)
def _fitting(table: CharacterTable) -> CharacterTable:
    return table.only(fits)


def _free(batch: Batch, units: Units, size: U8) -> Mask | None:
    """Say which sources may be edited, pairs as a whole."""
    end = units.end.copy()
    pair = np.flatnonzero(size == 2)
    end[pair] = units.end[pair + 1]
    return batch.free(units.start, end)
