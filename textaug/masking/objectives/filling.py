"""How rows are filled with sentences: runs of a document, and what comes from another one in the place of the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textaug.draws import Purpose, threshold
from textaug.errors import DataError
from textaug.kernels.reference.draws import U64
from textaug.masking.objectives.paragraphs import Paragraphs
from textaug.masking.objectives.segments import below, draws

I64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chunks:
    """Runs of sentences that become rows.

    Attributes:
        document: shape (rows,), which document each is of.
        first: its first sentence,
        cut: the first sentence of its second segment,
        last: and the sentence behind its last.
        target: how many tokens it was to have.
        is_random: whether the second segment is to come from another document.
        row_id: uint64, the address of the row's own draws.
    """

    document: I64
    first: I64
    cut: I64
    last: I64
    target: I64
    is_random: Flags
    row_id: U64

    def taken(self, of: I64) -> Chunks:
        """Return some of them."""
        return Chunks(*(getattr(self, name)[of] for name in self.__slots__))


def chunks(key: int, documents: U64, held: Paragraphs, which: range, most: int, short: float, random: float) -> Chunks:
    """Fill runs of sentences from the begin of documents on, each up to the document's target length.

    It is the loop of Google's `create_instances_from_document`: where the second segment comes from elsewhere, the
    sentences that it would have had begin the next run. All documents go forward together, a run at a time.

    Args:
        key: of the draws.
        documents: uint64, shape (documents,), their row ids.
        held: the corpus.
        which: the documents to be filled from.
        most: how many tokens a row may have at most, special ones not counted.
        short: the chance that a document has a shorter target.
        random: the chance that a second segment comes from elsewhere; a run of one sentence has none of its own. With
            0, runs are only cut.
    """
    part = np.arange(which.start, which.stop)
    four = draws(key, documents[part], Purpose.LENGTH, np.zeros_like(part))
    target = np.where(
        four[:, 0] < np.uint64(threshold(short)), 2 + below(four[:, 1], np.full(len(part), most - 1)), most
    )
    at, end = held.documents[part].copy(), held.documents[part + 1]
    made: list[Chunks] = []
    active = np.flatnonzero(at < end)
    while len(active):
        first = at[active]
        wanted = held.sentences[first] + target[active]
        last = np.minimum(np.searchsorted(held.sentences, wanted, side="left"), end[active])
        place = first - held.documents[part[active]]
        row_id = np.ascontiguousarray(draws(key, documents[part[active]], Purpose.PAIR, place)[:, :2]).view(np.uint64)[
            :, 0
        ]
        four = draws(key, row_id, Purpose.PAIR, np.zeros_like(first))
        cut = first + 1 + below(four[:, 0], np.maximum(last - first - 1, 1))
        is_random = np.full(len(first), random > 0) & (
            (last - first == 1) | (four[:, 1] < np.uint64(threshold(random)))
        )
        made.append(Chunks(part[active], first, cut, last, target[active], is_random, row_id))
        at[active] = np.where(is_random, cut, last)
        active = active[at[active] < end[active]]
    return _sorted(made)


def _sorted(made: list[Chunks]) -> Chunks:
    """Put the runs of each document behind one another."""
    none = Chunks(*(np.zeros(0, kind) for kind in (*[np.int64] * 5, bool, np.uint64)))
    held = Chunks(*(np.concatenate([getattr(one, name) for one in made or [none]]) for name in Chunks.__slots__))
    return held.taken(np.lexsort((held.first, held.document)))


def partners(key: int, held: Paragraphs, found: Chunks, of: I64) -> tuple[I64, I64]:
    """Draw the second segment of some runs from other documents: from a sentence of theirs on, as long as is wanted.

    Returns:
        The first sentence of each, and the one behind its last.

    Raises:
        DataError: there is no other document.
    """
    filled = np.flatnonzero(np.diff(held.documents) > 0)
    if len(found.first) and len(filled) < 2:
        raise DataError("only one document has sentences: a next sentence at random comes from another one; give more")
    four = draws(key, found.row_id[of], Purpose.PAIR, np.zeros_like(of))
    wide = draws(key, found.row_id[of], Purpose.PAIR, np.ones_like(of)).astype(np.uint64)
    others = np.uint64(max(len(filled) - 1, 1))
    other = ((wide[:, 0] * others + (wide[:, 1] * others >> np.uint64(32))) >> np.uint64(32)).astype(np.int64)
    other += other >= np.searchsorted(filled, found.document[of])  # the document itself is passed over
    other = filled[other]
    begin, end = held.documents[other], held.documents[other + 1]
    first = begin + below(four[:, 2], end - begin)
    gone = held.sentences[found.cut[of]] - held.sentences[found.first[of]]
    wanted = held.sentences[first] + np.maximum(found.target[of] - gone, 1)
    return first, np.minimum(np.searchsorted(held.sentences, wanted, side="left"), end)
