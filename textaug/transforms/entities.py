"""Entities: names swapped for others of their type."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

import numpy as np

from textaug.batch import I32, Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits, Spans
from textaug.errors import DataError
from textaug.languages import en
from textaug.lexicon.gazetteer import Choice, Gazetteer
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.eligible import allowed
from textaug.transforms.mentions import Entities, annotated, in_text, met_first, pools, unnamed
from textaug.units import Units

_ARTICLES = b"anAn"
_ARTICLE = re.compile(rb"(?<![\w\x80-\xff'-])([Aa]n?) \Z")


@register
class EntitySwap(RateTransform):
    """Swap names for others of their type: a place for a place, a woman's name for a woman's.

    The new name is of the same script and has, where the gazetteer has such a one, as many words (in Chinese, as many
    characters); throughout a text, the same name gets the same new one. An `a` or `an` before the name is mended. Found
    in a text are names that are written as the gazetteer has them, from one border of words to another, and not beside
    a further word with a capital: `Paris Hilton` and `Manchester United` stay.

    The span of an entity stretches to its new name and keeps its label; `on_span` says what becomes of other spans.
    Those whose label has no names are counted in `skipped`.

    The label of the text holds as far as it does not hang on the very name: a question's answer may, and what the text
    says need not be true of the new name. The shipped gazetteer knows women's names from men's; one made of spans does
    not, and then `he` may become a stranger to his name.

    Args:
        gazetteer: the path of names by type: JSON `{type: [names]}`, or TSV of type and name, as `textaug gazetteer`
            makes it of a data set's own spans; None for a shipped one, English and Chinese.
        entities: "spans" for the annotated ones whose label is a type of the gazetteer, or means the same as some (PER
            and PERSON, LOC and GPE, ORG and COMPANY …); "text" for names of the gazetteer that are found in the text;
            "auto" for the former where spans come with the text, and else for the latter.

    >>> from textaug import EntitySwap
    >>> EntitySwap(rate=1.0)("Alice flew from London to Japan.", seed=1)
    'Sharon flew from Pretoria to Kenya.'
    """

    about: ClassVar[About] = About("word", "English, Chinese", "shipped names, or a data set's own spans")

    gazetteer: str | None = None
    entities: Literal["auto", "spans", "text"] = "auto"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_choice("entities", self.entities, ("auto", "spans", "text"))
        if self.gazetteer is not None:
            try:  # a wrong path is refused here, and not in the middle of a run
                Gazetteer.open(self.gazetteer)
            except (DataError, TypeError) as error:
                raise self._refuse("gazetteer", self.gazetteer, f"give a gazetteer's path: {error}") from None

    def opened(self) -> Gazetteer:
        """Return the gazetteer, opened once a process."""
        return Gazetteer.shipped() if self.gazetteer is None else Gazetteer.open(self.gazetteer)

    def reads(self) -> dict[str, str]:
        """Return the gazetteer's path and its hash."""
        held = self.opened()
        return {held.path: held.hash}

    def owns(self, spans: Spans) -> Mask | None:
        """Own the spans whose labels the gazetteer knows."""
        return None if self.entities == "text" else pools(self.opened(), spans) >= 0

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Swap the selected names."""
        held = self.opened()
        found = self._entities(batch, held)
        units = found.units
        choice = held.choice(batch.data, units.start, units.end, found.name, found.pool)
        eligible = allowed(choice.others > 0, batch.free(units.start, units.end))
        unit, row = self.select(batch, draws, units, eligible)
        taken = Choice(*(column[unit] for column in choice))
        drawn = draws.corrupting(units.row_offsets, met_first(batch, found)[unit], row)
        name = held.member[taken.drawn(drawn)] & 0xFFFFFFFF
        edits = _edits(batch, units, unit, row, [held.names[k] for k in name.tolist()])
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit), skipped=self._skipped(batch, held))

    def _entities(self, batch: Batch, held: Gazetteer) -> Entities:
        return in_text(batch, held) if self._reads_text(batch) else annotated(batch, held)

    def _reads_text(self, batch: Batch) -> bool:
        return self.entities == "text" or (self.entities == "auto" and batch.spans is None)

    def _skipped(self, batch: Batch, held: Gazetteer) -> dict[str, int]:
        lacking = {} if self._reads_text(batch) else unnamed(batch, held)
        return {f"no names for label {label!r}": count for label, count in lacking.items()}


def _edits(batch: Batch, units: Units, unit: I32, row: I32, names: list[bytes]) -> Edits:
    """Return the edits that put names in the place of units, and mend the articles before them."""
    size = np.array([len(name) for name in names], np.int32)
    text = np.frombuffer(b"".join(names) + _ARTICLES, np.uint8)
    stop = np.cumsum(np.append(0, size)).astype(np.int32)
    table = [(units.start[unit], units.end[unit], stop[:-1], stop[1:], row)]
    mended = _mended(batch, units, unit, row, names, int(stop[-1]))
    columns = [np.concatenate(pair) for pair in zip(*table, mended, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    start, end, text_start, text_end, rows = (column[order].astype(np.int32) for column in columns)
    return Edits.of(rows, len(batch), start, end, text_start, text_end, text=text)


def _mended(batch: Batch, units: Units, unit: I32, row: I32, names: list[bytes], base: int) -> list[I32]:
    """Return (start, end, text_start, text_end, row) of the articles that do not fit the new names any more."""
    start, made = units.start[unit], list[tuple[int, ...]]()
    letter = batch.data[np.maximum(start - 2, 0)]
    near = (start - batch.offsets[row] > 1) & ((letter == ord("a")) | (letter == ord("n")) | (letter == ord("A")))
    for k in np.flatnonzero(near).tolist():
        found = _ARTICLE.search(batch.data[max(batch.offsets[row[k]], start[k] - 4) : start[k]].tobytes())
        fits = en.article(names[k].decode()).encode()
        if found and found[1].lower() != fits:
            first = int(start[k]) - 1 - len(found[1])
            at = base + _ARTICLES.index(found[1][:1] + fits[1:])
            made.append((first, first + len(found[1]), at, at + len(fits), int(row[k])))
    table = np.array(made, np.int32).reshape(-1, 5)
    inside = np.searchsorted(units.end, table[:, 0], side="right") < np.searchsorted(units.start, table[:, 1])
    return list(table[~inside & ~batch.overlaps(table[:, 0], table[:, 1])].T)
