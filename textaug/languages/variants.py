"""Simplified and traditional Chinese, by OpenCC."""

from __future__ import annotations

from functools import cache
from typing import Any

from textaug.errors import missing

VARIANTS = {"traditional": "s2t", "taiwan": "s2tw", "hongkong": "s2hk", "simplified": "t2s"}
"""OpenCC's conversion to each variant."""


@cache
def _converter(variant: str) -> Any:
    try:
        from opencc import OpenCC
    except ImportError:
        raise missing("OpenCC", "zh", "variants of Chinese") from None
    return OpenCC(VARIANTS[variant])


def converted(text: str, variant: str) -> str:
    """Return a text in another variant of Chinese; words decide how their characters are written.

    >>> converted("头发很干净，皇后在后面。", "traditional")
    '頭髮很乾淨，皇后在後面。'
    """
    made: str = _converter(variant).convert(text)
    return made
