"""The plan: everything that decides the output's bytes, so that a resumed run knows if it is the same."""

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

import textaug
from textaug.errors import UsageError
from textaug.pipeline import formats, sinks, sources
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Part, Task
from textaug.pipeline.target import Target
from textaug.pipeline.work import work_of


@dataclass(frozen=True, slots=True)
class Plan:
    """A job, the parts that it consists of, and what can be told of it before it runs."""

    job: Task
    parts: tuple[Part, ...]
    schema: pa.Schema
    inputs: tuple[dict[str, Any], ...]

    @property
    def rows(self) -> int | None:
        """The rows that will be read, where the files say."""
        counts = [part.rows for part in self.parts if part.rows is not None]
        return sum(counts) if len(counts) == len(self.parts) else None

    @property
    def bytes(self) -> int:
        """The size of the inputs."""
        return sum(one["size"] for one in self.inputs)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as it is stored and compared."""
        return {
            "textaug": textaug.__version__,
            "pyarrow": pa.__version__,
            **work_of(self.job).settings(),
            "inputs": list(self.inputs),
            "parts": [
                {
                    "name": part.name,
                    "range": list(part.groups),
                    "first_row": part.first_row,
                    "rows": part.rows,
                }
                for part in self.parts
            ],
        }


def make(job: Task, files: Sequence[File], target: Target) -> Plan:
    """Open every input, check its columns, and cut it into parts.

    Raises UsageError for a wrong column and the like, DataError for a file that cannot be read.
    """
    lines = [file for file in files if file.format == "jsonl" and not job.raw_json(file)]
    if lines:
        from textaug.pipeline.sources.jsonl import infer

        job = replace(job, schema=infer(lines, job))
    work = work_of(job)
    parts: list[Part] = []
    inputs: list[dict[str, Any]] = []
    schema: pa.Schema | None = None
    read = [file for file in files if not sources.is_blank(file)] or list(files)
    held = set(read)
    for file in files:
        reader = sources.open_reader(file, job)
        inputs.append({"source": file.source, "size": os.path.getsize(file.path), "fingerprint": reader.fingerprint()})
        if file not in held:
            continue  # it has no rows, and cannot say of which columns
        work.check(reader.schema, file.place)
        if schema is None or not work.schema(schema).equals(work.schema(reader.schema)):
            schema = _agreed(schema, reader.schema, file, read[0], target)
        for number, (groups, first, rows) in enumerate(reader.ranges()):
            parts.append(Part(len(parts), file, _name(file, number, job.output), groups, first, rows))
    _check_names(parts)
    made = work.schema(schema)
    _check_output(made, job)
    return Plan(job, tuple(parts), made, tuple(inputs))


def whole(file: File, reader: sources.Reader) -> Part:
    """Return a file as one part."""
    ranges = reader.ranges()
    return Part(0, file, file.source, (ranges[0][0][0], ranges[-1][0][1]), 0, None)


def _agreed(held: pa.Schema | None, new: pa.Schema, file: File, first: File, target: Target) -> pa.Schema:
    """Files that become one file must have the same columns."""
    if held is None or held.equals(new) or target.folder or file.format == "jsonl":
        return new if held is None else held
    for one, other in zip(held, new, strict=False):
        if not one.equals(other):
            raise UsageError(
                f"{first.place} has a column {one.name}: {one.type}, "
                f"{file.place} has {other.name}: {other.type}; "
                "they cannot become one file: give a folder with -o"
            )
    raise UsageError(
        f"{first.place} has {len(held)} columns, {file.place} has {len(new)}; "
        "they cannot become one file: give a folder with -o"
    )


def _name(file: File, number: int, form: str) -> str:
    """Name a part after its file."""
    if file.source == "":
        stem = PurePosixPath(os.path.basename(file.path)).name if not file.shown else "stdin"
    else:
        stem = file.source
    for _ in range(2 if formats.guess(stem) else 0):
        path = PurePosixPath(stem)
        if path.suffix in formats.EXTENSIONS or path.suffix in formats.COMPRESSED:
            stem = path.with_suffix("").as_posix()
    return f"{stem}-{number:05d}{formats.extension(form)}"


def _check_names(parts: Sequence[Part]) -> None:
    seen: dict[str, Part] = {}
    for part in parts:
        other = seen.setdefault(part.name, part)
        if other is not part:
            raise UsageError(f"{other.file.place} and {part.file.place} would both become '{part.name}'; rename one")


def _check_output(schema: pa.Schema, job: Task) -> None:
    """Write no rows at all, and see whether the format can hold these columns."""
    try:
        with sinks.writing(io.BytesIO(), schema, job) as writer:
            writer.write(pa.RecordBatch.from_arrays([pa.nulls(0, one.type) for one in schema], schema=schema))
    except (pa.ArrowException, NotImplementedError) as error:
        raise UsageError(f"{job.output} cannot hold these columns: {error}; choose another format") from error


def changes(old: Any, new: Any, at: str = "") -> list[str]:
    """Say in which places two plans differ.

    >>> changes({"seed": 1, "recipe": {"rate": 0.1}}, {"seed": 1, "recipe": {"rate": 0.2}})
    ['recipe.rate: 0.1 → 0.2']
    """
    if isinstance(old, dict) and isinstance(new, dict):
        paths = {key: f"{at}.{key}" if at else key for key in [*old, *new]}
        both = old.keys() & new.keys()
        return [
            line
            for key, path in paths.items()
            for line in (
                changes(old[key], new[key], path) if key in both else [f"{path}: {_held(old, key)} → {_held(new, key)}"]
            )
        ]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [line for i, (a, b) in enumerate(zip(old, new, strict=True)) for line in changes(a, b, f"{at}[{i}]")]
    if isinstance(old, list) and isinstance(new, list):
        return [f"{at}: {len(old)} → {len(new)} of them"]
    return [] if old == new else [f"{at}: {old!r:.60} → {new!r:.60}"]


def _held(held: dict[str, Any], key: str) -> str:
    """Show what a plan says, which leaves out what is by default."""
    return f"{held[key]!r:.60}" if key in held else "the default"
