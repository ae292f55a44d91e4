"""Tags of tokens: BIO, IOB1, BIOES, BILOU, BMES, IO or bare labels, as chunks and back in the same scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_TAG = re.compile(r"([BIESLUM])([-_])(.+)", re.DOTALL)
_OUTSIDE = (None, "", "O", "o")
_FIRST, _LAST = frozenset("BSU"), frozenset("ESLU")  # what begins a chunk whatever was before, and what ends it


class Chunk(NamedTuple):
    """The tokens `first:last` have a label together."""

    first: int
    last: int
    label: str


class Scheme(NamedTuple):
    """The letters of a chunk's tokens, what parts letter and label, and the tag of what is in no chunk.

    `again` begins a chunk right behind another one of its label.
    """

    begin: str = "B"
    again: str = "B"
    inside: str = "I"
    end: str = "I"
    single: str = "B"
    joint: str = "-"
    outside: str = "O"

    def tag(self, letter: str, label: str) -> str:
        """Return a token's tag."""
        return f"{letter}{self.joint}{label}" if letter else label


@lru_cache(maxsize=4096)
def parted(tag: str | None) -> tuple[str, str]:
    """Return a tag's letter, which a bare label has not, and its label, which the tag of no chunk has not.

    >>> parted("B-PER"), parted("PER"), parted("O")
    (('B', 'PER'), ('', 'PER'), ('', ''))
    """
    if tag is None or tag in _OUTSIDE:
        return "", ""
    found = _TAG.fullmatch(tag)
    return (found[1], found[3]) if found else ("", tag)


def chunks(tags: Sequence[str | None]) -> list[Chunk]:
    """Return the chunks of some tags; whatever the scheme, a chunk ends where its label does.

    >>> chunks(["B-PER", "I-PER", "B-PER", "O", "I-LOC"])
    [Chunk(first=0, last=2, label='PER'), Chunk(first=2, last=3, label='PER'), Chunk(first=4, last=5, label='LOC')]
    """
    found: list[Chunk] = []
    last_letter, last_label, first = "", "", 0
    for at, tag in enumerate([*tags, None]):
        letter, label = parted(tag)
        if label == last_label and letter not in _FIRST and last_letter not in _LAST:
            last_letter = letter
            continue
        if last_label:
            found.append(Chunk(first, at, last_label))
        last_letter, last_label, first = letter, label, at
    return found


def scheme(tags: Sequence[str | None], names: Iterable[str] = ()) -> Scheme:
    """Return the scheme that some tags are in, as far as they show it, or else all the tags that there are.

    >>> scheme(["S-PER", "O"]).end, scheme(["B-PER", "O"]).end, scheme(["PER"]).tag("", "LOC")
    ('E', 'I', 'LOC')
    """
    every = [*tags, *names]
    letters = {parted(tag)[0] for tag in every} - {""}
    outside = next((tag for tag in every if tag in _OUTSIDE and tag is not None), "O")
    joint = next((parts[2] for tag in every if tag and (parts := _TAG.fullmatch(tag))), "-")
    if not letters and any(parted(tag)[1] for tag in every):
        return Scheme("", "", "", "", "", joint, outside)
    if letters & _LAST:
        end, single = ("L", "U") if letters & {"L", "U"} else ("E", "S")
        return Scheme("B", "B", "M" if "M" in letters else "I", end, single, joint, outside)
    found = chunks(tags)
    again = {one.first for before, one in pairwise(found) if (before.last, before.label) == (one.first, one.label)}
    begins = {parted(tags[chunk.first])[0] for chunk in found if chunk.first not in again}
    if begins == {"I"} or (letters and "B" not in letters):  # IOB1, or IO
        return Scheme("I", "B" if "B" in letters else "I", "I", "I", "I", joint, outside)
    return Scheme(joint=joint, outside=outside)


def tagged(found: Iterable[Chunk], count: int, how: Scheme) -> list[str]:
    """Return the tags of so many tokens.

    >>> tagged([Chunk(0, 3, "PER"), Chunk(3, 4, "PER")], 5, scheme(["B-PER", "E-PER"]))
    ['B-PER', 'I-PER', 'E-PER', 'S-PER', 'O']
    """
    tags = [how.outside] * count
    before = Chunk(0, 0, "")
    for chunk in found:
        again = before.last == chunk.first and before.label == chunk.label
        begin = how.again if again else how.begin
        single = begin if how.single == how.begin else how.single
        inner = chunk.last - chunk.first - 2
        letters = [single] if inner < 0 else [begin, *[how.inside] * inner, how.end]
        tags[chunk.first : chunk.last] = [how.tag(letter, chunk.label) for letter in letters]
        before = chunk
    return tags
