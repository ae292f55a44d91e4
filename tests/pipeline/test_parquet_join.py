"""Files joined by their bytes hold what their parts held, to every reader."""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textaug.errors import DataError
from textaug.pipeline.sinks.parquet_join import concatenate
from textaug.pipeline.sinks.thrift import BINARY, I16, I32, I64, LIST, STRUCT, TRUE, Decoder, encode

INTS = st.integers(-(2**63), 2**63 - 1)
VALUES = st.one_of(
    st.tuples(st.just(TRUE), st.booleans()),
    st.tuples(st.sampled_from([I16, I32, I64]), INTS),
    st.tuples(st.just(BINARY), st.binary(max_size=200)),
    st.tuples(st.just(LIST), st.tuples(st.just(I64), st.lists(INTS, max_size=20))),
)
STRUCTS = st.recursive(
    st.dictionaries(st.integers(1, 300), VALUES, max_size=6),
    lambda inner: st.dictionaries(
        st.integers(1, 40),
        st.one_of(
            VALUES,
            st.tuples(st.just(STRUCT), inner),
            st.tuples(st.just(LIST), st.tuples(st.just(STRUCT), st.lists(inner, max_size=17))),
        ),
        max_size=4,
    ),
    max_leaves=8,
)


@given(STRUCTS)
@settings(max_examples=150, deadline=None)
def test_the_compact_protocol_reads_what_it_writes(fields):
    assert Decoder(encode(fields)).struct() == fields


@given(
    st.lists(st.lists(st.one_of(st.none(), st.text(max_size=30)), max_size=40), min_size=1, max_size=4),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_joined_files_hold_the_rows_of_their_parts(tmp_path_factory, parts, index):
    folder = tmp_path_factory.mktemp("join")
    tables = [
        pa.table(
            {
                "text": pa.array(texts, pa.string()),
                "deep": pa.array([[at] * (at % 3) for at in range(len(texts))], pa.list_(pa.int32())),
            }
        )
        for texts in parts
    ]
    paths = [folder / f"{at}.parquet" for at in range(len(tables))]
    for path, table in zip(paths, tables, strict=True):
        pq.write_table(table, path, row_group_size=7, write_page_checksum=True, write_page_index=index)
    stream = io.BytesIO()
    concatenate(paths, stream)
    whole = pa.concat_tables(tables)
    assert pq.ParquetFile(io.BytesIO(stream.getvalue()), page_checksum_verification=True).read().equals(whole)
    assert pl.read_parquet(io.BytesIO(stream.getvalue()))["text"].to_list() == whole["text"].to_pylist()


def test_what_cannot_be_joined_is_refused(tmp_path):
    pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"b": ["x"]}), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-3])
    with pytest.raises(DataError, match=r"b.parquet has other columns"):
        concatenate([tmp_path / "a.parquet", tmp_path / "b.parquet"], io.BytesIO())
    with pytest.raises(DataError, match=r"c.parquet is not a whole Parquet file"):
        concatenate([tmp_path / "c.parquet"], io.BytesIO())
    for damaged in (b"", b"\x19\xfc", b"\x1c" * 100):
        with pytest.raises(DataError, match="damaged"):
            Decoder(damaged).struct()
