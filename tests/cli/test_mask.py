"""`textaug mask`: one line masks a corpus; a look at it; what is wrong is told in one message."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

SENTENCES = [
    "The first film about New York was really very good.",
    "Ann Smith did not like it, but everybody else in London did!",
    "这部电影很好看，我非常喜欢男主角的表演。",
    "It begins slowly. Then it is over before you know it.",
]
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


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A tokenizer's file, and a corpus of four row groups."""
    folder = tmp_path_factory.mktemp("mask")
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(
        SENTENCES, trainers.WordPieceTrainer(vocab_size=150, special_tokens=special, show_progress=False)
    )
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    made.save(str(folder / "tok.json"))
    texts = [" ".join(SENTENCES[at % 4 :] * (1 + at % 3)) for at in range(60)]
    pq.write_table(pa.table({"text": texts, "label": [1] * 60}), folder / "in.parquet", row_group_size=15)
    return folder


@pytest.fixture
def mask(textaug, place):
    """Run the command over the corpus."""

    def call(*arguments, preset="nezha", given="in.parquet"):
        return textaug("mask", place / given, "--tokenizer", place / "tok.json", "--preset", preset, *arguments)

    return call


def test_one_line_masks_a_corpus_and_says_what_was_done(mask, textaug, tmp_path):
    ran = mask("-o", tmp_path / "out", "--dupe-factor", 3, "--seq-length", 64)
    assert ran.code == 0 and ran.out == ""
    assert "60 rows → " in ran.err and "selected" in ran.err and "mask token" in ran.err and "0.8000" in ran.err
    made = pq.read_table(tmp_path / "out")
    assert made.column_names == ["input_ids", "labels", "attention_mask", "special_tokens_mask", "word_ids",
                                 "row", "token", "copy"]  # fmt: skip
    assert made["copy"].to_pylist()[:4] == [1, 2, 3, 1] and max(map(len, made["input_ids"].to_pylist())) <= 64
    assert (tmp_path / "out" / "_SUCCESS").exists()
    ran = textaug("mask", "--summary", tmp_path / "out")
    assert ran.code == 0 and "selected tokens" in ran.out and "units of word_ids" in ran.out
    told = json.loads(textaug("mask", "--summary", tmp_path / "out", "--json").out)
    assert told["rows"] == made.num_rows and abs(told["selected"]["rate"] - 0.15) < 0.01
    again = mask("-o", tmp_path / "out")
    assert again.code == 2 and "holds a finished run" in again.err
    assert mask("-o", tmp_path / "out", "--force", "--json").code == 0


def test_a_preset_is_a_line_with_the_papers_own_sentences_and_copies(mask, tmp_path):
    ran = mask("-o", tmp_path / "out.parquet", "--json", preset="ernie(stage='basic')")
    assert json.loads(ran.out)["rows_out"] % 10 == 0
    ran = mask("-o", tmp_path / "roberta.parquet", "--rate", 0.4, preset="roberta")
    made = pq.read_table(tmp_path / "roberta.parquet")
    assert set(made["copy"].to_pylist()) == {1} and "word_ids" not in made.column_names and "0.4000" in ran.err
    assert any(3 in row[:-1] for row in made["input_ids"].to_pylist())  # a separator between documents
    ran = mask("-o", tmp_path / "bert.parquet", preset="bert")
    assert "BERT masks 20 tokens of a sequence at most, 3.9% of 512; change that with --max-predictions" in ran.err
    made = pq.read_table(tmp_path / "bert.parquet")
    assert not any(3 in row[:-1] for row in made["input_ids"].to_pylist())
    ran = mask("-o", tmp_path / "76.parquet", "--max-predictions", 76, preset="bert")
    assert "at most" not in ran.err and ran.code == 0
    assert mask("-o", tmp_path / "no.parquet", "--max-predictions", 9, preset="roberta").code == 2


def test_what_a_preset_needs_is_given_or_comes_with_textaug_or_is_learned(mask, textaug, place, tmp_path):
    ran = mask("-o", tmp_path / "out", "--seq-length", 64, preset="ernie")
    assert "entities are the names that come with textaug" in ran.err and "learning phrases from the corpus" in ran.err
    made = pq.read_table(tmp_path / "out")
    assert all(
        max(number for row in made[name].to_pylist() for number in row) >= 1 for name in ("entity_ids", "phrase_ids")
    )
    (tmp_path / "phrases.txt").write_text("very good\n")
    (tmp_path / "names.json").write_text('{"CITY": ["London"]}')
    files = ("--phrases", tmp_path / "phrases.txt", "--gazetteer", tmp_path / "names.json")
    ran = mask("-o", tmp_path / "given", "--seq-length", 64, *files, preset="ernie")
    assert ran.code == 0 and "learning" not in ran.err and "come with" not in ran.err
    ran = mask("-o", tmp_path / "skep", "--sentiment", tmp_path / "phrases.txt", preset="skep")
    assert ran.code == 0 and "pair_ids" in pq.read_table(tmp_path / "skep").column_names
    pq.write_table(pa.table({"text": ["A line."]}), place / "line.parquet")
    ran = mask("-o", tmp_path / "few", preset="pmi", given="line.parquet")
    assert ran.code == 2 and "no phrases that come often enough to be learned; name some: --phrases" in ran.err


def test_the_preview_shows_the_first_sequences(mask, place, textaug, tmp_path):
    ran = mask("--preview", "--rows", 2, "--seq-length", 40, "--no-colour", "--width", 80)
    assert ran.code == 0 and ran.out.count("row ") == 2 and "row 0, from token 0 on · copy 1" in ran.out
    assert "→[MASK]" in ran.out and "⟨" in ran.out and "\x1b[" not in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    coloured = mask("--preview", "--rows", 2, "--seq-length", 40, "--colour")
    assert "\x1b[1;31m" in coloured.out and "\x1b[4m" in coloured.out and "⟨" not in coloured.out
    mask("-o", tmp_path / "out.parquet", "--seq-length", 40, "--dupe-factor", 1)
    stored = textaug(
        "mask", tmp_path / "out.parquet", "--preview", "-k", 2, "--tokenizer", place / "tok.json", "--width", 80
    )
    assert stored.out == ran.out


def test_colours_are_left_out_where_nobody_wants_them(process, place):
    asked = ("mask", place / "in.parquet", "--preview", "--tokenizer", place / "tok.json", "--preset", "nezha")
    ran = process(*asked, FORCE_COLOR="1", NO_COLOR="1")
    assert b"\x1b[3" not in ran.stdout and "→[MASK]".encode() in ran.stdout and "⟨".encode() in ran.stdout


def killed_after(steps, arguments):
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


def test_kill_9_then_resume_gives_the_same_bytes(mask, place, tmp_path, monkeypatch):
    from textaug.pipeline.sources import parquet

    monkeypatch.setattr(parquet, "PART_BYTES", 1)
    asked = ("--seq-length", "32", "--dupe-factor", "2")
    mask("-o", tmp_path / "whole", *asked)
    line = ["mask", str(place / "in.parquet"), "-o", str(tmp_path / "out"), "--tokenizer", str(place / "tok.json"),
            "--preset", "nezha", *asked, "--workers", "2"]  # fmt: skip
    assert [killed_after(steps, [*line, "--resume"]) for steps in (4, 7)] == [True, True]
    ran = mask("-o", tmp_path / "out", *asked, "--workers", 2, "--resume")
    assert ran.code == 0
    files = sorted(one.name for one in (tmp_path / "whole").glob("*.parquet"))
    assert len(files) == 4 and [(tmp_path / "out" / name).read_bytes() for name in files] == [
        (tmp_path / "whole" / name).read_bytes() for name in files
    ]
    assert not list(tmp_path.rglob("*.textaug-tmp"))


def test_other_formats_and_a_dry_run(mask, place, tmp_path):
    ran = mask("-o", tmp_path / "out.jsonl", "--dry-run")
    assert "60 rows" in ran.out and "jsonl" in ran.out and not (tmp_path / "out.jsonl").exists()
    assert mask("-o", tmp_path / "out.jsonl", "--dupe-factor", 1).code == 0
    row = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[0])
    assert row["input_ids"][0] == 2 and row["row"] == 0
    (place / "in.csv").write_text("text\n" + "\n".join(f'"{line}"' for line in SENTENCES))
    assert mask("-o", tmp_path / "out.parquet", given="in.csv").code == 0
    assert mask("-o", tmp_path / "folder", given="in.csv").code == 0
    assert [one.suffix for one in (tmp_path / "folder").glob("in*")] == [".parquet"]


def test_several_files_say_which_one_a_sequence_begins_in(textaug, place, tmp_path):
    (tmp_path / "lake").mkdir()
    for name in "ab":
        pq.write_table(pq.read_table(place / "in.parquet"), tmp_path / "lake" / f"{name}.parquet")
    asked = ("--tokenizer", place / "tok.json", "--preset", "nezha", "--dupe-factor", 1)
    assert textaug("mask", tmp_path / "lake", "-o", tmp_path / "out.parquet", *asked).code == 0
    made = pq.read_table(tmp_path / "out.parquet").to_pydict()
    assert sorted(set(made["source"])) == ["a.parquet", "b.parquet"]
    half = len(made["labels"]) // 2
    assert made["row"][:half] == made["row"][half:] and made["labels"][:half] != made["labels"][half:]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "x", "--preset", "nezha"], "name the tokenizer with --tokenizer"),
        (["--tokenizer", "tok.json", "--preset", "nezha"], "nothing says where the output goes"),
        (["-o", "x", "--tokenizer", "tok.json"], "name a preset with --preset: bert, bert_wwm"),
        (["-o", "x", "--tokenizer", "tok.json", "--preset", "robert"], "did you mean 'roberta'"),
        (["-o", "x", "--tokenizer", "none", "--preset", "bert"], "no tokenizer 'none'"),
        (["-o", "x", "--tokenizer", "tok.json", "--preset", "bert", "--column", "txt"], "did you mean 'text'"),
        (["-o", "x", "--tokenizer", "tok.json", "--preset", "bert", "--seq-length", "2"], "no room beside 2 special"),
        (["-o", "x", "--tokenizer", "tok.json", "--preset", "ernie", "--entities", "who"], "no column 'who'"),
        (["--summary"], "no column 'input_ids'"),
    ],
)
def test_what_is_wrong_is_told(textaug, place, monkeypatch, arguments, told):
    monkeypatch.chdir(place)
    ran = textaug("mask", "in.parquet", *arguments)
    assert ran.code == 2 and told in ran.err and "Traceback" not in ran.err
    assert not (place / "x").exists()
