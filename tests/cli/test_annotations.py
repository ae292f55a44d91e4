"""Annotations from the command line: NER in span and in BIO columns, answers, gazetteers, labels that hold."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

NAMES = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
WORDS = [["Alice", "Smith", "flew", "to", "New", "York", "."], ["The", "good", "film", "was", "long"]]
TAGS = [[1, 2, 0, 0, 3, 4, 0], [0] * 5]
CONTEXT = "Ada Lovelace wrote the first good program in London, long before computers existed."


@pytest.fixture
def data(tmp_path):
    """Write the same sentences as spans, as tags and as a question with its answers."""
    spans = [[{"start": 0, "end": 11, "label": "PER"}, {"start": 20, "end": 28, "label": "LOC"}], []]
    texts = [" ".join(words) for words in WORDS]
    pq.write_table(pa.table({"text": texts, "entities": spans}), tmp_path / "spans.parquet")
    pq.write_table(pa.table({"tokens": WORDS, "ner_tags": TAGS, "pos": TAGS}), tmp_path / "bio.parquet")
    answers = {"text": ["London"], "answer_start": [45]}
    row = {"question": "Where?", "context": CONTEXT, "answers": answers}
    (tmp_path / "qa.jsonl").write_text(json.dumps(row))
    return tmp_path


NER = ["--tokens", "tokens", "--tags", "ner_tags", "--tag-names", ", ".join(NAMES)]


def rows(path):
    return pq.read_table(path).to_pylist()


def test_span_columns_through_a_composition(textaug, data):
    out = data / "out.parquet"
    recipe = ["-t", "WordDelete(rate=0.3)", "-t", "CharNoise(cer=0.2)", "-t", "EntitySwap(rate=1.0)"]
    assert textaug("augment", data / "spans.parquet", "-o", out, "--spans", "entities", *recipe, "-n", 9).code == 0
    surfaces = [[row["text"][one["start"] : one["end"]] for one in row["entities"]] for row in rows(out)]
    assert all(len(held) == 2 and held[0] != "Alice Smith" and held[1] != "New York" for held in surfaces[:9])
    assert len({tuple(held) for held in surfaces[:9]}) > 5


def test_tokens_and_tags(textaug, data):
    out = data / "out.parquet"
    options = [*NER, "--token-column", "pos", "-t", "EntitySwap(rate=1.0)", "-t", "WordDelete(rate=0.3)", "-n", 5]
    ran = textaug("augment", data / "bio.parquet", "-o", out, *options)
    assert ran.code == 0, ran.err
    for row in rows(out):
        assert len(row["tokens"]) == len(row["ner_tags"]) == len(row["pos"])
        assert (1 in row["ner_tags"] and 3 in row["ner_tags"]) == (row["aug_id"] == 0)
    shown = textaug("preview", data / "bio.parquet", *NER, "-t", "WordDelete(rate=0.5)", "--no-colour").out
    assert "[-" in shown and "Alice Smith" in shown and "New York" in shown
    assert textaug("preview", data / "bio.parquet", "--tokens", "tokens", "-t", "WordDelete").code == 2
    ran = textaug(
        "augment", data / "bio.parquet", "-o", data / "o.csv", "--tokens", "tokens", "--tags", "ner_tags", *options[-4:]
    )
    assert ran.code == 1 and "row 0, column 'ner_tags': the tag 1 has no name; give all the names" in ran.err


def test_answers(textaug, data):
    out = data / "out.jsonl"
    options = ["--column", "context", "--answers", "answers", "-t", "CharNoise(cer=0.1)", "-t", "WordDelete(rate=0.2)"]
    assert textaug("augment", data / "qa.jsonl", "-o", out, *options, "-n", 9, "--keep-original").code == 0
    made = [json.loads(line) for line in out.read_text().splitlines()]
    assert {row["answers"]["text"][0] for row in made} == {"London"} and len({row["context"] for row in made}) == 10
    for row in made:
        start = row["answers"]["answer_start"][0]
        assert row["context"][start : start + 6] == "London" and row["question"] == "Where?"
    drop = ["--column", "context", "--answers", "answers", "-t", "CharNoise(cer=0.3, on_span='drop')", "-n", 9]
    ran = textaug("augment", data / "qa.jsonl", "-o", data / "dropped.jsonl", *drop)
    assert ran.code == 0 and "dropped: no answer is left" in ran.err


def test_a_gazetteer_of_a_data_set_s_own_spans(textaug, data):
    wanted = {"LOC": ["New York"], "PER": ["Alice Smith"]}
    for source, options in (("spans.parquet", ["--spans", "entities"]), ("bio.parquet", NER)):
        ran = textaug("gazetteer", data / source, *options, "-o", data / "names.json", "--force")
        assert (ran.code, ran.out) == (0, "") and "1 LOC, 1 PER" in ran.err
        assert json.loads((data / "names.json").read_text()) == wanted
    first = (data / "names.json").read_bytes()
    assert textaug("gazetteer", data / "spans.parquet", "--spans", "entities", "-o", data / "names.json").code == 2
    assert (data / "names.json").read_bytes() == first
    for options, message in (([], "nothing is annotated"), (["--spans", "entites"], "did you mean 'entities'")):
        ran = textaug("gazetteer", data / "spans.parquet", *options, "-o", data / "x.json")
        assert ran.code == 2 and message in ran.err and not (data / "x.json").exists()


def test_a_gazetteer_is_the_same_however_the_files_are_cut(textaug, data):
    table = pq.read_table(data / "spans.parquet")
    pq.write_table(pa.concat_tables([table] * 50), data / "many.parquet", row_group_size=3)
    made = []
    for source in ("spans.parquet", "many.parquet"):
        textaug("gazetteer", data / source, "--spans", "entities", "-o", data / f"{source}.json")
        made.append((data / f"{source}.json").read_bytes())
    assert made[0] == made[1]
    (data / "bad.jsonl").write_text('{"text": "a b", "e": [[0, 1, "X"]]}\n{"text": "a", "e": [[0, 9, "X"]]}\n')
    assert textaug("gazetteer", data / "bad.jsonl", "--spans", "e", "-o", data / "b.json").code == 1
    ran = textaug("gazetteer", data / "bad.jsonl", "--spans", "e", "-o", data / "b.json", "--on-invalid", "skip")
    assert (
        ran.code == 0
        and "1 rows were passed over" in ran.err
        and json.loads((data / "b.json").read_text()) == {"X": ["a"]}
    )


def test_only_rows_whose_label_holds(textaug, data):
    out = data / "out.parquet"
    options = [
        "--spans",
        "entities",
        "-t",
        "AntonymReplace(rate=1.0)",
        "-t",
        "CharSwap(rate=0.1)",
        "--only-label-preserving",
    ]
    ran = textaug("augment", data / "spans.parquet", "-o", out, *options)
    assert ran.code == 0 and "2 rows → 1" in ran.err and "1 dropped: label may change" in ran.err
    assert {row["aug_label_effect"] for row in rows(out)} == {"preserves"}
    done = json.loads(textaug("augment", data / "spans.parquet", "-o", out, *options, "--force", "--json").out)
    assert done["rows_dropped"] == {"label may change": 1} and (done["rows_in"], done["rows_out"]) == (2, 1)
    ran = textaug("augment", data / "spans.parquet", "-o", out, *options, "--dry-run", "--force", "--json")
    assert json.loads(ran.out)["rows_out"] == 1


REASONS = '''
import numpy as np
from textaug import register
from textaug.edits import Edits
from textaug.transform import Proposal, Transform


@register
class Shy(Transform):
    """Leaves all as it is."""

    def propose(self, batch, draws):
        return Proposal(Edits.none(len(batch)), 0, 0, skipped={"no safe place: fragment": len(batch)})
'''


def test_the_summary_says_why_units_were_left(process, data):
    (data / "shy_plugin.py").write_text(REASONS)
    command = ["augment", data / "spans.parquet", "--load", "shy_plugin", "-t", "Shy", "-o"]
    ran = process(*command, data / "a.parquet", PYTHONPATH=str(data))
    assert ran.returncode == 0 and "Shy left 2: no safe place: fragment" in ran.stderr.decode()
    ran = process(*command, data / "b.parquet", "--json", PYTHONPATH=str(data))
    (shy,) = json.loads(ran.stdout)["transforms"]
    assert shy["skipped"] == {"no safe place: fragment": 2}
    ran = process("validate", "--load", "shy_plugin", "Shy", PYTHONPATH=str(data))
    assert ran.returncode == 0 and "Shy()" in ran.stdout.decode()
