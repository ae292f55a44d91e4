"""Find the files that a job reads: a file, several, a glob, a folder, or standard input."""

import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from textaug.errors import UsageError, unknown
from textaug.pipeline import formats


@dataclass(frozen=True, slots=True)
class File:
    """One input: where it lies, its name in the dataset (`source`, part of every address), its format."""

    path: str
    source: str
    format: str
    shown: str = ""

    @property
    def place(self) -> str:
        """How messages name it."""
        return self.shown or self.path

    @property
    def piped(self) -> bool:
        """Whether it can be read once only: standard input, or a pipe that has a path, as `<(command)` has."""
        return self.path == "-" or is_pipe(self.path)


def is_pipe(path: str) -> bool:
    """Say whether there is something at a path that is neither a file nor a folder."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def find(inputs: Sequence[str], form: str | None = None) -> tuple[File, ...]:
    """Resolve what was named on the command line into files, in an order that depends on their names only.

    Parameters: `inputs` are paths, globs, folders or the one word `-`; `form` names the format where the
    extensions do not. A single file has the empty source; otherwise sources are paths relative to the folder,
    the glob's fixed part, or what the files' folders have in common.
    Raises UsageError for what does not exist or holds nothing.
    """
    if not inputs:
        raise UsageError("no input was named; give a file, a glob, a folder, or - for standard input")
    if "-" in inputs:
        if len(inputs) > 1:
            raise UsageError("standard input (-) cannot be mixed with other inputs")
        if form is None:
            raise UsageError("standard input has no name that tells its format; say it with --format")
        return (File("-", "", formats.known(form), "standard input"),)
    if any(map(is_pipe, inputs)):
        if len(inputs) > 1:
            raise UsageError("a pipe cannot be mixed with other inputs; write it to a file first")
        return (File(inputs[0], "", formats.of_file(inputs[0], form), inputs[0]),)
    paths = [path for name in inputs for path in _expand(name, form)]
    return _named(list(dict.fromkeys(paths)), inputs, form)


def _named(paths: list[str], inputs: Sequence[str], form: str | None) -> tuple[File, ...]:
    if len(inputs) == 1 and os.path.isfile(inputs[0]):
        return (File(inputs[0], "", formats.of_file(inputs[0], form)),)
    root = _root(paths, inputs)
    files = [File(p, Path(os.path.relpath(p, root)).as_posix(), formats.of_file(p, form)) for p in paths]
    return tuple(sorted(files, key=lambda file: file.source))


def _root(paths: list[str], inputs: Sequence[str]) -> str:
    if len(inputs) == 1 and os.path.isdir(inputs[0]):
        return inputs[0]
    if len(inputs) == 1:
        return _fixed_part(inputs[0])
    return os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])


def _fixed_part(pattern: str) -> str:
    """Return the folders of a glob before its first wildcard."""
    folder = os.path.dirname(pattern)
    while glob.has_magic(folder):
        folder = os.path.dirname(folder)
    return folder or "."


def _expand(name: str, form: str | None) -> list[str]:
    if os.path.isfile(name):
        return [name]
    if os.path.isdir(name):
        found = list(_walk(name, form))
        remedy = "hidden files and names that begin with _ are passed over"
    elif glob.has_magic(name):
        found = sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))
        remedy = "quote the pattern, and mind that * does not enter folders (** does)"
    else:
        raise _absent(name)
    if not found:
        raise UsageError(f"'{name}' holds no file to read; {remedy}")
    return found


def _absent(name: str) -> UsageError:
    folder = os.path.dirname(name) or "."
    if not os.path.isdir(folder):
        return UsageError(f"no file or folder '{name}': there is no folder '{folder}'")
    beside = [entry for entry in os.listdir(folder) if not entry.startswith(".")]
    message = str(unknown("file or folder", os.path.basename(name), beside)).split(" Known:")[0].rstrip(".")
    return UsageError(f"{message} (looked in '{folder}')")


def _walk(folder: str, form: str | None) -> Iterator[str]:
    """Yield the data files of a folder; what is hidden, temporary or of no known format is not data."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] not in "._")
        for name in sorted(names):
            if name[0] not in "._" and (form or formats.guess(name)):
                yield os.path.join(base, name)


@contextmanager
def spooled(files: tuple[File, ...]) -> Iterator[tuple[File, ...]]:
    """Yield the files, a pipe as a temporary copy: formats are read twice, or from their end."""
    first = files[0]
    if not first.piped:
        yield files
        return
    with tempfile.NamedTemporaryFile(prefix="textaug-stdin-") as copy:
        with nullcontext(sys.stdin.buffer) if first.path == "-" else open(first.path, "rb") as stream:
            shutil.copyfileobj(stream, copy, 1 << 20)
        copy.flush()
        yield (replace(first, path=copy.name),)
