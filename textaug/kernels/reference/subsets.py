"""What the twins draw alike: subsets of a given size, and the draws of a row in order."""

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.draws import indexed


def subset(draws: list[int], size: int) -> npt.NDArray[np.bool_]:
    """Return a subset of the numbers below `size` as flags, each as likely; it has as many as there are draws.

    Source: Robert Floyd's algorithm: Bentley and Floyd, "A sample of brilliance" (CACM 30:9, 1987).

    >>> subset([0, 0, 2**32 - 1], 4).tolist()
    [True, False, True, True]
    """
    taken = np.zeros(size, bool)
    for last, draw in enumerate(draws, size - len(draws)):
        one = draw * (last + 1) >> 32
        taken[last if taken[one] else one] = True
    return taken


def row_draws(key: int, row_id: np.uint64, purpose: int, count: int) -> list[int]:
    """Return the first draws of a row and purpose."""
    drawn: list[int] = indexed(key, np.full(count, row_id), purpose, np.arange(count, dtype=np.int32)).tolist()
    return drawn
