"""The same bytes, however the work is cut and whoever does it."""

import os
import sys

import pyarrow as pa
import pytest

from textaug.errors import DataError
from textaug.pipeline.sinks import chunks
from textaug.pipeline.sinks import parquet as parquet_sink
from textaug.pipeline.sources import jsonl as jsonl_source
from textaug.pipeline.sources import parquet as parquet_source

OUT = ("parquet", "arrow", "arrows", "csv", "jsonl")


@pytest.fixture
def small(monkeypatch):
    """Parts, chunks and row groups of a few KB, so that there are many of each."""
    monkeypatch.setattr(parquet_source, "PART_BYTES", 5_000)
    monkeypatch.setattr(jsonl_source, "PART_BYTES", 5_000)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 7_000)
    monkeypatch.setattr(parquet_sink, "GROUP_BYTES", 30_000)


PLUGIN = '''
import os
import signal
from pathlib import Path

from textaug import WordTransform, register


@register
class PipelineUpper(WordTransform):
    """Put words in capitals; die, or raise, where the text says so."""

    def replace(self, word, draws):
        if word == "KILLME" and (once := os.environ.get("KILL_ONCE")) and not Path(once).exists():
            Path(once).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "RAISE":
            raise ValueError("this word is refused")
        return word.upper()
'''


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    """A Python-level transform in a module of its own, for this process and those that it spawns."""
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "pipeline_plugin.py").write_text(PLUGIN)
    sys.path.insert(0, str(folder))
    __import__("pipeline_plugin")
    yield
    sys.path.remove(str(folder))


@pytest.mark.parametrize("ending", OUT)
@pytest.mark.parametrize("source", ["in.parquet", "in.jsonl"])
def test_bytes_depend_neither_on_workers_nor_on_slices(tools, tmp_path, small, ending, source):
    given = tools.write(
        tools.table(1500), tmp_path / source, **({"row_group_size": 300} if "parquet" in source else {})
    )
    made = set()
    for workers, size in [(1, 1 << 24), (2, 1 << 16), (1, 70_000), (2, 1 << 24)]:
        out = tmp_path / f"{workers}-{size}.{ending}"
        done = tools.go(
            given,
            out,
            "eda",
            {"workers": workers},
            slice_bytes=size,
            keep_original=True,
            copies=2,
            edits=True,
        )
        assert done.parts > 1 and done.counts.rows_out == 4500
        made.add(out.read_bytes())
    assert len(made) == 1


@pytest.mark.parametrize("ending", OUT)
def test_one_part_on_two_workers_is_written_while_it_is_made(tools, tmp_path, ending):
    given = tools.write(tools.table(2000), tmp_path / "in.csv")
    for workers in (1, 2):
        out = tmp_path / f"{workers}.{ending}"
        assert tools.go(given, out, "eda", {"workers": workers}, slice_bytes=1 << 16).parts == 1
    assert (tmp_path / f"1.{ending}").read_bytes() == (tmp_path / f"2.{ending}").read_bytes()
    given.write_bytes(given.read_bytes() + b"\xff,1\n")
    with pytest.raises(DataError, match=r"row 2000.*invalid UTF-8"):
        tools.go(given, tmp_path / f"3.{ending}", options={"workers": 2}, slice_bytes=1 << 16)


def test_rows_stand_in_the_sources_order_each_with_its_copies(tools, tmp_path, small):
    given = tools.write(tools.table(700), tmp_path / "in.parquet", row_group_size=100)
    tools.go(given, tmp_path / "out.parquet", options={"workers": 2}, keep_original=True, copies=2)
    out = tools.read(tmp_path / "out.parquet")
    assert out["aug_id"].to_pylist() == [row for row in range(700) for _ in range(3)]
    assert out["aug_copy"].to_pylist() == [0, 1, 2] * 700
    assert out["text"].to_pylist()[::3] == tools.read(given)["text"].to_pylist()


def test_a_folder_gives_the_same_files_for_every_number_of_workers(tools, tmp_path, small):
    for at in range(5):
        tools.write(tools.table(200 * at), tmp_path / f"in/{at % 2}/{at}.parquet", row_group_size=100)
    found = []
    for workers in (1, 2):
        tools.go(tmp_path / "in", tmp_path / f"out{workers}/", options={"workers": workers})
        files = sorted((tmp_path / f"out{workers}").rglob("*.parquet"))
        found.append({str(path.relative_to(tmp_path / f"out{workers}")): path.read_bytes() for path in files})
    assert found[0] == found[1] and "0/2-00000.parquet" in found[0] and "1/3-00001.parquet" in found[0]
    assert (tmp_path / "out2/_SUCCESS").exists()


def test_draws_depend_on_the_source_and_on_the_row_or_its_id(tools, tmp_path):
    data = tools.table(300)
    for name in ("a", "b"):
        tools.write(data, tmp_path / f"in/{name}.parquet")
    tools.go(tmp_path / "in", tmp_path / "out/")
    a, b = (tools.read(tmp_path / f"out/{name}-00000.parquet") for name in "ab")
    assert a["text"] != b["text"] and set(a["aug_source"].to_pylist()) == {"a.parquet"}
    ids = data.append_column("id", pa.array([f"r{at}" for at in range(300)]))
    tools.go(tools.write(ids, tmp_path / "x.parquet"), tmp_path / "x.out.parquet", id_column="id")
    tools.go(
        tools.write(ids.slice(100).take(list(range(199, -1, -1))), tmp_path / "y.parquet"),
        tmp_path / "y.out.parquet",
        id_column="id",
    )
    x, y = (
        dict(
            zip(
                *(tools.read(tmp_path / f"{n}.out.parquet")[c].to_pylist() for c in ("aug_id", "text")),
                strict=True,
            )
        )
        for n in "xy"
    )
    assert all(x[key] == y[key] for key in y) and len(y) == 200


def test_json_ids_keep_their_kind_whatever_stands_beside_them(tools, tmp_path):
    for name, ids in {"a": ["7", '"7"', "8"], "b": ["7"], "c": ['"7"']}.items():
        lines = [f'{{"text": "one two three four", "k": {one}}}' for one in ids]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
        tools.go(tmp_path / f"{name}.jsonl", tmp_path / f"{name}.out.jsonl", id_column="k")
    a, b, c = ((tmp_path / f"{name}.out.jsonl").read_text().splitlines() for name in "abc")
    assert [a[0], a[1]] == [b[0], c[0]] and a[0] != a[1]
    assert '"aug_id":7,' in a[0] and '"aug_id":"7",' in a[1]


def test_processes_give_the_bytes_of_threads(tools, tmp_path, small, plugin):
    given = tools.write(tools.table(900), tmp_path / "in.parquet", row_group_size=300)
    for workers in (1, 2):
        done = tools.go(given, tmp_path / f"{workers}.parquet", "PipelineUpper(rate=0.5)", {"workers": workers})
        assert done.parts == 3
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()


def test_a_killed_worker_is_replaced(tools, tmp_path, small, plugin, monkeypatch):
    monkeypatch.setenv("KILL_ONCE", str(tmp_path / "killed"))
    data = tools.table(900).append_column("other", pa.array([""] * 900))
    data = data.set_column(0, "text", pa.array(["KILLME please", *data["text"].to_pylist()[1:]]))
    given = tools.write(data, tmp_path / "in.parquet", row_group_size=300)
    done = tools.go(given, tmp_path / "out.parquet", "PipelineUpper(rate=0.5)", {"workers": 2})
    assert (tmp_path / "killed").exists() and done.counts.rows_out == 900
    assert tools.read(tmp_path / "out.parquet")["aug_id"].to_pylist() == list(range(900))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_fails_in_a_worker_names_file_row_column_and_transform(tools, tmp_path, small, plugin, workers):
    data = tools.table(900)
    data = data.set_column(0, "text", pa.array(data["text"].to_pylist()[:-100] + ["do not RAISE me"] * 100))
    given = tools.write(data, tmp_path / "in.parquet", row_group_size=300)
    with pytest.raises(DataError, match=r"in.parquet, row 800, column 'text'.*PipelineUpper.*this word is refused"):
        tools.go(given, tmp_path / "out.parquet", "PipelineUpper(rate=0.5)", {"workers": workers})
    assert not (tmp_path / "out.parquet").exists()
    assert not [name for _, _, names in os.walk(tmp_path) for name in names if name.endswith("-tmp")]
