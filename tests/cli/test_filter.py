"""A filter on the command line: a line of a recipe, what is told of it, a classifier by its name."""

import json

import pyarrow.parquet as pq
import pytest

FILTER = "Filter([SynonymReplace(rate=0.5)], checks=[Unchanged, LengthRatio(0.5, 2.0), EditDistance(0.1)], retries=1)"


def test_what_was_rejected_is_told(textaug, reviews, tmp_path):
    ran = textaug("augment", reviews, "-o", tmp_path / "o.parquet", "-t", FILTER, "--copies", 2)
    assert ran.code == 0
    for told in ("dropped: rejected by a filter", "Filter left ", "edit distance not from 0 to 0.1, tried again"):
        assert told in ran.err


def test_workers_and_json(textaug, reviews, tmp_path):
    told = []
    for workers in (1, 2):
        path = tmp_path / f"{workers}.parquet"
        ran = textaug("augment", reviews, "-o", path, "-t", FILTER, "--workers", workers, "--json")
        told.append(json.loads(ran.out))
        assert ran.code == 0 and pq.read_table(path).num_rows == told[-1]["rows_out"]
    assert told[0]["transforms"] == told[1]["transforms"] and told[0]["rows_dropped"] == told[1]["rows_dropped"]
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()
    assert told[0]["rows_out"] + told[0]["rows_dropped"]["rejected by a filter"] == 100


def test_a_classifier_is_named(process, reviews, tmp_path):
    """In workers too, which import it again."""
    (tmp_path / "my_labels.py").write_text("def classify(texts):\n    return ['good' in text for text in texts]\n")
    line = "Filter([WordDelete(rate=0.2)], checks=[LabelAgreement('my_labels:classify')])"
    command = ("augment", reviews, "-o", tmp_path / "o.parquet", "-t", line, "--workers", 2, "--json")
    ran = process(*command, PYTHONPATH=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["transforms"][-1]["skipped"]["another label"] > 5
    assert all("good" in text for text in pq.read_table(tmp_path / "o.parquet")["text"].to_pylist())
    ran = process(*command, "--force")
    assert ran.returncode == 2 and b"is its folder named in PYTHONPATH?" in ran.stderr


@pytest.mark.parametrize("command", ["validate", "explain", "list"])
def test_it_is_listed_explained_and_checked(textaug, command):
    ran = textaug(command, *{"validate": [FILTER], "explain": ["Filter"], "list": []}[command])
    assert ran.code == 0 and "Filter" in ran.out
