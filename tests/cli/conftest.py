"""The command line, run in this process or as one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def textaug(capfd) -> Callable[..., Ran]:
    """Run a command here: fast, but without a standard input."""
    from textaug.cli import run

    def call(*arguments: Any) -> Ran:
        capfd.readouterr()
        code = run([str(one) for one in arguments])
        return Ran(code, *capfd.readouterr())

    return call


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command as a process of its own."""

    def call(*arguments: Any, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", "from textaug.cli import main; main()", *map(str, arguments)]
        return subprocess.run(command, input=given, capture_output=True, env=os.environ | environment)

    return call


@pytest.fixture
def reviews(tmp_path) -> Path:
    texts = [f"The {kind} film number {at} was really very good." for at in range(50) for kind in ("first", "second")]
    pq.write_table(pa.table({"text": texts, "label": [1] * 100}), tmp_path / "reviews.parquet", row_group_size=30)
    return tmp_path / "reviews.parquet"
