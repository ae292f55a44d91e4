"""A tokenizer in its parts: what reads text, what segments words, what names the pieces; and how to load one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from textaug.batch import Batch
from textaug.errors import UsageError
from textaug.subword.symbols import Segmenter, Symbols
from textaug.subword.vocabulary import Vocabulary


@dataclass(frozen=True)
class Tokenizer:
    """A tokenizer.

    Attributes:
        read: takes a batch, and whether places are wanted; returns the symbols of its active rows.
        segmenter: makes pieces of symbols.
        vocabulary: names the pieces.
        around: the ids that go before and behind a text, where the file says which.
    """

    read: Callable[[Batch, bool], Symbols]
    segmenter: Segmenter
    vocabulary: Vocabulary
    around: tuple[list[int], list[int]] | None = None


def load(source: str | Path | Any | None = None) -> Tokenizer:
    """Load a tokenizer; once a process, as long as its file stays as it is.

    Args:
        source: a tokenizer.json, a SentencePiece .model, a folder that holds one of them, a `tokenizers.Tokenizer`, or
            None for the tokenizer that textaug brings along.

    Raises:
        UsageError: there is no such file, or it is of another kind, or the library that reads it is missing.
        DataError: the file is damaged.
    """
    if source is None:
        return _default()
    if not isinstance(source, str | Path):
        from textaug.subword.huggingface import taken_apart

        return taken_apart(source)
    path = file_of(Path(source))
    state = path.stat()
    return _loaded(path, state.st_mtime_ns, state.st_size)


def file_of(path: Path) -> Path:
    """Return the tokenizer's file: the path, or what the folder of that path holds.

    Raises:
        UsageError: there is none.
    """
    remedy = "give the path of a tokenizer.json or of a SentencePiece .model, or of a folder that holds one"
    if path.is_dir():
        found = [path / "tokenizer.json"] * (path / "tokenizer.json").is_file() or sorted(path.glob("*.model"))
        if len(found) != 1:
            held = ", ".join(one.name for one in found) or "none"
            raise UsageError(f"the folder {path} should hold one tokenizer, and holds {held}; {remedy}")
        return found[0]
    if not path.is_file() or path.suffix not in (".json", ".model"):
        raise UsageError(f"{path} is no tokenizer; {remedy}")
    return path


@cache
def _default() -> Tokenizer:
    from textaug.subword.plain import PATH, plain

    return plain(PATH)


@lru_cache(maxsize=16)
def _loaded(path: Path, changed: int, size: int) -> Tokenizer:
    if path.suffix == ".model":
        from textaug.subword.sentencepiece import from_file

        return from_file(path)
    from textaug.subword.huggingface import from_file as from_json

    return from_json(path)
