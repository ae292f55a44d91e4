"""The columns that are added: whose row, which copy, what changed it, what that does to its label."""

import numpy as np
import pyarrow as pa

from textaug.applied import Applied
from textaug.pipeline import columns


def node(name: str, effect: str, rows: list[bool]) -> Applied:
    return Applied(name, effect, 0.1, 3, 1, np.array(rows, bool))


def test_label_effects_add_up():
    applied = [
        node("A", "flips", [1, 1, 0, 0]),
        node("B", "flips", [0, 1, 0, 0]),
        node("C", "may change", [0, 0, 1, 0]),
    ]
    assert columns.effects(applied, 4).to_pylist() == ["flips", "may change", "may change", "preserves"]
    assert columns.applied_names(applied, 4).to_pylist() == [["A"], ["A", "B"], ["C"], []]
    assert columns.effects([], 2).to_pylist() == ["preserves"] * 2 and columns.applied_names([], 2).to_pylist() == [
        [],
        [],
    ]


def test_edits_lead_from_the_original_to_the_copy(tools, tmp_path):
    given = tools.write(tools.table(500), tmp_path / "in.parquet")
    recipe = [{"transform": "CharSwap", "rate": 0.3}, {"transform": "WordDelete", "rate": 0.2}]
    tools.go(given, tmp_path / "out.parquet", recipe, keep_original=True, edits=True, copies=2)
    out = tools.read(tmp_path / "out.parquet").to_pylist()
    seen = set()
    for original, *copies in zip(out[::3], out[1::3], out[2::3], strict=True):
        assert original["aug_applied"] == original["aug_edits"] == []
        for copy in copies:
            text, at = [], 0
            for edit in copy["aug_edits"]:
                text += [original["text"][at : edit["start"]], edit["text"]]
                at = edit["end"]
                assert edit["by"] in copy["aug_applied"]
            assert ("".join(text) + original["text"][at:] if original["text"] else original["text"]) == copy["text"]
            seen |= set(copy["aug_applied"])
            assert bool(copy["aug_applied"]) or copy["text"] == original["text"]
    assert seen == {"CharSwap", "WordDelete"}


def test_ids_are_those_of_the_id_column(tools, tmp_path):
    data = tools.table(10).append_column("key", pa.array([f"k{at}" for at in range(10)]).dictionary_encode())
    tools.go(tools.write(data, tmp_path / "in.parquet"), tmp_path / "out.parquet", id_column="key")
    out = tools.read(tmp_path / "out.parquet")
    assert out["aug_id"].to_pylist() == out["key"].to_pylist()
    numbers = tools.table(3).append_column("key", pa.array([-1, 2**63 - 1, 5]))
    tools.go(tools.write(numbers, tmp_path / "n.parquet"), tmp_path / "n.out.parquet", id_column="key")
    assert tools.read(tmp_path / "n.out.parquet")["aug_id"].to_pylist() == [-1, 2**63 - 1, 5]


def test_spans_are_kept_in_step(tools, tmp_path):
    kind = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("label", pa.string())]))
    texts = ["The film by Ingmar Bergman was really very good", None, "Bergman"]
    spans = [[{"start": 12, "end": 26, "label": "PER"}], None, []]
    data = pa.table({"text": texts, "entities": pa.array(spans, kind)})
    tools.go(
        tools.write(data, tmp_path / "in.parquet"), tmp_path / "out.parquet", "WordDelete(rate=0.5)",
        spans="entities", copies=20, keep_original=True,
    )  # fmt: skip
    out = tools.read(tmp_path / "out.parquet")
    assert out.schema.field("entities").type == kind
    rows = out.to_pylist()[:21]
    surfaces = {row["text"][span["start"] : span["end"]] for row in rows for span in row["entities"]}
    assert surfaces == {"Ingmar Bergman"} and len({row["text"] for row in rows}) > 10
