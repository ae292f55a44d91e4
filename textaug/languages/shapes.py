"""Chinese characters that look alike: 己 and 已, 末 and 未, 拔 and 拨."""

from functools import cache
from pathlib import Path

from textaug.languages.character_tables import CharacterTable

PATH = Path(__file__).parent / "data" / "zh-shapes.txt"


@cache
def alike() -> CharacterTable:
    """Return the characters that look like each common Chinese character, the likest first.

    >>> alike().candidates("已")
    ('巳', '己', '巴')
    """
    lines = (line for line in PATH.read_text("utf-8").splitlines() if not line.startswith("#"))
    return CharacterTable.of(dict(line.split(" ") for line in lines))
