"""The file: one Arrow IPC file, one row, a list a column: every list is an array in the mapped memory.

`textaug.kernels.reference.lexical` says what `slots`, `starts`, `words`, `form_start`, `forms` and `vowel`
hold. Entry e, two for a key, has the candidates `entry_start[e]:entry_start[e + 1]` of `candidate` (a form),
`relation`, `pos` (bits) and `share`, the best first. A lexicon from elsewhere is checked before a kernel sees
it: no array may point outside of another.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

import textaug.stored as stored
from textaug.errors import DataError

FORMAT = "textaug.lexicon/1"
RELATIONS = 15
_REMEDY = "build it with: textaug lexicon build"
_TYPES = {
    **dict.fromkeys(("slots", "words"), "u8"),
    **dict.fromkeys(("starts", "entry_start", "candidate", "form_start"), "i4"),
    **dict.fromkeys(("relation", "pos", "share", "forms", "vowel"), "u1"),
}

Array = npt.NDArray[Any]


class Arrays(NamedTuple):
    """The columns of a lexicon."""

    slots: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int32]
    words: npt.NDArray[np.uint64]
    entry_start: npt.NDArray[np.int32]
    candidate: npt.NDArray[np.int32]
    relation: npt.NDArray[np.uint8]
    pos: npt.NDArray[np.uint8]
    share: npt.NDArray[np.uint8]
    form_start: npt.NDArray[np.int32]
    forms: npt.NDArray[np.uint8]
    vowel: npt.NDArray[np.uint8]


def digest(arrays: Arrays, about: dict[str, Any]) -> str:
    """Return the hash of everything that a lexicon says."""
    return stored.digest(arrays, about)


def write(path: Path, arrays: Arrays, about: dict[str, Any]) -> None:
    """Write a lexicon, whole or not at all.

    Args:
        path: the file; replaced where it is there.
        arrays: the columns.
        about: what is said of them: language, source, licence; format and hash are added.
    """
    stored.write(path, Arrays._fields, arrays, {**about, "format": FORMAT})


def read(path: Path) -> tuple[Arrays, dict[str, Any]]:
    """Map a lexicon into memory and check that it is one.

    Raises:
        DataError: there is no such file, or it is no lexicon, one of another version, or a damaged one.
    """
    held, about = stored.read(path, {name: _TYPES[name] for name in Arrays._fields}, "lexicon", FORMAT, _REMEDY)
    arrays = Arrays(*held)
    for what, sound in _CHECKS.items():
        if not sound(arrays):
            raise damaged(path, what)
    return arrays, about


def damaged(path: Path, what: str) -> DataError:
    """Say that a lexicon is damaged."""
    return DataError(f"{path} is damaged: {what}; {_REMEDY}")


def _cut(offsets: Array, into: Array) -> bool:
    """Say whether the offsets run from the beginning to the end of what they cut."""
    if not len(offsets) or offsets[0] != 0 or offsets[-1] != len(into):
        return False
    return bool((offsets[1:] >= offsets[:-1]).all())


def _slots(arrays: Arrays) -> bool:
    taken = arrays.slots[arrays.slots != 0]
    key = (taken >> np.uint64(32)).astype(np.int64) - 1
    if len(taken) >= len(arrays.slots) or len(arrays.slots) & (len(arrays.slots) - 1):
        return False  # a search ends at an empty slot, and the number of slots is a power of two
    if len(key) != len(arrays.starts) - 1 or (len(key) and (key.min() < 0 or key.max() >= len(key))):
        return False
    if (np.bincount(key, minlength=len(key)) != 1).any():
        return False  # every key stands there once
    size = (taken & np.uint64(255)).astype(np.int64)
    return bool(((size + 7) // 8 == (arrays.starts[1:] - arrays.starts[:-1])[key]).all())


def _text(arrays: Arrays) -> bool:
    try:
        ascii_only = arrays.forms.tobytes().decode().isascii()
    except UnicodeDecodeError:
        return False
    inner = arrays.form_start[:-1][arrays.form_start[:-1] < len(arrays.forms)]
    return ascii_only or bool(((arrays.forms[inner] & 0xC0) != 0x80).all())


def _lengths(arrays: Arrays) -> bool:
    keys, forms, candidates = len(arrays.starts) - 1, len(arrays.form_start) - 1, len(arrays.candidate)
    columns = (arrays.relation, arrays.pos, arrays.share)
    apart = len(arrays.entry_start) != 2 * keys + 1 or len(arrays.vowel) != forms
    return not apart and all(len(column) == candidates for column in columns)


def _candidates(arrays: Arrays) -> bool:
    held = arrays.candidate
    return not len(held) or (int(held.min()) >= 0 and int(held.max()) < len(arrays.vowel))


_CHECKS: dict[str, Callable[[Arrays], bool]] = {
    "keys point outside of it": lambda arrays: _cut(arrays.starts, arrays.words),
    "its hash table does not fit its keys": _slots,
    "its columns differ in length": _lengths,
    "entries point outside of it": lambda arrays: _cut(arrays.entry_start, arrays.candidate),
    "forms point outside of it": lambda arrays: _cut(arrays.form_start, arrays.forms),
    "a form is not UTF-8": _text,
    "candidates point outside of it": _candidates,
    "it has unknown relations": lambda arrays: int(arrays.relation.max(initial=0)) < RELATIONS,
}
