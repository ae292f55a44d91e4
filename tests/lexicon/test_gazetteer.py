"""Gazetteers: read from files, opened once, asked which names may stand for which."""

import json
import pickle

import numpy as np
import pytest

import textaug as ta
from textaug.lexicon.gazetteer import SHIPPED, Gazetteer, look
from textaug.lexicon.names import Collector

TABLE = {
    "PER": ["Ada", "Bo", "Cy Twombly", "Дмитрий", "Анна", "李雷", "韩梅梅"],
    "LOC": ["Rome", "Paris", "New York", "San Marino"],
    "GPE": ["Rome", "Chad", "北京"],
}


@pytest.fixture
def held(tmp_path):
    (tmp_path / "names.json").write_text(json.dumps(TABLE))
    return Gazetteer.open(tmp_path / "names.json")


def options(held, name, label):
    """Return all that may stand in the place of a name."""
    data = np.frombuffer(name.encode(), np.uint8)
    start, end = np.zeros(1, np.int32), np.array([len(data)], np.int32)
    number = held.exact(data, start, end)
    pool = held.narrowed(data, start, end, number, np.array([held.pool(label)], np.int32))
    choice = held.choice(data, start, end, number, pool)
    count = int(choice.others[0])
    draws = (np.arange(count, dtype=np.uint64) << np.uint64(32)) // np.uint64(max(count, 1)) + np.uint64(1)
    some = type(choice)(*(np.repeat(column, count) for column in choice))
    members = held.member[some.drawn(draws.astype(np.uint32))] & 0xFFFFFFFF
    return {held.names[k].decode() for k in members.tolist()}


def test_others_of_the_same_label_script_and_size(held):
    assert options(held, "Ada", "PER") == {"Bo"}
    assert options(held, "Анна", "PER") == {"Дмитрий"}
    assert options(held, "Unknown", "PER") == {"Ada", "Bo"}
    assert options(held, "New York", "LOC") == {"San Marino"}


def test_where_none_is_of_its_size_the_others_of_its_script_do(held):
    assert options(held, "Cy Twombly", "PER") == {"Ada", "Bo"}
    assert options(held, "李雷", "PER") == {"韩梅梅"}
    assert options(held, "北京", "GPE") == set()
    assert options(held, "Athens", "DATE") == set()


def test_labels_that_mean_the_same_share_their_names(held):
    assert options(held, "Rome", "LOC") == {"Paris"} and options(held, "Rome", "GPE") == {"Chad"}
    assert options(held, "Rome", "PLACE") == {"Paris", "Chad"}
    assert held.pool("PLACE") == held.pool("地名") != held.pool("LOC")
    assert held.pool("人名") >= 0 and held.pool("PERSON") == held.pool("per") >= 0
    assert [held.pool(label) for label in ("DATE", None, 5, "")] == [-1] * 4


def test_a_family_s_names_are_of_the_type_that_they_or_their_first_words_are_known_of():
    held = Gazetteer.shipped()
    women, men = (set(json.loads(SHIPPED.read_text())[kind]) for kind in ("FEMALE", "MALE"))
    assert options(held, "Alice", "PER") < women and options(held, "Adam Kowalczyk", "PERSON") < men
    assert options(held, "Blackburn", "PER") & women and options(held, "Blackburn", "PER") & men
    assert all(" " in name for name in options(held, "Adam Kowalczyk", "PERSON"))


def test_the_shipped_names_are_sorted_and_each_of_one_type():
    table = json.loads(SHIPPED.read_text())
    assert all(names == sorted(set(names)) for names in table.values())
    assert (Gazetteer.shipped().kind >= 0).all()


def test_what_a_name_looks_like():
    rows = ["Ada", "Ada Lovelace", "李雷", "Дмитрий", "", "中a", "1 2 3 4 5 6 7 8 9 10", "𠀀中"]
    parts = [row.encode() for row in rows]
    end = np.cumsum([0, *map(len, parts)]).astype(np.int32)
    script, size = look(np.frombuffer(b"".join(parts), np.uint8), end[:-1], end[1:])
    assert size.tolist() == [1, 2, 2, 1, 1, 2, 8, 2]
    assert script[0] == script[1] == script[6] != script[3] != script[2] == script[5] == script[7]


def test_it_is_opened_once_until_it_changes_and_travels_as_its_path(tmp_path):
    path = tmp_path / "names.json"
    path.write_text('{"A": ["x", "y"]}')
    one = Gazetteer.open(path)
    assert Gazetteer.open(str(path)) is one and pickle.loads(pickle.dumps(one)) is one
    path.write_text('{"A": ["x", "y", "z"]}')
    other = Gazetteer.open(path)
    assert other is not one and other.hash != one.hash and "3 names of A" in repr(other)


def test_tsv_is_read_too(tmp_path):
    (tmp_path / "names.tsv").write_text("# comment\nLOC\tNew York\nLOC\tRome\n\nPER\tAda\n")
    held = Gazetteer.open(tmp_path / "names.tsv")
    assert held.types == ("LOC", "PER") and held.names == (b"Ada", b"New York", b"Rome")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", b"[1]", "write {type: [names]} as JSON"),
        ("a.json", b'{"A": "x"}', "'A' has 'x'"),
        ("a.json", b'{"A": [""]}', "'A' has"),
        ("a.json", b'{"A": []}', "holds no names"),
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"\xff", "is not UTF-8: byte 0"),
        ("a.tsv", b"LOC\tRome\nParis\n", "line 2: 'Paris'"),
    ],
)
def test_what_is_no_gazetteer_is_refused(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ta.DataError) as error:
        Gazetteer.open(tmp_path / name)
    assert message in str(error.value)


def test_names_are_gathered_from_spans_each_once_and_sorted():
    texts = ["Ada met Lin in Rome.", None, "Ada, again "]
    spans = [
        [(0, 3, "PER"), {"start": 8, "end": 11, "label": "PER"}, (15, 19, "LOC"), (3, 4, "X")],
        None,
        [(0, 3, "PER")],
    ]
    assert ta.gazetteer(texts, spans) == {"LOC": ["Rome"], "PER": ["Ada", "Lin"]}
    assert list(ta.gazetteer(["b a"], [[(0, 1, "Z"), (2, 3, "A")]])) == ["A", "Z"]
    with pytest.raises(ta.UsageError, match="give for each text a list"):
        ta.gazetteer(["a"], [[(0, 1)]])
    with pytest.raises(ta.UsageError, match="give for each text a list"):
        ta.gazetteer(["a"], [])
    held = Collector()
    held.add(None, "x"), held.add(3, " x "), held.add("A", " ")
    assert held.table() == {"3": ["x"]}
