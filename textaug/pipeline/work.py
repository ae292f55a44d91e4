"""Kinds of work: what a job does with a part is asked here, and answered by the module of its kind."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from textaug.pipeline.counts import Counts
from textaug.pipeline.job import Part, Task
from textaug.pipeline.slices import Rejected, Slice


class Made(NamedTuple):
    """What became of a slice: rows of the output, what was done, and the rows that were set aside."""

    batch: pa.RecordBatch
    counts: Counts
    aside: tuple[Rejected, ...] = ()


class Work(Protocol):
    """What is done with the parts of a job, whoever does it."""

    @property
    def native(self) -> bool:
        """Whether it is worth threads: the kernels do it, without Python's lock."""

    @property
    def rows_each(self) -> int | None:
        """How many rows each row becomes; None where only reading can tell."""

    def check(self, schema: pa.Schema, place: str) -> None:
        """Refuse an input whose columns do not suit.

        Raises:
            UsageError: they do not.
        """

    def schema(self, given: pa.Schema) -> pa.Schema:
        """Return the columns of the output for those of an input."""

    def settings(self) -> dict[str, Any]:
        """Return what decides the output's bytes, beside the inputs: as plain data, for the plan."""

    def run(self, slices: Iterator[Slice], part: Part) -> Iterator[Made]:
        """Yield for each slice of a part, in order, what it becomes; what is left at the end may be one more.

        The rows, put end to end, depend on the part alone, and not on how it was cut into slices.
        """


def work_of(job: Task) -> Work:
    """Return what a job does."""
    work: Work = import_module(f"textaug.pipeline.{job.kind}").work(job)
    return work
