"""The tokenizer that textaug brings along: byte-pair encoding for English and Chinese, read without any library.

Its file holds the characters as a JSON string, then a merge a line. Id 0 is a character that it does not know; then
come the characters, then what the merges make. Words are runs of letters, with the blank before them, written ▁, and
runs of Han characters; everything else stays single. Tokens joined, with blanks for ▁, are the text again.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import numpy as np

from textaug.batch import I32, Batch
from textaug.subword.bpe import Merges
from textaug.subword.model import Tokenizer
from textaug.subword.symbols import LETTER, OTHER, Symbols, code_points, kinds, row_texts
from textaug.subword.vocabulary import Vocabulary

PATH = Path(__file__).parent / "data" / "subwords.txt"
BLANK = "▁"


def plain(path: Path) -> Tokenizer:
    """Load a tokenizer of our own format."""
    first, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    alphabet = json.loads(first)
    ids = {token: 1 + i for i, token in enumerate(alphabet)}
    merges = []
    for rank, line in enumerate(lines):
        left, right = line.split(" ")
        made = ids.setdefault(left + right, 1 + len(ids))
        merges.append((rank, ids[left], ids[right], made))
    symbol_of = np.zeros(ord(max(alphabet)) + 2, np.int32)  # the last one stands for all that come behind
    symbol_of[[ord(one) for one in alphabet]] = range(1, 1 + len(alphabet))
    letters = [ids[one] for one in alphabet if kinds()[ord(one)] == LETTER]
    return Tokenizer(partial(_read, symbol_of), Merges.of(merges, letters), Vocabulary(["", *ids], 0, fuse=False))


def _read(symbol_of: I32, batch: Batch, places: bool) -> Symbols:
    """Return a batch's characters as symbols."""
    points, offsets = code_points(row_texts(batch))
    ids = symbol_of[np.minimum(points, len(symbol_of) - 1)]
    unknown = (ids == 0) | (points == ord(BLANK))
    ids[unknown] = -1 - points[unknown]
    blank = points == ord(" ")
    ids[blank] = symbol_of[ord(BLANK)]
    kind = kinds()[points]
    breaks = np.ones(len(points), bool)
    breaks[1:] = (kind[1:] == OTHER) | (kind[1:] != kind[:-1])
    breaks[1:] &= ~(blank[:-1] & (kind[1:] == LETTER))
    breaks[offsets[:-1][np.diff(offsets) > 0]] = True
    if not places:
        return Symbols(ids, offsets, breaks)
    start = np.arange(len(points), dtype=np.int32) - np.repeat(offsets[:-1], np.diff(offsets))
    return Symbols(ids, offsets, breaks, start, start + np.int32(1))
