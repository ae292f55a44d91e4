"""Models of translation that are made on the spot: a layer, 32 numbers wide, which know eight sentences by heart."""

import functools
import io
import json
import warnings
from pathlib import Path

import pytest

ENGLISH = (
    "the film is good",
    "the film is not good",
    "we saw it in the city",
    "she reads a book",
    "he reads no book",
    "rain falls on the old city and nobody reads a book there",
    "good rain",
    "the old book is in the city",
)
GERMAN = (
    "der Film ist gut",
    "der Film ist nicht gut",
    "wir sahen ihn in der Stadt",
    "sie liest ein Buch",
    "er liest kein Buch",
    "Regen fällt auf die alte Stadt und niemand liest dort ein Buch",
    "guter Regen",
    "das alte Buch ist in der Stadt",
)
SHAPE = {
    "d_model": 32,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "dropout": 0.0,
    "attention_dropout": 0.0,
    "activation_dropout": 0.0,
    "encoder_layerdrop": 0.0,
    "decoder_layerdrop": 0.0,
    "max_position_embeddings": 128,
}


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Compute on one thread: several wait for each other longer than there is to compute."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@functools.cache
def pieces() -> bytes:
    """Return a SentencePiece model of all sentences."""
    import sentencepiece

    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(ENGLISH + GERMAN),
        model_writer=made,
        vocab_size=120,
        character_coverage=1.0,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return made.getvalue()


def _vocabulary(folder: Path, name: str, special: list[str], last: list[str]) -> dict[str, int]:
    import sentencepiece

    held = sentencepiece.SentencePieceProcessor(model_proto=pieces())
    own = [held.id_to_piece(k) for k in range(held.get_piece_size())]
    names = [*special, *(piece for piece in own if piece not in (*special, *last, "<s>", "</s>", "<unk>")), *last]
    vocabulary = {piece: k for k, piece in enumerate(names)}
    (folder / name).write_text(json.dumps(vocabulary), "utf-8")
    return vocabulary


def marian(folder: Path, *, back: bool = False, targets: tuple[str, ...] = ()) -> Path:
    """Make a Marian model for English to German, or back; targets are tokens such as `>>deu<<`."""
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True)
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(pieces())
    vocabulary = _vocabulary(folder, "vocab.json", ["</s>", "<unk>", *targets], ["<pad>"])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        tokenizer = MarianTokenizer(
            *(str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")),
            source_lang="deu" if back else "eng",
            target_lang="eng" if back else "deu",
        )
    pad = vocabulary["<pad>"]
    config = MarianConfig(
        vocab_size=len(vocabulary),
        **SHAPE,
        pad_token_id=pad,
        eos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
    )
    pairs = list(zip(GERMAN, ENGLISH, strict=True)) if back else list(zip(ENGLISH, GERMAN, strict=True))
    prefix = targets[0] if targets else ""
    rows = [(tokenizer(prefix + a)["input_ids"], tokenizer(text_target=b)["input_ids"]) for a, b in pairs]
    return _saved(MarianMTModel, config, rows, [], tokenizer, folder)


def m2m(folder: Path) -> Path:
    """Make an M2M-100 model, English to German and back."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    folder.mkdir(parents=True)
    (folder / "sentencepiece.bpe.model").write_bytes(pieces())
    vocabulary = _vocabulary(folder, "vocab.json", ["<s>", "<pad>", "</s>", "<unk>"], [])
    languages = [f"__{code}__" for code in FAIRSEQ_LANGUAGE_CODES["m2m100"]]
    tokenizer = M2M100Tokenizer(
        *(str(folder / name) for name in ("vocab.json", "sentencepiece.bpe.model")), additional_special_tokens=languages
    )
    size = len(vocabulary) + len(tokenizer.lang_code_to_id) + tokenizer.num_madeup_words
    config = M2M100Config(vocab_size=size, **SHAPE)
    rows = _both_ways(tokenizer, "en", "de")
    return _saved(M2M100ForConditionalGeneration, config, rows, [2], tokenizer, folder)


def nllb(folder: Path) -> Path:
    """Make an NLLB model, English to German and back; its pieces are letters and whatever merges make of them."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder.mkdir(parents=True)
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trained.train_from_iterator(
        ENGLISH + GERMAN, trainers.BpeTrainer(vocab_size=150, special_tokens=special, show_progress=False)
    )
    held = json.loads(trained.to_str())["model"]
    languages = ["eng_Latn", "deu_Latn", "zho_Hans"]
    tokenizer = NllbTokenizer(
        vocab=held["vocab"],
        merges=[tuple(pair) for pair in held["merges"]],
        extra_special_tokens=languages,
        src_lang="eng_Latn",
    )
    config = M2M100Config(vocab_size=len(tokenizer), **SHAPE)
    rows = _both_ways(tokenizer, "eng_Latn", "deu_Latn")
    return _saved(M2M100ForConditionalGeneration, config, rows, [2], tokenizer, folder)


def _both_ways(tokenizer, english: str, german: str) -> list[tuple[list[int], list[int]]]:
    rows = []
    for source, target, pairs in (
        (english, german, zip(ENGLISH, GERMAN, strict=True)),
        (german, english, zip(GERMAN, ENGLISH, strict=True)),
    ):
        tokenizer.src_lang, tokenizer.tgt_lang = source, target
        rows += [(tokenizer(a)["input_ids"], tokenizer(text_target=b)["input_ids"]) for a, b in pairs]
    return rows


def _saved(model_class, config, rows, start: list[int], tokenizer, folder: Path, steps: int = 140) -> Path:
    """Learn the rows by heart and save everything."""
    import torch

    torch.manual_seed(1)
    model = model_class(config)
    pad = config.pad_token_id
    width = max(len(row) for pair in rows for row in pair)
    inputs = torch.tensor([a + [pad] * (width - len(a)) for a, _ in rows])
    labels = torch.tensor([b + [-100] * (width - len(b)) for _, b in rows])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = model(input_ids=inputs, attention_mask=(inputs != pad).long(), labels=labels).loss
        loss.backward()
        optimizer.step()
        with torch.no_grad():  # Marian decoders begin with it, and with zeros if they are converted
            model.get_input_embeddings().weight[pad] = 0
    assert float(loss.detach()) < 0.1, "not learned"
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
