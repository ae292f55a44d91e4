"""The other commands, and what all of them share."""

import json
import subprocess
import sys

import pytest
from strategies import STAND_INS

import textaug as ta


def test_version_says_which_kernels_run(textaug, process):
    assert textaug("--version").out.startswith(f"textaug {ta.__version__} (kernels: ")
    assert b"(kernels: numpy)" in process("--version", TEXTAUG_PURE="1").stdout


def test_help_imports_nothing_heavy():
    """How long it takes is a benchmark's question: benchmarks/startup.py."""
    heavy = ("numpy", "pyarrow", "rich", "yaml", "torch", "transformers", "datasets", "tokenizers", "jieba")
    code = "import sys; from textaug.cli import run; run(['--help']); "
    code += f"print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "augment" in ran.stdout and ran.stdout.endswith("[]\n")


@pytest.mark.parametrize("command", ["augment", "preview", "list", "explain", "validate", "lexicon"])
def test_every_command_has_help(textaug, command):
    ran = textaug(command, "--help")
    assert ran.code == 0 and "Usage: textaug" in ran.out


def test_a_misspelled_command(textaug):
    ran = textaug("augmnet", "x")
    assert ran.code == 2 and "did you mean 'augment'?" in ran.err
    assert textaug("lexicon", "biuld").code == 2


def test_list_names_every_transform_with_its_label_effect(textaug):
    found = json.loads(textaug("list", "--json").out)
    assert {one["name"] for one in found["transforms"]} == set(ta.registry())
    ran = textaug("list")
    assert ran.code == 0 and "AntonymReplace" in ran.out and "may change" in ran.out and "eda" in ran.out


@pytest.mark.parametrize("name", [*sorted(ta.registry()), "eda", "aeda"])
def test_explain_shows_parameters_and_an_example(textaug, name):
    if name not in ta.registry() and name not in ("eda", "aeda"):
        pytest.skip("registered by another test")
    ran = textaug("explain", name)
    assert ran.code == 0 and name in ran.out
    assert "[-" in ran.out or "{+" in ran.out or (name in STAND_INS and "No example: " in ran.out)
    if name in ta.registry():
        assert (
            "the chance that the transform touches a row" in " ".join(ran.out.replace("\n", " ").split())
            or "parameter" in ran.out
        )


def test_explain_suggests_the_nearest_name(textaug):
    ran = textaug("explain", "SynonymReplac")
    assert ran.code == 2 and "did you mean 'SynonymReplace'" in ran.err


def test_validate(textaug, tmp_path):
    assert "SynonymReplace" in textaug("validate", "eda").out
    (tmp_path / "bad.yaml").write_text("steps:\n  - transform: CharSwap\n    rat: 0.1\n")
    ran = textaug("validate", tmp_path / "bad.yaml")
    assert ran.code == 2 and "did you mean 'rate'" in ran.err and "bad.yaml" in ran.err
    assert json.loads(textaug("validate", "CharSwap(rate=0.2)", "--json").out) == {"transform": "CharSwap", "rate": 0.2}


def test_preview_marks_changes(textaug, reviews, process):
    ran = textaug("preview", reviews, "-t", "CharSwap(rate=0.5)", "--rows", 2)
    assert ran.code == 0 and "0 · CharSwap" in ran.out and "1 · CharSwap" in ran.out and "2 · " not in ran.out
    assert "[-" in ran.out and "{+" in ran.out and "\x1b[" not in ran.out
    ran = textaug("preview", reviews, "-t", "CharSwap(rate=0.5)", "--colour", "--width", 60)
    assert "\x1b[" not in ran.out or "\x1b[9" in ran.out  # colours only where the console may
    assert all(len(line) <= 60 for line in ran.out.splitlines())
    ran = process("preview", reviews, "-t", "CharSwap(rate=0.5)", FORCE_COLOR="1")
    assert b"\x1b[9;31m" in ran.stdout and b"\x1b[32m" in ran.stdout
    ran = process("preview", reviews, "-t", "CharSwap(rate=0.5)", FORCE_COLOR="1", NO_COLOR="1")
    assert b"\x1b[3" not in ran.stdout and b"[-" in ran.stdout


def test_preview_shows_what_augment_writes(textaug, reviews, tmp_path):
    import pyarrow.parquet as pq

    textaug("augment", reviews, "-o", tmp_path / "out.parquet", "-t", "WordDelete(rate=0.4)")
    text = pq.read_table(tmp_path / "out.parquet")["text"][0].as_py()
    ran = textaug("preview", reviews, "-t", "WordDelete(rate=0.4)", "-k", 1, "--context", 0, "--width", 500)
    shown = ran.out.splitlines()[1]
    import re

    assert re.sub(r"\[-.*?-\]", "", shown) == text


def test_lexicons_are_built_shown_and_asked(textaug, tmp_path):
    (tmp_path / "mine.tsv").write_text("happy\tglad\nhappy\tcheerful\n")
    out = tmp_path / "mine.arrow"
    ran = textaug("lexicon", "build", tmp_path / "mine.tsv", "-o", out)
    assert ran.code == 0, ran.err
    assert textaug("lexicon", "build", tmp_path / "mine.tsv", "-o", out).code == 2
    assert "candidates: 2 synonym" in textaug("lexicon", "show", out).out
    ran = textaug("lexicon", "lookup", "happy", "--lexicon", out, "--json")
    assert [one["text"] for one in json.loads(ran.out)] == ["glad", "cheerful"]
    assert "not in" in textaug("lexicon", "lookup", "xyzzy", "--lexicon", out).err
    assert json.loads(textaug("lexicon", "show", "--json").out)["language"] == "en"
    assert "开心" in textaug("lexicon", "lookup", "高兴").out and "fine" in textaug("lexicon", "lookup", "good").out
    assert "not in" in textaug("lexicon", "lookup", "高兴", "--lexicon", out).err
    ran = textaug(
        "augment",
        tmp_path / "mine.tsv",
        "-o",
        tmp_path / "x.csv",
        "-t",
        f"SynonymReplace(lexicon={str(tmp_path / 'no')!r})",
    )
    assert ran.code in (1, 2) and "lexicon" in ran.err


def test_completion_is_offered(process):
    ran = process(_TEXTAUG_COMPLETE="bash_source")
    assert b"_textaug_completion" in ran.stdout
