"""Put the tables that were measured into docs/benchmarks.md, between its marks <!-- NAME.json N --> and <!-- end -->.

    python benchmarks/transforms.py --json FOLDER/transforms.json   # and so on
    python benchmarks/document.py FOLDER

A table whose JSON is not in the folder stays as it is.
"""

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measure

DOCUMENT = Path(__file__).parents[1] / "docs/benchmarks.md"
MARKED = re.compile(r"(<!-- (\S+\.json) (\d+) -->\n).*?(<!-- end -->)", re.DOTALL)


def markdown(about: dict[str, str], table: dict[str, Any]) -> str:
    """Write one table, with what it was measured on under it."""
    rows = table["rows"]
    if not rows:
        return "Nothing.\n"
    lines = [list(rows[0]), ["---"] + ["---:"] * (len(rows[0]) - 1)]
    lines += [[measure.shown(value) for value in row.values()] for row in rows]
    source = f"{table['title']}. {about['date']}, Python {about['python']}, pyarrow {about['pyarrow']}."
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + f"\n\n{source}\n"


def filled(text: str, folder: Path) -> str:
    """Return the document with the tables of a folder in it."""

    def fill(found: re.Match[str]) -> str:
        path = folder / found[2]
        if not path.exists():
            return found[0]
        held = json.loads(path.read_text(encoding="utf-8"))
        return found[1] + markdown(held["about"], held["tables"][int(found[3])]) + found[4]

    return MARKED.sub(fill, text)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--document", type=Path, default=DOCUMENT)
    options = parser.parse_args(arguments)
    text = options.document.read_text(encoding="utf-8")
    options.document.write_text(filled(text, options.folder), encoding="utf-8")


if __name__ == "__main__":
    main()
