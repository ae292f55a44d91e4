"""Static masking: every token is packed once, in order; sequences are full; the same bytes however it was done."""

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textaug.draws import Address
from textaug.errors import DataError, UsageError
from textaug.masking import Bernoulli, Column, Entities, Exact, FromBatch, Masking, Replace, Tokens, Words, preview
from textaug.masking.annotate import annotate
from textaug.masking.presets import ERNIE, RoBERTa
from textaug.masking.static import fill
from textaug.masking.static.fill import BLOCK, Packing, addresses, filled
from textaug.masking.static.recipe import Static, parse
from textaug.masking.static.sentences import Sentences, cut
from textaug.masking.static.template import Template
from textaug.masking.static.tokenizer import Source, digest, open_tokenizer
from textaug.pipeline import inputs, parts
from textaug.pipeline.masked import first_sequences, summarised
from textaug.pipeline.masking import MaskJob
from textaug.pipeline.run import Options, run
from textaug.pipeline.sources import parquet as parquet_source
from textaug.pipeline.target import choose

UNITS = ("word_ids",)
TEMPLATE = Template(np.array([101], np.int32), np.array([102], np.int32))
BARE = Template(np.zeros(0, np.int32), np.zeros(0, np.int32))
HERE = Address(seed=3)


@st.composite
def documents(draw):
    """Draw documents of sentences of words of tokens: the ids, which are all different, and two columns."""
    sizes = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=5), max_size=4)
    rows, token = [], 1000
    for sentences in draw(st.lists(sizes, max_size=8)):
        ids, sentence, word = [], [], []
        for number, words in enumerate(sentences):
            for size in words:
                word += [(word[-1] + 1) if word else 0] * size
                sentence += [number] * size
                ids += range(token, token + size)
                token += size
        rows.append((ids, sentence, word))
    return rows


def table(rows):
    kind = pa.list_(pa.int32())
    return pa.table(
        {name: pa.array([row[k] for row in rows], kind) for k, name in enumerate(("input_ids", "sentence_ids", *UNITS))}
    )


def sentences_of(rows, room, first=0):
    numbers = np.arange(first, first + len(rows), dtype=np.int64)
    return cut(table(rows), ("input_ids", *UNITS), numbers, room)


def packed(rows, packing, template=TEMPLATE, cuts=()):
    """Pack documents that come in several batches."""
    held, made = Sentences.none(("input_ids", *UNITS)), []
    for a, b in pairwise([0, *cuts, len(rows)]):
        one, held = filled(
            held.joined(sentences_of(rows[a:b], packing.room(template), a)), packing, template, HERE, last=False
        )
        assert len(one) % BLOCK == 0
        made.append(one)
    made.append(filled(held, packing, template, HERE, last=True)[0])
    lists = [(row.tolist(), unit) for one in made for row, unit in zip(one.ids, units_of(one), strict=True)]
    places = [pair for one in made for pair in zip(one.document.tolist(), one.place.tolist(), strict=True)]
    return lists, places


def units_of(sequences):
    bounds = pairwise(sequences.ids.offsets.tolist())
    return [sequences.columns["word_ids"][a:b].tolist() for a, b in bounds]


def by_hand(rows, packing, template):
    """Pack as the paper says, a token at a time; sentences longer than a sequence are not met here."""
    room, sequences, now, last = packing.room(template), [], [], None
    for number, (ids, sentence, _) in enumerate(rows):
        for k in sorted(set(sentence)):
            tokens = [id for id, one in zip(ids, sentence, strict=True) if one == k]
            parted = last is not None and last != number
            need = len(tokens) + len(template.between) * parted
            if now and (len(now) + need > room or (parted and packing.sentences == "document")):
                sequences.append(now)
                now, parted = [], False
            now += (template.between.tolist() if parted and now else []) + tokens
            last = number
    around = (template.before.tolist(), template.behind.tolist())
    return [[*around[0], *one, *around[1]] for one in [*sequences, now] if one]


@given(documents(), st.sampled_from(["full", "document"]), st.sampled_from([TEMPLATE, BARE]), st.integers(24, 60))
def test_full_sentences_are_packed_as_by_hand(rows, sentences, template, room):
    packing = Packing(room + template.size, sentences)
    assert [ids for ids, _ in packed(rows, packing, template)[0]] == by_hand(rows, packing, template)


@given(documents(), st.integers(1, 30), st.sampled_from(["full", "document"]), st.sampled_from([0.0, 0.5]), st.data())
def test_every_token_is_packed_once_in_order_however_the_documents_come(rows, room, sentences, short, data):
    packing = Packing(room + 2, sentences, short)
    lists, places = packed(rows, packing)
    assert all(len(ids) <= packing.length and ids[0] == 101 and ids[-1] == 102 for ids, _ in lists)
    assert [id for ids, _ in lists for id in ids if id >= 1000] == [id for row in rows for id in row[0]]
    assert places == [next((n, row[0].index(ids[1])) for n, row in enumerate(rows) if ids[1] in row[0])
                      for ids, _ in lists]  # fmt: skip
    if sentences == "document":
        assert not any(102 in ids[:-1] for ids, _ in lists)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rows)), max_size=4)))
    assert packed(rows, packing, cuts=cuts) == (lists, places)


@given(documents(), st.integers(1, 30), st.sampled_from(["full", "document"]))
def test_units_keep_together_and_apart_and_are_numbered_from_0(rows, room, sentences):
    names = {id: (n, word) for n, (ids, _, words) in enumerate(rows) for id, word in zip(ids, words, strict=True)}
    for ids, units in packed(rows, Packing(room + 2, sentences))[0]:
        inside = [(unit, names[id]) for id, unit in zip(ids, units, strict=True) if id >= 1000]
        assert len({unit for unit, _ in inside}) == len(set(inside)) == len({name for _, name in inside})
        assert sorted({unit for unit, _ in inside}) == list(range(len(set(inside))))
        assert all(unit == -1 for id, unit in zip(ids, units, strict=True) if id < 1000)


@given(documents(), st.integers(1, 12))
def test_sentences_that_are_too_long_are_cut_between_units(rows, room):
    made = sentences_of(rows, room)
    assert (made.lengths <= room).all() and (made.lengths > 0).all()
    borders = made.offsets[1:-1][~made.fresh[1:]]
    word = made.columns["word_ids"]
    owner = np.repeat(made.document, made.lengths)
    size = Counter(zip(owner.tolist(), word.tolist(), strict=True))
    for border in borders.tolist():
        assert word[border] != word[border - 1] or size[(int(owner[border]), int(word[border]))] > room


def test_some_sequences_are_shorter_if_asked():
    rows = [([*range(1000 + 10 * k, 1010 + 10 * k)], [j // 2 for j in range(10)], list(range(10))) for k in range(2000)]
    full = [len(ids) for ids, _ in packed(rows, Packing(66))[0]]
    some = [len(ids) for ids, _ in packed(rows, Packing(66, short=0.3))[0]]
    assert np.mean(np.array(full[:-1]) < 60) == 0
    assert abs(np.mean(np.array(some[:-1]) < 60) - 0.3 * 57 / 63) < 0.08  # a limit is any of 2 … 64
    with pytest.raises(UsageError, match="no room beside 2 special"):
        Packing(2).room(TEMPLATE)


def test_addresses_are_documents_and_places():
    assert addresses(np.array([0, 7]), np.array([5, 3])).tolist() == [5, 7 * 2**32 + 3]


@pytest.mark.parametrize("kind", ["wordpiece", "byte-level", "unigram", "characters"])
def test_a_tokenizer_opens_as_a_folder_or_a_file_and_shows_its_template(tokenizers, tmp_path, kind):
    held = tokenizers[kind]
    held.save_pretrained(tmp_path / "tok")
    folder, file = open_tokenizer(tmp_path / "tok"), open_tokenizer(tmp_path / "tok" / "tokenizer.json")
    assert digest(folder) == digest(held) and digest(file) == digest(open_tokenizer(tmp_path / "tok/tokenizer.json"))
    for one in (folder, file):
        template = Template.of(one)
        assert template.before.tolist() == [held.cls_token_id] and template.behind.tolist() == [held.sep_token_id]


def test_what_is_no_tokenizer_is_told(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(UsageError, match=r"no tokenizer .*save_pretrained"):
        open_tokenizer(tmp_path / "none")
    with pytest.raises(UsageError, match=r"holds no tokenizer: no tokenizer\.json"):
        open_tokenizer(tmp_path / "empty")
    with pytest.raises(DataError, match="is no tokenizer that can be read"):
        open_tokenizer(tmp_path / "bad.json")


def test_presets_are_read_as_data():
    assert parse("ernie(stage='phrase')").masking == ERNIE("phrase").masking and parse("RoBERTa") == RoBERTa()
    for line in ("ernie(", "ernie(stage=open('x'))", "ernie('phrase')(1)"):
        with pytest.raises(UsageError, match="is no preset"):
            parse(line)
    with pytest.raises(UsageError, match="did you mean 'ernie'"):
        parse("erni")


# The pipeline.


@pytest.fixture(scope="module")
def folder(tokenizers, tmp_path_factory, reviews, chinese_reviews):
    """A tokenizer's folder, and a corpus of row groups of 20 documents."""
    place = tmp_path_factory.mktemp("static")
    tokenizers["wordpiece"].save_pretrained(place / "tok")
    texts = [text[:600] for text in reviews[:60]] + ["", None] + [text[:200] for text in chinese_reviews[:40]]
    pq.write_table(pa.table({"text": texts, "n": range(len(texts))}), place / "in.parquet", row_group_size=20)
    return place


@pytest.fixture
def many_parts(monkeypatch):
    """A part for each row group."""
    monkeypatch.setattr(parquet_source, "PART_BYTES", 1)


def static(folder, masking=None, packing=None, **given):
    source = Source(str(folder / "tok"), digest(open_tokenizer(folder / "tok")))
    return Static(
        tokenizer=source, masking=masking or Masking(Words(), Exact(0.15)), packing=packing or Packing(64), **given
    )


def go(folder, out, options=None, given=None, **job):
    files = inputs.find([str(given or folder / "in.parquet")])
    target = choose(str(out), files, job.pop("to", "parquet"))
    job = {"static": static(folder), "copies": 2, **job}
    made = MaskJob(column="text", output=target.format, several=len(files) > 1, **job)
    return run(made, files, target, Options(**(options or {})))


def tree(path):
    return {one.relative_to(path): one.read_bytes() for one in sorted(path.rglob("*")) if one.suffix == ".parquet"}


def test_the_same_bytes_for_every_number_of_workers_and_every_slice(folder, tmp_path, many_parts, monkeypatch):
    go(folder, tmp_path / "one")
    go(folder, tmp_path / "two", {"workers": 2})
    monkeypatch.setattr(fill, "BLOCK", 4)
    monkeypatch.setattr("textaug.pipeline.masking.BLOCK", 4)
    monkeypatch.setattr(MaskJob, "slice_size", property(lambda job: job.slice_bytes))
    go(folder, tmp_path / "slices", slice_bytes=2000)
    assert len(tree(tmp_path / "one")) == 6
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "slices")


def test_masks_that_depend_on_a_batch_do_not_depend_on_slices(folder, tmp_path, monkeypatch):
    masking = Masking(Tokens(), Bernoulli(0.5), Replace(0.0, 1.0, pool=FromBatch()))
    monkeypatch.setattr(fill, "BLOCK", 8)
    monkeypatch.setattr("textaug.pipeline.masking.BLOCK", 8)
    monkeypatch.setattr(MaskJob, "slice_size", property(lambda job: job.slice_bytes))
    for size in (2000, 10_000, 1 << 20):
        go(folder, tmp_path / f"{size}.parquet", static=static(folder, masking), slice_bytes=size)
    assert len({(tmp_path / f"{size}.parquet").read_bytes() for size in (2000, 10_000, 1 << 20)}) == 1


@contextmanager
def disk_full_after(number):
    """Every part fails from the n-th on; the plan, which writes no rows, does not count."""
    held, left = parts.sinks.writing, [number + 1]

    def writing(stream, *rest, **options):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return held(stream, *rest, **options)

    parts.sinks.writing = writing
    try:
        yield
    finally:
        parts.sinks.writing = held


@pytest.mark.parametrize("out", ["folder", "file.parquet"])
def test_a_run_that_was_interrupted_goes_on_to_the_same_bytes(folder, tmp_path, many_parts, out):
    go(folder, tmp_path / f"whole-{out}")
    for number in (2, 3):
        with pytest.raises(DataError, match="cannot write"), disk_full_after(number):
            go(folder, tmp_path / out, {"resume": True})
    done = go(folder, tmp_path / out, {"resume": True})
    assert (done.parts, done.parts_resumed) == (6, 5)
    if out == "folder":
        assert tree(tmp_path / out) == tree(tmp_path / f"whole-{out}") and (tmp_path / out / "_SUCCESS").exists()
    else:
        assert (tmp_path / out).read_bytes() == (tmp_path / f"whole-{out}").read_bytes()
        assert not list(tmp_path.glob(".file*"))


def test_a_changed_plan_is_refused(folder, tmp_path, many_parts, tokenizers):
    with pytest.raises(DataError), disk_full_after(2):
        go(folder, tmp_path / "out")
    with pytest.raises(UsageError, match=r"masking\.budget: .Exact\(p=0\.15.* → .Exact\(p=0\.2"):
        go(folder, tmp_path / "out", {"resume": True}, static=static(folder, Masking(Words(), Exact(0.2))))
    with pytest.raises(UsageError, match="length: 64 → 32"):
        go(folder, tmp_path / "out", {"resume": True}, static=static(folder, packing=Packing(32)))
    tokenizers["characters"].save_pretrained(tmp_path / "tok")
    with pytest.raises(UsageError, match="tokenizer: "):
        go(folder, tmp_path / "out", {"resume": True}, static=static(tmp_path))
    changed = replace(static(tmp_path), tokenizer=Source(str(tmp_path / "tok"), "another"))
    with pytest.raises(DataError, match="has changed since the run began"):
        go(folder, tmp_path / "new", static=changed)


def test_masks_are_those_of_the_address_of_each_sequence(folder, tmp_path):
    masking = Masking(Words(), Exact(0.2), Replace())
    go(folder, tmp_path / "out.parquet", static=static(folder, masking), seed=5, copies=3)
    held = pq.read_table(tmp_path / "out.parquet")
    tokenizer = open_tokenizer(folder / "tok")
    for copy in (1, 2, 3):
        some = held.filter(pa.compute.equal(held["copy"], copy))
        labels, new = some["labels"].to_pylist(), some["input_ids"].to_pylist()
        ids = [[a if b == -100 else b for a, b in zip(*pair, strict=True)] for pair in zip(new, labels, strict=True)]
        rows = addresses(some["row"].to_numpy(), some["token"].to_numpy()).tolist()
        again = masking.mask(
            ids, tokenizer, columns={"word_ids": some["word_ids"]}, special_tokens_mask=some["special_tokens_mask"],
            ids=rows, address=Address(5, copy=copy),
        )  # fmt: skip
        assert again.input_ids == new and again.labels == labels
    assert held["copy"].to_pylist()[:4] == [1, 2, 3, 1]
    assert held["attention_mask"].to_pylist() == [[1] * len(row) for row in held["input_ids"].to_pylist()]


def test_sequences_hold_the_tokens_of_all_documents(folder, tmp_path):
    go(folder, tmp_path / "out.parquet", copies=1)
    held = pq.read_table(tmp_path / "out.parquet").to_pylist()
    texts = pq.read_table(folder / "in.parquet").select(["text"])
    plain = annotate(open_tokenizer(folder / "tok"), add_special_tokens=False)(texts)
    wanted = [id for row in plain["input_ids"].to_pylist() for id in row]
    found = [
        a if b == -100 else b
        for row in held
        for a, b, c in zip(row["input_ids"], row["labels"], row["special_tokens_mask"], strict=True)
        if not c
    ]
    assert found == wanted
    assert all(len(row["input_ids"]) <= 64 for row in held)


def test_entities_come_from_a_column_and_from_json_lines(folder, tmp_path):
    texts = ["Ann met Bob Smith in New York today.", "Nobody was there."]
    spans = [[(0, 3, "PER"), (8, 17, "PER"), (21, 29, "LOC")], []]
    rows = [
        {"text": text, "who": [dict(zip(("start", "end", "label"), one, strict=True)) for one in found]}
        for text, found in zip(texts, spans, strict=True)
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    masking = Masking(Entities(over=None), Bernoulli(1.0), Replace(1.0, 0.0))
    job = {"static": static(folder, masking, spans=True), "spans": "who", "copies": 1}
    go(folder, tmp_path / "out.parquet", given=tmp_path / "in.jsonl", **job)
    held = pq.read_table(tmp_path / "out.parquet").to_pylist()
    tokenizer = open_tokenizer(folder / "tok")
    told = [id for row in held for id in row["labels"] if id != -100]
    assert "".join(tokenizer.convert_ids_to_tokens(told)).replace("##", "") == "annbobsmithnewyork"
    assert sorted({n for row in held for n in row["entity_ids"]}) == [-1, 0, 1, 2]


def test_units_without_a_source_are_refused(folder):
    with pytest.raises(UsageError, match="'entity_ids', and nothing tells of them"):
        static(folder, Masking(Entities())).open()
    with pytest.raises(UsageError, match="'mine', which cannot be made of text"):
        static(folder, Masking(Column("mine"))).open()


def test_rows_that_are_no_text_are_set_aside(folder, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text": "A film."}\n{"text": 7}\n{"text": "Another film."}\n')
    done = go(folder, tmp_path / "out.parquet", given=tmp_path / "in.jsonl", on_invalid="skip")
    assert (done.counts.rows_in, done.counts.rows_rejected) == (3, 1)
    assert json.loads(Path(done.rejected).read_text())["row"] == 1
    with pytest.raises(DataError, match="row 1, column 'text'"):
        go(folder, tmp_path / "again.parquet", given=tmp_path / "in.jsonl")


def test_no_text_makes_a_whole_file_without_rows(folder, tmp_path):
    pq.write_table(pa.table({"text": pa.array(["", None], pa.string())}), tmp_path / "in.parquet")
    go(folder, tmp_path / "out.parquet", given=tmp_path / "in.parquet")
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0
    with pytest.raises(DataError, match="no text"):
        first_sequences(MaskJob(column="text", output="parquet", static=static(folder)),
                        inputs.find([str(tmp_path / "in.parquet")]), 3)  # fmt: skip


def test_the_preview_shows_what_the_run_writes(folder, tmp_path):
    masking = ERNIE("basic").masking
    files = inputs.find([str(folder / "in.parquet")])
    go(folder, tmp_path / "out.parquet", static=static(folder, masking), seed=2)
    job = MaskJob(column="text", output="parquet", static=static(folder, masking), seed=2)
    shown = first_sequences(job, files, 4)
    held = pq.read_table(tmp_path / "out.parquet").slice(0, 8).to_pydict()
    tokenizer = open_tokenizer(folder / "tok")
    stored = preview(held["input_ids"][::2], held["labels"][::2], tokenizer, masking=masking)
    assert [[(one.was, one.now) for one in row] for row in shown.preview.rows] == [
        [(one.was, one.now) for one in row] for row in stored.rows
    ]
    assert shown.places == [(row, token, 1) for row, token in zip(held["row"][::2], held["token"][::2], strict=True)]


def test_files_say_themselves_which_ids_are_special(folder, tmp_path, many_parts):
    done = go(folder, tmp_path / "out")
    files = inputs.find([str(tmp_path / "out")])
    made = summarised(files, None)
    assert made.rows == done.counts.rows_out
    (_, eligible, changed, rows) = done.counts.nodes["selected"]
    assert (made.selected.count, made.selected.of) == (changed, eligible)
    assert made.rows - made.empty.count == rows == done.counts.rows_changed
    assert made.units["word_ids"].broken.count == 0
    assert made.to_dict() == summarised(files, str(folder / "tok")).to_dict()
    assert json.loads(json.dumps(made.to_dict()))["rows"] == made.rows
    with pytest.raises(UsageError, match="no column 'input_ids'; give what textaug mask has written"):
        summarised(inputs.find([str(folder / "in.parquet")]), None)
