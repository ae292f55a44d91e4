"""A small BERT computed with NumPy, so that the models that come with textaug need no more than textaug does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textaug.errors import DataError

F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]
EPSILON = 1e-12


class Bert:
    """BERT's encoder with its head for masked tokens (Devlin et al. 2019), in single precision.

    Args:
        folder: `config.json` and `model.safetensors`, as `BertForMaskedLM.save_pretrained` writes them, with ReLU.

    Raises:
        DataError: the folder holds no such model.
    """

    noise = 1e-3
    """How far logits may lie apart that were computed in different batches: rounding comes to a hundredth of it."""

    def __init__(self, folder: Path) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            held = load_file(folder / "model.safetensors")
        except (OSError, ValueError, SafetensorError) as error:
            raise DataError(f"{folder} holds no model: {error}") from None
        if not runs(config):
            raise DataError(f"{folder} holds a {config.get('model_type')} model that NumPy does not compute here")
        self._weights: dict[str, F32] = {
            name.removeprefix("bert."): one.astype(np.float32) for name, one in held.items()
        }
        fields = ("max_position_embeddings", "num_attention_heads", "num_hidden_layers")
        without = [name for name in fields if not isinstance(config.get(name), int)]
        without = without or sorted(needed(config["num_hidden_layers"]) - self._weights.keys())
        if without:
            raise DataError(f"{folder} holds no model: it lacks {without[0]}")
        self.limit, self._heads = config["max_position_embeddings"], config["num_attention_heads"]
        self._layers = [self._layer(k) for k in range(config["num_hidden_layers"])]
        self._epsilon = float(config.get("layer_norm_eps", EPSILON))

    def __call__(self, ids: I64, mask: I64, row: I64, place: I64) -> F32:
        """Return the logits of some tokens.

        Args:
            ids: shape (rows, width), filled up with anything.
            mask: 1 where there is a token.
            row: the rows of the tokens that are asked for, in order.
            place: their places.

        Returns:
            float32, shape (tokens, vocabulary).
        """
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self._normal(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        barred = np.where(mask[:, None, None, :] != 0, np.float32(0), np.float32(-1e9))
        for k, last in enumerate([False] * (len(self._layers) - 1) + [True] if self._layers else []):
            asked = x[row, place] if last else None
            x = self._block(x, barred, f"encoder.layer.{k}.", asked, row)
        found = x if self._layers else x[row, place]
        return self._head(found)

    def _block(self, x: F32, barred: F32, name: str, asked: F32 | None, row: I64) -> F32:
        """Compute a layer; the last one only for the tokens that are asked for."""
        query, key, value = self._layers[int(name.split(".")[2])]
        held = x if asked is None else asked
        k, v = self._split(x @ key[0] + key[1]), self._split(x @ value[0] + value[1])
        q = held @ query[0] + query[1]
        if asked is None:
            scores = self._split(q) @ k.swapaxes(2, 3) + barred
            mixed = _softmax(scores) @ v
            mixed = mixed.swapaxes(1, 2).reshape(x.shape)
        else:
            many, turn = _turns(row, len(x))  # the questions of a row beside one another, as keys and values are
            laid = np.zeros((len(x), many, q.shape[1]), np.float32)
            laid[row, turn] = q
            mixed = _softmax(self._split(laid) @ k.swapaxes(2, 3) + barred) @ v
            mixed = mixed.swapaxes(1, 2).reshape(laid.shape)[row, turn]
        held = self._normal(
            held + self._dense(mixed, name + "attention.output.dense"), name + "attention.output.LayerNorm"
        )
        wide = np.maximum(self._dense(held, name + "intermediate.dense"), 0)
        return self._normal(held + self._dense(wide, name + "output.dense"), name + "output.LayerNorm")

    def _head(self, x: F32) -> F32:
        x = np.maximum(self._dense(x, "cls.predictions.transform.dense"), 0)
        x = self._normal(x, "cls.predictions.transform.LayerNorm")
        made: F32 = x @ self._weights["embeddings.word_embeddings.weight"].T + self._weights["cls.predictions.bias"]
        return made

    def _layer(self, k: int) -> list[tuple[F32, F32]]:
        """Return the weights of query, key and value; the query's with the scale of the scores in them."""
        made = []
        for part in ("query", "key", "value"):
            name = f"encoder.layer.{k}.attention.self.{part}"
            weight, bias = self._weights[name + ".weight"].T, self._weights[name + ".bias"]
            scale = np.float32((len(bias) / self._heads) ** -0.5) if part == "query" else np.float32(1)
            made.append((np.ascontiguousarray(weight * scale), bias * scale))
        return made

    def _split(self, x: F32) -> F32:
        """Part the vectors of (rows, width, size) into heads: (rows, heads, width, size of a head)."""
        return x.reshape(*x.shape[:2], self._heads, -1).swapaxes(1, 2)

    def _dense(self, x: F32, name: str) -> F32:
        made: F32 = x @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return made

    def _normal(self, x: F32, name: str) -> F32:
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(self._epsilon))
        made: F32 = x * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        return made


def runs(config: dict[str, Any]) -> bool:
    """Say whether NumPy computes a model of this configuration."""
    return config.get("model_type") == "bert" and config.get("hidden_act") == "relu"


def needed(layers: int) -> set[str]:
    """Return the names of the weights of a model of so many layers, without `bert.` before them."""
    dense, normal = ["cls.predictions.transform.dense"], ["embeddings.LayerNorm", "cls.predictions.transform.LayerNorm"]
    for k in range(layers):
        own = [f"attention.self.{part}" for part in ("query", "key", "value")]
        own += ["attention.output.dense", "intermediate.dense", "output.dense"]
        dense += [f"encoder.layer.{k}.{part}" for part in own]
        normal += [f"encoder.layer.{k}.{part}.LayerNorm" for part in ("attention.output", "output")]
    tables = {f"embeddings.{part}_embeddings.weight" for part in ("word", "position", "token_type")}
    return (
        tables | {"cls.predictions.bias"} | {f"{name}.{part}" for name in dense + normal for part in ("weight", "bias")}
    )


def _softmax(scores: F32) -> F32:
    scores -= scores.max(-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(-1, keepdims=True)
    return scores


def _turns(row: I64, rows: int) -> tuple[int, I64]:
    """Return the most tokens that a row is asked for, and which of its row's each is; they come row by row."""
    counts = np.bincount(row, minlength=rows)
    return int(counts.max(initial=0)), np.arange(len(row)) - (np.cumsum(counts) - counts)[row]
