"""Words put in at random places, from a list."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np

from textaug.batch import I32, U8, Batch, Mask
from textaug.draws import Draws
from textaug.edits import Edits
from textaug.errors import UsageError
from textaug.stored import file_hash
from textaug.transform import About, Proposal, RateTransform, register
from textaug.transforms.eligible import allowed
from textaug.transforms.scripts import by_script
from textaug.transforms.spacing import ends_row
from textaug.units import Kind, Units, words

_ENGLISH = (
    *("actually", "basically", "certainly", "honestly", "obviously", "frankly", "essentially", "naturally", "overall"),
    *("indeed", "simply", "of course", "in fact", "after all", "in short", "as it happens"),
)
_SIMPLIFIED = ("其实", "确实", "真的", "当然", "的确", "总之", "说实话", "说真的", "总的来说", "事实上", "实际上")
_TRADITIONAL = ("其實", "確實", "真的", "當然", "的確", "總之", "說實話", "說真的", "總的來說", "事實上", "實際上")
NEUTRAL, NEUTRAL_TRADITIONAL = _ENGLISH + _SIMPLIFIED, _ENGLISH + _TRADITIONAL
"""What is put in unless words are given: adverbs that neither praise nor blame, nor say how much, how often or when."""

_OPEN = np.zeros(256, bool)  # the bytes before which a word of its own may go in; 0xE2 begins quotes, dashes and dots
_OPEN[list(b' \t\r\n.,;:!?)]"<\xe2')] = True
_READ = (Kind.WORD, Kind.NUMBER, Kind.ABBREVIATION, Kind.OTHER)


class Pool(NamedTuple):
    """The words as the edits take them: those of a script that knows blanks, with one before each, then the Chinese.

    Attributes:
        text: all of them.
        offsets: int32, where each begins, and the end of the last.
        spaced: how many stand behind a blank.
    """

    text: U8
    offsets: I32
    spaced: int

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.offsets) - 1


@register
class RandomInsert(RateTransform):
    """Put words of a list in at random places; the rate counts places.

    A place is behind a word, before a blank, a mark or the row's end, or beside a Chinese word, which knows no
    blanks and gets Chinese words; an `a` or `an` keeps its noun. Unlike the random insertion of EDA
    (`SynonymInsert`) the words need not have to do with the text: give those of a domain, or keep the neutral ones.

    Args:
        words: the words to put in; none for a short list of neutral adverbs in both languages, unless `path` is given.
        path: a file of words, one a line, UTF-8; `#` begins a comment.

    >>> from textaug import RandomInsert
    >>> RandomInsert(rate=0.2, words=("frankly", "说真的"))("The plot is thin, 但是 the actors save it.", seed=8)
    'The plot is frankly thin, 但是说真的 the actors save it.'
    """

    about: ClassVar[About] = About("word", "English, Chinese", "AEDA, EDA")

    words: tuple[str, ...] = ()
    path: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_words("words")
        for word in self.words:
            if not word.strip() or not word.isprintable():
                raise self._refuse("words", word, "give words of printable characters")
        if self.path is not None and not isinstance(self.path, str | os.PathLike):
            raise self._refuse("path", self.path, "give the path of a file of words")
        if self.path is not None:
            object.__setattr__(self, "path", os.fspath(self.path))
        self._pool()  # a wrong path is refused here, and not in the middle of a run

    def reads(self) -> dict[str, str]:
        """Return the path of the words and the hash of the file."""
        return {} if self.path is None else {self.path: file_hash(self.path)}

    def propose(self, batch: Batch, draws: Draws) -> Proposal:
        """Put a word in at the selected places."""
        return by_script(batch, lambda rows, traditional: self._propose(rows, draws, self._pool(traditional)))

    def _propose(self, batch: Batch, draws: Draws, pool: Pool) -> Proposal:
        units = words(batch)
        at, chinese, may = _places(batch, units)
        may &= np.where(chinese, pool.spaced < pool.size, pool.spaced > 0)
        eligible = allowed(may, batch.free(at, at))
        unit, row = self.select(batch, draws, units, eligible)
        draw, at, chinese = draws.corrupting(units.row_offsets, unit, row).astype(np.uint64), at[unit], chinese[unit]
        count = np.where(chinese, pool.size - pool.spaced, pool.spaced).astype(np.uint64)
        word = np.where(chinese, pool.spaced, 0) + ((draw * count) >> np.uint64(32)).astype(np.int32)
        edits = Edits.of(row, len(batch), at, at, pool.offsets[word], pool.offsets[word + 1], text=pool.text)
        return Proposal(edits, int(np.count_nonzero(eligible)), len(unit))

    def _pool(self, traditional: bool = False) -> Pool:
        listed = self.words
        if not listed and self.path is None:
            return _made(NEUTRAL_TRADITIONAL if traditional else NEUTRAL)
        if self.path is not None:
            try:
                listed += _read(self.path, os.stat(self.path).st_mtime_ns)
            except OSError as error:
                raise self._refuse("path", self.path, f"{error.strerror}; give a file of words") from None
            except UnicodeDecodeError as error:
                raise self._refuse("path", self.path, f"byte {error.start} is not UTF-8; give it in UTF-8") from None
        return _made(listed)


def _places(batch: Batch, units: Units) -> tuple[I32, Mask, Mask]:
    """Return the place of every unit, whether a Chinese word goes there, and whether anything may."""
    han, behind = units.kind == Kind.HAN, np.append(batch.data, np.uint8(ord(" ")))[units.end]
    before_han, length = np.zeros(len(units), bool), units.end - units.start
    before_han[:-1] = han[1:] & ~han[:-1]
    last = ends_row(units)
    before_han[last] = False
    open_ended = _OPEN[behind]
    open_ended[last] |= units.end[last] == batch.offsets[1:][np.diff(units.row_offsets) > 0]
    near = np.flatnonzero(before_han)
    gap = units.start[near + 1] - units.end[near]
    before_han[near] = (gap == 0) | ((gap == 1) & (behind[near] == ord(" ")))
    article = (length < 3) & (batch.data[units.start] | 32 == ord("a"))
    article &= (length == 1) | (batch.data[units.end - 1] | 32 == ord("n"))
    at = units.end.copy()
    at[before_han] = units.start[1:][before_han[:-1]]
    return at, han | before_han, units.is_in(_READ) & (open_ended | before_han) & ~article | han


@lru_cache(maxsize=8)
def _read(path: str, changed: int) -> tuple[str, ...]:
    """Read a file of words, anew when it has changed."""
    lines = (line.partition("#")[0].strip() for line in Path(path).read_text("utf-8-sig").splitlines())
    found = tuple(line for line in lines if line)
    if not found:
        raise UsageError(f"{path} has no words; give one a line")
    return found


@lru_cache(maxsize=8)
def _made(listed: tuple[str, ...]) -> Pool:
    chinese = [word for word in dict.fromkeys(listed) if _is_chinese(word)]
    spaced = [word for word in dict.fromkeys(listed) if not _is_chinese(word)]
    encoded = [*(b" " + word.encode() for word in spaced), *(word.encode() for word in chinese)]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return Pool(np.frombuffer(b"".join(encoded), np.uint8), offsets, len(spaced))


def _is_chinese(word: str) -> bool:
    """Say whether a word has a Han character."""
    return any("㐀" <= letter <= "鿿" or letter >= "𠀀" for letter in word if not letter.isascii())
