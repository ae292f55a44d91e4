"""The BERT of NumPy computes what that of transformers computes."""

import json
import shutil

import numpy as np
import pytest
import tiny_masked
from safetensors.numpy import load_file, save_file
from tiny_masked import one_thread  # noqa: F401

from textaug.errors import DataError
from textaug.models.masked.bert import Bert, runs


def theirs(folder, ids, mask):
    """Return the logits that transformers computes."""
    import torch
    import transformers

    model = transformers.BertForMaskedLM.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
    with torch.inference_mode():
        return model(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)).logits.numpy()


def made(rng, size, rows=7, width=24):
    """Return rows of ids of different lengths, their mask, and some of their places."""
    lengths = rng.integers(1, width + 1, rows)
    lengths[0] = width
    mask = (np.arange(width) < lengths[:, None]).astype(np.int64)
    ids = rng.integers(0, size, (rows, width))
    row = np.sort(rng.integers(0, rows, 20))
    place = rng.integers(0, lengths[row])
    return ids, mask, row, place


def saved(folder, half=False, **shape):
    """Save a random model with ReLU by transformers."""
    import torch
    import transformers

    torch.manual_seed(5)
    config = transformers.BertConfig(
        vocab_size=120, hidden_act="relu", max_position_embeddings=32, intermediate_size=48, **shape
    )
    model = transformers.BertForMaskedLM(config)
    for weight in model.parameters():
        weight.data.add_(torch.randn_like(weight) * 0.1)
    (model.half() if half else model).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    ("half", "shape"),
    [
        (False, {"hidden_size": 24, "num_hidden_layers": 1, "num_attention_heads": 2}),
        (True, {"hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 4, "layer_norm_eps": 1e-5}),
        (False, {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 1, "type_vocab_size": 1}),
    ],
)
def test_logits_are_those_of_transformers(tmp_path, half, shape):
    folder = saved(tmp_path, half, **shape)
    ids, mask, row, place = made(np.random.default_rng(3), 120)
    ours = Bert(folder)(ids, mask, row, place)
    assert ours.dtype == np.float32 and ours.shape == (20, 120)
    np.testing.assert_allclose(ours, theirs(folder, ids, mask)[row, place], atol=1e-4)


@pytest.mark.parametrize("layers", [0, 1, 2])
def test_the_tiny_model_is_one_that_transformers_loads(layers):
    folder = tiny_masked.folder(layers=layers)
    ids, mask, row, place = made(np.random.default_rng(4), len(tiny_masked.vocabulary()))
    ours = Bert(tiny_masked.Path(folder))(ids, mask, row, place)
    np.testing.assert_allclose(ours, theirs(folder, ids, mask)[row, place], atol=1e-4)


def test_what_rows_are_filled_up_with_makes_no_difference():
    rng = np.random.default_rng(5)
    engine = Bert(tiny_masked.Path(tiny_masked.folder(layers=2)))
    ids, mask, row, place = made(rng, len(tiny_masked.vocabulary()))
    others = np.where(mask != 0, ids, rng.integers(0, 100, ids.shape))
    np.testing.assert_array_equal(engine(ids, mask, row, place), engine(others, mask, row, place))


def test_batches_differ_by_less_than_is_said():
    """A hundredth of `noise`, so that ten layers more would do no harm."""
    engine = Bert(tiny_masked.Path(tiny_masked.folder(layers=2)))
    ids, mask, row, place = made(np.random.default_rng(6), len(tiny_masked.vocabulary()), rows=40, width=60)
    together = engine(ids, mask, row, place)
    for k in range(len(row)):
        width = int(mask[row[k]].sum())
        some = slice(row[k], row[k] + 1)
        alone = engine(ids[some, :width], mask[some, :width], np.zeros(1, np.int64), place[k : k + 1])
        assert abs(alone[0] - together[k]).max() < engine.noise / 100


@pytest.fixture
def copied(tmp_path):
    """Return a copy of the tiny model that may be spoilt."""
    return tiny_masked.Path(shutil.copytree(tiny_masked.folder(), tmp_path / "model"))


@pytest.mark.parametrize("changed", [{"hidden_act": "gelu"}, {"model_type": "roberta"}, {"hidden_act": None}])
def test_models_that_it_does_not_compute_are_refused(copied, changed):
    config = json.loads((copied / "config.json").read_text()) | changed
    (copied / "config.json").write_text(json.dumps(config))
    assert not runs(config)
    with pytest.raises(DataError, match="that NumPy does not compute here"):
        Bert(copied)


@pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe" * 40])
def test_missing_and_damaged_files_are_refused(copied, name, content):
    if content is None:
        (copied / name).unlink()
    else:
        (copied / name).write_bytes(content)
    with pytest.raises(DataError, match="holds no model"):
        Bert(copied)


def test_a_model_that_was_cut_off_is_refused(copied):
    held = (copied / "model.safetensors").read_bytes()
    (copied / "model.safetensors").write_bytes(held[: len(held) // 2])
    with pytest.raises(DataError, match="holds no model"):
        Bert(copied)


@pytest.mark.parametrize(
    "name",
    [
        "bert.embeddings.LayerNorm.bias",
        "bert.encoder.layer.0.attention.self.key.bias",
        "bert.encoder.layer.0.output.dense.weight",
        "cls.predictions.bias",
    ],
)
def test_a_model_without_one_of_its_weights_is_refused(copied, name):
    held = load_file(copied / "model.safetensors")
    del held[name]
    save_file(held, copied / "model.safetensors")
    with pytest.raises(DataError, match=name.removeprefix("bert.")):
        Bert(copied)


@pytest.mark.parametrize("name", ["max_position_embeddings", "num_attention_heads", "num_hidden_layers"])
def test_a_configuration_without_one_of_its_fields_is_refused(copied, name):
    config = json.loads((copied / "config.json").read_text())
    del config[name]
    (copied / "config.json").write_text(json.dumps(config))
    with pytest.raises(DataError, match=name):
        Bert(copied)
