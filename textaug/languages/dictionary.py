"""Jieba's dictionary and hidden Markov model, compiled to the arrays that the segmenter's kernel takes.

They are read from the installed package `jieba`, which is not imported. What is compiled of them lies in the user's
cache, under the hash of everything that it is made of.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

import textaug.stored as stored
from textaug.cache import cached
from textaug.errors import DataError, missing
from textaug.kernels.reference.segment import (
    BARRED,
    F64,
    FIRST_HAN,
    FLAG_SHIFT,
    INNER,
    LAST_HAN,
    NEVER,
    NODES,
    STATES,
    U32,
    U64,
    WORD,
    Trie,
)
from textaug.kernels.reference.slots import place_of

FORMAT = "textaug.dictionary/1"
_TYPES = dict.fromkeys(("slots",), "u8") | {"root": "u4"} | dict.fromkeys(Trie._fields[2:], "f8") | {"counts": "i8"}


class Entry(NamedTuple):
    """A word of a dictionary and how often it is met; one of frequency 0 is no word, nor is it made of its letters."""

    word: str
    frequency: int


class Dictionary(NamedTuple):
    """A compiled dictionary.

    Attributes:
        trie: what the kernel takes.
        counts: int64, shape (nodes,): how often each node's word is met.
        total: how often all words are met.
    """

    trie: Trie
    counts: npt.NDArray[np.int64]
    total: int


def installed() -> Path:
    """Return the folder of the package jieba, without importing it.

    Raises:
        UsageError: jieba is not installed.
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise missing("jieba", "all", "the words of Chinese text")
    return Path(spec.origin).parent


@cache
def default() -> Dictionary:
    """Return jieba's own dictionary, compiled once a machine and mapped once a process."""
    return opened(installed() / "dict.txt")


def opened(path: Path, more: tuple[Entry, ...] = ()) -> Dictionary:
    """Return a dictionary in jieba's format, compiled, with further words that count as if they stood behind its own.

    Raises:
        DataError: the file cannot be read.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot read the dictionary {path}: {error.strerror}") from None
    name = f"dictionary-{_hash(text, more)}.arrow"
    held = cached(name, lambda to: _write(to, [*_entries(text, path), *more]))
    arrays, about = stored.read(held, _TYPES, "dictionary", FORMAT, "delete it, and it is compiled again")
    return Dictionary(Trie(*arrays[:-1]), arrays[-1], int(about["total"]))


def _hash(text: bytes, more: tuple[Entry, ...]) -> str:
    held = blake2b(FORMAT.encode(), digest_size=12)
    for part in (text, repr(more).encode(), *(_table(name).read_bytes() for name in ("start", "trans", "emit"))):
        held.update(len(part).to_bytes(8, "little") + part)
    return held.hexdigest()


def _entries(text: bytes, path: Path) -> Iterator[Entry]:
    """Yield what stands on the lines `word count [tag]`."""
    for number, line in enumerate(text.decode("utf-8-sig").split("\n"), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) < 2 or not fields[1].isascii() or not fields[1].isdigit():
            raise DataError(f"{path}, line {number}: {line!r}; write: word count [tag]")
        yield Entry(fields[0], int(fields[1]))


def _write(path: Path, entries: list[Entry]) -> None:
    trie, counts, total = compiled(entries)
    stored.write(path, list(_TYPES), [*trie, counts], {"format": FORMAT, "total": total})


def compiled(entries: Iterable[Entry]) -> Dictionary:
    """Compile a dictionary; of a word that comes twice the last count holds, but both count for the total.

    Raises:
        DataError: there are too many words.
    """
    held = list(entries)
    total = sum(frequency for _, frequency in held)
    met = {word: frequency for word, frequency in held if len(word) > 0 and max(word) < "\U00010000"}
    keys, nodes = _nodes(list(met))
    if len(keys) + 1 >= NODES:
        raise DataError(f"the dictionary needs {len(keys) + 1} nodes; the limit is {NODES}: leave rare words out")
    counts = np.zeros(len(keys) + 1, np.int64)
    counts[nodes] = list(met.values())
    flags = np.zeros(len(keys) + 1, np.uint64)
    flags[nodes] = np.where(counts[nodes] > 0, WORD, BARRED)
    flags[(keys >> np.uint64(16)).astype(np.int64)] |= np.uint64(INNER)
    logarithm = math.log(total) if total else 0.0
    weight = np.array([math.log(n or 1) - logarithm for n in counts.tolist()])
    slots, root = _edges(keys, flags)
    trie = Trie(slots, root, weight, np.array([-logarithm]), *_model())
    return Dictionary(trie, counts, total)


def _nodes(words: list[str]) -> tuple[U64, npt.NDArray[np.int64]]:
    """Return the key `parent << 16 | character` of each node but the root, and each word's node; level by level."""
    sizes = np.array([len(word) for word in words], np.int64)
    text = np.frombuffer("".join(words).encode("utf-16-le", "surrogatepass"), np.uint16).astype(np.uint64)
    first = np.cumsum(sizes) - sizes
    node = np.zeros(len(words), np.int64)
    keys = [np.zeros(0, np.uint64)]
    made = 1
    for level in range(int(sizes.max(initial=0))):
        longer = np.flatnonzero(sizes > level)
        key = node[longer].astype(np.uint64) << np.uint64(16) | text[first[longer] + level]
        new, inverse = np.unique(key, return_inverse=True)
        node[longer] = made + inverse
        keys.append(new)
        made += len(new)
    return np.concatenate(keys), node


def _edges(keys: U64, flags: U64) -> tuple[U64, U32]:
    """Return the hash table of the edges, and the root's children by character."""
    child = np.arange(1, len(keys) + 1, dtype=np.uint64)
    held = flags[1:] << np.uint64(FLAG_SHIFT) | child
    root = np.zeros(1 << 16, np.uint32)
    top = keys < np.uint64(1 << 16)
    root[keys[top].astype(np.int64)] = held[top]
    slots = np.zeros(1 << max(3, int(2 * np.count_nonzero(~top)).bit_length()), np.uint64)
    key, held = keys[~top], held[~top]
    at = place_of(key)
    waiting = np.arange(len(key))
    while len(waiting):  # a round: whoever comes first to a free place has it
        place = (at[waiting] & np.uint64(len(slots) - 1)).astype(np.int64)
        _, first = np.unique(place, return_index=True)
        settled = first[slots[place[first]] == 0]
        slots[place[settled]] = key[waiting[settled]] << np.uint64(FLAG_SHIFT + 3) | held[waiting[settled]]
        waiting = np.delete(waiting, settled)
        at[waiting] += np.uint64(1)
    return slots, root


def _table(name: str) -> Path:
    return installed() / "finalseg" / f"prob_{name}.py"


@cache
def _model() -> tuple[F64, F64, F64]:
    """Return (emit, start, follow) of jieba's hidden Markov model, read as literals: nothing is run."""
    emit, start, follow = (_literal(_table(name)) for name in ("emit", "start", "trans"))
    table = np.full((LAST_HAN - FIRST_HAN + 1, len(STATES)), NEVER)
    for number, state in enumerate(STATES):
        for character, value in emit[state].items():
            if FIRST_HAN <= ord(character) <= LAST_HAN:
                table[ord(character) - FIRST_HAN, number] = value
    moves = [follow[old].get(new, NEVER) for old in STATES for new in STATES]
    return table.ravel(), np.array([start[state] for state in STATES]), np.array(moves)


def _literal(path: Path) -> dict[str, dict[str, float]]:
    """Return the dict that a module assigns to P."""
    tree = ast.parse(path.read_text("utf-8"))
    value = next(node.value for node in tree.body if isinstance(node, ast.Assign))
    table: dict[str, dict[str, float]] = ast.literal_eval(value)
    return table
