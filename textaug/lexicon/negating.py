"""Words and their negations: possible, impossible; from a table written by hand.

WordNet's antonyms were where it began; what has drifted is not there (`easily` is not the opposite of `uneasily`,
nor `definitely` of `indefinitely`). A line of `negating.txt` is a part of speech (a, r, v, n), a prefix, and the words
that take it. Those of `less` end in -ful, and take that for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from textaug.lexicon.pairs import Pair

TABLE = Path(__file__).parent / "data" / "negating.txt"


def negating() -> Iterator[Pair]:
    """Yield every word of the table with its negation.

    >>> next(negating())
    Pair(lemma='able', candidate='unable', pos='a', share=1.0)
    """
    for line in TABLE.read_text("ascii").splitlines():
        head, _, words = line.partition(": ")
        pos, affix = head.split(" ")
        for word in words.split(" "):
            yield Pair(word, word.replace("ful", "less") if affix == "less" else affix + word, pos)
