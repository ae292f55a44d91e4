"""Words of Han tokens: the row's own characters, cut as jieba cuts them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from textaug.kernels import masking as kernel
from textaug.kernels.reference.draws import I32, U8
from textaug.kernels.reference.masking import HAN
from textaug.masking.sheet import Sheet
from textaug.masking.vocabulary import pieces

if TYPE_CHECKING:
    from textaug.batch import Mask
    from textaug.languages.zh import Segmenter


def joined(first: I32, sheet: Sheet) -> I32:
    """Join the Han tokens of a numbering into words.

    A border between two tokens is one between words if a word ends there in the text that a run of Han tokens spells.
    """
    ids, offsets = sheet.ids.values, sheet.ids.offsets
    han = kernel.having(ids, sheet.vocabulary.kinds, HAN)
    han = han[first[han] >= 0]
    if not len(han):
        return first
    row = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    place = np.arange(len(ids), dtype=np.int32) - offsets[row]
    begins = first == place
    begins[han] = _borders(han, row, sheet)
    begun = np.maximum.accumulate(np.where(begins, np.arange(len(ids)), 0))
    return np.where(first < 0, -1, begun - offsets[row]).astype(np.int32)


def _borders(han: I32, row: I32, sheet: Sheet) -> Mask:
    """Say which of the Han tokens begin a word."""
    spelled = pieces(sheet.vocabulary, sheet.ids.values[han])
    run = np.ones(len(han), bool)  # a new run where tokens are left out, a row begins, or the text has a blank
    run[1:] = (np.diff(han) > 1) | (row[han][1:] != row[han][:-1])
    if sheet.vocabulary.style != "wordpiece":
        run |= sheet.vocabulary.opens[sheet.ids.values[han]]
    head = np.flatnonzero(run)
    start = spelled.offsets[head]
    end = np.append(start[1:], spelled.offsets[-1]).astype(np.int32)
    whole = _whole_characters(spelled.data, start, end)
    _, ends = _segmenter().ends(spelled.data, start[whole], end[whole])
    border = np.zeros(len(spelled.data) + 1, bool)
    border[start] = True
    border[ends] = True
    found: Mask = border[spelled.offsets[:-1]]
    if not whole.all():  # pieces of characters that do not add up: each token by itself
        broken = np.repeat(~whole, np.diff(np.append(head, len(han))))
        found = found | broken
    return found


def _whole_characters(data: U8, start: I32, end: I32) -> Mask:
    """Say which ranges of bytes are whole characters."""
    held = data.tobytes()
    try:
        held.decode()
        if not (data[start[start < len(data)]] & 0xC0 == 0x80).any():
            return np.ones(len(start), bool)
    except UnicodeDecodeError:
        pass
    return np.array([_decodes(held[a:b]) for a, b in zip(start.tolist(), end.tolist(), strict=True)], bool)


def _decodes(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


@cache
def _segmenter() -> Segmenter:
    from textaug.languages.zh import Segmenter

    return Segmenter()
