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
        self.limit, self._many_heads = config["max_position_embeddings"], config["num_attention_heads"]
        self._layers = [self._layer(k) for k in range(config["num_hidden_layers"])]
        self._epsilon = float(config.get("layer_norm_eps", EPSILON))

    @property
    def vectors(self) -> F32:
        """The embeddings of the tokens."""
        return self._weights["embeddings.word_embeddings.weight"]

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
        w, (rows, width) = self._weights, ids.shape
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:width]
        x = (x + w["embeddings.token_type_embeddings.weight"][0]).reshape(rows * width, -1)  # a product for all rows
        x = self._normal(x, "embeddings.LayerNorm")
        barred = np.where(mask[:, None, None, :] != 0, np.float32(0), np.float32(-1e9))
        asked = row * width + place
        for k in range(len(self._layers) - 1):
            x = self._behind(k, x, self._attended(k, x, barred))
        if self._layers:  # the last one only for the tokens that are asked for
            last = len(self._layers) - 1
            return self._head(self._behind(last, x[asked], self._asked(last, x, barred, row, asked)))
        return self._head(x[asked])

    def _attended(self, k: int, x: F32, barred: F32) -> F32:
        """Return what each token gathers from its row."""
        weight, bias = self._layers[k]
        query, key, value = self._heads(x @ weight + bias, len(barred), 3)
        return self._mixed(query, key, value, barred).reshape(x.shape)

    def _asked(self, k: int, x: F32, barred: F32, row: I64, asked: I64) -> F32:
        """Return what some tokens gather from their rows."""
        (weight, bias), size = self._layers[k], x.shape[1]
        key, value = self._heads(x @ weight[:, size:] + bias[size:], len(barred), 2)
        many, turn = _turns(row, len(barred))  # the questions of a row beside one another, as keys and values are
        laid = np.zeros((len(barred), many, size), np.float32)
        laid[row, turn] = x[asked] @ weight[:, :size] + bias[:size]
        (query,) = self._heads(laid, len(barred), 1)
        return self._mixed(query, key, value, barred).reshape(laid.shape)[row, turn]

    def _heads(self, x: F32, rows: int, parts: int) -> F32:
        """Part vectors into heads: (parts, rows, heads, width, size of a head)."""
        made: F32 = x.reshape(rows, -1, parts, self._many_heads, x.shape[-1] // parts // self._many_heads)
        return made.transpose(2, 0, 3, 1, 4)

    def _mixed(self, query: F32, key: F32, value: F32, barred: F32) -> F32:
        """Return the values mixed by attention: (rows, width, heads, size of a head)."""
        scores = query @ key.swapaxes(2, 3)
        scores += barred
        made: F32 = (_softmax(scores) @ value).swapaxes(1, 2)
        return made

    def _behind(self, k: int, x: F32, gathered: F32) -> F32:
        """Return what the rest of a layer makes of tokens and of what they gathered."""
        name = f"encoder.layer.{k}."
        x = self._normal(
            x + self._dense(gathered, name + "attention.output.dense"), name + "attention.output.LayerNorm"
        )
        wide = self._dense(x, name + "intermediate.dense")
        np.maximum(wide, 0, out=wide)
        return self._normal(x + self._dense(wide, name + "output.dense"), name + "output.LayerNorm")

    def _head(self, x: F32) -> F32:
        x = np.maximum(self._dense(x, "cls.predictions.transform.dense"), 0)
        x = self._normal(x, "cls.predictions.transform.LayerNorm")
        made: F32 = x @ self._weights["embeddings.word_embeddings.weight"].T
        made += self._weights["cls.predictions.bias"]
        return made

    def _layer(self, k: int) -> tuple[F32, F32]:
        """Return the weights of query, key and value side by side; the query's with the scale of the scores in them."""
        parts = [f"encoder.layer.{k}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self._weights[part + ".weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._weights[part + ".bias"] for part in parts])
        size = len(weight)
        scale = np.float32((size / self._many_heads) ** -0.5)
        weight[:, :size] *= scale
        bias[:size] *= scale
        return np.ascontiguousarray(weight), bias

    def _dense(self, x: F32, name: str) -> F32:
        made: F32 = x @ self._weights[name + ".weight"].T
        made += self._weights[name + ".bias"]
        return made

    def _normal(self, x: F32, name: str) -> F32:
        x = x - x.mean(-1, keepdims=True)
        spread = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1]) + np.float32(self._epsilon)
        x *= (1 / np.sqrt(spread))[:, None]
        x *= self._weights[name + ".weight"]
        x += self._weights[name + ".bias"]
        return x


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
