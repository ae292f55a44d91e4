"""Marian models, such as those of OPUS-MT: small, and one for each direction."""

from __future__ import annotations

from collections.abc import Sequence

from textaug.errors import UsageError
from textaug.models.translation.folders import Direction, chosen, directions
from textaug.models.translation.languages import names_of
from textaug.models.translation.options import Decoding, split
from textaug.models.translation.protocol import Failure
from textaug.models.translation.seq2seq import Seq2Seq


class Marian:
    """Marian models of transformers, one for each direction.

    Args:
        argument: the folders, "en-zh=FOLDER,zh-en=FOLDER". Without the languages, they are what the tokenizer's
            configuration says, or the end of the folder's name. Options stand behind a question mark.
        decoding: the options that the argument does not give.

    Raises:
        UsageError: there is no such folder, it holds no model as safetensors, or there is no such option.

    English to Chinese and back, with the folders of two models:

        Marian("opus-mt-en-zh,opus-mt-zh-en?beams=2").translate(["A good film."], "en", "zh")
    """

    def __init__(self, argument: str, decoding: Decoding | None = None) -> None:
        folders, how = split(argument, decoding or Decoding())
        self._directions = directions(folders)
        if not self._directions:
            raise UsageError("marian needs the folder of a model: marian:en-zh=FOLDER,zh-en=FOLDER")
        self._models = {one.folder: Seq2Seq(one.folder, "MarianMTModel", how) for one in self._directions}

    @property
    def identity(self) -> str:
        """Return the kind, each direction with the hash of its model, and the options."""
        return "marian:" + ",".join(self._identified(one) for one in self._directions)

    def _identified(self, one: Direction) -> str:
        return f"{one.source}-{one.target}={self._models[one.folder].identity}"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | Failure]:
        """Translate texts.

        Raises:
            UsageError: there is no model for this direction, or the model does not know the target.
        """
        model = self._models[chosen(self._directions, "marian", source, target).folder]
        known = getattr(model.tokenizer, "supported_language_codes", [])
        return model.translate(texts, f"{source}/{target}", prefix=target_token(known, target))


def target_token(known: Sequence[str], target: str) -> str:
    """Return the token that goes before a text to name the target; none for a model with one target.

    >>> target_token([">>fra<<", ">>spa<<"], "es")
    '>>spa<<'

    Raises:
        UsageError: the model has several targets, and this is none of them.
    """
    for name in names_of(target):
        if f">>{name}<<" in known:
            return f">>{name}<<"
    if known:
        raise UsageError(f"the model does not translate to {target}; it knows {', '.join(sorted(known)[:40])}")
    return ""
