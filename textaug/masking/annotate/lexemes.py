"""Words numbered as they are met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textaug.batch import Mask

if TYPE_CHECKING:
    import pyarrow as pa

I64 = npt.NDArray[np.int64]


class Lexemes:
    """The words that were met and not left out, each with a number.

    >>> import pyarrow as pa
    >>> held = Lexemes()
    >>> held.numbers(pa.array(["a", "b", "a"])).tolist(), held.words
    ([0, 1, 0], ['a', 'b'])
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self._number: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.words)

    def numbers(self, words: pa.Array) -> I64:
        """Return the number of each word, a new one for a word that is new."""
        coded = words.dictionary_encode()
        number = self._number
        found = [number.setdefault(word, len(number)) for word in coded.dictionary.to_pylist()]
        self.words += list(number)[len(self.words) :]
        return np.array(found, np.int64)[np.asarray(coded.indices)] if found else np.zeros(0, np.int64)

    def number(self, word: str) -> int:
        """Return the number of a word, -1 where it has none."""
        return self._number.get(word, -1)

    def keep(self, wanted: Mask) -> None:
        """Leave words out, and number the others anew in the same order."""
        self.words = [word for word, want in zip(self.words, wanted.tolist(), strict=True) if want]
        self._number = {word: number for number, word in enumerate(self.words)}
