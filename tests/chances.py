"""Whether counts are those of draws: to five standard deviations, or a χ² of more than 1 in 10,000."""

from math import sqrt

import numpy as np


def is_share(count, n, p):
    """Say whether a count is that of n draws with a chance, to five standard deviations."""
    return abs(count - n * p) <= 5 * sqrt(n * p * (1 - p))


def is_likely(observed, expected):
    """Say whether χ² is one of more than 1 in 10,000, by the transformation of Wilson and Hilferty (1931)."""
    degrees = len(observed) - 1
    chi = float((((observed - expected) ** 2) / expected).sum())
    z = ((chi / degrees) ** (1 / 3) - (1 - 2 / (9 * degrees))) / sqrt(2 / (9 * degrees))
    return z < 3.719


def are_distinct(numbers):
    """Say whether no number comes twice."""
    return bool((np.diff(np.sort(numbers)) != 0).all())


def are_unrelated(one, other, p):
    """Say whether two masks of one shape are uncorrelated."""
    product = np.count_nonzero(one & other) - p * (np.count_nonzero(one) + np.count_nonzero(other)) + p * p * one.size
    return abs(product) <= 5 * p * (1 - p) * sqrt(one.size)
