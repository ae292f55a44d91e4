"""The catalogue in the documentation is of this code: no transform is missing, no example is old."""

import re
from pathlib import Path

import textaug as ta
from textaug.report.catalogue import filled
from textaug.transform import LEVELS

OURS = {name: cls for name, cls in ta.registry().items() if cls.__module__.startswith("textaug.")}
PAGE = Path(__file__).parents[2] / "docs/transforms.md"


def test_the_documentation_holds_what_the_code_says_and_does():
    text = PAGE.read_text("utf-8")
    assert filled(text) == text, "run: python -m textaug.report.catalogue docs/transforms.md"


def test_every_transform_has_a_row_and_an_example():
    names = re.findall(r"^\| `(\w+)(\(.*?\))?` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    rows, shown = {name for name, call in names if not call}, {name for name, call in names if call}
    leaves = {name for name, cls in OURS.items() if cls.about.level not in ("", "model")}
    assert rows == set(OURS) and shown == leaves


def test_levels_and_languages_are_stated():
    for name, cls in OURS.items():
        assert cls.about.level in LEVELS or "steps" in cls.__dataclass_fields__, name
        assert cls.about.languages
