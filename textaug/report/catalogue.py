"""The catalogue in the documentation: a table of all transforms, and the same sentences through each.

    python -m textaug.report.catalogue docs/transforms.md

fills what stands between the marks `<!-- NAME -->` and `<!-- end -->`, so that no example is older than the code.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textaug.transform import Transform

ENGLISH = (
    "The actors walked home happily, but the U.S. reviews did not agree. "
    "Dr. Smith paid $3.50 to receive an impossible preview in Paris, and he's happy. It was not cheap."
)
CHINESE = "我们都喜欢看这部电影，演员的表演非常自然。他没去过北京，买了35张票，头发很干净！这不贵。"
SEED = 1
TRIES = 50
MARKED = re.compile(r"(<!-- (catalogue|english|chinese) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str) -> str:
    """Return a document with the tables in it."""
    tables = {"catalogue": catalogue, "english": english, "chinese": chinese}
    return MARKED.sub(lambda found: found[1] + "\n".join(tables[found[2]]()) + "\n" + found[3], text)


def catalogue() -> Iterator[str]:
    """Yield the lines of the table of all transforms."""
    from textaug.report.docs import first_line, stated_effect
    from textaug.transform import LEVELS, registry

    yield "| transform | level | languages | label | what it does | source |"
    yield "|---|---|---|---|---|---|"
    order = (*LEVELS, "")
    for name, cls in sorted(registry().items(), key=lambda item: order.index(item[1].about.level)):
        if cls.__module__.startswith("textaug."):
            level, languages, source = cls.about
            cells = (
                f"`{name}`",
                level or "–",
                languages,
                stated_effect(cls),
                first_line(cls).rstrip("."),
                source or "–",
            )
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def english() -> Iterator[str]:
    """Yield the lines of the table of English examples."""
    yield from _examples(ENGLISH)


def chinese() -> Iterator[str]:
    """Yield the lines of the table of Chinese examples."""
    yield from _examples(CHINESE)


def _examples(text: str) -> Iterator[str]:
    from textaug.transform import registry

    yield f"| | {text} |"
    yield "|---|---|"
    for name, cls in registry().items():
        if cls.about.level not in ("", "model") and cls.__module__.startswith(
            "textaug."
        ):  # models have their own pages
            made = _shown(cls)
            changed = next(
                (new for new in (made(text, seed=SEED + k) for k in range(TRIES)) if new not in (text, "")), None
            )
            if changed is not None:
                line = ", ".join(
                    f"{field}={value!r}" for field, value in made.to_dict().items() if field != "transform"
                )
                yield f"| `{name}({line})` | {_visible(changed)} |"


def _visible(text: str) -> str:
    """Return a text as a table shows it, what has no width as its code point."""
    marks = {"|": "\\|", "<": "&lt;", "*": "\\*", "_": "\\_", "@": "&#64;"}
    return "".join(marks.get(one, one if one.isprintable() else f"⟨U+{ord(one):04X}⟩") for one in text)


def _shown(cls: type[Transform]) -> Transform:
    """Build a transform that changes a little, but enough to be seen."""
    fields = {field.name for field in dataclasses.fields(cls)}
    if "rate" not in fields:
        return cls()
    return cls(rate={"letter": 0.1, "word": 0.3}.get(cls.about.level, 0.5))  # type: ignore[call-arg]


if __name__ == "__main__":
    document = Path(sys.argv[1])
    document.write_text(filled(document.read_text("utf-8")), "utf-8")
