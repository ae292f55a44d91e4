"""Texts written anew by something else: the pieces that it is given, and the edits that its answers come to.

What is protected goes through as placeholders. The answer is aligned to the piece by words, so that words which came
back as they were keep their bytes, and spans on them stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from textaug.batch import Batch, Ranges
from textaug.edits import diff
from textaug.units import Kind, sentences, words

FORMS = ("XQ{}Z", "XJ{}K", "QX{}V", "ZQ{}J")
"""Placeholders: one word of letters and digits, like the name of a product; Apertium tears brackets apart."""

_BREAKS = re.compile(b"[\x00\n\r\x0b\x0c\x1c-\x1e]|\xc2\x85|\xe2\x80[\xa8\xa9]")
_MARKUP = re.compile(rb"</?[A-Za-z][^<>]*>|&#?\w+;")
_NOT_LANGUAGE = (Kind.URL, Kind.EMAIL, Kind.MENTION, Kind.HASHTAG)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or what one line has of it.

    Attributes:
        row: its row.
        start: where it begins, in bytes of the tile.
        parts: its text: what may change and what may not, by turns; the first and the last may change.
        form: what placeholders look like.
    """

    row: int
    start: int
    parts: tuple[str, ...]
    form: str

    @property
    def asked(self) -> str:
        """The text with placeholders."""
        held = [self.form.format(k // 2) if k % 2 else part for k, part in enumerate(self.parts)]
        return "".join(held)

    def fault(self, answer: str) -> str:
        """Say why what is protected cannot be put back into an answer; "" where it can."""
        found = [int(number) for number in self._pattern().findall(answer)]
        wanted = list(range(len(self.parts) // 2))
        if found == wanted:
            return ""
        if len(set(found)) < len(found):
            return "protected text came back twice"
        return "protected text changed places" if sorted(found) == wanted else "protected text was lost"

    def edits(self, answer: str) -> Iterator[tuple[int, int, str]]:
        """Yield the edits (start, end, replacement), in bytes of the tile, that an answer without fault comes to."""
        new = self._pattern().split(answer)
        at = self.start
        for k, part in enumerate(self.parts):
            if k % 2 == 0:
                place = list(accumulate((len(one.encode()) for one in part), initial=at))
                for start, end, text in diff(part, new[k]):
                    yield place[start], place[end], text
            at += len(part.encode())

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.form.format(r"(\d+)") if len(self.parts) > 1 else r"(?!)()")


def pieces(batch: Batch) -> list[Piece]:
    """Return the pieces of the active rows that have something to write anew: a letter that is not protected."""
    kept = _kept(batch)
    found = (_piece(batch, kept, row, *place) for row, place in _joined(_lines(batch), kept))
    return [piece for piece in found if any(map(str.isalpha, "".join(piece.parts[::2])))]


def _lines(batch: Batch) -> Iterator[tuple[int, int, int]]:
    """Yield (row, start, end) of the lines of the sentences, without the blanks at their ends."""
    units = sentences(batch)
    for row, start, end in zip(units.rows().tolist(), units.start.tolist(), units.end.tolist(), strict=True):
        text = batch.data[start:end].tobytes()
        breaks = [(0, 0), *(match.span() for match in _BREAKS.finditer(text)), (len(text), len(text))]
        for (_, first), (last, _) in pairwise(breaks):
            line = text[first:last].decode()
            body = line.strip()
            if body:
                begin = start + first + len(line[: line.index(body)].encode())
                yield row, begin, begin + len(body.encode())


def _kept(batch: Batch) -> Ranges:
    """Return what is not written anew: what is protected, addresses and names of the net, and markup."""
    units = words(batch)
    named = np.isin(units.kind, _NOT_LANGUAGE)
    start, end = [units.start[named]], [units.end[named]]
    if batch.guarded is not None:
        some = batch.guarded.start < batch.guarded.end
        start.append(batch.guarded.start[some])
        end.append(batch.guarded.end[some])
    table = np.array([*_markup(batch)], np.int32).reshape(-1, 2)
    return Ranges.union(np.concatenate([*start, table[:, 0]]), np.concatenate([*end, table[:, 1]]))


def _markup(batch: Batch) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tags and character references, which no row shares with the next."""
    for row in range(len(batch)) if batch.active is None else np.flatnonzero(batch.active):
        first = int(batch.offsets[row])
        for match in _MARKUP.finditer(batch.data[first : batch.offsets[row + 1]].tobytes()):
            yield first + match.start(), first + match.end()


def _joined(lines: Iterator[tuple[int, int, int]], kept: Ranges) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield (row, (start, end)) of the lines; those with something between them that is kept whole are one."""
    held: tuple[int, int, int] | None = None
    for row, start, end in lines:
        if held is not None and row == held[0] and _bridged(kept, held[2], start):
            held = (row, held[1], end)
            continue
        if held is not None:
            yield held[0], held[1:]
        held = (row, start, end)
    if held is not None:
        yield held[0], held[1:]


def _bridged(kept: Ranges, end: int, start: int) -> bool:
    """Say whether a kept range reaches from one line into the next."""
    near = int(np.searchsorted(kept.end, start, side="right"))
    return near < len(kept.end) and bool(kept.start[near] < end)


def _piece(batch: Batch, kept: Ranges, row: int, start: int, end: int) -> Piece:
    first = int(np.searchsorted(kept.end, start, side="right"))
    last = int(np.searchsorted(kept.start, end, side="left"))
    cuts = [start]
    for a, b in zip(kept.start[first:last].tolist(), kept.end[first:last].tolist(), strict=True):
        cuts += [max(a, start), min(b, end)]
    parts = tuple(batch.data[a:b].tobytes().decode() for a, b in pairwise([*cuts, end]))
    text = "".join(parts)
    form = next((form for form in FORMS if form.partition("{")[0] not in text), FORMS[0])
    return Piece(row, start, parts, form)
