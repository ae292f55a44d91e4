"""The models that come with textaug: small, known to transformers too, at home in real text, not in shuffled words."""

import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import textaug as ta
from textaug.cli import run
from textaug.models.masked import DATA, comes_with, opened
from textaug.models.masked.model import Ask, masked

LANGUAGES = ["en", "zh"]


@pytest.fixture(scope="module")
def texts(reviews, chinese_reviews):
    return {"en": [text[:200] for text in reviews[::31]][:100], "zh": [text[:60] for text in chinese_reviews[::171]]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_comes_with_textaug(language):
    assert comes_with(language)
    held = sum(path.stat().st_size for path in (DATA / language).iterdir())
    assert held <= 12_000_000
    names = {path.name for path in (DATA / language).iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "README.md", "training.json"} <= names


@pytest.mark.parametrize("language", LANGUAGES)
def test_transformers_computes_the_same(language, texts):
    import torch
    from transformers import AutoModelForMaskedLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(DATA / language)
    model = AutoModelForMaskedLM.from_pretrained(DATA / language, dtype=torch.float32).eval()
    ours = opened(None, language)
    pieces = ours.pieces([texts[language][0]])[0]
    assert tokenizer(texts[language][0], add_special_tokens=False)["input_ids"] == pieces.ids
    ids = pieces.ids[: ours.limit]
    ask = Ask(masked(ids, [3], ours.vocabulary.mask), [3])
    with torch.no_grad():
        given = torch.tensor([[*ours.around[0], *ask.ids, *ours.around[1]]])
        theirs = model(given).logits[0, 3 + len(ours.around[0])].numpy()
    np.testing.assert_allclose(ours.alone(ask)[0], theirs, atol=1e-3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_text_surprises_less_than_its_words_in_another_order(language, texts):
    rng = np.random.default_rng(0)
    shuffled = []
    for text in texts[language]:
        words, between = (text.split(), " ") if language == "en" else ([*text], "")
        rng.shuffle(words)
        shuffled.append(between.join(words))
    model = opened(None, language)
    better = model.pseudo_nll(texts[language]) < model.pseudo_nll(shuffled)
    assert better.mean() > 0.9


@pytest.mark.parametrize("kind", [ta.MaskedLMReplace, ta.MaskedLMInsert])
def test_both_languages_change(kind, texts):
    mixed = [*texts["en"][:20], *texts["zh"][:20]]
    changed = [a != b for a, b in zip(mixed, kind(rate=0.3)(mixed, seed=1), strict=True)]
    assert sum(changed[:20]) > 15 and sum(changed[20:]) > 15


@pytest.mark.parametrize("kind", [ta.MaskedLMReplace, ta.MaskedLMInsert])
def test_words_of_a_language_without_a_model_stay_and_are_counted(kind, texts, monkeypatch, tmp_path):
    shutil.copytree(DATA / "en", tmp_path / "en")
    monkeypatch.setattr("textaug.models.masked.DATA", tmp_path)
    mixed = [*texts["en"][:20], *texts["zh"][:20], "这部电影 is a wonderful film with a great story，非常好看。"]
    done = kind(rate=0.3).apply(mixed, seed=1)
    assert sum(a != b for a, b in zip(mixed[:20], done.text[:20], strict=True)) > 15
    assert done.text[20:40] == mixed[20:40]
    assert done.applied[0].skipped["no model for 'zh'"] > 100


def test_it_works_from_the_command_line_without_naming_a_model(texts, tmp_path):
    pq.write_table(pa.table({"text": [*texts["en"][:30], *texts["zh"][:30]]}), tmp_path / "reviews.parquet")
    given = ["augment", str(tmp_path / "reviews.parquet"), "-o", str(tmp_path / "out.parquet"), "--column", "text"]
    assert run([*given, "--transform", "MaskedLMReplace(rate=0.15)"]) == 0
    made = pq.read_table(tmp_path / "out.parquet")["text"].to_pylist()
    assert len(made) == 60
    for some in (slice(0, 30), slice(30, 60)):
        assert sum(a != b for a, b in zip([*texts["en"][:30], *texts["zh"][:30]][some], made[some], strict=True)) > 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_guesses_many_more_words_than_frequency_does(language, texts):
    """A twelfth of the tokens masked at a time, in real reviews; what is guessed is a token, its word whole or not."""
    model = opened(None, language)
    asks, sought = [], []
    for pieces in model.pieces(texts[language]):
        ids = pieces.ids[: model.limit]
        places = list(range(3, len(ids), 12))
        if places:
            asks.append(Ask(masked(ids, places, model.vocabulary.mask), places))
            sought.append([ids[place] for place in places])
    right = sum(int((logits.argmax(1) == sought[k]).sum()) for k, logits in model.logits(asks))
    every = np.concatenate(sought)
    assert right > 4 * np.bincount(every).max()  # always the one that is right most often
    assert right > {"en": 0.25, "zh": 0.12}[language] * len(every)
