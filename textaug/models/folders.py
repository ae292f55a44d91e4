"""Folders of models: where they are, and a hash of what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from textaug.errors import UsageError, missing

_HUB = re.compile(r"\w[\w.-]*/[\w.-]+(@[\w./-]+)?")


def located(name: str, parts: Sequence[str]) -> Path:
    """Return the folder of a model: the one that is named, or a copy of the one that the hub has under "owner/name".

    Args:
        name: the folder; or the name on the hub, with a revision behind an @ if it matters.
        parts: patterns of the files that are fetched.

    Raises:
        UsageError: there is neither.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        return path.resolve()
    if not _HUB.fullmatch(name):
        raise UsageError(f"no folder '{name}'; give the folder of a model, or its name on the hub: owner/name")
    try:
        from huggingface_hub import snapshot_download
    except ImportError:
        raise missing("huggingface_hub", "hf", f"the model '{name}'") from None
    held, _, revision = name.partition("@")
    try:
        return Path(snapshot_download(held, revision=revision or None, allow_patterns=[*parts]))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no folder '{name}', and the hub does not give it ({type(error).__name__}); name a folder that is here"
        ) from None


def content(folder: Path, parts: Sequence[str]) -> str:
    """Return the hash of what a folder holds of a model: names and bytes of the files that some patterns name.

    In which folder inside of it a file lies does not matter: a tokenizer may have one of its own.
    """
    digest = blake2b(digest_size=16)
    found = {path for part in parts for path in folder.glob(part) if path.is_file()}
    for path in sorted(found, key=lambda path: (path.name, path)):
        own = blake2b(digest_size=16)
        with path.open("rb") as file:
            while block := file.read(1 << 22):
                own.update(block)
        digest.update(path.name.encode() + b"\0" + own.digest())
    return digest.hexdigest()
