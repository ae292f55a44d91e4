"""NLLB-200 and M2M-100: one model for all directions among its languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from textaug.errors import UsageError
from textaug.models.folders import located
from textaug.models.translation.folders import PARTS
from textaug.models.translation.languages import LANGUAGES, language, names_of
from textaug.models.translation.options import Decoding, split
from textaug.models.translation.protocol import Failure
from textaug.models.translation.seq2seq import Seq2Seq

FLORES = "[a-z]{3}_[A-Z][a-z]{3}"


class _Multilingual:
    """What both share: one folder, and languages named to the tokenizer and to the decoder."""

    kind = ""
    form = "{}"  # how the tokenizer writes a language's token
    code = ".*"  # what its codes look like: `en` is a piece of words to NLLB

    def __init__(self, argument: str, decoding: Decoding | None = None) -> None:
        folder, how = split(argument, decoding or Decoding())
        if not folder:
            raise UsageError(f"{self.kind} needs the folder of a model: {self.kind}:FOLDER")
        self._model = Seq2Seq(located(folder, PARTS), "M2M100ForConditionalGeneration", how)

    @property
    def identity(self) -> str:
        """Return the kind, the hash of the model, and the options."""
        return f"{self.kind}:{self._model.identity}"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | Failure]:
        """Translate texts.

        Raises:
            UsageError: the model does not know one of the languages.
        """
        names = [known_as(self._has, code, f"the {self.kind} model") for code in (source, target)]
        first = self._model.tokenizer.convert_tokens_to_ids(self.form.format(names[1]))
        return self._model.translate(texts, f"{source}/{target}", source=names[0], first=first)

    def _has(self, name: str) -> bool:
        tokenizer: Any = self._model.tokenizer
        if not re.fullmatch(self.code, name):
            return False
        return bool(tokenizer.convert_tokens_to_ids(self.form.format(name)) != tokenizer.unk_token_id)


class NLLB(_Multilingual):
    """NLLB-200 of transformers: 202 languages, Esperanto and both scripts of Chinese among them.

    Args:
        argument: the folder, or the name on the hub; options stand behind a question mark.
        decoding: the options that the argument does not give.

    Raises:
        UsageError: there is no such folder, it holds no model as safetensors, or there is no such option.

    English to Chinese:

        NLLB("facebook/nllb-200-distilled-600M?device=cuda").translate(["A good film."], "en", "zh")
    """

    kind = "nllb"
    code = FLORES


class M2M100(_Multilingual):
    """M2M-100 of transformers: 100 languages.

    Args:
        argument: the folder, or the name on the hub; options stand behind a question mark.
        decoding: the options that the argument does not give.

    Raises:
        UsageError: there is no such folder, it holds no model as safetensors, or there is no such option.

    English to Chinese:

        M2M100("facebook/m2m100_418M?beams=2").translate(["A good film."], "en", "zh")
    """

    kind = "m2m"
    form = "__{}__"


def known_as(has: Any, code: str, who: str) -> str:
    """Return the name under which a model knows a language.

    >>> known_as({"eng_Latn", "zho_Hans"}.__contains__, "zh", "the model")
    'zho_Hans'

    Raises:
        UsageError: it does not know it.
    """
    for name in names_of(code):
        if has(name):
            return name
    have = ", ".join(known for known in LANGUAGES if any(has(name) for name in names_of(known)))
    raise UsageError(f"{who} does not know {language(code).name} ({code}); of the common languages it knows: {have}")
