"""What may not be edited: words and patterns that the user protects, found as byte ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import re2

from textaug.batch import Batch, Ranges
from textaug.errors import UsageError

# Thai, Lao, Burmese, Khmer, kana, Han and what lies between: whole blocks
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """Compile an RE2 pattern, which runs in linear time whatever a user writes.

    Raises:
        UsageError: RE2 refuses the pattern.
    """
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern.encode(), options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        reason = reason.decode() if isinstance(reason, bytes) else reason
        raise UsageError(
            f"protect_pattern={pattern!r} is not an RE2 pattern: {reason}; RE2 has no look-around and no "
            "back references"
        ) from None


@lru_cache(maxsize=256)
def _words(words: tuple[str, ...]) -> Any:
    longest_first = sorted(words, key=len, reverse=True)
    return compiled("|".join(re2.escape(word) for word in longest_first if word))


def guarded(batch: Batch, words: tuple[str, ...], patterns: tuple[str, ...]) -> Ranges:
    """Return the ranges of the active rows that protected words and patterns cover.

    A protected word stands where it is written so and no letter or digit goes on beside it; a word of a script that
    does not put spaces between words stands wherever it is written.
    """
    found = [*_matches(batch, _words(words), whole=True)] if any(words) else []
    for pattern in patterns:
        found += _matches(batch, compiled(pattern), whole=False)
    table = np.array(found, np.int32).reshape(-1, 2)
    return Ranges.union(table[:, 0], table[:, 1])


def _matches(batch: Batch, pattern: Any, *, whole: bool) -> Iterator[tuple[int, int]]:
    for row in range(len(batch)) if batch.active is None else np.flatnonzero(batch.active):
        first = int(batch.offsets[row])
        text = batch.data[first : batch.offsets[row + 1]].tobytes()
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and not (whole and _continues(text, start, end)):
                yield first + start, first + end


def _continues(text: bytes, start: int, end: int) -> bool:
    """Say whether a letter or digit goes on where the match's own edge is one."""
    return any(
        _spaced(text[max(at - 4, 0) : at].decode("utf-8", "ignore")[-1:])
        and _spaced(text[at : at + 4].decode("utf-8", "ignore")[:1])
        for at in (start, end)
    )


def _spaced(letter: str) -> bool:
    """Say whether this is a letter or digit of a script that puts spaces between words."""
    return letter.isalnum() and not _UNSPACED.match(letter)
