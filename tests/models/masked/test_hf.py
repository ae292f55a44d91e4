"""Masked language models of Hugging Face, made on the spot: four kinds of tokenizers, and what is refused."""

import json
import logging
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest
import tiny_masked
from tiny_masked import one_thread  # noqa: F401
from tokenized import tokenizer

import textaug as ta
from textaug.engine import run
from textaug.errors import DataError, UsageError
from textaug.models.masked import candidates, opened
from textaug.models.masked.hf import TorchEngine, load
from textaug.models.masked.sites import tokens_of

SHAPE = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
ENGLISH = [
    "The old film tells a good story of people, and they walked home.",
    "I watched it last night -- really great music!",
]
CHINESE = ["这部电影很好看，我非常喜欢男主角的表演。", "酒店的服务很好，房间也干净，下次还会来。"]
KINDS = {
    "bert": ("wordpiece", "BertConfig", "BertForMaskedLM", {"max_position_embeddings": 64}),
    "roberta": (
        "byte-level",
        "RobertaConfig",
        "RobertaForMaskedLM",
        {"max_position_embeddings": 66, "type_vocab_size": 1},
    ),
    "xlm-roberta": (
        "unigram",
        "XLMRobertaConfig",
        "XLMRobertaForMaskedLM",
        {"max_position_embeddings": 66, "type_vocab_size": 1},
    ),
    "chinese": ("characters", "BertConfig", "BertForMaskedLM", {"max_position_embeddings": 64}),
}


@pytest.fixture(scope="module", autouse=True)
def fewer_words():
    """Let models propose every tenth word only: to cut a hundred thousand words takes seconds for each model."""
    english, (chinese, company) = candidates._english(), candidates._chinese()
    common = [*tiny_masked.CONTENT.split(), "night", "music", "great", "last"]
    some = dict(list(english.items())[::10]) | {word: english[word] for word in common if word in english}
    other = dict(sorted(chinese.items())[::4])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_english", lambda: some)
        patch.setattr(candidates, "_chinese", lambda: (other, company))
        yield


@pytest.fixture(scope="module")
def folders(reviews, chinese_reviews, tmp_path_factory):
    """Return a folder of each kind, as `save_pretrained` writes it."""
    import torch
    import transformers

    corpus = (*(review[:400] for review in reviews[:100]), *chinese_reviews[:400])
    made = {}
    for name, (kind, config, model, fields) in KINDS.items():
        folder = tmp_path_factory.mktemp(name)
        cut = tokenizer(kind, corpus)
        torch.manual_seed(5)
        ids = {f"{part}_token_id": getattr(cut, f"{part}_token_id") for part in ("pad", "bos", "eos")}
        shape = SHAPE | fields | {part: id for part, id in ids.items() if id is not None}
        held = getattr(transformers, model)(getattr(transformers, config)(vocab_size=len(cut), **shape))
        for weight in held.parameters():
            weight.data.add_(torch.randn_like(weight) * 0.2)
        held.save_pretrained(folder)
        cut.save_pretrained(folder)
        made[name] = str(folder)
    return made


@pytest.fixture(scope="module", params=KINDS)
def folder(request, folders):
    return folders[request.param]


def edited(text, edits):
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tokens_of_what_is_put_in_are_those_it_has_inside_of_a_text(folder, language):
    """Nothing of a blank that a tokenizer puts before every text, which is nowhere else."""
    model = opened(folder)
    groups = candidates.words_of(model, language)
    frames = ("the ", " of") if language == "en" else ("，", "。")
    for held in groups.values():
        some = range(0, len(held.texts), 1 + len(held.texts) // 100)
        for k, pieces in zip(some, model.pieces([frames[0] + held.texts[k] + frames[1] for k in some]), strict=True):
            tokens = tokens_of(pieces, len(frames[0]), len(frames[0]) + len(held.texts[k]))
            if language == "en" or "xlm" not in folder:  # Unigram may cut the same word in other ways
                assert tokens is not None
            assert tokens is None or pieces.ids[slice(*tokens)] == held.ids[k].tolist()
            assert language == "en" or "▁" not in [model.vocabulary.tokens[id] for id in held.ids[k]]
    if "chinese" not in folder or language == "zh":  # it knows letters of English, and no word
        assert sum(len(held.texts) for held in groups.values()) > 5


def test_whole_words_give_way_to_whole_words(folder):
    done = ta.MaskedLMReplace(model=folder, rate=1.0, same_pos=False).apply(ENGLISH + CHINESE)
    assert [edited(text, edits) for text, edits in zip(ENGLISH + CHINESE, done.edits, strict=True)] == done.text
    olds = [text[edit.start : edit.end] for text, edits in zip(ENGLISH, done.edits, strict=False) for edit in edits]
    assert set(olds) <= {word.strip(".,!") for text in ENGLISH for word in text.split()}
    for edits in done.edits[:2]:
        assert all(edit.text in candidates._english() for edit in edits)
    for edits in done.edits[2:]:
        assert all(edit.text in candidates._chinese()[0] for edit in edits)
    assert sum(map(len, done.edits[2:])) >= 4
    assert len(olds) >= 6 or "characters" in folder or "chinese" in folder


def test_what_is_put_in_stands_between_words(folder):
    done = ta.MaskedLMInsert(model=folder, rate=1.0, same_pos=False).apply(ENGLISH + CHINESE)
    for text, made in zip(ENGLISH, done.text, strict=False):
        words = iter(made.split())
        assert all(word in words for word in text.split()) and "  " not in made  # all of them, in their order
    for text, made in zip(CHINESE, done.text[2:], strict=True):
        letters = iter(made)
        assert all(letter in letters for letter in text) and " " not in made
    assert sum(map(len, done.edits)) > 2


def test_rows_longer_than_the_model_takes_are_read_in_windows(folder):
    model = opened(folder)
    assert model.limit == (63 if "roberta" in folder else 62)  # RoBERTa counts places from behind its padding, id 0
    text = " ".join(ENGLISH * 20)
    done = ta.MaskedLMReplace(model=folder, rate=0.2).apply(text + "".join(CHINESE * 20))
    assert (
        any(edit.start > len(text) for edit in done.edits)
        and edited(text + "".join(CHINESE * 20), done.edits) == done.text
    )


def test_a_row_alone_is_as_in_a_batch(folder, reviews, chinese_reviews):
    rows = [*(review[:80] for review in reviews[50:70]), *(line[:40] for line in chinese_reviews[:20])]
    for spec in (folder, folder + "@cpu:bfloat16"):
        aug = ta.MaskedLMReplace(model=spec, rate=0.3)
        alone = [
            run(aug, pa.array([row]), row_ids=np.array([k], np.uint64)).text.to_pylist()[0]
            for k, row in enumerate(rows)
        ]
        assert aug(rows) == alone != rows


def test_numpy_and_torch_choose_the_same_words(reviews, chinese_reviews):
    """A model with ReLU is computed by NumPy; transformers says of it what NumPy says."""
    folder = tiny_masked.folder(layers=2)
    rows = [*(review[200:320] for review in reviews[100:200]), *(line[:60] for line in chinese_reviews[100:200])]
    ours, theirs = opened(folder), load(folder)
    assert isinstance(theirs.engine, TorchEngine) and not isinstance(ours.engine, TorchEngine)
    assert ours.around == theirs.around and ours.limit == theirs.limit
    assert [tuple(map(list, one)) for one in ours.pieces(rows)] == [
        tuple(map(list, one)) for one in theirs.pieces(rows)
    ]
    for cls in (ta.MaskedLMReplace, ta.MaskedLMInsert):
        by_torch = cls(model=folder + "@cpu", rate=0.3)(rows)
        assert cls(model=folder, rate=0.3)(rows) == by_torch != rows


FAMILIES = {
    "bert": {},
    "roberta": {},
    "xlm-roberta": {},
    "camembert": {},
    "electra": {"embedding_size": 16},
    "distilbert": {"dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64},
    "albert": {"embedding_size": 16},
    "deberta": {},
    "deberta-v2": {},
    "mpnet": {},
    "roformer": {},
    "modernbert": {"num_hidden_layers": 3, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2, "cls_token_id": 1,
                   "sep_token_id": 2, "reference_compile": False},
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_logits_of_some_tokens_are_those_of_all(family):
    """Encoders hand on the tokens that are asked for, and what stands behind them does not mind."""
    import torch
    from transformers import AutoConfig, AutoModelForMaskedLM

    torch.manual_seed(0)
    shape = {} if family == "distilbert" else SHAPE
    config = AutoConfig.for_model(
        family, **{**shape, "vocab_size": 90, "max_position_embeddings": 40, **FAMILIES[family]}
    )
    model = AutoModelForMaskedLM.from_config(config).eval()
    rng = np.random.default_rng(0)
    ids, mask = rng.integers(5, 90, (5, 16)), np.ones((5, 16), np.int64)
    ids[3, 9:], mask[3, 9:] = 0, 0
    row, place = np.array([0, 0, 1, 3, 4, 4]), np.array([2, 15, 0, 8, 3, 4])
    made = TorchEngine(model, SimpleNamespace(model_max_length=99), "float32")(ids, mask, row, place)
    with torch.inference_mode():
        every = model(torch.from_numpy(ids), torch.from_numpy(mask)).logits.numpy()
    assert every.shape == (5, 16, 90)  # nothing is left behind that would keep some
    np.testing.assert_allclose(made, every[row, place], atol=1e-4)


def test_a_precision_is_one_of_torch(folders):
    exact, rough = opened(folders["bert"]), opened(folders["bert"] + "@cpu:bfloat16")
    assert rough.engine.noise > exact.engine.noise and rough.identity != exact.identity
    assert rough.identity.endswith(":bfloat16")
    with pytest.raises(DataError, match="no masked language model can be loaded"):
        opened(folders["bert"] + "@cpu:float17")
    with pytest.raises(DataError, match="no masked language model can be loaded"):
        opened(folders["bert"] + "@gpuu")


@pytest.fixture
def copied(folders, tmp_path):
    """Return a copy of a model that may be spoilt."""
    return Path(shutil.copytree(folders["bert"], tmp_path / "model"))


def test_weights_that_would_be_unpickled_are_refused(copied):
    import torch

    (copied / "model.safetensors").unlink()
    torch.save({}, copied / "pytorch_model.bin")
    with pytest.raises(DataError, match="no masked language model can be loaded from"):
        load(str(copied))


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
def test_missing_and_damaged_files_are_refused(copied, name):
    (copied / name).write_bytes((copied / name).read_bytes()[:50])
    with pytest.raises(DataError, match="no masked language model can be loaded from"):
        load(str(copied))
    (copied / name).unlink()
    with pytest.raises(DataError, match="no masked language model can be loaded from"):
        load(str(copied))


def test_a_tokenizer_without_a_mask_is_refused(copied):
    told = json.loads((copied / "tokenizer_config.json").read_text())
    told.pop("mask_token")
    (copied / "tokenizer_config.json").write_text(json.dumps(told))
    with pytest.raises(UsageError, match="no mask token"):
        load(str(copied))


def test_without_transformers_the_extra_is_named(monkeypatch, folders):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(UsageError, match="hf"):
        load(folders["bert"])


def test_loading_says_nothing(folders, capfd):
    logging.getLogger("transformers").setLevel(logging.WARNING)
    load(folders["bert"])
    assert capfd.readouterr().out == ""
