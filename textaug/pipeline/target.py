"""Where the output goes: one file, a folder with a file a part, or standard output."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from textaug.errors import UsageError
from textaug.pipeline import formats
from textaug.pipeline.commit import read_json
from textaug.pipeline.inputs import File

PLAN = "plan.json"
SUCCESS = "_SUCCESS"


@dataclass(frozen=True, slots=True)
class Target:
    """An output: `folder` says that each part is a file in it; `path` None is standard output.

    Beside it stands its work folder, with the plan, the lock and a record for each part that is done:
    `_textaug` in an output folder, where it stays; `.NAME.textaug` beside a single file, until that is whole.
    """

    path: Path | None
    format: str
    folder: bool = False

    @property
    def place(self) -> Path:
        """The path, which standard output has not."""
        if self.path is None:
            raise UsageError("standard output has no path")
        return self.path

    @property
    def work(self) -> Path:
        """The work folder."""
        return self.place / "_textaug" if self.folder else self.place.with_name(f".{self.place.name}.textaug")

    @property
    def rejected(self) -> Path:
        """Where rows go that were set aside."""
        if self.folder:
            return self.place / "_rejected.jsonl"
        return self.place.with_name(f"{self.place.name}_rejected.jsonl")

    def part(self, name: str) -> Path:
        """The file of a part."""
        return (self.place if self.folder else self.work / "parts") / name

    def record(self, index: int) -> Path:
        """The commit record of a part."""
        return self.work / "done" / f"{index:05d}.json"

    def aside(self, index: int) -> Path:
        """The rows that a part set aside."""
        return self.work / "done" / f"{index:05d}.rejected.jsonl"

    def exists(self) -> bool:
        """Say whether something finished stands there."""
        if self.folder:
            return self.place.is_dir() and any(entry.name != "_textaug" for entry in self.place.iterdir())
        return self.place.exists()


def choose(output: str, files: Iterable[File], form: str | None = None) -> Target:
    """Decide what `-o` means: `-` is standard output, a name with a known extension a file, others a folder.

    The format is `form`, or what the extension tells, or the inputs' own. Raises UsageError where that leaves
    a doubt.
    """
    named = formats.known(form) if form else None
    if output == "-":
        return Target(None, named or _common(files))
    path = Path(output)
    if output.endswith(os.sep) or path.is_dir() or not path.suffix:
        if path.exists() and not path.is_dir():
            return Target(path, named or _common(files))
        return Target(path, named or _common(files), folder=True)
    found = named or formats.EXTENSIONS.get(path.suffix.lower())
    if found is None:
        endings = ", ".join(formats.EXTENSIONS)
        raise UsageError(
            f"-o '{output}': the extension '{path.suffix}' tells no format; use one of {endings}, "
            "or say the format with --to, or end the name with / to mean a folder"
        )
    return Target(path, found)


def _common(files: Iterable[File]) -> str:
    found = sorted({file.format for file in files})
    if len(found) > 1:
        raise UsageError(f"the inputs are {' and '.join(found)}; say with --to which format the output shall have")
    return found[0]


def check_apart(target: Target, files: Iterable[File]) -> None:
    """Refuse an output among its own inputs: the next run would read it."""
    place = target.place.resolve()
    for file in files:
        path = Path(file.path).resolve()
        if path == place or (target.folder and place in path.parents):
            raise UsageError(f"the output '{target.place}' would overwrite or stand beside its own input '{file.path}'")


def check_free(target: Target) -> None:
    """Refuse to overwrite anything."""
    if target.exists() and not target.work.is_dir():
        kind = "folder is not empty" if target.folder else "file exists"
        remedy = "choose another" if target.folder else "replace it with --force, or choose another name"
        raise UsageError(f"'{target.place}': the {kind}; {remedy}")
    if not target.folder and target.rejected.exists() and not target.work.is_dir():
        raise UsageError(f"'{target.rejected}' exists, of an earlier run; replace it with --force, or move it")


def clear(target: Target) -> None:
    """Remove what an earlier run of ours made; what it did not make stays, or is refused."""
    plan = read_json(target.work / PLAN)
    if target.folder:
        if plan is None and target.exists():
            raise UsageError(f"'{target.place}' is not empty and was not made by textaug; --force does not touch it")
        for part in (plan or {}).get("parts", ()):
            target.part(part["name"]).unlink(missing_ok=True)
        (target.place / SUCCESS).unlink(missing_ok=True)
        target.rejected.unlink(missing_ok=True)
    (target.work / PLAN).unlink(missing_ok=True)
    for name in ("done", "parts"):
        shutil.rmtree(target.work / name, ignore_errors=True)
