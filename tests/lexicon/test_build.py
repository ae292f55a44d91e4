"""What is built is what was given: from records, TSV and JSON, the same bytes every time."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textaug.errors import DataError, UsageError
from textaug.lexicon import Lexicon, Record, Relation, build, build_json, build_tsv, describe

WORD = st.text(st.characters(categories=["L", "N"], include_characters="'-."), min_size=1, max_size=20)
RECORD = st.builds(
    Record, WORD, WORD, st.sampled_from(Relation), st.integers(0, 15), st.integers(0, 9), st.integers(1, 255)
)


def made(tmp_path, records, name="made.arrow"):
    build(records, tmp_path / name, language="en", source="test")
    return Lexicon.open(tmp_path / name)


def texts(lexicon, form, relation=Relation.SYNONYM):
    return [candidate.text for candidate in lexicon.lookup(form, relation=relation)]


@settings(deadline=None, max_examples=60)
@given(st.lists(RECORD, min_size=1, max_size=40))
def test_every_form_finds_its_candidates(tmp_path_factory, records):
    records = [one for one in records if one.form.encode().lower() != one.candidate.encode().lower()]
    if not records:
        return
    lexicon = made(tmp_path_factory.mktemp("lexicon"), records)
    for record in records:
        same_entry = [
            r
            for r in records
            if r.form.encode().lower() == record.form.encode().lower()
            and (r.form != r.form.lower()) == (record.form != record.form.lower())
        ]
        if record.form != record.form.lower() and not record.form[0].isupper():
            continue  # iPhone: nothing but capitals at the beginning finds it
        expected = {r.candidate.encode().lower() for r in same_entry if r.relation == record.relation}
        assert {text.encode().lower() for text in texts(lexicon, record.form, record.relation)} == expected
    assert not lexicon.lookup("thiswordisnotthere")


def test_best_rank_comes_first_and_equal_ranks_keep_their_order(tmp_path):
    records = [
        Record("a1", "third", rank=2),
        Record("a1", "first", rank=0),
        Record("a1", "second", rank=0),
        Record("a1", "third", rank=0, pos=2),
        Record("a1", "First", rank=5),
    ]
    assert texts(made(tmp_path, records), "A1") == ["first", "second", "third"]


def test_a_capitalised_form_is_found_with_a_capital_only(tmp_path):
    lexicon = made(tmp_path, [Record("China", "Cathay"), Record("china", "porcelain"), Record("Oslo", "Christiania")])
    assert texts(lexicon, "china") == ["porcelain"]
    assert texts(lexicon, "China") == texts(lexicon, "CHINA") == ["Cathay"]
    assert texts(lexicon, "oslo") == []


def test_the_form_itself_and_phrases_are_left_out_and_counted(tmp_path):
    records = [Record("film", "Film"), Record("motion picture", "film"), Record("film", "motion picture")]
    summary = build(records, tmp_path / "x.arrow", language="en", source="test")
    assert (summary.keys, summary.candidates, summary.phrases, summary.equal) == (1, 1, 1, 1)
    assert summary.bytes == (tmp_path / "x.arrow").stat().st_size


def test_the_same_records_make_the_same_bytes(tmp_path):
    records = [Record(f"w{i}", f"c{i % 5}", i % 4) for i in range(200)]
    for name in ("one", "two"):
        build(records, tmp_path / name, language="en", source="test")
    build(records[:-1], tmp_path / "other", language="en", source="test")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert Lexicon.open(tmp_path / "one").hash == Lexicon.open(tmp_path / "two").hash
    assert Lexicon.open(tmp_path / "one").hash != Lexicon.open(tmp_path / "other").hash


def test_tsv_gives_relations_and_parts_of_speech(tmp_path):
    table = tmp_path / "words.tsv"
    table.write_text("# mine\n\nfilm\tmovie\ngood\tbad\tantonym\tadj\r\nfilm\tpicture\tsynonym\tnoun\n开始\t启动\n")
    build_tsv(table, tmp_path / "x.arrow")
    lexicon = Lexicon.open(tmp_path / "x.arrow")
    assert texts(lexicon, "film") == ["movie", "picture"]
    assert texts(lexicon, "开始") == ["启动"]
    assert lexicon.lookup("good")[0][:3] == ("bad", ("adj",), Relation.ANTONYM)
    assert [one.text for one in lexicon.lookup("film", pos=("noun",))] == ["picture"]
    held = describe(tmp_path / "x.arrow")
    assert (held["keys"], held["candidates"]["synonym"], held["source"]) == (3, 3, "words.tsv")


def test_json_gives_lists_or_relations(tmp_path):
    table = tmp_path / "words.json"
    table.write_text(json.dumps({"film": ["movie", "picture"], "good": {"antonym": ["bad"], "synonym": ["fine"]}}))
    build_json(table, tmp_path / "x.arrow")
    lexicon = Lexicon.open(tmp_path / "x.arrow")
    assert texts(lexicon, "film") == ["movie", "picture"]
    assert texts(lexicon, "good") == ["fine"]
    assert texts(lexicon, "good", Relation.ANTONYM) == ["bad"]


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        ("film", DataError, "line 1: 'film'; write form<TAB>candidate"),
        ("film\t", DataError, "line 1"),
        ("a\tb\tsynonim", UsageError, "no relation 'synonim'; did you mean 'synonym'"),
        ("a\tb\tsynonym\tnuon", UsageError, "no part of speech 'nuon'; did you mean 'noun'"),
        ("# nothing", DataError, "has no form with a candidate"),
        ("a\tb\x07c", DataError, "neither tabs nor control characters"),
        ("x" * 256 + "\tb", DataError, "more than 255 bytes"),
    ],
)
def test_a_wrong_line_is_refused(tmp_path, line, error, message):
    (tmp_path / "words.tsv").write_text(line + "\n")
    with pytest.raises(error, match=message):
        build_tsv(tmp_path / "words.tsv", tmp_path / "x.arrow")
    assert not (tmp_path / "x.arrow").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "write {form: "),
        ('{"a": "b"}', "write a list of candidates"),
        ('{"a": {"synonym": [1]}}', "write a list of candidates"),
    ],
)
def test_wrong_json_is_refused(tmp_path, text, message):
    (tmp_path / "words.json").write_text(text)
    with pytest.raises(DataError, match=message):
        build_json(tmp_path / "words.json", tmp_path / "x.arrow")


def test_files_that_cannot_be_read_or_written_are_named(tmp_path):
    with pytest.raises(DataError, match="cannot read"):
        build_tsv(tmp_path / "none.tsv", tmp_path / "x.arrow")
    (tmp_path / "latin.tsv").write_bytes(b"caf\xe9\tbar\n")
    with pytest.raises(DataError, match="not UTF-8"):
        build_tsv(tmp_path / "latin.tsv", tmp_path / "x.arrow")
    with pytest.raises(DataError, match="cannot write"):
        build([Record("a", "b")], tmp_path / "no" / "x.arrow", language="en", source="test")
    assert list(tmp_path.iterdir()) == [tmp_path / "latin.tsv"]
