"""Back-translation: what changes, what stays, and why."""

import pickle
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rows_of_text, spans_of
from translating import Failing, Told, Toy, Wrong

import textaug as ta
from textaug import BackTranslation
from textaug.engine import run

real = pytest.mark.skipif(shutil.which("apertium") is None, reason="apertium is not installed")


def by(translator, **fields):
    return BackTranslation(translator=translator, cache=False, **fields)


def told(change, **fields):
    """Translate with a function, on the way back."""
    toy = Toy()
    toy.back = change
    return by(toy, **fields)


def test_only_words_that_differ_are_edited():
    done = told(lambda text: text.replace("film", "movie")).apply("A good film.\n\n  The film  ended ... ", spans=[])
    assert done.text == "A good movie.\n\n  The movie  ended ... "
    assert [(edit.start, edit.end, edit.text) for edit in done.edits] == [(7, 11, "movie"), (20, 24, "movie")]


def test_spans_in_what_did_not_change_survive():
    made = told(lambda text: text.replace("film", "motion picture"), on_span="drop")
    done = made.apply("The film was good.", spans=[(0, 3, "DET"), (4, 8, "OBJ"), (13, 17, "OP")])
    assert [(span.start, span.end, span.label) for span in done.spans] == [(0, 3, "DET"), (23, 27, "OP")]


def test_protected_text_goes_through_as_placeholders():
    toy = Toy()
    done = by(toy, protect=("good",)).apply("some great good film by someone", spans=[(5, 10, "OP")])
    assert done.text == "great good  by enoemos" and done.spans == [ta.Span(0, 5, "OP")]
    assert toy.calls[0][0] == ["some XQ0Z XQ1Z film by someone"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("XQ0Z", ""), "protected text was lost"),
        (lambda text: text.replace("XQ0Z", "XQ0Z XQ0Z"), "protected text came back twice"),
        (lambda text: " ".join(text.split()[::-1]), "protected text changed places"),
        (lambda text: "", "the answer is empty"),
    ],
)
def test_a_row_whose_protected_text_is_lost_stays(change, reason):
    row = "An early sentence. Ann saw Bob here."
    (done,) = told(change, protect=("Ann", "Bob")).apply([row]).applied
    assert done.changed == 0 and reason in done.skipped
    assert told(change, protect=("Ann", "Bob"))(row) == row


def test_failures_stay_and_are_counted():
    done = by(Failing()).apply(["a film", "we fail here. a film", None, "", "fail"])
    assert done.text == ["a", "we fail here. a film", None, "", "fail"]
    (applied,) = done.applied
    assert (applied.eligible, applied.changed, applied.skipped) == (3, 1, {"HTTP 429": 2})


def test_a_wrong_number_of_answers_costs_only_the_texts_without_one():
    done = by(Wrong()).apply(["one movie", "is lost", "two movies", "three movies"])
    assert done.text == ["eno eivom", "is lost", "owt seivom", "eerht seivom"]
    assert done.applied[0].skipped == {"not one answer a text": 1}


def test_sentences_half_translated_stay_alone():
    made = by(Told(lambda text: text.replace("hotel.", "hotelajn.").replace("firm", "company")))
    done = made.apply("We saw a hotel. We saw a firm.")
    assert done.text == "We saw a hotel. We saw a company."
    assert done.applied[0].skipped == {"words of the other language were left": 1}


def test_rows_that_negate_something_else_may_change_their_label():
    done = told(lambda text: text.replace("not ", "").replace("film", "movie")).apply(["It was not bad.", "A film."])
    assert done.applied[0].doubtful.tolist() == [True, False] and done.applied[0].label_effect == "preserves"


def test_only_rows_of_the_gate_are_translated():
    toy = Toy()
    rows = [f"number {k} it is" for k in range(400)]
    done = by(toy, p=0.25).apply(rows)
    assert len(toy.calls[0][0]) == done.applied[0].eligible == done.applied[0].changed
    assert 60 < done.applied[0].changed < 140
    by(toy, p=0.0)(rows)
    assert len(toy.calls) == 2


@given(rows=rows_of_text)
def test_line_breaks_and_blank_rows_stay(rows):
    made = by(Toy())(rows)
    for old, new in zip(rows, made, strict=True):
        assert [mark for mark in new if mark in "\r\n\x00"] == [mark for mark in old if mark in "\r\n\x00"]
        assert new == old or any(map(str.isalpha, old))


def test_tiles_do_not_matter(monkeypatch):
    rows = [f"A film number {k}. <b it was" for k in range(50)] + ["good> film"] * 9
    made = by(Toy())(rows)
    monkeypatch.setattr("textaug.batch.TILE_ROWS", 3)
    assert by(Toy())(rows) == made == [by(Toy())(row) for row in rows]


def test_parameters_are_refused_with_the_remedy():
    with pytest.raises(ta.UsageError, match="no translator 'apertum'; did you mean 'apertium'"):
        BackTranslation(translator="apertum")
    with pytest.raises(ta.UsageError, match="translator=5: give"):
        BackTranslation(translator=5)
    with pytest.raises(ta.UsageError, match="pivot='en': give another language"):
        BackTranslation(pivot="en")


def test_an_object_cannot_be_written_down_and_can_be_pickled():
    made = by(Toy("x"))
    with pytest.raises(ta.UsageError, match='cannot be written down: give "kind:argument"'):
        made.to_dict()
    assert pickle.loads(pickle.dumps(made)).translator.identity == "toy x"
    assert made.reads()[f"translator {made.translator}"] == "toy x"


def test_a_run_is_of_its_translator_and_is_not_resumed_with_another():
    from textaug.pipeline.augmenting import lexicons

    assert lexicons([BackTranslation(translator="toy:a")])["translator toy:a"] == "toy a"


def test_a_resumed_run_translates_nothing_twice(tmp_path, monkeypatch):
    from textaug.cli import run as command
    from textaug.models.translation import opened

    monkeypatch.setenv("TEXTAUG_CACHE", str(tmp_path / "cache"))
    rows = [f"A nice film, the {k}." for k in range(300)]
    pq.write_table(pa.table({"text": rows}), tmp_path / "in.parquet", row_group_size=100)
    recipe = 'BackTranslation(translator="toy:resumed", pivot="eo")'
    toy = opened("toy:resumed")

    def augment(name):
        return command(["augment", str(tmp_path / "in.parquet"), "-o", str(tmp_path / name), "--column", "text",
                        "--transform", recipe, "--workers", "1"])  # fmt: skip

    assert augment("one.parquet") == 0
    asked = len(toy.calls)
    assert augment("two.parquet") == 0 and len(toy.calls) == asked
    assert pq.read_table(tmp_path / "one.parquet").equals(pq.read_table(tmp_path / "two.parquet"))


@real
@pytest.mark.parametrize("pivot", ["eo", "es"])
def test_real_reviews_come_back(pivot, reviews, tmp_path, monkeypatch):
    monkeypatch.setenv("TEXTAUG_CACHE", str(tmp_path))
    rows = [review for review in reviews if len(review) < 200][:60]
    made = BackTranslation(pivot=pivot, protect=("Hollywood",))
    try:
        done = made.apply(rows)
    except ta.UsageError as error:
        pytest.skip(str(error))
    (applied,) = done.applied
    assert applied.changed > 30 and applied.changed + sum(applied.skipped.values()) <= 2 * len(rows)
    assert made(rows) == done.text == [BackTranslation(pivot=pivot, protect=("Hollywood",), cache=False)(row)
                                       for row in rows[:3]] + done.text[3:]  # fmt: skip
    assert run(made, pa.array(rows[5:9]), row_ids=pa.array([5, 6, 7, 8]).to_numpy()).text.to_pylist() == done.text[5:9]


@given(rows=rows_of_text, data=st.data())
def test_kept_spans_stretch_with_the_words(rows, data):
    spans = data.draw(spans_of(rows))
    done = by(Toy(), on_span="keep").apply(rows, spans=spans)
    for text, some in zip(done.text, done.spans, strict=True):
        assert all(0 <= span.start <= span.end <= len(text) for span in some)
