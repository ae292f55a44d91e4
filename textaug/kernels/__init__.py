"""The hot loops: compiled where they could be, and their NumPy twins (`reference`) everywhere else.

The twins are the definition. `TEXTAUG_PURE=1` forces them. Kernels know buffers and offsets and nothing else: data
is UTF-8 bytes (uint8), `offsets` holds n + 1 int32 positions that begin with 0 and end with `len(data)`.
"""

import os
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

NAMES = (
    "cases",
    "collate",
    "draws",
    "units",
    "edits",
    "infilling",
    "lexical",
    "letters",
    "masking",
    "names",
    "noise",
    "permutation",
    "roles",
    "segment",
    "sentences",
    "spans",
    "splits",
    "subword",
    "tables",
    "words",
)


def _pick(name: str) -> ModuleType:
    if not os.environ.get("TEXTAUG_PURE"):
        try:
            return import_module(f"textaug.kernels.{name}")
        except ModuleNotFoundError:
            pass  # not compiled here; `textaug --version` says so
    return import_module(f"textaug.kernels.reference.{name}")


if TYPE_CHECKING:  # the twins' types are the kernels' types
    from textaug.kernels.reference import (
        cases,
        collate,
        draws,
        edits,
        infilling,
        letters,
        lexical,
        masking,
        names,
        noise,
        permutation,
        roles,
        segment,
        sentences,
        spans,
        splits,
        subword,
        tables,
        units,
        words,
    )
else:
    (
        cases,
        collate,
        draws,
        units,
        edits,
        infilling,
        lexical,
        letters,
        masking,
        names,
        noise,
        permutation,
        roles,
        segment,
        sentences,
        spans,
        splits,
        subword,
        tables,
        words,
    ) = map(_pick, NAMES)


def running() -> str:
    """Name the kernels in use: `compiled`, `numpy`, or which of them are which.

    >>> running() in ("compiled", "numpy") or "compiled" in running()
    True
    """
    compiled = [name for name in NAMES if ".reference." not in globals()[name].__name__]
    if len(compiled) in (0, len(NAMES)):
        return "compiled" if compiled else "numpy"
    return f"compiled: {', '.join(compiled)}; numpy: {', '.join(n for n in NAMES if n not in compiled)}"
