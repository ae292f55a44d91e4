"""How much of the time of reading and writing does `textaug augment` add, Parquet to Parquet?

The ceiling is pyarrow alone, with the same settings (batches, row groups, compression, checksums): it copies the
input, or the augmented output, whose noise compresses worse and which has the columns that tell what was done. All
three work by turns, on one core; the second table is whole processes, from start to end.
"""

import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

import measure
import pyarrow as pa
import pyarrow.parquet as pq

import textaug as ta
from textaug.pipeline import inputs
from textaug.pipeline.job import SLICE_BYTES, Job
from textaug.pipeline.run import Options, run
from textaug.pipeline.target import choose

RECIPES = (
    "KeyboardTypo(rate=0.05)",
    "CharDelete(rate=0.05)",
    "CharNoise(cer=0.05)",
    "WordDelete(rate=0.1)",
    "SynonymReplace(rate=0.1)",
)
GROUP_BYTES = 32 << 20
TEXTAUG = (sys.executable, "-c", "from textaug.cli import main; main()")


def dataset(texts: pa.Array, times: int, path: Path) -> None:
    """Write a Parquet file as pyarrow does by itself."""
    chunks = pa.chunked_array([texts] * times)
    pq.write_table(pa.table({"id": pa.array(range(len(chunks))), "text": chunks}), path)


def copy(source: Path, target: Path) -> None:
    """Read and write the same bytes, as the pipeline reads and writes."""
    parquet = pq.ParquetFile(source, pre_buffer=False, buffer_size=1 << 20, page_checksum_verification=True)
    groups = [parquet.metadata.row_group(group) for group in range(parquet.num_row_groups)]
    row_bytes = max(1, sum(group.total_byte_size for group in groups) // max(1, parquet.metadata.num_rows))
    coded = [name for name in parquet.schema_arrow.names if name != "text"]
    held: list[pa.RecordBatch] = []
    with pq.ParquetWriter(
        target,
        parquet.schema_arrow,
        compression="zstd",
        compression_level=1,
        use_dictionary=coded,
        write_page_checksum=True,
    ) as writer:
        for batch in parquet.iter_batches(batch_size=max(1, SLICE_BYTES // row_bytes), use_threads=False):
            held.append(batch)
            if sum(one.nbytes for one in held) >= GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(held))
                held = []
        if held:
            writer.write_table(pa.Table.from_batches(held))


def ours(line: str, source: Path, target: Path) -> None:
    """Do what `textaug augment` does, in this process."""
    files = inputs.find([str(source)])
    job = Job(transform=ta.load(line), column="text", output="parquet")
    run(job, files, choose(str(target), files), Options(force=True))


def inside(line: str, source: Path, folder: Path, megabytes: float, rounds: int) -> tuple[object, ...]:
    """Compare in one process: no start-up, no imports."""
    made, copied = folder / "made.parquet", folder / "copied.parquet"
    works = (partial(ours, line, source, made), partial(copy, source, copied), partial(copy, made, copied))
    for work in works:
        work()
    times = [[measure.cpu(work) for work in works] for _ in range(rounds)]
    speeds = [megabytes / median(each) for each in zip(*times, strict=True)]
    shares = [100 * median(one[i] / one[0] for one in times) for i in (1, 2)]
    return line, made.stat().st_size / 1e6, *speeds, *shares


def whole(line: str, source: Path, folder: Path, rounds: int) -> tuple[object, ...]:
    """Compare whole processes."""
    made, copied = folder / "made.parquet", folder / "copied.parquet"
    augmenting = (*TEXTAUG, "augment", str(source), "-o", str(made), "-t", line, "--force")
    copying = (sys.executable, __file__, "--copy", str(made), str(copied))
    times = [(measure.process(augmenting).cpu, measure.process(copying).cpu) for _ in range(rounds)]
    mine, theirs = (median(each) for each in zip(*times, strict=True))
    return line, mine, theirs, 100 * median(b / a for a, b in times)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--times", type=int, default=4, metavar="N", help="the reviews N times over (4)")
    parser.add_argument("--transform", "-t", action="append", metavar="LINE", help="only this; can be repeated")
    parser.add_argument("--copy", nargs=2, type=Path, metavar=("FROM", "TO"), help="only copy a Parquet file")
    options = parser.parse_args(arguments)
    if options.copy:
        copy(*options.copy)
        return
    texts = measure.column("en", options.input, options.rows)
    megabytes = measure.size(texts) * options.times
    lines = options.transform or RECIPES
    with tempfile.TemporaryDirectory() as name:
        folder, source = Path(name), Path(name) / "source.parquet"
        dataset(texts, options.times, source)
        title = (
            f"{len(texts) * options.times:,} texts, {megabytes:.0f} MB, "
            f"{source.stat().st_size / 1e6:.0f} MB of Parquet; CPU time"
        )
        near = [inside(line, source, folder, megabytes, options.rounds) for line in lines]
        far = [whole(line, source, folder, max(1, options.rounds // 2)) for line in lines]
    columns = ("recipe", "output MB", "augment MB/s", "copy input", "copy output", "% copy input", "% copy output")
    tables = [
        measure.Table(title + ", in one process", columns, near),
        measure.Table(title + ", whole processes", ("recipe", "augment s", "copy output s", "% copy output"), far),
    ]
    measure.show(tables, options.json)


if __name__ == "__main__":
    main()
