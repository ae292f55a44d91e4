"""How near tokens are to one another in meaning, by a model's embeddings."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from textaug.models.masked.model import F32

LENGTH = 4000
"""Vectors are made whole numbers of this length, whose products and sums stay below 2^24: single precision holds them
exactly, so that it does not matter how many are multiplied at once, nor in which order."""
AT_ONCE = 128
"""Tokens that are compared with all others at once."""
HELD = 1 << 26
"""Bytes of results that are held: most words of a text were met before."""


class Nearness:
    """Compares tokens by the cosine of their embeddings, from which their mean is taken.

    Args:
        vectors: float32, shape (vocabulary, width).
    """

    def __init__(self, vectors: F32) -> None:
        held = vectors - vectors.mean(0)
        held *= LENGTH / np.maximum(np.linalg.norm(held, axis=1, keepdims=True), np.float32(1e-6))
        self._vectors = np.rint(held)
        self._over = 1 / np.maximum(np.linalg.norm(self._vectors, axis=1), np.float32(1e-6))
        self._held: dict[int, F32] = {}

    def meet(self, tokens: Iterable[int]) -> None:
        """Compare tokens that will be asked for with all others, many at once."""
        new = [token for token in dict.fromkeys(tokens) if token not in self._held]
        if (len(self._held) + len(new)) * 4 * len(self._vectors) > HELD:
            self._held.clear()
            new = new[: HELD // (4 * len(self._vectors))]
        for first in range(0, len(new), AT_ONCE):
            some = new[first : first + AT_ONCE]
            self._held.update(zip(some, self._cosines(some), strict=True))

    def of(self, token: int) -> F32:
        """Return how near each token is to one: float32, shape (vocabulary,)."""
        found = self._held.get(token)
        return self._cosines([token])[0] if found is None else found

    def _cosines(self, tokens: list[int]) -> F32:
        made: F32 = self._vectors[tokens] @ self._vectors.T
        made *= self._over
        made *= self._over[tokens, None]
        return made
