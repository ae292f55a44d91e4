"""Bad input is refused with its place, mended or set aside: by the chosen policy, never in silence."""

import json

import numpy as np
import pyarrow as pa
import pytest

from textaug.errors import DataError, UsageError

BAD = b"caf\xe9 cr\xe8me"


def binary(values, kind=None):
    kind = kind or pa.string()
    wide = pa.types.is_large_string(kind)
    return pa.array(values, pa.large_binary() if wide else pa.binary()).view(kind)


def invalid(tools, path, kind=None):
    values = [b"fine one", None, BAD, b"fine two", b"\xed\xa0\x80 surrogate"] * 20
    return tools.write(pa.table({"text": binary(values, kind), "n": [str(at) for at in range(100)]}), path)


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows"])
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_invalid_utf8_by_each_policy(tools, tmp_path, ending, kind):
    given = invalid(tools, tmp_path / f"in{ending}", kind)
    with pytest.raises(DataError, match=r"in.*, row 2, column 'text': invalid UTF-8; go on with --on-invalid=replace"):
        tools.go(given, tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == [given.name]
    tools.go(given, tmp_path / "replaced.parquet", "CharSwap(rate=0.0)", on_invalid="replace")
    out = tools.read(tmp_path / "replaced.parquet")["text"].to_pylist()
    assert out[:5] == ["fine one", None, BAD.decode("utf-8", "replace"), "fine two", "��� surrogate"]
    done = tools.go(given, tmp_path / "kept.parquet", on_invalid="skip")
    assert (done.counts.rows_in, done.counts.rows_out, done.counts.rows_rejected) == (100, 60, 40)
    aside = [json.loads(line) for line in (tmp_path / "kept.parquet_rejected.jsonl").read_text().splitlines()]
    assert [one["row"] for one in aside] == [at for at in range(100) if at % 5 in (2, 4)]
    assert aside[0] == {
        "file": str(given),
        "row": 2,
        "column": "text",
        "reason": "invalid UTF-8",
        "value": "caf� cr�me",
    }


def test_rows_that_were_set_aside_leave_the_draws_of_the_others_alone(tools, tmp_path):
    given = invalid(tools, tmp_path / "in.parquet")
    for policy in ("replace", "skip"):
        tools.go(given, tmp_path / f"{policy}.parquet", on_invalid=policy)
    replaced, kept = (tools.read(tmp_path / f"{policy}.parquet") for policy in ("replace", "skip"))
    texts = dict(zip(replaced["aug_id"].to_pylist(), replaced["text"].to_pylist(), strict=True))
    assert all(texts[at] == text for at, text in zip(kept["aug_id"].to_pylist(), kept["text"].to_pylist(), strict=True))


def test_invalid_utf8_in_dictionaries_and_views(tools, tmp_path):
    words = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 1], pa.int8()), binary([b"ok", BAD]))
    view = pa.array([b"ok", BAD, None, BAD * 5], pa.binary_view()).view(pa.string_view())
    for name, column in {"coded": words, "view": view}.items():
        given = tools.write(pa.table({"text": ["a b"] * 4, name: column}), tmp_path / f"{name}.arrows")
        done = tools.go(given, tmp_path / f"{name}.jsonl", on_invalid="replace")
        assert done.counts.rows_rejected == 0
        done = tools.go(given, tmp_path / f"{name}.skip.parquet", on_invalid="skip")
        assert done.counts.rows_rejected == 2


def test_csv_rows_with_a_wrong_number_of_cells(tools, tmp_path):
    (tmp_path / "in.csv").write_bytes(b"text,n\na b,1\nbroken\nc d,2\n" + BAD + b",3\ntoo,many,cells\n")
    with pytest.raises(DataError, match=r"row 1: it has 1 cells, the header has 2; .*--on-invalid=skip"):
        tools.go(tmp_path / "in.csv", tmp_path / "out.csv", on_invalid="replace")
    done = tools.go(tmp_path / "in.csv", tmp_path / "out.jsonl", on_invalid="skip")
    assert (done.counts.rows_in, done.counts.rows_rejected) == (5, 3)
    assert [json.loads(line)["aug_id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == [
        0,
        2,
    ]
    aside = [json.loads(line) for line in (tmp_path / "out.jsonl_rejected.jsonl").read_text().splitlines()]
    assert sorted(one["row"] for one in aside) == [1, 3, 4]


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_json_that_is_no_text(tools, tmp_path, ending):
    lines = [
        b'{"text": "fine"}',
        b'{"text": "lone \\ud800 one", "n": 1.10}',
        b'{"text": "' + BAD + b'"}',
        b"not json",
        b"[1]",
        b'{"text": "pair \\ud83d\\ude00"}',
    ]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    with pytest.raises(DataError, match=r"in.jsonl, row 1: a lone surrogate.*--on-invalid=replace"):
        tools.go(tmp_path / "in.jsonl", tmp_path / f"out.{ending}")
    done = tools.go(tmp_path / "in.jsonl", tmp_path / f"out.{ending}", on_invalid="skip")
    assert (done.counts.rows_in, done.counts.rows_out, done.counts.rows_rejected) == (6, 2, 4)
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines[:3] + lines[5:]))
    tools.go(tmp_path / "in.jsonl", tmp_path / f"replaced.{ending}", "CharSwap(rate=0.0)", on_invalid="replace")
    out = tools.read(tmp_path / f"replaced.{ending}")["text"].to_pylist()
    assert out == ["fine", "lone � one", BAD.decode("utf-8", "replace"), "pair 😀"]


def test_json_text_of_another_type(tools, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text": "a b"}\n{"text": 5}\n')
    with pytest.raises(DataError, match=r"row 1, column 'text': 5 is not text"):
        tools.go(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    (tmp_path / "in.jsonl").write_text('{"text": "a b", "id": 1}\n{"text": "c", "id": null}\n')
    with pytest.raises(DataError, match=r"row 1, column 'id': the id is null"):
        tools.go(tmp_path / "in.jsonl", tmp_path / "out.jsonl", id_column="id")


def test_arrow_offsets_out_of_bounds_are_found_before_a_kernel_looks(tools, tmp_path):
    given = tools.write(pa.table({"text": ["abc", "def"]}), tmp_path / "in.arrows")
    data = given.read_bytes()
    at = data.rindex(np.array([0, 3, 6], np.int32).tobytes())
    for wrong in ([0, 3, 1 << 30], [0, -5, 6], [0, 9, 6]):
        given.write_bytes(data[:at] + np.array(wrong, np.int32).tobytes() + data[at + 12 :])
        for policy in ("error", "replace", "skip"):
            with pytest.raises(DataError, match=r"in.arrows: cannot be read after row 0"):
                tools.go(given, tmp_path / "out.arrows", on_invalid=policy)


def test_a_stream_that_was_cut_is_caught_by_the_count(tools, tmp_path):
    whole = tools.write(tools.table(4000), tmp_path / "in.arrows", row_group_size=1000).read_bytes()
    assert (
        tools.go(tmp_path / "in.arrows", tmp_path / "ok.arrows", options={"expect_rows": 4000}).counts.rows_in == 4000
    )
    with pa.ipc.open_stream(tmp_path / "in.arrows") as reader:
        first = reader.read_next_batch()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, first.schema) as writer:
        writer.write_batch(first)
    edge = len(sink.getvalue()) - 8  # at a message's end, before the end-of-stream mark
    (tmp_path / "cut.arrows").write_bytes(whole[:edge])
    with pytest.raises(DataError, match="1000 rows were read where --expect-rows says 4000"):
        tools.go(tmp_path / "cut.arrows", tmp_path / "out.arrows", options={"expect_rows": 4000})
    assert not (tmp_path / "out.arrows").exists()
    (tmp_path / "torn.arrows").write_bytes(whole[: edge + 500])
    with pytest.raises(DataError, match=r"torn\.arrows: cannot be read after row 1000"):
        tools.go(tmp_path / "torn.arrows", tmp_path / "out2.arrows")


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows"])
def test_files_that_are_not_what_they_are_called(tools, tmp_path, ending):
    (tmp_path / f"in{ending}").write_bytes(b"this is no such file, it is a letter to my mother")
    with pytest.raises(DataError, match=f"in{ending}: not a readable"):
        tools.go(tmp_path / f"in{ending}", tmp_path / "out.csv")


def test_wrong_columns_are_refused_with_the_nearest_name(tools, tmp_path):
    given = tools.write(pa.table({"text": ["a"], "label": [1]}), tmp_path / "in.parquet")
    for wrong, message in {
        "txt": "no column 'txt'; did you mean 'text'",
        "label": "holds int64, not text; columns of text are: text",
    }.items():
        with pytest.raises(UsageError, match=message):
            tools.go(given, tmp_path / "out.parquet", column=wrong)
    for option in ("id_column", "spans"):
        with pytest.raises(UsageError, match="no column 'lable'; did you mean 'label'"):
            tools.go(given, tmp_path / "out.parquet", **{option: "lable"})
    with pytest.raises(UsageError, match="spans are list<struct<start, end, label>>"):
        tools.go(given, tmp_path / "out.parquet", spans="label")
    with pytest.raises(UsageError, match="cannot be both"):
        tools.go(given, tmp_path / "out.parquet", id_column="text")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.parametrize("ending", [".parquet", ".jsonl"])
def test_columns_that_textaug_writes_may_not_be_there(tools, tmp_path, ending):
    tools.go(tools.write(tools.table(5), tmp_path / "in.parquet"), tmp_path / f"once{ending}")
    with pytest.raises(UsageError, match="column 'aug_id' already"):
        tools.go(tmp_path / f"once{ending}", tmp_path / f"twice{ending}")


def test_columns_that_the_format_cannot_hold(tools, tmp_path):
    given = tools.write(pa.table({"text": ["a"], "blob": [b"x"]}), tmp_path / "in.parquet")
    with pytest.raises(UsageError, match="column 'blob' holds bytes"):
        tools.go(given, tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_files_with_different_columns_become_no_single_file(tools, tmp_path):
    tools.write(pa.table({"text": ["a"], "n": [1]}), tmp_path / "in/a.parquet")
    tools.write(pa.table({"text": ["a"], "n": ["1"]}), tmp_path / "in/b.parquet")
    with pytest.raises(UsageError, match=r"n: int64.*n: string.*give a folder"):
        tools.go(tmp_path / "in", tmp_path / "out.parquet")
    assert tools.go(tmp_path / "in", tmp_path / "out/").parts == 2


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_a_text_that_is_none_is_never_made_one(tools, tmp_path, ending):
    """For every output: a number among the texts is refused, or set aside, and the others stay as they are."""
    (tmp_path / "in.jsonl").write_bytes(b'\xef\xbb\xbf{"text":"a film"}\n{"text":5}\n{"text":null}\n{"text":""}\n')
    with pytest.raises(DataError, match=r"in.jsonl, row 1, column 'text': 5 is not text; .*--on-invalid=skip"):
        tools.go(tmp_path / "in.jsonl", tmp_path / f"out.{ending}")
    out = tmp_path / f"out.{ending}"
    done = tools.go(tmp_path / "in.jsonl", out, "CharSwap(rate=0.0)", on_invalid="skip")
    assert (done.counts.rows_in, done.counts.rows_rejected) == (4, 1)
    assert tools.read(out)["text"].to_pylist() == ["a film", None, ""]
