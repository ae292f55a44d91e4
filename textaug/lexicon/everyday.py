"""Synonyms of the most common words, written by hand.

WordNet's senses of these are too fine, or its words for them are ones that nobody says. A line of
`everyday.txt` is a lemma, its part of speech (n, v, a, r) and its synonyms, the best first; WordNet's come
far behind them. `-` is none.
"""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "everyday.txt"


@cache
def everyday() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the synonyms by (lemma, pos).

    >>> everyday()["happy", "a"]
    ('glad', 'cheerful', 'joyful', 'pleased')
    """
    lines = (line.partition(": ") for line in TABLE.read_text("ascii").splitlines())
    return {(head[:-2], head[-1]): () if tail == "-" else tuple(tail.split(", ")) for head, _, tail in lines}
