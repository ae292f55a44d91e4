"""textaug phrases and textaug sentiment: from files to tables that `annotate` takes."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from textaug.masking.annotate import learn_phrases, mine_sentiment
from textaug.masking.annotate.listed import listed

TEXTS = ["a good day in New York, lovely", "New York was bad and dreary", "a lovely, good city"] * 20


def read(path):
    with pa.OSFile(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.parquet"
    pq.write_table(pa.table({"text": TEXTS, "other": TEXTS[::-1]}), path, row_group_size=7)
    return path


@pytest.mark.parametrize("command", ["phrases", "sentiment"])
def test_help(command, textaug):
    ran = textaug(command, "--help")
    assert ran.code == 0 and f"Usage: textaug {command}" in ran.out and "annotate(tokenizer" in ran.out


def test_phrases(textaug, corpus, tmp_path):
    out = tmp_path / "phrases.arrow"
    ran = textaug("phrases", corpus, "-o", out, "--min-count", 20, "--longest", 3)
    assert ran.code == 0 and ran.out == "" and f"{out}: " in ran.err and "from 340 words" in ran.err
    table = read(out)
    assert table.equals(learn_phrases(TEXTS, min_count=20, longest=3), check_metadata=True)
    assert "new york" in listed(out, "phrases").entries
    ran = textaug("phrases", corpus, "-o", out, "--min-count", 20, "--size", 1, "--force")
    assert ran.code == 0 and len(read(out)) == 1


def test_sentiment(textaug, corpus, tmp_path):
    out = tmp_path / "words.arrow"
    ran = textaug("sentiment", corpus, "-o", out)
    assert ran.code == 0 and "2 positive and 2 negative words" in ran.err
    assert read(out).equals(mine_sentiment(TEXTS), check_metadata=True)
    (tmp_path / "good.txt").write_text("good\n")
    (tmp_path / "bad.txt").write_text("dreary\n")
    seeds = ("--positive", tmp_path / "good.txt", "--negative", tmp_path / "bad.txt")
    assert textaug("sentiment", corpus, "-o", out, "--force", *seeds).code == 0
    assert read(out).to_pylist() == mine_sentiment(TEXTS, positive=["good"], negative=["dreary"]).to_pylist()


def test_any_format_and_column(textaug, corpus, process, tmp_path):
    lines = "".join(json.dumps({"review": text}) + "\n" for text in TEXTS)
    (tmp_path / "corpus.jsonl").write_text(lines)
    out = tmp_path / "phrases.arrow"
    wanted = learn_phrases(TEXTS)
    assert textaug("phrases", tmp_path / "corpus.jsonl", "-c", "review", "-o", out).code == 0
    assert read(out).equals(wanted)
    ran = process("phrases", "-", "--format", "jsonl", "-c", "review", "-o", out, "--force", given=lines.encode())
    assert ran.returncode == 0 and read(out).equals(wanted)
    (tmp_path / "corpus.jsonl").write_text(lines + '{"review": "\\ud800"}\n')
    ran = textaug("phrases", tmp_path / "corpus.jsonl", "-c", "review", "-o", out, "--force")
    assert ran.code == 1 and "row 60" in ran.err
    skipped = textaug(
        "phrases", tmp_path / "corpus.jsonl", "-c", "review", "-o", out, "--force", "--on-invalid", "skip"
    )
    assert skipped.code == 0 and read(out).equals(wanted)


def test_what_cannot_be(textaug, corpus, tmp_path):
    out = tmp_path / "phrases.arrow"
    ran = textaug("phrases", corpus, "-o", out, "-c", "txt")
    assert ran.code == 2 and "did you mean 'text'" in ran.err and not out.exists()
    out.write_bytes(b"mine")
    for command in ("phrases", "sentiment"):
        ran = textaug(command, corpus, "-o", out)
        assert ran.code == 2 and "--force" in ran.err and out.read_bytes() == b"mine"
    assert textaug("phrases", corpus, "-o", out, "--longest", 1).code == 2
    assert textaug("sentiment", corpus, "-o", out, "--positive", tmp_path / "no.txt").code == 2
