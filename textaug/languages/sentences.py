"""Where sentences and clauses end: the words that decide, by English and Chinese punctuation's own ambiguities."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textaug.kernels.reference.sentences import CLOSE, DOTS, I32, LOUD, QUOTE, SORTS, STOP, U8, U64, WIDE, packed
from textaug.languages.en import STOP_WORDS, listed

TITLES = listed("mr mrs ms dr prof st jr sr lt sgt capt gen col rev mt gov sen rep hon pres messrs maj cpl fr")
"""Abbreviations that a name follows: the full stop behind one ends no sentence."""

NUMBERED = listed(
    """
    no nos fig figs vol vols p pp ch sec art eq ed op ca approx nr par
    jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
"""Short forms that a number follows."""

STARTERS = listed(
    """
    the a an this that these those it he she they we you i there here in on at if when while but and so then what why
    how who where my his her our their its as after before although because however for from with not no yes now also
    even just one some many most all every each both nobody everyone maybe perhaps still once until since unless please
    do does did is are was were can could will would should let don't it's he's she's that's i'm i've we're they're
    there's you're didn't isn't
    """
)
"""Words that, with a capital, begin a sentence behind an abbreviation."""

SUBORDINATE = listed("because although though whereas unless if when whenever until till once wherever lest")
"""Conjunctions that begin a clause wherever they stand."""

COORDINATE = listed("and but or so yet nor")
"""Conjunctions that begin a clause where its subject follows."""

SUBJECTS = listed(
    """
    i he she it we they you there i'm i've i'd i'll he's he'd he'll she's she'd she'll it's it'll we're we've we'd we'll
    they're they've they'd they'll you're you've you'd you'll there's there're
    """
)
"""Words that are the subject of a clause and nothing else."""

ADHERING = listed("even only just as except especially particularly what not or and but so nothing all the a of")
"""Words that a conjunction behind them belongs to: even if, as though, and when."""

_KEPT = ("i", "i'm", "i've", "i'd", "i'll", "mr", "mrs", "ms", "dr", "st", "ok", "okay")


class Rules(NamedTuple):
    """The words, packed and sorted, as the kernel takes them."""

    titles: U64
    numbered: U64
    starters: U64
    subordinate: U64
    coordinate: U64
    subjects: U64
    adhering: U64
    lowered: U64


@cache
def rules() -> Rules:
    """Return the words of every kind; `lowered` lose their capital when they begin a sentence no more."""
    lowered = {word for word in STOP_WORDS if word.isascii() and not word.endswith(".")} - set(_KEPT)
    kinds = (TITLES, NUMBERED, STARTERS, SUBORDINATE, COORDINATE, SUBJECTS, ADHERING, lowered)
    return Rules(
        *(np.array(sorted(packed(word.encode()) for word in kind if len(word) <= 8), np.uint64) for kind in kinds)
    )


_STOPPED = "".join(SORTS[sort] for sort in (STOP, LOUD, DOTS, WIDE, CLOSE, QUOTE)) + ":;,~-：；，、～—*"
_STOPPED_ASCII = np.isin(np.arange(256), [ord(mark) for mark in _STOPPED if mark.isascii()])
_STOPPED_WIDE = np.array([int.from_bytes(mark.encode()[-3:], "big") for mark in _STOPPED if not mark.isascii()])


def stopped(data: U8, end: I32) -> npt.NDArray[np.bool_]:
    """Say which texts, by where they end, end with a mark, a closing quote or bracket: no full stop belongs there."""
    last, before, first = (data[np.maximum(end - k, 0)].astype(np.int64) for k in (1, 2, 3))
    marked: npt.NDArray[np.bool_] = _STOPPED_ASCII[last]
    marked |= np.isin(first << 16 | before << 8 | last, _STOPPED_WIDE) | ((before == 0xC2) & (last == 0xBB))
    return marked


_STOPPED_BYTES = frozenset(mark.encode() for mark in _STOPPED)
_IDEOGRAPH = re.compile(b"[\xe3-\xe9][\x80-\xbf]{2}")  # or kana


def is_chinese(text: bytes) -> bool:
    """Say whether a text has a character of Chinese or Japanese, which put no blank between sentences."""
    return _IDEOGRAPH.search(text) is not None


def full_stop(text: bytes) -> bytes:
    """Return the full stop that a text lacks: none behind a mark, and that of its language.

    >>> full_stop(b"We left"), full_stop("我们走了".encode()).decode(), full_stop(b"Go!")
    (b'.', '。', b'')
    """
    if text[-3:] in _STOPPED_BYTES or text[-1:] in _STOPPED_BYTES or text[-2:] in _STOPPED_BYTES:
        return b""
    return "。".encode() if is_chinese(text) else b"."
