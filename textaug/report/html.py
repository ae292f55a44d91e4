"""Differences as HTML, for notebooks and reports."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from textaug.report.segments import Segment, segments

GONE = "color:#b31d28;background:#ffeef0;text-decoration:line-through"
NEW = "color:#176f2c;background:#e6ffed;text-decoration:none"


def diff_html(before: str, after: str, edits: Iterable[Sequence[Any]] | None = None) -> str:
    """Return a change as HTML: what went struck through in red, what came in green, by whom as a tooltip.

    Parameters: `edits` are (start, end, replacement[, by]) in code points of `before`; left out, they are
    found by comparing the words of `before` and `after`.

    >>> diff_html("a < b", "a < c", [(4, 5, "c", "WordSwap")]).count("WordSwap")
    2
    """
    if edits is None:
        from textaug.edits import diff

        edits = diff(before, after)
    return f'<span style="white-space:pre-wrap">{"".join(map(_tagged, segments(before, edits)))}</span>'


def diffs_html(rows: Iterable[tuple[str, str, Iterable[Sequence[Any]] | None]]) -> str:
    """Return several changes as an HTML table, a row each."""
    cells = "".join(f'<tr><td style="text-align:left">{diff_html(*row)}</td></tr>' for row in rows)
    return f"<table>{cells}</table>"


def _tagged(segment: Segment) -> str:
    if segment.kind == "same":
        return escape(segment.text)
    tag, style = ("del", GONE) if segment.kind == "gone" else ("ins", NEW)
    title = f' title="{escape(segment.by)}"' if segment.by else ""
    return f'<{tag} style="{style}"{title}>{escape(segment.text)}</{tag}>'
