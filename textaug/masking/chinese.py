"""Words of Han tokens: the row's own characters, cut as jieba cuts them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from textaug.kernels import masking as kernel
from textaug.kernels.reference.draws import I32, U8
from textaug.kernels.reference.masking import BEGINS, HAN, I64, NONE
from textaug.masking.sheet import Sheet
from textaug.masking.vocabulary import Pieces, is_han, pieces

if TYPE_CHECKING:
    from textaug.batch import Mask
    from textaug.languages.zh import Segmenter


def joined(marks: U8, sheet: Sheet) -> U8:
    """Join the Han tokens of marked words into words.

    A border between two tokens is one between words if a word ends there in the text that a run of Han tokens spells;
    what stands behind a run begins a word. Pieces of other characters than Han stay in the words that they have, if
    they spell letters, and are words by themselves if not.
    """
    ids, offsets = sheet.ids.values, sheet.ids.offsets
    han = kernel.having(ids, sheet.vocabulary.kinds, HAN)
    none = marks & NONE != 0
    han = han[~none[han]]
    if not len(han):
        return marks
    row = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    place = np.arange(len(ids), dtype=np.int32) - offsets[row]
    begins = marks & BEGINS != 0
    runs = _runs(han, row, sheet)
    inside = np.repeat(runs.cut, runs.size)
    begins[han[inside]] = _borders(runs)[inside]
    behind = han[(runs.head + runs.size - 1)[runs.cut]] + 1
    behind = behind[behind < len(ids)]
    begins[behind] |= ~none[behind]
    head = han[runs.head[runs.cut]]
    head = head[place[head] > 0]  # a blank that is a token belongs to the word behind it
    begins[head] &= ~(sheet.vocabulary.blanks.take(ids[head - 1], mode="clip") & ~none[head - 1])
    return np.where(none, NONE, begins).astype(np.uint8)


class Runs(NamedTuple):
    """Han tokens that stand side by side, and pieces of characters as byte-level vocabularies have them.

    Attributes:
        head: the number of the first token of each.
        size: how many it has.
        pieces: what the tokens spell.
        cut: whether it is a run of words, not of letters.
        known: whether it can be read: if not, each of its tokens stands by itself.
    """

    head: I64
    size: I64
    pieces: Pieces
    cut: Mask
    known: Mask


def _runs(han: I32, row: I32, sheet: Sheet) -> Runs:
    """Find the runs: a new one begins where tokens are left out, a row begins, or the text has a blank."""
    ids, vocabulary = sheet.ids.values[han], sheet.vocabulary
    begins = np.ones(len(han), bool)
    begins[1:] = (np.diff(han) > 1) | (row[han][1:] != row[han][:-1])
    if vocabulary.style != "wordpiece":
        begins |= vocabulary.opens[ids]
    head, spelled = np.flatnonzero(begins), pieces(vocabulary, ids)
    size = np.diff(np.append(head, len(han)))
    cut, known = np.ones(len(head), bool), np.ones(len(head), bool)
    for run in np.flatnonzero(np.logical_or.reduceat(vocabulary.parts[ids], head)).tolist():
        first, last = spelled.offsets[head[run]], spelled.offsets[head[run] + size[run]]
        cut[run], known[run] = _read(spelled.data[first:last].tobytes())
    return Runs(head, size, spelled, cut, known)


@lru_cache(maxsize=65536)
def _read(run: bytes) -> tuple[bool, bool]:
    """Say of a run with pieces of characters whether it is one of words, not of letters, and whether it can be read."""
    try:
        text = run.decode()
    except UnicodeDecodeError:
        return True, False
    return any(map(is_han, text)) or not any(map(str.isalnum, text)), True


def _borders(runs: Runs) -> Mask:
    """Say which tokens of the runs begin a word."""
    data, offsets = runs.pieces.data, runs.pieces.offsets
    start, end = offsets[runs.head], offsets[runs.head + runs.size]
    _, ends = _segmenter().ends(data, start[runs.known], end[runs.known])
    border = np.zeros(len(data) + 1, bool)
    border[start] = True
    border[ends] = True
    found: Mask = border[offsets[:-1]] | np.repeat(~runs.known, runs.size)
    return found


@cache
def _segmenter() -> Segmenter:
    from textaug.languages.zh import Segmenter

    return Segmenter()
