"""A filter on files: the same bytes for any workers, resumed or not; rejected copies are left out, and counted."""

import pyarrow.parquet as pq
import pytest

import textaug as ta
from textaug.pipeline import executors
from textaug.pipeline.augmenting import work
from textaug.pipeline.job import Job
from textaug.pipeline.sources import parquet as parquet_source

RECIPE = (
    "Compose([CharSwap(rate=0.05), Filter([OneOf([WordDelete(rate=0.5), CharSubstitute(rate=0.3)])], "
    "checks=[Unchanged(), LengthRatio(0.8, 1.2), EditDistance(0.4)], retries=1)])"
)
ALONE = "Filter([WordDelete(rate=0.5)], checks=[Unchanged(), LengthRatio(0.6, 2.0)], retries=1)"
ROWS = 800


@pytest.fixture
def given(tools, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_source, "PART_BYTES", 1)
    return tools.write(tools.table(ROWS), tmp_path / "in.parquet", row_group_size=200)


def reasons(told):
    (node,) = [one for one in told["transforms"] if one["name"] == "Filter"]
    return node["skipped"]


def test_two_workers_and_a_resumed_run_give_the_bytes_and_the_counts_of_one(tools, given, tmp_path, monkeypatch):
    one = tools.go(given, tmp_path / "one.parquet", RECIPE, copies=2)
    two = tools.go(given, tmp_path / "two.parquet", RECIPE, {"workers": 2}, copies=2)
    written, done = executors.run_part, []

    def fails(part, *rest, **named):
        if len(done) == 2:
            raise ta.DataError("the power is gone")
        done.append(part)
        return written(part, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(executors, "run_part", fails)
        with pytest.raises(ta.DataError, match="power"):
            tools.go(given, tmp_path / "three.parquet", RECIPE, copies=2)
    three = tools.go(given, tmp_path / "three.parquet", RECIPE, {"resume": True}, copies=2)
    texts = [(tmp_path / f"{name}.parquet").read_bytes() for name in ("one", "two", "three")]
    assert texts[0] == texts[1] == texts[2] and three.parts_resumed == 2
    told = [made.to_dict() for made in (one, two, three)]
    assert told[0]["transforms"] == told[1]["transforms"] == told[2]["transforms"] and len(reasons(told[0])) == 6


def test_rejected_copies_are_left_out_and_counted(tools, given, tmp_path):
    told = tools.go(given, tmp_path / "out.parquet", ALONE, copies=2, keep_original=True).to_dict()
    table = pq.read_table(tmp_path / "out.parquet")
    last = sum(count for why, count in reasons(told).items() if not why.endswith("tried again"))
    assert told["rows_dropped"] == {"rejected by a filter": last} and last > 100
    assert told["rows_out"] == len(table) == 3 * ROWS - last
    copies = [row for row in table.to_pylist() if row["aug_copy"] > 0]
    texts = tools.table(ROWS)["text"].to_pylist()
    nulls = [row for row in copies if row["text"] is None]
    assert all(row["text"] != texts[row["aug_id"]] and row["aug_applied"] for row in copies if row not in nulls)
    assert len(nulls) == 2 * texts.count(None)  # which no check has seen


def test_what_other_steps_changed_stays(tools, given, tmp_path):
    recipe = "Compose([CharInsert(rate=1.0), Filter([WordSwap(rate=0.0)])])"
    told = tools.go(given, tmp_path / "out.parquet", recipe).to_dict()
    assert set(reasons(told)) == {"unchanged"}
    empty = sum(not text for text in tools.table(ROWS)["text"].to_pylist() if text is not None)
    assert told["rows_dropped"] == ({"rejected by a filter": empty} if empty else {})


def test_the_plan_holds_the_checks_and_what_they_read(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    made = ta.Filter([ta.CharSwap(rate=0.5)], checks=[ta.Similarity(0.5, str(tmp_path))])
    told = work(Job(transform=made, column="text", output="parquet")).settings()
    assert told["recipe"]["checks"] == [{"check": "Similarity", "least": 0.5, "model": str(tmp_path)}]
    assert f"similarity model {tmp_path}" in told["lexicons"] and told["versions"]["Filter"] == 1


def test_a_function_cannot_be_written_into_a_plan(tools, given, tmp_path):
    made = ta.Filter([ta.CharSwap(rate=0.5)], checks=[ta.LabelAgreement(lambda texts: texts)])
    with pytest.raises(ta.UsageError, match=r"a function is no data; give its name as \"module:function\""):
        tools.go(given, tmp_path / "out.parquet", made)
