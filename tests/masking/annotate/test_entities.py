"""Entities from columns, gazetteers, taggers and pipelines."""

import json
import os
from types import SimpleNamespace

import pyarrow as pa
import pytest
from transformers import PreTrainedTokenizerFast

from textaug.annotations.values import Span
from textaug.errors import DataError, UsageError
from textaug.lexicon.gazetteer import Gazetteer
from textaug.masking.annotate import PipelineEntities, Posseg, SpacyEntities, annotate

TEXT = "Ada Lovelace met Lin in New York."


@pytest.fixture(scope="module")
def surfaces(tokenizers):
    """Return what stands in the units of one column, unit by unit, for texts and a way to find them."""
    run = tokenizers["byte-level"]

    def found(texts, name="entity_ids", more=None, **given):
        made = annotate(run, **given)({"text": texts, **(more or {})})[name]
        rows = []
        for text, ids in zip(texts, made, strict=True):
            places: dict[int, list[int]] = {}
            for number, offset in zip(ids.tolist(), run.encode(text).offsets if text else (), strict=True):
                places.setdefault(number, []).extend(offset)
            places.pop(-1, None)
            rows.append([text[min(held) : max(held)].strip() for held in places.values()])
        return rows

    return found


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 12, "PER"), (17, 20, "PER"), (24, 32, "LOC")],
        [Span(24, 32, "LOC"), Span(0, 12, "PER"), Span(17, 20, None)],
        [{"start": 0, "end": 12, "label": "PER", "score": 0.3}, [17, 20, 3], {"start": 23, "end": 32, "label": 1}],
        {"start": [0, 17, 24], "end": [12, 20, 32], "label": [0, 0, 1]},
    ],
)
def test_spans_of_a_column(spans, surfaces):
    rows = surfaces([TEXT, "nothing", None], entities="ents", more={"ents": [spans, [], None]})
    assert rows == [["Ada Lovelace", "Lin", "New York"], [], []]


def test_spans_of_an_arrow_column(tokenizers):
    kind = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("label", pa.string())]))
    ents = pa.array([[{"start": 24, "end": 32, "label": "LOC"}], None], kind)
    table = pa.table({"text": [TEXT, "nothing"], "ents": ents})
    columns = pa.table({"text": [TEXT], "ents": [{"start": [24], "end": [32], "label": ["LOC"]}]})
    call = annotate(tokenizers["wordpiece"], entities="ents")
    made = call(table)["entity_ids"].to_pylist()
    assert sorted(set(made[0])) == [-1, 0] and set(made[1]) == {-1}
    assert call(columns)["entity_ids"].to_pylist() == made[:1]


def test_spans_in_spans_give_way_to_the_outer_ones(surfaces):
    spans = [(17, 20, "A"), (0, 3, "A"), (0, 12, "B"), (4, 16, "C"), (5, 5, "D")]
    assert surfaces([TEXT], entities="ents", more={"ents": [spans]}) == [["Ada Lovelace", "Lin"]]
    assert surfaces([TEXT], entities="ents", entity_labels=["A"], more={"ents": [spans]}) == [["Ada", "Lin"]]


@pytest.mark.parametrize(
    ("spans", "says"),
    [
        ([(0, 99, "A")], r"row 1: the span \(0, 99\) lies outside of its text of 33 characters"),
        ([(3, 1, "A")], "ends before it begins"),
        (["Ada"], "row 1: .*give lists of"),
        ([{"start": 1}], "row 1: .*no end"),
        ({"start": [1], "end": [2, 3], "label": ["A"]}, "row 1: "),
    ],
)
def test_spans_that_are_none(spans, says, tokenizers):
    with pytest.raises(DataError, match=says):
        annotate(tokenizers["wordpiece"], entities="ents")({"text": [TEXT, TEXT], "ents": [[], spans]})


def test_names_of_a_gazetteer(surfaces, tmp_path):
    shipped = Gazetteer.shipped()
    assert surfaces(["We saw Rome and 上海."], entities=shipped) == [["Rome", "上海"]]
    assert surfaces(["We saw Rome."], entities=shipped, entity_labels=["COMPANY"]) == [[]]
    path = tmp_path / "names.json"
    path.write_text(json.dumps({"PER": ["Ada Lovelace", "Lin", "Ada"], "LOC": ["Lin", "New York"]}))
    held = Gazetteer.open(path)
    assert surfaces([TEXT], entities=held) == [["Ada Lovelace", "Lin", "New York"]]
    assert surfaces([TEXT], entities=held, entity_labels=["LOC"]) == [["New York"]]


def test_a_gazetteer_that_changes_is_refused(tokenizers, tmp_path):
    path = tmp_path / "names.json"
    path.write_text(json.dumps({"PER": ["Lin"]}))
    call = annotate(tokenizers["wordpiece"], entities=Gazetteer.open(path))
    path.write_text(json.dumps({"PER": ["Lin", "Ada"]}))
    os.utime(path, ns=(1, 1))
    with pytest.raises(DataError, match="has changed"):
        call({"text": [TEXT]})


def test_people_and_places_of_posseg(surfaces, chinese_reviews):
    texts = ["李小龙住在香港。", None, "没有"]
    assert surfaces(texts, entities=Posseg()) == [["李小龙", "香港"], [], []]
    assert surfaces(texts, entities=Posseg(tags=("ns",))) == [["香港"], [], []]
    for text, spans in zip(chinese_reviews[:30], Posseg(tags=("",))(chinese_reviews[:30]), strict=True):
        assert "".join(text[start:end] for start, end, _ in spans) == text  # every word, and nothing else


def capitals(texts):
    """A finder of a user's: words in capitals."""
    return [[(text.find(w), text.find(w) + len(w), "CAP") for w in text.split() if w.isupper()] for text in texts]


def test_a_function(surfaces):
    assert surfaces(["so NASA says", None, "x"], entities=capitals) == [["NASA"], [], []]
    with pytest.raises(DataError, match="gave 0 lists for 1 texts"):
        surfaces(["x"], entities=lambda texts: [])


class Nlp:
    """What a spaCy pipeline shows of itself."""

    def pipe(self, texts):
        for text, spans in zip(texts, capitals(list(texts)), strict=True):
            ents = [SimpleNamespace(start_char=a, end_char=b, label_=label) for a, b, label in spans]
            yield SimpleNamespace(text=text, ents=tuple(ents))


def test_spacy_by_its_interface(surfaces):
    assert surfaces(["so NASA says", None], entities=SpacyEntities(Nlp())) == [["NASA"], []]


def test_spacy_itself(surfaces):
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": "New York"}])
    assert surfaces([TEXT, None], entities=SpacyEntities(nlp)) == [["New York"], []]


@pytest.fixture(scope="module")
def classifier(tokenizers):
    """Return a pipeline with a small model that says of every token beginning with a capital that it is a name."""
    import torch
    from transformers import BertConfig, BertForTokenClassification, pipeline

    torch.manual_seed(3)
    held = PreTrainedTokenizerFast(
        tokenizer_object=tokenizers["byte-level"], unk_token="<s>", pad_token="<s>", model_input_names=["input_ids"]
    )
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=len(held), id2label={0: "O", 1: "B-NAME"}, label2id={"O": 0, "B-NAME": 1}, **sizes)
    return pipeline("token-classification", model=BertForTokenClassification(config).eval(), tokenizer=held)


def test_a_pipeline_of_transformers(classifier, surfaces):
    texts = ["Ada Lovelace met Lin in New York.", "We saw Rome", "上海 is big"]
    found = PipelineEntities(classifier)(texts)
    assert sum(map(len, found)) > 0 and {label for row in found for *_, label in row} == {"NAME"}
    wanted = []
    for text, row in zip(texts, found, strict=True):
        direct = classifier(text, aggregation_strategy="simple")
        assert [(one["start"], one["end"]) for one in direct] == [span[:2] for span in row]
        wanted.append(len(row))
    rows = surfaces(texts, entities=PipelineEntities(classifier))
    assert [bool(row) for row in rows] == [bool(count) for count in wanted]
    assert PipelineEntities(classifier)([]) == []


def test_a_pipeline_without_places():
    def slow(texts, aggregation_strategy):
        return [[{"start": None, "end": None, "entity_group": "PER"}] for _ in texts]

    with pytest.raises(UsageError, match="give it a fast one"):
        PipelineEntities(slow)(["Ada"])
