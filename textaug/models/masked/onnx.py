"""Masked language models that were exported to ONNX, by ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from textaug.errors import DataError, missing
from textaug.masking.vocabulary import Vocabulary
from textaug.models.masked.hf import FastPieces
from textaug.models.masked.model import F32, I64, MaskedLM, special_around

PREFIX = "onnx:"


def load(spec: str) -> MaskedLM:
    """Load a folder with `model.onnx` and a tokenizer, as the exporters of transformers write it.

    Args:
        spec: `onnx:` and the folder.

    Raises:
        UsageError: onnxruntime or transformers is not installed.
        DataError: the folder holds no such model.
    """
    folder = Path(spec.removeprefix(PREFIX))
    try:
        import onnxruntime
        import transformers
    except ImportError:
        raise missing("onnxruntime and transformers", "onnx", f"the masked language model '{spec}'") from None
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), providers=onnxruntime.get_available_providers()
        )
    except _errors(onnxruntime) as error:
        raise DataError(f"no masked language model can be loaded from '{spec}': {error}") from None
    from textaug.models.masked import hash_of

    vocabulary = Vocabulary.of(tokenizer)
    vocabulary.needs_mask()
    engine = OnnxEngine(session, int(min(tokenizer.model_max_length, 1 << 20)))
    return MaskedLM(engine, FastPieces(tokenizer), vocabulary, special_around(tokenizer), f"onnx {hash_of(folder)}")


def _errors(module: Any) -> tuple[type[Exception], ...]:
    """Return the errors that are raised where a file is missing or damaged."""
    state = module.capi.onnxruntime_pybind11_state
    own = state.NoSuchFile, state.InvalidProtobuf, state.Fail, state.InvalidGraph
    return OSError, ValueError, RuntimeError, *own


class OnnxEngine:
    """Computes logits with ONNX Runtime; see `Engine`."""

    noise = 1e-3

    def __init__(self, session: Any, limit: int) -> None:
        self._session, self.limit = session, limit
        self._inputs = {one.name for one in session.get_inputs()}

    def __call__(self, ids: I64, mask: I64, row: I64, place: I64) -> F32:
        """Return the logits of some tokens."""
        held = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (logits, *_) = self._session.run(None, {name: one for name, one in held.items() if name in self._inputs})
        found: F32 = np.ascontiguousarray(logits[row, place], np.float32)
        return found
