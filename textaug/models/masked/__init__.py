"""Masked language models: those that come with textaug, and those of Hugging Face."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from textaug.errors import UsageError
from textaug.models.folders import content
from textaug.models.masked.bert import Bert, runs
from textaug.models.masked.model import Ask, MaskedLM
from textaug.models.masked.wordpiece import WordPiece, cuts

__all__ = ["Ask", "MaskedLM", "opened"]

DATA = Path(__file__).parent / "data"
READ = ("config.json", "tokenizer.json", "model.safetensors")


def opened(spec: str | None = None, language: str = "en") -> MaskedLM:
    """Open a masked language model; a process opens each only once.

    Args:
        spec: a folder as `save_pretrained` writes it, a name that transformers knows, or `onnx:` and the folder of an
            exported model. A small BERT with ReLU, as `examples/train_masked_lm.py` trains, is computed by NumPy; for
            others there are the extras `hf` and `onnx`. None: the model of the language that comes with textaug.
        language: "en" or "zh", where no model is named.

    Raises:
        UsageError: no model comes with textaug for the language, or what computes the named one is not installed.
        DataError: the folder holds no masked language model.
    """
    if spec is not None:
        return _opened(spec)
    if not comes_with(language):
        raise UsageError(
            f"no masked language model comes with textaug for '{language}'; name one: a folder, or with the extra hf a "
            "model of Hugging Face (model='bert-base-uncased'), or train one with examples/train_masked_lm.py"
        )
    return _opened(str(DATA / language))


def comes_with(language: str) -> bool:
    """Say whether a model of a language comes with textaug."""
    return (DATA / language / "model.safetensors").exists()


@lru_cache(maxsize=4)
def _opened(spec: str) -> MaskedLM:
    if spec.startswith("onnx:"):
        from textaug.models.masked import onnx

        return onnx.load(spec)
    folder = Path(spec)
    if _is_small(folder):
        return _small(folder)
    from textaug.models.masked.hf import load

    return load(spec)


def _is_small(folder: Path) -> bool:
    """Say whether a folder holds what textaug computes by itself."""
    try:
        config, tokenizer = (json.loads((folder / name).read_text("utf-8")) for name in READ[:2])
    except (OSError, ValueError):
        return False
    return runs(config) and cuts(tokenizer) and (folder / READ[2]).exists()


def _small(folder: Path) -> MaskedLM:
    from textaug.masking.vocabulary import Vocabulary

    cut = WordPiece.read(folder)
    tokens = [""] * (max(cut.tokens.values()) + 1)
    for token, id in cut.tokens.items():
        tokens[id] = token
    special = tuple(id for token, id in cut.tokens.items() if token[:1] == "[" and token[-1:] == "]" and len(token) > 2)
    vocabulary = Vocabulary(tuple(tokens), special, cut.tokens["[MASK]"], cut.tokens["[PAD]"], "wordpiece")
    around = ((cut.tokens["[CLS]"],), (cut.tokens["[SEP]"],))
    return MaskedLM(Bert(folder), cut, vocabulary, around, hash_of(folder))


def hash_of(folder: Path) -> str:
    """Return a hash of the files that decide what a model says."""
    return content(folder, (*READ, "*.safetensors", "*.txt", "*.model", "*.onnx"))
