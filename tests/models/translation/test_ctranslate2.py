"""CTranslate2: models converted here say what those of transformers say, whatever the batch."""

import shutil
import warnings

import pytest

pytest.importorskip("torch", reason="needs textaug-nlp[hf], to make and convert the models")
pytest.importorskip("sentencepiece", reason="needs textaug-nlp[mt]")
pytest.importorskip("ctranslate2", reason="needs textaug-nlp[mt]")

from tiny_translators import ENGLISH, GERMAN, m2m, marian, nllb, one_thread  # noqa: F401

from textaug.errors import UsageError
from textaug.models.translation import Failure, opened
from textaug.models.translation.ct2 import CTranslate2
from textaug.models.translation.marian import Marian
from textaug.models.translation.multilingual import M2M100, NLLB

FILES = {
    "marian": ["source.spm", "target.spm", "tokenizer_config.json"],
    "m2m": ["sentencepiece.bpe.model"],
    "nllb": ["tokenizer.json"],
}
MODELS = {"marian": (marian, Marian), "m2m": (m2m, M2M100), "nllb": (nllb, NLLB)}
MIXED = [*ENGLISH, *ENGLISH[::-1], "good", "the city is old", "nobody saw rain"]

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return of each family the folder of transformers and the converted one."""
    return {kind: _converted(kind, tmp_path_factory.mktemp(kind)) for kind in MODELS}


def _converted(kind, root, **given):
    from ctranslate2.converters import TransformersConverter

    made = MODELS[kind][0](root / "hf", **given)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the converter's own, of transformers' and torch's future
        TransformersConverter(str(made), copy_files=FILES[kind]).convert(str(root / "ct2"))
    return made, root / "ct2"


def alike(ours, theirs):
    """Return the share of texts that both translated alike."""
    return sum(a == b for a, b in zip(ours, theirs, strict=True)) / len(ours)


@pytest.mark.parametrize("kind", MODELS)
def test_converted_models_know_what_they_knew(kind, folders):
    held = opened(f"ctranslate2:{folders[kind][1]}?dtype=float32")
    assert held.translate(ENGLISH, "en", "de") == [*GERMAN]
    if kind != "marian":
        assert held.translate(GERMAN, "de", "en") == [*ENGLISH]
    # 8 bits are few for a model of 32 numbers, which says some of what it learned by heart by a hair's breadth
    assert alike(opened(f"ctranslate2:{folders[kind][1]}").translate(ENGLISH, "en", "de"), GERMAN) >= 0.5


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.parametrize("how", ["beams=1", "beams=3"])
def test_it_agrees_with_transformers_in_32_bits(kind, how, folders):
    made, converted = folders[kind]
    ours = CTranslate2(f"{converted}?{how}&dtype=float32").translate(MIXED, "en", "de")
    theirs = MODELS[kind][1](f"{made}?{how}").translate(MIXED, "en", "de")
    if how == "beams=1":
        assert ours == theirs
    else:  # beams end by different rules, which matters to texts that the model does not know
        assert alike(ours, theirs) >= 0.8


@pytest.mark.parametrize("dtype", ["int8", "float32"])
def test_results_do_not_depend_on_the_batch(dtype, folders):
    made = [f"{folders['nllb'][1]}?batch_tokens={size}&dtype={dtype}" for size in (1, 160, 9000)]
    results = [CTranslate2(one).translate(MIXED, "en", "de") for one in made]
    assert results[0] == results[1] == results[2]


def test_languages_and_directions_are_refused_that_are_not_there(folders):
    with pytest.raises(UsageError, match=r"the model does not know Esperanto \(eo\)"):
        CTranslate2(str(folders["m2m"][1])).translate(["good"], "en", "eo")
    with pytest.raises(UsageError, match=r"no ctranslate2 model translates de to en; there are: en-de"):
        CTranslate2(str(folders["marian"][1])).translate(["gut"], "de", "en")


def test_targets_of_a_model_that_has_several(tmp_path):
    _, many = _converted("marian", tmp_path, targets=(">>deu<<", ">>fra<<"))
    held = CTranslate2(f"en-de={many},en-es={many}?dtype=float32")
    assert held.translate(ENGLISH, "en", "de") == [*GERMAN]
    with pytest.raises(UsageError, match="does not translate to es"):
        held.translate(ENGLISH, "en", "es")


def test_long_texts_and_endless_translations_fail(folders, monkeypatch):
    held = CTranslate2(f"{folders['marian'][1]}?longest=30&dtype=float32")
    assert held.translate(["old city " * 40, ENGLISH[0]], "en", "de") == [Failure("too long"), GERMAN[0]]
    monkeypatch.setattr("textaug.models.translation.batches.Row.room", property(lambda row: 2))
    assert held.translate([ENGLISH[5]], "en", "de") == [Failure("no end")]


def test_the_tokenizer_may_have_a_folder_of_its_own(folders, tmp_path):
    copy = shutil.copytree(folders["m2m"][1], tmp_path / "copy")
    (copy / "tokenizer").mkdir()
    (copy / "sentencepiece.bpe.model").rename(copy / "tokenizer" / "sentencepiece.bpe.model")
    assert CTranslate2(f"{copy}?dtype=float32").translate(ENGLISH[:2], "en", "de") == [*GERMAN[:2]]
    assert CTranslate2(str(copy)).identity == CTranslate2(str(folders["m2m"][1])).identity
    (copy / "tokenizer" / "sentencepiece.bpe.model").unlink()
    with pytest.raises(UsageError, match="has no tokenizer; copy source"):
        CTranslate2(str(copy)).translate(ENGLISH[:2], "en", "de")


def test_what_makes_no_sense_is_refused(folders, tmp_path):
    converted = folders["marian"][1]
    for argument, message in (
        ("", "ctranslate2 needs the folder"),
        (str(tmp_path), "holds no model of CTranslate2"),
        (f"{converted}?temperature=1", "take the second best instead"),
    ):
        with pytest.raises(UsageError, match=message):
            CTranslate2(argument)
    with pytest.raises(UsageError, match="cannot be opened"):
        CTranslate2(f"{converted}?dtype=float99").translate(["good"], "en", "de")
    assert "beams=4,take=0,dtype=int8" in CTranslate2(str(converted)).identity
