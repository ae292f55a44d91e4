"""A corpus is read slice after slice."""

import pyarrow as pa
import pyarrow.parquet as pq

from textaug.pipeline.corpus import texts
from textaug.pipeline.inputs import find


def test_a_whole_parquet_file_comes_in_slices_of_the_usual_size(tmp_path):
    path = tmp_path / "corpus.parquet"
    rows = [f"row {at} " + "x" * 90 for at in range(3000)]
    pq.write_table(pa.table({"text": rows}), path, row_group_size=1000)
    slices = list(texts(find([str(path)]), "text"))
    assert len(slices) <= 3 and [row for piece in slices for row in piece.to_pylist()] == rows


def test_several_files_in_the_order_of_their_names(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.csv").write_text(f"id,text\n1,{name} one\n2,{name} two\n")
    found = [row for piece in texts(find([str(tmp_path)]), "text") for row in piece.to_pylist()]
    assert found == ["a one", "a two", "b one", "b two"]
