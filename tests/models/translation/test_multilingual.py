"""NLLB and M2M-100 of transformers: language codes, and what Marian's tests ask too."""

import pytest

pytest.importorskip("torch", reason="needs textaug-nlp[hf]")
pytest.importorskip("sentencepiece", reason="needs textaug-nlp[hf] and sentencepiece")

from tiny_translators import ENGLISH, GERMAN, m2m, nllb, one_thread  # noqa: F401

from textaug.errors import UsageError
from textaug.models.translation import opened
from textaug.models.translation.multilingual import M2M100, NLLB

MIXED = [*ENGLISH, *ENGLISH[::-1], "rain is good", "book"]

pytestmark = pytest.mark.usefixtures("one_thread")
KINDS = {"nllb": (nllb, NLLB), "m2m": (m2m, M2M100)}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("multilingual")
    return {kind: make(root / kind) for kind, (make, _) in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_one_model_goes_there_and_back(kind, folders):
    held = opened(f"{kind}:{folders[kind]}")
    assert held.translate(ENGLISH, "en", "de") == [*GERMAN]
    assert held.translate(GERMAN, "de", "en") == [*ENGLISH]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["beams=1", "beams=3", "temperature=1.2&seed=4"])
def test_results_do_not_depend_on_the_batch(kind, how, folders):
    made = [KINDS[kind][1](f"{folders[kind]}?{how}&batch_tokens={size}") for size in (1, 160, 2560)]
    results = [held.translate(MIXED, "en", "de") for held in made]
    assert results[0] == results[1] == results[2]
    assert all(isinstance(text, str) and "__" not in text for text in results[0]) or "temperature" in how


@pytest.mark.parametrize("kind", KINDS)
def test_languages_go_by_any_code_and_unknown_ones_are_refused(kind, folders):
    held = KINDS[kind][1](str(folders[kind]))
    own = {"nllb": ("eng_Latn", "deu_Latn"), "m2m": ("en", "de")}[kind]
    assert held.translate(ENGLISH[:2], "eng", "deu") == held.translate(ENGLISH[:2], *own) == [*GERMAN[:2]]
    with pytest.raises(UsageError, match=r"does not know Esperanto \(eo\); of the common languages it knows: .*de"):
        held.translate(ENGLISH[:1], "en", "eo")
    with pytest.raises(UsageError, match="no language 'enn'; did you mean 'en'"):
        held.translate(ENGLISH[:1], "enn", "de")


def test_the_identity_tells_the_kinds_apart(folders):
    identities = [KINDS[kind][1](str(folders[kind])).identity for kind in KINDS]
    assert identities[0].startswith("nllb:") and identities[1].startswith("m2m:")
    with pytest.raises(UsageError, match="nllb needs the folder"):
        NLLB("?beams=2")
    with pytest.raises(UsageError, match="no CUDA"):
        NLLB(f"{folders['nllb']}?device=cuda:9").translate(ENGLISH[:1], "en", "de")
