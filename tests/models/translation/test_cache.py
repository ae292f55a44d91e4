"""Translations on disk: none is made twice, whatever process or thread asks."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from translating import Failing, Toy

from textaug.errors import DataError
from textaug.models.translation import Failure, cache
from textaug.models.translation.cache import Cached

TEXTS = [f"films number {k}" for k in range(2500)]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TEXTAUG_CACHE", str(tmp_path))
    return tmp_path


def test_what_was_translated_is_not_translated_again():
    toy = Toy()
    first = Cached(toy).translate(TEXTS, "eo", "en")
    assert len(toy.calls) == 3 and first[7] == "smlif rebmun 7"  # it is written down a thousand at a time
    assert Cached(toy).translate(TEXTS[::-1], "eo", "en") == first[::-1] and len(toy.calls) == 3
    assert Cached(toy).identity == toy.identity


def test_identity_languages_and_text_make_the_key():
    asked = [("toy", "en", "eo"), ("toy ", "en", "eo"), ("toy", "en", "es"), ("toy", "e", "neo")]
    for identity, source, target in asked:
        toy = Toy()
        toy.identity = identity
        Cached(toy).translate(["films"], source, target)
        assert len(toy.calls) == 1


def test_failures_are_tried_again():
    failing = Failing()
    assert Cached(failing).translate(["fail", "films"], "en", "eo") == [Failure("HTTP 429"), "films"]
    assert Cached(failing).translate(["fail", "films"], "en", "eo")[0] == Failure("HTTP 429")
    assert [texts for texts, *_ in failing.calls] == [["fail", "films"], ["fail"]]


def test_the_answers_of_services_are_kept_after_a_few():
    toy = Toy()
    toy.few = 100
    Cached(toy).translate(TEXTS, "eo", "en")
    assert len(toy.calls) == 25


def test_where_another_process_was_first_its_answer_is_taken():
    class Late(Toy):
        def translate(self, texts, source, target):
            Cached(Toy()).translate(texts, source, target)
            return [text.upper() for text in super().translate(texts, source, target)]

    assert Cached(Late()).translate(["films"], "eo", "en") == ["smlif"]


def test_what_was_made_before_an_interruption_is_kept(monkeypatch):
    class Stops(Toy):
        def translate(self, texts, source, target):
            if self.calls:
                raise KeyboardInterrupt
            return super().translate(texts, source, target)

    with pytest.raises(KeyboardInterrupt):
        Cached(Stops()).translate(TEXTS, "eo", "en")
    toy = Toy()
    Cached(toy).translate(TEXTS, "eo", "en")
    assert sum(len(texts) for texts, *_ in toy.calls) == 2500 - 1024


CODE = """
import sys
sys.path.insert(0, sys.argv[1])
from translating import Toy
from textaug.models.translation.cache import Cached
toy = Toy()
for first in range(0, 600, 20):
    made = Cached(toy).translate([f"films {k}" for k in range(first, first + 40)], "eo", "en")
    assert made[3] == f"smlif {first + 3}"
print(sum(len(texts) for texts, *_ in toy.calls))
"""


def test_two_processes_share_a_file():
    command = [sys.executable, "-c", CODE, str(Path(__file__).parents[2])]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    made = [int(one.communicate(timeout=120)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0] and 620 <= sum(made) <= 1240
    toy = Toy()
    Cached(toy).translate([f"films {k}" for k in range(620)], "eo", "en")
    assert toy.calls == []


def test_threads_share_a_file():
    made = []

    def work():
        made.append(Cached(Toy()).translate(TEXTS[:200], "eo", "en"))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 3 and made[0] == made[1] == made[2]


@pytest.mark.parametrize(
    "spoil", [lambda old: b"no database" * 100, lambda old: old[:100] + b"\xff" * (len(old) - 100)]
)
def test_a_broken_file_is_set_aside(folder, spoil):
    Cached(Toy()).translate(["films"], "eo", "en")
    path = folder / cache._NAME
    for more in ("-wal", "-shm"):
        Path(f"{path}{more}").unlink(missing_ok=True)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.warns(UserWarning, match=r"is broken .*; it was set aside as translations.sqlite.broken-\d+-\d+, and"):
        assert Cached(Toy()).translate(["films"], "eo", "en") == ["smlif"]
    assert len(list(folder.glob("*.broken-*"))) == 1
    toy = Toy()
    assert Cached(toy).translate(["films"], "eo", "en") == ["smlif"] and not toy.calls


def test_a_folder_that_cannot_be_used_is_named_with_the_remedy(folder, monkeypatch):
    (folder / "file").write_text("")
    monkeypatch.setenv("TEXTAUG_CACHE", str(folder / "file"))
    with pytest.raises(DataError, match=r"the cache of translations .*TEXTAUG_CACHE, or give cache=False"):
        Cached(Toy()).translate(["films"], "eo", "en")


def test_nothing_but_translations_lies_in_the_file(folder):
    Cached(Toy()).translate(["a confidential film"], "en", "xx")
    assert b"toy" not in (folder / cache._NAME).read_bytes()
