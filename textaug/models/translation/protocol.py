"""What every translator offers, whatever does the work: a program, a model, a service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Failure:
    """One text that was not translated.

    Attributes:
        reason: why, in a few words that stay the same from text to text, since they are counted; never a secret.
    """

    reason: str


@runtime_checkable
class Translator(Protocol):
    """What `BackTranslation` asks of whatever translates for it."""

    @property
    def identity(self) -> str:
        """What decides the result: the kind, the model and its hash, the options; part of cache keys, so no secret."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | Failure]:
        """Translate texts from one language to another.

        Args:
            texts: the texts, without line breaks, none of them blank.
            source: the language of the texts, as an ISO 639-1 code where it has one.
            target: the language to translate to.

        Returns:
            For each text, in order, its translation, or why there is none.

        Raises:
            UsageError: nothing can be translated at all: the program, the model or the pair of languages is missing.
        """
        ...
