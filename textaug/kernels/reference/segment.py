"""Chinese segmentation, defined: jieba's words, cut from UTF-8 bytes.

What jieba does, step by step: a text falls into *blocks* of Han, ASCII letters and digits, and `+#&._%-`; what stands
between blocks is cut into single characters. In a block every word of the dictionary is an edge from its first
character to behind its last one, and a character without a word an edge of its own; the *route* through these edges
with the greatest sum of log probabilities is taken. Characters that the route leaves single, two or more in a row, are
given to a hidden Markov model, unless they are a word together.

The dictionary is a *trie*. A node's edges lie in a hash table: a slot is `node << 42 | character << 26 | flags << 23 |
child`, at the first free place from `place_of` on; node 0 is the root, whose children are `root[character]`, as
`flags << 23 | child`. `WORD` says that a word ends at the child, `INNER` that it has children, `BARRED` that the hidden
Markov model may not make this word. A word's `weight` is the logarithm of its probability; `single` is that of a
character that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.slots import place_of

U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
F64 = npt.NDArray[np.float64]

WORD, INNER, BARRED = 1, 2, 4
FLAG_SHIFT, CHILD = 23, (1 << 23) - 1
NODES = 1 << 22
"""How many nodes a trie may have."""
FIRST_HAN, LAST_HAN = 0x4E00, 0x9FD5
STATES = "BEMS"
"""The hidden states: a word's begin, end and middle, and a word of a single character."""
NEVER = -3.14e100
_BEFORE = {0: (1, 3), 1: (0, 2), 2: (0, 2), 3: (1, 3)}  # the states that may stand before B, E, M, S

Unit = tuple[int, int, int]
"""Where a unit begins and ends, and its kind."""

_BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
_OUTSIDE = re.compile(r"[^\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]|$")
_SINGLE = re.compile(r"\r\n|.", re.DOTALL)
_HAN = re.compile(r"[\u4E00-\u9FD5]+")
_LATIN = re.compile(r"[a-zA-Z0-9]+(?:\.[0-9]+)?%?")
_ALNUM = re.compile(r"[a-zA-Z0-9]")


class Trie(NamedTuple):
    """The arrays of a dictionary and its hidden Markov model, as the kernels take them.

    Attributes:
        slots: uint64, a power of two of them, some of them 0.
        root: uint32, shape (65536,).
        weight: float64, shape (nodes,).
        single: float64, shape (1,).
        emit: float64, shape (characters from FIRST_HAN to LAST_HAN, 4).
        start: float64, shape (4,).
        follow: float64, shape (16,): from state, to state.
    """

    slots: U64
    root: U32
    weight: F64
    single: F64
    emit: F64
    start: F64
    follow: F64


def cut(data: U8, start: I32, end: I32, hmm: bool, trie: Trie) -> tuple[I32, I32]:
    """Cut ranges of UTF-8 bytes into words; the words of a range follow one another without a gap.

    Args:
        data: UTF-8 bytes.
        start, end: int32: the ranges, each a text of its own.
        hmm: whether single characters go to the hidden Markov model.
        trie: the dictionary.

    Returns:
        (offsets, word_end): the words of range i end at bytes `word_end[offsets[i]:offsets[i + 1]]`.
    """
    ends: list[int] = []
    offsets = [0]
    for first, last in zip(start.tolist(), end.tolist(), strict=True):
        at = first
        for word in words_of(data[first:last].tobytes().decode(), hmm, trie):
            at += len(word.encode())
            ends.append(at)
        offsets.append(len(ends))
    return np.array(offsets, np.int32), np.array(ends, np.int32)


def words_of(text: str, hmm: bool, trie: Trie) -> Iterator[str]:
    """Yield the words of a text."""
    at = 0
    for block in _BLOCK.finditer(text):
        yield from _SINGLE.findall(text[at : block.start()])
        yield from _grouped(block.group(), hmm, trie)
        at = block.end()
    yield from _SINGLE.findall(text[at:])


def _grouped(block: str, hmm: bool, trie: Trie) -> Iterator[str]:
    """Yield the words of a block: those of the route, and what becomes of single characters in a row."""
    held = ""
    for word in [*_route(block, trie), ""]:  # the empty one ends the last row
        if len(word) == 1 and (hmm or _ALNUM.match(word)):
            held += word
            continue
        if len(held) > 1 and hmm:
            yield from held if _is_word(held, trie) else _recognised(held, trie)
        elif held:
            yield held
        held = ""
        if word:
            yield word


def _route(block: str, trie: Trie) -> Iterator[str]:
    """Yield the words of the likeliest route; of equally likely ones, that with the longer word."""
    n = len(block)
    score, behind = [0.0] * (n + 1), [0] * n
    for k in range(n - 1, -1, -1):
        edges = list(_edges(block, k, trie)) or [(k + 1, float(trie.single[0]))]
        score[k], behind[k] = max((weight + score[last], last) for last, weight in edges)
    at = 0
    while at < n:
        yield block[at : behind[at]]
        at = behind[at]


def _edges(block: str, k: int, trie: Trie) -> Iterator[tuple[int, float]]:
    """Yield (end, weight) of the dictionary's words that begin at k."""
    held = int(trie.root[ord(block[k])])
    for last in range(k + 1, len(block) + 1):
        if held >> FLAG_SHIFT & WORD:
            yield last, float(trie.weight[held & CHILD])
        if last == len(block) or not held >> FLAG_SHIFT & INNER:
            return
        held = step(held & CHILD, ord(block[last]), trie)
        if not held:
            return


def step(node: int, character: int, trie: Trie) -> int:
    """Return `flags << 23 | child` of a node's edge, 0 where it has none for this character."""
    key = node << 16 | character
    at = int(place_of(np.array([key], np.uint64))[0])
    while True:
        slot = int(trie.slots[at & len(trie.slots) - 1])
        if slot >> 26 == key or not slot:
            return slot & ((1 << 26) - 1)
        at += 1


def find(text: str, trie: Trie) -> int:
    """Return `flags << 23 | node` of a text, 0 where no word begins with it."""
    if not text or max(map(ord, text)) > 0xFFFF:
        return 0
    held = int(trie.root[ord(text[0])])
    for character in text[1:]:
        if not held >> FLAG_SHIFT & INNER:
            return 0
        held = step(held & CHILD, ord(character), trie)
    return held


def _is_word(text: str, trie: Trie) -> bool:
    return bool(find(text, trie) >> FLAG_SHIFT & WORD)


def _recognised(text: str, trie: Trie) -> Iterator[str]:
    """Yield the words that the hidden Markov model sees; Latin is cut into numbers, words and the rest."""
    at = 0
    for run in _HAN.finditer(text):
        yield from _latin(text[at : run.start()])
        for word in _states(run.group(), trie):
            yield from word if find(word, trie) >> FLAG_SHIFT & BARRED else (word,)
        at = run.end()
    yield from _latin(text[at:])


def _latin(text: str) -> Iterator[str]:
    at = 0
    for run in _LATIN.finditer(text):
        if at < run.start():
            yield text[at : run.start()]
        yield run.group()
        at = run.end()
    if at < len(text):
        yield text[at:]


def _states(run: str, trie: Trie) -> Iterator[str]:
    """Yield the words of the likeliest states (Viterbi): one ends with each E and S."""
    emit = [trie.emit[4 * (ord(character) - FIRST_HAN) :][:4].tolist() for character in run]
    start, follow = trie.start.tolist(), trie.follow.tolist()
    score, came = [start[state] + emit[0][state] for state in range(4)], []
    for seen in emit[1:]:
        best = [max((score[old] + follow[4 * old + new] + seen[new], old) for old in _BEFORE[new]) for new in range(4)]
        score = [one for one, _ in best]
        came.append([old for _, old in best])
    state = max((score[last], last) for last in (1, 3))[1]
    ends = []
    for k in range(len(run) - 1, -1, -1):
        if state in (1, 3):
            ends.append(k + 1)
        state = came[k - 1][state] if k else state
    first = 0
    for last in reversed(ends):
        yield run[first:last]
        first = last


def split(
    data: U8, offsets: I32, row_offsets: I32, start: I32, end: I32, kind: U8, han: int, hmm: bool, trie: Trie
) -> tuple[I32, I32, I32, U8]:
    """Cut the runs of Han among the words of a tile; the other units stay as they are.

    A run is cut together with the blocks that it stands in, because words like T恤 and 卡拉OK begin or end outside of
    it. Such a word is one unit if it holds the units around the run whole; if not, the run's edge cuts it.

    Args:
        data, offsets: the tile.
        row_offsets, start, end, kind: its units.
        han: the kind of those to cut.
        hmm, trie: see `cut`.

    Returns:
        (row_offsets, start, end, kind) of all units.
    """
    text = data.tobytes()
    counts = [0]
    made: list[Unit] = []
    for row in range(len(offsets) - 1):
        units = [(int(start[u]), int(end[u]), int(kind[u])) for u in range(row_offsets[row], row_offsets[row + 1])]
        made += _split_row(text, int(offsets[row]), int(offsets[row + 1]), units, han, hmm, trie)
        counts.append(len(made))
    table = np.array(made, np.int32).reshape(-1, 3)
    first, last, kinds = (np.ascontiguousarray(column) for column in table.T)
    return np.array(counts, np.int32), first, last, kinds.astype(np.uint8)


def _split_row(
    text: bytes, first: int, last: int, units: list[Unit], han: int, hmm: bool, trie: Trie
) -> Iterator[Unit]:
    """Yield the units of a row; `done` is where the last one ends, which may hold some of the next units."""
    runs = [unit for unit in units if unit[2] == han]
    words = dict(_words_around(text, first, last, runs, hmm, trie))
    done = first
    for u, (begin, stop, kind) in enumerate(units):
        begin = max(begin, done)
        while begin < stop:
            behind = words.get(begin) or min((end for end in words.values() if end > begin), default=stop)
            mixed = begin in words and behind > stop and _holds(behind, units, u, han)
            if not mixed:
                behind = min(behind, stop) if kind == han else stop
            yield begin, behind, han if mixed else kind
            begin = done = behind


def _words_around(
    text: bytes, first: int, last: int, runs: list[Unit], hmm: bool, trie: Trie
) -> Iterator[tuple[int, int]]:
    """Yield (begin, end) of the words of the blocks around the runs."""
    behind = first
    for k, (begin, stop, _) in enumerate(runs):
        if begin < behind:
            continue
        at = begin - len(_in_block(text[first:begin].decode()[::-1]))
        behind = stop + len(_in_block(text[stop:last].decode()))
        for start, end, _ in runs[k + 1 :]:
            if start < behind < end:  # a run may hold more than blocks do
                behind = end + len(_in_block(text[end:last].decode()))
        for word in words_of(text[at:behind].decode(), hmm, trie):
            yield at, at + len(word.encode())
            at += len(word.encode())


def _in_block(text: str) -> bytes:
    """Return what of a text, from its beginning, belongs to a block."""
    return _OUTSIDE.split(text, maxsplit=1)[0].encode()


def _holds(behind: int, units: list[Unit], u: int, han: int) -> bool:
    """Say whether a word that begins with unit u and ends behind it holds others whole, with a run among them all."""
    held = [unit for unit in units[u + 1 :] if unit[0] < behind]
    runs = any(unit[2] == han for unit in [units[u], *held])
    return bool(held) and runs and all(unit[1] <= behind or unit[2] == han for unit in held)
