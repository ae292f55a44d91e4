"""Every format comes in and goes out: text is text, types come back as they came, the rest is untouched."""

import gzip
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from textaug.errors import DataError, UsageError
from textaug.pipeline import formats

ENDINGS = (".parquet", ".arrow", ".arrows", ".csv", ".tsv", ".jsonl")
NOTHING = "CharSwap(rate=0.0)"


@pytest.mark.parametrize("given", ENDINGS)
@pytest.mark.parametrize("made", ENDINGS)
def test_rows_survive_from_every_format_to_every_format(tools, tmp_path, given, made):
    data = tools.table(50)
    source = tools.write(data, tmp_path / f"in{given}")
    done = tools.go(source, tmp_path / f"out{made}", NOTHING)
    out = tools.read(tmp_path / f"out{made}")
    assert out["text"].to_pylist() == data["text"].to_pylist()
    assert out["n"].to_pylist() == data["n"].to_pylist()
    assert out["aug_id"].to_pylist() == list(range(50))
    assert (done.counts.rows_in, done.counts.rows_out, done.counts.rows_changed) == (50, 50, 0)


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string()), pa.null(),
     pa.dictionary(pa.int32(), pa.large_string())],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows"])
def test_text_comes_back_in_the_type_in_which_it_came(tools, tmp_path, kind, ending):
    texts = [None] * 4 if pa.types.is_null(kind) else ["one two", "one two", None, "drei"]
    data = pa.table(
        {
            "text": pa.array(texts, kind)
            if not pa.types.is_dictionary(kind)
            else pa.array(texts, kind.value_type).dictionary_encode().cast(kind)
        }
    )
    source = tools.write(data, tmp_path / f"in{ending}")
    tools.go(source, tmp_path / f"out{ending}", NOTHING, keep_original=True)
    out = tools.read(tmp_path / f"out{ending}")
    assert out.schema.field("text").type == tools.read(source).schema.field("text").type  # Arrow narrows some itself
    assert out["text"].to_pylist() == [text for text in texts for _ in range(2)]


@pytest.mark.parametrize("ending", [".parquet", ".arrow"])
def test_other_columns_keep_their_types_values_and_metadata(tools, tmp_path, ending):
    schema = pa.schema(
        [
            pa.field("text", pa.string(), nullable=False, metadata={"lang": "en"}),
            pa.field("ids", pa.list_(pa.int32())),
            pa.field("deep", pa.struct([("a", pa.list_(pa.string())), ("b", pa.timestamp("ns"))])),
            pa.field("when", pa.timestamp("us", "Europe/Berlin")),
            pa.field("kind", pa.dictionary(pa.int16(), pa.string())),
            pa.field("blob", pa.binary()),
            pa.field("cost", pa.decimal128(10, 2)),
            pa.field("half", pa.float16()),
            pa.field("view", pa.string_view()),
        ],
        metadata={"dataset": "test"},
    )
    row = {
        "text": "a b",
        "ids": [1, None],
        "deep": {"a": ["x"], "b": 1},
        "when": 5,
        "kind": "k",
        "blob": b"\xff",
        "cost": None,
        "half": np.float16(0.5),
        "view": "a view that is longer than twelve bytes",
    }
    data = pa.Table.from_pylist([row] * 10, schema=schema)
    tools.go(tools.write(data, tmp_path / f"in{ending}"), tmp_path / f"out{ending}", NOTHING, copies=2)
    out = tools.read(tmp_path / f"out{ending}")
    assert out.schema.metadata[b"dataset"] == b"test"
    for one in schema:
        assert out.schema.field(one.name).type == one.type
        if one.metadata:
            assert out.schema.field(one.name).metadata[b"lang"] == b"en"
    assert out.select(schema.names).to_pylist() == [r for r in data.to_pylist() for _ in range(2)]


def test_pandas_reads_its_own_index_back(tools, tmp_path):
    pd = pytest.importorskip("pandas")
    pd.DataFrame({"text": ["a b", "c d"]}, index=[5, 7]).to_parquet(tmp_path / "in.parquet")
    tools.go(tmp_path / "in.parquet", tmp_path / "out.parquet", keep_original=True)
    assert pd.read_parquet(tmp_path / "out.parquet").index.tolist() == [5, 5, 7, 7]
    pd.DataFrame({"text": ["a b", "c d"]}).to_parquet(tmp_path / "in.parquet")
    tools.go(tmp_path / "in.parquet", tmp_path / "out2.parquet", keep_original=True)
    assert len(pd.read_parquet(tmp_path / "out2.parquet")) == 4


def test_csv_cells_are_text_and_only_unquoted_empty_ones_are_null(tools, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text('id,text,n\r\n007,NA,1.50\r\n"","",\r\nx,"two\nlines ""and"" quotes",null\r\n1,,nan\r\n')
    tools.go(source, tmp_path / "out.csv", NOTHING)
    out = (tmp_path / "out.csv").read_text()
    rows = ['"007","NA","1.50"', '"","",', '"x","two\nlines ""and"" quotes","null"', '"1",,"nan"']
    assert out.startswith('"id","text","n","aug_id"')
    assert [row + f',{at},1,"[]","preserves"' in out for at, row in enumerate(rows)] == [True] * 4
    tools.go(source, tmp_path / "out.parquet", NOTHING)
    assert tools.read(tmp_path / "out.parquet")["id"].to_pylist() == ["007", "", "x", "1"]


def test_empty_lines_are_rows_only_where_a_cell_may_be_empty(tools, tmp_path):
    (tmp_path / "one.csv").write_text("text\na b\n\nc d\n")
    assert tools.go(tmp_path / "one.csv", tmp_path / "one.jsonl").counts.rows_in == 3
    (tmp_path / "two.csv").write_text("text,n\na b,1\n\nc d,2\n")
    assert tools.go(tmp_path / "two.csv", tmp_path / "two.jsonl").counts.rows_in == 2


def test_json_lines_keep_their_spelling(tools, tmp_path):
    lines = ['{"n": 1.10, "e": 1e400, "text": "a b", "day": "2020-01-01", "big": 9876543210987654321, "deep": [1, {}]}',
             "", '{"other": null, "text": null}', '{"text":"caf\\u00e9"}']  # fmt: skip
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    tools.go(tmp_path / "in.jsonl", tmp_path / "out.jsonl", NOTHING)
    out = (tmp_path / "out.jsonl").read_text().splitlines()
    assert out[0].startswith(
        '{"n":1.10,"e":1e400,"text":"a b","day":"2020-01-01","big":9876543210987654321,"deep":[1, {}],"aug_id":0'
    )
    assert [json.loads(line)["aug_id"] for line in out] == [0, 2, 3]
    assert json.loads(out[1])["other"] is None and json.loads(out[2])["text"] == "café"


def test_json_types_are_found_by_reading_everything(tools, tmp_path):
    rows = [{"text": "a b", "x": 1, "mixed": 1, "deep": {"a": 1}, "day": "2020-01-01"}] * 2000
    rows.append({"text": None, "x": 0.5, "mixed": "one", "deep": {"b": [None]}, "late": True})
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    tools.go(tmp_path / "in.jsonl", tmp_path / "out.parquet", NOTHING)
    out = tools.read(tmp_path / "out.parquet")
    kinds = {one.name: one.type for one in out.schema}
    assert kinds["x"] == pa.float64() and kinds["late"] == pa.bool_() and kinds["day"] == pa.string()
    assert kinds["deep"].num_fields == 2
    assert set(out["mixed"].to_pylist()) == {"1", '"one"'}


def test_compressed_text_files_are_read(tools, tmp_path):
    with gzip.open(tmp_path / "in.jsonl.gz", "wt") as stream:
        stream.write('{"text": "a b"}\n' * 3)
    assert tools.go(tmp_path / "in.jsonl.gz", tmp_path / "out.csv").counts.rows_in == 3
    with gzip.open(tmp_path / "in.csv.gz", "wt") as stream:
        stream.write("text\na b\n")
    assert tools.go(tmp_path / "in.csv.gz", tmp_path / "out.jsonl").counts.rows_in == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_empty_files_of_every_format(tools, tmp_path, ending):
    source = tools.write(
        tools.table(0).cast(pa.schema([("text", pa.string()), ("n", pa.string())])), tmp_path / f"in{ending}"
    )
    done = tools.go(source, tmp_path / f"out{ending}")
    assert done.counts.rows_out == 0
    assert tools.read(tmp_path / f"out{ending}").num_rows == 0


@pytest.mark.parametrize("out", ENDINGS)
@pytest.mark.parametrize("blank", ["in.jsonl", "in.csv", "in.tsv"])
@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_files_without_anything_in_them_have_no_rows(tools, tmp_path, blank, out, content):
    (tmp_path / blank).write_text(content)
    done = tools.go(tmp_path / blank, tmp_path / f"out{out}", id_column="id")
    assert (done.counts.rows_in, done.counts.rows_out) == (0, 0)
    assert tools.read(tmp_path / f"out{out}").num_rows == 0


def test_a_header_alone_has_no_rows(tools, tmp_path):
    (tmp_path / "in.csv").write_text("text")
    assert tools.go(tmp_path / "in.csv", tmp_path / "out.csv").counts.rows_in == 0


@pytest.mark.parametrize("form", ["jsonl", "csv", "mixed"])
@pytest.mark.parametrize("out", ["out/", "out.parquet", "out.jsonl"])
def test_a_file_without_anything_in_it_does_not_stop_the_others(tools, tmp_path, form, out):
    given = tmp_path / "in"
    other = ".csv" if form == "csv" else ".jsonl"
    tools.write(tools.table(8), given / f"b{other}")
    for name in ("a", "c"):
        (given / f"{name}{'.csv' if form == 'mixed' else other}").write_text("")
    options = {"to": "parquet"} if out == "out/" else {}
    assert tools.go(given, tmp_path / out, **options).counts.rows_out == 8


def test_formulas_are_disarmed_on_request(tools, tmp_path):
    data = pa.table({"text": ["=1+1", "plain"], "n": ["@x", "-1"], "k": [-1, 2]})
    tools.go(tools.write(data, tmp_path / "in.parquet"), tmp_path / "out.csv", NOTHING, csv_safe=True)
    out = (tmp_path / "out.csv").read_text().splitlines()
    assert out[1].startswith('"\'=1+1","\'@x",-1,') and out[2].startswith('"plain","\'-1",2,')


def test_parquet_pages_have_checksums_and_text_has_no_dictionary(tools, tmp_path):
    tools.go(tools.write(tools.table(100), tmp_path / "in.parquet"), tmp_path / "out.parquet")
    about = pq.read_metadata(tmp_path / "out.parquet").row_group(0)
    assert about.column(0).compression == "ZSTD" and not about.column(0).has_dictionary_page
    data = bytearray((tmp_path / "out.parquet").read_bytes())
    at = about.column(0).data_page_offset + about.column(0).total_compressed_size - 5
    data[at] ^= 0xFF
    (tmp_path / "bad.parquet").write_bytes(data.replace(b"aug_", b"old_"))  # so that no column clashes
    with pytest.raises(DataError, match=r"bad\.parquet"):
        tools.go(tmp_path / "bad.parquet", tmp_path / "again.parquet")


def test_names_tell_formats():
    assert formats.guess("x.JSONL.GZ") == "jsonl" and formats.guess("x.parquet.gz") is None
    with pytest.raises(UsageError, match="did you mean 'parquet'"):
        formats.known("parket")
