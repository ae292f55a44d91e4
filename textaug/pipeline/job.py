"""What is asked of every part of a dataset, whoever runs it: plain, frozen, picklable."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import pyarrow as pa

from textaug.annotations.tokens import Join
from textaug.errors import UsageError
from textaug.pipeline.inputs import File
from textaug.transform import Transform

Policy = Literal["error", "replace", "skip"]
SLICE_BYTES = 16 << 20  # what is in memory at once; slices that fit the caches are also the fastest
LONGEST_LINE = 1 << 30  # a line or a record that is longer is refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What every kind of job says: what is read of the inputs, how often, and how it is written.

    `column` holds the text. `spans` names a column of spans, `answers` one of answers or a pair of texts and starts.
    Where `tags` names a column, `column` holds tokens; `tag_names` are the names of tags that are numbers,
    `token_columns` other columns with a value for each token.
    `schema` is the columns of inputs that do not declare them (JSONL into another format); `slice_bytes`
    bounds memory and never changes a byte of the output.
    """

    kind: ClassVar[str]  # the module beside this one that does it: see `textaug.pipeline.work`

    column: str
    output: str
    copies: int = 1
    id_column: str | None = None
    spans: str | None = None
    answers: tuple[str, ...] | None = None
    tags: str | None = None
    tag_names: tuple[str, ...] = ()
    token_columns: tuple[str, ...] = ()
    join: Join = "auto"
    seed: int = 0
    epoch: int = 0
    on_invalid: Policy = "error"
    csv_safe: bool = False
    several: bool = False
    schema: pa.Schema | None = None
    slice_bytes: int = SLICE_BYTES

    def __post_init__(self) -> None:
        if self.copies < 1:
            raise UsageError(f"copies={self.copies}: at least one copy of each row must be made")
        if self.answers is not None and len(self.answers) not in (1, 2):
            raise UsageError(f"answers={self.answers}: name one column, or one of texts and one of starts")
        if self.tags is not None and (self.spans is not None or self.answers is not None):
            raise UsageError("tags of tokens go with no spans and no answers, which belong to a text; leave one out")
        if self.tags is None and (self.token_columns or self.tag_names):
            raise UsageError("token columns and names of tags belong to tokens and tags; name their columns too")

    @property
    def annotated(self) -> tuple[str, ...]:
        """The columns, beside that of the text, that are read with it; tokens are a text of several columns."""
        tokens = None if self.tags is None else self.column
        named = (tokens, self.spans, *(self.answers or ()), self.tags, *self.token_columns)
        return tuple(name for name in named if name is not None)

    @property
    def times(self) -> int:
        """How many outputs of a row are held beside each other."""
        return self.copies

    @property
    def slice_size(self) -> int:
        """How many bytes a reader takes at once."""
        return max(1 << 16, self.slice_bytes // self.times)

    def raw_json(self, file: File) -> bool:
        """Say whether the rows of a file of JSON lines stay lines, of which only the named columns are decoded."""
        return file.format == "jsonl" and self.output == "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):
    """One augmentation: `transform` over the text in `column`, `copies` times a row.

    What is annotated is changed with the text. `only_label_preserving` drops rows whose label may not hold. JSON lines
    that stay JSON lines keep their spelling (`1.10`, key order) but for what is augmented.
    """

    kind: ClassVar[str] = "augmenting"

    transform: Transform
    keep_original: bool = False
    only_label_preserving: bool = False
    edits: bool = False

    @property
    def times(self) -> int:
        """How many outputs of a row are held beside each other."""
        return self.copies + self.keep_original


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of one file: the unit of work, of failure and of commit.

    `groups` are Parquet row groups or Arrow batches (first, end), or bytes of a JSONL file (first, end); an
    empty range is the whole file. `rows` is None where only reading can tell.
    """

    index: int
    file: File
    name: str
    groups: tuple[int, int]
    first_row: int
    rows: int | None
