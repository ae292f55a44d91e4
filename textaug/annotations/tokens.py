"""Tokens as a text, and a text that was edited as tokens again: where no edit touched them, they are what they were."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from textaug.languages.zh import Segmenter

Join = Literal["auto", "blank", "none"]

# Han, kana, Thai, Lao, Burmese, Khmer, what lies between them, and their punctuation: there words stand without blanks
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(f"[0-9A-Za-z]*[{_HAN}][{_HAN}0-9A-Za-z]*")  # what is cut into Chinese words

NEW, MIXED = -2, -1  # the origin of a token of which nothing is old, and of one that is of several


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
    glue = "" if join == "none" else " "
    if join == "auto" and _UNSPACED.search("".join(tokens)):
        if not _single(tokens):
            return _joined_by_script(tokens)
        glue = ""
    ends = accumulate(len(token) + len(glue) for token in tokens)
    return Sentence(tokens, glue.join(tokens), [0, *ends][: len(tokens)])


def _joined_by_script(tokens: Sequence[str]) -> Sentence:
    starts, parts, at = list[int](), list[str](), 0
    for before, token in pairwise(["", *tokens]):
        blank = len(starts) > 0 and _spaced(before, token)
        starts.append(at + blank)
        parts += [" " * blank, token]
        at = starts[-1] + len(token)
    return Sentence(tokens, "".join(parts), starts)


def _single(tokens: Sequence[str]) -> bool:
    return all(len(token) <= 1 for token in tokens)


def _spaced(before: str, token: str) -> bool:
    return not _UNSPACED.match(before[-1:]) and not _UNSPACED.match(token[:1])


def cut(sentence: Sentence, edits: Iterable[Any], borders: Container[int] = ()) -> list[Piece]:
    """Return the tokens of the text that edits make of a sentence.

    Old borders stay where they were, and go along where a stretch was moved. What the edits put in is cut at blanks,
    Chinese also into words, or into characters where the sentence's tokens are single ones.

    Args:
        sentence: the tokens as they were.
        edits: (start, end, text, by, moved_from) in code points of the sentence's text, sorted; the last two may lack.
        borders: places in the new text where tokens end, but for such as lie inside of what is left of an old one.

    >>> sentence = joined(["我们", "爱", "北京"])
    >>> [piece.origin for piece in cut(sentence, [(0, 2, "北京", "WordSwap", 3), (3, 5, "我们", "WordSwap", 0)])]
    [2, 1, 0]
    """
    scripts = [token for token in sentence.tokens if _UNSPACED.search(token)]
    cutter, at = _Cutter(sentence, bool(scripts) and _single(scripts), borders), 0
    for start, end, text, *about in edits:
        cutter.keep(at, start)
        cutter.put(start, end, text, about[1] if len(about) > 1 else None)
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
    cutter.put(0, 0, text, None)
    cutter.border()
    return cutter.pieces


class _Cutter:
    """Goes through the new text from its beginning, and collects tokens."""

    def __init__(self, sentence: Sentence, characters: bool, borders: Container[int] = ()) -> None:
        self.pieces: list[Piece] = []
        self._borders = borders
        self._starts, self._at = sentence.starts, 0
        self._start, self._origin = -1, NEW  # of the token that is being put together
        self._ends = [start + len(token) for start, token in zip(sentence.starts, sentence.tokens, strict=True)]
        text, edges = sentence.text, (0, len(sentence.text))
        self._glued = {start for start, end in zip(self._starts[1:], self._ends, strict=False) if start == end}
        self._glued |= {at for at in edges if _UNSPACED.search(text[max(at - 1, 0) : at + 1])}
        self._characters = characters  # of scripts without blanks, each is a token

    def border(self) -> None:
        """End the token."""
        if self._start >= 0:
            self.pieces.append(Piece(self._start, self._at, max(self._origin, -1)))
            self._start, self._origin = -1, NEW

    def keep(self, start: int, end: int) -> None:
        """Go through a stretch of the old text that stayed, or was moved here."""
        shift = self._at - start
        for token in range(max(bisect_right(self._starts, start) - 1, 0), len(self._starts)):
            begin, stop = max(self._starts[token], start), min(self._ends[token], end)
            if begin >= end:
                break
            if stop <= begin:
                continue
            if begin > start or begin in self._glued or begin + shift in self._borders:  # behind blanks, or none at all
                self.border()
            if self._start < 0:
                self._start = begin + shift
            self._origin = token if self._origin in (NEW, token) else MIXED
            start, self._at = stop, stop + shift
        if start < end:
            self.border()
            self._at = end + shift

    def put(self, start: int, end: int, text: str, moved_from: int | None) -> None:
        """Go through what an edit put in the place of `start:end`."""
        if start in self._glued or moved_from in self._glued:
            self.border()
        if moved_from is None:
            self._add(text)
        else:
            self.keep(moved_from, moved_from + len(text))
            end = end if end in self._glued else moved_from + len(text)
        if end in self._glued:
            self.border()

    def _add(self, text: str) -> None:
        """Go through new text."""
        inner = set() if self._characters else word_borders(text)
        for at, character in enumerate(text):
            alone = self._characters and _UNSPACED.match(character) is not None
            if alone or character.isspace() or at in inner or self._at in self._borders:
                self.border()
            if self._start < 0 and not character.isspace():
                self._start = self._at
            self._at += 1
            if alone:
                self.border()


def word_borders(text: str) -> set[int]:
    """Return where inside of a text Chinese words begin and end.

    >>> sorted(word_borders("very 我们爱北京"))
    [5, 7, 8]
    """
    found = set[int]()
    for run in _CHINESE.finditer(text) if len(text) > 1 else ():
        words = _segmenter().cut(run[0]) if len(run[0]) > 1 else [run[0]]
        found.update(accumulate(map(len, words), initial=run.start()))
    return found - {0, len(text)}


@cache
def _segmenter() -> Segmenter:
    from textaug.languages.zh import Segmenter

    return Segmenter()
