"""What the documentation shows runs: every example, every Python block of the README and of the docs."""

import contextlib
import gzip
import json
import re
import runpy
from pathlib import Path

import pytest

import textaug as ta
from textaug import transform

ROOT = Path(__file__).parent.parent
APART = {
    "demo.py",
    "paragraphs.py",
    "pretrain_bert.py",
    "train_masked_lm.py",
}  # `make demo` runs the one; the others' short forms: below
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*.py") if path.name not in APART)
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


def test_paragraphs_of_documentation_are_told_from_the_rest(tmp_path):
    (tmp_path / "sub").mkdir()
    head = "<head><title>无关紧要的标题，但是很长很长很长。</title></head>"
    page = "<p>如果不装电池，<b>光盘</b>转动\n有很大的共振&#12290;</p><li>短</li>"
    (tmp_path / "sub" / "page.html").write_text(head + page, "utf-8")
    page = "<p>See <i>apt-get</i>.<p>The help of a program is prose, too: it says what a user may do."
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(page.encode()))
    example = runpy.run_path(str(ROOT / "examples" / "paragraphs.py"))
    assert list(example["paragraphs"](tmp_path, "zh")) == ["如果不装电池，光盘转动有很大的共振。"]
    assert list(example["paragraphs"](tmp_path, "en")) == [
        "The help of a program is prose, too: it says what a user may do."
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_python_blocks_of_the_pages_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # some write files
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


@pytest.fixture
def pretrain(monkeypatch, tmp_path, capsys):
    """Return a function that runs examples/pretrain_bert.py with options, and gives what it prints."""
    torch = pytest.importorskip("torch")
    threads = torch.get_num_threads()
    example = runpy.run_path(str(ROOT / "examples" / "pretrain_bert.py"))

    def run(options, interrupt_at=None):
        monkeypatch.setattr("sys.argv", ["pretrain_bert.py", *options.split(), "--output", str(tmp_path)])
        with monkeypatch.context() as patch:
            patch.setattr(example["Curve"], "on_evaluate", interrupting(example["Curve"].on_evaluate, interrupt_at))
            with contextlib.suppress(KeyboardInterrupt):
                example["main"](example["arguments"]())
        return capsys.readouterr().out.splitlines()

    yield run
    torch.set_num_threads(threads)


def interrupting(evaluated, step):
    def on_evaluate(self, args, state, control, **given):
        evaluated(self, args, state, control, **given)
        if state.global_step == step:
            raise KeyboardInterrupt

    return on_evaluate


def test_a_small_bert_learns_from_its_context(pretrain):
    """Half a minute; on rows held out its loss falls well below what can be guessed without context."""
    shape = "--texts 100 --held-out 400 --vocabulary 300 --length 20 --hidden 64 --layers 1"
    *_, last = pretrain(f"{shape} --steps 600 --rate 3e-3 --evaluations 2")
    below_entropy, below_places = map(float, re.findall(r"(-?[\d.]+) below", last))
    assert below_entropy > 0.35  # of 4.7 nats; in three runs, each with a tokenizer of its own, it was 0.56 to 0.61
    assert below_places > 0  # 0.17 to 0.23


def test_pre_training_goes_on_after_an_interruption(pretrain):
    """A run is cut off before it has saved its second checkpoint, and meets the same losses once more."""
    options = "--language zh --texts 300 --held-out 40 --vocabulary 900 --hidden 32 --layers 1 --batch 8"
    options += " --steps 60 --evaluations 3"
    first = pretrain(options, interrupt_at=40)
    again = pretrain(f"{options} --resume")
    assert again[:3] == first[:3] and first[-1].split()[0] == "40"
    assert again[3] == first[-1] and again[4].split()[0] == "60"


def test_a_masked_language_model_is_trained_and_used(monkeypatch, tmp_path, capsys):
    """Three seconds of training: what comes of it is computed by NumPy, and knows words to put in."""
    torch = pytest.importorskip("torch")
    threads = torch.get_num_threads()
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    example = runpy.run_path(str(ROOT / "examples" / "train_masked_lm.py"))
    shape = "--texts 200 --minutes 0.05 --vocabulary 900 --length 24 --hidden 32 --layers 1 --batch 16"
    monkeypatch.setattr("sys.argv", ["train_masked_lm.py", *shape.split(), "--output", str(tmp_path / "small")])
    try:
        example["main"](example["arguments"]())
    finally:
        torch.set_num_threads(threads)
    told = json.loads((tmp_path / "small" / "training.json").read_text())
    assert told["steps"] > 3 and "parameters" in capsys.readouterr().out
    made = ta.MaskedLMReplace(model=str(tmp_path / "small"), rate=0.9)
    text = "the story of this film is good and the people in it are not bad"
    assert made(text) != text and len(made(text).split()) == len(text.split())
