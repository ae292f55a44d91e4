"""Masked sequences looked at: the first ones of a job, or files of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa

from textaug.draws import Address
from textaug.errors import DataError, UsageError
from textaug.masking.realised import KINDS, Summary, Tally
from textaug.masking.shown import Preview, masked, preview
from textaug.masking.static.fill import BLOCK
from textaug.masking.static.tokenizer import open_tokenizer
from textaug.masking.vocabulary import Vocabulary
from textaug.pipeline import columns, plan, sources
from textaug.pipeline.inputs import File, spooled
from textaug.pipeline.job import Job
from textaug.pipeline.masking import METADATA, MaskJob, Reading
from textaug.pipeline.preview import FIRST_BYTES
from textaug.transform import Transform


class Shown(NamedTuple):
    """Masked sequences to look at, and where each begins: row, token, copy."""

    preview: Preview
    places: list[tuple[int, int, int]]


def first_sequences(job: MaskJob, files: Sequence[File], count: int) -> Shown:
    """Return the first sequences of a job, as its run would mask them for the first copy.

    Raises:
        DataError: there are none.
    """
    small, machine = replace(job, slice_bytes=FIRST_BYTES), job.static.open()
    with spooled(tuple(files)) as found:
        for file in found:
            reader = sources.open_reader(file, small)
            columns.check(reader.schema, small, file.place)
            address = Address(job.seed, job.epoch, 1, file.source)
            read = Reading(reader.read(plan.whole(file, reader)), file, small)
            for made in machine.sequences(read.documents(), replace(address, copy=0)):
                block = made.part(0, min(BLOCK, len(made)))
                if len(block):
                    places = zip(block.document[:count].tolist(), block.place[:count].tolist(), strict=True)
                    looked = masked(machine.masking, machine.sheet(block, address), count)
                    return Shown(looked, [(*place, 1) for place in places])
    raise DataError(f"there is no text in column '{job.column}'")


def stored_sequences(files: Sequence[File], tokenizer: str, count: int) -> Shown:
    """Return the first sequences of files that were masked before."""
    held = open_tokenizer(tokenizer)
    batch = next((batch for batch, _ in _batches(files) if batch.num_rows), None)
    if batch is None:
        raise DataError("there are no masked sequences in the files")
    batch = batch.slice(0, count)
    looked = preview(
        batch.column("input_ids"),
        batch.column("labels"),
        held,
        columns=_units(batch),
        special_tokens_mask=_special(batch),
    )
    names = [name for name in ("row", "token", "copy") if name in batch.schema.names]
    places = batch.select(names).to_pylist()
    return Shown(looked, [tuple(row.get(name, 0) for name in ("row", "token", "copy")) for row in places])


def summarised(files: Sequence[File], tokenizer: str | None) -> Summary:
    """Count what was masked in files; what their tokenizer's ids are, files of `textaug mask` say themselves.

    Raises:
        UsageError: the files hold no masked sequences, or do not say what their ids are.
    """
    known = None if tokenizer is None else Vocabulary.of(open_tokenizer(tokenizer))
    tally: Tally | None = None
    for batch, file in _batches(files):
        tally = tally or Tally(known or _vocabulary(batch.schema, file))
        ids, labels = batch.column("input_ids"), batch.column("labels")
        tally.add(ids, labels, columns=_units(batch), special_tokens_mask=_special(batch))
    if tally is None:
        raise DataError("there are no masked sequences in the files")
    return tally.summary()


def is_masked(files: Sequence[File]) -> bool:
    """Say whether files hold masked sequences."""
    if files[0].piped or files[0].format not in ("parquet", "arrow", "arrow-stream"):
        return False
    return {"input_ids", "labels"} <= set(_reader(files[0]).schema.names)


def _batches(files: Sequence[File]) -> Iterator[tuple[pa.RecordBatch, File]]:
    for file in files:
        if file.piped or file.format not in ("parquet", "arrow", "arrow-stream"):
            raise UsageError(f"{file.place}: masked sequences are read from Parquet and Arrow files")
        reader = _reader(file)
        lacking = next((name for name in ("input_ids", "labels") if name not in reader.schema.names), None)
        if lacking is not None:
            raise UsageError(f"{file.place}: there is no column '{lacking}'; give what textaug mask has written")
        for piece in reader.read(plan.whole(file, reader)):
            yield piece.batch.replace_schema_metadata(reader.schema.metadata), file


def _reader(file: File) -> sources.Reader:
    return sources.open_reader(file, Job(transform=Transform(), column="input_ids", output="parquet"))


def _units(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    return {name: batch.column(name) for name in KINDS if name in batch.schema.names}


def _special(batch: pa.RecordBatch) -> pa.Array | None:
    name = "special_tokens_mask"
    return batch.column(name) if name in batch.schema.names else None


def _vocabulary(schema: pa.Schema, file: File) -> Vocabulary:
    """Read which ids are special, and which is the mask."""
    about = json.loads((schema.metadata or {}).get(METADATA, b"null"))
    if about is None:
        raise UsageError(f"{file.place} does not say which ids are special; name the tokenizer with --tokenizer")
    return Vocabulary(("",) * about["size"], tuple(about["special"]), about["mask"], about["pad"])
