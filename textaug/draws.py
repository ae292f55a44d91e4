"""Every random draw has an address: (seed, node, epoch, copy, source) make a key, (row, purpose, index) a counter."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from textaug.kernels import draws as kernel
from textaug.kernels.reference.draws import I32, U8, U32, U64

T = TypeVar("T")
NO_LIMIT = 0x7FFFFFFF


class Purpose(IntEnum):
    """What a draw is for. Draws for different purposes are independent; a number, once given, is never reused."""

    GATE = 0  # does this transform touch the row at all?
    RATE = 1  # which rate, from a range, does the row get?
    SELECT = 2  # is this unit selected?
    CORRUPT = 3  # what becomes of this unit?
    CHOOSE = 4  # which child of OneOf or SomeOf?
    ORDER = 5  # where does this unit go?
    BUDGET = 6  # how does an exact budget round?
    LENGTH = 7  # how many words has this n-gram or span?
    TOKEN = 8  # which random token?
    LEVEL = 9  # which kind of unit does the row get?
    PLACE = 10  # where does it go: contexts of permutations, insertions, gaps?
    PAIR = 11  # which sentences make a pair?
    SCHEME = 12  # which of a mixture of objectives does the row get?
    SIMILAR = 13  # which similar word?
    TRIM = 14  # which end loses a token?
    SIMPLE = 16  # draws of user-written transforms; SIMPLE + i is the unit's i-th block


@dataclass(frozen=True, slots=True)
class Address:
    """Where a run's draws come from.

    Args:
        seed: any integer, 0 too.
        epoch: the pass over the data; another epoch is another augmentation.
        copy: which of several outputs of a row; 1 is the first, 0 stands for the original.
        source: the file's path relative to the dataset's root; empty for one file or values in memory.
    """

    seed: int = 0
    epoch: int = 0
    copy: int = 1
    source: str = ""

    def key(self, node: str) -> int:
        """Return the 64 bit key of a node of the recipe.

        >>> Address(seed=1).key("WordSwap/1/0") == Address(seed=1).key("WordSwap/1/0") != Address(seed=2).key("WordSwap/1/0")
        True
        """  # noqa: E501
        return _key(self.seed, node, self.epoch, self.copy, self.source)


@lru_cache(maxsize=4096)
def _key(*parts: int | str) -> int:
    digest = blake2b(digest_size=8)
    for part in parts:
        text = str(part).encode("utf-8", "surrogatepass")
        digest.update(len(text).to_bytes(8, "little") + text)  # the length keeps ("ab", "c") from ("a", "bc")
    return int.from_bytes(digest.digest(), "little")


def threshold(probability: float) -> int:
    """Return the 32 bit threshold of a probability: a draw under it is a yes.

    >>> threshold(0.5) == 2**31, threshold(1.0) == 2**32
    (True, True)
    """
    return round(probability * 2**32)


def row_id(value: int | str) -> int:
    """Return the 64 bit row id of a user's id: integers as they are, strings hashed.

    >>> row_id(7), row_id("seven") == row_id("seven")
    (7, True)
    """
    if isinstance(value, str):
        return int.from_bytes(blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
    return int(value) & 0xFFFFFFFFFFFFFFFF


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of one node for the rows of one batch.

    Args:
        key: the node's key.
        row_ids: uint64, shape (rows,).
    """

    key: int
    row_ids: U64

    def per_row(self, purpose: Purpose) -> U32:
        """Return four draws for every row: uint32, shape (rows, 4)."""
        return self.blocks(np.arange(len(self.row_ids), dtype=np.int32), purpose, np.zeros(len(self.row_ids), np.int32))

    def blocks(self, rows: I32, purpose: int, index: I32) -> U32:
        """Return four draws for each (row, index): uint32, shape (n, 4)."""
        return kernel.blocks(self.key, self.row_ids[rows], purpose, index.astype(np.uint32))

    def corrupting(self, row_offsets: I32, unit: I32, row: I32) -> U32:
        """Return a draw for each selected unit, to decide what becomes of it: uint32, shape (n,)."""
        return kernel.lanes(self.key, self.row_ids, Purpose.CORRUPT, row_offsets, unit, row)

    def select(
        self, row_offsets: I32, eligible: U8 | None, thresholds: U64, at_least: int, at_most: int | None
    ) -> tuple[I32, I32]:
        """Return (unit, row) of the selected units: a Bernoulli draw each, then the limits on their number in a row."""
        return kernel.select(
            self.key,
            self.row_ids,
            Purpose.SELECT,
            row_offsets,
            eligible,
            thresholds,
            at_least,
            NO_LIMIT if at_most is None else at_most,
        )


class UnitDraws:
    """The draws of one unit, handed to a user-written transform; they come in order, and are pure in the address.

    >>> draws = UnitDraws(key=1, row_id=2, unit=3)
    >>> draws.pick("abc") == UnitDraws(key=1, row_id=2, unit=3).pick("abc")
    True
    """

    def __init__(self, key: int, row_id: int, unit: int) -> None:
        self._key, self._row, self._unit = key, np.array([row_id], np.uint64), np.array([unit], np.uint32)
        self._made, self._block = 0, np.zeros((1, 4), np.uint32)

    def bits(self) -> int:
        """Return 32 random bits."""
        if self._made % 4 == 0:
            self._block = kernel.blocks(self._key, self._row, Purpose.SIMPLE + self._made // 4, self._unit)
        self._made += 1
        return int(self._block[0, (self._made - 1) % 4])

    def below(self, n: int) -> int:
        """Return an integer from 0 to n - 1."""
        return self.bits() * n >> 32

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.bits() < threshold(probability)

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[self.below(len(options))]
