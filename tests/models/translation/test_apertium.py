"""Apertium: the program where it is installed, and one that stands in for it and breaks."""

import shutil
import sys

import pytest

from textaug.errors import UsageError
from textaug.models.translation import Failure, Translator, opened
from textaug.models.translation.apertium import Apertium

real = pytest.mark.skipif(shutil.which("apertium") is None, reason="apertium is not installed")
NASTY = "He said [it] was a^b $5 {q} \\ @home <b> ~fine~ *star* #5 +x | 50% [[t:b:abc]] and so on."

# Answers each text as "fin: TEXT", dies behind the third where a text says so, hangs where one says so.
PROGRAM = """#!{python}
import sys, time
if "-l" in sys.argv: print("  en-eo"); print("  eo-en"); sys.exit()
if "-V" in sys.argv: print("Apertium 0.0"); sys.exit()
texts = sys.stdin.buffer.read().split(b"\\0")[:-1]
if any(b"hang" in text for text in texts): time.sleep(60)
for k, text in enumerate(texts):
    if any(b"die" in one for one in texts) and k == min(3, len(texts) - 1): break
    sys.stdout.buffer.write(b"fin: " + text + b"\\0")
sys.stdout.buffer.write(b"\\0" * 5)
"""


@pytest.fixture
def program(tmp_path, monkeypatch):
    path = tmp_path / "apertium"
    path.write_text(PROGRAM.format(python=sys.executable))
    path.chmod(0o755)
    monkeypatch.setattr("textaug.models.translation.apertium._PROGRAM", str(path))
    return path


def test_texts_are_answered_one_by_one_and_in_order(program):
    made = Apertium().translate(["a", NASTY, "two\0parts", "end."], "en", "eo")
    assert made == ["fin: a", f"fin: {NASTY}", "fin: two parts", "fin: end."]
    assert Apertium().translate([], "en", "eo") == []


def test_a_text_that_kills_it_is_found_in_halves(program):
    made = Apertium().translate(["a", "b", "die", "c", "d", "e"], "en", "eo")
    assert made == ["fin: a", "fin: b", Failure("Apertium gave no translation"), "fin: c", "fin: d", "fin: e"]


def test_a_text_on_which_it_hangs_is_given_up(program, monkeypatch):
    monkeypatch.setattr("textaug.models.translation.apertium._SECONDS", 1.0)
    assert Apertium().translate(["hang"], "en", "eo") == [Failure("Apertium gave no translation")]


def test_a_missing_program_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setattr("textaug.models.translation.apertium._PROGRAM", "no-such-program")
    with pytest.raises(UsageError, match="apt-get install apertium apertium-eo-en apertium-eng-spa"):
        Apertium()


def test_a_missing_pair_is_refused_with_what_to_install(program):
    with pytest.raises(
        UsageError, match=r"en-es is not installed; see apt-get install apertium-eng-spa. Installed: en-eo"
    ):
        Apertium().translate(["a"], "en", "es")
    with pytest.raises(UsageError, match="en-ja is not installed; see apt-cache search apertium-"):
        Apertium().translate(["a"], "en", "ja")


def test_an_argument_is_refused():
    with pytest.raises(UsageError, match="'apertium:en-eo': give 'apertium' alone"):
        Apertium("en-eo")


@real
def test_it_is_a_translator_with_a_stable_identity():
    made = opened("apertium")
    assert isinstance(made, Translator) and made.identity == Apertium().identity
    assert made.identity.startswith("apertium Apertium 3.")


@real
@pytest.mark.parametrize("pivot", ["eo", "es"])
def test_real_texts_do_not_depend_on_what_stands_beside_them(pivot, reviews):
    apertium = opened("apertium")
    texts = ["He does not", "like it at all. Good", *(" ".join(one.split())[:150] for one in reviews[:200])]
    try:
        made = apertium.translate(texts, "en", pivot)
    except UsageError as error:
        pytest.skip(str(error))
    assert len(made) == len(texts) and not any(isinstance(one, Failure) for one in made)
    for some in (texts[:1], texts[1:2], texts[100:103]):
        assert apertium.translate(some, "en", pivot) == made[texts.index(some[0]) :][: len(some)]


@real
def test_real_marks_of_its_own_stream_pass_unharmed():
    (made,) = opened("apertium").translate([NASTY], "en", "eo")
    for mark in ("[", "]", "^", "$5", "{q}", "\\", "@", "<b>", "~", "#5", "+x", "|", "50%", "[[t:b:abc]]"):
        assert mark in made
    (made,) = opened("apertium").translate(["He said: 'No.' The 'best' film."], "en", "eo")
    assert made.count("'") == 4 and "[" not in made  # the rules' own brackets are none of the text's
    assert opened("apertium").translate(["a blorptastic film"], "en", "eo")[0].count("*") == 0
