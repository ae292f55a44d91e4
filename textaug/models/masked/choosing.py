"""Which candidate: by addressed draws, and so that the rows which are computed together do not matter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]

SPARE = 16
"""So many candidates behind the best k are looked at, which may be among them in another batch."""


def best(scores: npt.NDArray[np.float32], k: int) -> I64:
    """Return the best candidates and some to spare, the best first, of equal ones the first first."""
    most = min(k + SPARE, len(scores))
    found = np.argpartition(-scores, most - 1)[:most] if most < len(scores) else np.arange(len(scores))
    found = found[np.isfinite(scores[found])]
    return np.asarray(found[np.lexsort((found, -scores[found]))], np.int64)


def gumbel(draws: U32) -> F64:
    """Return Gumbel noise: who adds it to log-likelihoods and takes the largest draws by likelihood (Gumbel 1954).

    A candidate's noise is its own, so that it does not matter in which order candidates come.
    """
    return -np.log(-np.log((draws.astype(np.float64) + 0.5) / 2.0**32))


def choose(scores: F64, noise: F64, k: int, p: float, total: float, error: float) -> int | None:
    """Draw one of the best candidates.

    Args:
        scores: log-likelihoods, up to a constant, the best first: those of `best`.
        noise: the Gumbel noise of each.
        k: one of the best k.
        p: of those that the likelier ones leave room for: one is drawn from as long as those before it have less than
            this share of the likelihood.
        total: the logarithm of the likelihood of all candidates together; of no account where the share is 1.
        error: how far the scores may lie from those that the row has by itself; 0: they are these.

    Returns:
        The number of the candidate; None where it may be another one by the true scores: ask for these.

    >>> choose(np.array([2.0, 1.0, 0.0]), np.array([0.0, 2.0, 9.0]), 2, 1.0, 2.4, 0.0)
    1
    """
    k = min(k, len(scores))
    if p < 1:
        before = np.concatenate([[0.0], np.cumsum(np.exp(scores - total))[:-1]])
        if error and (np.abs(before[1 : k + 1] - p) < 4 * error).any():
            return None
        k = min(k, max(1, int(np.count_nonzero(before < p))))
    keys = scores + noise
    if not error:
        return int(np.argmax(keys[:k]))
    may = int(np.count_nonzero(scores >= scores[k - 1] - 2 * error))  # may be one of the best k
    first, *others = np.argsort(-keys[:may], kind="stable").tolist()
    if may == len(scores) > k or (others and keys[first] - keys[others[0]] <= 2 * error):
        return None
    if k < len(scores) and scores[first] - scores[k] <= 2 * error:
        return None
    return int(first)
