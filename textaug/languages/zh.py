"""What is Chinese: its words, cut as jieba cuts them."""

from __future__ import annotations

import math
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from textaug.errors import DataError, UsageError
from textaug.kernels import segment as kernel
from textaug.kernels.reference.segment import CHILD, I32, U8, find
from textaug.languages import dictionary
from textaug.languages.dictionary import Dictionary, Entry

if TYPE_CHECKING:
    import pyarrow as pa

_USER_LINE = re.compile(r"^(.+?)( [0-9]+)?( [a-z]+)?$")


class Segmenter:
    """Cut Chinese text into words: the same words as `jieba.lcut`, dozens of times faster.

    Jieba's dictionary and hidden Markov model are compiled once a machine, into the user's cache. What stands between
    Chinese is cut as jieba does it too.

    Args:
        hmm: whether words that the dictionary lacks are recognised by the hidden Markov model.
        dictionary: the path of another dictionary in jieba's format (`word count [tag]` a line) instead of its own.
        user_dict: the path of further words, as `jieba.load_userdict` takes them (`word [count] [tag]` a line).

    Raises:
        UsageError: jieba is not installed.
        DataError: a dictionary cannot be read.

    >>> Segmenter().cut("我们明天去看电影。")
    ['我们', '明天', '去', '看', '电影', '。']
    """

    def __init__(
        self,
        *,
        hmm: bool = True,
        dictionary: str | os.PathLike[str] | None = None,
        user_dict: str | os.PathLike[str] | None = None,
    ) -> None:
        self.hmm = hmm
        self._path = None if dictionary is None else Path(dictionary)
        self._base = self._opened(())
        self._compiled: Dictionary | None = self._base
        self._added: list[Entry] = []
        self._counts: dict[str, int] = {}  # of what was added, and 0 for what words begin with since
        if user_dict is not None:
            self.load_userdict(user_dict)

    def __repr__(self) -> str:
        return f"Segmenter(hmm={self.hmm}, {len(self._base.counts):,} nodes, {len(self._added)} words added)"

    def add_word(self, word: str, count: int | None = None) -> None:
        """Add a word, as `jieba.add_word` does; the dictionary is compiled anew when it is needed next.

        Args:
            word: the word.
            count: how often it is met; left out, as often as it takes to be cut out. At 0 it is no word.

        >>> segmenter = Segmenter()
        >>> segmenter.add_word("男主角的表演")
        >>> segmenter.cut("男主角的表演好")
        ['男主角的表演', '好']
        """
        if not word or (count is not None and count < 0):
            raise UsageError(f"add_word({word!r}, {count}): give a word, and a count of at least 0")
        entry = Entry(word, self.suggest_count(word) if count is None else count)
        self._added.append(entry)
        self._compiled = None
        self._counts[word] = entry.frequency
        for k in range(1, len(word)):
            if self._count(word[:k], -1) < 0:
                self._counts[word[:k]] = 0

    def del_word(self, word: str) -> None:
        """Delete a word: `add_word` with a count of 0."""
        self.add_word(word, 0)

    def load_userdict(self, path: str | os.PathLike[str]) -> None:
        """Add the words of a file, `word [count] [tag]` a line.

        Raises:
            DataError: the file cannot be read.
        """
        try:
            lines = Path(path).read_text("utf-8-sig").split("\n")
        except OSError as error:
            raise DataError(f"cannot read the dictionary {path}: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise DataError(f"{path} is not UTF-8: byte {error.start}; convert it first") from None
        for line in filter(None, map(str.strip, lines)):
            found = _USER_LINE.match(line)
            word, count = (found.group(1), found.group(2)) if found else (line, None)
            self.add_word(word, None if count is None else int(count))

    def suggest_count(self, word: str) -> int:
        """Return the count at which a word is cut out, as `jieba.suggest_freq` does."""
        total = self._total
        share = 1.0
        for part in self._likeliest(word):
            share *= self._count(part, 1) / float(total)
        return max(int(share * total) + 1, self._count(word, 1))

    @property
    def compiled(self) -> Dictionary:
        """The dictionary with all that was added, compiled."""
        if self._compiled is None:
            self._compiled = self._opened(tuple(self._added))
        return self._compiled

    def cut(self, text: str) -> list[str]:
        """Return the words of a text; nothing is left out, blanks and marks are words too."""
        data = text.encode()
        ends = self.ends(np.frombuffer(data, np.uint8), np.zeros(1, np.int32), np.array([len(data)], np.int32))[1]
        return [data[first:last].decode() for first, last in pairwise([0, *ends.tolist()])]

    def cut_batch(self, column: Any) -> pa.Array:
        """Return the words of every text of a column as a list array, whose strings lie in the column's own memory.

        Args:
            column: a pyarrow Array or ChunkedArray, a list of str and None, a pandas or polars Series.

        Returns:
            A `pa.LargeListArray` of large_string (a ChunkedArray for a ChunkedArray); null where the text is null.

        >>> Segmenter().cut_batch(["去看电影", None]).to_pylist()
        [['去', '看', '电影'], None]
        """
        import pyarrow as pa

        from textaug.batch import flat
        from textaug.call import shape_of

        parts = [self._words(flat(chunk)) for chunk in shape_of(column).chunks]
        if isinstance(column, pa.ChunkedArray):
            return pa.chunked_array(parts)
        return parts[0] if len(parts) == 1 else pa.concat_arrays(parts)

    def ends(self, data: U8, start: I32, end: I32) -> tuple[I32, I32]:
        """Return (offsets, word_end) of ranges of UTF-8 bytes: see `textaug.kernels.reference.segment.cut`."""
        return kernel.cut(data, start, end, self.hmm, self.compiled.trie)

    def _words(self, text: pa.Array) -> pa.Array:
        """Cut an array tile by tile; the words' offsets are all that is new."""
        import pyarrow as pa

        from textaug.batch import buffers, tiles

        data, offsets = buffers(text)
        lists, ends = [np.zeros(1, np.int64)], [offsets[:1].astype(np.int64)]
        for first, tile in tiles(text, np.arange(len(text), dtype=np.uint64)):
            found, word_end = self.ends(tile.data, tile.offsets[:-1], tile.offsets[1:])
            lists.append(found[1:] + lists[-1][-1])
            ends.append(word_end + np.int64(offsets[first]))
        values = [None, pa.py_buffer(np.concatenate(ends)), pa.py_buffer(data)]
        words = pa.Array.from_buffers(pa.large_string(), int(lists[-1][-1]), values)
        nulls = pa.array(~np.asarray(text.is_valid())) if text.null_count else None
        return pa.LargeListArray.from_arrays(pa.array(np.concatenate(lists)), words, mask=nulls)

    def _opened(self, more: tuple[Entry, ...]) -> Dictionary:
        if self._path is None and not more:
            return dictionary.default()
        return dictionary.opened(self._path or dictionary.installed() / "dict.txt", more)

    @property
    def _total(self) -> int:
        return self._base.total + sum(entry.frequency for entry in self._added)

    def _count(self, text: str, otherwise: int) -> int:
        """Return how often a word is met, 0 where words only begin with it."""
        if text in self._counts:
            return self._counts[text]
        held = find(text, self._base.trie)
        return int(self._base.counts[held & CHILD]) if held else otherwise

    def _likeliest(self, text: str) -> list[str]:
        """Cut one short text without compiling what was added: the route of `reference.segment`, by counts."""
        logarithm = math.log(self._total)
        score, behind = [0.0] * (len(text) + 1), list(range(1, len(text) + 2))
        for k in range(len(text) - 1, -1, -1):
            known = [last for last in range(k + 1, len(text) + 1) if self._count(text[k:last], 0) > 0] or [k + 1]
            score[k], behind[k] = max(
                (math.log(self._count(text[k:last], 1) or 1) - logarithm + score[last], last) for last in known
            )
        parts, at = [""], 0
        while at < len(text):
            part, at = text[at : behind[at]], behind[at]
            alone = len(part) == 1 and part.isascii() and part.isalnum()
            parts += ["", part, ""] if not alone else [parts.pop() + part]
        return [part for part in parts if part]
