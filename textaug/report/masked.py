"""Masked rows and their summaries: on a terminal, and as HTML, of the same pieces and the same tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from textaug.masking.realised import LONGEST, Share, Summary
from textaug.masking.shown import LEGEND, Preview, Token
from textaug.report.terminal import CONTROL, QUIET

STYLES = {"mask": "bold red", "random": "bold yellow", "similar": "bold green", "kept": "bold cyan", "special": QUIET}
COLOURS = {
    "mask": "color:#b31d28;background:#ffeef0",
    "random": "color:#8a5a00;background:#fff5d6",
    "similar": "color:#176f2c;background:#e6ffed",
    "kept": "color:#0b5c8a;background:#e3f3fc",
    "special": "color:#8c8c8c",
}
UNDERLINE = "text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px"
SIGNS = {"mask": "→", "random": "→", "similar": "≈"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def said(token: Token) -> str:
    """Return what is shown for a token: what stood there, and what stands there.

    >>> said(Token("mask", "play", "[MASK]", True)), said(Token("kept", "play", "play", True))
    ('play→[MASK]', 'play=')
    """
    if token.kind in SIGNS:
        return f"{token.was}{SIGNS[token.kind]}{token.now}"
    return f"{token.was}=" if token.kind == "kept" else token.now


def tokens_text(row: Sequence[Token], *, colour: bool) -> Text:
    """Return a row: in colours, units underlined; or with marks alone, units in brackets."""
    text = Text()
    inside = False
    for token in row:
        style, mark = STYLES.get(token.kind, ""), " underline" if token.unit >= 0 else ""
        if token.blank:
            text.append(" ", "underline" if colour and inside and not token.opens and mark else "")
        shown = said(token).translate(CONTROL)
        if colour:
            text.append(shown, f"{style}{mark}".strip())
        else:
            text.append(f"{_opening(token)}{shown}{'⟩' if token.closes else ''}")
        inside = token.unit >= 0 and not token.closes
    return text


def _opening(token: Token) -> str:
    """Return the bracket before a unit; one with gaps has a number, which is its place in the row."""
    if not token.opens:
        return ""
    return "⟨" + (str(token.unit).translate(_RAISED) if token.parts > 1 else "")


def legend_text(mask: str, *, colour: bool) -> Text:
    """Return what colours and marks mean."""
    parts = [tokens_text([token], colour=colour) + Text(f" {LEGEND[kind]}") for kind, token in _examples(mask)]
    return Text(" · ").join(parts)


def _examples(mask: str) -> Iterator[tuple[str, Token]]:
    yield "mask", Token("mask", "a", mask or "…", False)
    yield "random", Token("random", "a", "b", False)
    yield "similar", Token("similar", "a", "b", False)
    yield "kept", Token("kept", "a", "a", False)
    yield "unit", Token("same", "a b", "a b", False, opens=True, closes=True, unit=0)


def preview_html(preview: Preview) -> str:
    """Return rows as HTML, with what became of each token as its tooltip."""
    legend = " · ".join(f"{_tagged(token)} {LEGEND[kind]}" for kind, token in _examples(preview.mask))
    rows = "".join(
        f'<tr><td style="text-align:left;line-height:1.8">{"".join(_spaced(row))}</td></tr>' for row in preview.rows
    )
    return f'<div style="white-space:pre-wrap">{legend}<table>{rows}</table></div>'


def _spaced(row: Sequence[Token]) -> Iterator[str]:
    inside = False
    for token in row:
        joined = inside and token.unit >= 0 and not token.opens
        if token.blank:
            yield f'<span style="{UNDERLINE}"> </span>' if joined else " "
        yield _tagged(token)
        inside = token.unit >= 0 and not token.closes


def _tagged(token: Token) -> str:
    unit = token.unit >= 0
    styles = [one for one in (COLOURS.get(token.kind, ""), UNDERLINE if unit else "") if one]
    if not styles:
        return escape(said(token))
    told = [LEGEND[token.kind]] if token.kind in LEGEND else []
    told += [f"unit {token.unit}"] if unit else []
    title = f' title="{escape(", ".join(told))}"' if told else ""
    return f'<span style="{";".join(styles)}"{title}>{escape(said(token))}</span>'


class Sheet(NamedTuple):
    """A table to be shown: its title, its head, its rows."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def sheets(done: Summary) -> list[Sheet]:
    """Return a summary as tables."""
    head = ("", "share", "± error", "count", "of")
    whole = [("selected tokens", done.selected), *((f"– {name}", share) for name, share in done.split.items())]
    whole.append(("rows with nothing masked", done.empty))
    found = [Sheet(f"{done.rows:,} rows, {done.tokens:,} tokens", head, [_line(*one) for one in whole])]
    found.append(Sheet("by position in the row", head, [_line(_tenth(k), one) for k, one in enumerate(done.position)]))
    for name, units in done.units.items():
        rows = [_line("whole", units.whole), _line("in part", units.broken)]
        rows += [_line(_length(k), one) for k, one in enumerate(units.lengths, 1) if one.of]
        found.append(Sheet(f"units of {name}, and those that are selected, by their length", head, rows))
    return found


def _tenth(k: int) -> str:
    return f"{k * 10}–{k * 10 + 10} %"


def _length(k: int) -> str:
    return f"{k} token" if k == 1 else f"{k} tokens" + (" and more" if k == LONGEST else "")


def _line(name: str, share: Share) -> tuple[str, ...]:
    numbers = ["–" if one is None else f"{one:.4f}" for one in (share.rate, share.error)]
    return (name, *numbers, f"{share.count:,}", f"{share.of:,}")


def summary_text(done: Summary) -> RenderableType:
    """Return a summary for a terminal."""
    parts: list[RenderableType] = []
    for sheet in sheets(done):
        table = Table(box=None, pad_edge=False, header_style=QUIET)
        for at, name in enumerate(sheet.head):
            table.add_column(name, justify="right" if at else "left", min_width=24 if not at else None)
        for row in sheet.rows:
            table.add_row(*row)
        parts += [Text(sheet.title, "bold"), table, Text("")]
    return Group(*parts[:-1])


def summary_html(done: Summary) -> str:
    """Return a summary as HTML."""
    return "".join(map(_table, sheets(done)))


def _table(sheet: Sheet) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        made = (f'<{tag} style="text-align:{"right" if at else "left"}">{escape(one)}</{tag}>'
                for at, one in enumerate(cells))  # fmt: skip
        return f"<tr>{''.join(made)}</tr>"

    return (
        f"<table><caption>{escape(sheet.title)}</caption><thead>{row(sheet.head, 'th')}</thead>"
        f"<tbody>{''.join(row(one, 'td') for one in sheet.rows)}</tbody></table>"
    )
