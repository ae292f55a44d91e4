"""Run one part, from its rows to its committed file: the one function that every executor calls."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec
import pyarrow as pa

from textaug.pipeline import sinks, sources
from textaug.pipeline.commit import checksum, read_json, whole_file, write_json
from textaug.pipeline.counts import Counts
from textaug.pipeline.job import Part, Task
from textaug.pipeline.slices import Rejected
from textaug.pipeline.target import Target
from textaug.pipeline.work import work_of

T = TypeVar("T")
Progress = Callable[[Counts], None]  # called after every slice; what it raises ends the part


@dataclass(frozen=True, slots=True)
class Done:
    """What a part's commit record says."""

    index: int
    counts: Counts
    bytes_out: int


def batches(part: Part, job: Task, aside: list[Rejected], progress: Progress) -> Iterator[pa.RecordBatch]:
    """Yield a part's output, slice after slice; rows that are set aside go to `aside`."""
    reader = sources.open_reader(part.file, job)
    for made in work_of(job).run(reader.read(part), part):
        aside += made.aside
        yield made.batch
        progress(made.counts)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Make the next item on another thread while one is used."""
    with ThreadPoolExecutor(1, "textaug-ahead") as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


def run_part(part: Part, job: Task, target: Target, progress: Progress, *, overlap: bool = False) -> Done:
    """Make a part's file and commit it; whoever runs it, wherever, whenever, it is the same file.

    With `overlap`, a slice is compressed and written while the next one is read and worked on: for a part
    that has two cores to itself.
    """
    schema = work_of(job).schema(sources.open_reader(part.file, job).schema)
    total, aside = Counts(), list[Rejected]()

    def count(counts: Counts) -> None:
        total.add(counts)
        progress(counts)

    path = target.part(part.name)
    head = target.folder or part.index == 0
    with whole_file(path) as stream, sinks.writing(stream, schema, job, head=head) as writer:
        made = batches(part, job, aside, count)
        for batch in ahead(made) if overlap else made:
            writer.write(batch)
    if aside:
        with whole_file(target.aside(part.index)) as stream:
            write_rejected(aside, stream)
    length, crc = checksum(path)
    write_json(target.record(part.index), {"bytes": length, "crc32": crc, "counts": asdict(total)})
    return Done(part.index, total, length)


def committed(part: Part, target: Target) -> Done | None:
    """Return what a part's record says, if there is one and the file is the one that it tells of."""
    record, path = read_json(target.record(part.index)), target.part(part.name)
    if record is None or not path.is_file() or checksum(path) != (record["bytes"], record["crc32"]):
        return None
    return Done(part.index, Counts(**record["counts"]), record["bytes"])


def write_rejected(rows: list[Rejected], stream: BinaryIO) -> None:
    """Write rows that were set aside: where each stood, why, and how it began."""
    stream.write(msgspec.json.Encoder().encode_lines(rows))


def gather_rejected(parts: list[Path], path: Path) -> None:
    """Put the rows that all parts set aside into one file."""
    with whole_file(path) as stream:
        for part in parts:
            stream.write(part.read_bytes())
