"""Tokenizers of transformers with all their special tokens, of the four kinds, trained on the tests' own text once."""

import functools
from itertools import chain

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

BRACKETS = {name: f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}
ANGLES = {"pad": "<pad>", "unk": "<unk>", "cls": "<s>", "sep": "</s>", "mask": "<mask>"}


def _wordpiece(text, special):
    """BERT's way: ## goes on, every Chinese character is a word."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    return made, trainers.WordPieceTrainer(
        vocab_size=2500, special_tokens=special, limit_alphabet=900, show_progress=False
    )


def _byte_level(text, special):
    """RoBERTa's way: Ġ is the blank before a word, and a character may be cut into bytes."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    return made, trainers.BpeTrainer(
        vocab_size=2500, initial_alphabet=letters, special_tokens=special, show_progress=False
    )


def _unigram(text, special):
    """T5's and XLNet's way: ▁ is the blank before a word."""
    made = Tokenizer(models.Unigram())
    made.normalizer, made.pre_tokenizer = normalizers.NFKC(), pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    quick = {"max_piece_length": 6, "shrinking_factor": 0.2, "n_sub_iterations": 1}
    return made, trainers.UnigramTrainer(
        vocab_size=3000, special_tokens=special, unk_token="<unk>", show_progress=False, **quick
    )


def _characters(text, special):
    """The way of Chinese BERT, to the end: every character is a token, Latin letters go on with their word."""
    letters = sorted(set(chain.from_iterable(text)) - {" "})
    names = [*special, *letters, *(f"##{c}" for c in letters if c.isascii() and c.isalnum())]
    made = Tokenizer(models.WordPiece({name: k for k, name in enumerate(names)}, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(lowercase=False), pre_tokenizers.BertPreTokenizer()
    return made, None


KINDS = {
    "wordpiece": (_wordpiece, BRACKETS),
    "byte-level": (_byte_level, ANGLES),
    "unigram": (_unigram, ANGLES),
    "characters": (_characters, BRACKETS),
}


@functools.cache
def tokenizer(kind, text):
    """Return a fast tokenizer, trained on a tuple of lines."""
    from transformers import PreTrainedTokenizerFast

    make, names = KINDS[kind]
    made, trainer = make(text, list(names.values()))
    if trainer is not None:
        made.train_from_iterator(text, trainer)
    begin, end = names["cls"], names["sep"]
    made.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} $B:1 {end}:1",
        special_tokens=[(one, made.token_to_id(one)) for one in (begin, end)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made, model_max_length=512, **{f"{part}_token": name for part, name in names.items()}
    )
