"""`textaug augment`: one line does the job; what is wrong is told in one message; exit codes say what happened."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

MAIN = [sys.executable, "-c", "from textaug.cli import main; main()"]
SWAP = ["-t", "CharSwap(rate=0.5)"]


def test_one_line_augments_a_file_and_says_what_was_done(textaug, reviews, tmp_path):
    ran = textaug(
        "augment", reviews, "-o", tmp_path / "more.parquet", "--recipe", "eda", "--copies", 2, "--keep-original"
    )
    assert ran.code == 0 and ran.out == ""
    assert "100 rows → 300" in ran.err and "SynonymReplace" in ran.err and "realised" in ran.err and "MB/s" in ran.err
    out = pq.read_table(tmp_path / "more.parquet")
    assert out.num_rows == 300 and out.column_names[:3] == ["text", "label", "aug_id"]


def test_the_summary_as_json_is_all_that_stands_on_standard_output(textaug, reviews, tmp_path):
    ran = textaug("augment", reviews, "-o", tmp_path / "o.csv", *SWAP, "--json")
    done = json.loads(ran.out)
    assert ran.err == "" and done["rows_in"] == done["rows_out"] == 100
    (swap,) = done["transforms"]
    assert swap["asked"] == 0.5 and abs(swap["realised"] - 0.5) < 0.05 and done["peak_memory"] > 1e6


def test_transforms_are_composed_in_their_order(textaug, reviews, tmp_path):
    textaug(
        "augment",
        reviews,
        "-o",
        tmp_path / "a.jsonl",
        "-t",
        "WordSwap(rate=1.0)",
        "-t",
        "CharSwap(rate=0.5)",
        "--edits",
    )
    row = json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])
    assert row["aug_applied"] == ["WordSwap", "CharSwap"] and {"start", "end", "text", "by"} == set(row["aug_edits"][0])


def test_a_recipe_can_stand_in_a_file(textaug, reviews, tmp_path):
    (tmp_path / "mine.toml").write_text('[[steps]]\ntransform = "WordSwap"\nrate = 0.5\n')
    ran = textaug("augment", reviews, "-o", tmp_path / "o.parquet", "--recipe", tmp_path / "mine.toml", "--json")
    assert json.loads(ran.out)["transforms"][0]["asked"] == 0.5


@pytest.mark.parametrize("form", ["parquet", "arrow", "arrow-stream", "csv", "tsv", "jsonl"])
def test_standard_input_to_standard_output(textaug, process, reviews, tmp_path, form):
    source = tmp_path / "source.data"
    assert textaug("augment", reviews, "-o", source, "--to", form, "-t", "CharSwap(rate=0.0)").code == 0
    source.write_bytes(source.read_bytes().replace(b"aug_", b"old_"))
    ran = process("augment", "-", "-o", "-", "--format", form, *SWAP, "--json", given=source.read_bytes())
    assert ran.returncode == 0 and json.loads(ran.stderr)["rows_in"] == 100
    textaug("augment", source, "-o", tmp_path / "out.data", "--format", form, "--to", form, *SWAP)
    if form == "arrow":  # a stream has no index at its end
        assert pa.ipc.open_stream(ran.stdout).read_all() == pa.ipc.open_file(tmp_path / "out.data").read_all()
    else:
        assert ran.stdout == (tmp_path / "out.data").read_bytes()


def test_a_pipe_with_a_path_is_read_like_standard_input(textaug, tmp_path):
    held = b"".join(b'{"text": "a good film number %d"}\n' % at for at in range(50))
    (tmp_path / "in.jsonl").write_bytes(held)
    os.mkfifo(tmp_path / "pipe")
    options = ["--format", "jsonl", "--to", "jsonl", *SWAP]
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(held,))
    writer.start()
    ran = textaug("augment", tmp_path / "pipe", "-o", tmp_path / "piped.jsonl", *options)
    writer.join()
    assert ran.code == 0, ran.err
    textaug("augment", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", *options)
    assert (tmp_path / "piped.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()
    for more, message in (
        ([], "does not tell its format"),
        (["--format", "jsonl", "--resume"], "cannot be resumed"),
        ([tmp_path / "in.jsonl"], "a pipe cannot be mixed"),
    ):
        ran = textaug("augment", tmp_path / "pipe", "-o", tmp_path / "o.jsonl", *SWAP, *more)
        assert ran.code == 2 and message in ran.err


def test_a_closed_pipe_ends_it_quietly(reviews, tmp_path):
    big = pa.concat_tables([pq.read_table(reviews)] * 300)
    pq.write_table(big, tmp_path / "big.parquet", row_group_size=2000)
    process = subprocess.Popen(
        [*MAIN, "augment", str(tmp_path / "big.parquet"), "-o", "-", "--to", "jsonl", *SWAP],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 0)
    process.stderr.close()


def test_ctrl_c_leaves_no_traceback_and_a_run_that_resumes(reviews, tmp_path):
    pq.write_table(pa.concat_tables([pq.read_table(reviews)] * 2000), tmp_path / "big.parquet", row_group_size=50_000)
    out = tmp_path / "out.jsonl"
    command = [*MAIN, "augment", str(tmp_path / "big.parquet"), "-o", str(out), "--recipe", "eda", "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    while not list(tmp_path.glob(".out*/parts/*")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert (process.stderr.read(), process.wait()) == (b"\ninterrupted\n", 130)
    process.stderr.close()
    assert not out.exists() and not list(tmp_path.rglob("*-tmp"))


def test_rows_that_were_set_aside_are_told_by_the_exit_code(textaug, tmp_path):
    (tmp_path / "in.csv").write_bytes(b"text\nfine\ncaf\xe9\n")
    ran = textaug("augment", tmp_path / "in.csv", "-o", tmp_path / "out.csv", *SWAP)
    assert ran.code == 1 and "row 1, column 'text': invalid UTF-8" in ran.err
    ran = textaug("augment", tmp_path / "in.csv", "-o", tmp_path / "out.csv", *SWAP, "--on-invalid", "skip")
    assert ran.code == 3 and "1 set aside in" in ran.err and (tmp_path / "out.csv_rejected.jsonl").exists()


def test_a_dry_run_tells_rows_and_size_and_writes_nothing(textaug, reviews, tmp_path):
    ran = textaug("augment", reviews, "-o", tmp_path / "o.parquet", *SWAP, "--dry-run", "--copies", 3)
    assert ran.code == 0 and "100 rows" in ran.out and "300 rows" in ran.out and "MB of parquet" in ran.out
    ran = textaug("augment", reviews, "-o", tmp_path / "o.jsonl", *SWAP, "--dry-run", "--json")
    assert json.loads(ran.out)["rows_out"] == 100
    assert textaug("augment", reviews, "-o", reviews, *SWAP, "--dry-run").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["reviews.parquet"]


WRONG = {
    "column": (["--column", "txt"], "no column 'txt'; did you mean 'text'"),
    "type": (["--column", "label"], "holds int64, not text"),
    "recipe": (["--recipe", "edda"], "no recipe 'edda'; did you mean 'eda'"),
    "transform": (["-t", "SynonymReplce(rate=0.1)"], "no transform 'SynonymReplce'; did you mean 'SynonymReplace'"),
    "parameter": (["-t", "CharSwap(rat=0.1)"], "no parameter 'rat'; did you mean 'rate'"),
    "value": (["-t", "CharSwap(rate=2)"], "rate=2"),
    "no recipe": ([], "give --recipe eda"),
    "both": (["--recipe", "eda", "-t", "CharSwap"], "exclude each other"),
    "copies": (["--copies", "0"], "0 is not in the range"),
    "workers": (["--workers", "two"], "'two' is not a valid integer"),
    "option": (["--colum", "text"], "--column"),
    "policy": (["--on-invalid", "skp"], "skip"),
    "format": (["--format", "parket"], "did you mean 'parquet'"),
    "to": (["--to", "jsnl"], "did you mean 'jsonl'"),
    "module": (["--load", "no_such_module"], "no_such_module"),
    "id": (["--id", "labels"], "did you mean 'label'"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_in_one_message(textaug, reviews, tmp_path, wrong):
    options, message = WRONG[wrong]
    recipe = [] if {"--recipe", "-t"} & set(options) or wrong == "no recipe" else SWAP
    ran = textaug("augment", reviews, "-o", tmp_path / "out.parquet", *recipe, *options)
    assert ran.code == 2 and message in ran.err and "Traceback" not in ran.err and ran.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["reviews.parquet"]


def test_wrong_paths(textaug, reviews, tmp_path):
    for given, message in {
        tmp_path / "review.parquet": "no file or folder 'review.parquet'; did you mean 'reviews.parquet'",
        tmp_path / "nowhere/in.parquet": "there is no folder",
        tmp_path / "*.csv": "holds no file to read",
        "-": "say it with --format",
    }.items():
        ran = textaug("augment", given, "-o", tmp_path / "out.parquet", *SWAP)
        assert ran.code == 2 and message in ran.err
    for out, message in {"out.txt": "tells no format", "reviews.parquet": "own input"}.items():
        ran = textaug("augment", reviews, "-o", tmp_path / out, *SWAP)
        assert ran.code == 2 and message in ran.err
    ran = textaug("augment", reviews, "-o", "-", *SWAP, "--on-invalid", "skip")
    assert ran.code == 2 and "--rejected" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["reviews.parquet"]


def test_an_output_that_cannot_be_written(textaug, reviews):
    ran = textaug("augment", reviews, "-o", "/proc/nowhere/out.parquet", *SWAP)
    assert ran.code == 1 and "cannot write" in ran.err and "Traceback" not in ran.err


def test_transforms_of_the_users_own_module(process, reviews, tmp_path):
    (tmp_path / "mine.py").write_text(
        "from textaug import WordTransform, register\n\n\n@register\nclass Shouted(WordTransform):\n"
        "    def replace(self, word, draws):\n        return word.upper()\n"
    )
    ran = process(
        "augment",
        reviews,
        "-o",
        tmp_path / "o.jsonl",
        "--load",
        "mine",
        "-t",
        "Shouted(rate=1.0)",
        PYTHONPATH=str(tmp_path),
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads((tmp_path / "o.jsonl").read_text().splitlines()[0])["text"].isupper() is True


def test_progress_shows_on_a_terminal_only(reviews, tmp_path):
    pq.write_table(pa.concat_tables([pq.read_table(reviews)] * 1000), tmp_path / "big.parquet", row_group_size=20_000)
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*MAIN, "augment", str(tmp_path / "big.parquet"), "-o", str(tmp_path / "o.parquet"), "--recipe", "eda"],
        stderr=follower,
    )
    os.close(follower)
    shown = b""
    while process.poll() is None or _ready(leader):
        try:
            shown += os.read(leader, 1 << 16)
        except OSError:
            break
    process.wait()
    os.close(leader)
    assert b"rows \xc2\xb7 " in shown and b"\r\x1b[K" in shown


def _ready(handle: int) -> bool:
    import select

    return bool(select.select([handle], [], [], 0)[0])
