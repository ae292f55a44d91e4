"""Annotations through files: every form of spans, tokens and answers, in every format, and what is wrong with them."""

import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from textaug.errors import DataError, UsageError
from textaug.pipeline.sinks import chunks
from textaug.pipeline.sources import jsonl as jsonl_source
from textaug.pipeline.sources import parquet as parquet_source

TEXT = "Ada Lovelace wrote the first program in London, long before computers existed."
KEPT = "CharSwap(rate=0.0)"
NOISE = [{"transform": "WordDelete", "rate": 0.3}, {"transform": "CharNoise", "cer": 0.1}]
NAMES = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
TOKENS = [
    ["Ada", "Lovelace", "lived", "in", "London", ",", "of", "course"],
    ["New York", "is  big", ""],
    [],
    None,
    ["我", "住", "北", "京"],
    ["我们", "在", "New", "York", "！"],
]
TAGS = [[1, 2, 0, 0, 3, 0, 0, 0], [3, 0, 0], [], None, [0, 0, 3, 4], [0, 0, 3, 4, 0]]
HUGGINGFACE = {
    "huggingface": json.dumps(
        {"info": {"features": {"ner_tags": {"feature": {"names": NAMES, "_type": "ClassLabel"}, "_type": "Sequence"}}}}
    )
}


def write_csv(path, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def rows_of(path):
    """Read JSON lines, or anything else that Arrow reads, as rows."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text().splitlines()]
    if path.suffix == ".csv":
        with path.open(newline="") as file:
            return list(csv.DictReader(file))
    return pq.read_table(path).to_pylist()


def tokens_table(tags=TAGS, kind=None, metadata=HUGGINGFACE):
    kind = kind or pa.list_(pa.int64())
    columns = {"tokens": pa.array(TOKENS, pa.list_(pa.string())), "ner_tags": pa.array(tags, kind)}
    return pa.table({"id": pa.array(range(len(TOKENS))), **columns}).replace_schema_metadata(metadata)


def named(tags):
    return tags and [NAMES[tag] for tag in tags]


# Tokens and tags.


@pytest.mark.parametrize("ending", ["parquet", "arrow", "jsonl", "csv"])
def test_without_edits_tokens_and_tags_come_back_equal(tools, tmp_path, ending):
    given = tools.write(tokens_table(), tmp_path / "in.parquet")
    tools.go(given, tmp_path / f"out.{ending}", KEPT, column="tokens", tags="ner_tags", keep_original=True)
    if ending == "arrow":
        out = pa.ipc.open_file(tmp_path / "out.arrow").read_all()
        assert out.schema.field("ner_tags").type == pa.list_(pa.int64()) and out.schema.metadata
        found = out.to_pylist()
    else:
        found = rows_of(tmp_path / f"out.{ending}")
    read = (lambda cell: json.loads(cell) if cell else None) if ending == "csv" else (lambda cell: cell)
    assert [read(row["tokens"]) for row in found] == [one for one in TOKENS for _ in range(2)]
    assert [read(row["ner_tags"]) for row in found] == [one for one in TAGS for _ in range(2)]


@pytest.mark.parametrize(
    ("tags", "kind", "job"),
    [
        (TAGS, pa.list_(pa.int64()), {}),
        (TAGS, pa.large_list(pa.uint8()), {"tag_names": tuple(NAMES)}),
        ([named(tags) for tags in TAGS], pa.list_(pa.string()), {}),
        ([named(tags) for tags in TAGS], pa.large_list(pa.large_string()), {}),
    ],
)
def test_tokens_and_tags_stay_in_step(tools, tmp_path, tags, kind, job):
    metadata = None if job else HUGGINGFACE
    given = tools.write(tokens_table(tags, kind, metadata), tmp_path / "in.parquet")
    tools.go(given, tmp_path / "out.parquet", NOISE, column="tokens", tags="ner_tags", copies=9, **job)
    out = pq.read_table(tmp_path / "out.parquet")
    assert out.schema.field("ner_tags").type == kind
    found = out.to_pylist()
    assert {row["aug_applied"] == [] for row in found} == {True, False}
    for row in found:
        old = row["aug_id"]
        held = row["ner_tags"]
        names = held and [tag if isinstance(tag, str) else NAMES[tag] for tag in held]
        assert (row["tokens"] is None) == (TOKENS[old] is None) and len(row["tokens"] or []) == len(names or [])
        if not row["aug_applied"]:
            assert (row["tokens"], held) == (TOKENS[old], tags[old])
        if old == 0:
            at = names.index("B-PER")
            assert "Lovelace" in "".join(row["tokens"][at : at + 3]) and "B-LOC" in names


def test_other_columns_of_tokens_follow_and_new_tokens_have_null(tools, tmp_path):
    table = tokens_table().append_column("pos", pa.array([one and list(range(len(one))) for one in TOKENS]))
    given = tools.write(table, tmp_path / "in.parquet")
    job = {"column": "tokens", "tags": "ner_tags", "token_columns": ("pos",), "copies": 5}
    tools.go(given, tmp_path / "out.parquet", "SynonymInsert(rate=0.5)", **job)
    tools.go(given, tmp_path / "more.parquet", "PunctuationInsert(rate=0.5)", **job)
    for row in rows_of(tmp_path / "out.parquet") + rows_of(tmp_path / "more.parquet"):
        old = TOKENS[row["aug_id"]] or []
        for token, pos in zip(row["tokens"] or [], row["pos"] or [], strict=True):
            assert pos is None or old[pos] == token or " " in old[pos]  # a part of it
    assert any(None in row["pos"] for row in rows_of(tmp_path / "more.parquet") if row["pos"])


def test_tokens_that_are_moved_take_their_columns_along(tools, tmp_path):
    tokens = ["我们", "爱", "北京", "，", "他们", "去", "上海", ".", "她", "在", "广州", "."]
    tags = ["B-LOC" if token in ("北京", "上海", "广州") else "O" for token in tokens]
    rows = pa.table({"tokens": [tokens], "tags": [tags], "pos": [list(range(len(tokens)))]})
    given = tools.write(rows, tmp_path / "in.parquet")
    job = {"column": "tokens", "tags": "tags", "token_columns": ("pos",), "copies": 5}
    for number, recipe in enumerate(("SentenceShuffle()", "ClauseShuffle(rate=1.0)", "WordShuffle()")):
        tools.go(given, tmp_path / f"{number}.parquet", recipe, **job)
        made = rows_of(tmp_path / f"{number}.parquet")
        assert any(row["tokens"] != tokens for row in made)
        for row in made:
            assert sorted(row["pos"]) == list(range(len(tokens)))
            assert [(tokens[at], tags[at]) for at in row["pos"]] == list(zip(row["tokens"], row["tags"], strict=True))


def test_words_are_not_merged_with_entities(tools, tmp_path):
    rows = pa.table(
        {"tokens": [["so", "a", "pregnant", "woman", "of", "it"]], "tags": [["O", "O", "B-X", "O", "O", "O"]]}
    )
    given = tools.write(rows, tmp_path / "in.parquet")
    done = tools.go(given, tmp_path / "out.parquet", "WordMerge(rate=1.0)", column="tokens", tags="tags")
    (row,) = rows_of(tmp_path / "out.parquet")
    assert (row["tokens"], row["tags"]) == (["soa", "pregnant", "womanofit"], ["O", "B-X", "O"])
    assert done.counts.nodes["WordMerge"][1:3] == [3, 3]  # blanks beside an entity are not eligible


@pytest.mark.parametrize("out", ["out.jsonl", "out.parquet", "out.csv"])
@pytest.mark.parametrize("ints", [True, False])
def test_tokens_and_tags_as_json(tools, tmp_path, out, ints):
    rows = [{"tokens": a, "tags": b if ints else named(b), "n": 1.5} for a, b in zip(TOKENS, TAGS, strict=True)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    cells = [[json.dumps(row["tokens"]), json.dumps(row["tags"])] for row in rows]
    write_csv(tmp_path / "in.csv", [["tokens", "tags"], *cells])
    job = {"column": "tokens", "tags": "tags", "tag_names": tuple(NAMES) if ints else ()}
    made = []
    for source in ("in.jsonl", "in.csv"):
        tools.go(tmp_path / source, tmp_path / out, NOISE, {"force": True}, **job)
        read = [(row["tokens"], row["tags"]) for row in rows_of(tmp_path / out)]
        made.append(
            [tuple(json.loads(one) if isinstance(one, str) and one else one or None for one in row) for row in read]
        )
    assert [tuple(one or None for one in row) for row in made[0]] == [
        tuple(one or None for one in row) for row in made[1]
    ]
    assert all(len(tokens or []) == len(tags or []) for tokens, tags in made[0])
    assert made[0][0][0] != TOKENS[0]


def test_json_lines_that_stay_such_keep_their_spelling(tools, tmp_path):
    lines = [
        '{"tags": ["O",  "B-PER"], "n": 1.10, "tokens": ["a",   "b"]}',
        '{"tokens": null, "tags": null, "big": 1e400}',
        '{"n": 1}',
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    tools.go(tmp_path / "in.jsonl", tmp_path / "out.jsonl", KEPT, column="tokens", tags="tags")
    out = (tmp_path / "out.jsonl").read_text().splitlines()
    assert out[0].startswith('{"tags":["O",  "B-PER"],"n":1.10,"tokens":["a",   "b"],"aug_id":0')
    assert out[1].startswith('{"tokens":null,"tags":null,"big":1e400,') and out[2].startswith('{"n":1,"aug_id"')


# Spans.


FORMS = {
    "tuples": [[0, 12, "PER"], [40, 46, "LOC"]],
    "objects": [{"start": 0, "end": 12, "label": "PER"}, {"label": "LOC", "start": 40, "end": 46}],
    "more": [{"start": 40, "end": 46, "label": "LOC", "text": "London", "score": 0.5, "of": {"a": [1]}}],
    "both": [[0, 12, "PER"], {"start": 40, "end": 46, "label": "LOC", "text": "London"}],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("out", ["out.jsonl", "out.parquet", "out.csv"])
@pytest.mark.parametrize("source", ["in.jsonl", "in.csv"])
def test_spans_of_every_form(tools, tmp_path, form, out, source):
    rows = [{"text": TEXT, "entities": FORMS[form]}, {"text": "x", "entities": []}, {"text": "y", "entities": None}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    cells = [[row["text"], "" if row["entities"] is None else json.dumps(row["entities"])] for row in rows]
    write_csv(tmp_path / "in.csv", [["text", "entities"], *cells])
    tools.go(tmp_path / source, tmp_path / out, NOISE, spans="entities", copies=3, keep_original=True)
    for row in rows_of(tmp_path / out):
        spans = row["entities"]
        spans = json.loads(spans) if isinstance(spans, str) and spans else spans or None
        old = FORMS[form] if int(row["aug_id"]) == 0 else None
        assert len(spans or []) == len(old or [])
        for one, given in zip(spans or [], old or [], strict=True):
            start, end = (one["start"], one["end"]) if isinstance(one, dict) else one[:2]
            before = (given["start"], given["end"]) if isinstance(given, dict) else given[:2]
            assert row["text"][start:end] == TEXT[before[0] : before[1]]
            if form in ("more", "both"):
                assert type(one) is type(given)
            if isinstance(given, dict):
                same = {key: value for key, value in given.items() if key not in ("start", "end")}
                assert {key: value for key, value in one.items() if key not in ("start", "end")} == same


def test_spans_with_more_fields_keep_their_type(tools, tmp_path):
    kind = pa.large_list(
        pa.struct(
            [
                ("text", pa.large_string()),
                ("start", pa.uint16()),
                ("end", pa.int64()),
                ("label", pa.string()),
                ("n", pa.int8()),
            ]
        )
    )
    spans = [[{"text": "London", "start": 40, "end": 46, "label": "LOC", "n": 7}], None]
    for fields in (kind, pa.list_(pa.struct([field for field in kind.value_type if field.name != "text"]))):
        table = pa.table(
            {
                "text": pa.array([TEXT, "x"], pa.string_view()),
                "e": pa.array(spans, pa.list_(kind.value_type)).cast(kind),
            }
        )
        table = table.set_column(
            1,
            "e",
            pa.array(
                [
                    None if row is None else [{f.name: one[f.name] for f in fields.value_type} for one in row]
                    for row in spans
                ],
                fields,
            ),
        )
        given = tools.write(table, tmp_path / "in.arrow")
        tools.go(given, tmp_path / "out.arrow", NOISE, {"force": True}, spans="e", copies=4)
        out = pa.ipc.open_file(tmp_path / "out.arrow").read_all()
        assert out.schema.field("e").type == fields and out.schema.field("text").type == pa.string_view()
        for row in out.to_pylist():
            if row["aug_id"] == 1:
                assert row["e"] is None
                continue
            (one,) = row["e"]
            assert row["text"][one["start"] : one["end"]] == "London" == one.get("text", "London") and one["n"] == 7


# Answers.


LIST, FLAT = {"text": ["Ada Lovelace", "London", "Ada"], "answer_start": [0, 40, 0]}, ("London", 40)
STRUCT = pa.struct([("text", pa.list_(pa.string())), ("answer_start", pa.list_(pa.int32()))])


def pairs(answers):
    if answers is None:
        return []
    if isinstance(answers, list):
        return [(one["answer_start"], one["text"]) for one in answers]
    return list(zip(answers["answer_start"], answers["text"], strict=True))


@pytest.mark.parametrize("on_span", ["protect", "keep", "drop"])
@pytest.mark.parametrize("source", ["struct.parquet", "list.parquet", "struct.jsonl", "list.jsonl", "struct.csv"])
@pytest.mark.parametrize("out", ["out.parquet", "out.jsonl", "out.csv"])
def test_answers_stand_where_they_say(tools, tmp_path, source, out, on_span):
    listed = [{"text": text, "answer_start": start, "by": "x"} for start, text in pairs(LIST)]
    answers = [LIST, {"text": [], "answer_start": []}, None] if "struct" in source else [listed, [], None]
    rows = [{"context": TEXT, "question": "?", "answers": one} for one in answers]
    path = tmp_path / source
    if path.suffix == ".parquet":
        kind = STRUCT if "struct" in source else None
        pq.write_table(pa.table({"context": [TEXT] * 3, "answers": pa.array(answers, kind)}), path)
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    else:
        write_csv(path, [["context", "answers"], *([row["context"], json.dumps(row["answers"])] for row in rows)])
    recipe = [one | {"on_span": on_span} for one in NOISE]
    done = tools.go(path, tmp_path / out, recipe, column="context", answers=("answers",), copies=9)
    found = rows_of(tmp_path / out)
    assert len(found) + sum(done.counts.rows_dropped.values()) == 27
    for row in found:
        held = row["answers"]
        held = json.loads(held) if isinstance(held, str) and held else held or None
        for start, text in pairs(held):
            assert row["context"][start : start + len(text)] == text != ""
        if int(row["aug_id"]) == 0:
            assert pairs(held) and (on_span != "protect" or [text for _, text in pairs(held)] == LIST["text"])
            assert "list" not in source or all(one["by"] == "x" for one in held)
        else:
            assert not pairs(held) and (held is None) == (answers[int(row["aug_id"])] is None or held is None)
    dropped = set(done.counts.rows_dropped)  # all the words of an answer that is not protected may be deleted
    assert dropped <= {"no answer is left"} and (on_span != "protect" or not dropped)
    assert on_span != "drop" or dropped
    if out == "out.parquet" and source == "struct.parquet":
        assert pq.read_schema(tmp_path / out).field("answers").type == STRUCT


@pytest.mark.parametrize("ending", ["parquet", "jsonl", "csv"])
def test_answers_of_two_columns(tools, tmp_path, ending):
    columns = {"answer_text": ["London", None, ""], "answer_start": [40, None, -1]}
    lists = {"answer_text": [["London", "Ada"], [], None], "answer_start": [[40, 0], [], None]}
    for held in (columns, lists):
        rows = [{"context": TEXT, "answer_text": a, "answer_start": b} for a, b in zip(*held.values(), strict=True)]
        path, out = tmp_path / f"in.{ending}", tmp_path / f"out.{ending}"
        if ending == "parquet":
            pq.write_table(pa.Table.from_pylist(rows), path)
        elif ending == "jsonl":
            path.write_text("\n".join(map(json.dumps, rows)))
        else:
            cells = [
                [TEXT, json.dumps(a) if isinstance(a, list) else a, json.dumps(b) if b is not None else ""]
                for a, b in zip(*held.values(), strict=True)
            ]
            write_csv(path, [list(rows[0]), *cells])
        tools.go(path, out, NOISE, {"force": True}, column="context", answers=("answer_text", "answer_start"))
        row, *others = rows_of(out)
        text, start = row["answer_text"], row["answer_start"]
        if ending == "csv":
            start = json.loads(start)
            text = json.loads(text) if isinstance(start, list) else text
        for one, at in zip(text, start, strict=True) if isinstance(text, list) else [(text, start)]:
            assert row["context"][at : at + len(one)] == one and one in ("London", "Ada")
        assert [bool(one["answer_text"]) and one["answer_text"] != "[]" for one in others] == [False, False]


def test_spans_and_answers_together(tools, tmp_path):
    row = {
        "text": TEXT,
        "entities": [[0, 12, "PER"], [40, 46, "LOC"]],
        "answers": {"text": ["London"], "answer_start": [40]},
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(row))
    tools.go(tmp_path / "in.jsonl", tmp_path / "out.jsonl", NOISE, spans="entities", answers=("answers",), copies=9)
    for one in rows_of(tmp_path / "out.jsonl"):
        assert [one["text"][a:b] for a, b, _ in one["entities"]] == ["Ada Lovelace", "London"]
        assert one["answers"] == {"text": ["London"], "answer_start": [one["entities"][1][0]]}


# Rows that are dropped.


def test_rows_whose_label_may_not_hold_are_dropped_and_counted(tools, tmp_path):
    texts = ["a good film", "seen on Tuesday", "a bad film", None]
    given = tools.write(pa.table({"text": texts}), tmp_path / "in.parquet")
    recipe = "AntonymReplace(rate=1.0)"
    done = tools.go(given, tmp_path / "all.parquet", recipe, keep_original=True, copies=2)
    assert done.counts.rows_dropped == {} and done.counts.rows_out == 12
    done = tools.go(given, tmp_path / "some.parquet", recipe, keep_original=True, copies=2, only_label_preserving=True)
    out = pq.read_table(tmp_path / "some.parquet").to_pylist()
    assert [(row["aug_id"], row["aug_copy"]) for row in out] == [
        (0, 0), (1, 0), (1, 1), (1, 2), (2, 0), (3, 0), (3, 1), (3, 2),
    ]  # fmt: skip
    assert {row["aug_label_effect"] for row in out} == {"preserves"}
    assert done.counts.rows_dropped == {"label may change": 4} and done.counts.rows_out == len(out) == 8
    assert done.counts.rows_changed == 0 and done.to_dict()["rows_dropped"] == {"label may change": 4}


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv", "jsonl"])
def test_what_is_dropped_depends_neither_on_workers_nor_on_slices(tools, tmp_path, ending, monkeypatch):
    monkeypatch.setattr(parquet_source, "PART_BYTES", 5_000)
    monkeypatch.setattr(jsonl_source, "PART_BYTES", 5_000)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 7_000)
    data = tools.table(900, ["The first film was good.", "Nothing here", None, "A bad one"])
    given = tools.write(data, tmp_path / "in.parquet", row_group_size=200)
    made, dropped = set(), []
    for workers, size in [(1, 1 << 24), (2, 1 << 16)]:
        out = tmp_path / f"{workers}.{ending}"
        done = tools.go(
            given,
            out,
            "AntonymReplace(rate=0.5)",
            {"workers": workers},
            slice_bytes=size,
            only_label_preserving=True,
            copies=2,
        )
        made.add(out.read_bytes())
        dropped.append(done.counts.rows_dropped)
        assert done.parts > 1 and done.counts.rows_out + sum(done.counts.rows_dropped.values()) == 1800
    assert len(made) == 1 and dropped[0] == dropped[1] and dropped[0]["label may change"] > 100


# What is wrong.


WRONG = {
    "spans outside": ({"e": [[0, 99, "x"]]}, {"spans": "e"}, r"the span \(0, 99\) lies outside of its text"),
    "spans of text elsewhere": (
        {"e": [{"start": 0, "end": 1, "label": "x", "text": "q"}]}, {"spans": "e"}, "a span says 'q', and on 'a'",
    ),
    "no spans": ({"e": [[0, 1]]}, {"spans": "e"}, r"\[0, 1\] is no span"),
    "no list of spans": ({"e": {"start": 0}}, {"spans": "e"}, "is no list of spans"),
    "an answer elsewhere": (
        {"a": {"text": ["z"], "answer_start": [0]}}, {"answers": ("a",)}, "'z' does not stand at 0, where 'a' does",
    ),
    "answers uneven": ({"a": {"text": ["a"], "answer_start": []}}, {"answers": ("a",)}, "are no answers"),
    "tags uneven": ({"text": ["a"], "t": []}, {"tags": "t"}, "1 tokens have 0 of 't'"),
    "tags without names": ({"text": ["a"], "t": [5]}, {"tags": "t"}, "the tag 5 has no name; .*--tag-names"),
    "tokens that are none": ({"text": [1], "t": ["O"]}, {"tags": "t"}, "is no list of tokens"),
    "tags that are none": ({"text": ["a"], "t": [1.5]}, {"tags": "t"}, "1.5 is no tag"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_rows_with_wrong_annotations_are_refused_or_set_aside(tools, tmp_path, wrong):
    row, job, message = WRONG[wrong]
    tokens = "tags" in job
    good = {"text": ["b"] if tokens else "b c", "t": ["O"]}
    rows = [good, {"text": "a b"} | row, good]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(
        DataError, match=rf"in.jsonl, row 1, column '\w+': .*{message}.*; set such rows aside with --on-invalid"
    ):
        tools.go(tmp_path / "in.jsonl", tmp_path / "out.jsonl", **job)
    assert not (tmp_path / "out.jsonl").exists()
    done = tools.go(tmp_path / "in.jsonl", tmp_path / "out.jsonl", on_invalid="skip", **job)
    assert (done.counts.rows_in, done.counts.rows_out, done.counts.rows_rejected) == (3, 2, 1)
    (aside,) = map(json.loads, (tmp_path / "out.jsonl_rejected.jsonl").read_text().splitlines())
    assert aside["row"] == 1 and aside["reason"] and aside["column"] in row


def test_cells_that_are_no_json_are_refused_or_set_aside(tools, tmp_path):
    write_csv(tmp_path / "in.csv", [["text", "e"], ["a b", "[[0, 1, 'x']]"], ["a b", '[[0, 1, "x"]]']])
    with pytest.raises(DataError, match=r"row 0, column 'e': .* is no JSON"):
        tools.go(tmp_path / "in.csv", tmp_path / "out.csv", spans="e")
    assert tools.go(tmp_path / "in.csv", tmp_path / "out.csv", spans="e", on_invalid="skip").counts.rows_rejected == 1


def test_spans_of_arrow_outside_of_their_text_are_set_aside(tools, tmp_path):
    spans = [[{"start": 0, "end": end, "label": "x"}] for end in (1, 9, -1, 3)]
    given = tools.write(pa.table({"text": ["abc"] * 4, "e": spans}), tmp_path / "in.parquet")
    with pytest.raises(DataError, match=r"row 1, column 'e': the span \(0, 9\) lies outside of its text of 3"):
        tools.go(given, tmp_path / "out.parquet", spans="e")
    done = tools.go(given, tmp_path / "out.parquet", KEPT, spans="e", on_invalid="skip")
    assert done.counts.rows_rejected == 2 and pq.read_table(tmp_path / "out.parquet")["aug_id"].to_pylist() == [0, 3]


COLUMNS = {
    "tags of another type": ({"tags": "text", "column": "n"}, r"'n' holds int64; tokens are list<string>"),
    "answers of another type": ({"answers": ("n",)}, "'n' holds int64; answers are struct"),
    "a column that is not there": ({"answers": ("anwers",)}, "no column 'anwers'"),
    "a column named twice": ({"spans": "text"}, "'text' is named twice"),
    "three columns of answers": ({"answers": ("a", "b", "c")}, "name one column, or one of texts and one of starts"),
    "spans of tokens": ({"tags": "t", "spans": "e"}, "tags of tokens go with no spans"),
    "names of no tags": ({"tag_names": ("O",)}, "belong to tokens and tags"),
}


@pytest.mark.parametrize("wrong", COLUMNS)
def test_wrong_columns_are_refused_before_a_row_is_read(tools, tmp_path, wrong):
    job, message = COLUMNS[wrong]
    given = tools.write(pa.table({"text": ["a"], "n": [1]}), tmp_path / "in.parquet")
    with pytest.raises(UsageError, match=message):
        tools.go(given, tmp_path / "out.parquet", **job)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_a_tag_that_names_lack_is_told(tools, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"tokens": ["New", "London"], "tags": [0, 1]}')
    with pytest.raises(DataError, match="the tag 'B-LOC' is none of --tag-names O,S-LOC,E-LOC"):
        recipe = "EntitySwap(rate=1.0, gazetteer='names.json')"
        (tmp_path / "names.json").write_text('{"LOC": ["New York", "London"]}')
        recipe = f"EntitySwap(rate=1.0, gazetteer={str(tmp_path / 'names.json')!r})"
        tools.go(
            tmp_path / "in.jsonl",
            tmp_path / "out.jsonl",
            recipe,
            column="tokens",
            tags="tags",
            tag_names=("O", "S-LOC", "E-LOC"),
        )


def test_the_plan_knows_the_annotations_and_the_gazetteer(tools, tmp_path):
    (tmp_path / "names.json").write_text('{"LOC": ["Rome", "Oslo"]}')
    recipe = f"EntitySwap(rate=1.0, gazetteer={str(tmp_path / 'names.json')!r})"
    given = tools.write(pa.table({"text": ["in Rome"] * 3}), tmp_path / "in.parquet")
    tools.go(given, tmp_path / "out/", recipe)
    for change in ({"only_label_preserving": True}, {"answers": ("text2",)}):
        with pytest.raises(UsageError):
            tools.go(given, tmp_path / "out/", recipe, {"resume": True}, **change)
    (tmp_path / "names.json").write_text('{"LOC": ["Rome", "Oslo", "Bern"]}')
    with pytest.raises(UsageError, match=r"another plan.*lexicons"):
        tools.go(given, tmp_path / "out/", recipe, {"resume": True})
