"""Sentences packed into sequences: as many full ones as fit, one after the other, in the order of the documents.

Source:
    Liu et al., "RoBERTa" (2019), section 4.2: FULL-SENTENCES and DOC-SENTENCES; Devlin et al., "BERT" (2019): some
    sequences are shorter, so that models meet short ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from textaug.batch import I32
from textaug.draws import Address, Purpose, threshold
from textaug.errors import UsageError
from textaug.kernels import draws as kernel
from textaug.kernels.reference.draws import U64
from textaug.masking.rows import Rows
from textaug.masking.static.sentences import Sentences
from textaug.masking.static.template import Template

I64 = npt.NDArray[np.int64]
NODE = "packing/1"
BLOCK = 256
"""Sequences are given out so many at a time, whatever the slices: a batch, where masks depend on one."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How sequences are filled.

    Attributes:
        length: how many tokens a sequence has at most, special ones included.
        sentences: "full": sequences go on in the next document, behind a separator; "document": they do not.
        short: the chance that a sequence has another, shorter limit, any from 2 tokens on.

    Raises:
        UsageError: one of them makes no sense.
    """

    length: int = 512
    sentences: Literal["full", "document"] = "full"
    short: float = 0.0

    def __post_init__(self) -> None:
        if self.sentences not in ("full", "document"):
            raise UsageError(f"sentences={self.sentences!r}: give 'full' or 'document'")
        if not 0 <= self.short <= 1:
            raise UsageError(f"short={self.short}: give a chance from 0 to 1")

    def room(self, template: Template) -> int:
        """Return how many tokens of text a sequence has room for.

        Raises:
            UsageError: there is none.
        """
        if self.length <= template.size:
            raise UsageError(f"a sequence of {self.length} tokens has no room beside {template.size} special ones")
        return self.length - template.size


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Sequences of tokens, ready to be masked.

    Attributes:
        ids: the tokens, special ones included.
        special: int8, shape (tokens,): 1 where a token is special.
        columns: int32, shape (tokens,): the unit columns; units are numbered anew, from 0 in each sequence.
        document: int64, shape (sequences,): the document in which each begins.
        place: int64, shape (sequences,): the token of the document with which it begins.
    """

    ids: Rows
    special: npt.NDArray[np.int8]
    columns: dict[str, I32]
    document: I64
    place: I64

    def __len__(self) -> int:
        return len(self.document)

    @property
    def row_ids(self) -> U64:
        """The address of each: its document and its place there."""
        return addresses(self.document, self.place)

    def part(self, first: int, last: int) -> Sequences:
        """Return the sequences from `first` to before `last`."""
        begin, end = self.ids.offsets[first], self.ids.offsets[last]
        ids = Rows(self.ids.values[begin:end], self.ids.offsets[first : last + 1] - begin)
        columns = {name: column[begin:end] for name, column in self.columns.items()}
        return Sequences(ids, self.special[begin:end], columns, self.document[first:last], self.place[first:last])


def addresses(document: I64, place: I64) -> U64:
    """Return the row ids of what begins at places of documents."""
    return document.astype(np.uint64) << np.uint64(32) | place.astype(np.uint64)


def filled(
    held: Sentences, packing: Packing, template: Template, address: Address, *, last: bool
) -> tuple[Sequences, Sentences]:
    """Fill sequences; return them, a multiple of `BLOCK` unless it is the last call, and the sentences that are left.

    Where a sequence begins decides how it goes on, so that it does not matter how sentences come in.
    """
    begins = _begins(held, packing, template, address)
    if not last:
        whole = (len(begins) - 1) // BLOCK * BLOCK  # the last one may go on
        begins = begins[: max(whole, 0) + 1]
        stop = begins.pop() if begins else 0
        return _laid(held.part(0, stop), begins, template), held.part(stop, len(held))
    return _laid(held, begins, template), held.part(len(held), len(held))


def _begins(held: Sentences, packing: Packing, template: Template, address: Address) -> list[int]:
    """Return the sentences that sequences begin with."""
    between, across = len(template.between), packing.sentences == "full"
    limits = _limits(held, packing, template, address)
    found: list[int] = []
    used = limit = 0
    for k, (size, fresh) in enumerate(zip(held.lengths.tolist(), held.fresh.tolist(), strict=True)):
        need = size + between if fresh else size
        if used and used + need <= limit and (across or not fresh):
            used += need
        else:
            found.append(k)
            used, limit = size, limits[k]
    return found


def _limits(held: Sentences, packing: Packing, template: Template, address: Address) -> list[int]:
    """Return how many tokens of text a sequence takes at most that begins with a sentence."""
    room = packing.room(template)
    limits = np.full(len(held), room)
    if packing.short and len(held):
        rows = addresses(held.document, held.place)
        draw = kernel.blocks(address.key(NODE), rows, Purpose.LENGTH, np.zeros(len(rows), np.uint32))
        least = min(2, room)
        drawn = least + (draw[:, 1].astype(np.int64) * (room - least + 1) >> 32)
        limits = np.where(draw[:, 0].astype(np.int64) < threshold(packing.short), drawn, limits)
    return limits.tolist()


def _laid(held: Sentences, begins: list[int], template: Template) -> Sequences:
    """Lay sentences end to end, with the special tokens of each sequence."""
    first = np.array(begins, np.int64)
    opens = np.zeros(len(held), bool)
    opens[first] = True
    parted = held.fresh & ~opens
    before = np.where(opens, template.size, 0) + np.where(parted, len(template.between), 0)
    if len(held):
        before[0] = len(template.before)  # nothing to end yet
    head = held.offsets[:-1] + np.cumsum(before)
    at = np.arange(held.offsets[-1]) + np.repeat(head - held.offsets[:-1], held.lengths)
    total = int(held.offsets[-1] + before.sum()) + (len(template.behind) if len(held) else 0)
    offsets = np.append(head[first] - len(template.before), total)
    special = np.ones(total, np.int8)
    special[at] = 0
    ids = np.zeros(total, np.int32)
    ids[at] = held.columns["input_ids"]
    for tokens, places in (
        (template.before, offsets[:-1]),
        (template.behind, offsets[1:] - len(template.behind)),
        (template.between, head[parted] - 1),
    ):
        for step, token in enumerate(tokens.tolist()):
            ids[places + step] = token
    rows = Rows(ids, offsets.astype(np.int32))
    segment, sequence = (np.repeat(np.cumsum(one, dtype=np.int64), held.lengths) for one in (opens | parted, opens))
    columns = {}
    for name, column in held.columns.items():
        if name != "input_ids":
            columns[name] = np.full(total, -1, np.int32)
            columns[name][at] = _renumbered(column, segment, sequence)
    return Sequences(rows, special, columns, held.document[first], held.place[first])


def _renumbered(numbers: I32, segment: I64, sequence: I64) -> I32:
    """Number the units of each sequence from 0 on; those of different documents are different ones."""
    inside = np.flatnonzero(numbers >= 0)
    _, rank = np.unique(segment[inside] << 32 | numbers[inside], return_inverse=True)
    owner = sequence[inside]
    least = np.full(int(sequence[-1]) + 1 if len(sequence) else 1, np.iinfo(np.int64).max)
    np.minimum.at(least, owner, rank)
    made = np.full(len(numbers), -1, np.int32)
    made[inside] = rank - least[owner]
    return made
