"""What the documentation shows runs: every example, every Python block of the README and of the docs."""

import re
import runpy
from pathlib import Path

import pytest

import textaug as ta
from textaug import transform

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*.py") if path.name != "demo.py")  # `make demo` runs it
PAGES = sorted(
    path
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    if "```python" in path.read_text(encoding="utf-8")
)


@pytest.fixture(autouse=True)
def what_examples_register_goes_with_them(monkeypatch):
    """Other tests run over everything registered, and cannot pickle what an example defined."""
    ta.registry()
    monkeypatch.setattr("textaug.transform._REGISTRY", dict(transform._REGISTRY))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_run_and_print(path, capsys):
    pytest.importorskip("pandas", reason="an example uses it")
    runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_python_blocks_of_the_pages_run(page):
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    scope = {"__name__": "page"}
    for block in blocks:
        exec(compile(block, str(page), "exec"), scope)
    assert "textaug" in str(scope.get("ta", ""))


def test_the_readme_shows_what_its_code_gives():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    result = ta.SynonymReplace(rate=0.5).apply(
        "Happy geese walked to the Eiffel Tower.", spans=[(26, 38, "PLACE")], seed=7
    )
    for shown in (repr(result.text), repr(result.spans), repr(result.edits)):
        assert shown in readme
