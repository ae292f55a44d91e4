"""CSV and TSV in: every cell is the text that stands there (`007`, `NA`), an unquoted empty one is null."""

import csv
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from textaug.errors import DataError, UsageError
from textaug.pipeline.inputs import File
from textaug.pipeline.job import LONGEST_LINE, Part, Task
from textaug.pipeline.slices import Rejected, Slice, cut
from textaug.pipeline.sources import Range
from textaug.pipeline.sources.arrow import ends

DELIMITERS = {"csv": ",", "tsv": "\t"}
BLOCK = 2 << 20  # Arrow reads some thirty blocks ahead, whatever it is told: small ones keep that small
STRADDLING = "straddling object"  # what Arrow says of a record that is longer than its block


class CsvReader:
    """One CSV file; quoted cells may hold line breaks, so it can only be read from its start: one part."""

    def __init__(self, file: File, job: Task) -> None:
        self.file, self.job = file, job
        self._delimiter = DELIMITERS[file.format]
        self._bare = False  # only a header
        self._broken: Rejected | None = None
        self._names = self._header()
        self.schema: pa.Schema = pa.schema([(name, pa.string()) for name in self._names])

    def _header(self) -> list[str]:
        """Read the names of the columns, which a CSV file must have, each another."""
        try:
            with pa.input_stream(self.file.path) as stream:
                lines = (str(line, "utf-8-sig") for line in _lines(stream))
                names = next(csv.reader(lines, delimiter=self._delimiter), [])
                self._bare = next(lines, None) is None
        except (pa.ArrowException, OSError, UnicodeDecodeError, csv.Error) as error:
            raise DataError(f"{self.file.place}: its first line is not a readable header: {error}") from error
        if not names:
            raise DataError(f"{self.file.place}: its first line is empty; a CSV file begins with its columns' names")
        double = {name for name in names if names.count(name) > 1}
        if double:
            raise UsageError(f"{self.file.place}: several columns are called '{double.pop()}'; rename one of them")
        return names

    def fingerprint(self) -> str:
        """Hash both ends and the time of the last change."""
        return ends(self.file.path)

    def ranges(self) -> list[Range]:
        """Return the whole file as one part."""
        return [((0, 0), 0, None)]

    def read(self, part: Part) -> Iterator[Slice]:
        """Read block after block; where a record is longer than its block, begin again with a larger one."""
        done, block = 0, min(BLOCK, self.job.slice_size)
        while not self._bare:
            try:
                for piece in self._blocks(block, done):
                    yield from cut(piece, self.job.slice_size)
                    done = int(piece.rows[-1]) + 1 if len(piece.rows) else done
                return
            except (pa.ArrowException, OSError) as error:
                if STRADDLING not in str(error):
                    raise self._unreadable(done, error) from error
            if block >= LONGEST_LINE:
                raise DataError(
                    f"{self.file.place}: the record after row {done} is longer than {LONGEST_LINE >> 20} MB; "
                    "is a quotation mark missing?"
                )
            block = min(block * 8, LONGEST_LINE)

    def _unreadable(self, done: int, error: Exception) -> DataError:
        if self._broken is None:
            return DataError(f"{self.file.place}: cannot be read after row {done}: {error}")
        remedy = "set such rows aside with --on-invalid=skip"
        return DataError(f"{self.file.place}, row {self._broken.row}: {self._broken.reason}; {remedy}")

    def _blocks(self, block: int, done: int) -> Iterator[Slice]:
        """Yield the blocks' rows, those before row `done` left out."""
        ragged: list[Rejected] = []
        reader = self._open(block, ragged)
        row = 0
        for batch in reader:
            rows, row = self._number(batch.num_rows, row, ragged)
            fresh = int(np.searchsorted(rows, done))
            early = tuple(bad for bad in ragged if done <= bad.row < row)
            ragged[:] = [bad for bad in ragged if bad.row >= row]
            if fresh < len(rows):
                yield Slice(batch.slice(fresh), rows[fresh:], early)
        if ragged:
            empty = pa.RecordBatch.from_pylist([], schema=self.schema)
            yield Slice(empty, np.zeros(0, np.int64), tuple(ragged))

    def _open(self, block: int, ragged: list[Rejected]) -> pacsv.CSVStreamingReader:
        single = len(self._names) == 1  # there an empty line is a row with an empty cell
        stream = pa.input_stream(self.file.path, buffer_size=1 << 20)
        return pacsv.open_csv(
            stream,
            read_options=pacsv.ReadOptions(use_threads=False, block_size=block),
            parse_options=pacsv.ParseOptions(
                delimiter=self._delimiter,
                newlines_in_values=True,
                ignore_empty_lines=not single,
                invalid_row_handler=lambda bad: self._ragged(bad, ragged),
            ),
            convert_options=pacsv.ConvertOptions(
                check_utf8=False,
                column_types=self.schema,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )

    def _ragged(self, bad: pacsv.InvalidRow, ragged: list[Rejected]) -> str:
        reason = f"it has {bad.actual_columns} cells, the header has {bad.expected_columns}"
        row = Rejected(self.file.place, bad.number - 2, "", reason, bad.text)  # their first row is number 2
        if self.job.on_invalid != "skip":
            self._broken = row
            return "error"
        ragged.append(row)
        return "skip"

    def _number(self, count: int, row: int, ragged: list[Rejected]) -> tuple[np.ndarray, int]:
        """Number `count` good rows from `row` on; a row that was set aside keeps its number."""
        bad = {one.row for one in ragged}
        if not bad:
            return np.arange(row, row + count, dtype=np.int64), row + count
        rows: list[int] = []
        while len(rows) < count:
            if row not in bad:
                rows.append(row)
            row += 1
        return np.array(rows, np.int64), row


def _lines(stream: pa.NativeFile) -> Iterator[bytes]:
    """Yield lines of a stream that has no readline of its own."""
    rest = b""
    while block := stream.read(1 << 16):
        *lines, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


def open_reader(file: File, job: Task) -> CsvReader:
    """Open a CSV or TSV file."""
    return CsvReader(file, job)
