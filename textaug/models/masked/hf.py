"""Masked language models of Hugging Face, by transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from textaug.errors import DataError, missing
from textaug.masking.vocabulary import Vocabulary
from textaug.models.masked.model import F32, I64, MaskedLM, special_around
from textaug.models.masked.wordpiece import Pieces

NOISE = {"float32": 1e-3, "bfloat16": 0.5, "float16": 0.1}
"""How far logits of a model in each precision may lie apart that were computed in different batches."""


def load(spec: str) -> MaskedLM:
    """Load a model: weights from safetensors only, and no code that comes with it.

    Args:
        spec: a folder, or a name; behind `@` a device, and behind `:` a precision: `bert-base-uncased@cuda:bfloat16`.

    Raises:
        UsageError: transformers or torch is not installed.
        DataError: there is no such model.
    """
    try:
        import torch
        import transformers
        from safetensors import SafetensorError
    except ImportError:
        raise missing("transformers and torch", "hf", f"the masked language model '{spec}'") from None
    name, _, where = spec.partition("@")
    device, _, precision = where.partition(":")
    given = {"trust_remote_code": False, "local_files_only": Path(name).exists()}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, use_fast=True, **given)
        model = transformers.AutoModelForMaskedLM.from_pretrained(
            name, use_safetensors=True, dtype=getattr(torch, precision or "float32"), **given
        ).to(device or "cpu")
    except (OSError, ValueError, AttributeError, RuntimeError, SafetensorError) as error:
        raise DataError(f"no masked language model can be loaded from '{spec}': {error}") from None
    engine = TorchEngine(model.eval(), tokenizer, precision or "float32")
    vocabulary = Vocabulary.of(tokenizer)
    vocabulary.needs_mask()
    return MaskedLM(
        engine, FastPieces(tokenizer), vocabulary, special_around(tokenizer), identity(name, precision, model)
    )


def identity(name: str, precision: str, model: Any) -> str:
    """Return what decides what a model says: the hash of its folder, or the commit of its name."""
    from textaug.models.masked import hash_of

    commit = getattr(model.config, "_commit_hash", None)
    return f"{hash_of(Path(name)) if Path(name).is_dir() else f'{name}@{commit}'}:{precision or 'float32'}"


class TorchEngine:
    """Computes logits with torch; see `Engine`."""

    def __init__(self, model: Any, tokenizer: Any, precision: str) -> None:
        self._model, self.noise = model, NOISE.get(precision, NOISE["bfloat16"])
        held = [getattr(model.config, "max_position_embeddings", None) or 1 << 20, tokenizer.model_max_length]
        padded = getattr(model.config, "pad_token_id", None) if "roberta" in model.config.model_type else None
        self.limit = min(held[0] - (0 if padded is None else padded + 1), held[1])  # RoBERTa counts places from there

    def __call__(self, ids: I64, mask: I64, row: I64, place: I64) -> F32:
        """Return the logits of some tokens."""
        import torch

        device = self._model.device
        with torch.inference_mode():
            given = (torch.from_numpy(one).to(device) for one in (ids, mask))
            logits = self._model(*given).logits[torch.from_numpy(row).to(device), torch.from_numpy(place).to(device)]
            found: F32 = logits.float().cpu().numpy()
        return np.ascontiguousarray(found)


class FastPieces:
    """Cuts texts with a fast tokenizer."""

    def __init__(self, tokenizer: Any) -> None:
        if not tokenizer.is_fast:
            raise DataError(f"{type(tokenizer).__name__} does not tell where tokens stand; a fast tokenizer does")
        self._tokenizer = tokenizer

    def __call__(self, texts: Sequence[str]) -> list[Pieces]:
        """Cut texts; a blank that a token begins with is no part of it."""
        if not texts:
            return []
        held = self._tokenizer(list(texts), add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        made = []
        for text, ids, offsets in zip(texts, held["input_ids"], held["offset_mapping"], strict=True):
            start = [a + (b > a and text[a] == " ") for a, b in offsets]
            made.append(Pieces(list(ids), start, [b for _, b in offsets]))
        return made
