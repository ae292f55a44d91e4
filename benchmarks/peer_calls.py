"""How peers are called: many texts at once, in the quickest way, with what they are given."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Batch = Callable[[list[str]], list[Any]]
Works = dict[str, dict[str, Callable[[], Batch]]]
"""Works, and what makes each peer that can do them."""

MOST = 100_000  # edits a text: no cap
FEW = 100  # texts on which ways are compared
BY_HAND = ", by hand"
"""What stands behind the name of a package with which people write a few lines of their own."""


def each(one: Callable[[str], Any]) -> Batch:
    """Make a peer that knows only one text at a time take many."""
    return lambda texts: [one(text) for text in texts]


class Quickest:
    """A peer that can be called in several ways: the first call finds out which is the quickest that does the work."""

    def __init__(self, *ways: Batch) -> None:
        self.ways = ways
        self.best: Batch | None = None

    def __call__(self, texts: list[str]) -> list[Any]:
        if self.best is None:
            few = texts[:FEW]
            changes = [sum(old != new for old, new in zip(few, way(few), strict=True)) for way in self.ways]
            able = [way for way, some in zip(self.ways, changes, strict=True) if some >= 0.8 * max(changes)]
            self.best = min(able, key=lambda way: seconds(way, few))
        return self.best(texts)


def seconds(batch: Batch, texts: list[str]) -> float:
    """Return the CPU time that some texts take, the second time."""
    batch(texts)
    began = time.process_time()
    batch(texts)
    return time.process_time() - began


def given(name: str) -> str:
    """Return the path of a file that peers.py made for the peers: words of textaug's lexicons, tokenizers."""
    return str(Path(os.environ["TEXTAUG_PEERS"]) / name)


def table(name: str) -> dict[str, list[str]]:
    """Return textaug's own candidates for the words of the texts, for peers that have no lexicon of their own."""
    with open(given("tables.json"), encoding="utf-8") as file:
        return json.load(file)[name]
