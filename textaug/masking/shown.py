"""What was masked, for a person to look at: every token, what stood there, and which tokens are one unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.draws import Address
from textaug.errors import UsageError
from textaug.kernels.reference.draws import I32, U8
from textaug.kernels.reference.masking import HAN, KEEP, MASK, RANDOM, SIMILAR, SPECIAL, kinds_of
from textaug.masking.mask import IGNORE, Masking, written
from textaug.masking.numbering import numbered
from textaug.masking.realised import original
from textaug.masking.row_ids import row_ids
from textaug.masking.rows import Rows
from textaug.masking.sheet import NODE, Sheet
from textaug.masking.units import Entities, Phrases, Sentiment, Tokens, Units, Words
from textaug.masking.vocabulary import Vocabulary, pieces

KINDS = {MASK: "mask", RANDOM: "random", KEEP: "kept", SIMILAR: "similar"}
LEGEND = {
    "mask": "masked",
    "random": "random token",
    "similar": "similar word",
    "kept": "selected and kept",
    "unit": "one unit",
}


class Token(NamedTuple):
    """One token as it is shown.

    Attributes:
        kind: "mask", "random", "similar", "kept"; "special"; or "same" for all others.
        was: what stood there.
        now: what stands there.
        blank: whether a blank stands before it.
        opens, closes: whether it is the first or last of a run of tokens that are one unit.
        unit: where in the row its unit begins, -1 if it has none, or is one by itself.
        parts: in how many runs its unit stands.
    """

    kind: str
    was: str
    now: str
    blank: bool
    opens: bool = False
    closes: bool = False
    unit: int = -1
    parts: int = 1


@dataclass(frozen=True)
class Preview:
    """Masked rows to look at: a notebook shows them in colours, `print` with marks.

    Attributes:
        rows: the tokens of each; padding is left out.
        mask: the mask token.
    """

    rows: tuple[tuple[Token, ...], ...]
    mask: str

    def __str__(self) -> str:
        from textaug.report.masked import legend_text, tokens_text

        lines = [legend_text(self.mask, colour=False), *(tokens_text(row, colour=False) for row in self.rows)]
        return "\n\n".join(line.plain for line in lines)

    def _repr_html_(self) -> str:
        from textaug.report.masked import preview_html

        return preview_html(self)


def preview(
    input_ids: Any,
    labels: Any,
    tokenizer: Any,
    *,
    masking: Masking | None = None,
    columns: Mapping[str, Any] | None = None,
    special_tokens_mask: Any = None,
    ids: Sequence[int | str] | npt.NDArray[Any] | None = None,
    address: Address | None = None,
) -> Preview:
    """Show masked rows, token by token.

    Args:
        input_ids: masked rows: lists, arrays or tensors, or an Arrow list column.
        labels: the original id where a token is selected, -100 elsewhere; None: the rows are masked first.
        tokenizer: the tokenizer, or a `Vocabulary`.
        masking: how they were, or are, masked: its units are shown. Left out, those of the columns, else words.
        columns: unit columns, by name.
        special_tokens_mask: not zero where a token may not be selected, beside special ones.
        ids: the rows' addresses, by which they are, or were, masked; left out, a hash of their tokens.
        address: the draws' address.

    Raises:
        UsageError: there are neither labels nor a masking.
        DataError: rows, labels and columns do not fit together.

    >>> held = Vocabulary(("[PAD]", "[MASK]", "play", "##ing", "on"), (0, 1), mask=1, pad=0, style="wordpiece")
    >>> print(str(preview([[1, 3, 4]], [[2, 3, -100]], held)).splitlines()[-1])
    ⟨play→[MASK] ##ing=⟩ on
    """
    if labels is None and masking is None:
        raise UsageError("there are no labels, and no masking that would make them; give one of the two")
    vocabulary, rows = Vocabulary.of(tokenizer), Rows.of(input_ids)
    none = Rows(np.full(len(rows.values), IGNORE), rows.offsets)
    before, selected = original(rows, none if labels is None else labels, vocabulary, columns, special_tokens_mask)
    addresses, key = row_ids(ids, before.ids, vocabulary.pad), (address or Address()).key(NODE)
    sheet = replace(before, row_ids=addresses, key=key)
    if labels is None and masking is not None:
        return masked(masking, sheet)
    return shown(sheet, *_told(rows, sheet, selected), masking.units if masking else None)


def masked(masking: Masking, sheet: Sheet, most: int | None = None) -> Preview:
    """Mask rows, and show them, or the first of them."""
    writes = masking.writes(sheet)
    kind = np.zeros(len(sheet.ids.values), np.uint8)
    kind[writes.at] = writes.kind
    return shown(sheet, written(sheet.ids, writes)[0], kind, masking.units, most)


def _told(new: Rows, sheet: Sheet, selected: npt.NDArray[np.bool_]) -> tuple[Any, U8]:
    """Tell by what stands there what became of the selected tokens; a similar word looks like a random one."""
    kind = np.where(new.values == sheet.vocabulary.mask, MASK, np.where(new.values == sheet.ids.values, KEEP, RANDOM))
    return new.values, np.where(selected, kind, 0).astype(np.uint8)


def shown(sheet: Sheet, new: Any, kind: U8, units: Units | None, most: int | None = None) -> Preview:
    """Show rows.

    Args:
        sheet: the rows before they were masked.
        new: the ids after that, end to end.
        kind: uint8, shape (tokens,): what became of each, 0 where it was not selected.
        units: the units to show; None: those of the columns.
        most: show so many rows at most.
    """
    vocabulary, offsets = sheet.vocabulary, sheet.ids.offsets
    first = numbered((units or _largest(sheet)).number(sheet), sheet)
    mask = vocabulary.tokens[vocabulary.mask] if vocabulary.mask >= 0 else ""
    bounds = pairwise(offsets[: most and most + 1].tolist())
    return Preview(tuple(tuple(_tokens(sheet, new, kind, first, *bound)) for bound in bounds), mask)


def _largest(sheet: Sheet) -> Units:
    """Return the units of the columns that there are, larger ones over smaller ones."""
    held = sheet.columns
    units: Units = Words() if "word_ids" in held or not held else Tokens()
    units = Phrases(over=units) if "phrase_ids" in held else units
    units = Entities(over=units) if "entity_ids" in held else units
    return Sentiment(over=units) if {"sentiment_ids", "pair_ids"} <= set(held) else units


def _tokens(sheet: Sheet, new: Any, kind: U8, first: I32, begin: int, end: int) -> Iterator[Token]:
    """Yield the tokens of one row."""
    vocabulary, ids = sheet.vocabulary, sheet.ids.values[begin:end]
    special = None if sheet.special is None else sheet.special[begin:end]
    what = kinds_of(ids, vocabulary.kinds, special)
    keep = ~((ids == vocabulary.pad) & (what & SPECIAL != 0) & (kind[begin:end] == 0))
    at = np.flatnonzero(keep)
    was, now = ([_text(vocabulary, int(id)) for id in one] for one in (ids[at], new[begin:end][at]))
    names = [
        KINDS.get(int(one), "special" if here & SPECIAL else "same")
        for one, here in zip(kind[begin:end][at], what[at], strict=True)
    ]
    blanks = _blanks(vocabulary, ids[at], what[at], [name not in ("same", "special") for name in names])
    units, opens, closes, parts = _runs(first[begin:end][at])
    columns = (names, was, now, blanks, opens, closes, units, parts)
    yield from (Token(*one) for one in zip(*(list(column) for column in columns), strict=True))


def _runs(first: I32) -> tuple[list[int], list[bool], list[bool], list[int]]:
    """Return for each token its unit, -1 where it is alone; where runs of it open and close; and its runs' number."""
    changes = np.append(True, first[1:] != first[:-1]) if len(first) else np.zeros(0, bool)
    opens = changes & (first >= 0)
    many = np.bincount(first[first >= 0], minlength=len(first) + 1)
    runs = np.bincount(first[opens], minlength=len(first) + 1)
    unit = np.where((first >= 0) & (many[first] > 1), first, -1)
    closes = np.append(changes[1:], True) if len(first) else changes
    inside = unit >= 0
    return unit.tolist(), (opens & inside).tolist(), (closes & inside).tolist(), runs[np.maximum(unit, 0)].tolist()


def _blanks(vocabulary: Vocabulary, ids: Any, what: U8, selected: list[bool]) -> list[bool]:
    """Say before which tokens a blank stands: where a word begins but for Han, and around what is selected."""
    known = (ids >= 0) & (ids < vocabulary.size)
    begins = vocabulary.opens[np.where(known, ids, 0)] | (what & SPECIAL != 0)
    han = what & HAN != 0
    chosen = np.array(selected, bool)
    blank = np.zeros(len(ids), bool)
    blank[1:] = (begins[1:] & ~(han[1:] & han[:-1])) | chosen[1:] | chosen[:-1] | (what[:-1] & SPECIAL != 0)
    return blank.tolist()


def _text(vocabulary: Vocabulary, id: int) -> str:
    """Return a token as it is read: its text, with the mark of a continued word, else as the vocabulary writes it."""
    if not 0 <= id < vocabulary.size:
        return f"‹{id}›"
    written = vocabulary.tokens[id]
    if vocabulary.style == "wordpiece" or id in vocabulary.special:
        return written
    try:
        return pieces(vocabulary, np.array([id])).data.tobytes().decode() or written
    except UnicodeDecodeError:
        return written
