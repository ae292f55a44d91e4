"""JSON lines in. A row's number is its line's; empty lines are no rows.

Into JSON lines again, a row keeps its own spelling, and only the text, the id and what annotates the text are read
(`slices.RAW`).
Into another format every line is read twice: once for the columns' types, once for their values.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from textaug.errors import DataError
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Part, Task
from textaug.pipeline.slices import RAW, Rejected, Slice
from textaug.pipeline.sources import Range
from textaug.pipeline.sources.arrow import ends
from textaug.pipeline.sources.json_lines import Block, Line, blocks, compressed, edges, is_utf8
from textaug.pipeline.sources.json_types import MIXED, column_of, field_of, merged, type_of

PART_BYTES = 64 << 20
Row = dict[str, Any]


class JsonlReader:
    """One file of JSON objects, a line each; a compressed file is one part, others are cut at line ends."""

    def __init__(self, file: File, job: Task) -> None:
        self.file, self.job = file, job
        self._raw = job.raw_json(file)
        if self._raw:
            self.schema: pa.Schema = pa.schema([(key, pa.string()) for key in self._keys()])
        else:
            self.schema = job.schema if job.schema is not None else infer([file], job)

    def _keys(self) -> dict[str, None]:
        """Name the keys of the first rows; which types their values have is nobody's concern."""
        keys: dict[str, None] = {}
        for block in blocks(self.file.path, self.file.place, 1 << 20):
            for line in block.lines():
                row = _lenient(line.text)
                keys |= dict.fromkeys(row) if isinstance(row, dict) else {}
            break
        return keys

    def fingerprint(self) -> str:
        """Hash both ends and the time of the last change."""
        return ends(self.file.path)

    def ranges(self) -> list[Range]:
        """Cut at a line end behind every 64 MB; counting the lines before it is a quick scan."""
        if compressed(self.file.path):
            return [((0, 0), 0, None)]
        found = edges(self.file.path, PART_BYTES)
        pairs = pairwise(found)
        return [((start, stop), row, end - row) for (start, row), (stop, end) in pairs] or [((0, 0), 0, 0)]

    def read(self, part: Part) -> Iterator[Slice]:
        """Yield block after block of whole lines."""
        size = self.job.slice_size
        for block in blocks(self.file.path, self.file.place, size, *part.groups, part.first_row):
            numbers, rows, rejected = objects(block, self.file, self.job)
            batch = self._raw_batch(numbers, rows) if self._raw else self._typed_batch(rows)
            yield Slice(batch, np.array(numbers, np.int64), tuple(rejected))

    def _raw_batch(self, numbers: list[int], rows: list[Row]) -> pa.RecordBatch:
        """Keep the lines as they are; beside them stand the text, and the rest as JSON (`7` is not `"7"`)."""
        job = self.job
        fields = [pa.field(RAW, pa.large_binary())]
        columns = [pa.array([row[RAW] for row in rows], pa.large_binary())]
        if job.tags is None:
            texts = [row[job.column] for row in rows]
            size = sum(len(text) for text in texts if text is not None)
            fields.append(pa.field(job.column, pa.large_string() if size > 1 << 28 else pa.string()))
            columns.append(pa.array(texts, fields[-1].type))
        if job.id_column is not None:
            self._check(job.id_column, numbers, [row[job.id_column] for row in rows])
            fields.append(field_of(job.id_column, MIXED))
            columns.append(column_of([row[job.id_column] for row in rows], fields[-1], self.file.place))
        for name in job.annotated:
            fields.append(field_of(name, MIXED))
            columns.append(pa.array([row[name] for row in rows], pa.string()))
        return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))

    def _check(self, name: str, numbers: list[int], values: list[Any]) -> None:
        for number, value in zip(numbers, values, strict=True):
            if value is not None and type(value) not in (str, int):
                raise DataError(
                    f"{self.file.place}, row {number}, column '{name}': {value!r} is no integer and no text"
                )

    def _typed_batch(self, rows: list[Row]) -> pa.RecordBatch:
        columns = [column_of([row.get(one.name) for row in rows], one, self.file.place) for one in self.schema]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)


def objects(block: Block, file: File, job: Task) -> tuple[list[int], list[Row], list[Rejected]]:
    """Decode a block's lines: their numbers, their values, and what was set aside because it cannot be."""
    numbers: list[int] = []
    rows: list[Row] = []
    rejected: list[Rejected] = []
    decode = _raw_decoder(job) if job.raw_json(file) else msgspec.json.Decoder(dict[str, Any]).decode
    sound = block.is_utf8()
    for line in block.lines():
        try:
            if not sound and not is_utf8(line.text):
                raise ValueError("invalid UTF-8")
            row = decode(line.text)
        except ValueError as error:  # msgspec's errors are ValueErrors too
            mended = _mended(line, str(error), file, job)
            if isinstance(mended, Rejected):
                rejected.append(mended)
                continue
            row = decode(mended)
        value = row.get(job.column)
        if value is not None and not isinstance(value, str) and job.tags is None:
            rejected.append(_no_text(line, value, file, job))
            continue
        numbers.append(line.number)
        rows.append(row)
    return numbers, rows, rejected


def _no_text(line: Line, value: Any, file: File, job: Task) -> Rejected:
    """Set a row aside whose text is a number or anything else; it is never turned into text that nobody wrote."""
    reason = f"{value!r:.80} is not text"
    if job.on_invalid != "skip":
        remedy = "set such rows aside with --on-invalid=skip"
        raise DataError(f"{file.place}, row {line.number}, column '{job.column}': {reason}; {remedy}")
    return Rejected(file.place, line.number, job.column, reason, line.text[:200].decode("utf-8", "replace"))


def _raw_decoder(job: Task) -> Any:
    """Return a decoder of the text and the id; it keeps the line, and as JSON what annotates the text, beside them."""
    names = list(dict.fromkeys(filter(None, (job.column, job.id_column, *job.annotated))))
    fields = [(f"c{at}", msgspec.Raw if name in job.annotated else Any, None) for at, name in enumerate(names)]
    needed = msgspec.defstruct("Needed", fields, rename={f"c{at}": name for at, name in enumerate(names)})
    decoder = msgspec.json.Decoder(needed)

    def decode(text: bytes) -> Row:
        row = dict(zip(names, msgspec.structs.astuple(decoder.decode(text)), strict=True))
        for name in job.annotated:
            row[name] = None if row[name] in (None, b"null") else bytes(row[name]).decode()
        return {RAW: text, **row}

    return decode


def _mended(line: Line, reason: str, file: File, job: Task) -> bytes | Rejected:
    """Treat a line that is not JSON as the policy says; what is not an object at all cannot be mended."""
    row = _lenient(line.text)
    mendable = isinstance(row, dict)
    if mendable and b"\\u" in line.text and _clean(row) != row:
        reason = "a lone surrogate, which is no text"
    if job.on_invalid == "replace" and mendable:
        return msgspec.json.encode(_clean(row))
    shown = line.text[:200].decode("utf-8", "replace")
    if job.on_invalid == "skip":
        return Rejected(file.place, line.number, "", reason, shown)
    remedy = "--on-invalid=replace or --on-invalid=skip" if mendable else "--on-invalid=skip"
    raise DataError(f"{file.place}, row {line.number}: {reason}; go on with {remedy}: {shown}")


def _lenient(text: bytes) -> Any:
    """Decode with the standard library, which lets lone surrogates through; None where it cannot either."""
    try:
        return json.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _clean(value: Any) -> Any:
    """Put U+FFFD where there is a lone surrogate."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def infer(files: Sequence[File], job: Task) -> pa.Schema:
    """Read files whole for their columns: numbers widen, and what fits no one type becomes JSON text."""
    found: dict[str, pa.DataType] = {}
    for file in files:
        for block in blocks(file.path, file.place, job.slice_size):
            for row in objects(block, file, job)[1]:
                for key, value in row.items():
                    kind = type_of(value)
                    if found.get(key) != kind:
                        found[key] = merged(found.get(key, pa.null()), kind)
    return pa.schema([field_of(name, kind) for name, kind in found.items()])


def open_reader(file: File, job: Task) -> JsonlReader:
    """Open a file of JSON lines."""
    return JsonlReader(file, job)
