"""What tokenizers say of their ids, for tokenizers of every kind."""

import copy
import unicodedata

import numpy as np
import pytest
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers

from textaug.errors import UsageError
from textaug.kernels.reference.masking import ALONE, CONTINUES, HAN, SPECIAL
from textaug.masking import AlwaysMask, DataCollatorForLanguageModeling, Masking, Replace, Vocabulary
from textaug.masking.vocabulary import pieces

STYLES = {"wordpiece": "wordpiece", "byte-level": "bytes", "unigram": "blanks", "characters": "wordpiece"}


def one(vocabulary, *tokens):
    """Return the kinds of tokens."""
    return [int(vocabulary.kinds[vocabulary.tokens.index(token)]) for token in tokens]


@pytest.mark.parametrize("kind", STYLES)
def test_tokenizers_are_read(tokenizers, kind):
    held = tokenizers[kind]
    vocabulary = Vocabulary.of(held)
    assert vocabulary.style == STYLES[kind]
    assert vocabulary.size == len(held)
    assert vocabulary.special == tuple(sorted(held.all_special_ids)) == (0, 1, 2, 3, 4)
    assert (vocabulary.mask, vocabulary.pad) == (held.mask_token_id, held.pad_token_id)
    assert vocabulary.needs_mask() == held.mask_token_id
    assert list(vocabulary.tokens) == held.convert_ids_to_tokens(range(len(held)))
    assert vocabulary.pool.tolist() == list(range(5, len(held)))
    assert ((vocabulary.kinds & SPECIAL) != 0).nonzero()[0].tolist() == list(vocabulary.special)
    plain = Vocabulary.of(held.backend_tokenizer)
    for name in ("tokens", "special", "mask", "pad", "style"):
        assert getattr(plain, name) == getattr(vocabulary, name)


@pytest.mark.parametrize("kind", STYLES)
def test_the_bytes_of_tokens_are_those_of_the_text(tokenizers, lines, kind):
    """Put together, tokens spell the text without its blanks."""
    held = tokenizers[kind]
    vocabulary = Vocabulary.of(held)
    for line in lines:
        ids = np.array(held(line, add_special_tokens=False)["input_ids"])
        if held.unk_token_id in ids:
            continue
        spelled = pieces(vocabulary, ids)
        assert len(spelled.offsets) == len(ids) + 1
        normal = held.backend_tokenizer.normalizer
        text = normal.normalize_str(line) if normal is not None else line
        assert b"".join(spelled.data.tobytes().split()).decode() == "".join(text.split())


def test_wordpiece_kinds(tokenizers):
    vocabulary = Vocabulary.of(tokenizers["wordpiece"])
    assert one(vocabulary, "[MASK]", "the", "##ing", ",", "的") == [SPECIAL, 0, CONTINUES, ALONE, HAN]


def test_byte_level_kinds(tokenizers):
    vocabulary = Vocabulary.of(tokenizers["byte-level"])
    assert one(vocabulary, "<mask>", "Ġthe", "ing", ",", "Ġ", "Ċ") == [
        SPECIAL,
        0,
        CONTINUES,
        ALONE | CONTINUES,
        0,
        ALONE,
    ]
    assert one(vocabulary, "çļĦ") == [HAN | CONTINUES]  # 的
    assert one(vocabulary, "é") == [HAN | CONTINUES]  # a byte that begins many a Chinese character, and some others
    assert vocabulary.parts[vocabulary.tokens.index("é")]
    assert not vocabulary.parts[vocabulary.tokens.index("çļĦ")]
    assert vocabulary.blanks.nonzero()[0].tolist() == [vocabulary.tokens.index("Ġ")]


def test_metaspace_kinds(tokenizers):
    vocabulary = Vocabulary.of(tokenizers["unigram"])
    assert one(vocabulary, "<mask>", "▁the", "ing", ",", "▁") == [SPECIAL, 0, CONTINUES, ALONE | CONTINUES, 0]
    assert one(vocabulary, "的") == [HAN | CONTINUES]


@pytest.mark.parametrize("kind", STYLES)
def test_kinds_follow_the_text_of_a_token(tokenizers, kind):
    vocabulary = Vocabulary.of(tokenizers[kind])
    data, at = vocabulary.text
    for id in vocabulary.pool.tolist():
        text = data[at[id] : at[id + 1]].tobytes().decode(errors="replace")
        mark = bool(text) and all(unicodedata.category(char)[0] in "PSZC" for char in text) and "\ufffd" not in text
        if text:
            assert bool(vocabulary.kinds[id] & ALONE) == mark, text
        assert bool(vocabulary.kinds[id] & CONTINUES) != vocabulary.begins(vocabulary.tokens[id])
        if text and all("CJK UNIFIED" in unicodedata.name(char, "") for char in text):
            assert vocabulary.kinds[id] & HAN


def test_a_tokenizer_is_read_once_and_again_when_it_grows(tokenizers):
    held = copy.deepcopy(tokenizers["wordpiece"])
    before = Vocabulary.of(held)
    assert Vocabulary.of(held) is before
    assert Vocabulary.of(before) is before
    held.add_special_tokens({"additional_special_tokens": ["[ENTITY]"]})
    held.add_tokens(["covid"])
    after = Vocabulary.of(held)
    assert after.size == before.size + 2
    assert after.special == (*before.special, held.convert_tokens_to_ids("[ENTITY]"))
    assert held.convert_tokens_to_ids("covid") in after.pool
    assert held.convert_tokens_to_ids("[ENTITY]") not in after.pool


def test_added_special_tokens_are_neither_masked_nor_drawn():
    held = Tokenizer(models.WordLevel({"a": 0, "b": 1, "[MASK]": 2, "[UNK]": 3}, unk_token="[UNK]"))
    held.pre_tokenizer = pre_tokenizers.Whitespace()
    held.add_special_tokens([AddedToken("[MASK]", special=True), AddedToken("<tab>", special=True)])
    vocabulary = Vocabulary.of(held)
    assert (vocabulary.mask, vocabulary.pad, vocabulary.style) == (2, 0, "")
    assert vocabulary.special == (2, 4)
    assert vocabulary.pool.tolist() == [0, 1, 3]


def test_ids_without_a_token_are_never_drawn():
    held = Tokenizer(models.WordLevel({"a": 0, "b": 5, "[MASK]": 3}, unk_token="a"))
    held.add_special_tokens(["[MASK]"])
    vocabulary = Vocabulary.of(held)
    assert vocabulary.size == 6
    assert vocabulary.pool.tolist() == [0, 5]


@pytest.mark.parametrize(
    ("tokens", "style"),
    [
        (["[M]", "a", "##b"], "wordpiece"),
        (["[M]", "▁a", "b"], "blanks"),
        (["[M]", "Ġa", "b"], "bytes"),
        (["[M]", "a"], ""),
    ],
)
def test_styles_are_told_by_the_tokens_where_no_rules_are_shown(tokens, style):
    class Slow:
        all_special_ids, mask_token_id, pad_token_id = (0,), 0, None

        def __len__(self):
            return len(tokens)

        def get_vocab(self):
            return {token: id for id, token in enumerate(tokens)}

    vocabulary = Vocabulary.of(Slow())
    assert (vocabulary.style, vocabulary.mask, vocabulary.pad) == (style, 0, 0)
    assert vocabulary.tokens == tuple(tokens)


def test_what_is_no_tokenizer_is_refused():
    for odd in ("bert-base-uncased", object(), None, 7):
        with pytest.raises(UsageError, match=r"is no tokenizer that textaug knows; give one of transformers"):
            Vocabulary.of(odd)


def test_a_mask_token_is_needed_only_where_one_is_written():
    vocabulary = Vocabulary(("[PAD]", "a", "b"), (0,), mask=-1, pad=0)
    with pytest.raises(UsageError, match=r"no mask token; add one with tokenizer.add_special_tokens"):
        Masking(corruption=AlwaysMask()).mask([[1, 2]], vocabulary)
    with pytest.raises(UsageError, match="no mask token"):
        DataCollatorForLanguageModeling(vocabulary)
    assert Masking(corruption=Replace(0.0, 1.0)).mask([[1, 2]], vocabulary).input_ids
    DataCollatorForLanguageModeling(vocabulary, mlm=False)
    DataCollatorForLanguageModeling(vocabulary, masking=Masking(corruption=Replace(0.0, 1.0)))


def test_random_tokens_need_some_that_may_be_drawn():
    vocabulary = Vocabulary(("[PAD]", "[MASK]"), (0, 1), mask=1, pad=0)
    with pytest.raises(UsageError, match="has none but special tokens, and random ones are drawn from the others"):
        Masking(corruption=Replace(0.0, 1.0)).mask([[5, 6]], vocabulary)
    assert Masking(corruption=AlwaysMask()).mask([[5, 6]], vocabulary).labels
