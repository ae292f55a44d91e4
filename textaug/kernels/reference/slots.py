"""Where the search for an edge of a trie begins, in tables of slots whose number is a power of two."""

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]

_MULTIPLIER = 0x9E3779B97F4A7C15


def place_of(key: U64) -> U64:
    """Return the place of each edge's key, a node and what follows it; only the low bits count."""
    return (key * np.uint64(_MULTIPLIER)) >> np.uint64(32)
