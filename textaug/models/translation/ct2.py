"""CTranslate2: converted models of any of these families, in 8 bits, for CPUs and GPUs; no torch needed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from textaug.errors import UsageError, missing
from textaug.models.folders import content
from textaug.models.translation.batches import Batches, Row, in_order
from textaug.models.translation.folders import PARTS as FILES
from textaug.models.translation.folders import chosen, directions
from textaug.models.translation.marian import target_token
from textaug.models.translation.multilingual import FLORES, known_as
from textaug.models.translation.options import Decoding, split
from textaug.models.translation.pieces import SPECIAL, Pieces, pieces_of
from textaug.models.translation.protocol import Failure

PARTS = (*FILES, "model.bin", "tokenizer/*")
END = "</s>"
POSITIONS = 512  # what all of these models take; a converted one does not say


class CTranslate2:
    """Models that were converted by `ct2-transformers-converter`, `ct2-opus-mt-converter`.

    Marian models are one for each direction, NLLB and M2M-100 one for all; which it is, the vocabulary says. Weights
    are computed with in 8 bits unless `dtype` says otherwise; `dtype=default` keeps what the model was converted to.

    Args:
        argument: the folder, or "en-zh=FOLDER,zh-en=FOLDER"; options stand behind a question mark.
        decoding: the options that the argument does not give. There are no drawn translations: the draws of
            CTranslate2 belong to a thread and not to a text. Take the second best instead: `take=1`.

    Raises:
        UsageError: there is no such folder, it holds no converted model, or there is no such option.

    English to Chinese and back:

        CTranslate2("nllb-200-distilled-600M-ct2").translate(["A good film."], "en", "zh")
        CTranslate2("en-zh=opus-en-zh-ct2,zh-en=opus-zh-en-ct2?dtype=float32").translate(["A good film."], "en", "zh")
    """

    def __init__(self, argument: str, decoding: Decoding | None = None) -> None:
        folders, how = split(argument, decoding or Decoding(dtype="int8"))
        self._directions = directions(folders, PARTS)
        if not self._directions:
            raise UsageError("ctranslate2 needs the folder of a converted model: ctranslate2:FOLDER")
        if how.temperature:
            raise UsageError("ctranslate2 draws no translations; take the second best instead: take=1")
        self._models = {one.folder: Converted(one.folder, how) for one in self._directions}

    @property
    def identity(self) -> str:
        """Return the kind, each direction with the hash of its model, and the options."""
        each = (f"{one.source}-{one.target}={self._models[one.folder].identity}" for one in self._directions)
        return "ctranslate2:" + ",".join(each)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | Failure]:
        """Translate texts.

        Raises:
            UsageError: there is no model for this direction, or it does not know one of the languages.
        """
        first = self._models[self._directions[0].folder]
        if first.form:
            return first.translate(texts, source, target)
        return self._models[chosen(self._directions, "ctranslate2", source, target).folder].translate(
            texts, source, target
        )


class Converted:
    """A converted model and what cuts its texts, opened when the first text comes."""

    def __init__(self, folder: Path, decoding: Decoding) -> None:
        self.folder, self._decoding = folder, decoding
        self._batches = Batches[list[str]](decoding.batch_tokens, decoding.beams)
        if not (folder / "model.bin").is_file():
            raise UsageError(
                f"'{folder}' holds no model of CTranslate2 (model.bin); convert one with "
                "ct2-transformers-converter --model FOLDER --output_dir OTHER --copy_files source.spm target.spm"
            )

    @cached_property
    def identity(self) -> str:
        """Return the hash of the folder and the options."""
        return f"{content(self.folder, PARTS)}?{self._decoding.identity}"

    @cached_property
    def pieces(self) -> Pieces:
        """Return what cuts the texts."""
        return pieces_of(self.folder)

    @cached_property
    def model(self) -> Any:
        """Return the model, on its device."""
        try:
            import ctranslate2
        except ImportError:
            raise missing("ctranslate2", "mt", "converted models") from None
        device, _, index = self._decoding.device.partition(":")
        try:
            return ctranslate2.Translator(
                str(self.folder), device, device_index=int(index or 0), compute_type=self._decoding.dtype
            )
        except (ValueError, RuntimeError) as error:
            raise UsageError(f"'{self.folder}' cannot be opened with {self._decoding}: {error}") from None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return the tokens of the source."""
        for name in ("shared_vocabulary", "source_vocabulary"):
            if (path := self.folder / f"{name}.json").is_file():
                return frozenset(json.loads(path.read_text("utf-8")))
            if (path := self.folder / f"{name}.txt").is_file():
                return frozenset(path.read_text("utf-8").split("\n"))
        raise UsageError(f"'{self.folder}' has no vocabulary; convert the model anew")

    @cached_property
    def form(self) -> str:
        """Return how tokens of languages are written; "" for a model that has no such tokens."""
        known = self.vocabulary
        return "{}" if "eng_Latn" in known else "__{}__" if "__en__" in known else ""

    @cached_property
    def _ends_itself(self) -> bool:
        """Whether the model puts the end behind a text; those of transformers expect it there."""
        config = json.loads((self.folder / "config.json").read_text("utf-8"))
        return bool(config.get("add_source_eos"))

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | Failure]:
        """Translate texts; see `CTranslate2.translate`."""
        before, first = self._tokens(source, target)
        end = [] if self._ends_itself else [END]
        return in_order(
            self._batches,
            texts,
            lambda text: [*before, *self.pieces.encode(text), *end],
            min(self._decoding.longest or POSITIONS, POSITIONS),
            lambda batch: self._translate(batch, first),
        )

    def _tokens(self, source: str, target: str) -> tuple[list[str], list[str]]:
        """Return what goes before a text, and what its translation begins with."""
        if not self.form:
            token = target_token([one for one in self.vocabulary if re.fullmatch(">>.+<<", one)], target)
            return [token] if token else [], []
        codes = self._codes()
        names = (known_as(codes.__contains__, code, "the model") for code in (source, target))
        before, first = map(self.form.format, names)
        return [before], [first]

    def _codes(self) -> frozenset[str]:
        """Return the languages that the vocabulary has tokens for."""
        written = re.compile(f"({FLORES})" if self.form == "{}" else "__([a-z]{2,3})__")
        return frozenset(found[1] for one in self.vocabulary if (found := written.fullmatch(one)))

    def _translate(self, batch: list[Row[list[str]]], first: list[str]) -> list[str | Failure]:
        how = self._decoding
        results = self.model.translate_batch(
            [row.tokens for row in batch],
            target_prefix=[first] * len(batch) if first else None,
            beam_size=how.beams,
            num_hypotheses=how.take + 1,
            max_input_length=0,
            max_decoding_length=min(batch[0].room, POSITIONS),
            return_end_token=True,
        )
        return [self._text(result.hypotheses[how.take], first) for result in results]

    def _text(self, tokens: list[str], first: list[str]) -> str | Failure:
        """Return the text of what was generated; what ran into its limit is no translation."""
        if not tokens or tokens[-1] != END:
            return Failure("no end")
        return self.pieces.decode([token for token in tokens if token not in SPECIAL and token not in first])
