"""Marian models of transformers: results do not depend on batches, draws have addresses, no pickles are loaded."""

import shutil

import pytest

pytest.importorskip("torch", reason="needs textaug-nlp[hf]")
pytest.importorskip("sentencepiece", reason="needs textaug-nlp[hf] and sentencepiece")

from tiny_translators import ENGLISH, GERMAN, marian, one_thread  # noqa: F401

from textaug.errors import UsageError
from textaug.models.translation import Failure, Translator, opened
from textaug.models.translation.marian import Marian
from textaug.models.translation.options import Decoding
from textaug.models.translation.seq2seq import Seq2Seq

MIXED = [*ENGLISH, "good", "the city is old", "nobody saw rain", *ENGLISH[::-1]]

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("marian")
    return marian(root / "forth"), marian(root / "back", back=True)


@pytest.fixture(scope="module")
def both(folders):
    return Marian(f"{folders[0]},{folders[1]}")


def test_there_and_back_by_the_directions_that_the_folders_say(both):
    assert isinstance(both, Translator)
    assert both.translate(ENGLISH, "en", "de") == [*GERMAN]
    assert both.translate(GERMAN, "de", "en") == [*ENGLISH]
    assert both.translate([], "de", "en") == []


@pytest.mark.parametrize("decoding", [Decoding(beams=1), Decoding(beams=3), Decoding(temperature=1.3, seed=5)])
def test_results_do_not_depend_on_the_batch_and_keep_their_order(folders, decoding):
    def made(batch_tokens, texts):
        held = Marian(
            str(folders[0]),
            Decoding(**{k: getattr(decoding, k) for k in ("beams", "temperature", "seed")}, batch_tokens=batch_tokens),
        )
        return held.translate(texts, "en", "de")

    alone = made(1, MIXED)
    assert len(set(map(str, alone))) > 8
    assert alone == made(8 * 10, MIXED) == made(64 * 40, MIXED[::-1])[::-1]
    assert alone[:1] == made(64, MIXED[:1])


def test_draws_depend_on_seed_and_text_and_not_on_the_global_state(folders):
    import torch

    def drawn(seed):
        return Marian(f"{folders[0]}?temperature=1.5&seed={seed}").translate(MIXED[:12], "en", "de")

    torch.manual_seed(1)
    before, first = torch.random.get_rng_state(), drawn(1)
    assert torch.equal(before, torch.random.get_rng_state())
    torch.manual_seed(2)
    assert first == drawn(1) != drawn(2)


def test_narrow_draws_are_greedy(folders):
    greedy = Marian(f"{folders[0]}?beams=1").translate(MIXED[:13], "en", "de")
    for narrow in ("top_k=1", "top_p=0.000001"):
        assert Marian(f"{folders[0]}?temperature=1&{narrow}").translate(MIXED[:13], "en", "de") == greedy


def test_draws_follow_the_softmax():
    import torch

    from textaug.models.translation.sampling import Noise

    scores = torch.tensor([[2.0, 0.0, 1.0, -1.0, float("-inf")]])
    rows = 40_000
    noise = Noise(Decoding(temperature=2.0), [str(k) for k in range(rows)], "en/de")
    taken = noise(torch.zeros(rows, 1), scores.expand(rows, -1)).argmax(-1)
    shares = torch.bincount(taken, minlength=5) / rows
    assert torch.allclose(shares, (scores[0] / 2).softmax(-1).float(), atol=0.012)


def test_the_second_best_is_another_paraphrase(folders):
    best, second = (Marian(f"{folders[0]}?take={k}").translate(MIXED[:8], "en", "de") for k in (0, 1))
    assert all(a != b for a, b in zip(best, second, strict=True))


def test_memory_that_runs_out_halves_the_batch(folders, monkeypatch):
    expected, sizes = Marian(str(folders[0])).translate(MIXED, "en", "de"), []
    generate = Seq2Seq._generate

    def small(self, batch, *rest):
        sizes.append(len(batch))
        if len(batch) > 3:
            raise RuntimeError(
                "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"
            )
        return generate(self, batch, *rest)

    monkeypatch.setattr(Seq2Seq, "_generate", small)
    assert Marian(str(folders[0])).translate(MIXED, "en", "de") == expected
    assert sum(size > 3 for size in sizes) < len(sizes) / 3  # it learns from it

    def never(self, batch, *rest):
        raise MemoryError

    monkeypatch.setattr(Seq2Seq, "_generate", never)
    assert Marian(str(folders[0])).translate(["good", "old"], "en", "de") == [Failure("out of memory")] * 2


def test_other_errors_are_not_taken_for_want_of_memory(folders, monkeypatch):
    monkeypatch.setattr(Seq2Seq, "_generate", lambda *given: (_ for _ in ()).throw(RuntimeError("a bug")))
    with pytest.raises(RuntimeError, match="a bug"):
        Marian(str(folders[0])).translate(["good"], "en", "de")


def test_texts_that_are_too_long_fail_and_the_others_do_not(both, folders):
    long = "the old city " * 200
    assert both.translate([long, ENGLISH[0], long], "en", "de") == [Failure("too long"), GERMAN[0], Failure("too long")]
    short = Marian(f"{folders[0]}?longest=6")
    assert short.translate([ENGLISH[6], ENGLISH[5]], "en", "de") == [GERMAN[6], Failure("too long")]


def test_a_translation_without_an_end_is_none(folders, monkeypatch):
    monkeypatch.setattr("textaug.models.translation.batches.Row.room", property(lambda row: 3))
    assert Marian(str(folders[0])).translate([ENGLISH[5]], "en", "de") == [Failure("no end")]


def test_directions_are_named_or_refused(folders):
    forth, back = folders
    named = Marian(f"de-eo={forth},eo-de={back}")
    assert named.translate(ENGLISH[:1], "de", "eo") == [GERMAN[0]]
    with pytest.raises(UsageError, match=r"no marian model translates en to de; there are: de-eo, eo-de\. Name one"):
        named.translate(ENGLISH[:1], "en", "de")


def test_the_end_of_the_name_says_the_direction_too(folders, tmp_path):
    copy = shutil.copytree(folders[0], tmp_path / "opus-mt-en-zh")
    config = copy / "tokenizer_config.json"
    config.write_text(config.read_text("utf-8").replace('"eng"', "null").replace('"deu"', "null"), "utf-8")
    assert Marian(str(copy)).identity.startswith("marian:en-zh=")
    assert Marian(str(copy)).identity.split("=")[1] != Marian(str(folders[0])).identity.split("=")[1]


def test_a_model_with_several_targets_gets_its_token(tmp_path):
    made = marian(tmp_path / "many", targets=(">>deu<<", ">>cmn_Hans<<"))
    held = Marian(f"en-de={made},en-fr={made}")
    assert held.translate(ENGLISH, "en", "de") == [*GERMAN]
    with pytest.raises(UsageError, match=r"does not translate to fr; it knows >>cmn_Hans<<, >>deu<<"):
        held.translate(ENGLISH, "en", "fr")


def test_the_identity_names_what_decides_the_result_and_no_place(folders, tmp_path):
    copy = shutil.copytree(folders[0], tmp_path / "elsewhere")
    held, moved = Marian(f"en-de={folders[0]}"), Marian(f"en-de={copy}?device=cpu&batch_tokens=7")
    assert held.identity == moved.identity
    assert str(folders[0]) not in held.identity
    assert held.identity != Marian(f"en-de={folders[0]}?beams=2").identity
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    assert held.identity != Marian(f"en-de={copy}").identity


def test_pickles_are_not_loaded(folders, tmp_path):
    copy = shutil.copytree(folders[0], tmp_path / "pickled")
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    with pytest.raises(UsageError, match="loads no pickles"):
        Marian(f"en-de={copy}")


def test_files_that_are_broken_or_of_another_kind_are_refused(folders, tmp_path):
    copy = shutil.copytree(folders[0], tmp_path / "broken")
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-9])
    with pytest.raises(UsageError, match=r"the model in '.*broken' cannot be opened: Safe"):
        Marian(f"en-de={copy}").translate(["good"], "en", "de")
    with pytest.raises(UsageError, match="of the type marian, not m2m_100"):
        opened(f"nllb:{copy}")
    (copy / "config.json").write_text("[]", "utf-8")
    with pytest.raises(UsageError, match="is no configuration"):
        Marian(f"en-de={copy}")


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("", "marian needs the folder"),
        ("en-de=not/here/at all", "no folder 'not/here/at all'; give the folder"),
        ("FOLDER?beem=2", "no option 'beem'; did you mean 'beams'"),
        ("FOLDER?beams=two", "beams=two cannot be read"),
        ("FOLDER?beams=2&take=2", "take=2 of beams=2"),
        ("FOLDER?temperature=1&take=1", "give another seed"),
        ("FOLDER?top_p=0", "top_p above 0"),
        ("FOLDER?dtype=int8", "dtype=int8 is none of float32"),
    ],
)
def test_what_makes_no_sense_is_refused(folders, argument, message):
    with pytest.raises(UsageError, match=message):
        Marian(argument.replace("FOLDER", str(folders[0])))


def test_a_name_on_the_hub_is_fetched_without_pickles(folders, monkeypatch):
    asked = {}

    def snapshot_download(name, **given):
        asked.update(given, name=name)
        return str(folders[0])

    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot_download)
    assert Marian("someone/opus-mt-en-de@v2").identity == Marian(str(folders[0])).identity
    assert (asked["name"], asked["revision"]) == ("someone/opus-mt-en-de", "v2")
    assert not any(pattern.endswith(("bin", "py", "pt")) for pattern in asked["allow_patterns"])


def test_back_translation_goes_through_both(folders):
    from textaug import BackTranslation

    held = BackTranslation(translator=f"marian:{folders[0]},{folders[1]}", pivot="de", cache=False)
    assert held(["the film is good", "good rain"]) == ["the film is good", "good rain"]


def test_it_is_opened_by_name(folders):
    assert opened(f"marian:{folders[0]}?beams=1").translate(ENGLISH[:2], "en", "de") == [*GERMAN[:2]]
