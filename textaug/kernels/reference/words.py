"""Word order, defined: which words go where, and which blanks go with a deleted word."""

import numpy as np

from textaug.kernels.reference.draws import I32, U8, U64, blocks, indexed

_SELECT, _ORDER, _BUDGET = 2, 5, 6
_BLANK = ord(" ")
_EDGES = b" \t\r\n"


def delete(data: U8, offsets: I32, start: I32, end: I32, picked: I32, rows: I32) -> tuple[I32, I32, I32]:
    """Return (start, end, row) of what goes when the picked words go: neighbours together, and one blank with them.

    The blank behind a deleted word goes where the word stood between blanks, else the one before it: `a b c` → `a c`,
    `a b.` → `a.`, and a row's first word takes the blank behind it along.
    """
    runs: list[list[int]] = []
    for u, row in zip(picked, rows, strict=True):
        between = data[runs[-1][1] : start[u]].tobytes() if runs and runs[-1][2] == row else None
        if between is not None and between.strip(b" ") == b"":
            runs[-1][1] = int(end[u])
        else:
            runs.append([int(start[u]), int(end[u]), int(row)])
    for run in runs:
        a, b, row = run
        before = data[a - 1] if a > offsets[row] else None
        after = data[b] if b < offsets[row + 1] else None
        if after == _BLANK and (before is None or before in _EDGES):
            run[1] += 1
        elif before == _BLANK and after != _BLANK:
            run[0] -= 1
    table = np.array(runs, np.int32).reshape(-1, 3)
    return tuple(np.ascontiguousarray(column) for column in table.T)  # type: ignore[return-value]


def exactly(key: int, row_ids: U64, row_offsets: I32, eligible: U8 | None, wanted: I32) -> tuple[I32, I32]:
    """Return (unit, row): exactly `wanted` of a row's eligible units, every choice equally likely.

    Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2 S): with k to go and m left, the next unit is
    taken with the chance k / m.
    """
    chosen: list[tuple[int, int]] = []
    for row in np.flatnonzero(wanted):
        first, last = int(row_offsets[row]), int(row_offsets[row + 1])
        may = np.ones(last - first, bool) if eligible is None else eligible[first:last] != 0
        index = np.arange(last - first, dtype=np.int32)
        draw = indexed(key, np.repeat(row_ids[row : row + 1], len(index)), _SELECT, index)
        k, m = int(wanted[row]), int(may.sum())
        for u in np.flatnonzero(may):
            if int(draw[u]) * m < k << 32:
                chosen.append((first + int(u), int(row)))
                k -= 1
            m -= 1
    table = np.array(chosen, np.int32).reshape(-1, 2)
    return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])


def budget(key: int, row_ids: U64, eligible: I32, thresholds: U64) -> I32:
    """Return for each row a number of pairs: rate * eligible / 2, rounded up or down by a draw, the mean exact."""
    draw = blocks(key, row_ids, _BUDGET, np.zeros(len(row_ids), np.uint32))[:, 0].astype(np.uint64)
    pairs = (thresholds * eligible.astype(np.uint64) + np.uint64(2) * draw) >> np.uint64(33)
    return np.where(thresholds == 0, 0, np.minimum(pairs, eligible // 2)).astype(np.int32)


def partners(
    data: U8, start: I32, end: I32, key: int, row_ids: U64, row_offsets: I32, picked: I32, rows: I32
) -> tuple[I32, I32, I32]:
    """Return (unit, its new content's unit, row), sorted: the picked units of each row in pairs that swap.

    The units are shuffled, then paired from the first on, each with the next one that reads differently; units that
    find no such partner stay.
    """
    swaps: list[tuple[int, int, int]] = []
    for row in np.unique(rows):
        units = [int(u) for u in picked[rows == row]]
        at = np.array(units, np.int32) - row_offsets[row]
        draw = indexed(key, np.repeat(row_ids[row : row + 1], len(at)), _ORDER, at)
        units = [u for _, u in sorted(zip(draw.tolist(), units, strict=True))]
        words = {u: data[start[u] : end[u]].tobytes() for u in units}
        while units:
            one = units.pop(0)
            other = next((u for u in units if words[u] != words[one]), None)
            if other is not None:
                units.remove(other)
                swaps += [(one, other, int(row)), (other, one, int(row))]
    table = np.array(sorted(swaps), np.int32).reshape(-1, 3)
    return tuple(np.ascontiguousarray(column) for column in table.T)  # type: ignore[return-value]


def shuffle(
    data: U8, start: I32, end: I32, key: int, row_ids: U64, row_offsets: I32, eligible: U8 | None, window: int
) -> tuple[I32, I32, I32]:
    """Return (unit, its new content's unit, row), sorted: the eligible units of each row shuffled within a window.

    Unit i gets the place that i + a draw from [0, window + 1) has in their order, so that none moves more than `window`
    places (Lample et al., "Unsupervised machine translation using monolingual corpora only", ICLR 2018). A place that
    gets what stood there, word for word, is left out.
    """
    moves: list[tuple[int, int, int]] = []
    for row in range(len(row_ids)):
        first, last = int(row_offsets[row]), int(row_offsets[row + 1])
        units = [u for u in range(first, last) if eligible is None or eligible[u]]
        at = np.array(units, np.int32) - first
        draw = indexed(key, np.repeat(row_ids[row : row + 1], len(at)), _ORDER, at)
        keys = [(i << 32) + int(x) * (window + 1) for i, x in enumerate(draw)]
        order = sorted(range(len(units)), key=lambda i: (keys[i], i))
        for place, i in enumerate(order):
            a, b = units[place], units[i]
            if a != b and data[start[a] : end[a]].tobytes() != data[start[b] : end[b]].tobytes():
                moves.append((a, b, row))
    table = np.array(moves, np.int32).reshape(-1, 3)
    return tuple(np.ascontiguousarray(column) for column in table.T)  # type: ignore[return-value]
