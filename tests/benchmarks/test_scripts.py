"""Every benchmark runs on a tiny input, prints its tables and writes them as JSON; the figures do not matter here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import textaug as ta
from textaug.compose import Composition

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
TEXTS = [
    "A very good film, with a happy ending; I have seen nothing better for years, and I would see it again.",
    "The plot is thin and the actors were tired, so we left the old theatre long before the end of it.",
]

# A peer's stand-in: what peers.py asks its process, without the peers.
WORKER = """
import json, sys
print(json.dumps({"works": {w: {"someone": None, "other": "wants data"} for w in ("swap", "Chinese swap")},
                  "versions": {"someone": "1.0"}}), flush=True)
sys.stdin.readline()
for request in sys.stdin:
    print(json.dumps({"texts": 2, "bytes": 200, "seconds": 0.001, "changed": 2}), flush=True)
"""


@pytest.fixture
def reviews(tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text("text,label\n" + "".join(f'"{text}",1\n' for text in TEXTS), encoding="utf-8")
    return path


def tables(script, tmp_path, *arguments):
    """Run a script; return the tables that it wrote, after comparing their titles with what it printed."""
    path = tmp_path / "tables.json"
    command = [sys.executable, str(BENCHMARKS / script), "--json", str(path), "--rounds", "1", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["about"]["kernels"]
    assert all(table["title"] in done.stdout for table in found["tables"])
    return [table["rows"] for table in found["tables"]]


def test_transforms_beside_the_split(tmp_path, reviews):
    (rows,) = tables("transforms.py", tmp_path, "--input", str(reviews), "-t", "CharSwap(rate=0.5)", "-t", "eda")
    assert [row["transform"] for row in rows] == ["CharSwap(rate=0.5)", "eda"]
    assert all(row["× split"] > 0 and row["units changed"] > 0 for row in rows)


def test_transforms_on_lines_of_chinese(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text("这部电影很好看，我想再看一遍。\n演员的表演很自然。\n", encoding="utf-8")
    (rows,) = tables("transforms.py", tmp_path, "--language", "zh", "--input", str(path), "-t", "CharNoise(cer=0.3)")
    assert rows[0]["units changed"] > 0 < rows[0]["× segmenter"]


def inside(code):
    """Return what some code that imports the benchmarks' modules prints, as JSON."""
    command = [sys.executable, "-c", f"import json\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=BENCHMARKS, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_transform_is_measured_in_a_language_that_it_knows():
    measured = inside(
        "import textaug, transforms\n"
        "kinds = {one: [type(leaf).__name__ for line in transforms.works(one) for leaf in textaug.load(line).leaves()]"
        " for one in ('en', 'zh')}\n"
        "print(json.dumps(kinds))"
    )
    compositions = {name for name, kind in ta.registry().items() if issubclass(kind, Composition)}
    own = {name for name, kind in ta.registry().items() if kind.__module__.startswith("textaug.")}
    own -= {name for name, kind in ta.registry().items() if kind.about.level == "model"}  # those are measured by model
    assert own - compositions <= set(measured["en"]) | set(measured["zh"])
    assert "Homophone" not in measured["en"] and "Inflect" not in measured["zh"]


def test_every_work_is_given_to_some_peer():
    ours, theirs, tokens = inside(
        "import peers, peer_worker\n"
        "tokens = [name for name, work in peers.OURS.items() if work.tokenizer]\n"
        "print(json.dumps([list(peers.OURS), list(peer_worker.WORKS), tokens]))"
    )
    assert ours == theirs
    assert tokens == ["BPE-dropout, byte level", "BPE-dropout, SentencePiece", "unigram sampling"]


def test_of_the_ways_to_call_a_peer_the_quickest_that_does_the_work_is_taken():
    taken = inside(
        "from peer_calls import Quickest, each\n"
        "idle, slow = list, each(lambda text: ''.join(reversed(list(reversed(text.upper())))))\n"
        "print(json.dumps(Quickest(idle, slow)(['one', 'two'] * 100)[:2]))"
    )
    assert taken == ["ONE", "TWO"]


def test_lexicon_says_where_the_time_goes(tmp_path, reviews):
    lookups, parts = tables("lexicon.py", tmp_path, "--input", str(reviews), "-t", "SynonymReplace(rate=0.5)")
    assert {"units.words", "lexical.lookup", "the rest"} <= {row["kernel"] for row in parts}
    assert sum(row["% of the time"] for row in parts) == pytest.approx(100)
    assert all(row["ns"] > 0 for row in lookups)


def test_startup(tmp_path):
    commands, steps = tables("startup.py", tmp_path)
    assert commands[0]["CPU ms more"] == 0 < commands[0]["CPU ms"]
    assert all(row["ms"] > 0 for row in steps)


def test_pipeline_beside_a_copy(tmp_path, reviews):
    inside, whole = tables("pipeline.py", tmp_path, "--input", str(reviews), "-t", "CharDelete(rate=0.5)")
    assert inside[0]["% copy output"] > 0 < whole[0]["% copy output"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from Linux's /proc")
def test_memory_at_one_and_four_times(tmp_path, reviews):
    (rows,) = tables("memory.py", tmp_path, "--input", str(reviews), "--format", "jsonl")
    assert rows[0]["text MB, 4×"] == 4 * rows[0]["text MB, 1×"]
    assert rows[0]["peak MB, 4×"] > 0


def test_peers_in_an_environment_of_their_own(tmp_path, reviews):
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    (home / "worker.py").write_text(WORKER)
    (home / "bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{home}/worker.py"\n')
    (home / "bin/python").chmod(0o755)
    chinese = tmp_path / "lines.txt"
    chinese.write_text("这部电影很好看，我想和我的朋友们再看一遍。\n", encoding="utf-8")
    given = ("--input", str(reviews), "--chinese", str(chinese), "--home", str(home))
    rows, fastest, skipped, versions = tables("peers.py", tmp_path, *given, "--work", "swap", "--work", "Chinese swap")
    assert [(row["work"], row["peer"]) for row in rows] == [("swap", "someone"), ("Chinese swap", "someone")]
    assert [row["textaug"] for row in fastest] == ["CharSwap(rate=0.1)", "CharSwap(rate=0.1)"]
    assert {row["why"] for row in skipped} == {"wants data"}
    assert versions == [{"peer": "someone", "version": "1.0"}]


def test_peers_that_are_not_there(tmp_path, reviews):
    command = [sys.executable, str(BENCHMARKS / "peers.py"), "--input", str(reviews), "--home", str(tmp_path / "no")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1 and "--setup" in done.stderr and "Traceback" not in done.stderr


def test_text_that_is_not_installed_is_named():
    code = "import measure; measure.SOURCES['en'] = ('no_such_package', 'x', 'this==1'); measure.column()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=BENCHMARKS)
    assert done.returncode == 1 and "pip install this==1" in done.stderr


def test_tables_go_between_the_marks_of_the_document(tmp_path):
    about = {"date": "2025-01-31", "python": "3.11", "pyarrow": "20"}
    table = {"title": "Both", "rows": [{"work": "swap", "MB/s": 123.4}, {"work": "none", "MB/s": None}]}
    (tmp_path / "one.json").write_text(json.dumps({"about": about, "tables": [table]}), encoding="utf-8")
    document = tmp_path / "document.md"
    document.write_text("Before\n<!-- one.json 0 -->\nold\n<!-- end -->\n<!-- two.json 0 -->\nkept\n<!-- end -->\n")
    command = [sys.executable, str(BENCHMARKS / "document.py"), str(tmp_path), "--document", str(document)]
    subprocess.run(command, check=True, timeout=300)
    subprocess.run(command, check=True, timeout=300)
    assert document.read_text(encoding="utf-8") == (
        "Before\n<!-- one.json 0 -->\n| work | MB/s |\n| --- | ---: |\n| swap | 123 |\n| none |  |\n\n"
        "Both. 2025-01-31, Python 3.11, pyarrow 20.\n<!-- end -->\n<!-- two.json 0 -->\nkept\n<!-- end -->\n"
    )


def test_segmentation_beside_jieba(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text("这部电影很好看，我想再看一遍。\n演员的表演很自然。\n", encoding="utf-8")
    compared, timed = tables("segmentation.py", tmp_path, str(path))
    assert [(row["lines"], row["unlike"]) for row in compared] == [(2, 0), (2, 0)]
    assert {row["peer"] for row in timed} >= {"jieba"} and all(row["× peer"] > 0 for row in timed)


def test_contextual_replacement_beside_the_forward_pass(tmp_path, reviews):
    (rows,) = tables("contextual.py", tmp_path, "--input", str(reviews))
    assert {"textaug", "the forward pass alone, NumPy"} <= {row["what"] for row in rows}
    assert all(row["texts a second"] > 0 < row["× textaug"] for row in rows if row["what"] != "nlpaug")


def test_masking_beside_two_copies_and_transformers(tmp_path, reviews):
    pytest.importorskip("transformers")
    masked, collated, peers, others = tables("masking.py", tmp_path, "--input", str(reviews))
    assert {row["strategy"] for row in masked} >= {"tokens, Bernoulli", "words, exact", "spans of words, exact"}
    assert all(row["× two copies"] > 0 for row in [*masked, *peers, *others])
    assert {row["features"] for row in collated} >= {"lists of ids", "Arrow"} and all(
        row["× faster"] > 0 for row in collated
    )
