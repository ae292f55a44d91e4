"""Nothing is half-written; a run that was killed goes on, and its output is that of an undisturbed one."""

import errno
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from textaug.errors import DataError, UsageError
from textaug.pipeline import commit, parts
from textaug.pipeline.commit import locked
from textaug.pipeline.sources import parquet as parquet_source

ROWS, GROUP = 4000, 400
SLOW = """
import sys, time, textaug.pipeline.commit as commit
from textaug.cli import run
from textaug.pipeline.sources import parquet
parquet.PART_BYTES = 1
replace, fsync = commit.os.replace, commit.os.fsync
def slow(function):
    def call(*given):
        print("step", flush=True)
        time.sleep(0.01)
        return function(*given)
    return call
commit.os.replace, commit.os.fsync = slow(replace), slow(fsync)
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def given(tools, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_source, "PART_BYTES", 1)
    return tools.write(tools.table(ROWS), tmp_path / "in.parquet", row_group_size=GROUP)


def tree(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of all data files in a folder; and nothing temporary."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {
        str(one.relative_to(path)): one.read_bytes()
        for one in sorted(path.rglob("*"))
        if one.is_file() and one.name != "lock"
    }


def killed_after(steps: int, arguments: list[str]) -> bool:
    """Run the command line; kill -9 it after so many fsyncs and renames. False if it had ended before."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    for _ in range(steps):
        if not process.stdout.readline():
            break
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    return process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(("out", "workers"), [("out.parquet", 1), ("folder/", 2)])
def test_kill_9_at_any_moment_then_resume_gives_the_same_bytes(tools, tmp_path, given, out, workers):
    tools.go(given, tmp_path / f"whole-{out}" if out != "folder/" else f"{tmp_path}/whole/")
    whole = tree(tmp_path / "whole-out.parquet" if out != "folder/" else tmp_path / "whole")
    goal = f"{tmp_path}/{out}"
    command = ["augment", str(given), "-o", goal, "-t", "CharSwap(rate=0.5)", "--workers", str(workers)]
    killed = [killed_after(steps, [*command, "--resume"]) for steps in (1, 5, 9, 20, 28, 12)]  # the last ones: the join
    assert killed[:4] == [True] * 4
    (tmp_path / f".out.parquet.123-abc{commit.TEMPORARY}").write_text(
        "of a run that was killed while it joined its parts"
    )
    tools.go(given, goal, options={"resume": True, "workers": workers})
    if workers == 2:
        (tmp_path / f".out.parquet.123-abc{commit.TEMPORARY}").unlink()  # of another output: none of its business
    found = tree(Path(goal))
    assert found == whole
    assert not list(tmp_path.rglob(f"*{commit.TEMPORARY}")) and not list(tmp_path.glob(".out*"))


def test_resume_does_only_what_is_missing(tools, tmp_path, given):
    for fails_at in (3, 6):
        with pytest.raises(DataError, match="cannot write"), failing(fails_at):
            tools.go(given, tmp_path / "out.parquet", options={"resume": True})
    done = tools.go(given, tmp_path / "out.parquet", options={"resume": True})
    assert (done.parts, done.parts_resumed) == (10, 9) and done.counts.rows_in == ROWS
    tools.go(given, tmp_path / "whole.parquet")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


class failing:
    """Every write of a part fails from the n-th on, as on a full disk."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __enter__(self) -> None:
        self.held = parts.sinks.writing

        def writing(stream, *rest, **options):
            self.left -= 1
            if self.left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.held(stream, *rest, **options)

        parts.sinks.writing, self.plan = writing, parts.sinks
        # the plan writes no rows, to see whether it could: that is no part
        self.left += 1

    def __exit__(self, *error: object) -> None:
        parts.sinks.writing = self.held


def test_a_file_size_limit_is_met_with_an_error_and_a_resumable_run(tools, tmp_path):
    texts = [os.urandom(20_000).hex() for _ in range(60)]
    given = tools.write(pa.table({"text": texts}), tmp_path / "in.parquet")
    command = [sys.executable, "-c", "from textaug.cli import main; main()", "augment", str(given),
               "-o", str(tmp_path / "out.parquet"), "-t", "CharSwap(rate=0.1)"]  # fmt: skip
    limit = 300_000
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1 and "File too large" in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
    assert subprocess.run([*command, "--resume"], capture_output=True).returncode == 0


def test_a_changed_plan_is_refused_with_what_changed(tools, tmp_path, given):
    with pytest.raises(DataError), failing(3):
        tools.go(given, tmp_path / "out.parquet")
    with pytest.raises(UsageError, match=r"\(recipe.rate: 0.5 → 0.6, and 1 more\)"):
        tools.go(given, tmp_path / "out.parquet", "CharSwap(rate=0.6)", {"resume": True}, seed=1)
    with pytest.raises(UsageError, match=r"recipe.rate: 0.5 → the default\)"):
        tools.go(given, tmp_path / "out.parquet", "CharSwap", {"resume": True})
    with pytest.raises(UsageError, match="unfinished run; go on with --resume"):
        tools.go(given, tmp_path / "out.parquet")
    tools.write(tools.table(ROWS + 1), given, row_group_size=GROUP)
    with pytest.raises(UsageError, match=r"inputs\[0\].size"):
        tools.go(given, tmp_path / "out.parquet", options={"resume": True})
    assert tools.go(given, tmp_path / "out.parquet", options={"force": True}).parts_resumed == 0


def test_a_part_that_was_damaged_since_is_made_again(tools, tmp_path, given):
    with pytest.raises(DataError), failing(4):
        tools.go(given, tmp_path / "out/")
    (tmp_path / "out/in-00001.parquet").write_bytes(b"damaged")
    assert tools.go(given, tmp_path / "out/", options={"resume": True}).parts_resumed == 3
    assert pq.read_table(sorted((tmp_path / "out").glob("in-*.parquet"))[1]).num_rows == GROUP


def test_two_writers_of_one_output(tools, tmp_path, given):
    (tmp_path / ".out.parquet.textaug").mkdir()
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(tmp_path / ".out.parquet.textaug",))
    holder.start()
    while not (tmp_path / ".out.parquet.textaug/held").exists():
        time.sleep(0.01)
    with pytest.raises(DataError, match=f"written by another textaug \\(process {holder.pid}\\)"):
        tools.go(given, tmp_path / "out.parquet")
    holder.kill()
    holder.join()
    (tmp_path / ".out.parquet.textaug/held").unlink()
    assert tools.go(given, tmp_path / "out.parquet").counts.rows_in == ROWS  # a dead holder holds nothing
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def _hold(folder: Path) -> None:
    with locked(folder, folder):
        (folder / "held").touch()
        time.sleep(60)


def test_nothing_is_overwritten_without_force(tools, tmp_path, given):
    (tmp_path / "out.parquet").write_text("precious")
    for options in ({}, {"resume": True}):
        with pytest.raises(UsageError, match="--force"):
            tools.go(given, tmp_path / "out.parquet", options=options)
    assert (tmp_path / "out.parquet").read_text() == "precious" and len(list(tmp_path.iterdir())) == 2
    tools.go(given, tmp_path / "out.parquet", options={"force": True})
    assert tools.read(tmp_path / "out.parquet").num_rows == ROWS


def test_a_forced_run_that_was_killed_does_not_replace_anything_by_itself(tools, tmp_path, given):
    (tmp_path / "out.parquet").write_text("precious")
    command = ["augment", str(given), "-o", str(tmp_path / "out.parquet"), "-t", "CharSwap(rate=0.5)"]
    assert killed_after(5, [*command, "--force"])
    with pytest.raises(UsageError, match="file exists; replace it with --force"):
        tools.go(given, tmp_path / "out.parquet")
    assert (tmp_path / "out.parquet").read_text() == "precious"
    with pytest.raises(UsageError, match="give one of them"):
        tools.go(given, tmp_path / "out.parquet", options={"resume": True, "force": True})
    tools.go(given, tmp_path / "out.parquet", options={"resume": True})
    assert tools.read(tmp_path / "out.parquet").num_rows == ROWS


def test_force_never_touches_a_folder_that_is_not_ours(tools, tmp_path, given):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("dear")
    for options in ({}, {"force": True}):
        with pytest.raises(UsageError, match="not empty"):
            tools.go(given, tmp_path / "home", options=options)
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["letter.txt"]
    tools.go(given, tmp_path / "ours/")
    (tmp_path / "ours/letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="finished run; replace it with --force"):
        tools.go(given, tmp_path / "ours/")
    tools.go(given, tmp_path / "ours/", options={"force": True}, to="jsonl")
    names = {path.suffix or path.name for path in (tmp_path / "ours").iterdir()}
    assert names == {".jsonl", ".txt", "_SUCCESS", "_textaug"}


def test_a_finished_folder_is_resumed_to_itself(tools, tmp_path, given):
    tools.go(given, tmp_path / "out/")
    before = tree(tmp_path / "out")
    assert tools.go(given, tmp_path / "out/", options={"resume": True}).parts_resumed == 10
    assert tree(tmp_path / "out") == before


def test_an_output_may_not_be_its_own_input(tools, tmp_path, given):
    for out in (given, tmp_path):
        with pytest.raises(UsageError, match="own input"):
            tools.go(given, out, options={"force": True})
    shutil.copy(given, tmp_path / "copy.parquet")
    with pytest.raises(UsageError, match="own input"):
        tools.go(tmp_path, f"{tmp_path}/")
