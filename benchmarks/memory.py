"""How much memory does `textaug augment` take, at one and at four times the data?

The most that the process held (VmHWM of Linux), whole: interpreter, libraries, text.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import measure
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

# Not rusage: a child's maximum there begins with its parent's size.
PEAK = """
import re, sys
from textaug.cli import run
code = run(sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
sys.exit(code)
"""
FORMATS = ("parquet", "arrow", "csv", "jsonl")


def write(texts: pa.Array, times: int, path: Path) -> None:
    """Write the texts so many times over, chunk after chunk."""
    table = pa.table({"text": texts})
    if path.suffix == ".parquet":
        pq.write_table(pa.concat_tables([table] * times), path)
    elif path.suffix == ".arrow":
        with pa.ipc.new_file(path, table.schema) as writer:
            for _ in range(times):
                writer.write_table(table, max_chunksize=4096)
    elif path.suffix == ".csv":
        with pyarrow.csv.CSVWriter(path, table.schema) as writer:
            for _ in range(times):
                writer.write_table(table)
    else:
        _write_jsonl(texts, times, path)


def _write_jsonl(texts: pa.Array, times: int, path: Path) -> None:
    import json

    with open(path, "w", encoding="utf-8") as file:
        for _ in range(times):
            file.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts.to_pylist())


def peak(source: Path, target: Path, line: str) -> float:
    """Return the megabytes that augmenting took at most."""
    command = (sys.executable, "-c", PEAK, "augment", str(source), "-o", str(target), "-t", line, "--force")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"augment failed:\n{done.stderr}")
    return int(done.stdout.split()[-1]) * 1024 / 1e6


def row(form: str, texts: pa.Array, times: int, line: str) -> tuple[str, float, float, float, float, float]:
    """Compare one and four times the data, in one format."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for factor in (1, 4):
            source = Path(folder) / f"source.{form}"
            write(texts, times * factor, source)
            found.append(peak(source, Path(folder) / f"made.{form}", line))
    megabytes = measure.size(texts) * times
    return form, megabytes, 4 * megabytes, *found, found[1] / found[0]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = measure.parser(__doc__)
    parser.add_argument("--times", type=int, default=2, metavar="N", help="1× is the reviews N times over (2)")
    parser.add_argument("--transform", "-t", default="KeyboardTypo(rate=0.05)", metavar="LINE")
    parser.add_argument("--format", action="append", choices=FORMATS, help="only this; can be repeated")
    options = parser.parse_args(arguments)
    texts = measure.column("en", options.input, options.rows)
    rows = [row(form, texts, options.times, options.transform) for form in options.format or FORMATS]
    columns = ("format", "text MB, 1×", "text MB, 4×", "peak MB, 1×", "peak MB, 4×", "4× over 1×")
    measure.show([measure.Table(f"peak memory of augment -t {options.transform!r}", columns, rows)], options.json)


if __name__ == "__main__":
    main()
