"""The tagger that forgets: each text is tagged as if alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from textaug.models.translation import tagger

# Marks what it meets by how many odd words it has met before in this process, as the real one lets them decide.
PROGRAM = """
import sys
met = 0
assert sys.argv[1:] == ["-d", "-z", "-g", "model"]
for text in sys.stdin.buffer.read().split(b"\\0")[:-1]:
    for word in text.split():
        if word.startswith(b"^odd"):
            met += 1
            name = word[1:].partition(b"/")[0].decode()
            sys.stderr.write(f"A new ambiguity class was found. \\nWord '{name}'.\\nNew ambiguity class: {{A}}\\n")
    sys.stdout.buffer.write(text + str(met).encode() + b"\\0")
"""
TEXTS = [b"^a/a", b"^odd/x ^b/b", b"^a/a", b"", b"^odder/x ^odd/y", b"^c/c"]
ALONE = [b"^a/a0", b"^odd/x ^b/b1", b"^a/a0", b"0", b"^odder/x ^odd/y2", b"^c/c0"]


@pytest.fixture
def command(tmp_path):
    path = tmp_path / "tagger"
    path.write_text(f"#!{sys.executable}\n{PROGRAM}")
    path.chmod(0o755)
    return [str(path), "-z", "-g", "model"]


def test_texts_behind_odd_ones_are_tagged_as_if_alone(command):
    assert tagger.tagged(TEXTS, command) == ALONE
    for some in (slice(0, 1), slice(1, 3), slice(4, None)):
        assert tagger.tagged(TEXTS[some], command) == ALONE[some]


def test_it_is_a_program_that_answers_flush_by_flush(command):
    data = b"\0".join([*TEXTS, b"the rest"])
    done = subprocess.run([sys.executable, tagger.__file__, *command], input=data, capture_output=True, check=True)
    assert done.stdout == b"\0".join([*ALONE, b"the rest"])
    assert Path(tagger.__file__).name == "tagger.py"
