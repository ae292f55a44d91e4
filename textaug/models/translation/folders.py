"""Folders of models that translate, and in which direction."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textaug.errors import UsageError
from textaug.models.folders import located
from textaug.models.translation.languages import code_of

PARTS = ("*.json", "*.safetensors", "*.spm", "*.model", "*.txt")  # what is loaded; weights as pickles never are
_NAMED = re.compile(r"([A-Za-z_]{2,8})-([A-Za-z_]{2,8})=(.+)")


@dataclass(frozen=True, slots=True)
class Direction:
    """A folder, and the languages that its model translates from and to, where that could be found out."""

    source: str
    target: str
    folder: Path

    @property
    def known(self) -> bool:
        """Return whether both languages are known."""
        return bool(self.source and self.target)


def directions(argument: str, parts: Sequence[str] = PARTS) -> list[Direction]:
    """Return the folders that an argument names: "FOLDER", "FORTH,BACK", or "en-zh=FOLDER,zh-en=FOLDER".

    Without the languages before it, a folder's direction is the one in its tokenizer's configuration, as models of
    OPUS-MT have it, or at the end of its name: `opus-mt-en-zh`.

    Raises:
        UsageError: there is no such folder.
    """
    return [_direction(one.strip(), parts) for one in argument.split(",") if one.strip()]


def _direction(argument: str, parts: Sequence[str]) -> Direction:
    if named := _NAMED.fullmatch(argument):
        source, target, name = named.groups()
        return Direction(code_of(source) or source, code_of(target) or target, located(name, parts))
    folder = located(argument, parts)
    source, target = _configured(folder)
    if not (source and target) and (ending := re.search(r"-([A-Za-z]{2,3})-([A-Za-z]{2,3})$", argument.rstrip("/"))):
        source, target = (code_of(name) or "" for name in ending.groups())
    return Direction(source, target, folder)


def _configured(folder: Path) -> tuple[str, str]:
    try:
        held = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return "", ""
    return code_of(str(held.get("source_lang"))) or "", code_of(str(held.get("target_lang"))) or ""


def chosen(all_of: Sequence[Direction], kind: str, source: str, target: str) -> Direction:
    """Return the direction that translates between two languages.

    Raises:
        UsageError: none does, or it is not known whether one does.
    """
    wanted = (code_of(source) or source, code_of(target) or target)
    for direction in all_of:
        if (direction.source, direction.target) == wanted:
            return direction
    have = ", ".join(f"{d.source}-{d.target}" if d.known else f"? ({d.folder.name})" for d in all_of)
    raise UsageError(
        f"no {kind} model translates {source} to {target}; there are: {have}. "
        f"Name one for each direction: {kind}:{source}-{target}=FOLDER,{target}-{source}=FOLDER"
    )
