"""Translators: one protocol, and the kinds that are built in, each opened by its name.

A kind's module is imported when the first of its kind is opened, and not before.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import cast

from textaug.errors import unknown
from textaug.models.translation.protocol import Failure, Translator

__all__ = ["KINDS", "Failure", "Translator", "known", "opened"]

# kind -> (module, factory); the factory is given what stands behind the colon, "" where there is none
KINDS = {
    "apertium": ("textaug.models.translation.apertium", "Apertium"),
    "chat": ("textaug.models.translation.chat", "Chat"),
    "ctranslate2": ("textaug.models.translation.ct2", "CTranslate2"),
    "libretranslate": ("textaug.models.translation.libretranslate", "LibreTranslate"),
    "m2m": ("textaug.models.translation.multilingual", "M2M100"),
    "marian": ("textaug.models.translation.marian", "Marian"),
    "nllb": ("textaug.models.translation.multilingual", "NLLB"),
}


def known(spec: str) -> str:
    """Return the kind that a translator's name names; nothing is opened.

    >>> known("apertium")
    'apertium'

    Raises:
        UsageError: there is no such kind.
    """
    kind = spec.partition(":")[0]
    if kind not in KINDS:
        raise unknown("translator", kind, KINDS, remedy='Write "kind" or "kind:argument"')
    return kind


@lru_cache(maxsize=8)
def opened(spec: str) -> Translator:
    """Open a translator by its name: "apertium", or "kind:argument" as in "marian:FOLDER".

    Raises:
        UsageError: there is no such kind, or what it needs is missing.
    """
    module, factory = KINDS[known(spec)]
    make = getattr(import_module(module), factory)
    return cast(Translator, make(spec.partition(":")[2]))
