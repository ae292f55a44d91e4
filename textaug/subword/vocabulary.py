"""What pieces are called: ids and tokens as the tokenizer's library gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from textaug.batch import I32
from textaug.subword.symbols import HOLE, Symbols


class Tokens(NamedTuple):
    """The tokens of rows; those of row r are `offsets[r]:offsets[r + 1]`."""

    offsets: I32
    ids: I32
    texts: list[str]


@dataclass(frozen=True)
class Vocabulary:
    """The names of pieces.

    Attributes:
        tokens: the text of each id.
        unknown: the id of a character that is no piece.
        bytes: the ids of the 256 bytes that stand for such a character instead, where the model has them.
        fuse: whether such characters side by side in a word are one token.
    """

    tokens: Sequence[str]
    unknown: int
    bytes: Sequence[int] | None = None
    fuse: bool = True

    def name(self, symbols: Symbols, pieces: I32) -> Tokens:
        """Return the tokens of the pieces of some rows."""
        first = np.flatnonzero(pieces != HOLE)
        held, offsets = pieces[first], np.searchsorted(first, symbols.row_offsets).astype(np.int32)
        if not (held < 0).any():
            return Tokens(offsets, held, [self.tokens[i] for i in held.tolist()])
        if self.bytes is not None:
            return self._spell(held, offsets, np.array(self.bytes, np.int32))
        return self._join(held, offsets, np.cumsum(symbols.breaks, dtype=np.int32)[first])

    def _spell(self, held: I32, offsets: I32, byte: I32) -> Tokens:
        """Write unknown characters as their bytes."""
        characters = [chr(-1 - i) if i < 0 else "" for i in held.tolist()]
        counts = np.array([len(one.encode()) or 1 for one in characters], np.int32)
        ids, at = np.repeat(held, counts), np.concatenate([[0], np.cumsum(counts, dtype=np.int32)])
        ids[ids < 0] = byte[np.frombuffer("".join(characters).encode(), np.uint8)]
        return Tokens(at[offsets], ids, [self.tokens[i] for i in ids.tolist()])

    def _join(self, held: I32, offsets: I32, word: I32) -> Tokens:
        """Write unknown characters as they are, those side by side together."""
        texts = [self.tokens[i] if i >= 0 else chr(-1 - i) for i in held.tolist()]
        ids, unknown = np.where(held < 0, np.int32(self.unknown), held), held < 0
        joins = np.zeros(len(held) + 1, bool)
        joins[1:-1] = unknown[1:] & unknown[:-1] & (word[1:] == word[:-1])
        if not self.fuse or not joins.any():
            return Tokens(offsets, ids, texts)
        stays = np.flatnonzero(~joins)
        made = [texts[first] for first in stays[:-1].tolist()]
        for k in np.flatnonzero(np.diff(stays) > 1).tolist():  # few are joined
            made[k] = "".join(texts[stays[k] : stays[k + 1]])
        return Tokens(np.searchsorted(stays, offsets).astype(np.int32), ids[stays[:-1]], made)
