"""Tokenizers on disk: opened without running anything of theirs, and told apart by what they do."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from textaug.errors import DataError, UsageError, missing
from textaug.masking.annotate.encoding import encoder
from textaug.masking.vocabulary import Vocabulary

_CONFIGS = ("tokenizer_config.json", "config.json")


@dataclass(frozen=True, slots=True)
class Source:
    """Something on disk that a job reads beside its inputs, as it was when the job was made.

    Attributes:
        path: the file or folder.
        hash: of what it says.
    """

    path: str
    hash: str

    @classmethod
    def file(cls, path: str | os.PathLike[str]) -> Source:
        """Read a file.

        Raises:
            UsageError: it cannot be read.
        """
        try:
            return cls(str(path), blake2b(Path(path).read_bytes(), digest_size=16).hexdigest())
        except OSError as error:
            raise UsageError(f"cannot read '{path}': {error.strerror}") from None

    def check(self, hash: str) -> None:
        """Compare what is on disk now.

        Raises:
            DataError: it has changed.
        """
        if hash != self.hash:
            raise DataError(f"'{self.path}' has changed since the run began; begin again with --force")


def open_tokenizer(path: str | os.PathLike[str]) -> Any:
    """Open a tokenizer: a folder that transformers has saved, or a `tokenizer.json`; nothing is fetched, no code run.

    Raises:
        UsageError: there is none, or transformers is needed and not installed.
        DataError: it cannot be read.
    """
    place = Path(path)
    if not place.exists():
        raise UsageError(f"no tokenizer '{path}'; give a folder, as save_pretrained makes it, or a tokenizer.json")
    if place.is_dir() and not any((place / name).exists() for name in _CONFIGS):
        place = place / "tokenizer.json"
        if not place.exists():
            raise UsageError(f"the folder '{path}' holds no tokenizer: no tokenizer.json, no tokenizer_config.json")
    try:
        return _from_folder(place) if place.is_dir() else _from_file(place)
    except UsageError:
        raise
    except Exception as error:  # of its library: it raises what it likes
        raise DataError(f"'{path}' is no tokenizer that can be read: {error}") from error


def _from_file(path: Path) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise missing("tokenizers", "subword", "tokenizer files") from None
    return Tokenizer.from_file(str(path))


def _from_folder(path: Path) -> Any:
    try:
        from transformers import AutoTokenizer
    except ImportError:
        raise missing("transformers", "hf", "folders with tokenizers; or name the tokenizer.json in it") from None
    return AutoTokenizer.from_pretrained(str(path), local_files_only=True, trust_remote_code=False)


def digest(tokenizer: Any) -> str:
    """Return the hash of what a tokenizer does: how it cuts, and which of its tokens are special.

    >>> from tokenizers import Tokenizer, models
    >>> one, other = (Tokenizer(models.WordLevel({"a": 0, mask: 1}, unk_token="a")) for mask in ("[MASK]", "b"))
    >>> digest(one) == digest(one) != digest(other)
    True
    """
    held, vocabulary = encoder(tokenizer), Vocabulary.of(tokenizer)
    marks = (held.layers, held.unk_id, held.split_special_tokens, vocabulary.special, vocabulary.mask, vocabulary.pad)
    return blake2b(f"{held.tokenizer}{marks}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
