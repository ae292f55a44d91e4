"""Encoder-decoder models of transformers: loaded from safetensors, run in batches, results in the texts' order."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from textaug.errors import UsageError, missing
from textaug.models.folders import content
from textaug.models.translation.batches import Batches, Row, in_order
from textaug.models.translation.folders import PARTS
from textaug.models.translation.options import Decoding
from textaug.models.translation.protocol import Failure
from textaug.models.translation.sampling import Noise

_KINDS = {"MarianMTModel": "marian", "M2M100ForConditionalGeneration": "m2m_100"}  # as config.json calls them
_DTYPES = ("float32", "bfloat16", "float16")


class Seq2Seq:
    """A model and its tokenizer, opened when the first text comes.

    Results are the same whatever batch a text is in, as far as the device computes the same: its translation has room
    by its own length only, and its draws are its own. What is left is the rounding of sums, which can decide between
    two hypotheses that are equally good; `batch_tokens=1` rules that out as well.

    Args:
        folder: the model's folder, with its weights as safetensors.
        model: the name of its class in transformers.
        decoding: the options.
    """

    def __init__(self, folder: Path, model: str, decoding: Decoding) -> None:
        self.folder, self._class, self._decoding = folder, model, decoding
        self._lock = Lock()  # a tokenizer holds the language of its texts
        self._batches = Batches[list[int]](decoding.batch_tokens, decoding.beams)
        if decoding.dtype not in _DTYPES:
            raise UsageError(f"dtype={decoding.dtype} is none of {', '.join(_DTYPES)}")
        if not (folder / "config.json").is_file() or not any(folder.glob("*.safetensors")):
            raise UsageError(
                f"'{folder}' holds no model as config.json and *.safetensors; textaug loads no pickles (*.bin): "
                f"convert one with transformers.{model}.from_pretrained(FOLDER).save_pretrained(FOLDER)"
            )
        kind = _kind(folder)
        if kind != _KINDS[model]:  # transformers would load what fits, and make the rest up
            raise UsageError(f"'{folder}' holds a model of the type {kind}, not {_KINDS[model]}; name its own kind")

    @cached_property
    def identity(self) -> str:
        """Return the hash of the folder and the options."""
        return f"{content(self.folder, PARTS)}?{self._decoding.identity}"

    @cached_property
    def tokenizer(self) -> Any:
        """Return the tokenizer."""
        from_pretrained = _transformers("AutoTokenizer").from_pretrained
        with warnings.catch_warnings():
            # Marian's says that it would use sacremoses, and never does
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            return from_pretrained(str(self.folder), local_files_only=True, trust_remote_code=False)

    @cached_property
    def model(self) -> Any:
        """Return the model, on its device."""
        import torch

        if self._decoding.device.startswith("cuda") and not torch.cuda.is_available():
            raise UsageError(f"device={self._decoding.device}: this machine offers no CUDA; give device=cpu")
        try:
            return self._loaded(torch).to(self._decoding.device).eval()
        except Exception as error:  # whatever is wrong with the files, each part of the libraries says it its own way
            reason = f"{type(error).__name__}: {error}".partition("\n")[0]
            raise UsageError(f"the model in '{self.folder}' cannot be opened: {reason}") from None

    def _loaded(self, torch: Any) -> Any:
        with torch.random.fork_rng(devices=[]):  # loading draws weights first, from the state that others use
            return _transformers(self._class).from_pretrained(
                str(self.folder),
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                dtype=getattr(torch, self._decoding.dtype),
            )

    @cached_property
    def positions(self) -> int:
        """Return how many tokens the model takes, in a text or in its translation."""
        held = getattr(self.model.config, "max_position_embeddings", 512)
        return int(min(held, self.tokenizer.model_max_length))

    def translate(
        self, texts: Sequence[str], node: str, source: str | None = None, prefix: str = "", first: int | None = None
    ) -> list[str | Failure]:
        """Translate texts.

        Args:
            texts: the texts.
            node: what the draws depend on besides the texts: the languages.
            source: the tokenizer's name of the language of the texts, for tokenizers that have one.
            prefix: what goes before each text, to name the target.
            first: the token that translations begin with, to name the target.
        """
        with self._lock:
            if source is not None:
                self.tokenizer.src_lang = source
            return in_order(
                self._batches,
                texts,
                lambda text: list(self.tokenizer(prefix + text, verbose=False)["input_ids"]),
                min(self._decoding.longest or self.positions, self.positions),
                lambda batch: self._generate(batch, node, first),
            )

    def _generate(self, batch: list[Row[list[int]]], node: str, first: int | None) -> list[str | Failure]:
        import torch

        how, most = self._decoding, min(batch[0].room, self.positions - 1)
        inputs = self.tokenizer.pad({"input_ids": [row.tokens for row in batch]}, return_tensors="pt")
        noise = [Noise(how, [row.text for row in batch], node)] if how.temperature else []
        beams = 1 if how.temperature else how.beams
        # `max_length` of the model's own configuration would be reported as overruled
        self.model.generation_config.max_length = None
        with torch.inference_mode():
            made = self.model.generate(
                input_ids=inputs["input_ids"].to(how.device),
                attention_mask=inputs["attention_mask"].to(how.device),
                max_new_tokens=most,
                do_sample=False,
                num_beams=beams,
                num_return_sequences=how.take + 1,
                logits_processor=noise,
                **({} if first is None else {"forced_bos_token_id": first}),
            )
        return [self._text(ids, most, first) for ids in made[how.take :: how.take + 1].tolist()]

    def _text(self, ids: list[int], most: int, first: int | None) -> str | Failure:
        """Return the text of what was generated; what ran into its limit is no translation."""
        end = self.tokenizer.eos_token_id
        if end not in ids[1:most]:  # the first is the start, which is the end token too in some models
            return Failure("no end")
        rest = [token for token in ids if token != first]  # not every tokenizer knows that it is a special one
        return str(self.tokenizer.decode(rest, skip_special_tokens=True)).strip()


def _kind(folder: Path) -> str:
    try:
        return str(json.loads((folder / "config.json").read_text("utf-8"))["model_type"])
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"'{folder / 'config.json'}' is no configuration of a model") from None


def _transformers(name: str) -> Any:
    try:
        import torch  # noqa: F401  # transformers can be there without it, and its models are then not
        import transformers
    except ImportError:
        raise missing("transformers with torch", "hf", "Marian, NLLB and M2M-100 models") from None
    return getattr(transformers, name)
