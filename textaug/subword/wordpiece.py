"""WordPiece, and MaxMatch-dropout: the longest match is left out at random.

Hiraoka, "MaxMatch-Dropout: subword regularization for WordPiece" (Findings of ACL 2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from textaug.batch import I32, Mask
from textaug.subword.chains import Chain, Step, distinct, redrawn, remembered, text_of, told
from textaug.subword.symbols import HOLE, Law, Symbols, Words


class Match(NamedTuple):
    """A piece that matches at a position of a word, by where it ends."""

    end: int
    piece: int


class WordPiece:
    """A vocabulary that is matched from the left, the longest piece first.

    Args:
        pieces: each piece's id.
        prefix: what stands before pieces that do not begin a word.
        unknown: the id of a word that cannot be matched.
        longest: words of more characters are not matched.
    """

    def __init__(self, pieces: Mapping[str, int], prefix: str, unknown: int, longest: int) -> None:
        self.pieces, self.prefix, self.unknown, self.longest = pieces, prefix, unknown, longest
        self._reach = max(map(len, pieces), default=0)
        self._best = remembered(self._match)
        self._chain = remembered(self._link)
        self._forks = remembered(lambda key: any(len(some) > 1 for some in self._matches(key)))

    def words(self, symbols: Symbols) -> Words:
        """Cut where the library does."""
        return symbols.words(symbols.breaks)

    def segment(self, symbols: Symbols, words: Words, law: Law | None = None) -> I32:
        """Match; by a law, every match but the shortest is dropped by chance, and the next shorter one tried.

        Only those matches count from which the word can be finished: what the tokenizer knows never becomes unknown.
        """
        keys, which = distinct(symbols, words)
        best = [self._best(key) for key in keys]
        own = np.concatenate([np.zeros(0, np.int32), *(best[k] for k in which)])
        if law is None:
            return own
        limit = int(law.limits.max(initial=0))
        chosen = np.flatnonzero(law.limits).astype(np.int32)
        return redrawn(own, symbols, words, chosen, lambda key: self._chain(key, limit), law)

    def choices(self, symbols: Symbols, words: Words, own: I32) -> Mask:
        """Say in which words there is a match to drop."""
        return told(self._forks, symbols, words)

    def _match(self, key: bytes) -> I32:
        """Return the pieces of the longest matches."""
        matches = self._matches(key)
        pieces, at = np.full(len(matches) - 1, HOLE, np.int32), 0
        while at < len(pieces):
            pieces[at] = matches[at][0].piece
            at = matches[at][0].end
        return pieces

    def _matches(self, key: bytes) -> Sequence[Sequence[Match]]:
        """Return the matches at each position of a word, the longest first: those that a walk through it can take."""
        text = text_of(key)
        if isinstance(text, int):
            return [[Match(1, text)], []]
        size = len(text)
        found = [self._matching(text, at) for at in range(size)] if size <= self.longest else []
        if not self._finishes(found):
            return [[Match(size, self.unknown)], *([] for _ in text)]
        ends = {size}
        for at in reversed(range(size)):
            found[at] = [match for match in found[at] if match.end in ends]
            if found[at]:
                ends.add(at)
        begins = {0}
        for at in range(size):
            found[at] = found[at] if at in begins else []
            begins.update(match.end for match in found[at])
        return [*found, []]

    def _matching(self, text: str, at: int) -> list[Match]:
        prefix = self.prefix if at else ""
        pieces = (
            (end, self.pieces.get(prefix + text[at:end])) for end in range(min(len(text), at + self._reach), at, -1)
        )
        return [Match(end, piece) for end, piece in pieces if piece is not None]

    @staticmethod
    def _finishes(found: Sequence[Sequence[Match]]) -> bool:
        """Say whether the longest matches come to the end of the word."""
        at = 0
        while at < len(found) and found[at]:
            at = found[at][0].end
        return bool(found) and at == len(found)

    def _link(self, key: bytes, limit: int) -> Chain:
        """Return the chain in which each match is taken that the longer ones were dropped for."""
        steps = []
        for at, matches in enumerate(self._matches(key)):
            left, weights = 1, list[int]()
            for _ in matches[:-1]:  # shares of 2**32 to the power of how many there are
                weights = [weight << 32 for weight in weights] + [left * (2**32 - limit)]
                left *= limit
            some = zip(matches, [*weights, left], strict=True) if matches else ()
            steps.append([Step(match.end, at, match.piece, weight) for match, weight in some])
        return Chain.of(steps, 0, len(steps) - 1)
