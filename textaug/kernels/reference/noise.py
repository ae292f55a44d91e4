"""Noise, defined: edits whose Levenshtein distance is what was asked for."""

from typing import NamedTuple

import numpy as np

from textaug.kernels.reference.draws import I32, U8, U32, U64, blocks, indexed
from textaug.kernels.reference.letters import letters_of, member, run_of

SUBSTITUTE, INSERT, DELETE, SWAP = 1, 2, 4, 8  # the actions, as bits
COST = {SUBSTITUTE: 1, INSERT: 1, DELETE: 1, SWAP: 2}
WINDOW = 4  # a new letter differs from the source's so many letters on both sides

_BUDGET, _SELECT, _CORRUPT = 6, 2, 3
_LATIN = 97  # the alphabet of a row before its first letter begins here


class _Shift(NamedTuple):
    """What it would cost to shift the text since the last indel against itself.

    An insertion and a deletion cost 2 only while no cheaper way leads around them: to shift all text between them by
    one character must cost 2 more than what that text costs already.
    """

    open: int = 0  # +1: a character was put in, -1: one was taken out, 0: neither
    previous: int = -1
    excess: int = 0
    kept: int = 0

    def keep(self, letter: int) -> "_Shift":
        return _Shift(self.open, letter, self.excess + (self.previous != letter), self.kept + 1)

    def change(self, old: int, new: int) -> "_Shift":
        if self.open > 0:
            return _Shift(self.open, new, self.excess + (self.previous != old) - 1, self.kept)
        return _Shift(self.open, old, self.excess + (self.previous != new) - 1, self.kept)

    def allows(self, direction: int, letter: int) -> bool:
        """Say whether an insertion (+1) or a deletion (-1) of this letter would add its full cost."""
        if self.open == 0:
            return True
        return self.kept > 0 and (self.open == direction or self.excess + (self.previous != letter) >= 2)


class _Noise:
    """One row of `noise`: its characters, its budget, its edits."""

    def __init__(self, letters: list[int], usable: list[bool], actions: int, runs: I32, hanzi: I32) -> None:
        self.letters, self.usable, self.runs, self.hanzi = letters, usable, runs, hanzi
        self.actions = [action for action in COST if actions & action]
        self.cost = sum(COST[action] for action in self.actions)
        self.strict = bool(actions & SWAP) or actions & (INSERT | DELETE) == INSERT | DELETE
        self.footprint = (
            sum({SUBSTITUTE: 0, INSERT: 1, DELETE: 1, SWAP: 2}[a] for a in self.actions) if self.strict else 0
        )
        self.shift = _Shift()
        self.edits: list[tuple[int, int, str]] = []

    def fill(self, budget: int, select: U32, corrupt: U32) -> int:
        """Spend the budget from left to right; return what was spent.

        With k errors to go and `left` characters left, an error begins here with the chance that makes all placements
        equally likely: the errors to go over the sites, less those that the errors to go will use up. The t-th try
        draws its action and its letter with the numbers 2t and 2t + 1.
        """
        left, k, i, tries = sum(self.usable), budget, 0, 0
        while i < len(self.letters):
            size = 0
            if self.usable[i]:
                open_sites = left * self.cost - k * self.footprint
                if k > 0 and int(select[i]) * open_sites < (k * len(self.actions)) << 32:
                    size, spent = self._act(i, k, corrupt[2 * tries : 2 * tries + 2])
                    tries += 1
                    k -= spent
                left -= 1
            if size == 0:
                self.shift = self.shift.keep(self.letters[i])
            left -= size == 2
            i += max(size, 1)
        return budget - k

    def _act(self, i: int, k: int, draw: U32) -> tuple[int, int]:
        """Try the drawn action, then the others; return (characters used up, cost), (0, 0) where none may be."""
        first = int(draw[0]) * len(self.actions) >> 32
        for action in self.actions[first:] + self.actions[:first]:
            if COST[action] <= k and self._try(action, i, int(draw[1])):
                return (2 if action == SWAP else 1), COST[action]
        return 0, 0

    def _try(self, action: int, i: int, draw: int) -> bool:
        letter = self.letters[i]
        if action == SUBSTITUTE:
            new = self._novel(i, draw)
            self.shift = self.shift.change(letter, new)
            self.edits.append((i, i + 1, chr(new)))
            return True
        if action == INSERT:
            new, before = self._novel(i, draw), self.shift.keep(letter)
            if self.strict and not before.allows(1, new):
                return False
            self.shift = _Shift(1, new)
            self.edits.append((i + 1, i + 1, chr(new)))
            return True
        if self.strict and not self.shift.allows(-1, letter):
            return False
        if action == DELETE:
            self.shift = _Shift(-1, letter)
            self.edits.append((i, i + 1, ""))
            return True
        if i + 1 == len(self.letters) or not self.usable[i + 1] or self.letters[i + 1] == letter:
            return False
        self.shift = _Shift(1, letter)
        self.edits.append((i, i + 2, chr(self.letters[i + 1]) + chr(letter)))
        return True

    def _novel(self, i: int, draw: int) -> int:
        """Return a letter of the last letter's alphabet that no character nearby equals: nothing can match it."""
        known = (run_of(letter, self.runs) for letter in reversed(self.letters[: i + 1]))
        run = self.runs[next((k for k in known if k >= 0), run_of(_LATIN, self.runs))]
        size = int(run[3])
        near = self.letters[max(i - WINDOW, 0) : i + WINDOW + 1]
        k = draw * size >> 32
        while member(run, self.hanzi, k) in near:
            k = (k + 1) % size
        return member(run, self.hanzi, k)


def lengths(data: U8, offsets: I32) -> I32:
    """Return the code points of each row."""
    begins = np.concatenate([[0], np.cumsum((data & 0xC0) != 0x80)])
    return np.diff(begins[offsets]).astype(np.int32)


def noise(
    data: U8,
    row_offsets: I32,
    start: I32,
    end: I32,
    usable: U8,
    key: int,
    row_ids: U64,
    lengths: I32,
    thresholds: U64,
    actions: int,
    runs: I32,
    hanzi: I32,
) -> tuple[I32, I32, I32, I32, I32, U8, int]:
    """Return (row_offsets, start, end, text_start, text_end, text, errors): errors that add up in the distance.

    A row of n code points gets rate * n errors, rounded up or down by a draw so that the mean is exact; swaps count 2.
    New letters differ from all characters nearby, and indels keep clear of each other, so that hardly an alignment is
    cheaper than the edits themselves: by less than 1 % on real text, with swaps.

    Args:
        data, row_offsets, start, end: characters.
        usable: uint8, which of them may be edited: single code points, not protected.
        key, row_ids: the address of the draws.
        lengths: int32, shape (rows,), code points a row.
        thresholds: uint64, shape (rows,), the rate as a 32 bit threshold.
        actions: bits of SUBSTITUTE, INSERT, DELETE, SWAP.
        runs, hanzi: alphabets.
    """
    budget = blocks(key, row_ids, _BUDGET, np.zeros(len(row_ids), np.uint32))[:, 0]
    offsets, places, texts, errors = [0], [], [], 0
    for row in range(len(row_ids)):
        first, last = int(row_offsets[row]), int(row_offsets[row + 1])
        k = _budget(int(thresholds[row]), int(lengths[row]), int(budget[row]), actions)
        if k and last > first:
            letters = [ord(text[0]) for text in letters_of(data, start[first:last], end[first:last])]
            work = _Noise(letters, list(usable[first:last] != 0), actions, runs, hanzi)
            same = np.repeat(row_ids[row : row + 1], last - first)
            index = np.arange(last - first, dtype=np.int32)
            twice = np.arange(2 * (last - first), dtype=np.int32)
            corrupt = indexed(key, np.repeat(same, 2), _CORRUPT, twice)
            errors += work.fill(k, indexed(key, same, _SELECT, index), corrupt)
            for a, b, text in work.edits:
                at = int(start[first + a]) if a < last - first else int(end[last - 1])
                places.append((at, at if a == b else int(end[first + b - 1])))
                texts.append(text.encode())
        offsets.append(len(places))
    table = np.array(places, np.int32).reshape(-1, 2)
    stop = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    return (
        np.array(offsets, np.int32),
        np.ascontiguousarray(table[:, 0]),
        np.ascontiguousarray(table[:, 1]),
        stop[:-1],
        stop[1:],
        np.frombuffer(b"".join(texts), np.uint8),
        errors,
    )


def _budget(threshold: int, length: int, draw: int, actions: int) -> int:
    """Return how many errors a row gets; with swaps alone, an even number."""
    if actions == SWAP:
        return (threshold * length + 2 * draw) >> 33 << 1
    return (threshold * length + draw) >> 32
