"""Tokenizers of all sorts, trained on the tests' own text the first time that a test asks for one."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

import sentencepiece
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from textaug.subword.sentencepiece import parse

FOLDER = Path(tempfile.mkdtemp(prefix="textaug-trained-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def _byte_level():
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    return made, trainers.BpeTrainer(
        vocab_size=1500, initial_alphabet=letters, special_tokens=["<s>"], show_progress=False
    )


def _blanks():
    """Blanks as ▁; characters that it does not know are one unknown token."""
    made = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    made.normalizer, made.pre_tokenizer = normalizers.NFKC(), pre_tokenizers.Metaspace()
    return made, trainers.BpeTrainer(vocab_size=2500, special_tokens=["<unk>"], limit_alphabet=900, show_progress=False)


def _suffix():
    """Words end in </w>; case and accents are lost."""
    made = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.Whitespace()
    marks = {"end_of_word_suffix": "</w>", "limit_alphabet": 600}
    return made, trainers.BpeTrainer(vocab_size=2500, special_tokens=["<unk>"], show_progress=False, **marks)


def _prefix():
    """Pieces inside of words begin with ##, and are merged."""
    made = Tokenizer(models.BPE(unk_token="<unk>", continuing_subword_prefix="##"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    marks = {"continuing_subword_prefix": "##", "limit_alphabet": 600}
    return made, trainers.BpeTrainer(vocab_size=2500, special_tokens=["<unk>"], show_progress=False, **marks)


def _wordpiece():
    """BERT's way: every Chinese character is a word."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    special = ["[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return made, trainers.WordPieceTrainer(
        vocab_size=2500, special_tokens=special, limit_alphabet=900, show_progress=False
    )


def _characters():
    """WordPiece over whole Chinese clauses."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.NFKC(), pre_tokenizers.Whitespace()
    return made, trainers.WordPieceTrainer(
        vocab_size=3000, special_tokens=["[UNK]"], limit_alphabet=900, show_progress=False
    )


def _unigram(text):
    """Return sentencepiece's pieces in a model of tokenizers, which adds scores in doubles and word by word."""
    pieces = parse(Path(path("sp-unigram", text)).read_bytes()).pieces
    made = Tokenizer(models.Unigram([(piece.text, piece.score) for piece in pieces], unk_id=0))
    made.normalizer, made.pre_tokenizer = normalizers.NFKC(), pre_tokenizers.Metaspace()
    made.add_special_tokens(["<mask>"])
    return made


JSON = {
    "byte-level": _byte_level,
    "blanks": _blanks,
    "suffix": _suffix,
    "prefix": _prefix,
    "wordpiece": _wordpiece,
    "characters": _characters,
}
IDENTITY = {"normalization_rule_name": "identity", "remove_extra_whitespaces": False, "add_dummy_prefix": False}
UNIGRAM = {"model_type": "unigram", "seed_sentencepiece_size": 20_000, "num_sub_iterations": 1}
SENTENCEPIECE = {
    "sp-bpe": {"model_type": "bpe", "user_defined_symbols": ["<u>", "ab"]},
    "sp-bpe-bytes": {"model_type": "bpe", "byte_fallback": True, **IDENTITY},
    "sp-unigram": {"user_defined_symbols": ["<u>"], **UNIGRAM},
    "sp-unigram-bytes": {"byte_fallback": True, **UNIGRAM, **IDENTITY},
    "sp-unigram-across": {"split_by_whitespace": False, "treat_whitespace_as_suffix": True, **UNIGRAM},
}
NAMES = [*JSON, "unigram", *SENTENCEPIECE]


@functools.cache
def path(name, text):
    """Return the file of a tokenizer, trained on a tuple of lines."""
    if name in JSON or name == "unigram":
        file = FOLDER / f"{name}.json"
        if name == "unigram":
            made = _unigram(text)
        else:
            made, trainer = JSON[name]()
            made.train_from_iterator(text, trainer)
        made.save(str(file))
        return str(file)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text),
        model_prefix=str(FOLDER / name),
        vocab_size=2600,
        character_coverage=0.995,
        minloglevel=2,
        **SENTENCEPIECE[name],
    )
    return str(FOLDER / f"{name}.model")


def library(file):
    """Return (ids, tokens) of texts as the tokenizer's own library has them."""
    if file.endswith(".model"):
        processor = sentencepiece.SentencePieceProcessor(model_file=file)
        return lambda texts: list(zip(processor.encode(texts), processor.encode(texts, out_type=str), strict=True))
    held = Tokenizer.from_file(file)
    return lambda texts: [(one.ids, one.tokens) for one in held.encode_batch(texts, add_special_tokens=False)]
