"""Compile names to the trie that `kernels.names` walks: level by level, all names at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from textaug.errors import DataError
from textaug.kernels.reference.names import FILTER_BITS, I32, NODES, U64, code_of
from textaug.kernels.reference.slots import place_of


class Trie(NamedTuple):
    """The arrays of a trie, as the kernel takes them; see `textaug.kernels.reference.names`."""

    slots: U64
    name: I32
    filter: U64


def compiled(names: Sequence[bytes]) -> Trie:
    """Compile names, each another; name k of the trie is `names[k]`.

    Raises:
        DataError: they are too many.

    >>> trie = compiled([b"Rome", b"Romeo"])
    >>> len(trie.name), trie.name.max()
    (6, np.int32(1))
    """
    size = np.array([len(one) for one in names], np.int64)
    text = np.frombuffer(b"".join(names), np.uint8).astype(np.uint64)
    first = np.cumsum(size) - size
    node = np.zeros(len(names), np.int64)
    keys, made = [np.zeros(0, np.uint64)], 1
    for level in range(int(size.max(initial=0))):
        longer = np.flatnonzero(size > level)
        key = node[longer].astype(np.uint64) << np.uint64(8) | text[first[longer] + level]
        new, inverse = np.unique(key, return_inverse=True)
        node[longer] = made + inverse
        keys.append(new)
        made += len(new)
        if made >= NODES:
            raise DataError(f"the names need more than {NODES:,} nodes; leave rare ones out")
    name = np.full(made, -1, np.int32)
    name[node] = np.arange(len(names))
    return Trie(_slots(np.concatenate(keys)), name, _filter(names))


def _slots(keys: U64) -> U64:
    """Return the hash table of the edges; the k-th leads to node k + 1."""
    slots = np.zeros(1 << max(3, int(2 * len(keys)).bit_length()), np.uint64)
    at, waiting = place_of(keys), np.arange(len(keys))
    while len(waiting):  # a round: whoever comes first to a free place has it
        place = (at[waiting] & np.uint64(len(slots) - 1)).astype(np.int64)
        _, first = np.unique(place, return_index=True)
        settled = first[slots[place[first]] == 0]
        edge = waiting[settled]
        slots[place[settled]] = keys[edge] << np.uint64(24) | (edge + 1).astype(np.uint64)
        waiting = np.delete(waiting, settled)
        at[waiting] += np.uint64(1)
    return slots


def _filter(names: Sequence[bytes]) -> U64:
    bits = np.array(sorted({code_of(one[:3]) for one in names if len(one) > 1}), np.uint64)
    filter = np.zeros(FILTER_BITS // 64, np.uint64)
    np.bitwise_or.at(filter, (bits >> np.uint64(6)).astype(np.int64), np.uint64(1) << (bits & np.uint64(63)))
    return filter
