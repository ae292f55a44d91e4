"""Large cells, long lines, and memory that stays flat."""

import json
import subprocess
import sys

import pyarrow as pa
import pytest

from textaug.errors import DataError
from textaug.pipeline.sources import csv as csv_source
from textaug.pipeline.sources import json_lines

CELL = "a long cell, " * 1_600_000  # 20 MB


@pytest.mark.parametrize("ending", [".parquet", ".arrows", ".csv", ".jsonl"])
def test_a_cell_longer_than_every_block(tools, tmp_path, ending):
    given = tools.write(pa.table({"text": ["first", CELL, "last"]}), tmp_path / f"in{ending}")
    done = tools.go(given, tmp_path / "out.parquet", "CharSwap(rate=0.0)", slice_bytes=1 << 20)
    assert done.counts.bytes_in == len(CELL) + 9
    assert tools.read(tmp_path / "out.parquet")["text"].to_pylist() == ["first", CELL, "last"]


def test_a_line_longer_than_the_cap_is_a_clear_error(tools, tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 1 << 20)
    monkeypatch.setattr(csv_source, "LONGEST_LINE", 1 << 20)
    for ending in (".csv", ".jsonl"):
        given = tools.write(pa.table({"text": ["first", CELL]}), tmp_path / f"in{ending}")
        with pytest.raises(DataError, match=f"in{ending}.*longer than 1 MB"):
            tools.go(given, tmp_path / f"out{ending}", slice_bytes=1 << 17)


def test_a_csv_block_that_must_grow_loses_and_doubles_nothing(tools, tmp_path):
    texts = [f"row {at} " + "x" * (200_000 if at % 37 == 20 else 50) for at in range(400)]
    given = tools.write(pa.table({"text": texts}), tmp_path / "in.csv")
    tools.go(given, tmp_path / "out.parquet", "CharSwap(rate=0.0)", slice_bytes=1 << 16)
    out = tools.read(tmp_path / "out.parquet")
    assert out["text"].to_pylist() == texts and out["aug_id"].to_pylist() == list(range(400))


def test_memory_does_not_grow_with_the_data(tools, tmp_path):
    rows = 40_000
    peaks = []
    for times in (1, 4):
        data = pa.table({"text": [f"{at} " + "some words that make a row of a kilobyte " * 25 for at in range(rows)]})
        given = tools.write(pa.concat_tables([data] * times), tmp_path / f"{times}.parquet", row_group_size=10_000)
        out = str(tmp_path / f"{times}.out.parquet")
        arguments = ["augment", str(given), "-o", out, "-t", "CharSwap(rate=0.05)", "--json"]
        done = subprocess.run(
            [sys.executable, "-c", "from textaug.cli import main; main()", *arguments],
            capture_output=True,
            check=True,
        )
        peaks.append(json.loads(done.stdout)["peak_memory"])
    assert peaks[1] <= 1.2 * peaks[0]
