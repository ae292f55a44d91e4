"""Dictionaries: what is compiled is what was given, once a machine, whatever happens meanwhile."""

from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug import cache
from textaug.errors import DataError, UsageError
from textaug.kernels.reference.segment import CHILD, FLAG_SHIFT, WORD, find
from textaug.languages import dictionary
from textaug.languages.dictionary import Entry, compiled

words = st.text("abc中文字", min_size=1, max_size=6)


@given(entries=st.lists(st.builds(Entry, words, st.integers(0, 5)), max_size=40), other=words)
def test_every_word_is_found_and_nothing_else(entries, other):
    held, met = compiled(entries), dict(entries)
    for word in [*met, other]:
        edge = find(word, held.trie)
        assert bool(edge >> FLAG_SHIFT & WORD) == (met.get(word, 0) > 0)
        assert edge == 0 or held.counts[edge & CHILD] == met.get(word, 0)
    assert held.total == sum(frequency for _, frequency in entries)


def test_the_whole_of_jiebas_dictionary_is_in_it(jieba):
    jieba.initialize()
    held = dictionary.default()
    assert held.total == jieba.dt.total and len(held.counts) == len(jieba.dt.FREQ) + 1
    for word, frequency in list(jieba.dt.FREQ.items())[::50]:
        assert held.counts[find(word, held.trie) & CHILD] == frequency


def test_compiling_twice_gives_the_same_bytes(tmp_path, monkeypatch):
    source = tmp_path / "dict.txt"
    source.write_text("我们 5\n电影 7 n\n", "utf-8")
    made = []
    for name in ("one", "two"):
        monkeypatch.setenv("TEXTAUG_CACHE", str(tmp_path / name))
        dictionary.opened(source)
        made.append([(path.name, path.read_bytes()) for path in (tmp_path / name).iterdir()])
    assert made[0] == made[1] and len(made[0]) == 1


def _open(arguments):
    import os

    source, os.environ["TEXTAUG_CACHE"] = arguments
    return dictionary.opened(source).total


def test_processes_that_compile_at_once_do_not_disturb_each_other(tmp_path):
    source = tmp_path / "dict.txt"
    source.write_text("".join(f"词{chr(0x4E00 + k)} {k + 1}\n" for k in range(2000)), "utf-8")
    with ProcessPoolExecutor(4) as pool:
        totals = list(pool.map(_open, [(source, str(tmp_path / "cache"))] * 8))
    assert totals == [2000 * 2001 // 2] * 8
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".arrow"]


def test_a_change_is_compiled_anew_and_a_damaged_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("TEXTAUG_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "dict.txt"
    source.write_text("我们 5\n", "utf-8")
    assert dictionary.opened(source).total == 5
    source.write_text("我们 6\n", "utf-8")
    assert dictionary.opened(source).total == 6
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(DataError, match="delete it, and it is compiled again"):
        dictionary.opened(source)


def test_too_many_words_are_refused(monkeypatch):
    monkeypatch.setattr(dictionary, "NODES", 10)
    with pytest.raises(DataError, match="needs 12 nodes; the limit is 10"):
        compiled(Entry(chr(0x4E00 + k), 1) for k in range(11))


def test_a_missing_jieba_says_what_to_install(monkeypatch):
    monkeypatch.setattr(dictionary, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="jieba is needed"):
        dictionary.installed()


def test_a_cache_that_cannot_be_written_names_the_remedy(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TEXTAUG_CACHE", str(tmp_path / "file"))
    with pytest.raises(DataError, match="TEXTAUG_CACHE"):
        cache.cached("x", lambda path: path.write_text("x"))


def test_what_fails_halfway_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("TEXTAUG_CACHE", str(tmp_path))

    def fail(path):
        path.write_text("half")
        raise DataError("no")

    with pytest.raises(DataError, match="no"):
        cache.cached("x", fail)
    assert not list(tmp_path.iterdir())
    assert cache.cached("x", lambda path: path.write_text("whole")).read_text() == "whole"
    assert cache.cached("x", fail).read_text() == "whole" and np.size(list(tmp_path.iterdir())) == 1
