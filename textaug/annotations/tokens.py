"""Tokens as a text, and a text that was edited as tokens again: where no edit touched them, they are what they were."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

Join = Literal["auto", "blank", "none"]

# Han, kana, Thai, Lao, Burmese, Khmer, what lies between them, and their punctuation: there words stand without blanks
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]"
)


class Sentence(NamedTuple):
    """Tokens, the text that they make, and where in it each begins."""

    tokens: Sequence[str]
    text: str
    starts: list[int]

    def end(self, token: int) -> int:
        """Return where a token ends."""
        return self.starts[token] + len(self.tokens[token])


class Piece(NamedTuple):
    """A token of an edited text, `text[start:end]`, and the old token that it is or is left of; -1 if of none alone."""

    start: int
    end: int
    origin: int


def joined(tokens: Sequence[str], join: Join = "auto") -> Sentence:
    """Join tokens to a text.

    Args:
        tokens: the tokens.
        join: "blank" puts a blank between all of them, "none" puts nothing; "auto" puts none beside characters of
            scripts that are written without blanks, nor between single letters in a row of single characters.

    >>> joined(["U.N.", "official", "Ekeus"]).text, joined(["我", "爱", "Python", "3"]).text
    ('U.N. official Ekeus', '我爱Python 3')
    """
    if join == "auto" and (not _UNSPACED.search("".join(tokens)) or _single(tokens)):
        join = "none" if _UNSPACED.search("".join(tokens)) else "blank"
    starts, parts, at = list[int](), list[str](), 0
    for before, token in pairwise(["", *tokens]):
        blank = len(starts) > 0 and (join == "blank" or (join == "auto" and _spaced(before, token)))
        starts.append(at + blank)
        parts += [" " * blank, token]
        at = starts[-1] + len(token)
    return Sentence(tokens, "".join(parts), starts)


def _single(tokens: Sequence[str]) -> bool:
    return all(len(token) <= 1 for token in tokens)


def _spaced(before: str, token: str) -> bool:
    return not _UNSPACED.match(before[-1:]) and not _UNSPACED.match(token[:1])


def cut(sentence: Sentence, edits: Iterable[Any]) -> list[Piece]:
    """Return the tokens of the text that edits make of a sentence.

    Old borders stay where they were; what the edits put in is cut at blanks, and where the sentence's tokens are single
    characters of a script without blanks, at those too.

    Args:
        sentence: the tokens as they were.
        edits: (start, end, text, …) in code points of the sentence's text, sorted.

    >>> sentence = joined(["a", "good", "film"])
    >>> [sentence.text[piece.start : piece.end] for piece in cut(sentence, [])]
    ['a', 'good', 'film']
    """
    scripts = [token for token in sentence.tokens if _UNSPACED.search(token)]
    cutter, at = _Cutter(sentence, bool(scripts) and _single(scripts)), 0
    for start, end, text, *_ in edits:
        cutter.keep(at, start)
        cutter.put(start, end, text)
        at = end
    cutter.keep(at, len(sentence.text))
    cutter.border()
    return cutter.pieces


def split(text: str) -> list[Piece]:
    """Return the tokens of a text of which no tokens are known: cut at blanks, and at characters without blanks.

    >>> split("Ada 北京") == [Piece(0, 3, -1), Piece(4, 5, -1), Piece(5, 6, -1)]
    True
    """
    cutter = _Cutter(Sentence([], "", []), True)
    cutter.put(0, 0, text)
    cutter.border()
    return cutter.pieces


class _Cutter:
    """Goes through the new text from its beginning, and collects tokens."""

    def __init__(self, sentence: Sentence, characters: bool) -> None:
        self.pieces: list[Piece] = []
        self._sentence, self._at = sentence, 0
        self._start, self._origins = -1, set[int]()
        ends = [sentence.end(token) for token in range(len(sentence.tokens))]
        text, edges = sentence.text, (0, len(sentence.text))
        self._glued = {start for start, end in zip(sentence.starts[1:], ends, strict=False) if start == end}
        self._glued |= {at for at in edges if _UNSPACED.search(text[max(at - 1, 0) : at + 1])}
        self._characters = characters  # of scripts without blanks, each is a token

    def border(self) -> None:
        """End the token."""
        if self._start >= 0:
            origin = self._origins.pop() if len(self._origins) == 1 else -1
            self.pieces.append(Piece(self._start, self._at, origin))
        self._start, self._origins = -1, set()

    def keep(self, start: int, end: int) -> None:
        """Go through a stretch of the old text that stayed."""
        sentence = self._sentence
        first = max(bisect_right(sentence.starts, start) - 1, 0)
        for token in range(first, len(sentence.tokens)):
            begin, stop = max(sentence.starts[token], start), min(sentence.end(token), end)
            if sentence.starts[token] >= end:
                break
            if stop <= begin:
                continue
            self._blanks(begin - start)
            if begin in self._glued:
                self.border()
            self._take(stop - begin)
            self._origins.add(token)
            start = stop
        self._blanks(end - start)

    def put(self, start: int, end: int, text: str) -> None:
        """Go through what an edit put in the place of `start:end`."""
        if start in self._glued:
            self.border()
        for character in text:
            if character.isspace():
                self._blanks(1)
                continue
            alone = self._characters and _UNSPACED.match(character) is not None
            if alone:
                self.border()
            self._take(1)
            if alone:
                self.border()
        if end in self._glued:
            self.border()

    def _take(self, size: int) -> None:
        self._start = self._at if self._start < 0 else self._start
        self._at += size

    def _blanks(self, size: int) -> None:
        if size > 0:
            self.border()
            self._at += size
