"""What the command line shows: changed rows, the summary of a run, progress."""

import sys
import time
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from textaug.report.segments import Segment

GONE, NEW, QUIET = "red strike", "green", "dim"
PLAIN = {
    "gone": ("[-", "-]"),
    "new": ("{+", "+}"),
    "same": ("", ""),
}  # as git's word diff, where there are no colours


def console(stream: TextIO | None = None, width: int | None = None, *, colour: bool | None = None) -> Console:
    """Return a console that knows NO_COLOR and whether it speaks to a terminal, unless it is told."""
    told: dict[str, Any] = {} if colour is None else {"force_terminal": colour, "no_color": not colour}
    return _Console(file=stream, width=width, highlight=False, soft_wrap=False, **told)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Let the command line end quietly, with 0, when the reader has read enough."""
        raise BrokenPipeError


def diff_text(parts: Iterable[Segment], *, colour: bool) -> Text:
    """Return a difference: coloured, or with marks around what changed."""
    text = Text()
    for kind, part, _ in parts:
        shown = part.translate(CONTROL)
        if colour:
            text.append(shown, {"gone": GONE, "new": NEW, "same": ""}[kind])
        else:
            text.append(shown.join(PLAIN[kind]))
    return text


CONTROL = dict.fromkeys((*range(9), *range(11, 32), 127, *range(128, 160)), "�")  # would steer the terminal
CONTROL |= {9: " ", 10: "⏎", 13: "⏎"}


def summary(done: dict[str, Any]) -> RenderableType:
    """Return what a run did: totals, speed, and for each transform its rate asked and realised."""
    rows = [f"{done['rows_in']:,} rows → {done['rows_out']:,}", f"{done['rows_changed']:,} changed"]
    if done["rows_rejected"]:
        rows.append(f"{done['rows_rejected']:,} set aside in {done['rejected']}")
    dropped = done.get("rows_dropped", {})
    rows += [f"{count:,} dropped: {reason}" for reason, count in dropped.items()]
    if done["parts_resumed"]:
        rows.append(f"{done['parts_resumed']} of {done['parts']} parts were done before")
    speed = [f"{done['seconds']:.1f} s"]
    if done["rows_per_second"]:
        speed += [f"{done['rows_per_second']:,} rows/s", f"{done['megabytes_per_second']:,} MB/s of text"]
    speed.append(f"peak memory {done['peak_memory'] / 1e6:,.0f} MB")
    lines: list[RenderableType] = [
        Text(" · ".join(rows)),
        _rates(done["transforms"]),
        *_reasons(done["transforms"]),
        Text(" · ".join(speed), QUIET),
    ]
    where = "standard output" if done["output"] == "-" else done["output"]
    return Group(*lines, Text(f"→ {where}", "bold"))


def _rates(transforms: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style=QUIET)
    table.add_column("transform")
    for name in ("asked", "realised", "units changed", "rows changed"):
        table.add_column(name, justify="right")
    for one in transforms:
        rates = ["–" if rate is None else f"{rate:.4f}" for rate in (one["asked"], one["realised"])]
        table.add_row(one["name"], *rates, f"{one['changed']:,}", f"{one['rows']:,}")
    return table


def _reasons(transforms: list[dict[str, Any]]) -> list[Text]:
    """Say why transforms left units as they are, where they gave reasons."""
    return [
        Text(f"{one['name']} left {count:,}: {reason}")
        for one in transforms
        for reason, count in one.get("skipped", {}).items()
    ]


class Progress:
    """Rows and megabytes a second, on standard error, and only where that is a terminal."""

    def __init__(self, total: int | None = None) -> None:
        self._total, self._rows, self._bytes = total, 0, 0
        self._began = self._shown = time.monotonic()
        self._on = sys.stderr.isatty()

    def add(self, rows: int, size: int) -> None:
        """Count some work; the line is written anew ten times a second."""
        self._rows, self._bytes = self._rows + rows, self._bytes + size
        now = time.monotonic()
        if self._on and now - self._shown > 0.1:
            self._shown = now
            share = f" of {self._total:,} ({self._rows / self._total:.0%})" if self._total else ""
            speed = self._bytes / 1e6 / (now - self._began)
            print(f"\r\033[K{self._rows:,}{share} rows · {speed:,.1f} MB/s", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave an empty line for what comes next."""
        if self._on and self._rows:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
