"""Letters, defined: what may stand in for a letter, and pairs that swap."""

import numpy as np

from textaug.kernels.reference.draws import I32, U8, U32, U64, blocks, indexed

_LETTER, _DIGIT, _HAN, _CLUSTER = 3, 4, 5, 8
_BUDGET, _SELECT = 6, 2


def run_of(letter: int, runs: I32) -> int:
    """Return the row of `runs` whose letters hold this one, or -1."""
    k = int(np.searchsorted(runs[:, 0], letter, side="right")) - 1
    return k if k >= 0 and letter <= runs[k, 1] else -1


def member(run: I32, hanzi: I32, k: int) -> int:
    """Return the k-th letter of a run's pool."""
    return int(hanzi[k]) if run[2] == -1 else int(run[2]) + k


def letters_of(data: U8, start: I32, end: I32) -> list[str]:
    """Return the characters as text."""
    return [data[a:b].tobytes().decode() for a, b in zip(start, end, strict=True)]


def alphabetic(data: U8, start: I32, end: I32, kind: U8, runs: I32) -> U8:
    """Say which characters are single letters or digits of a known alphabet: uint8, shape (units,)."""
    known = [
        k in (_LETTER, _DIGIT, _HAN) and run_of(ord(text[0]), runs) >= 0
        for text, k in zip(letters_of(data, start, end), kind, strict=True)
    ]
    return np.array(known, np.uint8)


def substitute(data: U8, start: I32, end: I32, picked: I32, draw: U32, runs: I32, hanzi: I32) -> tuple[I32, I32, U8]:
    """Return (text_start, text_end, text): for each picked letter another of its alphabet, by its draw."""
    made = []
    for text, x in zip(letters_of(data, start[picked], end[picked]), draw, strict=True):
        run = runs[run_of(ord(text), runs)]
        k = int(x) * int(run[3]) >> 32
        if member(run, hanzi, k) == ord(text):
            k = (k + 1) % int(run[3])
        made.append(chr(member(run, hanzi, k)).encode())
    stop = np.cumsum([0, *map(len, made)], dtype=np.int32)
    return stop[:-1], stop[1:], np.frombuffer(b"".join(made), np.uint8)


def joinable(data: U8, row_offsets: I32, start: I32, end: I32, kind: U8, free: U8 | None) -> U8:
    """Say which characters could swap with the next one: both in one word, different, and free."""
    inner = np.isin(kind, (_LETTER, _DIGIT, _HAN, _CLUSTER)) & (True if free is None else free != 0)
    texts = letters_of(data, start, end)
    last = np.zeros(len(start), bool)
    last[row_offsets[1:][row_offsets[1:] > row_offsets[:-1]] - 1] = True
    joins = [
        not last[u] and inner[u] and inner[u + 1] and end[u] == start[u + 1] and texts[u] != texts[u + 1]
        for u in range(len(start))
    ]
    return np.array(joins, np.uint8)


def swapped(data: U8, start: I32, end: I32, unit: I32) -> tuple[I32, I32, I32, I32, U8]:
    """Return (start, end, text_start, text_end, text): each unit and its right neighbour in each other's place."""
    first, second = _bytes(data, start, end, unit), _bytes(data, start, end, unit + 1)
    texts = [b + a for a, b in zip(first, second, strict=True)]
    stop = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    return start[unit], end[unit + 1], stop[:-1], stop[1:], np.frombuffer(b"".join(texts), np.uint8)


def _bytes(data: U8, start: I32, end: I32, unit: I32) -> list[bytes]:
    return [data[start[u] : end[u]].tobytes() for u in unit]


def pairs(
    key: int, row_ids: U64, row_offsets: I32, joins: U8, thresholds: U64, at_least: int, at_most: int
) -> tuple[I32, I32, int]:
    """Return (unit, row, eligible): units that swap with their right neighbour, no unit twice.

    A row of n units that could swap gets rate * n / 2 swaps, rounded up or down by a draw so that the mean is exact.
    They are placed from left to right: with k pairs to go and m units left, the next unit begins one with the chance
    k / (m - k), which makes all placements of disjoint pairs equally likely (hard rods on a line).
    """
    chosen: list[tuple[int, int]] = []
    total = 0
    budget = blocks(key, row_ids, _BUDGET, np.zeros(len(row_ids), np.uint32))[:, 0]
    for row in range(len(row_ids)):
        first, last = int(row_offsets[row]), int(row_offsets[row + 1])
        swaps = joins[first:last] != 0
        able = swaps | np.concatenate([[False], swaps[:-1]]) if len(swaps) else swaps
        left = int(able.sum())
        if thresholds[row] == 0 or left == 0:
            continue
        total += left
        k = (int(thresholds[row]) * left + 2 * int(budget[row])) >> 33
        k = min(max(k, at_least // 2), at_most // 2)
        index = np.arange(last - first, dtype=np.int32)
        draw = indexed(key, np.repeat(row_ids[row : row + 1], len(index)), _SELECT, index)
        u = 0
        while u < last - first and k > 0:
            if swaps[u] and int(draw[u]) * (left - k) < k << 32:
                chosen.append((first + u, row))
                k -= 1
                left -= 2
                u += 2
            else:
                left -= able[u]
                u += 1
    table = np.array(chosen, np.int32).reshape(-1, 2)
    return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]), total
