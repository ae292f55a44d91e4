"""Masked language models of Hugging Face, by transformers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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

    @property
    def vectors(self) -> F32:
        """The embeddings of the tokens."""
        made: F32 = self._model.get_input_embeddings().weight.detach().float().cpu().numpy()
        return made

    def __call__(self, ids: I64, mask: I64, row: I64, place: I64) -> F32:
        """Return the logits of some tokens; the wide layers behind the encoder are computed for these alone."""
        import torch

        given = [torch.from_numpy(one).to(self._model.device) for one in (ids, mask, row, place)]
        with torch.inference_mode(), _only(self._model, *given[2:]):
            logits = self._model(*given[:2]).logits
            logits = logits[0] if logits.shape[:2] != ids.shape else logits[given[2], given[3]]
            found: F32 = logits.float().cpu().numpy()
        return np.ascontiguousarray(found)


@contextmanager
def _only(model: Any, row: Any, place: Any) -> Iterator[None]:
    """Let the encoder of a model hand on but some tokens, as if they were one row: what follows looks at each alone."""

    def keep(encoder: Any, given: Any, output: Any) -> Any:
        some = output[0][row, place][None]
        if isinstance(output, tuple):
            return (some, *output[1:])
        output["last_hidden_state"] = some
        return output

    encoder = model.base_model
    hook = encoder.register_forward_hook(keep) if encoder is not model else None
    try:
        yield
    finally:
        if hook is not None:
            hook.remove()


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
