"""Small data sets in every format, and one way to augment them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

import textaug as ta
from textaug.pipeline import inputs, target
from textaug.pipeline.job import Job
from textaug.pipeline.run import Options, Summary, run

TEXTS = [
    "The first film was good.",
    "",
    None,
    "a",
    "naïve café 👩‍👩‍👧 über alles",
    "她说这部电影非常好看。",
    "NA",
    "007",
]
RECIPE = "CharSwap(rate=0.5)"


def table(rows: int, texts: list[Any] = TEXTS) -> pa.Table:
    text = [texts[at % len(texts)] and f"{texts[at % len(texts)]} {at}" for at in range(rows)]
    return pa.table({"text": text, "n": [f"{at:03d}" for at in range(rows)]})


def write(data: pa.Table, path: Path, **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(data, path, **options)
    elif path.suffix == ".csv":
        pacsv.write_csv(data, path)
    elif path.suffix == ".tsv":
        pacsv.write_csv(data, path, pacsv.WriteOptions(delimiter="\t"))
    elif path.suffix == ".jsonl":
        import msgspec

        path.write_bytes(msgspec.json.Encoder().encode_lines(data.to_pylist()))
    else:
        kind = pa.ipc.new_stream if path.suffix == ".arrows" else pa.ipc.new_file
        with kind(path, data.schema) as writer:
            writer.write_table(data, max_chunksize=options.get("row_group_size", 1 << 16))
    return path


def read(path: Path) -> pa.Table:
    if path.suffix == ".parquet":
        return pq.ParquetFile(path, page_checksum_verification=True).read()
    if path.suffix == ".jsonl":
        import json

        return pa.Table.from_pylist([json.loads(line) for line in path.read_text().splitlines()])
    if path.suffix in (".csv", ".tsv"):
        kinds = {"text": pa.string(), "n": pa.string()}
        return pacsv.read_csv(
            path,
            parse_options=pacsv.ParseOptions(newlines_in_values=True, delimiter="," if path.suffix == ".csv" else "\t"),
            convert_options=pacsv.ConvertOptions(
                column_types=kinds,
                strings_can_be_null=True,
                null_values=[""],
                quoted_strings_can_be_null=False,
            ),
        )
    opened = pa.ipc.open_stream(path) if path.suffix == ".arrows" else pa.ipc.open_file(path)
    return opened.read_all()


def go(given: Any, out: Path | str, recipe: Any = RECIPE, options: dict[str, Any] | None = None, **job: Any) -> Summary:
    files = inputs.find([str(one) for one in (given if isinstance(given, list) else [given])], job.pop("form", None))
    goal = target.choose(str(out), files, job.pop("to", None))
    made = Job(transform=ta.load(recipe), output=goal.format, several=len(files) > 1, **({"column": "text"} | job))
    return run(made, files, goal, Options(**(options or {})))


@pytest.fixture
def tools() -> Any:
    """The helpers of this file: test files are imported one by one, and cannot import it."""

    class Tools:
        table: Callable[..., pa.Table] = staticmethod(table)
        write: Callable[..., Path] = staticmethod(write)
        read: Callable[[Path], pa.Table] = staticmethod(read)
        go: Callable[..., Summary] = staticmethod(go)

    return Tools
