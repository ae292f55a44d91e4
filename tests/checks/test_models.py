"""Checks by a model: each pair is judged as if it were alone, however the model's numbers waver."""

import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SENTENCES, eager

import textaug as ta
from textaug.checks.models import settled


@given(
    scores=st.lists(st.one_of(st.just(0.8), st.floats(0.799, 0.801), st.floats(0, 1)), max_size=8),
    size=st.integers(1, 8),
)
def test_batches_do_not_decide(scores, size):
    """Scores that waver with the number of texts beside them; what each is alone decides."""
    rows = [str(k) for k in range(len(scores))]

    def score(before, after):
        return np.array([scores[int(one)] for one in before]) + 1e-5 * (len(before) - 1)

    made = [
        settled(rows[at : at + size], ["x"] * len(rows[at : at + size]), score, 0.8, same=1.0)
        for at in range(0, len(rows), size)
    ]
    assert (np.concatenate([[], *made]) >= 0.8).tolist() == [value >= 0.8 for value in scores]


def test_equal_texts_are_not_scored():
    def score(before, after):
        assert (before, after) == (["b"], ["c"])
        return np.array([0.5])

    assert settled(["a", "b"], ["a", "c"], score, 0.8, same=1.0).tolist() == [1.0, 0.5]


@pytest.fixture
def stub(monkeypatch):
    """Stand in for the masked model: a text is the less likely, the more x it has."""
    asked, opens, missing = [], [], []

    class Model:
        engine = SimpleNamespace(noise=0.0)

        def __init__(self, name):
            self.identity = name

        def pseudo_nll(self, texts):
            asked.append(list(texts))
            return np.array([text.count("x") / max(1, len(text)) for text in texts], np.float64)

    module = ModuleType("textaug.models.masked")

    def opened(spec, language="en"):
        opens.append((spec, language))
        if (spec, language) == (None, "zh") and missing:
            raise ta.UsageError("no masked language model comes with textaug for 'zh'")
        return Model(spec or language)

    module.opened = opened
    monkeypatch.setitem(sys.modules, "textaug.models.masked", module)
    return SimpleNamespace(asked=asked, opens=opens, missing=missing)


def test_fluency_is_the_ratio_of_pseudo_perplexities(stub):
    before, after = ["aaaa"] * 4, ["aaaa", "aaax", "aaxx", "axxx"]  # e ** 0, 0.25, 0.5, 0.75
    assert ta.Fluency(1.5).passes(before, after).tolist() == [True, True, False, False]
    assert ta.Fluency(3, "toy").passes(before, after).all()
    assert ta.Fluency(0.9).passes(after, before).tolist() == [False, True, True, True]
    assert ta.Fluency(0).passes(before, after).tolist() == [False] * 4
    assert stub.asked[0] == ["aaaa", "aaax", "aaxx", "axxx"]


def test_what_is_gone_does_not_read_well(stub):
    assert ta.Fluency(9).passes(["aaxx", "", "aaxx"], ["", "", " "]).tolist() == [False, True, False]


def test_fluency_takes_the_model_of_the_inputs_language(stub):
    before, after = (
        ["a film", "这部电影很好看", "she met 张建国 there", "12"],
        ["a xilm", "这部x影", "she met 张建 there", "1x"],
    )
    assert ta.Fluency(1.1).passes(before, after).tolist() == [False, False, True, False]
    assert stub.opens == [(None, "en"), (None, "zh")] and stub.asked[1] == ["这部电影很好看", "这部x影"]
    assert ta.Fluency(1.1, "toy").passes(before, before).all() and len(stub.opens) == 2


def test_fluency_says_what_it_reads(stub):
    assert ta.Fluency().reads() == {"masked language model 'en'": "en", "masked language model 'zh'": "zh"}
    assert ta.Fluency(model="toy").reads() == {"masked language model toy": "toy"}
    stub.missing.append(True)
    assert list(ta.Fluency().reads()) == ["masked language model 'en'"]


def test_fluency_filters(stub):
    done = ta.Filter([ta.CharSubstitute(rate=0.3)], checks=[ta.Fluency(1.001)], retries=2).apply(["a film to see"] * 40)
    assert all("x" not in text for text in done.text)
    assert set(done.applied[-1].skipped) <= {
        "pseudo-perplexity ratio above 1.001", "pseudo-perplexity ratio above 1.001, tried again",
    }  # fmt: skip


class Wavering:
    """A model of sentences whose vectors waver with the number of texts in a call."""

    def embed(self, texts):
        angle = np.array([0.1 * (sum(text.encode()) % 17) + 1e-6 * len(texts) * (len(text) % 3) for text in texts])
        return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


@pytest.mark.parametrize("size", [1, 8, 64])
def test_similarity_gives_the_same_rows_in_batches_of_any_size(monkeypatch, size):
    monkeypatch.setattr("textaug.models.similarity.opened", lambda model: Wavering())
    rows, bound = SENTENCES * 8, float(np.cos(np.float32(0.3)))
    made = ta.Filter([eager("CharSubstitute")], checks=[ta.Similarity(bound, "wavering")], retries=1)
    parts = [
        made(rows[at : at + size], row_ids=range(at, min(at + size, len(rows)))) for at in range(0, len(rows), size)
    ]
    whole = made.apply(rows)
    assert [row for part in parts for row in part] == whole.text and 0 < whole.applied[-1].left.sum() < len(rows)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ta.Similarity(1.5), "Similarity: least=1.5: give a number from -1 to 1"),
        (lambda: ta.Similarity(0.8, 5), "model=5: give a folder or a name"),
        (lambda: ta.Fluency(-1), "Fluency: ratio=-1: give a number from 0"),
        (lambda: ta.Fluency(2, ""), "model='': give a folder or a name"),
    ],
)
def test_parameters_are_checked(make, message):
    with pytest.raises(ta.UsageError, match=message):
        make()


def test_a_filter_reads_what_its_checks_read(monkeypatch, tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    made = ta.Filter([ta.WordSwap()], checks=[ta.Unchanged(), ta.Similarity(0.8, str(tmp_path))])
    first = made.reads()
    assert list(first) == [f"similarity model {tmp_path}"] and len(set(first.values())) == 1
