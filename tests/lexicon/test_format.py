"""A file that is no lexicon, or a damaged one, is refused before a kernel sees it."""

import pickle
import random
import subprocess
import sys

import pyarrow as pa
import pytest

from textaug.errors import DataError, TextaugError
from textaug.lexicon import Lexicon, Record, build, describe
from textaug.lexicon import format as form
from textaug.lexicon.store import Relation


@pytest.fixture
def path(tmp_path):
    records = [Record(f"word{i}", f"candidate {i % 7}", i % 4, i % 16, i) for i in range(60)]
    build(records, tmp_path / "x.arrow", language="en", source="test")
    return tmp_path / "x.arrow"


def test_a_missing_file_says_how_to_build_one(tmp_path):
    with pytest.raises(DataError, match=r"none\.arrow: no such lexicon; build it with: textaug lexicon build"):
        Lexicon.open(tmp_path / "none.arrow")


def test_other_files_are_refused(tmp_path):
    (tmp_path / "text").write_text("film\tmovie\n")
    table = pa.table({"a": [1]})
    with pa.ipc.new_file(tmp_path / "table.arrow", table.schema) as writer:
        writer.write_table(table)
    with pa.ipc.new_file(tmp_path / "empty.arrow", table.schema):
        pass
    for name in ("text", "table.arrow", "empty.arrow"):
        with pytest.raises(DataError, match="is no lexicon"):
            Lexicon.open(tmp_path / name)


def test_another_version_is_refused(path, monkeypatch):
    monkeypatch.setattr(form, "FORMAT", "textaug.lexicon/2")
    with pytest.raises(DataError, match=r"is textaug\.lexicon/1, this textaug reads textaug\.lexicon/2"):
        form.read(path)


def test_truncated_files_are_refused(path):
    whole = path.read_bytes()
    for size in range(0, len(whole), 97):
        path.write_bytes(whole[:size])
        with pytest.raises(DataError):
            form.read(path)


def test_flipped_bytes_are_refused_or_harmless(path):
    whole, rng, refused = path.read_bytes(), random.Random(5), 0
    for _ in range(600):
        damaged = bytearray(whole)
        for _ in range(rng.choice([1, 1, 4])):
            damaged[rng.randrange(len(damaged))] = rng.choice([0, 255, rng.randrange(256)])
        path.write_bytes(damaged)
        try:
            lexicon = Lexicon(str(path), *form.read(path))
            lexicon.lookup("word7")
            lexicon.view((Relation.SYNONYM,))
        except TextaugError:
            refused += 1
    assert refused > 200


def test_a_flipped_letter_breaks_the_hash(path):
    whole = path.read_bytes()
    assert describe(path)["keys"] == 60
    path.write_bytes(whole.replace(b"candidate 3", b"condidate 3"))
    with pytest.raises(DataError, match="its bytes do not have its hash"):
        describe(path)


def test_it_pickles_as_its_path_and_opens_once(path):
    lexicon = Lexicon.open(path)
    assert len(pickle.dumps(lexicon)) < 500
    assert pickle.loads(pickle.dumps(lexicon)) is lexicon
    assert Lexicon.open(str(path)) is lexicon


def test_arrays_are_mapped_and_cannot_be_written(path):
    arrays = Lexicon.open(path).arrays
    assert not any(array.flags.owndata or array.flags.writeable for array in arrays)


def test_opening_imports_nothing_heavy():
    code = "import sys; from textaug.lexicon import Lexicon; Lexicon.english(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "pyarrow.compute", "lemminflect"}.intersection(loaded)
