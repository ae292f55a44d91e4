"""What was done so far, in numbers."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Counts:
    """What was done so far; adds up over slices, parts and runs that were interrupted."""

    rows_in: int = 0
    rows_out: int = 0
    rows_changed: int = 0
    rows_rejected: int = 0
    rows_dropped: dict[str, int] = field(default_factory=dict)  # why: how many
    bytes_in: int = 0
    nodes: dict[str, list[Any]] = field(default_factory=dict)  # name: [asked, eligible, changed, rows]
    skipped: dict[str, dict[str, int]] = field(default_factory=dict)  # name: why units were left, and how many

    def add(self, other: "Counts") -> None:
        """Count another's work too."""
        self.rows_in += other.rows_in
        self.rows_out += other.rows_out
        self.rows_changed += other.rows_changed
        self.rows_rejected += other.rows_rejected
        self.rows_dropped = dict(Counter(self.rows_dropped) + Counter(other.rows_dropped))
        self.bytes_in += other.bytes_in
        for name, (asked, *sums) in other.nodes.items():
            held = self.nodes.setdefault(name, [asked, 0, 0, 0])
            held[1:] = [mine + theirs for mine, theirs in zip(held[1:], sums, strict=True)]
        for name, reasons in other.skipped.items():
            self.skipped[name] = dict(Counter(self.skipped.get(name, {})) + Counter(reasons))
