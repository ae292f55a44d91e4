"""Byte-pair encoding, and BPE-dropout: merges are left out at random.

Sennrich et al., "Neural machine translation of rare words with subword units" (ACL 2016); Provilkov et al.,
"BPE-dropout: simple and effective subword regularization" (ACL 2020).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from textaug.batch import I32, Mask
from textaug.draws import Purpose
from textaug.kernels import subword as kernel
from textaug.kernels.reference.subword import Table
from textaug.subword.symbols import HOLE, I64, LETTER, Law, Symbols, Words, apart, kinds, pair_keys

DEEPEST = 256  # rounds in which the ends of pieces are found: no sane merge is of merges any deeper


@dataclass(frozen=True)
class Merges:
    """The merges of a tokenizer.

    Attributes:
        table: the merges, as the kernel takes them.
        contacts: which symbols stand side by side inside of pieces; None where only the library cuts words.
        letters: by symbol: whether it is a letter; the last one stands for all that come behind.
        whole: pieces that no merges make, by the bytes of their symbols: a word that is just that is taken whole.
    """

    table: Table
    contacts: I64 | None
    letters: Mask
    whole: Mapping[bytes, int] = field(default_factory=dict)

    @classmethod
    def of(cls, merges: Iterable[tuple[int, int, int, int]], letters: Sequence[int] = ()) -> Merges:
        """Build from (rank, left, right, made), and the symbols that are letters of scripts that part words by blanks.

        The merge with the least rank is done first.

        >>> Merges.of([(0, 1, 2, 3)]).table.left_offsets.tolist()
        [0, 0, 1, 1, 1]
        """
        held = np.array(sorted(merges, key=lambda one: one[1:3]), np.int32).reshape(-1, 4)
        rank, left, right, made = (np.ascontiguousarray(column) for column in held.T)
        size = int(held[:, 1:].max(initial=-1)) + 1
        offsets = np.searchsorted(left, np.arange(size + 1)).astype(np.int32)
        is_letter = np.zeros(max(letters, default=0) + 2, bool)
        is_letter[list(letters)] = True
        return cls(Table(offsets, right, rank, made), _contacts(left, right, made, size), is_letter)

    def taking(self, pieces: Mapping[int, I32]) -> Merges:
        """Return the same merges, which take those of these pieces (by their symbols) whole that they cannot make."""
        sizes = [len(ids) for ids in pieces.values()]
        ids = np.concatenate([np.zeros(0, np.int32), *pieces.values()])
        offsets, alone = np.cumsum([0, *sizes], dtype=np.int32), np.zeros(len(sizes), np.int32)
        made = self._merged(ids, Words(offsets, alone, alone))[offsets[:-1]].tolist()
        whole = {
            ids.tobytes(): piece for (piece, ids), first in zip(pieces.items(), made, strict=True) if first != piece
        }
        return replace(self, contacts=None, whole=whole)

    def words(self, symbols: Symbols) -> Words:
        """Cut where the library does, and where no merge could ever join what is no two letters."""
        if self.contacts is None:
            return symbols.words(symbols.breaks)
        ids = symbols.ids
        known = self.letters[np.clip(ids, 0, len(self.letters) - 1)]
        letters = np.where(ids < 0, kinds()[np.maximum(-1 - ids, 0)] == LETTER, known)
        return symbols.words(symbols.breaks | apart(ids, self.contacts, letters))

    def segment(self, symbols: Symbols, words: Words, law: Law | None = None) -> I32:
        """Merge; by a law, with every merge that is possible in a step dropped by chance, for this step alone.

        Of the merges that are left in a step, the first in rank is done, and the one farther left among equals; when
        none is left, the word is done: the published algorithm to the letter. Where nothing was dropped, the pieces
        are the tokenizer's own.
        """
        pieces = self._merged(symbols.ids, words, law)
        if self.whole:
            plain = pieces if law is None else self._merged(symbols.ids, words)
            self._take(symbols, words, pieces, ~words.any(pieces != plain))
        return pieces

    def choices(self, symbols: Symbols, words: Words, own: I32) -> Mask:
        """Say in which words there is a merge to drop."""
        return words.any(own == HOLE)

    def _merged(self, ids: I32, words: Words, law: Law | None = None) -> I32:
        limits = np.zeros(len(words), np.uint64) if law is None else law.limits
        key, row_ids = (0, np.zeros(words.rows, np.uint64)) if law is None else (law.draws.key, law.draws.row_ids)
        places = ids, words.offsets, words.row, words.at, limits
        return kernel.merge(key, row_ids, Purpose.SIMPLE, *places, *self.table)

    def _take(self, symbols: Symbols, words: Words, pieces: I32, may: Mask) -> None:
        """Write the pieces that are taken whole over those that the merges made."""
        for word in np.flatnonzero(may & (np.diff(words.offsets) > 1)):
            start, end = words.offsets[word : word + 2]
            piece = self.whole.get(symbols.ids[start:end].tobytes())
            if piece is not None:
                pieces[start], pieces[start + 1 : end] = piece, HOLE


def _contacts(left: I32, right: I32, made: I32, size: int) -> I64 | None:
    """Return which symbols the merges bring side by side; None where a piece is made of different ones."""
    first, last = np.arange(size, dtype=np.int32), np.arange(size, dtype=np.int32)
    for _ in range(DEEPEST):
        before = first.copy(), last.copy()
        first[made], last[made] = first[left], last[right]
        if (first == before[0]).all() and (last == before[1]).all():
            break
    if (first[made] != first[left]).any() or (last[made] != last[right]).any():
        return None
    return np.unique(pair_keys(last[left], first[right]))
