"""A model that was exported to ONNX proposes the same words as the one that it was exported from."""

import shutil
import warnings
from pathlib import Path

import pytest
import tiny_masked

import textaug as ta
from textaug.errors import DataError
from textaug.models.masked import opened

onnxruntime = pytest.importorskip("onnxruntime", reason="the extra onnx is not installed here")
pytest.importorskip("onnx", reason="what exports models is not installed here")
TEXTS = [
    "The good film was loved by people and it played well.",
    "a small house",
    "我喜欢这个电影，很好看。",
] * 3


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Export the tiny model as transformers' exporters do."""
    import torch
    from transformers import BertForMaskedLM

    folder = tmp_path_factory.mktemp("onnx")
    model = BertForMaskedLM.from_pretrained(tiny_masked.folder(), dtype=torch.float32, attn_implementation="eager")
    for path in Path(tiny_masked.folder()).iterdir():
        if "token" in path.name or path.name == "config.json":
            shutil.copy(path, folder)
    ids = torch.ones(2, 5, dtype=torch.int64)
    names = ("input_ids", "attention_mask")
    axes = {name: {0: "rows", 1: "tokens"} for name in (*names, "logits")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter
        torch.onnx.export(
            Logits(model.eval()),
            (ids, ids),
            folder / "model.onnx",
            input_names=list(names),
            output_names=["logits"],
            dynamic_axes=axes,
            dynamo=False,
        )
    return folder


def Logits(model):  # torch is imported late
    import torch

    class Module(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask):
            return self.model(input_ids=input_ids, attention_mask=attention_mask).logits

    return Module()


@pytest.mark.parametrize("kind", [ta.MaskedLMReplace, ta.MaskedLMInsert])
def test_the_words_are_those_of_the_model_that_was_exported(exported, kind):
    alone = {"near": 0} if kind is ta.MaskedLMReplace else {}
    ours = kind(model=tiny_masked.folder(), rate=0.5, **alone).apply(TEXTS, seed=3)
    theirs = kind(model=f"onnx:{exported}", rate=0.5).apply(TEXTS, seed=3)
    assert theirs.text == ours.text != TEXTS
    assert theirs.applied[0].realised == ours.applied[0].realised


def test_nearness_that_it_does_not_know_is_refused(exported):
    with pytest.raises(ta.UsageError, match=r"near=3\.0: the model's engine does not tell its embeddings"):
        ta.MaskedLMReplace(model=f"onnx:{exported}", rate=0.5, near=3.0)(TEXTS)


def test_what_is_no_model_is_refused(exported, tmp_path):
    with pytest.raises(DataError, match="no masked language model can be loaded from"):
        opened(f"onnx:{tmp_path}")
    damaged = shutil.copytree(exported, tmp_path / "damaged")
    (damaged / "model.onnx").write_bytes(b"no model")
    with pytest.raises(DataError, match="no masked language model can be loaded from"):
        opened(f"onnx:{damaged}")
